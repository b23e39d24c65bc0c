use std::{io::Write, time::Duration};

use super::{Field, Gathered, Wanted, gather, listed};
use crate::{
    error::{Error, ErrorKind, Result},
    secret::{Passed, SecretSource, pass},
};

const WAIT: Duration = Duration::from_secs(60);
const KEY: Field =
    Field { other_names: &["OVH_APPLICATION_KEY"], ..Field::new("application-key", "OVH application key") };
const SECRET: Field = Field::new("application-secret", "OVH application secret");
const CONSUMER: Field = Field::new("consumer-key", "OVH consumer key");
const TOKEN: Field = Field { stdin_flag: Some("token"), ..Field::new("api-token", "Hetzner API token") };

fn wanted<'a>(fields: &[(&'a Field, &str)]) -> Result<Vec<Wanted<'a>>> {
    let one = |(field, source): &(&'a Field, &str)| {
        let source = if source.is_empty() { None } else { Some(source.parse()?) };
        Ok(Wanted::new(field, source))
    };
    fields.iter().map(one).collect()
}

fn exposed(found: Vec<Gathered<'_>>, ask: impl Fn(&Field) -> Result<Passed>) -> Result<Vec<String>> {
    found.into_iter().map(|one| Ok(one.ask(&ask)?.value.expose().to_owned())).collect()
}

/// Collects with a person who answers `asked:NAME`.
fn with_person(fields: &[(&Field, &str)], bundle: &str) -> Result<Vec<String>> {
    let bundle: Option<SecretSource> = if bundle.is_empty() { None } else { Some(bundle.parse()?) };
    let ask = |field: &Field| pass(&format!("asked:{}", field.name), field, false);
    exposed(gather(&wanted(fields)?, bundle.as_ref(), true, false, WAIT)?, ask)
}

fn alone(fields: &[(&Field, &str)], bundle: &str) -> Result<Vec<String>> {
    let bundle: Option<SecretSource> = if bundle.is_empty() { None } else { Some(bundle.parse()?) };
    let nobody = |_: &Field| -> Result<Passed> { panic!("there is nobody to ask") };
    exposed(gather(&wanted(fields)?, bundle.as_ref(), false, false, WAIT)?, nobody)
}

fn refusal(outcome: Result<Vec<String>>) -> Error {
    match outcome {
        Ok(_) => panic!("nothing was refused"),
        Err(error) => error,
    }
}

fn file_of(text: &str) -> std::io::Result<(tempfile::NamedTempFile, String)> {
    let mut file = tempfile::NamedTempFile::new()?;
    file.write_all(text.as_bytes())?;
    let source = format!("file:{}", file.path().display());
    Ok((file, source))
}

