//! Signing in with a person at the terminal, and the browser that is opened for them.

use std::{fs, os::unix::fs::PermissionsExt, time::Duration};

use rustix::process::Signal;

use crate::support::{
    Answer, End, Env, FaultServer, Platform, Pty, Run, await_that, id, need, write_private,
};

const OFFER: &str = "Press Enter to open it in your browser.";
const ORGANISATIONS: &str = "/api/v1/org/organisation";
const POLL: &str = "/api/v1/cli/login/poll";

/// A program that notes how it was started, and stays for a while.
fn browser(env: &Env) -> String {
    let path = env.home().join("browser");
    let script = "#!/bin/sh\n\
        cd \"$HOME\"\n\
        for arg; do printf '%s\\n' \"$arg\"; done >argv\n\
        tr '\\0' '\\n' </proc/$$/environ >environ\n\
        cut -d' ' -f5-8 /proc/$$/stat >job; echo \"$$\" >>job\n\
        streams=$(readlink /proc/$$/fd/0 /proc/$$/fd/1 /proc/$$/fd/2); echo \"$streams\" >streams\n\
        ls /proc/$$/fd >descriptors\n\
        echo opened >>opened\n";
    write_private(&path, script);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    path.to_str().unwrap().to_owned()
}

fn opened(env: &Env) -> usize {
    fs::read_to_string(env.home().join("opened")).unwrap_or_default().lines().count()
}

/// What the browser noted, once it has.
fn noted(env: &Env, what: &str) -> Vec<String> {
    await_that(|| (opened(env) > 0).then_some(()), || "nothing was opened".to_owned());
    fs::read_to_string(env.home().join(what)).unwrap().lines().map(str::to_owned).collect()
}

fn polls(server: &FaultServer) -> usize {
    server.requests().iter().filter(|one| one.target == POLL).count()
}

/// A platform on which nobody signs in.
fn idle() -> (Env, FaultServer) {
    let (env, server) = (Env::new(), FaultServer::start());
    server.signs_in([Answer::pending("awaiting_approval")]);
    (env, server)
}

fn login(env: &Env, server: &FaultServer, options: &str) -> Run {
    env.line(&format!("login {options}")).env("ANKRA_BASE_URL", server.url())
}

/// Sends what a person gives on the page at `url`, as a browser does; gives the page that follows.
fn send(env: &Env, url: &str, fields: &[(&str, &str)]) -> String {
    let page: url::Url = url.parse().unwrap();
    let (_, state) = page.query_pairs().find(|(key, _)| key == "state").unwrap();
    let (address, _) = url.split_once('?').unwrap();
    let curl = env.program(need("curl", "curl")).arg("-fsS").arg(address);
    let fields =
        fields.iter().copied().chain([("state", &*state)]).map(|(key, value)| format!("{key}={value}"));
    fields.fold(curl, |curl, field| curl.arg("--data-urlencode").arg(field)).ok().stdout
}

fn approve(env: &Env, url: &str, code: &str) {
    send(env, url, &[("code", code)]);
}

fn address_in(shown: &str) -> String {
    let line = shown.lines().find(|line| line.starts_with("http")).unwrap_or_else(|| panic!("{shown}"));
    line.to_owned()
}

#[test]
fn a_person_signs_in_on_the_page_that_enter_opens() {
    let env = Env::new();
    let platform = Platform::start(&env);
    let run = env.line("login").env("ANKRA_BASE_URL", &platform.url).env("BROWSER", browser(&env));
    let mut pty = Pty::start(run);
    pty.expect("within ten minutes").expect(OFFER).expect_hidden().send("\r");
    let page = address_in(&pty.transcript());
    assert_eq!(noted(&env, "argv"), [page.as_str()]);
    approve(&env, &page, &platform.admin);
    pty.expect(&format!("Signed in to {}, organisation sandbox.", platform.url));
    let shown = pty.ok();
    assert!(!shown.contains("opened") && !shown.contains("without questions"), "{shown}");
    // Whole and alone on its line, before the question.
    assert!(shown.find(&format!("\n{page}\r\n")).unwrap() < shown.find(OFFER).unwrap(), "{shown}");
    env.line("status").ok();
    assert!(fs::read_to_string(env.login_file()).unwrap().contains("ankra-sandbox-login-"));
}

