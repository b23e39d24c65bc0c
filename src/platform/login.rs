//! Routes of the browser sign-in (PKCE, RFC 7636): no token is needed, and one is given.

mod page;

use std::time::{Duration, Instant};

pub use page::SignInPage;

use super::{
    client::Client,
    failure::{Fault, Reply},
    routes,
    types::LoginStart,
};
use crate::{
    error::{Error, ErrorKind, Run},
    http::{self, hide},
    secret::Secret,
};

/// A sign-in that has begun: where the person finishes it, and what its token is collected with.
#[derive(Debug)]
pub struct BegunLogin {
    pub page: SignInPage,
    pub ticket: String,
}

/// A token to keep, and what is known of it.
#[derive(Debug)]
pub struct Obtained {
    /// Shown to nobody.
    pub token: Secret,
    /// Its id, with which it can be revoked; `None` for one that was given, not obtained.
    pub id: Option<String>,
    /// Its name at the platform.
    pub name: Option<String>,
    /// RFC 3339, as the platform says it: it may be empty or no time at all, and then nothing is known.
    pub expires_at: Option<String>,
}

/// What collecting a token gives.
#[derive(Debug)]
pub enum LoginAnswer {
    /// The person has not finished yet.
    Waiting {
        /// What is missing is a second factor.
        second_factor: bool,
    },
    /// Nothing that says how it stands; the next answer may.
    Trouble {
        /// What came instead.
        why: String,
        /// How long the platform wants to be left alone.
        wait: Option<Duration>,
    },
    /// Signed in.
    Done(Obtained),
}

impl Client {
    /// Starts a sign-in. `code_challenge` is base64url(SHA-256(verifier)) without padding.
    ///
    /// # Errors
    /// Failure, if the platform knows no such sign-in, or names a page that nobody should be sent to; or as
    /// every call.
    pub async fn start_login(
        &self,
        code_challenge: &str,
        machine_id: &str,
        machine_name: &str,
    ) -> Result<BegunLogin, Error> {
        let query = [
            ("code_challenge", code_challenge.to_owned()),
            ("machine_id", machine_id.to_owned()),
            ("machine_name", machine_name.to_owned()),
            ("base_url", self.base().to_string()),
        ];
        let request = routes::start_login(query);
        let LoginStart { auth_url, ticket, auth0_domain } = match self.attempt(&request, self.end()).await {
            Ok(start) => start,
            Err(fault) if fault.is_no_route() && !matches!(fault, Fault::Malformed(_)) => {
                return Err(without_browser("the platform has no such sign-in"));
            }
            Err(Fault::Refused(reply)) if is_without_tickets(&reply) => {
                return Err(without_browser(TOO_OLD));
            }
            Err(fault) => return Err(ended(&fault, self.explain_request(&request, &fault))),
        };
        match ticket.filter(|ticket| !ticket.is_empty()) {
            Some(ticket) => Ok(BegunLogin {
                page: SignInPage::read(&auth_url, auth0_domain.as_deref(), self.base())?,
                ticket,
            }),
            None => Err(without_browser(TOO_OLD)),
        }
    }

    /// Collects the token of a sign-in, if the person has finished; waits for the answer until `end`.
    ///
    /// # Errors
    /// What ends the sign-in: timed out (it expired), declined, authentication (another verifier), failure.
    pub async fn poll_login(
        &self,
        ticket: &str,
        verifier: &Secret,
        end: Instant,
    ) -> Result<LoginAnswer, Error> {
        let request = routes::poll_login(ticket, verifier);
        let poll = match self.attempt(&request, end).await {
            Ok(poll) => poll,
            Err(fault) => {
                let explained = self.explain_request(&request, &fault);
                if is_final(&fault) {
                    return Err(ended(&fault, explained));
                }
                let wait = if let Fault::Refused(reply) = &fault { reply.retry_after } else { None };
                return Ok(LoginAnswer::Trouble { why: explained.causes().join(": "), wait });
            }
        };
        let status = poll.status.unwrap_or_default();
        match poll.token.filter(|token| !token.is_empty()) {
            Some(token) => {
                hide(&token);
                Ok(LoginAnswer::Done(Obtained {
                    token: Secret::copied(&token),
                    id: poll.token_id,
                    name: poll.token_name,
                    expires_at: poll.expires_at,
                }))
            }
            None if says_no(&status) => Err(declined()),
            None => {
                let second_factor =
                    poll.mfa_required.as_deref() == Some("true") || status.starts_with("mfa_");
                Ok(LoginAnswer::Waiting { second_factor })
            }
        }
    }
}

const TOO_OLD: &str = "the platform is too old for it";

fn without_browser(why: &str) -> Error {
    Error::failure("cannot sign in with a browser here")
        .cause(why)
        .run("sign in with an API token instead", Run::new("login").arg("--with-token"))
}

/// Whether a refusal means that the platform knows sign-ins without tickets only, which end at a local port.
fn is_without_tickets(reply: &Reply) -> bool {
    reply.status.as_u16() == 422 && String::from_utf8_lossy(&reply.body).contains("redirect_uri")
}

