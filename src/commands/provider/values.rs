//! The values of a credential's fields that are not secret.

use serde_json::Value;

use crate::{commands::Context, providers::Plain, secret::Passed};

/// Fields that are not secret, and their values.
pub(super) type Plains = [(&'static Plain, Value)];

/// The values of `texts`, after saying what is unusual about them.
pub(super) fn told(context: &Context, texts: Vec<(&'static Plain, Passed)>) -> Vec<(&'static Plain, Value)> {
    let told = |(field, passed): (&'static Plain, Passed)| {
        (field, Value::from(context.told(&field.described(), passed).expose()))
    };
    texts.into_iter().map(told).collect()
}
