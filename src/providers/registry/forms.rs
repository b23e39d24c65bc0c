//! The forms of user names and secrets: what cannot work is told before anything is stored.
//!
//! A registry has the last word on its own secrets: what merely looks unusual is a doubt, and only
//! what no registry of the kind takes is refused. No text here repeats what it judges.

use serde::Deserialize;

use super::expiry::{decoded, ecr_envelope, jwt_claims};

/// What is amiss with a user name and a secret.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Judgement {
    /// What is unusual, in sentences: to be warned about.
    pub doubts: Vec<&'static str>,
    /// Why it cannot work, and what to do.
    pub refusal: Option<Refusal>,
}

/// Why a secret cannot work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What it is.
    pub why: &'static str,
    /// What to do next.
    pub hint: &'static str,
}

impl Judgement {
    fn doubt(&mut self, unless: bool, doubt: &'static str) {
        if !unless {
            self.doubts.push(doubt);
        }
    }

    fn refuse(&mut self, why: &'static str, hint: &'static str) {
        self.refusal.get_or_insert(Refusal { why, hint });
    }
}

/// Whose secret a text looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Looks {
    /// `ghp_`, or 40 hexadecimal digits as before 2021.
    GithubClassic,
    /// `github_pat_`.
    GithubFine,
    /// Made by GitHub for an app or a workflow: `gho_`, `ghu_`, `ghs_`.
    GithubMade,
    /// `dckr_pat_`.
    HubPersonal,
    /// `dckr_oat_`.
    HubOrganisation,
    /// The JSON key of a Google service account.
    GoogleKey,
    /// JSON of Google's that is no service account's key.
    GoogleOther,
    /// The same key, in base64.
    GoogleKeyBase64,
    /// `ya29.`.
    GoogleAccess,
    /// What `aws ecr get-login-password` prints.
    Ecr,
    /// `AWS:` and that, in base64: what the API gives.
    EcrWhole,
    /// `AKIA` or `ASIA`: names an access key.
    AwsAccessKey,
    /// `AKCp`.
    JfrogApiKey,
    /// `cmVmd`: refers to a token of Artifactory's.
    JfrogReference,
    Jwt,
    Uuid,
    Unknown,
}

fn looks(secret: &str) -> Looks {
    let begins = |prefix: &str| secret.starts_with(prefix);
    let hex = |text: &str| text.bytes().all(|b| b.is_ascii_hexdigit());
    match secret {
        _ if begins("github_pat_") => Looks::GithubFine,
        _ if begins("ghp_") || (secret.len() == 40 && hex(secret)) => Looks::GithubClassic,
        _ if ["gho_", "ghu_", "ghs_"].into_iter().any(begins) => Looks::GithubMade,
        _ if begins("dckr_pat_") => Looks::HubPersonal,
        _ if begins("dckr_oat_") => Looks::HubOrganisation,
        _ if begins("ya29.") => Looks::GoogleAccess,
        _ if begins("AKCp") && secret.len() > 60 => Looks::JfrogApiKey,
        _ if begins("cmVmd") && secret.len() == 64 => Looks::JfrogReference,
        _ if secret.len() == 20 && (begins("AKIA") || begins("ASIA")) => Looks::AwsAccessKey,
        _ if secret.trim_start().starts_with('{') => google(secret.as_bytes()).unwrap_or(Looks::Unknown),
        _ if is_uuid(secret) => Looks::Uuid,
        _ if jwt_claims(secret).is_some() => Looks::Jwt,
        _ if ecr_envelope(secret).is_some() => Looks::Ecr,
        _ => match decoded(secret) {
            Some(bytes) if bytes.starts_with(b"AWS:") => Looks::EcrWhole,
            Some(bytes) if google(&bytes) == Some(Looks::GoogleKey) => Looks::GoogleKeyBase64,
            _ => Looks::Unknown,
        },
    }
}

/// What a key file of Google's is for.
fn google(bytes: &[u8]) -> Option<Looks> {
    /// Whether there is text, without keeping it.
    struct There(bool);

    impl<'de> Deserialize<'de> for There {
        fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
            // Borrowed where the text allows; a key has escaped line feeds and is copied.
            let text = zeroize::Zeroizing::new(String::deserialize(input)?);
            Ok(Self(!text.is_empty()))
        }
    }

    #[derive(Deserialize)]
    struct KeyFile {
        #[serde(rename = "type")]
        kind: String,
        private_key: Option<There>,
        client_email: Option<There>,
    }

    let file: KeyFile = serde_json::from_slice(bytes).ok()?;
    let has = |part: Option<There>| part.is_some_and(|there| there.0);
    let whole = has(file.private_key) && has(file.client_email);
    Some(if file.kind == "service_account" && whole { Looks::GoogleKey } else { Looks::GoogleOther })
}

