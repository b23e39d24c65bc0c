//! Every change, question and answer of a change says where it acts, wherever there can be doubt.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::support::{
    Answer, End, Env, FaultServer, Manner, ORGANISATION, Platform, Proxy, Pty, Run, hetzner_token, id,
    write_private,
};

/// Each changing command, one after the other, with its exit code and what it says; `@` is where it acts.
const CHANGES: &[(&str, i32, &str)] = &[
    ("hetzner create --name a --dry-run --api-token-stdin", 0, "Nothing is changed@: this is a dry run."),
    ("hetzner create --name a --api-token-stdin", 0, "Stored the Hetzner credential a@."),
    ("hetzner create --name a --api-token-stdin", 8, "error: the name a is taken@"),
    (
        "hetzner create --name a --api-token-stdin --if-not-exists",
        0,
        "The credential a exists already@; nothing was changed.",
    ),
    (
        "hetzner create --name a --api-token-stdin --if-not-exists --dry-run",
        0,
        "a exists already@; nothing would be sent.",
    ),
    (
        "registry create --name a --username u --password-stdin --if-not-exists",
        8,
        "error: the name a is taken@",
    ),
    (
        "registry create --name r --username u --password-stdin --dry-run",
        0,
        "Nothing is changed@: this is a dry run.",
    ),
    ("registry create --name r --username u --password-stdin", 0, "Stored the registry credential r@."),
    (
        "registry create --name r --username u --password-stdin --if-not-exists",
        0,
        "The credential r exists already@; nothing was changed.",
    ),
    ("registry set a --username u --password-stdin", 8, "error: the name a is taken@"),
    ("registry set r --username u --password-stdin --dry-run", 0, "Nothing is changed@: this is a dry run."),
    ("registry set r --username u --password-stdin", 0, "Updated the registry credential r@."),
    ("registry update r --password-stdin --dry-run", 0, "Nothing is changed@: this is a dry run."),
    ("registry update r --password-stdin", 0, "Updated the registry credential r@."),
    ("registry update nobody --password-stdin", 3, "error: there is no registry credential nobody@"),
    ("registry refresh r --password-stdin --dry-run", 0, "Nothing is changed@: this is a dry run."),
    ("registry refresh r --password-stdin", 0, "Refreshed the registry credential r@."),
    ("hetzner ssh-key create --name k --generate --dry-run", 0, "Nothing is changed@: this is a dry run."),
    ("hetzner ssh-key create --name k --generate", 0, "Stored the Hetzner SSH key k@."),
    (
        "hetzner ssh-key create --name k --generate --if-not-exists",
        0,
        "The SSH key k exists already@; nothing was changed.",
    ),
    ("ssh-key create --provider ovh --name l --generate", 0, "Stored the OVH SSH key l@."),
    ("delete a r --dry-run", 0, "Nothing is deleted@: this is a dry run."),
    ("registry delete r --dry-run", 0, "Nothing is deleted@: this is a dry run."),
    ("delete nobody", 3, "error: there is no credential nobody@"),
    ("get nobody", 3, "error: there is no credential nobody@"),
    ("registry delete nobody", 3, "error: there is no registry credential nobody@"),
    ("delete nobody --ignore-not-found", 0, "There is no credential nobody@; nothing to delete."),
    ("registry delete r --yes", 0, "Deleted the registry credential r@."),
    ("delete a l --yes", 0, "Deleted the Hetzner credential a@."),
    ("delete k --yes", 0, "Deleted the Hetzner SSH key k@."),
    ("upcloud list", 0, "No UpCloud credentials@."),
    ("list --provider upcloud", 0, "No UpCloud credentials@."),
    ("upcloud ssh-key list", 0, "No SSH keys@."),
];

/// Runs all of [`CHANGES`] by `run`: each says `place`, and its results hold the fields of `acting`.
fn all_say(run: impl Fn(&str) -> Run, place: &str, acting: &Value) {
    let token = hetzner_token();
    for (line, code, said) in CHANGES {
        let format = if *code == 0 { " -o json" } else { "" };
        let outcome = run(&format!("credentials {line}{format}")).stdin(token.as_str()).fails(*code);
        let said = said.replace('@', place);
        assert!(outcome.stderr.lines().any(|one| one == said), "not said: {said}\n{outcome}");
        if *code != 0 || line.contains("list") {
            continue;
        }
        let results = match outcome.json() {
            Value::Array(results) => results,
            one => vec![one],
        };
        assert!(!results.is_empty() || line.contains("nobody"), "{outcome}");
        for result in results {
            for field in ["organisation", "profile", "platform"] {
                assert_eq!(result.get(field), acting.get(field), "{field}\n{outcome}");
            }
        }
    }
}

