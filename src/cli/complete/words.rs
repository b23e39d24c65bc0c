//! A shell's quotes.

/// A word as bash or fish was given it, without its quotes: they need not be closed yet. Nothing is
/// expanded: what holds a `$` is taken as it is, and matches nothing.
pub(super) fn unquote(word: &str) -> String {
    let mut plain = String::new();
    let mut quote = None;
    let mut letters = word.chars();
    while let Some(letter) = letters.next() {
        match (quote, letter) {
            (None, '\'' | '"') => quote = Some(letter),
            (Some(open), _) if open == letter => quote = None,
            (None | Some('"'), '\\') => plain.extend(letters.next()),
            _ => plain.push(letter),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::unquote;

    #[test]
    fn quotes_are_taken_off_and_nothing_is_expanded() {
        for (typed, meant) in [
            ("plain", "plain"),
            ("'a b'", "a b"),
            ("\"a b", "a b"),
            ("a\\ b", "a b"),
            ("'a\\b'", "a\\b"),
            ("\"a\\\"b\"", "a\"b"),
            ("--org='it'\\''s", "--org=it's"),
            ("$(id)", "$(id)"),
            ("\\", ""),
            ("", ""),
        ] {
            assert_eq!(unquote(typed), meant, "{typed}");
        }
    }
}
