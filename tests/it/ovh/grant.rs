//! A consumer key that OVH gives while a person agrees on its page.

use std::{fs, os::unix::fs::PermissionsExt, thread, time::Duration};

use rustix::process::Signal;
use serde_json::{Value, json};

use crate::support::{
    Answer, End, Env, FaultServer, Outcome, Pty, Recorded, Run, await_that,
    ovh::{
        CREDENTIAL, OvhKeys, PROJECT, PROJECTS, THE_PROJECT, now, ovh_credential, ovh_error, ovh_project,
        rules,
    },
    write_private,
};

const REQUEST: &str = "/1.0/auth/credential";
const LOGOUT: &str = "/1.0/auth/logout";
const OFFER: &str = "Press Enter to open it in your browser.";

/// OVH, which gives a key for an application, and what it answers about that key.
struct Ovh {
    server: FaultServer,
    keys: OvhKeys,
    env: Env,
}

impl Ovh {
    fn new(looks: impl IntoIterator<Item = Answer>) -> Self {
        let (server, keys) = (FaultServer::start(), OvhKeys::new());
        server.tells_ovh_time().on("GET", CREDENTIAL, looks);
        let ovh = Self { server, keys, env: Env::new() };
        ovh.gives(&ovh.page());
        ovh
    }

    /// Gives the key, to be validated at `page`.
    fn gives(&self, page: &str) {
        self.server.on("POST", REQUEST, [given(&self.keys.consumer_key, &json!(page))]);
    }

    /// The page on which a person agrees: longer than the line of any terminal.
    fn page(&self) -> String {
        format!("{}/auth/?credentialToken={}", self.server.url(), "Ab1".repeat(30))
    }

    /// Forgets a key that is not wanted.
    fn logs_out(&self) -> &Self {
        self.server.on("POST", LOGOUT, [Answer::text(200, "application/json", "null")]);
        self
    }

    /// `line` with the application on standard input, and the sandbox as the platform.
    fn run(&self, line: &str) -> Run {
        let bundle = json!({"application_key": self.keys.application_key,
            "application_secret": self.keys.application_secret});
        let run = self.on_terminal(&format!("{line} --secrets-from stdin"));
        run.stdin(bundle.to_string())
    }

    fn on_terminal(&self, line: &str) -> Run {
        let run = self.env.line(&format!("credentials ovh {line}")).env("ANKRA_SANDBOX", "1");
        run.env("OVH_ENDPOINT", format!("{}/1.0", self.server.url()))
    }

    fn create(&self) -> Outcome {
        let line = format!("create --name my-ovh --project-id {PROJECT} --request-consumer-key -vv");
        let outcome = self.run(&line).run();
        self.keys.are_not_in(&outcome.all());
        outcome
    }

    fn looks(&self) -> Vec<Recorded> {
        self.of(CREDENTIAL)
    }

    fn of(&self, path: &str) -> Vec<Recorded> {
        self.server.requests().into_iter().filter(|one| one.target == path).collect()
    }

    /// Fails unless OVH was told with a right signature to forget the key.
    fn is_logged_out(&self) {
        let sent = self.of(LOGOUT);
        assert!(sent.len() == 1 && self.keys.have_signed(&sent[0], &self.server.url()), "{sent:?}");
    }

    fn names(&self) -> String {
        self.env.line("--sandbox credentials list -o name").ok().stdout
    }
}

fn given(key: &str, page: &Value) -> Answer {
    Answer::json(200, json!({"consumerKey": key, "state": "pendingValidation", "validationUrl": page}))
}

fn pending() -> Answer {
    ovh_error(403, "INVALID_CREDENTIAL", "This credential is not valid")
}

fn validated() -> Answer {
    ovh_credential(json!({}))
}

