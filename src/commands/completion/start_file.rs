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
        && ours(present).is_some_and(|found| &found.line[..found.tag] == line.as_bytes())
    {
        return None;
    }
    // A file that was made for the line alone stays so.
    let rest = without_line(present);
    let is_new = rest.is_none();
    let mut text = rest.unwrap_or_default();
    let glued = text.last().is_some_and(|last| *last != b'\n');
    let (glue, end) = match (glued, is_new) {
        (true, _) => ("\n", GLUED),
        (false, true) => ("", NEW),
        (false, false) => ("", ""),
    };
    text.extend([glue.as_bytes(), line.as_bytes(), TAG, end.as_bytes(), b"\n"].concat());
    Some(text)
}

/// `present` as it was before the line, or as it is if it has none of ours; `None`: there was no file.
pub(super) fn without_line(present: Option<&[u8]>) -> Option<Vec<u8>> {
    let present = present?;
    let Some(found) = ours(present) else { return Some(present.to_vec()) };
    let mut before = found.before;
    if found.end_says(GLUED) {
        before = before.strip_suffix(b"\n").unwrap_or(before);
    }
    let text = [before, found.after].concat();
    (!text.is_empty() || !found.end_says(NEW)).then_some(text)
}

/// Whether bash reads the package bash-completion by this file: it then finds our script itself.
pub(super) fn reads_bash_completion(text: &[u8]) -> bool {
    let names_it = |line: &[u8]| line.windows(15).any(|window| window == b"bash_completion");
    text.split(|byte| *byte == b'\n').any(|line| !line.trim_ascii_start().starts_with(b"#") && names_it(line))
}

/// The line of ours in `present`, as a person reads it.
pub(super) fn shown(present: &[u8]) -> Option<String> {
    Some(String::from_utf8_lossy(ours(present)?.line).trim_end().to_owned())
}

/// Our line with its line feed, and the text around it.
struct Found<'a> {
    before: &'a [u8],
    line: &'a [u8],
    /// Where in the line its end begins.
    tag: usize,
    after: &'a [u8],
}

impl Found<'_> {
    fn end_says(&self, what: &str) -> bool {
        self.line[self.tag..].windows(what.len()).any(|window| window == what.as_bytes())
    }
}

fn is_end(rest: &[u8]) -> bool {
    let rest = rest.strip_suffix(b"\n").unwrap_or(rest);
    ["", NEW, GLUED].iter().any(|end| end.as_bytes() == rest)
}

fn ours(text: &[u8]) -> Option<Found<'_>> {
    let mut start = 0;
    for line in text.split_inclusive(|byte| *byte == b'\n') {
        let end = start + line.len();
        let tag = line.windows(TAG.len()).rposition(|window| window == TAG);
        // Somebody's comment about it is not a line of ours.
        if let Some(tag) = tag
            && !line.starts_with(b"#")
            && is_end(&line[tag + TAG.len()..])
        {
            return Some(Found { before: &text[..start], line, tag, after: &text[end..] });
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
    use super::{with_line, without_line};

    #[test]
    fn whatever_was_there_comes_back_to_the_byte() {
        let ours = "# ankra completion install\n";
        let texts = ["", "\n", "a", "a\n", "a\n\n", "a\r\n", "\u{e9}\nb", ours, &format!("# see:{ours}")];
        for text in texts.map(str::as_bytes).into_iter().chain([&[0xff, 0][..]]) {
            assert_eq!(without_line(Some(text)).as_deref(), Some(text), "what others wrote is not ours");
            let with = with_line(Some(text), "line").expect("it was not there");
            assert!(with.ends_with(b"\n"));
            assert_eq!(with_line(Some(&with), "line"), None, "twice is once");
            assert_eq!(without_line(Some(&with)).as_deref(), Some(text), "{text:?}");
            let other = with_line(Some(&with), "other").expect("it is another");
            assert_eq!(without_line(Some(&other)).as_deref(), Some(text), "{text:?}");
        }
    }

    #[test]
    fn a_file_made_for_the_line_goes_with_it() {
        let new = with_line(None, "line").expect("it was not there");
        assert_eq!(without_line(Some(&new)), None);
        let other = with_line(Some(&new), "other").expect("it is another");
        assert_eq!(without_line(Some(&other)), None);
        let more = [new.as_slice(), b"mine\n"].concat();
        assert_eq!(without_line(Some(&more)).as_deref(), Some(&b"mine\n"[..]));
    }

    #[test]
    fn a_file_that_reads_the_package_is_known() {
        let reads = |text: &str| super::reads_bash_completion(text.as_bytes());
        assert!(reads("if x; then\n    . /usr/share/bash-completion/bash_completion\nfi\n"));
        assert!(!reads("#. /usr/share/bash-completion/bash_completion\n"));
        assert!(!reads("source '/home/me/.local/share/bash-completion/completions/ankra'\n"));
    }

    #[test]
    fn a_path_that_could_end_its_quotes_in_powershell_is_refused() {
        let quoted = |path: &str| super::quoted_for_powershell(path.as_ref());
        assert_eq!(quoted("/a b/$(id)").expect("it is plain"), "'/a b/$(id)'");
        assert!(quoted("/it\u{2019}s").is_err() && quoted("/it's").is_err() && quoted("/a\nb").is_err());
    }
}