fn is_uuid(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12])
        && groups.iter().all(|group| group.bytes().all(|b| b.is_ascii_hexdigit()))
}

/// A doubt about the secret of another kind of registry.
fn strange(looks: Looks) -> Option<&'static str> {
    Some(match looks {
        Looks::GithubClassic | Looks::GithubFine | Looks::GithubMade => {
            "this looks like a GitHub token, which works at ghcr.io alone"
        }
        Looks::HubPersonal | Looks::HubOrganisation => {
            "this looks like a Docker Hub token, which works at Docker Hub alone"
        }
        Looks::GoogleKey | Looks::GoogleOther | Looks::GoogleKeyBase64 | Looks::GoogleAccess => {
            "this looks like a Google key or token, which works at Google's registries alone"
        }
        Looks::Ecr | Looks::EcrWhole | Looks::AwsAccessKey => {
            "this looks like a secret of Amazon's, which works at Amazon's registries alone"
        }
        Looks::JfrogApiKey | Looks::JfrogReference => {
            "this looks like a token of JFrog's, which works at Artifactory alone"
        }
        Looks::Jwt | Looks::Uuid | Looks::Unknown => return None,
    })
}

pub(super) fn ghcr(username: &str, secret: &str, found: &mut Judgement) {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
    let usual = (1..=39).contains(&username.len()) && username.bytes().all(plain);
    found.doubt(usual, "this is no GitHub user name: letters, digits and hyphens, no e-mail address");
    match looks(secret) {
        Looks::GithubClassic => {}
        Looks::GithubFine => found.doubts.push(
            "GitHub's packages take classic tokens (ghp_...); this is a fine-grained one, and is likely refused",
        ),
        Looks::GithubMade => found
            .doubts
            .push("this GitHub token was made for an app or a workflow, and ends within hours or with it"),
        other => found.doubts.push(
            strange(other)
                .unwrap_or("a GitHub token begins with ghp_; the password of a GitHub account is refused"),
        ),
    }
}

pub(super) fn gar(username: &str, secret: &str, found: &mut Judgement) {
    const KEY: &str = "give the whole JSON key file of a service account: --password-from file:key.json";
    // What gcloud's credential helpers call it: _dcgcloud_token, _dcgcr_2_1_0_token.
    let by_helper = username.starts_with("_dcg") && username.ends_with("_token");
    let username = if by_helper { "oauth2accesstoken" } else { username };
    match (username, looks(secret)) {
        ("_json_key", Looks::GoogleKey)
        | ("_json_key_base64", Looks::GoogleKeyBase64)
        | ("oauth2accesstoken", Looks::GoogleAccess) => {}
        ("_json_key" | "_json_key_base64", Looks::GoogleOther) => found.refuse(
            "it is JSON of Google's, but no whole key of a service account (type, private_key, client_email)",
            "make a key with: gcloud iam service-accounts keys create key.json --iam-account ACCOUNT",
        ),
        ("_json_key", Looks::GoogleKeyBase64) => found.refuse(
            "with the user name _json_key the password is the key file itself, and this is its base64",
            "add --username _json_key_base64, or give the file as it is",
        ),
        ("_json_key_base64", Looks::GoogleKey) => found.refuse(
            "with the user name _json_key_base64 the password is base64, and this is the key file itself",
            "add --username _json_key, or give its base64",
        ),
        ("_json_key" | "_json_key_base64", Looks::GoogleAccess) => found.refuse(
            "it is an access token, which goes with the user name oauth2accesstoken and ends within an hour",
            KEY,
        ),
        ("_json_key", _) => {
            found.refuse("with the user name _json_key the password is a service account's JSON key", KEY);
        }
        ("_json_key_base64", _) => found.refuse(
            "with the user name _json_key_base64 the password is a service account's JSON key in base64",
            KEY,
        ),
        ("oauth2accesstoken", Looks::GoogleKey | Looks::GoogleKeyBase64) => found.refuse(
            "with the user name oauth2accesstoken the password is an access token, and this is a key",
            "leave out --username: a key goes with _json_key",
        ),
        ("oauth2accesstoken", other) => found.doubts.push(
            strange(other)
                .unwrap_or("an access token of Google's begins with ya29. (gcloud auth print-access-token)"),
        ),
        _ => found.doubts.push(
            "Google's registries take the user names _json_key, _json_key_base64 and oauth2accesstoken only",
        ),
    }
    if username == "oauth2accesstoken" && found.refusal.is_none() {
        found.doubts.push("an access token of Google's ends within an hour; a key file does not end");
    }
}

