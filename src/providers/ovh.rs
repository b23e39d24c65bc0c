//! OVH public cloud: an application key and secret, a consumer key, and a project.

use super::{SecretSpec, Spec, alphanumeric};
use crate::secret::Field;

// The lengths are custom at OVH, not a promise: hence doubts, not refusals.
pub(super) const SPEC: Spec = Spec {
    slug: "ovh",
    title: "OVH",
    secrets: &[
        SecretSpec {
            field: Field {
                name: "application-key",
                label: "OVH application key",
                env_names: &["OVH_APPLICATION_KEY"],
                multiline: false,
            },
            key: "application_key",
            doubt: |value| {
                alphanumeric(
                    value,
                    16,
                    "an OVH application key usually has 16 letters and digits; this one does not",
                )
            },
        },
        SecretSpec {
            field: Field {
                name: "application-secret",
                label: "OVH application secret",
                env_names: &["OVH_APPLICATION_SECRET"],
                multiline: false,
            },
            key: "application_secret",
            doubt: |value| {
                alphanumeric(
                    value,
                    32,
                    "an OVH application secret usually has 32 letters and digits; this one does not",
                )
            },
        },
        SecretSpec {
            field: Field {
                name: "consumer-key",
                label: "OVH consumer key",
                env_names: &["OVH_CONSUMER_KEY"],
                multiline: false,
            },
            key: "consumer_key",
            doubt: |value| {
                alphanumeric(
                    value,
                    32,
                    "an OVH consumer key usually has 32 letters and digits; this one does not",
                )
            },
        },
    ],
    where_from: "https://api.ovh.com/createToken/ with GET on /cloud/project and GET, POST, PUT, DELETE on /cloud/project/*",
};
