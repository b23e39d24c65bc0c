//! A real browser without a window, driven by the protocol of the W3C for that.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    os::unix::process::CommandExt,
    process::{Command, Stdio},
    thread,
    time::Duration,
};

use rustix::process::{Pid, Signal, kill_process_group};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::{Ended, PATIENCE, await_that, need, processes};

/// The key Enter, as the driver types it.
pub const ENTER: &str = "\u{e007}";
/// The key Tab.
pub const TAB: &str = "\u{e004}";

/// The name under which the driver hands out elements.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// What keeps Chromium to itself and to this machine.
const OPTIONS: [&str; 7] = [
    "--headless=new",
    // Tests may run as root or in a container, where its own sandbox cannot be had.
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];

/// Chromium with one page, which does not outlive this value, and a HOME of its own.
pub struct Browser {
    driver: Ended,
    port: u16,
    session: String,
    home: TempDir,
}

impl Browser {
    pub fn start() -> Self {
        let (driver, chromium) = (need("chromedriver", "chromium-driver"), need("chromium", "chromium"));
        let home = TempDir::new().unwrap();
        // What the driver starts stays in its group. The shell ends that as soon as its standard input is closed:
        // by the end of this value, or of the test, however it comes.
        let script = "\"$0\" --port=0 </dev/null & read -r _; kill -KILL 0";
        let mut command = Command::new("sh");
        command.args(["-c", script]).arg(driver).process_group(0);
        command.env_clear().env("PATH", std::env::var_os("PATH").unwrap());
        command.env("HOME", home.path()).env("TMPDIR", home.path());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut driver = Ended(command.spawn().unwrap());
        let mut lines = BufReader::new(driver.stdout.take().unwrap()).lines().map_while(Result::ok);
        let mut said = Vec::new();
        let port = lines.by_ref().find_map(|line| {
            let port = line.split_once("started successfully on port ");
            let port = port.and_then(|(_, port)| port.trim_end_matches('.').parse().ok());
            said.push(line);
            port
        });
        let port = port.unwrap_or_else(|| panic!("chromedriver names no port: {said:?}"));
        thread::spawn(move || lines.for_each(drop));
        let mut browser = Self { driver, port, session: String::new(), home };
        let options: Vec<_> = OPTIONS.map(str::to_owned).into_iter().chain([browser.profile()]).collect();
        let chrome = json!({ "binary": chromium, "args": options });
        let wanted = json!({ "browserName": "chrome", "goog:chromeOptions": chrome });
        let begun = browser.send("POST", "", Some(json!({ "capabilities": { "alwaysMatch": wanted } })));
        begun["sessionId"].as_str().unwrap().clone_into(&mut browser.session);
        browser
    }

    fn profile(&self) -> String {
        format!("--user-data-dir={}", self.home.path().join("profile").display())
    }

    pub fn open(&self, url: &str) {
        self.send("POST", "/url", Some(json!({ "url": url })));
    }

    /// Waits until the page's heading is `text` and its field takes what is typed; fails with what the page
    /// shows where it never is.
    pub fn expect_heading(&self, text: &str) {
        await_that(
            || self.try_text("h1").filter(|heading| heading == text && self.is_ready()).map(drop),
            || format!("never headed {text:?}:\n{}", self.text("body")),
        );
    }

    /// Types into whatever has the focus, as a person with a keyboard does.
    pub fn type_keys(&self, text: &str) {
        let keys: Vec<Value> = text
            .chars()
            .flat_map(|key| {
                ["keyDown", "keyUp"].map(|what| json!({ "type": what, "value": key.to_string() }))
            })
            .collect();
        let actions = json!([{ "type": "key", "id": "keyboard", "actions": keys }]);
        self.send("POST", "/actions", Some(json!({ "actions": actions })));
    }

    pub fn click(&self, selector: &str) {
        let path = format!("/element/{}/click", self.find(selector));
        self.send("POST", &path, Some(json!({})));
    }

    /// What a person sees of the first element that `selector` finds.
    pub fn text(&self, selector: &str) -> String {
        self.try_text(selector).unwrap_or_else(|| panic!("no {selector}"))
    }

