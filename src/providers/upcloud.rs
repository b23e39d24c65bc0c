//! `UpCloud`: one API token of an account or a subaccount.

use jiff::Timestamp;
use serde_json::Value;

use super::{
    check::{Asking, Call, Check, Outcome, Probe, Progress, Reply, provider_or},
    cloud::{Provider, usual_if},
    imports::UPCTL,
    ssh_keys::SshKeys,
};
use crate::{http::quote, secret::Field};

pub(super) static SPEC: Provider = Provider {
    slug: "upcloud",
    aliases: &[],
    spellings: &["up-cloud"],
    title: "UpCloud",
    holds: "API tokens",
    needs: "The platform needs an API token whose account may create and delete servers, networks and storage.",
    about: "Store an UpCloud API token",
    more: "Asks for the token on the terminal unless a source is given. Make one in the UpCloud Control Panel > \
           Account > API tokens. It has the rights of its account, is shown once, and expires on a day that \
           you choose.",
    examples: &[
        "ankra credentials upcloud create --name my-upcloud-token",
        "ankra credentials upcloud create --name ci --api-token-from env:UPCLOUD_TOKEN",
        "ankra credentials upcloud create --name my-upcloud-token --from-upctl",
    ],
    plain: &[],
    secrets: &[Field {
        other_names: &["UPCLOUD_TOKEN", "token"],
        stdin_flag: Some("token"),
        // The prefix is UpCloud's; the length is not promised.
        form: |value| {
            usual_if(value.starts_with("ucat_"), "an UpCloud API token begins with ucat_; this one does not")
        },
        ..Field::new(TOKEN, "UpCloud API token")
    }],
    where_from: WHERE_FROM,
    // Keys are text of each server (`login_user.ssh_keys`): no types are named and no fingerprint is shown.
    ssh_keys: SshKeys::UNKNOWN,
    grant: None,
    check: Check {
        target: |_| provider_or("UPCLOUD_DEBUG_API_BASE_URL", "https://api.upcloud.com", "UpCloud"),
        variables: &[("UPCLOUD_DEBUG_API_BASE_URL", "a check asks this, such as https://HOST")],
        correlation: "",
        steps,
        about: "Asks the UpCloud API whether it accepts the token, and whose it is; then for the account's tokens, which \
                tell when they expire and from which addresses they may be used, and whether the account may use the API. \
                UpCloud does not tell which of several tokens is the one in use.",
    },
    import: Some(&UPCTL),
};

const TOKEN: &str = "api-token";

const WHERE_FROM: &str = "UpCloud Control Panel > Account > API tokens > Create, without a limit to IP ranges that shuts the platform out";
const BILLING: &str = "UpCloud Control Panel > Billing";
const PEOPLE: &str = "UpCloud Control Panel > People > the account";

fn steps<'p>(probe: &'p mut Probe<'_>) -> Asking<'p> {
    Box::pin(async {
        let user = account(probe).await?;
        tokens(probe).await;
        // Part of an address: nothing else than a name, and nothing that looks like a secret.
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_.@".contains(c);
        if user.chars().all(is_plain) && quote(&user) == user {
            details(probe, &user).await;
        }
        Ok(())
    })
}

/// Whether the token is accepted, and whose it is: the platform asks the same before it stores one.
async fn account(probe: &mut Probe<'_>) -> Progress<String> {
    const STEP: &str = "token";
    let call = authorized(probe, &["account"]);
    let reply = probe.ask(STEP, call).await?;
    if let (200, Some(user)) = (reply.status, reply.text("/account/username")) {
        let quoted = quote(user);
        probe.passed(STEP, format!("UpCloud accepts it; it is of the account {quoted}"));
        probe.report.account = Some(quoted);
        return Ok(user.to_owned());
    }
    let is_code = |known: &str| code(&reply).is_some_and(|code| code.eq_ignore_ascii_case(known));
    let (outcome, hints) = match reply.status {
        401 if is_code("authentication_failed") => {
            (Outcome::Refused, ["the token is wrong, was revoked, or has expired", WHERE_FROM])
        }
        402 if is_code("insufficient_credits") => {
            (Outcome::LacksRights, ["the token is accepted, but the account has no credits left", BILLING])
        }
        403 if code(&reply).is_some() => {
            (Outcome::LacksRights, ["a token has the rights of its account: give that account more", PEOPLE])
        }
        _ => return Err(probe.unclear(STEP, &reply, &words(&reply))),
    };
    let detail = probe.correlated(&reply, reply.answered(&words(&reply)));
    Err(probe.refused(STEP, detail, outcome, hints))
}

