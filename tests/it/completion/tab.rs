//! What Tab offers in each shell, and how soon.

use std::{
    fs,
    time::{Duration, Instant},
};

use serde_json::json;

use super::{BASH, BASH_WITH_PACKAGE, ELVISH, FISH, SHELLS, ZSH, in_each, in_time};
use crate::support::{Answer, Env, FaultServer, Platform, await_that, figure, write_private};

#[test]
fn names_are_offered_by_command_and_told_by_kind() {
    in_each(&SHELLS, |kind| {
        let env = Env::new();
        let platform = Platform::start(&env);
        let mut shell =
            kind.start(&env, "", |run| platform.with(run, &platform.admin).env("ANKRA_ORG", "demo"));
        let (_, shown) = shell.tab_until("ankra credentials registry get ", "unused-registry");
        assert!(shown.contains("demo-ghcr") && !shown.contains("demo-hetzner"), "{kind:?}: {shown}");
        let describes = [ZSH.name, FISH.name].contains(&kind.name);
        assert_eq!(shown.contains("registry credential"), describes, "{kind:?}: {shown}");
        shell.clear();
        let (_, shown) = shell.tab_until("ankra creds rm demo-ghcr demo-h", "etzner");
        assert!(!shown.contains("unused"), "{kind:?}: {shown}");
        shell.clear();
        // Another organisation on the line is asked about; `sandbox` is empty.
        let shown = shell.tab("ankra --org sandbox credentials get ");
        assert!(!shown.contains("demo-ghcr"), "{kind:?}: {shown}");
        shell.clear();
        shell.tab_until("ankra --org de", "mo");
        shell.clear();
        shell.tab_until("ankra credentials list --org=de", "mo");
        shell.clear();
        let (_, shown) = shell.tab_until("ankra credentials list --provider ", "registry");
        assert!(shown.contains("hetzner") && shown.contains("ovh"), "{kind:?}: {shown}");
    });
}

#[test]
fn what_the_command_tree_knows_is_offered_without_a_platform() {
    in_each(&SHELLS, |kind| {
        let env = Env::new();
        let mut shell = kind.start(&env, "", |run| run.env("CANARY_OF_THE_TEST", "value-of-the-canary"));
        for (line, wanted) in [
            ("ankra creden", "tials"),
            ("ankra credentials hetzner create --api-token-s", "tdin"),
            ("ankra credentials list --sort ", "updated"),
            ("ankra credentials list -o js", "on"),
            ("ankra credentials list --order=de", "sc"),
            ("ankra credentials hetzner create --api-token-from ", "command:"),
            ("ankra credentials hetzner create --api-token-from en", "v:"),
            ("ankra credentials hetzner create --api-token-from env:CANARY_OF", "_THE_TEST"),
            ("ankra credentials hetzner create --api-token-from=env:CANARY_OF", "_THE_TEST"),
        ] {
            let (_, shown) = shell.tab_until(line, wanted);
            assert!(!shown.contains("value-of-the-canary"), "{kind:?}: {shown}");
            shell.clear();
        }
        // The registries of login files, whose helpers are not run for a Tab.
        let file =
            json!({"auths": {"ghcr.io": {"auth": "dTpwYXNzd29yZC1vZi10aGUtY2FuYXJ5"}}, "credsStore": "x"});
        write_private(&env.home().join(".docker/config.json"), file.to_string());
        let (_, shown) = shell.tab_until("ankra credentials registry create --from-docker gh", "cr.io");
        assert!(!shown.contains("password-of-the-canary"), "{kind:?}: {shown}");
        shell.clear();
        // Not signed in: no names, nothing is made and nothing is said.
        let shown = shell.tab("ankra credentials get ");
        assert!(!shown.contains("ankra: ") && !shown.contains("error"), "{kind:?}: {shown}");
        assert!(!env.home().join(".cache/ankra").exists(), "{kind:?}");
    });
}

#[test]
fn a_variable_that_no_source_can_name_is_not_offered() {
    let env = Env::new();
    let line = "__complete fish ankra credentials hetzner create --api-token-from";
    let names = ["CANARY_1", "CANARY-2", "CANARY.3", "1CANARY"];
    let run = names.into_iter().fold(env.line(line).arg("env:"), |run, name| run.env(name, "x"));
    let offered = run.ok().stdout;
    let found: Vec<&str> = offered.lines().filter(|line| line.contains("CANARY")).collect();
    assert_eq!(found, ["env:CANARY_1\tenvironment variable"]);
}

