//! What every command's help and manual page say besides its options: the variables it reads, its
//! files, and how it ends.

use std::fmt::Write as _;

/// What a command reads, and how it ends.
#[derive(Clone, Copy, Debug)]
pub struct Guide {
    /// The names of its variables, of [`VARIABLES`].
    pub variables: &'static [&'static str],
    /// The names of its files, of [`FILES`].
    pub files: &'static [&'static str],
    /// Its exit codes, of [`EXIT_CODES`].
    pub exits: &'static [u8],
    /// What codes mean here, where that is not what they mean elsewhere.
    pub meanings: &'static [(u8, &'static str)],
}

/// Every variable that the program reads, and what for.
pub const VARIABLES: [(&str, &str); 23] = [
    ("ANKRA_API_TOKEN", "sign in with this API token, in place of ankra login"),
    ("ANKRA_BASE_URL", "as --base-url"),
    ("ANKRA_ORG", "as --org"),
    ("ANKRA_PROFILE", "as --profile"),
    ("ANKRA_SANDBOX", "as --sandbox, unless empty, 0, false, no or off"),
    ("ANKRA_NO_INPUT", "as --no-input, unless empty, 0, false, no or off"),
    ("HTTPS_PROXY", "reach https addresses by this proxy"),
    ("ALL_PROXY", "as HTTPS_PROXY, where that is not set"),
    ("NO_PROXY", "use no proxy for these hosts"),
    ("SSL_CERT_FILE", "trust the authorities in this file"),
    ("NO_COLOR", "use no colour, unless empty"),
    ("TERM", "dumb: use no colour"),
    ("REGISTRY_AUTH_FILE", "the login file of podman and skopeo"),
    ("XDG_RUNTIME_DIR", "where podman and skopeo keep theirs otherwise"),
    ("XDG_CONFIG_HOME", "where settings are, in place of ~/.config"),
    ("DOCKER_CONFIG", "the folder of docker's and oras' config.json"),
    ("HELM_REGISTRY_CONFIG", "the login file of helm"),
    ("HELM_CONFIG_HOME", "where helm keeps it otherwise"),
    ("PATH", "where credential helpers are"),
    ("SHELL", "your shell, where --shell does not name one"),
    ("BASH_COMPLETION_USER_DIR", "where bash looks for completions"),
    ("XDG_DATA_HOME", "where it looks otherwise, in place of ~/.local/share"),
    ("ZDOTDIR", "where zsh's .zshrc is"),
];

/// Every file that the program reads or writes for itself, and what is in it.
pub const FILES: [(&str, &str); 9] = [
    ("~/.config/ankra/config.toml", "settings; only ever read"),
    ("~/.config/ankra/login.toml", "the token that ankra login saved"),
    ("~/.ankra.yaml", "the login of the official client; only ever read"),
    ("~/.local/share/ankra/expiries.json", "when passwords end"),
    ("~/.local/share/ankra/sandbox/", "the sandbox"),
    ("~/.cache/ankra/completion/", "names for completion, for a minute"),
    ("~/.ssh/ankra_NAME, ~/.ssh/ankra_NAME.pub", "the pair that --generate made"),
    ("~/.docker/config.json", "logins of docker and oras; only ever read"),
    ("~/.config/containers/auth.json", "logins of podman and skopeo; only ever read"),
];

/// Every exit code, and what it means.
pub const EXIT_CODES: [(u8, &str); 10] = [
    (0, "done"),
    (1, "failure"),
    (2, "the command line or a value cannot be used"),
    (3, "not found"),
    (4, "you said no, or gave no answer"),
    (5, "timed out, or the outcome of a change is unknown"),
    (6, "not signed in, or the token is not accepted"),
    (7, "your role lacks a permission"),
    (8, "the name is taken"),
    (130, "interrupted; 128+n: ended by signal n"),
];

const SIGNED_IN: &[&str] =
    &["ANKRA_API_TOKEN", "ANKRA_BASE_URL", "ANKRA_ORG", "ANKRA_PROFILE", "ANKRA_SANDBOX"];
