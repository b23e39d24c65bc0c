//! Options of every command.

use std::path::PathBuf;

use clap::{
    Arg, ArgAction, Args,
    builder::{PossibleValuesParser, TypedValueParser},
};

use crate::{
    output::{Color, Format},
    platform::OrganisationRef,
};

/// The heading of the options of every command.
pub(super) const HEADING: &str = "Global options";

/// The variables that the settings read: the token's, and those that the help of an option names.
pub const OWN_VARIABLES: [&str; 6] =
    ["ANKRA_API_TOKEN", "ANKRA_BASE_URL", "ANKRA_ORG", "ANKRA_PROFILE", "ANKRA_SANDBOX", "ANKRA_NO_INPUT"];

#[derive(Clone, Debug, Args)]
#[command(next_help_heading = HEADING)]
pub struct GlobalArgs {
    #[arg(
        short,
        long,
        help = Format::HELP,
        long_help = format!("{}\n\n{}", Format::HELP, Format::DETAILS),
        global = true,
        value_parser = named(Format::NAMED),
        ignore_case = true,
        default_value = "table",
        value_name = "FORMAT",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub output: Format,
    /// Act in this organisation [env: ANKRA_ORG]
    #[arg(long, global = true, value_name = "NAME|ID")]
    pub org: Option<OrganisationRef>,
    /// Use the settings and the token of this profile [env: ANKRA_PROFILE]
    ///
    /// A profile is a table [profiles.NAME] of the settings file, or what login --profile NAME saved.
    #[arg(long, global = true, value_name = "NAME", hide_short_help = true)]
    pub profile: Option<ProfileName>,
    /// Use the platform at this address [env: ANKRA_BASE_URL]
    #[arg(long, global = true, value_name = "URL", hide_short_help = true)]
    pub base_url: Option<String>,
    /// Read the settings from this file
    #[arg(long, global = true, value_name = "PATH", hide_short_help = true)]
    pub config: Option<PathBuf>,
    /// Use the built-in platform [env: ANKRA_SANDBOX]
    ///
    /// It needs no account and no network, and keeps what it is given in your data directory.
    #[arg(long, global = true)]
    pub sandbox: bool,
    /// Never ask, fail instead [env: ANKRA_NO_INPUT]
    #[arg(long, global = true)]
    pub no_input: bool,
    /// Stop waiting after this time [default: 30]
    ///
    /// It counts for the command as a whole, and not while you are asked.
    #[arg(long, global = true, value_name = "SECONDS", value_parser = seconds, hide_short_help = true)]
    pub timeout: Option<u32>,
    /// Use colour: auto, always or never
    ///
    /// auto uses it on a terminal, unless the environment has NO_COLOR.
    #[arg(
        long,
        global = true,
        value_parser = named(Color::NAMED),
        ignore_case = true,
        default_value = "auto",
        value_name = "WHEN",
        hide_default_value = true,
        hide_possible_values = true,
        hide_short_help = true
    )]
    pub color: Color,
    /// Print results, warnings and errors only
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Show what is done on the way, never a secret
    #[arg(short, long, global = true, action = ArgAction::Count)]
    pub verbose: u8,
}

/// A profile as it was typed: the settings tell whether it can be one.
#[derive(Clone, Debug)]
pub struct ProfileName(pub String);

impl From<&str> for ProfileName {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

/// Takes the name of one of `choices`: completion and errors list the names.
pub(super) fn named<T: Clone + Send + Sync + 'static, const N: usize>(
    choices: [(&'static str, T); N],
) -> impl TypedValueParser<Value = T> {
    let names = choices.each_ref().map(|(name, _)| *name);
    PossibleValuesParser::new(names).try_map(move |given| {
        let choice = choices.iter().find(|(name, _)| name.eq_ignore_ascii_case(&given));
        choice.map(|(_, choice)| choice.clone()).ok_or("there is no such choice")
    })
}

/// `-h`, `--help`, `-V` and `--version`, beside the other options of every command.
pub(super) fn help_and_version() -> [Arg; 2] {
    [
        ("help", 'h', ArgAction::Help, "Print help; --help tells more than -h"),
        ("version", 'V', ArgAction::Version, "Print the version"),
    ]
    .map(|(name, short, action, help)| {
        Arg::new(name).short(short).long(name).action(action).help(help).global(true).help_heading(HEADING)
    })
}

fn seconds(text: &str) -> Result<u32, &'static str> {
    let number = text.strip_suffix('s').unwrap_or(text).parse().ok();
    number.filter(|seconds| (1..=3600).contains(seconds)).ok_or("it takes 1 to 3600 whole seconds")
}