#[test]
fn a_key_is_asked_for_with_exactly_the_five_rules_and_stored_once_it_is_validated() {
    let ovh = Ovh::new([pending(), ovh_credential(json!({"status": "pendingValidation"})), validated()]);
    let outcome = ovh.create();
    assert_eq!(outcome.code, Some(0), "{outcome}");
    outcome.says(&[
        "within ten minutes, here or on another device, agree to a consumer key with these rights: GET on \
         /cloud/project; GET, POST, PUT and DELETE on /cloud/project/*:",
        &format!("\n{}\n", ovh.page()),
        "Choose an unlimited validity there",
        "Agree only if you started this.",
        "OVH is asked every two seconds.",
        "OVH accepts the key: application 12345, key 9876543; it does not expire.",
        "Stored the OVH credential my-ovh",
    ]);
    assert!(!outcome.stderr.contains("without questions"), "{outcome}");
    assert_eq!(ovh.names(), "my-ovh\n");

    let asked = &ovh.of(REQUEST)[0];
    assert_eq!(asked.json(), json!({"accessRules": rules()}));
    assert_eq!(asked.header("x-ovh-application"), Some(&*ovh.keys.application_key));
    let own: Vec<&str> =
        asked.headers.iter().map(|(name, _)| &**name).filter(|name| name.starts_with("x-ovh")).collect();
    assert_eq!(own, ["x-ovh-application"], "no secret is needed, and none is sent");
    let looks = ovh.looks();
    assert_eq!(looks.len(), 3);
    for pair in looks.windows(2) {
        assert!(pair[1].at - pair[0].at > Duration::from_secs(1));
    }
    assert!(looks.iter().all(|look| ovh.keys.have_signed(look, &ovh.server.url())));
    assert!(ovh.of(LOGOUT).is_empty());
}

#[test]
fn the_stored_key_is_the_one_that_ovh_gave() {
    let ovh = Ovh::new([validated()]);
    let platform = FaultServer::start();
    platform.creates("ovh");
    let line = format!("create --name my-ovh --project-id {PROJECT} --request-consumer-key -o json");
    let run = ovh.run(&line).env("ANKRA_BASE_URL", platform.url()).env("ANKRA_API_TOKEN", "t");
    run.env("ANKRA_SANDBOX", "0").ok();
    let OvhKeys { application_key, application_secret, consumer_key } = &ovh.keys;
    assert_eq!(
        platform.writes()[0].json(),
        json!({"name": "my-ovh", "project_id": PROJECT, "application_key": application_key,
            "application_secret": application_secret, "consumer_key": consumer_key})
    );
}

#[test]
fn whatever_may_mean_pending_is_waited_for() {
    let blips = [
        pending(),
        ovh_error(400, "INVALID_SIGNATURE", "Invalid signature"),
        ovh_error(403, "NOT_CREDENTIAL", "This credential does not exist"),
        ovh_error(400, "QUERY_TIME_OUT", "Query out of time"),
        ovh_credential(json!({"status": "pendingValidation"})),
        ovh_credential(json!({"status": "somethingNew"})),
        ovh_error(500, "INTERNAL", "down"),
        ovh_error(429, "X", "slow down"),
        Answer::text(200, "text/html", "<html>portal</html>"),
        Answer::json(200, json!([])),
        Answer::close(),
        Answer::reset(),
    ];
    // Each alone, at the same time.
    thread::scope(|scope| {
        for blip in blips {
            scope.spawn(move || {
                let ovh = Ovh::new([blip.clone(), validated()]);
                let outcome = ovh.create();
                assert_eq!(outcome.code, Some(0), "{blip:?}: {outcome}");
                assert_eq!(ovh.looks().len(), 2);
            });
        }
    });
}

#[test]
fn an_application_secret_that_does_not_fit_is_told_while_it_is_waited() {
    let wrong = || ovh_error(400, "INVALID_SIGNATURE", "Invalid signature");
    let ovh = Ovh::new([wrong(), wrong(), wrong(), validated()]);
    ovh.create().says(&[
        "warning: OVH gives no answer of use for now, trying on: ",
        "if you have agreed on the page already, the application secret is not that of the application key",
    ]);
}

#[test]
fn a_key_that_may_not_look_at_itself_is_taken() {
    let ovh = Ovh::new([ovh_error(403, "NOT_GRANTED_CALL", "no")]);
    ovh.create().says(&["OVH accepts the key: when it expires is not known.", "Stored the OVH credential"]);
}

#[test]
fn a_refused_or_expired_request_ends_at_once_and_stores_nothing() {
    for (status, code, says) in [("refused", 4, "was refused on OVH's page"), ("expired", 5, "has expired")] {
        let ovh = Ovh::new([pending(), ovh_credential(json!({"status": status}))]);
        ovh.logs_out();
        let outcome = ovh.create();
        assert_eq!(outcome.code, Some(code), "{outcome}");
        outcome.says(&["error: there is no key, and nothing was stored", says, "OVH has forgotten the key"]);
        ovh.is_logged_out();
        assert_eq!(ovh.names(), "");
    }
}

