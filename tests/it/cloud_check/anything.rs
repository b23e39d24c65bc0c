//! What holds for the checks of all clouds, taken from the program's list.

use std::time::Duration;

use ankra::testing::providers::{ALL, Provider};

use super::{clouds::Cloud, has, names, senseless, told};
use crate::support::{Answer, Port, Step};

fn each(mut what: impl FnMut(&'static Provider)) {
    ALL.iter().copied().for_each(&mut what);
}

#[test]
fn an_answer_that_says_nothing_of_a_credential_is_never_a_refusal() {
    each(|provider| {
        for (answer, text) in senseless() {
            let cloud = Cloud::new(provider);
            cloud.server.on_every_request(answer.clone());
            let (outcome, report) = told(cloud.check(), 1, "cannot_tell");
            assert_eq!(names(&report, "missing"), [""; 0], "{}: {answer:?}", provider.slug);
            assert!(
                outcome.all().contains(text),
                "{}: {answer:?}: not told: {text}: {outcome}",
                provider.slug
            );
            assert_eq!(cloud.server.requests().len(), 1);
            cloud.shows_no_secret(&outcome);
        }
    });
}

#[test]
fn no_connection_and_no_answer_are_told_from_a_refusal() {
    each(|provider| {
        let closed = Port::closed();
        let cloud = Cloud::new(provider);
        let (_, report) = told(cloud.check_at(&format!("https://{closed}")), 5, "unreachable");
        has(&report, &["connection refused"]);
        let (_, report) = told(cloud.check_at("https://no-such-host.invalid"), 5, "unreachable");
        has(&report, &["no such host"]);
        for answer in [Answer::close(), Answer::reset()] {
            let cloud = Cloud::new(provider);
            cloud.server.on_every_request(answer);
            told(cloud.check(), 5, "unreachable");
        }
        let drip = Answer::Script(vec![Step::Drip(vec![b'H'; 1000], Duration::from_millis(50))]);
        for slow in [Answer::silence(), drip] {
            let cloud = Cloud::new(provider);
            cloud.server.on_every_request(slow);
            let (_, report) = told(cloud.check().arg("--timeout").arg("1"), 5, "timed_out");
            has(&report, &["--timeout"]);
            assert_eq!(cloud.server.requests().len(), 1, "{}", provider.slug);
        }
    });
}

#[test]
fn who_gave_the_address_is_told_to_look_at_it_and_nobody_else() {
    let closed = Port::closed();
    for (slug, advice) in
        [("hetzner", "check HCLOUD_ENDPOINT"), ("ovh", "check OVH_ENDPOINT"), ("proxmox", "check --api-url")]
    {
        let cloud = Cloud::new(Provider::named(slug).unwrap());
        let (_, report) = told(cloud.check_at(&format!("https://{closed}")), 5, "unreachable");
        has(&report, &[advice]);
        for status in [302, 404] {
            let cloud = Cloud::new(Provider::named(slug).unwrap());
            cloud.server.on_every_request(Answer::json(status, serde_json::json!({})));
            let (_, report) = told(cloud.check(), 1, "cannot_tell");
            has(&report, &[advice]);
        }
    }
    let own = Cloud::new(Provider::named("hetzner").unwrap());
    let run = own.line("check").env("HTTPS_PROXY", format!("http://{closed}"));
    let (_, report) = told(run, 5, "unreachable");
    assert!(!report["hint"].to_string().contains("address"), "{report:#}");
}

#[test]
fn the_words_of_a_server_are_made_harmless_and_cut() {
    each(|provider| {
        let cloud = Cloud::new(provider);
        let words = format!("\u{1b}[2J\u{202e}{}", "x".repeat(5000));
        let secrets = cloud.secrets.join(" ");
        let body = serde_json::json!({"message": words, "msg": secrets, "id": words, "type": secrets,
            "error": {"code": words, "message": secrets, "error_code": words, "error_message": secrets}});
        cloud.server.on_every_request(Answer::json(418, body));
        for format in ["json", "table"] {
            let outcome = cloud.check().arg("-o").arg(format).fails(1);
            assert!(!outcome.all().contains(['\u{1b}', '\u{202e}']), "{outcome}");
            assert!(!outcome.all().contains(&"x".repeat(600)), "{outcome}");
            cloud.shows_no_secret(&outcome);
        }
    });
}

#[test]
fn an_address_that_no_secret_may_go_to_is_refused() {
    each(|provider| {
        let cloud = Cloud::new(provider);
        for address in [
            "http://example.com",
            "ftp://127.0.0.1",
            "https://me:CANARY@127.0.0.1",
            "https://127.0.0.1/?CANARY",
        ] {
            let outcome = cloud.check_at(address).fails(2);
            assert!(!outcome.all().contains("CANARY"), "{outcome}");
        }
    });
}
