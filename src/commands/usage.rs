//! What depends on a credential: known, or "cannot tell", never a guess.

use super::Invocation;
use crate::{
    error::Run,
    platform::{AuthenticatedClient, Credential, CredentialId, REGISTRY, Registry, routes},
    providers::RegistryUrl,
};

/// What would break without a credential.
#[derive(Debug)]
pub(super) struct Usage {
    /// The clusters that use it; `None`: cannot tell.
    pub(super) clusters: Option<Vec<String>>,
    /// The registries that use it; `None`: cannot tell.
    pub(super) registries: Option<Vec<Registry>>,
}

impl Usage {
    /// Asks the platform. What cannot be asked is not known.
    pub(super) async fn of(client: &AuthenticatedClient, credential: &Credential) -> Self {
        let clusters = match credential.id().parse::<CredentialId>() {
            Ok(id) => client.send(&routes::credential(id)).await.ok().and_then(|detail| detail.clusters).map(
                |clusters| clusters.into_iter().map(|cluster| cluster.name.unwrap_or(cluster.id)).collect(),
            ),
            Err(_) => None,
        };
        Self { clusters, registries: registries(client, credential).await }
    }

    /// The lines that a person reads before deciding.
    pub(super) fn lines(&self, invocation: &Invocation) -> Vec<String> {
        let mut lines = cluster_lines(self.clusters.as_deref());
        lines.extend(registry_lines(self.registries.as_deref(), invocation));
        if lines.is_empty() {
            lines.push("no cluster or registry uses it".to_owned());
        }
        lines
    }
}

fn cluster_lines(names: Option<&[String]>) -> Vec<String> {
    let Some(names) = names else { return vec!["cannot tell which clusters use it".to_owned()] };
    let then = "can no longer be changed or scaled";
    let head = match names.len() {
        0 => return Vec::new(),
        1 => format!("used by 1 cluster, which {then}:"),
        count => format!("used by {count} clusters, each of which {then}:"),
    };
    std::iter::once(head).chain(names.iter().map(|name| format!("  {name}"))).collect()
}

/// What becomes of the registries that use a credential, and how to keep each going.
pub(super) fn registry_lines(registries: Option<&[Registry]>, invocation: &Invocation) -> Vec<String> {
    let Some(registries) = registries else { return vec!["cannot tell which registries use it".to_owned()] };
    let then = "can no longer pull its charts";
    let head = match registries.len() {
        0 => return Vec::new(),
        1 => format!("used by 1 registry, which {then}:"),
        count => format!("used by {count} registries, each of which {then}:"),
    };
    let lines = |registry: &Registry| {
        let mut command = Run::new("credentials registry create").arg("--name").arg("NEW-NAME");
        if let Some(url) = registry.url.as_deref().filter(|url| url.parse::<RegistryUrl>().is_ok()) {
            command = command.arg("--registry-url").arg(url).arg("--check");
        }
        [
            format!("  {}", describe(registry)),
            format!(
                "    choose another for it on the platform; make one with: {}",
                invocation.line(&command)
            ),
        ]
    };
    std::iter::once(head).chain(registries.iter().flat_map(lines)).collect()
}

/// `charts (oci://...)`.
pub(super) fn describe(registry: &Registry) -> String {
    match &registry.url {
        Some(url) => format!("{} ({url})", registry.name),
        None => registry.name.clone(),
    }
}

/// The registries that use a credential: none, unless it is a registry credential. `None`: cannot tell.
pub(super) async fn registries(
    client: &AuthenticatedClient,
    credential: &Credential,
) -> Option<Vec<Registry>> {
    if credential.provider() != REGISTRY {
        return Some(Vec::new());
    }
    Some(users_of(&client.send(&routes::registries()).await.ok()?, credential))
}

/// Those of `all` that use a credential.
pub(super) fn users_of(all: &[Registry], credential: &Credential) -> Vec<Registry> {
    let uses = |registry: &&Registry| registry.credential_name.as_deref() == Some(credential.name());
    all.iter().filter(uses).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::{Invocation, Usage};
    use crate::{error::quoted, platform::Registry};

    #[test]
    fn what_is_not_known_is_never_called_none() {
        let here = Invocation::default();
        let none = Usage { clusters: Some(vec![]), registries: Some(vec![]) };
        assert_eq!(none.lines(&here), ["no cluster or registry uses it"]);
        let unknown = Usage { clusters: None, registries: Some(vec![]) };
        assert_eq!(unknown.lines(&here), ["cannot tell which clusters use it"]);
        let used = Usage { clusters: Some(vec!["a".into(), "b".into()]), registries: None };
        assert_eq!(
            used.lines(&here),
            [
                "used by 2 clusters, each of which can no longer be changed or scaled:",
                "  a",
                "  b",
                "cannot tell which registries use it"
            ]
        );
        let charts = Registry {
            name: "charts".into(),
            url: Some("oci://ghcr.io/octocat/charts".into()),
            credential_name: None,
        };
        for url in ["oci://ghcr.io/$(id)", "oci://ghcr.io/a;b", "https://x/?a=b", "charts", "oci://a/b c"] {
            let charts = Registry { name: "charts".into(), url: Some(url.into()), credential_name: None };
            let lines = Usage { clusters: Some(vec![]), registries: Some(vec![charts]) }.lines(&here);
            let command = lines[2].split_once("make one with: ").unwrap().1;
            let is_quoted = command.ends_with(&format!(" --registry-url {} --check", quoted(url)));
            assert!(command.ends_with("--name NEW-NAME") || is_quoted, "{lines:?}");
        }
        let one = Usage { clusters: Some(vec![]), registries: Some(vec![charts]) };
        assert_eq!(
            one.lines(&here),
            [
                "used by 1 registry, which can no longer pull its charts:",
                "  charts (oci://ghcr.io/octocat/charts)",
                "    choose another for it on the platform; make one with: ankra credentials registry create --name NEW-NAME \
                 --registry-url oci://ghcr.io/octocat/charts --check"
            ]
        );
    }
}
