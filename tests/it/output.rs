//! How results look, and what can never reach a terminal.

mod formats;

use ankra::testing::output::Format;
use serde_json::{Value, json};

use crate::support::{Answer, Env, FaultServer, ID, Outcome, Pty, Run, gate, hetzner_token};

/// Texts that would act on a terminal, or forge what it shows.
const HOSTILE: [(&str, &str); 15] = [
    ("h37 colour", "a\u{1b}[31mred"),
    ("h37 title", "a\u{1b}]0;owned\u{7}"),
    ("h37 link", "a\u{1b}]8;;https://evil.example\u{1b}\\b"),
    ("h37 clipboard", "a\u{1b}]52;c;ZXZpbA==\u{7}"),
    ("h37 device control", "a\u{1b}P1$qm\u{1b}\\"),
    ("h38 carriage return", "good\rbad"),
    ("h38 backspace", "good\u{8}\u{8}\u{8}\u{8}bad"),
    ("h39 C1", "a\u{9b}31m\u{9d}0;x\u{9c}"),
    ("h40 bidi", "a\u{202e}txt.exe\u{2066}b"),
    ("h40 invisible", "a\u{200b}\u{2060}\u{feff}b"),
    ("h40 tags", "a\u{e0041}\u{e0042}"),
    ("h41 newline", "a\nforged  row"),
    ("h41 separators", "a\u{2028}forged\u{2029}b\u{b}c\u{c}d"),
    ("h40 more bidi and blanks", "a\u{61c}b\u{200f}c\u{ad}d\u{180e}e\u{fe0f}f\u{e0100}g\u{2069}"),
    ("h37 what is left", "a\u{0}b\u{7f}c\u{e}d\u{1b}(0e\u{84}f\tg"),
];

/// A server whose every text is `text`.
fn hostile(text: &str) -> FaultServer {
    let server = FaultServer::start();
    server.accept_everything(json!({
        "id": ID, "organisation_id": ID, "name": text, "provider": text, "username": text, "state": text,
        "project_id": text, "ssh_public_key": text, "created_at": text, "updated_at": text, "role": text, "slug": text,
        "message": text, "valid": true, "user_current": true, "clusters": [{"id": text, "name": text}], "url": text, "credential_name": text,
    }));
    server
}

/// The characters of Unicode's category Cf, which are not seen and change what is: version 16, as the
/// first and the last of each row.
const FORMAT_CHARACTERS: [(u32, u32); 21] = [
    (0xad, 0xad),
    (0x600, 0x605),
    (0x61c, 0x61c),
    (0x6dd, 0x6dd),
    (0x70f, 0x70f),
    (0x890, 0x891),
    (0x8e2, 0x8e2),
    (0x180e, 0x180e),
    (0x200b, 0x200f),
    (0x202a, 0x202e),
    (0x2060, 0x2064),
    (0x2066, 0x206f),
    (0xfeff, 0xfeff),
    (0xfff9, 0xfffb),
    (0x110bd, 0x110bd),
    (0x110cd, 0x110cd),
    (0x13430, 0x1343f),
    (0x1bca0, 0x1bca3),
    (0x1d173, 0x1d17a),
    (0xe0001, 0xe0001),
    (0xe0020, 0xe007f),
];

#[test]
fn h40_no_format_character_of_unicode_reaches_a_terminal() {
    let all: String =
        FORMAT_CHARACTERS.iter().flat_map(|(from, to)| *from..=*to).filter_map(char::from_u32).collect();
    let server = FaultServer::start();
    let name = format!("begin{all}end");
    server.on(
        "GET",
        "/api/v1/credentials",
        [Answer::json(200, json!([{"id": ID, "name": name, "provider": "p"}]))],
    );
    let shown = server.ankra(&Env::new(), "credentials list -o wide").ok().stdout;
    assert!(shown.contains("begin") && shown.contains("end"), "{shown}");
    let left: Vec<_> = shown.chars().filter(|c| all.contains(*c)).map(char::escape_unicode).collect();
    assert!(left.is_empty(), "{}", left.iter().map(ToString::to_string).collect::<String>());
}

/// Every command that shows what the platform says.
const SHOWN: [&str; 20] = [
    "credentials list",
    "credentials get ID",
    "credentials validate a-name",
    "credentials delete ID --yes",
    "credentials hetzner list",
    "credentials hetzner create --name a-name --api-token-from env:SECRET",
    "credentials hetzner ssh-key list",
    "credentials ovh list",
    "credentials ovh ssh-key create --name a-name --generate",
    "credentials ovh ssh-key list",
    "credentials registry list",
    "credentials registry get a-name",
    "credentials registry update a-name --password-from env:SECRET",
    "credentials registry delete ID --yes",
    "credentials ssh-key list",
    "credentials list --org none",
    "credentials get none",
    "status",
    "login --with-token --api-token-from env:SECRET",
    "status --org none",
];

