//! Who calls, and whether they may.

use std::net::{IpAddr, SocketAddr};

use axum::http::{HeaderMap, StatusCode, header};
use jiff::Timestamp;
use redb::WriteTransaction;
use uuid::Uuid;

use super::{
    access::Access,
    answers::Fault,
    call::{Guard, Member, Route},
    ids,
    model::{ORGANISATIONS, Organisation, Role, TOKENS, Token, USERS, User},
    records,
};

/// The header that chooses an organisation.
const ORGANISATION: &str = "x-ankra-organisation-id";

/// What a token with scopes may not use.
const REST: &str = "rest.access";

/// Whether the `Host` header names this machine's loopback, by number or as `localhost`.
pub(super) fn is_loopback_host(headers: &HeaderMap) -> bool {
    let Some(host) = headers.get(header::HOST) else { return true };
    let Ok(host) = host.to_str() else { return false };
    if let Ok(address) = host.parse::<SocketAddr>() {
        return address.ip().is_loopback();
    }
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.parse::<u16>().is_ok() => name,
        _ => host,
    };
    let literal = name.strip_prefix('[').and_then(|n| n.strip_suffix(']')).unwrap_or(name);
    name.eq_ignore_ascii_case("localhost") || literal.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// Finds out who calls and whether the route is open to them. What is known of the
/// caller goes into `access` even if the answer is no.
pub(super) fn identify(
    tx: &WriteTransaction,
    route: &Route,
    headers: &HeaderMap,
    now: Timestamp,
    access: &mut Access,
) -> Result<Option<Member>, Fault> {
    if let Guard::Open = route.guard {
        return Ok(None);
    }
    let token = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok()?.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map(|(_, token)| token.trim())
        .filter(|token| !token.is_empty())
        .ok_or_else(|| Fault::unauthorized("Not authenticated"))?;
    // Looked up by its hash: how long that takes tells nothing of the token.
    let hash = ids::sha256(token);
    let invalid = || Fault::unauthorized("Invalid token");
    let token: Token = records::get(tx, TOKENS, &hash)?.ok_or_else(invalid)?;
    access.token = Some(token.name.clone());
    if let Some(why) = token.refusal(now) {
        return Err(Fault::unauthorized(why));
    }
    if !token.scopes.is_empty() {
        // It is for the service that its scopes name, which is not here.
        return Err(Fault::denied(REST));
    }
    let user: User = records::get(tx, USERS, token.user.as_str())?.ok_or_else(invalid)?;
    let chosen = match headers.get(ORGANISATION) {
        Some(id) => ids::parse_uuid(id.to_str().unwrap_or(""), &["header", "X-Ankra-Organisation-Id"])?,
        None => user.current,
    };
    let (organisation, role) = membership(tx, &user, chosen)?;
    access.organisation = Some(organisation.title());
    access.role = Some(role);
    if let Guard::Needs(permission) = route.guard
        && !role.may(permission)
    {
        return Err(Fault::denied(permission));
    }
    Ok(Some(Member { hash, token, user, organisation, role }))
}

/// An organisation and the user's role in it: 404 if there is none, 403 if it is another's.
pub(super) fn membership(
    tx: &WriteTransaction,
    user: &User,
    id: Uuid,
) -> Result<(Organisation, Role), Fault> {
    let organisation = records::get(tx, ORGANISATIONS, id.as_u128())?;
    let organisation = organisation.ok_or_else(|| Fault::not_found("Organisation"))?;
    let own = user.memberships.iter().find(|(organisation, _)| *organisation == id);
    let (_, role) =
        own.ok_or_else(|| Fault::detail(StatusCode::FORBIDDEN, "You are not a member of this organisation"))?;
    Ok((organisation, *role))
}
