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
mod shell;

use std::{collections::HashSet, fmt, path::Path, time::Duration};

pub use container_tools::{ContainerTools, LoginPlace, Place};
pub use environment::Environment;
pub use login::{LoginFile, SavedLogin};
pub(crate) use official::read as read_official;
pub use paths::{Paths, unquoted_path};
pub use profile::Profile;
pub use profiles::profiles;
pub use shell::ShellPlaces;

use crate::{
    cli::GlobalArgs,
    error::Result,
    files::{self, Holds},
    output,
    platform::{BaseUrl, DEFAULT_TIMEOUT, OrganisationRef},
    secret::Secret,
};

/// Everything that decides how a command runs, as plain values.
#[derive(Debug)]
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
    /// The organisation, by name or id; `None`: the token's own.
    pub organisation: Option<OrganisationRef>,
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

/// A token and where it was found.
#[derive(Debug)]
pub struct TokenFrom {
    pub token: Secret,
    pub source: TokenSource,
}

/// Where a token was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenSource {
    /// `ANKRA_API_TOKEN`.
    Environment,
    /// Saved by `ankra login`.
    Saved,
    /// The official CLI's `~/.ankra.yaml`.
    OfficialCli,
    /// The sandbox's own.
    Sandbox,
}

impl fmt::Display for TokenSource {
    /// Continues "the API token" in a sentence.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Environment => " in ANKRA_API_TOKEN",
            Self::Saved => " that was saved by a sign-in",
            Self::OfficialCli => " in ~/.ankra.yaml",
            Self::Sandbox => "",
        })
    }
}

/// How the sandbox's tokens begin: the only ones that are sent to it.
pub const SANDBOX_TOKEN_PREFIX: &str = "ankra-sandbox-";

impl Settings {
    /// Resolves what was typed, the environment and the files.
    ///
    /// # Errors
    /// Usage, if a value cannot be used or a file is not what it should be. No file is changed.
    pub fn resolve(global: &GlobalArgs, environment: &Environment) -> Result<Self> {
        environment.ensure_text()?;
        let paths = Paths::find(global.config.as_deref())?;
        let sandbox = global.sandbox || environment.flag("ANKRA_SANDBOX");
        let profile =
            Profile::chosen(global.profile.as_ref().map(|profile| profile.0.as_str()), environment)?;
        let mut config = file::read(&paths, global.config.is_some())?;
        let login = paths.login().ok().map(|path| LoginFile::of(path, profile.as_ref()));
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
        let base_text =
            global.base_url.clone().or_else(|| environment.text("ANKRA_BASE_URL")).or(config.base_url);

        let from_environment = environment
            .text("ANKRA_API_TOKEN")
            .map(|token| TokenFrom { token: Secret::new(token), source: TokenSource::Environment });
        let (base_url, token, token_elsewhere) = if sandbox {
            // A token of a real platform is never sent to the sandbox, nor is its file read.
            let own = from_environment.filter(|found| found.token.expose().starts_with(SANDBOX_TOKEN_PREFIX));
            (BaseUrl::hosted()?, own, None)
        } else {
            // The official CLI knows no profiles: its login belongs to none.
            let home = paths.home().filter(|_| profile.is_none());
            resolve_platform(base_text, from_environment, login.as_ref(), home, &mut warnings)?
        };
        let named = || environment.text("ANKRA_ORG").or(config.org).map(|text| text.parse()).transpose();
        let organisation = match &global.org {
            Some(organisation) => Some(organisation.clone()),
            None => named()?,
        };
        // Files in one folder share its fault.
        let mut told = HashSet::new();
        warnings.retain(|warning| told.insert(warning.clone()));
        Ok(Self {
            base_url,
            token,
            token_elsewhere,
            profile,
            profile_is_known,
            organisation,
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

    /// The file of saved tokens, with the entry of the profile in use.
    ///
    /// # Errors
    /// Failure, if there is no home directory.
    pub fn login_file(&self) -> Result<LoginFile> {
        Ok(LoginFile::of(self.paths.login()?, self.profile.as_ref()))
    }
}

/// The address, the token that may be sent there, and why there is none although one was found.
type Platform = (BaseUrl, Option<TokenFrom>, Option<String>);

fn resolve_platform(
    base_text: Option<String>,
    from_environment: Option<TokenFrom>,
    login: Option<&LoginFile>,
    home: Option<&Path>,
    warnings: &mut Vec<String>,
) -> Result<Platform> {
    let chosen = base_text.map(|text| text.parse::<BaseUrl>()).transpose()?;
    // Files are read only where nothing before them decides.
    if let (Some(base), Some(_)) = (&chosen, &from_environment) {
        return Ok((base.clone(), from_environment, None));
    }
    let mut known = Vec::new();
    if let Some(login) = login {
        warnings.extend(login.exposure());
        if let Some(saved) = login.load()? {
            let token = TokenFrom { token: saved.token, source: TokenSource::Saved };
            known.push((saved.base_url, Some(token)));
        }
    }
    if let Some(found) = home.and_then(|home| read_official(home, warnings)) {
        let token = found.token.map(|token| TokenFrom { token, source: TokenSource::OfficialCli });
        known.push((found.base_url, token));
    }
    let base = chosen.or_else(|| known.first().map(|(base, _)| base.clone()));
    let base = base.map_or_else(BaseUrl::hosted, Ok)?;
    if from_environment.is_some() {
        return Ok((base, from_environment, None));
    }
    let mut elsewhere = None;
    for (for_base, token) in known.into_iter().filter(|(_, token)| token.is_some()) {
        if for_base == base {
            return Ok((base, token, None));
        }
        elsewhere.get_or_insert_with(|| format!("a token is saved for {for_base}, not for {base}"));
    }
    Ok((base, None, elsewhere))
}

/// The options that decide how results look; also used before everything else is known.
pub fn output_options(global: &GlobalArgs) -> output::Options {
    output::Options {
        format: global.output,
        color: global.color,
        quiet: global.quiet,
        verbose: global.verbose,
    }
}
