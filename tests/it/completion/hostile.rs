//! Names that a shell could take for more than names.

use std::fs;

use serde_json::json;

use super::{SHELLS, in_each};
use crate::support::{Answer, Env, FaultServer, await_that, gate, id};

pub const NAMES: [&str; 12] = [
    "evil$(touch${IFS}marker)",
    "evil;touch marker;",
    "evil`touch${IFS}marker`",
    "evil'\"",
    "evil\ntouch marker",
    "evil (touch marker)",
    "evil&touch marker|touch marker>marker",
    "--evil=marker",
    "evil%F{red}%(e:touch marker:)",
    "evil\u{1b}]0;marker\u{7}\u{202e}",
    "evil\ttouch marker",
    "evil{a,b}*?[!x]~\\",
];

#[test]
fn h83_a_hostile_name_is_inert_in_completion() {
    let both = SHELLS.map(|kind| [(kind, ""), (kind, "--static")]);
    in_each(both.as_flattened(), |(kind, options)| {
        let env = Env::new();
        let server = FaultServer::start();
        let thing = |(number, name): (u8, &&str)| json!({"id": id(number), "name": name, "provider": name});
        let mut all: Vec<_> = (0..).zip(&NAMES).map(thing).collect();
        // Ids that are none are no way in either.
        all.extend(NAMES.iter().map(|name| json!({"id": name, "name": name, "provider": name})));
        let organisations: Vec<_> = (0..)
            .zip(&NAMES)
            .map(|(number, name)| json!({"organisation_id": id(number), "name": name, "slug": name}))
            .collect();
        let live = options.is_empty();
        if live {
            server.on("GET", "/api/v1/org/credentials", [Answer::json(200, all)]).on(
                "GET",
                "/api/v1/org/organisation",
                [Answer::json(200, organisations)],
            );
        }
        let write_files = || {
            for name in NAMES {
                fs::write(env.work().join(name.replace('/', "")), "").unwrap();
            }
        };
        // Where a busy machine's program gives up, a shell offers files in its own way.
        if !live {
            write_files();
        }
        let mut shell = kind.start(&env, options, |run| {
            run.env("ANKRA_BASE_URL", server.url()).env("ANKRA_API_TOKEN", "token-of-the-test")
        });
        let mut shown = String::new();
        // Names of credentials, providers, organisations and files; each line is run as the shell completed it.
        for line in [
            "ankra credentials get ",
            "ankra credentials get ev",
            "ankra credentials get \"ev",
            "ankra credentials delete ",
            "ankra credentials registry get ",
            "ankra credentials list --provider ",
            "ankra --org ",
            "ankra --org=",
            "ankra --config ev",
            "ankra --config=ev",
            "ankra credentials hetzner create --api-token-from file:ev",
            "ankra credentials hetzner create --api-token-from=file:evil\\;",
            "ankra credentials hetzner ssh-key create --public-key @ev",
            // In a quote that is open yet.
            "ankra --config \"ev",
            "ankra --config='ev",
            "ankra credentials hetzner create --api-token-from \"file:ev",
            "ankra credentials hetzner create --api-token-from='file:ev",
        ] {
            // On a busy machine the program gives up before it has asked, as it should: what is to be
            // offered is asked for until it is.
            if live && line == "ankra --config ev" {
                write_files();
            }
            let is_due = live && ["ankra credentials get ", "ankra --org "].contains(&line);
            let press = || {
                let from = shell.pty.transcript().len();
                shell.pty.send(&format!("{line}\t"));
                shell.settle();
                shell.pty.send("\t");
                shell.settle();
                shell.pty.send("\t");
                shell.settle();
                let now = shell.pty.transcript();
                let is_offered = now[from..].contains(&id(0)[..8]);
                if is_due && !is_offered {
                    shell.clear();
                    return None;
                }
                Some(now)
            };
            let now = await_that(press, || format!("{kind:?}: {line}: its id is never offered"));
            if line.contains("get ") || line.contains("--provider ") || line.contains("--org") {
                shown = now;
            }
            shell.pty.send(" --help >/dev/null 2>&1\r");
            shell.settle();
            if let Some(quote) = line.chars().find(|letter| ['"', '\''].contains(letter)) {
                shell.pty.send(&format!("{quote}\r"));
                shell.settle();
            }
            // Of what is open yet, such as a quote.
            shell.pty.send("\x03");
            shell.settle();
            let marker = env.work().join("marker").exists();
            gate("completed lines that ran a part of a name", marker.into(), 1);
            assert!(!marker, "{kind:?} {options}: {line}: {}", shell.pty.transcript());
        }
        // What is shown of the platform's names cannot act on the terminal.
        let acts = shown.contains("\u{1b}]0;marker") || shown.contains('\u{202e}');
        assert!(!live || !acts, "{kind:?}: {shown}");
        assert_eq!(shown.contains(&id(0)[..8]), live, "by its id: {kind:?} {options}: {shown}");
    });
}
