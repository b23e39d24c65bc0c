//! Credential helpers: programs that keep logins and give them out (docker-credential-helpers).

use std::{
    io::Write,
    os::{fd::AsFd, unix::process::CommandExt},
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, ExitStatus, Stdio},
    sync::{Arc, Mutex, PoisonError},
    thread::sleep,
    time::{Duration, Instant},
};

use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    fs::Access,
    io::Errno,
    process::{Pid, Signal, kill_process_group},
};
use zeroize::Zeroizing;

use super::read::{LIMIT, how_it_ended};
use crate::{
    error::{Error, ErrorKind, Result},
    process::{attended, keep_apart},
};

/// How often is looked whether the helper has ended.
const BEAT: Duration = Duration::from_millis(10);

/// The longest name of a helper.
const LONGEST_NAME: usize = 64;

/// What every helper answers where it keeps nothing for a server.
const NOT_FOUND: &[u8] = b"credentials not found in native keychain";

/// A program `docker-credential-NAME`.
#[derive(Clone, Debug)]
pub struct CredentialHelper {
    program: PathBuf,
    name: String,
    /// Where it finds programs in turn.
    folders: Vec<PathBuf>,
    limit: Duration,
}

impl CredentialHelper {
    /// Finds the helper `name` in `folders`, which are absolute. It may take `limit` to answer.
    ///
    /// # Errors
    /// Usage, for a name that could lead out of the folders or that no program there has.
    pub fn find(name: &str, folders: &[PathBuf], limit: Duration) -> Result<Self> {
        let plain = |b: u8| b.is_ascii_alphanumeric() || b"._-".contains(&b);
        if name.is_empty() || name.len() > LONGEST_NAME || !name.bytes().all(plain) {
            return Err(Error::usage("a credential helper is named that cannot be one")
                .cause("its name has letters, digits, dots, hyphens and underscores, and no slash")
                .hint("see to credsStore and credHelpers in the login file"));
        }
        let program = format!("docker-credential-{name}");
        let there = |path: &PathBuf| path.is_file() && rustix::fs::access(path, Access::EXEC_OK).is_ok();
        let folders: Vec<PathBuf> = folders.iter().filter(|folder| folder.is_absolute()).cloned().collect();
        match folders.iter().map(|folder| folder.join(&program)).find(there) {
            Some(path) => Ok(Self { program: path, name: program, folders, limit }),
            None => Err(Error::usage(format!("there is no program {program}"))
                .cause("a login file says that it keeps the login, and no absolute folder of PATH has it")
                .hint("install it or add its folder to PATH, or sign in again without a credential helper")),
        }
    }

    /// The program's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Where the program is.
    #[must_use]
    pub fn program(&self) -> &Path {
        &self.program
    }

    /// What it answers for `server`; `None` where it keeps nothing for it.
    ///
    /// # Errors
    /// Failure, if it cannot be run, fails, or answers endlessly; timed out, if it does not answer in
    /// time. Nothing that it wrote is repeated: that may be the secret.
    pub fn get(&self, server: &str) -> Result<Option<Zeroizing<Vec<u8>>>> {
        let (status, answer) = self.run("get", &format!("{server}\n"))?;
        if status.success() {
            return Ok(Some(answer));
        }
        if answer.trim_ascii() == NOT_FOUND {
            return Ok(None);
        }
        Err(self.failed(&how_it_ended(status)))
    }

    /// What it answers when asked for all servers that it keeps something for.
    ///
    /// # Errors
    /// As [`Self::get`].
    pub fn list(&self) -> Result<Zeroizing<Vec<u8>>> {
        let (status, answer) = self.run("list", "")?;
        if status.success() { Ok(answer) } else { Err(self.failed(&how_it_ended(status))) }
    }

    /// The error where it gives nothing of use.
    #[must_use]
    pub fn failed(&self, why: &str) -> Error {
        Error::failure(format!("{} gives no login", self.name))
            .cause(why)
            .hint(format!("run {} list to see what is wrong, or sign in again", self.name))
    }