/// Characters that a terminal would act on, besides the line breaks and bold of the program itself.
fn raw(shown: &str) -> String {
    let own = [
        "\u{1b}[0m",
        "\u{1b}[1m",
        "\u{1b}[2m",
        "\u{1b}[1;31m",
        "\u{1b}[1;33m",
        "\u{1b}[1;36m",
        "\u{1b}[33m",
        "\r\n",
    ]
    .iter()
    .fold(shown.to_owned(), |shown, own| shown.replace(own, ""));
    own.chars()
        .filter(|c| {
            let code = u32::from(*c);
            (c.is_control() && *c != '\n')
                || matches!(code, 0xad | 0x61c | 0x180e | 0x200b..=0x200f | 0x2028..=0x202e | 0x2060..=0x206f)
                || matches!(code, 0xfe00..=0xfe0f | 0xfeff | 0xfff0..=0xfffb | 0xe0000..=0xe0fff)
        })
        .collect()
}

#[test]
fn h37_h38_h39_h40_h41_no_text_of_the_platform_acts_on_a_terminal() {
    let formats = Format::NAMED.map(|(name, _)| name);
    for (turn, (what, text)) in HOSTILE.into_iter().enumerate() {
        let server = hostile(text);
        for (index, line) in SHOWN.iter().enumerate() {
            let format = formats[(turn + index) % formats.len()];
            let line = format!("{line} -o {format}").replace("ID", ID);
            let env = Env::new();
            let run = server.ankra(&env, &line).env("SECRET", "secret").env("ANKRA_NO_INPUT", "1");
            let mut pty = Pty::start(run);
            pty.end();
            let shown = pty.transcript();
            gate("raw control characters on a terminal", raw(&shown).chars().count(), shown.chars().count());
            assert_eq!(raw(&shown), "", "{what}: {line}: {shown:?}");
            assert!(
                !shown.lines().any(|line| line.trim_start().starts_with("forged")),
                "{what}: {line}: {shown}"
            );
        }
        // That it was there to be seen.
        let env = Env::new();
        let shown = Pty::start(server.ankra(&env, "credentials list -o name")).ok();
        assert_eq!(shown, format!("{}\r\n", ankra::testing::output::sanitise(text)), "{what}");
        assert_ne!(shown.trim_end(), text, "{what}");
    }
}

#[test]
fn h37_an_error_s_text_does_not_act_on_a_terminal_either() {
    for (what, text) in HOSTILE {
        for body in [
            json!({"detail": text}),
            json!({"detail": [{"loc": [text], "msg": text}]}),
            json!({"errors": [{"key": text, "message": text}]}),
        ] {
            let server = FaultServer::start();
            server.on("GET", "/api/v1/org/credentials", [Answer::json(400, body)]);
            let env = Env::new();
            let mut pty = Pty::start(server.ankra(&env, "credentials list -vv"));
            pty.end();
            assert_eq!(raw(&pty.transcript()), "", "{what}: {:?}", pty.transcript());
        }
    }
}

#[test]
fn h42_a_hostile_name_in_the_delete_question_is_escaped_and_the_id_is_shown() {
    let server = hostile("good\u{1b}[2K\r\u{202e}evil");
    let env = Env::new();
    let mut pty = Pty::start(server.ankra(&env, &format!("credentials delete {ID}")));
    pty.expect(&format!("(id {ID})")).expect("\\u{1b}").expect("[y/N] ").send("n\r");
    pty.end();
    assert!(
        !pty.transcript().contains('\u{202e}') && !pty.transcript().contains("\u{1b}[2K"),
        "{:?}",
        pty.transcript()
    );
    assert!(server.writes().is_empty());
}

#[test]
fn h43_a_name_of_a_megabyte_is_shortened_on_a_terminal_and_whole_in_a_pipe() {
    let long = "n".repeat(900_000);
    let server = FaultServer::start();
    let list = json!([{"id": ID, "name": long, "provider": "hetzner"}]);
    server.on("GET", "/api/v1/org/credentials", [Answer::json(200, list)]);
    let env = Env::new();
    let mut pty = Pty::start(server.ankra(&env, "credentials list"));
    let shown = pty.ok();
    assert!(shown.len() < 1_000 && shown.contains('…'), "{} bytes", shown.len());
    let piped = server.ankra(&env, "credentials list -o name").ok();
    assert_eq!(piped.stdout, long + "\n");
}

