//! What people type before they know the program: each line is told what was meant, and what it is told works.

use serde_json::json;

use crate::support::{Answer, End, Env, FaultServer, Outcome, Pty, credential, hetzner_token};

/// A line, its error, and a hint. Words in capitals stand for what a person fills in.
const LINES: &[(&str, &str, &str)] = &[
    // Commands of other programs, and commands at another level.
    ("ls", "unknown command ls", "did you mean: ankra credentials list"),
    ("list", "unknown command list", "did you mean: ankra credentials list"),
    ("rm old", "unknown command rm", "did you mean: ankra credentials delete old"),
    ("remove old", "unknown command remove", "did you mean: ankra credentials delete old"),
    ("show ci", "unknown command show", "did you mean: ankra credentials get ci"),
    ("describe ci", "unknown command describe", "did you mean: ankra credentials get ci"),
    ("get ci", "unknown command get", "did you mean: ankra credentials get ci"),
    ("credentails list", "unknown command credentails", "did you mean credentials?"),
    ("credentials lst", "unknown command lst", "did you mean list?"),
    ("hetzner list", "unknown command hetzner", "did you mean: ankra credentials hetzner list"),
    ("hcloud list", "unknown command hcloud", "did you mean: ankra credentials hetzner list"),
    ("credentials HETZNER list", "unknown command", "did you mean: ankra credentials hetzner list"),
    (
        "create hetzner my-token",
        "unknown command create",
        "did you mean: ankra credentials hetzner create --name my-token",
    ),
    (
        "credentials create",
        "unknown command create",
        "each kind has its own create, such as: ankra credentials hetzner create --name NAME",
    ),
    ("add", "unknown command add", "the kinds are hetzner, ovh, "),
    ("credentials hetzner show ci", "unknown command show", "did you mean: ankra credentials get ci"),
    ("credentials hetzner rm ci", "unknown command rm", "did you mean: ankra credentials delete ci"),
    (
        "credentials ssh-key delete key",
        "unknown command delete",
        "did you mean: ankra credentials delete key",
    ),
    ("ssh-key add", "unknown command ssh-key", "did you mean: ankra credentials ssh-key create --name NAME "),
    (
        "credentials registry edit my-ghcr",
        "unknown command edit",
        "did you mean: ankra credentials registry update my-ghcr",
    ),
    (
        "credentials registry rotate my-ghcr",
        "unknown command rotate",
        "did you mean: ankra credentials registry refresh my-ghcr",
    ),
    ("sandbox rm", "unknown command rm", "did you mean: ankra sandbox reset"),
    (
        "credentials registry login",
        "unknown command login",
        "did you mean: ankra credentials registry create --name NAME ",
    ),
    ("auth login", "unknown command auth", "did you mean: ankra login"),
    ("auth logout", "unknown command auth", "did you mean: ankra logout"),
    ("auth status", "unknown command auth", "did you mean: ankra status"),
    ("auth switch", "unknown command auth", "choose a profile with: ankra profile use NAME"),
    ("context use prod", "unknown command context", "make one with: ankra login --profile NAME"),
    ("config set org demo", "unknown command config", "see what is in force with: ankra status"),
    ("list orgs", "unknown command list", "did you mean: ankra org list"),
    ("organizations list", "unknown command organizations", "see which there are with: ankra org list"),
    ("select organisation", "unknown command select", "choose an organisation with: ankra org use NAME"),
    ("org set demo", "unknown command set", "did you mean: ankra org use demo"),
    ("cluster list", "unknown command cluster", "the official Ankra CLI, which has the same name, does that"),
    ("operations list", "unknown command operations", "the official Ankra CLI, which has the same name,"),
    ("auth token", "unknown command auth", "your API tokens are listed by: ankra token list"),
    ("api-tokens create", "unknown command api-tokens", "make one with: ankra token create --name NAME"),
    ("revoke token ci", "unknown command revoke", "did you mean: ankra token revoke ci"),
    ("delete tokens ci", "unknown command delete", "did you mean: ankra token delete ci"),
    ("profile forget work", "unknown command forget", "did you mean: ankra profile remove work"),
    ("secret set", "unknown command secret", "did you mean: ankra credentials list"),
    ("completions", "unknown command completions", "set completion up with: ankra completion install"),
    // What the platform cannot do.
    (
        "credentials hetzner update ci",
        "a Hetzner credential cannot be changed in place",
        "store a new one with: ankra credentials hetzner create --name NEW-NAME",
    ),
    (
        "credentials hetzner rotate ci",
        "a Hetzner credential cannot be changed in place",
        "then delete the old one with: ankra credentials delete ci",
    ),
    (
        "credentials update ci",
        "unknown command update",
        "a registry credential is changed by: ankra credentials registry update ci",
    ),
    (
        "credentials ssh-key set key",
        "an SSH key cannot be changed in place",
        "then delete the old one with: ",
    ),
    // Words without their option.
    (
        "credentials hetzner create my-token",
        "unexpected argument my-token",
        "the name goes with --name: ankra credentials hetzner create --name my-token",
    ),
    (
        "credentials ovh create my-token",
        "unexpected argument my-token",
        "the name goes with --name: ankra credentials ovh create --name my-token --project-id ",
    ),
    (
        "credentials ssh-key create my-key",
        "unexpected argument my-key",
        "the name goes with --name: ankra credentials ssh-key create --name my-key ",
    ),
    (
        "credentials list hetzner",
        "unexpected argument hetzner",
        "a provider goes with --provider: ankra credentials list --provider hetzner",
    ),
    ("credentials list ci", "unexpected argument ci", "one credential is shown by: ankra credentials get ci"),
    ("credentials validate a b", "unexpected argument b", "give one at a time: ankra credentials validate b"),
    (
        "credentials registry check my-ghcr",
        "unexpected argument",
        "what is stored is shown by: ankra credentials registry get NAME",
    ),
    (
        "credentials registry check my-ghcr",
        "unexpected argument",
        "this asks a registry, such as: ankra credentials registry check",
    ),
    (
        "credentials hetzner check my-token",
        "unexpected argument",
        "what is stored is shown by: ankra credentials get NAME",
    ),
    (
        "credentials proxmox check my-token",
        "unexpected argument",
        "this asks the cloud about a secret that you give, such as: ankra credentials proxmox check --api-url",
    ),
    (
        "credentials hetzner check --name x",
        "unknown option --name",
        "--name is an option of create: check stores",
    ),
    ("credentials do check -n x", "unknown option -n", "-n is an option of create: check stores nothing"),
    ("credentials upcloud check --dry-run", "unknown option --dry-run", "--dry-run is an option of create"),
    (
        "credentials proxmox check --jumphost-host x",
        "unknown option --jumphost-host",
        "--jumphost-host is an option of create",
    ),
    (
        "credentials registry check --if-not-exists",
        "unknown option --if-not-exists",
        "--if-not-exists is an option of create",
    ),
    ("login mytoken", "unexpected argument", "a secret is given by its source: --api-token-from SOURCE"),
    (
        "credentials hetzner create-name x",
        "unknown command create-name",
        "did you mean: ankra credentials hetzner create --name x",
    ),
    // Dashes.
    ("credentials hetzner create \u{2014}name x", "the dash of \u{2014}name is not a hyphen", "type --name"),
    ("credentials hetzner create \u{2013}name x", "the dash of \u{2013}name is not a hyphen", "type --name"),
    ("credentials list \u{2212}o json", "the dash of \u{2212}o is not a hyphen", "type -o"),
    ("credentials hetzner create -name x", "-name is not an option", "type --name, with two hyphens"),
    // Options of other programs.
    ("credentials list --json", "unknown option --json", "did you mean -o json?"),
    ("credentials list --format json", "unknown option --format", "did you mean -o FORMAT?"),
    ("credentials list --reverse", "unknown option --reverse", "did you mean --order desc?"),
    ("credentials list --sort-by name", "unknown option --sort-by", "did you mean --sort COLUMN?"),
    ("credentials list -A", "unknown option -A", "did you mean --org NAME?"),
    ("credentials list -l hetzner", "unknown option -l", "did you mean --provider PROVIDER?"),
    ("credentials list --context prod", "unknown option --context", "did you mean --profile NAME?"),
    ("credentials list --organisation demo", "unknown option --organisation", "did you mean --org NAME?"),
    ("credentials list --no-color", "unknown option --no-color", "did you mean --color never?"),
    ("credentials delete old -f --ignore-not-found", "unknown option -f", "did you mean --yes?"),
    ("credentials delete old --force --ignore-not-found", "unknown option --force", "did you mean --yes?"),
    (
        "credentials registry create --name x --user bob",
        "unknown option --user",
        "did you mean --username USERNAME?",
    ),
    (
        "credentials list --api-token-from env:X",
        "unknown option --api-token-from",
        "set ANKRA_API_TOKEN, or sign in with: ankra login",
    ),
    (
        "credentials list --token x",
        "--token does not exist: a secret is never taken from the command line",
        "set ANKRA_API_TOKEN, or sign in with: ankra login",
    ),
    // Values.
    ("credentials list -o", "--output needs a value", "it takes one of: table, wide, json, yaml, csv, name"),
    ("credentials list -o jsn", "invalid value for --output", "did you mean json?"),
    ("credentials list --sort age", "there is no column age here", "did you mean created?"),
    ("credentials list --provider hetzne", "there is no provider hetzne", "did you mean hetzner?"),
    (
        "credentials list --provider ssh-key",
        "there is no provider ssh-key",
        "the SSH keys of all are listed by: ankra credentials ssh-key list",
    ),
    (
        "credentials list --provider ghcr",
        "there is no provider ghcr",
        "registry credentials of every kind are listed by: ankra credentials registry list",
    ),
    ("credentials list --provider gcp", "there is no provider gcp", "it takes one of: hetzner, ovh, "),
    ("credentials registry presets gcr", "invalid value for [PRESET]", "did you mean gar?"),
    (
        "credentials registry create --name x --preset docker-hub",
        "invalid value for --preset",
        "did you mean dockerhub?",
    ),
    (
        "credentials ssh-key create --name k --generate --provider gcp",
        "invalid value for --provider",
        "it takes one of: hetzner, ovh, ",
    ),
    ("credentials aws create", "unknown command aws", "for Amazon Elastic Container Registry: ankra "),
    (
        "docker login",
        "unknown command docker",
        "for Docker Hub: ankra credentials registry create --name NAME ",
    ),
    (
        "credentials registry update my-ghcr --check",
        "missing: --registry-url",
        "such as: ankra credentials registry update my-ghcr --registry-url https://",
    ),
];

