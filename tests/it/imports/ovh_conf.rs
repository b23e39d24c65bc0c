//! Which keys of `ovh.conf` are taken.

use std::fs;

use super::{MARK, create, file, platform, refused, secret, sent};
use crate::support::{End, Env, Pty, say_that_it_is_there};

const PROJECT: &str = "0123456789abcdef0123456789abcdef";

/// Application key, application secret and consumer key.
type Keys = [String; 3];

const NAMES: [&str; 3] = ["application_key", "application_secret", "consumer_key"];
const VARIABLES: [&str; 3] = ["OVH_APPLICATION_KEY", "OVH_APPLICATION_SECRET", "OVH_CONSUMER_KEY"];

fn keys() -> Keys {
    [secret(16), secret(32), secret(32)]
}

fn section(name: &str, keys: &Keys) -> String {
    let lines: Vec<String> = NAMES.iter().zip(keys).map(|(name, key)| format!("{name} = {key}")).collect();
    format!("[{name}]\n{}\n", lines.join("\n"))
}

/// What was sent is `keys`.
fn assert_sent(body: &serde_json::Value, keys: &Keys) {
    for (name, key) in NAMES.iter().zip(keys) {
        assert_eq!(body[name], *key, "{name}");
    }
}

#[test]
fn files_are_merged_key_by_key_and_each_is_named() {
    let (env, server) = (Env::new(), platform());
    let (lower, upper) = (keys(), keys());
    let text = format!("[default]\nendpoint = ovh-eu\n\n{}", section("ovh-eu", &lower));
    file(&env, ".ovh.conf", text);
    let here = env.work().join("ovh.conf");
    let cli = format!("[ovh-cli]\ndefault_cloud_project = {PROJECT}\n");
    crate::support::write_private(&here, format!("[ovh-eu]\nconsumer_key = {}\n{cli}", upper[2]));
    let outcome = create(&server, &env, "ovh", "--from-ovh-conf").ok();
    let here = here.display();
    outcome.says(&[
        "Taken from ~/.ovh.conf: the application key and the application secret of the endpoint ovh-eu.\n",
        &format!("Taken from {here}: the consumer key of the endpoint ovh-eu.\n"),
        &format!("Taken from {here}: the OVH project id.\n"),
    ]);
    assert!(!outcome.all().contains(MARK), "{outcome}");
    let body = sent(&server);
    assert_sent(&body, &[lower[0].clone(), lower[1].clone(), upper[2].clone()]);
    assert_eq!(body["project_id"], PROJECT);
    // The flag counts before the file.
    let server = platform();
    create(&server, &env, "ovh", "--from-ovh-conf --project-id other").ok();
    assert_eq!(sent(&server)["project_id"], "other");
}

#[test]
fn variables_count_before_the_files_unless_an_endpoint_is_named() {
    let env = Env::new();
    let (ours, theirs) = (keys(), keys());
    file(&env, ".ovh.conf", section("ovh-eu", &ours));
    let run = |server: &_, flags: &str| {
        let run = create(server, &env, "ovh", &format!("{flags} --project-id {PROJECT}"));
        VARIABLES.iter().zip(&theirs).fold(run, |run, (name, key)| run.env(name, key))
    };
    let server = platform();
    run(&server, "--from-ovh-conf").env("OVH_ENDPOINT", "ovh-eu").ok().says(&[
        "Taken from OVH_APPLICATION_KEY: the application key.\n",
        "OVH_APPLICATION_KEY, OVH_APPLICATION_SECRET and OVH_CONSUMER_KEY count before what ~/.ovh.conf has.\n",
        "There is also the endpoint ovh-eu: name one with --from-ovh-conf ENDPOINT.",
    ]);
    assert_sent(&sent(&server), &theirs);
    let server = platform();
    run(&server, "--from-ovh-conf ovh-eu").env("OVH_ENDPOINT", "ovh-ca").ok().says(&[
        "OVH_APPLICATION_KEY, OVH_APPLICATION_SECRET, OVH_CONSUMER_KEY and OVH_ENDPOINT are passed over: the endpoint \
         ovh-eu was named.\n",
    ]);
    assert_sent(&sent(&server), &ours);
    // One variable alone: the rest is in the file.
    let server = platform();
    let run = create(&server, &env, "ovh", &format!("--from-ovh-conf --project-id {PROJECT}"));
    run.env("OVH_ENDPOINT", "ovh-eu").env(VARIABLES[2], &theirs[2]).env(VARIABLES[0], "").ok();
    assert_sent(&sent(&server), &[ours[0].clone(), ours[1].clone(), theirs[2].clone()]);
}

