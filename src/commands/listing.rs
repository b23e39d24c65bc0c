//! Lists of credentials: which are shown, in which order, and how.

use std::{cmp::Ordering, time::Duration};

use jiff::Timestamp;
use wildmatch::WildMatch;

use super::{
    Context,
    progress::Progress,
    records::Listed,
    usage::{CREDENTIALS, gather},
};
use crate::{
    cli::{ListOptions, Order},
    error::Result,
    instant::read,
    output::{End, Format, Key, Layout},
    platform::{AuthenticatedClient, Credential, REGISTRY},
};

/// The header of the column of what uses a credential, which takes requests of its own.
pub(super) const USED_BY: &str = "USED BY";

/// What was asked of a list, checked before anything is sent.
pub(super) struct Listing<'o> {
    options: &'o ListOptions,
    names: Vec<WildMatch>,
    sort: usize,
    layout: Layout,
    used_by: usize,
}

impl<'o> Listing<'o> {
    /// Reads `options` for a list of `T`.
    ///
    /// # Errors
    /// Usage, if there is no column of a name that was given.
    pub(super) fn of<T: Listed>(options: &'o ListOptions) -> Result<Self> {
        let used_by = T::COLUMNS.iter().position(|column| column.header == USED_BY);
        Ok(Self {
            options,
            names: options.filters.names.iter().map(|name| WildMatch::new(name)).collect(),
            sort: options.sort.find(T::COLUMNS)?,
            layout: options.shape.layout::<T>()?,
            used_by: used_by.unwrap_or(T::COLUMNS.len()),
        })
    }

    /// Shows those of `all` that were asked for, in the chosen order; where there is none, says `when_empty`, or that
    /// none matches. What could not be told whether it matches is left out, and counted in a note.
    pub(super) async fn show<T: Listed>(
        &self,
        context: &Context,
        client: &AuthenticatedClient,
        mut all: Vec<T>,
        when_empty: &str,
    ) -> Result<Vec<T>> {
        let (before, filters) = (all.len(), &self.options.filters);
        let mut left_out = LeftOut::default();
        if !filters.is_empty() {
            let now = Timestamp::now();
            all.retain(|one| self.keeps(one, now, &mut left_out));
        }
        let is_chosen = self.layout.columns.as_ref().is_some_and(|columns| columns.contains(&self.used_by));
        let mut looked_at = None;
        let with_usage = self.options.usage || is_chosen || filters.unused || self.sort == self.used_by;
        // What is not shown is asked about where only that tells what is.
        let is_early = filters.unused || self.sort == self.used_by;
        if with_usage && is_early {
            looked_at = ask(context, client, &mut all).await;
            if filters.unused {
                all.retain(|one| left_out.is_unused(one));
            }
        }
        self.sort(&mut all);
        let found = all.len();
        all.truncate(self.options.limit.unwrap_or(usize::MAX));
        if with_usage && !is_early {
            looked_at = ask(context, client, &mut all).await;
        }
        if before == 0 {
            context.output.note(when_empty);
        } else if found == 0 {
            let place = context.place();
            context.output.note(&match before {
                1 => format!("The only credential{place} does not match."),
                _ => format!("None of the {before} credentials{place} matches."),
            });
        }
        let is_whole = context.output.options().format == Format::Csv && self.layout.columns.is_none();
        if is_whole && !with_usage {
            // What was not asked about must not read as nothing.
            let columns = (0..T::COLUMNS.len()).filter(|column| *column != self.used_by).collect();
            context.output.list(&all, &Layout { columns: Some(columns), ..self.layout })?;
        } else {
            context.output.list(&all, &self.layout)?;
        }
        left_out.tell(context);
        if let Some(looked_at) = looked_at
            && all.iter().any(|one| is_unused(one) == Some(true))
        {
            context.output.note(&format!(
                "{looked_at} were looked at; an application, an add-on or a GitOps repository may use a credential \
                 too."
            ));
        }
        if all.len() < found {
            context.output.note(&format!("{} of {found} are shown.", all.len()));
        }
        Ok(all)
    }

