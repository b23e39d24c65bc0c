//! Tables for a person at a terminal: fitted to its width, long cells cut with a mark.

use std::io::{self, Write};

use comfy_table::presets::NOTHING;
use comfy_table::{ColumnConstraint, Table, Width};

use super::columns::{BOLD, GAP, Grid, View, headers, measure, shown_cells, write_rows};

/// How many rows are laid out as a whole. The rest, which nobody scrolls through, is
/// written with the widths found here: memory stays bounded.
const LAID_OUT: usize = 1_000;

/// A column is not made narrower than this, unless it stands alone.
const NARROWEST: usize = 4;

/// Writes a table at most `available` columns wide; of a wide view, however wide it gets.
///
/// The widest columns are cut first. Where not even [`NARROWEST`] is left for each, the
/// last columns are left out. A wide view is for reading values whole: the terminal wraps
/// its lines. An empty list is nothing at all, the caller says so in words.
pub(super) fn write(out: &mut dyn Write, grid: &Grid<'_>, view: &View, available: usize) -> io::Result<()> {
    if grid.rows == 0 {
        return Ok(());
    }
    let mut shown = view.shown(grid.columns);
    let mut widths = measure(grid, &shown, view);
    if !view.wide {
        fit(&mut widths, available);
        shown.truncate(widths.len());
    }
    let mut table = Table::new();
    table.load_style(NOTHING);
    if view.headers {
        table.set_header(
            headers(grid, &shown).zip(&widths).map(|(header, &most)| super::shorten(header, most)),
        );
    }
    for row in 0..grid.rows.min(LAID_OUT) {
        let cells = (grid.cells)(row);
        table.add_row(shown_cells(&cells, &shown, &widths, view));
    }
    for (column, &most) in table.column_iter_mut().zip(&widths) {
        let padded = u16::try_from(most + usize::from(GAP)).unwrap_or(u16::MAX);
        column.set_padding((0, GAP)).set_constraint(ColumnConstraint::Absolute(Width::Fixed(padded)));
    }
    let (start, end) = if view.headers && view.bold { BOLD } else { ("", "") };
    for (index, line) in table.lines().enumerate() {
        let (start, end) = if index == 0 { (start, end) } else { ("", "") };
        writeln!(out, "{start}{}{end}", line.trim_end_matches(' '))?;
    }
    write_rows(out, grid, view, &shown, &widths, LAID_OUT)
}

/// Narrows `widths` until they and the gaps between them take at most `available`.
fn fit(widths: &mut Vec<usize>, available: usize) {
    let least = |widths: &[usize]| -> usize {
        widths.iter().map(|&most| most.min(NARROWEST)).sum::<usize>()
            + usize::from(GAP) * widths.len().saturating_sub(1)
    };
    while widths.len() > 1 && least(widths) > available {
        widths.pop();
    }
    let room = available.saturating_sub(usize::from(GAP) * widths.len().saturating_sub(1)).max(1);
    // The greatest limit at which all fit; what its rounding leaves goes to the first ones.
    let taken = |limit: usize| widths.iter().map(|&most| most.min(limit)).sum::<usize>();
    let highest = widths.iter().copied().max().unwrap_or(0);
    let limit = (1..=highest).rev().find(|&limit| taken(limit) <= room).unwrap_or(1);
    let mut left = room.saturating_sub(taken(limit));
    for most in widths {
        let extra = most.saturating_sub(limit).min(1).min(left);
        left -= extra;
        *most = (*most).min(limit) + extra;
    }
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
        assert_eq!(at(20, &two()), "NAME       CREATED\nmy-hetzn…  3 minute…\ndb         2 days a…\n");
        assert_eq!(at(9, &two()), "NAME\nmy-hetzn…\ndb\n");
        assert_eq!(at(1, &two()), "…\n…\n…\n");
        assert_eq!(at(0, &two()), at(1, &two()));
    }

    #[test]
    fn wide_is_never_cut_to_the_terminal() {
        let view = View { wide: true, now: None, ..view() };
        let shown = show(&two(), |out, grid| write(out, grid, &view, 20));
        assert!(shown.contains("my-hetzner-token  -   2026-03-10T11:57:00Z\n"), "{shown}");
    }

    #[test]
    fn no_rows_no_output() {
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

    #[test]
    fn h43_a_huge_name_is_laid_out_at_once() {
        let shown = at(80, &[row(&"x".repeat(1 << 20), None, ""), row("db", None, "")]);
        assert!(shown.lines().all(|line| width(line) <= 80));
        assert!(shown.contains("x…"));
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
        fn a_fit_uses_the_room_it_has(widths in prop::collection::vec(1_usize..200, 1..8), available in 1_usize..300) {
            let mut fitted = widths.clone();
            fit(&mut fitted, available);
            let total = fitted.iter().sum::<usize>() + usize::from(GAP) * (fitted.len() - 1);
            prop_assert!(total <= available);
            prop_assert!(fitted.iter().zip(&widths).all(|(fitted, most)| fitted <= most));
            let whole = widths.iter().sum::<usize>() + usize::from(GAP) * (widths.len() - 1);
            if fitted.len() == widths.len() {
                prop_assert_eq!(total, whole.min(available));
            }
        }
    }
}
