//! The pages that a person sees. They need no script, say first what is the matter, and can be used with a
//! keyboard and by ear.

use axum::http::StatusCode;

use super::answers::Answer;

/// Readable in the dark and on a small screen; what is wrong stands out by more than its colour.
const STYLE: &str = ":root{color-scheme:light dark;font:1.1rem/1.5 system-ui,sans-serif}\
body{margin:2rem auto;max-width:36rem;padding:0 1rem}\
[role=alert]{border-inline-start:.3rem solid #c00;padding-inline-start:.7rem;font-weight:bold}\
label{display:block}input,button{font:inherit;padding:.4rem .7rem;margin:.3rem .3rem .3rem 0}";

/// A page: its title and what stands below, as HTML.
pub(super) struct Page<'a> {
    status: StatusCode,
    title: &'a str,
    html: String,
}

/// The form that asks for a code.
#[derive(Clone, Copy)]
pub(super) struct Form<'a> {
    /// Which login it is for.
    pub(super) state: &'a str,
    /// What the program that waits calls its machine.
    pub(super) machine: Option<&'a str>,
    /// Shows that the first code was right; the second one is asked for.
    pub(super) passed: Option<&'a str>,
    /// What is wrong with what was typed before.
    pub(super) wrong: Option<&'a str>,
}

impl<'a> Page<'a> {
    /// Says `text`, which is plain, and asks for nothing.
    pub(super) fn told(status: StatusCode, title: &'a str, text: &str) -> Self {
        Self { status, title, html: format!("<p>{}</p>", escaped(text)) }
    }

    pub(super) fn asking(status: StatusCode, title: &'a str, form: &Form<'_>) -> Self {
        Self { status, title, html: form.html() }
    }

    pub(super) fn answer(&self) -> Answer {
        let (title, html) = (escaped(self.title), &self.html);
        let page = format!(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <title>{title} - the sandbox of ankra</title>\n<style>{STYLE}</style>\n</head>\n\
             <body>\n<main>\n<h1>{title}</h1>\n{html}\n</main>\n</body>\n</html>\n"
        );
        Answer::html(self.status, page)
    }
}

impl Form<'_> {
    fn html(&self) -> String {
        let machine = match self.machine {
            Some(name) => format!("on a machine named <strong><bdi>{}</bdi></strong>", escaped(name)),
            None => "that does not name its machine".to_owned(),
        };
        let (wrong, invalid, described) = match self.wrong {
            Some(text) => (
                format!("<p id=\"wrong\" role=\"alert\">{}</p>\n", escaped(text)),
                " aria-invalid=\"true\"",
                "wrong help",
            ),
            None => (String::new(), "", "help"),
        };
        let (label, help, passed, unchecked) = match self.passed {
            Some(passed) => (
                "Second code",
                "Type the second code, which was printed below the first one. To deny takes none.",
                format!("<input type=\"hidden\" name=\"passed\" value=\"{}\">\n", escaped(passed)),
                " formnovalidate",
            ),
            None => (
                "Code",
                "Type the code that was printed when the sandbox was served, or the sandbox&#39;s own token. \
                 To deny takes it as well.",
                String::new(),
                "",
            ),
        };
        let state = escaped(self.state);
        // Enter presses the first button.
        format!(
            "{wrong}<p>A program {machine} wants to sign in to the sandbox as admin.</p>\n\
             <p>Approve this only if you started it yourself. If you did not, deny it.</p>\n\
             <form method=\"post\" action=\"/sandbox/login\">\n\
             <input type=\"hidden\" name=\"state\" value=\"{state}\">\n{passed}\
             <p id=\"help\">{help}</p>\n<label for=\"code\">{label}</label>\n\
             <input id=\"code\" name=\"code\" autocomplete=\"off\" autocapitalize=\"off\" spellcheck=\"false\" \
             required autofocus aria-describedby=\"{described}\"{invalid}>\n\
             <button name=\"decision\" value=\"approve\">Sign in</button>\n\
             <button name=\"decision\" value=\"deny\"{unchecked}>Deny</button>\n</form>"
        )
    }
}

/// `text` as HTML, between tags and in quotes.
fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            c => html.push(c),
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn no_text_becomes_a_tag_or_ends_a_value() {
        assert_eq!(escaped("a<b>&\"'é"), "a&lt;b&gt;&amp;&quot;&#39;é");
    }
}