/// A world whose sandbox holds `ci` of Hetzner, `my-ghcr` of a registry, and the SSH key `key`.
fn world() -> Env {
    let env = Env::new();
    env.line("--sandbox credentials hetzner create --name ci --api-token-stdin").stdin(hetzner_token()).ok();
    let registry = "--sandbox credentials registry create --name my-ghcr --username u --password-stdin";
    env.line(registry).stdin("a-password").ok();
    env.line("--sandbox credentials ovh ssh-key create --name key --generate").ok();
    env
}

fn sandboxed(env: &Env, words: &[String]) -> Outcome {
    env.ankra(words).env("ANKRA_SANDBOX", "1").env("SHELL", "/bin/fish").run()
}

/// The line with what the hint says in place of what is wrong.
fn corrected(line: &str, message: &str, hint: &str) -> Option<Vec<String>> {
    let meant = hint.strip_prefix("did you mean ").and_then(|rest| rest.strip_suffix('?'));
    let meant = meant.or_else(|| hint.strip_prefix("type ").map(|rest| rest.split(',').next().unwrap()))?;
    let words: Vec<&str> = line.split(' ').collect();
    let wrong = if message.starts_with("invalid value") || message.starts_with("there is no") {
        words.len() - 1
    } else {
        words.iter().position(|word| message.contains(word) && message.split(' ').any(|one| one == *word))?
    };
    // A placeholder stands for the word that follows, or for the name of the ready-made organisation.
    let (option, value) = meant.split_once(' ').unwrap_or((meant, ""));
    let has_value = words.get(wrong + 1).is_some_and(|next| !next.starts_with('-'));
    let value = match value {
        "NAME" if !has_value => "demo",
        _ if value.starts_with(char::is_uppercase) => "",
        value => value,
    };
    let new = [option, value].into_iter().filter(|word| !word.is_empty());
    let line = words[..wrong].iter().copied().chain(new).chain(words[wrong + 1..].iter().copied());
    Some(line.map(str::to_owned).collect())
}

