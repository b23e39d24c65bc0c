//! The service that gives tokens for a registry: with a path, as a pull asks it, and without one, as
//! a login does.
//!
//! With a path some answer alike whether the password is wrong or may not read it: GitHub refuses
//! both with 403, Harbor gives both a token that opens nothing. Without one they tell them apart.

use super::{
    challenge::Challenge,
    probe::{ANSWER_LIMIT, Ended, Probe, Progress, Reply, Trusted},
    reading::{Reading, reading},
    report::Verdict,
    token::BearerToken,
    url::place,
    words::Words,
};
use crate::http;

/// Where tokens come from.
pub(super) struct TokenService {
    /// With the path as scope, if there is one.
    address: Trusted,
    /// Without it; `None`: there is no path, and `address` is that.
    for_login: Option<Trusted>,
}

/// What the same question without a password gets.
pub(super) enum Anonymous {
    Refused,
    LetIn,
    Unclear(String),
}

/// What is known of the user name and the password, whatever they may read.
pub(super) enum PasswordIs {
    Right,
    /// They are refused: by this answer, if it is another than the one that was asked about.
    Wrong(Option<Box<Reply>>),
    Unclear,
}

impl TokenService {
    /// The service that `challenge` names, if the password may go there.
    pub(super) fn of(probe: &mut Probe<'_>, challenge: &Challenge) -> Progress<Self> {
        let path = probe.url.path();
        if path.is_empty() {
            return Ok(Self { address: probe.realm(challenge, None)?, for_login: None });
        }
        let scope = format!("repository:{path}:pull");
        let address = probe.realm(challenge, Some(&scope))?;
        Ok(Self { address, for_login: Some(probe.realm(challenge, None)?) })
    }

    pub(super) async fn own_token(&self, probe: &mut Probe<'_>) -> Progress<BearerToken> {
        let reply = probe.ask("token", &self.address, Some(probe.basic.clone()), ANSWER_LIMIT).await?;
        if !reply.is(200) {
            return Err(self.refused(probe, &reply).await);
        }
        let from = place(&self.address.0);
        let Some(token) = BearerToken::of(&reply.body) else {
            let detail = format!("{from} gave no token");
            return Err(probe.failed("token", detail, Verdict::NotARegistry, ["check the registry URL"]));
        };
        http::hide(token.secret.expose());
        probe.passed("token", format!("{from} gives one to {}", probe.username));
        Ok(token)
    }

    /// Ends the check where the service gives no token.
    async fn refused(&self, probe: &mut Probe<'_>, reply: &Reply) -> Ended {
        let words = Words::of(&reply.body);
        let login = match (reply.status.as_u16(), &self.for_login) {
            // Registries count failed logins: another is not risked if the answer is clear.
            (401, Some(_)) if words.blames_the_password() => PasswordIs::Unclear,
            (400 | 401 | 403, Some(_)) => self.bare_login(probe).await,
            // A web server on the way may refuse everything: that says nothing of the password.
            (400 | 403, None) if words.text.is_some() => PasswordIs::Wrong(None),
            (400 | 401 | 403, None) => PasswordIs::Unclear,
            _ => return probe.not_a_registry("token", reply),
        };
        match (login, reply.status.as_u16()) {
            (PasswordIs::Right, _) => probe.no_access("token", reply, true),
            (PasswordIs::Wrong(answer), _) => {
                probe.wrong_password("token", answer.as_deref().unwrap_or(reply))
            }
            (PasswordIs::Unclear, 401) => probe.wrong_password("token", reply),
            (PasswordIs::Unclear, 403) => probe.no_access("token", reply, false),
            (PasswordIs::Unclear, _) => probe.not_a_registry("token", reply),
        }
    }

    /// What is known of the password if `token` was given for it and the path was refused.
    pub(super) async fn login(&self, probe: &mut Probe<'_>, token: &BearerToken) -> PasswordIs {
        // Where nobody gets a token without a password, the password was right.
        if token.names_somebody || matches!(anonymous(probe, &self.address, None).await, Anonymous::Refused) {
            return PasswordIs::Right;
        }
        self.bare_login(probe).await
    }

    /// Asks for a token for no path, as a login does.
    pub(super) async fn bare_login(&self, probe: &mut Probe<'_>) -> PasswordIs {
        let Some(address) = &self.for_login else { return PasswordIs::Unclear };
        let own = probe.get(address, Some(probe.basic.clone()), ANSWER_LIMIT).await;
        let Ok(reply) = own else { return PasswordIs::Unclear };
        match reply.status.as_u16() {
            200 => {}
            401 => return PasswordIs::Wrong(Some(Box::new(reply))),
            400 | 403 if Words::of(&reply.body).text.is_some() => {
                return PasswordIs::Wrong(Some(Box::new(reply)));
            }
            _ => return PasswordIs::Unclear,
        }
        let Some(token) = BearerToken::of(&reply.body) else { return PasswordIs::Unclear };
        http::hide(token.secret.expose());
        if token.names_somebody || matches!(anonymous(probe, address, None).await, Anonymous::Refused) {
            PasswordIs::Right
        } else {
            PasswordIs::Unclear
        }
    }

    /// What `url` gives without a password. With it, `url` gave `own`: a registry that hides a path from
    /// others answers them that it does not exist.
    pub(super) async fn anonymous(&self, probe: &mut Probe<'_>, url: &Trusted, own: &Reading) -> Anonymous {
        anonymous(probe, &self.address, Some((url, own))).await
    }
}

/// Does without a password what was done with it: asks for a token, and with that for an address.
async fn anonymous(probe: &mut Probe<'_>, realm: &Trusted, asked: Option<(&Trusted, &Reading)>) -> Anonymous {
    let unclear =
        |reply: &Reply| Anonymous::Unclear(format!("the registry answered {}", reply.status.as_u16()));
    let reply = match probe.get(realm, None, ANSWER_LIMIT).await {
        Ok(reply) if reply.refuses() => return Anonymous::Refused,
        Ok(reply) if reply.is(200) => reply,
        Ok(reply) => return unclear(&reply),
        Err(_) => return Anonymous::Unclear("the registry does not answer".into()),
    };
    // Some refuse by an answer without a token.
    let Some(token) = BearerToken::of(&reply.body) else { return Anonymous::Refused };
    let Some((url, own)) = asked else { return Anonymous::LetIn };
    http::hide(token.secret.expose());
    match probe.get(url, Some(token.header), ANSWER_LIMIT).await {
        Ok(reply) => match (reading(&reply), own) {
            (Reading::Refused, _) | (Reading::Nothing | Reading::NotFound, Reading::Yes) => {
                Anonymous::Refused
            }
            (Reading::Yes | Reading::Nothing, _) => Anonymous::LetIn,
            (Reading::NotFound | Reading::Other, _) => unclear(&reply),
        },
        Err(_) => Anonymous::Unclear("the registry does not answer".into()),
    }
}
