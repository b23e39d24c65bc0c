//! The commands of each cloud provider, made from what `providers` knows of it.

mod import;

use clap::{
    Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches, Subcommand, error::ErrorKind,
    parser::ValueSource, value_parser,
};
use serde_json::Value;

pub use self::import::{ImportArgs, ToolEntryName};
use super::{BundleArgs, CreateMode, ListOptions, SshKeyCommand};
use crate::{
    error::listed,
    platform::CredentialName,
    providers::{ALL, Kind, Plain, Provider, capitalised},
    secret::{Field, Passed, SecretSource, Wanted, pass},
};

#[derive(Debug)]
pub struct ProviderCommand {
    pub provider: &'static Provider,
    pub action: ProviderAction,
}

#[derive(Debug)]
pub enum ProviderAction {
    Create(ProviderCreateArgs),
    List(ListOptions),
    Check(ProviderFields),
    SshKey(SshKeyCommand),
}

#[derive(Debug)]
pub struct ProviderCreateArgs {
    pub name: Option<CredentialName>,
    pub fields: ProviderFields,
    /// Ask the cloud whether they work before they are stored.
    pub check: bool,
    pub mode: CreateMode,
}

/// What makes a credential of a cloud, as far as it was given.
#[derive(Debug)]
pub struct ProviderFields {
    /// The flags and numbers.
    pub plain: Vec<(&'static Plain, Value)>,
    /// The texts, as the gate lets them pass.
    pub texts: Vec<(&'static Plain, Passed)>,
    /// What has to be given and is not.
    pub lacking: Vec<&'static Plain>,
    pub secrets: Vec<Wanted<'static>>,
    /// The tool whose configuration is taken.
    pub import: Option<ImportArgs>,
    /// Ask the cloud for the secret that it grants, which is none of `secrets` then.
    pub requests: bool,
    pub bundle: BundleArgs,
}

impl Subcommand for ProviderCommand {
    fn augment_subcommands(command: Command) -> Command {
        command.subcommands(ALL.iter().map(|provider| {
            Command::new(provider.slug)
                .about(format!("Manage {} {} and SSH keys", provider.title, provider.holds))
                .visible_aliases(provider.aliases.iter().copied())
                .aliases(provider.spellings.iter().copied())
                .subcommand_required(true)
                .arg_required_else_help(true)
                // Most command lines lead to none of them.
                .defer(whole)
        }))
    }

    fn augment_subcommands_for_update(command: Command) -> Command {
        Self::augment_subcommands(command)
    }

    fn has_subcommand(name: &str) -> bool {
        Provider::named(name).is_some()
    }
}

/// Adds what a command line needs that leads to the provider whose command this is.
fn whole(command: Command) -> Command {
    let Some(provider) = Provider::named(command.get_name()) else { return command };
    let (slug, title) = (provider.slug, provider.title);
    let list = format!("ankra credentials {slug} list");
    let list_command = described(
        ListOptions::augment_args(Command::new("list")),
        &format!("List the {title} credentials"),
        &format!(
            "{} alone: SSH keys are listed by ssh-key list. No secret is ever shown.",
            capitalised(provider.holds)
        ),
        &[&format!("{list} -o wide")],
    );
    let about = command.get_about().map(ToString::to_string).unwrap_or_default();
    described(command, &about, provider.needs, &[provider.examples[0], &list])
        .subcommand(described(create(provider), provider.about, provider.more, provider.examples))
        .subcommand(list_command.visible_alias("ls"))
        .subcommand(check(provider))
        .subcommand(ssh_key(provider))
}

fn described(command: Command, about: &str, more: &str, examples: &[&str]) -> Command {
    command
        .about(about.to_owned())
        .long_about(format!("{about}\n\n{more}"))
        .after_help(format!("Examples:\n  {}", examples.join("\n  ")))
}

fn create(provider: &'static Provider) -> Command {
    let name =
        Arg::new("name").short('n').long("name").help("Name it in lower-case letters, digits and hyphens");
    let check = Arg::new("check").long("check").action(ArgAction::SetTrue);
    let command = Command::new("create")
        .arg(name.required(true).value_name("NAME").value_parser(value_parser!(CredentialName)))
        .arg(check.help(format!("Ask {} first, and store nothing that it refuses", provider.title)));
    CreateMode::augment_args(fields(command, provider, |_| true))
}

/// The command that stores nothing. How the platform reaches a cloud is not of its concern.
fn check(provider: &'static Provider) -> Command {
    let about = format!("Show whether {} accepts a credential, and what it may do", provider.title);
    let more =
        format!("{} Nothing is stored, and the platform is not asked for anything.", provider.check.about);
    let line = provider.examples[0].replacen(" create ", " check ", 1);
    let name = line.split(' ').skip_while(|word| *word != "--name").nth(1).unwrap_or_default();
    let line = line.replacen(&format!(" --name {name}"), "", 1);
    let command = fields(Command::new("check"), provider, |group| group.is_none());
    described(command, &about, &more, &[&line])
}

/// Adds the options of the fields in the groups that are `wanted`.
fn fields(command: Command, provider: &'static Provider, wanted: fn(Option<&str>) -> bool) -> Command {
    let is_check = command.get_name() == "check";
    let of_group = |field: &&Plain| wanted(field.group.map(|group| group.name));
    let plain = provider
        .plain
        .iter()
        .filter(of_group)
        .map(|field| plain(provider, field, !(is_check && field.is_for_storing)));
    let command = command.args(plain);
    // Of several secrets, one with a source of its own is taken from there.
    let other = provider.import.filter(|_| provider.secrets.len() == 1).map(|import| import.flag);
    let secrets = provider.secrets.iter().filter(|field| wanted(field.group));
    let command = secrets.enumerate().fold(command, |command, (place, field)| {
        let help = match place {
            0 => SecretSource::help(),
            _ => "Take it from SOURCE, as above".to_owned(),
        };
        let from = Arg::new(flag(field, "from")).long(flag(field, "from")).value_name("SOURCE");
        let from = from
            .help(help)
            .help_heading("Secrets")
            .value_parser(value_parser!(SecretSource))
            .conflicts_with_all(other);
        let stdin = field.stdin_flag.map(|what| {
            Arg::new(flag(field, "stdin"))
                .long(flag(field, "stdin"))
                .help(format!("Read the {what} from standard input"))
                .help_heading("Secrets")
                .action(ArgAction::SetTrue)
                .conflicts_with(flag(field, "from"))
                .conflicts_with_all(other)
        });
        let switch = field.group.and_then(|group| provider.switch_of(group));
        let from = switch.into_iter().fold(from, |from, switch| from.requires(switch.name));
        command.arg(from).args(stdin)
    });
    let command = command.args(import::arg(provider));
    // What is only checked and not stored would be lost.
    let grant = provider.grant.filter(|_| !is_check).map(|grant| {
        let arg = Arg::new(grant.flag).long(grant.flag).help(grant.help).help_heading("Secrets");
        arg.action(ArgAction::SetTrue).conflicts_with(&*format!("{}-from", grant.field).leak())
    });
    let command = command.args(grant);
    let keys = |field: &Field| listed(&field.keys(), "or");
    let secrets = provider.secrets.iter().filter(|field| wanted(field.group));
    let keys = secrets.map(keys).collect::<Vec<_>>().join("; ");
    BundleArgs::augment_args(command).mut_args(|arg| BundleArgs::with_keys(arg, &keys))
}

/// The long flag of `field` that ends with `end`. Leaked: clap takes no other names than those that
/// stay, and a process builds them once.
fn flag(field: &Field, end: &str) -> &'static str {
    format!("{}-{end}", field.name).leak()
}

/// The option of `field`; `is_needed`: it has to be given, unless it has a default.
fn plain(provider: &'static Provider, field: &'static Plain, is_needed: bool) -> Arg {
    let arg = Arg::new(field.name).long(field.name).help(field.help);
    let arg = match field.kind {
        Kind::Flag => arg.action(ArgAction::SetTrue),
        Kind::Port => arg.value_name(field.value_name).value_parser(value_parser!(u16).range(1..)),
        Kind::Text(_) => {
            let described = field.described();
            let parse = move |text: &str| {
                pass(text, &described, false).map_err(|refusal| refusal.causes().join(": "))
            };
            arg.value_name(field.value_name).value_parser(parse)
        }
    };
    let arg = match field.default {
        Some(default) => arg.default_value(default),
        None if !is_needed || !field.is_due() => arg,
        // What the provider's own tool has of it is known later.
        None => match provider.import {
            Some(import) => arg.required_unless_present(import.flag),
            None => arg.required(true),
        },
    };
    let Some(group) = field.group else { return arg };
    let switch = provider.switch_of(group.name).filter(|switch| switch.name != field.name);
    let arg = arg.help_heading(group.title);
    switch.into_iter().fold(arg, |arg, switch| arg.requires(switch.name))
}

fn ssh_key(provider: &'static Provider) -> Command {
    let (slug, title) = (provider.slug, provider.title);
    let create = format!("ankra credentials {slug} ssh-key create --name my-key");
    let made = format!("{create} --generate");
    let list = format!("ankra credentials {slug} ssh-key list");
    let command = SshKeyCommand::augment_subcommands(Command::new("ssh-key"))
        .mut_subcommands(|command| {
            let examples = match command.get_name() {
                "create" => format!("{made}\n  {create} \\\n      --public-key @deploy.pub"),
                _ => list.clone(),
            };
            command.after_help(format!("Examples:\n  {examples}"))
        })
        .visible_aliases(["ssh-keys", "ssh"])
        .subcommand_required(true)
        .arg_required_else_help(true);
    described(
        command,
        &format!("Manage the SSH keys for {title} servers"),
        &format!("The platform puts these keys on the servers that it makes at {title}."),
        &[&made, &list],
    )
}

impl FromArgMatches for ProviderCommand {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        Self::from_arg_matches_mut(&mut matches.clone())
    }

