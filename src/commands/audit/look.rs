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
        name::twice,
        progress::Progress,
        usage::{CREDENTIALS, Gathered, gather},
    },
    error::{Error, ErrorKind, Result},
    platform::{AuthenticatedClient, Credential, Organisation, routes},
};

/// Looks at the organisation of the command, or at `all_orgs`. What cannot be had of one of several fails none of
/// the others. With `names_org` it matters what the organisation of the command is called.
///
/// # Errors
/// Those of the list of organisations, or of the credentials of the only one.
pub(super) async fn all(context: &mut Context, all_orgs: bool, names_org: bool) -> Result<Vec<Looked>> {
    if !all_orgs {
        let client = context.client().await?;
        return Ok(vec![only(context, &client, names_org).await?]);
    }
    let mut client = context.client_of_own_organisation().await?;
    let organisations = client.send(&routes::organisations()).await?;
    if organisations.is_empty() {
        return Err(Error::new(ErrorKind::NotFound, "you belong to no organisation"));
    }
    let progress = Progress::of(context, ("organisation", "organisations"), organisations.len()).logged();
    let mut looked = Vec::new();
    for organisation in &organisations {
        context.deadline.restart();
        let org = Rc::new(described(organisation, &organisations));
        let there = match organisation.organisation_id.parse() {
            Ok(id) => {
                client.set_organisation(id);
                match client.send(&routes::credentials(None)).await {
                    Ok(credentials) => {
                        let credentials_there = Progress::of(context, CREDENTIALS, credentials.len());
                        Ok(inside(context, &client, credentials, &credentials_there).await)
                    }
                    Err(error) => Err(error),
                }
            }
            Err(error) => Err(error),
        };
        looked.push(Looked { org, there });
        progress.advance();
    }
    progress.end();
    Ok(looked)
}

/// Looks at the organisation of `client`. Its name helps only, unless it `is_needed`.
async fn only(context: &Context, client: &AuthenticatedClient, is_needed: bool) -> Result<Looked> {
    let organisations = async {
        let organisations = routes::organisations();
        if is_needed {
            client.send(&organisations).await
        } else {
            client.send_in_passing(&organisations).await
        }
    };
    let credentials = routes::credentials(None);
    let (credentials, organisations) = future::join(client.send(&credentials), organisations).await;
    let credentials = credentials?;
    let (organisations, why) = match organisations {
        Ok(organisations) => (organisations, None),
        Err(error) => (Vec::new(), Some(error.in_one_line())),
    };
    let chosen = client.organisation().map(|id| id.to_string());
    let id = chosen.or_else(|| credentials.iter().find_map(Credential::organisation_id).map(str::to_owned));
    let is_it = |one: &&Organisation| match &id {
        Some(id) => one.organisation_id.eq_ignore_ascii_case(id),
        None => one.user_current == Some(true),
    };
    let org = if let Some(found) = organisations.iter().find(is_it) {
        described(found, &organisations)
    } else {
        let unnamed = why.unwrap_or_else(|| "it is not in the list of organisations".to_owned());
        let title = context.settings.organisation.title.clone();
        Org { id, title, unnamed: Some(unnamed), ..Org::default() }
    };
    let given = context.settings.organisation.wanted.as_ref().map(ToString::to_string);
    let org = Org { given, ..org };
    let org = Rc::new(org);
    let progress = Progress::of(context, CREDENTIALS, credentials.len()).logged();
    let there = inside(context, client, credentials, &progress).await;
    progress.end();
    Ok(Looked { org, there: Ok(there) })
}

fn described(one: &Organisation, all: &[Organisation]) -> Org {
    let id = &one.organisation_id;
    let is_it = |name: &&str| pick(all, name).is_ok_and(|found| found.organisation_id == *id);
    let names = one.slug.as_deref().into_iter().chain(one.name.as_deref()).map(str::trim);
    let chosen_by = names.filter(|name| is_plain(name)).find(is_it).unwrap_or(id);
    Org {
        id: Some(id.clone()),
        title: Some(one.title().to_owned()),
        slug: one.slug.clone(),
        chosen_by: Some(chosen_by.to_owned()),
        given: None,
        unnamed: None,
    }
}

/// Whether a name can be copied from a terminal as it is.
fn is_plain(name: &str) -> bool {
    let is_fit = |c: char| c.is_alphanumeric() || c == ' ' || c.is_ascii_punctuation();
    !name.is_empty() && name.chars().all(is_fit)
}

/// What is in the organisation of `client`.
async fn inside(
    context: &Context,
    client: &AuthenticatedClient,
    credentials: Vec<Credential>,
    progress: &Progress<'_>,
) -> There {
    let gathered = gather(context, client, &credentials, true, progress).await;
    let users = gathered.users(&credentials);
    let Gathered { details, registries, gone } = gathered;
    let known = Expiries::load(context);
    let twice = twice(credentials.iter());
    let all = credentials.into_iter().zip(details).zip(users);
    let facts = |((credential, detail), users): ((Credential, _), _)| {
        let end = known.of(credential.id(), credential.updated_at());
        let is_password = known.is_password(credential.id(), credential.updated_at());
        let is_alone = !twice.contains(credential.name());
        Facts { credential, detail, users, end, is_password, is_alone }
    };
    // What somebody else has deleted since is not there, and hides nothing.
    let there = all.map(facts).zip(gone).filter(|(_, is_gone)| !is_gone).map(|(facts, _)| facts);
    There { credentials: there.collect(), registries }
}
