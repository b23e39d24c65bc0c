//! For the fuzz targets: what is checked is what is used.

use std::ffi::OsStr;

use url::Url;

use super::{
    exempt::is_exempt,
    proxy::{Proxy, parse},
};

/// Reads `text` as the value of a proxy variable. What is accepted is used: the client takes it, and its host, its
/// port, its user name and its password are those that a URL parser finds in the text.
///
/// # Panics
/// If not.
#[expect(clippy::unwrap_used, reason = "what does not hold is a finding")]
pub fn read_proxy(text: &str) {
    let read = Proxy::read("HTTPS_PROXY", OsStr::new(text));
    let Ok(parts) = parse(text) else {
        let error = read.unwrap_err();
        assert!(text.len() < 12 || !format!("{error:?}").contains(text), "{error:?}");
        return;
    };
    let proxy = read.unwrap();
    reqwest::Proxy::all(proxy.url()).unwrap();
    let whole = if text.contains("://") { text.to_owned() } else { format!("http://{text}") };
    let (url, used) = (Url::parse(&whole).unwrap(), Url::parse(&proxy.url()).unwrap());
    assert_eq!(url.scheme() == "https", parts.tls);
    for url in [&url, &used] {
        assert_eq!(url.host().unwrap().to_owned(), parts.host, "{url}");
        assert_eq!(url.port_or_known_default(), Some(parts.port), "{url}");
    }
    let login = parts.login.map(|(user, password)| (user, password.expose().to_owned()));
    let has_login = !url.username().is_empty() || url.password().is_some();
    assert_eq!(has_login, login.is_some() && !whole.contains("://:@"));
    assert_eq!(proxy.authorization.is_some(), login.is_some());
}

/// Whether any host is exempt by any list: `*` alone exempts all.
///
/// # Panics
/// If not.
#[expect(clippy::unwrap_used, reason = "what does not hold is a finding")]
pub fn read_no_proxy(text: &str) {
    for host in ["a.example", "10.1.2.3", "[fd00::1]"] {
        let url = Url::parse(&format!("https://{host}/")).unwrap();
        let host = url.host().unwrap();
        let once = is_exempt(&host, text);
        assert!(is_exempt(&host, &format!("{text},*")));
        assert_eq!(is_exempt(&host, &format!(" {text} ,")), once);
    }
}
