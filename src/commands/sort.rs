//! The order of lists.

use std::cmp::Ordering;

use crate::{
    cli::{ListOptions, Order, SortKey},
    platform::{Credential, REGISTRY, RegistryCredential},
};

/// What things in lists are found and sorted by.
pub(super) struct Facts<'a> {
    pub(super) id: &'a str,
    pub(super) name: &'a str,
    provider: &'a str,
    created: Option<&'a str>,
    updated: Option<&'a str>,
}

/// What lists show.
pub(super) trait Listed {
    /// Alone, since most comparisons look at nothing else.
    fn name(&self) -> &str;
    fn facts(&self) -> Facts<'_>;
}

impl Listed for Credential {
    fn name(&self) -> &str {
        self.name()
    }

    fn facts(&self) -> Facts<'_> {
        Facts {
            id: self.id(),
            name: self.name(),
            provider: self.provider(),
            created: self.created_at(),
            updated: self.updated_at(),
        }
    }
}

impl Listed for RegistryCredential {
    fn name(&self) -> &str {
        &self.name
    }

    fn facts(&self) -> Facts<'_> {
        Facts {
            id: &self.id,
            name: &self.name,
            provider: REGISTRY,
            created: self.created_at.as_deref(),
            updated: self.updated_at.as_deref(),
        }
    }
}

/// Sorts as the person asked; equal keys are in the order of their names, unknown times last.
pub(super) fn sort<T: Listed>(items: &mut [T], options: &ListOptions) {
    let by_time = |a: Option<&str>, b: Option<&str>| match (a, b) {
        (Some(a), Some(b)) => compare_times(a, b),
        (a, b) => b.is_some().cmp(&a.is_some()),
    };
    let compare = |a: &T, b: &T| {
        let order = match options.sort {
            SortKey::Name => a.name().cmp(b.name()),
            SortKey::Provider => a.facts().provider.cmp(b.facts().provider),
            SortKey::Created => by_time(a.facts().created, b.facts().created),
            SortKey::Updated => by_time(a.facts().updated, b.facts().updated),
        };
        let order = if options.order == Order::Desc { order.reverse() } else { order };
        order.then_with(|| a.name().cmp(b.name()))
    };
    items.sort_by(compare);
}

/// Times with different offsets are compared as instants; what is not a time, as text.
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

    fn credential(name: &str, provider: &str, created: Option<&str>) -> Credential {
        Credential::new("", name, provider, created)
    }

    fn sorted(sort_key: SortKey, order: Order) -> Vec<String> {
        let mut all = [
            credential("b", "ovh", Some("2026-01-01T00:30:00+01:00")),
            credential("c", "hetzner", None),
            credential("a", "ovh", Some("2026-01-01T00:00:00Z")),
        ];
        sort(&mut all, &ListOptions { sort: sort_key, order, no_headers: false });
        all.iter().map(|credential| credential.name().to_owned()).collect()
    }

    #[test]
    fn lists_are_sorted_by_key_then_name() {
        assert_eq!(sorted(SortKey::Name, Order::Asc), ["a", "b", "c"]);
        assert_eq!(sorted(SortKey::Name, Order::Desc), ["c", "b", "a"]);
        assert_eq!(sorted(SortKey::Provider, Order::Asc), ["c", "a", "b"]);
        assert_eq!(sorted(SortKey::Created, Order::Asc), ["b", "a", "c"], "as instants, unknown last");
    }
}
