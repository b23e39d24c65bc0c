//! Flags, environment and files become one [`Settings`]: flag > environment > settings
//! file > the official CLI's file > default.

mod container_tools;
mod environment;
mod file;
mod login;
mod official;
mod paths;
mod profile;
mod profiles;
mod saved;
mod shell;
mod token;
mod tools;

use std::{
    collections::{BTreeMap, HashSet},
    path::Path,
    time::Duration,
};

pub use container_tools::{ContainerTools, LoginPlace, Place};
pub use environment::Environment;
pub use login::LoginFile;
pub(crate) use official::read as read_official;
pub use paths::{Paths, unquoted_path};
pub use profile::Profile;
pub use profiles::{Known, profiles};
pub use saved::{About, Kept, SavedLogin, SavedOrganisation};
pub use shell::ShellPlaces;
pub use token::{Held, TokenFrom, TokenSource};
pub use tools::ToolPlaces;

use crate::{
    cli::GlobalArgs,
    error::{Error, Result},
    files::{self, Holds},
    output,
    platform::{BaseUrl, DEFAULT_TIMEOUT, OrganisationRef},
    secret::Secret,
};

/// Everything that decides how a command runs, as plain values.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct Settings {
    /// The platform's address; meaningless with [`Settings::sandbox`].
    pub base_url: BaseUrl,
    /// The token for that address, if there is one.
    pub token: Option<TokenFrom>,
    /// Why there is no token although one was found: a saved token goes to its own address only.
    pub token_elsewhere: Option<String>,
    /// The profile, if not the default one.
    pub profile: Option<Profile>,
    /// Whether that profile exists: only a sign-in makes one.
    profile_is_known: bool,
    /// The organisation that commands act in.
    pub organisation: Acting,
    /// What is known of the saved login that is used.
    pub login: Option<About>,
    /// Whether the profile has a saved login, be it used or not.
    pub has_login: bool,
    /// Whether there is more than one login or profile on this machine.
    pub has_profiles: bool,
    /// Run against the embedded platform.
    pub sandbox: bool,
    /// Never ask.
    pub no_input: bool,
    /// How long a request may take in all.
    pub timeout: Duration,
    /// Where files are.
    pub paths: Paths,
    /// Warnings about the files that were read.
    pub warnings: Vec<String>,
}

/// How the sandbox's tokens begin: the only ones that are sent to it.
pub const SANDBOX_TOKEN_PREFIX: &str = "ankra-sandbox-";

/// The organisation that commands act in, and who chose it.
#[derive(Clone, Debug, Default)]
pub struct Acting {
    /// By name or id; `None`: the token's own.
    pub wanted: Option<OrganisationRef>,
    /// What a person calls it, where that is known without asking.
    pub title: Option<String>,
    pub by: ChosenBy,
}

/// Who chose an organisation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ChosenBy {
    /// Nobody: it is the token's own.
    #[default]
    Nobody,
    /// `--org`.
    Flag,
    /// `ANKRA_ORG`.
    Environment,
    /// `org` of the settings file.
    SettingsFile,
    /// `ankra login` or `ankra org use`.
    Login,
    /// `org switch` of the official CLI.
    OfficialCli,
}