#[test]
fn what_cannot_be_read_does_no_harm_where_variables_give_everything() {
    let env = Env::new();
    let theirs = keys();
    for text in [&b"[ovh-eu]\nnonsense\n"[..], b"\xff\xfe[\0", b"[ovh-ca]\napplication_key = a\n"] {
        file(&env, ".ovh.conf", text);
        let server = platform();
        let run = create(&server, &env, "ovh", &format!("--from-ovh-conf --project-id {PROJECT}"));
        let run = VARIABLES.iter().zip(&theirs).fold(run, |run, (name, key)| run.env(name, key));
        let outcome = run.ok();
        if !text.starts_with(b"[ovh-ca]") {
            outcome.says(&["warning: cannot read ~/.ovh.conf: "]);
        }
        assert_sent(&sent(&server), &theirs);
    }
    // Flags too; the file is not even read.
    fs::remove_file(env.home().join(".ovh.conf")).unwrap();
    fs::create_dir(env.home().join(".ovh.conf")).unwrap();
    let server = platform();
    let flags = "--application-key-from env:A --application-secret-from env:B --consumer-key-from env:C";
    let run = create(&server, &env, "ovh", &format!("--from-ovh-conf {flags} --project-id {PROJECT}"));
    let run = ["A", "B", "C"].iter().zip(&theirs).fold(run, |run, (name, key)| run.env(name, key));
    run.ok().says(&["Nothing is left for --from-ovh-conf to take: every value has its own flag.\n"]);
    assert_sent(&sent(&server), &theirs);
}

#[test]
fn a_file_that_cannot_be_read_is_told_where_it_could_count() {
    let (env, server) = (Env::new(), platform());
    file(&env, ".ovh.conf", section("ovh-eu", &keys()));
    let here = env.work().join("ovh.conf");
    crate::support::write_private(&here, format!("[ovh-eu]\nconsumer_key = {}\n  more = 1\n", secret(32)));
    for flags in ["--from-ovh-conf", "--from-ovh-conf ovh-eu"] {
        let outcome = create(&server, &env, "ovh", &format!("{flags} --project-id {PROJECT}")).run();
        let place = format!("error: cannot read {}", here.display());
        refused(&outcome, &server, 1, &[&place, "line 3 is indented"]);
    }
    // One that counts less than all that is taken is only warned of.
    crate::support::write_private(&here, section("ovh-eu", &keys()));
    file(&env, ".ovh.conf", "nonsense");
    create(&server, &env, "ovh", &format!("--from-ovh-conf ovh-eu --project-id {PROJECT}"))
        .ok()
        .says(&["warning: cannot read ~/.ovh.conf: line 1 stands before the first section"]);
}

#[test]
fn a_value_that_tools_read_differently_is_refused_by_its_line() {
    let (env, server) = (Env::new(), platform());
    for (line, why) in [
        (format!("consumer_key = {} ; mine", secret(32)), "its consumer key has a # or ; in it"),
        (format!("consumer_key = \"{}\"", secret(32)), "its consumer key is in quotes"),
        (format!("consumer_key = {}\nconsumer_key = x", secret(32)), "its consumer key stands there twice"),
        (format!("Consumer_Key = {}", secret(32)), "its consumer key has a name in upper case"),
    ] {
        file(&env, ".ovh.conf", format!("[ovh-eu]\napplication_key=a\napplication_secret=b\n{line}\n"));
        let outcome = create(&server, &env, "ovh", &format!("--from-ovh-conf --project-id {PROJECT}")).run();
        let texts =
            ["error: the consumer key of the endpoint ovh-eu cannot be used", "~/.ovh.conf: ", why, "(line "];
        refused(&outcome, &server, 2, &texts);
    }
    // That of another section does no harm.
    let text = format!("{}[ovh-ca]\nconsumer_key = a ; b\n", section("ovh-eu", &keys()));
    file(&env, ".ovh.conf", text);
    create(&server, &env, "ovh", &format!("--from-ovh-conf ovh-eu --project-id {PROJECT}")).ok();
}

