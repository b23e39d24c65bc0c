//! Tables, JSON, YAML, names; the sanitiser every foreign string passes.
//!
//! Results go to stdout, everything said to the person to stderr. What a server or a file
//! says reaches neither raw, and no secret that this process sent reaches either: all texts pass a
//! [`Sieve`] here, and no caller has to. JSON and YAML escape what would act on a terminal in their
//! own notation, so that it reads back as it was.

use std::io::{self, BufWriter, IsTerminal as _, Write};

use jiff::Timestamp;
use serde::Serialize as _;
use serde_json::ser::Serializer;
use url::Url;

use crate::{
    error::{Error, ErrorKind, Result},
    process::{self, clear_waiting, tell_of_waiting},
};

mod columns;
mod csv;
mod error;
mod indented;
mod item;
mod json;
mod record;
mod report;
mod rows;
mod sanitise;
mod stdout;
mod table;
mod time;
mod wrap;
mod yaml;

pub(crate) use record::record;
pub use record::{Cell, Column, Key, Record, Tone};
pub(crate) use sanitise::Sieve;
pub use sanitise::{in_short, named, sanitise, shorten, sieved};
pub use stdout::is_discarded;
pub use time::{End, ago, duration};
pub(crate) use wrap::wrapped;

use columns::{Grid, View};
use error::{DEBUG, Style, WARNING};
use indented::Indented;
use rows::{All, Items, One, PickedAll, Rows};
use stdout::{Stdout, deliver};

/// The widest a cell gets on a terminal.
const WIDEST_CELL: usize = 256;

/// The widest a value or a message gets on a terminal: a public key of any kind is whole.
const WIDEST_TEXT: usize = 4_096;

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
    /// CSV with every column.
    Csv,
    /// One name a line.
    Name,
}

impl Format {
    /// The help of the option that chooses one.
    pub const HELP: &'static str = "Show results as table, wide, json, yaml, csv or name";
    /// What the long help adds.
    pub const DETAILS: &'static str = "A table is fitted to the terminal, and has neither borders nor cuts in \
        a pipe. wide adds columns that differ and full times, json, yaml and csv hold everything, name is one name \
        a line.";

    /// Each by its name on the command line.
    pub const NAMED: [(&'static str, Self); 6] = [
        ("table", Self::Table),
        ("wide", Self::Wide),
        ("json", Self::Json),
        ("yaml", Self::Yaml),
        ("csv", Self::Csv),
        ("name", Self::Name),
    ];

    /// Whether it is read by a person.
    pub const fn is_table(self) -> bool {
        matches!(self, Self::Table | Self::Wide)
    }
}

/// When colour is used (`--color`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Color {
    /// On a terminal, unless `NO_COLOR` or `TERM=dumb`.
    #[default]
    Auto,
    Always,
    Never,
}

impl Color {
    /// Each by its name on the command line.
    pub const NAMED: [(&'static str, Self); 3] =
        [("auto", Self::Auto), ("always", Self::Always), ("never", Self::Never)];
}

/// What decides how results look: plain values, resolved before.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// How results are written.
    pub format: Format,
    /// Colour.
    pub color: Color,
    /// No notes on stderr.
    pub quiet: bool,
    /// No warnings on stderr either: a Tab asked, and there is a line that is not finished.
    pub silent: bool,
    /// 0: no diagnostics.
    pub verbose: u8,
}

/// How one list is laid out, whatever the format.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    /// The columns that were chosen, by their places among those of the record; `None`: the usual ones.
    pub columns: Option<Vec<usize>>,
    /// A table or CSV without its header row.
    pub no_headers: bool,
}

/// What is known of stdout or stderr.
#[derive(Clone, Copy, Debug, Default)]
struct Stream {
    terminal: bool,
    color: bool,
}

impl Stream {
    fn new(terminal: bool, color: Color) -> Self {
        let color = match color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => terminal && color_is_welcome(),
        };
        Self { terminal, color }
    }
}

/// `NO_COLOR` (not empty) and `TERM=dumb` speak for a terminal, not for a setting of this
/// program: they are read here and not in `settings`.
fn color_is_welcome() -> bool {
    let set = |name| std::env::var_os(name).filter(|value| !value.is_empty());
    set("NO_COLOR").is_none() && set("TERM").is_none_or(|term| term != "dumb")
}

/// Where results, notes and errors go. Every write to stdout and the last flush are
/// checked; a message that stderr does not take is lost.
#[derive(Debug)]
pub struct Output {
    options: Options,
    stdout: Stream,
    stderr: Stream,
}

impl Output {
    /// Looks at stdout and stderr: are they terminals, do they take colour.
    pub fn new(options: Options) -> Self {
        Self {
            options,
            stdout: Stream::new(io::stdout().is_terminal(), options.color),
            stderr: Stream::new(io::stderr().is_terminal(), options.color),
        }
    }

