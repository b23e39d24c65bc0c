//! What a consumer key may do: the rules that the platform needs, and those that a key has.

use serde_json::Value;

use super::endpoint::Endpoint;

/// The method and path of each, as the platform's documentation asks for them. A rule of `/x/*` is none of `/x`.
pub(super) const RULES: [(&str, &str); 5] = [
    ("GET", "/cloud/project"),
    ("GET", "/cloud/project/*"),
    ("POST", "/cloud/project/*"),
    ("PUT", "/cloud/project/*"),
    ("DELETE", "/cloud/project/*"),
];

/// Where a key with these rules is made at ovh-eu, which is what the platform asks.
pub(super) const PAGE: &str = "https://eu.api.ovh.com/createToken/?GET=/cloud/project/*&POST=/cloud/project/*\
                               &PUT=/cloud/project/*&DELETE=/cloud/project/*&GET=/cloud/project";

/// The page that makes a key with these rules at `endpoint`: slashes and stars stand in it as they are, as in the
/// addresses of OVH's own documentation. It does not end with a star, which terminals leave out of a link.
pub(super) fn page(endpoint: Endpoint) -> String {
    let (first, rest) = RULES.split_at(1);
    let pairs = rest.iter().chain(first).map(|(method, path)| format!("{method}={path}"));
    format!("{}?{}", endpoint.page("createToken"), pairs.collect::<Vec<_>>().join("&"))
}

/// Those of [`RULES`] that `granted`, the rules of a key, does not cover; `None`: that cannot be told.
pub(super) fn missing(granted: Option<&Value>) -> Option<Vec<String>> {
    let granted = granted?.as_array()?;
    let text = |rule: &Value, name: &str| rule.get(name).and_then(Value::as_str).map(str::to_owned);
    let granted: Option<Vec<(String, String)>> =
        granted.iter().map(|rule| Some((text(rule, "method")?, text(rule, "path")?))).collect();
    let granted = granted?;
    let is_covered = |(method, path): &&(&str, &str)| {
        let covers =
            |(known, pattern): &(String, String)| known.eq_ignore_ascii_case(method) && covers(pattern, path);
        granted.iter().any(covers)
    };
    let missing = RULES.iter().filter(|rule| !is_covered(rule));
    Some(missing.map(|(method, path)| format!("{method} {path}")).collect())
}

/// Whether `pattern` holds for all that `path` stands for. A `*` in a pattern is any run of characters, also of
/// none and with slashes; one in `path` is matched by such a star alone.
fn covers(pattern: &str, path: &str) -> bool {
    let (pattern, path) = (pattern.as_bytes(), path.as_bytes());
    let (mut at, mut seen) = (0, 0);
    // Where to go on if what follows the last star does not match here.
    let mut back = None;
    while seen < path.len() {
        match pattern.get(at) {
            Some(b'*') => {
                back = Some((at + 1, seen));
                at += 1;
            }
            Some(byte) if *byte == path[seen] => {
                at += 1;
                seen += 1;
            }
            _ => match &mut back {
                Some((behind, from)) => {
                    *from += 1;
                    (at, seen) = (*behind, *from);
                }
                None => return false,
            },
        }
    }
    pattern[at..].iter().all(|byte| *byte == b'*')
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{PAGE, RULES, covers, missing, page};
    use crate::providers::ovh::endpoint::Endpoint;

    #[test]
    fn a_star_is_any_run_of_characters_and_a_path_below_is_not_the_path() {
        for (pattern, path, is_covered) in [
            ("/cloud/project", "/cloud/project", true),
            ("/cloud/project/*", "/cloud/project", false),
            ("/cloud/project*", "/cloud/project", true),
            ("/cloud/project*", "/cloud/project/*", true),
            ("/cloud/project/*", "/cloud/project/*", true),
            ("/cloud/project/**", "/cloud/project/*", true),
            ("/*", "/cloud/project", true),
            ("/*", "/cloud/project/*", true),
            ("*", "/cloud/project/*", true),
            ("/*/project", "/cloud/project", true),
            ("/*/project/*", "/cloud/project/*", true),
            ("/cloud/*", "/cloud/project", true),
            ("/cloud/project", "/cloud/project/*", false),
            ("/cloud/project/", "/cloud/project", false),
            ("/cloud/project/0123", "/cloud/project/*", false),
            ("/cloud/project/*/instance", "/cloud/project/*", false),
            ("/cloud/project/*/*", "/cloud/project/*", false),
            ("/Cloud/project", "/cloud/project", false),
            ("/cloud/projects*", "/cloud/project", false),
            ("", "/cloud/project", false),
            ("/me*", "/cloud/project", false),
        ] {
            assert_eq!(covers(pattern, path), is_covered, "{pattern} {path}");
        }
    }

    #[test]
    fn all_missing_rules_are_named_at_once() {
        let names = |granted| missing(Some(&granted)).unwrap().join(", ");
        assert_eq!(
            names(json!([])),
            "GET /cloud/project, GET /cloud/project/*, POST /cloud/project/*, PUT /cloud/project/*, DELETE /cloud/project/*"
        );
        let all: Vec<_> =
            RULES.iter().map(|(method, path)| json!({"method": method, "path": path})).collect();
        assert_eq!(names(json!(all)), "");
        assert_eq!(
            names(json!([{"method": "GET", "path": "/cloud/project/*"}, {"method": "put", "path": "/*"}])),
            "GET /cloud/project, POST /cloud/project/*, DELETE /cloud/project/*"
        );
        for odd in [json!(null), json!("GET /*"), json!({}), json!([{"method": "GET"}]), json!([1])] {
            assert_eq!(missing(Some(&odd)), None, "{odd}");
        }
        assert_eq!(missing(None), None);
    }

    #[test]
    fn the_page_is_filled_in_with_every_rule() {
        assert_eq!(page(Endpoint::PLATFORM), PAGE);
        let url = url::Url::parse(PAGE).unwrap();
        assert_eq!(url.as_str(), PAGE);
        let mut asked: Vec<_> = url.query_pairs().into_owned().collect();
        let mut needed: Vec<_> =
            RULES.iter().map(|(method, path)| ((*method).to_owned(), (*path).to_owned())).collect();
        asked.sort();
        needed.sort();
        assert_eq!(asked, needed);
    }
}