#[test]
fn what_is_missing_is_named_at_once_without_a_terminal_and_asked_for_on_one() {
    let (env, server) = (Env::new(), platform());
    let ours = keys();
    let text = section("ovh-eu", &ours);
    file(&env, ".ovh.conf", text.rsplit_once("consumer_key").unwrap().0);
    let outcome = create(&server, &env, "ovh", "--from-ovh-conf").run();
    let texts = [
        "error: missing: OVH consumer key, OVH project id",
        "ovh.conf has none for the keys of the endpoint ovh-eu",
        "hint: give --consumer-key-from SOURCE and --project-id ID, where SOURCE is",
    ];
    refused(&outcome, &server, 2, &texts);
    let outcome = create(&server, &env, "ovh", "--from-ovh-conf ovh-eu").env(VARIABLES[2], secret(32)).run();
    refused(&outcome, &server, 2, &["OVH_CONSUMER_KEY is passed over: the endpoint ovh-eu was named"]);
    // OVH, which knows the projects, is out of reach.
    let run = create(&server, &env, "ovh", "--from-ovh-conf").env("HTTPS_PROXY", "http://127.0.0.1:1");
    let mut pty = Pty::start(run);
    say_that_it_is_there(&mut pty, "consumer-key");
    pty.expect("OVH consumer key: ").expect_hidden().send(&format!("{}\r", ours[2]));
    pty.expect("There is no OVH project id to choose from: ");
    pty.expect("OVH project id: ").send(&format!("{PROJECT}\r"));
    pty.expect("--from-ovh-conf --consumer-key-from SOURCE --project-id");
    pty.ok();
    assert_sent(&sent(&server), &ours);
}

#[test]
fn a_secret_with_its_own_flag_is_taken_from_there() {
    let (env, server) = (Env::new(), platform());
    let (ours, own) = (keys(), secret(32));
    file(&env, ".ovh.conf", section("ovh-eu", &ours));
    let flags = format!("--from-ovh-conf --consumer-key-from env:OWN --project-id {PROJECT}");
    create(&server, &env, "ovh", &flags)
        .env("OWN", &own)
        .ok()
        .says(&["--consumer-key-from counts before --from-ovh-conf.\n"]);
    assert_sent(&sent(&server), &[ours[0].clone(), ours[1].clone(), own]);
    create(&server, &env, "ovh", &format!("--from-ovh-conf --secrets-from stdin --project-id {PROJECT}"))
        .fails(2);
}

#[test]
fn keys_of_other_kinds_are_refused_clearly() {
    let (env, server) = (Env::new(), platform());
    for (line, why) in [
        (format!("client_id = a\nclient_secret = {}", secret(32)), "has keys of an OAuth2 service account"),
        (format!("access_token = {}", secret(32)), "has an access token"),
    ] {
        file(&env, ".ovh.conf", format!("[default]\nendpoint=ovh-eu\n[ovh-eu]\n{line}\n"));
        let outcome = create(&server, &env, "ovh", &format!("--from-ovh-conf --project-id {PROJECT}")).run();
        let texts = ["the keys of the endpoint ovh-eu cannot be taken", why, "createToken/"];
        refused(&outcome, &server, 2, &texts);
    }
}

