//! The words that people bring along from other programs (gh, kubectl, docker, hcloud, doctl, vault, op and
//! the official Ankra CLI), and what is meant by each here.

use crate::providers::{Preset, Provider};

/// What a word is answered.
#[derive(Clone, Copy, Debug)]
pub(super) enum Answer {
    /// This command line is meant, and these words say what it does.
    Run(&'static str, &'static str),
    /// There is no such thing here: why, or what is there instead.
    Words(&'static str),
}

use Answer::{Run, Words};

/// What other programs call the commands here, wherever they are.
const VERBS: &[(&str, &[&str])] = &[
    ("list", &["ls", "index", "find", "search"]),
    ("get", &["show", "describe", "view", "read", "inspect", "info", "cat", "display"]),
    ("create", &["add", "new", "make", "store", "put", "write", "import", "save"]),
    ("delete", &["rm", "remove", "del", "destroy", "erase", "unset", "purge"]),
    ("update", &["edit", "set", "change", "modify", "patch", "replace", "upsert"]),
    ("refresh", &["rotate", "renew"]),
    ("check", &["test", "verify", "ping"]),
];

/// What other programs call them beside their neighbours: elsewhere these words mean other things.
const NEIGHBOURS: &[(&str, &[&str])] = &[
    ("create", &["login"]),
    ("presets", &["preset", "kinds", "types"]),
    ("generate", &["gen", "keygen"]),
    ("reset", &["rm", "remove", "delete", "destroy", "wipe", "clear", "clean"]),
    ("serve", &["start", "run", "up"]),
    ("env", &["export", "token", "show"]),
    ("remove", &["del", "forget", "logout", "unset", "destroy"]),
    ("revoke", &["disable", "invalidate", "expire"]),
    ("use", &["set", "select", "change", "activate", "checkout"]),
    ("current", &["show", "get", "which", "status", "whoami"]),
];

const OFFICIAL: &[Answer] = &[Words(
    "the official Ankra CLI, which has the same name, does that: the README of this program tells how to have both",
)];

const ORGANISATION: &[Answer] = &[
    Run("org use NAME", "choose an organisation with"),
    Run("org list", "see which there are with"),
    Words("for one command or one shell, it is chosen with --org NAME or ANKRA_ORG"),
];

const PROFILE: &[Answer] = &[
    Run("profile use NAME", "choose a profile with"),
    Run("profile list", "see which there are with"),
    Run("login --profile NAME", "make one with"),
];

const TOKENS: &[Answer] =
    &[Run("token list", "your API tokens are listed by"), Run("token create --name NAME", "make one with")];

const LOGIN: &[Answer] = &[Run("login", "did you mean")];
const STATUS: &[Answer] = &[Run("status", "did you mean")];

/// Commands that are not here by any name, at any place of the tree. Of two words the second is what follows.
const COMMANDS: &[(&[&str], &[Answer])] = &[
    (&["auth login", "auth", "signin", "sign-in", "authenticate", "setup-token"], LOGIN),
    (&["auth logout", "signout", "sign-out"], &[Run("logout", "did you mean")]),
    (&["auth status", "auth whoami", "auth list", "me", "user", "account get", "account"], STATUS),
    (&["auth token", "auth tokens", "api-token", "api-tokens", "account tokens", "pat", "pats"], TOKENS),
    (&["auth switch", "auth init", "context", "contexts", "ctx"], PROFILE),
    (&["organisations", "organizations", "select", "switch", "use", "team", "teams"], ORGANISATION),
    (&["namespace", "namespaces", "ns", "project", "projects"], ORGANISATION),
    (
        &["config", "configure", "settings", "init"],
        &[
            Words("settings are in ~/.config/ankra/config.toml and in variables; none has to be made"),
            Run("status", "see what is in force with"),
        ],
    ),
    (
        &["secret", "secrets", "kv", "item", "items", "vault", "key", "keys", "helm credentials"],
        &[Run("credentials list", "did you mean")],
    ),
    (
        &["completions", "autocomplete", "shell-completion"],
        &[Run("completion install", "set completion up with")],
    ),
    (&["man", "docs", "manual", "usage", "commands"], &[Run("--help", "did you mean")]),
    (
        &["upgrade", "self-update", "autoupdate"],
        &[Words("a new version is installed as this one was, such as with cargo install")],
    ),
    (&["cluster", "clusters", "operation", "operations", "stack", "stacks", "addon", "addons"], OFFICIAL),
    (&["manifest", "manifests", "chart", "charts", "chat", "apply", "helm", "agent", "agents"], OFFICIAL),
    (&["alerts", "application", "applications", "app", "apps", "ai", "kubeconfig", "logs"], OFFICIAL),
];

/// Kinds of registries under the names that they have elsewhere.
const REGISTRIES: &[(&str, &[&str])] = &[
    ("ecr", &["aws", "amazon", "aws-ecr", "ecr-public"]),
    ("gar", &["gcp", "gcr", "google", "gke", "gcr.io", "pkg.dev", "artifact-registry"]),
    ("acr", &["azure", "az", "azurecr", "azurecr.io", "microsoft"]),
    ("ghcr", &["github", "gh", "ghcr.io", "github-packages"]),
    ("dockerhub", &["docker", "docker-hub", "docker.io", "hub", "hub.docker.com"]),
    ("harbor", &["goharbor"]),
    ("artifactory", &["jfrog", "jfrog.io"]),
    ("generic", &["quay", "quay.io", "gitlab", "gitea", "nexus", "chartmuseum", "any", "other", "oci"]),
];

/// Options: what they are called elsewhere, the one that the command has to have, and what to type. Of
/// several rows the first counts whose option the command has.
const OPTIONS: &[(&[&str], &str, &str)] = &[
    (&["--json", "--as-json", "-j", "-J"], "output", "-o json"),
    (&["--yaml", "--yml"], "output", "-o yaml"),
    (&["--wide", "--long"], "output", "-o wide"),
    (&["--csv", "--tsv"], "output", "-o csv"),
    (&["--fields", "--field", "--custom-columns", "--cols", "--show"], "columns", "--columns COLUMNS"),
    (&["--max", "--top", "--head", "--count", "--page-size", "--per-page", "-L"], "limit", "--limit COUNT"),
    (&["--older", "--min-age", "--age", "--before"], "older-than", "--older-than TIME"),
    (&["--expiring", "--expires-in", "--expires-before"], "expires-within", "--expires-within TIME"),
    (&["--failing", "--failed"], "status", "--status failing"),
    (&["--expired"], "status", "--status expired"),
    (&["--state"], "status", "--status STATUS"),
    (&["--names", "--name-only", "--names-only"], "output", "-o name"),
    (&["--format", "--out", "--output-format"], "output", "-o FORMAT"),
    (&["--reverse", "-r", "--desc", "--descending"], "order", "--order desc"),
    (&["--asc", "--ascending"], "order", "--order asc"),
    (&["--sort-by", "--sortby", "--order-by", "--orderby", "-s"], "sort", "--sort COLUMN"),
    (&["-f", "--force", "--confirm", "--assume-yes", "--auto-approve", "--noconfirm"], "yes", "--yes"),
    (&["--non-interactive", "--batch", "--no-interactive", "--no-prompt"], "no-input", "--no-input"),
    (&["--credential-name", "--credential"], "name", "--name NAME"),
    (&["--user", "--login", "--user-name", "-U"], "username", "--username USERNAME"),
    (&["--password-file", "--token-file"], "password-from", "--password-from file:PATH"),
    (&["--password-env", "--token-env"], "password-from", "--password-from env:VAR"),
    (&["--with-token", "--stdin", "--token-stdin"], "password-stdin", "--password-stdin"),
    (&["--token-file"], "api-token-from", "--api-token-from file:PATH"),
    (&["--token-env"], "api-token-from", "--api-token-from env:VAR"),
    (&["--stdin", "--token-stdin", "--with-token"], "api-token-stdin", "--api-token-stdin"),
    (
        &["--key", "--ssh-key", "--pubkey", "--public-key-file", "--key-file", "--file", "-f", "-i", "-k"],
        "public-key",
        "--public-key @FILE",
    ),
    (
        &["--env-file", "--from-env-file", "--from-file", "--filename", "--file", "-f"],
        "secrets-from",
        "--secrets-from file:PATH",
    ),
    (
        &["--cloud", "--type", "--kind", "-p", "-t", "--filter", "-l", "--selector", "--label"],
        "provider",
        "--provider PROVIDER",
    ),
    (&["--type", "--kind", "--registry-type"], "preset", "--preset PRESET"),
    (
        &["--url", "--registry", "--server", "--host", "--docker-server", "--address", "--endpoint"],
        "registry-url",
        "--registry-url URL",
    ),
    (&["--if-missing", "--skip-existing", "--exist-ok", "--upsert"], "if-not-exists", "--if-not-exists"),
    (&["--missing-ok", "--if-exists", "--ignore-missing"], "ignore-not-found", "--ignore-not-found"),
    (&["--interval", "--loop", "--watch", "-w"], "every", "--every DURATION"),
    (&["--plan", "--preview", "--simulate"], "dry-run", "--dry-run"),
    (&["--url", "--server", "--host", "--api-url", "--endpoint", "--api"], "base-url", "--base-url URL"),
    (&["--context", "--account", "--config-profile", "-c", "-p"], "profile", "--profile NAME"),
    (&["--organisation", "--organization", "--namespace", "--project", "--team"], "org", "--org NAME"),
    (&["-n", "-A", "--all", "--all-namespaces", "--all-organisations"], "org", "--org NAME"),
    (&["--no-color", "--no-colour", "--plain"], "color", "--color never"),
    (&["--colour"], "color", "--color WHEN"),
    (&["--debug", "--trace", "--log-level", "-d"], "verbose", "-vv"),
    (&["--silent"], "quiet", "--quiet"),
];

/// Values of options that take one of a few, as they are called elsewhere.
const VALUES: &[(&str, &[&str])] = &[
    ("asc", &["ascending", "up"]),
    ("desc", &["descending", "down", "reverse"]),
    ("yaml", &["yml"]),
    ("name", &["names", "id"]),
    ("always", &["yes", "on", "true", "force"]),
    ("never", &["no", "off", "false", "none"]),
    ("powershell", &["pwsh"]),
];

/// Columns, as they are called elsewhere.
const COLUMNS: &[(&str, &[&str])] = &[
    ("created", &["age", "date", "time", "creation", "newest", "oldest"]),
    ("updated", &["changed", "modified", "last-updated"]),
    ("expires", &["expiry", "expiration", "end", "expire"]),
    ("status", &["state", "ready", "failing"]),
    ("provider", &["type", "kind", "cloud"]),
];

/// Returns what the column `word` is called here.
pub(super) fn column(word: &str) -> Option<&'static str> {
    key_of(COLUMNS, word)
}

