//! Which token of hcloud's is taken.

use super::{MARK, create, file, platform, refused, secret, sent};
use serde_json::json;

use crate::support::{Answer, End, Env, FaultServer, Pty, Run};

const PLACE: &str = ".config/hcloud/cli.toml";

/// The tokens of the contexts, and the file that has them.
fn contexts(env: &Env, active: &str, names: &[&str]) -> Vec<String> {
    let tokens: Vec<String> = names.iter().map(|_| secret(64)).collect();
    let mut text = format!("active_context = {active:?}\n");
    for (name, token) in names.iter().zip(&tokens) {
        // TOML escapes as JSON does.
        let name = serde_json::Value::from(*name);
        text.extend([format!("\n[[contexts]]\n  name = {name}\n  token = {token:?}\n")]);
    }
    file(env, PLACE, text);
    tokens
}

#[test]
fn the_only_context_is_taken_and_told() {
    let (env, server) = (Env::new(), platform());
    let tokens = contexts(&env, "", &["dev"]);
    let outcome = create(&server, &env, "hetzner", "--from-hcloud").ok();
    outcome.says(&["Taken from ~/.config/hcloud/cli.toml: the token of the context dev.\n", "Stored the"]);
    assert!(!outcome.all().contains(&tokens[0]));
    assert_eq!(sent(&server)["api_token"], tokens[0]);
}

#[test]
fn a_named_context_counts_before_variables_which_are_named() {
    let env = Env::new();
    let tokens = contexts(&env, "dev", &["dev", "prod"]);
    let variables = |run: Run| run.env("HCLOUD_TOKEN", secret(64)).env("HCLOUD_CONTEXT", "dev");
    for (flags, note) in [
        (
            "--from-hcloud prod",
            "HCLOUD_TOKEN and HCLOUD_CONTEXT are passed over: the context prod was named.\n",
        ),
        ("--from-hcloud=dev", "HCLOUD_TOKEN is passed over: the context dev was named.\n"),
    ] {
        let server = platform();
        variables(create(&server, &env, "hetzner", flags)).ok().says(&[note]);
        assert_eq!(sent(&server)["api_token"], tokens[usize::from(flags.contains("prod"))]);
    }
    let server = platform();
    let outcome = create(&server, &env, "hetzner", "--from-hcloud prod").ok();
    assert!(!outcome.stderr.contains("passed over"), "{outcome}");
}

#[test]
fn without_a_terminal_the_tool_s_own_choice_is_taken_and_the_others_are_told() {
    let env = Env::new();
    let tokens = contexts(&env, "dev", &["prod", "dev"]);
    let own = secret(64);
    for (variables, token, note) in [
        (
            &[][..],
            &tokens[1],
            "hcloud itself would use the context dev, so that is taken. There is also the context prod: name one \
             with --from-hcloud CONTEXT.",
        ),
        (&[("HCLOUD_CONTEXT", "prod")], &tokens[0], "hcloud itself would use the context prod"),
        (
            &[("HCLOUD_CONTEXT", "prod"), ("HCLOUD_TOKEN", own.as_str())],
            &own,
            "hcloud itself would use HCLOUD_TOKEN, so that is taken. There are also the context prod and the context \
             dev: name one",
        ),
        (&[("HCLOUD_CONTEXT", ""), ("HCLOUD_TOKEN", " ")], &tokens[1], "would use the context dev"),
    ] {
        let server = platform();
        let run = create(&server, &env, "hetzner", "--from-hcloud");
        variables.iter().fold(run, |run, (name, value)| run.env(name, value)).ok().says(&[note]);
        assert_eq!(sent(&server)["api_token"], *token, "{variables:?}");
    }
}