#[test]
fn a_person_who_opens_the_page_elsewhere_need_not_press_enter() {
    let env = Env::new();
    let platform = Platform::start(&env);
    let run = env.line("login").env("ANKRA_BASE_URL", &platform.url).env("BROWSER", browser(&env));
    let mut pty = Pty::start(run);
    pty.expect(OFFER).expect_hidden();
    approve(&env, &address_in(&pty.transcript()), &platform.admin);
    pty.expect("Signed in to ").ok();
    assert_eq!(opened(&env), 0);
}

#[test]
fn a_person_who_denies_is_told_so_and_nothing_is_saved() {
    let env = Env::new();
    let platform = Platform::start(&env);
    env.signed_in(&platform.url, &platform.viewer);
    let before = fs::read(env.login_file()).unwrap();
    let run = env.line("login").env("ANKRA_BASE_URL", &platform.url).env("BROWSER", browser(&env));
    let mut pty = Pty::start(run);
    pty.expect(OFFER).expect_hidden();
    send(&env, &address_in(&pty.transcript()), &[("code", &platform.admin), ("decision", "deny")]);
    pty.expect("not signed in to ").expect("nothing was saved").expect("was denied in the browser");
    assert_eq!(pty.end(), End::Code(4));
    assert_eq!(fs::read(env.login_file()).unwrap(), before);
}

#[test]
fn a_second_factor_is_told_while_the_platform_waits_for_it() {
    let env = Env::new();
    let serve = env.line("sandbox serve --listen 127.0.0.1:0 --second-factor");
    let platform = Platform::started_by(&env, serve);
    let told = platform.expect_log(&["a second one: "]);
    let (_, second) = told.rsplit_once(": ").unwrap();
    let mut pty = Pty::start(env.line("login --web --no-input").env("ANKRA_BASE_URL", &platform.url));
    pty.expect("Approve only if you started this");
    let address = address_in(&pty.transcript());
    let page = send(&env, &address, &[("code", &platform.admin)]);
    let (_, passed) = page.split_once("name=\"passed\" value=\"").unwrap();
    pty.expect("A second factor is asked for: give it in the browser.");
    send(&env, &address, &[("code", second), ("passed", passed.split('"').next().unwrap())]);
    pty.expect("Signed in to ").ok();
}

#[test]
fn polling_begins_with_the_address_while_the_question_stands() {
    let (env, server) = idle();
    let mut pty = Pty::start(login(&env, &server, "").env("BROWSER", browser(&env)));
    pty.expect(OFFER).expect_hidden();
    await_that(|| (polls(&server) > 1).then_some(()), || "nobody asks for the token".to_owned());
    // What is typed beside it is neither shown nor an answer, and nothing is opened twice.
    pty.send("yes").send("\r").send("x\r\r");
    noted(&env, "opened");
    let asked = polls(&server);
    await_that(|| (polls(&server) > asked).then_some(()), || "polling ended with the question".to_owned());
    pty.send("\u{3}");
    assert_eq!(pty.end(), End::Signal(2));
    let shown = pty.transcript();
    assert!(!shown.contains("yes") && shown.matches(OFFER).count() == 1, "{shown}");
    assert_eq!(opened(&env), 1);
    assert!(!env.login_file().exists());
}

