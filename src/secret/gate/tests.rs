use proptest::prelude::*;

use super::{Field, Form, Passed, Shape, pass};
use crate::ssh::KeyPair;

/// Sixteen capitals: the form is known.
const TOKEN: Field = Field {
    form: |text| {
        if text.len() == 16 && text.bytes().all(|b| b.is_ascii_uppercase()) {
            Form::Usual
        } else {
            Form::Unusual("a token has 16 capitals")
        }
    },
    ..Field::new("token", "token")
};
const GOOD: &str = "CANARYCANARYCANA";
const PASSWORD: Field = Field { shape: Shape::LineOrKey, ..Field::new("password", "password") };
const PHRASE: Field = Field { shape: Shape::Phrase, ..Field::new("passphrase", "passphrase") };

/// What is taken, with what was cut and what is doubted; or why it is refused. Never with the canary
/// in a word of this program.
fn outcome(text: &str, field: &Field, insist: bool) -> Result<(String, String), String> {
    match pass(text, field, insist) {
        Ok(Passed { value, cut, doubts }) => {
            let said = [cut, doubts].concat().join("; ");
            assert!(!said.contains("CANARY"), "{said}");
            Ok((value.expose().to_owned(), said))
        }
        Err(refusal) => {
            let shown = format!("{refusal:?}");
            assert!(!shown.contains("CANARY"), "{shown}");
            Err(refusal.causes().join("; "))
        }
    }
}

fn taken(text: &str, field: &Field) -> (String, String) {
    outcome(text, field, false).unwrap_or_else(|why| panic!("{text:?}: {why}"))
}

fn refusal(text: &str, field: &Field) -> String {
    match outcome(text, field, false) {
        Ok((value, said)) => panic!("{text:?} is taken as {value:?}: {said}"),
        Err(why) => why,
    }
}

/// What people bring along, what is said of it, and what it is around.
const AROUND: &[(&str, &str, &str)] = &[
    (" ", "", "a blank at its beginning"),
    ("", " ", "a blank at its end"),
    ("", "\t", "a blank at its end"),
    ("\u{a0}", "", "a blank at its beginning"),
    ("", "\u{3000}", "a blank at its end"),
    ("", "\u{200b}", "an invisible character (U+200B)"),
    ("\u{feff}", "", "an invisible character (U+FEFF)"),
    ("\u{202a}", "\u{202c}", "an invisible character (U+202A)"),
    ("\"", "\"", "quotes around it"),
    ("'", "'", "quotes around it"),
    ("`", "`", "quotes around it"),
    ("\u{201c}", "\u{201d}", "quotes around it"),
    ("API_TOKEN=", "", "NAME= before it"),
    ("export API_TOKEN=", "", "NAME= before it"),
    ("Bearer ", "", "Bearer before it"),
    ("Authorization: bearer ", "", "Bearer before it"),
    ("", " # prod", "a comment behind it"),
];

#[test]
fn h90_what_is_around_a_known_form_is_cut_and_said() {
    for (before, after, said) in AROUND {
        let text = format!("{before}{GOOD}{after}");
        let (value, cut) = taken(&text, &TOKEN);
        assert_eq!(value, GOOD, "{text:?}");
        assert!(cut.contains(said), "{text:?}: {cut}");
    }
    let (value, cut) = taken("export API_TOKEN=\"CANARYCANARYCANA\" # prod", &TOKEN);
    assert_eq!(
        (value.as_str(), cut.as_str()),
        (GOOD, "NAME= before it; a comment behind it; quotes around it")
    );
}

#[test]
fn h90_what_is_around_an_unknown_form_is_refused_unless_a_person_insists() {
    for (before, after, said) in AROUND {
        let text = format!("{before}{GOOD}{after}");
        for field in [&PASSWORD, &Field::new("key", "key")] {
            let why = refusal(&text, field);
            assert!(why.starts_with("it has ") && why.contains(said), "{text:?}: {why}");
        }
        let insisted = outcome(&text, &PASSWORD, true);
        if text.contains('\t') {
            assert!(insisted.is_err(), "a control character is in no password of HTTP");
            continue;
        }
        let (value, doubt) = insisted.unwrap();
        assert!(value == text && doubt.contains(said), "{text:?}: {doubt}");
        let (value, doubt) = taken(&text, &PHRASE);
        assert!(value == text && doubt.contains(said), "{text:?}: {doubt}");
    }
}

#[test]
fn ordinary_values_pass_as_they_are() {
    for text in [
        "hunter2",
        "pässwörd 1!",
        "correct horse battery staple",
        "a=b",
        "AB=c",
        "ABCD=",
        "ABCD==",
        "it's",
        "\"half",
        "#hash",
        "a#b",
        "{braces}",
        "bearer",
        "- dash",
        "<tag>",
        "ssh-key",
        "日本語",
        "e\u{301}",
        "👍",
        "a\\b",
        "50%",
    ] {
        for field in [&PASSWORD, &PHRASE, &Field::new("key", "key")] {
            assert_eq!(taken(text, field), (text.to_owned(), String::new()), "{text:?}");
        }
    }
}

