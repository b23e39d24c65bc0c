//! The session bus: its address, calls, and the prompts of the Secret Service.

use std::{
    env,
    os::unix::{
        ffi::OsStrExt,
        fs::{FileTypeExt, MetadataExt},
    },
    path::PathBuf,
    time::Duration,
};

use dbus::{
    Message, Path,
    arg::{AppendAll, ReadAll},
    channel::Channel,
};

use super::{limit::Clock, words::Trouble};

const SERVICE: &str = "org.freedesktop.secrets";
const PROMPT: &str = "org.freedesktop.Secret.Prompt";
const BUS: &str = "org.freedesktop.DBus";

/// The longest text of others that is shown.
const SHOWN: usize = 200;

/// Kinds of addresses that start programs. None is ever started.
const STARTING: [&str; 3] = ["autolaunch:", "launchd:", "unixexec:"];

/// The address of the session bus: `DBUS_SESSION_BUS_ADDRESS`, else the socket `bus` in `$XDG_RUNTIME_DIR`.
pub(super) fn address() -> Result<String, Trouble> {
    let set = |name| env::var_os(name).filter(|value| !value.is_empty());
    let absent = |why: &str| Trouble::Absent(why.to_owned());
    if let Some(address) = set("DBUS_SESSION_BUS_ADDRESS") {
        let address =
            address.into_string().map_err(|_| absent("DBUS_SESSION_BUS_ADDRESS is not valid UTF-8"))?;
        if address.split(';').any(|one| STARTING.iter().any(|start| one.trim_start().starts_with(start))) {
            return Err(absent("DBUS_SESSION_BUS_ADDRESS names a program to start, not a bus"));
        }
        return Ok(address);
    }
    let socket = set("XDG_RUNTIME_DIR").map(|folder| PathBuf::from(folder).join("bus"));
    let own = |path: &PathBuf| {
        let is_own = |meta: std::fs::Metadata| {
            meta.file_type().is_socket() && meta.uid() == rustix::process::geteuid().as_raw()
        };
        path.metadata().is_ok_and(is_own)
    };
    match socket.filter(own) {
        Some(path) => Ok(format!("unix:path={}", escaped(path.as_os_str().as_bytes()))),
        None => Err(absent("there is no session bus (DBUS_SESSION_BUS_ADDRESS is not set)")),
    }
}

/// Bytes as a value in an address.
fn escaped(bytes: &[u8]) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_/.*".contains(&byte);
    let one = |byte: &u8| if is_plain(*byte) { char::from(*byte).into() } else { format!("%{byte:02x}") };
    bytes.iter().map(one).collect()
}

/// A connection to the bus.
pub(super) struct Bus<'a> {
    channel: Channel,
    clock: &'a Clock,
}

impl<'a> Bus<'a> {
    /// Connects. A bus that accepts and says nothing more is waited for by the library without an end.
    pub(super) fn connect(address: &str, clock: &'a Clock) -> Result<Self, Trouble> {
        if address.contains('\0') {
            return Err(Trouble::Absent("the address of the session bus holds a NUL".to_owned()));
        }
        let unreachable = |error: dbus::Error| {
            Trouble::Absent(format!("the session bus cannot be reached ({})", text_of(&error)))
        };
        let mut channel = Channel::open_private(address).map_err(unreachable)?;
        channel.register().map_err(unreachable)?;
        Ok(Self { channel, clock })
    }

    /// Whether a person may be asked.
    pub(super) fn may_ask(&self) -> bool {
        self.clock.may_ask()
    }

    fn left(&self) -> Result<Duration, Trouble> {
        Some(self.clock.left()).filter(|left| left.as_millis() > 0).ok_or_else(|| self.clock.over())
    }

    fn call<A: AppendAll>(
        &self,
        to: &str,
        path: &Path<'_>,
        method: (&str, &str),
        args: A,
    ) -> Result<Message, Fault> {
        let left = self.left()?;
        let mut message = Message::new_method_call(to, path, method.0, method.1)
            .map_err(|why| Trouble::Failed(short(&why)))?;
        message.append_all(args);
        self.channel.send_with_reply_and_block(message, left).map_err(|error| match self.left() {
            Err(over) => Fault::Trouble(over),
            Ok(_) => Fault::of(&error),
        })
    }