#[test]
fn what_works_today_and_not_for_the_platform_is_warned_of() {
    let soon = jiff::Timestamp::from_second(now() + 86_400 + 3_600).unwrap().to_string();
    let ovh = Ovh::new([ovh_credential(json!({"expiration": soon, "allowedIPs": ["192.0.2.1/32"]}))]);
    ovh.create().says(&[
        &format!("it expires at {soon}, in 1 day."),
        "warning: this consumer key expires in 1 day",
        "warning: OVH takes this key from 192.0.2.1/32 alone",
        "Stored the OVH credential",
    ]);
}

#[test]
fn a_page_of_anybody_else_is_neither_shown_nor_waited_for() {
    let key = OvhKeys::new().consumer_key;
    let long = format!("https://eu.api.ovh.com/{}", "x".repeat(9_000));
    let with_key = format!("https://eu.api.ovh.com/auth/?t={key}");
    for (page, why) in [
        (json!(null), "it names none"),
        (json!(7), "it names none"),
        (json!(""), "it names none"),
        (json!("/auth/?credentialToken=x"), "its address is none"),
        (json!("http://eu.api.ovh.com/auth/"), "neither with https"),
        (json!("file:///etc/passwd"), "neither with https"),
        (json!("https://evil.example/auth/"), "it is at evil.example"),
        (json!("https://eu.api.ovh.com.evil.example/"), "it is at eu.api.ovh.com.evil.example"),
        (json!("https://evilovh.com/"), "it is at evilovh.com"),
        (json!("https://eu.api.ovh.com:444/"), "it is at eu.api.ovh.com:444"),
        (json!("https://eu.api.ovh.com@evil.example/"), "user name"),
        (json!("http://127.0.0.1:1/auth/"), "it is at 127.0.0.1:1"),
        (json!("https://eu.api.ovh.com/\u{1b}]0;x\u{7}"), "control characters"),
        (json!("https://eu.api.ovh.com/\u{202e}x"), "control characters"),
        (json!(long), "longer than 8 KiB"),
        (json!(with_key), "holds one of the keys"),
    ] {
        let (server, mut keys) = (FaultServer::start(), OvhKeys::new());
        keys.consumer_key.clone_from(&key);
        server.tells_ovh_time().on("POST", REQUEST, [given(&key, &page)]);
        let ovh = Ovh { server, keys, env: Env::new() };
        ovh.logs_out();
        let outcome = ovh.create();
        assert_eq!(outcome.code, Some(1), "{outcome}");
        outcome.says(&["there is no OVH consumer key yet", "that nobody should open", why, "createToken"]);
        ovh.is_logged_out();
        assert!(ovh.looks().is_empty() && ovh.names().is_empty());
    }
    // OVH's own pages are taken wherever it has them.
    for page in [
        "https://eu.api.ovh.com/auth/?credentialToken=x",
        "https://www.ovh.com/auth/",
        "https://auth.eu.ovhcloud.com/x",
    ] {
        let (server, keys) = (FaultServer::start(), OvhKeys::new());
        server.tells_ovh_time().on("GET", CREDENTIAL, [validated()]);
        let ovh = Ovh { server, keys, env: Env::new() };
        ovh.gives(page);
        ovh.create().says(&[&format!("\n{page}\n"), "Stored the OVH credential"]);
    }
}

#[test]
fn an_answer_without_a_key_ends_it() {
    for (answer, code, says) in [
        (
            Answer::json(200, json!({"validationUrl": "https://eu.api.ovh.com/auth/"})),
            1,
            "without a consumer key",
        ),
        (Answer::json(200, json!({"consumerKey": 7})), 1, "without a consumer key"),
        (Answer::json(200, json!({"consumerKey": ""})), 1, "without a consumer key"),
        (Answer::text(200, "text/html", "<html>"), 1, "without a consumer key"),
        (
            ovh_error(403, "INVALID_KEY", "This application key is invalid"),
            6,
            "does not know this application key",
        ),
        (ovh_error(500, "INTERNAL", "x"), 1, "answered 500"),
        (ovh_error(429, "X", "x"), 1, "too many requests"),
        (Answer::close(), 5, "cannot be reached"),
    ] {
        let (server, keys) = (FaultServer::start(), OvhKeys::new());
        server.tells_ovh_time().on("POST", REQUEST, [answer]);
        let ovh = Ovh { server, keys, env: Env::new() };
        let outcome = ovh.create();
        assert_eq!(outcome.code, Some(code), "{outcome}");
        outcome.says(&["error: there is no OVH consumer key yet", says]);
        assert_eq!((ovh.server.requests().len(), ovh.names()), (2, String::new()));
    }
}

