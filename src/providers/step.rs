//! What a check tells of each thing that it did.

use serde::Serialize;

/// One step of a check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[expect(clippy::struct_field_names, reason = "the names of the JSON report")]
pub struct Step {
    /// A word for it, such as `host`, `token` or `rights`.
    pub step: &'static str,
    /// Whether it went well; `None`: that cannot be told.
    pub ok: Option<bool>,
    /// What was found. May hold words of the server; never a secret.
    pub detail: String,
}

/// What is told of a check while it goes on.
#[derive(Clone, Copy, Debug)]
pub enum News<'a> {
    /// A step is done.
    Step(&'a Step),
    /// Something works today and may not work for the platform, or goes elsewhere than usual.
    Warning(&'a str),
}

/// Is told at once.
pub type Told<'a> = &'a dyn Fn(News<'_>);
