//! What the tests stand on: an empty environment, a running sandbox, a server that says
//! what a healthy platform never says, and a real pseudo-terminal.

mod clouds;
mod credential;
mod deployed;
mod env;
#[cfg(target_os = "linux")]
mod keyring;
mod login_registry;
pub mod ovh;
mod platform;
mod port;
mod printed;
mod processes;
mod proxy;
mod pty;
mod python;
mod server;
mod tls;
mod tools;
mod webdriver;

use std::{
    fmt::Write,
    fs,
    sync::LazyLock,
    thread,
    time::{Duration, Instant},
};

pub use clouds::{check_at, create_line, say_that_it_is_there, usual_value};
pub use credential::{ID, ORGANISATION, credential, id};
pub use deployed::{OTHER_ORGANISATION, deployed};
pub use env::{Env, Outcome, Run, write_private};
#[cfg(target_os = "linux")]
pub use keyring::{Bus, Eavesdropper, Keyring, Odd, Pretender};
pub use login_registry::LoginRegistry;
pub use platform::Platform;
pub use port::Port;
pub use processes::Ended;
pub use proxy::{Manner, Proxy};
pub use pty::{End, Pty};
pub use python::python;
pub use server::{Answer, FaultServer, Recorded, Step};
pub use tls::{Authority, Certificate, TlsFront};
pub use tools::{tool_files, write_tool_files};
pub use webdriver::{Browser, ENTER, TAB};

/// The program that is tested: the one that cargo built for the tests, or the one that `ANKRA_PROGRAM` names, such as a
/// release's, which has no debug assertions.
pub fn ankra_path() -> &'static str {
    static PATH: LazyLock<String> = LazyLock::new(|| match std::env::var("ANKRA_PROGRAM") {
        Ok(path) => fs::canonicalize(path).unwrap().into_os_string().into_string().unwrap(),
        Err(_) => env!("CARGO_BIN_EXE_ankra").to_owned(),
    });
    &PATH
}

/// Nothing takes this long unless it hangs, however busy the machine is. The runner's own limit is longer.
pub const PATIENCE: Duration = Duration::from_secs(300);

/// Asks `what` again and again until it gives something; fails with `why` where it never does.
pub fn await_that<T>(mut what: impl FnMut() -> Option<T>, why: impl FnOnce() -> String) -> T {
    let start = Instant::now();
    loop {
        if let Some(found) = what() {
            return found;
        }
        assert!(start.elapsed() < PATIENCE, "{}", why());
        thread::sleep(Duration::from_millis(2));
    }
}

/// Notes for `tests/gates.sh` that `bad` of `all` things were not as they must be.
pub fn gate(name: &str, bad: usize, all: usize) {
    note(&format!("{name}\t{bad}\t{all}"));
}

/// Notes a measured figure for `tests/gates.sh`.
pub fn figure(name: &str, value: impl std::fmt::Display) {
    note(&format!("{name}\t{value}"));
}

fn note(line: &str) {
    if let Some(path) = std::env::var_os("ANKRA_GATES") {
        let mut file = std::fs::File::options().create(true).append(true).open(path).unwrap();
        std::io::Write::write_all(&mut file, format!("{line}\n").as_bytes()).unwrap();
    }
}

/// Fails, naming the Debian package, unless `tool` can be run.
pub fn need(tool: &str, package: &str) -> std::path::PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::env::split_paths(&path).chain(["/usr/sbin".into(), "/sbin".into()]);
    folders
        .map(|folder| folder.join(tool))
        .find(|file| file.is_file())
        .unwrap_or_else(|| panic!("{tool} is missing: install the Debian package {package}"))
}

/// Gives a file to another user: root can, and in a user namespace who has other users' ids to use there.
pub fn give_away(path: &std::path::Path) {
    if rustix::process::geteuid().is_root() {
        return std::os::unix::fs::chown(path, Some(65_534), None).unwrap();
    }
    need("newuidmap", "uidmap");
    let mut chown = std::process::Command::new(need("unshare", "util-linux"));
    let output = chown.args(["--map-root-user", "--map-auto", "chown", "1"]).arg(path).output().unwrap();
    assert!(
        output.status.success(),
        "run this test as root, or have ids in /etc/subuid and allow user namespaces: {}",
        String::from_utf8_lossy(&output.stderr)
    );
}

/// Makes a pipe at `path`, which only this user may open.
pub fn make_pipe(path: &std::path::Path) {
    let mkfifo = need("mkfifo", "coreutils");
    assert!(std::process::Command::new(mkfifo).args(["-m", "600"]).arg(path).status().unwrap().success());
}

/// A token of the form that Hetzner gives out, different at each call.
pub fn hetzner_token() -> String {
    unique("htz", 64)
}

/// `length` letters and digits that begin with `prefix` and occur nowhere else.
pub fn unique(prefix: &str, length: usize) -> String {
    use std::hash::{BuildHasher, Hasher, RandomState};
    let mut text = prefix.to_owned();
    while text.len() < length {
        // In hexadecimal: twelve digits in a row may well be of three kinds alone, which are taken for no secret.
        write!(text, "{:016x}", RandomState::new().build_hasher().finish()).unwrap();
    }
    text.truncate(length);
    text
}
