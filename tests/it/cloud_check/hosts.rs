//! Where the secrets of clouds go: to the hosts of their cloud, or to the one that a variable or a flag names, alone.

use std::{collections::BTreeMap, fs};

use ankra::testing::providers::{ALL, Provider};
use serde_json::json;

use super::{
    clouds::{Cloud, variable},
    digitalocean, upcloud,
};
use crate::{
    registry_check::Internet,
    support::{Answer, FaultServer, Recorded},
};

/// A server of the person's own.
const OWN: &str = "cloud.example.com";

/// The hosts of a cloud.
fn hosts(provider: &Provider) -> &'static [&'static str] {
    match provider.slug {
        "hetzner" => &["api.hetzner.cloud"],
        "ovh" => &["eu.api.ovh.com"],
        "digitalocean" => &["api.digitalocean.com", "cloud.digitalocean.com"],
        "upcloud" => &["api.upcloud.com"],
        _ => &[OWN],
    }
}

/// Has every host answer as its cloud does to a good credential, so that all is asked that there is.
fn answers_well(server: &FaultServer) {
    let answers = [
        ("GET", "/v1/locations", Answer::json(200, json!({"locations": []}))),
        (
            "POST",
            "/v1/ssh_keys",
            Answer::json(422, json!({"error": {"code": "invalid_input", "message": "no name"}})),
        ),
        ("GET", "/1.0/auth/time", Answer::json(200, jiff::Timestamp::now().as_second())),
        ("GET", "/v2/account", Answer::json(200, digitalocean::account())),
        ("GET", "/v1/oauth/token/info", Answer::json(200, digitalocean::info(&["read", "write"]))),
        ("GET", "/1.3/account", upcloud::account()),
        ("GET", "/api2/json/version", Answer::json(200, json!({"data": {"version": "9.0.10"}}))),
    ];
    server.on_every_request(Answer::json(404, json!({})));
    server.answers_if_asked(answers);
}

fn brought(requests: &[Recorded], secret: &str) -> bool {
    let has = |one: &Recorded| {
        let body = String::from_utf8_lossy(&one.body);
        one.headers.iter().any(|(_, value)| value.contains(secret))
            || one.target.contains(secret)
            || body.contains(secret)
    };
    requests.iter().any(has)
}

#[test]
fn a_secret_goes_to_its_cloud_s_own_hosts_alone_and_no_name_is_looked_up_besides() {
    for provider in ALL.iter().copied() {
        let internet = Internet::new();
        let all = ALL.iter().flat_map(|provider| hosts(provider)).copied();
        let servers: BTreeMap<&str, FaultServer> = all.map(|host| (host, internet.host(host))).collect();
        servers.values().for_each(answers_well);
        let cloud = Cloud::new(provider);
        let run = match variable(provider) {
            Some(_) => cloud.line("check"),
            None => cloud.check_at(&format!("https://{OWN}")),
        };
        let log = cloud.env.home().join("strace.log");
        let options = [
            "-f",
            "-qq",
            "-e",
            "trace=connect,sendto,sendmsg,sendmmsg",
            "-e",
            "signal=none",
            "-o",
            log.to_str().unwrap(),
        ];
        let outcome = internet.lead(run).arg("-o").arg("json").traced(&options).run();
        cloud.shows_no_secret(&outcome);

        let mut expected = hosts(provider).to_vec();
        expected.sort_unstable();
        assert_eq!(internet.asked(), expected, "{outcome}");
        for (host, server) in &servers {
            if !expected.contains(host) {
                assert!(server.requests().is_empty(), "{host}: {:?}", server.lines());
            }
        }
        // What is signed with is never sent.
        let sent = |secret: &String| expected.iter().any(|host| brought(&servers[host].requests(), secret));
        assert!(cloud.secrets.iter().any(sent) || provider.slug == "ovh", "{outcome}");
        // The proxy is all that is talked to: no name server is.
        let log = fs::read_to_string(log).unwrap();
        let port = format!("sin_port=htons({}), sin_addr=inet_addr(\"127.0.0.1\")", internet.port());
        let elsewhere =
            |line: &&str| line.contains("sin") && !line.contains(&port) && !line.contains("AF_UNSPEC");
        assert_eq!(log.lines().filter(elsewhere).collect::<Vec<_>>(), [""; 0], "{}", provider.slug);
        assert!(log.contains(&port), "the connection to the proxy is seen: {log}");
    }
}

#[test]
fn a_secret_goes_to_the_address_alone_that_a_variable_names() {
    for provider in ALL.iter().copied().filter(|provider| variable(provider).is_some()) {
        let internet = Internet::new();
        let cloud = Cloud::new(provider);
        answers_well(&cloud.server);
        let outcome = internet.lead(cloud.check()).run();
        let (name, _) = variable(provider).unwrap();
        outcome.says(&[&format!("{name} is set")]);
        assert_eq!(internet.asked(), [""; 0], "{outcome}");
        assert!(!cloud.server.requests().is_empty());
        // By way of the proxy, where it is not this machine.
        let gateway = internet.host("gateway.example.com");
        answers_well(&gateway);
        internet.lead(cloud.check_at("https://gateway.example.com")).run();
        assert_eq!(internet.asked(), ["gateway.example.com"], "{outcome}");
        assert_eq!(gateway.lines(), cloud.server.lines());
    }
}
