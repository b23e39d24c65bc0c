//! INI text as Go's `ini.v1` and Python's `configparser` read it, which is how OVH's own libraries read `ovh.conf`.
//!
//! Where the two differ in what a value is, the value cannot be used; where they differ in which lines there are,
//! no line can. Either is told by its line: a wrong key is worse than none.

use super::config::ToolValue;
use crate::secret::Secret;

/// One `key = value` of a section.
#[derive(Debug)]
pub(super) struct Line<'a> {
    pub(super) section: &'a str,
    /// In lower case.
    pub(super) key: String,
    pub(super) value: ToolValue,
}

/// The lines of `text` that are `key = value`, in their order.
///
/// # Errors
/// What one of the two refuses, or takes for another line: by its number. Nothing of it is repeated.
pub(super) fn lines(text: &str) -> Result<Vec<Line<'_>>, String> {
    let mut found: Vec<Line<'_>> = Vec::new();
    let mut sections: Vec<(&str, usize)> = Vec::new();
    let mut indent = None;
    for (line, number) in text.split('\n').zip(1..) {
        let refused = |why: &str| Err(format!("line {number} {why}"));
        let line = line.strip_suffix('\r').unwrap_or(line);
        if line.contains('\r') {
            return refused("has a carriage return that does not end it");
        }
        let bare = line.trim();
        if bare.is_empty() || bare.starts_with(['#', ';']) {
            continue;
        }
        // What is indented deeper than the key before it belongs to that key's value, to Python.
        let depth = line.len() - line.trim_start().len();
        if indent.is_some_and(|indent| depth > indent) {
            return refused(
                "is indented, and may be a part of the value above it: begin it at its line's start",
            );
        }
        if let Some(rest) = bare.strip_prefix('[') {
            let Some((name, behind)) = rest.split_once(']') else { return refused("has no ] behind its [") };
            let behind = behind.trim_start();
            let is_comment = behind.starts_with(['#', ';']) && !behind.contains(']');
            if name.is_empty() || name.trim() != name || !(behind.is_empty() || is_comment) {
                return refused("begins a section in a way that tools read differently");
            }
            if let Some((_, first)) = sections.iter().find(|(known, _)| *known == name) {
                return refused(&format!("begins a section again that line {first} began"));
            }
            sections.push((name, number));
            indent = None;
            continue;
        }
        let Some((section, _)) = sections.last() else { return refused("stands before the first section") };
        let Some((key, value)) = bare.split_once(['=', ':']) else { return refused("is no KEY = VALUE") };
        let key = key.trim_end();
        if key.is_empty() || key.starts_with(['"', '`', '\'']) {
            return refused("has no plain key");
        }
        indent = Some(depth);
        let value = value_of(key, value.trim()).map_err(|why| format!("{why} (line {number})"));
        let key = key.to_lowercase();
        match found.iter_mut().find(|known| known.section == *section && known.key == key) {
            Some(known) => known.value = Err(format!("stands there twice (line {number})")),
            None => found.push(Line { section, key, value }),
        }
    }
    Ok(found)
}

/// The value of `key`; or in what the tools differ.
fn value_of(key: &str, value: &str) -> Result<Secret, &'static str> {
    if key.chars().any(char::is_uppercase) {
        Err("has a name in upper case, which not all tools know")
    } else if value.contains(['#', ';']) {
        Err("has a # or ; in it, which begins a comment to some tools only")
    } else if value.starts_with(['"', '\'', '`']) {
        Err("is in quotes, which belong to it for some tools only")
    } else if value.ends_with('\\') {
        Err("ends with a backslash, which joins the next line to it for some tools only")
    } else if value.contains("%(") {
        Err("has %( in it, which stands for another value to some tools only")
    } else {
        Ok(Secret::copied(value))
    }
}

#[cfg(test)]
mod tests {
    use super::lines;

    fn read(text: &str) -> Vec<String> {
        let line = |line: super::Line<'_>| match line.value {
            Ok(value) => format!("{}.{}={}", line.section, line.key, value.expose()),
            Err(why) => format!("{}.{}!{why}", line.section, line.key),
        };
        lines(text).unwrap().into_iter().map(line).collect()
    }

    #[test]
    fn keys_are_read_by_section() {
        let text = "\r\n[default]\r\n; which one\nendpoint=ovh-eu\n\n[ovh-eu] # mine\n  a = 1\n  b: 2 3\n# c = 4\n d =\n[https://x.example/1.0]\na=b=c\n";
        assert_eq!(
            read(text),
            [
                "default.endpoint=ovh-eu",
                "ovh-eu.a=1",
                "ovh-eu.b=2 3",
                "ovh-eu.d=",
                "https://x.example/1.0.a=b=c"
            ]
        );
        assert_eq!(read(""), [""; 0]);
    }

    #[test]
    fn a_value_that_tools_read_differently_is_told_by_its_line() {
        for (value, why) in [
            ("HUNTER2 ; x", "has a # or ;"),
            ("HUNTER2#x", "has a # or ;"),
            ("\"HUNTER2\"", "is in quotes"),
            ("'HUNTER2'", "is in quotes"),
            ("HUNTER2\\", "ends with a backslash"),
            ("%(HUNTER2)s", "has %( in it"),
        ] {
            let found = read(&format!("[s]\nx = y\na = {value}\n"));
            assert_eq!(found[0], "s.x=y");
            assert!(
                found[1].starts_with(&format!("s.a!{why}")) && found[1].ends_with("(line 3)"),
                "{found:?}"
            );
            assert!(!found[1].contains("HUNTER2"), "{found:?}");
        }
        assert_eq!(read("[s]\na=HUNTER2\na=x"), ["s.a!stands there twice (line 3)"]);
        assert_eq!(read("[s]\na=HUNTER2\nA=x"), ["s.a!stands there twice (line 3)"]);
        assert!(read("[s]\nA=HUNTER2")[0].starts_with("s.a!has a name in upper case"));
    }

    #[test]
    fn lines_that_tools_take_for_others_are_refused() {
        for (text, why) in [
            ("a = HUNTER2", "line 1 stands before the first section"),
            ("[s]\na = 1\n  HUNTER2 = 2", "line 3 is indented"),
            ("[s]\na = 1\n  [t]", "line 3 is indented"),
            ("[s]\nHUNTER2", "line 2 is no KEY = VALUE"),
            ("[s\na=1", "line 1 has no ]"),
            ("[ s ]\na=1", "line 1 begins a section in a way"),
            ("[s] HUNTER2\na=1", "line 1 begins a section in a way"),
            ("[s] ; [HUNTER2]\na=1", "line 1 begins a section in a way"),
            ("[]\na=1", "line 1 begins a section in a way"),
            ("[s]\n[t]\n[s]", "line 3 begins a section again that line 1 began"),
            ("[s]\n= HUNTER2", "line 2 has no plain key"),
            ("[s]\n\"a\" = HUNTER2", "line 2 has no plain key"),
            ("[s]\na = 1\rb = HUNTER2", "line 2 has a carriage return"),
        ] {
            let error = lines(text).unwrap_err();
            assert!(error.starts_with(why) && !error.contains("HUNTER2"), "{text}: {error}");
        }
    }
}
