//! A session bus and the programs on it that keep secrets: gnome-keyring, and one that answers as none should.

use std::{
    collections::HashMap,
    fs,
    io::{BufRead, BufReader, Write},
    os::unix::fs::DirBuilderExt,
    path::PathBuf,
    process::Stdio,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

use dbus::{
    Message, Path,
    arg::{PropMap, RefArg, Variant},
    blocking::Connection,
    channel::Channel,
    message::MessageType,
};

use super::{Ended, Env, Outcome, Run, await_that, need};

/// Everybody may do everything, and nothing is started by itself. The address is another, given with the call.
const RULES: &str = r#"<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>"#;

/// What programs that keep secrets are called on the bus.
const SECRETS: &str = "org.freedesktop.secrets";

/// A session bus of a world's own.
pub struct Bus {
    _daemon: Ended,
    runtime: PathBuf,
    pub address: String,
}

impl Bus {
    pub fn start(env: &Env) -> Self {
        let runtime = env.home().join("run");
        fs::DirBuilder::new().mode(0o700).create(&runtime).unwrap();
        let rules = runtime.join("bus.conf");
        fs::write(&rules, RULES).unwrap();
        let mut run = env.program(need("dbus-daemon", "dbus"));
        run.command.arg(format!("--config-file={}", rules.display()));
        run.command.arg(format!("--address=unix:path={}", runtime.join("bus").display()));
        run.command.args(["--nofork", "--nopidfile", "--print-address=1"]);
        run.command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut daemon = Ended(run.command.spawn().unwrap());
        let mut address = String::new();
        BufReader::new(daemon.stdout.take().unwrap()).read_line(&mut address).unwrap();
        Self { _daemon: daemon, runtime, address: address.trim().to_owned() }
    }

    /// Lets `run` know of this bus.
    pub fn with(&self, run: Run) -> Run {
        run.env("DBUS_SESSION_BUS_ADDRESS", &self.address).env("XDG_RUNTIME_DIR", &self.runtime)
    }

    /// A connection of the test's own.
    pub fn connect(&self) -> Connection {
        Connection::new_address(&self.address).unwrap()
    }

    fn await_owner(&self, name: &str) {
        let own = self.connect();
        let bus = own.with_proxy("org.freedesktop.DBus", "/org/freedesktop/DBus", super::PATIENCE);
        await_that(
            || {
                let (is_there,): (bool,) =
                    bus.method_call("org.freedesktop.DBus", "NameHasOwner", (name,)).unwrap();
                is_there.then_some(())
            },
            || format!("nobody becomes {name}"),
        );
    }

    /// Takes the name of what shows gnome-keyring's questions, and shows none: a person who is away.
    pub fn person_is_away(&self) -> Connection {
        let away = self.connect();
        away.request_name("org.gnome.keyring.SystemPrompter", false, true, true).unwrap();
        away
    }
}

/// gnome-keyring on a bus of its own.
pub struct Keyring<'a> {
    env: &'a Env,
    pub bus: Bus,
    _daemon: Ended,
}

impl<'a> Keyring<'a> {
    /// With an unlocked default collection.
    pub fn start(env: &'a Env) -> Self {
        Self::started(env, &["--unlock"])
    }

    /// As it is where nobody has ever signed in on a desktop: without a default collection.
    pub fn fresh(env: &'a Env) -> Self {
        Self::started(env, &[])
    }

    fn started(env: &'a Env, args: &[&str]) -> Self {
        let bus = Bus::start(env);
        let mut run = bus.with(env.program(need("gnome-keyring-daemon", "gnome-keyring")));
        run.command.args(["--foreground", "--components=secrets"]).args(args);
        run.command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut daemon = Ended(run.command.spawn().unwrap());
        daemon.stdin.take().unwrap().write_all(b"password of the keyring").unwrap();
        bus.await_owner(SECRETS);
        let keyring = Self { env, bus, _daemon: daemon };
        if !args.is_empty() {
            await_that(|| keyring.says("(<false>,)").then_some(()), || "the keyring stays locked".to_owned());
        }
        keyring
    }

    /// Lets `run` know of the bus.
    pub fn with(&self, run: Run) -> Run {
        self.bus.with(run)
    }

    /// What `secret-tool` finds: the items with these attributes, and their secrets.
    pub fn search(&self, attributes: &[&str]) -> String {
        let tool = self.env.program(need("secret-tool", "libsecret-tools"));
        let mut run = self.with(tool).arg("search").arg("--all");
        run.command.args(attributes);
        run.run().all()
    }