#[test]
fn nothing_is_asked_of_ovh_where_nothing_would_be_stored() {
    let ovh = |line: &str| {
        let ovh = Ovh { server: FaultServer::start(), keys: OvhKeys::new(), env: Env::new() };
        let outcome = ovh.run(line).run();
        assert!(ovh.server.requests().is_empty(), "{:?}", ovh.server.lines());
        outcome
    };
    let line = format!("create --name my-ovh --project-id {PROJECT} --request-consumer-key");
    let preview = ovh(&format!("{line} --dry-run -o json"));
    assert_eq!(preview.json()["body"]["consumer_key"], "<redacted>", "{preview}");
    ovh(&format!("{line} --consumer-key-from env:X")).says(&["cannot be used together"]);
    assert_eq!(ovh("check --request-consumer-key").code, Some(2));
    let missing = ovh("create --name my-ovh --request-consumer-key");
    assert_eq!(missing.code, Some(2));
    missing.says(&["--project-id"]);

    let ovh = Ovh { server: FaultServer::start(), keys: OvhKeys::new(), env: Env::new() };
    let stored = format!("create --name my-ovh --project-id {PROJECT} --secrets-from stdin");
    ovh.on_terminal(&stored).stdin(ovh.keys.bundle()).ok();
    ovh.run(&format!("{line} --if-not-exists")).ok().says(&["exists already"]);
    ovh.run(&line).fails(8).says(&["is taken"]);
    assert!(ovh.server.requests().is_empty(), "{:?}", ovh.server.lines());
}

#[test]
fn a_key_that_was_not_stored_is_forgotten_by_ovh_and_one_that_may_be_is_not() {
    let line = format!("create --name my-ovh --project-id {PROJECT} --request-consumer-key");
    let stored = |ovh: &Ovh, answer: Answer, code: i32| {
        let platform = FaultServer::start();
        platform.on("POST", "/api/v1/credentials/ovh", [answer]);
        let run = ovh.run(&line).env("ANKRA_BASE_URL", platform.url()).env("ANKRA_API_TOKEN", "t");
        let outcome = run.env("ANKRA_SANDBOX", "0").fails(code);
        ovh.keys.are_not_in(&outcome.all());
        outcome
    };
    let ovh = Ovh::new([validated()]);
    let outcome = stored(ovh.logs_out(), Answer::json(403, json!({"detail": "no"})), 7);
    outcome.says(&["OVH has forgotten the key, since it was not stored"]);
    ovh.is_logged_out();

    let ovh = Ovh::new([validated()]);
    ovh.server.on("POST", LOGOUT, [ovh_error(500, "X", "x")]);
    let undo = "DELETE /me/api/credential/9876543 at https://eu.api.ovh.com/console/";
    stored(&ovh, Answer::json(403, json!({"detail": "no"})), 7).says(&["did not forget the key", undo]);

    let ovh = Ovh::new([validated()]);
    stored(&ovh, Answer::close(), 5).says(&["if it was not stored, delete the key at OVH with", undo]);
    assert!(ovh.of(LOGOUT).is_empty());
}

/// A program that notes what it is to open.
fn browser(env: &Env) -> String {
    let path = env.home().join("browser");
    write_private(&path, "#!/bin/sh\nprintf '%s\\n' \"$1\" >>\"$HOME/opened\"\n");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    path.to_str().unwrap().to_owned()
}

/// Gives the application at the prompts.
fn give_application(pty: &mut Pty, keys: &OvhKeys) {
    pty.expect("An application key and secret alone are made at https://eu.api.ovh.com/createApp/");
    pty.expect("OVH application key: ").expect_hidden().send(&format!("{}\r", keys.application_key));
    pty.expect("OVH application secret: ").expect_hidden().send(&format!("{}\r", keys.application_secret));
    pty.expect("Where the OVH consumer key is to come from").expect("I have one").expect_hidden();
}

