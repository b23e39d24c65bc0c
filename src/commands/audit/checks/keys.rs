//! SSH keys that are weak, or stored twice.

use std::collections::HashMap;

use super::sight::Sight;
use crate::{
    commands::audit::{
        facts::Facts,
        finding::{Check, Findings, Mend, Severity},
    },
    error::Run,
    output::named,
    providers::Provider,
    ssh::KeyLine,
};

pub(super) fn check(sight: &Sight<'_>, found: &mut Findings) {
    let mut of_key: HashMap<String, Vec<&Facts>> = HashMap::new();
    for one in sight.there.credentials.iter().filter(|one| one.is_ssh_key()) {
        let line = match &one.detail {
            Ok(detail) => detail.ssh_public_key.as_deref(),
            Err(error) => {
                for check in [Check::WeakKey, Check::DuplicateKey] {
                    found.hole(check, sight.org, Some(one.name()), error.in_one_line());
                }
                continue;
            }
        };
        let Some(line) = line.filter(|line| !line.trim().is_empty()) else {
            for check in [Check::WeakKey, Check::DuplicateKey] {
                found.unknown(check, sight.org, one.name(), "the platform does not show the public key");
            }
            continue;
        };
        let Some(key) = KeyLine::read(line) else {
            for check in [Check::WeakKey, Check::DuplicateKey] {
                found.unknown(check, sight.org, one.name(), "its public key cannot be read");
            }
            continue;
        };
        if let Some(weakness) = key.weakness() {
            let mend = Mend::run("store a new one with", creation(one));
            found.add((Check::WeakKey, Severity::Warning), sight.org, one.name(), weakness, mend);
        }
        of_key.entry(key.identity().to_owned()).or_default().push(one);
    }
    for mut several in of_key.into_values() {
        // The oldest has the right to it: a copy that comes later moves no finding.
        several.sort_by_key(|one| (one.credential.created_at().unwrap_or("~"), one.name()));
        let Some((first, copies)) = several.split_first() else { continue };
        for copy in copies {
            add_copy(sight, first, copy, found);
        }
    }
}

/// Adds that `copy` holds the key of `first`. One for each cloud has to be stored.
fn add_copy(sight: &Sight<'_>, first: &Facts, copy: &Facts, found: &mut Findings) {
    let other = named(first.name());
    let (severity, what) = if first.cloud_of_key() == copy.cloud_of_key() {
        (Severity::Warning, format!("holds the same key as {other}"))
    } else {
        (Severity::Info, format!("holds the same key as {other}, which is stored for another cloud"))
    };
    let mend = Mend::run(
        "if it is not needed, delete it with",
        Run::new("credentials delete").named(copy.on_a_line()),
    );
    found.add((Check::DuplicateKey, severity), sight.org, copy.name(), what, mend);
}

fn creation(one: &Facts) -> Run {
    let run = Run::new("credentials ssh-key create").arg("--name").arg("NEW-NAME").arg("--generate");
    let cloud = one.cloud_of_key().and_then(Provider::named);
    cloud.into_iter().fold(run, |run, cloud| run.arg("--provider").arg(cloud.slug))
}
