//! Some of what a record has in JSON, chosen by columns.

use std::borrow::Cow;

use serde::{Serialize, Serializer, ser::Error as _};
use serde_json::{Result, Value};

use super::{Cell, Record};
use crate::instant::whole_seconds;

/// A record, and the columns that are to be shown of it, in their order.
pub(super) struct Picked<'a, T> {
    pub(super) item: &'a T,
    pub(super) columns: &'a [usize],
}

impl<T: Record> Picked<'_, T> {
    /// What JSON has under the key of each column, and what a table says in it.
    ///
    /// A column of which JSON has nothing is its text in a table.
    pub(super) fn values(&self) -> Result<Vec<(Cow<'static, str>, Value, Cell<'_>)>> {
        let mut whole = match serde_json::to_value(self.item)? {
            Value::Object(whole) => whole,
            _ => serde_json::Map::new(),
        };
        let value = |&column: &usize| {
            let key = T::COLUMNS[column].key();
            let cell = self.item.cell(column);
            let value = whole.remove(&*key).unwrap_or_else(|| match &cell {
                Cell::Text(text) => Value::from(text.as_ref()),
                Cell::Time(time) => Value::from(whole_seconds(time)),
                Cell::State(word, _) => Value::from(*word),
                Cell::End(end) => serde_json::to_value(end).unwrap_or_default(),
                Cell::Missing => Value::Null,
            });
            (key, value, cell)
        };
        Ok(self.columns.iter().map(value).collect())
    }
}

impl<T: Record> Serialize for Picked<'_, T> {
    fn serialize<S: Serializer>(&self, output: S) -> std::result::Result<S::Ok, S::Error> {
        let values = self.values().map_err(S::Error::custom)?;
        output.collect_map(values.into_iter().map(|(key, value, _)| (key, value)))
    }
}
