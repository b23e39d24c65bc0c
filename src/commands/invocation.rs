//! The maker of every command line that a hint, a note or a question prints.

use crate::{
    cli::GlobalArgs,
    error::{Error, Run},
    platform::BaseUrl,
};

/// The global flags as they were given: a command that is run as printed acts in the same place.
#[derive(Clone, Debug, Default)]
pub struct Invocation {
    flags: Vec<(&'static str, Option<String>)>,
}

impl Invocation {
    /// Remembers the flags that say where a command acts. Variables of the environment stay in force
    /// by themselves, and an address that cannot be used is left out: it may hold a password.
    pub fn new(global: &GlobalArgs) -> Self {
        let flags = [
            ("--org", global.org.as_ref().map(ToString::to_string)),
            ("--profile", global.profile.as_ref().map(|profile| profile.0.clone())),
            ("--base-url", global.base_url.clone().filter(|url| url.parse::<BaseUrl>().is_ok())),
            ("--config", global.config.as_ref().and_then(|path| path.to_str()).map(str::to_owned)),
        ];
        let mut flags: Vec<_> = flags.into_iter().filter(|(_, value)| value.is_some()).collect();
        if global.sandbox {
            flags.push(("--sandbox", None));
        }
        Self { flags }
    }

    /// The line that runs `run` in the same place, quoted for a shell.
    pub fn line(&self, run: &Run) -> String {
        // Nobody signs in to the sandbox.
        let is_fit = |flag: &str| !(run.has(flag) || flag == "--sandbox" && run.is_of("login"));
        let flags = self.flags.iter().filter(|(flag, _)| is_fit(flag));
        run.line(flags.flat_map(|(flag, value)| [Some(*flag), value.as_deref()]).flatten())
    }

    /// `error`, with the command lines of its hints as [`Self::line`] writes them.
    pub fn spell(&self, error: Error) -> Error {
        let hints: Vec<_> = error.hints().iter().map(|hint| hint.spelled(|run| self.line(run))).collect();
        error.with_hints(hints)
    }
}
