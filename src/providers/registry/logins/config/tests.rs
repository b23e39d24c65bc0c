use proptest::prelude::*;

use super::{DockerConfig, Kept, RegistryHost};

fn wanted(text: &str) -> RegistryHost {
    text.parse().unwrap_or_else(|why| panic!("{text}: {why}"))
}

/// What `file` keeps for `host`: `user:password`, `token`, `-` for nothing, or why it is of no use.
fn kept(file: &str, host: &str) -> String {
    let file = DockerConfig::parse(file.as_bytes()).unwrap_or_else(|place| panic!("{place:?}: {file}"));
    let found = file.find(&wanted(host));
    match found.kept {
        Some(Kept::Login(login)) => format!("{}:{}", login.username, login.password.expose()),
        Some(Kept::Token) => "token".to_owned(),
        Some(Kept::Unusable(why)) => (*why).to_owned(),
        None => "-".to_owned(),
    }
}

/// A file with one entry for ghcr.io.
fn entry(entry: &str) -> String {
    kept(&format!("{{\"auths\": {{\"ghcr.io\": {entry}}}}}"), "ghcr.io")
}

#[test]
fn an_entry_is_read_as_docker_reads_it() {
    for (text, what) in [
        (r#"{"auth": "dXNlcjpwYXNz"}"#, "user:pass"),
        // user:pa:ss
        (r#"{"auth": "dXNlcjpwYTpzcw=="}"#, "user:pa:ss"),
        (r#"{"auth": "dXNlcjpwYTpzcw"}"#, "user:pa:ss"),
        // user:pass and two NULs
        (r#"{"auth": "dXNlcjpwYXNzAAA="}"#, "user:pass"),
        (r#"{"auth": "dXNlcjpwYXNz", "username": "other", "password": "other"}"#, "user:pass"),
        (r#"{"username": "user", "password": "p\"\u00e9"}"#, "user:p\"\u{e9}"),
        (r#"{"auth": "", "username": "user", "password": "pass"}"#, "user:pass"),
        (r#"{"auth": "x", "auth": "dXNlcjpwYXNz"}"#, "user:pass"),
        (r#"{"identitytoken": "abc"}"#, "token"),
        (r#"{"auth": "dXNlcjpwYXNz", "identitytoken": "abc"}"#, "token"),
        (r#"{"registrytoken": "abc"}"#, "token"),
        ("{}", "-"),
        (r#"{"email": "a@b"}"#, "-"),
        ("null", "-"),
        ("[1, [2]]", "-"),
        ("\"dXNlcjpwYXNz\"", "-"),
        (r#"{"auth": 5}"#, "-"),
        (r#"{"auth": {"auth": "dXNlcjpwYXNz"}}"#, "-"),
        (r#"{"auth": "%%%"}"#, "its auth is not base64"),
        (r#"{"auth": "dXNlcjpwYXNz=="}"#, "its auth is not base64"),
        (r#"{"auth": "/////w=="}"#, "its auth is not UTF-8 text"),
        (r#"{"auth": "dXNlcg=="}"#, "its auth is not a user name, a colon and a password"),
        (r#"{"auth": "dXNlcjo="}"#, "it has no password"),
        (r#"{"auth": "OnBhc3M="}"#, "it has no user name"),
        (r#"{"username": "user"}"#, "it has no password"),
    ] {
        assert_eq!(entry(text), what, "{text}");
    }
}

#[test]
fn the_closest_entry_counts() {
    // a:1 for the host, b:2 for a part of it, c:3 for a part of that.
    let file = r#"{"auths": {"quay.io": {"auth": "YTox"}, "quay.io/org": {"auth": "Yjoy"},
        "quay.io/org/app": {"auth": "Yzoz"}, "other.io/org": {"auth": "ZDo0"},
        "https://index.docker.io/v1/": {"auth": "ZTo1"}, "https://old.io/v1/": {"auth": "Zjo2"}}}"#;
    for (host, what) in [
        ("quay.io", "a:1"),
        ("https://quay.io/v2/", "a:1"),
        ("quay.io/team/app", "a:1"),
        ("quay.io/org", "b:2"),
        ("quay.io/org/api", "b:2"),
        ("quay.io/org/app", "c:3"),
        ("quay.io/org/app/web", "c:3"),
        ("quay.io/organ", "a:1"),
        ("quay.io:443", "-"),
        ("uay.io", "-"),
        ("other.io", "-"),
        ("other.io/org/app", "d:4"),
        ("docker.io", "e:5"),
        ("registry-1.docker.io", "e:5"),
        ("docker.io/library/nginx", "e:5"),
        ("old.io", "f:6"),
        ("nowhere.io", "-"),
    ] {
        assert_eq!(kept(file, host), what, "{host}");
    }
    let both = r#"{"auths": {"https://quay.io": {"auth": "YTox"}, "quay.io": {"auth": "Yjoy"}}}"#;
    assert_eq!(DockerConfig::parse(both.as_bytes()).map(|file| file.hosts().len()), Ok(1));
    assert_eq!(kept(both, "quay.io"), "b:2", "the plain host is docker's own form");
}

#[test]
fn helpers_are_named_for_one_registry_and_for_all() {
    let file = r#"{"credHelpers": {"gcr.io": "gcloud", "https://index.docker.io/v1/": "hub", "a.io": 5},
        "credsStore": "pass", "auths": {"gcr.io": {}}}"#;
    let file = DockerConfig::parse(file.as_bytes()).unwrap_or_default();
    let helper = |host: &str| file.find(&wanted(host)).helper.map(str::to_owned);
    assert_eq!(helper("gcr.io/project/app").as_deref(), Some("gcloud"));
    assert_eq!(helper("registry-1.docker.io").as_deref(), Some("hub"));
    assert_eq!(helper("a.io"), None);
    assert_eq!(file.store.as_deref(), Some("pass"));
    let hosts: Vec<String> = file.hosts().keys().map(ToString::to_string).collect();
    assert_eq!(hosts, ["docker.io", "gcr.io"]);
}

#[test]
fn a_file_of_another_shape_is_empty_and_a_broken_one_is_told_by_its_place() {
    for text in ["{}", "null", "5", "[]", "\"x\"", r#"{"auths": 5, "credsStore": {}, "credHelpers": "x"}"#] {
        let file = DockerConfig::parse(text.as_bytes());
        assert!(file.is_ok_and(|file| file.hosts().is_empty() && file.store.is_none()), "{text}");
    }
    for (text, line, column) in
        [("{\n  \"auths\": {,", 2, 13), ("{\"a\": 1} x", 1, 10), ("{\"a\": CANARY", 1, 7)]
    {
        assert_eq!(
            DockerConfig::parse(text.as_bytes()).err(),
            Some(format!("it is not JSON: line {line}, column {column}")),
            "{text}"
        );
    }
    let deep = format!("{{\"auths\": {}1{}}}", "[".repeat(100_000), "]".repeat(100_000));
    let _ = DockerConfig::parse(deep.as_bytes());
    let deep = format!("{{\"auths\": {}1{}}}", "{\"a\":".repeat(100_000), "}".repeat(100_000));
    let _ = DockerConfig::parse(deep.as_bytes());
}

#[test]
fn nothing_shows_a_password() {
    let file = DockerConfig::parse(br#"{"auths": {"ghcr.io": {"auth": "dXNlcjpDQU5BUlk="}}}"#);
    let shown = format!("{file:?}");
    assert!(shown.contains("user") && !shown.contains("CANARY") && !shown.contains("Q0FOQVJZ"), "{shown}");
}

proptest! {
    #[test]
    fn any_user_name_and_password_come_back(user in "[^:\\p{C}]{1,20}", password in "[^\\p{C}]{1,40}") {
        use base64ct::{Base64, Encoding};

        let mut buffer = vec![0; 400];
        let auth = Base64::encode(format!("{user}:{password}").as_bytes(), &mut buffer).unwrap_or_default();
        prop_assert_eq!(entry(&format!("{{\"auth\": \"{auth}\"}}")), format!("{user}:{password}"));
    }
}
