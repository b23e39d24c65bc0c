//! HPE Morpheus: an access token of an appliance that is often behind a jump host.

use super::{
    check::{Asking, Call, Check, Outcome, Probe, Progress, at_own_address},
    cloud::{Kind, Plain, Provider, TLS_INSECURE, api_url},
    jumphost,
    ssh_keys::SshKeys,
};
use crate::{http::quote, secret::Field};

pub(super) static SPEC: Provider = Provider {
    slug: "morpheus",
    aliases: &[],
    spellings: &["morpheusdata"],
    title: "Morpheus",
    holds: "access tokens",
    needs: "The platform needs the address of the appliance and an access token of a user whose rights are enough \
            to run clusters there.",
    about: "Store a Morpheus access token",
    more: "Asks for the token on the terminal unless a source is given. Make one in Morpheus > User Settings > \
           API Access. Where the platform cannot reach the appliance by itself, name a jump host and the file \
           of its private key.",
    examples: &[
        "ankra credentials morpheus create --name my-morpheus-token \\
      --api-url https://morpheus.example.com",
        "ankra credentials morpheus create --name lab --tls-insecure \\
      --api-url https://10.0.0.6 --jumphost-host bastion.example.com \\
      --jumphost-private-key-from file:jumphost_key",
    ],
    plain: &[
        Plain {
            label: "Morpheus API URL",
            value_name: "URL",
            kind: Kind::Text(api_url),
            ..Plain::new("api-url", "Reach the appliance at this https address")
        },
        TLS_INSECURE,
        jumphost::HOST,
        jumphost::PORT,
        jumphost::USERNAME,
    ],
    secrets: &[
        Field { other_names: &["MORPHEUS_API_TOKEN"], ..Field::new(TOKEN, "Morpheus access token") },
        jumphost::PRIVATE_KEY,
    ],
    where_from: WHERE_FROM,
    // A key pair has a fingerprint (gomorpheus/morpheus-go-sdk, `KeyPair`); its form and the types are not documented.
    ssh_keys: SshKeys::UNKNOWN,
    grant: None,
    check: Check {
        target: at_own_address,
        variables: &[],
        correlation: "",
        steps,
        about: "Asks the appliance whose token it is. What the token may do is what its user may, and is not looked at.",
    },
    import: None,
};

const TOKEN: &str = "access-token";

const WHERE_FROM: &str =
    "Morpheus > your name > User Settings > API Access, as a user with the rights that clusters need";

fn steps<'p>(probe: &'p mut Probe<'_>) -> Asking<'p> {
    Box::pin(whoami(probe))
}

// Morpheus' API documentation, "Whoami": 401 without a token, and with one that is wrong or has expired. What an error
// looks like is not said: a JSON object, as its other answers are, or no body and the challenge of its scheme.
async fn whoami(probe: &mut Probe<'_>) -> Progress<()> {
    const STEP: &str = "token";
    let call = probe.bearer(TOKEN, Call::get(probe.url(["api", "whoami"])));
    let reply = probe.ask(STEP, call).await?;
    let words =
        [reply.text("/error_description").or_else(|| reply.text("/msg")).or_else(|| reply.text("/error"))];
    // What stands in between may answer in JSON as well, in other fields.
    let has_form = words[0].is_some();
    let is_challenged = || reply.header("www-authenticate").is_some_and(|text| text.starts_with("Bearer"));
    match reply.status {
        200 if reply.at("/user/id").is_some() || reply.text("/user/username").is_some() => {
            let user = reply.text("/user/username").map(quote);
            let whose = user.as_ref().map(|user| format!("; it is of the user {user}")).unwrap_or_default();
            probe.report.account = user;
            probe.passed(STEP, format!("Morpheus accepts it{whose}"));
            Ok(())
        }
        401 if has_form || (reply.is_empty && is_challenged()) => {
            let is_expired = words.iter().flatten().any(|text| text.contains("expired"));
            let (outcome, hint) = if is_expired {
                (
                    Outcome::Expired,
                    "make a new one: Morpheus ends tokens after some time, as its settings say",
                )
            } else {
                (Outcome::Refused, "the token is wrong, or it has expired")
            };
            Err(probe.refused(STEP, reply.answered(&words), outcome, [hint, WHERE_FROM]))
        }
        403 if has_form => {
            let hint = "give its user a role that may use the API";
            Err(probe.refused(STEP, reply.answered(&words), Outcome::LacksRights, [hint, WHERE_FROM]))
        }
        _ => Err(probe.unclear(STEP, &reply, &words)),
    }
}
