//! What a command lacks is asked for on a terminal, and the line that would have done the same is shown.

use ankra::testing::providers::{ALL, Plain};
use serde_json::json;

use crate::support::{
    Answer, End, Env, FaultServer, Pty, credential, hetzner_token, id, need, say_that_it_is_there,
    usual_value,
};

/// Questions, and what is typed to each before Enter.
type Answers = &'static [(&'static str, &'static str)];

const TOKEN: &str = "ghp_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

/// Answers one question after the other; a list is ready once nothing is echoed.
fn answer(pty: &mut Pty, answers: &[(&str, &str)]) {
    for (question, answer) in answers {
        pty.expect(question);
        std::thread::sleep(std::time::Duration::from_millis(100));
        pty.send(&format!("{answer}\r"));
    }
}

#[test]
fn every_cloud_asks_for_its_name_its_fields_and_its_secrets_in_one_order() {
    for provider in ALL {
        let env = Env::new();
        // Where the cloud knows the values of a field, it is asked first, and here it is out of reach.
        let run = env.line(&format!("--sandbox credentials {} create", provider.slug));
        let run =
            provider.check.variables.iter().fold(run, |run, (name, _)| run.env(name, "http://127.0.0.1:1"));
        let mut pty = Pty::start(run);
        let mut line = vec![format!("ankra --sandbox credentials {} create --name my-cred", provider.slug)];
        // What is refused is asked for again, with the reason.
        answer(&mut pty, &[("Name: ", "My_Cred")]);
        pty.expect("lower-case letters").expect("try my-cred\r\n");
        answer(&mut pty, &[("Name: ", "my-cred")]);
        let fields = provider.plain.iter().filter(|field| !field.label.is_empty() && field.group.is_none());
        let (known, others): (Vec<&Plain>, Vec<&Plain>) = fields.partition(|field| field.choices.is_some());
        for field in others {
            ask_for(&mut pty, field, &mut line);
        }
        for field in provider.secrets.iter().filter(|field| field.group.is_none()) {
            say_that_it_is_there(&mut pty, field.name);
            pty.expect(&format!("{}: ", field.label)).expect_hidden();
            pty.send(&format!("{}\r", usual_value(field))).expect("received");
            line.push(format!("--{}-from SOURCE", field.name));
        }
        for field in known {
            pty.expect(&format!("There is no {} to choose from: ", field.label));
            ask_for(&mut pty, field, &mut line);
        }
        let (shown, line) = (pty.ok(), line.join(" "));
        assert!(shown.contains(&format!("To do the same without questions: {line}\r\n")), "{line}\n{shown}");
    }
}

/// Is asked for `field`, and adds its flag to `line`.
fn ask_for(pty: &mut Pty, field: &Plain, line: &mut Vec<String>) {
    let value = match field.name {
        "api-url" => "https://cloud.example.com:8006",
        "token-id" => "root@pam!ankra",
        _ => "0123456789abcdef0123456789abcdef",
    };
    answer(pty, &[(&format!("{}: ", field.label), "!")]);
    // Quotes around it are left out, as from the flag.
    answer(pty, &[(&format!("{}: ", field.label), &format!("'{value}'"))]);
    pty.expect(&format!("Left out of the {}: quotes around it.", field.label));
    let value = if field.name == "token-id" { format!("'{value}'") } else { value.to_owned() };
    line.push(format!("--{} {value}", field.name));
}

#[test]
fn a_required_field_has_a_label_to_ask_with() {
    for provider in ALL {
        let required = provider.plain.iter().filter(|field| {
            let is_switch = field.group.is_some_and(|group| {
                provider.switch_of(group.name).is_some_and(|switch| switch.name == field.name)
            });
            matches!(field.kind, ankra::testing::providers::Kind::Text(_))
                && field.default.is_none()
                && (field.group.is_none() || is_switch)
        });
        for field in required {
            assert!(!field.label.is_empty(), "{} {}", provider.slug, field.name);
        }
    }
}

