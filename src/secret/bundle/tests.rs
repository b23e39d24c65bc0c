use std::{io::Write, time::Duration};

use proptest::prelude::*;

use super::{Field, SecretSource, read};
use crate::secret::Shape;

const WAIT: Duration = Duration::from_secs(60);
const KEY: Field =
    Field { other_names: &["OVH_APPLICATION_KEY"], ..Field::new("application-key", "OVH application key") };
const SECRET: Field = Field {
    shape: Shape::KeyFile,
    other_names: &["OVH_APPLICATION_SECRET"],
    ..Field::new("application-secret", "OVH application secret")
};

/// `key/secret`, `-` for what is missing, or why the text is refused; never with the canary.
fn outcome(text: impl AsRef<[u8]>) -> String {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(text.as_ref()).unwrap();
    match read(&SecretSource::File(file.path().into()), &[&KEY, &SECRET], false, WAIT) {
        Ok(bundle) => {
            let shown = bundle.values.iter().map(|value| {
                value.as_ref().map_or("-".to_owned(), |passed| {
                    [&[passed.value.expose().into()], &passed.cut[..]].concat().join(", without ")
                })
            });
            shown.collect::<Vec<_>>().join("/")
        }
        Err(error) => {
            let shown = format!("{error:?}");
            assert!(!shown.contains("CANARY"), "{shown}");
            error.causes().join(", ")
        }
    }
}

/// What is said where both are missing.
fn lacks(text: &str) -> String {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(text.as_bytes()).unwrap();
    let source = SecretSource::File(file.path().into());
    let error = read(&source, &[&KEY, &SECRET], false, WAIT).unwrap().lacks(&[&KEY, &SECRET]);
    let hints: Vec<String> = error.hints().iter().map(ToString::to_string).collect();
    assert_eq!(
        hints[0],
        "the key of the OVH application key is application_key or OVH_APPLICATION_KEY, in any letter case"
    );
    let shown = format!("{error:?}");
    assert!(!shown.contains("s3cr3t"), "{shown}");
    error.message().replace(&format!("file:{}", file.path().display()), "it")
}

