//! How errors and other messages to the person look.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io;

use serde::Serialize;
use serde_json::ser::CompactFormatter;

use super::json;
use super::sanitise::{Sieve, width};
use super::wrap::wrapped;
use crate::error::Error;

/// What a line on stderr starts with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Label {
    text: &'static str,
    color: &'static str,
}

pub(super) const ERROR: Label = Label { text: "error:", color: "1;31" };
pub(super) const WARNING: Label = Label { text: "warning:", color: "1;33" };
pub(super) const DEBUG: Label = Label { text: "debug:", color: "2" };
const CAUSE: Label = Label { text: "  cause:", color: "1" };
const HINT: Label = Label { text: "  hint:", color: "1;36" };

/// How messages look on this stderr.
#[derive(Clone, Debug, Default)]
pub(super) struct Style {
    pub(super) color: bool,
    /// What each text passes.
    pub(super) sieve: Sieve,
    /// How wide a line may be.
    pub(super) columns: Option<usize>,
}

impl Style {
    /// Adds one line, or more where it is broken between words; `text` begins none whatever it holds.
    pub(super) fn line(&self, lines: &mut String, label: Option<Label>, text: &str) {
        // Writing to a String cannot fail.
        if let Some(Label { text: label, color }) = label {
            let _ = if self.color {
                write!(lines, "\x1b[{color}m{label}\x1b[0m ")
            } else {
                write!(lines, "{label} ")
            };
        }
        let line = self.sieve.line(text);
        let before = label.map_or(0, |label| width(label.text) + 1);
        lines
            .push_str(&self.columns.map_or(Cow::Borrowed(&*line), |columns| wrapped(&line, before, columns)));
        lines.push('\n');
    }

    /// `error:`, then a line for each cause and hint.
    pub(super) fn error(&self, error: &Error) -> String {
        let mut lines = String::new();
        self.line(&mut lines, Some(ERROR), error.message());
        for cause in error.causes() {
            self.line(&mut lines, Some(CAUSE), cause);
        }
        for hint in error.hints() {
            self.line(&mut lines, Some(HINT), &hint.to_string());
        }
        lines
    }
}

#[derive(Serialize)]
struct Report<'a> {
    error: Body<'a>,
}

/// A contract with scripts: fields may be added, never renamed.
#[derive(Serialize)]
struct Body<'a> {
    kind: &'static str,
    message: &'a str,
    causes: &'a [String],
    hints: Vec<String>,
    exit_code: u8,
}

/// The error as one JSON object in one line.
pub(super) fn to_json(error: &Error, sieve: &Sieve) -> io::Result<Vec<u8>> {
    let kind = error.kind();
    let mut line = Vec::new();
    let error = Body {
        kind: kind.name(),
        message: error.message(),
        causes: error.causes(),
        hints: error.hints().iter().map(ToString::to_string).collect(),
        exit_code: kind.exit_code(),
    };
    json::write(&mut line, &Report { error }, CompactFormatter, sieve)?;
    Ok(line)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;

    fn error() -> Error {
        Error::new(ErrorKind::Conflict, "the name `a\nb` is taken")
            .cause("409 Conflict")
            .cause("\x1b]52;c;x\x07")
            .hint("choose another name")
    }

    #[test]
    fn each_text_is_one_line() {
        assert_eq!(
            Style::default().error(&error()),
            "error: the name `a\\nb` is taken\n  cause: 409 Conflict\n  cause: \\u{1b}]52;c;x\\u{7}\n  hint: choose another name\n"
        );
    }

    #[test]
    fn colour_is_on_the_labels_alone() {
        let lines = Style { color: true, ..Style::default() }.error(&Error::failure("no").hint("yes"));
        assert_eq!(lines, "\x1b[1;31merror:\x1b[0m no\n\x1b[1;36m  hint:\x1b[0m yes\n");
    }

    #[test]
    fn a_long_text_is_cut_where_asked() {
        let long = "x".repeat(100);
        let style = Style { sieve: Sieve::new(Some(10)), ..Style::default() };
        assert_eq!(style.error(&Error::failure(long)), "error: xxxxxxxxx…\n");
    }

    #[test]
    fn json_is_one_object_in_one_line() {
        let line = String::from_utf8(to_json(&error(), &Sieve::default()).unwrap()).unwrap();
        assert_eq!(
            line,
            concat!(
                r#"{"error":{"kind":"conflict","message":"the name `a\nb` is taken","causes":["409 Conflict","#,
                r#""\u001b]52;c;x\u0007"],"hints":["choose another name"],"exit_code":8}}"#,
                "\n"
            )
        );
    }
}
