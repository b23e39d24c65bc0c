//! Waits for a person who is busy on a page: opens it where they like, and asks again and again how far they are.

use std::{
    pin::pin,
    time::{Duration, Instant},
};

use tokio::time::{sleep, timeout};
use url::Url;

use super::Context;
use crate::{
    error::Result,
    process::{Browser, Opener, Reprieve},
    terminal::Offer,
};

/// How long a page is waited for. Of the clock that nobody sets.
const LIMIT: Duration = Duration::from_secs(10 * 60);

/// How far the beginnings of two requests are apart at least.
const STEP: Duration = Duration::from_secs(2);

/// The longest that a server is left alone when it asks for that.
const LONGEST_STEP: Duration = Duration::from_secs(30);

/// How often is looked whether Enter was pressed, or a signal came.
pub(super) const BEAT: Duration = Duration::from_millis(100);

/// So many answers of no use in a row are told of; fewer are nobody's business.
const TROUBLES: u32 = 3;

/// What asking once gives.
pub(super) enum Asked<T> {
    Done(T),
    /// The person has not finished yet.
    Waiting,
    /// Nothing that says how it stands; the next answer may.
    Trouble {
        /// What came instead.
        why: String,
        /// How long the server wants to be left alone.
        wait: Option<Duration>,
    },
}

/// How the waiting ended.
pub(super) enum Waited<T> {
    Done(T),
    /// The person did not finish in time; the last answer of no use, if that came last.
    Late(Option<String>),
    /// This process is to end, and does so when the [`Waiting`] is dropped.
    Interrupted,
}

/// A page that a person is busy with.
pub(super) struct Waiting<'w> {
    context: &'w Context,
    /// Who is asked, in sentences.
    who: &'static str,
    end: Instant,
    hold: Hold,
}

/// What holds a signal back that would end this process.
enum Hold {
    /// Nothing: nothing has to be brought to an end.
    Nothing,
    Opening(Opening),
    Reprieve(Reprieve),
}

/// The offer to open the page.
struct Opening {
    offer: Offer,
    browser: Browser,
    page: Url,
}

impl<'w> Waiting<'w> {
    /// Begins to wait for what happens on `page`, which the person has been shown, and of which `who` knows. It is
    /// opened `at_once`, or where they press Enter, if they have a browser. `has_end`: there is something to do
    /// before a signal may end this process.
    pub(super) fn begin(
        context: &'w Context,
        (page, who): (&Url, &'static str),
        at_once: bool,
        has_end: bool,
    ) -> Result<Self> {
        let end = Instant::now() + LIMIT;
        let hold = match open_or_offer(context, page, at_once)? {
            Some(opening) => Hold::Opening(opening),
            None if has_end => Reprieve::start().map_or(Hold::Nothing, Hold::Reprieve),
            None => Hold::Nothing,
        };
        Ok(Self { context, who, end, hold })
    }

    /// Whether this process is to end.
    pub(super) fn is_over(&self) -> bool {
        self.hold.is_over()
    }

    /// Asks until there is an answer that lasts. `ask` is told until when it may wait for one.
    ///
    /// # Errors
    /// Those of `ask`.
    pub(super) async fn until<T>(
        &mut self,
        mut ask: impl AsyncFnMut(Instant) -> Result<Asked<T>>,
    ) -> Result<Waited<T>> {
        let mut troubles = 0;
        loop {
            let started = Instant::now();
            let answer_due = (started + self.context.deadline.allowed()).min(self.end);
            let Some(answer) = self.hold.beside(ask(answer_due)).await else {
                return Ok(Waited::Interrupted);
            };
            let (wanted, trouble) = match answer? {
                Asked::Done(done) => return Ok(Waited::Done(done)),
                Asked::Waiting => {
                    troubles = 0;
                    (None, None)
                }
                Asked::Trouble { why, wait } => {
                    troubles += 1;
                    if troubles == TROUBLES {
                        let who = self.who;
                        let told = format!("{who} gives no answer of use for now, trying on: {why}");
                        self.context.output.warn(&told);
                    }
                    (wait, Some(why))
                }
            };
            let Some(pause) = pause(started, wanted, Instant::now(), self.end) else {
                return Ok(Waited::Late(trouble));
            };
            if self.hold.beside(sleep(pause)).await.is_none() {
                return Ok(Waited::Interrupted);
            }
        }
    }
}

impl Hold {
    /// Does `work`, and what was offered meanwhile; `None`: this process is to end.
    async fn beside<T>(&mut self, work: impl Future<Output = T>) -> Option<T> {
        if matches!(self, Self::Nothing) {
            return Some(work.await);
        }
        let mut work = pin!(work);
        while !self.is_over() {
            match timeout(BEAT, work.as_mut()).await {
                Ok(done) => return Some(done),
                Err(_) => self.look(),
            }
        }
        None
    }

