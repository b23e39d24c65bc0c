//! What depends on a credential: known, or "cannot tell", never a guess.

use crate::platform::{AuthenticatedClient, Credential, CredentialId};

/// What would break without a credential.
#[derive(Debug)]
pub(super) struct Usage {
    /// The clusters that use it; `None`: cannot tell.
    pub(super) clusters: Option<Vec<String>>,
    /// The registries that use it; `None`: cannot tell.
    pub(super) registries: Option<Vec<String>>,
}

impl Usage {
    /// Asks the platform. What cannot be asked is not known.
    pub(super) async fn of(client: &AuthenticatedClient, credential: &Credential) -> Self {
        let clusters = match credential.id.parse::<CredentialId>() {
            Ok(id) => client.credential(id).await.ok().and_then(|detail| detail.clusters).map(|clusters| {
                clusters.into_iter().map(|cluster| cluster.name.unwrap_or(cluster.id)).collect()
            }),
            Err(_) => None,
        };
        Self { clusters, registries: registries(client, credential).await }
    }

    /// The lines that a person reads before deciding.
    pub(super) fn lines(&self) -> Vec<String> {
        let mut lines =
            users("cluster", "clusters", "can no longer be changed or scaled", self.clusters.as_deref());
        lines.extend(users(
            "registry",
            "registries",
            "can no longer pull its charts",
            self.registries.as_deref(),
        ));
        if lines.is_empty() {
            lines.push("no cluster or registry uses it".to_owned());
        }
        lines
    }
}

fn users(one: &str, many: &str, then: &str, names: Option<&[String]>) -> Vec<String> {
    let Some(names) = names else { return vec![format!("cannot tell which {many} use it")] };
    let head = match names.len() {
        0 => return Vec::new(),
        1 => format!("used by 1 {one}, which {then}:"),
        count => format!("used by {count} {many}, each of which {then}:"),
    };
    std::iter::once(head).chain(names.iter().map(|name| format!("  {name}"))).collect()
}

/// The registries that use a credential: none, unless it is a registry credential. `None`: cannot tell.
pub(super) async fn registries(client: &AuthenticatedClient, credential: &Credential) -> Option<Vec<String>> {
    if credential.provider != "registry" {
        return Some(Vec::new());
    }
    let all = client.registries().await.ok()?;
    Some(
        all.into_iter()
            .filter(|registry| registry.credential_name.as_deref() == Some(&credential.name))
            .map(|registry| match registry.url {
                Some(url) => format!("{} ({url})", registry.name),
                None => registry.name,
            })
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::Usage;

    #[test]
    fn what_is_not_known_is_never_called_none() {
        let none = Usage { clusters: Some(vec![]), registries: Some(vec![]) };
        assert_eq!(none.lines(), ["no cluster or registry uses it"]);
        let unknown = Usage { clusters: None, registries: Some(vec![]) };
        assert_eq!(unknown.lines(), ["cannot tell which clusters use it"]);
        let used = Usage { clusters: Some(vec!["a".into(), "b".into()]), registries: None };
        assert_eq!(
            used.lines(),
            [
                "used by 2 clusters, each of which can no longer be changed or scaled:",
                "  a",
                "  b",
                "cannot tell which registries use it"
            ]
        );
        let one = Usage { clusters: Some(vec![]), registries: Some(vec!["charts".into()]) };
        assert_eq!(one.lines(), ["used by 1 registry, which can no longer pull its charts:", "  charts"]);
    }
}
