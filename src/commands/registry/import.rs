//! `--from-docker` of `ankra credentials registry create` and `check`

mod wanted;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use crate::{
    cli::RegistryImportArgs,
    commands::Context,
    error::{Error, ErrorKind, Result},
    files,
    platform::CredentialName,
    providers::{
        Preset,
        registry_logins::{Kept, Login, LoginFile, Place, RegistryHost, read_answer, read_list},
    },
    secret::{CredentialHelper, Secret},
    settings::RegistryLogins,
};

pub(super) use wanted::Wanted;

/// The most that a login file may hold.
const LIMIT: u64 = 1 << 20;

/// How many registries an error names.
const NAMED: usize = 12;

/// A login that is to be taken.
pub(super) struct Import {
    logins: Logins,
    /// As `--username` has it.
    username: Option<String>,
    step: Step,
}

enum Step {
    Taken(Taken),
    /// A person chooses one of these.
    Choose(Vec<Listed>),
}

/// A registry that a login was found for.
struct Listed {
    host: RegistryHost,
    username: Option<String>,
    file: PathBuf,
}

/// A login, and where it was found.
struct Taken {
    host: RegistryHost,
    login: Login,
    file: PathBuf,
    /// The helper that keeps it, where the file does not.
    helper: Option<String>,
}

impl Import {
    /// What `--from-docker` asks for, if it is given. A registry that is named is found here, before
    /// anything is sent; which of several is meant is left to [`Self::finish`].
    pub(super) fn begin(
        context: &Context,
        args: &RegistryImportArgs,
        wanted: &Wanted<'_>,
    ) -> Result<Option<Box<Self>>> {
        let Some(given) = &args.from_docker else { return Ok(None) };
        let host = wanted.host(given.as_ref())?;
        let logins = Logins::read(context)?;
        let step = if let Some(host) = &host {
            Step::Taken(logins.take(context, host)?)
        } else {
            let listed = logins.list(context)?;
            if listed.is_empty() {
                return Err(logins.none("no login at any registry was found", &listed));
            }
            if !context.terminal.can_ask() {
                return Err(which(&listed, wanted.name));
            }
            Step::Choose(listed)
        };
        let import = Self { logins, username: wanted.username.map(str::to_owned), step };
        import.agree()?;
        Ok(Some(Box::new(import)))
    }

    /// The registry's host, where it is known already which one is meant.
    pub(super) fn host(&self) -> Option<&str> {
        match &self.step {
            Step::Taken(taken) => Some(host_name(&taken.host)),
            Step::Choose(_) => None,
        }
    }

    /// The registry's host, the user name and the password; says where they come from.
    pub(super) fn finish(mut self, context: &Context) -> Result<(String, String, Secret)> {
        if let Step::Choose(listed) = &self.step {
            let choices: Vec<String> = listed.iter().map(Listed::choice).collect();
            let chosen = context.terminal.choose("Registry whose login to take", &choices)?;
            self.step = Step::Taken(self.logins.take(context, &listed[chosen].host)?);
            self.agree()?;
        }
        match self.step {
            Step::Taken(taken) => {
                self.logins.tell(context, &taken)?;
                Ok((host_name(&taken.host).to_owned(), taken.login.username, taken.login.password))
            }
            Step::Choose(_) => Err(Error::failure("no login was chosen")),
        }
    }

    fn agree(&self) -> Result<()> {
        let (Step::Taken(taken), Some(given)) = (&self.step, &self.username) else { return Ok(()) };
        if taken.login.username == *given {
            return Ok(());
        }
        Err(Error::usage(format!("the login at {} is not of the user that --username names", taken.host))
            .cause(format!("{} has it for {}", taken.file.display(), taken.login.username))
            .hint("leave out --username, or sign in as that user first"))
    }
}

/// Without the port.
fn host_name(host: &RegistryHost) -> &str {
    host.host().split(':').next().unwrap_or_default()
}

impl Listed {
    fn choice(&self) -> String {
        let user = self.username.as_ref().map(|user| format!(" as {user}")).unwrap_or_default();
        format!("{}{user} ({})", self.host, self.file.display())
    }
}

