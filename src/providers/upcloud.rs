//! `UpCloud`: one API token of an account or a subaccount.

use super::{
    cloud::{Provider, usual_if},
    ssh_keys::SshKeys,
};
use crate::secret::Field;

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
    where_from: "UpCloud Control Panel > Account > API tokens > Create, without a limit to IP ranges that shuts the platform out",
    // Keys are text of each server (`login_user.ssh_keys`): no types are named and no fingerprint is shown.
    ssh_keys: SshKeys::UNKNOWN,
};
