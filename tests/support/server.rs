//! A programmable server for what a healthy platform never says.
//!
//! hyper reads every request. An ordinary answer is written by hyper too; a faulty one is
//! written to the socket byte by byte, as the script says.

use std::{
    collections::VecDeque,
    convert::Infallible,
    net::SocketAddr,
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

use ankra::testing::providers::Provider;
use http_body_util::{BodyExt, Full};
use hyper::{Request, Response, body::Bytes, body::Incoming, service::service_fn};
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, DuplexStream},
    net::{TcpListener, TcpStream},
    sync::{mpsc, oneshot},
};

use super::{Env, ORGANISATION, Run};

/// What a route answers.
#[derive(Clone, Debug)]
pub enum Answer {
    /// A well-formed answer.
    Plain { status: u16, headers: Vec<(String, String)>, body: Vec<u8> },
    /// Bytes on the socket, then it is closed.
    Script(Vec<Step>),
}

/// One step of a faulty answer.
#[derive(Clone, Debug)]
pub enum Step {
    /// Write this.
    Write(Vec<u8>),
    /// Write this one byte at a time, with a pause after each.
    Drip(Vec<u8>, Duration),
    /// Write this again and again until the client goes away.
    Endless(Vec<u8>),
    /// Do nothing for so long.
    Wait(Duration),
    /// Close with a reset in place of an end.
    Reset,
}

impl Answer {
    pub fn json(status: u16, body: impl Into<Value>) -> Self {
        Self::text(status, "application/json", body.into().to_string())
    }

    pub fn text(status: u16, kind: &str, body: impl Into<Vec<u8>>) -> Self {
        Self::Plain { status, headers: vec![("content-type".into(), kind.into())], body: body.into() }
    }

    /// What was asked for is done.
    pub fn done() -> Self {
        Self::json(200, serde_json::json!({"success": true}))
    }

    /// The token of a sign-in in a browser.
    pub fn collected(token: &str) -> Self {
        let known = serde_json::json!({"token": token, "token_id": super::id(1), "token_name": "laptop",
            "expires_at": "2027-01-01T00:00:00Z", "mfa_required": false, "status": "approved"});
        Self::json(200, known)
    }

    /// A sign-in in a browser still waits, in the platform's words.
    pub fn pending(status: &str) -> Self {
        Self::json(
            200,
            serde_json::json!({"token": "", "token_id": null, "expires_at": null, "status": status}),
        )
    }

    pub fn header(mut self, key: &str, value: &str) -> Self {
        if let Self::Plain { headers, .. } = &mut self {
            headers.push((key.into(), value.into()));
        }
        self
    }

    /// The client waits for ever.
    pub fn silence() -> Self {
        Self::Script(vec![Step::Wait(Duration::from_secs(3600))])
    }

    /// The connection ends before an answer.
    pub fn close() -> Self {
        Self::Script(vec![])
    }

    /// The connection is reset before an answer.
    pub fn reset() -> Self {
        Self::Script(vec![Step::Reset])
    }

    /// These bytes as they are.
    pub fn raw(bytes: impl Into<Vec<u8>>) -> Self {
        Self::Script(vec![Step::Write(bytes.into())])
    }
}

/// A request that came.
#[derive(Clone, Debug)]
pub struct Recorded {
    pub method: String,
    /// Path and query.
    pub target: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    pub at: Instant,
}