#[test]
fn h99_h102_a_wrong_line_is_told_what_was_meant_and_the_hint_works() {
    let env = world();
    assert!(LINES.len() >= 60, "{}", LINES.len());
    let mut bad = Vec::new();
    for (line, message, hint) in LINES {
        let words: Vec<String> = line.split(' ').map(str::to_owned).collect();
        let outcome = sandboxed(&env, &words);
        assert_eq!(outcome.code, Some(2), "{outcome}");
        assert_eq!(outcome.stderr.lines().next(), Some(&*format!("error: {message}")), "{outcome}");
        let hints = outcome.stderr.lines().filter_map(|line| line.strip_prefix("  hint: "));
        assert!(hints.clone().any(|one| one.starts_with(hint)), "{hint}\n{outcome}");
        // Whole command lines are followed wherever the sandbox prints one.
        for line in hints.filter_map(|hint| corrected(line, message, hint)) {
            let next = sandboxed(&env, &line);
            let is_due = ["missing: ", "nobody can be asked", "there is no profile"];
            if next.code == Some(2) && !is_due.iter().any(|text| next.stderr.contains(text)) {
                bad.push(format!("{}\n{}", outcome.stderr, next));
            }
        }
    }
    assert!(bad.is_empty(), "{}", bad.join("\n"));
}

