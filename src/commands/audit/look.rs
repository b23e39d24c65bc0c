//! Asks the platform for all that the checks need, in few requests.

use std::rc::Rc;

use futures_util::future;

use super::{
    facts::{Facts, Looked, There},
    finding::Org,
};
use crate::{
    commands::{
        Context,
        context::pick,
        expiries::Expiries,
        usage::{Gathered, gather},
    },
    error::{Error, ErrorKind, Result},
    platform::{AuthenticatedClient, Credential, Organisation, routes},
};

/// Looks at the organisation of the command, or at `all_orgs`. What cannot be had of one of several fails none of
/// the others.
///
/// # Errors
/// Those of the list of organisations, or of the credentials of the only one.
pub(super) async fn all(context: &mut Context, all_orgs: bool) -> Result<Vec<Looked>> {
    if !all_orgs {
        let client = context.client().await?;
        return Ok(vec![only(context, &client).await?]);
    }
    let mut client = context.client_of_own_organisation().await?;
    let organisations = client.send(&routes::organisations()).await?;
    if organisations.is_empty() {
        return Err(Error::new(ErrorKind::NotFound, "you belong to no organisation"));
    }
    let mut looked = Vec::new();
    for organisation in &organisations {
        context.deadline.restart();
        let org = Rc::new(described(organisation, &organisations));
        let there = match organisation.organisation_id.parse() {
            Ok(id) => {
                client.set_organisation(id);
                match client.send(&routes::credentials(None)).await {
                    Ok(credentials) => Ok(inside(context, &client, credentials).await),
                    Err(error) => Err(error),
                }
            }
            Err(error) => Err(error),
        };
        looked.push(Looked { org, there });
    }
    Ok(looked)
}

/// Looks at the organisation of `client`. Its name helps only.
async fn only(context: &Context, client: &AuthenticatedClient) -> Result<Looked> {
    let (credentials, organisations) = (routes::credentials(None), routes::organisations());
    let (credentials, organisations) =
        future::join(client.send(&credentials), client.send_in_passing(&organisations)).await;
    let (credentials, organisations) = (credentials?, organisations.unwrap_or_default());
    let chosen = client.organisation().map(|id| id.to_string());
    let id = chosen.or_else(|| credentials.iter().find_map(Credential::organisation_id).map(str::to_owned));
    let is_it = |one: &&Organisation| match &id {
        Some(id) => one.organisation_id.eq_ignore_ascii_case(id),
        None => one.user_current == Some(true),
    };
    let org = match organisations.iter().find(is_it) {
        Some(found) => described(found, &organisations),
        None => Org { id, title: context.settings.organisation.title.clone(), ..Org::default() },
    };
    let org = Rc::new(org);
    let there = inside(context, client, credentials).await;
    Ok(Looked { org, there: Ok(there) })
}

fn described(one: &Organisation, all: &[Organisation]) -> Org {
    let id = &one.organisation_id;
    let is_it = |name: &&str| pick(all, name).is_ok_and(|found| found.organisation_id == *id);
    let names = one.slug.as_deref().into_iter().chain(one.name.as_deref()).map(str::trim);
    let chosen_by = names.filter(|name| !name.is_empty()).find(is_it).unwrap_or(id);
    Org {
        id: Some(id.clone()),
        title: Some(one.title().to_owned()),
        slug: one.slug.clone(),
        chosen_by: Some(chosen_by.to_owned()),
    }
}

async fn inside(context: &Context, client: &AuthenticatedClient, credentials: Vec<Credential>) -> There {
    let gathered = gather(context, client, &credentials).await;
    let users = gathered.users(&credentials);
    let Gathered { details, registries } = gathered;
    let known = Expiries::load(context);
    let all = credentials.into_iter().zip(details).zip(users);
    let facts = |((credential, detail), users): ((Credential, _), _)| {
        let end = known.of(credential.id(), credential.updated_at());
        let is_password = known.is_password(credential.id(), credential.updated_at());
        Facts { credential, detail, users, end, is_password }
    };
    There { credentials: all.map(facts).collect(), registries }
}
