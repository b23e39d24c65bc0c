//! Azure: learn.microsoft.com, "Azure Container Registry authentication with service principals".

use uuid::Uuid;

use crate::{
    providers::registry::{
        expiry::jwt_claims,
        forms::{Judging, is_plain, is_uuid},
        preset::{ANY, ANY_HOST, KnownHost, Preset, USERNAME, Username, password},
    },
    secret::Field,
};

pub(super) static PRESET: Preset = Preset {
    slug: "acr",
    title: "Azure Container Registry",
    host: KnownHost {
        patterns: &["*.azurecr.io", "*.azurecr.us", "*.azurecr.cn"],
        password: "the user name is the service principal's appId or a token's name, the password the one made for it",
        access: "give the service principal the role acrpull, or the token a scope map with content/read and metadata/read",
        expired: "make a new secret: az ad sp credential reset, or az acr token credential generate",
        ..ANY_HOST
    },
    username: Username::Own {
        label: "appId or token name",
        example: "11111111-2222-3333-4444-555555555555",
        prefix: None,
    },
    // As az ad sp create-for-rbac prints it.
    username_field: Field { other_names: &["appId"], ..USERNAME },
    password: password("password of the service principal or token"),
    where_from: "run: az ad sp create-for-rbac --name ankra-pull --role acrpull --scopes REGISTRY-ID; it prints appId \
     and password",
    form: "the password of a service principal or of a token",
    right: "acrpull; acrpush to push",
    expires: "as set, after a year by default",
    renew: "run: az ad sp credential reset --id APP-ID, and store what it prints with registry update",
    url: "oci://myregistry.azurecr.io/charts",
    source: "env:ACR_PASSWORD",
    identity_token: "make a service principal with az ad sp create-for-rbac and the role acrpull, and give its id \
     with --username and its password with --password-from",
    judge,
    ..ANY
};

fn judge(case: &mut Judging<'_>) {
    let (username, secret) = (case.username, case.secret);
    case.doubt_unless(
        is_uuid(username) || (username.len() >= 5 && is_plain(username)),
        "Azure's registries take the appId of a service principal (a UUID) or the name of a token, no \
         person's name or address",
    );
    if is_uuid(secret) {
        case.doubt("this is a UUID: the ID of a client secret perhaps, and its value is wanted");
    } else if jwt_claims(secret).is_none() {
        case.doubt_stranger(None);
    } else if username.parse() == Ok(Uuid::nil()) {
        case.doubt("a token of az acr login expires within 3 hours; a service principal's password lasts");
    } else {
        case.doubt(
            "this looks like a token of az acr login, which goes with the user name \
             00000000-0000-0000-0000-000000000000 and expires within 3 hours",
        );
    }
}
