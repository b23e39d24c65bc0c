//! The flag that takes what a provider's own tool has: `--from-hcloud` and its like.

use std::str::FromStr;

use clap::{Arg, ArgMatches, value_parser};

use crate::{
    error::{Error, Result},
    providers::{Import, Provider},
};

/// The flag, as it was given.
#[derive(Clone, Debug)]
pub struct ImportArgs {
    pub import: &'static Import,
    /// The context or section that is named.
    pub entry: Option<ToolEntryName>,
}

/// The name of a context or section of a tool. It may be anything, also a secret that was meant for another flag.
#[derive(Clone, Debug)]
pub struct ToolEntryName(pub String);

impl FromStr for ToolEntryName {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        if text.is_empty() {
            return Err(
                Error::usage("the name is empty").hint("leave it out to choose among those that there are")
            );
        }
        Ok(Self(text.to_owned()))
    }
}

/// The argument of `provider`, if its tool is known. Where there is one secret, its own flags exclude it.
pub(super) fn arg(provider: &Provider) -> Option<Arg> {
    let import = provider.import?;
    let arg = Arg::new(import.flag)
        .long(import.flag)
        .help(import.help)
        .long_help(format!("{}\n\n{}", import.help, import.more))
        .help_heading("Secrets")
        .conflicts_with("secrets_from");
    Some(if import.value_name.is_empty() {
        arg.action(clap::ArgAction::SetTrue)
    } else {
        arg.value_name(import.value_name).num_args(0..=1).value_parser(value_parser!(ToolEntryName))
    })
}

/// What was given for the argument of `provider`.
pub(super) fn read(provider: &Provider, matches: &ArgMatches) -> Option<ImportArgs> {
    let import = provider.import?;
    let is_given = matches.value_source(import.flag) == Some(clap::parser::ValueSource::CommandLine);
    let entry = || matches.get_one::<ToolEntryName>(import.flag).cloned();
    is_given.then(|| ImportArgs { import, entry: if import.value_name.is_empty() { None } else { entry() } })
}
