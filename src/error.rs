//! One error type for the whole program, and the exit code of each kind.
//!
//! An [`Error`] says what failed, why, and what to do next. Its texts may hold
//! words of a server or a file: they pass the sanitiser of `output` before a
//! terminal sees them. They never hold a secret.

use std::fmt;

mod hint;
mod near;

pub(crate) use hint::listed;
pub use hint::{Hint, Run, quoted};
pub(crate) use near::is_near;

/// Shorthand for results of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What sort of failure an `Error` is: decides the exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// Anything without a more telling kind.
    Failure,
    /// The command line, a setting or a given value cannot be used as it is.
    Usage,
    /// The thing named does not exist.
    NotFound,
    /// A person was asked and said no.
    Declined,
    /// Nothing came back in time, and nothing can have been changed.
    TimedOut,
    /// There is no connection to the provider of a credential.
    Unreachable,
    /// A change was sent and its answer was lost: it may or may not have happened.
    OutcomeUnknown,
    /// No token, or one that the platform does not accept.
    Authentication,
    /// Signed in, but not allowed to do this.
    Permission,
    /// The name is taken.
    Conflict,
    /// What was looked for was found, as a failure was asked for in that case.
    Findings,
    /// A report was given of which parts are missing.
    Incomplete,
    /// As [`Self::Failure`], of a command that says with its exit code 1 that it found something.
    BesideFindings,
    /// The reader of standard output went away (`| head -1`): nothing is said about it.
    BrokenPipe,
}

impl ErrorKind {
    /// Name and exit code: contracts with scripts.
    const fn published(self) -> (&'static str, u8) {
        match self {
            Self::Failure => ("failure", 1),
            Self::Usage => ("usage", 2),
            Self::NotFound => ("not_found", 3),
            Self::Declined => ("declined", 4),
            Self::TimedOut => ("timed_out", 5),
            Self::Unreachable => ("unreachable", 5),
            Self::OutcomeUnknown => ("outcome_unknown", 5),
            Self::Authentication => ("authentication", 6),
            Self::Permission => ("permission", 7),
            Self::Conflict => ("conflict", 8),
            Self::Findings => ("findings", 1),
            Self::Incomplete => ("incomplete", 9),
            Self::BesideFindings => (Self::Failure.name(), 9),
            // What a shell reports of a program that SIGPIPE ended.
            Self::BrokenPipe => ("broken_pipe", 141),
        }
    }

    /// Its stable name in JSON errors.
    pub const fn name(self) -> &'static str {
        self.published().0
    }

    /// The process exit code.
    pub const fn exit_code(self) -> u8 {
        self.published().1
    }
}

/// What failed, why, and what to do next.
#[derive(Clone, Debug)]
pub struct Error {
    kind: ErrorKind,
    message: String,
    causes: Vec<String>,
    hints: Vec<Hint>,
}

impl Error {
    /// An error of `kind`; `message` says what failed, in one line, without a full stop.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), causes: Vec::new(), hints: Vec::new() }
    }

    /// An error of kind [`ErrorKind::Failure`].
    pub fn failure(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Failure, message)
    }

    /// An error of kind [`ErrorKind::Usage`].
    pub fn usage(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Usage, message)
    }

    /// Adds what brought the failure about. Several causes read from the outside in.
    pub fn cause(mut self, cause: impl fmt::Display) -> Self {
        self.causes.push(cause.to_string());
        self
    }

    /// Adds a cause that stands before the others.
    pub fn with_outer_cause(mut self, cause: impl Into<String>) -> Self {
        self.causes.insert(0, cause.into());
        self
    }

    /// Adds the causes and hints of `other`, whose message says less; those hints come first.
    pub fn because(mut self, other: Self) -> Self {
        self.causes.extend(other.causes);
        self.hints.splice(0..0, other.hints);
        self
    }

    /// Adds what to run or change next.
    pub fn hint(mut self, hint: impl Into<Hint>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Adds `words: ankra ...`, a command to run next.
    pub fn run(self, words: &str, run: Run) -> Self {
        self.hint(Hint::run(words, run))
    }

    /// The same error with another message.
    pub fn with_message(mut self, message: impl Into<String>) -> Self {
        self.message = message.into();
        self
    }

    /// The same error with `hints` in place of its own.
    pub fn with_hints(mut self, hints: impl IntoIterator<Item = Hint>) -> Self {
        self.hints = hints.into_iter().collect();
        self
    }

    /// The same error of a command that says with its exit code 1 that it found something: a plain failure has
    /// another there.
    pub fn beside_findings(self) -> Self {
        let kind = if self.kind == ErrorKind::Failure { ErrorKind::BesideFindings } else { self.kind };
        Self { kind, ..self }
    }

    pub const fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// What failed.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Why, from the outside in.
    pub fn causes(&self) -> &[String] {
        &self.causes
    }

    /// The message and its causes as a warning has them, if the command goes on.
    pub fn in_one_line(&self) -> String {
        [std::slice::from_ref(&self.message), &self.causes].concat().join(": ")
    }

    /// What to do next.
    pub fn hints(&self) -> &[Hint] {
        &self.hints
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}
