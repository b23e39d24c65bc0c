//! `DigitalOcean`: one API token of an account or a team.

use jiff::Timestamp;
use serde_json::Value;
use url::Url;

use super::{
    check::{Asking, Call, Check, Outcome, Probe, Progress, Reply, provider_or},
    cloud::{Provider, alphanumeric},
    imports::DOCTL,
    ssh_keys::{SshKeys, USUAL_TYPES},
};
use crate::{
    http::quote,
    secret::{Field, Form},
};

pub(super) static SPEC: Provider = Provider {
    slug: "digitalocean",
    aliases: &["do"],
    spellings: &["digital-ocean"],
    title: "DigitalOcean",
    holds: "API tokens",
    needs: "The platform needs an API token that may read the account and change Droplets, networks and clusters.",
    about: "Store a DigitalOcean API token",
    more: "Asks for the token on the terminal unless a source is given. Make one in the Control Panel > API > \
           Tokens, with full access or with custom scopes: account:read must be among them, or the platform \
           refuses the token.",
    examples: &[
        "ankra credentials digitalocean create --name my-do-token",
        "ankra credentials digitalocean create --name ci \\
      --api-token-from env:DIGITALOCEAN_ACCESS_TOKEN",
        "ankra credentials digitalocean create --name my-do-token --from-doctl default",
    ],
    plain: &[],
    secrets: &[Field {
        other_names: &["DIGITALOCEAN_ACCESS_TOKEN", "DIGITALOCEAN_TOKEN", "access-token", "token"],
        stdin_flag: Some("token"),
        form: token,
        ..Field::new(TOKEN, "DigitalOcean API token")
    }],
    where_from: WHERE_FROM,
    // The types are those of the API's own refusal in 2016 (quoted in devopsgroup-io/vagrant-digitalocean#252), which
    // also names ssh-dss; the fingerprint is MD5 (API reference, SSH keys).
    ssh_keys: SshKeys { types: USUAL_TYPES, shows_md5: true },
    grant: None,
    check: Check {
        target: |_| provider_or("DIGITALOCEAN_API_URL", OWN, "DigitalOcean"),
        variables: &[("DIGITALOCEAN_API_URL", "a check asks this, such as https://HOST")],
        correlation: "x-request-id",
        steps,
        about: "Asks the DigitalOcean API whether it accepts the token, and whose it is; then cloud.digitalocean.com \
                which scopes it has and when it expires. Every scope is named that the platform needs and that is missing.",
    },
    import: Some(&DOCTL),
};

const WHERE_FROM: &str = "https://cloud.digitalocean.com/account/api/tokens > Generate New Token, with full access, or \
                          with account:read and the scopes of Droplets, VPCs, firewalls, load balancers, tags, SSH keys \
                          and Kubernetes";

/// What the platform needs of a token: the table of its documentation, in the words of `DigitalOcean`'s `OpenAPI` document,
/// with `account:read`, by which it proves a token.
const SCOPES: &[(&str, &[&str])] = &[
    ("account", &["read"]),
    ("droplet", &["create", "read", "update", "delete"]),
    ("vpc", &["create", "read", "update", "delete"]),
    ("ssh_key", &["create", "read", "delete"]),
    ("firewall", &["create", "read", "delete"]),
    ("nat_gateway", &["create", "read", "delete"]),
    ("tag", &["create", "read", "delete"]),
    ("load_balancer", &["read", "delete"]),
    ("kubernetes", &["create", "read", "update", "delete", "access_cluster"]),
    ("regions", &["read"]),
    ("sizes", &["read"]),
];

const OWN: &str = "https://api.digitalocean.com";
const TOKEN: &str = "api-token";
const ACCOUNT_READ: &str = "account:read";

fn steps<'p>(probe: &'p mut Probe<'_>) -> Asking<'p> {
    Box::pin(async {
        let may_read = account(probe).await?;
        scopes(probe, may_read).await;
        Ok(())
    })
}

