//! Answers that repeat a secret in some notation, where nothing went wrong and where something did.

use base64ct::{Base64, Base64Url, Encoding};
use serde_json::{Value, json};

use super::{FORMATS, search::loud};
use crate::support::{Answer, Env, FaultServer, ID, ORGANISATION, Outcome, gate, unique};

/// So many characters of a secret in a row are never shown.
const RUN: usize = 12;

/// A notation by its name: how `secret` is written, and the pieces of that of which none may be shown.
struct Notation {
    name: &'static str,
    text: String,
    pieces: Vec<String>,
}

fn notations(secret: &str) -> Vec<Notation> {
    let whole = |name, text: String| {
        let windows = text.as_bytes().windows(RUN).map(|run| String::from_utf8_lossy(run).into_owned());
        let pieces = windows.collect();
        Notation { name, text, pieces }
    };
    let each = |name, write: fn(u32) -> String| {
        let parts: Vec<String> = secret.chars().map(|c| write(u32::from(c))).collect();
        let pieces = parts.windows(RUN).map(<[String]>::concat).collect();
        Notation { name, text: parts.concat(), pieces }
    };
    let encoded = |before: &str| format!("{before}{secret}");
    vec![
        whole("itself", secret.to_owned()),
        whole("upper case", secret.to_uppercase()),
        whole("lower case", secret.to_lowercase()),
        whole("its beginning", secret[..RUN + 3].to_owned()),
        whole("its end", secret[secret.len() - RUN..].to_owned()),
        whole("its middle", secret[5..5 + RUN].to_owned()),
        whole("base64", Base64::encode_string(encoded("").as_bytes())),
        whole("base64 behind one", Base64::encode_string(encoded("u").as_bytes())[4..].to_owned()),
        whole("base64 behind two", Base64Url::encode_string(encoded("us").as_bytes())[4..].to_owned()),
        each("hex", |number| format!("{number:02x}")),
        each("capital hex", |number| format!("{number:02X}")),
        each("as in a URL", |number| format!("%{number:02x}")),
        each("as in JSON", |number| format!("\\u{number:04x}")),
        each("as in C", |number| format!("\\x{number:02x}")),
        each("as in HTML", |number| format!("&#{number};")),
        each("with blanks of no width", |number| format!("{}\u{200b}", char::from_u32(number).unwrap())),
    ]
}

/// The notations that are shown, as they are or with their escapes escaped.
fn shown(outcome: &Outcome, notations: &[Notation]) -> Vec<&'static str> {
    let text = format!("{}{}", outcome.stdout, outcome.stderr);
    let texts = [
        text.replace("\\\\", "\\"),
        text.replace("\\u{200b}", "\u{200b}"),
        text.replace("\\u200b", "\u{200b}"),
    ];
    let is_shown = |one: &&Notation| {
        texts.iter().any(|text| one.pieces.iter().any(|piece| text.contains(piece.as_str())))
    };
    notations.iter().filter(is_shown).map(|one| one.name).collect()
}

/// What repeats `text` in every field that is shown anywhere.
fn thing(text: &str) -> Value {
    json!({
        "id": ID, "name": text, "provider": text, "created_at": text, "updated_at": text, "username": text,
        "organisation_id": ORGANISATION, "slug": text, "user_current": true, "role": text, "valid": true,
        "success": true, "clusters": [{"name": text}], "ssh_public_key": text, "url": text, "last_sync_error": text,
    })
}

#[test]
fn h123_a_secret_that_is_returned_in_any_notation_is_not_shown() {
    const COMMANDS: [&str; 12] = [
        "credentials audit",
        "credentials list",
        "credentials hetzner list",
        "credentials ovh ssh-key list",
        "credentials registry list",
        "credentials registry get my-charts",
        "credentials get 6f1dbe5c-3f0c-4a5e-9d3f-0a6f5b1c2d3e",
        "credentials validate my-name",
        "credentials hetzner create --name my-name --api-token-from env:OTHER",
        "credentials registry update my-charts --username u --password-from env:OTHER",
        "status",
        "--org somewhere credentials list",
    ];
    let (mut bad, mut all) = (Vec::new(), 0);
    for command in COMMANDS {
        for format in FORMATS {
            for failure in [None, Some(400), Some(200)] {
                let secret = unique("Canary", 48);
                let notations = notations(&secret);
                let text = notations.iter().map(|one| one.text.as_str()).collect::<Vec<_>>().join(" | ");
                let server = FaultServer::start();
                match failure {
                    None => server.accept_everything(thing(&text)),
                    Some(400) => {
                        server.on_every_request(Answer::json(400, json!({"detail": text, "message": text})));
                    }
                    Some(status) => {
                        let errors = json!([{"key": text, "message": text}]);
                        server.on_every_request(Answer::json(
                            status,
                            json!({"success": false, "errors": errors}),
                        ));
                    }
                }
                let env = Env::new();
                let run = loud(server.ankra(&env, &format!("{command} -o {format}")));
                // The token is what every command sends; a secret that is stored is another.
                let (key, other) = if command.contains("OTHER") {
                    ("OTHER", "ANKRA_API_TOKEN")
                } else {
                    ("ANKRA_API_TOKEN", "OTHER")
                };
                let outcome = run.env(key, &secret).env(other, unique("other", 40)).run();
                all += notations.len();
                let found = shown(&outcome, &notations);
                if !found.is_empty() {
                    bad.push(format!("{found:?}: {outcome}"));
                }
            }
        }
    }
    gate("secrets returned in an answer and shown", bad.len(), all);
    assert!(bad.is_empty(), "{}", bad.join("\n\n"));
}