    /// Removes the items with these attributes, by another program than ours.
    pub fn clear(&self, attributes: &[&str]) {
        let tool = self.env.program(need("secret-tool", "libsecret-tools"));
        let mut run = self.with(tool).arg("clear");
        run.command.args(attributes);
        run.ok();
    }

    /// Locks the default collection, by another program than ours.
    pub fn lock(&self) {
        let default = "/org/freedesktop/secrets/aliases/default";
        self.gdbus(
            "/org/freedesktop/secrets",
            "org.freedesktop.Secret.Service.Lock",
            &[&format!("['{default}']")],
        );
        assert!(self.is_locked());
    }

    /// Whether the default collection is there and locked.
    pub fn is_locked(&self) -> bool {
        self.says("(<true>,)")
    }

    /// Whether it says so of the lock of its default collection.
    fn says(&self, answer: &str) -> bool {
        let get = "org.freedesktop.DBus.Properties.Get";
        let default = "/org/freedesktop/secrets/aliases/default";
        let outcome = self.gdbus(default, get, &["org.freedesktop.Secret.Collection", "Locked"]);
        outcome.stdout.trim() == answer
    }

    fn gdbus(&self, path: &str, method: &str, args: &[&str]) -> Outcome {
        let mut run = self.with(self.env.program(need("gdbus", "libglib2.0-bin")));
        run.command.args(["call", "--session", "--dest", SECRETS, "--object-path", path, "--method", method]);
        run.command.args(args);
        run.run()
    }
}

/// What a [`Pretender`] does as no keychain should.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Odd {
    /// Nothing.
    No,
    /// It does not answer this method.
    Mute(&'static str),
    /// It answers this method with a number.
    Nonsense(&'static str),
    /// It answers this method with an error of these words.
    Error(&'static str, &'static str),
    /// Its half of the key is these bytes.
    Half(&'static [u8]),
    /// It gives back a text with an initial vector of so many bytes.
    Vector(usize),
    /// It gives back what cannot be decrypted.
    Garbled,
    /// It asks a person when an item is made, and says of the outcome a text.
    PromptsWithText,
    /// Its collection is locked, and a person unlocks it.
    Locked,
    /// Its collection is locked, and a person refuses.
    Refused,
    /// Its collection is locked, and a person is away.
    Away,
}

/// A program that keeps one secret, without its key: it gives back the bytes that it was given.
pub struct Pretender {
    pub bus: Bus,
    is_over: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
    calls: Arc<Mutex<Vec<String>>>,
}

impl Pretender {
    pub fn start(env: &Env, odd: Odd) -> Self {
        let bus = Bus::start(env);
        let own = bus.connect();
        own.request_name(SECRETS, false, true, true).unwrap();
        let (is_over, calls) = (Arc::new(AtomicBool::new(false)), Arc::new(Mutex::new(Vec::new())));
        let (stop, noted) = (Arc::clone(&is_over), Arc::clone(&calls));
        let thread = thread::spawn(move || {
            let mut state = State { odd, kept: None, attributes: HashMap::new(), is_unlocked: false };
            while !stop.load(Ordering::Relaxed) {
                let message = own.channel().blocking_pop_message(Duration::from_millis(20)).unwrap();
                let Some(call) = message.filter(|one| one.msg_type() == MessageType::MethodCall) else {
                    continue;
                };
                noted.lock().unwrap().push(call.member().unwrap().to_string());
                state.answer(&call, own.channel());
            }
        });
        Self { bus, is_over, thread: Some(thread), calls }
    }

    /// The methods that were called.
    pub fn calls(&self) -> Vec<String> {
        self.calls.lock().unwrap().clone()
    }
}

impl Drop for Pretender {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::Relaxed);
        let ended = self.thread.take().unwrap().join();
        assert!(thread::panicking() || ended.is_ok());
    }
}