/// Whether the token is accepted: the platform asks the same before it stores one. `false`: it is, but may not read the
/// account.
async fn account(probe: &mut Probe<'_>) -> Progress<bool> {
    const STEP: &str = "token";
    let call = probe.bearer(TOKEN, Call::get(probe.url(["v2", "account"])));
    let reply = probe.ask(STEP, call).await?;
    let is_code = |code: &str| reply.text("/id").is_some_and(|id| id.eq_ignore_ascii_case(code));
    match reply.status {
        200 if reply.text("/account/status").is_some() => describe(probe, STEP, &reply).map(|()| true),
        401 if is_code("unauthorized") => {
            let detail = probe.correlated(&reply, reply.answered(&words(&reply)));
            let hint = "the token is wrong, was deleted, or has expired";
            Err(probe.refused(STEP, detail, Outcome::Refused, [hint, WHERE_FROM]))
        }
        403 if is_code("forbidden") => {
            let said = probe.correlated(&reply, reply.answered(&words(&reply)));
            let detail = format!("it lacks {ACCOUNT_READ}, by which the platform proves it: {said}");
            let hint = "the token itself is good, but cannot be changed: make one with this scope";
            probe.lacks(STEP, detail, (vec![ACCOUNT_READ.to_owned()], true), [hint, WHERE_FROM]);
            Ok(false)
        }
        _ => Err(probe.unclear(STEP, &reply, &words(&reply))),
    }
}

/// Says whose account it is, and what is wrong with it.
fn describe(probe: &mut Probe<'_>, step: &'static str, reply: &Reply) -> Progress<()> {
    let of = |pointer: &str| reply.text(pointer).map(quote);
    let team = of("/account/team/name").map(|team| format!("the team {team}"));
    let user = of("/account/email").or_else(|| of("/account/uuid"));
    let whose: Vec<String> = user.into_iter().chain(team).collect();
    let whose = whose.join(" in ");
    let because = of("/account/status_message").map(|why| format!(": {why}")).unwrap_or_default();
    let status = of("/account/status").unwrap_or_default();
    if !whose.is_empty() {
        probe.report.account = Some(whose.clone());
    }
    if status == "locked" {
        let whose = if whose.is_empty() { whose } else { format!(" {whose}") };
        let detail = format!("the account{whose} is locked{because}");
        let hint = "DigitalOcean unlocks accounts by its support: https://cloudsupport.digitalocean.com";
        return Err(probe.refused(step, detail, Outcome::LacksRights, [hint]));
    }
    let whose = if whose.is_empty() { whose } else { format!("; it is of {whose}") };
    probe.passed(step, format!("DigitalOcean accepts it{whose}"));
    if status != "active" {
        probe.warn(format!("DigitalOcean gives this account the status {status}{because}"));
    }
    if reply.at("/account/email_verified") == Some(&Value::Bool(false)) {
        probe
            .warn("the e-mail address of this account is not verified: DigitalOcean may refuse new Droplets");
    }
    Ok(())
}

/// Which scopes are missing, and when the token expires. A second host of `DigitalOcean`'s tells that, which its
/// reference does not have: whatever it says but a list of scopes, nothing is known.
async fn scopes(probe: &mut Probe<'_>, may_read_account: bool) {
    const STEP: &str = "scopes";
    const HINT: &str =
        "that says nothing against the token: compare its scopes in the Control Panel > API > Tokens";
    let call = probe.bearer(TOKEN, Call::get(info(&probe.target.base)));
    let reply = match probe.ask_too(call).await {
        Ok(reply) => reply,
        Err(why) => return probe.unknown(STEP, why, [HINT]),
    };
    let scopes = reply.at("/scopes").and_then(Value::as_array).filter(|_| reply.is_good());
    let scopes: Option<Vec<&str>> = scopes.and_then(|scopes| scopes.iter().map(Value::as_str).collect());
    // A list that lacks what has just been done is in words that are not known here.
    let Some(scopes) = scopes.filter(|scopes| !may_read_account || is_granted(scopes, "account", "read"))
    else {
        let said = reply.answered(&words(&reply));
        return probe.unknown(STEP, format!("{said}, and no list of scopes that can be understood"), [HINT]);
    };
    if !may_read_account && is_granted(&scopes, "account", "read") {
        probe.report.missing.retain(|scope| scope != ACCOUNT_READ);
        probe.warn(format!(
            "its scopes have {ACCOUNT_READ}: the account is refused for another reason, such as the user's role in the team"
        ));
    }
    let seconds = reply.at("/expires_in_seconds").and_then(Value::as_i64).filter(|seconds| *seconds > 0);
    let end =
        seconds.and_then(|left| Timestamp::from_second(Timestamp::now().as_second().checked_add(left)?).ok());
    if let Some(end) = end {
        probe.expires(end);
    }
    let needed = SCOPES.iter().flat_map(|(what, actions)| actions.iter().map(move |action| (*what, *action)));
    let missing = needed.filter(|(what, action)| !is_granted(&scopes, what, action));
    let missing: Vec<String> = missing.map(|(what, action)| format!("{what}:{action}")).collect();
    if missing.is_empty() {
        return probe.passed(STEP, "it has all that the platform needs");
    }
    let detail = format!("missing: {}", missing.join(", "));
    let is_new = |scope: &String| !probe.report.missing.contains(scope);
    let missing = missing.iter().filter(|scope| is_new(scope)).cloned().collect();
    let hint = "the scopes of a token cannot be changed: make one with full access, or with these scopes too";
    probe.lacks(STEP, detail, (missing, false), [hint, WHERE_FROM]);
}

