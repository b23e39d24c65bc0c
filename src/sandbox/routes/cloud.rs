//! Cloud credentials and SSH keys: one shape for every provider.

use axum::http::StatusCode;
use bytes::Bytes;
use serde_json::{Map, Value, json};
use zeroize::Zeroizing;

use super::{
    super::{
        answers::{Answer, Fault},
        body::Form,
        call::Call,
        clouds::{Provider, REGISTRY},
        records::{self, SecretField},
    },
    credentials,
};
use crate::{
    secret::Secret,
    ssh::{KeyPair, PublicKey},
};

fn provider(call: &Call<'_>) -> Result<&'static Provider, Fault> {
    call.route.provider.ok_or_else(|| Fault::not_found("Provider"))
}

pub(super) fn list(call: &Call<'_>) -> Result<Answer, Fault> {
    credentials::list_of(call, Some(provider(call)?.name))
}

pub(super) fn create(call: &Call<'_>) -> Result<Answer, Fault> {
    create_of(provider(call)?, call, call.form()?)
}

pub(super) fn create_of(provider: &Provider, call: &Call<'_>, mut form: Form) -> Result<Answer, Fault> {
    let name = form.name();
    let entered = Entered::of(provider, &mut form);
    let name = form.finish(name)?;
    call.ensure_free(&name)?;
    entered.ensure_good(name.as_str())?;
    let has_jumphost = entered.extras.contains_key("jumphost");
    if !has_jumphost && provider.name != REGISTRY.name {
        entered.try_at(provider, name.as_str())?;
    }
    call.insert(&name, provider.name, &entered.extras, &entered.secrets)?;
    let message = has_jumphost.then(|| provider.untried());
    Ok(message.map_or_else(Answer::success, |message| Answer::success_with(&message)).about(&name))
}

/// What a form says of a credential.
pub(super) struct Entered {
    pub(super) extras: Map<String, Value>,
    pub(super) secrets: Vec<SecretField>,
    errors: Vec<(&'static str, &'static str)>,
}

impl Entered {
    pub(super) fn of(provider: &Provider, form: &mut Form) -> Self {
        let (mut extras, mut secrets, mut errors) = (Map::new(), Vec::new(), Vec::new());
        for field in provider.fields {
            let Some(value) = form.text(field.key) else { continue };
            errors.extend((field.check)(value.expose()).map(|message| (field.key, message)));
            if field.secret {
                secrets.push((field.key, value));
            } else {
                extras.insert(field.key.to_owned(), value.expose().into());
            }
        }
        if provider.own_network() {
            extras.insert("tls_insecure".to_owned(), form.flag("tls_insecure").into());
            if let Some((shown, private_key)) = form.object("jumphost", jumphost).flatten() {
                if private_key.expose().trim().is_empty() {
                    errors.push(("jumphost", "The private key must not be empty"));
                }
                extras.insert("jumphost".to_owned(), shown);
                secrets.push(("jumphost", private_key));
            }
        }
        Self { extras, secrets, errors }
    }

    /// Refuses what its provider does not take.
    fn try_at(&self, provider: &Provider, name: &str) -> Result<(), Fault> {
        let tried = |(key, secret): &SecretField| Some((*key, provider.tried(secret.expose())?));
        match self.secrets.iter().find_map(tried) {
            Some((key, message)) => Err(Fault::refused(&[(key, &message)]).about(name)),
            None => Ok(()),
        }
    }

    /// Refuses what a credential of that name cannot be made of.
    pub(super) fn ensure_good(&self, name: &str) -> Result<(), Fault> {
        if self.errors.is_empty() { Ok(()) } else { Err(Fault::refused(&self.errors).about(name)) }
    }
}

/// The host between the platform and a provider's API: what the detail shows of it, and its key.
fn jumphost(form: &mut Form) -> Option<(Value, Secret)> {
    let host = form.text("host");
    let port = form.number("port", 1..=65_535);
    let username = form.text("username");
    let private_key = form.text("private_key")?;
    let shown = json!({ "host": host?.expose(), "port": port?, "username": username?.expose() });
    Some((shown, private_key))
}

pub(super) fn list_keys(call: &Call<'_>) -> Result<Answer, Fault> {
    let mut keys = Vec::new();
    records::for_each(call.tx, call.organisation()?, Some(&provider(call)?.key_name()), |id, row| {
        let mut key: Map<String, Value> = serde_json::from_str(row)?;
        key.extend(records::extras(call.tx, id)?);
        keys.push(key);
        Ok(())
    })?;
    Answer::json(&keys)
}

/// `POST /api/v1/credentials/{provider}/ssh-key`. With `generate` the pair is made here and
/// its private half is answered once, and kept nowhere.
pub(super) fn create_key(call: &Call<'_>) -> Result<Answer, Fault> {
    let provider = provider(call)?;
    let mut form = call.form()?;
    let name = form.name();
    let public_key = form.optional_text("ssh_public_key");
    let generate = form.flag("generate");
    if public_key.is_none() && !generate {
        form.complain("ssh_public_key", "Field required", "missing");
    }
    let name = form.finish(name)?;
    call.ensure_free(&name)?;
    let (public_key, answer) = match public_key {
        Some(text) if !generate => {
            // The reason could quote a private key that was sent by mistake.
            let key = PublicKey::parse(text.expose()).map_err(|_| {
                let message =
                    "The value must be one SSH public key line: type, base64 and an optional comment";
                Fault::refused(&[("ssh_public_key", message)]).about(&name)
            })?;
            (key.to_line(), Answer::success())
        }
        _ => {
            let pair = KeyPair::generate(name.as_str())?;
            (pair.public_key().to_line(), with_private_key(&pair.to_openssh(None)?)?)
        }
    };
    let extras = Map::from_iter([("ssh_public_key".to_owned(), public_key.into())]);
    call.insert(&name, &provider.key_name(), &extras, &[])?;
    Ok(answer.about(&name))
}

/// The one answer that holds a secret: its buffer is large enough from the start, and
/// zeroed once it is sent.
fn with_private_key(key: &Zeroizing<String>) -> Result<Answer, Fault> {
    let mut body = Zeroizing::new(Vec::with_capacity(2 * key.len() + 64));
    body.extend_from_slice(b"{\"success\":true,\"private_key\":");
    serde_json::to_writer(&mut *body, key.as_str())?;
    body.extend_from_slice(b",\"errors\":[]}");
    Ok(Answer::raw(StatusCode::OK, Bytes::from_owner(body)))
}
