//! What was read, as text: one rule and one wording for every file and stream.

use crate::error::{Error, Result};

const MARK: &[u8] = b"\xef\xbb\xbf";

/// `bytes` as text, without a byte-order mark.
///
/// # Errors
/// Usage, to be given another message: UTF-16 and what else is not UTF-8, with how to convert it. Nothing
/// that was read is repeated.
pub(crate) fn text(bytes: &[u8]) -> Result<&str> {
    let bytes = unmarked(bytes)?;
    str::from_utf8(bytes)
        .map_err(|error| not_utf8(bytes[..error.valid_up_to()].split(|byte| *byte == b'\n').count()))
}

/// As [`text`]; but bytes that decide nothing, from the place in their line on that `comment` finds, need not
/// be UTF-8: a `?` is put for each.
pub(crate) fn commented_text(bytes: &mut [u8], comment: fn(&[u8]) -> usize) -> Result<&str> {
    let begin = bytes.len() - unmarked(bytes)?.len();
    for (line, number) in bytes[begin..].split_mut(|byte| *byte == b'\n').zip(1..) {
        let Err(error) = str::from_utf8(line) else { continue };
        let mut bad = error.valid_up_to();
        if bad < comment(line) {
            return Err(not_utf8(number));
        }
        loop {
            line[bad] = b'?';
            match str::from_utf8(&line[bad + 1..]) {
                Ok(_) => break,
                Err(error) => bad += 1 + error.valid_up_to(),
            }
        }
    }
    text(bytes)
}

/// Where in a line of dotenv text, TOML or YAML its comment begins: at a `#` behind a blank and outside quotes.
pub(crate) fn behind_hash(line: &[u8]) -> usize {
    let mut quote = None;
    let mut before = b' ';
    for (at, &byte) in line.iter().enumerate() {
        match quote {
            None if byte == b'#' && before.is_ascii_whitespace() => return at,
            None if matches!(byte, b'"' | b'\'') => quote = Some(byte),
            Some(open) if byte == open && before != b'\\' => quote = None,
            _ => {}
        }
        before = byte;
    }
    line.len()
}

/// Where in a line of a public key its comment begins: behind the key's type and the key.
pub(crate) fn behind_key(line: &[u8]) -> usize {
    let mut words =
        line.split_inclusive(u8::is_ascii_whitespace).filter(|word| !word.trim_ascii().is_empty());
    words.by_ref().take(2).map(<[u8]>::len).sum()
}

/// `bytes` without a byte-order mark.
///
/// # Errors
/// Usage, to be given another message: UTF-16, which PowerShell's `>` writes with a mark or without.
pub(crate) fn unmarked(bytes: &[u8]) -> Result<&[u8]> {
    let zeros = |at: usize| bytes.len() > 1 && bytes.chunks_exact(2).take(8).all(|pair| pair[at] == 0);
    let from = if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        "UTF-16"
    } else if zeros(1) {
        "UTF-16LE"
    } else if zeros(0) {
        "UTF-16BE"
    } else {
        return Ok(bytes.strip_prefix(MARK).unwrap_or(bytes));
    };
    Err(refused("it is UTF-16 text").hint(format!("convert it: iconv -f {from} -t UTF-8 FILE")))
}

fn not_utf8(line: usize) -> Error {
    refused(format!("line {line} is not UTF-8 text"))
        .hint("save it as UTF-8; what is Latin-1 is converted by: iconv -f LATIN1 -t UTF-8 FILE")
}

fn refused(why: impl std::fmt::Display) -> Error {
    Error::usage("this is no text that can be used").cause(why)
}

#[cfg(test)]
mod tests {
    use super::{behind_hash, behind_key, commented_text, text};

    fn why(outcome: crate::error::Result<&str>) -> String {
        let error = outcome.unwrap_err();
        assert!(!format!("{error:?}").contains("CANARY"), "{error:?}");
        [error.causes()[0].clone(), error.hints()[0].to_string()].join(": ")
    }

    #[test]
    fn h95_text_is_read_with_and_without_its_mark() {
        for (bytes, read) in [
            (&b""[..], ""),
            (b"\xef\xbb\xbf", ""),
            (b"\xef\xbb\xbfa\r\n", "a\r\n"),
            ("é\n".as_bytes(), "é\n"),
        ] {
            assert_eq!(text(bytes).unwrap(), read);
            assert_eq!(commented_text(&mut bytes.to_vec(), behind_hash).unwrap(), read);
        }
    }

    #[test]
    fn h95_other_encodings_are_called_by_their_name_and_line() {
        let wide =
            |text: &str, bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<_>>();
        let (little, big) = (wide("CANARY=a", u16::to_le_bytes), wide("CANARY=a", u16::to_be_bytes));
        for (bytes, iconv) in [
            ([&b"\xff\xfe"[..], &little].concat(), "UTF-16 "),
            ([&b"\xfe\xff"[..], &big].concat(), "UTF-16 "),
            (little, "UTF-16LE "),
            (big, "UTF-16BE "),
        ] {
            let convert = format!("it is UTF-16 text: convert it: iconv -f {iconv}-t UTF-8 FILE");
            assert_eq!(why(text(&bytes)), convert);
            assert_eq!(why(commented_text(&mut bytes.clone(), behind_hash)), convert);
        }
        assert!(why(text(b"a\nCANARY\xfc")).starts_with("line 2 is not UTF-8 text: save it as UTF-8"));
    }

    #[test]
    fn h95_latin_1_is_taken_where_it_decides_nothing() {
        for (bytes, read) in [
            (&b"# M\xfcller \xe9\xe8\nA=1\n"[..], "# M?ller ??\nA=1\n"),
            (b"\xef\xbb\xbf# M\xfcller", "# M?ller"),
            (b"a = \"b # c\" # M\xfcller\r\n", "a = \"b # c\" # M?ller\r\n"),
        ] {
            assert_eq!(commented_text(&mut bytes.to_vec(), behind_hash).unwrap(), read);
        }
        for bytes in
            [&b"A=1\nA=M\xfcller"[..], b"\na = \"# M\xfcller\"", b"\na = \"\\\" # M\xfcller\"", b"\na=b#\xfc"]
        {
            assert!(
                why(commented_text(&mut bytes.to_vec(), behind_hash)).starts_with("line 2 is not"),
                "{bytes:?}"
            );
        }
        let mut key = b"ssh-ed25519 AAAA m\xfc".to_vec();
        assert_eq!(commented_text(&mut key, behind_key).unwrap(), "ssh-ed25519 AAAA m?");
        let mut key = b"ssh-ed25519 AAAA \xfcm".to_vec();
        assert_eq!(commented_text(&mut key, behind_key).unwrap(), "ssh-ed25519 AAAA ?m");
        assert!(commented_text(&mut b"ssh-ed25519 AA\xfc m".to_vec(), behind_key).is_err());
    }

    #[test]
    fn text_full_of_bad_bytes_is_read_in_one_go() {
        let mut bytes = vec![b'\xff'; 1 << 22];
        bytes[0] = b'#';
        assert_eq!(commented_text(&mut bytes, behind_hash).unwrap().len(), 1 << 22);
    }
}
