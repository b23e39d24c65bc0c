//! Tables for a person at a terminal: fitted to its width, long cells cut with a mark.

use std::{
    cmp::Reverse,
    io::{self, Write},
};

use comfy_table::presets::NOTHING;
use comfy_table::{ColumnConstraint, ContentArrangement, Row, Table, Width};

use super::columns::{BOLD, GAP, Grid, View, headers, measure, texts};
use super::sanitise::width;
use super::{Cell, Column};

/// How many rows are laid out at once: memory stays bounded.
const LAID_OUT: usize = 1_000;

/// A column that has to be narrower than this is left out: what is left of it would say nothing.
const NARROWEST: usize = 16;

/// So much of the name stays on a terminal that is narrower: names on the platform are not longer (RFC 1035 labels).
const NAME: usize = 63;

/// Writes a table at most `available` columns wide; of a wide view, however wide it gets.
///
/// What does not fit is taken from the columns of the least rank, the last one first: such a column is cut, or
/// left out where less than [`NARROWEST`] would be left of it. The name, the first column of every record, is whole
/// on any terminal. A wide view is for reading values whole: the terminal wraps its lines. An empty list is
/// nothing at all, the caller says so in words.
pub(super) fn write(out: &mut dyn Write, grid: &Grid<'_>, view: &View, available: usize) -> io::Result<()> {
    let available = if view.wide { usize::MAX } else { available.max(1) };
    let view = view.at_most(available.max(NAME));
    let mut shown = view.shown(grid);
    let mut widths = measure(grid, &shown, &view);
    fit(grid.columns, &mut shown, &mut widths, available);
    for first in (0..grid.rows).step_by(LAID_OUT) {
        let mut table = Table::new();
        // No text that is shown holds a newline: it is cut anywhere, not between words.
        table.load_style(NOTHING).set_truncation_indicator("…").set_delimiter('\n');
        if view.headers && first == 0 {
            table.set_header(in_one_line(headers(grid, &shown)));
        }
        let rows = first..grid.rows.min(first + LAID_OUT);
        for row in rows.clone() {
            table.add_row(in_one_line(texts(grid, row, &shown, &view)));
        }
        for (column, width) in table.column_iter_mut().zip(&widths) {
            let whole = u16::try_from(width + usize::from(GAP)).unwrap_or(u16::MAX);
            column.set_padding((0, GAP));
            column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(whole)));
        }
        table.set_content_arrangement(ContentArrangement::Dynamic).set_width(u16::MAX);
        let mut lines = table.lines();
        if view.headers && first == 0 {
            let (start, end) = if view.color { BOLD } else { ("", "") };
            writeln!(out, "{start}{}{end}", lines.next().unwrap_or_default().trim_end_matches(' '))?;
        }
        for (row, line) in rows.zip(lines) {
            let line = line.trim_end_matches(' ');
            let colored = view.color.then(|| colored(grid, row, (&shown, &widths), line)).flatten();
            writeln!(out, "{}", colored.as_deref().unwrap_or(line))?;
        }
    }
    Ok(())
}

fn in_one_line(cells: impl Iterator<Item = impl ToString>) -> Row {
    let mut row = Row::from(cells);
    row.max_height(1);
    row
}

/// Has the `shown` columns, so wide each, take at most `available` columns, as far as the name allows it.
fn fit(columns: &[Column], shown: &mut Vec<usize>, widths: &mut Vec<usize>, available: usize) {
    let gap = usize::from(GAP);
    let excess = |widths: &[usize]| {
        let whole = widths.iter().sum::<usize>() + gap * widths.len().saturating_sub(1);
        whole.saturating_sub(available)
    };
    if let Some(name) = shown.iter().position(|&column| column == 0) {
        let most = widths[name];
        widths[name] = most.min(NAME.max(available));
    }
    loop {
        let excess = excess(widths);
        let is_open = |place: &usize| shown[*place] != 0 && shown.len() > 1;
        let least = (0..shown.len())
            .filter(is_open)
            .min_by_key(|&place| (columns[shown[place]].rank, Reverse(place)));
        let Some(least) = least.filter(|_| excess > 0) else { return };
        if widths[least].saturating_sub(excess) >= NARROWEST {
            widths[least] -= excess;
            return;
        }
        shown.remove(least);
        widths.remove(least);
    }
}

