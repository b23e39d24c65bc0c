//! GitHub: docs.github.com, "Working with the Container registry".

use crate::{
    providers::registry::{
        forms::{Judging, is_plain},
        preset::{ANY, ANY_HOST, KnownHost, Preset, USERNAME, Username, password},
    },
    secret::Field,
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
    // docs.github.com and its workflows: `CR_PAT`, `GITHUB_ACTOR`.
    username_field: Field { other_names: &["GHCR_USERNAME", "GITHUB_ACTOR"], ..USERNAME },
    password: Field { other_names: &["GHCR_TOKEN", "CR_PAT"], ..password("GitHub personal access token") },
    where_from: "GitHub > Settings > Developer settings > Personal access tokens > Tokens (classic) > Generate new \
     token, with read:packages alone",
    form: "a classic personal access token: ghp_...",
    right: "read:packages; write:packages to push",
    expires: "as set",
    renew: "make a new token, and store it with registry update",
    url: "oci://ghcr.io/octocat/charts/my-chart",
    source: "env:GHCR_TOKEN",
    judge,
    owns: |secret| is_classic(secret) || is_fine_grained(secret) || is_made(secret),
    elsewhere: "this looks like a GitHub token, which works at ghcr.io alone",
    ..ANY
};

/// `ghp_`, or 40 hexadecimal digits as before 2021.
fn is_classic(secret: &str) -> bool {
    secret.starts_with("ghp_") || (secret.len() == 40 && secret.bytes().all(|b| b.is_ascii_hexdigit()))
}

fn is_fine_grained(secret: &str) -> bool {
    secret.starts_with("github_pat_")
}

/// Whether GitHub made it for an app or a workflow.
fn is_made(secret: &str) -> bool {
    ["gho_", "ghu_", "ghs_"].iter().any(|prefix| secret.starts_with(prefix))
}

fn judge(case: &mut Judging<'_>) {
    let (username, secret) = (case.username, case.secret);
    let usual = (1..=39).contains(&username.len()) && is_plain(username);
    case.doubt_unless(
        usual,
        "this is not a GitHub user name, which has letters, digits and hyphens and is not an e-mail address",
    );
    if is_fine_grained(secret) {
        case.doubt(
            "GitHub's packages take classic tokens (ghp_...); this is a fine-grained one, and is likely refused",
        );
    } else if is_made(secret) {
        case.doubt(
            "this GitHub token was made for an app or a workflow, and expires within hours or with it",
        );
    } else if !is_classic(secret) {
        case.doubt_password("a GitHub token begins with ghp_; the password of a GitHub account is refused");
    }
}
