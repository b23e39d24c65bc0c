//! What a value can be, by the type that it is read as.

use std::{any::TypeId, path::PathBuf};

use clap::Arg;

use crate::{
    cli::{ColumnName, ProfileName, ProviderName, PublicKeySource, ToolEntryName},
    platform::{CredentialRef, OrganisationRef, REGISTRY, RegistryRef, TokenRef},
    providers::{ALL, registry_logins::RegistryHost},
    secret::SecretSource,
};

/// A kind of value that the command tree does not know all of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Values {
    /// Nothing that could be offered: what is new, secret or a number.
    #[default]
    Nothing,
    /// Credentials, of one provider or of all.
    Credentials(Option<&'static str>),
    Organisations,
    Profiles,
    /// The person's own API tokens.
    Tokens,
    /// The columns of the list that the command shows.
    Columns,
    /// Providers: those of this program, and those of the credentials there are.
    Providers,
    /// File names, which the shell completes itself.
    Files,
    /// The names of the environment's variables.
    Variables,
    /// Registries at which another tool left a login.
    Logins,
    /// The contexts or sections of a provider's own tool, by the flag that takes one.
    Entries(&'static str),
}

/// How a value may begin, what that means, and what stands behind it.
pub(super) type Form = (&'static str, &'static str, Values);

const SOURCES: &[Form] = &[
    ("prompt", "ask on the terminal", Values::Nothing),
    ("stdin", "read standard input", Values::Nothing),
    ("file:", "read a file", Values::Files),
    ("env:", "take an environment variable", Values::Variables),
    ("command:", "run a command", Values::Nothing),
    ("fd:", "read an open descriptor", Values::Nothing),
];

const KEYS: &[Form] = &[("@", "read a file", Values::Files), ("-", "read standard input", Values::Nothing)];

/// The kind of value that `arg` takes, or the forms that it has.
pub(super) fn of(arg: &Arg) -> (Values, &'static [Form]) {
    let kinds: [(TypeId, Values, &[Form]); 11] = [
        (TypeId::of::<CredentialRef>(), Values::Credentials(None), &[]),
        (TypeId::of::<RegistryRef>(), Values::Credentials(Some(REGISTRY)), &[]),
        (TypeId::of::<OrganisationRef>(), Values::Organisations, &[]),
        (TypeId::of::<ProfileName>(), Values::Profiles, &[]),
        (TypeId::of::<TokenRef>(), Values::Tokens, &[]),
        (TypeId::of::<ColumnName>(), Values::Columns, &[]),
        (TypeId::of::<ProviderName>(), Values::Providers, &[]),
        (TypeId::of::<RegistryHost>(), Values::Logins, &[]),
        (TypeId::of::<PathBuf>(), Values::Files, &[]),
        (TypeId::of::<SecretSource>(), Values::Nothing, SOURCES),
        (TypeId::of::<PublicKeySource>(), Values::Nothing, KEYS),
    ];
    let id = arg.get_value_parser().type_id();
    if id == TypeId::of::<ToolEntryName>() {
        let import =
            ALL.iter().filter_map(|provider| provider.import).find(|import| arg.get_id() == import.flag);
        return (import.map_or(Values::Nothing, |import| Values::Entries(import.flag)), &[]);
    }
    let kind = kinds.into_iter().find(|(kind, ..)| id == *kind);
    kind.map_or((Values::Nothing, &[]), |(_, values, forms)| (values, forms))
}

#[cfg(test)]
mod tests {
    use super::{Values, of};
    use crate::cli::tests::tree;

    #[test]
    fn what_the_help_calls_a_thing_is_offered_as_one() {
        let mut count = 0;
        for (path, command) in tree() {
            for arg in command.get_arguments().filter(|arg| arg.get_action().takes_values()) {
                let (values, forms) = of(arg);
                let called = arg.get_value_names().map(|names| names[0].as_str()).unwrap_or_default();
                let is_right = match called {
                    "NAME|ID" if arg.get_id() == "org" || path.starts_with("ankra org ") => {
                        values == Values::Organisations
                    }
                    "NAME|ID" if path.starts_with("ankra token ") => values == Values::Tokens,
                    "NAME|ID" if path.starts_with("ankra credentials registry ") => {
                        values == Values::Credentials(Some(super::REGISTRY))
                    }
                    "NAME|ID" => values == Values::Credentials(None),
                    "PATH" | "PATH|-" => values == Values::Files,
                    "HOST" => values == Values::Logins,
                    "CONTEXT" | "ENDPOINT" => matches!(values, Values::Entries(_)),
                    "SOURCE" | "KEY|@FILE|-" => !forms.is_empty(),
                    _ => forms.is_empty() && !matches!(values, Values::Credentials(_) | Values::Files),
                };
                count += usize::from(values != Values::Nothing || !forms.is_empty());
                assert!(is_right, "{path}: {}: {values:?}", arg.get_id());
            }
        }
        assert!(count > 50, "{count}");
    }
}