const ASKING: &[&str] =
    &["ANKRA_API_TOKEN", "ANKRA_BASE_URL", "ANKRA_ORG", "ANKRA_PROFILE", "ANKRA_SANDBOX", "ANKRA_NO_INPUT"];
const LOGIN: &[&str] = &["~/.config/ankra/config.toml", "~/.config/ankra/login.toml", "~/.ankra.yaml"];
const EXPIRY: &[&str] = &[
    "~/.config/ankra/config.toml",
    "~/.config/ankra/login.toml",
    "~/.ankra.yaml",
    "~/.local/share/ankra/expiries.json",
];
const KEYS: &[&str] = &[
    "~/.config/ankra/config.toml",
    "~/.config/ankra/login.toml",
    "~/.ankra.yaml",
    "~/.ssh/ankra_NAME, ~/.ssh/ankra_NAME.pub",
];

const READ: &[u8] = &[0, 1, 2, 3, 5, 6, 7];
const CREATE: &[u8] = &[0, 1, 2, 3, 4, 5, 6, 7, 8];
const CHANGE: &[u8] = &[0, 1, 2, 3, 4, 5, 6, 7];

/// What is not found where no credential is looked for.
const NO_PLACE: &[(u8, &str)] = &[(3, "there is no such organisation or profile")];

const LIST: Guide = Guide { variables: SIGNED_IN, files: LOGIN, exits: READ, meanings: NO_PLACE };
const ONE: Guide = Guide { meanings: &[], ..LIST };
const STORE: Guide = Guide { variables: ASKING, files: LOGIN, exits: CREATE, meanings: NO_PLACE };
const STORE_KEY: Guide = Guide { files: KEYS, ..STORE };
const ALTER: Guide = Guide { exits: CHANGE, files: EXPIRY, meanings: &[], ..STORE };
const ALONE: Guide = Guide { variables: &[], files: &[], exits: &[0, 1, 2], meanings: &[] };

