//! Public cloud projects, as the keys see them.

use super::{
    refusal::{code, forbidden, has_actions, refused, words},
    signed::{clock, get},
};
use crate::{
    http::quote,
    providers::{
        check::{Ended, Outcome, Probe, Progress, Reply},
        choices::{Choice, Choosing},
        clock::Clock,
    },
};

pub(super) const STEP: &str = "project";

/// The most projects that are named in one line.
const NAMED: usize = 20;

/// So few projects are asked for one by one, for their names.
const FEW: usize = 5;

/// Whether the key sees the project, and the platform could use it; without an id, which projects it sees.
pub(super) async fn seen(probe: &mut Probe<'_>, clock: &Clock) -> Progress<()> {
    let Some(id) = probe.given.text("project-id").map(str::to_owned) else {
        return all(probe, clock).await;
    };
    let reply = probe.ask(STEP, get(probe, &["cloud", "project", &id], clock)).await?;
    if !reply.is_good() {
        return Err(unseen(probe, &reply, Some(&id), "GET /cloud/project/*"));
    }
    let name = name(&reply).map(|name| format!(" ({name})")).unwrap_or_default();
    // The states of cloud.project.ProjectStatusEnum in OVH's API.
    let (state, hint, is_over) = match reply.text("/status") {
        Some("ok") => {
            probe.passed(STEP, format!("the key sees {id}{name}, which is in use"));
            return Ok(());
        }
        Some("creating") => {
            probe.passed(STEP, format!("the key sees {id}{name}"));
            probe.warn("OVH is still making this project: clusters have to wait for that");
            return Ok(());
        }
        Some("suspended") => (
            "is suspended",
            "pay what is due or ask OVH's support: OVH Control Panel > Public Cloud > the project",
            false,
        ),
        Some("deleting") => ("is being deleted", "use another project: it cannot be brought back", true),
        Some("deleted") => ("was deleted", "use another project: it cannot be brought back", true),
        state => {
            let state = state.map_or("no state".to_owned(), |state| format!("the state {}", quote(state)));
            let detail = format!("the key sees {id}{name}, with {state}");
            probe.unknown(STEP, detail, ["look at it in OVH Control Panel > Public Cloud"]);
            return Ok(());
        }
    };
    probe.lacks(STEP, format!("{id}{name} {state}"), (Vec::new(), is_over), [hint]);
    Ok(())
}

async fn all(probe: &mut Probe<'_>, clock: &Clock) -> Progress<()> {
    let ids = list(probe, clock).await?;
    if ids.is_empty() {
        let hint = "make one in OVH Control Panel > Public Cloud, with the account that made the key";
        probe.lacks(STEP, "the key sees no public cloud project", (Vec::new(), false), [hint]);
        return Ok(());
    }
    let more = ids.len().saturating_sub(NAMED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let named: Vec<String> = ids.iter().take(NAMED).map(|id| quote(id)).collect();
    probe.passed(STEP, format!("the key sees {}{more}", named.join(", ")));
    Ok(())
}

/// The projects that a person may choose from, by name where they are few.
pub(super) fn choices<'p>(probe: &'p mut Probe<'_>) -> Choosing<'p> {
    Box::pin(async {
        let clock = clock(probe).await?;
        let ids = list(probe, &clock).await?;
        let is_named = ids.len() <= FEW;
        let mut choices = Vec::new();
        for value in ids {
            let call = get(probe, &["cloud", "project", &value], &clock);
            let reply = if is_named { probe.ask_too(call).await.ok() } else { None };
            let name = reply.as_ref().and_then(name);
            let state = reply.as_ref().and_then(|reply| reply.text("/status")).filter(|state| *state != "ok");
            let known: Vec<String> = name.into_iter().chain(state.map(quote)).collect();
            let known = if known.is_empty() { String::new() } else { format!(" ({})", known.join(", ")) };
            choices.push(Choice { label: format!("{}{known}", quote(&value)), value });
        }
        Ok(choices)
    })
}

/// The ids of all.
async fn list(probe: &mut Probe<'_>, clock: &Clock) -> Progress<Vec<String>> {
    let reply = probe.ask(STEP, get(probe, &["cloud", "project"], clock)).await?;
    let ids = reply.json.as_ref().filter(|_| reply.status == 200).and_then(serde_json::Value::as_array);
    let ids = ids.and_then(|ids| ids.iter().map(|id| id.as_str().map(str::to_owned)).collect());
    ids.ok_or_else(|| unseen(probe, &reply, None, "GET /cloud/project"))
}

/// What a person calls it.
fn name(reply: &Reply) -> Option<String> {
    reply.text("/description").or(reply.text("/projectName")).map(quote)
}

/// Ends the check where the project, or the list of them, is not shown; `rule` is what the call needs.
fn unseen(probe: &mut Probe<'_>, reply: &Reply, id: Option<&str>, rule: &str) -> Ended {
    match (reply.status, code(reply), id) {
        (403, Some("NOT_GRANTED_CALL"), _) if !has_actions(reply) => {
            let rule = Some(rule.to_owned()).filter(|rule| !probe.report.missing.contains(rule));
            forbidden(probe, STEP, reply, rule.into_iter().collect())
        }
        (404 | 460, _, Some(id)) if reply.json.is_some() => {
            let why = if reply.status == 460 { "has expired" } else { "is none that the key sees" };
            let detail = probe.correlated(reply, format!("{id} {why}: {}", reply.answered(&words(reply))));
            let hints = [
                "look at the id in OVH Control Panel > Public Cloud > the project, which belongs to the account that \
                 made the key",
                "leave out --project-id to see which projects the key sees",
            ];
            probe.refused(STEP, detail, Outcome::LacksRights, hints)
        }
        _ => refused(probe, STEP, reply),
    }
}