    fn keeps<T: Listed>(&self, one: &T, now: Timestamp, left_out: &mut LeftOut) -> bool {
        let (filters, one) = (&self.options.filters, one.view());
        let credential = &one.credential;
        let is_sure = (self.names.is_empty()
            || self.names.iter().any(|name| name.matches(credential.name())))
            && (filters.statuses.is_empty() || filters.statuses.contains(&one.status))
            && (!filters.system || credential.system() == Some(true));
        let ends = match (filters.expires_within, one.end) {
            (None, _) => Some(true),
            (Some(within), End::At(end)) => Some(end.as_second() <= shifted(now, within.0, 1)),
            (Some(_), End::Never) => Some(false),
            (Some(_), End::Unknown) => None,
        };
        let is_old = match (filters.older_than, credential.created_at().and_then(read)) {
            (None, _) => Some(true),
            (Some(age), Some(created)) => Some(created.as_second() < shifted(now, age.0, -1)),
            (Some(_), None) => None,
        };
        match (is_sure, ends, is_old) {
            (false, ..) | (_, Some(false), _) | (.., Some(false)) => false,
            (true, None, _) => {
                left_out.ends += 1;
                false
            }
            (true, _, None) => {
                left_out.creations += 1;
                false
            }
            (true, Some(true), Some(true)) => true,
        }
    }

    /// Sorts by the chosen column, equal ones by name, what is not known last.
    fn sort<T: Listed>(&self, all: &mut Vec<T>) {
        let backwards = self.options.order == Order::Desc;
        let turned = |order: Ordering| if backwards { order.reverse() } else { order };
        // The name is the first column of every record.
        if self.sort == 0 {
            return all.sort_by(|one, other| turned(one.name().cmp(other.name())));
        }
        // Made once for each: a time is read, not compared as text.
        let key = |one: T| (one.cell(self.sort).key(), one);
        let mut keyed: Vec<(Option<Key>, T)> = std::mem::take(all).into_iter().map(key).collect();
        keyed.sort_by(|(one_key, one), (other_key, other)| {
            let order = match (one_key, other_key) {
                (Some(one), Some(other)) => turned(one.cmp(other)),
                (one, other) => one.is_none().cmp(&other.is_none()),
            };
            order.then_with(|| one.name().cmp(other.name()))
        });
        all.extend(keyed.into_iter().map(|(_, one)| one));
    }
}

/// Asks the platform what uses each of `all`, and warns of what it does not tell. Returns what was looked at; `None`: not
/// at all that was due.
async fn ask<T: Listed>(
    context: &Context,
    client: &AuthenticatedClient,
    all: &mut [T],
) -> Option<&'static str> {
    if all.is_empty() {
        return None;
    }
    let credentials: Vec<Credential> = all.iter().map(|one| one.view().credential.clone()).collect();
    let progress = Progress::of(context, CREDENTIALS, credentials.len()).logged();
    let gathered = gather(context, client, &credentials, false, &progress).await;
    progress.end();
    gathered.warn(context);
    for (one, users) in all.iter_mut().zip(gathered.users(&credentials)) {
        one.view_mut().used_by = Some(users);
    }
    let has_registry = credentials.iter().any(|one| one.provider() == REGISTRY);
    gathered.registries.is_ok().then_some(if has_registry { "Clusters and registries" } else { "Clusters" })
}

/// Whether nothing uses it; `None`: cannot tell.
fn is_unused(one: &impl Listed) -> Option<bool> {
    one.view().used_by.as_ref()?.is_nothing()
}

/// So many seconds before (`-1`) or after `now`.
fn shifted(now: Timestamp, by: Duration, direction: i64) -> i64 {
    now.as_second() + direction * i64::try_from(by.as_secs()).unwrap_or(i64::MAX / 2)
}

/// Those of which it is not known whether they match.
#[derive(Default)]
struct LeftOut {
    ends: usize,
    creations: usize,
    users: usize,
}

impl LeftOut {
    /// Whether nothing uses `one`, and not because it cannot be told.
    fn is_unused(&mut self, one: &impl Listed) -> bool {
        let is_unused = is_unused(one);
        self.users += usize::from(is_unused.is_none());
        is_unused == Some(true)
    }

    fn tell(&self, context: &Context) {
        for (count, one, several) in [
            (self.ends, "when it expires", "when they expire"),
            (self.creations, "when it was created", "when they were created"),
            (self.users, "what uses it", "what uses them"),
        ] {
            let told = match count {
                0 => continue,
                1 => format!("1 credential is left out: {one} is not known."),
                _ => format!("{count} credentials are left out: {several} is not known."),
            };
            context.output.note(&told);
        }
    }
}
