//! The HTTP server: who calls, may they, and what goes into the audit log.

use std::{net::SocketAddr, sync::Arc};

use axum::{
    body::Body,
    extract::{RawPathParams, Request, rejection::RawPathParamsRejection},
    http::{HeaderValue, StatusCode, header, request::Parts},
    response::Response,
    serve::ListenerExt,
};
use jiff::Timestamp;
use redb::{ReadableTable, ReadableTableMetadata, WriteTransaction};
use tokio::net::TcpListener;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::{
    Access, OnAccess,
    answers::{Answer, Fault},
    body::{self, Form},
    caller::{Member, identify, invalid_uuid, is_loopback_host},
    ids,
    model::{AUDIT, TOKENS, Token},
    records::{from_json, to_json},
    routes::{self, Route},
    store::{self, Opened, Store},
    vault::Vault,
};
use crate::error::{Error, Result};

/// How many entries the audit log keeps.
pub(super) const AUDIT_LIMIT: u64 = 10_000;

/// A server that is bound: its socket accepts connections.
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    app: Arc<App>,
}

/// What all requests share.
pub(super) struct App {
    store: Store,
    address: SocketAddr,
    on_access: Option<OnAccess>,
}

impl Server {
    pub(super) async fn bind(store: Store, address: SocketAddr, on_access: Option<OnAccess>) -> Result<Self> {
        if !address.ip().to_canonical().is_loopback() {
            return Err(Error::usage(format!("the sandbox does not listen on {address}"))
                .cause("it is for trying and testing on this machine, and only listens on loopback")
                .hint("listen on 127.0.0.1 or [::1], for example 127.0.0.1:8080"));
        }
        drop(store.open().await?);
        let refused = |e| {
            Error::failure(format!("the sandbox cannot listen on {address}"))
                .cause(e)
                .hint("choose another port; port 0 takes a free one")
        };
        let listener = TcpListener::bind(address).await.map_err(refused)?;
        let address = listener.local_addr().map_err(refused)?;
        Ok(Self { listener, address, app: Arc::new(App { store, address, on_access }) })
    }

    /// Where it listens; the port is the real one.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves in the background of the current tokio runtime for as long as that lives.
    /// Call it from within the runtime, which needs its I/O and time drivers.
    pub fn start(self) {
        tokio::spawn(self.serve());
    }

    /// Keeps the address for [`super::Sandbox::last_address`]: to be done before anyone is told of it.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn keep_address(&self) -> Result<()> {
        self.app.store.remember(self.address)
    }

    /// Serves until the future is dropped.
    ///
    /// # Errors
    /// The socket fails.
    pub async fn run(self) -> Result<()> {
        self.serve().await
    }

    async fn serve(self) -> Result<()> {
        // Small answers must not wait for the acknowledgement of earlier ones.
        let listener = self.listener.tap_io(|stream| drop(stream.set_nodelay(true)));
        axum::serve(listener, routes::router(&self.app))
            .await
            .map_err(|e| Error::failure("the sandbox stopped serving").cause(e))
    }
}

/// A request in the hands of a route.
pub(super) struct Call<'a> {
    pub(super) tx: &'a WriteTransaction,
    pub(super) vault: &'a Vault,
    pub(super) route: &'a Route,
    pub(super) now: Timestamp,
    /// Where the server listens.
    pub(super) address: SocketAddr,
    member: Option<&'a Member>,
    incoming: &'a Incoming,
}

/// What came in.
struct Incoming {
    parts: Parts,
    params: Vec<(String, String)>,
    body: Zeroizing<Vec<u8>>,
}

impl Call<'_> {
    /// Who calls. Routes that anyone may call have nobody to give.
    pub(super) fn member(&self) -> Result<&Member, Fault> {
        self.member.ok_or_else(|| Fault::unauthorized("Not authenticated"))
    }

    /// The organisation chosen.
    pub(super) fn organisation(&self) -> Result<Uuid, Fault> {
        Ok(self.member()?.organisation.organisation_id)
    }

    /// A part of the path.
    pub(super) fn param(&self, name: &str) -> &str {
        self.incoming.params.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    /// A part of the path that has to be a UUID.
    pub(super) fn id(&self, name: &str) -> Result<Uuid, Fault> {
        ids::parse_uuid(self.param(name)).ok_or_else(|| invalid_uuid(&["path", name]))
    }

    /// A query parameter; the last one of that name counts.
    pub(super) fn query(&self, name: &str) -> Option<String> {
        let query = self.incoming.parts.uri.query()?;
        let values = url::form_urlencoded::parse(query.as_bytes()).filter(|(key, _)| key == name);
        values.last().map(|(_, value)| value.into_owned())
    }

    /// The body as a form.
    pub(super) fn form(&self) -> Result<Form, Fault> {
        let content_type = self.incoming.parts.headers.get(header::CONTENT_TYPE);
        Form::parse(content_type.map(|t| t.to_str().unwrap_or("")), &self.incoming.body)
    }
}

