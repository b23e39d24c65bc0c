//! `ankra credentials registry refresh`

use std::time::Duration;

use clap::Args;

use super::{PasswordArgs, RegistryTargetArgs};
use crate::{cli::Span, platform::RegistryRef};

/// The longest that `--every` may be: a year.
const LONGEST: Duration = Duration::from_secs(366 * 24 * 3_600);

#[derive(Debug, Args)]
pub struct RegistryRefreshArgs {
    /// The credential, by name or id
    #[arg(required = true, value_name = "NAME|ID")]
    pub name: Option<RegistryRef>,
    #[command(flatten)]
    pub password: PasswordArgs,
    #[command(flatten)]
    pub target: RegistryTargetArgs,
    /// Stay in the foreground, and replace it again every DURATION, such as 6h
    ///
    /// Earlier where two thirds of the password's life are over by then, and by up to a tenth of the
    /// time, so that many machines do not come at once. Tries again after a failure that may pass:
    /// after 30 seconds, then after longer and longer. Any other failure ends it with its exit code.
    #[arg(long, value_name = "DURATION", value_parser = every)]
    pub every: Option<Duration>,
    /// Print the request, secrets redacted, and change nothing
    #[arg(long, conflicts_with = "every")]
    pub dry_run: bool,
}

fn every(text: &str) -> Result<Duration, String> {
    const LIMITS: &str = "a second at least, a year at most";
    let Span(given) = text.parse().map_err(|why| format!("{why}: {LIMITS}"))?;
    if (Duration::from_secs(1)..=LONGEST).contains(&given) { Ok(given) } else { Err(LIMITS.to_owned()) }
}
