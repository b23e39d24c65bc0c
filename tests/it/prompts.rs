//! Every prompt of the program, ended in every way: the terminal is as it was, and nothing was done.

use rustix::process::Signal;
use serde_json::json;

use crate::support::{Answer, End, Env, FaultServer, Pty, Run, gate, id, unique};

const KEY: &str = "Passphrase: ";

/// Chooses the last kind of registry.
const ANY: (&str, &str) = ("Kind of registry", "\u{1b}[A");

/// A question of the program.
struct Prompt {
    run: Run,
    /// Questions before it, and their answers.
    before: &'static [(&'static str, &'static str)],
    /// What the terminal shows when it waits.
    text: &'static str,
    /// What gives the answer where nobody can be asked.
    flag: &'static str,
}

fn prompts(env: &Env, server: &FaultServer) -> Vec<Prompt> {
    let prompt = |line: &str, before, text, flag| Prompt { run: env.line(line), before, text, flag };
    let ovh = "--sandbox credentials ovh create --name x --project-id 0";
    let registry = "--sandbox credentials registry create --name x";
    let mut logout = prompt(
        "logout --revoke --config saved/config.toml",
        &[],
        "The token that is saved here",
        "--token-id",
    );
    logout.run = logout.run.env("ANKRA_BASE_URL", server.url());
    vec![
        prompt(
            "--sandbox credentials hetzner create --name x",
            &[],
            "Hetzner API token: ",
            "--api-token-from",
        ),
        prompt(ovh, &[], "OVH application key: ", "--application-key-from"),
        prompt(
            ovh,
            &[("OVH application key: ", "one")],
            "OVH application secret: ",
            "--application-secret-from",
        ),
        prompt(
            ovh,
            &[("OVH application key: ", "one"), ("OVH application secret: ", "two")],
            "Where the OVH consumer key is to come from",
            "--consumer-key-from",
        ),
        prompt(
            "--sandbox credentials ovh create --name x --project-id 0 --consumer-key-from prompt",
            &[("OVH application key: ", "one"), ("OVH application secret: ", "two")],
            "OVH consumer key: ",
            "--consumer-key-from",
        ),
        prompt("--sandbox credentials hetzner create", &[], "Name: ", "--name"),
        prompt(
            "--sandbox credentials ovh create --name x --dry-run",
            &[],
            "OVH project id: ",
            "--project-id",
        ),
        prompt(registry, &[], "Kind of registry", "--username"),
        prompt(registry, &[ANY], "Registry user name: ", "--username"),
        prompt(
            registry,
            &[ANY, ("Registry user name: ", "octocat")],
            "Registry password or token: ",
            "--username",
        ),
        prompt(
            "--sandbox credentials registry update demo-ghcr --org demo",
            &[],
            "GitHub personal access token: ",
            "--password-from",
        ),
        prompt("credentials ssh-key generate --name x --passphrase", &[], KEY, "--passphrase-from"),
        prompt(
            "credentials ssh-key generate --name x --passphrase",
            &[(KEY, "one")],
            "Passphrase again: ",
            "--passphrase-from",
        ),
        prompt(
            "--sandbox credentials hetzner ssh-key create --name x --generate --passphrase",
            &[],
            KEY,
            "--passphrase-from",
        ),
        prompt(
            "--sandbox credentials ssh-key create --name x --generate",
            &[],
            "Provider whose servers get the key",
            "--provider",
        ),
        prompt("--sandbox --org demo credentials delete demo-hetzner", &[], "[y/N] ", "--yes"),
        prompt("--sandbox --org demo credentials registry delete demo-ghcr", &[], "[y/N] ", "--yes"),
        prompt("sandbox reset", &[], "[y/N] ", "--yes"),
        prompt("login --with-token", &[], "Ankra API token: ", "--api-token-from"),
        prompt("login --api-token-from prompt", &[], "Ankra API token: ", "--api-token-from"),
        prompt("credentials registry check --username u", &[], "Registry URL", "--registry-url"),
        prompt("--sandbox credentials hetzner ssh-key create --name x", &[], "Which key", "--generate"),
        prompt("credentials ssh-key generate", &[], "Name: ", "--name"),
        prompt("--sandbox credentials validate", &[], "Name: ", "<NAME>"),
        prompt("--sandbox --org demo credentials get", &[], "Which credential", "<NAME|ID>"),
        prompt("--sandbox --org demo credentials delete", &[], "Which credential", "<NAME|ID>"),
        prompt("--sandbox --org demo credentials registry get", &[], "Which credential", "<NAME|ID>"),
        prompt("--sandbox --org demo credentials registry update", &[], "Which credential", "<NAME|ID>"),
        prompt("--sandbox --org demo credentials registry refresh", &[], "Which credential", "<NAME|ID>"),
        prompt("--sandbox --org demo credentials registry delete", &[], "Which credential", "<NAME|ID>"),
        logout,
    ]
}

