//! The description of a provider's own tool, from which a flag that takes its configuration is made.

use std::fmt;

use super::config::ToolConfig;

/// How a provider takes what its own tool keeps on this machine.
#[derive(Debug)]
pub struct Import {
    /// The flag without dashes.
    pub flag: &'static str,
    /// What the help calls the entry that may be named; empty: there are none to choose from.
    pub value_name: &'static str,
    /// The flag's help.
    pub help: &'static str,
    /// What its long help adds.
    pub more: &'static str,
    /// The tool's name in sentences.
    pub tool: &'static str,
    /// Who looks for an entry as the tool does.
    pub itself: &'static str,
    /// What to do first where there is nothing to take.
    pub first: &'static str,
    /// What one of its entries is called.
    pub entry: &'static str,
    /// Where its files are. The first that is there counts, or with `is_merged` all, the later the more.
    pub files: &'static [ToolFile],
    pub is_merged: bool,
    /// The variables that it reads.
    pub variables: &'static [ToolVariable],
    /// Which entry the secrets in variables belong to.
    pub scope: Scope,
    /// The entry that it uses where nothing names one.
    pub usual: Option<&'static str>,
    /// Whether the names of entries have no upper case.
    pub folds: bool,
    /// Where it sends its secrets.
    pub address: Option<Address>,
    /// Entries whose secrets the platform cannot use, and why: told before they are stored.
    pub doubt: fn(&str) -> Option<&'static str>,
    /// The item that it keeps in the system's keychain.
    pub keychain: Option<KeychainItem>,
    /// Reads a file. An error says where it cannot be read, and repeats nothing of it.
    pub read: fn(&str) -> Result<ToolConfig, String>,
}

/// Where a file of a tool is.
#[derive(Clone, Copy, Debug)]
pub enum ToolFile {
    At(&'static str),
    /// Below the home directory.
    Home(&'static str),
    /// Below `XDG_CONFIG_HOME` or `~/.config`; on macOS below `~/Library/Application Support`, whatever
    /// `XDG_CONFIG_HOME` says: where Go's `os.UserConfigDir` is.
    Settings(&'static str),
    /// Below `XDG_CONFIG_HOME` or what [`Self::Settings`] has in its place, on macOS too: where Go's library adrg/xdg
    /// looks.
    Xdg(&'static str),
    /// Below the working directory.
    Here(&'static str),
}

/// A variable that a tool reads.
#[derive(Clone, Copy, Debug)]
pub struct ToolVariable {
    pub name: &'static str,
    /// What it is for, as a help text has it.
    pub about: &'static str,
    pub gives: Gives,
}

/// What a variable gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gives {
    /// The secret of this field.
    Secret(&'static str),
    /// The name of the entry to use.
    Entry,
    /// The file, in place of all others.
    File,
    /// The address that secrets go to.
    Address,
}

/// Which entry the secrets in variables belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// None: they count before every entry.
    Apart,
    /// The usual one: of another they are not.
    Usual,
    /// The one that is used: they count before what it has.
    Used,
}

/// Where a tool sends its secrets.
#[derive(Clone, Copy, Debug)]
pub struct Address {
    /// The provider's own address.
    pub own: &'static str,
    /// The variable that names another.
    pub variable: &'static str,
}

/// An item of the system's keychain, as the library go-keyring names it.
#[derive(Clone, Copy, Debug)]
pub struct KeychainItem {
    pub service: &'static str,
    pub account: &'static str,
    /// The field that it holds.
    pub field: &'static str,
}

impl Import {
    /// The flag as it is typed.
    pub fn option(&self) -> String {
        format!("--{}", self.flag)
    }

    /// Whether an entry is one of the cloud's endpoints.
    pub fn is_endpoint(&self) -> bool {
        self.entry == "endpoint"
    }

    /// The variables that give what `gives` says.
    pub fn giving(&self, gives: impl Fn(Gives) -> bool) -> impl Iterator<Item = &'static ToolVariable> {
        self.variables.iter().filter(move |variable| gives(variable.gives))
    }
}

/// As a person writes it.
impl fmt::Display for ToolFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::At(path) => f.write_str(path),
            Self::Home(path) => write!(f, "~/{path}"),
            Self::Settings(path) | Self::Xdg(path) => write!(f, "~/.config/{path}"),
            Self::Here(path) => write!(f, "./{path}"),
        }
    }
}
