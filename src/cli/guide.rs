//! What every command's help and manual page say besides its options: the variables it reads, its
//! files, and how it ends.

use std::{fmt::Write as _, sync::LazyLock};

use clap::{Arg, Args as _, Command};

use super::GlobalArgs;
use crate::providers::{ALL, Import, Provider, ToolFile};

/// What a command reads, and how it ends.
#[derive(Clone, Copy, Debug)]
pub struct Guide {
    /// Which of the variables count that stand for an option of every command.
    options: fn(&str) -> bool,
    variables: &'static [&'static [Row]],
    files: &'static [&'static [Row]],
    exits: &'static [u8],
    /// What codes mean here, where that is not what they mean elsewhere.
    meanings: &'static [(u8, &'static str)],
}

/// A variable and what it is for, or a file and what is in it.
type Row = (&'static str, &'static str);

const TOKEN: &[Row] = &[("ANKRA_API_TOKEN", "sign in with this token, in place of ankra login")];
const NETWORK: &[Row] = &[
    ("HTTPS_PROXY", "reach https addresses by this proxy"),
    ("ALL_PROXY", "as HTTPS_PROXY, where that is not set"),
    ("NO_PROXY", "use no proxy for these hosts"),
    ("SSL_CERT_FILE", "trust the authorities in this file"),
    ("SSL_CERT_DIR", "trust those in the files of these folders"),
];
const BROWSER: &[Row] = &[
    ("BROWSER", "open the page of a sign-in with this program"),
    ("SSH_CONNECTION", "open none: the person sits elsewhere"),
    ("SSH_TTY", "as SSH_CONNECTION"),
    ("DISPLAY", "there is a screen to open it on"),
    ("WAYLAND_DISPLAY", "as DISPLAY"),
    ("WSL_DISTRO_NAME", "open it in Windows"),
];
const SCREEN: &[Row] = &[
    ("NO_COLOR", "use no colour, unless empty"),
    ("TERM", "dumb: use no colour, and change no line that was shown"),
    ("ACCESSIBLE", "1: change no line that was shown, as a screen reader needs it"),
];
const XDG_CONFIG_HOME: Row = ("XDG_CONFIG_HOME", "where settings are, in place of ~/.config");
const REGISTRY_LOGINS: &[Row] = &[
    ("REGISTRY_AUTH_FILE", "the login file of podman and skopeo"),
    ("XDG_RUNTIME_DIR", "where podman and skopeo keep theirs otherwise"),
    XDG_CONFIG_HOME,
    ("DOCKER_CONFIG", "the folder of docker's and oras' config.json"),
    ("DOCKER_AUTH_CONFIG", "the text of a login file, as GitLab CI has it"),
    ("HELM_REGISTRY_CONFIG", "the login file of helm"),
    ("HELM_CONFIG_HOME", "where helm keeps it otherwise"),
    ("PATH", "where credential helpers are"),
];
const SHELLS: &[Row] = &[
    XDG_CONFIG_HOME,
    ("SHELL", "your shell, where --shell does not name one"),
    ("BASH_COMPLETION_USER_DIR", "where bash looks for completions"),
    ("XDG_DATA_HOME", "where it looks otherwise, in place of ~/.local/share"),
    ("ZDOTDIR", "where zsh's .zshrc is"),
];

const SETTINGS: Row = ("~/.config/ankra/config.toml", "settings; only ever read");
const SAVED: Row = ("~/.config/ankra/login.toml", "the token that ankra login saved");
const LOGIN: &[Row] =
    &[SETTINGS, SAVED, ("~/.ankra.yaml", "the login of the official client; only ever read")];
const EXPIRIES: &[Row] = &[("~/.local/share/ankra/expiries.json", "when secrets expire")];
const SANDBOX: &[Row] = &[("~/.local/share/ankra/sandbox/", "the sandbox")];
const CACHE: &[Row] = &[("~/.cache/ankra/completion/", "names for completion, for a minute")];
const KEYS: &[Row] = &[("~/.ssh/ankra_NAME, ~/.ssh/ankra_NAME.pub", "the pair that --generate made")];
const TOOLS: &[Row] = &[
    ("~/.docker/config.json", "logins of docker and oras; only ever read"),
    ("~/.config/containers/auth.json", "logins of podman and skopeo; only ever read"),
];

