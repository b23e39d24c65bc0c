//! Google: cloud.google.com, "Configure authentication to Artifact Registry for Docker".

use crate::providers::registry::{
    expiry::base64_bytes,
    forms::Judging,
    members::Members,
    preset::{ANY, ANY_HOST, KnownHost, Preset, Username, password},
};

const KEY_USER: &str = "_json_key";
const BASE64_USER: &str = "_json_key_base64";
const TOKEN_USER: &str = "oauth2accesstoken";

pub(super) static PRESET: Preset = Preset {
    slug: "gar",
    title: "Google Artifact Registry",
    host: KnownHost {
        patterns: &["*-docker.pkg.dev", "gcr.io", "*.gcr.io"],
        password: "with a service account's JSON key as the password, the user name is _json_key",
        access: "give the service account the role Artifact Registry Reader (roles/artifactregistry.reader) on the repository",
        expired: "an access token lives for an hour: a service account's JSON key does not expire",
        ..ANY_HOST
    },
    username: Username::Fixed { name: KEY_USER, others: &[BASE64_USER, TOKEN_USER] },
    password: password("JSON key of the service account"),
    where_from: "Google Cloud console > IAM & Admin > Service Accounts > the account > Keys > Add key > JSON; the \
     account needs the role Artifact Registry Reader",
    form: "the whole JSON key file of a service account (with oauth2accesstoken: an access token)",
    right: "roles/artifactregistry.reader; roles/artifactregistry.writer to push",
    expires: "never (an access token: within an hour)",
    renew: "make a new key with: gcloud iam service-accounts keys create key.json --iam-account ACCOUNT",
    url: "oci://europe-west1-docker.pkg.dev/my-project/charts",
    source: "file:key.json",
    key_file_user: Some(KEY_USER),
    judge,
    owns: |secret| form(secret).is_some(),
    elsewhere: "this looks like a Google key or token, which works at Google's registries alone",
    ..ANY
};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// The JSON key of a service account.
    Key,
    /// JSON of Google's that is not the key of a service account.
    OtherJson,
    KeyBase64,
    /// `ya29.`.
    AccessToken,
}

fn form(secret: &str) -> Option<Form> {
    if secret.starts_with("ya29.") {
        return Some(Form::AccessToken);
    }
    if secret.trim_start().starts_with('{') {
        return json_form(secret.as_bytes());
    }
    let bytes = base64_bytes(secret)?;
    (json_form(&bytes) == Some(Form::Key)).then_some(Form::KeyBase64)
}

/// What a JSON file of Google's is for.
fn json_form(bytes: &[u8]) -> Option<Form> {
    let file = Members::read(bytes).ok()?;
    let is_whole = ["private_key", "client_email"].iter().all(|part| !file.text(part).is_empty());
    match file.text("type") {
        "" => None,
        "service_account" if is_whole => Some(Form::Key),
        _ => Some(Form::OtherJson),
    }
}

fn judge(case: &mut Judging<'_>) {
    const KEY: &str = "give the whole JSON key file of a service account: --password-from file:key.json";
    // What gcloud's credential helpers call it: _dcgcloud_token, _dcgcr_2_1_0_token.
    let username = case.username;
    let by_helper = username.starts_with("_dcg") && username.ends_with("_token");
    let username = if by_helper { TOKEN_USER } else { username };
    match (username, form(case.secret)) {
        (KEY_USER, Some(Form::Key))
        | (BASE64_USER, Some(Form::KeyBase64))
        | (TOKEN_USER, Some(Form::AccessToken)) => {}
        (KEY_USER | BASE64_USER, Some(Form::OtherJson)) => case.refuse(
            "it is JSON of Google's, but no whole key of a service account (type, private_key, client_email)",
            "make a key with: gcloud iam service-accounts keys create key.json --iam-account ACCOUNT",
        ),
        (KEY_USER, Some(Form::KeyBase64)) => case.refuse(
            "with the user name _json_key the password is the key file itself, and this is its base64",
            "add --username _json_key_base64, or give the file as it is",
        ),
        (BASE64_USER, Some(Form::Key)) => case.refuse(
            "with the user name _json_key_base64 the password is base64, and this is the key file itself",
            "add --username _json_key, or give its base64",
        ),
        (KEY_USER | BASE64_USER, Some(Form::AccessToken)) => case.refuse(
            "it is an access token, which goes with the user name oauth2accesstoken and expires within an hour",
            KEY,
        ),
        (KEY_USER, None) => {
            case.refuse("with the user name _json_key the password is a service account's JSON key", KEY);
        }
        (BASE64_USER, None) => case.refuse(
            "with the user name _json_key_base64 the password is a service account's JSON key in base64",
            KEY,
        ),
        (TOKEN_USER, Some(Form::Key | Form::KeyBase64)) => case.refuse(
            "with the user name oauth2accesstoken the password is an access token, and this is a key",
            "leave out --username: a key goes with _json_key",
        ),
        (TOKEN_USER, Some(Form::OtherJson) | None) => case.doubt_stranger(Some("an access token of Google's begins with ya29. (gcloud auth print-access-token)"),
        ),
        _ => case.doubt(
            "Google's registries take the user names _json_key, _json_key_base64 and oauth2accesstoken only",
        ),
    }
    if username == TOKEN_USER && case.judgement.refusal.is_none() {
        case.doubt("an access token of Google's expires within an hour; a key file does not expire");
    }
}
