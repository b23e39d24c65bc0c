//! Which kind of value each argument takes: the one table of it.

use clap::Arg;

/// A kind of value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Values {
    /// Nothing that could be offered: what is new, secret or a number.
    #[default]
    Nothing,
    /// Credentials.
    Credentials(Which),
    /// Organisations.
    Organisations,
    /// Profiles.
    Profiles,
    /// Providers: those of this program, and those of the credentials there are.
    Providers,
    /// File names, which the shell completes itself.
    Files,
    /// The source of a secret: `prompt`, `file:PATH` and so on.
    Source,
    /// The names of the environment's variables.
    Variables,
    /// A public key: `@FILE` or `-`.
    PublicKey,
    /// Registries at which another tool left a login.
    Logins,
}

/// Which credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Which {
    /// Those of this provider alone.
    pub provider: Option<&'static str>,
    /// Whether the argument takes an id in place of a name.
    pub by_id: bool,
}

const ANY: Values = Values::Credentials(Which { provider: None, by_id: true });
const REGISTRY: Values = Values::Credentials(Which { provider: Some("registry"), by_id: true });

/// Arguments by what their values are called in the help.
const BY_VALUE: [(&str, Values); 10] = [
    ("HOST", Values::Logins),
    ("SOURCE", Values::Source),
    ("PATH", Values::Files),
    ("PATH|-", Values::Files),
    ("KEY|@FILE|-", Values::PublicKey),
    ("URL", Values::Nothing),
    ("SECONDS", Values::Nothing),
    ("DURATION", Values::Nothing),
    ("ADDRESS:PORT", Values::Nothing),
    ("ID", Values::Nothing),
];

/// Arguments by command and id; `*` is every command. The first row that fits counts.
const BY_ARGUMENT: [(&str, &str, Values); 12] = [
    ("*", "org", Values::Organisations),
    ("*", "profile", Values::Profiles),
    ("credentials list", "provider", Values::Providers),
    ("credentials get", "name", ANY),
    ("credentials delete", "names", ANY),
    ("credentials validate", "name", Values::Nothing),
    ("credentials registry get", "name", REGISTRY),
    ("credentials registry update", "name", REGISTRY),
    ("credentials registry refresh", "name", REGISTRY),
    ("credentials registry delete", "names", REGISTRY),
    ("*", "username", Values::Nothing),
    // Of every `create` and `generate`: the name of what is to be made.
    ("*", "name", Values::Nothing),
];

/// The kind of value that `arg` of `command` (`credentials get`) takes; `None`: the table
/// does not know it.
pub(super) fn values(command: &str, arg: &Arg) -> Option<Values> {
    let id = arg.get_id().as_str();
    let by_argument = BY_ARGUMENT
        .iter()
        .find(|(path, name, _)| *name == id && (*path == command || *path == "*"))
        .map(|(.., values)| *values);
    by_argument.or_else(|| {
        let called = arg.get_value_names()?.first()?;
        BY_VALUE.iter().find(|(name, _)| *name == called.as_str()).map(|(_, values)| *values)
    })
}

#[cfg(test)]
mod tests {
    use std::any::TypeId;

    use clap::{Arg, Command};

    use super::{BY_ARGUMENT, Values, values};
    use crate::{cli::command, platform::CredentialName};

    /// Every argument that takes a value, with its command's path.
    fn arguments() -> Vec<(String, Arg)> {
        fn walk(command: &Command, path: &str, found: &mut Vec<(String, Arg)>) {
            let taking = command.get_arguments().filter(|arg| arg.get_action().takes_values());
            found.extend(taking.map(|arg| (path.to_owned(), arg.clone())));
            for child in command.get_subcommands() {
                walk(child, format!("{path} {}", child.get_name()).trim(), found);
            }
        }
        let mut root = command();
        root.build();
        let mut found = Vec::new();
        walk(&root, "", &mut found);
        found
    }

    #[test]
    fn the_table_knows_every_argument_that_takes_a_value() {
        for (command, arg) in arguments() {
            let known = !arg.get_possible_values().is_empty() || values(&command, &arg).is_some();
            assert!(known, "no row for {} of: {command}", arg.get_id());
        }
    }

    #[test]
    fn whatever_names_a_credential_that_is_there_is_offered_some() {
        let mut count = 0;
        for (command, arg) in arguments() {
            let is_name = arg.get_value_parser().type_id() == TypeId::of::<CredentialName>();
            let by_id = arg.get_value_names().is_some_and(|names| names[0] == "NAME|ID");
            let is_new = arg.get_long() == Some("name") || command == "credentials validate";
            if (by_id && arg.get_id() != "org") || (is_name && !is_new) {
                let found = values(&command, &arg);
                let Some(Values::Credentials(which)) = found else { panic!("{command}: {found:?}") };
                assert_eq!(which.by_id, by_id, "{command}");
                let of_registry = command.starts_with("credentials registry ");
                assert_eq!(which.provider, of_registry.then_some("registry"), "{command}");
                count += 1;
            }
        }
        assert!(count >= 5, "{count}");
    }

    #[test]
    fn every_row_is_of_use() {
        for (path, id, _) in BY_ARGUMENT {
            let used = arguments()
                .iter()
                .any(|(command, arg)| arg.get_id() == id && (path == command || path == "*"));
            assert!(used, "{path}: {id}");
        }
    }
}