#[test]
fn the_table_has_every_command_that_changes_something() {
    fn leaves(command: &clap::Command, path: &str, found: &mut BTreeSet<String>) {
        for child in command.get_subcommands() {
            let path = format!("{path} {}", child.get_name()).trim().to_owned();
            if child.has_subcommands() {
                leaves(child, &path, found);
            } else {
                found.insert(path);
            }
        }
    }
    let mut root = ankra::testing::cli::command();
    root.build();
    let mut found = BTreeSet::new();
    leaves(root.find_subcommand("credentials").unwrap(), "", &mut found);
    let clouds = ankra::testing::providers::ALL;
    let mut count = 0;
    for path in found {
        let (noun, verb) = path.rsplit_once(' ').unwrap_or(("", &path));
        // They only look, or act on this machine alone.
        if ["list", "get", "audit", "validate", "check", "presets", "generate", "help"].contains(&verb)
            || noun == "help"
        {
            continue;
        }
        // All clouds are one piece of code.
        let first = path.split(' ').next().unwrap();
        let is_cloud = clouds.iter().any(|cloud| cloud.slug == first);
        let path = if is_cloud { path.replacen(first, "hetzner", 1) } else { path };
        assert!(CHANGES.iter().any(|(line, ..)| line.starts_with(&format!("{path} "))), "{path}");
        count += 1;
    }
    assert!(count > 8, "{count}");
}

/// A world with a served sandbox, in whose login file are `entries`: profiles and their organisations.
fn signed_in(profiles: &[&str]) -> (Env, Platform) {
    let env = Env::new();
    let platform = Platform::start(&env);
    for arguments in profiles {
        let login = env.line(&format!("{arguments} login --api-token-stdin")).stdin(platform.admin.as_str());
        login.env("ANKRA_BASE_URL", &platform.url).ok();
    }
    (env, platform)
}

fn acting(organisation: Option<&str>, profile: Option<&str>, platform: &str) -> Value {
    json!({"organisation": organisation, "profile": profile, "platform": platform})
}

#[test]
fn a_login_with_several_organisations_says_the_one_and_the_address() {
    let (env, platform) = signed_in(&[""]);
    let place = format!(" in organisation sandbox, at {}", platform.url);
    all_say(|line| env.line(line), &place, &acting(Some("sandbox"), Some("default"), &platform.url));
    let empty = env.line("credentials registry list").ok();
    empty.says(&[&format!("No registry credentials{place}.\n")]);
    env.line("credentials list").ok().says(&[&format!("No credentials{place}. Create one with: ")]);
    let nothing = Pty::sized(env.line("credentials delete"), 400, |_| {}).end_and_look();
    assert_eq!(nothing.0, End::Code(3));
}

#[test]
fn an_organisation_by_its_name_is_said_as_it_is_called() {
    let (env, platform) = signed_in(&[""]);
    let place = format!(" in organisation demo, at {}", platform.url);
    let acting = acting(Some("demo"), Some("default"), &platform.url);
    all_say(|line| env.line(&format!("--org DEMO {line}")), &place, &acting);
}

#[test]
fn an_organisation_by_its_id_is_said_by_it_or_by_the_name_that_is_known() {
    let (env, platform) = signed_in(&[""]);
    let all = |org: &str| env.line(&format!("--org {org} credentials list -o json")).ok().json();
    let demo = all("demo")[0]["organisation_id"].as_str().unwrap().to_owned();
    let place = format!(" in organisation {demo}, at {}", platform.url);
    let by_id = |line: &str| env.line(line).env("ANKRA_ORG", &demo);
    all_say(by_id, &place, &acting(Some(&demo), Some("default"), &platform.url));

    let own = env.line("status -o json").ok().json()["organisation_id"].as_str().unwrap().to_owned();
    let outcome = env.line(&format!("--org {own} credentials upcloud list")).ok();
    outcome.says(&[&format!("No UpCloud credentials in organisation sandbox, at {}.", platform.url)]);
}

#[test]
fn one_of_several_profiles_is_said() {
    let (env, platform) = signed_in(&["", "--profile d2 --org demo"]);
    let place = format!(" in organisation demo, as profile d2, at {}", platform.url);
    let of_d2 = acting(Some("demo"), Some("d2"), &platform.url);
    all_say(|line| env.line(&format!("--profile d2 {line}")), &place, &of_d2);
    let outcome = env.line("credentials upcloud list").ok();
    let place = format!(" in organisation sandbox, as profile default, at {}", platform.url);
    outcome.says(&[&format!("No UpCloud credentials{place}.")]);
}

#[test]
fn a_token_of_the_environment_belongs_to_no_profile() {
    let (env, platform) = signed_in(&["", "--profile d2"]);
    let place = format!(" at {}", platform.url);
    all_say(|line| platform.admin(&env, line), &place, &acting(None, None, &platform.url));
}