impl Recorded {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

#[derive(Default)]
struct State {
    /// What a request without a route of its own gets: 404, or success about this thing.
    everything: Option<Value>,
    /// What a request gets that has no route of its own, before `everything`: any, any but a GET, or a GET.
    every: Option<Answer>,
    every_write: Option<Answer>,
    every_read: Option<Answer>,
    routes: Vec<Route>,
    recorded: Vec<Recorded>,
}

struct Route {
    method: String,
    path: String,
    answers: VecDeque<Answer>,
    called: bool,
}

impl State {
    /// The next answer for a request; the last one of a route is given again and again.
    fn answer(&mut self, method: &str, path: &str) -> Answer {
        let Some(route) = self.routes.iter_mut().find(|route| route.method == method && route.path == path)
        else {
            let write = self.every_write.as_ref().filter(|_| method != "GET");
            let read = self.every_read.as_ref().filter(|_| method == "GET");
            if let Some(answer) = write.or(read).or(self.every.as_ref()) {
                return answer.clone();
            }
            return match &self.everything {
                None => Answer::json(404, serde_json::json!({"detail": "Not Found"})),
                Some(thing) => success(method, path, thing),
            };
        };
        route.called = true;
        if route.answers.len() > 1 {
            route.answers.pop_front().unwrap()
        } else {
            route.answers.front().cloned().unwrap()
        }
    }
}

/// A list where a list is due, else the thing itself.
fn success(method: &str, path: &str, thing: &Value) -> Answer {
    let page = serde_json::json!({"credentials": [thing], "result": [thing], "total_count": 1});
    Answer::json(
        200,
        match (method, path.rsplit('/').next().unwrap_or_default()) {
            ("GET", "credentials") if path.contains("/helm/") => page,
            ("GET", "registries") => page,
            ("GET", what)
                if ["credentials", "ssh-keys", "organisation", "tokens"].contains(&what)
                    || Provider::named(what).is_some() =>
            {
                let mut thing = thing.clone();
                thing["organisation_id"] = thing["id"].clone();
                Value::Array(vec![thing])
            }
            _ => thing.clone(),
        },
    )
}

/// The server, on a thread of its own for as long as this lives.
pub struct FaultServer {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
    stop: Option<oneshot::Sender<()>>,
}

impl FaultServer {
    pub fn start() -> Self {
        let state = Arc::new(Mutex::new(State::default()));
        let (tell, told) = std::sync::mpsc::channel();
        let (stop, stopped) = oneshot::channel();
        let shared = Arc::clone(&state);
        thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async move {
                let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
                tell.send(listener.local_addr().unwrap()).unwrap();
                tokio::select! {
                    () = accept(listener, shared) => {}
                    _ = stopped => {}
                }
            });
        });
        Self { address: told.recv().unwrap(), state, stop: Some(stop) }
    }

    /// As [`Self::start`], with one organisation: a token is good there.
    pub fn with_organisation() -> Self {
        let server = Self::start();
        server.has_organisation("acme");
        server
    }

    /// Has one organisation of this name, and must be asked for it.
    pub fn has_organisation(&self, name: &str) -> &Self {
        let one = serde_json::json!({"organisation_id": ORGANISATION, "name": name, "slug": name});
        self.on("GET", "/api/v1/org/organisation", [Answer::json(200, vec![one])])
    }

    /// Begins sign-ins in a browser, on a page of its own; collecting the token gives `polls` in turn.
    pub fn signs_in(&self, polls: impl IntoIterator<Item = Answer>) -> &Self {
        let begun = serde_json::json!({"auth_url": self.page(), "state": "s", "ticket": "the-ticket"});
        self.on("GET", "/api/v1/cli/login/init", [Answer::json(200, begun)]);
        self.on("POST", "/api/v1/cli/login/poll", polls)
    }

    /// The address of the page for that: longer than the line of any terminal.
    pub fn page(&self) -> String {
        let rest = "code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&scope=openid%20profile";
        format!("{}/sign-in?state={}&{rest}", self.url(), "0123456789abcdef".repeat(8))
    }

    /// Answers every read that has no route of its own with an empty list.
    pub fn may_list(&self) -> &Self {
        self.state.lock().unwrap().every_read = Some(Answer::json(200, serde_json::json!([])));
        self
    }

    /// Stores each `what` that it is sent, such as `hetzner` or `hetzner/ssh-key`, and does not show it.
    pub fn creates(&self, what: &str) -> &Self {
        self.on("POST", &format!("/api/v1/credentials/{what}"), [Answer::done()])
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Answers `METHOD /path` (without a query) with `answers` in turn, the last for ever.
    /// A route that is never called fails the test.
    pub fn on(&self, method: &str, path: &str, answers: impl IntoIterator<Item = Answer>) -> &Self {
        self.state.lock().unwrap().routes.push(Route {
            method: method.into(),
            path: path.into(),
            answers: answers.into_iter().collect(),
            called: false,
        });
        self
    }

    /// Changes what a route answers from now on.
    pub fn now_answers(&self, method: &str, path: &str, answer: Answer) {
        let mut state = self.state.lock().unwrap();
        let route = state.routes.iter_mut().find(|route| route.method == method && route.path == path);
        route.unwrap().answers = VecDeque::from([answer]);
    }

    /// As [`Self::on`], once each, and nobody need call them.
    pub fn answers_if_asked<'a>(&self, routes: impl IntoIterator<Item = (&'a str, &'a str, Answer)>) {
        let route = |(method, path, answer): (&str, &str, Answer)| Route {
            method: method.into(),
            path: path.into(),
            answers: VecDeque::from([answer]),
            called: true,
        };
        self.state.lock().unwrap().routes.extend(routes.into_iter().map(route));
    }

    /// Answers every request that has no route of its own with success, about `thing`.
    pub fn accept_everything(&self, thing: Value) {
        self.state.lock().unwrap().everything = Some(thing);
    }

    /// Answers every request that has no route of its own with `answer`.
    pub fn on_every_request(&self, answer: Answer) {
        self.state.lock().unwrap().every = Some(answer);
    }

    /// Answers every request other than GET that has no route of its own with `answer`.
    pub fn on_every_write(&self, answer: Answer) {
        self.state.lock().unwrap().every_write = Some(answer);
    }

    /// Answers whatever changes something with `answer`, in place of what its route has.
    pub fn answer_changes(&self, answer: &Answer) {
        let mut state = self.state.lock().unwrap();
        for route in state.routes.iter_mut().filter(|route| route.method != "GET") {
            route.answers = VecDeque::from([answer.clone()]);
        }
    }

    /// All requests so far, in their order.
    pub fn requests(&self) -> Vec<Recorded> {
        self.state.lock().unwrap().recorded.clone()
    }

    /// The requests with a method other than GET.
    pub fn writes(&self) -> Vec<Recorded> {
        self.requests().into_iter().filter(|request| request.method != "GET").collect()
    }

    /// Method and target of each request.
    pub fn lines(&self) -> Vec<String> {
        self.requests().iter().map(|request| format!("{} {}", request.method, request.target)).collect()
    }

    /// A command that talks to this server.
    pub fn ankra(&self, env: &Env, line: &str) -> Run {
        env.line(line).env("ANKRA_BASE_URL", self.url()).env("ANKRA_API_TOKEN", "token-of-the-test")
    }
}

