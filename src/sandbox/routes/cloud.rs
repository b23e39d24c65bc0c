//! Cloud credentials and SSH keys: one shape for every provider.

use axum::http::StatusCode;
use bytes::Bytes;
use serde_json::{Map, Value, json};
use zeroize::Zeroizing;

use super::{
    super::{
        answers::{Answer, Fault},
        body::Form,
        ids::IdMaker,
        records::{self, New},
        server::Call,
    },
    credentials,
};
use crate::{
    secret::Secret,
    ssh::{KeyPair, PublicKey},
};

/// What a provider wants to know.
pub(in crate::sandbox) struct Provider {
    pub(in crate::sandbox) name: &'static str,
    /// What its SSH keys are listed as.
    key_name: &'static str,
    fields: &'static [Field],
    /// It is reached over the network of the user: `tls_insecure` and `jumphost` go with it.
    own_network: bool,
}

struct Field {
    key: &'static str,
    secret: bool,
    /// What is wrong with a value, if anything. The words never quote it.
    check: fn(&str) -> Option<&'static str>,
}

const fn secret(key: &'static str, check: fn(&str) -> Option<&'static str>) -> Field {
    Field { key, secret: true, check }
}

const fn plain(key: &'static str, check: fn(&str) -> Option<&'static str>) -> Field {
    Field { key, secret: false, check }
}

/// The providers, by the names of their routes.
pub(super) const PROVIDERS: &[Provider] = &[
    Provider {
        name: "hetzner",
        key_name: "hetzner_ssh_key",
        fields: &[secret("api_token", hetzner_token)],
        own_network: false,
    },
    Provider {
        name: "ovh",
        key_name: "ovh_ssh_key",
        // The application key is no secret by itself, but nobody needs it back.
        fields: &[
            secret("application_key", word),
            secret("application_secret", word),
            secret("consumer_key", word),
            plain("project_id", letters_and_digits),
        ],
        own_network: false,
    },
    Provider {
        name: "digitalocean",
        key_name: "digitalocean_ssh_key",
        fields: &[secret("api_token", word)],
        own_network: false,
    },
    Provider {
        name: "upcloud",
        key_name: "upcloud_ssh_key",
        fields: &[secret("api_token", word)],
        own_network: false,
    },
    Provider {
        name: "proxmox",
        key_name: "proxmox_ssh_key",
        fields: &[plain("api_url", web_address), plain("token_id", word), secret("token_secret", word)],
        own_network: true,
    },
    Provider {
        name: "morpheus",
        key_name: "morpheus_ssh_key",
        fields: &[plain("api_url", web_address), secret("access_token", word)],
        own_network: true,
    },
];

/// 64 letters and digits: Hetzner's own documentation says so.
fn hetzner_token(text: &str) -> Option<&'static str> {
    let good = text.len() == 64 && text.bytes().all(|b| b.is_ascii_alphanumeric());
    (!good).then_some("A Hetzner Cloud API token has 64 letters and digits")
}

/// Lengths of other providers' secrets are not promised: only what cannot be one is refused.
fn word(text: &str) -> Option<&'static str> {
    if text.is_empty() {
        Some("The value must not be empty")
    } else if text.chars().any(|c| c.is_whitespace() || c.is_control()) {
        Some("The value must not have spaces, line ends or control characters")
    } else {
        None
    }
}

fn letters_and_digits(text: &str) -> Option<&'static str> {
    let good = !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric());
    (!good).then_some("A project id has letters and digits only")
}

/// Details show it, so it must not carry a password.
fn web_address(text: &str) -> Option<&'static str> {
    let good = url::Url::parse(text).is_ok_and(|url| {
        matches!(url.scheme(), "http" | "https") && url.username().is_empty() && url.password().is_none()
    });
    (!good).then_some("The value must be an http or https URL without a user name or password")
}

fn provider(call: &Call<'_>) -> Result<&'static Provider, Fault> {
    call.route.provider.ok_or_else(|| Fault::not_found("Provider"))
}

/// `GET /api/v1/credentials/{provider}`.
pub(super) fn list(call: &Call<'_>) -> Result<Answer, Fault> {
    credentials::list_of(call, Some(provider(call)?.name))
}

/// `POST /api/v1/credentials/{provider}`.
pub(super) fn create(call: &Call<'_>) -> Result<Answer, Fault> {
    let provider = provider(call)?;
    let mut form = call.form()?;
    let name = form.name();
    let mut errors = Vec::new();
    let mut extras = Map::new();
    let mut secrets = Vec::new();
    for field in provider.fields {
        let Some(value) = form.text(field.key) else { continue };
        errors.extend((field.check)(value.expose()).map(|message| (field.key, message)));
        if field.secret {
            secrets.push((field.key, value));
        } else {
            extras.insert(field.key.to_owned(), value.expose().into());
        }
    }
    if provider.own_network {
        extras.insert("tls_insecure".to_owned(), form.flag("tls_insecure").into());
        if let Some(jumphost) = form.object("jumphost", jumphost).flatten() {
            if jumphost.private_key.expose().trim().is_empty() {
                errors.push(("jumphost", "The private key must not be empty"));
            }
            extras.insert("jumphost".to_owned(), jumphost.shown);
            secrets.push(("jumphost", jumphost.private_key));
        }
    }
    let name = form.finish(name)?;
    let organisation = call.organisation()?;
    if records::find(call.tx, organisation, name.as_str())?.is_some() {
        return Err(Fault::taken(name.as_str()).about(&name));
    }
    if !errors.is_empty() {
        return Err(Fault::refused(&errors).about(&name));
    }
    let new = New {
        id: IdMaker::new(call.now).next()?,
        organisation,
        name: name.as_str(),
        provider: provider.name,
        extras,
        secrets: &secrets,
        now: &call.now.to_string(),
    };
    records::insert(call.tx, call.vault, &new)?;
    Ok(Answer::success().about(&name))
}

/// The host between the platform and a provider's API.
struct Jumphost {
    /// What the detail shows of it.
    shown: Value,
    private_key: Secret,
}

fn jumphost(form: &mut Form) -> Option<Jumphost> {
    let host = form.text("host");
    let port = form.number("port", 1..=65_535);
    let username = form.text("username");
    let private_key = form.text("private_key")?;
    let shown = json!({ "host": host?.expose(), "port": port?, "username": username?.expose() });
    Some(Jumphost { shown, private_key })
}

/// `GET /api/v1/credentials/{provider}/ssh-keys`.
pub(super) fn list_keys(call: &Call<'_>) -> Result<Answer, Fault> {
    let mut keys = Vec::new();
    records::for_each(call.tx, call.organisation()?, Some(provider(call)?.key_name), |id, row| {
        let mut key: Map<String, Value> = records::from_json(row)?;
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
        form.miss("ssh_public_key");
    }
    let name = form.finish(name)?;
    let organisation = call.organisation()?;
    if records::find(call.tx, organisation, name.as_str())?.is_some() {
        return Err(Fault::taken(name.as_str()).about(&name));
    }
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
    let new = New {
        id: IdMaker::new(call.now).next()?,
        organisation,
        name: name.as_str(),
        provider: provider.key_name,
        extras: Map::from_iter([("ssh_public_key".to_owned(), public_key.into())]),
        secrets: &[],
        now: &call.now.to_string(),
    };
    records::insert(call.tx, call.vault, &new)?;
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
