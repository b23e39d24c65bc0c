//! GitLab: docs.gitlab.com, "Authenticate with the container registry".

use super::generic::ANY_HOST;
use crate::providers::registry::preset::KnownHost;

pub(super) static HOST: KnownHost = KnownHost {
    patterns: &["registry.gitlab.com"],
    realm: Some("gitlab.com"),
    password: "GitLab takes a personal, group, project or deploy token with the right read_registry, and its own user name",
    access: "give the token the right read_registry, and at least the role Reporter in the project",
    ..ANY_HOST
};
