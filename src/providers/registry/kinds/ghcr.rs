//! GitHub: docs.github.com, "Working with the Container registry".

use crate::providers::registry::{
    forms::{Judging, is_plain},
    preset::{ANY, ANY_HOST, KnownHost, Preset, Username, password},
};

pub(super) static PRESET: Preset = Preset {
    slug: "ghcr",
    title: "GitHub Container Registry",
    host: KnownHost {
        patterns: &["ghcr.io"],
        password: "GitHub takes a classic personal access token with the right read:packages, and the user name of its owner",
        access: "give the token the right read:packages, and authorise it for the organisation where that uses single sign-on",
        expired: "make a new token: GitHub, Settings, Developer settings, Personal access tokens",
        ..ANY_HOST
    },
    username: Username::Own { label: "GitHub user name", example: "octocat", prefix: None },
    password: password("GitHub personal access token"),
    where_from: "GitHub > Settings > Developer settings > Personal access tokens > Tokens (classic) > Generate new \
     token, with read:packages alone",
    form: "a classic personal access token: ghp_...",
    right: "read:packages; write:packages to push",
    expires: "as set",
    renew: "make a new token, and store it with registry update",
    url: "oci://ghcr.io/octocat/charts/my-chart",
    source: "env:GHCR_TOKEN",
    judge,
    owns: |secret| form(secret).is_some(),
    elsewhere: "this looks like a GitHub token, which works at ghcr.io alone",
    ..ANY
};

#[derive(Clone, Copy)]
enum Form {
    /// `ghp_`, or 40 hexadecimal digits as before 2021.
    Classic,
    /// `github_pat_`.
    FineGrained,
    /// Made by GitHub for an app or a workflow: `gho_`, `ghu_`, `ghs_`.
    Made,
}

fn form(secret: &str) -> Option<Form> {
    let begins = |prefix: &str| secret.starts_with(prefix);
    if begins("github_pat_") {
        Some(Form::FineGrained)
    } else if begins("ghp_") || (secret.len() == 40 && secret.bytes().all(|b| b.is_ascii_hexdigit())) {
        Some(Form::Classic)
    } else {
        ["gho_", "ghu_", "ghs_"].into_iter().any(begins).then_some(Form::Made)
    }
}

fn judge(case: &mut Judging<'_>) {
    let (username, secret) = (case.username, case.secret);
    let usual = (1..=39).contains(&username.len()) && is_plain(username);
    case.doubt_unless(
        usual,
        "this is not a GitHub user name, which has letters, digits and hyphens and is not an e-mail address",
    );
    match form(secret) {
        Some(Form::Classic) => {}
        Some(Form::FineGrained) => case.doubt(
            "GitHub's packages take classic tokens (ghp_...); this is a fine-grained one, and is likely refused",
        ),
        Some(Form::Made) => case
            .doubt("this GitHub token was made for an app or a workflow, and expires within hours or with it"),
        None => case.doubt_stranger(Some("a GitHub token begins with ghp_; the password of a GitHub account is refused"),
        ),
    }
}
