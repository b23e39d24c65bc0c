//! Rows as plain columns: two passes over borrowed records, nothing held but the widths.

use std::borrow::Cow;
use std::io::{self, Write};

use jiff::Timestamp;

use super::record::Shown;
use super::sanitise::{Sieve, width};
use super::{Cell, Column, End, Tone, time};
use crate::instant::whole_seconds;

/// Between two columns.
pub(super) const GAP: u16 = 2;

/// Begins and ends bold text.
pub(super) const BOLD: (&str, &str) = ("\x1b[1m", "\x1b[0m");

impl Tone {
    /// Begins and ends a state of this tone; most states are good, and stay as they are.
    pub(super) const fn color(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Bad => Some(("\x1b[1;31m", "\x1b[0m")),
            Self::Doubtful => Some(("\x1b[33m", "\x1b[0m")),
            Self::Good => None,
        }
    }
}

/// A table without the type of its records, so that its layout is compiled once.
pub(super) struct Grid<'a> {
    pub(super) columns: &'static [Column],
    pub(super) rows: usize,
    /// What stands in a row and a column.
    pub(super) cell: &'a dyn Fn(usize, usize) -> Cell<'a>,
}

/// How cells and headers look.
#[derive(Clone, Debug, Default)]
pub(super) struct View {
    /// Every column that tells rows apart.
    pub(super) wide: bool,
    /// The columns that were chosen, in their order.
    pub(super) columns: Option<Vec<usize>>,
    /// A header row.
    pub(super) headers: bool,
    /// The header in bold, states in colour.
    pub(super) color: bool,
    /// Times are shown relative to this one; `None`: as they are.
    pub(super) now: Option<Timestamp>,
    /// What each text passes.
    pub(super) sieve: Sieve,
}

impl View {
    /// The indices of the columns that are shown.
    pub(super) fn shown(&self, grid: &Grid<'_>) -> Vec<usize> {
        if let Some(columns) = &self.columns {
            return columns.clone();
        }
        let cells = |column| (0..grid.rows).map(move |row| (grid.cell)(row, column));
        let is_known = |column| cells(column).any(|cell| !cell.is_empty());
        // That some never expire is no news.
        let tells = |column| cells(column).any(|cell| !cell.is_empty() && cell != Cell::End(End::Never));
        let varies = |column| grid.rows < 2 || cells(column).any(|cell| cell != (grid.cell)(0, column));
        let is_shown = |&column: &usize| match grid.columns[column].shown {
            Shown::Always => true,
            Shown::Known => tells(column),
            Shown::Wide => self.wide && (grid.rows == 0 || is_known(column) && varies(column)),
        };
        (0..grid.columns.len()).filter(is_shown).collect()
    }

    /// The same with no text wider than `widest`.
    pub(super) fn at_most(&self, widest: usize) -> Self {
        Self { sieve: self.sieve.at_most(widest), ..self.clone() }
    }

    /// A cell's text, fit to be shown and never blank.
    pub(super) fn text<'c>(&self, cell: Cell<'c>) -> Cow<'c, str> {
        let text = match cell {
            Cell::Text(text) => text,
            Cell::Time(time) => match self.now.and_then(|now| time::relative(time, now)) {
                Some(told) => return Cow::Owned(told),
                // What is no time is shown as it came.
                None => whole_seconds(time).unwrap_or(Cow::Borrowed(time)),
            },
            Cell::End(end) => return end.words(self.now),
            Cell::State(word, _) => return Cow::Borrowed(word),
            Cell::Missing => Cow::Borrowed(""),
        };
        match text {
            text if text.is_empty() => Cow::Borrowed("-"),
            Cow::Borrowed(text) => self.sieve.text(text),
            Cow::Owned(text) => Cow::Owned(self.sieve.text(&text).into_owned()),
        }
    }
}

/// The width of each shown column: that of its widest cell or header. Secrets are not looked for here: what
/// stands in their place is seldom wider, and a column that is a little off loses nothing.
pub(super) fn measure(grid: &Grid<'_>, shown: &[usize], view: &View) -> Vec<usize> {
    let mut widths: Vec<usize> =
        headers(grid, shown).map(|h| if view.headers { width(h) } else { 0 }).collect();
    let view = &View { sieve: view.sieve.without_secrets(), ..view.clone() };
    for row in 0..grid.rows {
        for (most, text) in widths.iter_mut().zip(texts(grid, row, shown, view)) {
            *most = width(&text).max(*most);
        }
    }
    widths
}

/// Writes all rows, no column narrower than its widest cell.
pub(super) fn write(out: &mut dyn Write, grid: &Grid<'_>, view: &View) -> io::Result<()> {
    let shown = view.shown(grid);
    let widths = measure(grid, &shown, view);
    if view.headers {
        let (start, end) = if view.color { BOLD } else { ("", "") };
        out.write_all(start.as_bytes())?;
        write_line(out, headers(grid, &shown).map(Cow::Borrowed), &widths, |_| None)?;
        out.write_all(end.as_bytes())?;
        out.write_all(b"\n")?;
    }
    for row in 0..grid.rows {
        let color = |place: usize| match view.color.then(|| (grid.cell)(row, shown[place])) {
            Some(Cell::State(_, tone)) => tone.color(),
            _ => None,
        };
        write_line(out, texts(grid, row, &shown, view), &widths, color)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// What the shown cells of a row say.
pub(super) fn texts<'c>(
    grid: &'c Grid<'_>,
    row: usize,
    shown: &'c [usize],
    view: &'c View,
) -> impl Iterator<Item = Cow<'c, str>> {
    shown.iter().map(move |&column| view.text((grid.cell)(row, column)))
}

