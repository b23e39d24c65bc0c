//! `ankra profile`

use clap::Subcommand;

use super::{ProfileName, ShapeOptions};

#[derive(Debug, Subcommand)]
pub enum ProfileCommand {
    /// List the profiles on this machine
    ///
    /// With what was known at the sign-in: the platform is not asked, and no keychain is opened. TOKEN is
    /// where the token is kept.
    #[command(
        visible_alias = "ls",
        after_help = "Examples:
  ankra profile list
  ankra profile list -o wide"
    )]
    List(ShapeOptions),
    /// Choose the profile of commands that name none
    ///
    /// It counts in every terminal. --profile and ANKRA_PROFILE beat it. The profile without a name of its
    /// own is called default.
    #[command(
        visible_alias = "switch",
        after_help = "Examples:
  ankra profile use staging
  ankra profile use default"
    )]
    Use {
        /// The profile, by name
        #[arg(value_name = "NAME")]
        name: ProfileName,
    },
    /// Sign a profile out, as logout does
    ///
    /// A token that its sign-in made is revoked; one that was pasted stays valid, unless --revoke is given.
    /// A table of the profile in the settings file stays there.
    #[command(
        visible_aliases = ["rm", "delete"],
        after_help = "Examples:
  ankra profile remove staging
  ankra profile remove staging --local"
    )]
    Remove {
        /// The profile, by name
        #[arg(value_name = "NAME")]
        name: ProfileName,
        /// Revoke the token, also one that you pasted
        ///
        /// Wherever else it is used, it is no longer accepted.
        #[arg(long)]
        revoke: bool,
        /// Remove the login from this machine only: the token stays valid
        #[arg(long, alias = "local-only", conflicts_with = "revoke")]
        local: bool,
    },
}
