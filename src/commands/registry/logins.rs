//! The logins at registries that other tools left on this machine.

use std::{
    collections::BTreeMap,
    fmt,
    path::{Path, PathBuf},
};

use crate::{
    commands::Context,
    error::{Error, ErrorKind, Result},
    files,
    providers::{
        Preset, USERNAME,
        registry_logins::{DockerConfig, Kept, Login, RegistryHost, read_answer, read_list},
    },
    secret::{CredentialHelper, Field, pass},
    settings::ContainerTools,
};

/// The most that a login file may hold.
const LIMIT: usize = 1 << 20;

/// How many registries an error names.
pub(super) const NAMED: usize = 12;

pub(super) struct Listed {
    pub(super) host: RegistryHost,
    username: Option<String>,
    file: PathBuf,
}

impl fmt::Display for Listed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let user = self.username.as_ref().map(|user| format!(" as {user}")).unwrap_or_default();
        write!(f, "{}{user} ({})", self.host, self.file.display())
    }
}

pub(super) struct Taken {
    pub(super) host: RegistryHost,
    pub(super) login: Login,
    file: PathBuf,
    /// The helper that keeps it, if the file does not.
    helper: Option<String>,
}

/// All that other tools left on this machine.
pub(super) struct Logins {
    tools: ContainerTools,
    /// The files that are there, the one that counts most first.
    files: Vec<(PathBuf, DockerConfig)>,
    /// Why the next file cannot be used: it and those behind it are not looked at.
    broken: Option<Error>,
    /// A doubtful user name or password is taken too.
    insist: bool,
}

impl Logins {
    pub(super) fn read(context: &Context, insist: bool) -> Result<Self> {
        let tools = ContainerTools::of_process();
        if tools.files.is_empty() {
            // As where the home directory is unknown.
            context.settings.paths.ssh()?;
        }
        let mut files = Vec::new();
        let mut read = |path: &PathBuf| -> Result<()> {
            files.extend(read_file(path)?.map(|file| (path.clone(), file)));
            Ok(())
        };
        let broken = tools.files.iter().try_for_each(&mut read).err();
        Ok(Self { tools, files, broken, insist })
    }

    /// The login for `wanted`; an error if it is not of the user `username`.
    pub(super) fn take(
        &self,
        context: &Context,
        wanted: &RegistryHost,
        username: Option<&str>,
    ) -> Result<Taken> {
        let mut trouble = None;
        for (path, file) in &self.files {
            let entry = file.find(wanted);
            let taken = |kept: &Kept, helper: Option<&str>| {
                let login = usable(context, kept, wanted, (path, username, self.insist))?;
                let (file, helper) = (path.clone(), helper.map(str::to_owned));
                Ok(Taken { host: wanted.clone(), login, file, helper })
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
        Err(self.broken.clone().or(trouble).unwrap_or_else(|| {
            let listed = self.list(context).unwrap_or_default();
            self.none(&format!("no login at {wanted} was found"), &listed)
        }))
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
    pub(super) fn list(&self, context: &Context) -> Result<Vec<Listed>> {
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
            let Some(name) = &file.store else { continue };
            let kept =
                self.helper(context, name).and_then(|helper| understood(&helper, &helper.list()?, read_list));
            match kept {
                Ok(kept) => kept.into_iter().for_each(|(host, user)| {
                    add(host, Some(user).filter(|user| !user.is_empty()), path);
                }),
                Err(error) => context.output.warn(&error.in_one_line()),
            }
        }
        Ok(all.into_values().collect())
    }

    /// The error if there is nothing: names the files that were looked at, and the logins that there are.
    pub(super) fn none(&self, message: &str, listed: &[Listed]) -> Error {
        let files: Vec<String> = self.tools.files.iter().map(|file| file.display().to_string()).collect();
        let mut error = Error::new(ErrorKind::NotFound, message)
            .cause(format!("these files were looked at: {}", files.join(", ")));
        if !listed.is_empty() {
            error = error.cause(format!("they have logins at {}", names(listed)));
        }
        error.hint("sign in first, as with docker login, or leave out --from-docker and give the password")
    }

    /// Says where a login was found, and what may be wrong with that.
    pub(super) fn tell(&self, context: &Context, taken: &Taken) -> Result<()> {
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
            context.output.warn(&error.in_one_line());
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

/// The registries that the files name, with the user's name if they hold it. Nothing is said of files
/// that cannot be read, and no helper is asked.
pub(in crate::commands) fn known() -> BTreeMap<RegistryHost, Option<String>> {
    let mut known = BTreeMap::new();
    for file in ContainerTools::of_process().files.iter().filter_map(|path| read_file(path).ok().flatten()) {
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

/// Reads a login file; `None` if there is none, or nothing in it.
fn read_file(path: &Path) -> Result<Option<DockerConfig>> {
    let advice = "correct it or move it away, or sign in again";
    let bytes = files::read(path, LIMIT).map_err(|error| error.hint(advice))?;
    let Some(bytes) = bytes.filter(|bytes| !bytes.trim_ascii().is_empty()) else { return Ok(None) };
    let unread = || Error::failure(format!("cannot read {}", path.display())).hint(advice);
    let text = files::text(&bytes).map_err(|why| unread().because(why))?;
    DockerConfig::parse(text.as_bytes()).map(Some).map_err(|why| unread().cause(why))
}

/// The login, if it is of `username` and can be stored.
fn usable(
    context: &Context,
    kept: &Kept,
    host: &RegistryHost,
    (file, username, insist): (&Path, Option<&str>, bool),
) -> Result<Login> {
    let refused = || Error::usage(format!("the login at {host} cannot be stored"));
    let file = file.display();
    let passed = |text: &str, field: &Field| {
        let passed = pass(text, field, insist).map_err(|refusal| {
            let why = refusal.causes().join(": ");
            refused()
                .with_hints(refusal.hints().to_vec())
                .cause(format!("{file}, the {}: {why}", field.label))
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
                .cause(format!("{file} has it for {}", login.username))
                .hint("leave out --username, or sign in as that user first"))
        }
        Kept::Unusable(why) => {
            Err(refused().cause(format!("{file}: {why}")).hint("sign in again, as with docker login"))
        }
        Kept::Token => {
            let preset = Preset::for_host(host.name()).unwrap_or(Preset::GENERIC);
            Err(refused()
                .cause(format!(
                    "{file} has an identity token for it, and Ankra needs a user name and a password"
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
