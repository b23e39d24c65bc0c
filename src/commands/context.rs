//! What every command gets.

use std::rc::Rc;

use super::{Invocation, cache::forget};
use crate::{
    deadline::Deadline,
    error::{Error, ErrorKind, Result, Run},
    files::Patience,
    http::hide,
    output::{Output, named, shorten},
    platform::{
        API_TOKEN, AuthenticatedClient, BaseUrl, Client, OrganisationId, OrganisationRef, Request, routes,
    },
    secret::{Field, Passed, Secret, pass},
    settings::{Settings, TokenFrom, TokenSource},
    terminal::Terminal,
};

/// The widest that the title of an organisation is in a sentence.
pub(super) const WIDEST_TITLE: usize = 64;

/// Settings, the person at the terminal, and where results go.
#[derive(Debug)]
pub struct Context {
    pub settings: Settings,
    /// When the command stops waiting for others.
    pub deadline: Deadline,
    pub terminal: Terminal,
    pub output: Rc<Output>,
    /// Puts commands that are printed into words.
    pub invocation: Invocation,
}

impl Context {
    /// How long files that others are changing are waited for, and who is told of that.
    pub fn patience(&self) -> Patience<'_> {
        Patience::new(self.deadline.end(), |text| self.output.warn(text))
    }

    /// Fails if there is no token, before a person is asked for anything.
    ///
    /// # Errors
    /// Authentication.
    pub fn ensure_token(&self) -> Result<()> {
        if self.settings.sandbox || self.settings.token.is_some() {
            return Ok(());
        }
        Err(self.not_signed_in())
    }

    /// A client that may send what needs a token, for the organisation that was chosen.
    ///
    /// With `--sandbox` the embedded platform is started first and lives until the
    /// process ends.
    ///
    /// # Errors
    /// Authentication, if there is no token; not found, if there is no such organisation.
    pub async fn client(&mut self) -> Result<AuthenticatedClient> {
        let mut client = self.client_of_own_organisation().await?;
        if let Some(wanted) = &self.settings.organisation {
            let organisation = find_organisation(&client, wanted).await?;
            client.set_organisation(organisation);
        }
        Ok(client)
    }

    /// As [`Self::client`], whatever organisation was chosen.
    ///
    /// # Errors
    /// Authentication, if there is no token.
    pub async fn client_of_own_organisation(&mut self) -> Result<AuthenticatedClient> {
        if self.settings.sandbox {
            self.start_sandbox().await?;
        }
        let Some(found) = &self.settings.token else {
            return Err(self.not_signed_in());
        };
        self.client_with(self.settings.base_url.clone(), &found.token, Some(found.source))
    }

    /// As [`Self::client`]. For a dry run there is none where nobody is signed in or the platform cannot be
    /// reached: then nothing is known of what is there.
    ///
    /// # Errors
    /// As [`Self::client`].
    pub async fn client_if(&mut self, dry_run: bool) -> Result<Option<AuthenticatedClient>> {
        if dry_run && self.ensure_token().is_err() {
            self.output.note("Not signed in: what is on the platform is not looked at.");
            return Ok(None);
        }
        match self.client().await {
            Err(error) if dry_run && is_out_of_reach(&error) => {
                self.output.warn(&format!("what is on the platform is not known: {}", error.in_one_line()));
                Ok(None)
            }
            result => result.map(Some),
        }
    }

    /// Shows `request`, which is not sent, and would not be where `there` is what has the name already.
    ///
    /// # Errors
    /// Failure, if the result cannot be written.
    pub fn preview<T>(&self, request: &Request<'_, T>, there: Option<&str>) -> Result<()> {
        if let Some(name) = there {
            self.output.note(&format!("{} exists already; nothing would be sent.", named(name)));
        }
        self.output.item(&request.preview(&self.settings.base_url, there.is_none()))
    }

    /// A client of any address with any token, which is from `source`.
    ///
    /// # Errors
    /// Usage, if the token has characters that no token has.
    pub fn client_with(
        &self,
        base: BaseUrl,
        token: &Secret,
        source: Option<TokenSource>,
    ) -> Result<AuthenticatedClient> {
        let passed = pass(token.expose(), &API_TOKEN, false).map_err(|refusal| {
            let source = source.map(|source| source.to_string()).unwrap_or_default();
            refusal.with_message(format!("the API token{source} cannot be used"))
        })?;
        let token = self.told(&API_TOKEN, passed);
        let output = Rc::clone(&self.output);
        let trace = Rc::new(move |level: u8, line: &str| output.trace(level, line));
        let paths = self.settings.paths.clone();
        Client::new(base, self.deadline.clone(), trace)
            .on_change(Rc::new(move || forget(&paths)))
            .authenticate(&token)
    }

    /// Returns the value of `field`, after saying what was left out of it and what is unusual about it. A secret
    /// is kept out of all that is shown from then on.
    pub fn told(&self, field: &Field, passed: Passed) -> Secret {
        if !field.is_public {
            hide(passed.value.expose());
        }
        if !passed.cut.is_empty() {
            self.output.note(&format!("Left out of the {}: {}.", field.label, passed.cut.join(", ")));
        }
        passed.doubts.iter().for_each(|doubt| self.output.warn(doubt));
        passed.value
    }

    /// Builds the error for a command that needs a token.
    pub fn not_signed_in(&self) -> Error {
        let error = Error::new(ErrorKind::Authentication, "you are not signed in");
        let error = match &self.settings.token_elsewhere {
            Some(elsewhere) => error.cause(elsewhere),
            None => error,
        };
        error
            .run("sign in with", Run::new("login").arg("--with-token"))
            .hint("in scripts, set ANKRA_API_TOKEN; to try without an account, add --sandbox")
    }

    #[cfg(feature = "sandbox")]
    async fn start_sandbox(&mut self) -> Result<()> {
        use std::net::{Ipv4Addr, SocketAddr};

        let sandbox = crate::sandbox::Sandbox::new(self.settings.paths.sandbox()?);
        sandbox.exposure().iter().for_each(|warning| self.output.warn(warning));
        let listening = sandbox.listen(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), None);
        let (server, tokens) = sandbox.waited_for(&self.patience(), listening).await?;
        self.settings.base_url = format!("http://{}", server.address()).parse()?;
        server.start();
        if self.settings.token.is_none() {
            self.settings.token = Some(TokenFrom { token: tokens.admin, source: TokenSource::Sandbox });
        }
        Ok(())
    }

    #[cfg(not(feature = "sandbox"))]
    #[expect(clippy::unused_async, reason = "the same signature as with the sandbox")]
    async fn start_sandbox(&mut self) -> Result<()> {
        let _ = TokenFrom { token: Secret::new(String::new()), source: TokenSource::Sandbox };
        Err(no_sandbox())
    }
}

