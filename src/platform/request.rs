//! A request as a value: it can be shown (`--dry-run`) or sent.

use std::{borrow::Cow, marker::PhantomData};

use reqwest::Method;
use serde::Serialize;
use serde_json::{Map, Value};
use url::Url;
use zeroize::Zeroizing;

use super::{base_url::BaseUrl, names::CredentialName, pages::PAGE_SIZE};
use crate::{
    http::{REDACTED, hide},
    secret::Secret,
};

/// What is asked of the platform, before it is known which platform, and the answer `D` that is due.
#[derive(Debug)]
pub struct Request<'a, D> {
    pub(super) call: Call<'a>,
    /// The same by the guide's route, for a platform that lacks the deployed one.
    pub(super) guide: Option<Call<'a>>,
    due: PhantomData<fn() -> D>,
}

impl<'a, D> Request<'a, D> {
    pub(super) fn new(method: Method, path: &str, action: impl Into<String>) -> Self {
        let path = path.split('/').map(str::to_owned).collect();
        let call = Call {
            method,
            path,
            query: Vec::new(),
            body: None,
            action: action.into(),
            naming: None,
            of_account: false,
        };
        Self { call, guide: None, due: PhantomData }
    }

    pub(super) fn get(path: &str, action: impl Into<String>) -> Self {
        Self::new(Method::GET, path, action)
    }

    pub(super) fn query(mut self, key: &'static str, value: impl Into<String>) -> Self {
        self.call.query.push((key, value.into()));
        self
    }

    pub(super) fn body(mut self, body: Body<'a>) -> Self {
        self.call.body = Some(body);
        self
    }

    /// Says that it gives something this name, or asks whether it could.
    pub(super) fn naming(mut self, name: &CredentialName) -> Self {
        self.call.naming = Some(name.to_string());
        self
    }

    pub(super) fn of_account(mut self) -> Self {
        self.call.of_account = true;
        self
    }

    pub(super) fn or(self, guide: Self) -> Self {
        Self { guide: Some(guide.call), ..self }
    }

    /// What would be sent to `base`, without its secrets; not even that, unless `would_be_sent`.
    pub fn preview(&self, base: &BaseUrl, would_be_sent: bool) -> Preview {
        Preview {
            method: self.call.method.to_string(),
            url: self.call.url(base).into(),
            body: self.call.body.as_ref().map(Body::redacted),
            would_be_sent,
        }
    }
}

/// A request by one route.
#[derive(Clone, Debug)]
pub(super) struct Call<'a> {
    pub(super) method: Method,
    path: Vec<String>,
    query: Vec<(&'static str, String)>,
    pub(super) body: Option<Body<'a>>,
    /// What it does, to follow "cannot": `list the credentials`.
    pub(super) action: String,
    /// The name that it is about to give, which may be refused.
    pub(super) naming: Option<String>,
    /// It is about the owner of the token, whatever organisation was chosen.
    pub(super) of_account: bool,
}

impl Call<'_> {
    /// Sending it twice changes nothing more than sending it once.
    pub(super) fn is_read(&self) -> bool {
        self.method == Method::GET
    }

    /// The same for one page.
    pub(super) fn of_page(&self, page: usize) -> Self {
        let mut call = self.clone();
        call.query.extend([("page", page.to_string()), ("page_size", PAGE_SIZE.to_string())]);
        call
    }

    pub(super) fn url(&self, base: &BaseUrl) -> Url {
        let mut url = base.join(self.path.iter().map(String::as_str));
        if !self.query.is_empty() {
            url.query_pairs_mut().extend_pairs(&self.query);
        }
        url
    }
}

/// A request to show: no part of it is secret.
#[derive(Clone, Debug, Serialize)]
pub struct Preview {
    pub method: String,
    pub url: String,
    /// The JSON body with every secret replaced.
    pub body: Option<Value>,
    /// Whether a run without `--dry-run` would send it.
    pub would_be_sent: bool,
}

/// A JSON object to send: plain fields and secrets, kept apart until the last moment.
#[derive(Clone, Debug, Default)]
pub struct Body<'a>(Vec<(Cow<'static, str>, Part<'a>)>);