fn key_of(table: &[(&'static str, &[&str])], word: &str) -> Option<&'static str> {
    table.iter().find(|(_, brought)| brought.contains(&word)).map(|(own, _)| *own)
}

/// Returns what the command `word` is called here, beside the commands that `has` tells of.
pub(super) fn verb(word: &str, has: impl Fn(&str) -> bool) -> Option<&'static str> {
    let near = NEIGHBOURS.iter().find(|(own, words)| words.contains(&word) && has(own));
    near.map(|(own, _)| *own).or_else(|| key_of(VERBS, word))
}

/// Returns the answers to the command `word`, behind which `next` stands.
pub(super) fn command(word: &str, next: Option<&str>) -> Option<&'static [Answer]> {
    let both = next.map(|next| format!("{word} {next}"));
    let row = |sought: &str| COMMANDS.iter().find(|(words, _)| words.contains(&sought));
    both.as_deref().and_then(row).or_else(|| row(word)).map(|(_, answers)| *answers)
}

/// Returns the kind of registry that `word` names, by whatever name.
pub(super) fn preset(word: &str) -> Option<&'static Preset> {
    Preset::named(word).or_else(|| Preset::named(key_of(REGISTRIES, word)?))
}

/// Returns what to type in place of the option `word`, where a command has the options that `has` says.
pub(super) fn option(word: &str, has: impl Fn(&str) -> bool) -> Option<&'static str> {
    let row = OPTIONS.iter().find(|(words, own, _)| words.contains(&word) && has(own));
    row.map(|(.., typed)| *typed)
}