#[test]
fn other_commands_ask_for_what_they_lack_and_show_the_line_that_does_not() {
    let table: [(&str, Answers, &str); 9] = [
        (
            "--sandbox credentials registry create",
            &[
                ("Kind of registry", ""),
                ("Name: ", "my-ghcr"),
                ("GitHub user name: ", "octocat"),
                ("GitHub personal access token: ", TOKEN),
            ],
            "ankra --sandbox credentials registry create --preset ghcr --name my-ghcr --username octocat \
             --password-from SOURCE",
        ),
        (
            "--sandbox credentials ssh-key create",
            &[("Provider whose servers get the key", ""), ("Name: ", "my-key"), ("Which key", "")],
            "ankra --sandbox credentials ssh-key create --provider hetzner --name my-key --generate",
        ),
        (
            "credentials ssh-key generate --passphrase",
            &[("Name: ", "my-key"), ("Passphrase: ", "hunter2"), ("Passphrase again: ", "hunter2")],
            "ankra credentials ssh-key generate --name my-key --passphrase-from SOURCE",
        ),
        (
            "--sandbox --org demo credentials get",
            &[("Which credential", "")],
            "ankra --sandbox --org demo credentials get demo-hetzner",
        ),
        (
            "--sandbox --org demo credentials registry get -o json",
            &[("Which credential", "")],
            "ankra --sandbox --org demo credentials registry get -o json demo-ghcr",
        ),
        (
            "--sandbox --org demo credentials registry update --username octocat",
            &[("Which credential", ""), ("GitHub personal access token: ", TOKEN)],
            "ankra --sandbox --org demo credentials registry update --username octocat demo-ghcr \
             --password-from SOURCE",
        ),
        (
            "--sandbox --org demo credentials registry delete",
            &[("Which credential", ""), ("[y/N] ", "y")],
            "ankra --sandbox --org demo credentials registry delete demo-ghcr --yes",
        ),
        (
            "--sandbox credentials validate",
            &[("Name: ", "free")],
            "ankra --sandbox credentials validate free",
        ),
        (
            "--sandbox --org demo credentials hetzner create --api-token-from env:TOKEN",
            &[("Name: ", "demo-ghcr"), ("taken", "other")],
            "ankra --sandbox --org demo credentials hetzner create --api-token-from env:TOKEN --name other",
        ),
    ];
    for (command, answers, line) in table {
        let env = Env::new();
        let mut pty = Pty::start(env.line(command).env("TOKEN", hetzner_token()));
        answer(&mut pty, answers);
        let shown = pty.ok();
        assert!(
            shown.contains(&format!("To do the same without questions: {line}\r\n")),
            "{command}\n{shown}"
        );
        assert!(!shown.contains(TOKEN) && !shown.contains("hunter2"), "{shown}");
    }
}

#[test]
fn a_public_key_is_given_as_text_or_by_its_path() {
    let text = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIB6wUYlQ0Jn0y0Yx3n4Zc3M1m3iXlq5N8iTz1Zr0v3pD me";
    let env = Env::new();
    std::fs::write(env.home().join("my key.pub"), text).unwrap();
    for (name, given, flag) in
        [("a", text, format!("'{text}'")), ("b", "'~/my key.pub'", "'@~/my key.pub'".into())]
    {
        let line = format!("--sandbox credentials hetzner ssh-key create --name {name}");
        let mut pty = Pty::start(env.line(&line));
        answer(
            &mut pty,
            &[("Which key", "\u{1b}[B"), ("Public key, or the path of its file: ", "nowhere.pub")],
        );
        pty.expect("nowhere.pub");
        answer(&mut pty, &[("Public key, or the path of its file: ", given)]);
        let shown = pty.ok();
        assert!(shown.contains(&format!(" --public-key {flag}\r\n")), "{shown}");
    }
}

