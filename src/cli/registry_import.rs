//! `ankra credentials registry create --from-docker`

use clap::Args;

use crate::providers::registry_logins::RegistryHost;

/// Taking a login that another tool left on this machine.
#[derive(Clone, Debug, Args)]
pub struct RegistryImportArgs {
    /// Take user name and password from the login of docker, podman, skopeo, helm or oras at HOST
    ///
    /// Looks in the files of podman and skopeo (REGISTRY_AUTH_FILE alone if it is set, or
    /// $XDG_RUNTIME_DIR/containers/auth.json, ~/.config/containers/auth.json), then in docker's and
    /// oras' ($DOCKER_CONFIG/config.json or ~/.docker/config.json), then in helm's
    /// (HELM_REGISTRY_CONFIG or ~/.config/helm/registry/config.json). The first that has a login for
    /// HOST is used; DOCKER_CONFIG, if it is set and REGISTRY_AUTH_FILE is not, comes before all. A
    /// credential helper that a file names is asked. Without HOST you choose among the logins found.
    /// The files are only read.
    #[arg(
        long,
        value_name = "HOST",
        num_args = 0..=1,
        conflicts_with_all = ["password_from", "password_stdin", "secrets_from"],
        help_heading = "Secrets"
    )]
    pub from_docker: Option<Option<RegistryHost>>,
}
