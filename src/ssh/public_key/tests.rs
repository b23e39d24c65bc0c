use proptest::prelude::*;

use super::PublicKey;
use crate::ssh::KeyPair;

const GOOD: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJdD7y3aLq454yWBdwLWbieU1ebz9/cu7/QEXn9OIeZJ me@host";

fn cause(text: &str) -> String {
    PublicKey::parse(text).map(|_| ()).unwrap_err().causes().join("; ")
}

#[test]
fn a_good_line_comes_back_as_it_was() {
    let blanks = GOOD.replace(' ', " \t ");
    for line in [GOOD, &format!("{GOOD}\n"), &format!("  {GOOD}\r\n"), &blanks] {
        assert_eq!(PublicKey::parse(line).unwrap().to_line(), GOOD);
    }
    let bare = GOOD.rsplit_once(' ').unwrap().0;
    assert_eq!(PublicKey::parse(bare).unwrap().to_line(), bare);
    assert!(PublicKey::parse(GOOD).unwrap().fingerprint().starts_with("SHA256:"));
}

#[test]
fn every_refusal_says_why() {
    let data = GOOD.split(' ').nth(1).unwrap();
    for (text, why) in [
        ("", "empty"),
        ("ssh-ed25519", "ends after"),
        ("ssh-ed25519 !!!!", "base64"),
        (&format!("ssh-ed25519 {}", &data[..40]), "base64"),
        (&format!("ssh-rsa {data}"), "type"),
        (&format!("{GOOD}\n{GOOD}"), "several lines"),
        (&format!("no-pty {GOOD}"), "options"),
        (&format!("command=\"echo x\" {GOOD}"), "options"),
        (&format!("{GOOD} {GOOD}"), "another key"),
        ("b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQ", "private key"),
        (&format!("{GOOD} \u{202e}x"), "cannot be seen"),
        (&format!("{GOOD} \u{200b}x"), "cannot be seen"),
        // Ed25519 keys of 31 and 33 bytes, and one with bytes after it.
        ("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAH5dD7y3aLq454yWBdwLWbieU1ebz9/cu7/QEXn9OIeY=", "base64"),
        ("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIZdD7y3aLq454yWBdwLWbieU1ebz9/cu7/QEXn9OIeZJAA==", "base64"),
        ("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJdD7y3aLq454yWBdwLWbieU1ebz9/cu7/QEXn9OIeZJeHg=", "base64"),
        (&format!("ssh-dss {data}"), "DSA"),
        (&format!("ssh-ed25519-cert-v01@openssh.com {data}"), "certificate"),
        ("-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl\n-----END OPENSSH PRIVATE KEY-----", "private key"),
        ("PuTTY-User-Key-File-3: ssh-ed25519", "private key"),
        ("---- BEGIN SSH2 PUBLIC KEY ----\nAAAA", "another format"),
        (&format!("{GOOD} \u{1b}[31m"), "control"),
        (&format!("{GOOD} {}", "x".repeat(20_000)), "longer"),
        ("hello", "known type"),
    ] {
        assert!(cause(text).contains(why), "{text:.60}: {}", cause(text));
    }
}

#[test]
fn a_comment_is_kept_and_makes_no_other_key() {
    let key = PublicKey::parse(GOOD).unwrap();
    assert_eq!(key.algorithm(), "ssh-ed25519");
    assert!(key.to_line().ends_with(" me@host"));
    let bare = PublicKey::parse(GOOD.rsplit_once(' ').unwrap().0).unwrap();
    assert_eq!(bare.to_line().split(' ').count(), 2);
    assert_eq!(key.fingerprint(), bare.fingerprint());
    assert_ne!(key.fingerprint(), KeyPair::generate("me@host").unwrap().public_key().fingerprint());
    let words = format!("{GOOD} has an ssh-ed25519 key");
    assert_eq!(PublicKey::parse(&words).unwrap().to_line(), words, "a comment may speak of keys");
}

#[test]
fn a_private_key_is_not_repeated() {
    let pair = KeyPair::generate("x").unwrap();
    let private = pair.to_openssh(None).unwrap();
    let error = PublicKey::parse(&private).map(|_| ()).unwrap_err();
    let body = private.lines().nth(1).unwrap();
    assert!(!format!("{error:?}").contains(body));
    assert!(!format!("{pair:?}").contains(body));
}

proptest! {
    #[test]
    fn a_private_key_amid_other_text_is_refused_unrepeated(before in "\\PC{0,20}", after in "[ -~\n]{0,20}") {
        let private = "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAACANARY\n";
        let error = PublicKey::parse(&format!("{before}{private}{after}")).map(|_| ()).unwrap_err();
        prop_assert!(error.causes()[0].contains("private key"));
        let told = format!("{error:?}");
        prop_assert!(!told.contains("CANARY"));
    }

    #[test]
    fn any_text_is_parsed_or_refused(text in "\\PC{0,80}") {
        let _ = PublicKey::parse(&text);
    }

    #[test]
    fn a_damaged_key_never_passes_as_another(index in 12usize..80, byte in 0x20u8..0x7f) {
        let mut bytes = GOOD.as_bytes().to_vec();
        bytes[index] = byte;
        let text = String::from_utf8(bytes).unwrap();
        if let Ok(key) = PublicKey::parse(&text) {
            prop_assert_eq!(PublicKey::parse(&key.to_line()).unwrap().fingerprint(), key.fingerprint());
        }
    }
}