/// Every exit code, and what it means.
const EXIT_CODES: &[(u8, &str)] = &[
    (0, "done"),
    (1, "failure"),
    (2, "the command line or a value cannot be used"),
    (3, "not found"),
    (4, "you said no, or gave no answer"),
    (5, "timed out, or the outcome of a change is unknown"),
    (6, "not signed in, or the token is not accepted"),
    (7, "your role lacks a permission"),
    (8, "the name is taken"),
    (9, "failure, or parts of the report are missing"),
    (130, "interrupted; 128+n: ended by signal n"),
];

const READ: &[u8] = &[0, 1, 2, 3, 5, 6, 7];
const CREATE: &[u8] = &[0, 1, 2, 3, 4, 5, 6, 7, 8];
const CHANGE: &[u8] = &[0, 1, 2, 3, 4, 5, 6, 7];

const LIST: Guide = Guide {
    options: |name| name != "ANKRA_NO_INPUT",
    variables: &[TOKEN],
    files: &[LOGIN],
    exits: READ,
    meanings: &[(3, "there is no such organisation or profile")],
};
/// Shows when secrets expire.
const EXPIRING: Guide = Guide { files: &[LOGIN, EXPIRIES], ..LIST };
/// Chooses what is kept with the saved login.
const CHOOSE: Guide = Guide {
    options: |name| name != "ANKRA_NO_INPUT",
    files: &[&[SETTINGS, SAVED]],
    exits: READ,
    meanings: &[(3, "there is no such organisation or profile")],
    ..ALONE
};
const STORE: Guide = Guide { options: |_| true, exits: CREATE, ..LIST };
const STORE_KEY: Guide = Guide { files: &[LOGIN, KEYS], ..STORE };
const ALTER: Guide = Guide { exits: CHANGE, files: &[LOGIN, EXPIRIES], meanings: &[], ..STORE };
const ALONE: Guide =
    Guide { options: |_| false, variables: &[], files: &[], exits: &[0, 1, 2], meanings: &[] };
/// Asks a cloud, and not the platform.
const CHECK: Guide = Guide {
    variables: &[NETWORK],
    exits: &[0, 1, 2, 4, 5, 6, 7],
    meanings: &[
        (0, "the credential works"),
        (1, "cannot tell"),
        (5, "the cloud cannot be reached, or gave no answer in time"),
        (6, "the cloud does not accept the credential"),
        (7, "the credential lacks a right that the platform needs"),
    ],
    ..ASKING
};
const CHECKED: &[(u8, &str)] = &[
    (6, "not signed in, or the cloud does not accept the credential"),
    (7, "your role lacks a permission, or the credential lacks a right"),
];
const ASKING: Guide = Guide { options: |name| name == "ANKRA_NO_INPUT", exits: &[0, 1, 2, 4], ..ALONE };

