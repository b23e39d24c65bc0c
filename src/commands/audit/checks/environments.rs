//! One credential for several environments, where the names of what uses it tell.

use std::collections::BTreeMap;

use super::sight::Sight;
use crate::{
    commands::audit::finding::{Check, Findings, Mend, Severity},
    error::{Run, listed},
    output::named,
    platform::REGISTRY,
    providers::Provider,
};

/// Environments, and the words that stand for them as whole parts of names.
const ENVIRONMENTS: [(&str, &[&str]); 4] = [
    ("production", &["production", "prod", "prd", "live"]),
    ("staging", &["staging", "stage", "stg", "preprod"]),
    ("development", &["development", "develop", "devel", "dev"]),
    ("test", &["testing", "test", "tst", "qa", "uat"]),
];

pub(super) fn check(sight: &Sight<'_>, found: &mut Findings) {
    for one in &sight.there.credentials {
        let of_registries = one.credential.provider() == REGISTRY;
        match (&one.detail, &sight.there.registries) {
            (Err(error), _) => {
                found.hole(Check::SeveralEnvironments, sight.org, Some(one.name()), error.in_one_line());
            }
            (_, Err(error)) if of_registries => {
                found.hole(Check::SeveralEnvironments, sight.org, Some(one.name()), error.in_one_line());
            }
            (Ok(_), _) if one.users.clusters.is_none() => {
                let why = "the platform does not say which clusters use it";
                found.unknown(Check::SeveralEnvironments, sight.org, one.name(), why);
            }
            (Ok(_), _) => {}
        }
        let mut users: BTreeMap<&str, &str> = BTreeMap::new();
        for user in one.users.clusters.iter().chain(&one.users.registries).flatten() {
            if let Some(environment) = environment(user) {
                users.entry(environment).or_insert(user);
            }
        }
        if users.len() > 1 {
            let each: Vec<String> =
                users.iter().map(|(environment, user)| format!("{environment} ({})", named(user))).collect();
            let what = format!("is used in {}", listed(&each, "and"));
            let run = match Provider::named(one.credential.provider()) {
                Some(provider) => provider.creation("NEW-NAME"),
                None if of_registries => {
                    Run::new("credentials registry create").arg("--name").arg("NEW-NAME")
                }
                None => Run::new("credentials get").named(one.on_a_line()),
            };
            let mend = Mend::run("store one for each environment; begin with", run);
            found.add((Check::SeveralEnvironments, Severity::Warning), sight.org, one.name(), what, mend);
        }
    }
}

/// The environment that a name speaks of, if it is one alone.
fn environment(name: &str) -> Option<&'static str> {
    let name = name.to_lowercase();
    let words: Vec<&str> = name.split(|c: char| !c.is_alphanumeric()).collect();
    // `prod2` is one of several.
    let bare = |word: &str| word.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned();
    let is_there = |known: &[&str]| words.iter().any(|word| known.contains(&bare(word).as_str()));
    let mut found = ENVIRONMENTS.iter().filter(|(_, known)| is_there(known)).map(|(title, _)| *title);
    found.next().filter(|_| found.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::environment;

    #[test]
    fn a_word_tells_as_a_whole_part_of_a_name_alone() {
        for (name, told) in [
            ("prod", Some("production")),
            ("eu-PROD-1", Some("production")),
            ("shop_dev2", Some("development")),
            ("qa.charts", Some("test")),
            ("staging", Some("staging")),
            ("product-api", None),
            ("devices", None),
            ("latest", None),
            ("prod-test", None),
            ("", None),
        ] {
            assert_eq!(environment(name), told, "{name}");
        }
    }
}