    /// Has a person at a terminal be told what is waited for, when nothing was shown for two seconds; silent with
    /// `--quiet`.
    pub fn tell_of_waiting(&self) {
        if self.stderr.terminal && !self.options.quiet {
            tell_of_waiting();
        }
    }

    /// Whether a person may be looking at what is said: stderr is a terminal.
    pub const fn is_watched(&self) -> bool {
        self.stderr.terminal
    }

    /// What it was made with.
    pub const fn options(&self) -> &Options {
        &self.options
    }

    /// Shows a list on stdout, however long: nothing of it is held but one record's text.
    ///
    /// Of an empty one, JSON and YAML show `[]`, a table in a pipe and CSV their header, and a table
    /// on a terminal and the names nothing: saying so is a matter for [`Self::note`].
    ///
    /// # Errors
    ///
    /// What could not be written; see [`ErrorKind::BrokenPipe`].
    pub fn list<T: Record>(&self, items: &[T], layout: &Layout) -> Result<()> {
        self.rows(&Items(items), layout)
    }

    fn rows(&self, rows: &dyn Rows, layout: &Layout) -> Result<()> {
        let (exact, header) = (&Sieve::new(None), !layout.no_headers);
        let every = || (0..rows.columns().len()).collect();
        let item = |row: usize, out: &mut Vec<u8>, layout: Indented| {
            rows.json(row, out, layout).map(|()| rows.foreign(row))
        };
        deliver(|out| match (self.options.format, &layout.columns) {
            (Format::Json, None) => json::write_list(out, rows.count(), &item, exact),
            (Format::Json, Some(columns)) => {
                let picked = PickedAll(rows, columns);
                let item = |row: usize, out: &mut Vec<u8>, layout: Indented| {
                    picked.row(row).serialize(&mut Serializer::with_formatter(out, layout))?;
                    Ok(None)
                };
                json::write_list(out, rows.count(), &item, exact)
            }
            (Format::Yaml, None) => yaml::write(out, &All(rows), exact),
            (Format::Yaml, Some(columns)) => yaml::write(out, &PickedAll(rows, columns), exact),
            (Format::Csv, columns) => {
                let picked = PickedAll(rows, &columns.clone().unwrap_or_else(every));
                csv::write(out, &picked, header, (exact, self.stdout.terminal))
            }
            (Format::Name, _) => self.write_lines(out, (0..rows.count()).map(|row| rows.name(row))),
            (Format::Table | Format::Wide, columns) => {
                let cell = |row: usize, column| rows.cell(row, column);
                let grid = Grid { columns: rows.columns(), rows: rows.count(), cell: &cell };
                let view = View { headers: header, columns: columns.clone(), ..self.view() };
                match self.stdout.terminal {
                    true if rows.count() == 0 => Ok(()),
                    true => table::write(out, &grid, &view, process::columns(rustix::stdio::stdout())),
                    false => columns::write(out, &grid, &view),
                }
            }
        })
    }

    /// Shows one item on stdout: `Title:  value` lines of all columns in table and wide.
    ///
    /// # Errors
    ///
    /// What could not be written; see [`ErrorKind::BrokenPipe`].
    pub fn item<T: Record>(&self, item: &T) -> Result<()> {
        self.items(std::slice::from_ref(item))
    }

    /// Shows one item as [`Self::item`], several as a list of such: in tables with a blank line between them.
    ///
    /// # Errors
    ///
    /// What could not be written; see [`ErrorKind::BrokenPipe`].
    pub fn items<T: Record>(&self, items: &[T]) -> Result<()> {
        self.alone(&Items(items))
    }

    fn alone(&self, rows: &dyn Rows) -> Result<()> {
        let exact = &Sieve::new(None);
        match (self.options.format, rows.count()) {
            (Format::Table | Format::Wide, count) => deliver(|out| {
                let view = View { sieve: self.sieve(WIDEST_TEXT), ..self.view() };
                (0..count).try_for_each(|row| {
                    out.write_all(if row > 0 { b"\n" } else { b"" })?;
                    item::write(out, rows.columns(), |column| rows.cell(row, column), &view)
                })
            }),
            (Format::Json, 1) => {
                let item = |row: usize, out: &mut Vec<u8>, layout: Indented| {
                    rows.json(row, out, layout).map(|()| None)
                };
                deliver(|out| json::write_one(out, &item, exact))
            }
            (Format::Yaml, 1) => deliver(|out| yaml::write(out, &One(rows, 0), exact)),
            _ => self.rows(rows, &Layout::default()),
        }
    }

