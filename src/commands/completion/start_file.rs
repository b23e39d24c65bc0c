//! The line that the file which a shell reads at its start needs, such as `.zshrc`.

use crate::error::{Error, Result};

/// How every line of ours ends. What follows says how to take it out again exactly.
const TAG: &[u8] = b" # ankra completion install";

/// The file was not there.
const NEW: &str = ", new file";

/// The text before it did not end in a line feed.
const GLUED: &str = ", after a line feed";

/// `present` with `line` as its last, in place of any other of ours. `None`: it is there.
pub(super) fn with_line(present: Option<&[u8]>, line: &str) -> Option<Vec<u8>> {
    if let Some(present) = present
        && ours(present).is_some_and(|found| found.code(present) == line.as_bytes())
    {
        return None;
    }
    let without = present.and_then(without_line);
    // A file that was made for the line alone stays so.
    let (rest, is_new) = match (&without, present) {
        (Some(Without::Nothing), _) | (None, None) => (Vec::new(), true),
        (Some(Without::Text(text)), _) => (text.clone(), false),
        (None, Some(present)) => (present.to_vec(), false),
    };
    let glued = rest.last().is_some_and(|last| *last != b'\n');
    let mut text = rest;
    if glued {
        text.push(b'\n');
    }
    text.extend_from_slice(line.as_bytes());
    text.extend_from_slice(TAG);
    if is_new {
        text.extend_from_slice(NEW.as_bytes());
    }
    if glued {
        text.extend_from_slice(GLUED.as_bytes());
    }
    text.push(b'\n');
    Some(text)
}

/// What is left of a start file.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Without {
    Text(Vec<u8>),
    /// Nothing, nor was there a file before.
    Nothing,
}

/// `present` as it was before the line; `None` if it has none of ours.
pub(super) fn without_line(present: &[u8]) -> Option<Without> {
    let found = ours(present)?;
    let mut start = found.start;
    if found.end_says(present, GLUED) && start > 0 {
        start -= 1;
    }
    let mut text = present[..start].to_vec();
    text.extend_from_slice(&present[found.end..]);
    Some(if text.is_empty() && found.end_says(present, NEW) { Without::Nothing } else { Without::Text(text) })
}

/// Whether bash reads the package bash-completion by this file: it then finds our script itself.
pub(super) fn reads_bash_completion(text: &[u8]) -> bool {
    let names_it = |line: &[u8]| line.windows(15).any(|window| window == b"bash_completion");
    text.split(|byte| *byte == b'\n').any(|line| !line.trim_ascii_start().starts_with(b"#") && names_it(line))
}

/// The line of ours in `present`, as a person reads it.
pub(super) fn shown(present: &[u8]) -> Option<String> {
    let found = ours(present)?;
    Some(String::from_utf8_lossy(&present[found.start..found.end]).trim_end().to_owned())
}

/// Where our line is: from its first byte to behind its line feed.
struct Found {
    start: usize,
    tag: usize,
    end: usize,
}

impl Found {
    fn code<'a>(&self, text: &'a [u8]) -> &'a [u8] {
        &text[self.start..self.tag]
    }

    fn end_says(&self, text: &[u8], what: &str) -> bool {
        let end = &text[self.tag..self.end];
        end.windows(what.len()).any(|window| window == what.as_bytes())
    }
}

fn is_end(rest: &[u8]) -> bool {
    let rest = rest.strip_suffix(b"\n").unwrap_or(rest);
    ["", NEW, GLUED].iter().any(|end| end.as_bytes() == rest)
}

fn ours(text: &[u8]) -> Option<Found> {
    let mut start = 0;
    for line in text.split_inclusive(|byte| *byte == b'\n') {
        let end = start + line.len();
        let tag = line.windows(TAG.len()).rposition(|window| window == TAG);
        // Somebody's comment about it is not a line of ours.
        if let Some(tag) = tag
            && !line.starts_with(b"#")
            && is_end(&line[tag + TAG.len()..])
        {
            return Some(Found { start, tag: start + tag, end });
        }
        start = end;
    }
    None
}