#[test]
fn h44_json_on_a_terminal_reads_back_as_it_was() {
    for (what, text) in HOSTILE {
        let server = hostile(text);
        let env = Env::new();
        let mut pty = Pty::start(server.ankra(&env, "credentials list -o json"));
        let value: Value = serde_json::from_str(&pty.ok()).unwrap();
        assert_eq!(value[0]["name"], text, "{what}");
    }
}

fn two() -> (FaultServer, Env) {
    let server = FaultServer::start();
    let list = json!([
        {"id": ID, "name": "b-rather-long-name-of-a-credential", "provider": "hetzner", "created_at": "2026-01-02T03:04:05Z", "organisation_id": ID},
        {"id": ID, "name": "a", "provider": "a-provider-of-some-length", "created_at": null},
    ]);
    server.on("GET", "/api/v1/org/credentials", [Answer::json(200, list)]);
    (server, Env::new())
}

#[test]
fn a_pipe_gets_whole_columns_and_full_times() {
    let (server, env) = two();
    let outcome = server.ankra(&env, "credentials list").ok();
    let expected = "NAME                                PROVIDER                   STATUS   CREATED\n\
         a                                   a-provider-of-some-length  unknown  -\n\
         b-rather-long-name-of-a-credential  hetzner                    unknown  2026-01-02T03:04:05Z\n";
    assert_eq!(outcome.stdout, expected);
    let bare = server.ankra(&env, "credentials list --no-headers").ok();
    assert_eq!(bare.stdout.lines().count(), 2);
    assert!(server.ankra(&env, "credentials list -o wide").ok().stdout.contains("ORGANISATION"));
}

#[test]
fn h50_a_terminal_of_any_width_is_kept_to() {
    let (server, env) = two();
    for columns in [120, 80, 40, 20, 5] {
        let mut pty = Pty::sized(server.ankra(&env, "credentials list"), columns, |_| {});
        let shown = pty.ok();
        for line in shown.lines() {
            let plain = ["\u{1b}[1m", "\u{1b}[33m", "\u{1b}[0m"]
                .iter()
                .fold(line.to_owned(), |line, own| line.replace(own, ""));
            // A name is never cut: it stands alone where there is no room beside it.
            let is_alone = plain.trim_end() == "b-rather-long-name-of-a-credential";
            assert!(plain.chars().count() <= usize::from(columns) || is_alone, "{columns}: {line:?}");
        }
        assert!(shown.contains("NAME"), "{columns}: {shown}");
    }
    let mut pty = Pty::sized(server.ankra(&env, "credentials list"), 0, |_| {});
    assert!(pty.ok().contains("NAME"));
    let mut pty = Pty::sized(server.ankra(&env, "credentials list"), 100, |_| {});
    assert!(pty.ok().contains(" ago"), "times are relative on a terminal");
}

#[test]
fn h50_colour_is_for_terminals_that_want_it() {
    let (server, env) = two();
    let bold = |run: Run| {
        let mut pty = Pty::start(run);
        pty.ok().contains('\u{1b}')
    };
    let list = || server.ankra(&env, "credentials list");
    assert!(bold(list()));
    assert!(!bold(list().env("NO_COLOR", "1")));
    assert!(!bold(list().env("TERM", "dumb")));
    assert!(!bold(list().arg("--color").arg("never")));
    assert!(bold(list().arg("--color").arg("always").env("NO_COLOR", "1")));
    assert!(!list().ok().stdout.contains('\u{1b}'));
}

#[test]
fn an_empty_list_is_empty_in_every_format() {
    let env = Env::new();
    let list = |format: &str| env.line(&format!("--sandbox credentials list -o {format}")).ok();
    assert_eq!(
        (list("json").stdout.as_str(), list("yaml").stdout.as_str(), list("name").stdout.as_str()),
        ("[]\n", "[]\n", "")
    );
    list("table").says(&["No credentials in organisation sandbox of the sandbox."]);
}

#[test]
fn yaml_reads_back_as_it_was() {
    let tricky = ["no", "1e3", "0x1F", "null", "- x", "a: b", "two\nlines", "", " blank ", "\u{202e}"];
    let server = FaultServer::start();
    let list: Vec<Value> =
        tricky.iter().map(|name| json!({"id": ID, "name": name, "provider": "p"})).collect();
    server.on("GET", "/api/v1/org/credentials", [Answer::json(200, Value::Array(list))]);
    let outcome = server.ankra(&Env::new(), "credentials list -o yaml").ok();
    let read: Vec<Value> = serde_saphyr::from_str(&outcome.stdout).unwrap();
    let mut names: Vec<&str> = read.iter().map(|one| one["name"].as_str().unwrap()).collect();
    let mut expected = tricky.to_vec();
    names.sort_unstable();
    expected.sort_unstable();
    assert_eq!(names, expected);
}

