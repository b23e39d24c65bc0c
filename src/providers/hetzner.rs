//! Hetzner Cloud: one API token of one project.

use super::{
    cloud::{Provider, alphanumeric},
    ssh_keys::SshKeys,
};
use crate::secret::Field;

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
    ],
    plain: &[],
    secrets: &[Field {
        other_names: &["HCLOUD_TOKEN", "HETZNER_API_TOKEN", "token"],
        stdin_flag: Some("token"),
        // Hetzner's Cloud API FAQ: 64 letters and digits.
        form: |value| {
            alphanumeric(value, 64, "a Hetzner API token has 64 letters and digits; this one does not")
        },
        ..Field::new("api-token", "Hetzner API token")
    }],
    where_from: "Hetzner Console > your project > Security > API tokens > Generate API token, with Read & Write",
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
};