#[test]
fn a_source_beats_the_bundle_and_the_bundle_beats_the_prompt()
-> std::result::Result<(), Box<dyn std::error::Error>> {
    let (_file, bundle) = file_of(r#"{"application_key": "bundled", "application_secret": "bundled"}"#)?;
    let fields = [(&CONSUMER, ""), (&KEY, "command:echo own"), (&SECRET, "")];
    assert_eq!(with_person(&fields, &bundle)?, ["asked:consumer-key", "own", "bundled"]);
    assert_eq!(with_person(&fields, "")?, ["asked:consumer-key", "own", "asked:application-secret"]);
    let fields = [(&KEY, "prompt"), (&SECRET, "")];
    assert_eq!(with_person(&fields, &bundle)?, ["asked:application-key", "bundled"]);
    Ok(())
}

#[test]
fn nobody_is_asked_before_every_other_source_is_read() -> Result<()> {
    let wanted = wanted(&[(&KEY, ""), (&SECRET, "file:/nonexistent/file")])?;
    let early = |_: &Field| -> Result<Passed> { panic!("asked before the file was read") };
    let error = refusal(gather(&wanted, None, true, false, WAIT).and_then(|found| exposed(found, early)));
    assert_eq!(error.message(), "no usable OVH application secret from file:...");
    Ok(())
}

#[test]
fn a_bundle_that_is_not_needed_is_not_read() -> Result<()> {
    assert_eq!(alone(&[(&KEY, "command:echo own")], "file:/nonexistent/file")?, ["own"]);
    Ok(())
}

#[test]
fn two_readers_of_standard_input_are_refused_with_their_flags() {
    let key_and_secret =
        "--application-key-from and --application-secret-from cannot all read standard input";
    for (first, second) in [
        ("stdin", "stdin"),
        ("stdin", "fd:0"),
        ("fd:0", "file:/dev/stdin"),
        ("file:/dev/fd/0", "file:/proc/self/fd/0"),
    ] {
        let error = refusal(with_person(&[(&KEY, first), (&CONSUMER, ""), (&SECRET, second)], ""));
        assert_eq!(error.kind(), ErrorKind::Usage);
        assert_eq!(error.message(), key_and_secret);
    }
    let error = refusal(with_person(&[(&KEY, "stdin"), (&SECRET, "")], "stdin"));
    assert_eq!(error.message(), "--application-key-from and --secrets-from cannot all read standard input");
    let error = refusal(with_person(&[(&KEY, "fd:7"), (&SECRET, "file:/dev/fd/7")], ""));
    assert_eq!(
        error.message(),
        "--application-key-from and --application-secret-from cannot all read file descriptor 7"
    );
}

#[test]
fn h47_without_a_person_every_missing_secret_is_named_with_its_flags() {
    let error = refusal(alone(&[(&KEY, ""), (&SECRET, "file:/nonexistent/file"), (&CONSUMER, "prompt")], ""));
    assert_eq!(error.kind(), ErrorKind::Usage);
    assert_eq!(error.message(), "missing: OVH application key, OVH consumer key");
    assert_eq!(
        error.hints().iter().map(ToString::to_string).collect::<Vec<_>>(),
        [
            "give --application-key-from SOURCE and --consumer-key-from SOURCE, \
             where SOURCE is stdin, file:PATH, env:VAR, command:CMD or fd:N",
            "or give --secrets-from SOURCE: one JSON object or KEY=VALUE lines",
        ]
    );
}

#[test]
fn h47_the_conventional_short_flag_is_named_too() {
    let error = refusal(alone(&[(&TOKEN, "")], ""));
    assert_eq!(error.message(), "missing: Hetzner API token");
    assert_eq!(error.hints()[1].to_string(), "or pipe it in with --api-token-stdin");
}

#[test]
fn what_the_bundle_lacks_is_named_before_other_sources_are_read()
-> std::result::Result<(), Box<dyn std::error::Error>> {
    let (_file, bundle) = file_of("APPLICATION_KEY=k\n")?;
    let fields = [(&KEY, ""), (&SECRET, "file:/nonexistent/file"), (&CONSUMER, "")];
    let error = refusal(alone(&fields, &bundle));
    assert_eq!(error.message(), format!("{bundle} has no CONSUMER_KEY (it has APPLICATION_KEY)"));
    Ok(())
}

#[test]
fn a_bundle_cannot_be_a_prompt() {
    assert_eq!(refusal(with_person(&[(&KEY, "")], "prompt")).message(), "--secrets-from cannot be a prompt");
}

#[test]
fn a_bundled_value_is_held_to_the_rules_of_its_field() -> std::result::Result<(), Box<dyn std::error::Error>>
{
    for value in ["CANARY\u{1b}[0m", "", "CANARY\nCANARY"] {
        let (_file, bundle) = file_of(&serde_json::json!({ "application_key": value }).to_string())?;
        let error = refusal(alone(&[(&KEY, "")], &bundle));
        assert_eq!(error.message(), format!("no usable OVH application key from {bundle}"));
        assert!(!format!("{error:?}").contains("CANARY"));
    }
    Ok(())
}

#[test]
fn words_are_listed_like_a_person_lists_them() {
    let words: Vec<String> = ["a", "b", "c"].map(str::to_owned).to_vec();
    let all: Vec<String> = (0..4).map(|count| listed(&words[..count], "and")).collect();
    assert_eq!(all, ["", "a", "a and b", "a, b and c"]);
}

#[test]
fn what_was_found_is_not_asked_for_and_hidden_unless_it_may_be_shown() -> Result<()> {
    let user = Field { is_public: true, ..Field::new("username", "user name") };
    for (field, secret) in [(&TOKEN, Some("value")), (&user, None)] {
        let found = Gathered::of(field, Some(pass("value", field, false)?));
        assert_eq!(found.secret().map(crate::secret::Secret::expose), secret, "{}", field.name);
        assert!(!found.is_open());
        let missing = Gathered::of(field, None);
        assert!(missing.is_open() && missing.secret().is_none());
    }
    Ok(())
}