/// An encrypted text: session, initial vector, text, kind.
type Encrypted = (Path<'static>, Vec<u8>, Vec<u8>, String);

struct State {
    odd: Odd,
    kept: Option<Encrypted>,
    attributes: HashMap<String, String>,
    is_unlocked: bool,
}

impl State {
    fn answer(&mut self, call: &Message, to: &Channel) {
        let path = |text: &str| Path::from(text.to_owned());
        let none = path("/");
        let member = call.member().unwrap().to_string();
        let locked = matches!(self.odd, Odd::Locked | Odd::Refused | Odd::Away) && !self.is_unlocked;
        let reply = call.method_return();
        let reply = match (self.odd, member.as_str()) {
            (Odd::Mute(method), called) if method == called => return,
            (Odd::Nonsense(method), called) if method == called => reply.append1(7_u32),
            (Odd::Error(method, words), called) if method == called => {
                let words = std::ffi::CString::new(words).unwrap();
                call.error(&"org.example.Odd".into(), &words)
            }
            (odd, "OpenSession") => {
                // A power of the generator: the key that comes of it is not known here, nor needed.
                let half = if let Odd::Half(half) = odd { half } else { &[4] };
                reply.append2(Variant(half.to_vec()), path("/session"))
            }
            (_, "ReadAlias") => reply.append1(path("/collection")),
            (_, "Get") if call.path().is_some_and(|path| &*path == "/item") => {
                reply.append1(Variant(self.attributes.clone()))
            }
            (_, "Get") => reply.append1(Variant(locked)),
            (_, "SearchItems") => {
                let items: Vec<Path<'_>> = self.kept.iter().map(|_| path("/item")).collect();
                let (open, shut) = if locked { (vec![], items) } else { (items, vec![]) };
                reply.append2(open, shut)
            }
            (_, "Unlock") => reply.append2(Vec::<Path<'_>>::new(), path("/prompt")),
            (odd, "CreateItem") => {
                let (properties, secret, _): (PropMap, Encrypted, bool) = call.read3().unwrap();
                let attributes = properties["org.freedesktop.Secret.Item.Attributes"].0.as_iter().unwrap();
                let texts: Vec<&str> = attributes.map(|text| text.as_str().unwrap()).collect();
                self.attributes =
                    texts.chunks(2).map(|pair| (pair[0].to_owned(), pair[1].to_owned())).collect();
                self.kept = Some(secret);
                let prompts = odd == Odd::PromptsWithText;
                let (item, prompt) = if prompts { (none, path("/prompt")) } else { (path("/item"), none) };
                reply.append2(item, prompt)
            }
            (odd, "GetSecret") => {
                let mut secret = self.kept.clone().unwrap();
                match odd {
                    Odd::Vector(length) => secret.1.resize(length, 7),
                    Odd::Garbled => secret.2.iter_mut().for_each(|byte| *byte ^= 0x55),
                    _ => {}
                }
                reply.append1(secret)
            }
            (_, "Delete") => {
                self.kept = None;
                reply.append1(none)
            }
            (Odd::Away, "Prompt") => reply,
            (odd, "Prompt") => {
                to.send(reply).unwrap();
                self.is_unlocked = odd == Odd::Locked;
                let text: Box<dyn RefArg> = Box::new("a text of the keychain".to_owned());
                let completed = Message::new_signal(
                    call.path().unwrap().to_string(),
                    "org.freedesktop.Secret.Prompt",
                    "Completed",
                );
                completed.unwrap().append2(odd == Odd::Refused, Variant(text))
            }
            _ => return,
        };
        to.send(reply).unwrap();
    }
}

/// All that goes over a bus, as it is written there.
pub struct Eavesdropper {
    is_over: Arc<AtomicBool>,
    thread: JoinHandle<Vec<u8>>,
}

impl Eavesdropper {
    pub fn on(bus: &Bus) -> Self {
        let own = bus.connect();
        let proxy = own.with_proxy("org.freedesktop.DBus", "/org/freedesktop/DBus", super::PATIENCE);
        let nothing: Vec<&str> = Vec::new();
        let () =
            proxy.method_call("org.freedesktop.DBus.Monitoring", "BecomeMonitor", (nothing, 0_u32)).unwrap();
        let is_over = Arc::new(AtomicBool::new(false));
        let stop = Arc::clone(&is_over);
        let thread = thread::spawn(move || {
            let mut heard = Vec::new();
            loop {
                match own.channel().blocking_pop_message(Duration::from_millis(20)).unwrap() {
                    Some(mut message) => {
                        if message.get_serial().is_none() {
                            message.set_serial(1);
                        }
                        let note = |bytes: &[u8]| -> Result<(), ()> {
                            heard.extend_from_slice(bytes);
                            Ok(())
                        };
                        message.marshal(note).unwrap();
                    }
                    None if stop.load(Ordering::Relaxed) => return heard,
                    None => {}
                }
            }
        });
        Self { is_over, thread }
    }

    /// What was heard until now.
    pub fn heard(self) -> Vec<u8> {
        self.is_over.store(true, Ordering::Relaxed);
        self.thread.join().unwrap()
    }
}
