//! Files as other systems write them: with a byte-order mark, with CRLF, in UTF-16, with Latin-1 in a comment.

use serde_json::json;

use crate::support::{Env, FaultServer, Run, hetzner_token, id, write_private};

const KEY: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl";

/// A kind of file that the program reads.
struct Kind {
    path: &'static str,
    text: String,
    /// A comment as it may stand in such a file, with `ü` in it.
    comment: Option<&'static str>,
    /// Where the comment goes.
    is_comment_last: bool,
    /// What works with the file, and not without it.
    reader: fn(&Env, &FaultServer) -> Run,
}

fn kinds() -> Vec<Kind> {
    let bundle = format!("API_TOKEN={}\n", hetzner_token());
    vec![
        Kind {
            path: "home/bundle",
            text: bundle,
            comment: Some("# für uns\n"),
            is_comment_last: false,
            reader: |env, server| {
                server.ankra(env, "credentials hetzner create --name mine --secrets-from file:~/bundle")
            },
        },
        Kind {
            path: "home/key.pub",
            text: KEY.to_owned(),
            comment: Some(" für@uns\n"),
            is_comment_last: true,
            reader: |env, server| {
                server.ankra(env, "credentials hetzner ssh-key create --name mine --public-key @~/key.pub")
            },
        },
        Kind {
            path: "home/.config/ankra/config.toml",
            text: "base-url = \"SERVER\"\n".to_owned(),
            comment: Some("# für uns\n"),
            is_comment_last: false,
            reader: |env, _| env.line("credentials list").env("ANKRA_API_TOKEN", "token-of-the-test"),
        },
        Kind {
            path: "home/.ankra.yaml",
            text: "token: saved-by-the-other\nbase-url: SERVER\n".to_owned(),
            comment: Some("# für uns\n"),
            is_comment_last: false,
            reader: |env, _| env.line("credentials list"),
        },
        Kind {
            path: "home/.config/ankra/login.toml",
            text: "[default]\ntoken = \"saved\"\nbase-url = \"SERVER\"\n".to_owned(),
            comment: None,
            is_comment_last: false,
            reader: |env, _| env.line("credentials list"),
        },
        Kind {
            path: "home/.docker/config.json",
            text: "{\n  \"auths\": {\"r.example\": {\"auth\": \"b2N0b2NhdDpodW50ZXIyaHVudGVy\"}}\n}\n"
                .to_owned(),
            comment: None,
            is_comment_last: false,
            reader: |env, server| {
                let run =
                    server.ankra(env, "credentials registry create --name mine --from-docker r.example");
                run.env("XDG_RUNTIME_DIR", env.home().join("run"))
            },
        },
    ]
}

#[test]
fn h95_every_file_is_read_as_other_systems_write_it() {
    for kind in kinds() {
        let server = FaultServer::start();
        server.accept_everything(json!({
            "id": id(1), "name": "mine", "provider": "registry", "valid": true, "success": true,
        }));
        let text = kind.text.replace("SERVER", &server.url());
        let read = |bytes: &[u8]| {
            let env = Env::new();
            write_private(&env.work().parent().unwrap().join(kind.path), bytes);
            (kind.reader)(&env, &server).run()
        };
        let windows = format!("\u{feff}{}", text.replace('\n', "\r\n"));
        let mut good = vec![text.clone().into_bytes(), windows.into_bytes()];
        if let Some(comment) = kind.comment {
            let latin =
                |text: &str| text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect::<Vec<_>>();
            let parts = [text.as_str(), comment];
            let whole = if kind.is_comment_last { parts.concat() } else { [comment, &text].concat() };
            good.push(latin(&whole));
        }
        for bytes in good {
            let outcome = read(&bytes);
            assert!(outcome.code == Some(0) && !outcome.stderr.contains("ignored"), "{bytes:?}: {outcome}");
        }
        let before = server.requests().len();
        let wide: Vec<u8> = format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        let outcome = read(&wide);
        assert_ne!(outcome.code, Some(0), "{outcome}");
        outcome.says(&["it is UTF-16 text"]);
        let bad = [b"\xfc", text.as_bytes()].concat();
        read(&bad).says(&["line 1 is not UTF-8 text"]);
        assert_eq!(server.requests().len(), before, "{}: {:?}", kind.path, server.lines());
    }
}
