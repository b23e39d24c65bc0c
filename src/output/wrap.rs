//! Breaks a line of words where a terminal would break it within a word.

use std::borrow::Cow;

use super::sanitise::width;

/// What follows a line without a label is indented by so much: no word of another can look like a line of its own.
const INDENT: usize = 2;

/// The programs whose command lines are printed.
const PROGRAMS: [&str; 12] = [
    "ankra",
    "aws",
    "az",
    "chmod",
    "doctl",
    "gcloud",
    "hcloud",
    "iconv",
    "openssl",
    "pveum",
    "ssh-keygen",
    "upctl",
];

/// `text` in lines of at most `columns`, of which the first has `before` columns in front of it: what follows stands
/// below the beginning of the text. A command line stays whole, and so does a word that fits no line: the terminal
/// breaks them, and what is copied there has no line end in it.
pub(crate) fn wrapped(text: &str, before: usize, columns: usize) -> Cow<'_, str> {
    if before + width(text) <= columns {
        return Cow::Borrowed(text);
    }
    let words = text.trim_start_matches(' ');
    let blanks = text.len() - words.len();
    let indent = blanks + if before == 0 { INDENT } else { before };
    let indent = if indent > columns / 2 { INDENT.min(columns / 2) } else { indent };
    let mut lines = text[..blanks].to_owned();
    let (mut column, mut is_first) = (before + blanks, true);
    for piece in pieces(words) {
        let (blanks, piece) = piece.split_at(piece.len() - piece.trim_start_matches(' ').len());
        let wide = width(piece);
        if !is_first && column + blanks.len() + wide > columns && !piece.is_empty() {
            // A piece that fits a line gets one, be it less indented; at its very beginning stand labels alone.
            let indent = if wide < columns { indent.min(columns - wide) } else { indent };
            lines.push('\n');
            lines.extend(std::iter::repeat_n(' ', indent));
            column = indent;
        } else {
            lines.push_str(blanks);
            column += blanks.len();
        }
        lines.push_str(piece);
        column += wide;
        is_first = false;
    }
    Cow::Owned(lines)
}

/// The pieces of a line that stay whole, each with the blanks before it.
fn pieces(line: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let (mut start, mut at, mut command) = (0, 0, Command::default());
    let mut before = ":";
    while at < line.len() {
        let rest = &line[at..];
        let blanks = rest.len() - rest.trim_start_matches(' ').len();
        let word = rest[blanks..].split(' ').next().unwrap_or_default();
        let is_value = before.starts_with('-') && !before.ends_with([',', ';', '.', ':']);
        if !command.goes_on() && !is_value && at > start {
            pieces.push(&line[start..at]);
            start = at;
        }
        command.read(word, before);
        at += blanks + word.len();
        before = word;
    }
    pieces.push(&line[start..]);
    pieces
}

/// A command line that is being read.
#[derive(Default)]
struct Command {
    is_open: bool,
    quote: Option<char>,
}

impl Command {
    /// Whether the next word is still of it.
    fn goes_on(&self) -> bool {
        self.is_open
    }

    fn read(&mut self, word: &str, before: &str) {
        if !self.is_open {
            *self = Self { is_open: before.ends_with(':') && PROGRAMS.contains(&word), quote: None };
            return;
        }
        for c in word.chars().filter(|c| matches!(c, '\'' | '"')) {
            self.quote = match self.quote {
                None => Some(c),
                Some(open) if open == c => None,
                open => open,
            };
        }
        self.is_open = self.quote.is_some() || !word.ends_with([',', ';']);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{width, wrapped};

    #[test]
    fn lines_are_broken_between_words_and_stand_below_their_beginning() {
        for (before, columns, text, lines) in [
            (7, 20, "a short one", "a short one"),
            (7, 20, "the name is taken already", "the name is\n       taken already"),
            (0, 12, "a note of many words", "a note of\n  many words"),
            (0, 12, "  cause of many words", "  cause of\n    many\n    words"),
            (
                0,
                10,
                "\u{65e5}\u{672c}\u{8a9e} \u{65e5}\u{672c}",
                "\u{65e5}\u{672c}\u{8a9e}\n  \u{65e5}\u{672c}",
            ),
            (
                0,
                5,
                "e\u{301}e\u{301}e\u{301}e\u{301}e\u{301} x",
                "e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}\n  x",
            ),
            (9, 12, "one two three", "one\n  two three"),
            (0, 80, "", ""),
            (0, 2, "a b", "a\n b"),
        ] {
            assert_eq!(wrapped(text, before, columns), lines, "{text}");
        }
    }

    #[test]
    fn what_is_to_be_copied_stays_whole() {
        for (text, lines) in [
            ("sign in with: ankra login --profile one", "sign in with:\n  ankra login --profile one"),
            (
                "look at https://a.example/a/very/long/path of it",
                "look at\n  https://a.example/a/very/long/path\n  of it",
            ),
            (
                "run: aws ecr get-login-password --region REGION, as an IAM role",
                "run:\n  aws ecr get-login-password --region REGION,\n  as an IAM role",
            ),
            (
                "look with: ankra credentials get 'a, b', then think",
                "look with:\n  ankra credentials get 'a, b',\n  then think",
            ),
            ("or allow more time with --timeout SECONDS", "or allow more time with\n  --timeout SECONDS"),
        ] {
            assert_eq!(wrapped(text, 0, 31), lines, "{text}");
        }
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_only_what_is_whole_is_wider(
            text in "[a-z:, \u{e9}\u{65e5}\u{301}]{0,120}", before in 0_usize..12, columns in 1_usize..60
        ) {
            let lines = wrapped(&text, before, columns);
            let squeezed = |text: &str| text.split([' ', '\n']).collect::<String>();
            prop_assert_eq!(squeezed(&lines), squeezed(&text));
            for line in lines.lines().skip(1) {
                let words = line.trim_start();
                prop_assert!(width(line.trim_end()) <= columns || width(words) >= columns, "{:?}", lines);
            }
        }
    }
}
