//! Routes for cloud credentials and SSH keys: one shape for every provider.

use reqwest::Method;

use super::{
    client::AuthenticatedClient,
    credential::Credential,
    names::CredentialName,
    request::{Body, Request},
    types::SshKey,
};
use crate::error::Result;

/// The request that stores a cloud credential; `body` holds the name and the provider's fields.
#[must_use]
pub fn create_cloud_request<'a>(provider: &str, name: &CredentialName, body: Body<'a>) -> Request<'a> {
    Request::new(
        Method::POST,
        &format!("api/v1/credentials/{provider}"),
        format!("create the {provider} credential {name}"),
    )
    .body(body)
}

/// The request that stores a public key. The platform is never asked to make the pair: a
/// private key does not cross the wire.
#[must_use]
pub fn create_ssh_key_request<'a>(
    provider: &str,
    name: &'a CredentialName,
    public_key: &'a str,
) -> Request<'a> {
    let body =
        Body::new().text("name", name.as_str()).text("ssh_public_key", public_key).flag("generate", false);
    Request::new(
        Method::POST,
        &format!("api/v1/credentials/{provider}/ssh-key"),
        format!("create the {provider} SSH key {name}"),
    )
    .body(body)
}

impl AuthenticatedClient {
    /// Sends a request that creates something.
    ///
    /// # Errors
    /// Conflict (the name is taken); outcome unknown; or as every call.
    pub async fn create(&self, request: &Request<'_>) -> Result<()> {
        self.change(request).await
    }

    /// The credentials of one cloud provider.
    ///
    /// # Errors
    /// As every call.
    pub async fn cloud_credentials(&self, provider: &str) -> Result<Vec<Credential>> {
        let action = format!("list the {provider} credentials");
        self.list(&Request::get(&format!("api/v1/credentials/{provider}"), action)).await
    }

    /// The SSH keys stored for one cloud provider.
    ///
    /// # Errors
    /// As every call.
    pub async fn ssh_keys(&self, provider: &str) -> Result<Vec<SshKey>> {
        let action = format!("list the {provider} SSH keys");
        self.list(&Request::get(&format!("api/v1/credentials/{provider}/ssh-keys"), action)).await
    }
}
