//! `ankra credentials registry`

mod check;
mod create;
mod credentials;
mod import;
mod presets;
mod refresh;
mod set;
mod target;
mod update;

use clap::Subcommand;

pub use self::{
    check::RegistryCheckArgs,
    create::RegistryCreateArgs,
    credentials::{CredentialsArgs, PasswordArgs},
    import::RegistryImportArgs,
    presets::RegistryPresetsArgs,
    refresh::RegistryRefreshArgs,
    set::RegistrySetArgs,
    target::{RegistryTargetArgs, TokenHostArgs},
    update::RegistryUpdateArgs,
};
use super::{DeleteMode, ListOptions};
use crate::platform::RegistryRef;

#[derive(Debug, Subcommand)]
pub enum RegistryCommand {
    /// Store a registry's user name and password or token
    ///
    /// Asks for the password on the terminal unless a source is given. Where the registry has
    /// access tokens, give one in place of the password.
    #[command(after_help = "Examples:
  ankra credentials registry create --name my-ghcr --preset ghcr
  ankra credentials registry create --name my-gar --preset gar \\
      --password-from file:key.json
  ankra credentials registry create --name my-charts --username reader \\
      --registry-url https://charts.example.com/stable --check
  ankra credentials registry create --name my-hub --from-docker docker.io")]
    Create(RegistryCreateArgs),
    /// Store a user name and password, whether or not the name exists
    ///
    /// As create, and where there is a registry credential of that name, as update: then both are replaced. Says in
    /// JSON which it was, as "action". The name of a credential of another kind is taken.
    #[command(after_help = "Examples:
  ankra credentials registry set my-ghcr --preset ghcr
  ankra credentials registry set my-charts --username reader -o json \\
      --password-from env:CHARTS_PASSWORD
  ankra credentials registry set my-hub --from-docker docker.io")]
    Set(RegistrySetArgs),
    /// List the registry credentials
    ///
    /// Shows when a password expires, if it says so itself and was stored from this machine.
    #[command(
        visible_alias = "ls",
        after_help = "Examples:
  ankra credentials registry list --sort updated"
    )]
    List(ListOptions),
    /// Show registry credentials, never their passwords
    ///
    /// What uses them is shown by: ankra credentials get
    #[command(
        visible_alias = "show",
        after_help = "Examples:
  ankra credentials registry get my-ghcr"
    )]
    Get {
        /// The credentials, by name or id
        #[arg(required = true, value_name = "NAME|ID")]
        names: Vec<RegistryRef>,
    },
    /// Change the password, and the user name if one is given
    ///
    /// The platform never shows a password: to change the user name alone, give the same password again.
    /// Says which registries use the credential.
    #[command(after_help = "Examples:
  ankra credentials registry update my-ghcr
  ankra credentials registry update my-ghcr --username hubot \\
      --password-from env:GHCR_TOKEN")]
    Update(RegistryUpdateArgs),
    /// Replace a password that expires, once or regularly
    ///
    /// Keeps the user name, refuses a new password that has expired already, and says when the new one
    /// expires. The source is not remembered: give it each time, or once with --every.
    #[command(after_help = "Examples:
  ankra credentials registry refresh my-ecr \\
      --password-from \"command:aws ecr get-login-password --region us-east-1\"
  ankra credentials registry refresh my-ecr --every 6h \\
      --password-from \"command:aws ecr get-login-password --region us-east-1\"")]
    Refresh(RegistryRefreshArgs),
    /// Delete a registry credential
    ///
    /// The question names the registries that can no longer pull their charts without it, and a
    /// command that makes another credential for each.
    #[command(
        visible_alias = "rm",
        after_help = "Examples:
  ankra credentials registry delete my-ghcr"
    )]
    Delete {
        /// The credentials, by name or id
        #[arg(required = true, value_name = "NAME|ID")]
        names: Vec<RegistryRef>,
        #[command(flatten)]
        mode: DeleteMode,
    },
    /// Check whether a user name and password work at the registry itself
    ///
    /// Needs no sign-in to the platform and sends it nothing; nothing is stored or pushed. The
    /// password goes to the registry's host alone, and to the host of its tokens if that is known
    /// to belong to it or named by --token-host. If anybody may read the path, the answer is: cannot
    /// tell.
    #[command(after_help = "Examples:
  ankra credentials registry check --registry-url oci://ghcr.io/octocat/charts \\
      --username octocat
  ankra credentials registry check --from-docker \\
      --registry-url oci://docker.io/octocat/charts
  ankra credentials registry check --username reader -o json \\
      --registry-url https://charts.example.com/stable \\
      --password-from env:CHARTS_PASSWORD")]
    Check(RegistryCheckArgs),
    /// Show how to get a user name and a password for each kind of registry
    ///
    /// Names the menu to open or the command to run there, the least right that is enough, how the
    /// password looks and when it expires. Nothing is sent.
    #[command(after_help = "Examples:
  ankra credentials registry presets
  ankra credentials registry presets ecr")]
    Presets(RegistryPresetsArgs),
}