/// Every command that does something; `*` stands for any one word, and the first row that fits counts.
const GUIDES: &[(&str, Guide)] = &[
    ("credentials list", LIST),
    ("credentials get", ONE),
    ("credentials validate", Guide { exits: &[0, 1, 2, 3, 5, 6, 7, 8], ..LIST }),
    ("credentials delete", ALTER),
    (
        "credentials registry create",
        Guide {
            variables: &[
                "ANKRA_API_TOKEN",
                "ANKRA_BASE_URL",
                "ANKRA_ORG",
                "ANKRA_PROFILE",
                "ANKRA_SANDBOX",
                "ANKRA_NO_INPUT",
                "REGISTRY_AUTH_FILE",
                "XDG_RUNTIME_DIR",
                "XDG_CONFIG_HOME",
                "DOCKER_CONFIG",
                "HELM_REGISTRY_CONFIG",
                "HELM_CONFIG_HOME",
                "PATH",
            ],
            files: &[
                "~/.config/ankra/config.toml",
                "~/.config/ankra/login.toml",
                "~/.ankra.yaml",
                "~/.local/share/ankra/expiries.json",
                "~/.docker/config.json",
                "~/.config/containers/auth.json",
            ],
            exits: &[0, 1, 2, 3, 4, 5, 6, 7, 8],
            meanings: &[
                (3, "no login was found for HOST, or --check found nothing there"),
                (6, "not signed in, or --check: the registry refuses the password"),
                (7, "your role lacks a permission, or --check: no access to the path"),
            ],
        },
    ),
    ("credentials registry list", Guide { files: EXPIRY, ..LIST }),
    ("credentials registry get", Guide { files: EXPIRY, ..ONE }),
    ("credentials registry update", ALTER),
    ("credentials registry refresh", ALTER),
    ("credentials registry delete", ALTER),
    (
        "credentials registry check",
        Guide {
            variables: &["ANKRA_NO_INPUT", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE"],
            files: &[],
            exits: &[0, 1, 2, 3, 4, 5, 6, 7],
            meanings: &[
                (0, "the user name and the password work there"),
                (1, "no connection, not a registry, or cannot tell"),
                (3, "there is nothing at this address of the registry"),
                (5, "no answer in time"),
                (6, "the user name or the password is wrong, or it has expired"),
                (7, "they may not read this path"),
            ],
        },
    ),
    ("credentials registry presets", ALONE),
    ("credentials ssh-key create", STORE_KEY),
    ("credentials ssh-key list", LIST),
    (
        "credentials ssh-key generate",
        Guide {
            variables: &["ANKRA_NO_INPUT"],
            files: &["~/.ssh/ankra_NAME, ~/.ssh/ankra_NAME.pub"],
            exits: &[0, 1, 2, 4],
            meanings: &[],
        },
    ),
    (
        "login",
        Guide {
            variables: &["ANKRA_BASE_URL", "ANKRA_ORG", "ANKRA_PROFILE", "ANKRA_SANDBOX", "ANKRA_NO_INPUT"],
            files: &["~/.config/ankra/config.toml", "~/.config/ankra/login.toml"],
            exits: &[0, 1, 2, 4, 5, 6],
            meanings: &[(6, "the token is not accepted; nothing was saved")],
        },
    ),
    (
        "logout",
        Guide {
            variables: &["ANKRA_BASE_URL", "ANKRA_PROFILE", "ANKRA_SANDBOX"],
            files: &["~/.config/ankra/login.toml"],
            exits: &[0, 1, 2, 3, 5, 6, 7],
            meanings: &[],
        },
    ),
    // Those of each cloud provider.
    ("credentials * create", STORE),
    ("credentials * list", LIST),
    ("credentials * ssh-key create", STORE_KEY),
    ("credentials * ssh-key list", LIST),
    ("status", LIST),
    (
        "completion",
        Guide {
            variables: &["SHELL", "BASH_COMPLETION_USER_DIR", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "ZDOTDIR"],
            files: &["~/.cache/ankra/completion/"],
            exits: &[0, 1, 2],
            meanings: &[],
        },
    ),
    ("completion install", INSTALL),
    ("completion uninstall", INSTALL),
    ("sandbox serve", Guide { files: &["~/.local/share/ankra/sandbox/"], exits: &[1, 2, 130], ..ALONE }),
    (
        "sandbox reset",
        Guide {
            variables: &["ANKRA_NO_INPUT"],
            files: &["~/.local/share/ankra/sandbox/"],
            exits: &[0, 1, 2, 4],
            meanings: &[],
        },
    ),
    ("sandbox env", Guide { files: &["~/.local/share/ankra/sandbox/"], ..ALONE }),
    (
        "",
        Guide {
            variables: &[
                "ANKRA_API_TOKEN",
                "ANKRA_BASE_URL",
                "ANKRA_ORG",
                "ANKRA_PROFILE",
                "ANKRA_SANDBOX",
                "ANKRA_NO_INPUT",
                "HTTPS_PROXY",
                "ALL_PROXY",
                "NO_PROXY",
                "SSL_CERT_FILE",
                "NO_COLOR",
                "TERM",
            ],
            files: &[
                "~/.config/ankra/config.toml",
                "~/.config/ankra/login.toml",
                "~/.ankra.yaml",
                "~/.local/share/ankra/expiries.json",
                "~/.local/share/ankra/sandbox/",
                "~/.cache/ankra/completion/",
                "~/.ssh/ankra_NAME, ~/.ssh/ankra_NAME.pub",
            ],
            exits: &[0, 1, 2, 3, 4, 5, 6, 7, 8, 130],
            meanings: &[],
        },
    ),
];

const INSTALL: Guide = Guide {
    variables: &[
        "ANKRA_NO_INPUT",
        "SHELL",
        "BASH_COMPLETION_USER_DIR",
        "XDG_DATA_HOME",
        "XDG_CONFIG_HOME",
        "ZDOTDIR",
    ],
    files: &[],
    exits: &[0, 1, 2, 4],
    meanings: &[],
};

/// Whether `path` is of the form of `pattern`.
fn fits(pattern: &str, path: &str) -> bool {
    let (words, given) = (pattern.split(' '), path.split(' '));
    words.clone().count() == given.clone().count()
        && words.zip(given).all(|(word, given)| word == "*" || word == given)
}

impl Guide {
    /// That of the command with this path (`credentials list`; empty: the program).
    #[must_use]
    pub fn of(path: &str) -> Option<&'static Self> {
        GUIDES.iter().find(|(pattern, _)| fits(pattern, path)).map(|(_, guide)| guide)
    }

    /// The variables, and what each is for.
    pub fn variables(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.variables.iter().filter_map(|name| VARIABLES.into_iter().find(|(known, _)| known == name))
    }

    /// The files, and what is in each.
    pub fn files(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.files.iter().filter_map(|name| FILES.into_iter().find(|(known, _)| known == name))
    }

    /// The exit codes, and what each means here.
    pub fn exits(&self) -> impl Iterator<Item = (u8, &'static str)> {
        let meaning = |code: u8| {
            let here = self.meanings.iter().find(|(known, _)| *known == code);
            here.or(EXIT_CODES.iter().find(|(known, _)| *known == code)).copied()
        };
        self.exits.iter().filter_map(move |code| meaning(*code))
    }

    /// As sections of a long help.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        let mut section = |title: &str, rows: Vec<(String, &str)>| {
            let width = rows.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
            if !rows.is_empty() {
                let _ = write!(text, "\n\n{title}:");
            }
            for (name, meaning) in rows {
                let _ = write!(text, "\n  {name:<width$}  {meaning}");
            }
        };
        section("Environment", self.variables().map(|(name, text)| (name.to_owned(), text)).collect());
        section("Exit codes", self.exits().map(|(code, text)| (code.to_string(), text)).collect());
        text
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{EXIT_CODES, FILES, GUIDES, Guide, VARIABLES, fits};
    use crate::cli::command;

    /// The paths of all commands that do something, of the program's too.
    fn paths() -> BTreeSet<String> {
        fn walk(command: &clap::Command, path: &str, found: &mut BTreeSet<String>) {
            if !command.has_subcommands() || path == "completion" || path.is_empty() {
                found.insert(path.to_owned());
            }
            for child in command.get_subcommands() {
                walk(child, format!("{path} {}", child.get_name()).trim_start(), found);
            }
        }
        let mut found = BTreeSet::new();
        walk(&command(), "", &mut found);
        found
    }

    #[test]
    fn every_command_has_its_row_here_and_every_row_its_command() {
        let row = |path: &str| GUIDES.iter().position(|(pattern, _)| fits(pattern, path));
        let mut used = BTreeSet::new();
        for path in paths() {
            used.insert(row(&path).unwrap_or_else(|| panic!("src/cli/guide.rs has no row for: {path}")));
        }
        assert_eq!(used, (0..GUIDES.len()).collect(), "a row is of no command");
    }

    #[test]
    fn what_rows_name_is_known_and_all_that_is_known_is_named() {
        let named = |of: fn(&Guide) -> Vec<String>| -> BTreeSet<String> {
            GUIDES.iter().flat_map(|(_, guide)| of(guide)).collect()
        };
        let variables = named(|guide| guide.variables.iter().map(ToString::to_string).collect());
        assert_eq!(variables, VARIABLES.iter().map(|(name, _)| (*name).to_owned()).collect());
        let files = named(|guide| guide.files.iter().map(ToString::to_string).collect());
        assert_eq!(files, FILES.iter().map(|(name, _)| (*name).to_owned()).collect());
        let exits = named(|guide| guide.exits.iter().map(ToString::to_string).collect());
        assert_eq!(exits, EXIT_CODES.iter().map(|(code, _)| code.to_string()).collect());
        for (path, guide) in GUIDES {
            assert!(guide.exits.is_sorted(), "{path}");
            assert!(guide.meanings.iter().all(|(code, _)| guide.exits.contains(code)), "{path}");
            assert!(guide.exits.contains(&0) || *path == "sandbox serve", "{path}");
        }
    }
}
