//! How secrets are named on a command line: by their source, never by their value.

use clap::{Arg, Args};

use crate::secret::SecretSource;

#[derive(Clone, Debug, Args)]
pub struct BundleArgs {
    /// Take all secrets from SOURCE, as one JSON object or dotenv text
    #[arg(long, value_name = "SOURCE", help_heading = "Secrets")]
    pub secrets_from: Option<SecretSource>,
    /// Take a secret as it is, even with a blank, quotes or the like around it
    #[arg(long, help_heading = "Secrets")]
    pub allow_unusual: bool,
}

impl BundleArgs {
    /// Names, in the long help of the option that takes a bundle, the keys that count. Leaves others as they are.
    pub(super) fn with_keys(arg: Arg, keys: &str) -> Arg {
        if arg.get_id() != "secrets_from" {
            return arg;
        }
        let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
        arg.long_help(format!(
            "{help}\n\nKeys that count, in any letter case: {keys}. Others are passed over."
        ))
    }
}

#[derive(Clone, Copy, Debug, Args)]
pub struct CreateMode {
    /// Do nothing if the name exists already
    #[arg(long)]
    pub if_not_exists: bool,
    /// Print the request, secrets redacted, and change nothing
    #[arg(long)]
    pub dry_run: bool,
}
