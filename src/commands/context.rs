//! What every command gets.

use std::rc::Rc;

use super::{
    Invocation,
    cache::{AGE_OF_ID, Cache, Entry, Kind, forget, keep_organisations, organisations},
};
use crate::{
    deadline::Deadline,
    error::{Error, ErrorKind, Hint, Result, Run},
    files::Patience,
    http::hide,
    output::{Output, named, shorten},
    platform::{
        API_TOKEN, AuthenticatedClient, BaseUrl, Client, Organisation, OrganisationRef, Request, Trace,
        routes,
    },
    secret::{Field, Passed, Secret, pass},
    settings::{ChosenBy, Held, Profile, Settings, TokenFrom, TokenSource},
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

    /// Where requests tell what they do.
    pub fn trace(&self) -> Trace {
        let output = Rc::clone(&self.output);
        Rc::new(move |level: u8, line: &str| output.trace(level, line))
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

    /// A client that may send what needs a token, for the organisation that was chosen. Its id may be known from a
    /// while ago: before a change it is looked up again.
    ///
    /// With `--sandbox` the embedded platform is started first and lives until the
    /// process ends.
    ///
    /// # Errors
    /// Authentication, if there is no token; not found, if there is no such organisation.
    pub async fn client(&mut self) -> Result<AuthenticatedClient> {
        let mut client = self.client_of_own_organisation().await?;
        match self.settings.organisation.wanted.clone() {
            Some(OrganisationRef::Id(id)) => client.set_organisation(id),
            Some(OrganisationRef::Name(name)) => self.choose(&mut client, name).await?,
            None => {}
        }
        if self.settings.organisation.by == ChosenBy::OfficialCli
            && let Some(title) = &self.settings.organisation.title
        {
            let title = shorten(title, WIDEST_TITLE);
            self.output.note(&format!("In organisation {title}, which was chosen with the official CLI."));
        }
        Ok(client)
    }

    /// Has `client` act in the organisation `name`: that of a while ago, or else as the platform says now.
    async fn choose(&mut self, client: &mut AuthenticatedClient, name: String) -> Result<()> {
        let cache = Cache::of(&self.settings, Kind::Organisations);
        let held = cache.as_ref().and_then(|cache| cache.load(AGE_OF_ID));
        let held: Vec<Organisation> = held.iter().flatten().map(Entry::organisation).collect();
        if let Ok(known) = pick(&held, &name)
            && let Ok(id) = known.organisation_id.parse()
        {
            self.settings.organisation.title = Some(known.title().to_owned());
            let find = move |all: &[Organisation]| {
                if let Some(cache) = &cache {
                    cache.save(&organisations(all));
                }
                pick(all, &name)?.organisation_id.parse()
            };
            client.presume(id, Box::new(find));
            return Ok(());
        }
        let all = client.send(&routes::organisations()).await?;
        keep_organisations(&self.settings, &all);
        let found = pick(&all, &name)?;
        client.set_organisation(found.organisation_id.parse()?);
        self.settings.organisation.title = Some(found.title().to_owned());
        Ok(())
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
        let token = match &found.held {
            // A person may be asked by the command, and takes the time that it takes.
            Held::Command(_) if self.terminal.can_ask() => self.deadline.paused(|| found.held.read(None))?,
            held => held.read(Some(self.deadline.left()))?,
        };
        self.client_with(self.settings.base_url.clone(), &token, Some(found.source))
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
        let found = match self.client().await {
            // A name that has moved is another place to create something in.
            Ok(client) => client.confirm().await.map(|()| client),
            Err(error) => Err(error),
        };
        match found {
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
        let place = self.place();
        self.output.note(&match there {
            Some(name) => format!("{} exists already{place}; nothing would be sent.", named(name)),
            None => format!("Nothing is changed{place}: this is a dry run."),
        });
        self.changed(request.preview(&self.settings.base_url, there.is_none()))
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
        let paths = self.settings.paths.clone();
        Client::new(base, self.deadline.clone(), self.trace())
            .on_change(Rc::new(move || forget(&paths)))
            .on_refusal(self.on_refusal(source))
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

    /// What helps where a token from `source` is refused.
    fn on_refusal(&self, source: Option<TokenSource>) -> Hint {
        let login = Run::new("login");
        match source {
            Some(TokenSource::Environment) if self.settings.has_login => {
                Hint::from("ANKRA_API_TOKEN is expired or revoked: unset it to use your saved login")
            }
            Some(TokenSource::Environment) => Hint::run(
                "ANKRA_API_TOKEN is expired or revoked: set another, or unset it and sign in with",
                login,
            ),
            Some(TokenSource::Command) => Hint::from(
                "the token that token-command prints is expired or revoked: store another where it reads",
            ),
            Some(TokenSource::OfficialCli) => {
                Hint::run("the token in ~/.ankra.yaml is expired or revoked: sign in with", login)
            }
            Some(TokenSource::Sandbox) => Hint::run("make the sandbox anew with", Run::new("sandbox reset")),
            Some(TokenSource::Saved) | None => {
                Hint::run("the token is expired or revoked: sign in again with", login)
            }
        }
    }

    /// Builds the error for a command that needs a token.
    pub fn not_signed_in(&self) -> Error {
        let error = Error::new(ErrorKind::Authentication, "you are not signed in");
        let error = match &self.settings.token_elsewhere {
            Some(elsewhere) => error.cause(elsewhere),
            None => error,
        };
        let own = self.settings.profile.as_ref().map_or(Profile::DEFAULT, Profile::name);
        let profiles = self.settings.profiles().unwrap_or_default().into_iter();
        let others = profiles.filter(|(other, known)| other.name() != own && known.held.is_some());
        let others: Vec<String> = others.map(|(other, _)| other.name().to_owned()).collect();
        let error = match others.as_slice() {
            [] => error,
            [one] => error.hint(format!("you are signed in as profile {one}: add --profile {one}")),
            several => {
                let names = several[..several.len().min(20)].join(", ");
                error.hint(format!("you are signed in as other profiles: add --profile and one of {names}"))
            }
        };
        error
            .run("sign in with", Run::new("login"))
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
            if self.settings.organisation.wanted.is_none() {
                self.settings.organisation.title = Some(tokens.organisation.name);
            }
            let held = Held::Here(tokens.admin);
            self.settings.token = Some(TokenFrom { held, source: TokenSource::Sandbox });
        }
        Ok(())
    }

    #[cfg(not(feature = "sandbox"))]
    #[expect(clippy::unused_async, reason = "the same signature as with the sandbox")]
    async fn start_sandbox(&mut self) -> Result<()> {
        let _ = TokenFrom { held: Held::Here(Secret::new(String::new())), source: TokenSource::Sandbox };
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

/// The organisation that `wanted` names: the id if it is one, else a slug, else a name, in any letter case and
/// without the blanks around it.
///
/// # Errors
/// Not found, with those that there are; usage, if several have the name.
pub(super) fn pick<'a>(all: &'a [Organisation], wanted: &str) -> Result<&'a Organisation> {
    let wanted = wanted.trim();
    let is_wanted = |text: &String| text.trim().to_lowercase() == wanted.to_lowercase();
    let by_id = |org: &&Organisation| org.organisation_id.eq_ignore_ascii_case(wanted);
    let mut matches: Vec<_> = all.iter().filter(by_id).collect();
    if matches.is_empty() {
        matches = all.iter().filter(|org| org.slug.as_ref().is_some_and(is_wanted)).collect();
    }
    if matches.is_empty() {
        matches = all.iter().filter(|org| org.name.as_ref().is_some_and(is_wanted)).collect();
    }
    match matches.as_slice() {
        [one] => Ok(one),
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
