//! The user name and the password of a registry, in every command that takes them.

use std::time::Duration;

use clap::Args;

use crate::{cli::BundleArgs, error::listed, providers::Preset, secret::SecretSource};

/// The keys of a user name and of a password: those of any registry, then what each kind adds.
fn bundle_keys() -> String {
    let any = Preset::GENERIC;
    let keys = [&any.username_field, &any.password].map(|field| listed(&field.keys(), "or"));
    let added = Preset::ALL.iter().filter_map(|preset| {
        let own = [preset.username_field.other_names, preset.password.other_names].concat();
        (!own.is_empty()).then(|| format!("with --preset {} also {}", preset.slug, listed(&own, "and")))
    });
    keys.into_iter().chain(added).collect::<Vec<_>>().join("; ")
}

#[derive(Clone, Debug, Args)]
pub struct CredentialsArgs {
    /// Sign in at the registry as this user; asked for if it is not known
    #[arg(short, long)]
    pub username: Option<String>,
    #[command(flatten)]
    pub password: PasswordArgs,
}

#[derive(Clone, Debug, Args)]
#[command(mut_args(|arg| BundleArgs::with_keys(arg, &bundle_keys())))]
pub struct PasswordArgs {
    #[arg(
        long,
        help = SecretSource::help(),
        value_name = "SOURCE",
        visible_alias = "token-from",
        help_heading = "Secrets"
    )]
    pub password_from: Option<SecretSource>,
    /// Read the password or token from standard input
    #[arg(long, conflicts_with = "password_from", help_heading = "Secrets")]
    pub password_stdin: bool,
    #[command(flatten)]
    pub bundle: BundleArgs,
}

impl PasswordArgs {
    /// The source of the password alone. `--password-stdin` is `--password-from stdin`.
    pub const fn source(&self) -> Option<&SecretSource> {
        if self.password_stdin { Some(&SecretSource::Stdin) } else { self.password_from.as_ref() }
    }

    /// Has a command that is a source be ended after `limit`, though a person may be there.
    pub fn unattended(&mut self, limit: Duration) {
        let sources = [self.password_from.as_mut(), self.bundle.secrets_from.as_mut()];
        sources.into_iter().flatten().for_each(|source| source.unattended(limit));
    }

    pub const fn bundle(&self) -> Option<&SecretSource> {
        self.bundle.secrets_from.as_ref()
    }
}