#[test]
fn where_the_tool_itself_would_use_none_the_contexts_are_listed() {
    let (env, server) = (Env::new(), platform());
    contexts(&env, "gone", &["prod", "dev"]);
    let listed = "hcloud has prod and dev";
    let run = "run: ankra credentials hetzner create --name mine --from-hcloud dev";
    let outcome = create(&server, &env, "hetzner", "--from-hcloud").run();
    refused(&outcome, &server, 2, &["error: missing: the CONTEXT of --from-hcloud", listed, run]);
    let outcome = create(&server, &env, "hetzner", "--from-hcloud").env("HCLOUD_CONTEXT", "no").run();
    refused(&outcome, &server, 2, &["HCLOUD_CONTEXT names no, which is not there", listed]);
    // One that is there is not taken in the place of the one that is meant.
    contexts(&env, "", &["dev"]);
    let outcome = create(&server, &env, "hetzner", "--from-hcloud").env("HCLOUD_CONTEXT", "prod").run();
    refused(&outcome, &server, 2, &["HCLOUD_CONTEXT names prod, which is not there"]);
}

#[test]
fn a_context_that_is_not_there_is_not_repeated() {
    let (env, server) = (Env::new(), platform());
    contexts(&env, "dev", &["dev", "prod"]);
    let outcome = create(&server, &env, "hetzner", "--from-hcloud").arg(secret(64)).run();
    let texts =
        ["error: there is no context of the name that --from-hcloud gives", "hcloud has dev and prod"];
    refused(&outcome, &server, 3, &texts);
    outcome.says(&["hint: run: ankra credentials hetzner create --name mine --from-hcloud prod\n"]);
    let run = create(&server, &env, "hetzner", "--from-hcloud gone").env("HCLOUD_TOKEN", secret(64));
    refused(&run.run(), &server, 3, &["hint: leave out the name to take what HCLOUD_TOKEN has"]);
    // No file at all.
    let run = create(&server, &env, "hetzner", "--from-hcloud gone").env("HCLOUD_TOKEN", secret(64));
    let outcome = run.env("HCLOUD_CONFIG", "/no/file").run();
    refused(&outcome, &server, 3, &["there is no context in /no/file", "leave out the name to take"]);
    assert!(server.requests().is_empty());
}

#[test]
fn a_missing_name_is_shown_in_a_line_that_takes_the_same() {
    let (env, server) = (Env::new(), platform());
    for (provider, flag, name) in [
        ("hetzner", "--from-hcloud", "my-hetzner-token"),
        ("hetzner", "--from-hcloud=dev", "my-hetzner-token"),
        ("upcloud", "--from-upctl", "my-upcloud-token"),
    ] {
        let outcome = server.ankra(&env, &format!("credentials {provider} create {flag}")).run();
        let flag = flag.split('=').next().unwrap();
        let line = format!("such as: ankra credentials {provider} create --name {name} {flag}\n");
        refused(&outcome, &server, 2, &["error: missing: --name", &line]);
        assert!(!outcome.stderr.contains("--api-token-from"), "{outcome}");
    }
}

#[test]
fn what_to_do_about_a_file_depends_on_what_named_it() {
    let (env, server) = (Env::new(), platform());
    let folder = env.home().join(PLACE);
    std::fs::create_dir_all(&folder).unwrap();
    let outcome = create(&server, &env, "hetzner", "--from-hcloud").run();
    refused(&outcome, &server, 1, &["it is a directory", "hint: correct it, or move it away\n"]);
    let outcome = create(&server, &env, "hetzner", "--from-hcloud").env("HCLOUD_CONFIG", &folder).run();
    let hint = "hint: correct it, or set HCLOUD_CONFIG to the file that is meant\n";
    refused(&outcome, &server, 1, &["HCLOUD_CONFIG names it", hint]);
    assert_eq!(outcome.stderr.matches("hint: ").count(), 1, "{outcome}");
}

#[test]
fn where_there_is_nothing_the_places_are_named() {
    let (env, server) = (Env::new(), platform());
    let outcome = create(&server, &env, "hetzner", "--from-hcloud").run();
    let texts = [
        "error: nothing was found that --from-hcloud could take",
        "these places were looked at: ~/.config/hcloud/cli.toml, HCLOUD_TOKEN",
        "hint: make a context first: hcloud context create NAME",
    ];
    refused(&outcome, &server, 3, &texts);
    let outcome =
        create(&server, &env, "hetzner", "--from-hcloud dev").env("HCLOUD_CONFIG", "/no/file").run();
    refused(&outcome, &server, 3, &["these places were looked at: /no/file, HCLOUD_TOKEN"]);
}

