//! Answers a request: who calls, may they, and what goes into the audit log.

use std::net::SocketAddr;

use axum::{
    extract::{RawPathParams, Request, rejection::RawPathParamsRejection},
    http::{HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use jiff::Timestamp;
use redb::{ReadableTable, ReadableTableMetadata, WriteTransaction};
use zeroize::Zeroizing;

use super::{
    access::{Access, OnAccess},
    answers::{Answer, Fault},
    approval::Approval,
    body,
    broken::not_saved,
    call::{Call, Member, Route},
    caller::{identify, is_loopback_host},
    ids,
    model::{AUDIT, TOKENS, Token},
    records,
    store::{Opened, Sandbox},
};
use crate::error::Result;

pub(super) const AUDIT_LIMIT: u64 = 10_000;

/// What a browser may do with an answer: no scripts, nothing from elsewhere, and no other page around it.
const CONTENT_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

pub(super) struct App {
    pub(super) store: Sandbox,
    pub(super) address: SocketAddr,
    pub(super) on_access: Option<OnAccess>,
    pub(super) approval: Approval,
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
            body::read(body).await
        } else {
            // A page of another site whose name was pointed at this machine.
            Err(Fault::detail(StatusCode::BAD_REQUEST, "Invalid host header"))
        };
        let sent = body.and_then(|body| match params {
            Ok(params) => Ok((params, body)),
            Err(_) => Err(Fault::not_found("Path")),
        });
        let now = ids::now();
        let mut access = Access {
            time: format!("{now:.6}"),
            method: parts.method.as_str().chars().take(20).collect(),
            path: parts.uri.path().chars().take(200).collect(),
            action: route.action.clone(),
            ..Access::default()
        };
        let opened = self.store.open().await;
        let answer = opened
            .and_then(|opened| self.transact(&opened, route, &parts, sent, now, &mut access))
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
        parts: &Parts,
        sent: Result<(RawPathParams, Zeroizing<Vec<u8>>), Fault>,
        now: Timestamp,
        access: &mut Access,
    ) -> Result<Answer> {
        let mut tx = opened.begin()?;
        let mut member = None;
        let outcome = sent.and_then(|(params, body)| {
            member = identify(&tx, route, &parts.headers, now, access)?;
            let call = Call {
                tx: &tx,
                vault: &opened.vault,
                route,
                now,
                address: self.address,
                approval: &self.approval,
                member: member.as_ref(),
                parts,
                params: &params,
                body: &body,
            };
            (route.handler)(&call)
        });
        let answer = match outcome {
            Ok(answer) => {
                access.done = true;
                answer
            }
            Err(Fault(answer)) => {
                // A refused request changes nothing, whatever it had begun.
                if let Err(e) = tx.abort() {
                    // The first failure tells more than what comes of it.
                    return if answer.status.is_server_error() { Ok(*answer) } else { Err(not_saved(&e)) };
                }
                tx = opened.begin()?;
                *answer
            }
        };
        access.status = answer.status.as_u16();
        access.credential.clone_from(&answer.about);
        record(&tx, access, member.as_ref(), now)
            .map_err(|fault| fault.as_error("the sandbox cannot write its audit log"))?;
        tx.commit().map_err(|e| not_saved(&e))?;
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
    audit.insert(next, serde_json::to_string(access)?.as_str())?;
    while audit.len()? > AUDIT_LIMIT {
        audit.pop_first()?;
    }
    if let Some(member) = member {
        // Read again: the request may have been its revocation.
        if let Some(mut token) = records::get::<_, Token>(tx, TOKENS, &member.hash)? {
            token.last_used_at = Some(now.to_string());
            records::put(tx, TOKENS, &member.hash, &token)?;
        }
    }
    Ok(())
}

fn respond(answer: Answer) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(answer.content_type)),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(CONTENT_POLICY)),
        // The address of a page says which login it is for.
        (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    ];
    let mut response = (answer.status, headers, answer.body).into_response();
    if answer.status == StatusCode::UNAUTHORIZED {
        response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    response
}
