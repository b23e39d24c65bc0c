//! Quay: docs.projectquay.io, "Robot accounts".

use super::generic::ANY_HOST;
use crate::providers::registry::preset::KnownHost;

pub(super) static HOST: KnownHost = KnownHost {
    patterns: &["quay.io"],
    password: "for a robot account the user name is ORGANISATION+ROBOT",
    access: "give the robot account Read on the repository",
    ..ANY_HOST
};
