//! Help that teaches: every example runs, and what is missing is told with a line that works.

use std::{env, fs, os::unix::fs::PermissionsExt, path::Path};

use base64ct::{Base64, Encoding};
use rustix::process::Signal;
use serde_json::json;

use crate::support::{
    End, Env, Platform, Pty, Run, need, unique, usual_value, write_private, write_tool_files,
};

const KEY: &str = r#"{"type":"service_account","private_key":"-----BEGIN PRIVATE KEY-----\nAAAA\n","client_email":"a@b.example"}"#;

/// Every example of every command's help, on one line each, with the command's path.
fn examples() -> Vec<(String, String)> {
    fn walk(command: &clap::Command, path: &str, found: &mut Vec<(String, String)>) {
        let text = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        if let Some(text) = text.split("\n\n").next().and_then(|text| text.strip_prefix("Examples:\n")) {
            let text = text.replace("\\\n", "").replace("|\n", "| ");
            found.extend(text.lines().map(|line| (path.to_owned(), line.trim().to_owned())));
        }
        for child in command.get_subcommands() {
            walk(child, format!("{path} {}", child.get_name()).trim_start(), found);
        }
    }
    let mut found = Vec::new();
    walk(&ankra::testing::cli::command(), "", &mut found);
    assert!(found.len() > 50, "{found:?}");
    found
}

fn program(folder: &Path, name: &str, script: &str) {
    let path = folder.join(name);
    fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
}

/// A home and a platform that have all that examples name.
pub(super) struct Stage {
    // Ends before the world that it runs in.
    pub(super) platform: Platform,
    pub(super) env: Env,
    path: String,
}

