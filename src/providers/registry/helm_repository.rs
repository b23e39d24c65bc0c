//! A classic Helm repository: a web server with an `index.yaml`, which may be many megabytes. Only
//! its beginning is read.

use super::{
    probe::{Probe, Progress},
    report::Verdict,
};

pub(super) async fn check(probe: &mut Probe<'_>) -> Progress<()> {
    let path = probe.url.path().split('/').filter(|part| !part.is_empty());
    let segments: Vec<&str> = path.chain(["index.yaml"]).collect();
    let open = probe.contact(&segments).await?;
    probe.usable("anonymous", &open)?;
    let is_public = open.is(200) && is_index(&open.body);
    if !is_public {
        let answered = open.answered();
        probe.passed("anonymous", format!("nobody gets the index without a password: {answered}"));
    }
    let reply = probe.ask("login", &open.url, Some(probe.basic.clone())).await?;
    match reply.status.as_u16() {
        200 if is_index(&reply.body) => {}
        401 => return Err(probe.wrong_password("login", &reply)),
        // The server tells apart who does not sign in (401) and who may not (403).
        403 => return Err(probe.no_access("login", &reply, open.is(401))),
        404 => {
            let hint = "check the URL: it ends where index.yaml is, without that name; an OCI registry begins with oci://";
            return Err(probe.failed("path", reply.answered(), Verdict::NotFound, [hint]));
        }
        _ => {
            let detail = format!("{}, which is not the index of a Helm repository", reply.answered());
            let hint = "check the registry URL; an OCI registry's begins with oci://";
            return Err(probe.failed("path", detail, Verdict::NotARegistry, [hint]));
        }
    }
    if is_public {
        let detail = "anybody gets the index, so this proves nothing about the password";
        let hint = "a public repository needs no credentials";
        return Err(probe.failed("anonymous", detail, Verdict::CannotTell, [hint]));
    }
    let detail = format!("the user name {} and the password are accepted", probe.username);
    probe.passed("login", detail);
    probe.passed("path", "index.yaml is the index of a Helm repository");
    Ok(())
}

/// Whether `body` begins as an index does: `apiVersion` and `entries`, in YAML or JSON, in any order.
fn is_index(body: &[u8]) -> bool {
    let text = String::from_utf8_lossy(body);
    let begins = |line: &str| ["apiVersion:", "entries:"].iter().any(|key| line.starts_with(key));
    let json = text.trim_start_matches('\u{feff}').trim_start();
    let is_json = json.starts_with('{') && json.contains("\"apiVersion\"");
    is_json || text.trim_start_matches('\u{feff}').lines().any(begins)
}

#[cfg(test)]
mod tests {
    use super::is_index;

    #[test]
    fn an_index_is_known_by_its_beginning() {
        for index in [
            "apiVersion: v1\nentries: {}\n",
            "\u{feff}---\n# made by a tool\napiVersion: v1\n",
            "entries:\n  a:\n  - name: a\n",
            "{\"apiVersion\": \"v1\", \"entries\": {}}",
        ] {
            assert!(is_index(index.as_bytes()), "{index}");
        }
        for other in
            ["", "<html>apiVersion: v1</html>", "{}", "  apiVersion: v1", "404 page not found", "\u{0}"]
        {
            assert!(!is_index(other.as_bytes()), "{other}");
        }
    }
}