/// Every command that does something. `*` is any word and `|` stands between several; the first row
/// that fits counts.
const GUIDES: &[(&str, Guide)] = &[
    (
        "profile list",
        Guide { options: |name| name == "ANKRA_PROFILE", files: &[&[SETTINGS, SAVED]], ..ALONE },
    ),
    ("credentials list", EXPIRING),
    ("* list", LIST),
    ("credentials get", Guide { meanings: &[], ..EXPIRING }),
    ("credentials validate", Guide { exits: &[0, 1, 2, 3, 5, 6, 7, 8], ..LIST }),
    (
        "credentials audit",
        Guide {
            exits: &[0, 1, 2, 3, 5, 6, 7, 9],
            meanings: &[
                (0, "done, whatever was found, unless --fail-on says otherwise"),
                (1, "findings as bad as --fail-on says, and nothing else"),
                (3, "there is no such organisation or profile"),
            ],
            ..EXPIRING
        },
    ),
    ("credentials delete", ALTER),
    (
        "credentials registry create|set",
        Guide {
            variables: &[TOKEN, REGISTRY_LOGINS],
            files: &[LOGIN, EXPIRIES, TOOLS],
            meanings: &[
                (3, "no login was found for HOST, or --check found nothing there"),
                (6, "not signed in, or --check: the registry refuses the password"),
                (7, "your role lacks a permission, or --check: no access to the path"),
            ],
            ..STORE
        },
    ),
    ("credentials registry get", Guide { meanings: &[], ..EXPIRING }),
    ("credentials registry update|refresh|delete", ALTER),
    (
        "credentials registry check",
        Guide {
            variables: &[NETWORK],
            exits: CHANGE,
            meanings: &[
                (0, "the user name and the password work there"),
                (1, "no connection, not a registry, or cannot tell"),
                (3, "there is nothing at this address of the registry"),
                (5, "no answer in time"),
                (6, "the user name or the password is wrong, or it has expired"),
                (7, "they may not read this path"),
            ],
            ..ASKING
        },
    ),
    ("credentials registry presets", ALONE),
    ("credentials ssh-key create", STORE_KEY),
    ("credentials ssh-key generate", Guide { files: &[KEYS], ..ASKING }),
    ("credentials * check", CHECK),
    ("credentials * create", Guide { files: &[LOGIN, EXPIRIES], meanings: CHECKED, ..STORE }),
    ("credentials ssh-key list", LIST),
    ("credentials * list", EXPIRING),
    ("credentials * ssh-key create", STORE_KEY),
    ("credentials * ssh-key list", LIST),
    (
        "login",
        Guide {
            variables: &[BROWSER],
            files: &[&[SETTINGS, SAVED]],
            exits: &[0, 1, 2, 4, 5, 6],
            meanings: &[
                (4, "you said no, in the browser too, or gave no answer"),
                (5, "timed out, or nobody signed in within ten minutes"),
                (6, "the token or the sign-in is not accepted; nothing was saved"),
            ],
            ..STORE
        },
    ),
    (
        "logout",
        Guide {
            options: |name| !["ANKRA_NO_INPUT", "ANKRA_ORG"].contains(&name),
            files: &[&[SAVED]],
            exits: READ,
            ..ALONE
        },
    ),
    ("status", LIST),
    ("org use", CHOOSE),
    (
        "profile use",
        Guide {
            options: |name| name == "ANKRA_PROFILE",
            files: &[&[SETTINGS, SAVED]],
            exits: &[0, 1, 2, 3],
            meanings: &[(3, "there is no such profile")],
            ..ALONE
        },
    ),
    (
        "profile remove",
        Guide {
            files: &[&[SETTINGS, SAVED]],
            exits: READ,
            meanings: &[(3, "there is no such profile")],
            ..ALONE
        },
    ),
    ("token create", Guide { files: &[LOGIN], meanings: &[(8, "the profile exists already")], ..STORE }),
    ("token revoke|delete", Guide { exits: CHANGE, meanings: &[], ..STORE }),
    ("org current", LIST),
    ("completion", Guide { variables: &[SHELLS], files: &[CACHE], ..ALONE }),
    ("completion install|uninstall", Guide { variables: &[SHELLS], ..ASKING }),
    ("sandbox serve", Guide { files: &[SANDBOX], exits: &[1, 2, 130], ..ALONE }),
    ("sandbox reset", Guide { files: &[SANDBOX], ..ASKING }),
    ("sandbox env", Guide { files: &[SANDBOX], ..ALONE }),
    (
        "",
        Guide {
            variables: &[TOKEN, NETWORK, SCREEN],
            files: &[LOGIN, EXPIRIES, SANDBOX, CACHE, KEYS],
            exits: &[0, 1, 2, 3, 4, 5, 6, 7, 8, 130],
            meanings: &[],
            ..STORE
        },
    ),
];

/// Whether the `pattern` of a row is of the command with this path.
fn fits(pattern: &str, path: &str) -> bool {
    let is_word = |part: &str, word: &str| part == "*" || part.split('|').any(|one| one == word);
    pattern.split(' ').count() == path.split(' ').count()
        && pattern.split(' ').zip(path.split(' ')).all(|(part, word)| is_word(part, word))
}

/// The variables that stand for an option of every command, as its help names them.
static OF_OPTIONS: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let options = GlobalArgs::augment_args(Command::new("ankra"));
    let row = |arg: &Arg| {
        let help = arg.get_help()?.to_string();
        let (name, _) = help.split_once("[env: ")?.1.split_once(']')?;
        let unless = if arg.get_action().takes_values() { "" } else { ", unless empty, 0, false, no or off" };
        Some((name.to_owned(), format!("as --{}{unless}", arg.get_long()?)))
    };
    options.get_arguments().filter_map(row).collect()
});

/// The names of all variables that the program reads.
pub fn variables() -> impl Iterator<Item = String> {
    let own = GUIDES.iter().flat_map(|(_, guide)| owned(guide.variables));
    let own = own.chain(ALL.iter().flat_map(|provider| owned(&[provider.check.variables])));
    let own = own.chain(ALL.iter().filter_map(|provider| provider.import).flat_map(of_tool));
    own.chain(OF_OPTIONS.iter().cloned()).map(|(name, _)| name)
}

