//! What depends on a credential: known, or "cannot tell", never a guess.

mod gather;

pub(super) use gather::{Gathered, Users, gather, names_of};

use super::{Context, Invocation, progress::Progress};
use crate::{
    error::{Result, Run},
    output::{named, shorten},
    platform::{AuthenticatedClient, Credential, CredentialDetail, REGISTRY, Registry, routes},
    providers::RegistryUrl,
};

/// What is looked at.
pub(super) const CREDENTIALS: (&str, &str) = ("credential", "credentials");

/// How many of those that use a credential are named to a person.
const LISTED: usize = 20;

/// The longest address that a line has room for.
const LONGEST_URL: usize = 60;

/// The names of the clusters that use a credential, and the registries; `None`: cannot tell.
pub(super) type Usage = (Option<Vec<String>>, Option<Vec<Registry>>);

/// Returns the lines that say what would break without a credential, for a person to read before deciding.
pub(super) fn lines((clusters, registries): &Usage, invocation: &Invocation) -> Vec<String> {
    let mut lines = cluster_lines(clusters.as_deref());
    lines.extend(registry_lines(registries.as_deref(), invocation));
    if lines.is_empty() {
        lines.push("no cluster or registry uses it".to_owned());
    }
    lines
}

/// What uses each of `all`, for a person to read before deciding.
pub(super) async fn of(context: &Context, client: &AuthenticatedClient, all: &[&Credential]) -> Vec<Usage> {
    let credentials: Vec<Credential> = all.iter().map(|one| (*one).clone()).collect();
    let progress = Progress::of(context, CREDENTIALS, all.len());
    let Gathered { details, registries, .. } = gather(context, client, &credentials, false, &progress).await;
    let usage = |(one, detail): (&Credential, Result<CredentialDetail>)| {
        let clusters = detail.ok().and_then(|detail| detail.clusters);
        let registries = match &registries {
            _ if one.provider() != REGISTRY => Some(Vec::new()),
            registries => registries.as_deref().ok().map(|all| users_of(all, one)),
        };
        (clusters.as_deref().map(names_of), registries)
    };
    credentials.iter().zip(details).map(usage).collect()
}

/// Says how many registries use it and what they could not do without it; `None` if none does.
fn head(count: Option<usize>, one: &str, several: &str, then: &str) -> Option<String> {
    match count {
        None => Some(format!("cannot tell which {several} use it")),
        Some(0) => None,
        Some(1) => Some(format!("used by 1 {one}, which can no longer {then}:")),
        Some(count) => Some(format!("used by {count} {several}, each of which can no longer {then}:")),
    }
}

fn cluster_lines(names: Option<&[String]>) -> Vec<String> {
    let head = head(names.map(<[_]>::len), "cluster", "clusters", "be changed or scaled");
    let names = names.unwrap_or_default();
    let lines = names.iter().take(LISTED).map(|name| format!("  {}", named(name)));
    head.into_iter().chain(lines).chain(more(names.len())).collect()
}

/// Says what happens to the registries that use a credential, and how to keep each working.
pub(super) fn registry_lines(registries: Option<&[Registry]>, invocation: &Invocation) -> Vec<String> {
    let head = head(registries.map(<[_]>::len), "registry", "registries", "pull its charts");
    let lines = |registry: &Registry| {
        let mut command = Run::new("credentials registry create").arg("--name").arg("NEW-NAME");
        let is_fit = |url: &&str| url.len() <= LONGEST_URL && url.parse::<RegistryUrl>().is_ok();
        if let Some(url) = registry.url.as_deref().filter(is_fit) {
            command = command.arg("--registry-url").arg(url).arg("--check");
        }
        [
            format!("  {}", shown(registry)),
            format!(
                "    choose another for it on the platform; make one with: {}",
                invocation.line(&command)
            ),
        ]
    };
    let registries = registries.unwrap_or_default();
    head.into_iter()
        .chain(registries.iter().take(LISTED).flat_map(lines))
        .chain(more(registries.len()))
        .collect()
}

/// Says how many of `count` were left out.
fn more(count: usize) -> Option<String> {
    (count > LISTED).then(|| format!("  and {} more", count - LISTED))
}

/// As [`describe`], for a sentence.
fn shown(registry: &Registry) -> String {
    let url = registry.url.as_deref().map(|url| format!(" ({})", shorten(url, LONGEST_URL)));
    format!("{}{}", named(&registry.name), url.unwrap_or_default())
}

/// `charts (oci://...)`.
pub(super) fn describe(registry: &Registry) -> String {
    match &registry.url {
        Some(url) => format!("{} ({url})", registry.name),
        None => registry.name.clone(),
    }
}

/// The registries of the organisation, which only help.
pub(super) async fn all_registries(client: &AuthenticatedClient) -> Result<Vec<Registry>> {
    client.send_in_passing(&routes::registries()).await
}

/// Those of `all` that use a credential.
pub(super) fn users_of(all: &[Registry], credential: &Credential) -> Vec<Registry> {
    let uses = |registry: &&Registry| registry.credential_name.as_deref() == Some(credential.name());
    all.iter().filter(uses).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::{Invocation, cluster_lines, registry_lines};
    use crate::{error::quoted, platform::Registry};

    #[test]
    fn a_url_of_the_platform_is_quoted_in_the_command_or_left_out() {
        for url in ["oci://ghcr.io/$(id)", "oci://ghcr.io/a;b", "https://x/?a=b", "charts", "oci://a/b c"] {
            let charts = Registry { name: "charts".into(), url: Some(url.into()), ..Registry::default() };
            let lines = registry_lines(Some(&[charts]), &Invocation::default());
            let command = lines[2].split_once("make one with: ").unwrap().1;
            assert_eq!(lines[0], "used by 1 registry, which can no longer pull its charts:");
            let is_quoted = command.ends_with(&format!(" --registry-url {} --check", quoted(url)));
            assert!(command.ends_with("--name NEW-NAME") || is_quoted, "{lines:?}");
        }
        let lines = cluster_lines(Some(&["a".into(), "b".into()]));
        assert_eq!(lines[0], "used by 2 clusters, each of which can no longer be changed or scaled:");
    }

    #[test]
    fn h121_of_many_users_the_first_are_named() {
        let names: Vec<String> = (0..20_000).map(|number| format!("name-{number}")).collect();
        let lines = cluster_lines(Some(&names));
        assert_eq!((lines.len(), lines[21].as_str()), (22, "  and 19980 more"));
        assert_eq!(cluster_lines(Some(&names[..20])).len(), 21);
        let url = format!("oci://ghcr.io/{}", "x".repeat(900_000));
        let charts =
            |name: &String| Registry { name: name.clone(), url: Some(url.clone()), ..Registry::default() };
        let registries: Vec<Registry> = names[..30].iter().map(charts).collect();
        let lines = registry_lines(Some(&registries), &Invocation::default());
        assert_eq!((lines.len(), lines[41].as_str()), (42, "  and 10 more"));
        assert!(lines.iter().all(|line| line.chars().count() < 200), "{lines:?}");
    }
}
