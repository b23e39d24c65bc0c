//! `create --check`: what is stored after what the cloud said.

use ankra::testing::providers::Provider;
use serde_json::{Value, json};

use super::{
    clouds::{Cloud, variable},
    digitalocean, upcloud,
};
use crate::support::{Answer, Certificate, Env, Outcome, Platform, Port, Run, TlsFront};

/// A cloud and the platform that its credentials are stored at.
struct Both {
    cloud: Cloud,
    platform: Platform,
    env: Env,
}

impl Both {
    fn new(slug: &str) -> Self {
        let cloud = Cloud::new(Provider::named(slug).unwrap());
        let env = Env::new();
        let platform = Platform::start(&env);
        Self { cloud, platform, env }
    }

    fn create(&self) -> Run {
        self.platform.with(self.cloud.line("create --check"), &self.platform.admin)
    }

    /// Creates at the cloud's server.
    fn at_server(&self) -> Run {
        self.at(&self.cloud.server.url())
    }

    fn at(&self, address: &str) -> Run {
        let (name, end) = variable(self.cloud.provider()).unwrap();
        self.create().env(name, format!("{address}{end}"))
    }

    /// The names that are stored.
    fn stored(&self) -> Value {
        let listed = self.platform.admin(&self.env, "credentials list -o json").ok().json();
        listed.as_array().unwrap().iter().map(|one| one["name"].clone()).collect()
    }

    fn is_refused(&self, run: Run, code: i32, texts: &[&str]) {
        let outcome = run.fails(code);
        outcome.says(texts).says(&["nothing was stored"]);
        self.cloud.shows_no_secret(&outcome);
        assert_eq!(self.stored(), json!([]), "{outcome}");
    }

    fn is_stored(&self, run: Run, texts: &[&str]) -> Outcome {
        let outcome = run.ok();
        outcome.says(texts).says(&["Stored the"]);
        self.cloud.shows_no_secret(&outcome);
        assert_eq!(self.stored(), json!(["proof"]), "{outcome}");
        outcome
    }
}

#[test]
fn what_the_cloud_refuses_is_not_stored() {
    let both = Both::new("digitalocean");
    let error = |id: &str| json!({"id": id, "message": "words of the cloud"});
    let scopes = || ("GET", "/v1/oauth/token/info", Answer::json(200, digitalocean::info(&["vpc:read"])));
    both.cloud.server.on(
        "GET",
        "/v2/account",
        [Answer::json(401, error("unauthorized")), Answer::json(403, error("forbidden"))],
    );
    both.cloud.server.answers_if_asked([scopes()]);
    both.is_refused(both.at_server(), 6, &["does not accept", "words of the cloud"]);
    both.is_refused(both.at_server(), 7, &["lacks account:read", "droplet:create"]);

    let both = Both::new("upcloud");
    let error =
        json!({"error": {"error_code": "AUTHENTICATION_FAILED", "error_message": "words of the cloud"}});
    both.cloud.server.on("GET", "/1.3/account", [Answer::json(401, error)]);
    both.is_refused(both.at_server(), 6, &["AUTHENTICATION_FAILED", "words of the cloud"]);
}

#[test]
fn scopes_that_only_the_list_here_misses_are_warned_of_and_the_token_is_stored() {
    let both = Both::new("digitalocean");
    let info = digitalocean::info(&["account:read", "droplet:read"]);
    both.cloud.server.on("GET", "/v2/account", [Answer::json(200, digitalocean::account())]);
    both.cloud.server.on("GET", "/v1/oauth/token/info", [Answer::json(200, info)]);
    both.is_stored(both.at_server(), &["it lacks rights", "missing: droplet:create", "Hint: "]);
}

#[test]
fn what_cannot_be_told_or_reached_is_warned_of_and_stored() {
    for slug in ["digitalocean", "upcloud"] {
        let both = Both::new(slug);
        both.cloud.server.on_every_request(Answer::json(503, json!({})));
        both.is_stored(both.at_server(), &["cannot tell whether this credential works", "answered 503"]);
        let both = Both::new(slug);
        let closed = Port::closed();
        both.is_stored(
            both.at(&format!("http://{closed}")),
            &["cannot be reached from here", "connection refused"],
        );
    }
}

