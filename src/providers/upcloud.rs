//! `UpCloud`: one API token of an account or a subaccount.

use super::{
    check::{Asking, Call, Check, Outcome, Probe, Progress, provider_or},
    cloud::{Provider, usual_if},
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
    ],
    plain: &[],
    secrets: &[Field {
        other_names: &["UPCLOUD_TOKEN", "token"],
        stdin_flag: Some("token"),
        // The prefix is UpCloud's; the length is not promised.
        form: |value| {
            usual_if(value.starts_with("ucat_"), "an UpCloud API token begins with ucat_; this one does not")
        },
        ..Field::new("api-token", "UpCloud API token")
    }],
    where_from: WHERE_FROM,
    // Keys are text of each server (`login_user.ssh_keys`): no types are named and no fingerprint is shown.
    ssh_keys: SshKeys::UNKNOWN,
    check: Check {
        target: |_| provider_or("UPCLOUD_DEBUG_API_BASE_URL", "https://api.upcloud.com", "UpCloud"),
        variables: &[("UPCLOUD_DEBUG_API_BASE_URL", "a check asks this, such as https://HOST")],
        correlation: "",
        steps,
        about: "Asks the UpCloud API whether it accepts the token, and whose it is.",
    },
};

const WHERE_FROM: &str = "UpCloud Control Panel > Account > API tokens > Create, without a limit to IP ranges that shuts the platform out";

fn steps<'p>(probe: &'p mut Probe<'_>) -> Asking<'p> {
    Box::pin(account(probe))
}

/// Whether the token is accepted: the platform asks the same before it stores one.
async fn account(probe: &mut Probe<'_>) -> Progress<()> {
    const STEP: &str = "token";
    let call = Call::get(probe.url(["1.3", "account"]));
    let token = probe.given.secret("api-token");
    let call = token.into_iter().fold(call, |call, token| call.authorized("Bearer ", token));
    let reply = probe.ask(STEP, call).await?;
    let words = [
        reply.text("/error/error_code"),
        reply.text("/error/error_message").or_else(|| reply.text("/title")),
    ];
    match (reply.status, reply.text("/account/username")) {
        (200, Some(user)) => {
            let user = quote(user);
            probe.passed(STEP, format!("UpCloud accepts it; it is of the account {user}"));
            probe.report.account = Some(user);
            Ok(())
        }
        (401, _) if reply.json.is_some() => {
            let hint = "the token is wrong, was revoked, or has expired";
            Err(probe.refused(STEP, reply.answered(&words), Outcome::Refused, [hint, WHERE_FROM]))
        }
        _ => Err(probe.unclear(STEP, &reply, &words)),
    }
}