    fn is_over(&self) -> bool {
        match self {
            Self::Nothing => false,
            Self::Opening(opening) => opening.offer.is_over(),
            Self::Reprieve(reprieve) => reprieve.is_over(),
        }
    }

    /// Opens the page if the offer has been taken.
    fn look(&mut self) {
        if let Self::Opening(opening) = self
            && opening.offer.is_taken()
        {
            opening.browser.open(&opening.page);
        }
    }
}

/// Opens the page, or offers to, where there is a browser and a person may be asked.
fn open_or_offer(context: &Context, page: &Url, at_once: bool) -> Result<Option<Opening>> {
    if context.settings.no_input {
        return Ok(None);
    }
    let browser = match Opener::of_process() {
        Opener::Browser(browser) => browser,
        Opener::TextOnly(name) => {
            context.output.note(&format!("BROWSER names {name}, which needs a terminal: it is not opened."));
            return Ok(None);
        }
        Opener::None => return Ok(None),
    };
    if at_once {
        browser.open(page);
        return Ok(None);
    }
    let offer = context.terminal.offer("Press Enter to open it in your browser.")?;
    Ok(offer.map(|offer| Opening { offer, browser, page: page.clone() }))
}

/// How long to wait now for the next request, after one that began at `started` and an answer that wants to be
/// left alone for `wanted`; `None`: it would be too late.
fn pause(started: Instant, wanted: Option<Duration>, now: Instant, end: Instant) -> Option<Duration> {
    let from_start = (started + STEP).saturating_duration_since(now);
    let pause = from_start.max(wanted.unwrap_or_default().min(LONGEST_STEP));
    (now + pause < end).then_some(pause)
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::{LIMIT, pause};

    #[test]
    fn the_server_is_asked_every_two_seconds_for_ten_minutes_and_left_alone_when_it_wants_that() {
        let (start, seconds) = (Instant::now(), Duration::from_secs);
        let end = start + LIMIT;
        let after = |took, wanted: Option<u64>| pause(start, wanted.map(seconds), start + took, end);
        assert_eq!(after(Duration::ZERO, None), Some(seconds(2)));
        assert_eq!(after(Duration::from_millis(500), None), Some(Duration::from_millis(1500)));
        assert_eq!(after(seconds(30), None), Some(Duration::ZERO));
        assert_eq!(after(Duration::ZERO, Some(0)), Some(seconds(2)));
        assert_eq!(after(Duration::ZERO, Some(7)), Some(seconds(7)));
        assert_eq!(after(Duration::ZERO, Some(u64::MAX)), Some(seconds(30)));
        assert_eq!(pause(start, None, start, start + seconds(2)), None);
        assert_eq!(pause(start, Some(seconds(30)), start, start + seconds(29)), None);
        assert_eq!(pause(start, None, end + seconds(1), end), None);

        // Every answer at once, none with a wish of its own.
        let (mut now, mut asked) = (start, 1);
        while let Some(wait) = pause(now, None, now, end) {
            now += wait;
            asked += 1;
        }
        assert_eq!(asked, 300);
    }
}
