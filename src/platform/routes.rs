//! Every route of the platform that this program knows: what is sent, and what answer is due.
//!
//! Of two generations of a route the deployed one comes first; `or` gives the guide's.

use reqwest::Method;

use super::{
    answer::{Confirmed, Done, List, Object, Private},
    credential::Credential,
    names::{CredentialId, CredentialName, OrganisationId, REGISTRY, TokenId},
    pages::Pages,
    request::{Body, Request},
    types::{
        CredentialDetail, LoginStart, MadeToken, NameCheck, Organisation, OrganisationDetail, Poll,
        RegistryCredential, RegistryCredentialPage, RegistryPage, SshKey, Token,
    },
};
use crate::secret::Secret;

/// The credentials of every kind, or those of one provider.
pub fn credentials(provider: Option<&str>) -> Request<'static, List<Credential>> {
    let route = |path| {
        let request = Request::get(path, "list the credentials");
        match provider {
            Some(provider) => request.query("provider", provider),
            None => request,
        }
    };
    route("api/v1/org/credentials").or(route("api/v1/credentials"))
}

/// One credential, without its secret fields.
pub fn credential(id: CredentialId) -> Request<'static, Object<CredentialDetail>> {
    Request::get(&format!("api/v1/org/credentials/{id}"), "get the credential")
}

/// Whether a name is free in the organisation.
pub fn name_check(name: &CredentialName) -> Request<'static, Object<NameCheck>> {
    Request::get("api/v1/org/credentials/validate", format!("check the name {name}"))
        .query("credential_name", name.as_str())
        .naming(name)
}

/// Deletes a credential of any kind.
pub fn delete_credential(
    id: CredentialId,
    organisation: Option<OrganisationId>,
    name: &str,
) -> Request<'static, Done> {
    let path = format!("api/v1/org/credentials/{id}");
    let request = Request::new(Method::DELETE, &path, format!("delete the credential {name}"));
    match organisation {
        Some(organisation) => request.query("organisation_id", organisation.to_string()),
        None => request,
    }
}

/// A cloud: its name in paths, and in sentences.
pub type Cloud = (&'static str, &'static str);

/// Lists the API credentials of one cloud.
pub fn cloud_credentials((slug, title): Cloud) -> Request<'static, List<Credential>> {
    Request::get(&format!("api/v1/credentials/{slug}"), format!("list the {title} credentials"))
}

/// Stores the credential of a cloud; `body` holds the name and the cloud's fields.
pub fn create_cloud_credential<'a>(
    (slug, title): Cloud,
    name: &CredentialName,
    body: Body<'a>,
) -> Request<'a, Confirmed> {
    let path = format!("api/v1/credentials/{slug}");
    Request::new(Method::POST, &path, format!("create the {title} credential {name}")).body(body).naming(name)
}

/// The SSH keys stored for one cloud.
pub fn ssh_keys((slug, title): Cloud) -> Request<'static, List<SshKey>> {
    Request::get(&format!("api/v1/credentials/{slug}/ssh-keys"), format!("list the {title} SSH keys"))
}

/// Stores a public key. The platform is never asked to make the pair: a private key does not
/// cross the wire.
pub fn create_ssh_key<'a>(
    (slug, title): Cloud,
    name: &'a CredentialName,
    public_key: &'a str,
) -> Request<'a, Confirmed> {
    let path = format!("api/v1/credentials/{slug}/ssh-key");
    let body =
        Body::new().plain("name", name.as_str()).plain("ssh_public_key", public_key).plain("generate", false);
    Request::new(Method::POST, &path, format!("create the {title} SSH key {name}")).body(body).naming(name)
}

/// The registry credentials of the organisation.
pub fn registry_credentials() -> Request<'static, Pages<RegistryCredentialPage>> {
    Request::get("api/v1/org/helm/credentials", "list the registry credentials")
}

/// One registry credential; never its password.
pub fn registry_credential(name: &CredentialName) -> Request<'static, Object<RegistryCredential>> {
    Request::get(&registry_path(name), format!("get the registry credential {name}"))
}