#[test]
fn the_settings_file_chooses_an_organisation() {
    let env = Env::new();
    let platform = Platform::start(&env);
    write_private(&env.home().join(".config/ankra/config.toml"), "org = \"demo\"\n");
    let place = format!(" in organisation demo, at {}", platform.url);
    all_say(|line| platform.admin(&env, line), &place, &acting(Some("demo"), None, &platform.url));
}

#[test]
fn the_sandbox_is_said_with_its_organisation() {
    let env = Env::new();
    let own = acting(Some("sandbox"), None, "the sandbox");
    all_say(|line| env.line(line).env("ANKRA_SANDBOX", "1"), " in organisation sandbox of the sandbox", &own);
    let env = Env::new();
    let demo = acting(Some("demo"), None, "the sandbox");
    all_say(
        |line| env.line(&format!("--sandbox --org demo {line}")),
        " in organisation demo of the sandbox",
        &demo,
    );
}

#[test]
fn a_question_says_it_before_anything_is_typed() {
    let env = Env::new();
    let demo =
        |line: &str| Pty::sized(env.line(&format!("--sandbox --org demo credentials {line}")), 400, |_| {});
    let said = "Where it is stored: in organisation demo of the sandbox.\r\n";
    let token = hetzner_token();
    let mut pty = demo("hetzner create");
    pty.expect(said).expect("Name: ").send("a\r").expect("token: ").send(&format!("{token}\r"));
    pty.expect("Stored the Hetzner credential a in organisation demo of the sandbox.\r\n").ok();
    let mut pty = demo("hetzner create --name b");
    pty.expect(said).expect("token: ").send(&format!("{token}\r")).ok();
    let mut pty = demo("registry create --name c --username u");
    pty.expect(said).expect("password or token: ").send("a-password\r").ok();
    for verb in ["update", "refresh"] {
        let mut pty = demo(&format!("registry {verb} c"));
        pty.expect(said).expect("password or token: ").send("a-password\r");
        assert_eq!(pty.ok().matches("Where it is stored").count(), 1);
        let mut pty = demo(&format!("registry {verb}"));
        pty.expect(said).expect("Which credential").send("\r").expect("token: ").send("ghp_");
        pty.send(&format!("{}\r", "a".repeat(36)));
        assert_eq!(pty.ok().matches("Where it is stored").count(), 1);
    }
    let mut pty = demo("hetzner ssh-key create --name k");
    pty.expect(said).expect("Which key").send("\r").ok();
    let mut pty = demo("delete a");
    pty.expect("Delete the Hetzner credential a in organisation demo of the sandbox? [y/N] ")
        .send("n\r")
        .end();
    let mut pty = demo("delete a b");
    pty.expect("Delete these 2 credentials in organisation demo of the sandbox? [y/N] ").send("y\r").ok();

    // Where nobody is asked, nothing is said before.
    let mut pty = demo("hetzner ssh-key create --name l --generate");
    assert!(!pty.ok().contains("Where it is stored"));
}

#[test]
fn a_refusal_and_an_unknown_outcome_say_it() {
    let env = Env::new();
    let platform = Platform::start(&env);
    let place = format!(" in organisation demo, at {}\n", platform.url);
    for (line, said) in [
        ("hetzner create --name a --api-token-stdin", "error: cannot create the Hetzner credential a"),
        (
            "registry create --name a --username u --password-stdin",
            "error: cannot create the registry credential a",
        ),
        (
            "registry update demo-ghcr --password-stdin",
            "error: cannot update the registry credential demo-ghcr",
        ),
        ("hetzner ssh-key create --name a --generate", "error: cannot create the Hetzner SSH key a"),
        ("delete demo-ovh --yes", "error: cannot delete the credential demo-ovh"),
    ] {
        let outcome = platform.viewer(&env, &format!("--org demo credentials {line}"));
        outcome.stdin(hetzner_token()).fails(7).says(&[&format!("{said}{place}")]);
    }
    let server = FaultServer::start();
    server.may_list().on("POST", "/api/v1/credentials/hetzner", [Answer::close()]);
    let outcome = server.ankra(&env, "credentials hetzner create --name x --api-token-stdin");
    let outcome = outcome.stdin(hetzner_token()).fails(5);
    let said = "error: cannot tell whether this was done: create the Hetzner credential x at";
    outcome.says(&[&format!("{said} {}\n", server.url())]);
}

#[test]
fn quiet_says_nothing_of_it() {
    let env = Env::new();
    for (line, code, _) in CHANGES.iter().filter(|(_, code, _)| *code == 0) {
        let run = env.line(&format!("--sandbox -q credentials {line}")).stdin(hetzner_token());
        let outcome = run.fails(*code);
        let said = outcome.stderr.lines().filter(|one| !one.starts_with("warning: "));
        assert_eq!(said.count(), 0, "{outcome}");
    }
}

