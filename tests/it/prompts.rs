//! Every prompt of the program, ended in every way: the terminal is as it was, and nothing was done.

use rustix::process::Signal;
use serde_json::json;

use crate::support::{Answer, End, Env, FaultServer, Pty, Run, gate, unique};

const ORG: &str = "0f8b1a52-6d1e-4c7e-9a55-2f1f6b7c8d90";

/// Each prompt: the command, what it needs first, and the text at which it waits.
fn prompts(env: &Env) -> Vec<(Run, &'static str)> {
    vec![
        (env.line("--sandbox credentials hetzner create --name x"), "Hetzner API token: "),
        (env.line("--sandbox credentials ovh create --name x --project-id 0"), "OVH application key: "),
        (env.line("--sandbox credentials registry create --name x"), "Registry user name: "),
        (
            env.line("--sandbox credentials registry create --name x --username u"),
            "Registry password or token: ",
        ),
        (
            env.line("--sandbox credentials registry update demo-ghcr --org demo"),
            "Registry password or token: ",
        ),
        (env.line("credentials ssh-key generate --name x --passphrase"), "Passphrase: "),
        (
            env.line("--sandbox credentials ssh-key create --name x --generate"),
            "Provider whose servers get the key",
        ),
        (env.line("--sandbox --org demo credentials delete demo-hetzner"), "[y/N] "),
        (env.line("--sandbox --org demo credentials registry delete demo-ghcr"), "[y/N] "),
        (env.line("sandbox reset"), "[y/N] "),
        (env.line("login --with-token"), "Ankra API token: "),
    ]
}

/// Ends every prompt by `stop` and gives how the program ended; [`Pty::end`] compares the terminal.
fn each(stop: impl Fn(&mut Pty) -> &mut Pty) -> Vec<End> {
    let env = Env::new();
    let before = env.line("--sandbox --org demo credentials list -o name").ok().stdout;
    let ends = prompts(&env)
        .into_iter()
        .map(|(run, text)| {
            let mut pty = Pty::start(run);
            pty.expect(text);
            stop(&mut pty);
            let end = pty.end();
            gate("terminals not restored", 0, 1);
            end
        })
        .collect();
    assert_eq!(env.line("--sandbox credentials list -o name").ok().stdout, "", "something was created");
    assert_eq!(
        env.line("--sandbox --org demo credentials list -o name").ok().stdout,
        before,
        "something was deleted"
    );
    assert!(!env.home().join(".ssh").exists() && !env.home().join(".config/ankra/login.toml").exists());
    ends
}

#[test]
fn h45_h46_a_signal_at_a_prompt_ends_the_program_and_restores_the_terminal() {
    for (signal, number) in [(Signal::INT, 2), (Signal::TERM, 15), (Signal::HUP, 1), (Signal::QUIT, 3)] {
        for end in each(|pty| pty.signal(signal)) {
            assert_eq!(end, End::Signal(number));
        }
    }
}

#[test]
fn h45_control_c_at_a_prompt_interrupts() {
    for end in each(|pty| pty.send("\u{3}")) {
        assert_eq!(end, End::Signal(2));
    }
}

#[test]
fn h45_control_backslash_at_a_prompt_quits() {
    for end in each(|pty| pty.send("\u{1c}")) {
        assert_eq!(end, End::Signal(3));
    }
}

#[test]
fn h45_control_d_at_a_prompt_declines() {
    for end in each(|pty| pty.send("\u{4}")) {
        assert_eq!(end, End::Code(4));
    }
}

#[test]
fn h47_without_input_every_prompt_is_an_error_that_says_what_to_give() {
    let env = Env::new();
    for (run, text) in prompts(&env) {
        let outcome = run.env("ANKRA_NO_INPUT", "1").run();
        assert_eq!(outcome.code, Some(2), "{text}: {outcome}");
        assert!(outcome.stderr.contains("--"), "{text}: {outcome}");
    }
    for (run, text) in prompts(&env) {
        assert_eq!(run.arg("--no-input").run().code, Some(2), "{text}");
    }
}

#[test]
fn the_prompt_is_on_the_terminal_and_the_result_where_stdout_leads() {
    let env = Env::new();
    let file = env.home().join("result");
    let into = std::fs::File::create(&file).unwrap();
    let run = env.line("--sandbox credentials hetzner create --name my-token -o json");
    let mut pty = Pty::sized(run, 80, |command| {
        command.stdout(into);
    });
    let token = crate::support::hetzner_token();
    pty.expect("Hetzner API token: ").expect_hidden().send(&format!("{token}\r"));
    let shown = pty.ok();
    assert!(!shown.contains("\"id\""), "{shown}");
    let result: serde_json::Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
    assert_eq!(result["name"], "my-token");
}

#[test]
fn a_long_paste_arrives_whole() {
    let env = Env::new();
    let server = FaultServer::start();
    server.on("POST", "/api/v1/credentials", [Answer::json(200, json!({"success": true}))]);
    let secret = unique("long", 5_000);
    let mut pty = Pty::start(server.ankra(&env, "credentials registry create --name x --username u"));
    pty.expect("Registry password or token: ")
        .expect_hidden()
        .send(&format!("{secret}\r"))
        .expect("received");
    pty.ok();
    assert_eq!(server.writes()[0].json()["password"], secret);
}

#[test]
fn h49_pasted_lines_beyond_the_first_do_not_reach_the_shell() {
    let env = Env::new();
    let mut run = env.program("bash");
    run.command.args(["--norc", "--noprofile", "-i"]);
    let mut pty = Pty::start(run.env("PS1", "shell> ").env("A", env!("CARGO_BIN_EXE_ankra")));
    pty.expect("shell> ").send("$A --sandbox credentials hetzner create --name x\r");
    pty.expect("Hetzner API token: ").expect_hidden().send("first\recho forged >forged\recho more\r");
    pty.expect("received").expect("error:").expect("shell> ").send("exit\r");
    pty.end();
    assert!(!env.work().join("forged").exists(), "{}", pty.transcript());
}

#[test]
fn the_person_says_which_token_to_revoke() {
    let env = Env::new();
    let (one, two) = ("6f1dbe5c-3f0c-4a5e-9d3f-0a6f5b1c2d3e", "7f1dbe5c-3f0c-4a5e-9d3f-0a6f5b1c2d3e");
    let server = FaultServer::start();
    let revoke = format!("/api/v1/org/account/tokens/{two}/revoke");
    server
        .on(
            "GET",
            "/api/v1/org/organisation",
            [Answer::json(200, json!([{"organisation_id": ORG, "name": "acme"}]))],
        )
        .on(
            "GET",
            "/api/v1/org/account/tokens",
            [Answer::json(200, json!([{"id": one, "name": "ci"}, {"id": two, "name": "laptop"}]))],
        )
        .on("POST", &revoke, [Answer::json(200, json!({}))]);
    let run = |line: &str| env.line(line).env("ANKRA_BASE_URL", server.url());
    run("login --with-token --api-token-stdin").stdin("saved").ok();
    let mut pty = Pty::start(run("logout"));
    pty.expect("The token that is saved here").expect("laptop").send("\u{1b}[B\r");
    pty.ok();
    assert_eq!(server.writes().len(), 1);
}