/// Runs a shell line in which `$A` is the program.
fn shell(env: &Env, server: &FaultServer, line: &str) -> Outcome {
    let mut run = env.program("bash");
    run.command.args(["-c", &format!("set -o pipefail; {line}")]);
    run.env("A", crate::support::ankra_path())
        .env("ANKRA_BASE_URL", server.url())
        .env("ANKRA_API_TOKEN", "token-of-the-test")
        .run()
}

#[test]
fn h85_a_full_disk_or_a_closed_pipe_is_never_a_success() {
    let env = Env::new();
    let server = FaultServer::start();
    let many: Vec<Value> =
        (0..20_000).map(|n| json!({"id": ID, "name": format!("n{n}"), "provider": "hetzner"})).collect();
    server.on("GET", "/api/v1/org/credentials", [Answer::json(200, Value::Array(many))]);
    for (format, _) in Format::NAMED {
        let outcome = shell(&env, &server, &format!("$A credentials list -o {format} >/dev/full"));
        assert_eq!(outcome.code, Some(1), "{outcome}");
        outcome.says(&["cannot write the result: No space left on device"]);
        assert!(!outcome.stderr.contains("os error"), "{outcome}");
        let outcome = shell(&env, &server, &format!("$A credentials list -o {format} | head -1"));
        assert_eq!((outcome.code, outcome.stderr.as_str()), (Some(141), ""), "{outcome}");
    }
    for line in ["$A --help >/dev/full", "$A --version >/dev/full", "$A completion bash >/dev/full"] {
        assert_eq!(shell(&env, &server, line).code, Some(1), "{line}");
    }
}

#[test]
fn quiet_leaves_results_warnings_and_errors() {
    let env = Env::new();
    let line = "--sandbox credentials hetzner create --name my-token --api-token-stdin -q";
    let outcome = env.line(line).stdin(hetzner_token()).ok();
    assert!(outcome.stderr.is_empty() && outcome.stdout.contains("my-token"), "{outcome}");
    let outcome = env.line(&line.replace("my-token", "other")).stdin("short").fails(1);
    outcome.says(&["warning:", "error:"]);
}

#[test]
fn verbose_tells_what_is_asked_of_the_platform() {
    let (server, env) = two();
    server
        .ankra(&env, "credentials list -v")
        .ok()
        .says(&["GET http://127.0.0.1:", "/api/v1/org/credentials -> 200 in "]);
    assert_eq!(server.ankra(&env, "credentials list").ok().stderr, "");
}

#[test]
fn the_keys_of_json_are_stable() {
    let env = Env::new();
    let keys = |line: &str, stdin: String| {
        let value = env.line(&format!("--sandbox {line} -o json")).stdin(stdin).ok().json();
        let one = if value.is_array() { value[0].clone() } else { value };
        one.as_object().unwrap().keys().cloned().collect::<Vec<_>>().join(" ")
    };
    let table = [
        (
            "credentials hetzner create --name my-token --api-token-stdin",
            "action created_at id name organisation platform profile provider",
        ),
        (
            "credentials hetzner list",
            "account_login account_type available created_at expires_at health id last_synced_at name organisation_id provider state status syncing system updated_at",
        ),
        (
            "credentials get my-token",
            "account_login account_type available clusters created_at description expires_at health id installation_id last_synced_at name organisation_id owner project_id provider registries repository ssh_public_key state status syncing system updated_at username",
        ),
        (
            "credentials registry create --name my-ghcr --username u --password-stdin",
            "action created_at id name organisation platform profile provider",
        ),
        (
            "credentials registry set my-ghcr --username u --password-stdin",
            "action created_at id name organisation platform profile provider",
        ),
        (
            "credentials registry list",
            "account_login account_type available created_at expires_at health id last_synced_at name organisation_id provider state status syncing system updated_at",
        ),
        ("credentials validate another", "message name valid"),
        (
            "credentials ovh ssh-key create --name my-key --generate",
            "action algorithm encrypted fingerprint fingerprint_md5 id name organisation platform private_key_file profile provider public_key public_key_file",
        ),
        (
            "credentials ssh-key list",
            "account_login account_type available created_at expires_at fingerprint fingerprint_md5 health id last_synced_at name organisation_id provider ssh_public_key state status syncing system updated_at",
        ),
        (
            "status",
            "kept_in organisation organisation_from organisation_id other_profiles platform profile role token_expires_at token_from token_name user",
        ),
        (
            "credentials hetzner create --name x --dry-run",
            "body method organisation platform profile url would_be_sent",
        ),
    ];
    for (line, expected) in table {
        assert_eq!(keys(line, hetzner_token()), expected, "{line}");
    }
}