/// The login of an organisation that `title` names, with what else the file holds.
fn login(env: &Env, base: &str, title: &str, has_several: bool, rest: &str) {
    let token = "token-of-the-test";
    let text = format!(
        "[default]\nbase-url = {base:?}\ntoken = {token:?}\norganisation = '{title}'\n\
         organisation-id = {ORGANISATION:?}\nseveral-organisations = {has_several}\n{rest}"
    );
    write_private(&env.login_file(), text);
}

#[test]
fn at_the_hosted_address_only_what_can_be_doubted_is_said() {
    const HOSTED: &str = "https://platform.ankra.app";
    let answer = "HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n";
    let proxy = Proxy::start(Manner::Answers(answer));
    let other = id(7);
    let d2 = format!("[d2]\nbase-url = {HOSTED:?}\ntoken = \"t\"\n");
    let by_other_id = format!("--org {other}");
    let of_own_id = format!("--org {ORGANISATION}");
    let several = "organisation-id = \"00000009-0000-4000-8000-000000000000\"\norganisation = \"two\"\n";
    let of_several = format!("{d2}{several}several-organisations = true\n");
    // The title, whether there are several, further entries, arguments; then what is said, and who acts.
    for (title, has_several, rest, arguments, place, organisation, profile) in [
        ("acme", false, "", "", "", "acme", "default"),
        ("acme", true, "", "", " in organisation acme", "acme", "default"),
        ("acme", false, &d2, "", " as profile default", "acme", "default"),
        ("acme", true, &d2, "", " in organisation acme, as profile default", "acme", "default"),
        ("acme", false, &of_several, "--profile d2", " in organisation two, as profile d2", "two", "d2"),
        ("acme", false, "", &of_own_id, " in organisation acme", "acme", "default"),
        ("acme", false, "", &by_other_id, &format!(" in organisation {other}"), &other, "default"),
        ("acme", false, "", "--org demo", " in organisation demo", "demo", "default"),
        ("A, \"B\". C", true, "", "", " in organisation \"A, 'B'. C\"", "A, \"B\". C", "default"),
    ] {
        let env = Env::new();
        login(&env, HOSTED, title, has_several, rest);
        for line in [
            "hetzner create --name x --api-token-stdin",
            "registry create --name x --username u --password-stdin",
            "registry update x --username u --password-stdin",
            "registry refresh x --password-stdin",
            "hetzner ssh-key create --name x --generate",
        ] {
            let run = env.line(&format!("{arguments} credentials {line} --dry-run -o json"));
            let outcome = run.env("HTTPS_PROXY", proxy.place()).stdin(hetzner_token()).ok();
            outcome.says(&[&format!("Nothing is changed{place}: this is a dry run.\n")]);
            let result = outcome.json();
            for (field, value) in [("organisation", organisation), ("profile", profile), ("platform", HOSTED)]
            {
                assert_eq!(result[field], value, "{field}\n{outcome}");
            }
            assert!(result["url"].as_str().unwrap().starts_with(HOSTED), "{outcome}");
        }
    }
    // Of a token in the environment, and without any, nothing is known.
    for token in ["", "token-of-the-test"] {
        let env = Env::new();
        let run =
            env.line("credentials hetzner create --name x --dry-run -o json").env("ANKRA_API_TOKEN", token);
        let outcome = run.env("HTTPS_PROXY", proxy.place()).ok();
        outcome.says(&["Nothing is changed: this is a dry run.\n"]);
        let result = outcome.json();
        assert_eq!((&result["organisation"], &result["profile"]), (&Value::Null, &Value::Null), "{outcome}");
        assert_eq!(result["platform"], HOSTED);
    }
}

#[test]
fn a_name_that_is_known_costs_no_request() {
    let create = |has_several: bool, rest: &str, place: &str| {
        let (env, server) = (Env::new(), FaultServer::start());
        server.may_list().creates("hetzner");
        login(&env, &server.url(), "acme", has_several, rest);
        let run = env.line("credentials hetzner create --name x --api-token-stdin").stdin(hetzner_token());
        run.ok().says(&[&format!("Stored the Hetzner credential x{place} at {}.\n", server.url())]);
        server.lines()
    };
    let alone = create(false, "", "");
    assert_eq!(create(true, "", " in organisation acme,"), alone);
    let profile = "[d2]\nbase-url = \"https://platform.ankra.app\"\ntoken = \"t\"\n";
    assert_eq!(create(true, profile, " in organisation acme, as profile default,"), alone);
    assert!(!alone.iter().any(|line| line.contains("/org/organisation")), "{alone:?}");
}
