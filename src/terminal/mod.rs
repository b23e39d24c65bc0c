//! Prompts, confirmations, the signal guard: the only room that talks with a person.
//!
//! Every question goes to the controlling terminal, wherever standard input, output and error lead.
//! Each is asked under a `Guard`, which gives the terminal back as it was. Whatever is written here has
//! passed the sanitiser of `output`: no caller has to think of it.
//!
//! How a question looks is up to dialoguer's theme. Its `Confirm`, `Input` and `Select` cannot read the
//! answer: they take keys from /dev/tty in a raw mode of their own, in which ^Z and ^\ do nothing, ^D is
//! passed over for ever, and a signal leaves the cursor hidden.

mod choose;
mod guard;
mod hidden;
mod lines;
mod offer;
mod typed;

pub use guard::TRIES;
pub use offer::Offer;

use std::{cell::RefCell, fmt};

use crate::{
    deadline::Deadline,
    error::{Error, ErrorKind, Result},
    output::{Sieve, shorten},
    process::open_terminal,
    secret::Secret,
};

/// What is found out while a person types; `None` as long as it is not known.
pub type Beside = Box<dyn Fn() -> Option<Result<()>>>;

/// The person at the keyboard, if there is one.
pub struct Terminal {
    no_input: bool,
    /// Does not run while a question is asked.
    deadline: Option<Deadline>,
    beside: RefCell<Option<Beside>>,
}

impl fmt::Debug for Terminal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Terminal").field("no_input", &self.no_input).finish_non_exhaustive()
    }
}

impl Terminal {
    /// `no_input`: never ask, even where a terminal is there.
    pub fn new(no_input: bool) -> Self {
        Self { no_input, deadline: None, beside: RefCell::new(None) }
    }

    /// Has questions not count in `deadline`.
    #[must_use]
    pub fn pausing(self, deadline: Deadline) -> Self {
        Self { deadline: Some(deadline), ..self }
    }

    /// Whether a question can be asked: input is allowed and there is a controlling terminal.
    pub fn can_ask(&self) -> bool {
        !self.no_input && open_terminal().is_ok()
    }

    /// Asks for a secret, hidden, that `take` takes. `label` is shown before `": "`; `received` follows an
    /// answer.
    ///
    /// An answer that is empty, holds control characters or broken UTF-8, or is refused by `take`, is asked
    /// for again after the reason; one that looks like the same text pasted twice is asked for again too,
    /// and taken if it comes again. A paste is one answer with all its lines; where the terminal does not mark
    /// pastes, lines beyond the first are dropped.
    /// A usage error follows three refused answers, ^D declines, and a signal ends the process.
    pub fn ask_secret<T>(&self, label: &str, take: impl FnMut(&str) -> Result<T>) -> Result<T> {
        self.asked(|| hidden::ask(&question(label), take))
    }

    /// Asks for a new secret that `take` takes twice, until both agree (at most three times).
    pub fn ask_new_secret(&self, label: &str, take: impl FnMut(&str) -> Result<Secret>) -> Result<Secret> {
        self.asked(|| hidden::ask_new(&question(label), take))
    }

    /// Asks for the path of a file, as [`Self::ask_text`] asks. What such a file holds (several lines, JSON,
    /// a key in PEM form) is not shown when it is pasted; `take` is told of it.
    pub fn ask_path<T>(&self, label: &str, take: impl FnMut(&str, bool) -> Result<T>) -> Result<T> {
        self.asked(|| hidden::ask_path(&question(label), take))
    }

    /// Asks for a visible line of text that `take` takes, without the blanks around it. What it refuses is
    /// asked for again after the reason, three times at most.
    pub fn ask_text<T>(&self, label: &str, take: impl FnMut(&str) -> Result<T>) -> Result<T> {
        self.asked(|| lines::ask_text(&question(label), take))
    }

    /// Writes a line on the terminal: what the question after it is about.
    #[expect(clippy::unused_self, reason = "what asks a person is at hand only where one may be asked")]
    pub fn say(&self, line: &str) -> Result<()> {
        guard::say(&format!("{}\n", question(line)))
    }

    /// Asks yes or no; Enter alone means no, and so do ^D and three answers that are neither.
    pub fn confirm(&self, text: &str) -> Result<bool> {
        self.asked(|| lines::confirm(&question(text)))
    }

    /// Fails if nobody can be asked whether `what` may be done, which `--yes` says beforehand.
    pub fn ensure_agreement(&self, what: &str) -> Result<()> {
        if self.can_ask() {
            return Ok(());
        }
        Err(Error::usage(format!("{what} needs a confirmation, and nobody can be asked"))
            .hint("add --yes to do it without being asked"))
    }

    /// Asks whether `what` may be done; without a yes, `declined` says how things are.
    pub fn agree(&self, what: &str, question: &str, declined: &str) -> Result<()> {
        self.ensure_agreement(what)?;
        if self.confirm(question)? { Ok(()) } else { Err(Error::new(ErrorKind::Declined, declined)) }
    }

    /// Lets the person choose one of `choices`; gives its index. Arrow keys and Enter choose; on a
    /// terminal that cannot move its cursor the choices are numbered.
    /// Esc, `q` and ^D decline.
    pub fn choose(&self, text: &str, choices: &[String]) -> Result<usize> {
        let choices: Vec<String> = choices.iter().map(|choice| question(choice)).collect();
        self.asked(|| choose::choose(&question(text), &choices))
    }

    /// Offers what Enter does, while work goes on that needs nobody; `None` where nobody can be asked.
    pub fn offer(&self, text: &str) -> Result<Option<Offer>> {
        if self.can_ask() { Offer::make(&question(text)) } else { Ok(None) }
    }

    /// Has `beside` looked at before each question and after each answer, until it is known. Its error is that of
    /// the question: what was answered is of no use then. A question that is being asked stays as it is.
    pub fn heed(&self, beside: Beside) {
        self.beside.replace(Some(beside));
    }

    /// Whether nothing is left to be found out.
    ///
    /// # Errors
    /// What [`Self::heed`] was told of.
    pub fn heard(&self) -> Result<bool> {
        let Some(beside) = self.beside.take() else { return Ok(true) };
        let Some(known) = beside() else {
            self.beside.replace(Some(beside));
            return Ok(false);
        };
        known.map(|()| true)
    }

    fn asked<T>(&self, ask: impl FnOnce() -> Result<T>) -> Result<T> {
        if self.no_input {
            return Err(Error::usage("a question cannot be asked: input is switched off")
                .hint("leave out --no-input, or give the answer with a flag"));
        }
        self.heard()?;
        let answer = match &self.deadline {
            Some(deadline) => deadline.paused(ask),
            None => ask(),
        }?;
        self.heard()?;
        Ok(answer)
    }
}

/// The most columns that a question takes, and how many of them its end gets: what is asked stands there.
const LONGEST: usize = 200;
const END: usize = 40;

/// `text` as a question shows it: in one line, without secrets, and never too long to be read.
fn question(text: &str) -> String {
    let line = Sieve::new(None).line(text);
    if shorten(&line, LONGEST) == line {
        return line;
    }
    let end = line.char_indices().nth_back(END).map_or(0, |(end, _)| end);
    format!("{}{}", shorten(&line, LONGEST - END), &line[end..])
}

#[cfg(test)]
mod tests;