    /// Calls a method of the Secret Service, an interface and a name.
    pub(super) fn ask<R: ReadAll>(
        &self,
        path: &Path<'_>,
        method: (&str, &str),
        args: impl AppendAll,
    ) -> Result<R, Fault> {
        let reply = self.call(SERVICE, path, method, args)?;
        reply.read_all().map_err(|_| Fault::Trouble(unknown_answer(method.1)))
    }

    /// Lets the Secret Service ask a person, and waits for what that one decides.
    ///
    /// When the time is over, the question may stay on the screen, and who answers it then unlocks for the next
    /// command. `Dismiss` is never called: gnome-keyring 42 fails an assertion at a later question, and ends.
    pub(super) fn prompt(&self, prompt: &Path<'static>) -> Result<(), Fault> {
        self.clock.wait_for_unlocking();
        let rule = format!(
            "type='signal',sender='{SERVICE}',interface='{PROMPT}',member='Completed',path='{prompt}'"
        );
        self.call(BUS, &Path::from("/org/freedesktop/DBus"), (BUS, "AddMatch"), (rule.as_str(),))?;
        // Which window asks is not known.
        self.ask::<()>(prompt, (PROMPT, "Prompt"), ("",))?;
        while let Ok(left) = self.left() {
            let message = self.channel.blocking_pop_message(left).map_err(|error| Fault::of(&error))?;
            let Some(message) = message.filter(|message| {
                message.path().as_ref() == Some(prompt)
                    && message.interface().is_some_and(|interface| &*interface == PROMPT)
                    && message.member().is_some_and(|member| &*member == "Completed")
            }) else {
                continue;
            };
            let is_dismissed: bool = message.read1().map_err(|_| unknown_answer("Prompt"))?;
            if is_dismissed {
                return Err(Trouble::Locked.into());
            }
            self.clock.go_on();
            return Ok(());
        }
        Err(Trouble::Locked.into())
    }
}

/// What a call met.
#[derive(Debug)]
pub(super) enum Fault {
    /// What it was asked of is not there any more.
    Gone,
    Trouble(Trouble),
}

impl Fault {
    fn of(error: &dbus::Error) -> Self {
        let name = error.name().unwrap_or_default();
        Self::Trouble(match name {
            "org.freedesktop.Secret.Error.IsLocked" => Trouble::Locked,
            "org.freedesktop.Secret.Error.NoSuchObject"
            | "org.freedesktop.DBus.Error.UnknownMethod"
            | "org.freedesktop.DBus.Error.UnknownObject" => return Self::Gone,
            "org.freedesktop.DBus.Error.ServiceUnknown" | "org.freedesktop.DBus.Error.NameHasNoOwner" => {
                Trouble::Absent("no program on the session bus keeps secrets".to_owned())
            }
            name if name.starts_with("org.freedesktop.DBus.Error.Spawn.") => {
                Trouble::Absent(format!("the program that keeps secrets does not start ({})", text_of(error)))
            }
            _ => Trouble::Failed(text_of(error)),
        })
    }
}

impl From<Trouble> for Fault {
    fn from(trouble: Trouble) -> Self {
        Self::Trouble(trouble)
    }
}

impl From<Fault> for Trouble {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Gone => Self::Failed("what it named a moment ago is gone".to_owned()),
            Fault::Trouble(trouble) => trouble,
        }
    }
}

fn unknown_answer(method: &str) -> Trouble {
    Trouble::Failed(format!("its answer to {method} is not understood"))
}

/// What an error says, or else its name.
fn text_of(error: &dbus::Error) -> String {
    short(error.message().filter(|text| !text.is_empty()).or(error.name()).unwrap_or("for no given reason"))
}

/// The first line, and not all of a long one.
fn short(text: &str) -> String {
    text.lines().next().unwrap_or_default().chars().take(SHOWN).collect()
}

#[cfg(test)]
mod tests {
    use super::{SHOWN, escaped, short};

    #[test]
    fn a_path_in_an_address_is_escaped() {
        assert_eq!(escaped(b"/run/user/1000/bus"), "/run/user/1000/bus");
        assert_eq!(escaped(b"/a b;c,d=e%\xff"), "/a%20b%3bc%2cd%3de%25%ff");
    }

    #[test]
    fn of_others_words_the_first_line_is_shown() {
        assert_eq!(short("a\nb"), "a");
        assert_eq!(short(&"é".repeat(SHOWN + 1)).chars().count(), SHOWN);
    }
}
