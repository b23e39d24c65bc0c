//! Short and inert pieces of what a server says.

const EXCERPT: usize = 200;

/// Ends a text of which the rest was left out.
pub(crate) const CUT: char = '…';

/// At most 200 characters of `body`, every control character escaped; ends with [`CUT`] if that is not all.
pub(crate) fn excerpt(body: &[u8]) -> String {
    let start = &body[..body.len().min(EXCERPT * 4)];
    let text = String::from_utf8_lossy(start);
    let mut escaped = text.trim().chars().flat_map(char::escape_default);
    let mut short: String = escaped.by_ref().take(EXCERPT).collect();
    if escaped.next().is_some() || start.len() < body.len() {
        short.push(CUT);
    }
    short
}

/// At most `most` characters of `text`; ends with [`CUT`] if that is not all.
pub(crate) fn shorten(text: &str, most: usize) -> String {
    let mut short: String = text.chars().take(most).collect();
    if short.len() < text.len() {
        short.push(CUT);
    }
    short
}

#[cfg(test)]
mod tests {
    use super::{excerpt, shorten};

    #[test]
    fn h14_an_excerpt_is_short_and_inert() {
        let shown = excerpt(&[b"<\x1b[31m\r\n".as_slice(), &[b'x'; 5000]].concat());
        assert!(shown.chars().count() <= 201 && !shown.contains('\x1b'), "{shown}");
    }

    #[test]
    fn a_cut_is_marked() {
        assert_eq!((shorten("äöü", 3), shorten("äöü", 2)), ("äöü".to_owned(), "äö…".to_owned()));
    }
}