impl Settings {
    /// Resolves what was typed, the environment and the files.
    ///
    /// # Errors
    /// Usage, if a value cannot be used or a file is not what it should be. No file is changed.
    pub fn resolve(global: &GlobalArgs, environment: &Environment) -> Result<Self> {
        environment.ensure_text()?;
        let paths = Paths::find(global.config.as_deref())?;
        let sandbox = global.sandbox || environment.flag("ANKRA_SANDBOX");
        let named = Profile::named(global.profile.as_ref().map(|profile| profile.0.as_str()), environment)?;
        let mut login = paths.login().ok().map(|path| LoginFile::of(path, None));
        let profile = match (named, &login) {
            (Some(named), _) => Some(named),
            // The choice is one among logins, and nobody signs in to the sandbox.
            (None, Some(file)) if !sandbox => file.chosen()?,
            (None, _) => None,
        };
        let profile = profile.filter(|profile| !profile.is_default());
        login = login.map(|file| file.with(profile.as_ref()));
        let mut config = file::read(&paths, global.config.is_some())?;
        let mut entries: HashSet<String> = config.profiles.keys().cloned().collect();
        let has_login = || login.as_ref().map_or(Ok(false), LoginFile::has_entry);
        let (config, profile_is_known) = match &profile {
            None => (config.own, true),
            Some(profile) => {
                let section = config.profiles.remove(profile.name());
                let is_known = section.is_some() || has_login()?;
                (section.unwrap_or_default(), is_known)
            }
        };
        let mut warnings =
            paths.config().map_or_else(Vec::new, |path| files::exposure(path, Holds::Settings));
        if !sandbox
            && let Some(profile) = &profile
            && environment.text("ANKRA_API_TOKEN").is_some()
            && has_login().unwrap_or_default()
        {
            warnings.push(format!("ANKRA_API_TOKEN is used, not the token saved for profile {profile}"));
        }
        if config.token_command.is_some()
            && let Some(warning) = warnings.first()
        {
            return Err(
                Error::usage("token-command is not run, because others can change what it is").cause(warning)
            );
        }
        let from_environment = environment
            .text("ANKRA_API_TOKEN")
            .map(|token| TokenFrom::here(Secret::new(token), TokenSource::Environment));
        let found = if sandbox {
            // A token of a real platform is never sent to the sandbox, nor is its file read.
            let is_fit = |found: &TokenFrom| found.held.key().starts_with(SANDBOX_TOKEN_PREFIX);
            Platform { token: from_environment.filter(is_fit), ..Platform::at(BaseUrl::hosted()?) }
        } else {
            let sources = Sources {
                base: global.base_url.clone().or_else(|| environment.text("ANKRA_BASE_URL")),
                own_base: config.base_url,
                environment: from_environment,
                command: config.token_command,
                login: login.as_ref(),
                // The official CLI knows no profiles: its login belongs to none.
                home: paths.home().filter(|_| profile.is_none()),
            };
            sources.resolve(&mut warnings)?
        };
        if let Some(file) = login.as_ref().filter(|_| !sandbox) {
            entries.extend(file.names().unwrap_or_default());
        }
        entries.remove(Profile::DEFAULT);
        let organisation = if let Some(wanted) = &global.org {
            Acting::named(wanted.clone(), ChosenBy::Flag)
        } else if let Some(text) = environment.text("ANKRA_ORG") {
            Acting::named(text.parse()?, ChosenBy::Environment)
        } else if let Some(text) = config.org {
            Acting::named(text.parse()?, ChosenBy::SettingsFile)
        } else {
            found.acting
        };
        // Files in one folder share its fault.
        let mut told = HashSet::new();
        warnings.retain(|warning| told.insert(warning.clone()));
        Ok(Self {
            base_url: found.base_url,
            token: found.token,
            token_elsewhere: found.elsewhere,
            profile,
            profile_is_known,
            organisation,
            login: found.login,
            has_login: !sandbox && has_login().unwrap_or_default(),
            has_profiles: !entries.is_empty(),
            sandbox,
            no_input: global.no_input || environment.flag("ANKRA_NO_INPUT"),
            timeout: global.timeout.map_or(DEFAULT_TIMEOUT, |seconds| Duration::from_secs(seconds.into())),
            paths,
            warnings,
        })
    }

    /// Fails if a profile was named that there is not: only a sign-in makes one.
    ///
    /// # Errors
    /// Not found.
    pub fn ensure_profile(&self) -> Result<()> {
        match &self.profile {
            Some(profile) if !self.profile_is_known => Err(profiles::unknown(profile, &self.paths)),
            _ => Ok(()),
        }
    }

    /// The file of saved logins, with the entry of the profile in use.
    ///
    /// # Errors
    /// Failure, if there is no home directory.
    pub fn login_file(&self) -> Result<LoginFile> {
        self.login_file_of(self.profile.as_ref())
    }

    /// The file of saved logins, with the entry of `profile`.
    ///
    /// # Errors
    /// Failure, if there is no home directory.
    pub fn login_file_of(&self, profile: Option<&Profile>) -> Result<LoginFile> {
        Ok(LoginFile::of(self.paths.login()?, profile))
    }

    /// Builds the error for a profile that there is not.
    pub fn no_profile(&self, profile: &Profile) -> Error {
        profiles::unknown(profile, &self.paths)
    }

