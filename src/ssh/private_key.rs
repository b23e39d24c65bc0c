//! Private keys that are brought: told apart, never changed.

use base64ct::{Base64, Encoding};
use zeroize::Zeroizing;

use crate::secret::Form;

/// How the decoded text of a key in OpenSSH's format begins (`PROTOCOL.key`).
const MAGIC: &[u8] = b"openssh-key-v1\0";

const ENCRYPTED: Form =
    Form::Impossible("it has a passphrase, which the platform could not be given: give a key without one");
const NO_KEY: Form = Form::Impossible(
    "it is no private key, or not all of one: it begins with -----BEGIN and ends with -----END",
);

/// How `text` looks as a private key that needs no passphrase, by its frame and, in OpenSSH's format, by
/// the name of its cipher.
pub fn private_key_form(text: &str) -> Form {
    let text = text.trim();
    if ["ssh-", "ecdsa-", "sk-", "---- BEGIN SSH2 PUBLIC", "-----BEGIN PUBLIC"]
        .iter()
        .any(|start| text.starts_with(start))
    {
        return Form::Impossible("it is a public key: give the private one");
    }
    let framed = text.strip_prefix("-----BEGIN ").and_then(|rest| rest.split_once("-----"));
    let Some((kind, rest)) = framed.filter(|(kind, _)| kind.ends_with("PRIVATE KEY")) else {
        return NO_KEY;
    };
    match rest.rsplit_once("-----END ") {
        Some((body, end)) if end.strip_suffix("-----") == Some(kind) => match kind {
            "OPENSSH PRIVATE KEY" => openssh_form(body),
            "ENCRYPTED PRIVATE KEY" => ENCRYPTED,
            _ if body.contains("Proc-Type: 4,ENCRYPTED") => ENCRYPTED,
            _ => Form::Usual,
        },
        _ => NO_KEY,
    }
}

fn openssh_form(body: &str) -> Form {
    let mut joined = Zeroizing::new(String::with_capacity(body.len()));
    joined.extend(body.split_ascii_whitespace());
    let Ok(bytes) = Base64::decode_vec(&joined).map(Zeroizing::new) else { return NO_KEY };
    // After the magic, the cipher's name with its length before it.
    match bytes.strip_prefix(MAGIC).and_then(|rest| rest.split_at_checked(4)) {
        Some(([0, 0, 0, 4], rest)) if rest.starts_with(b"none") => Form::Usual,
        Some((_, [_, ..])) => ENCRYPTED,
        _ => NO_KEY,
    }
}

#[cfg(test)]
mod tests {
    use super::{ENCRYPTED, Form, NO_KEY, private_key_form};
    use crate::{secret::Secret, ssh::KeyPair};

    #[test]
    fn keys_are_told_apart_by_their_text() {
        let pair = KeyPair::generate("test").unwrap();
        let plain = pair.to_openssh(None).unwrap();
        let encrypted = pair.to_openssh(Some(&Secret::copied("a passphrase"))).unwrap();
        let cut: String = plain.lines().take(3).collect::<Vec<_>>().join("\n");
        let public = Form::Impossible("it is a public key: give the private one");
        let pem =
            |kind: &str, head: &str| format!("-----BEGIN {kind}-----\n{head}AAAA\n-----END {kind}-----\n");
        for (text, what) in [
            (plain.as_str(), Form::Usual),
            (&plain.replace('\n', "\r\n"), Form::Usual),
            (&pem("RSA PRIVATE KEY", ""), Form::Usual),
            (&pem("PRIVATE KEY", ""), Form::Usual),
            (encrypted.as_str(), ENCRYPTED),
            (&pem("ENCRYPTED PRIVATE KEY", ""), ENCRYPTED),
            (&pem("RSA PRIVATE KEY", "Proc-Type: 4,ENCRYPTED\n\n"), ENCRYPTED),
            (&pair.public_key().to_line(), public),
            (&pem("PUBLIC KEY", ""), public),
            (&cut, NO_KEY),
            (&pem("CERTIFICATE", ""), NO_KEY),
            (&pem("OPENSSH PRIVATE KEY", ""), NO_KEY),
            ("", NO_KEY),
            ("hunter2", NO_KEY),
        ] {
            assert_eq!(private_key_form(text), what, "{what:?}");
        }
    }
}