#[test]
fn three_wrong_answers_end_a_command_and_nothing_is_sent() {
    let (env, server) = (Env::new(), FaultServer::start());
    let mut pty = Pty::start(server.ankra(&env, "credentials hetzner create"));
    answer(&mut pty, &[("Name: ", "A"), ("Name: ", "B"), ("Name: ", "C")]);
    assert_eq!(pty.end(), End::Code(2));
    assert!(pty.transcript().contains("no usable answer was given for Name"), "{}", pty.transcript());
    assert!(server.writes().is_empty());
}

#[test]
fn without_a_terminal_all_that_is_missing_is_named_at_once() {
    for (line, missing) in [
        ("credentials hetzner create", "missing: --name"),
        ("credentials ovh create", "missing: --name, --project-id"),
        ("credentials get", "missing: <NAME|ID>"),
        ("credentials hetzner ssh-key create", "missing: --name, --generate or --public-key"),
        ("credentials registry check", "missing: --registry-url"),
    ] {
        let env = Env::new();
        env.line(line).fails(2).says(&[missing, "usage: ankra "]);
        let mut pty = Pty::start(env.line(&format!("{line} --no-input")));
        assert_eq!(pty.end(), End::Code(2));
        assert!(pty.transcript().contains(missing), "{}", pty.transcript());
    }
}

#[test]
fn h90_a_field_of_a_cloud_is_held_to_one_rule() {
    let line = "--sandbox credentials ovh create --name x --dry-run -o json --project-id";
    let outcome = Env::new().line(line).arg(" \"0123456789abcdef0123456789abcdef\" ").ok();
    outcome.says(&[
        "Left out of the OVH project id: a blank at its beginning, a blank at its end, quotes around it.",
    ]);
    assert_eq!(outcome.json()["body"]["project_id"], "0123456789abcdef0123456789abcdef");
    Env::new().line(line).arg("a b").fails(2).says(&["invalid value for --project-id", "letters and digits"]);
}

#[test]
fn a_dry_run_says_what_exists_already_and_refuses_what_the_run_refuses() {
    let env = Env::new();
    let (token, password) = (hetzner_token(), "hunter2");
    for (create, secret) in [
        ("credentials hetzner create --name a --api-token-stdin", token.as_str()),
        ("credentials registry create --name b --username u --password-stdin", password),
        ("credentials hetzner ssh-key create --name c --generate", ""),
    ] {
        let line = |more: &str| env.line(&format!("--sandbox {create} {more}")).stdin(secret);
        let free = line("--dry-run -o json").ok();
        assert_eq!(free.json()["would_be_sent"], true, "{free}");
        line("").ok();
        let there = line("--if-not-exists --dry-run -o json").ok();
        assert_eq!(there.json()["would_be_sent"], false, "{there}");
        there.says(&["exists already in organisation sandbox of the sandbox; nothing would be sent."]);
        let code = line("--dry-run").run().code;
        assert_eq!(code, line("").run().code, "{create}");
    }
    // The same doubts.
    let doubt = "--sandbox credentials hetzner create --name d --dry-run --api-token-stdin";
    env.line(doubt).stdin("short").ok().says(&["warning: ", "64 letters and digits"]);
    env.line("--sandbox credentials registry update nothing --dry-run").fails(3);
}

#[test]
fn a_dry_run_works_as_far_as_it_can_without_a_sign_in_or_a_platform() {
    let env = Env::new();
    let line = "credentials hetzner create --name x --dry-run -o json --base-url http://127.0.0.1:1";
    env.line(line).ok().says(&["Not signed in: what is on the platform is not looked at."]);
    let outcome = env.line(line).env("ANKRA_API_TOKEN", "some-token-of-mine").ok();
    outcome.says(&["warning: whether the name x is free is not known: "]);
    assert_eq!(outcome.json()["would_be_sent"], true);
}

