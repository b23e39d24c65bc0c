//! What the text or the class of an error is about: the login, or the way there.

/// What an error is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// There was no connection, or it did not hold: another secret does not help.
    Passing,
    /// The login was refused.
    Refused,
    /// It does not say.
    Other,
}

/// What tells, each as whole words: the first line that has one of its own in a text decides. A certificate that has
/// expired is no password, and "cannot connect: 401" is no connection that is missing.
const TOLD: [(Trouble, &[&str]); 4] = [
    (
        Trouble::Passing,
        &[
            "no such host",
            "resolve",
            "resolving",
            "resolution",
            "lookup",
            "dns",
            "timeout",
            "timeouts",
            "timed out",
            "time out",
            "deadline exceeded",
            "unreachable",
            "no route",
            "connection refused",
            "connection reset",
            "reset by peer",
            "broken pipe",
            "eof",
            "tls",
            "ssl",
            "x509",
            "certificate",
            "certificates",
            "handshake",
            "too many requests",
            "429",
            "500",
            "502",
            "503",
            "504",
            "server error",
            "bad gateway",
            "service unavailable",
        ],
    ),
    (Trouble::Refused, &["401", "403", "unauthorized", "unauthorised", "unauthenticated", "forbidden"]),
    (
        Trouble::Passing,
        &["network", "connect", "connection", "connections", "proxy", "rate", "rate limited", "ratelimit"],
    ),
    (
        Trouble::Refused,
        &[
            "auth",
            "authentication",
            "authenticate",
            "authorization",
            "authorisation",
            "authorized",
            "authorised",
            "login",
            "denied",
            "permission",
            "permissions",
            "credential",
            "credentials",
            "password",
            "username",
            "secret",
            "token",
            "expired",
            "revoked",
            "no basic auth",
        ],
    ),
];

impl Trouble {
    /// Reads `text`. A host, an address or a path in it says nothing, whatever words it is made of. What is said of the
    /// connection counts more: a certificate that has expired is no password.
    pub(super) fn of(text: &str) -> Self {
        let words = words(text);
        let says = |known: &[&str]| known.iter().any(|known| words.contains(&format!(" {known} ")));
        TOLD.iter().find(|(_, known)| says(known)).map_or(Self::Other, |(trouble, _)| *trouble)
    }
}

/// The words of `text` that are no part of an address, in small letters, each between blanks.
fn words(text: &str) -> String {
    let mut words = String::from(" ");
    let text = text.to_lowercase();
    for piece in text.split(|c: char| {
        c.is_whitespace() || matches!(c, '"' | '\'' | '`' | ',' | ';' | '(' | ')' | '<' | '>')
    }) {
        let piece = piece.trim_end_matches([':', '.', '!', '?']);
        let is_address =
            piece.contains('/') || piece.contains('@') || has_inner(piece, '.') || has_port(piece);
        if is_address {
            continue;
        }
        for word in piece.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            words.push_str(word);
            words.push(' ');
        }
    }
    words
}

/// Whether `c` stands between two others.
fn has_inner(piece: &str, c: char) -> bool {
    piece.trim_matches(c).contains(c)
}

/// `host:443`, `[::1]:443`
fn has_port(piece: &str) -> bool {
    piece.rsplit_once(':').is_some_and(|(host, port)| {
        let is_host = !host.is_empty() && !["status", "code", "error", "http"].contains(&host);
        is_host && !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::Trouble::{self, Other, Passing, Refused};

    #[test]
    fn an_error_is_judged_by_whole_words_that_are_no_part_of_an_address() {
        for (text, told) in [
            ("no such host expired.example.com", Passing),
            ("dial tcp: lookup auth.denied.example: no such host", Passing),
            ("Get \"https://registry.example/401/password\": EOF", Passing),
            ("connection refused", Passing),
            ("connect to forbidden:403 failed", Passing),
            ("x509: certificate has expired or is not yet valid", Passing),
            ("tls: handshake failure", Passing),
            ("server_error", Passing),
            ("timed_out", Passing),
            ("network error: no answer", Passing),
            ("rate-limited", Passing),
            ("401 Unauthorized: authentication required", Refused),
            ("unexpected status from HEAD request to https://r.example/v2/x: 403 Forbidden", Refused),
            ("authentication_failed", Refused),
            ("denied: requested access to the resource is denied", Refused),
            ("token expired", Refused),
            ("cannot connect to the registry: status:401", Refused),
            ("the server asks for authentication", Refused),
            ("no basic auth credentials", Refused),
            ("chart expired.example/x not found", Other),
            ("manifest 14013 is unknown", Other),
            ("generate index", Other),
            ("https://user:password@example/denied", Other),
            ("", Other),
        ] {
            assert_eq!(Trouble::of(text), told, "{text}");
        }
    }
}
