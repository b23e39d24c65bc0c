//! How long a command may wait for others: one clock for all that it does.

use std::{
    cell::Cell,
    rc::Rc,
    time::{Duration, Instant},
};

/// The end of a command's waiting. All its requests with their pages and retries, its locks and what it
/// starts share it; its clones are the same clock.
///
/// A person's time is not counted, nor is that of a source of secrets that the person named: see
/// [`Self::paused`].
#[derive(Clone, Debug)]
pub struct Deadline {
    allowed: Duration,
    end: Rc<Cell<Instant>>,
}

impl Deadline {
    /// One that ends `allowed` from now.
    pub fn after(allowed: Duration) -> Self {
        Self { allowed, end: Rc::new(Cell::new(Instant::now() + allowed)) }
    }

    /// How long it was in all, for messages.
    pub const fn allowed(&self) -> Duration {
        self.allowed
    }

    /// When it ends.
    pub fn end(&self) -> Instant {
        self.end.get()
    }

    /// How long it is still; zero when it is over.
    pub fn left(&self) -> Duration {
        self.end().saturating_duration_since(Instant::now())
    }

    /// A clock of its own for what must leave time for the rest: it ends when half of what is left is over.
    pub fn half(&self) -> Self {
        Self { allowed: self.allowed / 2, end: Rc::new(Cell::new(Instant::now() + self.left() / 2)) }
    }

    /// Does what is not counted.
    pub fn paused<T>(&self, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let result = work();
        self.end.set(self.end() + start.elapsed());
        result
    }

    /// Starts anew, as for the next of several rounds.
    pub fn restart(&self) {
        self.end.set(Instant::now() + self.allowed);
    }
}

#[cfg(test)]
mod tests {
    use std::{
        thread::sleep,
        time::{Duration, Instant},
    };

    use super::Deadline;

    #[test]
    fn time_that_is_not_counted_moves_the_end_of_every_clone() {
        let deadline = Deadline::after(Duration::from_secs(60));
        let (clone, before) = (deadline.clone(), deadline.end());
        deadline.paused(|| sleep(Duration::from_millis(20)));
        assert!(clone.end() >= before + Duration::from_millis(20));
        assert!(clone.left() <= clone.allowed());
    }

    #[test]
    fn half_of_what_is_left_is_there_for_the_rest() {
        let deadline = Deadline::after(Duration::from_secs(60));
        let half = deadline.half();
        assert_eq!(half.allowed(), Duration::from_secs(30));
        assert!(half.left() <= Duration::from_secs(30) && deadline.left() > Duration::from_secs(50));
    }

    #[test]
    fn it_starts_anew_and_nothing_is_left_after_its_end() {
        let deadline = Deadline::after(Duration::ZERO);
        assert_eq!(deadline.left(), Duration::ZERO);
        let (deadline, now) = (Deadline::after(Duration::from_secs(1)), Instant::now());
        sleep(Duration::from_millis(5));
        deadline.restart();
        assert!(deadline.end() > now + Duration::from_secs(1));
    }
}
