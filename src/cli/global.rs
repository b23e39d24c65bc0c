//! Options of every command.

use std::path::PathBuf;

use clap::{ArgAction, Args, ValueEnum};

/// What applies to every command.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Global options")]
pub struct GlobalArgs {
    /// How results are shown
    #[arg(
        short,
        long,
        global = true,
        value_enum,
        default_value_t,
        value_name = "FORMAT",
        hide_default_value = true
    )]
    pub output: OutputFormat,
    /// The organisation, by name or id [env: ANKRA_ORG]
    #[arg(long, global = true, value_name = "NAME|ID")]
    pub org: Option<String>,
    /// The platform's address [env: ANKRA_BASE_URL]
    #[arg(long, global = true, value_name = "URL")]
    pub base_url: Option<String>,
    /// The settings file
    #[arg(long, global = true, value_name = "PATH")]
    pub config: Option<PathBuf>,
    /// Use the platform inside this program: no account, no network [env: ANKRA_SANDBOX]
    #[arg(long, global = true)]
    pub sandbox: bool,
    /// Never ask; fail where something is missing [env: ANKRA_NO_INPUT]
    #[arg(long, global = true)]
    pub no_input: bool,
    /// How long a request may take in all [default: 30]
    #[arg(long, global = true, value_name = "SECONDS", value_parser = clap::value_parser!(u32).range(1..=3600))]
    pub timeout: Option<u32>,
    /// When to use colour
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN", hide_default_value = true)]
    pub color: ColorChoice,
    /// Print results, warnings and errors only
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Say what is done on the way; never a secret
    #[arg(short, long, global = true, action = ArgAction::Count)]
    pub verbose: u8,
}

/// How results are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum OutputFormat {
    /// A table, fitted to the terminal
    #[default]
    Table,
    /// The table with every column and full times
    Wide,
    /// JSON
    Json,
    /// YAML
    Yaml,
    /// One name a line
    Name,
}

/// When colour is used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ColorChoice {
    /// On a terminal, unless `NO_COLOR` is set
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}
