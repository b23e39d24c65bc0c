//! Every route of the platform's API, as another client meets it on `ankra sandbox serve`.

use std::rc::Rc;

use ankra::testing::{
    deadline::Deadline,
    platform::{BaseUrl, Client, LoginAnswer, routes},
    secret::Secret,
};
use serde_json::{Value, json};

use crate::support::{Answer, Env, FaultServer, Platform, hetzner_token, need, unique};

/// The sandbox, and curl as its client.
struct Curl {
    // Ends before the world that it runs in.
    platform: Platform,
    env: Env,
}

impl Curl {
    fn new() -> Self {
        let env = Env::new();
        let platform = Platform::start(&env);
        Self { platform, env }
    }

    /// Status and body of a request of the administrator.
    fn call(&self, method: &str, path: &str, body: Option<Value>) -> (u16, Value) {
        self.call_as(&self.platform.admin, method, path, body)
    }

    fn call_as(&self, token: &str, method: &str, path: &str, body: Option<Value>) -> (u16, Value) {
        let mut run = self.env.program(need("curl", "curl"));
        run.command.args(["-sS", "-w", "\n%{http_code}", "-X", method]);
        run.command.args(["-H", &format!("Authorization: Bearer {token}")]);
        if let Some(body) = body {
            run.command.args(["-H", "Content-Type: application/json", "-d", &body.to_string()]);
        }
        let answer = run.arg(format!("{}{path}", self.platform.url)).ok().stdout;
        let (text, status) = answer.rsplit_once('\n').unwrap();
        (status.parse().unwrap(), serde_json::from_str(text).unwrap_or(Value::Null))
    }

    /// The body of a request that succeeds.
    fn ok(&self, method: &str, path: &str, body: Option<Value>) -> Value {
        let (status, answer) = self.call(method, path, body);
        assert_eq!(status, 200, "{method} {path}: {answer}");
        answer
    }

    fn id(&self, name: &str) -> String {
        let all = self.ok("GET", "/api/v1/credentials", None);
        let one = all.as_array().unwrap().iter().find(|one| one["name"] == name);
        one.unwrap_or_else(|| panic!("{name} is not in {all}"))["id"].as_str().unwrap().to_owned()
    }
}

/// Fails unless `value` has all of `keys`.
fn has(value: &Value, keys: &[&str]) {
    for key in keys {
        assert!(value.get(key).is_some(), "no {key} in {value}");
    }
}

#[test]
fn credentials_of_every_kind() {
    let curl = Curl::new();
    let body = json!({"name": "my-token", "api_token": hetzner_token()});
    assert_eq!(curl.ok("POST", "/api/v1/credentials/hetzner", Some(body))["success"], true);
    for path in ["/api/v1/credentials", "/api/v1/org/credentials", "/api/v1/org/credentials?provider=hetzner"]
    {
        let list = curl.ok("GET", path, None);
        has(
            &list[0],
            &["id", "name", "provider", "organisation_id", "system", "available", "created_at", "updated_at"],
        );
    }
    assert_eq!(curl.ok("GET", "/api/v1/credentials?provider=ovh", None), json!([]));
    let id = curl.id("my-token");
    let detail = curl.ok("GET", &format!("/api/v1/org/credentials/{id}"), None);
    has(&detail, &["id", "name", "provider", "clusters", "operations"]);
    assert!(detail.get("token").is_none() && detail.get("api_token").is_none(), "{detail}");
    let check = curl.ok("GET", "/api/v1/org/credentials/validate?credential_name=my-token", None);
    assert_eq!(check["valid"], false);
    let check = curl.ok("GET", "/api/v1/org/credentials/validate?credential_name=another", None);
    assert_eq!(check["valid"], true);
    let organisation = detail["organisation_id"].as_str().unwrap();
    curl.ok("DELETE", &format!("/api/v1/org/credentials/{id}?organisation_id={organisation}"), None);
    assert_eq!(curl.call("GET", &format!("/api/v1/org/credentials/{id}"), None).0, 404);
}