    /// All profiles that there are.
    ///
    /// # Errors
    /// Usage or failure, if a file cannot be used.
    pub fn profiles(&self) -> Result<BTreeMap<Profile, Known>> {
        profiles::all(&self.paths)
    }
}

impl Acting {
    fn named(wanted: OrganisationRef, by: ChosenBy) -> Self {
        Self { wanted: Some(wanted), title: None, by }
    }

    fn chosen(chosen: SavedOrganisation, by: ChosenBy) -> Self {
        Self { wanted: Some(OrganisationRef::Id(chosen.id)), title: Some(chosen.title), by }
    }
}

/// Where requests go: the address and the token that may be sent there.
#[derive(Debug)]
struct Platform {
    base_url: BaseUrl,
    token: Option<TokenFrom>,
    /// Why there is no token although one was found.
    elsewhere: Option<String>,
    /// The organisation that goes with the token.
    acting: Acting,
    /// What is known of the saved login, if the token is its.
    login: Option<About>,
}

impl Platform {
    fn at(base_url: BaseUrl) -> Self {
        Self { base_url, token: None, elsewhere: None, acting: Acting::default(), login: None }
    }
}

/// All that can decide where requests go, in the order in which it counts.
struct Sources<'a> {
    /// The address from the flag or the environment.
    base: Option<String>,
    /// That of the settings file.
    own_base: Option<String>,
    environment: Option<TokenFrom>,
    command: Option<String>,
    login: Option<&'a LoginFile>,
    home: Option<&'a Path>,
}

impl Sources<'_> {
    fn resolve(self, warnings: &mut Vec<String>) -> Result<Platform> {
        let parsed = |text: Option<&String>| text.map(|text| text.parse::<BaseUrl>()).transpose();
        let own_base = parsed(self.own_base.as_ref())?;
        let chosen = parsed(self.base.as_ref())?.or(own_base.clone());
        // Files are read only where nothing before them decides.
        if let (Some(base), Some(_)) = (&chosen, &self.environment) {
            return Ok(Platform { token: self.environment, ..Platform::at(base.clone()) });
        }
        let mut known = Vec::new();
        if let Some(command) = self.command {
            let token = TokenFrom { held: Held::Command(command), source: TokenSource::Command };
            let base = own_base.map_or_else(BaseUrl::hosted, Ok)?;
            known.push(Platform { token: Some(token), ..Platform::at(base) });
        }
        if let Some(login) = self.login {
            warnings.extend(login.exposure());
            if let Some(saved) = login.load()? {
                let token = TokenFrom { held: saved.held, source: TokenSource::Saved };
                let organisation = saved.about.organisation.clone();
                known.push(Platform {
                    token: Some(token),
                    acting: organisation
                        .map_or_else(Acting::default, |one| Acting::chosen(one, ChosenBy::Login)),
                    login: Some(saved.about),
                    ..Platform::at(saved.base_url)
                });
            }
        }
        if let Some(found) = self.home.and_then(|home| read_official(home, warnings)) {
            let token = found.token.map(|token| TokenFrom::here(token, TokenSource::OfficialCli));
            let organisation = found.organisation;
            known.push(Platform {
                token,
                acting: organisation
                    .map_or_else(Acting::default, |one| Acting::chosen(one, ChosenBy::OfficialCli)),
                ..Platform::at(found.base_url)
            });
        }
        let base = chosen.or_else(|| known.first().map(|found| found.base_url.clone()));
        let base = base.map_or_else(BaseUrl::hosted, Ok)?;
        if self.environment.is_some() {
            return Ok(Platform { token: self.environment, ..Platform::at(base) });
        }
        let mut elsewhere = None;
        for found in known.into_iter().filter(|found| found.token.is_some()) {
            if found.base_url == base {
                return Ok(found);
            }
            elsewhere
                .get_or_insert_with(|| format!("a token is saved for {}, not for {base}", found.base_url));
        }
        Ok(Platform { elsewhere, ..Platform::at(base) })
    }
}

/// The options that decide how results look; also used before everything else is known.
pub fn output_options(global: &GlobalArgs) -> output::Options {
    output::Options {
        format: global.output,
        color: global.color,
        quiet: global.quiet,
        verbose: global.verbose,
        silent: false,
    }
}
