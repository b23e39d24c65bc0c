//! The audit log's entries.

use std::fmt;

use serde::Serialize;

use super::model::Role;

/// One request, as the audit log keeps it: never with a secret, a query or a body.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Access {
    /// RFC 3339.
    pub time: String,
    /// The name of the token, if it was a valid one.
    pub token: Option<String>,
    /// The token owner's role in the organisation.
    pub role: Option<Role>,
    /// The organisation's name.
    pub organisation: Option<String>,
    /// `GET`, `POST`, ...
    pub method: String,
    /// The path as it was sent, cut at 200 characters.
    pub path: String,
    /// The status of the answer.
    pub status: u16,
    /// What the route does (`create hetzner credential`).
    pub action: String,
    /// The credential it was done on: a name or an id.
    pub credential: Option<String>,
    pub done: bool,
}

/// Is called with the audit entry of every request, after the answer.
pub type OnAccess = Box<dyn Fn(&Access) + Send + Sync>;

impl fmt::Display for Access {
    /// One line; nothing in it can begin another one or steer a terminal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |text: &Option<String>| text.as_deref().unwrap_or("-").escape_debug().to_string();
        write!(
            f,
            "{} {} {} {} {}/{} {}: {}",
            self.time,
            self.status,
            self.method.escape_debug(),
            self.path.escape_debug(),
            shown(&self.organisation),
            shown(&self.token),
            if self.done { "done" } else { "refused" },
            self.action,
        )?;
        match &self.credential {
            Some(credential) => write!(f, " {}", credential.escape_debug()),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Access;

    #[test]
    fn the_line_is_one_line() {
        let access = Access {
            time: "2026-01-02T03:04:05Z".into(),
            token: Some("a\u{1b}[2J".into()),
            role: None,
            organisation: Some("demo".into()),
            method: "POST".into(),
            path: "/x\ny".into(),
            status: 409,
            action: "create hetzner credential".into(),
            credential: Some("taken".into()),
            done: false,
        };
        assert_eq!(
            access.to_string(),
            "2026-01-02T03:04:05Z 409 POST /x\\ny demo/a\\u{1b}[2J refused: create hetzner credential taken"
        );
    }
}