/// A path between quotes, for bash and zsh.
///
/// # Errors
/// Usage, if it holds a quote or a control character: no line is made of such a path.
pub(super) fn quoted(path: &std::path::Path) -> Result<String> {
    match path.to_str() {
        Some(text) if !text.contains(|letter: char| letter == '\'' || letter.is_control()) => {
            Ok(format!("'{text}'"))
        }
        _ => Err(Error::usage("the path of the completion cannot stand in a start file")
            .cause(format!("{} is not plain text", path.display()))
            .hint("set XDG_DATA_HOME to a plain path")),
    }
}

/// As [`quoted`], for PowerShell, which takes typographic quotes for quotes too.
///
/// # Errors
/// Usage, as of [`quoted`].
pub(super) fn quoted_for_powershell(path: &std::path::Path) -> Result<String> {
    if path.to_string_lossy().contains(|letter: char| ('\u{2018}'..='\u{201b}').contains(&letter)) {
        return Err(Error::usage("the path of the completion cannot stand in a start file")
            .cause(format!("{} has a quote in it", path.display()))
            .hint("set XDG_CONFIG_HOME to a plain path"));
    }
    quoted(path)
}

#[cfg(test)]
mod tests {
    use super::{Without, quoted, with_line, without_line};

    #[test]
    fn whatever_was_there_comes_back_to_the_byte() {
        for text in ["", "\n", "a", "a\n", "a\n\n", "a\r\n", "\u{e9}\nb", "# ankra completion install\n"] {
            let with = with_line(Some(text.as_bytes()), "line").expect("it was not there");
            assert!(with.ends_with(b"\n"));
            assert_eq!(with_line(Some(&with), "line"), None, "twice is once");
            assert_eq!(without_line(&with), Some(Without::Text(text.into())), "{text:?}");
            let other = with_line(Some(&with), "other").expect("it is another");
            assert_eq!(without_line(&other), Some(Without::Text(text.into())), "{text:?}");
        }
        let bytes = [0xff, 0];
        let with = with_line(Some(&bytes), "line").expect("it was not there");
        assert_eq!(without_line(&with), Some(Without::Text(bytes.into())));
    }

    #[test]
    fn a_file_made_for_the_line_goes_with_it() {
        let new = with_line(None, "line").expect("it was not there");
        assert_eq!(without_line(&new), Some(Without::Nothing));
        let other = with_line(Some(&new), "other").expect("it is another");
        assert_eq!(without_line(&other), Some(Without::Nothing));
        let more = [new.as_slice(), b"mine\n"].concat();
        assert_eq!(without_line(&more), Some(Without::Text(b"mine\n".to_vec())));
    }

    #[test]
    fn what_others_wrote_is_not_ours() {
        assert_eq!(without_line(b"# see: ankra completion install\n"), None);
        assert_eq!(without_line(b""), None);
    }

    #[test]
    fn a_file_that_reads_the_package_is_known() {
        let reads = |text: &str| super::reads_bash_completion(text.as_bytes());
        assert!(reads("if x; then\n    . /usr/share/bash-completion/bash_completion\nfi\n"));
        assert!(!reads("#. /usr/share/bash-completion/bash_completion\n"));
        assert!(!reads("source '/home/me/.local/share/bash-completion/completions/ankra'\n"));
    }

    #[test]
    fn a_path_that_could_end_its_quotes_is_refused() {
        assert_eq!(quoted("/a b/$(id)".as_ref()).expect("it is plain"), "'/a b/$(id)'");
        assert!(quoted("/it's".as_ref()).is_err() && quoted("/a\nb".as_ref()).is_err());
        let powershell = super::quoted_for_powershell;
        assert_eq!(powershell("/a b/$(id)".as_ref()).expect("it is plain"), "'/a b/$(id)'");
        assert!(powershell("/it\u{2019}s".as_ref()).is_err() && powershell("/it's".as_ref()).is_err());
    }
}
