//! `ankra credentials audit`

mod checks;
mod exits;
mod ignored;
mod looks;
mod output;
mod passwords;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::support::{Answer, Env, FaultServer, Outcome, credential, id};

const LIST: &str = "/api/v1/org/credentials";
const REGISTRIES: &str = "/api/v1/org/helm/registries";
const ORGANISATIONS: &str = "/api/v1/org/organisation";

/// A platform with these credentials and registries.
struct World {
    env: Env,
    server: FaultServer,
}

impl World {
    fn new(credentials: &[Value], registries: &[Value]) -> Self {
        let world = Self::without_registries(credentials);
        let page = json!({"result": registries, "pagination": {"total_count": registries.len()}});
        world.server.on("GET", REGISTRIES, [Answer::json(200, page)]);
        world
    }

    /// The registries are yet to be answered.
    fn without_registries(credentials: &[Value]) -> Self {
        Self::with_organisations(credentials, |server| {
            server.has_organisation("acme");
        })
    }

    /// As [`Self::without_registries`]; `organisations` answers for them.
    fn with_organisations(credentials: &[Value], organisations: impl FnOnce(&FaultServer)) -> Self {
        let server = FaultServer::start();
        organisations(&server);
        server.on("GET", LIST, [Answer::json(200, credentials)]);
        for one in credentials {
            let path = format!("{LIST}/{}", one["id"].as_str().unwrap());
            server.answers_if_asked([("GET", path.as_str(), Answer::json(200, one.clone()))]);
        }
        Self { env: Env::new(), server }
    }

    fn audit(&self, options: &str) -> crate::support::Run {
        self.server.ankra(&self.env, &format!("credentials audit {options}"))
    }

    fn json(&self, options: &str) -> Value {
        self.audit(&format!("{options} -o json")).ok().json()
    }
}

/// The time so many days ago.
fn days_ago(days: i64) -> String {
    let then = Timestamp::now() - SignedDuration::from_hours(24 * days);
    Timestamp::from_second(then.as_second()).unwrap().to_string()
}

/// A credential that is a day old and used by a cluster, of which nothing is to be found.
fn good(number: u8, name: &str, provider: &str) -> Value {
    let mut one = credential(number, name, provider);
    one["created_at"] = days_ago(1).into();
    one["updated_at"] = days_ago(1).into();
    one["clusters"] = json!([{"id": id(200), "name": "main", "kind": provider}]);
    one
}

/// `one` with `key` as `value`.
fn with(mut one: Value, key: &str, value: impl Into<Value>) -> Value {
    one[key] = value.into();
    one
}

fn registry(name: &str, credential: &str) -> Value {
    json!({"name": name, "url": format!("oci://ghcr.io/acme/{name}"), "credential_name": credential})
}

/// `check severity name` of each finding.
fn found(report: &Value) -> Vec<String> {
    let all = report["findings"].as_array().unwrap().iter();
    let text = |one: &Value, key: &str| one[key].as_str().unwrap().to_owned();
    all.map(|one| format!("{} {} {}", text(one, "check"), text(one, "severity"), text(one, "name"))).collect()
}

/// `check name` of all that nobody can tell.
fn untold(report: &Value) -> Vec<String> {
    let all = report["cannot_tell"].as_array().unwrap().iter();
    all.map(|one| format!("{} {}", one["check"].as_str().unwrap_or("*"), one["name"].as_str().unwrap_or("*")))
        .collect()
}

fn write(world: &World, name: &str, text: &str) -> Outcome {
    std::fs::write(world.env.home().join(name), text).unwrap();
    world.audit(&format!("-o json --ignore-file {}", world.env.home().join(name).display())).run()
}
