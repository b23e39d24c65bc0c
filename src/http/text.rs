//! Short pieces of what a server says, without secrets that it repeats.

use super::Redactor;

const EXCERPT: usize = 200;

/// The most characters that are quoted of a server's words.
const QUOTED: usize = 500;

/// Ends a text of which the rest was left out.
pub(crate) const CUT: char = '…';

/// At most 200 characters of `body`, every control character escaped; ends with [`CUT`] if that is not all.
pub(crate) fn excerpt(body: &[u8]) -> String {
    let start = &body[..body.len().min(EXCERPT * 4)];
    let text = String::from_utf8_lossy(start);
    let text = Redactor::of_process().apply_to_remote(&text);
    let mut escaped = text.trim().chars().flat_map(char::escape_default);
    let mut short: String = escaped.by_ref().take(EXCERPT).collect();
    if escaped.next().is_some() || start.len() < body.len() {
        short.push(CUT);
    }
    short
}

/// At most 500 characters of `text`, the words of a server; ends with [`CUT`] if that is not all.
pub(crate) fn quote(text: &str) -> String {
    let text = Redactor::of_process().apply_to_remote(text);
    let mut short: String = text.chars().take(QUOTED).collect();
    if short.len() < text.len() {
        short.push(CUT);
    }
    short
}

#[cfg(test)]
mod tests {
    use super::{EXCERPT, QUOTED, excerpt, quote};
    use crate::http::hide;

    #[test]
    fn h34_a_secret_is_taken_out_before_the_rest_is_cut() {
        hide("p\u{e9}ter2");
        for left in 0..20 {
            let words = "x".repeat(QUOTED - left);
            let shown = quote(&format!("{words} p\u{e9}ter2 is wrong"));
            assert_eq!(
                shown.trim_end_matches('…'),
                &format!("{words} <redacted> is wrong")[..QUOTED],
                "{left}"
            );
        }
        assert_eq!(excerpt("<p\u{e9}ter2>".as_bytes()), "<<redacted>>");
    }

    #[test]
    fn a_cut_is_marked() {
        let blanks = " ".repeat(4 * EXCERPT);
        assert_eq!(excerpt(&[b'a'; EXCERPT]), "a".repeat(EXCERPT));
        assert_eq!(excerpt(&[b'a'; EXCERPT + 1]), "a".repeat(EXCERPT) + "…");
        assert_eq!(excerpt(format!("short{blanks}and more").as_bytes()), "short…");
        let of_blanks = |count: usize| " ".repeat(count) + &"a".repeat(EXCERPT);
        assert_eq!(excerpt(of_blanks(3 * EXCERPT).as_bytes()), "a".repeat(EXCERPT));
        assert_eq!(excerpt(of_blanks(3 * EXCERPT + 1).as_bytes()), "a".repeat(EXCERPT - 1) + "…");
        let whole = "ä".repeat(QUOTED);
        assert_eq!((quote(&whole), quote(&format!("{whole}ä"))), (whole.clone(), format!("{whole}…")));
    }
}