#[test]
fn h102_no_guess_is_made_where_none_can_be_right() {
    let env = Env::new();
    for line in ["start", "setup", "frobnicate", "credentials list --frobnicate", "credentials hetzner start"]
    {
        let outcome = env.line(line).fails(2);
        let hints: Vec<&str> = outcome.stderr.lines().filter(|line| line.starts_with("  hint: ")).collect();
        assert!(matches!(hints[..], [usage] if usage.starts_with("  hint: usage: ")), "{outcome}");
    }
}

#[test]
fn what_everybody_types_works() {
    let env = world();
    let same = |one: &str, other: &str| {
        let stdout = |line: &str| env.line(line).ok().stdout;
        assert_eq!(stdout(one), stdout(other), "{one}");
    };
    same("help", "--help");
    same("help credentials list", "credentials list --help");
    same("credentials help list", "credentials list --help");
    same("--sandbox help login", "login --help");
    same("version", "--version");
    same("--sandbox whoami", "--sandbox status");
    same("--sandbox credentials ls", "--sandbox credentials list");
    same("--sandbox credentials registry show my-ghcr", "--sandbox credentials registry get my-ghcr");
    same("--sandbox credentials list -o JSON", "--sandbox credentials list -o json");
    same("--sandbox credentials list --sort NAME --order Desc", "--sandbox credentials list --order desc");
    same(
        "--sandbox credentials list --provider Hetzner -o json",
        "--sandbox credentials hetzner list -o json",
    );
    same("--sandbox credentials list --provider hcloud", "--sandbox credentials list --provider hetzner");
    env.line("--sandbox credentials list --timeout 3s").ok();
    env.line("--sandbox credentials hetzner create -n short --api-token-stdin").stdin(hetzner_token()).ok();
    let create = "--sandbox credentials registry create -n short-too -u bob --password-stdin";
    assert_eq!(env.line(create).stdin("a-password").ok().says(&["short-too"]).code, Some(0));
    let stored = env.line("--sandbox credentials registry get short-too -o json").ok().json();
    assert_eq!(stored["username"], "bob");
}

#[test]
fn h99_a_word_that_may_be_a_secret_is_not_taken_for_a_name() {
    let env = Env::new();
    for line in [
        "credentials hetzner create Hunter2Hunter2",
        "credentials hetzner create --name x hunter",
        "credentials registry update my-ghcr hunter",
        "credentials registry check hunter",
        "credentials ssh-key generate --name x --passphrase hunter",
        "login --with-token hunter",
        "login hunter",
    ] {
        let outcome = env.line(line).fails(2);
        assert!(!outcome.all().to_lowercase().contains("hunter"), "{outcome}");
        outcome.says(&["it may be a secret"]);
    }
}

#[test]
fn h100_a_credential_of_another_kind_is_told_with_the_command_for_it() {
    let env = world();
    let no_registry = |line: &str, name: &str, kind: &str, hint: &str| {
        let outcome = env.line(&format!("--sandbox {line}")).stdin("a-password").fails(3);
        outcome.says(&[&format!("error: {name} is {kind}\n"), hint]);
    };
    let hetzner = "a Hetzner credential";
    no_registry("credentials registry get ci", "ci", hetzner, "show it with: ankra credentials get ");
    no_registry(
        "credentials registry get key",
        "key",
        "an OVH SSH key",
        "show it with: ankra credentials get ",
    );
    for verb in ["update ci --username u", "refresh ci"] {
        let line = format!("credentials registry {verb} --password-stdin");
        no_registry(&line, "ci", hetzner, "store a new one with: ankra credentials hetzner create ");
        no_registry(&line, "ci", hetzner, "then delete the old one with: ankra credentials delete ");
    }
    let delete = "delete it with: ankra credentials delete ";
    no_registry("credentials registry delete ci --yes", "ci", hetzner, delete);
    let missing = env.line("--sandbox credentials registry delete ci my-ghcr --yes --ignore-not-found").ok();
    missing.says(&[
        "There is no registry credential ci in organisation sandbox of the sandbox; nothing to delete.",
    ]);
}