/// The `line` of a row with its states in colour; `None` if none of them is to have one.
fn colored(grid: &Grid<'_>, row: usize, (shown, widths): (&[usize], &[usize]), line: &str) -> Option<String> {
    let mut colored: Option<String> = None;
    // From the right to the left, so that what is added moves nothing that is looked for.
    for place in (0..shown.len()).rev() {
        let Cell::State(_, tone) = (grid.cell)(row, shown[place]) else { continue };
        let Some((start, end)) = tone.color() else { continue };
        let before = widths[..place].iter().map(|width| width + usize::from(GAP)).sum::<usize>();
        let at = |columns: usize| {
            line.char_indices()
                .map(|(at, _)| at)
                .chain([line.len()])
                .take_while(|&at| width(&line[..at]) <= columns)
                .last()
        };
        let (from, to) = (at(before)?, at(before + widths[place])?);
        let to = from + line[from..to].trim_end_matches(' ').len();
        let text = colored.get_or_insert_with(|| line.to_owned());
        text.insert_str(to, end);
        text.insert_str(from, start);
    }
    colored
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::Tone;
    use crate::output::columns::tests::{Row, row, show};
    use crate::output::sanitise::tests::hostile;
    use crate::output::sanitise::{Sieve, is_hazard};
    use proptest::prelude::*;

    fn view() -> View {
        let now = Some("2026-03-10T12:00:00Z".parse().unwrap());
        View { headers: true, now, sieve: Sieve::new(Some(256)), ..View::default() }
    }

    fn at(available: usize, rows: &[Row]) -> String {
        show(rows, |out, grid| write(out, grid, &view(), available))
    }

    fn two() -> [Row; 2] {
        [row("my-hetzner-token", None, "2026-03-10T11:57:00Z"), row("db", None, "2026-03-08T11:57:00Z")]
    }

    #[test]
    fn h50_fits_the_terminal() {
        let whole =
            "NAME              CREATED\nmy-hetzner-token  3 minutes ago\ndb                2 days ago\n";
        assert_eq!(at(80, &two()), whole);
        assert_eq!(at(31, &two()), whole);
        for narrower in [30, 16, 9, 1, 0] {
            assert_eq!(at(narrower, &two()), "NAME\nmy-hetzner-token\ndb\n", "{narrower}");
        }
        assert_eq!(at(80, &[]), "");
    }

    #[test]
    fn the_least_column_goes_first_and_no_stump_of_one_is_left() {
        const COLUMNS: &[Column] = &[
            Column::always("NAME"),
            Column::vital("STATUS"),
            Column::always("OWNER"),
            Column::minor("ID"),
            Column::always("KIND"),
        ];
        let texts = ["my-name", "failing", "someone-of-a-long-name", "0123456789-0123456789", "usual"];
        let cell = |_: usize, column: usize| Cell::text(texts[column]);
        let grid = Grid { columns: COLUMNS, rows: 1, cell: &cell };
        for (available, shown) in [
            (80, "NAME     STATUS   OWNER                   ID                     KIND"),
            (70, "NAME     STATUS   OWNER                   ID                     KIND"),
            (69, "NAME     STATUS   OWNER                   ID                    KIND"),
            (64, "NAME     STATUS   OWNER                   KIND"),
            (47, "NAME     STATUS   OWNER                   KIND"),
            (46, "NAME     STATUS   OWNER"),
            (39, "NAME     STATUS   OWNER"),
            (34, "NAME     STATUS   OWNER"),
            (33, "NAME     STATUS"),
            (16, "NAME     STATUS"),
            (15, "NAME"),
            (3, "NAME"),
        ] {
            let mut out = Vec::new();
            write(&mut out, &grid, &view(), available).unwrap();
            let text = String::from_utf8(out).unwrap();
            let mut lines = text.lines();
            assert_eq!(lines.next(), Some(shown), "{available}");
            let row = lines.next().unwrap();
            assert!(row.starts_with("my-name") && width(row) <= available.max(7), "{available}: {row}");
        }
    }

    #[test]
    fn states_are_coloured_where_they_stand_whatever_stands_before() {
        const COLUMNS: &[Column] = &[Column::always("NAME"), Column::vital("STATUS"), Column::always("KIND")];
        let states = [("failing", Tone::Bad), ("syncing", Tone::Doubtful), ("ok", Tone::Good)];
        let names = ["日本語", "ne\u{301}e", "👍🏽"];
        let cell = |row: usize, column: usize| match column {
            1 => Cell::State(states[row].0, states[row].1),
            _ => Cell::text(names[row]),
        };
        let grid = Grid { columns: COLUMNS, rows: 3, cell: &cell };
        let mut out = Vec::new();
        write(&mut out, &grid, &View { color: true, ..view() }, 80).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert_eq!(
            text,
            "\x1b[1mNAME    STATUS   KIND\x1b[0m\n日本語  \x1b[1;31mfailing\x1b[0m  日本語\nne\u{301}e     \
             \x1b[33msyncing\x1b[0m  ne\u{301}e\n👍🏽      ok       👍🏽\n"
        );
    }

    #[test]
    fn only_the_header_is_bold() {
        let view = View { color: true, ..view() };
        let shown = show(&two(), |out, grid| write(out, grid, &view, 80));
        assert!(shown.starts_with("\x1b[1mNAME              CREATED\x1b[0m\nmy-"));
        assert_eq!(shown.matches('\x1b').count(), 2);
        let view = View { headers: false, ..view };
        assert!(!show(&two(), |out, grid| write(out, grid, &view, 80)).contains('\x1b'));
    }

    #[test]
    fn rows_beyond_the_layout_look_like_those_within() {
        let rows: Vec<Row> =
            (0..LAID_OUT * 2).map(|i| row(&format!("naïve-日本-{:04}-x", i % LAID_OUT), None, "…")).collect();
        for available in [80, 16, 9] {
            let shown = at(available, &rows);
            let lines: Vec<&str> = shown.lines().skip(1).collect();
            assert_eq!(lines[..LAID_OUT], lines[LAID_OUT..]);
        }
    }

    proptest! {
        #[test]
        fn never_wider_than_the_terminal(
            names in prop::collection::vec((hostile(), hostile()), 1..5), available in 1_usize..60,
        ) {
            let rows: Vec<Row> = names.iter().map(|(name, time)| row(name, None, time)).collect();
            let shown = at(available, &rows);
            prop_assert_eq!(shown.lines().count(), rows.len() + 1);
            prop_assert!(!shown.chars().any(|c| c != '\n' && is_hazard(c)));
            for line in shown.lines() {
                let most = available.max(NAME);
                prop_assert!(width(line) <= most, "{} > {}: {}", width(line), most, line);
            }
        }

        #[test]
        fn a_fit_uses_the_room_it_has(name in 4_usize..90, time in 7_usize..90, available in 1_usize..200) {
            let shown = at(available, &[row(&"n".repeat(name), None, &"t".repeat(time))]);
            let widest = shown.lines().map(width).max().unwrap();
            let whole = name + usize::from(GAP) + time;
            // The name is cut where it is longer than a name can be and wider than the terminal alone.
            let least = if name > available { name.min(NAME.max(available)) - 1 } else { name };
            prop_assert!(shown.contains(&"n".repeat(least)));
            if shown.contains('t') {
                prop_assert_eq!(widest, whole.min(available));
            } else {
                prop_assert!(widest <= available.max(NAME));
                prop_assert!(name + usize::from(GAP) + time.min(NARROWEST) > available);
            }
        }
    }
}