/// A platform with two tokens, one of which is saved.
fn signed_in(env: &Env) -> FaultServer {
    let server = FaultServer::with_organisation();
    let tokens = json!([{"id": id(1), "name": "ci"}, {"id": id(2), "name": "laptop"}]);
    server.on("GET", "/api/v1/org/account/tokens", [Answer::json(200, tokens)]);
    crate::support::write_private(&env.work().join("saved/config.toml"), "");
    let login = env.line("login --with-token --api-token-stdin --config saved/config.toml");
    login.env("ANKRA_BASE_URL", server.url()).stdin("saved").ok();
    server
}

/// Ends every prompt by `stop` and gives how the program ended; [`Pty::end`] compares the terminal.
fn each(stop: impl Fn(&mut Pty) -> &mut Pty) -> Vec<End> {
    let env = Env::new();
    let server = signed_in(&env);
    // The ids too: a sandbox that was reset has the same names.
    let stored = || {
        ["", "--org demo"]
            .map(|org| env.line(&format!("--sandbox {org} credentials list -o json")).ok().stdout)
    };
    let before = stored();
    let ends = prompts(&env, &server)
        .into_iter()
        .map(|prompt| {
            let mut pty = Pty::start(prompt.run);
            for (text, answer) in prompt.before {
                pty.expect(text).send(&format!("{answer}\r"));
            }
            pty.expect(prompt.text);
            stop(&mut pty);
            let (end, is_restored) = pty.end_and_look();
            gate("terminals not restored", usize::from(!is_restored), 1);
            assert!(is_restored, "{:?}", pty.transcript());
            end
        })
        .collect();
    assert_eq!(stored(), before, "something was created or deleted");
    assert!(!env.home().join(".ssh").exists() && !env.home().join(".config/ankra/login.toml").exists());
    assert!(server.writes().is_empty(), "{:?}", server.lines());
    assert!(std::fs::read_to_string(env.work().join("saved/login.toml")).unwrap().contains("saved"));
    ends
}

