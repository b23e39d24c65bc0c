//! Artifactory: docs.jfrog.com, "Identity Tokens".

use crate::providers::registry::{
    expiry::jwt_claims,
    forms::Judging,
    preset::{ANY, ANY_HOST, KnownHost, Preset, Username, password},
};

pub(super) static PRESET: Preset = Preset {
    slug: "artifactory",
    title: "JFrog Artifactory",
    host: KnownHost {
        patterns: &["*.jfrog.io"],
        password: "Artifactory takes an identity token or an API key in place of the password",
        access: "the path begins with the key of a Docker or OCI repository; its user needs Read there",
        expired: "make a new token in your Artifactory profile",
        ..ANY_HOST
    },
    username: Username::Own { label: "Artifactory user name", example: "octocat", prefix: None },
    password: password("Artifactory identity token"),
    where_from: "Artifactory > your name > Edit Profile > Identity Tokens > Generate an Identity Token",
    form: "an identity token or an access token",
    right: "Read on the repository; Deploy/Cache to push",
    expires: "as set",
    renew: "make a new token, and store it with registry update",
    url: "https://mycompany.jfrog.io/artifactory/charts",
    source: "env:ARTIFACTORY_TOKEN",
    judge,
    owns: |secret| is_reference(secret) || is_api_key(secret),
    elsewhere: "this looks like a token of JFrog's, which works at Artifactory alone",
    ..ANY
};

/// Whether it refers to a token of Artifactory's.
fn is_reference(secret: &str) -> bool {
    secret.starts_with("cmVmd") && secret.len() == 64
}

fn is_api_key(secret: &str) -> bool {
    secret.starts_with("AKCp") && secret.len() > 60
}

fn judge(case: &mut Judging<'_>) {
    let (username, secret) = (case.username, case.secret);
    if is_reference(secret) {
        return;
    }
    if is_api_key(secret) {
        case.doubt("this is an API key, which JFrog has discontinued; make an identity token");
    } else if let Some(claims) = jwt_claims(secret) {
        let of_user = |sub: &str| sub.rsplit_once("/users/").is_none_or(|(_, user)| user == username);
        case.doubt_unless(
            claims.subject().is_none_or(of_user),
            "this access token was made for another user than the one that is named",
        );
    } else {
        case.doubt_password(
            "this is neither an identity token nor an access token; a password opens the whole account",
        );
    }
}