/// All that other tools left on this machine.
struct Logins {
    places: RegistryLogins,
    /// The files that are there, the one that counts most first.
    files: Vec<(PathBuf, LoginFile)>,
    /// Why the file behind them cannot be used: it and what is behind it is not looked at.
    broken: Option<Error>,
}

impl Logins {
    fn read(context: &Context) -> Result<Self> {
        let places = RegistryLogins::of_process();
        if places.files.is_empty() {
            // As where the home directory is unknown.
            context.settings.paths.ssh()?;
        }
        let (mut files, mut broken) = (Vec::new(), None);
        for path in &places.files {
            match read_file(path) {
                Ok(Some(file)) => files.push((path.clone(), file)),
                Ok(None) => {}
                Err(error) => {
                    broken = Some(error);
                    break;
                }
            }
        }
        Ok(Self { places, files, broken })
    }

    /// The login for `wanted`.
    fn take(&self, context: &Context, wanted: &RegistryHost) -> Result<Taken> {
        let mut trouble = None;
        for (path, file) in &self.files {
            let found = file.find(wanted);
            let taken = |kept: &Kept, helper: Option<&str>| {
                let login = usable(kept, wanted, path)?;
                let (file, helper) = (path.clone(), helper.map(str::to_owned));
                Ok(Taken { host: wanted.clone(), login, file, helper })
            };
            // A helper for one registry stands in for the one for all.
            if let Some(name) = found.helper.or(found.store) {
                match self.ask(context, name, wanted) {
                    Ok(Some(kept)) => return taken(&kept, Some(name)),
                    Ok(None) => {}
                    Err(error) if found.helper.is_some() => return Err(error),
                    Err(error) => {
                        trouble.get_or_insert(error);
                    }
                }
            }
            if let Some(kept) = found.kept {
                if let Some(error) = &trouble {
                    context.output.warn(&told(error));
                }
                return taken(kept, None);
            }
        }
        Err(match (&self.broken, trouble) {
            (Some(error), _) => error.clone(),
            (None, Some(error)) => error,
            (None, None) => {
                let listed = self.list(context).unwrap_or_default();
                self.none(&format!("no login at {wanted} was found"), &listed)
            }
        })
    }

    /// What the helper `name` keeps for `wanted`.
    fn ask(&self, context: &Context, name: &str, wanted: &RegistryHost) -> Result<Option<Kept>> {
        let helper = CredentialHelper::find(name, &self.places.programs, context.settings.timeout)?;
        for server in wanted.servers() {
            if let Some(answer) = helper.get(&server)? {
                let kept = read_answer(&answer).map_err(|place| helper.failed(&not_json(place)))?;
                if kept.is_some() {
                    return Ok(kept);
                }
            }
        }
        Ok(None)
    }

    /// Every registry that a login was found for. What a helper cannot tell is left out.
    fn list(&self, context: &Context) -> Result<Vec<Listed>> {
        if let Some(error) = &self.broken {
            return Err(error.clone());
        }
        let mut all = BTreeMap::new();
        let mut add = |host: RegistryHost, username: Option<String>, file: &Path| {
            let file = file.to_owned();
            all.entry(host.clone()).or_insert(Listed { host, username, file });
        };
        for (path, file) in &self.files {
            for (host, username) in file.hosts() {
                add(host, username.map(str::to_owned), path);
            }
            let Some(name) = file.store() else { continue };
            let kept = CredentialHelper::find(name, &self.places.programs, context.settings.timeout)
                .and_then(|helper| {
                    read_list(&helper.list()?).map_err(|place| helper.failed(&not_json(place)))
                });
            match kept {
                Ok(kept) => kept.into_iter().for_each(|(host, user)| {
                    add(host, Some(user).filter(|user| !user.is_empty()), path);
                }),
                Err(error) => context.output.warn(&told(&error)),
            }
        }
        Ok(all.into_values().collect())
    }

    /// Nothing is there: names the files that were looked at and what there is in its place.
    fn none(&self, message: &str, listed: &[Listed]) -> Error {
        let files: Vec<String> = self.places.files.iter().map(|file| file.display().to_string()).collect();
        let error = Error::new(ErrorKind::NotFound, message)
            .cause(format!("these files were looked at: {}", files.join(", ")));
        let error = match listed {
            [] => error,
            listed => error.cause(format!("they have logins at {}", names(listed))),
        };
        error.hint("sign in first, as with docker login, or leave out --from-docker and give the password")
    }