#[test]
fn one_json_object_holds_all_secrets() {
    for (text, found) in [
        (r#"{"application_key": "k", "application_secret": "s"}"#, "k/s"),
        (r#"{"application-key": "k", "application-secret": "s"}"#, "k/s"),
        (r#" {"application_secret": "s\n\"q\" \u00e9", "more": {"a": [1, null]}} "#, "-/s\n\"q\" \u{e9}"),
        (r#"{"ovh_application_key": "k", "APPLICATION_SECRET": "s"}"#, "k/s"),
        ("\u{feff}{}", "-/-"),
    ] {
        assert_eq!(outcome(text), found, "{text}");
    }
}

#[test]
fn h93_a_key_counts_in_each_spelling_and_letter_case() {
    for name in
        ["application_key", "APPLICATION-KEY", "applicationKey", "OVH_APPLICATION_KEY", "ovh-applicationKey"]
    {
        assert_eq!(outcome(format!(r#"{{"{name}": "k"}}"#)), "k/-", "{name}");
        assert_eq!(outcome(format!("{name}=k")), "k/-", "{name}");
    }
}

#[test]
fn h93_the_keys_that_were_found_are_named_and_nothing_that_may_be_a_secret() {
    for (text, said) in [
        ("{}", "it has no application_key and application_secret (it is empty)"),
        ("# none", "it has no APPLICATION_KEY and APPLICATION_SECRET (it is empty)"),
        (r#"{"token": "s3cr3t"}"#, "it has no application_key and application_secret (it has token)"),
        ("GHCR_TOKEN=s3cr3t", "it has no APPLICATION_KEY and APPLICATION_SECRET (it has GHCR_TOKEN)"),
        ("S3_KEY=s3cr3t", "it has no APPLICATION_KEY and APPLICATION_SECRET (it has S3_KEY)"),
        ("_TOKEN=s3cr3t", "it has no APPLICATION_KEY and APPLICATION_SECRET (it has _TOKEN)"),
        ("1S3CR3T=", "it has no APPLICATION_KEY and APPLICATION_SECRET (it has a key that is no plain word)"),
        ("s3cr3t=\nPORT=1", "it has no APPLICATION_KEY and APPLICATION_SECRET (it has PORT and 1 more)"),
        (
            r#"{"s3cr3t": "", "\u001b[31m": ""}"#,
            "it has no application_key and application_secret (it has 2 keys that are no plain words)",
        ),
    ] {
        assert_eq!(lacks(text), said, "{text}");
    }
    let many: String = ('A'..='Z').flat_map(|letter| [letter, '=', '1', '\n']).collect();
    assert!(lacks(&many).ends_with("(it has A, B, C, D, E, F, G, H and 18 more)"), "{}", lacks(&many));
}

#[test]
fn h21_a_json_value_of_another_type_is_refused_and_not_repeated() {
    for value in ["12345678901234567890", "-1", "1.5", "true", "null", r#"["CANARY"]"#, r#"{"a":"CANARY"}"#] {
        let text = format!(r#"{{"application_key": {value}, "application_secret": "CANARY"}}"#);
        assert_eq!(outcome(&text), "application_key is not a string", "{text}");
    }
}

#[test]
fn json_that_is_broken_is_refused_and_not_repeated() {
    for (text, refusal) in [
        (r#"{"application_key": CANARY}"#, "it is not one JSON object: line 1, column 21"),
        (r#"{"application_key": "CANARY"#, "it is not one JSON object: line 1, column 27"),
        (r#"{"application_key": "a"} "CANARY""#, "it is not one JSON object: line 1, column 26"),
        ("{\n\"application_key\": \"CANARY\",\n}", "it is not one JSON object: line 3, column 1"),
    ] {
        assert_eq!(outcome(text), refusal, "{text}");
    }
    let deep = format!(r#"{{"application_key": {}"#, "[".repeat(100_000));
    assert!(outcome(&deep).starts_with("it is not one JSON object"), "{}", outcome(&deep));
}

#[test]
fn two_values_for_one_secret_are_refused_by_their_keys() {
    for (text, names) in [
        (r#"{"application_key": "CANARY", "application_key": "a"}"#, "application_key and application_key"),
        (r#"{"application_key": "CANARY", "applicationKey": "a"}"#, "application_key and applicationKey"),
        ("application_key=CANARY\nOVH_APPLICATION_KEY=a", "application_key and OVH_APPLICATION_KEY"),
    ] {
        assert_eq!(outcome(text), format!("it has two values for application_key: {names}"), "{text}");
    }
    assert_eq!(outcome("application_key=k\nOVH_APPLICATION_KEY='k'\n"), "k/-");
}

#[test]
fn h92_a_comment_behind_a_value_is_left_out_and_said() {
    assert_eq!(outcome("APPLICATION_KEY=k # prod"), "k, without a comment behind it/-");
    assert_eq!(outcome("APPLICATION_KEY='k' # prod"), "k/-");
}

#[test]
fn text_of_neither_form_is_refused_and_not_repeated() {
    for (text, refusal) in [
        ("", "it is empty"),
        (" \n ", "it is empty"),
        ("CANARY", "line 1 is not KEY=VALUE, nor is it a JSON object"),
        ("APPLICATION_KEY=''", "it is empty"),
    ] {
        assert_eq!(outcome(text), refusal, "{text}");
    }
}

#[test]
fn h95_a_bundle_is_read_as_other_systems_write_it() {
    let mut wide = vec![0xff, 0xfe];
    wide.extend("APPLICATION_KEY=k".encode_utf16().flat_map(u16::to_le_bytes));
    for (bytes, found) in [
        (
            &b"\xef\xbb\xbf# M\xfcller\r\n\r\nAPPLICATION_KEY = k # \xe9 \r\n"[..],
            "k, without a comment behind it/-",
        ),
        (b"APPLICATION_SECRET=\"s\r\nt\"\r\n", "-/s\nt"),
        (&wide, "it is UTF-16 text"),
        (b"\nAPPLICATION_KEY=CANARY\xff", "line 2 is not UTF-8 text"),
    ] {
        assert_eq!(outcome(bytes), found, "{bytes:?}");
    }
}

proptest! {
    #[test]
    fn any_value_comes_back_from_json(value in "[a-z\\\\\"'{}=#$é]{1,30}") {
        let text = serde_json::json!({"application_secret": value, "b": value}).to_string();
        prop_assert_eq!(outcome(&text), format!("-/{}", value));
    }

    #[test]
    fn any_bytes_are_survived(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        outcome(bytes);
    }
}