#[test]
fn h100_a_name_that_another_kind_has_is_taken() {
    let env = world();
    let taken = |line: &str, name: &str, kind: &str| {
        for more in ["", " --if-not-exists"] {
            let outcome = env.line(&format!("--sandbox {line}{more}")).stdin(hetzner_token()).fails(8);
            outcome.says(&[&format!(
                "error: the name {name} is taken in organisation sandbox of the sandbox\n"
            )]);
            assert!(more.is_empty() || outcome.stderr.contains(&format!("{name} is {kind}")), "{outcome}");
        }
    };
    taken("credentials hetzner create --name my-ghcr --api-token-stdin", "my-ghcr", "a registry credential");
    taken(
        "credentials registry create --name ci --username u --password-stdin",
        "ci",
        "a Hetzner credential",
    );
    let env = &env;
    env.line("--sandbox credentials validate ci")
        .fails(8)
        .says(&["error: the name ci is taken in organisation sandbox of the sandbox\n"]);
}

#[test]
fn not_found_has_one_wording() {
    let env = world();
    for (line, kind) in [
        ("credentials get nope", "credential"),
        ("credentials delete nope --yes", "credential"),
        ("credentials registry get nope", "registry credential"),
        ("credentials registry delete nope --yes", "registry credential"),
        ("credentials registry update nope --username u --password-stdin", "registry credential"),
        ("credentials registry refresh nope --password-stdin", "registry credential"),
    ] {
        let outcome = env.line(&format!("--sandbox {line}")).stdin("a-password").fails(3);
        let list = if kind == "credential" { "credentials list" } else { "credentials registry list" };
        outcome.says(&[&format!(
            "error: there is no {kind} nope in organisation sandbox of the sandbox\n  hint: see what is there with: ankra {list} --sandbox\n"
        )]);
    }
}

#[test]
fn a_wrong_name_is_reported_before_the_password_is_asked_for() {
    let env = world();
    for (line, told) in [
        ("--sandbox credentials registry update nope", "there is no registry credential nope"),
        ("--sandbox credentials registry update ci", "ci is a Hetzner credential"),
    ] {
        let mut pty = Pty::start(env.line(line));
        let shown = pty.expect(told).transcript();
        assert!(!shown.contains("assword"), "{shown}");
        assert_eq!(pty.end(), End::Code(3));
    }
}

#[test]
fn h103_a_provider_that_nobody_has_is_a_usage_error() {
    let env = world();
    let told = env.line("--sandbox credentials list --provider hetzne -o json").fails(2).json_error();
    assert_eq!(told["hints"][0], "did you mean hetzner?");
    for provider in ankra::testing::providers::ALL {
        let words = [provider.slug, provider.title].into_iter().chain(provider.aliases.iter().copied());
        for word in words.chain(provider.spellings.iter().copied()).filter(|word| !word.contains(' ')) {
            env.line(&format!("--sandbox credentials list --provider {word}")).ok();
        }
        let keys = format!("{}-SSH-KEY", provider.slug.to_uppercase());
        env.line(&format!("--sandbox credentials list --provider {keys}")).ok();
    }
    // What the list shows can be listed.
    let all = env.line("--sandbox credentials list -o json").ok().json();
    for one in all.as_array().unwrap() {
        let provider = one["provider"].as_str().unwrap();
        let line = format!("--sandbox credentials list --provider {provider} -o json");
        assert!(env.line(&line).ok().json().as_array().unwrap().contains(one), "{provider}");
    }
    let server = FaultServer::start();
    let one = credential(1, "one", "new-cloud");
    server.on("GET", "/api/v1/org/credentials", [Answer::json(200, json!([one]))]);
    let listed = server.ankra(&env, "credentials list --provider new-cloud -o name").ok().stdout;
    assert_eq!(listed, "one\n");
    server.ankra(&env, "credentials list --provider new-clod").fails(2).says(&["did you mean new-cloud?"]);
}

#[test]
fn one_key_has_one_provider_everywhere() {
    let env = world();
    for line in [
        "credentials list --provider ovh_ssh_key",
        "credentials ssh-key list",
        "credentials ovh ssh-key list",
    ] {
        let listed = env.line(&format!("--sandbox {line} -o json")).ok().json();
        assert_eq!(listed[0]["provider"], "ovh_ssh_key", "{line}");
    }
    let shown = env.line("--sandbox credentials get key -o json").ok().json();
    assert_eq!(shown["provider"], "ovh_ssh_key");
}