#[test]
fn a_good_credential_that_ends_soon_is_stored_with_a_warning() {
    let both = Both::new("upcloud");
    let end = (jiff::Timestamp::now() + jiff::SignedDuration::from_hours(50)).to_string();
    both.cloud.server.on("GET", "/1.3/account", [upcloud::account()]);
    both.cloud.server.on(
        "GET",
        "/1.3/account/tokens",
        [Answer::json(200, json!([upcloud::one(&end, &["192.0.2.0/24"])]))],
    );
    both.cloud.server.on("GET", "/1.3/account/details/ankra-sub", [upcloud::details("yes")]);
    both.is_stored(
        both.at_server(),
        &["Checked: this credential works", "in 2 days", "certain addresses alone"],
    );
}

#[test]
fn a_dry_run_asks_the_cloud_as_the_real_run_does_and_stores_nothing() {
    let both = Both::new("upcloud");
    let error =
        json!({"error": {"error_code": "AUTHENTICATION_FAILED", "error_message": "words of the cloud"}});
    both.cloud.server.on("GET", "/1.3/account", [Answer::json(401, error), Answer::json(500, json!({}))]);
    both.is_refused(both.at_server().arg("--dry-run"), 6, &["words of the cloud"]);
    both.at_server().arg("--dry-run").ok().says(&["answered 500"]);
    assert_eq!(both.stored(), json!([]));
}

#[test]
fn a_dry_run_asks_nothing_where_the_real_run_would_change_nothing() {
    let both = Both::new("hetzner");
    both.cloud.server.on_every_request(Answer::json(503, json!({})));
    both.is_stored(both.at_server(), &["cannot tell"]);
    let asked = both.cloud.server.requests().len();
    both.at_server().arg("--if-not-exists").ok().says(&["nothing was changed"]);
    both.at_server().arg("--if-not-exists").arg("--dry-run").ok();
    assert_eq!(both.cloud.server.requests().len(), asked);
    // What would be asked for later is not there to be checked.
    let unasked =
        both.env.ankra(["credentials", "hetzner", "create", "--name", "other", "--check", "--dry-run"]);
    both.platform
        .with(unasked, &both.platform.admin)
        .ok()
        .says(&["Not checked: a dry run does not ask for secrets"]);
}

#[test]
fn a_cloud_that_does_not_answer_leaves_time_to_store_the_credential() {
    let both = Both::new("hetzner");
    both.cloud.server.on_every_request(Answer::silence());
    both.is_stored(both.at_server().arg("--timeout").arg("6"), &["did not answer in full within 3 s"]);
}

#[test]
fn a_missing_privilege_is_warned_of_and_a_jump_host_explains_what_is_not_reached() {
    let both = Both::new("proxmox");
    let server = &both.cloud.server;
    server.on("GET", "/api2/json/version", [Answer::json(200, json!({"data": {"version": "9.0.10"}}))]);
    server.on("GET", "/api2/json/access/permissions", [Answer::json(200, json!({"data": {}}))]);
    let front = TlsFront::start(server, None, &Certificate::default());
    let run = both.create().arg("--tls-insecure").arg("--api-url").arg(front.url());
    both.is_stored(
        run,
        &["privilege separation", "pveum acl modify / --tokens 'ankra@pve!platform'", "--tls-insecure"],
    );

    let both = Both::new("morpheus");
    let key = both.env.home().join("jump");
    let pair = ankra::testing::ssh::KeyPair::generate("jump").unwrap();
    crate::support::write_private(&key, pair.to_openssh(None).unwrap().as_bytes());
    let run = both
        .create()
        .arg("--api-url")
        .arg("https://morpheus.invalid")
        .arg("--jumphost-host")
        .arg("bastion.invalid");
    let run = run.arg("--jumphost-private-key-from").arg(format!("file:{}", key.display()));
    both.is_stored(
        run,
        &["no such host", "the platform goes by the jump host bastion.invalid; this check does not"],
    );
}

#[test]
fn a_refused_token_of_one_s_own_server_is_not_stored() {
    let both = Both::new("morpheus");
    both.cloud.server.on("GET", "/api/whoami", [Answer::json(401, json!({"error": "invalid_token"}))]);
    let front = TlsFront::start(&both.cloud.server, None, &Certificate::default());
    let run = both.create().arg("--tls-insecure").arg("--api-url").arg(front.url());
    both.is_refused(run, 6, &["does not accept", "invalid_token"]);
}