#[test]
fn h45_h46_h120_a_signal_at_a_prompt_ends_the_program_and_restores_the_terminal() {
    for signal in
        [Signal::INT, Signal::TERM, Signal::HUP, Signal::QUIT, Signal::USR1, Signal::VTALARM, Signal::ABORT]
    {
        for end in each(|pty| pty.signal(signal)) {
            assert_eq!(end, End::Signal(signal.as_raw()));
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
    let server = signed_in(&env);
    for (switch, value) in [("--no-input", ""), ("ANKRA_NO_INPUT", "1"), ("ANKRA_NO_INPUT", "true")] {
        for Prompt { run, before, text, flag } in prompts(&env, &server) {
            let run = if value.is_empty() { run.arg(switch) } else { run.env(switch, value) };
            // On a terminal that could be asked.
            let mut pty = Pty::start(run);
            assert_eq!(pty.end(), End::Code(2), "{text}: {}", pty.transcript());
            let shown = pty.transcript();
            assert!(shown.contains(flag), "{flag}: {shown}");
            let questions = before.iter().map(|(text, _)| *text).chain([text]);
            assert!(questions.into_iter().all(|text| !shown.contains(text)), "{text}: {shown}");
        }
    }
    for Prompt { run, text, flag, .. } in prompts(&env, &server) {
        let outcome = run.run();
        assert_eq!(outcome.code, Some(2), "{text}: {outcome}");
        outcome.says(&[flag]);
    }
    let mut pty = Pty::start(env.line("sandbox reset").env("ANKRA_NO_INPUT", "0"));
    pty.expect("[y/N] ").send("n\r");
    assert_eq!(pty.end(), End::Code(4));
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
    server.on("POST", "/api/v1/org/helm/credentials", [Answer::done()]);
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
    let mut pty = Pty::start(run.env("PS1", "shell> ").env("A", crate::support::ankra_path()));
    pty.expect("shell> ").send("$A --sandbox credentials hetzner create --name x\r");
    pty.expect("Hetzner API token: ").expect_hidden().send("first\recho forged >forged\recho more\r");
    pty.expect("received").expect("error:").expect("shell> ").send("exit\r");
    pty.end();
    assert!(!env.work().join("forged").exists(), "{}", pty.transcript());
}

/// The lines come later than any paste without marks is waited for.
#[test]
fn h119_late_lines_of_a_paste_reach_neither_the_next_question_nor_the_shell() {
    let env = Env::new();
    let mut run = env.program("bash");
    run.command.args(["--norc", "--noprofile", "-i"]);
    let mut pty = Pty::start(run.env("PS1", "shell> ").env("A", crate::support::ankra_path()));
    pty.expect("shell> ").send("$A --sandbox credentials ovh create --name x --project-id 0\r");
    for _ in 0..3 {
        pty.expect("OVH application key: ").expect_hidden().send("\u{1b}[200~first\r");
        for late in ["echo forged >forged\r", "\u{1b}[201~\r"] {
            std::thread::sleep(std::time::Duration::from_millis(300));
            pty.send(late);
        }
        pty.expect("it has more than one line\r\n");
    }
    pty.expect("no usable answer").expect("shell> ").send("exit\r");
    pty.end();
    let shown = pty.transcript();
    assert!(!shown.contains("OVH application secret") && !shown.contains("forged"), "{shown}");
    assert!(!env.work().join("forged").exists(), "{shown}");
}

/// As a file manager drags it, as another command has it, and the key itself.
#[test]
fn h96_a_key_file_is_named_in_any_way_or_pasted_unseen() {
    let key = "{\r\n  \"type\": \"service_account\",\r\n  \"private_key\": \"CANARY\\n\",\r\n  \
               \"client_email\": \"a@b.example\"\r\n}\r\n";
    for (answer, is_shown) in [
        ("'~/my key.json'", true),
        ("~/my\\ key.json", true),
        ("\u{1b}[200~file:~/my key.json\r\u{1b}[201~", true),
        (&format!("\u{1b}[200~{key}\u{1b}[201~"), false),
        (&format!("\u{1b}[200~{}\u{1b}[201~", key.replace("\r\n", "")), false),
        (&key.replace("\r\n", ""), false),
    ] {
        let (env, server) = (Env::new(), FaultServer::start());
        server.on("POST", "/api/v1/org/helm/credentials", [Answer::done()]);
        std::fs::write(env.home().join("my key.json"), key.replace('\r', "")).unwrap();
        let run = server.ankra(&env, "credentials registry create --name x --preset gar");
        let mut pty = Pty::start(run);
        pty.expect("Give the path of the JSON key file, or paste all of it")
            .expect("Path of the JSON key file: ");
        pty.expect_hidden().send("nowhere.json\r").expect("there is no such file\r\n");
        pty.expect("Path of the JSON key file: ").expect_hidden().send(&format!("{answer}\r"));
        let shown = pty.ok();
        assert_eq!(
            shown.matches("my key.json").count() + shown.matches("my\\ key.json").count(),
            usize::from(is_shown),
            "{shown}"
        );
        assert!(!shown.contains("CANARY") && !shown.contains("service_account"), "{shown}");
        let sent = server.writes()[0].json()["password"].as_str().unwrap().to_owned();
        let sent: serde_json::Value = serde_json::from_str(&sent).unwrap();
        assert_eq!(sent["private_key"], "CANARY\n", "{answer:?}");
    }
}

#[test]
fn the_person_says_which_token_to_revoke() {
    let env = Env::new();
    let server = signed_in(&env);
    let revoke = format!("/api/v1/org/account/tokens/{}/revoke", id(2));
    server.on("POST", &revoke, [Answer::json(200, json!({}))]);
    let run = env.line("logout --revoke --config saved/config.toml").env("ANKRA_BASE_URL", server.url());
    let mut pty = Pty::start(run);
    pty.expect("The token that is saved here").expect("laptop").send("\u{1b}[B\r");
    pty.ok();
    assert_eq!(server.writes().len(), 1);
}

/// What is typed there would show, as no prompt hides it.
#[test]
fn a_terminal_is_no_standard_input_for_a_secret() {
    let env = Env::new();
    for line in [
        "--sandbox credentials hetzner create --name x --api-token-stdin",
        "--sandbox credentials hetzner create --name x --api-token-from stdin",
        "login --with-token --api-token-stdin",
    ] {
        let mut pty = Pty::start(env.line(line));
        assert_eq!(pty.end(), End::Code(2), "{}", pty.transcript());
        assert!(pty.transcript().contains("it is a terminal, where the secret would show"), "{line}");
    }
}

/// As below `su USER -c`: a session of its own, whose standard streams are the terminal.
#[test]
fn without_a_controlling_terminal_the_one_at_the_standard_streams_is_asked_on() {
    let env = Env::new();
    let server = FaultServer::start();
    server.on("POST", "/api/v1/org/helm/credentials", [Answer::done()]);
    let run = |script: &str| {
        let run = server.ankra(&env, "credentials registry create --name x --username u");
        run.under("sh", &["-c", script, "sh"])
    };
    // What is asked for is hidden, and a signal gives the terminal back.
    let below = "setsid --wait sh -c 'echo $$ >id; exec \"$@\"' sh \"$@\"; echo \"code $?\"; rm id";
    let mut pty = Pty::start(run(below));
    pty.expect("Registry password or token: ").expect_hidden().send("hunter2\r").expect("received");
    assert!(pty.expect("code 0").ok().contains("Stored") && !pty.transcript().contains("hunter2"));
    assert_eq!(server.writes()[0].json()["password"], "hunter2");
    let mut pty = Pty::start(run(below));
    pty.expect("Registry password or token: ").expect_hidden().send("hunter2");
    let id = std::fs::read_to_string(env.work().join("id")).unwrap();
    let id = rustix::process::Pid::from_raw(id.trim().parse().unwrap()).unwrap();
    rustix::process::kill_process(id, Signal::TERM).unwrap();
    let (_, is_restored) = pty.expect("code 143").end_and_look();
    gate("terminals not restored", usize::from(!is_restored), 1);
    assert!(is_restored && !pty.transcript().contains("hunter2"), "{}", pty.transcript());
    // Where nobody waits for it, the terminal is the shell's.
    let alone = "(setsid sh -c 'sleep 1; \"$@\"; echo \"code $?\"' sh \"$@\" &); sleep 600";
    let mut pty = Pty::start(run(alone));
    pty.expect("code 2").send("\u{3}");
    pty.end();
    assert!(!pty.transcript().contains("password or token: "), "{}", pty.transcript());
}