#[test]
fn h48_h91_one_line_break_at_the_end_is_not_part_of_it() {
    for (text, left) in [("a", "a"), ("a\n", "a"), ("a\r\n", "a")] {
        assert_eq!(taken(text, &PASSWORD).0, left, "{text:?}");
    }
    for text in ["", "\n", "\r\n"] {
        assert_eq!(refusal(text, &PASSWORD), "it is empty", "{text:?}");
    }
    for text in [" ", "\"\"", "' '", "\u{200b}"] {
        let why = refusal(text, &PASSWORD);
        assert!(why.contains("it has") || why.contains("nothing but"), "{text:?}: {why}");
    }
}

#[test]
fn h89_several_lines_are_refused_but_for_a_key() {
    for text in [
        "CANARY\n\n",
        "\nCANARY",
        "CANARY\r\n\r\n",
        "CANARY\r",
        "CANARY\n\r",
        "CANARY\nlogin: octocat\nurl: ghcr.io\n",
        "notice: new version available\nCANARY\n",
        "CANARY\nwarning: update\n",
    ] {
        for insist in [false, true] {
            for field in [&TOKEN, &PASSWORD, &PHRASE] {
                assert_eq!(
                    outcome(text, field, insist).unwrap_err(),
                    "it has more than one line",
                    "{text:?}"
                );
            }
        }
    }
    let key = "{\n  \"type\": \"service_account\",\r\n\t\"private_key\": \"a\\nb\"\n}\n";
    assert_eq!(taken(key, &PASSWORD).0, key.trim_end_matches('\n'));
    assert_eq!(refusal(key, &TOKEN), "it is JSON, and no key file");
}

#[test]
fn h94_base64_of_a_key_is_taken_as_other_tools_write_it() {
    use base64ct::{Base64, Encoding};

    for extra in ["", "a", "aa"] {
        let whole =
            Base64::encode_string(format!("{{\"private_key\":\"{extra}{}\"}}", "x".repeat(200)).as_bytes());
        assert_eq!(taken(&whole, &PASSWORD), (whole.clone(), String::new()));
        let lines: Vec<&str> =
            whole.as_bytes().chunks(76).map(|line| str::from_utf8(line).unwrap()).collect();
        let unpadded = whole.trim_end_matches('=');
        for text in [lines.join("\n"), lines.join("\r\n") + "\r\n", format!("{unpadded}\n\n")] {
            assert_eq!(
                taken(&text, &PASSWORD),
                (whole.clone(), "line breaks in its base64".into()),
                "{text:?}"
            );
        }
        assert_eq!(refusal(&lines.join("\n"), &TOKEN), "it has more than one line");
    }
}

#[test]
fn h98_what_is_another_thing_is_called_by_its_name() {
    let pair = KeyPair::generate("test").unwrap();
    let private = pair.to_openssh(None).unwrap();
    for (text, what) in [
        (private.as_str(), "it is a private key"),
        ("PuTTY-User-Key-File-3: ssh-ed25519\nCANARY\n", "it is a private key"),
        (
            "-----BEGIN CERTIFICATE-----\nCANARY\n-----END CERTIFICATE-----\n",
            "it is a certificate or public key",
        ),
        (&pair.public_key().to_line(), "it is an SSH public key"),
        ("<!DOCTYPE html>\n<html>CANARY</html>\n", "it is a web page"),
        ("<html><body>CANARY", "it is a web page"),
        ("{\"auths\": {\"ghcr.io\": {\"auth\": \"CANARY\"}}}", "it is a login file of docker"),
        ("{\n  \"accessToken\": \"CANARY\"\n}\n", "it is JSON with a token in it"),
        ("{\"password\": \"CANARY\"}", "it is JSON, and no key file"),
        ("{\"type\": \"bearer\", \"token\": \"CANARY\"}", "it is JSON, and no key file"),
        ("Key         Value\n---         -----\npassword    CANARY\n", "it is a table"),
        ("CANARY\n---\n", "it is a table"),
        ("CANARY\n--\n", "it has more than one line"),
        ("USER=CANARY\nPASSWORD=CANARY\n", "it is dotenv text"),
        ("# ours\nexport PASSWORD=CANARY\n", "it is dotenv text"),
    ] {
        for field in [&PASSWORD, &TOKEN] {
            assert_eq!(refusal(text, field), what);
        }
    }
    let (value, doubt) = outcome("{\"password\": \"x\"}", &PASSWORD, true).unwrap();
    assert_eq!(
        (value.as_str(), doubt.as_str()),
        ("{\"password\": \"x\"}", "password: it is JSON, and no key file")
    );
}

#[test]
fn h97_control_characters_are_refused_whoever_insists() {
    for text in ["CAN\tARY", "CANARY\0", "\u{1b}[31mCANARY", "CANARY\u{7f}", "CANARY\u{85}x", "\u{9b}mCANARY"]
    {
        for field in [&TOKEN, &PASSWORD, &PHRASE] {
            for insist in [false, true] {
                let why = outcome(text, field, insist).unwrap_err();
                assert_eq!(why, "it holds control characters", "{text:?}");
            }
        }
    }
}

proptest! {
    #[test]
    fn any_text_passes_or_is_refused_without_being_repeated(
        text in "[ \\t\\r\\n'\"`=#{}a-zA-Z\u{200b}\u{a0}\u{1b}é]{0,40}",
    ) {
        for field in [&TOKEN, &PASSWORD, &PHRASE] {
            for insist in [false, true] {
                if let Ok((value, _)) = outcome(&text, field, insist) {
                    prop_assert!(!value.is_empty() && !value.contains(char::is_control));
                }
            }
        }
    }
}
