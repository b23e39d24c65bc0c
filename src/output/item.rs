//! One thing shown alone: a line for each of its fields.

use std::io::{self, Write};

use super::columns::{BOLD, View, pad};
use super::sanitise::width;
use super::{Cell, Column};

/// Words of headers that stay in capitals.
const ACRONYMS: [&str; 6] = ["API", "ID", "MD5", "SSH", "URL", "UUID"];

/// Writes `Title:  value` lines with the values aligned; every column of which something is
/// known, none cut but by the view's own limit.
pub(super) fn write<'c>(
    out: &mut dyn Write,
    columns: &[Column],
    cell: impl Fn(usize) -> Cell<'c>,
    view: &View,
) -> io::Result<()> {
    let cells = columns.iter().enumerate().map(|(index, column)| (title(column.header), cell(index)));
    let rows: Vec<(String, Cell<'_>)> = cells.filter(|(_, cell)| !matches!(cell, Cell::Missing)).collect();
    let most = rows.iter().map(|(title, _)| width(title)).max().unwrap_or(0);
    let (start, end) = if view.color { BOLD } else { ("", "") };
    let exact = View { now: None, ..view.clone() };
    for (title, cell) in rows {
        write!(out, "{start}{title}:{end}")?;
        pad(out, most - width(&title) + 2)?;
        let time = matches!(cell, Cell::Time(_) | Cell::End(_)).then(|| exact.text(cell.clone()));
        let color = if let Cell::State(_, tone) = cell { tone.color().filter(|_| view.color) } else { None };
        let text = view.text(cell);
        let (start, end) = color.unwrap_or_default();
        write!(out, "{start}{text}{end}")?;
        if let Some(time) = time.filter(|time| *time != text) {
            write!(out, " ({time})")?;
        }
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// `CREATED AT` as `Created at`, `SSH KEY ID` as `SSH key ID`.
fn title(header: &str) -> String {
    let word = |word: &str| {
        if ACRONYMS.contains(&word) { word.to_owned() } else { word.to_ascii_lowercase() }
    };
    let mut title = header.split(' ').map(word).collect::<Vec<_>>().join(" ");
    if let Some(first) = title.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    title
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::columns::tests::{COLUMNS, Row, cell, row};

    fn show(row: &Row, view: &View) -> String {
        let mut out = Vec::new();
        write(&mut out, COLUMNS, |column| cell(row, column), view).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn titles_are_read_not_shouted() {
        assert_eq!(title("NAME"), "Name");
        assert_eq!(title("CREATED AT"), "Created at");
        assert_eq!(title("SSH KEY ID"), "SSH key ID");
        assert_eq!(title(""), "");
    }

    #[test]
    fn values_are_aligned_and_times_told_twice() {
        let item = row("my-key", None, "2026-03-10T11:57:00Z");
        assert_eq!(show(&item, &View::default()), "Name:     my-key\nCreated:  2026-03-10T11:57:00Z\n");
        let now = Some("2026-03-10T12:00:00Z".parse().unwrap());
        let view = View { now, color: true, ..View::default() };
        assert!(
            show(&item, &view).ends_with("\x1b[1mCreated:\x1b[0m  3 minutes ago (2026-03-10T11:57:00Z)\n")
        );
        assert!(show(&row("a", None, "soon"), &view).ends_with("  soon\n"));
    }
}