impl Stage {
    pub(super) fn new() -> Self {
        let env = Env::new();
        let platform = Platform::start(&env);
        let programs = env.home().join("programs");
        fs::create_dir_all(&programs).unwrap();
        let ankra = env.line("").command.get_program().to_owned();
        std::os::unix::fs::symlink(&ankra, programs.join("ankra")).unwrap();
        let end = r#"$(printf '{"payload":"A","expiration":4000000000}' | base64)"#;
        program(&programs, "aws", &format!("echo {end}"));
        let token = &platform.admin;
        program(
            &programs,
            "pass",
            &format!("case $2 in ankra) echo {token};; *) echo {};; esac", "a".repeat(64)),
        );
        // A person who types the code on the page.
        let fields = r#"--data-urlencode "state=${1#*state=}" --data-urlencode "code=$CODE""#;
        let curl = need("curl", "curl");
        program(&programs, "browser", &format!(r#"exec {} -fsS "${{1%%\?*}}" {fields}"#, curl.display()));
        for (name, text) in [
            ("key.json", KEY.to_owned()),
            ("password", Base64::encode_string(br#"{"payload":"A","expiration":4000000000}"#)),
            ("audit.toml", "[[ignore]]\ncheck = \"old\"\nname = \"a\"\nreason = \"r\"\n".to_owned()),
            (
                "ovh.env",
                format!(
                    "APPLICATION_KEY={}\nAPPLICATION_SECRET={1}\nCONSUMER_KEY={1}\n",
                    "k".repeat(16),
                    "s".repeat(32)
                ),
            ),
        ] {
            write_private(&env.work().join(name), text);
        }
        let key = env.program(need("ssh-keygen", "openssh-client")).arg("-qt").arg("ed25519");
        key.arg("-N").arg("").arg("-f").arg(env.work().join("deploy")).ok();
        fs::copy(env.work().join("deploy"), env.work().join("jumphost_key")).unwrap();
        fs::rename(env.work().join("deploy"), env.work().join("deploy.private")).unwrap();
        let login = json!({"auths": {"docker.io": {"auth": "b2N0b2NhdDpkY2tyX3BhdF9BQUFB"}}});
        fs::create_dir_all(env.home().join(".docker")).unwrap();
        write_private(&env.home().join(".docker/config.json"), login.to_string());
        write_tool_files(&env);
        for folder in [".local/share/bash-completion/completions", ".config/fish/completions", "zsh"] {
            fs::create_dir_all(env.home().join(folder)).unwrap();
        }
        let path = format!("{}:{}", programs.display(), env::var("PATH").unwrap());
        Self { platform, env, path }
    }

    /// What a person answers, in the order of the questions.
    pub(super) fn answers(&self) -> Vec<(String, String)> {
        let clouds = ankra::testing::providers::ALL.iter().flat_map(|provider| provider.secrets);
        let clouds = clouds.map(|field| (format!("{}: ", field.label), usual_value(field)));
        let others = [
            ("GitHub user name: ", "octocat"),
            ("GitHub personal access token: ", "ghp_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
            ("Registry password or token: ", "a-password"),
            ("Amazon ECR password: ", "a-password"),
            ("> ask OVH for one now, with the rights that the platform needs", "j"),
            ("OVH project id: ", "0123456789abcdef0123456789abcdef"),
            ("Ankra API token: ", &self.platform.admin),
            ("Press Enter to open it in your browser.", ""),
            ("[y/N] ", "y"),
            ("Passphrase: ", "a long passphrase"),
            ("again: ", "a long passphrase"),
        ];
        clouds.chain(others.map(|(question, answer)| (question.to_owned(), answer.to_owned()))).collect()
    }

    /// The credentials that an example names which does not make them itself.
    pub(super) fn store(&self, example: &str) {
        if example.contains("--private-key-file ./deploy") {
            fs::remove_file(self.env.work().join("deploy.pub")).unwrap();
        }
        let admin = |line: &str| self.platform.admin(&self.env, line).stdin("a".repeat(64)).ok();
        for name in ["my-hetzner-token", "old-token", "older-token"] {
            if example.contains(name) && !example.contains("create") {
                admin(&format!("credentials hetzner create --name {name} --api-token-stdin"));
            }
        }
        for (name, username) in [("my-ghcr", "octocat"), ("my-ecr", "AWS")] {
            if example.contains(name) && !example.contains("create") {
                let preset = "--preset generic --password-stdin";
                admin(&format!("credentials registry create --name {name} --username {username} {preset}"));
            }
        }
        let token = |line: &str| admin(&format!("token {line}"));
        if example.contains("token revoke ci") {
            token("create --name ci");
            token("create --name nightly");
        }
        if example.contains("token delete old-ci") {
            token("create --name old-ci");
            token("revoke old-ci --yes");
        }
        if example.contains("profile use staging") || example.contains("profile remove") {
            let run = self.env.line("login --profile staging --with-token").stdin(&*self.platform.admin);
            run.env("ANKRA_BASE_URL", &self.platform.url).ok();
        }
        if example.contains("ankra logout") || example.contains("ankra org use") {
            let token = self.platform.admin.clone();
            let run = self.env.line("login --with-token --api-token-stdin").stdin(token);
            run.env("ANKRA_BASE_URL", &self.platform.url).ok();
        }
    }

    /// The example as it is, in the shell that it is for, with what it reads from the environment.
    pub(super) fn run(&self, example: &str) -> Run {
        let shell = if example.contains("fpath") { need("zsh", "zsh") } else { need("bash", "bash") };
        let start = if example.contains("fpath") { "fpath=(~/zsh); " } else { "" };
        let is_signed_in = !example.contains("ankra log") && !example.contains("--sandbox");
        let run = self
            .env
            .program(shell)
            .arg("-c")
            .arg(format!("{start}{example}"))
            .env("PATH", &self.path)
            .env("ANKRA_BASE_URL", &self.platform.url)
            .env("SHELL", "/bin/bash")
            .env("BROWSER", "browser")
            .env("CODE", &self.platform.admin)
            .env("GHCR_TOKEN", format!("ghp_{}", "a".repeat(36)))
            .env("CHARTS_PASSWORD", "a-password")
            .env("PROJECT", "0123456789abcdef0123456789abcdef")
            // Registries on the internet are out of reach.
            .env("HTTPS_PROXY", "http://127.0.0.1:1");
        // It takes a port that another may hold on this machine.
        let mut run = if example.contains("sandbox serve") { run.with_own_network() } else { run };
        for field in ankra::testing::providers::ALL.iter().flat_map(|provider| provider.secrets) {
            run = field.other_names.iter().fold(run, |run, name| run.env(name, usual_value(field)));
        }
        if is_signed_in { run.env("ANKRA_API_TOKEN", &self.platform.admin) } else { run }
    }
}

/// How an example ends where it does not end well by itself.
pub(super) fn ends(path: &str, example: &str) -> (End, &'static str) {
    match path {
        // A registry on the internet is asked, and out of reach.
        "credentials registry check" => (End::Code(1), "no connection"),
        // So is every cloud.
        _ if path.ends_with(" check") || example.contains("--request-") => {
            (End::Code(5), "cannot be reached")
        }
        // The name is one that is taken.
        "credentials validate" => (End::Code(8), ""),
        _ if example.contains("--check") => (End::Code(1), "no connection"),
        "sandbox serve" => (End::Signal(2), "http://127.0.0.1:"),
        _ if example.contains("--every") => (End::Signal(2), "Next at "),
        _ => (End::Code(0), ""),
    }
}

#[test]
fn every_example_in_the_help_runs() {
    for (path, example) in examples() {
        let stage = Stage::new();
        stage.store(&example);
        let (end, says) = ends(&path, &example);
        let mut pty = Pty::start(stage.run(&example));
        let found = pty.answer(&stage.answers(), says);
        if let End::Signal(_) = end {
            pty.signal(Signal::INT);
        }
        assert_eq!((found, pty.end()), (true, end), "{example}\n{}", pty.transcript());
    }
}

#[test]
fn every_command_has_a_long_text_and_an_example_of_its_own() {
    fn walk(command: &clap::Command, path: &str) {
        let (short, long) = (command.get_about(), command.get_long_about());
        assert!(short.is_some() && long.is_some() && short != long, "{path}: no long text");
        let found = examples();
        let own: Vec<&String> = found.iter().filter(|(of, _)| of == path).map(|(_, line)| line).collect();
        assert!(!own.is_empty(), "{path}: no example");
        // The options of every command stand anywhere.
        let is_own = |line: &&String| {
            let words = ["--sandbox ", "--org demo ", "--profile staging "];
            let plain = words.iter().fold((*line).clone(), |line, word| line.replace(word, ""));
            plain.contains(&format!("ankra {path}"))
        };
        assert!(own.iter().all(is_own) || path == "sandbox", "{path}: {own:?}");
        for child in command.get_subcommands() {
            walk(child, format!("{path} {}", child.get_name()).trim_start());
        }
    }
    walk(&ankra::testing::cli::command(), "");
}

#[test]
fn what_is_missing_is_told_with_the_shortest_line_that_works() {
    for (line, missing, secrets) in [
        ("hetzner create", "--name", "--api-token-from env:SECRET"),
        ("ovh create", "--name, --project-id", "--secrets-from file:ovh.env"),
        ("registry create", "--name", "--username octocat --password-from env:GHCR_TOKEN"),
        ("hetzner ssh-key create", "--name, --generate or --public-key", ""),
        ("ovh ssh-key create", "--name, --generate or --public-key", ""),
        ("ssh-key create", "--name, --generate or --public-key", ""),
        ("ssh-key generate", "--name or --private-key-file", ""),
    ] {
        let stage = Stage::new();
        let outcome = stage.platform.admin(&stage.env, &format!("credentials {line}")).fails(2);
        // One of this command, not of another that is built alike.
        let such = format!("  hint: such as: ankra credentials {line} ");
        outcome.says(&[&format!("missing: {missing}\n"), &such]);
        let source = secrets.split(' ').find(|word| word.starts_with("--") && word.ends_with("-from"));
        let told = format!(
            "the secret is asked for on the terminal; without one add {} SOURCE",
            source.unwrap_or("")
        );
        assert_eq!(outcome.stderr.contains(&told), source.is_some(), "{outcome}");
        let example =
            outcome.stderr.lines().find_map(|hint| hint.trim().strip_prefix("hint: such as: ")).unwrap();
        stage.run(&format!("{example} {secrets}")).env("SECRET", unique("s", 64)).ok();
    }
}

#[test]
fn what_is_mistyped_is_told_with_what_was_meant() {
    let env = Env::new();
    for (line, meant) in [
        ("credentails list", "did you mean credentials?"),
        ("credentials hetzner crate", "did you mean create?"),
        ("credentials registry refesh my-ecr", "did you mean refresh?"),
        ("credentials hetzner create --nmae x", "did you mean --name?"),
        ("credentials registry create --pasword-from prompt", "did you mean --password-from?"),
        ("credentials list --sort nmae", "did you mean name?"),
        ("credentials list -o jsn", "did you mean json?"),
        ("credentials registry presets dockrhub", "did you mean dockerhub?"),
        ("credentials ssh-key create --name x --generate --provider hetzer", "hetzner"),
        ("completion instal", "to set it up: ankra completion install"),
        ("completion", "usage: ankra completion [OPTIONS] <SHELL>, or ankra completion install|uninstall"),
        // A command that is meant, but elsewhere.
        ("list", "did you mean: ankra credentials list"),
        ("hetzner create --name x", "did you mean: ankra credentials hetzner create --name NAME"),
        ("credentials create", "such as: ankra credentials hetzner create --name NAME"),
        ("create", "the kinds are hetzner, ovh"),
    ] {
        env.line(line).fails(2).says(&[meant]);
    }
}

#[test]
fn help_is_text_that_ends_with_its_line_and_goes_to_stdout() {
    let env = Env::new();
    for line in ["-h", "--help", "credentials -h", "credentials hetzner create --help", "cred reg create -h"]
    {
        let outcome = env.line(line).ok();
        assert!(outcome.stdout.ends_with('\n') && !outcome.stdout.ends_with("\n\n"), "{outcome}");
        assert!(outcome.stderr.is_empty(), "{outcome}");
    }
    let outcome = env.line("credentials hetzner").fails(2);
    assert!(
        outcome.stderr.is_empty() && outcome.stdout.contains("  create   Store a Hetzner API token\n"),
        "{outcome}"
    );
}

/// Every variable that the sources name is in the help's table of them.
#[test]
fn every_variable_that_is_read_is_documented() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = std::collections::BTreeSet::new();
    for file in [
        "settings/profile.rs",
        "settings/container_tools.rs",
        "settings/shell.rs",
        "settings/mod.rs",
        "http/proxy.rs",
        "http/trust.rs",
        "output/mod.rs",
        "process/browser.rs",
        "process/screen.rs",
        "providers/digitalocean.rs",
        "providers/hetzner.rs",
        "providers/ovh.rs",
        "providers/upcloud.rs",
        "providers/imports/doctl.rs",
        "providers/imports/hcloud.rs",
        "providers/imports/ovh_conf.rs",
        "providers/imports/upctl.rs",
    ] {
        let text = fs::read_to_string(root.join(file)).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap();
        let literals = code.split('"').skip(1).step_by(2);
        let is_variable = |text: &&str| {
            text.len() > 3
                && text.bytes().all(|b| b.is_ascii_uppercase() || b == b'_')
                && *text != "CARGO_PKG_VERSION"
                // What is no variable but the name of a value.
                && (text.contains('_') || !file.starts_with("providers/imports/"))
                && !ankra::testing::providers::ALL
                    .iter()
                    .filter(|_| !file.starts_with("providers/imports/"))
                    .flat_map(|provider| provider.secrets)
                    .any(|field| field.other_names.contains(text))
        };
        found.extend(literals.filter(is_variable).map(str::to_owned));
    }
    assert!(found.len() > 15, "{found:?}");
    let known: Vec<String> = ankra::testing::cli::variables().collect();
    for name in &found {
        assert!(known.contains(name), "src/cli/guide.rs does not know {name}");
    }
    for name in known {
        assert!(found.contains(&name), "nothing reads {name}");
    }
}
