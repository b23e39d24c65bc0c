//! The service that gives tokens for a registry: with a path, as a pull asks it, and without one, as
//! a login does.
//!
//! Whether a password may go there is decided in [`super::realm`].
//!
//! With a path some answer alike whether the password is wrong or may not read it: GitHub refuses
//! both with 403, Harbor gives both a token that opens nothing. Without one they tell them apart.

use url::Url;

use super::{
    challenge::Challenge,
    probe::{Ended, Probe, Progress},
    realm::{Allowed, Refused, TokenHost, decide},
    reply::{Reading, Reply, Trusted},
    report::{Retry, Verdict},
    token::BearerToken,
    words::Words,
};
use crate::{http::quote, providers::caller::place};

pub(super) struct TokenService {
    /// With the path as scope, if there is one.
    pub(super) address: Trusted,
    /// Without it; `None`: there is no path, and `address` is that.
    for_login: Option<Trusted>,
    allowed: Allowed,
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
    /// They are refused, by this answer.
    Wrong(Box<Reply>),
    Unclear,
}

impl TokenService {
    /// The service that `challenge` names, if the password may go there.
    pub(super) fn of(probe: &mut Probe<'_>, challenge: &Challenge) -> Progress<Self> {
        let path = probe.url.path();
        if path.is_empty() {
            let (address, allowed) = probe.token_address(challenge, None)?;
            return Ok(Self { address, for_login: None, allowed });
        }
        let scope = format!("repository:{path}:pull");
        let (address, allowed) = probe.token_address(challenge, Some(&scope))?;
        let (for_login, _) = probe.token_address(challenge, None)?;
        Ok(Self { address, for_login: Some(for_login), allowed })
    }

    pub(super) async fn own_token(&self, probe: &mut Probe<'_>) -> Progress<BearerToken> {
        let reply = probe.ask("token", &self.address, Some(probe.basic.clone())).await?;
        if !reply.is(200) {
            return Err(self.refused(probe, &reply).await);
        }
        let from = place(&self.address.0);
        let Some(token) = BearerToken::of(&reply.body) else {
            let detail = format!("{from} gave no token");
            return Err(probe.failed("token", detail, Verdict::NotARegistry, ["check the registry URL"]));
        };
        let told = self.allowed.told();
        probe.passed("token", format!("{from} gives one to {}{told}", probe.username));
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
            (400 | 403, None) if words.text.is_some() => return probe.wrong_password("token", reply),
            (400 | 401 | 403, None) => PasswordIs::Unclear,
            _ => return probe.not_a_registry("token", reply),
        };
        match (login, reply.status.as_u16()) {
            (PasswordIs::Right, _) => probe.no_access("token", reply, true),
            (PasswordIs::Wrong(answer), _) => probe.wrong_password("token", &answer),
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
        let own = probe.get(address, Some(probe.basic.clone())).await;
        let Ok(reply) = own else { return PasswordIs::Unclear };
        let has_words = || Words::of(&reply.body).text.is_some();
        if reply.is(401) || ((reply.is(400) || reply.is(403)) && has_words()) {
            return PasswordIs::Wrong(Box::new(reply));
        }
        let Some(token) = BearerToken::of(&reply.body).filter(|_| reply.is(200)) else {
            return PasswordIs::Unclear;
        };
        if token.names_somebody || matches!(anonymous(probe, address, None).await, Anonymous::Refused) {
            PasswordIs::Right
        } else {
            PasswordIs::Unclear
        }
    }
}

/// Does without a password what was done with it: asks for a token, and with that for an address that
/// then gave what is beside it. A registry that hides a path from others answers them that it does not
/// exist.
pub(super) async fn anonymous(
    probe: &mut Probe<'_>,
    realm: &Trusted,
    asked: Option<(&Trusted, &Reading)>,
) -> Anonymous {
    let unclear =
        |reply: &Reply| Anonymous::Unclear(format!("the registry answered {}", reply.status.as_u16()));
    let reply = match probe.get(realm, None).await {
        Ok(reply) if matches!(reply.reading(), Reading::Refused) => return Anonymous::Refused,
        Ok(reply) if reply.is(200) => reply,
        Ok(reply) => return unclear(&reply),
        Err(_) => return Anonymous::Unclear("the registry does not answer".into()),
    };
    // Some refuse by an answer without a token.
    let Some(token) = BearerToken::of(&reply.body) else { return Anonymous::Refused };
    let Some((url, own)) = asked else { return Anonymous::LetIn };
    match probe.get(url, Some(token.header)).await {
        Ok(reply) => match (reply.reading(), own) {
            (Reading::Refused, _) | (Reading::Nothing | Reading::NotFound, Reading::Yes) => {
                Anonymous::Refused
            }
            (Reading::Yes | Reading::Nothing, _) => Anonymous::LetIn,
            (Reading::NotFound | Reading::Other, _) => unclear(&reply),
        },
        Err(_) => Anonymous::Unclear("the registry does not answer".into()),
    }
}

impl Probe<'_> {
    /// The address that gives tokens for `scope`, if the password may go there.
    fn token_address(&mut self, challenge: &Challenge, scope: Option<&str>) -> Progress<(Trusted, Allowed)> {
        let realm = challenge.param("realm").unwrap_or_default();
        let Ok(mut url) = Url::parse(realm) else {
            let detail = format!("the address for tokens cannot be read: {}", quote(realm));
            return Err(self.failed("token", detail, Verdict::NotARegistry, ["check the registry URL"]));
        };
        let allowed = match decide(&url, &self.base, self.known.realm, self.token_host) {
            Ok(allowed) => allowed,
            Err(why) => return Err(self.foreign(&url, why)),
        };
        self.tell_of(&url, allowed);
        url.set_fragment(None);
        {
            let mut query = url.query_pairs_mut();
            for (key, value) in [("service", challenge.param("service")), ("scope", scope)] {
                query.extend_pairs(value.filter(|value| !value.is_empty()).map(|value| (key, value)));
            }
        }
        Ok((Trusted(url), allowed))
    }

    /// Ends the check where the password may not go to `realm`.
    fn foreign(&mut self, realm: &Url, why: Refused) -> Ended {
        let (to, place) = (quote(&format!("{}://{}", realm.scheme(), place(realm))), place(realm));
        let detail =
            format!("the registry asks for the password to be sent to {to}: {why}; nothing was sent");
        let hint = match why {
            Refused::OtherHost => {
                let words = "if that host is the registry's own, run";
                let is_host = place.parse::<TokenHost>().is_ok();
                self.report.retry = is_host.then_some(Retry { words, flag: "--token-host", value: place });
                "some registries get their tokens from another host, as a self-managed GitLab does: such a host is \
                 sent the password where --token-host names it"
            }
            Refused::Plain | Refused::UserInfo => "check the registry URL, or ask who runs the registry",
        };
        self.failed("token", detail, Verdict::ForeignRealm, [hint])
    }

    /// Says where the password goes, if not to the registry itself.
    fn tell_of(&mut self, realm: &Url, allowed: Allowed) {
        if allowed == Allowed::Registry {
            return;
        }
        let told = quote(&format!("its tokens come from {}{}", place(realm), allowed.told()));
        let is_new = self.report.remark.as_ref() != Some(&told);
        if is_new {
            self.trace(&told);
            self.report.remark = Some(told);
        }
    }
}
