//! Registries that a check knows hints for and that have no preset.

use crate::providers::registry::preset::{ANY_HOST, KnownHost};

pub(super) static HOSTS: &[KnownHost] = &[
    // docs.gitlab.com, "Authenticate with the container registry".
    KnownHost {
        patterns: &["registry.gitlab.com"],
        realm: Some("gitlab.com"),
        password: "GitLab takes a personal, group, project or deploy token with the right read_registry, and its own user name",
        access: "give the token the right read_registry, and at least the role Reporter in the project",
        ..ANY_HOST
    },
    // docs.projectquay.io, "Robot accounts".
    KnownHost {
        patterns: &["quay.io"],
        password: "for a robot account the user name is ORGANISATION+ROBOT",
        access: "give the robot account Read on the repository",
        ..ANY_HOST
    },
];
