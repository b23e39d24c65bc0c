//! Pages of the web that a person is sent to, because a server names them.

use url::Url;

use super::is_loopback;

/// More than the address of any such page takes.
const LONGEST: usize = 8 * 1024;

/// Reads the address of a page that a person may be shown, whoever's it is: https, or http on this machine, without a
/// user name, and in ASCII once it was read. What is printed and opened is what was looked at.
///
/// # Errors
/// Why it is none, without repeating it.
pub(crate) fn web_page(text: &str) -> Result<Url, String> {
    if text.len() > LONGEST {
        return Err("its address is longer than 8 KiB".to_owned());
    }
    if text.chars().any(is_unseen) {
        return Err("its address holds control characters, or such as are not seen".to_owned());
    }
    let url = Url::parse(text).map_err(|error| format!("its address is none: {error}"))?;
    match url.scheme() {
        "https" => {}
        "http" if is_loopback(&url) => {}
        _ => {
            return Err(
                "its address begins neither with https:// nor with http:// on this machine".to_owned()
            );
        }
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("its address holds a user name or password".to_owned());
    }
    if !url.as_str().bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err("its address holds blanks".to_owned());
    }
    Ok(url)
}

/// The host of an address, with the port if it is not the usual one.
pub(crate) fn place(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

/// Whether `c` acts on a terminal, or on the order in which letters are seen, or is not seen at all.
const fn is_unseen(c: char) -> bool {
    matches!(c,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{61c}' | '\u{180e}'
        | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}
