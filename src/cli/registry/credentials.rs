//! The user name and the password of a registry, in every command that takes them.

use clap::Args;

use crate::{cli::BundleArgs, secret::SecretSource};

#[derive(Clone, Debug, Args)]
pub struct CredentialsArgs {
    /// Sign in at the registry as this user; asked for if it is not known
    #[arg(long)]
    pub username: Option<String>,
    #[command(flatten)]
    pub password: PasswordArgs,
}

#[derive(Clone, Debug, Args)]
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

    pub const fn bundle(&self) -> Option<&SecretSource> {
        self.bundle.secrets_from.as_ref()
    }
}