/// The error of a build without the sandbox.
#[cfg(not(feature = "sandbox"))]
pub(super) fn no_sandbox() -> Error {
    Error::usage("this build has no sandbox")
        .hint("install it with its default features: cargo install ankra")
}

/// Whether `error` says nothing of what is on the platform.
pub(super) fn is_out_of_reach(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::Failure | ErrorKind::TimedOut)
}

/// An id is taken as it is. A slug is looked up, or else a name, in any letter case.
async fn find_organisation(client: &AuthenticatedClient, wanted: &OrganisationRef) -> Result<OrganisationId> {
    let wanted = match wanted {
        OrganisationRef::Id(id) => return Ok(*id),
        OrganisationRef::Name(name) => name.trim(),
    };
    let all = client.send(&routes::organisations()).await?;
    let is_wanted = |text: &String| text.trim().to_lowercase() == wanted.to_lowercase();
    let mut matches: Vec<_> = all.iter().filter(|org| org.slug.as_ref().is_some_and(is_wanted)).collect();
    if matches.is_empty() {
        matches = all.iter().filter(|org| org.name.as_ref().is_some_and(is_wanted)).collect();
    }
    match matches.as_slice() {
        [one] => one.organisation_id.parse(),
        [] => {
            let names: Vec<_> = all.iter().take(20).map(|one| shorten(one.title(), WIDEST_TITLE)).collect();
            Err(Error::new(
                ErrorKind::NotFound,
                format!("there is no organisation {wanted:?} that you belong to"),
            )
            .hint(format!("your organisations: {}", names.join(", "))))
        }
        several => {
            let ids: Vec<_> = several.iter().take(20).map(|org| named(&org.organisation_id)).collect();
            Err(Error::usage(format!("several organisations are named {wanted:?}"))
                .hint(format!("choose one by its id: {}", ids.join(", "))))
        }
    }
}
