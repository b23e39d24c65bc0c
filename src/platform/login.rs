//! Routes of the browser sign-in (PKCE, RFC 7636): no token is needed, and one is given.

use super::{client::Client, routes, types::LoginStart};
use crate::{error::Result, secret::Secret};

/// What collecting a token gives.
#[derive(Debug)]
pub enum LoginAnswer {
    /// The person has not finished yet; the platform's word for what is missing.
    Waiting(String),
    /// Signed in.
    Done {
        /// Shown to nobody.
        token: Secret,
        /// Its id, with which it can be revoked.
        token_id: Option<String>,
        /// RFC 3339; `None`: no end.
        expires_at: Option<String>,
    },
}

impl Client {
    /// Starts a sign-in. `code_challenge` is base64url(SHA-256(verifier)) without padding.
    ///
    /// # Errors
    /// As every call.
    pub async fn start_login(
        &self,
        code_challenge: &str,
        machine_id: &str,
        machine_name: &str,
    ) -> Result<LoginStart> {
        let query = [
            ("code_challenge", code_challenge.to_owned()),
            ("machine_id", machine_id.to_owned()),
            ("machine_name", machine_name.to_owned()),
            ("base_url", self.base().to_string()),
        ];
        self.send(&routes::start_login(query)).await
    }

    /// Collects the token of a sign-in, if the person has finished.
    ///
    /// # Errors
    /// Permission (403, another verifier), failure (410, too late; 426, this client is too old), or as every call.
    pub async fn poll_login(&self, ticket: &str, verifier: &Secret) -> Result<LoginAnswer> {
        let poll = self.send(&routes::poll_login(ticket, verifier)).await?;
        if poll.token.is_empty() {
            return Ok(LoginAnswer::Waiting(poll.status.unwrap_or_default()));
        }
        let token = Secret::copied(&poll.token);
        Ok(LoginAnswer::Done { token, token_id: poll.token_id, expires_at: poll.expires_at })
    }
}
