//! Lists that come in pages.

use std::collections::HashSet;

use serde::de::DeserializeOwned;

use super::{
    answer::{Due, Step},
    decode::{self, LIST_ELEMENTS, LIST_LIMIT, Malformed, PAGE_LIMIT},
    failure::Fault,
    types::{Registry, RegistryCredential, RegistryCredentialPage, RegistryPage},
};
use crate::http;

pub(super) const PAGE_SIZE: usize = 100;
/// More pages than hold the longest list are not asked for.
const PAGES: usize = LIST_ELEMENTS / PAGE_SIZE;

/// A page of a list.
pub trait Page: DeserializeOwned + Default {
    /// What the list is of.
    type Item;

    /// The elements of this page, and how many there are in all.
    fn split(self) -> (Vec<Self::Item>, Option<u64>);

    /// What tells an element from the others.
    fn key(item: &Self::Item) -> &str;
}

impl Page for RegistryCredentialPage {
    type Item = RegistryCredential;

    fn split(self) -> (Vec<RegistryCredential>, Option<u64>) {
        (self.credentials.unwrap_or_default(), self.total_count)
    }

    fn key(item: &RegistryCredential) -> &str {
        &item.id
    }
}

impl Page for RegistryPage {
    type Item = Registry;

    fn split(self) -> (Vec<Registry>, Option<u64>) {
        (self.result.unwrap_or_default(), self.pagination.and_then(|pagination| pagination.total_count))
    }

    fn key(item: &Registry) -> &str {
        &item.name
    }
}

/// Every page of a list, until there is nothing new.
#[derive(Debug)]
pub struct Pages<P: Page> {
    items: Vec<P::Item>,
    seen: HashSet<String>,
    count: usize,
    bytes: usize,
    /// The page that is being read.
    body: Vec<u8>,
}

impl<P: Page> Default for Pages<P> {
    fn default() -> Self {
        Self { items: Vec::new(), seen: HashSet::new(), count: 0, bytes: 0, body: Vec::new() }
    }
}

impl<P: Page> Due for Pages<P> {
    type Answer = Vec<P::Item>;
    const LIMIT: usize = PAGE_LIMIT;

    fn page(&self) -> Option<usize> {
        Some(self.count + 1)
    }

    fn push(&mut self, chunk: &[u8]) -> Result<(), Malformed> {
        self.body.extend_from_slice(chunk);
        Ok(())
    }

    fn end(mut self) -> Result<Step<Self>, Fault> {
        self.bytes += self.body.len();
        if self.bytes > LIST_LIMIT {
            return Err(http::Fault::TooLarge(LIST_LIMIT).into());
        }
        let page = if decode::is_null(&self.body) { P::default() } else { decode::object(&self.body)? };
        self.body.clear();
        Ok(if self.add(page)? { Step::Done(self.items) } else { Step::More(self) })
    }
}

impl<P: Page> Pages<P> {
    /// Adds a page; true if it was the last. Pages that come again while more are promised, or
    /// that never end, are an error: a list that is short must not look whole.
    fn add(&mut self, page: P) -> Result<bool, Malformed> {
        let (page, total) = page.split();
        self.count += 1;
        let before = self.items.len();
        let (empty, full) = (page.is_empty(), page.len() >= PAGE_SIZE);
        for item in page {
            if self.seen.insert(P::key(&item).to_owned()) {
                self.items.push(item);
            }
        }
        let count = self.items.len();
        let more = total.map_or(full, |total| (count as u64) < total);
        if more && count == before && !empty && total.is_some() {
            return Err(Malformed::Unexpected(format!("the same page again after {count} elements")));
        }
        let done = !more || count == before;
        if count > LIST_ELEMENTS || (!done && self.count >= PAGES) {
            return Err(decode::too_many());
        }
        Ok(done)
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::{Due, Fault, LIST_LIMIT, PAGES, Page, Step, http};

    #[derive(Default, Deserialize)]
    struct Numbers {
        numbers: Vec<String>,
        total: Option<u64>,
    }

    impl Page for Numbers {
        type Item = String;

        fn split(self) -> (Vec<String>, Option<u64>) {
            (self.numbers, self.total)
        }

        fn key(item: &String) -> &str {
            item
        }
    }

    type Pages = super::Pages<Numbers>;

    fn page(numbers: impl IntoIterator<Item = usize>, total: Option<u64>) -> Numbers {
        Numbers { numbers: numbers.into_iter().map(|number| number.to_string()).collect(), total }
    }

    #[test]
    fn h26_pages_that_come_again_end_the_list_or_are_an_error() {
        let mut counted = Pages::default();
        assert_eq!(counted.add(page(0..100, Some(1_000_000))), Ok(false));
        assert_eq!(counted.page(), Some(2));
        assert!(counted.add(page(0..100, Some(1_000_000))).is_err(), "more are promised");
        let mut uncounted = Pages::default();
        assert_eq!(uncounted.add(page(0..100, None)), Ok(false));
        assert_eq!(uncounted.add(page(0..100, None)), Ok(true), "a platform that knows no pages");
        assert_eq!(uncounted.items.len(), 100);
    }

    #[test]
    fn h26_pages_that_never_end_are_an_error() {
        let mut endless = Pages::default();
        for number in (1..).take(PAGES - 1) {
            assert_eq!(endless.add(page([number], Some(1_000_000))), Ok(false));
        }
        assert!(endless.add(page([usize::MAX], Some(1_000_000))).is_err());
    }

    #[test]
    fn h26_pages_of_any_size_are_an_error_once_they_hold_too_many() {
        let mut large = Pages::default();
        for start in [0, 100_000] {
            assert_eq!(large.add(page(start..start + 100_000, Some(1_000_000))), Ok(false));
        }
        assert_eq!(large.add(page(200_000..250_000, Some(250_000))), Ok(true), "as many as there may be");
        assert!(large.add(page([250_000], Some(250_001))).is_err());
    }

    #[test]
    fn h26_pages_that_are_too_large_together_are_an_error() {
        let body = br#"{"numbers": ["1"], "total": 1000}"#;
        let with_before = |bytes: usize| {
            let mut pages = Pages { bytes, ..Pages::default() };
            pages.push(body).unwrap();
            pages.end()
        };
        assert!(matches!(with_before(LIST_LIMIT - body.len()), Ok(Step::More(_))));
        let refused = with_before(LIST_LIMIT - body.len() + 1);
        assert!(matches!(refused, Err(Fault::Http(http::Fault::TooLarge(LIST_LIMIT)))));
    }

    #[test]
    fn pages_end_at_the_total_or_at_a_short_or_empty_page() {
        assert_eq!(Pages::default().add(page([1, 2], Some(2))), Ok(true));
        assert_eq!(Pages::default().add(page([1, 2], None)), Ok(true));
        assert_eq!(Pages::default().add(page([], Some(5))), Ok(true), "one was deleted meanwhile");
        assert_eq!(Pages::default().add(page([1], Some(5))), Ok(false), "pages smaller than asked for go on");
    }
}