    /// Runs `NAME action` in a process group of its own, which does not outlive this process.
    fn run(&self, action: &str, input: &str) -> Result<(ExitStatus, Zeroizing<Vec<u8>>)> {
        let mut command = Command::new(&self.program);
        command.arg(action).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        command.process_group(0);
        if let Ok(path) = std::env::join_paths(&self.folders) {
            command.env("PATH", path);
        }
        keep_apart(&mut command);
        let group = Group::default();
        attended(group.clone().killer(), || {
            let mut child =
                command.spawn().map_err(|error| self.failed(&format!("it cannot be run: {error}")))?;
            group.set(Some(&child));
            let result = self.converse(&mut child, &group, input);
            if result.is_err() {
                group.kill();
                let _ = child.wait();
            }
            result
        })?
    }

    fn converse(
        &self,
        child: &mut Child,
        group: &Group,
        input: &str,
    ) -> Result<(ExitStatus, Zeroizing<Vec<u8>>)> {
        let lost = |error: std::io::Error| self.failed(&error.to_string());
        let start = Instant::now();
        if let Some(mut stdin) = child.stdin.take() {
            // It fits the pipe. A helper that does not read it is free not to.
            let _ = stdin.write_all(input.as_bytes());
        }
        let mut stdout = child.stdout.take();
        // One buffer that never grows: no copy stays behind.
        let mut answer = Zeroizing::new(vec![0; LIMIT + 1]);
        let mut filled = 0;
        loop {
            let status = group.try_wait(child).map_err(lost)?;
            // What it wrote before it ended is there now; what it left running may hold the pipe.
            let wait = if status.is_some() { Duration::ZERO } else { BEAT };
            while let Some(pipe) = &stdout
                && readable(pipe, wait).map_err(|errno| lost(errno.into()))?
            {
                match rustix::io::read(pipe, &mut answer[filled..]) {
                    Ok(0) => stdout = None,
                    Ok(count) => filled += count,
                    Err(Errno::INTR) => {}
                    Err(errno) => return Err(lost(errno.into())),
                }
                if filled > LIMIT {
                    return Err(self.failed("it answers with more than 1 MiB"));
                }
                if start.elapsed() > self.limit {
                    break;
                }
            }
            if let Some(status) = status {
                answer.truncate(filled);
                return Ok((status, answer));
            }
            if start.elapsed() > self.limit {
                let seconds = self.limit.as_secs();
                return Err(Error::new(ErrorKind::TimedOut, format!("{} does not answer", self.name))
                    .cause(format!("it was ended after {seconds} s"))
                    .hint(
                        "give it longer with --timeout SECONDS, or see whether it waits for you elsewhere",
                    ));
            }
            if stdout.is_none() {
                sleep(BEAT);
            }
        }
    }
}

fn readable(pipe: &ChildStdout, wait: Duration) -> rustix::io::Result<bool> {
    let wait = Timespec::try_from(wait).unwrap_or_default();
    let mut ready = [PollFd::from_borrowed_fd(pipe.as_fd(), PollFlags::IN)];
    match poll(&mut ready, Some(&wait)) {
        Ok(count) => Ok(count > 0),
        Err(Errno::INTR) => Ok(false),
        Err(errno) => Err(errno),
    }
}

/// The helper's process group while its leader has not been waited for: later, the number may be
/// another's.
#[derive(Clone, Default)]
struct Group(Arc<Mutex<Option<Pid>>>);

impl Group {
    fn lock(&self) -> std::sync::MutexGuard<'_, Option<Pid>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set(&self, leader: Option<&Child>) {
        *self.lock() = leader.map(Pid::from_child);
    }

    fn try_wait(&self, child: &mut Child) -> std::io::Result<Option<ExitStatus>> {
        let mut group = self.lock();
        let status = child.try_wait()?;
        if status.is_some() {
            *group = None;
        }
        Ok(status)
    }

    fn kill(&self) {
        if let Some(leader) = self.lock().take() {
            let _ = kill_process_group(leader, Signal::KILL);
        }
    }

    fn killer(self) -> impl Fn() + Send + 'static {
        move || self.kill()
    }
}

#[cfg(test)]
mod tests;