#[test]
fn the_platform_uses_one_endpoint_alone() {
    let env = Env::new();
    let ours = keys();
    for (endpoint, is_doubted) in [("ovh-eu", false), ("ovh-ca", true), ("https://eu.api.ovh.com/1.0", false)]
    {
        let server = platform();
        file(&env, ".ovh.conf", section(endpoint, &ours));
        let outcome = create(&server, &env, "ovh", &format!("--from-ovh-conf --project-id {PROJECT}")).ok();
        let doubt = "warning: the platform uses the endpoint ovh-eu alone: keys of another cannot work there";
        assert_eq!(outcome.stderr.contains(doubt), is_doubted, "{outcome}");
    }
    // An address of somebody else's.
    let server = platform();
    file(&env, ".ovh.conf", section("https://ovh.example/1.0", &ours));
    let line = format!("--from-ovh-conf https://ovh.example/1.0 --project-id {PROJECT}");
    let outcome = create(&server, &env, "ovh", &line).run();
    let refusal = "are for https://ovh.example, not for OVH: they are not sent there";
    refused(&outcome, &server, 2, &[refusal]);
    create(&server, &env, "ovh", &line).env("OVH_ENDPOINT", "https://ovh.example/1.0").ok();
    assert_sent(&sent(&server), &ours);
    // Variables are for the endpoint that is used, whether or not it has a section.
    for text in ["", "[ovh-eu]\nconsumer_key = a\n"] {
        let server = platform();
        file(&env, ".ovh.conf", format!("[default]\nendpoint = https://ovh.example/1.0\n{text}"));
        let line = format!("--from-ovh-conf --project-id {PROJECT}");
        let run = create(&server, &env, "ovh", &line);
        let run = VARIABLES.iter().zip(&ours).fold(run, |run, (name, key)| run.env(name, key));
        refused(&run.run(), &server, 2, &[refusal, "~/.ovh.conf names that address"]);
        let run = create(&server, &env, "ovh", &line).env("OVH_ENDPOINT", "ovh-eu");
        VARIABLES.iter().zip(&ours).fold(run, |run, (name, key)| run.env(name, key)).ok();
        assert_sent(&sent(&server), &ours);
    }
}

#[test]
fn an_address_in_the_variable_is_not_said_to_be_passed_over() {
    let (env, server) = (Env::new(), platform());
    let ours = keys();
    file(&env, ".ovh.conf", section("ovh-eu", &ours));
    let run = create(&server, &env, "ovh", &format!("--from-ovh-conf ovh-eu --project-id {PROJECT}"));
    let outcome = run.env("OVH_ENDPOINT", "https://gateway.example/1.0").ok();
    outcome.says(&["OVH_ENDPOINT does not say which keys are taken: the endpoint ovh-eu was named.\n"]);
    assert!(!outcome.stderr.contains("passed over"), "{outcome}");
    assert_sent(&sent(&server), &ours);
}

#[test]
fn one_variable_is_taken_and_the_rest_is_missing() {
    let (env, server) = (Env::new(), platform());
    let key = secret(16);
    let line = format!("--from-ovh-conf --project-id {PROJECT}");
    let outcome = create(&server, &env, "ovh", &line).env(VARIABLES[0], &key).run();
    let texts = [
        "error: missing: OVH application secret, OVH consumer key",
        "cause: nothing was found besides OVH_APPLICATION_KEY",
        "hint: give --application-secret-from SOURCE and --consumer-key-from SOURCE",
    ];
    refused(&outcome, &server, 2, &texts);
}

#[test]
fn a_person_chooses_among_endpoints() {
    let (env, server) = (Env::new(), platform());
    let (ours, theirs) = (keys(), keys());
    let text =
        format!("[default]\nendpoint = ovh-ca\n{}{}", section("ovh-eu", &ours), section("ovh-ca", &theirs));
    file(&env, ".ovh.conf", text);
    let mut pty =
        Pty::start(create(&server, &env, "ovh", &format!("--from-ovh-conf --project-id {PROJECT}")));
    pty.expect("What to take of ovh.conf:")
        .expect("> the endpoint ovh-ca, which OVH's own tools would use")
        .expect("  the endpoint ovh-eu")
        .send("\x1b[B\r");
    pty.expect("--from-ovh-conf ovh-eu");
    pty.ok();
    assert_sent(&sent(&server), &ours);
    let mut pty = Pty::start(create(&server, &env, "ovh", "--from-ovh-conf gone"));
    assert_eq!(pty.end(), End::Code(3));
}

#[test]
fn a_project_id_that_none_can_be_is_refused() {
    let (env, server) = (Env::new(), platform());
    let text = format!("{}[ovh-cli]\ndefault_cloud_project = a/b\n", section("ovh-eu", &keys()));
    file(&env, ".ovh.conf", text);
    let outcome = create(&server, &env, "ovh", "--from-ovh-conf").run();
    refused(
        &outcome,
        &server,
        2,
        &["the OVH project id cannot be used", "~/.ovh.conf: ", "or give --project-id"],
    );
    assert!(server.requests().is_empty(), "{:?}", server.lines());
}
