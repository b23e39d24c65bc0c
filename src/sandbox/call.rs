//! A route, and a request as the route gets it.

use std::net::SocketAddr;

use axum::{
    extract::RawPathParams,
    http::{StatusCode, header, request::Parts},
};
use jiff::Timestamp;
use redb::WriteTransaction;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::{
    answers::{Answer, Fault},
    approval::Approval,
    body::Form,
    clouds::Provider,
    ids,
    model::{Credential, Organisation, Role, Token, User},
    records::{self, SecretField},
    vault::Vault,
};
use crate::platform::CredentialName;

/// Who may call a route.
#[derive(Clone, Copy)]
pub(super) enum Guard {
    Open,
    /// Whoever has a token.
    SignedIn,
    /// Whoever has a token and this permission in the organisation.
    Needs(&'static str),
}

pub(super) type Handler = fn(&Call<'_>) -> Result<Answer, Fault>;

pub(super) struct Route {
    /// For the audit log.
    pub(super) action: String,
    pub(super) guard: Guard,
    pub(super) handler: Handler,
    /// The provider whose route it is, where several share a handler.
    pub(super) provider: Option<&'static Provider>,
}

/// Who calls: a token, its owner and the organisation chosen.
pub(super) struct Member {
    /// SHA-256 of the token.
    pub(super) hash: [u8; 32],
    pub(super) token: Token,
    pub(super) user: User,
    pub(super) organisation: Organisation,
    pub(super) role: Role,
}

pub(super) struct Call<'a> {
    pub(super) tx: &'a WriteTransaction,
    pub(super) vault: &'a Vault,
    pub(super) route: &'a Route,
    pub(super) now: Timestamp,
    /// Where the server listens.
    pub(super) address: SocketAddr,
    pub(super) approval: &'a Approval,
    pub(super) member: Option<&'a Member>,
    pub(super) parts: &'a Parts,
    pub(super) params: &'a RawPathParams,
    pub(super) body: &'a [u8],
}

impl Call<'_> {
    /// The caller; routes that are open to anyone have none.
    pub(super) fn member(&self) -> Result<&Member, Fault> {
        self.member.ok_or_else(|| Fault::unauthorized("Not authenticated"))
    }

    pub(super) fn organisation(&self) -> Result<Uuid, Fault> {
        Ok(self.member()?.organisation.organisation_id)
    }

    pub(super) fn param(&self, name: &str) -> &str {
        self.params.iter().find(|(key, _)| *key == name).map_or("", |(_, value)| value)
    }

    /// A part of the path that has to be a UUID.
    pub(super) fn id(&self, name: &str) -> Result<Uuid, Fault> {
        ids::parse_uuid(self.param(name), &["path", name])
    }

    /// A query parameter; the last one of that name counts.
    pub(super) fn query(&self, name: &str) -> Option<String> {
        let query = self.parts.uri.query()?;
        let values = url::form_urlencoded::parse(query.as_bytes()).filter(|(key, _)| key == name);
        values.last().map(|(_, value)| value.into_owned())
    }

    pub(super) fn required_query(&self, name: &str) -> Result<String, Fault> {
        self.query(name).ok_or_else(|| Fault::missing(&["query", name]))
    }

    pub(super) fn form(&self) -> Result<Form, Fault> {
        let content_type = self.parts.headers.get(header::CONTENT_TYPE);
        Form::parse(content_type.map(|t| t.to_str().unwrap_or("")), self.body)
    }

    /// What keeps a new credential from having this name: another one of the organisation has it.
    pub(super) fn taken(&self, name: &CredentialName) -> Result<Option<String>, Fault> {
        let found = records::find(self.tx, self.organisation()?, name.as_str())?;
        Ok(found.map(|_| format!("A credential named '{name}' already exists in this organisation")))
    }

    pub(super) fn ensure_free(&self, name: &CredentialName) -> Result<(), Fault> {
        match self.taken(name)? {
            Some(text) => Err(Fault::detail(StatusCode::CONFLICT, &text).about(name)),
            None => Ok(()),
        }
    }

    /// Stores a new credential of `provider`; the name is free.
    pub(super) fn insert(
        &self,
        name: &CredentialName,
        provider: &str,
        extras: &Map<String, Value>,
        secrets: &[SecretField],
    ) -> Result<(), Fault> {
        let id = ids::id(self.now, 0)?;
        let row = Credential::new(id, self.organisation()?, name.as_str(), provider, self.now);
        records::put_credential(self.tx, self.vault, &row, extras, secrets)
    }
}
