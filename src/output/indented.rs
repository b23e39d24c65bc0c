//! JSON with an indent of two spaces.
//!
//! Laid out as by `serde_json`'s own formatter, which writes each level of the indent by itself, two or three times for
//! each key. What that gains was measured together with other changes alone: less than 10 % of the instructions of
//! `credentials list -o json` (`cargo bench --bench budgets`), so it may go once the list's budget is met without it.

use std::io::{self, Write};

use serde_json::ser::Formatter;

/// A comma, a line break, and the indent of as many levels as results have.
const BREAK: &[u8] = b",\n                                ";

/// The levels that [`BREAK`] has room for.
const LEVELS: usize = (BREAK.len() - 2) / 2;

/// The layout.
#[derive(Clone, Debug, Default)]
pub(super) struct Indented {
    depth: usize,
    /// Whether the innermost list or object holds something.
    has_value: bool,
}

impl Indented {
    fn open<W: ?Sized + Write>(&mut self, out: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.depth += 1;
        self.has_value = false;
        out.write_all(bracket)
    }

    fn close<W: ?Sized + Write>(&mut self, out: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.depth = self.depth.saturating_sub(1);
        if self.has_value {
            self.next(out, true)?;
        }
        // What it stands in holds at least this.
        self.has_value = true;
        out.write_all(bracket)
    }

    /// Goes to the line of an entry, behind a comma unless it is the `first`.
    fn next<W: ?Sized + Write>(&self, out: &mut W, first: bool) -> io::Result<()> {
        let end = 2 + 2 * self.depth.min(LEVELS);
        out.write_all(BREAK.get(usize::from(first)..end).unwrap_or_default())?;
        (LEVELS..self.depth).try_for_each(|_| out.write_all(b"  "))
    }
}

impl Formatter for Indented {
    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.open(out, b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.close(out, b"]")
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.next(out, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.has_value = true;
        Ok(())
    }

    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.open(out, b"{")
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.close(out, b"}")
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.next(out, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        out.write_all(b": ")
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.has_value = true;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde::Serialize as _;
    use serde_json::{Value, json, ser::Serializer};

    use super::{Indented, LEVELS};

    fn shown(value: &Value) -> String {
        let mut out = Vec::new();
        value.serialize(&mut Serializer::with_formatter(&mut out, Indented::default())).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn it_looks_as_serde_json_has_it() {
        let mut deep = json!([{}, [], {"a": [1, {"b": null}], "c": {}}]);
        for _ in 0..LEVELS + 3 {
            for value in [&deep, &json!([[], deep]), &json!("x"), &json!({"k": deep, "l": []})] {
                assert_eq!(shown(value), serde_json::to_string_pretty(value).unwrap());
            }
            deep = json!([deep]);
        }
    }
}