/// The headers of the shown columns.
pub(super) fn headers<'g>(grid: &'g Grid<'_>, shown: &'g [usize]) -> impl Iterator<Item = &'static str> + 'g {
    shown.iter().filter_map(|&column| grid.columns.get(column)).map(|column| column.header)
}

/// Writes cells padded to their widths, without blanks after the last one.
fn write_line<'c>(
    out: &mut dyn Write,
    cells: impl Iterator<Item = Cow<'c, str>>,
    widths: &[usize],
    color: impl Fn(usize) -> Option<(&'static str, &'static str)>,
) -> io::Result<()> {
    let mut pending = 0;
    for (place, (cell, most)) in cells.zip(widths).enumerate() {
        pad(out, pending)?;
        match color(place) {
            Some((start, end)) => write!(out, "{start}{cell}{end}")?,
            None => out.write_all(cell.as_bytes())?,
        }
        pending = most.saturating_sub(width(&cell)) + usize::from(GAP);
    }
    Ok(())
}

/// Writes `count` blanks.
pub(super) fn pad(out: &mut dyn Write, mut count: usize) -> io::Result<()> {
    const BLANKS: &[u8] = &[b' '; 64];
    while count > 0 {
        let some = BLANKS.get(..count).unwrap_or(BLANKS);
        out.write_all(some)?;
        count -= some.len();
    }
    Ok(())
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::output::sanitise::tests::hostile;
    use proptest::prelude::*;

    pub(in crate::output) const COLUMNS: &[Column] =
        &[Column::always("NAME"), Column::wide("ID"), Column::always("CREATED")];

    pub(in crate::output) type Row = (String, Option<String>, String);

    pub(in crate::output) fn cell(row: &Row, column: usize) -> Cell<'_> {
        match column {
            0 => Cell::text(row.0.as_str()),
            1 => Cell::maybe(row.1.as_deref()),
            _ => Cell::Time(&row.2),
        }
    }

    pub(in crate::output) fn row(name: &str, id: Option<&str>, time: &str) -> Row {
        (name.to_owned(), id.map(str::to_owned), time.to_owned())
    }

    pub(in crate::output) fn show(
        rows: &[Row],
        write: impl FnOnce(&mut dyn Write, &Grid<'_>) -> io::Result<()>,
    ) -> String {
        let cell = |row: usize, column: usize| cell(&rows[row], column);
        let mut out = Vec::new();
        write(&mut out, &Grid { columns: COLUMNS, rows: rows.len(), cell: &cell }).unwrap();
        String::from_utf8(out).unwrap()
    }

    const TIME: &str = "2026-03-10T12:00:00Z";

    fn wide() -> View {
        View { wide: true, headers: true, ..View::default() }
    }

    #[test]
    fn two_blanks_between_and_none_at_the_end() {
        let rows = [row("a", None, TIME), row("日本", Some("id-1"), "soon"), row("", Some(""), "")];
        assert_eq!(
            show(&rows, |out, grid| write(out, grid, &wide())),
            "NAME  ID    CREATED\na     -     2026-03-10T12:00:00Z\n日本  id-1  soon\n-     -     -\n"
        );
        let view = View { wide: false, headers: false, ..wide() };
        assert_eq!(
            show(&rows, |out, grid| write(out, grid, &view)),
            "a     2026-03-10T12:00:00Z\n日本  soon\n-     -\n"
        );
    }

    #[test]
    fn an_empty_list_is_its_header_whose_bold_ends_before_the_line() {
        for (view, shown) in [
            (wide(), "NAME  ID  CREATED\n"),
            (View { headers: false, ..wide() }, ""),
            (View { color: true, ..wide() }, "\x1b[1mNAME  ID  CREATED\x1b[0m\n"),
        ] {
            assert_eq!(show(&[], |out, grid| write(out, grid, &view)), shown);
        }
    }

    #[test]
    fn nothing_is_cut_in_a_pipe() {
        let name = "x".repeat(5_000);
        let shown = show(&[row(&name, None, TIME)], |out, grid| write(out, grid, &wide()));
        assert!(shown.contains(&name));
    }

    proptest! {
        #[test]
        fn one_line_a_row_and_no_hazard(names in prop::collection::vec((hostile(), hostile()), 0..6)) {
            let rows: Vec<Row> = names.iter().map(|(name, time)| row(name, None, time)).collect();
            let shown = show(&rows, |out, grid| write(out, grid, &wide()));
            prop_assert_eq!(shown.lines().count(), rows.len() + 1);
            prop_assert!(!shown.chars().any(|c| c != '\n' && crate::output::sanitise::is_hazard(c)));
        }
    }
}