    /// Role and name of an element, as the browser tells them to a screen reader.
    pub fn spoken(&self, selector: &str) -> (String, String) {
        let element = self.find(selector);
        let ask = |what: &str| {
            let told = self.send("GET", &format!("/element/{element}/{what}"), None);
            told.as_str().unwrap().to_owned()
        };
        (ask("computedrole"), ask("computedlabel"))
    }

    /// What a script on the page returns.
    pub fn evaluate(&self, script: &str) -> Value {
        self.send("POST", "/execute/sync", Some(json!({ "script": script, "args": [] })))
    }

    fn find(&self, selector: &str) -> String {
        let by = json!({ "using": "css selector", "value": selector });
        let found = self.send("POST", "/element", Some(by));
        found[ELEMENT].as_str().unwrap_or_else(|| panic!("no {selector}: {found}")).to_owned()
    }

    /// As [`Self::text`]; `None` where there is no such element, or the page is on its way to another.
    fn try_text(&self, selector: &str) -> Option<String> {
        let by = json!({ "using": "css selector", "value": selector });
        let found = self.ask("POST", "/element", Some(by)).ok()?;
        let told = self.ask("GET", &format!("/element/{}/text", found[ELEMENT].as_str()?), None).ok()?;
        told.as_str().map(str::to_owned)
    }

    /// Whether the page is there as a whole: a field gets the focus after the heading is shown.
    fn is_ready(&self) -> bool {
        const SCRIPT: &str = "const field = document.querySelector('[autofocus]'); \
             return document.readyState === 'complete' && (!field || field === document.activeElement)";
        let body = json!({ "script": SCRIPT, "args": [] });
        self.ask("POST", "/execute/sync", Some(body)) == Ok(Value::Bool(true))
    }

    fn send(&self, method: &str, path: &str, body: Option<Value>) -> Value {
        self.ask(method, path, body).unwrap_or_else(|why| panic!("{method} {path}: {why}"))
    }

    /// The value of an answer of the driver's, or its error.
    fn ask(&self, method: &str, path: &str, body: Option<Value>) -> Result<Value, Value> {
        let session = if self.session.is_empty() { String::new() } else { format!("/{}", self.session) };
        let body = body.map(|body| body.to_string()).unwrap_or_default();
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let head = format!(
            "{method} /session{session}{path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n",
            self.port,
            body.len()
        );
        stream.write_all((head + &body).as_bytes()).unwrap();
        // The driver does not close the connection, whatever it is asked.
        let mut answer = BufReader::new(stream);
        let mut head = Vec::new();
        while head.last().is_none_or(|line: &String| !line.trim_end().is_empty()) {
            let mut line = String::new();
            assert_ne!(answer.read_line(&mut line).unwrap(), 0, "the driver hung up: {head:?}");
            head.push(line.to_ascii_lowercase());
        }
        let length = head.iter().find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok());
        let mut text = vec![0; length.unwrap_or_else(|| panic!("no length: {head:?}"))];
        answer.read_exact(&mut text).unwrap();
        let mut value: Value = serde_json::from_slice(&text).unwrap();
        let value = value["value"].take();
        if head[0].starts_with("http/1.1 200 ") { Ok(value) } else { Err(value) }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let group = Pid::from_child(&self.driver);
        let _ = kill_process_group(group, Signal::KILL);
        let _ = self.driver.wait();
        // What reports its crashes is in no group of its, and ends by itself.
        let home = format!("HOME={}", self.home.path().display());
        let is_ours = |process: &processes::Process| {
            process.is_alive_in(group) || process.environment().any(|pair| pair == home.as_bytes())
        };
        // Its files are removed next: nobody may be writing to them.
        for _ in 0..500 {
            if !processes::all().any(|process| is_ours(&process)) {
                return;
            }
            thread::sleep(Duration::from_millis(20));
        }
        processes::all().filter(is_ours).for_each(|process| process.kill(Signal::KILL));
        assert!(thread::panicking(), "Chromium outlives its end");
    }
}