/// Stores a registry credential.
pub fn create_registry_credential<'a>(
    name: &'a CredentialName,
    username: &'a str,
    password: &'a Secret,
) -> Request<'a, Confirmed> {
    let route = |path, body: Body<'a>| {
        Request::new(Method::POST, path, format!("create the registry credential {name}"))
            .body(body.plain("username", username).secret("password", password))
            .naming(name)
    };
    let body = Body::new().plain("name", name.as_str());
    let guide = body.clone().plain("provider", REGISTRY);
    route("api/v1/org/helm/credentials", body).or(route("api/v1/credentials", guide))
}

/// Replaces the user name and the password of a registry credential.
pub fn update_registry_credential<'a>(
    name: &CredentialName,
    username: &'a str,
    password: &'a Secret,
) -> Request<'a, Done> {
    Request::new(Method::PUT, &registry_path(name), format!("update the registry credential {name}"))
        .body(Body::new().plain("username", username).secret("password", password))
}

/// Deletes a registry credential by its name.
pub fn delete_registry_credential(name: &CredentialName) -> Request<'static, Done> {
    Request::new(Method::DELETE, &registry_path(name), format!("delete the registry credential {name}"))
}

fn registry_path(name: &CredentialName) -> String {
    format!("api/v1/org/helm/credentials/{name}")
}

/// The registries that the organisation has added, each with the credential that it uses.
pub fn registries() -> Request<'static, Pages<RegistryPage>> {
    Request::get("api/v1/org/helm/registries", "list the registries")
}

/// The organisations that the owner of the token belongs to.
pub fn organisations() -> Request<'static, List<Organisation>> {
    Request::get("api/v1/org/organisation", "list the organisations")
}

/// One of them, with its members.
pub fn organisation(id: OrganisationId) -> Request<'static, Object<OrganisationDetail>> {
    Request::get(&format!("api/v1/org/organisation/{id}"), "get the organisation")
}

/// Makes another organisation the one that requests without a choice go to; `id` is its id.
pub fn switch_organisation(id: &str) -> Request<'_, Confirmed> {
    Request::new(Method::POST, "api/v1/org/organisation/switch", "switch the organisation")
        .body(Body::new().plain("organisation_id", id))
}

/// The owner's API tokens; never their text.
pub fn tokens() -> Request<'static, List<Token>> {
    Request::get("api/v1/org/account/tokens", "list your API tokens")
}

/// Revokes one of the owner's API tokens.
pub fn revoke_token(id: TokenId) -> Request<'static, Done> {
    Request::new(Method::POST, &format!("api/v1/org/account/tokens/{id}/revoke"), "revoke the token")
}

/// Makes a token, whose text is in the answer alone; without an end it never expires, without a scope it may do
/// all that its owner may.
pub fn create_token<'a>(
    name: &str,
    expires_at: Option<&str>,
    scopes: &[&str],
) -> Request<'a, Private<MadeToken>> {
    let body = Body::new().plain("name", name);
    let body = expires_at.into_iter().fold(body, |body, end| body.plain("expires_at", end));
    let body = if scopes.is_empty() { body } else { body.plain("scopes", scopes) };
    Request::new(Method::POST, "api/v1/org/account/tokens", format!("create the token {name}")).body(body)
}

/// Deletes one of the owner's API tokens that was revoked.
pub fn delete_token(id: TokenId) -> Request<'static, Done> {
    Request::new(Method::DELETE, &format!("api/v1/org/account/tokens/{id}"), "delete the token")
}

/// Starts a browser sign-in.
pub(super) fn start_login(query: [(&'static str, String); 4]) -> Request<'static, Private<LoginStart>> {
    let request = Request::get("api/v1/cli/login/init", "start to sign in");
    query.into_iter().fold(request, |request, (key, value)| request.query(key, value))
}

/// Collects the token of a browser sign-in.
pub(super) fn poll_login<'a>(ticket: &'a str, verifier: &'a Secret) -> Request<'a, Private<Poll>> {
    Request::new(Method::POST, "api/v1/cli/login/poll", "collect the token")
        .body(Body::new().plain("ticket", ticket).secret("code_verifier", verifier))
}
