//! The sandbox over real HTTP on loopback.

mod account;
mod credentials;
mod login;
mod refusals;
mod state;
mod tokens;

use std::{
    path::Path,
    sync::{Arc, Mutex},
};

use reqwest::Method;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::{Access, Sandbox, Tokens};
use crate::secret::Secret;

type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

/// A token of the right form; the tests look for it where it should not be.
const HETZNER: &str = "CANARYhetznerCANARYhetznerCANARYhetznerCANARYhetznerCANARY123456";

/// A sandbox of its own for each test, and who calls it.
struct Here {
    dir: TempDir,
    sandbox: Sandbox,
    tokens: Tokens,
    code: Secret,
    base: String,
    http: reqwest::Client,
    seen: Arc<Mutex<Vec<Access>>>,
}

struct Reply {
    status: u16,
    text: String,
    json: Value,
}

/// Runs a test in a runtime of one thread, as the program does.
fn here(test: impl AsyncFnOnce(&Here) -> Outcome) -> Outcome {
    runtime()?.block_on(async {
        let (here, _) = Here::new(false).await?;
        test(&here).await
    })
}

/// As [`here`], with a page that asks for a second code, which the test gets.
fn with_second_code(test: impl AsyncFnOnce(&Here, &str) -> Outcome) -> Outcome {
    runtime()?.block_on(async {
        let (here, second) = Here::new(true).await?;
        test(&here, second.ok_or("no second code")?.expose()).await
    })
}

fn runtime() -> Outcome<tokio::runtime::Runtime> {
    Ok(tokio::runtime::Builder::new_current_thread().enable_all().build()?)
}

fn client() -> Outcome<reqwest::Client> {
    // Only the first one can install it.
    drop(rustls::crypto::ring::default_provider().install_default());
    Ok(reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build()?)
}

impl Here {
    async fn new(second_factor: bool) -> Outcome<(Self, Option<Secret>)> {
        let dir = tempfile::tempdir()?;
        let sandbox = Sandbox::new(dir.path().join("sandbox"));
        let seen = Arc::new(Mutex::new(Vec::new()));
        let sink = Arc::clone(&seen);
        let on_access = Box::new(move |access: &Access| {
            if let Ok(mut seen) = sink.lock() {
                seen.push(access.clone());
            }
        });
        let (mut server, tokens) = sandbox.listen("127.0.0.1:0".parse()?, Some(on_access)).await?;
        let second = second_factor.then(|| server.ask_for_second_code()).transpose()?;
        let (base, code) = (format!("http://{}", server.address()), server.code());
        server.start();
        Ok((Self { dir, sandbox, tokens, code, base, http: client()?, seen }, second))
    }

    fn folder(&self) -> std::path::PathBuf {
        self.dir.path().join("sandbox")
    }

    fn request(&self, method: &str, path: &str) -> Outcome<reqwest::RequestBuilder> {
        Ok(self.http.request(Method::from_bytes(method.as_bytes())?, format!("{}{path}", self.base)))
    }

    async fn admin(&self, method: &str, path: &str) -> Outcome<Reply> {
        reply(self.request(method, path)?.bearer_auth(self.tokens.admin.expose())).await
    }

    async fn viewer(&self, method: &str, path: &str) -> Outcome<Reply> {
        reply(self.request(method, path)?.bearer_auth(self.tokens.viewer.expose())).await
    }

    async fn send(&self, method: &str, path: &str, body: Value) -> Outcome<Reply> {
        reply(with(self.request(method, path)?.bearer_auth(self.tokens.admin.expose()), &body)).await
    }

    async fn hetzner(&self, name: &str) -> Outcome<Reply> {
        self.send("POST", "/api/v1/credentials/hetzner", json!({ "name": name, "api_token": HETZNER })).await
    }

    /// The admin's requests to the organisation `demo`.
    async fn demo(&self, method: &str, path: &str) -> Outcome<Reply> {
        let demo = self.organisation("demo").await?;
        reply(
            self.request(method, path)?
                .bearer_auth(self.tokens.admin.expose())
                .header("X-Ankra-Organisation-Id", demo),
        )
        .await
    }

    async fn organisation(&self, name: &str) -> Outcome<String> {
        let list = self.admin("GET", "/api/v1/org/organisation").await?.json;
        let found = items(&list).iter().find(|o| o["name"] == name).ok_or("no such organisation")?;
        Ok(text(&found["organisation_id"]).to_owned())
    }
}

fn with(request: reqwest::RequestBuilder, body: &Value) -> reqwest::RequestBuilder {
    request.header("Content-Type", "application/json").body(body.to_string())
}

async fn reply(request: reqwest::RequestBuilder) -> Outcome<Reply> {
    let response = request.send().await?;
    let status = response.status().as_u16();
    let text = response.text().await?;
    let json = serde_json::from_str(&text).unwrap_or(Value::Null);
    Ok(Reply { status, text, json })
}

impl Reply {
    #[track_caller]
    fn is(&self, status: u16, body: &Value) {
        assert_eq!((self.status, &self.json), (status, body), "{}", self.text);
    }

    #[track_caller]
    fn is_done(&self) {
        self.is(200, &json!({ "success": true, "errors": [] }));
    }

    /// A 422 whose complaints are about these fields.
    #[track_caller]
    fn complains(&self, fields: &[(&[&str], &str)]) {
        assert_eq!(self.status, 422, "{}", self.text);
        let got: Vec<_> =
            items(&self.json["detail"]).iter().map(|c| (c["loc"].clone(), &c["type"])).collect();
        let kinds: Vec<Value> = fields.iter().map(|(_, kind)| json!(kind)).collect();
        let wanted: Vec<_> = fields.iter().zip(&kinds).map(|((loc, _), kind)| (json!(loc), kind)).collect();
        assert_eq!(got, wanted, "{}", self.text);
        assert!(items(&self.json["detail"]).iter().all(|c| c["msg"].is_string()));
    }

    fn names(&self) -> Vec<&str> {
        items(&self.json).iter().map(|item| text(&item["name"])).collect()
    }
}

fn items(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// Whether any file below `dir` holds `needle`.
fn any_file_holds(dir: &Path, needle: &[u8]) -> Outcome<bool> {
    for entry in std::fs::read_dir(dir)? {
        if std::fs::read(entry?.path())?.windows(needle.len()).any(|w| w == needle) {
            return Ok(true);
        }
    }
    Ok(false)
}
