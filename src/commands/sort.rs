//! The order of lists.

use std::cmp::Ordering;

use crate::{
    cli::{ListOptions, Order, SortKey},
    platform::{Credential, REGISTRY, RegistryCredential},
};

/// What lists show: found by id or name, and sorted by the rest.
pub(super) trait Listed {
    fn id(&self) -> &str;
    fn name(&self) -> &str;
    fn provider(&self) -> &str;
    fn created(&self) -> Option<&str>;
    fn updated(&self) -> Option<&str>;
}

impl Listed for Credential {
    fn id(&self) -> &str {
        self.id()
    }
    fn name(&self) -> &str {
        self.name()
    }
    fn provider(&self) -> &str {
        self.provider()
    }
    fn created(&self) -> Option<&str> {
        self.created_at()
    }
    fn updated(&self) -> Option<&str> {
        self.updated_at()
    }
}

impl Listed for RegistryCredential {
    fn id(&self) -> &str {
        &self.id
    }
    fn name(&self) -> &str {
        &self.name
    }
    fn provider(&self) -> &'static str {
        REGISTRY
    }
    fn created(&self) -> Option<&str> {
        self.created_at.as_deref()
    }
    fn updated(&self) -> Option<&str> {
        self.updated_at.as_deref()
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
            SortKey::Provider => a.provider().cmp(b.provider()),
            SortKey::Created => by_time(a.created(), b.created()),
            SortKey::Updated => by_time(a.updated(), b.updated()),
        };
        let order = if options.order == Order::Desc { order.reverse() } else { order };
        order.then_with(|| a.name().cmp(b.name()))
    };
    // Elements are large: each is moved once, to its place.
    let mut order: Vec<usize> = (0..items.len()).collect();
    order.sort_by(|a, b| compare(&items[*a], &items[*b]));
    put_in(&mut order, items);
}

/// Puts at each place of `items` the element whose place `order` has there. `order` is used up.
fn put_in<T>(order: &mut [usize], items: &mut [T]) {
    for start in 0..items.len() {
        // Along each circle of places; those behind are marked as their own.
        let mut here = start;
        while order[here] != start {
            let next = order[here];
            items.swap(here, next);
            order[here] = here;
            here = next;
        }
        order[here] = here;
    }
}

/// Times with different offsets are compared as instants; what is no time, as text.
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
    fn each_element_comes_to_its_place() {
        for length in 0..7_usize {
            // Every permutation of a few, by its number.
            for mut number in 0..(1..=length).product() {
                let mut rest: Vec<usize> = (0..length).collect();
                let mut order = Vec::new();
                while !rest.is_empty() {
                    let count = rest.len();
                    order.push(rest.remove(number % count));
                    number /= count;
                }
                let mut items: Vec<usize> = (0..length).map(|item| item * 10).collect();
                let wanted: Vec<usize> = order.iter().map(|place| place * 10).collect();
                super::put_in(&mut order, &mut items);
                assert_eq!(items, wanted);
            }
        }
    }

    #[test]
    fn lists_are_sorted_by_key_then_name() {
        assert_eq!(sorted(SortKey::Name, Order::Asc), ["a", "b", "c"]);
        assert_eq!(sorted(SortKey::Name, Order::Desc), ["c", "b", "a"]);
        assert_eq!(sorted(SortKey::Provider, Order::Asc), ["c", "a", "b"]);
        assert_eq!(sorted(SortKey::Created, Order::Asc), ["b", "a", "c"], "as instants, unknown last");
    }
}