#[test]
fn file_names_are_completed_by_the_shell_behind_every_prefix() {
    in_each(&SHELLS, |kind| {
        let env = Env::new();
        fs::create_dir(env.work().join("folder")).unwrap();
        fs::write(env.work().join("folder/a key.pub"), "").unwrap();
        let mut shell = kind.start(&env, "", |run| run);
        for before in [
            "ankra --config ",
            "ankra --config=",
            "ankra credentials hetzner create --api-token-from file:",
            "ankra credentials hetzner create --api-token-from=file:",
            "ankra credentials ovh ssh-key create --public-key @",
        ] {
            let line = format!("{before}fol\ta");
            let (_, shown) = shell.tab_until(&line, "key.pub");
            assert!(
                shown.contains("a\\ key.pub") || shown.contains("\\ key.pub"),
                "{kind:?} {before}: {shown}"
            );
            shell.clear();
        }
        // Where no file can stand, none is offered.
        let shown = shell.tab("ankra credentials validate fol");
        assert!(!shown.contains("der"), "{kind:?}: {shown}");
    });
}

#[test]
fn h05_a_platform_that_does_not_answer_costs_half_a_second_and_no_word() {
    in_each(&SHELLS, |kind| {
        let env = Env::new();
        let server = FaultServer::start();
        server.on_every_request(Answer::silence());
        let mut shell = kind.start(&env, "", |run| {
            run.env("ANKRA_BASE_URL", server.url()).env("ANKRA_API_TOKEN", "token-of-the-test")
        });
        let mut before = 0;
        let mut ask = || {
            shell.clear();
            // The next key shows when the shell is done.
            shell.pty.send("ankra credentials get ");
            shell.settle();
            shell.pty.pass_over();
            before = shell.pty.transcript().len();
            let start = Instant::now();
            shell.pty.send("\tX").expect("X");
            start.elapsed()
        };
        let took = in_time(&env, Duration::from_millis(500), &mut ask);
        figure(
            "milliseconds until Tab gives a dead platform up",
            format!("{} {}", kind.name, took.as_millis()),
        );
        // On a busy machine the program gives up before it asks, as it should.
        let is_asked = || {
            ask();
            Some(()).filter(|()| !server.requests().is_empty())
        };
        await_that(is_asked, || format!("{kind:?}: it was never asked"));
        shell.settle();
        let shown: String = shell.pty.transcript()[before..].chars().filter(char::is_ascii_graphic).collect();
        assert!(!shown.contains("error") && !shown.contains("ankra:"), "{kind:?}: {shown}");
    });
}

#[test]
fn a_platform_that_refuses_or_is_gone_is_no_word() {
    in_each(&[BASH, ZSH, FISH], |kind| {
        let env = Env::new();
        let server = FaultServer::start();
        server.on_every_request(Answer::json(401, serde_json::json!({"detail": "Token expired"})));
        let mut shell = kind.start(&env, "", |run| {
            run.env("ANKRA_BASE_URL", server.url()).env("ANKRA_API_TOKEN", "token-of-the-test")
        });
        for line in ["ankra credentials get ", "ankra --base-url http://127.0.0.1:1 credentials get "] {
            let shown = shell.tab(line);
            assert!(!shown.contains("expired") && !shown.contains("error"), "{kind:?}: {shown}");
            shell.clear();
            // The shells drop what the program says besides its answer: it says nothing.
            let words = ["__complete", kind.name].into_iter().chain(line.split(' '));
            let run = env.ankra(words).env("ANKRA_BASE_URL", server.url());
            assert_eq!(run.env("ANKRA_API_TOKEN", "token-of-the-test").ok().all(), "", "{kind:?}: {line}");
        }
    });
}

#[test]
fn tab_is_quick_cold_and_warm() {
    const COLD: Duration = Duration::from_millis(500);
    const WARM: Duration = Duration::from_millis(100);
    for kind in SHELLS {
        let name =
            if kind.before == BASH_WITH_PACKAGE.before { "bash with bash-completion" } else { kind.name };
        // Over HTTP, where the first Tab asks and later ones take what was kept.
        let env = Env::new();
        let platform = Platform::start(&env);
        let mut shell =
            kind.start(&env, "", |run| platform.with(run, &platform.admin).env("ANKRA_ORG", "demo"));
        let line = "ankra credentials get demo-g";
        let cold = in_time(&env, COLD, || {
            let _ = fs::remove_dir_all(env.home().join(".cache"));
            shell.clear();
            shell.tab_until(line, "hcr").0
        });
        platform.expect_log(&["/api/v1/org/credentials"]);
        let asked = platform.log().lines().count();
        let warm = in_time(&env, WARM, || {
            shell.clear();
            shell.tab_until(line, "hcr").0
        });
        assert_eq!(platform.log().lines().count(), asked, "{kind:?}: the cache is used");
        // And in the program itself, which keeps nothing.
        let env = Env::new();
        env.line("--sandbox status").ok();
        let mut shell = kind.start(&env, "", |run| run);
        let line = "ankra --sandbox --org demo credentials get demo-g";
        let built_in = in_time(&env, WARM, || {
            shell.clear();
            shell.tab_until(line, "hcr").0
        });
        figure(
            "milliseconds from Tab to a name of the sandbox (cold 500, warm 100, built in 100)",
            format!("{name} {} and {} and {}", cold.as_millis(), warm.as_millis(), built_in.as_millis()),
        );
    }
}