/// When the token expires and from where it may be used. `UpCloud` lists all tokens of an account and does not mark the
/// one in use, so that this is known where there is one alone; of several, what holds for all of them is told.
async fn tokens(probe: &mut Probe<'_>) {
    const STEP: &str = "tokens";
    let call = authorized(probe, &["account", "tokens"]);
    let reply = match probe.ask_too(call).await {
        Ok(reply) => reply,
        Err(why) => return probe.untold(STEP, why),
    };
    let all = reply.json.as_ref().and_then(Value::as_array).filter(|_| reply.status == 200);
    let Some(all) = all.filter(|all| !all.is_empty() && all.iter().all(Value::is_object)) else {
        return probe.untold(STEP, format!("{}, which tells no tokens", reply.answered(&words(&reply))));
    };
    let end = |token: &Value| token.get("expires_at")?.as_str()?.parse::<Timestamp>().ok();
    let ends: Option<Vec<Timestamp>> = all.iter().map(end).collect();
    let last = ends.and_then(|ends| ends.into_iter().max());
    match (all.as_slice(), last) {
        ([_], Some(end)) => {
            probe.passed(STEP, "it is the only one of the account");
            probe.expires(end);
        }
        ([_], None) => probe.untold(STEP, "UpCloud does not say when it expires"),
        (several, last) => {
            let last = last.map(|end| format!("; the last of them expires at {end}")).unwrap_or_default();
            let count = several.len();
            probe.untold(
                STEP,
                format!("the account has {count} tokens, and which one this is, is not told{last}"),
            );
        }
    }
    let limits: Option<Vec<String>> = all.iter().map(limit).collect();
    if let Some(mut limits) = limits {
        limits.sort_unstable();
        limits.dedup();
        let which =
            if all.len() == 1 { "the token".to_owned() } else { format!("each of the {} tokens", all.len()) };
        let ranges = quote(&limits.join(" or "));
        probe.warn(format!(
            "{which} may be used from certain addresses alone ({ranges}): the platform calls from its own"
        ));
    }
}

/// The addresses from which alone a token may be used; `None`: from all.
fn limit(token: &Value) -> Option<String> {
    let ranges: Vec<&str> =
        token.get("allowed_ip_ranges")?.as_array()?.iter().filter_map(Value::as_str).collect();
    (!ranges.is_empty() && !ranges.contains(&"0.0.0.0/0")).then(|| ranges.join(", "))
}

/// Whether the account may use the API: warned of, since it just did.
async fn details(probe: &mut Probe<'_>, user: &str) {
    const STEP: &str = "account";
    let call = authorized(probe, &["account", "details", user]);
    match probe.ask_too(call).await {
        Ok(reply) if reply.status == 200 && reply.text("/account/allow_api") == Some("no") => {
            probe.warn(format!("UpCloud says that this account may not use the API; allow it: {PEOPLE}"));
        }
        Ok(reply) if reply.status == 200 && reply.text("/account/allow_api") == Some("yes") => {
            probe.passed(STEP, "it may use the API");
        }
        Ok(reply) => {
            let said = reply.answered(&words(&reply));
            probe.untold(STEP, format!("{said}, which tells nothing of it"));
        }
        Err(why) => probe.untold(STEP, why),
    }
}

/// A request for what is at `segments` of version 1.3 of the API.
fn authorized(probe: &Probe<'_>, segments: &[&str]) -> Call {
    probe.bearer(TOKEN, Call::get(probe.url(["1.3"].iter().chain(segments).copied())))
}

/// The code of an error: in a field of its own, or behind `#ERROR_` in the type of a problem (RFC 7807).
fn code(reply: &Reply) -> Option<&str> {
    let of_problem = || Some(reply.text("/type")?.split_once("#ERROR_")?.1);
    reply.text("/error/error_code").or_else(of_problem)
}

/// What `UpCloud` says of an error.
fn words(reply: &Reply) -> [Option<&str>; 2] {
    [code(reply), reply.text("/error/error_message").or_else(|| reply.text("/title"))]
}
