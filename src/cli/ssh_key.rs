//! `ankra credentials ssh-key`, and the `ssh-key` commands of each provider.

use std::{convert::Infallible, path::PathBuf, str::FromStr};

use clap::{
    ArgGroup, Args, Subcommand,
    builder::{PossibleValue, PossibleValuesParser, TypedValueParser},
};

use super::{CreateMode, ListOptions, with_clouds};
use crate::{
    error::listed,
    platform::CredentialName,
    providers::{ALL, Provider},
    secret::SecretSource,
};

const ENCRYPT: &str = "Encrypt the private key with a passphrase from SOURCE";

/// The SSH keys of one provider, whose examples `provider` adds.
#[derive(Debug, Subcommand)]
pub enum SshKeyCommand {
    /// Store an SSH key, made here or your own
    ///
    /// With --generate an Ed25519 pair is made on this machine. The private key is written
    /// to a file that only you can read; the public key alone is sent.
    Create(SshKeyCreateArgs),
    /// List the SSH keys
    ///
    /// With their fingerprints, as ssh-keygen -l shows them.
    #[command(visible_alias = "ls")]
    List(ListOptions),
}

#[derive(Debug, Subcommand)]
pub enum AnySshKeyCommand {
    /// Store an SSH key, made here or your own
    ///
    /// With --generate an Ed25519 pair is made on this machine. The private key is written
    /// to a file that only you can read; the public key alone is sent.
    #[command(after_help = with_clouds("Examples:
  ankra credentials ssh-key create --name my-key --provider OTHER --generate
  ankra credentials ssh-key create --name my-key --provider CLOUD \\
      --public-key @deploy.pub"))]
    Create {
        #[arg(
            long,
            value_name = "NAME",
            value_parser = provider(),
            ignore_case = true,
            hide_possible_values = true,
            help = format!("Store the key for the servers of {}; asked for if left out", Provider::list("or"))
        )]
        provider: Option<&'static Provider>,
        #[command(flatten)]
        create: SshKeyCreateArgs,
    },
    /// List the SSH keys of every provider
    ///
    /// With their fingerprints, as ssh-keygen -l shows them.
    #[command(
        visible_alias = "ls",
        after_help = with_clouds("Examples:
  ankra credentials ssh-key list --sort provider
  ankra credentials ssh-key list --provider CLOUD")
    )]
    List {
        /// List the keys for the servers of this provider
        #[arg(
            long,
            value_name = "NAME",
            value_parser = provider(),
            ignore_case = true,
            hide_possible_values = true
        )]
        provider: Option<&'static Provider>,
        #[command(flatten)]
        options: ListOptions,
    },
    /// Make an Ed25519 key pair without telling the platform
    ///
    /// In the format of OpenSSH, in a file that only you can read. Nothing is sent.
    #[command(after_help = "Examples:
  ankra credentials ssh-key generate --name my-key
  ankra credentials ssh-key generate --private-key-file ./deploy --passphrase")]
    #[command(group = ArgGroup::new("target").required(true).multiple(true).args(["name", "private_key_file"]))]
    Generate {
        /// Name the key: its comment, and the default file's name
        #[arg(short, long)]
        name: Option<CredentialName>,
        #[command(flatten)]
        new_key: NewKeyArgs,
    },
}

#[derive(Debug, Args)]
#[command(group = ArgGroup::new("key").required(true).args(["generate", "public_key"]))]
pub struct SshKeyCreateArgs {
    /// Name it in lower-case letters, digits and hyphens
    #[arg(short, long, required = true)]
    pub name: Option<CredentialName>,
    /// Make an Ed25519 pair on this machine
    #[arg(long, help_heading = "Key")]
    pub generate: bool,
    /// Use your own public key: its text, @FILE, or - for standard input
    #[arg(long, value_name = "KEY|@FILE|-", help_heading = "Key", allow_hyphen_values = true, conflicts_with_all = ["private_key_file", "passphrase", "passphrase_from"])]
    pub public_key: Option<PublicKeySource>,
    #[command(flatten)]
    pub new_key: NewKeyArgs,
    #[command(flatten)]
    pub mode: CreateMode,
}

/// Where a new pair goes, and how it is protected.
#[derive(Clone, Debug, Args)]
pub struct NewKeyArgs {
    /// Write the private key here; - is standard output
    ///
    /// The public key goes beside it, with .pub. No file is ever overwritten. Without this
    /// option the files are ~/.ssh/ankra_NAME and ~/.ssh/ankra_NAME.pub.
    #[arg(long, value_name = "PATH|-", help_heading = "Key", allow_hyphen_values = true)]
    pub private_key_file: Option<PathBuf>,
    /// Encrypt the private key, and ask for the passphrase twice
    #[arg(long, help_heading = "Secrets")]
    pub passphrase: bool,
    #[arg(
        long,
        help = ENCRYPT,
        long_help = format!("{ENCRYPT}\n\nSOURCE is {}.", listed(&SecretSource::FORMS, "or")),
        value_name = "SOURCE",
        conflicts_with = "passphrase",
        help_heading = "Secrets"
    )]
    pub passphrase_from: Option<SecretSource>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PublicKeySource {
    Text(String),
    File(PathBuf),
    Stdin,
}

impl FromStr for PublicKeySource {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(match text {
            "-" => Self::Stdin,
            _ => match text.strip_prefix('@') {
                Some(path) => Self::File(PathBuf::from(path)),
                None => Self::Text(text.to_owned()),
            },
        })
    }
}

/// The providers by name, so that completion and errors can list them.
fn provider() -> impl TypedValueParser<Value = &'static Provider> {
    let known = ALL.iter().map(|provider| {
        PossibleValue::new(provider.slug).aliases(provider.aliases.iter().chain(provider.spellings).copied())
    });
    PossibleValuesParser::new(known)
        .try_map(|name| Provider::called(&name).ok_or("there is no such provider"))
}
