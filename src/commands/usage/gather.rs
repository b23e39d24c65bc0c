//! What uses each of many credentials: a request for each, several at once.

use std::{
    collections::{HashMap, HashSet},
    fmt,
};

use futures_util::future;
use serde::Serialize;

use crate::{
    commands::{Context, at_once, progress::Progress},
    error::{Error, ErrorKind, Result},
    platform::{
        AuthenticatedClient, Cluster, Credential, CredentialDetail, CredentialId, REGISTRY, Registry, routes,
    },
};

/// What was asked about many credentials, and what came of it.
#[derive(Debug)]
pub(in crate::commands) struct Gathered {
    /// That of each credential, in their order.
    pub(in crate::commands) details: Vec<Result<CredentialDetail>>,
    /// Those of the organisation; none, where they were not needed.
    pub(in crate::commands) registries: Result<Vec<Registry>>,
    /// Whether each credential was deleted since it was listed.
    pub(in crate::commands) gone: Vec<bool>,
}

/// What uses a credential; `None`: cannot tell.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(in crate::commands) struct Users {
    /// Their names.
    pub(in crate::commands) clusters: Option<Vec<String>>,
    /// Their names.
    pub(in crate::commands) registries: Option<Vec<String>>,
}

/// Asks for what uses each of `all`, and tells `progress` how far it is; for the registries where one of them is of a
/// registry, or `with_registries`.
///
/// What cannot be had fails nothing here. An answer gives those that are still to come the whole time of the
/// command anew: however many there are, a platform that answers is waited for, and one that does not is not.
pub(in crate::commands) async fn gather(
    context: &Context,
    client: &AuthenticatedClient,
    all: &[Credential],
    with_registries: bool,
    progress: &Progress<'_>,
) -> Gathered {
    let is_needed = with_registries || all.iter().any(|one| one.provider() == REGISTRY);
    let registries =
        async || if is_needed { client.send(&routes::registries()).await } else { Ok(Vec::new()) };
    let details = details(context, client, all, || progress.advance());
    let (details, found) = future::join(details, registries()).await;
    let registries = match found {
        Err(_) if client.was_limited() => registries().await,
        found => found,
    };
    let gone = gone(client, all, &details).await;
    Gathered { details, registries, gone }
}

/// Whether each of `all` was deleted since it was listed: it is not found, nor in another list. A platform that has no
/// details at all hides no credential so.
async fn gone(
    client: &AuthenticatedClient,
    all: &[Credential],
    details: &[Result<CredentialDetail>],
) -> Vec<bool> {
    let is_lost = |detail: &Result<CredentialDetail>| matches!(detail, Err(error) if error.kind() == ErrorKind::NotFound);
    let there =
        if details.iter().any(is_lost) { client.send(&routes::credentials(None)).await.ok() } else { None };
    let Some(there) = there else { return vec![false; all.len()] };
    let there: HashSet<&str> = there.iter().map(Credential::id).collect();
    all.iter().zip(details).map(|(one, detail)| is_lost(detail) && !there.contains(one.id())).collect()
}

/// The details of each of `all`. A platform that bears fewer requests at once than are sent is asked again for
/// what it refused, one after the other.
async fn details(
    context: &Context,
    client: &AuthenticatedClient,
    all: &[Credential],
    done: impl Fn(),
) -> Vec<Result<CredentialDetail>> {
    let detail = async |one: &Credential| {
        let id: CredentialId = one.id().parse()?;
        let detail = client.send(&routes::credential(id)).await?;
        context.deadline.restart();
        Ok::<_, Error>(detail)
    };
    let mut details = at_once::each(all, detail, done).await;
    if client.was_limited() {
        for (one, refused) in all.iter().zip(&mut details).filter(|(_, detail)| detail.is_err()) {
            *refused = detail(one).await;
        }
    }
    details
}

impl Users {
    /// Whether nothing does; `None`: cannot tell.
    pub(in crate::commands) fn is_nothing(&self) -> Option<bool> {
        let is_empty = |names: &Option<Vec<String>>| names.as_ref().map(Vec::is_empty);
        match (is_empty(&self.clusters), is_empty(&self.registries)) {
            (Some(false), _) | (_, Some(false)) => Some(false),
            (Some(true), Some(true)) => Some(true),
            _ => None,
        }
    }
}

impl fmt::Display for Users {
    /// `cluster a; registries b, c`, `none`, `cannot tell`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.is_nothing() {
            None => return f.write_str("cannot tell"),
            Some(true) => return f.write_str("none"),
            Some(false) => {}
        }
        let kinds = [("cluster", "clusters", &self.clusters), ("registry", "registries", &self.registries)];
        let parts = kinds.into_iter().filter_map(|(one, several, names)| match names.as_deref() {
            None => Some(format!("{several}: cannot tell")),
            Some([]) => None,
            Some([name]) => Some(format!("{one} {name}")),
            Some(names) => Some(format!("{several} {}", names.join(", "))),
        });
        f.write_str(&parts.collect::<Vec<_>>().join("; "))
    }
}

impl Gathered {
    /// Warns of what could not be asked, with the first reason.
    pub(in crate::commands) fn warn(&self, context: &Context) {
        let failed = self.details.iter().zip(&self.gone).filter(|(_, is_gone)| !**is_gone);
        let mut failed = failed.filter_map(|(detail, _)| detail.as_ref().err());
        if let Some(first) = failed.next() {
            let why = first.in_one_line();
            let what = match failed.count() {
                0 => "1 credential".to_owned(),
                more => format!("{} credentials", more + 1),
            };
            context.output.warn(&format!("what uses {what} is not known: {why}"));
        }
        if let Err(error) = &self.registries {
            let why = error.in_one_line();
            context.output.warn(&format!("which registries use a credential is not known: {why}"));
        }
    }

    /// What uses each of `all`, which were asked about.
    pub(in crate::commands) fn users(&self, all: &[Credential]) -> Vec<Users> {
        let mut of_name: HashMap<&str, Vec<String>> = HashMap::new();
        for registry in self.registries.iter().flatten() {
            if let Some(credential) = &registry.credential_name {
                of_name.entry(credential).or_default().push(registry.name.clone());
            }
        }
        let users = |(one, detail): (&Credential, &Result<CredentialDetail>)| {
            let clusters = detail.as_ref().ok().and_then(|detail| detail.clusters.as_deref());
            let registries = match &self.registries {
                _ if one.provider() != REGISTRY => Some(Vec::new()),
                Ok(_) => Some(of_name.get(one.name()).cloned().unwrap_or_default()),
                Err(_) => None,
            };
            Users { clusters: clusters.map(names_of), registries }
        };
        all.iter().zip(&self.details).map(users).collect()
    }
}

/// The names of clusters, or the ids of those without one.
pub(in crate::commands) fn names_of(clusters: &[Cluster]) -> Vec<String> {
    clusters.iter().map(|cluster| cluster.name.clone().unwrap_or(cluster.id.clone())).collect()
}
