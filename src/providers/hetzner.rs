//! Hetzner Cloud: one API token of one project.

use super::{SecretSpec, Spec, alphanumeric};
use crate::secret::Field;

pub(super) const SPEC: Spec = Spec {
    slug: "hetzner",
    title: "Hetzner",
    secrets: &[SecretSpec {
        field: Field {
            name: "api-token",
            label: "Hetzner API token",
            env_names: &["HCLOUD_TOKEN", "HETZNER_API_TOKEN"],
            multiline: false,
        },
        key: "api_token",
        // Hetzner's Cloud API FAQ: 64 letters and digits.
        doubt: |value| {
            alphanumeric(value, 64, "a Hetzner API token has 64 letters and digits; this one does not")
        },
    }],
    where_from: "Hetzner Console > your project > Security > API tokens > Generate API token, with Read & Write",
};
