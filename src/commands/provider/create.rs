//! `ankra credentials PROVIDER create`

use jiff::Timestamp;
use serde_json::Value;

use super::{
    check,
    grant::{self, Obtained},
    talk::Talk,
    values::{Plains, told},
};
use crate::{
    cli::{ProviderCreateArgs, ProviderFields},
    commands::{Context, ask, expiries, import, name, place::Action, secrets, show},
    error::{Error, Result},
    platform::{AuthenticatedClient, Body, Credential, CredentialName, routes},
    providers::{Provider, Tried, expiry_of},
    secret::{Field, Secret},
};

/// What came of a new credential.
enum Stored {
    New {
        /// What the platform says of it.
        told: Option<String>,
        /// When it expires, as the cloud says.
        checked: Option<Timestamp>,
    },
    /// Another run has stored one by that name a moment ago.
    ByAnother(Credential),
}

/// Creates a credential: reads the sources, checks that the name is free, asks for what is missing, and
/// sends one request.
pub(super) async fn create(
    context: &mut Context,
    provider: &'static Provider,
    args: ProviderCreateArgs,
) -> Result<()> {
    let ProviderCreateArgs { name, fields, check, mode } = args;
    let ProviderFields { mut plain, texts, mut lacking, secrets, requests, import, bundle } = fields;
    plain.extend(told(context, texts));
    if !mode.dry_run {
        context.ensure_token()?;
    }
    let way = grant::Way::of(context, provider, &secrets, requests);
    let instead = way
        .instead(provider, &secrets)
        .filter(|_| !mode.dry_run && import.is_none() && bundle.secrets_from.is_none());
    let sought =
        import::find(context, provider, import.as_ref(), (&secrets, &lacking), &bundle, mode.dry_run)
            .map_err(|error| instead.into_iter().fold(error, Error::hint))?;
    let client = context.client_if(mode.dry_run).await?;
    let is_open = name.is_none() || requests || !lacking.is_empty() || sought.is_open();
    if !mode.dry_run && is_open {
        context.tell_place();
    }
    let place = context.place();
    let look = async |client: &AuthenticatedClient, name: &CredentialName| {
        show::present(client, name, provider.slug, &place).await
    };
    let (name, there) = ask::new_name(context, client.as_ref(), name, (mode, is_open), look).await?;
    if let Some(there) = there.as_ref().filter(|_| !mode.dry_run) {
        return show::already_there(context, there);
    }
    let (found, taken) = sought.finish(context)?;
    let talk = Talk::new(context, provider, taken.complete(context, &mut plain, &mut lacking));
    // What the cloud knows is asked for when there are keys to ask it with.
    let later: Vec<_> = lacking.extract_if(.., |field| field.choices.is_some() && !mode.dry_run).collect();
    for field in lacking {
        plain.push((field, Value::from(ask::plain(context, field)?)));
    }
    if mode.dry_run {
        let mut secrets: Vec<_> =
            found.into_iter().map(|one| (one.field, secrets::unasked(context, one))).collect();
        secrets.extend(way.unasked(provider));
        // The real run of a name that is taken changes nothing, so there is nothing to check.
        if check && there.is_none() {
            check::demand(&talk, &plain, &secrets).await?;
        }
        let request = routes::create_cloud_credential(provider.names(), &name, body(&name, &plain, &secrets));
        return context.preview(&request, there.as_ref().map(Credential::name));
    }
    let Some(client) = client else { return Err(context.not_signed_in()) };
    let found = (found, bundle.allow_unusual);
    let (secrets, obtained) = grant::complete(&talk, &plain, found, way).await?;
    let stored = async {
        for field in later {
            let value = grant::choose(&talk, field, &secrets).await?;
            plain.push((field, Value::from(value)));
        }
        let checked = if check { check::demand(&talk, &plain, &secrets).await? } else { None };
        let request = routes::create_cloud_credential(provider.names(), &name, body(&name, &plain, &secrets));
        match client.send(&request).await {
            Ok(told) => Ok(Stored::New { told, checked }),
            Err(error) => {
                let error = provider.untaken(&error, name.as_str(), &plain).unwrap_or(error);
                let look = async || look(&client, &name).await;
                let there = name::made_by_another(error, mode.if_not_exists, &place, look).await?;
                Ok(Stored::ByAnother(there))
            }
        }
    };
    let stored = match (stored.await, &obtained) {
        (Err(error), Some(obtained)) => {
            return Err(obtained.undone(&talk, &secrets, error).await);
        }
        (stored, None) => stored?,
        (Ok(stored), Some(obtained)) => {
            if matches!(stored, Stored::ByAnother(_)) {
                obtained.forget_as_needless(&talk, &secrets).await;
            }
            stored
        }
    };
    let (told, checked) = match stored {
        Stored::New { told, checked } => (told, checked),
        Stored::ByAnother(there) => return show::already_there(context, &there),
    };
    let given = obtained.as_ref().and_then(Obtained::end);
    let own = || secrets.iter().filter_map(|(_, secret)| expiry_of(secret)).min();
    let end = checked.or(given).or_else(own);
    drop(secrets);
    context.output.note(&format!("Stored the {} credential {name}{place}.", provider.title));
    if told.as_deref().and_then(Tried::read) == Some(Tried::Later) {
        context.output.note("The platform tests the connection only when it makes a cluster.");
    }
    expiries::tell(context, provider.slug, name.as_str(), end);
    let all = client.send(&routes::cloud_credentials(provider.names())).await;
    let found = all.map(|all| all.into_iter().find(|one| one.name() == name.as_str()));
    if let Ok(Some(one)) = &found {
        let learned = expiries::Learned { end: end.into(), is_password: None };
        expiries::note(context, one.id(), one.updated_at(), learned);
    }
    show::stored(context, Action::Created, &name, provider.slug, found, end.map(|end| end.to_string()))
}

fn body<'a>(name: &'a CredentialName, plain: &Plains, secrets: &'a [(&Field, Secret)]) -> Body<'a> {
    let body = fields(Body::new().plain("name", name.as_str()), None, plain, secrets);
    let mut groups: Vec<&str> = plain.iter().filter_map(|(field, _)| Some(field.group?.name)).collect();
    groups.sort_unstable();
    groups.dedup();
    groups
        .into_iter()
        .fold(body, |body, group| body.object(group, fields(Body::new(), Some(group), plain, secrets)))
}

/// Adds the fields of `group` to `body`.
fn fields<'a>(
    body: Body<'a>,
    group: Option<&str>,
    plain: &Plains,
    secrets: &'a [(&Field, Secret)],
) -> Body<'a> {
    let secrets = secrets.iter().filter(|(field, _)| field.group == group);
    let body = secrets.fold(body, |body, (field, secret)| body.secret(field.key(), secret));
    let plain = plain.iter().filter(|(field, _)| field.group.map(|group| group.name) == group);
    plain.fold(body, |body, (field, value)| body.plain(field.key(), value.clone()))
}