#[test]
fn the_browser_gets_no_token_no_terminal_and_a_session_of_its_own() {
    let (env, server) = idle();
    // As with a descriptor that a script has left open.
    let run = login(&env, &server, "--web").under("sh", &["-c", "exec \"$@\" 7</dev/zero", "sh"]);
    let run = run.env("BROWSER", format!("{} --new --at=%s -x;id", browser(&env)));
    let run = run.env("ANKRA_API_TOKEN", "a-token-of-the-test").env("ANKRA_OTHER_TOKEN", "another-token");
    let mut pty = Pty::start(run);
    pty.expect(&server.page());
    let argv = noted(&env, "argv");
    assert_eq!(argv, ["--new".to_owned(), format!("--at={}", server.page()), "-x;id".to_owned()]);
    let environ = noted(&env, "environ").join("\n");
    assert!(
        environ.contains("HOME=") && !environ.contains("TOKEN") && !environ.contains("ANKRA_STARTED"),
        "{environ}"
    );
    assert_eq!(noted(&env, "streams"), ["/dev/null"; 3]);
    let descriptors = noted(&env, "descriptors");
    assert!(
        descriptors.contains(&"0".to_owned()) && !descriptors.contains(&"7".to_owned()),
        "{descriptors:?}"
    );
    let job = noted(&env, "job");
    let [numbers, own] = &job[..] else { panic!("{job:?}") };
    let numbers: Vec<&str> = numbers.split(' ').collect();
    let [group, session, terminal, _foreground] = numbers[..] else { panic!("{numbers:?}") };
    assert_eq!((group, terminal), (session, "0"), "no terminal controls it");
    assert_eq!(session, own, "it leads its session");
    assert!(!pty.transcript().contains(OFFER));
    pty.send("\u{3}");
    assert_eq!(pty.end(), End::Signal(2));
}

#[test]
fn a_browser_that_stays_is_not_waited_for_and_outlives_an_interrupt() {
    let (env, server) = idle();
    let path = env.home().join("stays");
    write_private(&path, "#!/bin/sh\ncd \"$HOME\"\necho up >opened\nread line <go\necho \"$line\" >late\n");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(env.home().join("go")).status().unwrap().success());
    let mut pty = Pty::start(login(&env, &server, "--web").env("BROWSER", &path));
    noted(&env, "opened");
    let asked = polls(&server);
    await_that(|| (polls(&server) > asked + 1).then_some(()), || "it waits for the browser".to_owned());
    pty.send("\u{3}");
    assert_eq!(pty.end(), End::Signal(2));
    fs::write(env.home().join("go"), "still here\n").unwrap();
    await_that(
        || fs::read_to_string(env.home().join("late")).ok().filter(|text| text == "still here\n"),
        || "the browser was ended".to_owned(),
    );
}

#[test]
fn a_browser_is_offered_only_where_a_person_would_see_it() {
    let (env, server) = (Env::new(), FaultServer::start());
    server.signs_in([Answer::json(410, serde_json::json!({"detail": "gone"}))]);
    let own = browser(&env);
    let cases = [
        ("", &[][..], false),
        ("", &[("DISPLAY", ":10"), ("SSH_CONNECTION", "1 2 3 4")], false),
        ("", &[("WAYLAND_DISPLAY", "w"), ("SSH_TTY", "/dev/pts/9")], false),
        ("", &[("BROWSER", &own)], true),
        ("", &[("BROWSER", &own), ("SSH_CONNECTION", "1 2 3 4")], true),
        ("", &[("BROWSER", "/nowhere/browser")], false),
        ("--web", &[("BROWSER", &own)], false),
        ("--web --no-input", &[("BROWSER", &own)], false),
    ];
    for (options, variables, is_offered) in cases {
        let run =
            variables.iter().fold(login(&env, &server, options), |run, (name, value)| run.env(name, value));
        let mut pty = Pty::start(run);
        assert_eq!(pty.end(), End::Code(5));
        let shown = pty.transcript();
        assert!(shown.contains(&server.page()), "{shown}");
        assert_eq!(shown.contains(OFFER), is_offered, "{options} {variables:?}: {shown}");
    }
    await_that(|| (opened(&env) > 0).then_some(()), || "--web opens nothing".to_owned());
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(opened(&env), 1, "--no-input opens nothing");
}