impl App {
    /// Answers one request: reads it, waits for the state, and then does all of it in one
    /// transaction, so that nothing is changed without an entry in the audit log.
    pub(super) async fn answer(
        &self,
        route: &Route,
        params: Result<RawPathParams, RawPathParamsRejection>,
        request: Request,
    ) -> Response {
        let (parts, body) = request.into_parts();
        let body = if is_loopback_host(&parts.headers) {
            body::read(&parts.headers, body).await
        } else {
            // A page of another site whose name was pointed at this machine.
            Err(Fault::detail(StatusCode::BAD_REQUEST, "Invalid host header"))
        };
        let (body, refused) = match body {
            Ok(body) => (body, None),
            Err(fault) => (Zeroizing::default(), Some(fault)),
        };
        let (params, refused) = match params {
            Ok(params) => {
                (params.iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect(), refused)
            }
            Err(_) => (Vec::new(), refused.or_else(|| Some(Fault::not_found("Path")))),
        };
        let incoming = Incoming { parts, params, body };
        let now = ids::now();
        let mut access = Access::of(&incoming.parts, route, now);
        let opened = self.store.open().await;
        let answer = opened
            .and_then(|opened| self.transact(&opened, route, &incoming, refused, now, &mut access))
            .unwrap_or_else(|error| *Fault::internal(&error).0);
        access.status = answer.status.as_u16();
        if let Some(on_access) = &self.on_access {
            on_access(&access);
        }
        respond(answer)
    }

    fn transact(
        &self,
        opened: &Opened,
        route: &Route,
        incoming: &Incoming,
        refused: Option<Fault>,
        now: Timestamp,
        access: &mut Access,
    ) -> Result<Answer> {
        let mut tx = opened.begin()?;
        let mut member = None;
        let outcome = match refused {
            Some(fault) => Err(fault),
            None => identify(&tx, route, &incoming.parts.headers, now, access).and_then(|found| {
                member = found;
                let member = member.as_ref();
                let call = Call {
                    tx: &tx,
                    vault: opened.vault(),
                    route,
                    now,
                    address: self.address,
                    member,
                    incoming,
                };
                (route.handler)(&call)
            }),
        };
        let answer = match outcome {
            Ok(answer) => {
                access.done = true;
                answer
            }
            Err(Fault(answer)) => {
                // A refused request changes nothing, whatever it had begun.
                if let Err(e) = tx.abort() {
                    // The first failure tells more than what comes of it.
                    return if answer.status.is_server_error() {
                        Ok(*answer)
                    } else {
                        Err(store::not_saved(&e))
                    };
                }
                tx = opened.begin()?;
                *answer
            }
        };
        access.status = answer.status.as_u16();
        access.credential.clone_from(&answer.about);
        record(&tx, access, member.as_ref(), now).map_err(|fault| {
            Error::failure("the sandbox cannot write its audit log")
                .cause(String::from_utf8_lossy(&fault.0.body))
        })?;
        tx.commit().map_err(|e| store::not_saved(&e))?;
        Ok(answer)
    }
}

/// Writes the audit entry and when the token was used, and forgets the oldest entries.
fn record(
    tx: &WriteTransaction,
    access: &Access,
    member: Option<&Member>,
    now: Timestamp,
) -> Result<(), Fault> {
    let mut audit = tx.open_table(AUDIT)?;
    let next = audit.last()?.map_or(0, |(number, _)| number.value() + 1);
    audit.insert(next, to_json(access)?.as_str())?;
    while audit.len()? > AUDIT_LIMIT {
        audit.pop_first()?;
    }
    if let Some(member) = member {
        let mut tokens = tx.open_table(TOKENS)?;
        // Read again: the request may have been its revocation.
        let token = tokens.get(&member.hash)?.map(|token| from_json::<Token>(token.value())).transpose()?;
        if let Some(mut token) = token {
            token.last_used_at = Some(now.to_string());
            tokens.insert(&member.hash, to_json(&token)?.as_str())?;
        }
    }
    Ok(())
}

impl Access {
    fn of(parts: &Parts, route: &Route, now: Timestamp) -> Self {
        Self {
            time: format!("{now:.6}"),
            token: None,
            role: None,
            organisation: None,
            method: parts.method.as_str().chars().take(20).collect(),
            path: parts.uri.path().chars().take(200).collect(),
            status: 0,
            action: route.action.clone(),
            credential: None,
            done: false,
        }
    }
}

fn respond(answer: Answer) -> Response {
    let mut response = Response::new(Body::from(answer.body));
    *response.status_mut() = answer.status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(answer.content_type));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if answer.status == StatusCode::UNAUTHORIZED {
        headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    response
}