    /// Writes bytes made by this program to stdout as they are (a key asked for with `-`, a script).
    ///
    /// # Errors
    ///
    /// What could not be written; see [`ErrorKind::BrokenPipe`].
    pub fn raw(&self, bytes: &[u8]) -> Result<()> {
        deliver(|out| out.write_all(bytes))
    }

    /// Writes one line of text to stdout, whatever the format; sanitised.
    ///
    /// # Errors
    ///
    /// What could not be written; see [`ErrorKind::BrokenPipe`].
    pub fn line(&self, text: &str) -> Result<()> {
        self.lines([text])
    }

    /// As [`Self::line`], for several.
    ///
    /// # Errors
    ///
    /// What could not be written; see [`ErrorKind::BrokenPipe`].
    pub fn lines<'t>(&self, lines: impl IntoIterator<Item = &'t str>) -> Result<()> {
        deliver(|out| self.write_lines(out, lines))
    }

    /// Writes words for a person to stdout, behind a label of this program, whatever the format. On a terminal that is
    /// too narrow they are several lines, below each other.
    ///
    /// # Errors
    ///
    /// What could not be written; see [`ErrorKind::BrokenPipe`].
    pub fn words(&self, label: &str, text: &str) -> Result<()> {
        let text = self.sieve(WIDEST_TEXT).text(text).into_owned();
        let columns =
            if self.stdout.terminal { process::columns(rustix::stdio::stdout()) } else { usize::MAX };
        deliver(|out| writeln!(out, "{label}{}", wrapped(&text, label.len(), columns)))
    }

    /// A note for the person, one line on stderr; silent with `--quiet`.
    pub fn note(&self, text: &str) {
        if !self.options.quiet {
            self.say(None, text);
        }
    }

    /// An address that a person is to open, on stderr: whole and alone on its line, whatever its length and also
    /// with `--quiet`. Nothing in it is redacted, and it is ASCII, as every address is that was read as one.
    pub fn address(&self, url: &Url) {
        tell(format!("{url}\n").as_bytes());
    }

    /// `warning: ...` on stderr, also with `--quiet`.
    pub fn warn(&self, text: &str) {
        if !self.options.silent {
            self.say(Some(WARNING), text);
        }
    }

    /// `debug: ...` on stderr if `-v` was given at least `level` times; `level` starts at 1.
    pub fn trace(&self, level: u8, text: &str) {
        if self.options.verbose >= level {
            self.say(Some(DEBUG), text);
        }
    }

    /// The error on stderr: `error:`, `  cause:` and `  hint:` lines, or with JSON one
    /// object `{"error": {"kind", "message", "causes", "hints", "exit_code"}}` in one line.
    ///
    /// Silent for [`ErrorKind::BrokenPipe`]: nobody is there who does not know.
    pub fn error(&self, error: &Error) {
        if error.kind() == ErrorKind::BrokenPipe {
            return;
        }
        if self.options.format == Format::Json
            && let Ok(line) = error::to_json(error, &Sieve::new(None))
        {
            tell(&line);
        } else {
            tell(self.style().error(error).as_bytes());
        }
    }

    fn say(&self, label: Option<error::Label>, text: &str) {
        let mut line = String::new();
        self.style().line(&mut line, label, text);
        tell(line.as_bytes());
    }

    fn style(&self) -> Style {
        let widest = self.stderr.terminal.then_some(WIDEST_TEXT);
        let columns = self.stderr.terminal.then(|| process::columns(rustix::stdio::stderr()));
        Style { color: self.stderr.color, sieve: Sieve::new(widest), columns }
    }

    /// For texts on stdout; on a terminal they are at most `widest` columns wide.
    fn sieve(&self, widest: usize) -> Sieve {
        Sieve::new(self.stdout.terminal.then_some(widest))
    }

    fn view(&self) -> View {
        let wide = self.options.format == Format::Wide;
        View {
            wide,
            columns: None,
            headers: true,
            color: self.stdout.color,
            now: (self.stdout.terminal && !wide).then(Timestamp::now),
            sieve: self.sieve(WIDEST_CELL),
        }
    }

    fn write_lines<'t>(
        &self,
        out: &mut BufWriter<Stdout>,
        lines: impl IntoIterator<Item = &'t str>,
    ) -> io::Result<()> {
        let sieve = self.sieve(WIDEST_TEXT);
        lines.into_iter().try_for_each(|line| {
            out.write_all(sieve.text(line).as_bytes())?;
            out.write_all(b"\n")
        })
    }
}

/// In one write, so that the lines of parallel programs do not mix.
fn tell(lines: &[u8]) {
    clear_waiting();
    // Where stderr does not take it there is nowhere left to say so.
    let _ = io::stderr().lock().write_all(lines);
}