    /// Says where a login was found, and what might be amiss with that.
    fn tell(&self, context: &Context, taken: &Taken) -> Result<()> {
        let Taken { host, login: Login { username, .. }, file, helper } = taken;
        let place = match helper {
            Some(name) => format!("docker-credential-{name}, named in {}", file.display()),
            None => file.display().to_string(),
        };
        context.output.note(&format!("Taken from {place}: the login of {username} at {host}."));
        if helper.is_none()
            && let Some(warning) = files::exposure(file)?
        {
            context.output.warn(&warning);
        }
        if let Some(error) = &self.broken {
            context.output.warn(&told(error));
        }
        // Helpers are not asked again only to compare.
        for (path, other) in self.files.iter().filter(|(path, _)| path != file) {
            if let Some(Kept::Login(other)) = other.find(host).kept
                && other.username != *username
            {
                let path = path.display();
                context.output.warn(&format!("{path} has a login at {host} too, of {}", other.username));
            }
        }
        Ok(())
    }
}

/// The registries that the files name, with the user's name where they tell. Nothing is said of files
/// that cannot be read, and no helper is asked.
pub(in crate::commands) fn known() -> BTreeMap<RegistryHost, Option<String>> {
    let mut known = BTreeMap::new();
    for file in RegistryLogins::of_process().files.iter().filter_map(|path| read_file(path).ok().flatten()) {
        for (host, user) in file.hosts() {
            known.entry(host).or_insert_with(|| user.map(str::to_owned));
        }
    }
    known
}

/// Reads a login file; `None` where there is none, or nothing in it.
fn read_file(path: &Path) -> Result<Option<LoginFile>> {
    let advice = "mend it or move it away, or sign in again";
    let bytes = files::read(path, LIMIT).map_err(|error| error.hint(advice))?;
    match bytes {
        Some(bytes) if !bytes.trim_ascii().is_empty() => match LoginFile::parse(&bytes) {
            Ok(file) => Ok(Some(file)),
            Err(place) => Err(Error::failure(format!("cannot read {}", path.display()))
                .cause(not_json(place))
                .hint(advice)),
        },
        _ => Ok(None),
    }
}

fn not_json(place: Place) -> String {
    format!("it is not JSON: line {}, column {}", place.line, place.column)
}

/// The login, where it is one that can be stored.
fn usable(kept: &Kept, host: &RegistryHost, file: &Path) -> Result<Login> {
    let refused = || Error::usage(format!("the login at {host} cannot be stored"));
    let file = file.display();
    match kept {
        Kept::Login(login) => Ok(login.clone()),
        Kept::Unusable(why) => {
            Err(refused().cause(format!("{file}: {why}")).hint("sign in again, as with docker login"))
        }
        Kept::Token => {
            let error = refused().cause(format!(
                "{file} has an identity token for it, and Ankra needs a user name and a password"
            ));
            let preset = Preset::for_host(host_name(host)).unwrap_or(Preset::GENERIC);
            Err(error.hint(preset.identity_token))
        }
    }
}

/// Nobody can be asked which one is meant.
fn which(listed: &[Listed], name: Option<&CredentialName>) -> Error {
    let error = Error::usage("missing: the HOST of --from-docker")
        .cause("there is no terminal to choose on, or questions are switched off")
        .cause(format!("there are logins at {}", names(listed)));
    let name = name.map_or("NAME", CredentialName::as_str);
    let command = |one: &Listed| {
        format!("run: ankra credentials registry create --name {name} --from-docker {}", one.host)
    };
    listed.iter().take(NAMED).map(command).fold(error, Error::hint)
}

fn names(listed: &[Listed]) -> String {
    let mut names: Vec<String> = listed.iter().take(NAMED).map(|one| one.host.to_string()).collect();
    if listed.len() > NAMED {
        names.push(format!("{} more", listed.len() - NAMED));
    }
    names.join(", ")
}

/// An error as a warning: the command goes on.
fn told(error: &Error) -> String {
    match error.causes() {
        [] => error.message().to_owned(),
        causes => format!("{}: {}", error.message(), causes.join(": ")),
    }
}
