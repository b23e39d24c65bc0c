//! `--from-docker` of `ankra credentials registry create` and `check`

use super::logins::{Listed, Logins, NAMED, Taken, names};
use crate::{
    cli::RegistryTargetArgs,
    commands::Context,
    error::{Error, Result, Run},
    platform::CredentialName,
    providers::{
        RegistryUrl,
        registry_logins::{Login, RegistryHost},
    },
};

pub(super) struct Import {
    logins: Logins,
    username: Option<String>,
    choice: Choice,
}

enum Choice {
    Made(Taken),
    /// A person chooses one of these.
    Open(Vec<Listed>),
}

impl Import {
    /// Finds the login at the host that `--from-docker` names, or else `--registry-url`, before anything
    /// is sent. If neither is given, the choice is left to [`Self::finish`].
    pub(super) fn begin(
        context: &Context,
        named: Option<&RegistryHost>,
        (username, insist): (Option<String>, bool),
        target: &RegistryTargetArgs,
        name: Option<&CredentialName>,
    ) -> Result<Self> {
        let host = wanted_host(named, target)?;
        let logins = Logins::read(context, insist)?;
        let choice = if let Some(host) = host {
            Choice::Made(logins.take(context, &host, username.as_deref())?)
        } else {
            let listed = logins.list(context);
            if listed.is_empty() {
                return Err(logins.none("no login at any registry was found", &listed));
            }
            if !context.terminal.can_ask() {
                return Err(ambiguous(&listed, name));
            }
            Choice::Open(listed)
        };
        Ok(Self { logins, username, choice })
    }

    /// Whether a person chooses the login.
    pub(super) const fn is_open(&self) -> bool {
        matches!(self.choice, Choice::Open(_))
    }

    /// The registry's host, and its login; says where they come from.
    pub(super) fn finish(self, context: &Context) -> Result<(String, Login)> {
        let taken = match self.choice {
            Choice::Made(taken) => taken,
            Choice::Open(listed) => {
                let choices: Vec<String> = listed.iter().map(ToString::to_string).collect();
                let chosen = context.terminal.choose("Registry whose login to take", &choices)?;
                context.invocation.asked("--from-docker", &listed[chosen].host.to_string());
                self.logins.take(context, &listed[chosen].host, self.username.as_deref())?
            }
        };
        self.logins.tell(context, &taken);
        Ok((taken.host.name().to_owned(), taken.login))
    }
}

/// The registry whose login is meant; `None`: neither flag names one.
fn wanted_host(named: Option<&RegistryHost>, target: &RegistryTargetArgs) -> Result<Option<RegistryHost>> {
    let Some(url) = &target.registry_url else { return Ok(named.cloned()) };
    let Some(named) = named else { return host_of(url).map(Some) };
    // With --check the login is sent to the registry at the URL.
    if target.check && host_of(url)?.host() != named.host() {
        // A name without a dot may be anything, also a password, and is not repeated.
        let other = if named.is_bare() { "another" } else { named.host() };
        return Err(Error::usage("the login of one registry is not sent to another")
            .cause(format!("--from-docker names {other}, and --registry-url {}", url.authority()))
            .hint("leave out HOST: --from-docker then takes the login for the host of --registry-url"));
    }
    Ok(Some(named.clone()))
}

/// The registry at `url`, as other tools name it.
fn host_of(url: &RegistryUrl) -> Result<RegistryHost> {
    let text = format!("{}/{}", url.authority(), url.path());
    text.parse().map_err(|why: &str| {
        Error::usage("other tools keep no login for the host of --registry-url").cause(why)
    })
}

/// The error if several registries may be meant and nobody can be asked which.
fn ambiguous(listed: &[Listed], name: Option<&CredentialName>) -> Error {
    let error = Error::usage("missing: the HOST of --from-docker")
        .cause("there is no terminal to choose on, or questions are switched off")
        .cause(format!("there are logins at {}", names(listed)));
    let name = name.map_or("NAME", CredentialName::as_str);
    let command = |one: &Listed| {
        let run = Run::new("credentials registry create").arg("--name").arg(name);
        run.arg("--from-docker").arg(one.host.to_string())
    };
    listed.iter().take(NAMED).map(command).fold(error, |error, command| error.run("run", command))
}
