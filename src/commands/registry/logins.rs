//! The logins at registries that other tools left on this machine.

use std::{
    cell::Cell,
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use super::login_places as places;
use crate::{
    commands::Context,
    error::{Error, ErrorKind, Result},
    files::{self, Holds},
    providers::{
        Preset, USERNAME,
        registry_logins::{DockerConfig, Kept, Login, RegistryHost, read_answer, read_list},
    },
    secret::{CredentialHelper, Field, pass},
    settings::{ContainerTools, Place},
};

/// How many registries an error names.
pub(super) const NAMED: usize = 12;

pub(super) struct Listed {
    pub(super) host: RegistryHost,
    username: Option<String>,
    place: Place,
}

impl fmt::Display for Listed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let user = self.username.as_ref().map(|user| format!(" as {user}")).unwrap_or_default();
        write!(f, "{}{user} ({})", self.host, self.place)
    }
}

pub(super) struct Taken {
    pub(super) host: RegistryHost,
    pub(super) login: Login,
    place: Place,
    /// The helper that keeps it, if the place does not.
    helper: Option<String>,
}

/// All that other tools left on this machine.
pub(super) struct Logins {
    tools: ContainerTools,
    /// What is there, the one that counts most first.
    found: Vec<(Place, DockerConfig)>,
    /// Why the others cannot be used.
    broken: Vec<Error>,
    is_told: Cell<bool>,
    /// A doubtful user name or password is taken too.
    insist: bool,
}

impl Logins {
    pub(super) fn read(context: &Context, insist: bool) -> Result<Self> {
        let tools = ContainerTools::of_process();
        if tools.places.is_empty() {
            // As where the home directory is unknown.
            context.settings.paths.ssh()?;
        }
        let (mut found, mut broken) = (Vec::new(), Vec::new());
        for place in &tools.places {
            match places::read(place) {
                Ok(config) => found.extend(config.map(|config| (place.place.clone(), config))),
                Err(error) => broken.push(error),
            }
        }
        Ok(Self { tools, found, broken, is_told: Cell::new(false), insist })
    }

    /// Warns, once, of what cannot be used where there is something else.
    fn tell_of_broken(&self, context: &Context) {
        if !self.is_told.replace(true) {
            self.broken.iter().for_each(|error| context.output.warn(&error.in_one_line()));
        }
    }

    /// The login for `wanted`; an error if it is not of the user `username`.
    pub(super) fn take(
        &self,
        context: &Context,
        wanted: &RegistryHost,
        username: Option<&str>,
    ) -> Result<Taken> {
        let mut trouble = None;
        for (place, file) in &self.found {
            let entry = file.find(wanted);
            let taken = |kept: &Kept, helper: Option<&str>| {
                let login = usable(context, kept, wanted, (place, username, self.insist))?;
                let (place, helper) = (place.clone(), helper.map(str::to_owned));
                Ok(Taken { host: wanted.clone(), login, place, helper })
            };
            // A helper for one registry stands in for the one for all.
            if let Some(name) = entry.helper.or(file.store.as_deref()) {
                match self.ask(context, name, wanted) {
                    Ok(Some(kept)) => return taken(&kept, Some(name)),
                    Ok(None) => {}
                    Err(error) if entry.helper.is_some() => return Err(error),
                    Err(error) => {
                        trouble.get_or_insert(error);
                    }
                }
            }
            if let Some(kept) = entry.kept {
                if let Some(error) = &trouble {
                    context.output.warn(&error.in_one_line());
                }
                return taken(kept, None);
            }
        }
        if let Some(trouble) = trouble {
            self.tell_of_broken(context);
            return Err(trouble);
        }
        // The error itself tells of what is broken.
        self.is_told.set(true);
        let listed = self.list(context);
        if wanted.is_bare() && !listed.iter().any(|one| one.host.host() == wanted.host()) {
            // It may be anything, also a password, and is not repeated.
            let message = "no login at the registry that --from-docker names was found";
            return Err(self
                .without(ErrorKind::Usage, message, &listed)
                .hint("a registry is named by its host, such as ghcr.io or localhost:5000"));
        }
        Err(self.none(&format!("no login at {wanted} was found"), &listed))
    }

    fn helper(&self, context: &Context, name: &str) -> Result<CredentialHelper> {
        CredentialHelper::find(name, &self.tools.programs, &context.deadline)
    }

    fn ask(&self, context: &Context, name: &str, wanted: &RegistryHost) -> Result<Option<Kept>> {
        let helper = self.helper(context, name)?;
        for server in wanted.servers() {
            if let Some(answer) = helper.get(&server)? {
                let kept = understood(&helper, &answer, read_answer)?;
                if kept.is_some() {
                    return Ok(kept);
                }
            }
        }
        Ok(None)
    }

    /// Every registry that a login was found for. What a helper cannot tell is left out.
    pub(super) fn list(&self, context: &Context) -> Vec<Listed> {
        let mut all = BTreeMap::new();
        let mut add = |host: RegistryHost, username: Option<String>, place: &Place| {
            let place = place.clone();
            all.entry(host.clone()).or_insert(Listed { host, username, place });
        };
        for (place, file) in &self.found {
            for (host, username) in file.hosts() {
                add(host, username.map(str::to_owned), place);
            }
            let Some(name) = &file.store else { continue };
            let kept =
                self.helper(context, name).and_then(|helper| understood(&helper, &helper.list()?, read_list));
            match kept {
                Ok(kept) => kept.into_iter().for_each(|(host, user)| {
                    add(host, Some(user).filter(|user| !user.is_empty()), place);
                }),
                Err(error) => context.output.warn(&error.in_one_line()),
            }
        }
        let all: Vec<Listed> = all.into_values().collect();
        if !all.is_empty() {
            self.tell_of_broken(context);
        }
        all
    }

