//! The user name and the password of a registry: taken from what is given, else asked for in the
//! registry's own words.

use super::import::Import;
use crate::{
    cli::{CredentialsArgs, RegistryImportArgs, RegistryTargetArgs},
    commands::{Context, secrets},
    error::{Error, Result, quoted},
    platform::CredentialName,
    providers::{Preset, USERNAME, Username, registry_logins::Login},
    secret::{Gathered, Passed, Secret, Wanted, pass},
};

/// The kind of registry that is meant: by `--preset`, else by the host of `--registry-url`, else by
/// `host`, else by a user name that only one kind has.
pub(super) fn preset(
    target: &RegistryTargetArgs,
    host: Option<&str>,
    username: Option<&str>,
) -> &'static Preset {
    let by_url = || target.registry_url.as_ref().and_then(|url| Preset::for_host(url.host()));
    target
        .preset
        .or_else(by_url)
        .or_else(|| host.and_then(Preset::for_host))
        .or_else(|| username.and_then(Preset::for_username))
        .unwrap_or(Preset::GENERIC)
}

/// Warns if `--preset` and the host of `--registry-url` are of two kinds.
pub(super) fn doubt_target(context: &Context, target: &RegistryTargetArgs) {
    let by_url = target.registry_url.as_ref().and_then(|url| Preset::for_host(url.host()));
    if let (Some(given), Some(other)) = (target.preset, by_url)
        && given.slug != other.slug
        && !given.is_generic()
    {
        let (other, given) = (other.title, given.slug);
        context
            .output
            .warn(&format!("the host of --registry-url is one of {other}, and --preset is {given}"));
    }
}

/// Where the user name and the password of a new credential, or of a check, come from.
pub(super) enum Origin {
    Given(Given),
    Import(Box<Import>),
}

impl Origin {
    /// Reads what is given, as far as no person is needed. If nobody can be asked, a missing user name
    /// is reported before a source is read.
    pub(super) fn begin(
        context: &Context,
        args: CredentialsArgs,
        import: &RegistryImportArgs,
        target: &RegistryTargetArgs,
        name: Option<&CredentialName>,
        dry_run: bool,
    ) -> Result<Self> {
        doubt_target(context, target);
        if let Some(host) = &import.from_docker {
            let given = (args.username, args.password.bundle.allow_unusual);
            let import = Import::begin(context, host.as_ref(), given, target, name)?;
            return Ok(Self::Import(Box::new(import)));
        }
        let preset = preset(target, None, args.username.as_deref());
        let lacks = |username: Option<&str>, preset: &Preset| {
            username.is_none() && preset.username.fixed().is_none() && !context.terminal.can_ask()
        };
        // A bundle may have it.
        if args.password.bundle().is_none() && lacks(args.username.as_deref(), preset) {
            return Err(no_username(preset));
        }
        let given = Given::read(context, preset, args, dry_run)?;
        if lacks(given.username.as_deref(), preset) {
            return Err(no_username(preset));
        }
        Ok(Self::Given(given))
    }

    /// Whether a person will be asked for some of it.
    pub(super) fn is_open(&self, target: &RegistryTargetArgs) -> bool {
        match self {
            Self::Given(given) => {
                let preset = preset(target, None, given.username.as_deref());
                given.is_open() || given.username.is_none() && preset.username.fixed().is_none()
            }
            Self::Import(import) => import.is_open(),
        }
    }

    /// Completes it by asking.
    pub(super) fn finish(
        self,
        context: &Context,
        target: &RegistryTargetArgs,
    ) -> Result<(&'static Preset, Login)> {
        match self {
            Self::Given(given) => {
                let preset = preset(target, None, given.username.as_deref());
                Ok((preset, given.finish(context, preset)?))
            }
            Self::Import(import) => {
                let (host, login) = import.finish(context)?;
                Ok((preset(target, Some(&host), Some(&login.username)), login))
            }
        }
    }
}

/// A user name and a password, as far as they are known before a person is asked.
pub(super) struct Given {
    pub(super) username: Option<String>,
    /// `None`: a person is asked, in the words of the registry that is known by then.
    password: Option<Gathered<'static>>,
    dry_run: bool,
    insist: bool,
    /// A password that looks wrong is refused, because nobody reads a warning.
    pub(super) unattended: bool,
}