/// Whether `scopes` allow `action` on `what`. Tokens with full access, and older ones, have `read` and `write`.
fn is_granted(scopes: &[&str], what: &str, action: &str) -> bool {
    let whole = if action == "read" { "read" } else { "write" };
    scopes.contains(&whole) || scopes.contains(&format!("{what}:{action}").as_str())
}

/// Where a token's scopes are told: at the second host, or where the API is where a variable says that.
fn info(api: &Url) -> Url {
    let mut url = api.clone();
    if api.as_str().trim_end_matches('/') == OWN {
        // Fails for no name of a host.
        let _ = url.set_host(Some("cloud.digitalocean.com"));
    }
    url.set_path("/v1/oauth/token/info");
    url
}

/// What `DigitalOcean` says of an error.
fn words(reply: &Reply) -> [Option<&str>; 2] {
    [reply.text("/id"), reply.text("/message")]
}

/// Personal tokens begin with `dop_v1_`, those of OAuth with `doo_v1_`; older ones have 64 characters.
fn token(value: &str) -> Form {
    if value.starts_with("dor_v1_") {
        return Form::Impossible(
            "it is a refresh token, which no API takes: give an access token, dop_v1_...",
        );
    }
    let rest = value.strip_prefix("dop_v1_").or_else(|| value.strip_prefix("doo_v1_")).unwrap_or(value);
    alphanumeric(rest, 64, "a DigitalOcean API token is dop_v1_ and 64 letters and digits; this one is not")
}

#[cfg(test)]
mod tests {
    use super::{Form, SCOPES, info, is_granted, token};

    #[test]
    fn tokens_are_told_apart_by_their_prefix() {
        let digits = "0a".repeat(32);
        for prefix in ["dop_v1_", "doo_v1_", ""] {
            assert_eq!(token(&format!("{prefix}{digits}")), Form::Usual, "{prefix}");
        }
        assert!(matches!(token(&format!("dor_v1_{digits}")), Form::Impossible(_)));
        for unusual in ["dop_v1_0a", "x", &format!("dop_v2_{digits}")] {
            assert!(matches!(token(unusual), Form::Unusual(_)), "{unusual}");
        }
    }
    #[test]
    fn full_access_grants_all_and_half_of_it_half() {
        let all =
            || SCOPES.iter().flat_map(|(what, actions)| actions.iter().map(move |action| (what, action)));
        assert!(all().all(|(what, action)| is_granted(&["read", "write"], what, action)));
        assert!(all().all(|(what, action)| is_granted(&["read"], what, action) == (*action == "read")));
        assert!(is_granted(&["vpc:read"], "vpc", "read") && !is_granted(&["vpc:read"], "vpc", "delete"));
    }

    #[test]
    fn the_second_host_is_asked_where_the_api_is_digitalocean_s_own() {
        for (api, at) in [
            ("https://api.digitalocean.com", "https://cloud.digitalocean.com/v1/oauth/token/info"),
            ("https://gateway.example.com:8443/do", "https://gateway.example.com:8443/v1/oauth/token/info"),
            ("http://127.0.0.1:81", "http://127.0.0.1:81/v1/oauth/token/info"),
        ] {
            assert_eq!(info(&api.parse().unwrap()).as_str(), at);
        }
    }
}
