//! OVH public cloud: an application key and secret, a consumer key, and a project.

mod check;
mod credential;
mod endpoint;
mod grant;
mod project;
mod refusal;
mod rules;
mod signature;
mod signed;

use super::{
    check::Check,
    choices::Choices,
    cloud::{Kind, Plain, Provider, alphanumeric, possible_if},
    imports::OVH_CONF,
    ssh_keys::{SshKeys, USUAL_TYPES},
};
use crate::secret::{Field, Form};

const SHORT: &str = "an OVH application key usually has 16 letters and digits; this one does not";
const LONG: &str =
    "OVH's application secrets and consumer keys usually have 32 letters and digits; this one does not";

// The lengths are custom at OVH, not a promise: hence doubts, not refusals.
pub(super) static SPEC: Provider = Provider {
    slug: "ovh",
    aliases: &[],
    spellings: &["ovhcloud", "ovh-cloud"],
    title: "OVH",
    holds: "API credentials",
    needs: "The platform needs an application key, an application secret and a consumer key to run \
            clusters in an OVH public cloud project.",
    about: "Store OVH API credentials",
    more: "Asks for the application key, the application secret and the consumer key on the \
           terminal unless sources are given. Make them on OVH's page for API tokens, with an account of OVH \
           Europe: the platform uses no other. Or make an application alone, and have OVH asked for the consumer \
           key: you agree on its page. Without --project-id you choose one of the projects that the keys see.",
    examples: &[
        "ankra credentials ovh create --name my-ovh-cred \\
      --project-id 0123456789abcdef0123456789abcdef",
        "ankra credentials ovh create --name my-ovh-cred --project-id $PROJECT \\
      --secrets-from file:ovh.env",
        "ankra credentials ovh create --name my-ovh-cred --from-ovh-conf ovh-eu",
        "ankra credentials ovh create --name my-ovh-cred --project-id $PROJECT \\
      --request-consumer-key --application-key-from env:OVH_APPLICATION_KEY \\
      --application-secret-from env:OVH_APPLICATION_SECRET",
    ],
    plain: &[Plain {
        label: "OVH project id",
        value_name: "ID",
        kind: Kind::Text(project_id),
        is_for_storing: true,
        choices: Some(Choices(project::choices)),
        ..Plain::new("project-id", "Use the public cloud project with this id; OVH calls it the service name")
    }],
    secrets: &[
        Field {
            other_names: &["OVH_APPLICATION_KEY"],
            form: |value| alphanumeric(value, 16, SHORT),
            ..Field::new("application-key", "OVH application key")
        },
        Field {
            other_names: &["OVH_APPLICATION_SECRET"],
            form: |value| alphanumeric(value, 32, LONG),
            ..Field::new("application-secret", "OVH application secret")
        },
        Field {
            other_names: &["OVH_CONSUMER_KEY"],
            form: |value| alphanumeric(value, 32, LONG),
            ..Field::new("consumer-key", "OVH consumer key")
        },
    ],
    where_from: rules::PAGE,
    // Hardware keys are refused by the control panel and by OpenStack (ovh/public-cloud-roadmap#973, open in July
    // 2026); RSA and ECDSA are taken (ovh/docs, public-cloud-first-steps), Ed25519 since 2023 (ovh/docs#5600). That
    // its `fingerPrint` is OpenStack's, which is MD5, is inferred.
    ssh_keys: SshKeys { types: USUAL_TYPES, shows_md5: true },
    grant: Some(&grant::GRANT),
    check: Check {
        target: endpoint::target,
        variables: &[("OVH_ENDPOINT", "a check asks this: ovh-eu, https://HOST/1.0")],
        correlation: "x-ovh-queryid",
        steps: check::steps,
        about: "Asks the OVH API, with signed requests, whether it accepts the keys, until when, which of the five \
                rules that the platform needs they lack, and whether they see the project; without --project-id, \
                which projects they see.",
    },
    import: Some(&OVH_CONF),
};

/// OVH's ids have 32 hexadecimal digits by custom, not by promise: only what no id has is refused.
fn project_id(text: &str) -> Form {
    let usable = !text.is_empty()
        && text.len() <= 128
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    possible_if(
        usable,
        "a project id has letters and digits only: OVH Control Panel > Public Cloud > your project",
    )
}
