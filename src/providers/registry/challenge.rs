//! Reads what a server asks for: `WWW-Authenticate` (RFC 9110, 11.6.1).

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Challenge {
    /// In lower case: `bearer`, `basic`.
    pub(super) scheme: String,
    params: Vec<(String, String)>,
}

impl Challenge {
    /// The first parameter of this name, which is given in lower case.
    pub(super) fn param(&self, name: &str) -> Option<&str> {
        self.params.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Whether it says that what was sent has expired (RFC 6750, 3).
    pub(super) fn says_expired(&self) -> bool {
        self.param("error_description").is_some_and(|text| text.to_ascii_lowercase().contains("expired"))
    }
}

/// More than any server has reason to say.
const LONGEST: usize = 8_192;
const MOST: usize = 16;
const BLANKS: [char; 2] = [' ', '\t'];

/// The challenges of one header's value, in their order; what is broken ends them.
pub(super) fn parse(value: &[u8]) -> Vec<Challenge> {
    let text = String::from_utf8_lossy(&value[..value.len().min(LONGEST)]);
    let mut rest = &*text;
    let mut found: Vec<Challenge> = Vec::new();
    loop {
        let (word, after) = token(rest.trim_start_matches([' ', '\t', ',']));
        if word.is_empty() {
            return found;
        }
        let name = word.to_ascii_lowercase();
        // A name with a value belongs to the challenge before it, a bare word begins one.
        if let Some(after) = after.trim_start_matches(BLANKS).strip_prefix('=') {
            let value = value_of(after.trim_start_matches(BLANKS));
            let (Some(challenge), Some((value, after))) = (found.last_mut(), value) else { return found };
            if challenge.params.len() < MOST {
                challenge.params.push((name, value));
            }
            rest = after;
        } else {
            if found.len() == MOST {
                return found;
            }
            found.push(Challenge { scheme: name, params: Vec::new() });
            rest = past_token68(after);
        }
    }
}

/// The token that `text` begins with, which may be empty, and what follows it.
fn token(text: &str) -> (&str, &str) {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    text.split_at(text.find(|c| !is_part(c)).unwrap_or(text.len()))
}

/// The token or quoted string that `text` begins with, and what follows it.
fn value_of(text: &str) -> Option<(String, &str)> {
    let Some(quoted) = text.strip_prefix('"') else {
        let (token, rest) = token(text);
        return (!token.is_empty()).then(|| (token.to_owned(), rest));
    };
    let (mut value, mut chars) = (String::new(), quoted.chars());
    loop {
        match chars.next()? {
            '"' => return Some((value, chars.as_str())),
            '\\' => value.push(chars.next()?),
            other => value.push(other),
        }
    }
}

/// What follows the text that some schemes have in place of parameters: `Negotiate YII=`.
fn past_token68(text: &str) -> &str {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "-._~+/".contains(c);
    let end = text.trim_start_matches(BLANKS).trim_start_matches(is_part).trim_start_matches('=');
    let end = end.trim_start_matches(BLANKS);
    if end.is_empty() || end.starts_with(',') { end } else { text }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::parse;

    fn shown(value: &str) -> Vec<String> {
        let params = |params: &[(String, String)]| {
            params.iter().map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>().join("|")
        };
        parse(value.as_bytes()).iter().map(|one| format!("{} {}", one.scheme, params(&one.params))).collect()
    }

    #[test]
    fn challenges_are_told_apart() {
        for (value, found) in [
            (
                r#"Bearer realm="https://auth.docker.io/token",service="registry.docker.io""#,
                &["bearer realm=https://auth.docker.io/token|service=registry.docker.io"] as &[&str],
            ),
            (
                r#"bEARER Realm = "https://h/t?a=1,2" , SCOPE="repository:a/b:pull,push",BASIC realm=x"#,
                &["bearer realm=https://h/t?a=1,2|scope=repository:a/b:pull,push", "basic realm=x"],
            ),
            (
                r#"Basic realm="a \"b\" \\c, Bearer realm=\"x\"""#,
                &[r#"basic realm=a "b" \c, Bearer realm="x""#],
            ),
            (r#"Negotiate, NTLM, Basic realm="r""#, &["negotiate ", "ntlm ", "basic realm=r"]),
            (r#"Negotiate YII/+==, Basic realm="r""#, &["negotiate ", "basic realm=r"]),
            ("Negotiate abc", &["negotiate "]),
            (r#", ,Basic ,  realm="r",, charset="UTF-8" "#, &["basic realm=r|charset=UTF-8"]),
            ("Basic", &["basic "]),
            (r#"Bearer realm="unfinished"#, &["bearer "]),
            (r#"Bearer realm="a"; Basic realm="b""#, &["bearer realm=a"]),
            (r#"realm="alone""#, &[]),
            ("", &[]),
            ("\u{e9}", &[]),
        ] {
            assert_eq!(shown(value), found, "{value}");
        }
    }

    #[test]
    fn the_first_of_two_realms_counts() {
        let found = parse(br#"Bearer realm="https://a", realm="https://b""#);
        assert_eq!(found[0].param("realm"), Some("https://a"));
        assert_eq!(found[0].param("scope"), None);
    }

    #[test]
    fn what_never_ends_is_bounded() {
        assert!(parse("Basic,".repeat(10_000).as_bytes()).len() <= 16);
        assert!(parse(format!("Basic {}", "a=b,".repeat(10_000)).as_bytes())[0].params.len() <= 16);
    }

    proptest! {
        #[test]
        fn bytes_never_panic_the_parser(bytes: Vec<u8>, text in r#"[A-c="\\, \t]{0,40}"#) {
            let _ = (parse(&bytes), parse(text.as_bytes()));
        }
    }
}