/// Returns the one of `values` that `word` stands for.
pub(super) fn value<'a>(word: &str, values: &[&'a str]) -> Option<&'a str> {
    let cloud = Provider::called(word).map(|provider| provider.slug);
    let own = key_of(VALUES, word).or(cloud).or_else(|| preset(word).map(|preset| preset.slug))?;
    values.iter().find(|value| **value == own).copied()
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;

    use super::{Answer, COMMANDS, NEIGHBOURS, OPTIONS, REGISTRIES, VALUES, VERBS};
    use crate::{cli::tests::tree, providers::Preset};

    #[test]
    fn every_answer_is_a_command_an_option_or_a_value_of_this_program() {
        let tree = tree();
        for (own, _) in VERBS.iter().chain(NEIGHBOURS) {
            assert!(tree.iter().any(|(path, _)| path.ends_with(&format!(" {own}"))), "{own}");
        }
        for answer in COMMANDS.iter().flat_map(|(_, answers)| *answers) {
            if let Answer::Run(line, _) = answer {
                let words = format!("ankra {line}");
                let read = crate::cli::parse(words.split(' ').map(OsString::from));
                assert!(read.is_ok() || line.contains("--help"), "{line}");
            }
        }
        for (words, own, typed) in OPTIONS {
            let has = |arg: &clap::Arg| arg.get_long() == Some(own);
            let (_, command) = tree.iter().find(|(_, command)| command.get_arguments().any(has)).expect(own);
            let arg = command.get_arguments().find(|arg| has(arg)).unwrap();
            let (option, value) = typed.split_once(' ').unwrap_or((typed, ""));
            let is_it = option == format!("--{own}")
                || arg.get_short().is_some_and(|short| option.starts_with(&format!("-{short}")));
            assert!(is_it && arg.get_action().takes_values() != value.is_empty(), "{words:?} {typed}");
        }
        for (own, _) in REGISTRIES {
            assert!(Preset::named(own).is_some(), "{own}");
        }
        let values: Vec<String> = tree
            .iter()
            .flat_map(|(_, command)| command.get_arguments())
            .flat_map(clap::Arg::get_possible_values)
            .map(|value| value.get_name().to_owned())
            .collect();
        for (own, _) in VALUES {
            assert!(values.iter().any(|value| value == own), "{own}");
        }
    }

    #[test]
    fn no_word_is_answered_twice() {
        let verbs = VERBS.iter().flat_map(|(own, words)| words.iter().chain([own]));
        let commands = verbs.chain(COMMANDS.iter().flat_map(|(words, _)| *words));
        let mut seen = std::collections::BTreeSet::new();
        let twice: Vec<_> = commands.filter(|word| !seen.insert(**word)).collect();
        assert!(twice.is_empty(), "{twice:?}");
    }
}