    fn from_arg_matches_mut(matches: &mut ArgMatches) -> Result<Self, clap::Error> {
        let missing = || clap::Error::new(ErrorKind::MissingSubcommand);
        let (slug, mut matches) = matches.remove_subcommand().ok_or_else(missing)?;
        let provider = Provider::named(&slug).ok_or_else(missing)?;
        let (name, mut matches) = matches.remove_subcommand().ok_or_else(missing)?;
        let action = match name.as_str() {
            "create" => ProviderAction::Create(ProviderCreateArgs::read(provider, &mut matches)?),
            "list" => ProviderAction::List(ListOptions::from_arg_matches_mut(&mut matches)?),
            "check" => ProviderAction::Check(ProviderFields::read(provider, true, &mut matches)?),
            _ => ProviderAction::SshKey(SshKeyCommand::from_arg_matches_mut(&mut matches)?),
        };
        Ok(Self { provider, action })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl ProviderCreateArgs {
    fn read(provider: &'static Provider, matches: &mut ArgMatches) -> Result<Self, clap::Error> {
        Ok(Self {
            name: matches.remove_one("name"),
            fields: ProviderFields::read(provider, false, matches)?,
            check: matches.get_flag("check"),
            mode: CreateMode::from_arg_matches_mut(matches)?,
        })
    }
}

impl ProviderFields {
    fn read(
        provider: &'static Provider,
        is_check: bool,
        matches: &mut ArgMatches,
    ) -> Result<Self, clap::Error> {
        // The command has no options for the fields of some groups.
        let has = |name: &str| matches.ids().any(|id| id == name);
        let is_given = |field: &Plain| {
            has(field.name) && matches.value_source(field.name) == Some(ValueSource::CommandLine)
        };
        // Any field of a group turns it on: what it lacks then is asked for.
        let is_on = |group: Option<&str>| {
            let fields = provider.plain.iter().filter(|field| field.group.map(|group| group.name) == group);
            let secrets = provider.secrets.iter().filter(|field| field.group == group);
            let mut sources = secrets.map(|field| format!("{}-from", field.name));
            group.is_none() || fields.into_iter().any(is_given) || sources.any(|source| has(&source))
        };
        let (mut plain, mut texts, mut lacking) = (Vec::new(), Vec::new(), Vec::new());
        for field in provider.plain.iter().filter(|field| is_on(field.group.map(|group| group.name))) {
            match field.kind {
                Kind::Flag => plain.push((field, Value::from(matches.get_flag(field.name)))),
                Kind::Port => {
                    plain.extend(matches.get_one::<u16>(field.name).map(|port| (field, Value::from(*port))));
                }
                Kind::Text(_) => match matches.get_one::<Passed>(field.name) {
                    Some(passed) => texts.push((field, passed.clone())),
                    None if is_check && field.is_for_storing => {}
                    None => lacking.push(field),
                },
            }
        }
        let requested = provider.grant.filter(|grant| has(grant.flag) && matches.get_flag(grant.flag));
        let is_wanted =
            |field: &&Field| is_on(field.group) && requested.is_none_or(|grant| grant.field != field.name);
        let secrets = provider.secrets.iter().filter(is_wanted).map(|field| {
            let is_piped = field.stdin_flag.is_some() && matches.get_flag(&format!("{}-stdin", field.name));
            let source = matches.get_one(&format!("{}-from", field.name)).cloned();
            Wanted::new(field, if is_piped { Some(SecretSource::Stdin) } else { source })
        });
        let secrets = secrets.collect();
        let import = import::read(provider, matches);
        let requests = requested.is_some();
        Ok(Self {
            plain,
            texts,
            lacking,
            secrets,
            import,
            requests,
            bundle: BundleArgs::from_arg_matches_mut(matches)?,
        })
    }
}
