//! Tables for a person at a terminal: fitted to its width, long cells cut with a mark.

use std::io::{self, Write};

use comfy_table::presets::NOTHING;
use comfy_table::{ColumnConstraint, ContentArrangement, Row, Table, Width};

use super::columns::{BOLD, GAP, Grid, View, headers, measure, texts};

/// How many rows are laid out at once: memory stays bounded.
const LAID_OUT: usize = 1_000;

/// A column is not made narrower than this, unless it stands alone.
const NARROWEST: usize = 4;

/// Writes a table at most `available` columns wide; of a wide view, however wide it gets.
///
/// The name, which comes first, is cut last. Where not even [`NARROWEST`] is left for each, the last columns
/// are left out. A wide view is for reading values whole: the terminal wraps its lines. An empty list is
/// nothing at all, the caller says so in words.
pub(super) fn write(out: &mut dyn Write, grid: &Grid<'_>, view: &View, available: usize) -> io::Result<()> {
    let available = if view.wide { usize::MAX } else { available.max(1) };
    let view = view.at_most(available);
    let shown = view.shown(grid.columns);
    let most = measure(grid, &shown, &view);
    for first in (0..grid.rows).step_by(LAID_OUT) {
        let mut table = Table::new();
        // No text that is shown holds a newline: it is cut anywhere, not between words.
        table.load_style(NOTHING).set_truncation_indicator("…").set_delimiter('\n');
        if view.headers && first == 0 {
            table.set_header(in_one_line(headers(grid, &shown)));
        }
        for row in first..grid.rows.min(first + LAID_OUT) {
            table.add_row(in_one_line(texts(grid, row, &shown, &view)));
        }
        // Gives every table the same widths, and is not written.
        table.add_row(in_one_line(most.iter().map(|&most| "x".repeat(most))));
        fit(&mut table, &most, available);
        let mut lines: Vec<String> = table.lines().collect();
        lines.pop();
        for (index, line) in lines.iter().enumerate() {
            let is_bold = view.bold && view.headers && first + index == 0;
            let (start, end) = if is_bold { BOLD } else { ("", "") };
            writeln!(out, "{start}{}{end}", line.trim_end_matches(' '))?;
        }
    }
    Ok(())
}

fn in_one_line(cells: impl Iterator<Item = impl ToString>) -> Row {
    let mut row = Row::from(cells);
    row.max_height(1);
    row
}

/// Has `table`, whose columns are `most` wide, take at most `available` columns.
fn fit(table: &mut Table, most: &[usize], available: usize) {
    let gap = usize::from(GAP);
    let least = |columns: &[usize]| columns.iter().map(|&most| most.min(NARROWEST) + gap).sum::<usize>();
    // Nothing stands behind the gap of the last column.
    let available = available.saturating_add(gap);
    let kept = (2..=most.len()).rev().find(|&kept| least(&most[..kept]) <= available).unwrap_or(1);
    let fixed = |width: usize| u16::try_from(width).unwrap_or(u16::MAX);
    for (index, (column, &most_here)) in table.column_iter_mut().zip(most).enumerate() {
        column.set_padding((0, GAP));
        if index == 0 {
            let name = (most_here + gap).min(available.saturating_sub(least(&most[1..kept])));
            column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(fixed(name))));
        } else if index >= kept {
            column.set_constraint(ColumnConstraint::Hidden);
        }
    }
    table.set_content_arrangement(ContentArrangement::Dynamic).set_width(fixed(available));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::columns::tests::{Row, row, show};
    use crate::output::sanitise::tests::hostile;
    use crate::output::sanitise::{Sieve, is_hazard, width};
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
        assert_eq!(at(20, &two()), "NAME            CRE…\nmy-hetzner-to…  3 m…\ndb              2 d…\n");
        assert_eq!(at(9, &two()), "NAME\nmy-hetzn…\ndb\n");
        assert_eq!(at(1, &two()), "…\n…\n…\n");
        assert_eq!(at(0, &two()), at(1, &two()));
        assert_eq!(at(80, &[]), "");
    }

    #[test]
    fn only_the_header_is_bold() {
        let view = View { bold: true, ..view() };
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
                prop_assert!(width(line) <= available, "{} > {}: {}", width(line), available, line);
            }
        }

        #[test]
        fn a_fit_uses_the_room_it_has(name in 4_usize..90, time in 7_usize..90, available in 1_usize..200) {
            let shown = at(available, &[row(&"n".repeat(name), None, &"t".repeat(time))]);
            let widest = shown.lines().map(width).max().unwrap();
            let whole = name + usize::from(GAP) + time;
            prop_assert!(widest <= available);
            if shown.contains('t') {
                prop_assert_eq!(widest, whole.min(available));
                // The name is cut only where the other is as narrow as it gets.
                prop_assert!(shown.contains(&"n".repeat(name)) || shown.contains("  ttt…\n"));
            }
        }
    }
}