pub(super) fn ecr(username: &str, secret: &str, found: &mut Judgement) {
    const LOGIN: &str =
        "give what it prints: --password-from \"command:aws ecr get-login-password --region REGION\"";
    found.doubt(username == "AWS", "Amazon's registries take the user name AWS only");
    match looks(secret) {
        Looks::Ecr => {}
        Looks::EcrWhole => found.refuse(
            "it is the whole authorization token, with the user name in it, and not the password alone",
            LOGIN,
        ),
        Looks::AwsAccessKey => found.refuse("it is the ID of an access key, which no registry takes", LOGIN),
        other => found.doubts.push(
            strange(other).unwrap_or("this is not what aws ecr get-login-password prints, and may not work"),
        ),
    }
}

pub(super) fn acr(username: &str, secret: &str, found: &mut Judgement) {
    const NOBODY: &str = "00000000-0000-0000-0000-000000000000";
    let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
    let usual = is_uuid(username) || (username.len() >= 5 && username.bytes().all(plain));
    found.doubt(
        usual,
        "Azure's registries take the appId of a service principal (a UUID) or the name of a token, no \
         person's name or address",
    );
    match looks(secret) {
        Looks::Uuid => {
            found.doubts.push("this is a UUID: the ID of a client secret perhaps, and its value is wanted");
        }
        Looks::Jwt if username == NOBODY => {
            found
                .doubts
                .push("a token of az acr login ends within 3 hours; a service principal's password lasts");
        }
        Looks::Jwt => found.doubts.push(
            "this looks like a token of az acr login, which goes with the user name \
             00000000-0000-0000-0000-000000000000 and ends within 3 hours",
        ),
        other => found.doubts.extend(strange(other)),
    }
}

pub(super) fn dockerhub(username: &str, secret: &str, found: &mut Judgement) {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_';
    let usual = (2..=64).contains(&username.len()) && username.bytes().all(plain);
    found.doubt(
        usual,
        "this is no Docker ID: lower-case letters and digits, the name on your profile, no e-mail address",
    );
    match looks(secret) {
        // Personal tokens of before 2023 are UUIDs.
        Looks::HubPersonal | Looks::Uuid => {}
        Looks::HubOrganisation => found
            .doubt(!username.is_empty() && usual, "an organisation's token goes with the organisation's name"),
        other => found.doubts.push(strange(other).unwrap_or(
            "this is no access token (dckr_pat_...): a password opens the whole account, and is refused where \
             two-factor sign-in is on",
        )),
    }
}

pub(super) fn harbor(username: &str, secret: &str, found: &mut Judgement) {
    let doubt = match username {
        // `"robot$team+puller"` in double quotes.
        "robot" | "robot+" => {
            Some("the user name ends before its $: write it in single quotes, as in 'robot$team+puller'")
        }
        _ if username.starts_with("robot$") => None,
        "admin" => Some("admin may do everything in Harbor; make a robot account that may only pull"),
        _ => Some("a robot account of Harbor begins with robot$ unless its prefix was changed"),
    };
    found.doubts.extend(doubt);
    found.doubts.extend(strange(looks(secret)));
}

pub(super) fn artifactory(username: &str, secret: &str, found: &mut Judgement) {
    match looks(secret) {
        Looks::JfrogReference => {}
        Looks::Jwt => {
            let of_user = |sub: &str| sub.rsplit_once("/users/").is_none_or(|(_, user)| user == username);
            let good = jwt_claims(secret).and_then(|claims| claims.sub).is_none_or(|sub| of_user(&sub));
            found.doubt(good, "this access token was made for another user than the one that is named");
        }
        Looks::JfrogApiKey => {
            found.doubts.push("this is an API key, which JFrog has given up; make an identity token");
        }
        other => found.doubts.push(strange(other).unwrap_or(
            "this is neither an identity token nor an access token; a password opens the whole account",
        )),
    }
}

pub(super) fn generic(_: &str, _: &str, _: &mut Judgement) {}

#[cfg(test)]
mod tests;