#[test]
fn everything_from_the_application_to_the_stored_credential_is_done_on_a_terminal() {
    let ovh = Ovh::new([pending(), pending(), validated()]);
    ovh.server.on("GET", PROJECTS, [Answer::json(200, json!(["fedc", PROJECT]))]);
    ovh.server.on("GET", "/1.0/cloud/project/fedc", [ovh_error(500, "X", "x")]);
    ovh.server.on("GET", THE_PROJECT, [ovh_project("ok")]);
    let run = ovh.on_terminal("create --name my-ovh -vv").env("BROWSER", browser(&ovh.env));
    let mut pty = Pty::start(run);
    give_application(&mut pty, &ovh.keys);
    pty.send("\r");
    pty.expect("agree to a consumer key").expect(&format!("\n{}\r\n", ovh.page()));
    pty.expect(OFFER).expect_hidden().send("\r");
    pty.expect("OVH accepts the key: application 12345").expect("OVH project id");
    pty.expect("  0123456789abcdef0123456789abcdef (my clusters)").expect_hidden().send("j\r");
    let shown = pty.ok();
    ovh.keys.are_not_in(&shown);
    assert!(shown.contains("Stored the OVH credential my-ovh"), "{shown}");
    let again = format!("--request-consumer-key --project-id {PROJECT}");
    assert!(shown.contains("To do the same without questions: ") && shown.contains(&again), "{shown}");
    assert_eq!(fs::read_to_string(ovh.env.home().join("opened")).unwrap().trim(), ovh.page());
    let stored = ovh.env.line("--sandbox credentials get my-ovh -o json").ok();
    assert_eq!(stored.json()["name"], "my-ovh");
}

#[test]
fn a_person_who_has_a_key_is_asked_for_it() {
    let ovh = Ovh { server: FaultServer::start(), keys: OvhKeys::new(), env: Env::new() };
    let mut pty = Pty::start(ovh.on_terminal(&format!("create --name my-ovh --project-id {PROJECT}")));
    give_application(&mut pty, &ovh.keys);
    pty.send("j\r").expect("OVH consumer key: ").expect_hidden();
    pty.send(&format!("{}\r", ovh.keys.consumer_key)).expect("received");
    let shown = pty.ok();
    ovh.keys.are_not_in(&shown);
    assert!(ovh.server.requests().is_empty(), "{shown}");
    // Who names the prompt as the source is asked at once.
    let line = format!("create --name other --project-id {PROJECT} --consumer-key-from prompt");
    let mut pty = Pty::start(ovh.run(&line));
    pty.expect("OVH consumer key: ").expect_hidden().send("\x04");
    assert_eq!(pty.end(), End::Code(4));
}

#[test]
fn a_signal_gives_the_terminal_back_and_the_key_is_forgotten() {
    for (with_browser, signal) in
        [(true, None), (true, Some(Signal::TERM)), (false, None), (false, Some(Signal::TERM))]
    {
        let ovh = Ovh::new([pending()]);
        ovh.logs_out();
        let line = format!("create --name my-ovh --project-id {PROJECT} --request-consumer-key");
        let run = ovh.run(&line);
        let run = if with_browser { run.env("BROWSER", browser(&ovh.env)) } else { run };
        let mut pty = Pty::start(run);
        if with_browser {
            pty.expect(OFFER).expect_hidden();
        }
        await_that(|| (!ovh.looks().is_empty()).then_some(()), || "nobody asks for the key".to_owned());
        match signal {
            Some(signal) => pty.signal(signal),
            None => pty.send("\u{3}"),
        };
        assert_eq!(pty.end(), End::Signal(if signal.is_some() { 15 } else { 2 }), "{}", pty.transcript());
        let shown = pty.transcript();
        assert!(shown.contains("Nothing was stored; OVH has forgotten the key."), "{shown}");
        ovh.is_logged_out();
        assert_eq!(ovh.names(), "");
    }
}

#[test]
fn a_project_that_cannot_be_listed_is_asked_for() {
    for (answer, why) in [
        (ovh_error(403, "NOT_GRANTED_CALL", "no"), "NOT_GRANTED_CALL: no"),
        (Answer::json(200, json!([])), "OVH shows none to these keys"),
        (Answer::json(200, json!(["a b", "../x"])), "OVH shows none to these keys"),
        (Answer::close(), "cannot be reached"),
    ] {
        let ovh = Ovh { server: FaultServer::start(), keys: OvhKeys::new(), env: Env::new() };
        ovh.server.tells_ovh_time().on("GET", PROJECTS, [answer]);
        let run = ovh.on_terminal("create --name my-ovh --secrets-from stdin").stdin(ovh.keys.bundle());
        let mut pty = Pty::start(run);
        pty.expect("There is no OVH project id to choose from: ").expect("OVH project id: ");
        assert!(pty.transcript().replace("\r\n", " ").contains(why), "{}", pty.transcript());
        pty.send(&format!("{PROJECT}\r"));
        let shown = pty.ok();
        assert!(shown.contains("Stored the OVH credential my-ovh"), "{shown}");
        ovh.keys.are_not_in(&shown);
    }
}