#[test]
fn registry_credentials_in_both_generations() {
    let curl = Curl::new();
    let guide = json!({"name": "first", "provider": "registry", "username": "u", "password": "p"});
    assert_eq!(curl.ok("POST", "/api/v1/credentials", Some(guide))["success"], true);
    let deployed = json!({"name": "second", "username": "u", "password": "p"});
    let answer = curl.ok("POST", "/api/v1/org/helm/credentials", Some(deployed.clone()));
    assert_eq!((&answer["success"], &answer["errors"]), (&json!(true), &json!([])));
    let taken = curl.call("POST", "/api/v1/org/helm/credentials", Some(deployed));
    assert_eq!(taken.0, 409, "{}", taken.1);
    let list = curl.ok("GET", "/api/v1/org/helm/credentials?page=1&page_size=1", None);
    assert_eq!((list["credentials"].as_array().unwrap().len(), &list["total_count"]), (1, &json!(2)));
    has(&list["credentials"][0], &["id", "name", "created_at"]);
    let path = "/api/v1/org/helm/credentials/first";
    let one = curl.ok("GET", path, None);
    has(&one, &["id", "name", "username", "provider", "created_at", "updated_at"]);
    assert!(one.get("password").is_none(), "{one}");
    curl.ok("PUT", path, Some(json!({"username": "v", "password": "q"})));
    assert_eq!(curl.ok("GET", path, None)["username"], "v");
    let registry = json!({"name": "charts", "url": "oci://localhost/charts", "credential_name": "first"});
    curl.ok("POST", "/sandbox/registries", Some(registry));
    let registries = curl.ok("GET", "/api/v1/org/helm/registries?page=1&page_size=100", None);
    has(&registries["result"][0], &["name", "url", "credential_name"]);
    has(&registries["pagination"], &["total_count", "total_pages", "page", "page_size"]);
    assert_eq!(curl.ok("DELETE", path, None)["success"], true);
    assert_eq!(curl.call("PUT", path, Some(json!({"username": "v", "password": "q"}))).0, 404);
}

#[test]
fn cloud_credentials_of_every_provider() {
    let curl = Curl::new();
    let bodies = [
        ("hetzner", json!({"api_token": hetzner_token()})),
        ("digitalocean", json!({"api_token": "dop_v1_0123456789abcdef"})),
        ("upcloud", json!({"api_token": "ucat_0123456789abcdef"})),
        (
            "ovh",
            json!({"application_key": "a1", "application_secret": "b2", "consumer_key": "c3", "project_id": "d4"}),
        ),
        (
            "proxmox",
            json!({"api_url": "https://pve:8006", "token_id": "u@pve!t", "token_secret": "s", "tls_insecure": false}),
        ),
        ("morpheus", json!({"api_url": "https://morpheus", "access_token": "t", "tls_insecure": false})),
    ];
    for (provider, mut body) in bodies {
        body["name"] = format!("my-{provider}").into();
        let path = format!("/api/v1/credentials/{provider}");
        assert_eq!(curl.ok("POST", &path, Some(body)), json!({"success": true, "errors": []}), "{provider}");
        assert_eq!(curl.ok("GET", &path, None)[0]["name"], format!("my-{provider}"));
    }
    let bad =
        curl.ok("POST", "/api/v1/credentials/hetzner", Some(json!({"name": "bad", "api_token": "short"})));
    assert_eq!(bad["success"], false);
    has(&bad["errors"][0], &["key", "message"]);
    let (status, missing) = curl.call("POST", "/api/v1/credentials/hetzner", Some(json!({"name": "bad"})));
    assert_eq!(status, 422);
    has(&missing["detail"][0], &["loc", "msg", "type"]);
}

