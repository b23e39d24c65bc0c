//! Whether Proxmox VE accepts a token, and what the token may do.

use std::collections::BTreeMap;

use serde_json::Value;

use super::rights::{Held, WHERE_FROM, needed, sorted};
use crate::{
    error::{listed, quoted},
    http::quote,
    providers::check::{Asking, Call, Ended, Outcome, Probe, Progress, Reply},
};

/// The most paths that are named of those at which a privilege is granted.
const NAMED: usize = 3;

pub(super) fn steps<'p>(probe: &'p mut Probe<'_>) -> Asking<'p> {
    Box::pin(async {
        let major = version(probe).await?;
        rights(probe, major).await
    })
}

/// Whether the token is accepted: the platform asks the same before it stores one. Gives the major version of the
/// server, where it can be read.
async fn version(probe: &mut Probe<'_>) -> Progress<Option<u32>> {
    const STEP: &str = "token";
    let call = authorized(probe, &["version"]);
    let reply = probe.ask(STEP, call).await?;
    match (reply.status, reply.at("/data")) {
        (200, Some(Value::Object(data))) if data.contains_key("version") => {
            let version = reply.text("/data/version");
            let shown = version.map(|version| format!(" {}", quote(version))).unwrap_or_default();
            probe.passed(STEP, format!("Proxmox VE{shown} accepts it"));
            Ok(version.and_then(|version| version.split('.').next()?.parse().ok()))
        }
        (403, _) if is_own(&reply) => {
            let hint = "have who runs Proxmox VE look at the rights of the token and of its user";
            Err(probe.refused(STEP, reply.answered(&words(&reply)), Outcome::LacksRights, [hint, WHERE_FROM]))
        }
        _ => Err(refused(probe, STEP, &reply)),
    }
}

/// Ends the check where the token is not accepted, or where `reply` says nothing of it.
fn refused(probe: &mut Probe<'_>, step: &'static str, reply: &Reply) -> Ended {
    let words = words(reply);
    if reply.status != 401 || !is_own(reply) {
        return probe.unclear(step, reply, &words);
    }
    let (outcome, hint) = if words.into_iter().flatten().any(|text| text.contains("expired")) {
        (Outcome::Expired, "have its end put off in Proxmox VE, or make a new one")
    } else {
        let causes =
            "the token's id or secret is wrong, it was deleted or has expired, or its user is disabled";
        (Outcome::Refused, causes)
    };
    probe.refused(step, reply.answered(&words), outcome, [hint, WHERE_FROM])
}

/// Which privileges the token has, and where.
async fn rights(probe: &mut Probe<'_>, major: Option<u32>) -> Progress<()> {
    const STEP: &str = "rights";
    let call = authorized(probe, &["access", "permissions"]);
    let reply = probe.ask(STEP, call).await?;
    let Some(held) = held(&reply) else {
        return Err(refused(probe, STEP, &reply));
    };
    let needed = needed(major);
    if held.is_empty() {
        let detail = "it has no rights at all: with privilege separation, which is the default, a token has none of its \
                      user's until it is given some";
        let missing = needed.iter().map(|name| (*name).to_owned()).collect();
        let hints = commands(probe, &needed);
        probe.lacks(STEP, detail, (missing, false), hints);
        return Ok(());
    }
    let (mut missing, mut partly) = (Vec::new(), BTreeMap::<String, Vec<&str>>::new());
    for name in needed {
        match sorted(&held, name) {
            Held::Everywhere => {}
            Held::Nowhere => missing.push(name),
            Held::At(paths) => {
                let mut shown: Vec<String> = paths.iter().take(NAMED).map(|path| quote(path)).collect();
                if paths.len() > NAMED {
                    shown.push(format!("{} more", paths.len() - NAMED));
                }
                partly.entry(listed(&shown, "and")).or_default().push(name);
            }
        }
    }
    if missing.is_empty() && partly.is_empty() {
        probe.passed(STEP, "it has all that the platform needs, at / and below");
        return Ok(());
    }
    let mut hint = Some(
        "what is granted at some paths alone is enough where the platform uses nothing outside them: that cannot be told here",
    );
    for (paths, names) in partly {
        let detail = format!("{} granted at {paths} alone, not at / and below", listed(&names, "and"));
        probe.unknown(STEP, detail, hint.take());
    }
    if !missing.is_empty() {
        let hints = commands(probe, &missing);
        let detail = format!("missing: {}", missing.join(", "));
        probe.lacks(STEP, detail, (missing.into_iter().map(str::to_owned).collect(), false), hints);
    }
    Ok(())
}

/// The privileges by path, and whether each is handed down to the paths below; `None`: that is not what it says.
fn held(reply: &Reply) -> Option<BTreeMap<String, BTreeMap<String, bool>>> {
    let data = reply.at("/data").filter(|_| reply.status == 200)?;
    let flag = |value: &Value| match value {
        Value::Bool(is_set) => Some(*is_set),
        Value::Number(number) => number.as_u64().map(|number| number != 0),
        Value::String(text) if ["0", "1"].contains(&text.as_str()) => Some(text == "1"),
        _ => None,
    };
    let at = |privileges: &Value| -> Option<BTreeMap<String, bool>> {
        privileges.as_object()?.iter().map(|(name, value)| Some((name.clone(), flag(value)?))).collect()
    };
    let all: Option<BTreeMap<_, _>> =
        data.as_object()?.iter().map(|(path, value)| Some((path.clone(), at(value)?))).collect();
    all.map(|all| all.into_iter().filter(|(_, privileges)| !privileges.is_empty()).collect())
}

/// The commands for a shell of a node that give the token a role with `privileges`.
fn commands(probe: &Probe<'_>, privileges: &[&str]) -> Vec<String> {
    let id = probe.given.text("token-id").unwrap_or_default();
    let user = id.rsplit_once('!').map_or(id, |(user, _)| user);
    let role = format!("pveum role add ankra --privs {}", quoted(&privileges.join(",")));
    let acl = |who: &str, id: &str| format!("pveum acl modify / --{who} {} --roles ankra", quoted(id));
    let mut lines = vec![format!("on a node, as root: {role}"), format!("then: {}", acl("tokens", id))];
    if user != "root@pam" {
        let why = "its user needs these rights as well, or the token has none of them";
        lines.push(format!("{why}: {}", acl("users", user)));
    }
    let name = id.rsplit_once('!').map_or("", |(_, name)| name);
    let whole = format!("pveum user token modify {} {} --privsep 0", quoted(user), quoted(name));
    lines.push(format!("or give the token all the rights of its user: {whole}"));
    lines
}

/// A request for what is at `segments` of the API.
fn authorized(probe: &Probe<'_>, segments: &[&str]) -> Call {
    let call = Call::get(probe.url(["api2", "json"].iter().chain(segments).copied()));
    let scheme = format!("PVEAPIToken={}=", probe.given.text("token-id").unwrap_or_default());
    probe.given.secret("token-secret").into_iter().fold(call, |call, secret| call.authorized(&scheme, secret))
}

/// Whether a refusal is Proxmox VE's: a page in between has another body.
fn is_own(reply: &Reply) -> bool {
    let has_form = reply.json.as_ref().is_some_and(|json| json.get("data").is_some());
    has_form || (reply.is_empty && reply.reason.is_some())
}

/// What Proxmox VE says of an error: behind the status, and in newer versions in the body too.
fn words(reply: &Reply) -> [Option<&str>; 1] {
    [reply.text("/message").map(str::trim).or(reply.reason.as_deref())]
}