#[test]
fn a_browser_that_needs_a_terminal_is_not_opened() {
    let (env, server) = (Env::new(), FaultServer::start());
    server.signs_in([Answer::json(410, serde_json::json!({"detail": "gone"}))]);
    let own = browser(&env);
    let text = env.home().join("w3m");
    fs::rename(own, &text).unwrap();
    for options in ["", "--web"] {
        let mut pty = Pty::start(login(&env, &server, options).env("BROWSER", &text));
        assert_eq!(pty.end(), End::Code(5));
        let shown = pty.transcript();
        assert!(
            shown.contains("BROWSER names w3m, which needs a terminal") && !shown.contains(OFFER),
            "{shown}"
        );
    }
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(opened(&env), 0);
}

#[test]
fn a_signal_while_the_question_stands_gives_the_terminal_back_and_saves_nothing() {
    for signal in [Signal::INT, Signal::TERM, Signal::HUP, Signal::QUIT] {
        let (env, server) = idle();
        env.signed_in(&server.url(), "the-old-one");
        let before = fs::read(env.login_file()).unwrap();
        let mut pty = Pty::start(login(&env, &server, "").env("BROWSER", browser(&env)));
        pty.expect(OFFER).expect_hidden();
        await_that(|| (polls(&server) > 0).then_some(()), || "nobody asks for the token".to_owned());
        pty.signal(signal);
        assert_eq!(pty.end(), End::Signal(signal.as_raw()));
        assert_eq!(fs::read(env.login_file()).unwrap(), before);
    }
}

#[test]
fn control_z_gives_the_shell_its_terminal_and_fg_brings_the_question_back() {
    let (env, server) = (Env::new(), FaultServer::with_organisation());
    server.signs_in([Answer::pending("awaiting_approval")]);
    let script = "set -m; \"$A\" login; echo stopped; stty -a | tr ';' '\\n' | grep -wo -- '-*echo' ; fg; echo code $?";
    let run = env.program(need("bash", "bash")).arg("-ic").arg(script).env("A", crate::support::ankra_path());
    let run = run.env("ANKRA_BASE_URL", server.url()).env("BROWSER", browser(&env)).env("PS1", "");
    let mut pty = Pty::start(run);
    pty.expect(OFFER).expect_hidden().send("\u{1a}");
    pty.expect("stopped\r\necho\r\n").expect(OFFER).expect_hidden().send("\r");
    noted(&env, "opened");
    server.now_answers("POST", POLL, Answer::collected("a-token-of-the-test"));
    pty.expect("Signed in to ").expect("code 0\r\n");
    pty.end();
}

/// A shell brings a job that runs to the foreground without a signal.
#[test]
fn a_sign_in_that_went_on_in_the_background_asks_again_in_the_foreground() {
    let (env, server) = idle();
    let script = "set -m; \"$A\" login; bg; echo in the background; read line; fg; echo code $?";
    let run = env.program(need("bash", "bash")).arg("-ic").arg(script).env("A", crate::support::ankra_path());
    let run = run.env("ANKRA_BASE_URL", server.url()).env("BROWSER", browser(&env)).env("PS1", "");
    let mut pty = Pty::start(run);
    pty.expect(OFFER).expect_hidden().send("\u{1a}");
    pty.expect("in the background\r\n");
    let asked = polls(&server);
    await_that(|| (polls(&server) > asked + 1).then_some(()), || "it does not go on".to_owned());
    // What is typed is the shell's.
    pty.send("a line\n");
    pty.expect(OFFER).expect_hidden().send("\r");
    noted(&env, "opened");
    pty.send("\u{3}");
    pty.end();
}