#[test]
fn a_person_chooses_and_what_the_tool_would_use_comes_first() {
    let env = Env::new();
    let tokens = contexts(&env, "dev", &["prod", "dev"]);
    let server = platform();
    let mut pty = Pty::start(create(&server, &env, "hetzner", "--from-hcloud"));
    pty.expect("What to take of hcloud:")
        .expect("> the context dev, which hcloud itself would use")
        .expect("  the context prod")
        .send("\x1b[B\r");
    pty.expect("Taken from ~/.config/hcloud/cli.toml: the token of the context prod.");
    pty.expect(
        "To do the same without questions: ankra credentials hetzner create --name mine --from-hcloud prod",
    );
    pty.ok();
    assert_eq!(sent(&server)["api_token"], tokens[0]);

    let server = platform();
    let own = secret(64);
    let mut pty = Pty::start(create(&server, &env, "hetzner", "--from-hcloud").env("HCLOUD_TOKEN", &own));
    pty.expect("> HCLOUD_TOKEN, which hcloud itself would use").send("\r");
    pty.expect("To do the same without questions: ankra credentials hetzner create --name mine --from-hcloud --no-input");
    pty.ok();
    assert_eq!(sent(&server)["api_token"], own);

    let server = platform();
    let mut pty = Pty::start(create(&server, &env, "hetzner", "--from-hcloud"));
    pty.expect("> the context dev").send("q");
    assert_eq!(pty.end(), End::Code(4));
    assert!(server.writes().is_empty());
}

#[test]
fn a_token_for_another_address_is_not_sent() {
    let (env, server) = (Env::new(), platform());
    let token = secret(64);
    let context = format!("[[contexts]]\nname = \"x\"\ntoken = {token:?}\n");
    let of_context =
        format!("{context}[contexts.preferences]\nendpoint = \"https://me:zq9@hc.example/v1\"\n");
    let of_all = format!("[preferences]\nendpoint = \"https://hc.example/v1\"\n{context}");
    for text in [&of_context, &of_all] {
        file(&env, PLACE, text);
        for flags in ["--from-hcloud", "--from-hcloud x", "--from-hcloud --dry-run"] {
            let outcome = create(&server, &env, "hetzner", flags).run();
            let texts = [
                "error: the token of the context x is for https://hc.example, not for Hetzner: it is not sent there",
                "hint: if it is meant, set HCLOUD_ENDPOINT to the same address",
            ];
            refused(&outcome, &server, 2, &texts);
        }
    }
    // What stands apart from the contexts goes where they go, for hcloud.
    let outcome = create(&server, &env, "hetzner", "--from-hcloud").env("HCLOUD_TOKEN", secret(64)).run();
    refused(&outcome, &server, 2, &["the token of HCLOUD_TOKEN is for https://hc.example, not for Hetzner"]);
    let run = create(&server, &env, "hetzner", "--from-hcloud x")
        .env("HCLOUD_ENDPOINT", "https://other.example/v1");
    refused(&run.run(), &server, 2, &["is for https://hc.example"]);
    create(&server, &env, "hetzner", "--from-hcloud x").env("HCLOUD_ENDPOINT", "https://hc.example/v1/").ok();
    assert_eq!(sent(&server)["api_token"], token);
    // Hetzner's own address changes nothing.
    let server = platform();
    file(&env, PLACE, format!("[preferences]\nendpoint = \"https://api.hetzner.cloud/v1\"\n{context}"));
    create(&server, &env, "hetzner", "--from-hcloud").ok();
    assert_eq!(sent(&server)["api_token"], token);
}