    /// The error if there is nothing: names the places that were looked at, why some cannot be used, and
    /// the logins that there are. Where one cannot be used, it is not known that there is none.
    pub(super) fn none(&self, message: &str, listed: &[Listed]) -> Error {
        self.without(ErrorKind::NotFound, message, listed)
    }

    fn without(&self, kind: ErrorKind, message: &str, listed: &[Listed]) -> Error {
        let looked: Vec<String> = self.tools.places.iter().map(|place| place.place.to_string()).collect();
        let kind = if self.broken.is_empty() { kind } else { ErrorKind::Failure };
        let mut error =
            Error::new(kind, message).cause(format!("these places were looked at: {}", looked.join(", ")));
        for broken in &self.broken {
            error = error.cause(broken.in_one_line());
        }
        if !listed.is_empty() {
            error = error.cause(format!("they have logins at {}", names(listed)));
        }
        let doubts = self.tools.places.iter().filter_map(places::doubt).map(str::to_owned);
        let hints = self.broken.iter().flat_map(Error::hints).map(ToString::to_string).chain(doubts);
        let mut told = BTreeSet::new();
        for hint in hints.filter(|hint| told.insert(hint.clone())) {
            error = error.hint(hint);
        }
        error.hint("sign in first, as with docker login, or leave out --from-docker and give the password")
    }

    /// Says where a login was found, and what may be wrong with that.
    pub(super) fn tell(&self, context: &Context, taken: &Taken) {
        let Taken { host, login: Login { username, .. }, place, helper } = taken;
        let from = match helper {
            Some(name) => format!("docker-credential-{name}, named in {place}"),
            None => place.to_string(),
        };
        context.output.note(&format!("Taken from {from}: the login of {username} at {host}."));
        if let Place::File(path) = place {
            // Where a helper keeps the secret, the file decides which program is asked.
            let holds = if helper.is_none() { Holds::Secret } else { Holds::Settings };
            for warning in files::exposure(path, holds) {
                context.output.warn(&warning);
            }
        }
        self.tell_of_broken(context);
        // Helpers are not asked again only to compare.
        for (other_place, other) in self.found.iter().filter(|(other, _)| other != place) {
            if let Some(Kept::Login(other)) = other.find(host).kept
                && other.username != *username
            {
                let user = &other.username;
                context.output.warn(&format!("{other_place} has a login at {host} too, of {user}"));
            }
        }
    }
}

/// The registries that the files name, with the user's name if they hold it. Nothing is said of files
/// that cannot be read, and no helper is asked.
pub(in crate::commands) fn known() -> BTreeMap<RegistryHost, Option<String>> {
    let mut known = BTreeMap::new();
    let places = ContainerTools::of_process().places;
    for file in places.iter().filter_map(|place| places::read(place).ok().flatten()) {
        for (host, user) in file.hosts() {
            known.entry(host).or_insert_with(|| user.map(str::to_owned));
        }
    }
    known
}

/// What `read` makes of an answer of `helper`.
fn understood<T>(
    helper: &CredentialHelper,
    answer: &[u8],
    read: fn(&[u8]) -> Result<T, String>,
) -> Result<T> {
    let text = files::text(answer).map_err(|why| helper.failed(&why.causes().concat()))?;
    read(text.as_bytes()).map_err(|why| helper.failed(&why))
}

/// The login, if it is of `username` and can be stored.
fn usable(
    context: &Context,
    kept: &Kept,
    host: &RegistryHost,
    (place, username, insist): (&Place, Option<&str>, bool),
) -> Result<Login> {
    let refused = || Error::usage(format!("the login at {host} cannot be stored"));
    let passed = |text: &str, field: &Field| {
        let passed = pass(text, field, insist).map_err(|refusal| {
            let why = refusal.causes().join(": ");
            refused()
                .with_hints(refusal.hints().to_vec())
                .cause(format!("{place}, the {}: {why}", field.label))
                .hint("sign in again, as with docker login")
        })?;
        Ok(context.told(field, passed))
    };
    match kept {
        Kept::Login(login) if username.is_none_or(|username| username == login.username) => Ok(Login {
            username: passed(&login.username, &USERNAME)?.expose().to_owned(),
            password: passed(login.password.expose(), &Preset::GENERIC.password)?,
        }),
        Kept::Login(login) => {
            Err(Error::usage(format!("the login at {host} is not of the user that --username names"))
                .cause(format!("{place} has it for {}", login.username))
                .hint("leave out --username, or sign in as that user first"))
        }
        Kept::Unusable(why) => {
            Err(refused().cause(format!("{place}: {why}")).hint("sign in again, as with docker login"))
        }
        Kept::Token => {
            let preset = Preset::for_host(host.name()).unwrap_or(Preset::GENERIC);
            Err(refused()
                .cause(format!(
                    "{place} has an identity token for it, and Ankra needs a user name and a password"
                ))
                .hint(preset.identity_token))
        }
    }
}

/// The hosts of `listed`, the first of many.
pub(super) fn names(listed: &[Listed]) -> String {
    let mut names: Vec<String> = listed.iter().take(NAMED).map(|one| one.host.to_string()).collect();
    if listed.len() > NAMED {
        names.push(format!("{} more", listed.len() - NAMED));
    }
    names.join(", ")
}
