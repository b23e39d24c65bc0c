//! Tables, JSON, YAML, names; the sanitiser every foreign string passes.

use std::borrow::Cow;

use serde::Serialize;

use crate::error::{Error, Result};

/// How results are shown (`-o`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// A table fitted to the terminal; unbordered and untruncated in a pipe.
    #[default]
    Table,
    /// The table with every column and full times.
    Wide,
    /// JSON: an array for lists, one object for the rest.
    Json,
    /// YAML of the same shape.
    Yaml,
    /// One name a line.
    Name,
}

/// When colour is used (`--color`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Color {
    /// On a terminal, unless `NO_COLOR` or `TERM=dumb`.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// A column of a table.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// In capitals.
    pub header: &'static str,
    /// Only shown by `wide` (and where one item is shown alone).
    pub wide: bool,
}

/// One value in a table.
#[derive(Clone, Debug)]
pub enum Cell<'a> {
    /// Text, perhaps of a foreign source: the renderer sanitises it.
    Text(Cow<'a, str>),
    /// An RFC 3339 time: relative on a terminal, as it is elsewhere and in wide.
    Time(&'a str),
    /// Nothing known: shown as `-`.
    Missing,
}

/// Something that can be shown as a row, an object or a name.
pub trait Record: Serialize {
    /// The columns of its table.
    const COLUMNS: &'static [Column];
    /// One cell for each of [`Self::COLUMNS`].
    fn cells(&self) -> Vec<Cell<'_>>;
    /// What `-o name` prints.
    fn name(&self) -> &str;
}

/// What decides how results look: plain values, resolved before.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// The format.
    pub format: Format,
    /// Colour.
    pub color: Color,
    /// No notes on stderr.
    pub quiet: bool,
    /// 0: no diagnostics.
    pub verbose: u8,
    /// No header row.
    pub no_headers: bool,
}

/// Where results, notes and errors go. Every write and the last flush are checked.
#[derive(Debug)]
pub struct Output {
    options: Options,
}

impl Output {
    /// Looks at stdout and stderr: are they terminals, how wide.
    #[must_use]
    pub fn new(options: Options) -> Self {
        Self { options }
    }

    /// Shows a list on stdout.
    pub fn list<T: Record>(&self, items: &[T]) -> Result<()> {
        todo!("{} {:?}", items.len(), self.options)
    }

    /// Shows one item on stdout: `HEADER: value` lines in table and wide.
    pub fn item<T: Record>(&self, item: &T) -> Result<()> {
        todo!("{}", item.name())
    }

    /// Writes bytes made by this program to stdout as they are (a key asked for with `-`, a script).
    pub fn raw(&self, bytes: &[u8]) -> Result<()> {
        todo!("{}", bytes.len())
    }

    /// A note for the person, on stderr; silent with `--quiet`.
    pub fn note(&self, text: &str) {
        todo!("{text}")
    }

    /// `warning: ...` on stderr, also with `--quiet`.
    pub fn warn(&self, text: &str) {
        todo!("{text}")
    }

    /// A diagnostic on stderr if `-v` was given at least `level` times.
    pub fn trace(&self, level: u8, text: &str) {
        todo!("{level}{text}")
    }

    /// The error on stderr: `error:`, `  cause:` and `  hint:` lines, or with JSON one object.
    pub fn error(&self, error: &Error) {
        todo!("{error}")
    }
}
