//! Routes of the token's owner: organisations, tokens, browser sign-in.

use reqwest::Method;

use super::{
    client::AuthenticatedClient,
    names::{OrganisationId, TokenId},
    request::Request,
    types::{Organisation, Token},
};
use crate::error::Result;

/// The request that revokes a token.
#[must_use]
pub fn revoke_request(id: TokenId) -> Request<'static> {
    Request::new(Method::POST, &format!("api/v1/org/account/tokens/{id}/revoke"), "revoke the token")
}

impl AuthenticatedClient {
    /// The organisations that the token's owner belongs to.
    ///
    /// # Errors
    /// Authentication, or as every call.
    pub async fn organisations(&self) -> Result<Vec<Organisation>> {
        self.list(&Request::get("api/v1/org/organisation", "list the organisations")).await
    }

    /// Makes another organisation the one that requests without a choice go to.
    ///
    /// # Errors
    /// Not found, or as every call.
    pub async fn switch_organisation(&self, id: OrganisationId) -> Result<()> {
        let id = id.to_string();
        let body = super::Body::new().text("organisation_id", &id);
        self.change(
            &Request::new(Method::POST, "api/v1/org/organisation/switch", "switch the organisation")
                .body(body),
        )
        .await
    }

    /// The owner's API tokens; never their text.
    ///
    /// # Errors
    /// As every call.
    pub async fn tokens(&self) -> Result<Vec<Token>> {
        self.list(&Request::get("api/v1/org/account/tokens", "list your API tokens")).await
    }

    /// Revokes one of the owner's tokens.
    ///
    /// # Errors
    /// Not found; outcome unknown; or as every call.
    pub async fn revoke_token(&self, id: TokenId) -> Result<()> {
        self.perform(&revoke_request(id)).await
    }
}
