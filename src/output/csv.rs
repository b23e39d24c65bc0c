//! CSV: the values of JSON in the order of the columns, quoted as RFC 4180 says, with the line ends of Unix.

use std::io::{self, Write};

use serde_json::Value;

use super::{
    Cell,
    rows::PickedAll,
    sanitise::{Sieve, sanitise},
};

/// What a spreadsheet takes for the start of a formula.
const FORMULAS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// Writes a header, unless it is not wanted, and the fields of each record: on a terminal, a line for each.
pub(super) fn write(
    out: &mut dyn Write,
    picked: &PickedAll<'_>,
    header: bool,
    (sieve, is_terminal): (&Sieve, bool),
) -> io::Result<()> {
    let PickedAll(rows, columns) = picked;
    let mut lines = csv::WriterBuilder::new().from_writer(out);
    let mut write = |fields: Vec<String>| lines.write_record(fields).map_err(cause);
    if header {
        write(columns.iter().map(|&column| rows.columns()[column].key().into_owned()).collect())?;
    }
    for row in 0..rows.count() {
        let picked = picked.row(row);
        let values = picked.values()?.into_iter();
        write(values.map(|(_, value, cell)| text(value, cell, sieve, is_terminal)).collect())?;
    }
    lines.flush()
}

/// Why something was not written, as the system says.
fn cause(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// What stands in a field: what JSON has, and in place of a list or of nothing what a table says.
fn text(value: Value, cell: Cell<'_>, sieve: &Sieve, is_terminal: bool) -> String {
    let text = match (value, cell) {
        (Value::String(text), _) => text,
        (Value::Bool(value), _) => return value.to_string(),
        (Value::Number(value), _) => return value.to_string(),
        (_, Cell::Text(text)) => text.into_owned(),
        _ => return String::new(),
    };
    let text = sieve.redacted(&text);
    let is_formula = text.starts_with(FORMULAS);
    // In quotes a line break is what it is, and could forge a row for a person alone. A machine gets the rest as it is
    // too, but for what may act on a terminal behind it.
    let is_kept = |c: char| !c.is_control() || matches!(c, '\n' | '\t');
    let mut field = if !is_terminal && text.chars().all(is_kept) {
        text.into_owned()
    } else if is_terminal {
        sanitise(&text).into_owned()
    } else {
        text.split(['\n', '\t'])
            .zip(text.matches(['\n', '\t']).chain([""]))
            .fold(String::new(), |field, (part, end)| field + &sanitise(part) + end)
    };
    if is_formula {
        field.insert(0, '\'');
    }
    field
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::{record, rows::Items};
    use serde::Serialize;

    #[derive(Serialize)]
    struct Row {
        name: &'static str,
        count: Option<i64>,
        users: Option<Vec<&'static str>>,
    }

    record!(Row, |one| one.name, {
        always "NAME" => Cell::text(one.name),
        always "COUNT" => Cell::maybe(one.count.map(|count| count.to_string())),
        wide "USED BY" as "users" => Cell::text(one.users.as_ref().map_or("cannot tell".into(), |users| users.join(", "))),
        wide "MADE UP" => Cell::text(one.name.get(..0).map_or("", |_| "text of a table")),
    });

    fn shown(rows: &[Row], columns: &[usize], header: bool) -> String {
        let mut out = Vec::new();
        let picked = PickedAll(&Items(rows), columns);
        write(&mut out, &picked, header, (&Sieve::default(), false)).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn values_are_quoted_where_they_need_it_and_open_no_formula() {
        let row = |name| Row { name, count: Some(-1), users: Some(vec!["a", "b"]) };
        let rows = [
            row("plain"),
            row("a,\"b\"\nc"),
            row("=1+1"),
            row("-x"),
            row("@x"),
            row("\x1b[2J\u{202e}\r"),
            row(""),
        ];
        assert_eq!(
            shown(&rows, &[0, 1, 2, 3], true),
            "name,count,users,made_up\nplain,-1,\"a, b\",text of a table\n\"a,\"\"b\"\"\nc\",-1,\"a, b\",text of a table\n\
             '=1+1,-1,\"a, b\",text of a table\n'-x,-1,\"a, b\",text of a table\n'@x,-1,\"a, b\",text of a table\n\
             \\u{1b}[2J\\u{202e}\\r,-1,\"a, b\",text of a table\n,-1,\"a, b\",text of a table\n"
        );
    }

    #[test]
    fn what_is_not_known_is_empty_and_a_list_without_items_is_its_header() {
        let row = Row { name: "a", count: None, users: None };
        assert_eq!(shown(&[row], &[2, 1], true), "users,count\ncannot tell,\n");
        assert_eq!(shown(&[], &[0, 1], true), "name,count\n");
        assert_eq!(shown(&[], &[0, 1], false), "");
    }
}