#[test]
fn a_token_that_cannot_be_one_is_refused_by_its_place() {
    let (env, server) = (Env::new(), platform());
    for (line, why) in [
        ("token = 7", "~/.config/hcloud/cli.toml: its token is no text"),
        ("token = \"zq9\\nzq9\"", "~/.config/hcloud/cli.toml: it has more than one line"),
        ("token = \"-----BEGIN PRIVATE KEY-----\"", "~/.config/hcloud/cli.toml: it is a private key"),
    ] {
        file(&env, PLACE, format!("[[contexts]]\nname = \"x\"\n{line}\n"));
        let outcome = create(&server, &env, "hetzner", "--from-hcloud").run();
        refused(&outcome, &server, 2, &["the token of the context x cannot be used", why]);
    }
    file(&env, PLACE, "[[contexts]]\nname = \"x\"\ntoken = \"\"\n");
    let outcome = create(&server, &env, "hetzner", "--from-hcloud").run();
    refused(&outcome, &server, 3, &["nothing was found"]);
}

#[test]
fn flags_that_give_the_same_exclude_each_other() {
    let (env, server) = (Env::new(), platform());
    for other in ["--api-token-stdin", "--api-token-from env:X", "--secrets-from stdin"] {
        create(&server, &env, "hetzner", &format!("--from-hcloud dev {other}")).fails(2);
    }
    assert!(server.requests().is_empty());
}

#[test]
fn a_name_that_is_anything_stays_a_word() {
    let (env, server) = (Env::new(), platform());
    let odd = ["my prod", "$(id)", "--evil", "\u{1b}[2J"];
    let tokens = contexts(&env, "", &odd);
    let outcome = create(&server, &env, "hetzner", "--from-hcloud").run();
    refused(&outcome, &server, 2, &["--from-hcloud 'my prod'\n", "--from-hcloud '$(id)'\n"]);
    assert!(!outcome.all().contains('\u{1b}'), "{outcome}");
    for (name, token) in odd.iter().zip(&tokens) {
        let server = platform();
        create(&server, &env, "hetzner", "").arg(format!("--from-hcloud={name}")).ok();
        assert_eq!(sent(&server)["api_token"], *token);
    }
    let server = platform();
    let mut pty = Pty::start(create(&server, &env, "hetzner", "--from-hcloud"));
    pty.expect("> the context \"my prod\"").send("\x1b[B\x1b[B\r");
    pty.expect("create --name mine --from-hcloud=--evil");
    pty.ok();
    assert_eq!(sent(&server)["api_token"], tokens[2]);
}

#[test]
fn a_dry_run_and_if_not_exists_take_it_too() {
    let env = Env::new();
    contexts(&env, "dev", &["dev"]);
    let line = "--sandbox credentials hetzner create --name mine --from-hcloud";
    let outcome = env.line(&format!("{line} --dry-run -o json")).ok();
    assert_eq!(outcome.json()["body"]["api_token"], "<redacted>");
    assert!(!outcome.all().contains(MARK), "{outcome}");
    for _ in 0..2 {
        env.line(&format!("{line} --if-not-exists")).ok();
    }
    let mut pty = Pty::start(env.line(line));
    assert_eq!(pty.end(), End::Code(8));
}

#[test]
fn check_takes_it_too() {
    let (env, cloud) = (Env::new(), FaultServer::start());
    cloud.on_every_request(Answer::json(401, json!({"error": {"code": "unauthorized", "message": "no"}})));
    let tokens = contexts(&env, "dev", &["prod", "dev"]);
    let run = env.line("credentials hetzner check --from-hcloud prod");
    let outcome = run.env("HCLOUD_ENDPOINT", format!("{}/v1", cloud.url())).fails(6);
    outcome.says(&["Taken from ~/.config/hcloud/cli.toml: the token of the context prod.\n"]);
    assert!(!outcome.all().contains(MARK), "{outcome}");
    let requests = cloud.requests();
    assert_eq!(requests[0].header("authorization"), Some(format!("Bearer {}", tokens[0]).as_str()));
    // What is for another address is not sent.
    let context = format!(
        "[preferences]\nendpoint = \"https://hc.example\"\n[[contexts]]\nname = \"x\"\ntoken = {:?}\n",
        tokens[0]
    );
    file(&env, PLACE, context);
    let run = env
        .line("credentials hetzner check --from-hcloud")
        .env("HCLOUD_ENDPOINT", format!("{}/v1", cloud.url()));
    run.fails(2).says(&["is for https://hc.example, not for Hetzner"]);
    assert_eq!(cloud.requests().len(), requests.len());
}
