//! The order of lists.

use std::cmp::Ordering;

use super::records::ExpiringView;
use crate::{
    cli::{ListOptions, Order, SortKey},
    output::Record,
    platform::Credential,
};

/// An item that can be listed.
pub(super) trait Listed: Record {
    /// Returns the value to sort by; `None` if it is not known.
    fn key(&self, by: SortKey) -> Option<&str>;
}

impl Listed for Credential {
    fn key(&self, by: SortKey) -> Option<&str> {
        match by {
            SortKey::Name => Some(self.name()),
            SortKey::Provider => Some(self.provider()),
            SortKey::Created => self.created_at(),
            SortKey::Updated => self.updated_at(),
        }
    }
}

impl Listed for ExpiringView {
    fn key(&self, by: SortKey) -> Option<&str> {
        self.credential.key(by)
    }
}

/// Sorts by the chosen key, equal ones by name, unknown times last.
pub(super) fn sort<T: Listed>(items: &mut [T], options: &ListOptions) {
    let by_time = |a: Option<&str>, b: Option<&str>| match (a, b) {
        (Some(a), Some(b)) => compare_times(a, b),
        (a, b) => b.is_some().cmp(&a.is_some()),
    };
    let compare = |a: &T, b: &T| {
        let (one, other) = (a.key(options.sort), b.key(options.sort));
        let order = match options.sort {
            SortKey::Name | SortKey::Provider => one.cmp(&other),
            SortKey::Created | SortKey::Updated => by_time(one, other),
        };
        let order = if options.order == Order::Desc { order.reverse() } else { order };
        order.then_with(|| a.name().cmp(b.name()))
    };
    items.sort_by(compare);
}

/// Compares times as instants, whatever their offsets, and anything else as text.
fn compare_times(a: &str, b: &str) -> Ordering {
    match (a.parse::<jiff::Timestamp>(), b.parse::<jiff::Timestamp>()) {
        (Ok(a), Ok(b)) => a.cmp(&b),
        _ => a.cmp(b),
    }
}

#[cfg(test)]
mod tests {
    use super::sort;
    use crate::{
        cli::{ListOptions, Order, SortKey},
        platform::Credential,
    };

    #[test]
    fn times_are_sorted_as_instants_the_unknown_last_and_equal_keys_by_name() {
        let credential = |name, provider, created| Credential::new("", name, provider, created);
        let mut all = [
            credential("b", "ovh", Some("2026-01-01T00:30:00+01:00")),
            credential("c", "hetzner", None),
            credential("a", "ovh", Some("2026-01-01T00:00:00Z")),
        ];
        for (sort_key, names) in [(SortKey::Created, ["b", "a", "c"]), (SortKey::Provider, ["c", "a", "b"])] {
            sort(&mut all, &ListOptions { sort: sort_key, order: Order::Asc, no_headers: false });
            assert_eq!(all.each_ref().map(Credential::name), names);
        }
    }
}
