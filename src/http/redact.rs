//! Takes secrets out of what a server says.

use zeroize::Zeroizing;

use super::text::CUT;

/// What is shown in place of a secret.
pub(crate) const REDACTED: &str = "<redacted>";

/// Replaces secrets that a server repeats, also where it quotes them in another notation
/// or where the text was cut in the middle of one.
pub(crate) struct Redactor(Vec<Zeroizing<String>>);

impl Redactor {
    pub(crate) fn new<'a>(secrets: impl Iterator<Item = &'a str>) -> Self {
        let secrets = secrets.filter(|secret| !secret.is_empty());
        let mut forms: Vec<_> = secrets.flat_map(forms).collect();
        // A secret that is part of another must not break the longer one up.
        forms.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        forms.dedup();
        Self(forms)
    }

    pub(crate) fn apply(&self, text: &str) -> String {
        let mut whole = String::with_capacity(text.len());
        let mut rest = text;
        // In one pass: a short secret must not be found in what stands for a longer one.
        while let Some(c) = rest.chars().next() {
            rest = if let Some(form) = self.0.iter().find(|form| rest.starts_with(form.as_str())) {
                whole.push_str(REDACTED);
                &rest[form.len()..]
            } else {
                whole.push(c);
                &rest[c.len_utf8()..]
            };
        }
        match whole.strip_suffix(CUT) {
            Some(cut) => match self.0.iter().filter_map(|form| begun(cut, form)).min() {
                Some(start) => format!("{}{REDACTED}{CUT}", &cut[..start]),
                None => whole,
            },
            None => whole,
        }
    }
}

/// Where `form` begins that `text` ends within.
fn begun(text: &str, form: &str) -> Option<usize> {
    let starts = text.char_indices().map(|(start, _)| start);
    starts
        .skip_while(|start| text.len() - start >= form.len())
        .find(|start| form.starts_with(&text[*start..]))
}

/// A run of letters and digits of this length is not in a text by chance.
const WORD: usize = 12;

/// `secret` as it is, and as texts quote it: in JSON, in a URL, in HTML, and each of them
/// with what [`super::excerpt`] escapes. Its long words too, for quotes of quotes
/// and for one line of many.
fn forms(secret: &str) -> Vec<Zeroizing<String>> {
    // A text always has a form in JSON.
    let json = Zeroizing::new(serde_json::to_string(secret).unwrap_or_else(|_| "\"\"".into()));
    let plain = [
        Zeroizing::new(secret.to_owned()),
        Zeroizing::new(json[1..json.len() - 1].to_owned()),
        Zeroizing::new(url::form_urlencoded::byte_serialize(secret.as_bytes()).collect()),
        Zeroizing::new(html(secret)),
    ];
    let escaped = plain.each_ref().map(|form| Zeroizing::new(form.escape_default().to_string()));
    let words = secret.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| word.len() >= WORD);
    plain.into_iter().chain(escaped).chain(words.map(|word| Zeroizing::new(word.to_owned()))).collect()
}

fn html(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len() * 6), |mut html, c| {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            _ => html.push(c),
        }
        html
    })
}

#[cfg(test)]
mod tests {
    use super::Redactor;
    use crate::http::excerpt;

    fn redacted(secrets: &[&str], text: &str) -> String {
        Redactor::new(secrets.iter().copied()).apply(text)
    }

    #[test]
    fn h34_a_secret_that_the_server_repeats_is_redacted() {
        let secrets = ["hunter2", "hunter2-and-more", "", "q\"q"];
        let text = "bad hunter2-and-more, hunter2, q\"q, \"q";
        assert_eq!(redacted(&["red", "hunter2"], "hunter2 is red"), "<redacted> is <redacted>");
        assert_eq!(redacted(&secrets, text), "bad <redacted>, <redacted>, <redacted>, \"q");
    }

    #[test]
    fn h34_a_secret_in_another_notation_is_redacted() {
        let secret = "p\"a\\s's <&> \u{e9}\n";
        for quoted in [
            "p\\\"a\\\\s's <&> \u{e9}\\n",
            "p%22a%5Cs%27s+%3C%26%3E+%C3%A9%0A",
            "p&quot;a\\s&#39;s &lt;&amp;&gt; \u{e9}\n",
        ] {
            assert_eq!(redacted(&[secret], &format!("({quoted})")), "(<redacted>)");
            assert_eq!(redacted(&[secret], &excerpt(format!("({quoted})").as_bytes())), "(<redacted>)");
        }
    }

    #[test]
    fn h34_a_part_of_a_secret_is_redacted() {
        let secret = "{\n  \"type\": \"key\",\n  \"key\": \"MIIEvQIBADANBgkq+hkiG9w0BAQEFAASC\"\n}";
        assert_eq!(
            redacted(&[secret], "line 3: \\\"MIIEvQIBADANBgkq\\u002bhkiG9w0BAQEFAASC\\\" is not a type"),
            "line 3: \\\"<redacted>\\u002b<redacted>\\\" is not a type"
        );
    }

    #[test]
    fn h34_a_secret_at_a_cut_leaves_no_beginning() {
        for (text, shown) in [
            ("bad hunter…", "bad <redacted>…"),
            ("bad h…", "bad <redacted>…"),
            ("bad…", "bad…"),
            ("bad hunter", "bad hunter"),
            ("bad hunter2…", "bad <redacted>…"),
            ("hunter2hunt…", "<redacted><redacted>…"),
            ("…", "…"),
        ] {
            assert_eq!(redacted(&["hunter2"], text), shown);
        }
    }
}