#[test]
fn profiles_and_glued_values_are_offered() {
    in_each(&SHELLS, |kind| {
        let env = Env::new();
        let config = "[profiles.staging]\nbase-url = \"https://staging.example\"\n";
        write_private(&env.home().join(".config/ankra/config.toml"), config);
        let mut shell = kind.start(&env, "", |run| run);
        for (line, wanted) in [
            ("ankra --profile st", "aging"),
            ("ankra credentials list --profile=st", "aging"),
            ("ankra credentials list -oj", "son"),
            ("ankra credentials list -qow", "ide"),
        ] {
            shell.tab_until(line, wanted);
            shell.clear();
        }
        // What has no description is shown without one.
        let (_, shown) = shell.tab_until("ankra completion ", "elvish");
        assert!(!shown.contains("-- elvish") && !shown.contains("(elvish)"), "{kind:?}: {shown}");
    });
}

/// What Tab makes of a word whose quote is open is what the program is given.
#[test]
fn a_quote_that_is_open_stays_one_word() {
    in_each(&SHELLS, |kind| {
        let env = Env::new();
        env.line("--sandbox status").ok();
        fs::create_dir(env.work().join("fol der")).unwrap();
        write_private(&env.work().join("fol der/a key"), "a".repeat(64));
        let mut shell =
            kind.start(&env, "", |run| run.env("ANKRA_SANDBOX", "1").env("TOKEN_OF_THE_TEST", "b"));
        let create = "ankra credentials hetzner create --name x --dry-run -o name --api-token-from";
        let out = env.work().join("out");
        for (line, end) in [
            ("ankra status -o name --org=\"de\t".to_owned(), "demo"),
            ("ankra status -o name --org='de\t".to_owned(), "demo"),
            ("ankra status -o name '--org=de\t".to_owned(), "demo"),
            (format!("{create} \"file:fol\ta\t"), ""),
            (format!("{create} 'file:fol der/a\t"), ""),
            (format!("{create}=\"file:fol der/a\t"), ""),
            (format!("{create} \"env:TOKEN_OF\t"), ""),
        ] {
            let _ = fs::remove_file(&out);
            for part in line.split_inclusive('\t') {
                shell.pty.send(part);
                std::thread::sleep(Duration::from_millis(300));
                shell.settle();
            }
            shell.pty.send(" >out 2>&1; echo en''d >>out\r");
            let start = Instant::now();
            let read = || fs::read_to_string(&out).unwrap_or_default();
            while !read().contains("end") && start.elapsed() < Duration::from_secs(5) {
                std::thread::sleep(Duration::from_millis(20));
            }
            let text = read();
            assert!(!text.contains("error"), "{kind:?} {line}: {text}\n{}", shell.pty.transcript());
            assert!(
                text.starts_with(end) && text.contains("end"),
                "{kind:?} {line}: {text}\n{}",
                shell.pty.transcript()
            );
            shell.clear();
        }
    });
}

#[test]
fn elvish_is_offered_live_values_and_quotes_names_of_files() {
    let env = Env::new();
    env.line("--sandbox status").ok();
    fs::create_dir(env.work().join("fol der")).unwrap();
    fs::write(env.work().join("evil$(touch marker);touch marker"), "").unwrap();
    for (line, wanted) in [
        ("ankra credentials registry get ", &["demo-ghcr", "unused-registry", "registry credential"][..]),
        ("ankra --org=", &["--org=demo", "organisation"]),
        ("ankra creds list --sort ", &["updated"]),
        ("ankra creds hz create --api-token-from ", &["command:", "run a command"]),
        ("ankra creds hz create --api-token-from file:fol", &["'file:fol der/'"]),
        (
            "ankra creds hz create --api-token-from=file:ev",
            &["'--api-token-from=file:evil$(touch marker);touch marker'"],
        ),
        ("ankra creds ssh create --public-key @fol", &["'@fol der/'"]),
        ("ankra --config fol", &["'fol der/'"]),
    ] {
        let mut shell = ELVISH.start(&env, "", |run| run.env("ANKRA_SANDBOX", "1").env("ANKRA_ORG", "demo"));
        let shown = shell.tab(line);
        for word in wanted {
            assert!(shown.contains(word), "{line}: {word}: {shown}");
        }
        assert!(!shown.contains("demo-hetzner") && !shown.contains("xception"), "{line}: {shown}");
    }
    assert!(!env.work().join("marker").exists());
    // A platform that refuses, or is not there, is no word.
    let mut shell = ELVISH.start(&env, "", |run| {
        run.env("ANKRA_BASE_URL", "http://127.0.0.1:1").env("ANKRA_API_TOKEN", "token-of-the-test")
    });
    // Its own word for nothing, and none of ours.
    let shown = shell.tab("ankra credentials get ");
    assert!(shown.contains("no candidates"), "{shown}");
    assert!(!shown.contains("connect") && !shown.contains("hint") && !shown.contains("xception"), "{shown}");
}
