//! `DigitalOcean`: one API token of an account or a team.

use super::{
    check::{Asking, Call, Check, Outcome, Probe, Progress, provider_or},
    cloud::{Provider, alphanumeric},
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
    ],
    plain: &[],
    secrets: &[Field {
        other_names: &["DIGITALOCEAN_ACCESS_TOKEN", "DIGITALOCEAN_TOKEN", "access-token", "token"],
        stdin_flag: Some("token"),
        form: token,
        ..Field::new("api-token", "DigitalOcean API token")
    }],
    where_from: WHERE_FROM,
    // The types are those of the API's own refusal in 2016 (quoted in devopsgroup-io/vagrant-digitalocean#252), which
    // also names ssh-dss; the fingerprint is MD5 (API reference, SSH keys).
    ssh_keys: SshKeys { types: USUAL_TYPES, shows_md5: true },
    check: Check {
        target: |_| provider_or("DIGITALOCEAN_API_URL", "https://api.digitalocean.com", "DigitalOcean"),
        variables: &[("DIGITALOCEAN_API_URL", "a check asks this, such as https://HOST")],
        correlation: "x-request-id",
        steps,
        about: "Asks the DigitalOcean API whether it accepts the token, and whose it is.",
    },
};

const WHERE_FROM: &str = "https://cloud.digitalocean.com/account/api/tokens > Generate New Token, with full access, or \
                          with account:read and the scopes of Droplets, VPCs, firewalls, load balancers, tags, SSH keys \
                          and Kubernetes";

fn steps<'p>(probe: &'p mut Probe<'_>) -> Asking<'p> {
    Box::pin(account(probe))
}

/// Whether the token is accepted: the platform asks the same before it stores one.
async fn account(probe: &mut Probe<'_>) -> Progress<()> {
    const STEP: &str = "token";
    let call = Call::get(probe.url(["v2", "account"]));
    let secret = probe.given.secret("api-token");
    let call = secret.into_iter().fold(call, |call, token| call.authorized("Bearer ", token));
    let reply = probe.ask(STEP, call).await?;
    let words = [reply.text("/id"), reply.text("/message")];
    match (reply.status, reply.at("/account").is_some()) {
        (200, true) => {
            let whose = reply.text("/account/team/name").or_else(|| reply.text("/account/email")).map(quote);
            probe.passed(STEP, "DigitalOcean accepts it");
            probe.report.account = whose;
            Ok(())
        }
        (401, _) if reply.json.is_some() => {
            let detail = probe.correlated(&reply, reply.answered(&words));
            let hint = "the token is wrong, was deleted, or has expired";
            Err(probe.refused(STEP, detail, Outcome::Refused, [hint, WHERE_FROM]))
        }
        _ => Err(probe.unclear(STEP, &reply, &words)),
    }
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
    use super::{Form, token};

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
}
