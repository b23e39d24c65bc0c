//! How a secret is written in other texts.

use base64ct::{Base64Unpadded, Base64UrlUnpadded, Encoding};
use url::form_urlencoded;
use zeroize::Zeroizing;

/// `secret` as it is, and as texts quote it.
pub(super) fn notations(secret: &str) -> Vec<Zeroizing<String>> {
    let mut notations = vec![filled(secret, secret.chars()), hex(secret)];
    notations.extend(base64(secret, 0));
    let form = || form_urlencoded::byte_serialize(secret.as_bytes());
    notations.extend([
        filled(secret, secret.chars().flat_map(in_json)),
        filled(secret, form().flat_map(str::chars)),
        filled(secret, form().map(|part| if part == "+" { "%20" } else { part }).flat_map(str::chars)),
        filled(secret, secret.chars().flat_map(in_html)),
    ]);
    notations
}

/// The characters that come of `text`, in a buffer that never moves and leaves no copy behind.
fn filled(text: &str, chars: impl Iterator<Item = char>) -> Zeroizing<String> {
    let mut filled = Zeroizing::new(String::with_capacity(text.len() * 6));
    filled.extend(chars);
    filled
}

fn in_json(c: char) -> impl Iterator<Item = char> {
    let escape = match c {
        '\n' => Some('n'),
        '\r' => Some('r'),
        '\t' => Some('t'),
        '"' | '\\' => Some(c),
        _ => None,
    };
    escape.map(|_| '\\').into_iter().chain([escape.unwrap_or(c)])
}

fn in_html(c: char) -> impl Iterator<Item = char> {
    let name = match c {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '"' => "&quot;",
        '\'' => "&#39;",
        _ => "",
    };
    name.chars().chain(Some(c).filter(|_| name.is_empty()))
}

pub(super) fn hex(text: &str) -> Zeroizing<String> {
    let digits = text.bytes().flat_map(|byte| [byte >> 4, byte & 15]);
    filled(text, digits.filter_map(|digit| char::from_digit(digit.into(), 16)))
}

/// What `secret` becomes in base64 of either alphabet, `offset` bytes behind the start of what is encoded,
/// without the characters that depend on what stands around it.
pub(super) fn base64(secret: &str, offset: usize) -> [Zeroizing<String>; 2] {
    let bytes = Zeroizing::new([&[0; 2][..offset], secret.as_bytes()].concat());
    [Base64Unpadded::encode_string(&bytes), Base64UrlUnpadded::encode_string(&bytes)].map(|text| {
        let text = Zeroizing::new(text);
        let end = if offset == 0 { text.len() } else { bytes.len() * 8 / 6 };
        let inner = text.get((offset * 8).div_ceil(6)..end).unwrap_or_default();
        filled(inner, inner.chars())
    })
}
