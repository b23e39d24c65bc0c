use std::iter::zip;

use base64ct::{Base64, Base64UrlUnpadded, Encoding};
use proptest::prelude::*;

use super::{Judgement, OTHER_HOSTS, Preset, known_host};
use crate::{providers::registry::preset::Username, secret::Secret};

const KEY: &str = r#"{"type":"service_account","project_id":"p","private_key":"-----BEGIN PRIVATE KEY-----\nCANARY\n","client_email":"a@p.iam.gserviceaccount.com"}"#;
const ADC: &str =
    r#"{"type":"authorized_user","client_id":"CANARY","client_secret":"CANARY","refresh_token":"1//CANARY"}"#;

fn judge(slug: &str, username: &str, secret: &str) -> Judgement {
    Preset::named(slug).unwrap().judge(username, &Secret::copied(secret))
}

fn base64(text: &str) -> String {
    Base64::encode_string(text.as_bytes())
}

fn ecr_password() -> String {
    base64(
        r#"{"payload":"CANARY","datakey":"CANARY","version":"2","type":"DATA_KEY","expiration":1800000000}"#,
    )
}

fn jwt(claims: &str) -> String {
    let part = |text: &str| Base64UrlUnpadded::encode_string(text.as_bytes());
    format!("{}.{}.{}", part(r#"{"alg":"RS256"}"#), part(claims), part("CANARY"))
}

fn uuid() -> String {
    "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9".to_owned()
}

#[test]
fn good_forms_are_taken_without_a_word() {
    for (slug, username, secret) in [
        ("ghcr", "octocat", format!("ghp_{}", "a".repeat(36))),
        ("ghcr", "octo-cat_company", "0123456789abcdef0123456789abcdef01234567".to_owned()),
        ("gar", "_json_key", KEY.to_owned()),
        ("gar", "_json_key", format!("\n{}\n", KEY.replace(',', ",\n  "))),
        ("gar", "_json_key_base64", base64(KEY)),
        ("ecr", "AWS", ecr_password()),
        ("acr", &uuid(), "abc8Q~CANARY".to_owned()),
        ("acr", "ankra-pull", "CANARY+with/slash=".to_owned()),
        ("acr", "pull5", "CANARY".to_owned()),
        ("dockerhub", "octocat", "dckr_pat_CANARY".to_owned()),
        ("dockerhub", "octocat", uuid()),
        ("dockerhub", "myorg", "dckr_oat_CANARY".to_owned()),
        ("harbor", "robot$team+puller", "CANARY".to_owned()),
        ("harbor", "robot$puller", "CANARY".to_owned()),
        ("artifactory", "octocat", format!("cmVmd{}", "A".repeat(59))),
        ("artifactory", "octocat", jwt(r#"{"sub":"jfac@01/users/octocat","exp":1800000000}"#)),
        ("artifactory", "octocat", jwt(r#"{"sub":"some-service"}"#)),
        ("generic", "anybody", "anything".to_owned()),
        ("generic", "_json_key", "anything".to_owned()),
    ] {
        let judged = judge(slug, username, &secret);
        assert_ne!(judged.is_password, Some(true), "{slug} {username} {secret}");
        let wanted = Judgement { is_password: judged.is_password, ..Judgement::default() };
        assert_eq!(judged, wanted, "{slug} {username} {secret}");
    }
}

#[test]
fn unusual_forms_are_doubted() {
    let pat = format!("ghp_{}", "a".repeat(36));
    for (slug, username, secret, doubt) in [
        ("ghcr", "me@example.com", pat.as_str(), "not a GitHub user name"),
        ("ghcr", "", &pat, "not a GitHub user name"),
        ("ghcr", "octocat", "hunter2", "begins with ghp_"),
        ("ghcr", "octocat", &"0a".repeat(19), "begins with ghp_"),
        ("ghcr", "octocat", &"no".repeat(20), "begins with ghp_"),
        ("ghcr", "octocat", "github_pat_11CANARY", "fine-grained"),
        ("ghcr", "octocat", "ghs_CANARY", "expires within hours"),
        ("ghcr", "octocat", "dckr_pat_CANARY", "Docker Hub token"),
        ("gar", "octocat", KEY, "_json_key, _json_key_base64 and oauth2accesstoken only"),
        ("gar", "oauth2accesstoken", "ya29.CANARY", "expires within an hour"),
        ("gar", "oauth2accesstoken", "CANARY", "begins with ya29."),
        ("gar", "a_token", "ya29.CANARY", "oauth2accesstoken only"),
        ("gar", "_dcg", "ya29.CANARY", "oauth2accesstoken only"),
        ("gar", "_dcgcloud_token", "ya29.CANARY", "expires within an hour"),
        ("gar", "_dcgcr_2_1_0_token", "ya29.CANARY", "expires within an hour"),
        ("ecr", "aws", &ecr_password(), "user name AWS only"),
        ("ecr", "AWS", "AKIACANARY", "not what aws ecr get-login-password prints"),
        ("ecr", "AWS", "CANARY-CANARY-CANARY", "not what aws ecr get-login-password prints"),
        ("ecr", "AWS", "CANARY", "not what aws ecr get-login-password prints"),
        ("ecr", "AWS", KEY, "Google key"),
        ("acr", "me@example.com", "CANARY", "appId of a service principal"),
        ("acr", "pull", "CANARY", "appId of a service principal"),
        ("acr", &uuid(), &uuid(), "ID of a client secret"),
        ("acr", "00000000-0000-0000-0000-000000000000", &jwt("{}"), "a service principal's password lasts"),
        ("acr", "ankra-pull", &jwt("{}"), "goes with the user name 00000000-0000"),
        ("acr", "ankra-pull", &pat, "GitHub token"),
        ("dockerhub", "me@example.com", "dckr_pat_CANARY", "not a Docker ID"),
        ("dockerhub", "OctoCat", "dckr_pat_CANARY", "not a Docker ID"),
        ("dockerhub", "octocat", "hunter2", "not an access token"),
        ("dockerhub", "octocat", &pat, "GitHub token"),
        ("dockerhub", "octocat", "github_pat_11CANARY", "GitHub token"),
        ("dockerhub", "octocat", "ghs_CANARY", "GitHub token"),
        ("harbor", "octocat", "CANARY", "begins with robot$"),
        ("harbor", "robot", "CANARY", "single quotes"),
        ("harbor", "robot+", "CANARY", "single quotes"),
        ("harbor", "robot+puller", "CANARY", "single quotes"),
        ("harbor", "robot-a+puller", "CANARY", "single quotes"),
        ("harbor", "robotpuller", "CANARY", "single quotes"),
        ("generic", "robot+puller", "CANARY", "single quotes"),
        ("generic", "robot", "CANARY", "single quotes"),
        ("harbor", "admin", "CANARY", "may only pull"),
        ("harbor", "robot$a", &ecr_password(), "Amazon's"),
        ("harbor", "robot$a", &base64("AWS:eyJDQU5BUlkiCg=="), "Amazon's"),
        ("harbor", "robot$a", "AKIACANARYCANARYCANA", "Amazon's"),
        ("harbor", "robot$a", &format!("AKCp{}", "C".repeat(57)), "JFrog's"),
        ("harbor", "robot$a", &format!("cmVmd{}", "A".repeat(59)), "JFrog's"),
        ("artifactory", "octocat", "hunter2", "opens the whole account"),
        ("artifactory", "octocat", &format!("AKCp{}", "C".repeat(57)), "API key"),
        ("artifactory", "octocat", &format!("AKCp{}", "C".repeat(56)), "opens the whole account"),
        ("artifactory", "octocat", &format!("cmVmd{}", "A".repeat(58)), "opens the whole account"),
        ("artifactory", "octocat", &format!("cmVmd{}", "A".repeat(60)), "opens the whole account"),
        ("artifactory", "octocat", &jwt(r#"{"sub":"jfac@01/users/hubot"}"#), "another user"),
    ] {
        let found = judge(slug, username, secret);
        assert_eq!(found.refusal, None, "{slug} {username} {secret}");
        assert!(
            found.doubts.iter().any(|said| said.contains(doubt)),
            "{slug} {username} {secret}: {found:?}"
        );
        assert!(!format!("{found:?}").contains("CANARY"), "{found:?}");
    }
}

#[test]
fn what_no_registry_of_the_kind_takes_is_refused() {
    for (slug, username, secret, why) in [
        ("gar", "_json_key", "CANARY", "a service account's JSON key"),
        ("gar", "_json_key", "{CANARY", "a service account's JSON key"),
        ("gar", "_json_key", r#"{"private_key":"CANARY"}"#, "a service account's JSON key"),
        ("gar", "_json_key", ADC, "no whole key of a service account"),
        ("gar", "_json_key", r#"{"type":"service_account","private_key":"CANARY"}"#, "no whole key"),
        (
            "gar",
            "_json_key",
            r#"{"type":"service_account","private_key":"","client_email":"CANARY"}"#,
            "no whole",
        ),
        ("gar", "_json_key", &base64(KEY), "this is its base64"),
        ("gar", "_json_key_base64", KEY, "this is the key file itself"),
        ("gar", "_json_key_base64", "CANARY", "JSON key in base64"),
        ("gar", "_json_key", "ya29.CANARY", "oauth2accesstoken"),
        ("gar", "oauth2accesstoken", KEY, "this is a key"),
        ("ecr", "AWS", &base64("AWS:eyJDQU5BUlkiCg=="), "whole authorization token"),
        ("ecr", "AWS", "AKIACANARYCANARYCANA", "ID of an access key"),
        ("ecr", "AWS", "ASIACANARYCANARYCANA", "ID of an access key"),
    ] {
        let found = judge(slug, username, secret);
        let refusal = found.refusal.unwrap_or_else(|| panic!("{slug} {username} {secret} is taken"));
        assert!(refusal.why.contains(why), "{slug} {username} {secret}: {refusal:?}");
        assert!(!refusal.hint.is_empty() && !format!("{found:?}").contains("CANARY"), "{found:?}");
    }
}

#[test]
fn a_token_of_any_kind_is_no_password() {
    let pat = format!("ghp_{}", "a".repeat(36));
    for (slug, secret, is_password) in [
        ("generic", pat.as_str(), Some(false)),
        ("ghcr", &pat, Some(false)),
        ("dockerhub", &pat, Some(false)),
        ("dockerhub", "hunter2", Some(true)),
        ("generic", "hunter2", None),
        ("harbor", "hunter2", None),
    ] {
        assert_eq!(judge(slug, "octocat", secret).is_password, is_password, "{slug} {secret}");
    }
}

#[test]
fn a_host_tells_its_kind_of_registry() {
    for (host, slug) in [
        ("ghcr.io", Some("ghcr")),
        ("GHCR.IO", Some("ghcr")),
        ("europe-west1-docker.pkg.dev", Some("gar")),
        ("gcr.io", Some("gar")),
        ("eu.gcr.io", Some("gar")),
        ("123456789012.dkr.ecr.us-east-1.amazonaws.com", Some("ecr")),
        ("123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn", Some("ecr")),
        ("123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com", Some("ecr")),
        ("123456789012.dkr-ecr.eu-west-1.on.aws", Some("ecr")),
        ("123456789012.dkr-ecr-fips.us-east-1.on.aws", Some("ecr")),
        ("public.ecr.aws", Some("ecr")),
        ("ecr-public.aws.com", Some("ecr")),
        ("contoso.azurecr.us", Some("acr")),
        ("contoso.azurecr.cn", Some("acr")),
        ("contoso.azurecr.io", Some("acr")),
        ("docker.io", Some("dockerhub")),
        ("index.docker.io", Some("dockerhub")),
        ("registry-1.docker.io", Some("dockerhub")),
        ("contoso.jfrog.io", Some("artifactory")),
        ("demo.goharbor.io", Some("harbor")),
        ("harbor.example.com", Some("harbor")),
        ("ghcr.io.evil.example", None),
        ("evil-ghcr.io", None),
        ("-docker.pkg.dev", None),
        (".azurecr.io", None),
        ("a.b.azurecr.io", None),
        ("dkr.ecr.us-east-1.amazonaws.com", None),
        ("charts.example.com", None),
        ("", None),
    ] {
        assert_eq!(Preset::for_host(host).map(|preset| preset.slug), slug, "{host}");
    }
}

#[test]
fn a_user_name_that_is_the_same_for_everybody_tells_its_kind_of_registry() {
    for (name, slug) in [
        ("AWS", Some("ecr")),
        ("_json_key", Some("gar")),
        ("_json_key_base64", Some("gar")),
        ("oauth2accesstoken", Some("gar")),
        ("robot$team+puller", Some("harbor")),
        ("aws", None),
        ("octocat", None),
        ("robot", None),
    ] {
        assert_eq!(Preset::for_username(name).map(|preset| preset.slug), slug, "{name}");
    }
}

#[test]
fn every_preset_is_found_by_its_name_and_says_all_that_a_guide_says() {
    let texts = |preset: &Preset| {
        [
            preset.title,
            preset.form,
            preset.right,
            preset.expires,
            preset.renew,
            preset.url,
            preset.source,
            preset.where_from,
            preset.host.password,
            preset.host.access,
            preset.host.expired,
        ]
    };
    for preset in Preset::ALL {
        assert_eq!(Preset::named(preset.slug).unwrap().title, preset.title);
        for (text, of_any) in zip(texts(preset), texts(Preset::GENERIC)) {
            assert!(text.len() > 3, "{}: {text}", preset.slug);
            assert!(text != of_any || preset.is_generic(), "{}: {text}", preset.slug);
        }
        assert_eq!(preset.host.patterns.is_empty(), preset.is_generic(), "{}", preset.slug);
        // The address of the example is of that kind.
        let host = preset.url.split('/').nth(2).unwrap();
        let found = Preset::for_host(host).unwrap_or(Preset::GENERIC);
        assert!(found.slug == preset.slug, "{}", preset.slug);
    }
    assert!(Preset::named("GHCR").is_none());
}

#[test]
fn a_kind_says_its_own_of_the_user_name_and_the_secret() {
    let generic = Preset::GENERIC;
    let mut advised = Vec::new();
    for preset in Preset::ALL.iter().filter(|preset| !preset.is_generic()) {
        assert_ne!(preset.username.to_string(), generic.username.to_string(), "{}", preset.slug);
        assert_ne!(preset.password.label, generic.password.label, "{}", preset.slug);
        if preset.identity_token != generic.identity_token {
            advised.push(preset.slug);
        }
    }
    assert_eq!(advised, ["acr"]);
    let key_files = Preset::ALL.iter().filter_map(|preset| Some((preset.slug, preset.key_file_user?)));
    assert_eq!(key_files.collect::<Vec<_>>(), [("gar", "_json_key")]);
}

/// As each kind's own documents, and what it prints, have them.
#[test]
fn a_kind_s_own_names_are_taken_for_its_fields() {
    let own = |preset: &Preset| {
        let (username, password) = (&preset.username_field, &preset.password);
        assert!(username.is_public && !username.shared_names.is_empty(), "{}", preset.slug);
        assert_eq!((username.name, password.name), ("username", "password"), "{}", preset.slug);
        username.other_names.iter().chain(password.other_names).copied().collect::<Vec<_>>().join(" ")
    };
    let all: Vec<(&str, String)> = Preset::ALL.iter().map(|preset| (preset.slug, own(preset))).collect();
    let expected = [
        ("ghcr", "GHCR_USERNAME GITHUB_ACTOR GHCR_TOKEN CR_PAT"),
        ("gar", ""),
        ("ecr", ""),
        ("acr", "appId"),
        ("dockerhub", "DOCKERHUB_USERNAME DOCKERHUB_TOKEN"),
        ("harbor", "name secret"),
        ("artifactory", ""),
        ("generic", ""),
    ];
    assert_eq!(all, expected.map(|(slug, names)| (slug, names.to_owned())));
}

#[test]
fn a_fixed_user_name_is_filled_in_and_an_own_one_is_not() {
    let fixed: Vec<_> = Preset::ALL.iter().filter_map(|preset| preset.username.fixed()).collect();
    assert_eq!(fixed, ["_json_key", "AWS"]);
    let others = Preset::ALL.iter().flat_map(|preset| preset.username.others());
    assert_eq!(others.collect::<Vec<_>>(), [&"_json_key_base64", &"oauth2accesstoken"]);
    let own = Username::Own { label: "robot account", example: "octocat", prefix: None };
    assert_eq!(own.to_string(), "Robot account");
}

#[test]
fn a_host_is_known_by_its_whole_name() {
    for (host, hint) in [
        ("ghcr.io", "read:packages"),
        ("europe-west1-docker.pkg.dev", "Artifact Registry Reader"),
        ("eu.gcr.io", "Artifact Registry Reader"),
        ("123456789012.dkr.ecr.eu-central-1.amazonaws.com", "ecr:"),
        ("acme.azurecr.io", "acrpull"),
        ("docker.io", "Docker ID"),
        ("harbor.example.com", "robot$"),
        ("acme.jfrog.io", "Artifactory"),
        ("registry.gitlab.com", "read_registry"),
        ("quay.io", "ROBOT"),
    ] {
        let known = known_host(host);
        assert!(format!("{}{}", known.password, known.access).contains(hint), "{host}");
    }
    let hub = known_host("docker.io");
    assert_eq!((hub.api, hub.realm), (Some("registry-1.docker.io"), Some("auth.docker.io")));
    assert!(hub.rate.is_some_and(|hint| hint.contains("Docker Hub counts requests")));
    assert_eq!(known_host("registry.gitlab.com").realm, Some("gitlab.com"));
    for host in ["registry.gitlab.com", "quay.io"] {
        let (known, any) = (known_host(host), &Preset::GENERIC.host);
        assert!(known.password != any.password && known.access != any.access, "{host}");
    }
    for other in [
        "ghcr.io.evil.example",
        "evil-ghcr.io",
        "azurecr.io",
        ".azurecr.io",
        "docker.io.example",
        "127.0.0.1",
    ] {
        assert!(std::ptr::eq(known_host(other), &raw const Preset::GENERIC.host), "{other}");
    }
}

/// A pattern with `*` may match a host that anyone can register: it must not lead a secret elsewhere.
#[test]
fn only_a_host_known_by_name_has_another_host_for_its_tokens() {
    let all = Preset::ALL.iter().map(|preset| &preset.host).chain(OTHER_HOSTS);
    for known in all.filter(|known| known.realm.is_some() || known.api.is_some()) {
        assert!(known.patterns.iter().all(|host| !host.contains('*')), "{known:?}");
    }
}

proptest! {
    #[test]
    fn any_user_name_and_secret_are_survived(username in "\\PC{0,40}", secret in "\\PC{0,120}") {
        for preset in Preset::ALL {
            let _ = preset.judge(&username, &Secret::copied(&secret));
            let _ = preset.judge(&username, &Secret::copied(&base64(&secret)));
        }
    }
}
