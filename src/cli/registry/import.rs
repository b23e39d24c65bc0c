//! `ankra credentials registry create --from-docker`

use clap::Args;

use crate::providers::registry_logins::RegistryHost;

#[derive(Clone, Debug, Args)]
pub struct RegistryImportArgs {
    /// Take the user name and password that docker, podman, skopeo, helm or oras has for HOST
    ///
    /// Looks in the files of podman and skopeo (REGISTRY_AUTH_FILE alone if it is set, else
    /// $XDG_RUNTIME_DIR/containers/auth.json and ~/.config/containers/auth.json), then of docker and
    /// oras ($DOCKER_CONFIG/config.json or ~/.docker/config.json), then of helm
    /// (HELM_REGISTRY_CONFIG or ~/.config/helm/registry/config.json). If DOCKER_CONFIG is set and
    /// REGISTRY_AUTH_FILE is not, docker's file comes first, as it does for these tools. The text of a
    /// login file in DOCKER_AUTH_CONFIG counts before docker's file, and first of all if
    /// REGISTRY_AUTH_FILE is not set. The first place with a login for HOST is used; a credential
    /// helper that it names is asked, for --timeout at most. Without HOST it is that of --registry-url;
    /// without either you choose among the logins found. The files are only read.
    #[arg(
        long,
        value_name = "HOST",
        num_args = 0..=1,
        conflicts_with_all = ["password_from", "password_stdin", "secrets_from"],
        help_heading = "Secrets"
    )]
    #[expect(clippy::option_option, reason = "the option may stand without its value")]
    pub from_docker: Option<Option<RegistryHost>>,
}
