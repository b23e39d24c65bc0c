//! What this machine is called, and how it is known again.

use std::fmt::Write;

use rustix::{process::getuid, system::uname};
use sha2::{Digest, Sha256};

/// A name longer than this tells nobody more.
const LONGEST: usize = 63;

/// How many bytes of a hash know a machine.
const KNOWN_BY: usize = 16;

/// This machine, for whoever is asked to let it in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Machine {
    /// The host name in plain letters, so that it can be read out and compared.
    pub(crate) name: String,
    /// 32 hex digits, the same for the same person on the same machine, which tell neither.
    pub(crate) id: String,
}

impl Machine {
    pub(crate) fn of_process() -> Self {
        let variable = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
        let user = variable("USER").or_else(|| variable("LOGNAME"));
        let user = user.unwrap_or_else(|| getuid().as_raw().to_string());
        Self::of(&uname().nodename().to_string_lossy(), &user)
    }

    fn of(host: &str, user: &str) -> Self {
        let is_plain = |c: &char| c.is_ascii_alphanumeric() || "-._".contains(*c);
        let name: String = host.chars().filter(is_plain).take(LONGEST).collect();
        let name = if name.is_empty() { "unknown".to_owned() } else { name };
        let hash = Sha256::digest(format!("{host}\n{user}"));
        let id = hash.iter().take(KNOWN_BY).fold(String::new(), |mut id, byte| {
            // Writing to a String cannot fail.
            let _ = write!(id, "{byte:02x}");
            id
        });
        Self { name, id }
    }
}

#[cfg(test)]
mod tests {
    use super::Machine;

    #[test]
    fn a_machine_is_known_again_and_its_name_is_plain() {
        let machine = Machine::of("laptop-1.example", "me");
        assert_eq!(machine.name, "laptop-1.example");
        assert!(machine.id.len() == 32 && machine.id.bytes().all(|byte| byte.is_ascii_hexdigit()));
        assert_eq!(Machine::of("laptop-1.example", "me"), machine);
        for (host, user) in [("laptop-1.example", "you"), ("laptop-2", "me")] {
            assert_ne!(Machine::of(host, user).id, machine.id);
        }
        let named = |host: &str| Machine::of(host, "me").name;
        assert_eq!(named("a\u{1b}[2Jb \u{202e}\u{e4}"), "a2Jb");
        assert_eq!(named("\u{1b}"), "unknown");
        assert_eq!(named(&"x".repeat(500)).len(), 63);
    }
}
