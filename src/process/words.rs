//! What a program says of errors may hold what it should have kept to itself.

/// Words with digits look like a secret from this length on.
const SHORTEST: usize = 16;

/// What answers are written in; words have none.
pub(crate) const JSON: char = '{';

/// `word`, unless it looks like a secret.
pub(crate) fn masked(word: &str) -> &str {
    let is_of = |c: char| c.is_ascii_alphanumeric() || "_-+=".contains(c);
    let has_digit = word.contains(|c: char| c.is_ascii_digit());
    if word.len() >= SHORTEST && has_digit && word.chars().all(is_of) { "\u{2026}" } else { word }
}

/// `said` as it may be shown before it is known whole: words alone, and nothing that acts on a terminal.
pub(super) fn shown(said: &str) -> String {
    let is_harmless = |c: char| c.is_alphanumeric() || matches!(c, ' '..='~' | '\n');
    let words = said.split(JSON).next().unwrap_or_default().split_inclusive(char::is_whitespace);
    let masked = words.flat_map(|text| {
        let word = text.trim_end();
        [masked(word), &text[word.len()..]]
    });
    let shown = masked.flat_map(str::chars).filter(|c| *c != '\r');
    shown.map(|c| if is_harmless(c) || c == '\u{2026}' { c } else { '?' }).collect()
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn words_are_shown_and_neither_answers_nor_what_acts_on_a_terminal() {
        for (said, wanted) in [
            ("Unlock: ", "Unlock: "),
            ("one\r\n  two\n", "one\n  two\n"),
            ("\u{1b}[2J\u{202e}\u{e4}\n", "?[2J?\u{e4}\n"),
            ("see {\"Secret\": \"x\"} there", "see "),
            ("it is ghp_0123456789abcdef now", "it is \u{2026} now"),
        ] {
            assert_eq!(shown(said), wanted);
        }
    }
}