#[test]
fn what_is_typed_meanwhile_is_not_left_to_the_shell() {
    let (env, server) = (Env::new(), FaultServer::with_organisation());
    server.signs_in([Answer::pending("awaiting_approval")]);
    let script = "\"$A\" login; IFS= read -rt 1 line; echo \"left: [$line]\"";
    let run = env.program(need("bash", "bash")).arg("-c").arg(script).env("A", crate::support::ankra_path());
    let run = run.env("ANKRA_BASE_URL", server.url()).env("BROWSER", browser(&env));
    let mut pty = Pty::start(run);
    pty.expect(OFFER).expect_hidden().send("first\rsecond\rthird");
    noted(&env, "opened");
    server.now_answers("POST", POLL, Answer::collected("a-token-of-the-test"));
    pty.expect("Signed in to ").expect("left: []\r\n");
    pty.end();
    assert_eq!(noted(&env, "opened").len(), 1, "Enter was among it");
}

#[test]
fn in_the_background_nobody_is_asked_and_the_sign_in_goes_on() {
    let (env, server) = (Env::new(), FaultServer::with_organisation());
    server.signs_in([Answer::pending("awaiting_approval"), Answer::collected("a-token-of-the-test")]);
    let script = "set -m; \"$A\" login & wait $!; echo code $?";
    let run = env.program(need("bash", "bash")).arg("-ic").arg(script).env("A", crate::support::ankra_path());
    let run = run.env("ANKRA_BASE_URL", server.url()).env("BROWSER", browser(&env)).env("PS1", "");
    let mut pty = Pty::start(run);
    pty.expect(&server.page()).expect("Signed in to ").expect("code 0\r\n");
    pty.end();
    assert!(!pty.transcript().contains(OFFER), "{}", pty.transcript());
}

#[test]
fn a_signal_between_the_token_and_its_place_revokes_the_token() {
    let revoke = format!("/api/v1/org/account/tokens/{}/revoke", id(1));
    for (signal, answer, said) in [
        (Signal::INT, Answer::done(), "the token of this sign-in was revoked"),
        (Signal::TERM, Answer::done(), "the token of this sign-in was revoked"),
        (Signal::HUP, Answer::done(), "the token of this sign-in was revoked"),
        (
            Signal::TERM,
            Answer::json(503, serde_json::json!({"detail": "down"})),
            "stays valid: revoke it at http",
        ),
    ] {
        let (env, server) = (Env::new(), FaultServer::start());
        env.signed_in(&server.url(), "the-former");
        let before = fs::read(env.login_file()).unwrap();
        server.signs_in([Answer::collected("the-token")]);
        server.on("GET", ORGANISATIONS, [Answer::silence()]);
        server.on("POST", &revoke, [answer]);
        let mut pty = Pty::start(login(&env, &server, "--web"));
        let is_asked = || server.requests().iter().any(|one| one.target == ORGANISATIONS).then_some(());
        await_that(is_asked, || "the token is not tried".to_owned());
        pty.signal(signal);
        assert_eq!(pty.end(), End::Signal(signal.as_raw()));
        let shown = pty.transcript();
        assert!(shown.contains(said) && !shown.contains("the-token"), "{shown}");
        let last = server.requests().pop().unwrap();
        assert_eq!(
            (last.target.as_str(), last.header("authorization")),
            (&*revoke, Some("Bearer the-token"))
        );
        assert_eq!(fs::read(env.login_file()).unwrap(), before);
    }
}

#[test]
fn a_second_signal_ends_a_sign_in_that_waits_for_its_revocation() {
    let (env, server) = (Env::new(), FaultServer::start());
    let revoke = format!("/api/v1/org/account/tokens/{}/revoke", id(1));
    server.signs_in([Answer::collected("the-token")]);
    server.on("GET", ORGANISATIONS, [Answer::silence()]);
    server.on("POST", &revoke, [Answer::silence()]);
    let mut pty = Pty::start(login(&env, &server, "--web"));
    for path in [ORGANISATIONS, &revoke] {
        let is_asked = || server.requests().iter().any(|one| one.target == path).then_some(());
        await_that(is_asked, || format!("{path} is not asked"));
        pty.signal(Signal::INT);
    }
    assert_eq!(pty.end(), End::Signal(2));
    assert!(!pty.transcript().contains("stays valid"), "it was waited for");
    assert!(!env.login_file().exists());
}