impl Given {
    /// Reads the sources that are given. If nobody can be asked, a missing password is an error.
    ///
    /// For `dry_run` the sources are tried too, and no password is asked for.
    pub(super) fn read(
        context: &Context,
        preset: &'static Preset,
        args: CredentialsArgs,
        dry_run: bool,
    ) -> Result<Self> {
        let CredentialsArgs { username, password: args } = args;
        let insist = args.bundle.allow_unusual;
        let username = username.map(|name| pass_username(context, &name, insist)).transpose()?;
        let can_ask = context.terminal.can_ask() || (dry_run && args.bundle().is_none());
        let is_given = args.source().is_some() || args.bundle().is_some();
        let (mut username, mut password) = (username, None);
        if is_given || !can_ask {
            let mut wanted = vec![Wanted::new(&preset.password, args.source().cloned())];
            if username.is_none() && args.bundle().is_some() {
                wanted.push(Wanted { is_optional: true, ..Wanted::new(&preset.username_field, None) });
            }
            let found = secrets::gathered(context, &wanted, args.bundle(), can_ask, insist)?;
            let mut found = found.into_iter();
            password = found.next();
            let bundled = found.next().and_then(Gathered::unasked);
            username = username.or(bundled.map(|passed| told_username(context, passed)));
        }
        Ok(Self { username, password, dry_run, insist, unattended: false })
    }

    /// The same with `username` in the place of none.
    pub(super) fn or_username(mut self, username: Option<&str>) -> Self {
        self.username = self.username.or_else(|| username.map(str::to_owned));
        self
    }

    /// The same where nobody reads a warning: what looks wrong is refused, unless a person insisted.
    pub(super) fn unattended(mut self) -> Self {
        self.unattended = !self.insist;
        self
    }

    /// Whether a person will be asked for the password.
    pub(super) fn is_open(&self) -> bool {
        self.password.as_ref().is_none_or(Gathered::is_open)
    }

    /// Completes it by asking in the words of `preset`.
    pub(super) fn finish(self, context: &Context, preset: &'static Preset) -> Result<Login> {
        let insist = self.insist;
        let username = match (self.username, preset.username) {
            (Some(username), _) => username,
            (None, Username::Fixed { name, .. }) => name.to_owned(),
            (None, Username::Own { .. }) if context.terminal.can_ask() => {
                let label = preset.username.to_string();
                let passed = context.terminal.ask_text(&label, |text| pass(text, &USERNAME, insist))?;
                let username = told_username(context, passed);
                context.invocation.asked("--username", &username);
                username
            }
            (None, Username::Own { .. }) => return Err(no_username(preset)),
        };
        let password = match self.password {
            Some(found) if self.dry_run => secrets::unasked(context, found),
            None if self.dry_run => Secret::new(String::new()),
            Some(found) => secrets::ask_one(context, preset.where_from, found, insist)?,
            None if preset.password_is_file(Some(&username)) => {
                context.output.note(&format!("Where to get it: {}", preset.where_from));
                let passed = secrets::ask_file(context, "JSON key file", &preset.password, insist)?;
                context.told(&preset.password, passed)
            }
            None => {
                let wanted = [Wanted::new(&preset.password, None)];
                let found = secrets::gathered(context, &wanted, None, true, insist)?.remove(0);
                secrets::ask_one(context, preset.where_from, found, insist)?
            }
        };
        Ok(Login { username, password })
    }
}

/// Lets `name` pass as a user name. Whether the registry has such names is judged with the password.
pub(super) fn pass_username(context: &Context, name: &str, insist: bool) -> Result<String> {
    let passed = pass(name, &USERNAME, insist)
        .map_err(|refusal| refusal.with_message("this user name cannot be used"))?;
    Ok(told_username(context, passed))
}

fn told_username(context: &Context, passed: Passed) -> String {
    context.told(&USERNAME, passed).expose().to_owned()
}

fn no_username(preset: &Preset) -> Error {
    let error = Error::usage("missing: --username <USERNAME>");
    match preset.username {
        Username::Own { label, example, .. } => {
            error.hint(format!("give the {label}: --username {}", quoted(example)))
        }
        Username::Fixed { .. } => error,
    }
}