#[test]
fn a_dry_run_of_delete_shows_what_would_go_and_what_uses_it() {
    let env = Env::new();
    for delete in ["credentials delete", "credentials registry delete"] {
        let line = format!("--sandbox --org demo {delete} demo-ghcr --dry-run");
        let shown = env.line(&format!("{line} -o json")).ok().json();
        let one = &shown[0];
        assert_eq!(
            (&one["name"], &one["method"], &one["would_be_sent"]),
            (&json!("demo-ghcr"), &json!("DELETE"), &json!(true))
        );
        assert_eq!(one["registries"].as_array().map(Vec::len), Some(2), "{shown}");
        let table = env.line(&line).ok();
        assert!(table.stdout.contains("REGISTRIES") && table.stdout.contains("ghcr.io"), "{table}");
        table.says(&["Nothing is deleted in organisation demo of the sandbox: this is a dry run."]);
    }
    env.line("--sandbox --org demo credentials get demo-ghcr").ok();
    let server = FaultServer::start();
    server.on("GET", "/api/v1/org/credentials", [Answer::json(200, json!([]))]);
    server.ankra(&env, "credentials delete x --dry-run").fails(3);
    assert!(server.writes().is_empty());
}

#[test]
fn a_key_that_meets_a_file_is_told_the_flag_and_whether_the_name_is_taken_too() {
    let env = Env::new();
    let line = "--sandbox credentials hetzner ssh-key create --name my-key --generate";
    env.line(line).ok();
    let outcome = env.line(line).fails(2);
    outcome.says(&["exists already", "the name my-key is taken too", "--private-key-file PATH"]);
    let deleted = env.line("--sandbox credentials delete my-key --yes").ok();
    deleted.says(&["Its private key was left where it is: ", "ankra_my-key.pub once no server needs it"]);
    let outcome = env.line(line).fails(2);
    assert!(!outcome.stderr.contains("taken too"), "{outcome}");
    for file in ["ankra_my-key", "ankra_my-key.pub"] {
        std::fs::remove_file(env.home().join(".ssh").join(file)).unwrap();
    }
    env.line(line).ok();
    std::fs::remove_file(env.home().join(".ssh/ankra_my-key")).unwrap();
    let deleted = env.line("--sandbox credentials delete my-key --yes").ok();
    assert!(!deleted.stderr.contains("private key"), "{deleted}");
}

#[test]
fn h101_a_printed_command_runs_in_every_shell_and_does_no_more_than_it_says() {
    for name in crate::completion::hostile::NAMES {
        let (env, server) = (Env::new(), FaultServer::start());
        let one = credential(1, name, "hetzner");
        server.on("GET", "/api/v1/org/credentials", [Answer::json(200, json!([one]))]).on(
            "GET",
            &format!("/api/v1/org/credentials/{}", id(1)),
            [Answer::json(200, one)],
        );
        let mut pty = Pty::start(server.ankra(&env, "credentials get"));
        pty.expect("Which credential").send("\r");
        let shown = pty.ok();
        let line =
            shown.lines().find_map(|line| line.split_once("without questions: ")).unwrap().1.to_owned();
        std::os::unix::fs::symlink(crate::support::ankra_path(), env.home().join("ankra")).unwrap();
        for shell in ["sh", "bash", "zsh", "fish"] {
            let mut run = env.program(need(shell, shell)).env("ANKRA_BASE_URL", server.url());
            run.command.args(["-c", line.trim_end()]).env("ANKRA_API_TOKEN", "token-of-the-test");
            let path = format!("{}:{}", env.home().display(), std::env::var("PATH").unwrap());
            let outcome = run.env("PATH", path).ok();
            assert!(outcome.stdout.contains(&id(1)), "{line}: {outcome}");
        }
        let made = env.files().into_iter().find(|file| file.to_string_lossy().contains("marker"));
        assert_eq!(made, None, "{line}");
    }
}