#[test]
fn ssh_keys_made_by_the_platform_or_brought() {
    let curl = Curl::new();
    let made = curl.ok(
        "POST",
        "/api/v1/credentials/hetzner/ssh-key",
        Some(json!({"name": "made", "generate": true})),
    );
    assert!(made["private_key"].as_str().unwrap().starts_with("-----BEGIN OPENSSH PRIVATE KEY-----"));
    let public = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJdD7y3aLq454yWBdwLWbieU1ebz9/cu7/QEXn9OIeZJ me@host";
    let body = json!({"name": "brought", "ssh_public_key": public, "generate": false});
    let answer = curl.ok("POST", "/api/v1/credentials/ovh/ssh-key", Some(body));
    assert!(answer["success"] == true && answer["private_key"].is_null(), "{answer}");
    for (provider, name) in [("hetzner", "made"), ("ovh", "brought")] {
        let keys = curl.ok("GET", &format!("/api/v1/credentials/{provider}/ssh-keys"), None);
        assert_eq!((keys.as_array().unwrap().len(), &keys[0]["name"]), (1, &json!(name)));
        assert_eq!(curl.ok("GET", &format!("/api/v1/credentials/{provider}"), None), json!([]));
    }
}

#[test]
fn the_account() {
    let curl = Curl::new();
    let organisations = curl.ok("GET", "/api/v1/org/organisation", None);
    assert_eq!(organisations.as_array().unwrap().len(), 2);
    has(&organisations[0], &["organisation_id", "name", "slug", "user_current", "status", "role"]);
    let demo = organisations.as_array().unwrap().iter().find(|org| org["name"] == "demo").unwrap();
    let switch = json!({"organisation_id": demo["organisation_id"]});
    has(&curl.ok("POST", "/api/v1/org/organisation/switch", Some(switch)), &["success", "message"]);
    assert!(!curl.ok("GET", "/api/v1/credentials", None).as_array().unwrap().is_empty(), "demo has samples");
    let tokens = curl.ok("GET", "/api/v1/org/account/tokens", None);
    has(&tokens[0], &["id", "name", "expires_at", "created_at", "revoked"]);
    let path = format!("/api/v1/org/organisation/{}", demo["organisation_id"].as_str().unwrap());
    let shown = curl.ok("GET", &path, None);
    has(&shown, &["organisation_id", "name", "slug", "users", "created_at"]);
    has(&shown["users"][0], &["id", "invite_id", "email", "status", "role", "user_current"]);
    let body = json!({"name": "for-a-week", "expires_at": "2999-01-01T00:00:00Z", "scopes": ["mcp:read"]});
    let (status, made) = curl.call("POST", "/api/v1/org/account/tokens", Some(body));
    assert_eq!(status, 201, "{made}");
    has(&made, &["id", "token", "expires_at", "type"]);
    let path = format!("/api/v1/org/account/tokens/{}", made["id"].as_str().unwrap());
    assert_eq!(curl.call("DELETE", &path, None).0, 409);
    curl.ok("POST", &format!("{path}/revoke"), None);
    curl.ok("DELETE", &path, None);
    let id = tokens[0]["id"].as_str().unwrap();
    assert_eq!(curl.call("POST", &format!("/api/v1/org/account/tokens/{id}/revoke"), None).0, 200);
    assert_eq!(curl.call("GET", "/api/v1/credentials", None).0, 401);
    let (status, denied) =
        curl.call_as(&curl.platform.viewer, "POST", "/sandbox/fill", Some(json!({"count": 1})));
    assert_eq!((status, &denied["detail"]), (403, &json!("permission_denied")));
    has(&denied, &["permission"]);
}

#[test]
fn what_there_is_not() {
    let curl = Curl::new();
    assert_eq!(curl.call("GET", "/api/v1/nothing", None), (404, json!({"detail": "Not Found"})));
    assert_eq!(
        curl.call("PATCH", "/api/v1/credentials", None),
        (405, json!({"detail": "Method Not Allowed"}))
    );
    let (status, refused) = curl.call_as("no-token", "GET", "/api/v1/credentials", None);
    assert_eq!(status, 401);
    assert!(refused["detail"].is_string());
}