/// The variables that a tool reads.
fn of_tool(import: &'static Import) -> impl Iterator<Item = (String, String)> {
    let is_in_settings =
        import.files.iter().any(|file| matches!(file, ToolFile::Settings(_) | ToolFile::Xdg(_)));
    let own = import.variables.iter().map(|variable| (variable.name, variable.about));
    let all = own.chain(is_in_settings.then_some(XDG_CONFIG_HOME));
    all.map(|(name, about)| (name.to_owned(), about.to_owned()))
}

/// The cloud whose credential the command with this path makes or checks.
fn cloud_of(path: &str) -> Option<&'static Provider> {
    match path.split(' ').collect::<Vec<_>>().as_slice() {
        ["credentials", slug, "check" | "create"] => Provider::named(slug),
        _ => None,
    }
}

fn owned(groups: &[&[Row]]) -> impl Iterator<Item = (String, String)> + use<> {
    groups.concat().into_iter().map(|(name, text)| (name.to_owned(), text.to_owned()))
}

impl Guide {
    /// That of the command with this path (`credentials list`; empty: the program).
    pub fn of(path: &str) -> Option<&'static Self> {
        GUIDES.iter().find(|(pattern, _)| fits(pattern, path)).map(|(_, guide)| guide)
    }

    /// The variables of the command with this path, and what each is for.
    pub fn variables(&self, path: &str) -> impl Iterator<Item = (String, String)> {
        let cloud = cloud_of(path);
        let asked = cloud.map_or(&[] as &[Row], |provider| provider.check.variables);
        let of_tool = cloud.and_then(|provider| provider.import).into_iter().flat_map(of_tool);
        let of_tool = of_tool.filter(|(name, _)| asked.iter().all(|(known, _)| known != name));
        owned(&[asked])
            .chain(of_tool)
            .chain(owned(self.variables))
            .chain(OF_OPTIONS.iter().filter(|(name, _)| (self.options)(name)).cloned())
    }

    /// The files of the command with this path, and what is in each.
    pub fn files(&self, path: &str) -> impl Iterator<Item = (String, String)> {
        let row = |import: &'static Import| {
            let about = format!("what {} has; only ever read", import.tool);
            let mut files: Vec<String> = import.files.iter().map(ToString::to_string).collect();
            files.dedup();
            files.into_iter().map(move |file| (file, about.clone()))
        };
        let import = cloud_of(path).and_then(|provider| provider.import);
        owned(self.files).chain(import.into_iter().flat_map(row))
    }

    /// The exit codes, and what each means here.
    pub fn exits(&self) -> impl Iterator<Item = (String, String)> {
        self.exits.iter().filter_map(|code| {
            let (_, text) = self.meanings.iter().chain(EXIT_CODES).find(|(known, _)| known == code)?;
            Some((code.to_string(), (*text).to_owned()))
        })
    }

    /// As sections of a long help.
    pub(super) fn text(&self, path: &str) -> String {
        let mut text = String::new();
        let mut section = |title: &str, rows: Vec<(String, String)>| {
            let width = rows.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
            if !rows.is_empty() {
                let _ = write!(text, "\n\n{title}:");
            }
            for (name, meaning) in rows {
                let _ = write!(text, "\n  {name:<width$}  {meaning}");
            }
        };
        section("Environment", self.variables(path).collect());
        section("Exit codes", self.exits().collect());
        text
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{EXIT_CODES, GUIDES, fits};
    use crate::cli::tests::tree;

    #[test]
    fn every_command_has_its_row_here() {
        let mut used = BTreeSet::new();
        for (path, command) in tree() {
            let path = path.trim_start_matches("ankra").trim_start();
            if command.has_subcommands() && !["", "completion"].contains(&path) {
                continue;
            }
            let row = GUIDES.iter().position(|(pattern, _)| fits(pattern, path));
            assert!(row.is_some(), "src/cli/guide.rs has no row for: {path}");
            used.insert(row);
        }
        assert_eq!(used.len(), GUIDES.len(), "a row is of no command");
    }

    #[test]
    fn the_exit_codes_of_a_row_are_in_order_and_all_are_known() {
        let exits: BTreeSet<u8> = GUIDES.iter().flat_map(|(_, guide)| guide.exits).copied().collect();
        assert_eq!(exits, EXIT_CODES.iter().map(|(code, _)| *code).collect());
        for (pattern, guide) in GUIDES {
            assert!(guide.exits.is_sorted(), "{pattern}");
            assert!(guide.meanings.iter().all(|(code, _)| guide.exits.contains(code)), "{pattern}");
            assert!(guide.exits.contains(&0) || *pattern == "sandbox serve", "{pattern}");
        }
    }
}
