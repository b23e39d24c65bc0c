//! OVH as its documentation has it: a server that takes no request without the right signature.

use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};
use sha1::{Digest, Sha1};

use super::{Answer, Env, FaultServer, Recorded, Run, unique};

/// The project that the keys see.
pub const PROJECT: &str = "0123456789abcdef0123456789abcdef";

/// The paths of an OVH API at a server.
pub const TIME: &str = "/1.0/auth/time";
pub const CREDENTIAL: &str = "/1.0/auth/currentCredential";
pub const PROJECTS: &str = "/1.0/cloud/project";
pub const THE_PROJECT: &str = "/1.0/cloud/project/0123456789abcdef0123456789abcdef";

/// The keys of an application and of a person who uses it.
#[derive(Clone, Debug)]
pub struct OvhKeys {
    pub application_key: String,
    pub application_secret: String,
    pub consumer_key: String,
}

impl OvhKeys {
    pub fn new() -> Self {
        Self {
            application_key: unique("appkey", 16),
            application_secret: unique("secret", 32),
            consumer_key: unique("consumer", 32),
        }
    }

    /// As `--secrets-from` takes them.
    pub fn bundle(&self) -> String {
        let Self { application_key, application_secret, consumer_key } = self;
        json!({"application_key": application_key, "application_secret": application_secret,
            "consumer_key": consumer_key})
        .to_string()
    }

    /// Whether `request` to the server at `url` is signed with these keys, as OVH's clients do it.
    pub fn have_signed(&self, request: &Recorded, url: &str) -> bool {
        let header = |name| request.header(name).unwrap_or_default();
        let time = header("x-ovh-timestamp");
        let (secret, consumer) = (&self.application_secret, &self.consumer_key);
        let body = String::from_utf8_lossy(&request.body);
        let text = format!("{secret}+{consumer}+{}+{url}{}+{body}+{time}", request.method, request.target);
        let signature =
            Sha1::digest(text).iter().fold("$1$".to_owned(), |all, byte| format!("{all}{byte:02x}"));
        !time.is_empty()
            && header("x-ovh-signature") == signature
            && header("x-ovh-application") == self.application_key
            && header("x-ovh-consumer") == *consumer
    }

    /// Fails if any of them, or a good part of one, is in `shown`.
    pub fn are_not_in(&self, shown: &str) {
        for key in [&self.application_key, &self.application_secret, &self.consumer_key] {
            assert!(!shown.contains(&key[..12.min(key.len())]), "{shown}");
        }
    }
}

/// Seconds since 1970.
pub fn now() -> i64 {
    i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()).unwrap()
}

/// The rules that the platform needs.
pub fn rules() -> Value {
    let below =
        ["GET", "POST", "PUT", "DELETE"].map(|method| json!({"method": method, "path": "/cloud/project/*"}));
    let mut rules = vec![json!({"method": "GET", "path": "/cloud/project"})];
    rules.extend(below);
    rules.into()
}

/// A consumer key in the words of OVH (`api.Credential`); `change` is laid over it.
pub fn ovh_credential(change: Value) -> Answer {
    let mut one = json!({"credentialId": 9_876_543, "applicationId": 12_345, "status": "validated",
        "rules": rules(), "creation": "2026-01-01T00:00:00+01:00", "expiration": null, "lastUse": null,
        "allowedIPs": null, "ovhSupport": false});
    for (name, value) in change.as_object().unwrap() {
        one[name] = value.clone();
    }
    Answer::json(200, one)
}

/// The project in the words of OVH (`cloud.Project`).
pub fn ovh_project(status: &str) -> Answer {
    Answer::json(
        200,
        json!({"project_id": PROJECT, "projectName": null, "description": "my clusters",
        "status": status, "planCode": "project.2018", "creationDate": "2026-01-01T00:00:00+01:00",
        "unleash": false, "manualQuota": false, "access": "full", "orderId": null, "expiration": null}),
    )
}

/// An error in the words of OVH.
pub fn ovh_error(status: u16, code: &str, message: &str) -> Answer {
    Answer::json(
        status,
        json!({"errorCode": code, "message": message, "httpCode": format!("{status} X"),
        "class": "Client::Forbidden"}),
    )
    .header("X-Ovh-QueryID", "EU.ext-4.abc.1")
}

impl FaultServer {
    /// Tells the time as OVH does.
    pub fn tells_ovh_time(&self) -> &Self {
        self.on("GET", TIME, [Answer::json(200, now())])
    }

    /// `line` of `ankra credentials ovh`, with this server as OVH and `keys` on standard input.
    pub fn as_ovh(&self, env: &Env, line: &str, keys: &OvhKeys) -> Run {
        let run = env.line(&format!("credentials ovh {line} --secrets-from stdin")).stdin(keys.bundle());
        run.env("OVH_ENDPOINT", format!("{}/1.0", self.url()))
    }

    /// Fails unless all but the requests for the time are signed with `keys`.
    pub fn all_are_signed_with(&self, keys: &OvhKeys) {
        for request in self.requests() {
            let is_signed = keys.have_signed(&request, &self.url());
            assert_eq!(is_signed, request.target != TIME, "{} {}", request.method, request.target);
        }
    }
}
