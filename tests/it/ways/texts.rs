//! What people paste in place of a secret.

use base64ct::{Base64, Base64Url, Encoding};

/// The text, made of a good value.
pub type Text = fn(&str) -> String;

/// Each with its name.
pub const TEXTS: [(&str, Text); 34] = [
    ("a good value", |good| good.to_owned()),
    ("another value", |_| "pässwörd-日本".to_owned()),
    ("a token of GitHub's", |_| format!("ghp_{}", "aB1".repeat(12))),
    ("nothing", |_| String::new()),
    ("a blank", |_| " ".to_owned()),
    ("quotes alone", |_| "\"\"".to_owned()),
    ("a line break", |good| format!("{good}\n")),
    ("a line break of Windows", |good| format!("{good}\r\n")),
    ("two line breaks", |good| format!("{good}\n\n")),
    ("a line break before", |good| format!("\n{good}")),
    ("notes below", |good| format!("{good}\nlogin: octocat\n")),
    ("a blank before", |good| format!(" {good}")),
    ("a blank behind", |good| format!("{good} ")),
    ("a tab", |good| format!("{good}\t")),
    ("a no-break space", |good| format!("\u{a0}{good}")),
    ("an invisible character", |good| format!("{good}\u{200b}")),
    ("double quotes", |good| format!("\"{good}\"")),
    ("single quotes", |good| format!("'{good}'")),
    ("typographic quotes", |good| format!("\u{201c}{good}\u{201d}")),
    ("a variable", |good| format!("export API_TOKEN={good}")),
    ("a header", |good| format!("Authorization: Bearer {good}")),
    ("a comment", |good| format!("{good} # prod")),
    ("an escape", |good| format!("{good}\u{1b}[0m")),
    ("a NUL", |good| format!("{good}\0x")),
    ("a private key", |_| {
        "-----BEGIN OPENSSH PRIVATE KEY-----\nb3Blbg==\n-----END OPENSSH PRIVATE KEY-----\n".into()
    }),
    ("a web page", |good| format!("<!DOCTYPE html>\n<html>{good}</html>\n")),
    ("a login file", |good| format!("{{\"auths\": {{\"ghcr.io\": {{\"auth\": \"{good}\"}}}}}}")),
    ("JSON with a token", |good| format!("{{\n  \"accessToken\": \"{good}\"\n}}\n")),
    ("a table", |good| format!("Key       Value\n---       -----\npassword  {good}\n")),
    ("dotenv text", |good| format!("USER=me\nPASSWORD={good}\n")),
    ("a key file", |good| key(good) + "\n"),
    ("base64", |good| Base64::encode_string(key(good).as_bytes())),
    ("base64 in lines", |good| {
        let whole = Base64::encode_string(key(good).as_bytes());
        let lines = whole.as_bytes().chunks(76).map(|line| str::from_utf8(line).unwrap());
        lines.collect::<Vec<_>>().join("\n") + "\n"
    }),
    ("base64 of URLs", |good| {
        Base64Url::encode_string(key(good).as_bytes()).trim_end_matches('=').to_owned()
    }),
];

/// A service account's key, in whose base64 both alphabets differ.
pub fn key(good: &str) -> String {
    let quoted = good.replace('\n', "\\n");
    format!(
        "{{\n  \"type\": \"service_account\",\n  \"private_key\": \"{quoted}~~~???>>>\",\n  \"client_email\": \"a@b\"\n}}"
    )
}