#[derive(Clone, Debug)]
enum Part<'a> {
    Plain(Value),
    Secret(&'a Secret),
    Object(Body<'a>),
}

impl<'a> Body<'a> {
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a text, a number or a truth value that is not secret.
    pub fn plain(mut self, key: impl Into<Cow<'static, str>>, value: impl Into<Value>) -> Self {
        self.0.push((key.into(), Part::Plain(value.into())));
        self
    }

    /// Adds a secret, which no text shows from then on.
    pub fn secret(mut self, key: impl Into<Cow<'static, str>>, value: &'a Secret) -> Self {
        hide(value.expose());
        self.0.push((key.into(), Part::Secret(value)));
        self
    }

    /// Adds an object, unless it is empty.
    pub fn object(mut self, key: impl Into<Cow<'static, str>>, value: Self) -> Self {
        if !value.0.is_empty() {
            self.0.push((key.into(), Part::Object(value)));
        }
        self
    }

    fn redacted(&self) -> Value {
        let fields = self.0.iter().map(|(key, part)| {
            let value = match part {
                Part::Plain(value) => value.clone(),
                Part::Secret(_) => Value::from(REDACTED),
                Part::Object(body) => body.redacted(),
            };
            (key.clone().into_owned(), value)
        });
        Value::Object(fields.collect::<Map<_, _>>())
    }

    /// The JSON text. The buffer is large enough from the start (an escaped character
    /// takes at most six bytes), so that it never moves and leaves a copy behind.
    pub(super) fn encode(&self) -> Zeroizing<Vec<u8>> {
        let mut json = Zeroizing::new(Vec::with_capacity(self.room()));
        self.write(&mut json);
        json
    }

    /// The most bytes that its JSON text takes.
    fn room(&self) -> usize {
        let of_part = |(key, part): &(Cow<'static, str>, Part<'_>)| {
            let value = match part {
                Part::Plain(value) => value.to_string().len(),
                Part::Secret(secret) => secret.expose().len() * 6,
                Part::Object(body) => body.room(),
            };
            key.len() + 16 + value
        };
        2 + self.0.iter().map(of_part).sum::<usize>()
    }

    fn write(&self, json: &mut Vec<u8>) {
        json.push(b'{');
        for (index, (key, part)) in self.0.iter().enumerate() {
            if index > 0 {
                json.push(b',');
            }
            push(json, key);
            json.push(b':');
            match part {
                Part::Plain(value) => push(json, value),
                Part::Secret(secret) => push(json, secret.expose()),
                Part::Object(body) => body.write(json),
            }
        }
        json.push(b'}');
    }
}

fn push(json: &mut Vec<u8>, value: &(impl Serialize + ?Sized)) {
    // Writing to memory has no way to fail.
    let _ = serde_json::to_writer(json, value);
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::{Body, Method, Request};
    use crate::{http::quote, secret::Secret};

    #[test]
    fn a_body_is_the_json_of_its_fields_in_a_buffer_that_never_moved() {
        let secret = Secret::new("\u{1}\"\\é".repeat(50));
        let body = Body::new().plain("name", "a\nb").plain("generate", false).secret("password", &secret);
        let json = body.encode();
        let value: Value = serde_json::from_slice(&json).unwrap();
        assert_eq!(value["name"], "a\nb");
        assert_eq!(value["generate"], false);
        assert_eq!(value["password"], secret.expose());
        assert_eq!(json.capacity(), body.room(), "it has not grown");
        let nothing = Secret::new(String::new());
        for body in [Body::new(), Body::new().secret("", &nothing), Body::new().plain("", "")] {
            assert_eq!(body.encode().capacity(), body.room(), "nor where there is next to nothing");
        }
    }

    #[test]
    fn what_is_shown_is_what_would_be_sent() {
        let base = "http://localhost:9/prefix/".parse().unwrap();
        let request = Request::<()>::get("api/a", "try").query("key", "a b&c").query("other", "");
        let shown = request.preview(&base, true);
        assert_eq!((shown.method.as_str(), shown.body, shown.would_be_sent), ("GET", None, true));
        assert_eq!(shown.url, "http://localhost:9/prefix/api/a?key=a+b%26c&other=");
        assert_eq!(
            request.call.of_page(2).url(&base).as_str(),
            "http://localhost:9/prefix/api/a?key=a+b%26c&other=&page=2&page_size=100"
        );
        let body = Body::new().object("none", Body::new()).object("some", Body::new().plain("a", 1));
        let request = Request::<()>::new(Method::PUT, "a", "try").body(body);
        let shown = request.preview(&base, false);
        assert_eq!((shown.method.as_str(), shown.would_be_sent), ("PUT", false));
        assert_eq!(shown.url, "http://localhost:9/prefix/a");
        assert_eq!(shown.body.unwrap().to_string(), r#"{"some":{"a":1}}"#);
        assert!(!request.call.is_read());
    }

    #[test]
    fn a_preview_has_no_secret() {
        let secret = Secret::new("hunter2".into());
        let shown = Body::new().plain("name", "x").secret("api_token", &secret).redacted().to_string();
        assert_eq!(shown, r#"{"api_token":"<redacted>","name":"x"}"#);
    }

    #[test]
    fn what_a_body_carries_is_hidden_in_all_that_is_told() {
        let secret = Secret::new("hunter2".into());
        let _body = Body::new().object("inner", Body::new().secret("password", &secret));
        assert_eq!(quote("no user hunter2"), "no user <redacted>");
    }
}
