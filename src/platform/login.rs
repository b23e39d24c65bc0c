//! Routes of the browser sign-in (PKCE, RFC 7636): no token is needed, and one is given.

use reqwest::Method;
use serde::Deserialize;
use zeroize::Zeroizing;

use super::{
    client::Client,
    decode::{self, Malformed},
    failure::refusal,
    request::{Body, Request},
};
use crate::{
    error::{Error, Result},
    secret::Secret,
};

/// Where the browser goes, and the ticket that the token is collected with.
#[derive(Clone, Debug, Deserialize)]
pub struct LoginStart {
    /// The page on which the person signs in.
    pub auth_url: String,
    /// Names this sign-in at the platform.
    pub state: String,
    /// Collects the token, together with the verifier.
    pub ticket: String,
}

/// What collecting a token gives.
#[derive(Debug)]
pub enum LoginAnswer {
    /// The person has not finished yet; the platform's word for what is missing.
    Waiting(String),
    /// Signed in.
    Done {
        /// The token.
        token: Secret,
        /// Its id, with which it can be revoked.
        token_id: Option<String>,
        /// RFC 3339; `None`: no end.
        expires_at: Option<String>,
    },
}

#[derive(Deserialize)]
struct Poll {
    #[serde(default)]
    token: Zeroizing<String>,
    #[serde(default)]
    token_id: Option<String>,
    #[serde(default)]
    expires_at: Option<String>,
    #[serde(default)]
    status: Option<String>,
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
        let request = Request::get("api/v1/cli/login/init", "start to sign in")
            .query("code_challenge", code_challenge)
            .query("machine_id", machine_id)
            .query("machine_name", machine_name)
            .query("base_url", self.base().to_string());
        let body = self.accepted(&request).await?;
        decode::object(&body).map_err(|malformed| useless(&request, &malformed))
    }

    /// Collects the token of a sign-in, if the person has finished.
    ///
    /// # Errors
    /// Permission (403, another verifier), failure (410, too late; 426, this client is too old), or as every call.
    pub async fn poll_login(&self, ticket: &str, verifier: &Secret) -> Result<LoginAnswer> {
        let request = Request::new(Method::POST, "api/v1/cli/login/poll", "collect the token")
            .body(Body::new().text("ticket", ticket).secret("code_verifier", verifier));
        let body = Zeroizing::new(self.accepted(&request).await?);
        let poll: Poll = decode::object(&body).map_err(|malformed| useless(&request, &malformed))?;
        if poll.token.is_empty() {
            return Ok(LoginAnswer::Waiting(poll.status.unwrap_or_default()));
        }
        let token = Secret::new(poll.token.to_string());
        Ok(LoginAnswer::Done { token, token_id: poll.token_id, expires_at: poll.expires_at })
    }

    async fn accepted(&self, request: &Request<'_>) -> Result<Vec<u8>> {
        let answer = self.exchange_openly(request).await?;
        if answer.status.is_success() {
            return Ok(answer.body);
        }
        Err(refusal(&request.action, request.is_read(), &answer))
    }
}

/// Not quoted: it may hold the token, which nothing here knows yet and so nothing could redact.
fn useless(request: &Request<'_>, malformed: &Malformed) -> Error {
    Error::failure(format!("cannot {}", request.action)).cause(match malformed {
        Malformed::NotJson(_) => "the answer is not JSON".to_owned(),
        other => other.to_string(),
    })
}