/// Whether waiting cannot help: a certificate that is refused stays so, and so does what the platform says no
/// to. What passes is a network, a platform or something between that is out of order.
fn is_final(fault: &Fault) -> bool {
    match fault {
        Fault::Http(http::Fault::Setup(_) | http::Fault::Redirected) => true,
        Fault::Http(http::Fault::NotConnected(why)) => why.is_tls() && !why.is_plain(),
        Fault::Http(_) | Fault::Malformed(_) => false,
        Fault::Refused(reply) => !matches!(reply.status.as_u16(), 408 | 425 | 429 | 500..),
    }
}

/// Whether the platform's words mean that the person said no.
fn says_no(words: &str) -> bool {
    let words = words.to_ascii_lowercase();
    // What a role lacks is said in these words; nobody said no then.
    words != "permission_denied" && ["denied", "declined", "rejected"].iter().any(|no| words.contains(no))
}

fn declined() -> Error {
    Error::new(ErrorKind::Declined, "the sign-in was denied in the browser")
}

/// The error of a sign-in that `fault` ends; `explained` holds what the platform says.
fn ended(fault: &Fault, explained: Error) -> Error {
    let Fault::Refused(reply) = fault else { return explained };
    let (detail, permission) = reply.detail();
    let refused = || Error::new(ErrorKind::Authentication, "the platform refuses this sign-in");
    let error = match reply.status.as_u16() {
        410 => Error::new(ErrorKind::TimedOut, "the sign-in expired"),
        403 if permission => return explained,
        403 if detail.as_deref().is_some_and(says_no) => declined(),
        401 | 403 => refused(),
        426 => Error::failure("this program is too old for the platform")
            .hint("install a newer version, as this one was installed"),
        400..=499 if explained.kind() != ErrorKind::Failure => Error::failure("the sign-in failed"),
        _ => return explained,
    };
    error.because(explained.with_hints([]))
}

#[cfg(test)]
mod tests {
    use reqwest::StatusCode;

    use super::{Fault, Reply, ended, http, is_final, is_without_tickets, says_no};
    use crate::{
        error::{Error, ErrorKind},
        platform::decode::Malformed,
    };

    fn reply(status: u16, body: &str) -> Reply {
        Reply { status: StatusCode::from_u16(status).unwrap(), body: body.into(), retry_after: None }
    }

    #[test]
    fn a_person_said_no_in_any_of_the_words_for_it() {
        for no in ["denied", "access_denied", "Declined", "REJECTED by the user"] {
            assert!(says_no(no), "{no}");
        }
        for other in ["permission_denied", "Permission_Denied", "pending", "approved", ""] {
            assert!(!says_no(other), "{other}");
        }
    }

    #[test]
    fn only_what_waiting_cannot_mend_is_final() {
        for (status, expected) in [
            (400, true),
            (401, true),
            (403, true),
            (404, true),
            (408, false),
            (410, true),
            (425, false),
            (426, true),
            (429, false),
            (499, true),
            (500, false),
            (503, false),
        ] {
            assert_eq!(is_final(&Fault::Refused(reply(status, ""))), expected, "{status}");
        }
        assert!(is_final(&http::Fault::Redirected.into()));
        assert!(is_final(&http::Fault::Setup(Error::failure("x")).into()));
        for fault in [http::Fault::TimedOut(None), http::Fault::Lost(String::new()), http::Fault::TooLarge(1)]
        {
            assert!(!is_final(&fault.into()));
        }
        assert!(!is_final(&Malformed::Empty.into()));
    }

    #[test]
    fn a_platform_without_tickets_asks_for_a_place_to_redirect_to() {
        assert!(is_without_tickets(&reply(422, r#"{"detail":[{"loc":["query","redirect_uri"]}]}"#)));
        assert!(!is_without_tickets(&reply(422, r#"{"detail":[{"loc":["query","machine_id"]}]}"#)));
        assert!(!is_without_tickets(&reply(400, "redirect_uri")));
    }

    #[test]
    fn a_sign_in_that_ends_tells_why() {
        const LACKS: &str = r#"{"detail":"permission_denied","permission":"p"}"#;
        for (status, body, before, after) in [
            (410, "", ErrorKind::Failure, (ErrorKind::TimedOut, "the sign-in expired")),
            (403, LACKS, ErrorKind::Permission, (ErrorKind::Permission, "explained")),
            (
                403,
                r#"{"detail":"access_denied"}"#,
                ErrorKind::Permission,
                (ErrorKind::Declined, "the sign-in was denied in the browser"),
            ),
            (
                403,
                r#"{"detail":"permission_denied"}"#,
                ErrorKind::Permission,
                (ErrorKind::Authentication, "the platform refuses this sign-in"),
            ),
            (
                401,
                "",
                ErrorKind::Authentication,
                (ErrorKind::Authentication, "the platform refuses this sign-in"),
            ),
            (426, "", ErrorKind::Failure, (ErrorKind::Failure, "this program is too old for the platform")),
            (404, "", ErrorKind::NotFound, (ErrorKind::Failure, "the sign-in failed")),
            (499, "", ErrorKind::Conflict, (ErrorKind::Failure, "the sign-in failed")),
            (400, "", ErrorKind::Failure, (ErrorKind::Failure, "explained")),
            (500, "", ErrorKind::OutcomeUnknown, (ErrorKind::OutcomeUnknown, "explained")),
        ] {
            let error = ended(&Fault::Refused(reply(status, body)), Error::new(before, "explained"));
            assert_eq!((error.kind(), error.message()), after, "{status} {body}");
        }
    }
}
