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

/// The challenges of one header's value, in their order; what is broken ends them.
pub(super) fn parse(value: &[u8]) -> Vec<Challenge> {
    let mut reader = Reader(&value[..value.len().min(LONGEST)]);
    let mut found: Vec<Challenge> = Vec::new();
    loop {
        reader.skip(b" \t,");
        let Some(word) = reader.token() else { return found };
        // A name with a value belongs to the challenge before it, a bare word begins one.
        let before = reader.clone();
        reader.skip(b" \t");
        if reader.next_is(b'=') {
            reader.skip(b" \t");
            let (Some(challenge), Some(value)) = (found.last_mut(), reader.value()) else { return found };
            if challenge.params.len() < MOST {
                challenge.params.push((word.to_ascii_lowercase(), value));
            }
            continue;
        }
        reader = before;
        if found.len() == MOST {
            return found;
        }
        found.push(Challenge { scheme: word.to_ascii_lowercase(), params: Vec::new() });
        reader.skip_token68();
    }
}

#[derive(Clone)]
struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn skip(&mut self, bytes: &[u8]) {
        while let [first, rest @ ..] = self.0
            && bytes.contains(first)
        {
            self.0 = rest;
        }
    }

    fn next_is(&mut self, byte: u8) -> bool {
        let is = self.0.first() == Some(&byte);
        if is {
            self.0 = &self.0[1..];
        }
        is
    }

    fn token(&mut self) -> Option<String> {
        let is_part = |b: &u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(b);
        let length = self.0.iter().take_while(|b| is_part(b)).count();
        let (token, rest) = self.0.split_at(length);
        self.0 = rest;
        (length > 0).then(|| String::from_utf8_lossy(token).into_owned())
    }

    /// A token or a quoted string.
    fn value(&mut self) -> Option<String> {
        if !self.next_is(b'"') {
            return self.token();
        }
        let mut value = Vec::new();
        loop {
            let [first, rest @ ..] = self.0 else { return None };
            self.0 = rest;
            match first {
                b'"' => return Some(String::from_utf8_lossy(&value).into_owned()),
                b'\\' => {
                    let [escaped, rest @ ..] = self.0 else { return None };
                    self.0 = rest;
                    value.push(*escaped);
                }
                byte => value.push(*byte),
            }
        }
    }

    /// Passes over what some schemes have in place of parameters: `Negotiate YII=`.
    fn skip_token68(&mut self) {
        let mut ahead = self.clone();
        ahead.skip(b" \t");
        let is_part = |b: &u8| b.is_ascii_alphanumeric() || b"-._~+/".contains(b);
        let length = ahead.0.iter().take_while(|b| is_part(b)).count();
        ahead.0 = &ahead.0[length..];
        ahead.skip(b"=");
        let end = ahead.0;
        ahead.skip(b" \t");
        if length > 0 && end.len() < self.0.len() && (ahead.0.is_empty() || ahead.0[0] == b',') {
            self.0 = ahead.0;
        }
    }
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
