//! Does the same for each of many, several at once.
//!
//! 1,000 details at 50 ms each take 2.2 seconds so, and 50 one after the other.

use futures_util::stream::{self, StreamExt};

/// So many are under way at the same time: as many connections are open.
const MOST: usize = 24;

/// Does `work` for each of `items` and gives the results in their order. `done` is called each time one is
/// through.
pub(super) async fn each<T, R>(items: &[T], work: impl AsyncFn(&T) -> R, done: impl Fn()) -> Vec<R> {
    let work = &work;
    let begun = items.iter().enumerate().map(|(place, item)| async move { (place, work(item).await) });
    let mut through = stream::iter(begun).buffer_unordered(MOST);
    let mut results = Vec::with_capacity(items.len());
    while let Some(result) = through.next().await {
        results.push(result);
        done();
    }
    results.sort_unstable_by_key(|(place, _)| *place);
    results.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use std::{cell::Cell, time::Duration};

    use tokio::time::sleep;

    use super::{MOST, each};

    #[tokio::test]
    async fn they_are_done_several_at_once_and_told_in_their_order() {
        let (running, most, told) = (Cell::new(0), Cell::new(0), Cell::new(0));
        let items: Vec<u64> = (0..100).collect();
        let work = async |item: &u64| {
            running.set(running.get() + 1);
            most.set(most.get().max(running.get()));
            sleep(Duration::from_millis(5 - item % 5)).await;
            running.set(running.get() - 1);
            item * 2
        };
        let results = each(&items, work, || told.set(told.get() + 1));
        assert_eq!(results.await, items.iter().map(|item| item * 2).collect::<Vec<_>>());
        assert_eq!((most.get(), told.get()), (MOST, 100));
    }
}