/// base64url without padding (RFC 4648, 5).
pub fn base64url(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let word =
            chunk.iter().enumerate().fold(0u32, |word, (i, byte)| word | u32::from(*byte) << (16 - 8 * i));
        for index in 0..=chunk.len() {
            text.push(char::from(ALPHABET[(word >> (18 - 6 * index)) as usize & 63]));
        }
    }
    text
}

fn patient() -> Deadline {
    Deadline::after(ankra::testing::platform::DEFAULT_TIMEOUT)
}

#[test]
fn a_browser_sign_in_gives_a_token_to_whoever_holds_the_verifier() {
    let curl = Curl::new();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let base: BaseUrl = curl.platform.url.parse().unwrap();
    let quiet: ankra::testing::platform::Trace = Rc::new(|_, _| {});
    let client = Client::new(base.clone(), patient(), quiet.clone());
    let verifier = base64url(&[7; 32]);
    let challenge = base64url(ring::digest::digest(&ring::digest::SHA256, verifier.as_bytes()).as_ref());
    let verifier = Secret::new(verifier);
    runtime.block_on(async {
        let start = client.start_login(&challenge, "machine", "laptop").await.unwrap();
        let url = start.page.url();
        assert!(url.as_str().starts_with(&curl.platform.url) && !start.page.is_elsewhere());
        let (_, state) = url.query_pairs().find(|(key, _)| key == "state").unwrap();
        let poll = |verifier| client.poll_login(&start.ticket, verifier, patient().end());
        let early = poll(&verifier).await.unwrap();
        assert!(matches!(early, LoginAnswer::Waiting { second_factor: false }));
        let page = format!("{}/sandbox/login", curl.platform.url);
        let approve = curl.env.program(need("curl", "curl")).arg("-sS").arg(page);
        let approve = approve.arg("--data-urlencode").arg(format!("state={state}"));
        approve.arg("--data-urlencode").arg(format!("code={}", curl.platform.admin)).ok();
        let other = Secret::new("wrong".into());
        let wrong = poll(&other).await.unwrap_err();
        assert_eq!(wrong.kind(), ankra::testing::error::ErrorKind::Authentication);
        let LoginAnswer::Done(obtained) = poll(&verifier).await.unwrap() else {
            panic!("no token after the approval");
        };
        assert!(obtained.id.is_some() && obtained.name.as_deref() == Some("laptop"));
        let again = poll(&verifier).await.unwrap_err();
        assert_eq!(again.kind(), ankra::testing::error::ErrorKind::TimedOut, "a token is collected once");
        let signed_in = Client::new(base, patient(), quiet).authenticate(&obtained.token).unwrap();
        let organisations = signed_in.send(&routes::organisations()).await.unwrap();
        let demo = organisations.iter().find(|org| org.title() == "demo").unwrap();
        signed_in.send(&routes::switch_organisation(&demo.organisation_id)).await.unwrap();
        let now = signed_in.send(&routes::organisations()).await.unwrap();
        assert_eq!(now.iter().find(|org| org.user_current == Some(true)).unwrap().title(), "demo");
    });
}

#[test]
fn h34_what_should_have_been_a_token_is_never_quoted() {
    let server = FaultServer::start();
    let (token, page) =
        (unique("token", 40), |token: &str| Answer::text(200, "text/html", format!("<p>{token}</p>")));
    server.on("GET", "/api/v1/cli/login/init", [page(&token)]).on(
        "POST",
        "/api/v1/cli/login/poll",
        [page(&token)],
    );
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let quiet: ankra::testing::platform::Trace = Rc::new(|_, _| {});
    let client = Client::new(server.url().parse().unwrap(), patient(), quiet);
    runtime.block_on(async {
        let start = client.start_login("challenge", "machine", "laptop").await.unwrap_err();
        assert_eq!(start.causes(), ["the answer is not JSON"]);
        let verifier = Secret::new("verifier".into());
        let poll = client.poll_login("ticket", &verifier, patient().end()).await.unwrap();
        assert!(matches!(&poll, LoginAnswer::Trouble { why, .. } if why == "the answer is not JSON"));
        assert!(!format!("{start:?}{poll:?}").contains(&token));
    });
}
