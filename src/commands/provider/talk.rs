//! What all that one command asks a cloud has in common.

use std::cell::RefCell;

use serde_json::Value;

use super::values::Plains;
use crate::{
    commands::Context,
    providers::{Given, News, Provider},
    secret::{Field, Secret},
};

/// Whom a command asks, and what it has told of that.
pub(super) struct Talk<'a> {
    pub(super) context: &'a Context,
    pub(super) provider: &'static Provider,
    /// The cloud's endpoint that the secrets are for, where what they were taken from says it.
    endpoint: Option<String>,
    warned: RefCell<Vec<String>>,
}

impl<'a> Talk<'a> {
    pub(super) const fn new(
        context: &'a Context,
        provider: &'static Provider,
        endpoint: Option<String>,
    ) -> Self {
        Self { context, provider, endpoint, warned: RefCell::new(Vec::new()) }
    }

    /// What the cloud is asked about.
    pub(super) fn given<'s>(&self, plain: &Plains, secrets: &'s [(&Field, Secret)]) -> Given<'s> {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let is_on = |value: &Value| *value == Value::Bool(true);
        Given {
            texts: plain.iter().filter_map(|(field, value)| Some((field.name, text(value)?))).collect(),
            flags: plain.iter().filter(|(_, value)| is_on(value)).map(|(field, _)| field.name).collect(),
            secrets: secrets.iter().map(|(field, secret)| (field.name, secret)).collect(),
            endpoint: self.endpoint.clone(),
        }
    }

    /// Warns, of each thing once.
    pub(super) fn tell(&self, news: News<'_>) {
        let News::Warning(text) = news else { return };
        let mut warned = self.warned.borrow_mut();
        if !warned.iter().any(|known| known == text) {
            self.context.output.warn(text);
            warned.push(text.to_owned());
        }
    }
}
