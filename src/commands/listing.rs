//! Lists of credentials: which are shown, in which order, and how.

use std::time::Duration;

use jiff::Timestamp;
use wildmatch::WildMatch;

use super::Context;
use crate::{
    cli::{ListOptions, Order},
    error::Result,
    output::{End, Layout, Record, named},
    platform::{Credential, Status},
};

/// A credential that can be listed.
pub(super) trait Listed: Record {
    fn credential(&self) -> &Credential;

    /// When its secret expires.
    fn end(&self) -> End;

    /// How it fares.
    fn status(&self) -> Status;
}

/// What was asked of a list, checked before anything is sent.
pub(super) struct Listing<'o> {
    options: &'o ListOptions,
    names: Vec<WildMatch>,
    sort: usize,
    layout: Layout,
}

impl<'o> Listing<'o> {
    /// Reads `options` for a list of `T`.
    ///
    /// # Errors
    /// Usage, if there is no column of a name that was given.
    pub(super) fn of<T: Listed>(options: &'o ListOptions) -> Result<Self> {
        Ok(Self {
            options,
            names: options.filters.names.iter().map(|name| WildMatch::new(name)).collect(),
            sort: options.sort.find(T::COLUMNS)?,
            layout: options.shape.layout::<T>()?,
        })
    }

    /// Shows those of `all` that were asked for, in the chosen order; where there is none, says `when_empty`, or that
    /// none matches. What could not be told whether it matches is left out, and counted in a note.
    pub(super) fn show<T: Listed>(
        &self,
        context: &Context,
        mut all: Vec<T>,
        when_empty: &str,
    ) -> Result<Vec<T>> {
        let before = all.len();
        let mut left_out = LeftOut::default();
        if !self.options.filters.is_empty() {
            let now = Timestamp::now();
            all.retain(|one| self.keeps(one, now, &mut left_out));
        }
        self.sort(&mut all);
        let found = all.len();
        all.truncate(self.options.limit.unwrap_or(usize::MAX));
        if before == 0 {
            context.output.note(when_empty);
        } else if found == 0 {
            let place = context.place();
            context.output.note(&format!("None of the {before} credentials{place} matches."));
        }
        context.output.list(&all, &self.layout)?;
        left_out.tell(context);
        if all.len() < found {
            context.output.note(&format!("{} of {found} are shown.", all.len()));
        }
        Ok(all)
    }

    fn keeps<T: Listed>(&self, one: &T, now: Timestamp, left_out: &mut LeftOut) -> bool {
        let filters = &self.options.filters;
        let credential = one.credential();
        let is_sure = (self.names.is_empty()
            || self.names.iter().any(|name| name.matches(credential.name())))
            && (filters.statuses.is_empty() || filters.statuses.contains(&one.status()))
            && (!filters.system || credential.system() == Some(true));
        if !is_sure {
            return false;
        }
        let ends = filters.expires_within.is_none_or(|within| match one.end() {
            End::At(end) => end.as_second() <= shifted(now, within.0, 1),
            End::Never => false,
            End::Unknown => {
                left_out.without_end += 1;
                false
            }
        });
        let created = credential.created_at().and_then(|time| time.parse::<Timestamp>().ok());
        let is_old = filters.older_than.is_none_or(|age| {
            left_out.without_creation += usize::from(created.is_none());
            created.is_some_and(|created| created.as_second() < shifted(now, age.0, -1))
        });
        ends && is_old
    }

    /// Sorts by the chosen column, equal ones by name, what is not known last.
    fn sort<T: Listed>(&self, all: &mut [T]) {
        let backwards = self.options.order == Order::Desc;
        // The name is the first column of every record.
        if self.sort == 0 {
            all.sort_by(|one, other| {
                let order = one.name().cmp(other.name());
                if backwards { order.reverse() } else { order }
            });
        } else {
            all.sort_by(|one, other| {
                let order = one.cell(self.sort).order(&other.cell(self.sort), backwards);
                order.then_with(|| one.name().cmp(other.name()))
            });
        }
    }
}

/// So many seconds before (`-1`) or after `now`.
fn shifted(now: Timestamp, by: Duration, direction: i64) -> i64 {
    now.as_second() + direction * i64::try_from(by.as_secs()).unwrap_or(i64::MAX / 2)
}

/// Those of which it is not known whether they match.
#[derive(Default)]
struct LeftOut {
    without_end: usize,
    without_creation: usize,
}

impl LeftOut {
    fn tell(&self, context: &Context) {
        for (count, what) in
            [(self.without_end, "when it expires"), (self.without_creation, "when it was created")]
        {
            match count {
                0 => {}
                1 => context.output.note(&format!("1 credential is left out: {what} is not known.")),
                _ => {
                    let what = what.replace("it expires", "they expire").replace("it was", "they were");
                    context.output.note(&format!("{count} credentials are left out: {what} is not known."));
                }
            }
        }
    }
}

/// The names of `all` in a sentence: the first few, and how many more.
pub(super) fn in_short(all: &[&str]) -> String {
    const NAMED: usize = 20;
    let names: Vec<_> = all.iter().take(NAMED).map(|name| named(name)).collect();
    match all.len().saturating_sub(NAMED) {
        0 => names.join(", "),
        more => format!("{} and {more} more", names.join(", ")),
    }
}
