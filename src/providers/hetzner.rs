//! Hetzner Cloud: one API token of one project.

use super::{
    check::{Asking, Call, Check, Ended, Outcome, Probe, Progress, Reply, provider_or},
    cloud::{Provider, alphanumeric},
    imports::HCLOUD,
    ssh_keys::SshKeys,
};
use crate::secret::{Field, Form};

pub(super) static SPEC: Provider = Provider {
    slug: "hetzner",
    aliases: &["hz"],
    spellings: &["hcloud", "hetzner-cloud"],
    title: "Hetzner",
    holds: "API tokens",
    needs: "The platform needs an API token with Read & Write to run clusters in a Hetzner project.",
    about: "Store a Hetzner API token",
    more: "Asks for the token on the terminal unless a source is given. Make one in the Hetzner \
           Console > your project > Security > API tokens, with the permission Read & Write.",
    examples: &[
        "ankra credentials hetzner create --name my-hetzner-token",
        "ankra credentials hetzner create --name ci --api-token-from env:HCLOUD_TOKEN",
        "pass show hetzner |
      ankra credentials hetzner create --name my-hetzner-token --api-token-stdin",
        "ankra credentials hetzner create --name my-hetzner-token --from-hcloud dev",
    ],
    plain: &[],
    secrets: &[Field {
        other_names: &["HCLOUD_TOKEN", "HETZNER_API_TOKEN", "token"],
        stdin_flag: Some("token"),
        form: token,
        ..Field::new(TOKEN, "Hetzner API token")
    }],
    where_from: WHERE_FROM,
    // The types are those of the API's own refusal (quoted in mysticaltech/terraform-hcloud-kube-hetzner#310), which
    // also names ssh-dss; the fingerprint is MD5 (API reference, SSH keys).
    ssh_keys: SshKeys {
        types: &[
            "ssh-ed25519",
            "ssh-rsa",
            "ecdsa-sha2-nistp256",
            "ecdsa-sha2-nistp384",
            "ecdsa-sha2-nistp521",
            "sk-ssh-ed25519@openssh.com",
            "sk-ecdsa-sha2-nistp256@openssh.com",
        ],
        shows_md5: true,
    },
    grant: None,
    check: Check {
        target: |_| provider_or("HCLOUD_ENDPOINT", "https://api.hetzner.cloud/v1", "Hetzner"),
        variables: &[("HCLOUD_ENDPOINT", "a check asks this, such as https://HOST/v1")],
        correlation: "x-correlation-id",
        steps,
        about: "Asks the Hetzner Cloud API whether it accepts the token and whether the token may write: with a request \
                that cannot create anything, because it has no content. Hetzner does not tell a token's project, nor \
                when it expires.",
    },
    import: Some(&HCLOUD),
};

const TOKEN: &str = "api-token";

const WHERE_FROM: &str =
    "Hetzner Console > your project > Security > API tokens > Generate API token, with Read & Write";

// The codes are those of the Hetzner Cloud API's introduction, "Errors". It ties none but the rate limit's to an
// HTTP status, so that the code alone decides.
fn steps<'p>(probe: &'p mut Probe<'_>) -> Asking<'p> {
    Box::pin(async {
        accepted(probe).await?;
        may_write(probe).await
    })
}

/// Whether the token is accepted: the platform asks the same before it stores one.
async fn accepted(probe: &mut Probe<'_>) -> Progress<()> {
    let call = probe.bearer(TOKEN, Call::get(probe.url(["locations"])));
    let reply = probe.ask("token", call).await?;
    if reply.is_good() && code(&reply).is_none() && reply.at("/locations").is_some() {
        let left = reply.header("ratelimit-remaining").zip(reply.header("ratelimit-limit"));
        let is_number = |text: &str| text.len() < 12 && text.bytes().all(|b| b.is_ascii_digit());
        let left = left.filter(|(left, limit)| is_number(left) && is_number(limit));
        let left = left.map(|(left, limit)| format!("; {left} of {limit} requests are left this hour"));
        probe.passed("token", format!("Hetzner accepts it{}", left.unwrap_or_default()));
        return Ok(());
    }
    Err(refused(probe, "token", &reply))
}

/// Whether it may write. That a request without content is refused as such shows that it was not refused as read-only,
/// and no more: which of both Hetzner looks at first is written nowhere.
async fn may_write(probe: &mut Probe<'_>) -> Progress<()> {
    const STEP: &str = "write";
    let call = probe.bearer(TOKEN, Call::post(probe.url(["ssh_keys"]), "{}"));
    let reply = probe.ask(STEP, call).await?;
    match code(&reply) {
        Some("invalid_input" | "json_error") => {
            probe.passed(STEP, "not refused as read-only, with a request that creates nothing");
            Ok(())
        }
        _ => Err(refused(probe, STEP, &reply)),
    }
}

/// Ends the check with what `reply` says against the token, or where it says nothing of it.
fn refused(probe: &mut Probe<'_>, step: &'static str, reply: &Reply) -> Ended {
    let (outcome, hint) = match code(reply) {
        Some("unauthorized") => (
            Outcome::Refused,
            "the token is wrong, or was deleted: a token belongs to one project and is shown once",
        ),
        Some("forbidden") => {
            (Outcome::LacksRights, "make a token with Read & Write in a project whose owner allows that")
        }
        Some("token_readonly") => (
            Outcome::LacksRights,
            "Hetzner cannot change the rights of a token: make a new one with Read & Write",
        ),
        Some("deprecated_api_endpoint") => {
            let detail = probe.correlated(reply, reply.answered(&words(reply)));
            let hint = "this version of ankra is too old for Hetzner's API: install a newer one";
            probe.unknown(step, detail, [hint]);
            return Ended;
        }
        _ => return probe.unclear(step, reply, &words(reply)),
    };
    let detail = probe.correlated(reply, reply.answered(&words(reply)));
    probe.refused(step, detail, outcome, [hint, WHERE_FROM])
}

/// Exactly 64 letters and digits (Hetzner's Cloud API FAQ; its own client takes no other length).
fn token(value: &str) -> Form {
    if value.len() == 32 && value.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return Form::Impossible(
            "it is the half of a token that the Hetzner Console goes on showing: all 64 characters are shown once, when a \
             token is made",
        );
    }
    let (first, second) = value.split_at_checked(value.len() / 2).unwrap_or((value, ""));
    if first == second && first.len() == 64 {
        return Form::Impossible("it is pasted twice, one behind the other");
    }
    alphanumeric(value, 64, "a Hetzner API token has 64 letters and digits; this one does not")
}

/// The code of an error.
fn code(reply: &Reply) -> Option<&str> {
    reply.text("/error/code")
}

/// What Hetzner says of an error.
fn words(reply: &Reply) -> [Option<&str>; 2] {
    [code(reply), reply.text("/error/message")]
}

#[cfg(test)]
mod tests {
    use super::{Form, token};

    #[test]
    fn a_half_and_a_doubled_token_are_known_for_what_they_are() {
        let whole = &"aB3".repeat(22)[..64];
        assert_eq!(token(whole), Form::Usual);
        assert!(matches!(token(&whole[..32]), Form::Impossible(why) if why.contains("half")));
        assert!(matches!(token(&whole.repeat(2)), Form::Impossible(why) if why.contains("twice")));
        for unusual in ["", "short", &whole[..63], &format!("{whole}a"), &"-".repeat(64), &"é".repeat(32)] {
            assert!(matches!(token(unusual), Form::Unusual(_)), "{unusual}");
        }
    }
}
