//! `ankra org`

use clap::Subcommand;

use super::ShapeOptions;
use crate::platform::OrganisationRef;

#[derive(Debug, Subcommand)]
pub enum OrgCommand {
    /// List the organisations that you belong to
    ///
    /// CURRENT marks the one that commands act in here, whoever chose it: --org, ANKRA_ORG, the settings
    /// file, org use, or the platform.
    #[command(
        visible_alias = "ls",
        after_help = "Examples:
  ankra org list
  ankra org list -o json"
    )]
    List(ShapeOptions),
    /// Choose the organisation that commands act in
    ///
    /// The choice is kept with the saved login of the profile, and counts in every terminal that uses it.
    /// Nothing is changed on the platform. --org and ANKRA_ORG choose for one command or one shell, and
    /// need no login.
    #[command(
        visible_alias = "switch",
        after_help = "Examples:
  ankra org use demo"
    )]
    Use {
        /// The organisation, by name, slug or id
        #[arg(value_name = "NAME|ID")]
        organisation: OrganisationRef,
    },
    /// Show the organisation that commands act in, and who chose it
    ///
    /// The platform is asked for its name and your role there.
    #[command(after_help = "Examples:
  ankra org current
  ankra org current -o name")]
    Current,
}
