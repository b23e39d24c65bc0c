//! Records without their type, so that what shows them is compiled once and not for each: compiled for each, JSON,
//! YAML and CSV took 0.3 MB more (`cargo bench --bench budgets`).

use std::{borrow::Cow, io};

use serde::{Serialize, Serializer, ser::Error as _};
use serde_json::{Deserializer, Map, Value, ser::Serializer as JsonSerializer};

use super::{Cell, Column, Record, indented::Indented};

/// A list of records.
pub(super) trait Rows {
    fn columns(&self) -> &'static [Column];

    fn count(&self) -> usize;

    fn name(&self, row: usize) -> &str;

    fn cell(&self, row: usize, column: usize) -> Cell<'_>;

    /// See [`Record::foreign`].
    fn foreign(&self, row: usize) -> Option<&str>;

    /// Adds the JSON of a record to `out`, as it is.
    fn json(&self, row: usize, out: &mut Vec<u8>, layout: Indented) -> io::Result<()>;
}

/// Records of one type.
pub(super) struct Items<'a, T>(pub(super) &'a [T]);

impl<T: Record> Rows for Items<'_, T> {
    fn columns(&self) -> &'static [Column] {
        T::COLUMNS
    }

    fn count(&self) -> usize {
        self.0.len()
    }

    fn name(&self, row: usize) -> &str {
        self.0.get(row).map_or("", Record::name)
    }

    fn cell(&self, row: usize, column: usize) -> Cell<'_> {
        self.0.get(row).map_or(Cell::Missing, |item| item.cell(column))
    }

    fn foreign(&self, row: usize) -> Option<&str> {
        self.0.get(row)?.foreign()
    }

    fn json(&self, row: usize, out: &mut Vec<u8>, layout: Indented) -> io::Result<()> {
        let Some(item) = self.0.get(row) else { return Ok(()) };
        Ok(item.serialize(&mut JsonSerializer::with_formatter(out, layout))?)
    }
}

/// All of them, as a list; or one alone.
pub(super) struct All<'a>(pub(super) &'a dyn Rows);
pub(super) struct One<'a>(pub(super) &'a dyn Rows, pub(super) usize);

impl Serialize for All<'_> {
    fn serialize<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        output.collect_seq((0..self.0.count()).map(|row| One(self.0, row)))
    }
}

impl Serialize for One<'_> {
    fn serialize<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        let mut text = Vec::new();
        self.0.json(self.1, &mut text, Indented::default()).map_err(S::Error::custom)?;
        serde_transcode::transcode(&mut Deserializer::from_slice(&text), output)
    }
}

/// The same with some of their columns alone, in their order.
pub(super) struct PickedAll<'a>(pub(super) &'a dyn Rows, pub(super) &'a [usize]);

/// One of them.
pub(super) struct Picked<'a> {
    pub(super) rows: &'a dyn Rows,
    pub(super) row: usize,
    pub(super) columns: &'a [usize],
}

impl<'a> PickedAll<'a> {
    pub(super) fn row(&self, row: usize) -> Picked<'a> {
        Picked { rows: self.0, row, columns: self.1 }
    }
}

impl Serialize for PickedAll<'_> {
    fn serialize<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        output.collect_seq((0..self.0.count()).map(|row| self.row(row)))
    }
}

impl Picked<'_> {
    /// What JSON has under the key of each column, and what a table says in it.
    ///
    /// A column of which JSON has nothing is its text in a table.
    pub(super) fn values(&self) -> io::Result<Vec<(Cow<'static, str>, Value, Cell<'_>)>> {
        let mut text = Vec::new();
        self.rows.json(self.row, &mut text, Indented::default())?;
        let whole: Map<String, Value> = serde_json::from_slice(&text)?;
        let value = |&column: &usize| {
            let key = self.rows.columns()[column].key();
            let cell = self.rows.cell(self.row, column);
            let value = whole.get(&*key).cloned().unwrap_or_else(|| match &cell {
                Cell::Text(text) => Value::from(text.as_ref()),
                Cell::Time(time) => crate::instant::whole_seconds(time).map_or(Value::Null, Value::from),
                Cell::State(word, _) => Value::from(*word),
                Cell::End(end) => serde_json::to_value(end).unwrap_or_default(),
                Cell::Missing => Value::Null,
            });
            (key, value, cell)
        };
        Ok(self.columns.iter().map(value).collect())
    }
}

impl Serialize for Picked<'_> {
    fn serialize<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        let values = self.values().map_err(S::Error::custom)?;
        output.collect_map(values.into_iter().map(|(key, value, _)| (key, value)))
    }
}
