//! Docker: docs.docker.com, "Personal access tokens" and "Organization access tokens".

use crate::{
    providers::registry::{
        forms::{Judging, is_plain, is_uuid},
        preset::{ANY, KnownHost, Preset, USERNAME, Username, password},
    },
    secret::Field,
};

const PERSONAL: &str = "dckr_pat_";
const ORGANISATION: &str = "dckr_oat_";

pub(in crate::providers::registry) static PRESET: Preset = Preset {
    slug: "dockerhub",
    title: "Docker Hub",
    host: KnownHost {
        patterns: &["docker.io", "registry-1.docker.io", "index.docker.io"],
        api: Some("registry-1.docker.io"),
        realm: Some("auth.docker.io"),
        password: "Docker Hub takes a personal access token in place of the password, and the Docker ID as user name, not the e-mail address",
        access: "give the access token at least the right Read, and its owner access to the repository",
        expired: "make a new token: Docker Hub, Account settings, Personal access tokens",
        rate: Some("Docker Hub counts requests by user and by address: wait, or ask from another network"),
    },
    username: Username::Own { label: "Docker ID", example: "octocat", prefix: None },
    // As docker/login-action has them.
    username_field: Field { other_names: &["DOCKERHUB_USERNAME"], ..USERNAME },
    password: Field { other_names: &["DOCKERHUB_TOKEN"], ..password("Docker Hub access token") },
    where_from: "Docker Hub > Account settings > Personal access tokens > Generate new token, with Read-only",
    form: "an access token: dckr_pat_... (of an organisation: dckr_oat_...), not the password",
    right: "Read-only; Read & Write to push",
    expires: "as set",
    renew: "make a new token, and store it with registry update",
    url: "oci://registry-1.docker.io/octocat",
    source: "env:HUB_TOKEN",
    judge,
    owns: |secret| secret.starts_with(PERSONAL) || secret.starts_with(ORGANISATION),
    elsewhere: "this looks like a Docker Hub token, which works at Docker Hub alone",
    ..ANY
};

fn judge(case: &mut Judging<'_>) {
    let (username, secret) = (case.username, case.secret);
    let is_lower = !username.bytes().any(|b| b.is_ascii_uppercase());
    let usual = (2..=64).contains(&username.len()) && is_plain(username) && is_lower;
    case.doubt_unless(
        usual,
        "this is not a Docker ID: it has lower-case letters and digits, and is the name on your profile, not an e-mail address",
    );
    if secret.starts_with(ORGANISATION) {
        case.doubt_unless(usual, "an organisation's token goes with the organisation's name");
    } else if !secret.starts_with(PERSONAL) && !is_uuid(secret) {
        // Personal tokens of before 2023 are UUIDs.
        case.doubt_password(
            "this is not an access token (dckr_pat_...): a password opens the whole account, and is refused where \
             two-factor sign-in is on",
        );
    }
}