impl Drop for FaultServer {
    fn drop(&mut self) {
        drop(self.stop.take());
        if thread::panicking() {
            return;
        }
        let state = self.state.lock().unwrap();
        let idle: Vec<String> = state
            .routes
            .iter()
            .filter(|route| !route.called)
            .map(|route| format!("{} {}", route.method, route.path))
            .collect();
        assert!(idle.is_empty(), "never called: {idle:?}");
    }
}

async fn accept(listener: TcpListener, state: Arc<Mutex<State>>) {
    loop {
        let (socket, _) = listener.accept().await.unwrap();
        tokio::spawn(connection(socket, Arc::clone(&state)));
    }
}

/// Stands between the socket and hyper, so that a script can take the socket over.
async fn connection(mut socket: TcpStream, state: Arc<Mutex<State>>) {
    let (mut near, far) = tokio::io::duplex(1 << 16);
    let (script_out, mut script) = mpsc::unbounded_channel();
    tokio::spawn(serve(far, state, script_out));
    let (mut up, mut down) = (vec![0; 1 << 16], vec![0; 1 << 16]);
    loop {
        tokio::select! {
            read = socket.read(&mut up) => match read {
                Ok(0) | Err(_) => return,
                Ok(count) => if near.write_all(&up[..count]).await.is_err() { return },
            },
            read = near.read(&mut down) => match read {
                Ok(0) | Err(_) => return,
                Ok(count) => if socket.write_all(&down[..count]).await.is_err() { return },
            },
            Some(steps) = script.recv() => {
                play(socket, steps).await;
                return;
            }
        }
    }
}

async fn play(mut socket: TcpStream, steps: Vec<Step>) {
    for step in steps {
        let done = match step {
            Step::Write(bytes) => socket.write_all(&bytes).await,
            Step::Wait(time) => {
                tokio::time::sleep(time).await;
                Ok(())
            }
            Step::Drip(bytes, pause) => drip(&mut socket, &bytes, pause).await,
            Step::Endless(bytes) => loop {
                if let Err(error) = socket.write_all(&bytes).await {
                    break Err(error);
                }
            },
            Step::Reset => socket.set_zero_linger(),
        };
        if done.is_err() {
            return;
        }
    }
}

async fn drip(socket: &mut TcpStream, bytes: &[u8], pause: Duration) -> std::io::Result<()> {
    for byte in bytes {
        socket.write_all(&[*byte]).await?;
        tokio::time::sleep(pause).await;
    }
    Ok(())
}

async fn serve(io: DuplexStream, state: Arc<Mutex<State>>, script: mpsc::UnboundedSender<Vec<Step>>) {
    let service = service_fn(move |request| answer(request, Arc::clone(&state), script.clone()));
    // The client may end the connection whenever it likes.
    let _ = hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(io), service).await;
}

async fn answer(
    request: Request<Incoming>,
    state: Arc<Mutex<State>>,
    script: mpsc::UnboundedSender<Vec<Step>>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let (head, body) = request.into_parts();
    let body = body.collect().await.map(|body| body.to_bytes().to_vec()).unwrap_or_default();
    let headers = head
        .headers
        .iter()
        .map(|(key, value)| (key.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
        .collect();
    let answer = {
        let mut state = state.lock().unwrap();
        let method = head.method.to_string();
        let target = head.uri.path_and_query().map(ToString::to_string).unwrap_or_default();
        let at = Instant::now();
        state.recorded.push(Recorded { method: method.clone(), target, headers, body, at });
        state.answer(&method, head.uri.path())
    };
    match answer {
        Answer::Plain { status, headers, body } => {
            let mut response = Response::builder().status(status);
            for (key, value) in headers {
                response = response.header(key, value);
            }
            Ok(response.body(Full::new(body.into())).unwrap())
        }
        Answer::Script(steps) => {
            let _ = script.send(steps);
            std::future::pending().await
        }
    }
}
