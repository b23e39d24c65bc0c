//! Signing in to the sandbox with a real browser.

use std::path::PathBuf;

use serde_json::json;

use crate::support::{Browser, ENTER, End, Env, Platform, Pty, TAB, await_that, write_private};

/// What follows `words` in the line of the served sandbox's output that has them.
fn printed(platform: &Platform, words: &str) -> String {
    let line = platform.expect_log(&[words]);
    line.rsplit(' ').next().unwrap().to_owned()
}

/// A browser sign-in on a terminal; gives the address that it shows.
fn sign_in(env: &Env, platform: &Platform) -> (Pty, String) {
    let run = env.line("login --web --base-url").arg(&platform.url);
    let mut pty = Pty::start(run.env("BROWSER", notes_address(env).0));
    pty.expect("/sandbox/login?state=");
    // The opener was given the address that is shown.
    let file = notes_address(env).1;
    let opened = await_that(
        || std::fs::read_to_string(&file).ok().filter(|text| text.ends_with('\n')),
        || format!("nothing was opened\n{}", pty.transcript()),
    );
    std::fs::remove_file(&file).unwrap();
    let url = opened.trim_end().to_owned();
    assert!(pty.transcript().lines().any(|line| line == url), "{url}\n{}", pty.transcript());
    (pty, url)
}

/// What is given as the browser to open: a script that writes the address to a file; and that file.
fn notes_address(env: &Env) -> (PathBuf, PathBuf) {
    use std::os::unix::fs::PermissionsExt;

    let (script, file) = (env.home().join("open"), env.home().join("opened"));
    if !script.exists() {
        write_private(&script, format!("#!/bin/sh\nprintf '%s\\n' \"$1\" >'{}'\n", file.display()));
        std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o700)).unwrap();
    }
    (script, file)
}

#[test]
fn a_person_approves_by_keyboard_and_is_signed_in() {
    let (env, browser) = (Env::new(), Browser::start());
    let platform = Platform::start(&env);
    let code = printed(&platform, "sign in there with a browser");
    let (mut pty, url) = sign_in(&env, &platform);
    browser.open(&url);
    browser.expect_heading("Sign in to the sandbox?");
    let text = browser.text("main");
    let machine = rustix::system::uname().nodename().to_string_lossy().into_owned();
    for words in [machine.as_str(), "only if you started it yourself"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    // The field has the focus.
    browser.type_keys(&code);
    browser.type_keys(ENTER);
    browser.expect_heading("Signed in");
    pty.ok();
    let status = env.line("status -o json").ok().json();
    assert_eq!((&status["platform"], &status["organisation"]), (&json!(platform.url), &json!("sandbox")));
    // What was decided is told to whoever comes later, and decided no more.
    browser.open(&url);
    browser.expect_heading("Signed in");
}

#[test]
fn a_person_denies_and_nothing_is_saved() {
    let (env, browser) = (Env::new(), Browser::start());
    let platform = Platform::start(&env);
    let code = printed(&platform, "sign in there with a browser");
    let (mut pty, url) = sign_in(&env, &platform);
    browser.open(&url);
    browser.expect_heading("Sign in to the sandbox?");
    // Whoever only has the address decides nothing.
    browser.type_keys("0000-0000-0000");
    browser.click("button[value=deny]");
    browser.expect_heading("Wrong code");
    // From the field over the one button to the other.
    browser.type_keys(&code);
    browser.type_keys(TAB);
    browser.type_keys(TAB);
    browser.type_keys(ENTER);
    browser.expect_heading("Denied");
    assert_eq!(pty.end(), End::Code(4), "{}", pty.transcript());
    assert!(!env.login_file().exists(), "{}", pty.transcript());
    env.line("status").fails(6);
}

#[test]
fn a_second_factor_is_waited_for() {
    let (env, browser) = (Env::new(), Browser::start());
    let serve = env.line("sandbox serve --listen 127.0.0.1:0 --second-factor");
    let platform = Platform::started_by(&env, serve);
    let code = printed(&platform, "sign in there with a browser");
    let second = printed(&platform, "the page asks for a second one");
    let (mut pty, url) = sign_in(&env, &platform);
    browser.open(&url);
    browser.expect_heading("Sign in to the sandbox?");
    browser.type_keys(&code);
    browser.click("button[value=approve]");
    browser.expect_heading("Second code");
    pty.expect("second factor");
    browser.type_keys(&code);
    browser.type_keys(ENTER);
    browser.expect_heading("Wrong second code");
    browser.type_keys(&second);
    browser.type_keys(ENTER);
    browser.expect_heading("Signed in");
    pty.ok();
    env.line("status").ok();
}

#[test]
fn the_page_tells_a_screen_reader_what_a_person_sees() {
    let (env, browser) = (Env::new(), Browser::start());
    let platform = Platform::start(&env);
    let (mut pty, url) = sign_in(&env, &platform);
    browser.open(&url);
    browser.expect_heading("Sign in to the sandbox?");
    let spoken = |selector: &str| {
        let (role, name) = browser.spoken(selector);
        format!("{role}: {name}")
    };
    assert_eq!(spoken("#code"), "textbox: Code");
    assert_eq!(spoken("button[value=approve]"), "button: Sign in");
    assert_eq!(spoken("button[value=deny]"), "button: Deny");
    assert_eq!(browser.evaluate("return document.title"), "Sign in to the sandbox? - the sandbox of ankra");
    assert_eq!(browser.evaluate("return document.activeElement.id"), "code");
    // Without a code nothing is sent.
    browser.type_keys(ENTER);
    assert_eq!(browser.evaluate("return document.querySelector('#code').validity.valueMissing"), true);
    browser.expect_heading("Sign in to the sandbox?");
    browser.type_keys("wrong");
    browser.type_keys(ENTER);
    browser.expect_heading("Wrong code");
    assert_eq!(browser.spoken("#wrong").0, "alert");
    assert_eq!(browser.text("#wrong"), "This is not the code. It was printed when the sandbox was served.");
    let described = "const field = document.activeElement; return field.ariaInvalid + ' ' + \
                     field.getAttribute('aria-describedby').split(' ').map(id => document.getElementById(id) != null)";
    assert_eq!(browser.evaluate(described), "true true,true");
    // Nothing runs or is fetched but the page itself.
    assert_eq!(
        browser.evaluate("return document.scripts.length + performance.getEntriesByType('resource').length"),
        0
    );
    pty.send("\x03");
    assert_eq!(pty.end(), End::Signal(2), "{}", pty.transcript());
}
