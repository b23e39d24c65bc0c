//! Signing in with a browser: the page's address is shown, and the token is collected while the person is there.

use std::{
    pin::pin,
    time::{Duration, Instant},
};

use base64ct::{Base64UrlUnpadded, Encoding};
use rand_core::{OsRng, RngCore};
use sha2::{Digest, Sha256};
use tokio::time::{sleep, timeout};
use zeroize::Zeroizing;

use super::Context;
use crate::{
    error::{Error, ErrorKind, Result, Run},
    platform::{BaseUrl, BegunLogin, Client, LoginAnswer, Obtained, SignInPage},
    process::{Browser, Machine, Opener},
    secret::Secret,
    terminal::Offer,
};

/// How long the platform keeps a sign-in open. Of the clock that nobody sets.
const LIMIT: Duration = Duration::from_secs(10 * 60);

/// How far the beginnings of two requests are apart at least.
const STEP: Duration = Duration::from_secs(2);

/// The longest that the platform is left alone when it asks for that.
const LONGEST_STEP: Duration = Duration::from_secs(30);

/// How often is looked whether Enter was pressed, or a signal came.
pub(super) const BEAT: Duration = Duration::from_millis(100);

/// So many answers of no use in a row are told of; fewer are nobody's business.
const TROUBLES: u32 = 3;

/// Has a person sign in to the platform at `base` on a page, and gives the token. `at_once`: the page is opened
/// without a question, where that can be.
///
/// # Errors
/// As [`Client::start_login`] and [`Client::poll_login`]; timed out, where nobody has signed in after ten minutes.
pub(super) async fn sign_in(context: &Context, base: &BaseUrl, at_once: bool) -> Result<Obtained> {
    let verifier = new_verifier();
    let client = Client::new(base.clone(), context.deadline.clone(), context.trace());
    let machine = Machine::of_process();
    let begun = client.start_login(&challenge(&verifier), &machine.id, &machine.name).await;
    let BegunLogin { page, ticket } = begun.map_err(|error| unsaved(error, base))?;
    let end = Instant::now() + LIMIT;
    show(context, &page, base, &machine);
    let collected = async {
        let offer = open_or_offer(context, &page, at_once)?;
        Waiting { context, client: &client, ticket: &ticket, verifier: &verifier, end, offer }.collect().await
    };
    let obtained = collected.await.map_err(|error| match error.kind() {
        // What is not of this sign-in alone would end the next one too.
        ErrorKind::TimedOut | ErrorKind::Declined | ErrorKind::Authentication => {
            let login = Run::new("login");
            let login = if at_once { login.arg("--web") } else { login };
            unsaved(error, base).run("begin again with", login)
        }
        _ => unsaved(error, base),
    })?;
    // The person's time is not the platform's.
    context.deadline.restart();
    Ok(obtained)
}

/// `error`, told as that of a sign-in that changed nothing.
pub(super) fn unsaved(error: Error, base: &BaseUrl) -> Error {
    let why = error.message().to_owned();
    error.with_message(format!("not signed in to {base}, and nothing was saved")).with_outer_cause(why)
}

/// 32 random bytes as RFC 7636 (4.1) writes them.
fn new_verifier() -> Secret {
    let mut bytes = Zeroizing::new([0; 32]);
    OsRng.fill_bytes(&mut *bytes);
    Secret::new(Base64UrlUnpadded::encode_string(&*bytes))
}

/// What tells nothing of the verifier, and is told by it (RFC 7636, 4.2, S256).
fn challenge(verifier: &Secret) -> String {
    Base64UrlUnpadded::encode_string(&Sha256::digest(verifier.expose()))
}

/// Shows where to sign in, before anything is opened or waited for.
fn show(context: &Context, page: &SignInPage, base: &BaseUrl, machine: &Machine) {
    let host = page.host();
    let named = if page.is_elsewhere() { format!(", which {base} names,") } else { String::new() };
    context.output.note(&format!("Sign in at {host}{named} within ten minutes, here or on another device:"));
    context.output.address(page.url());
    context.output.note(&format!(
        "This machine is {}. Approve only if you started this, on this machine.",
        machine.name
    ));
}

/// Opens the page, or offers to, where there is a browser and a person may be asked.
fn open_or_offer(context: &Context, page: &SignInPage, at_once: bool) -> Result<Option<Opening>> {
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
        browser.open(page.url());
        return Ok(None);
    }
    let offer = context.terminal.offer("Press Enter to open it in your browser.")?;
    Ok(offer.map(|offer| Opening { offer, browser, page: page.clone() }))
}

/// The offer to open the page.
struct Opening {
    offer: Offer,
    browser: Browser,
    page: SignInPage,
}

impl Opening {
    /// Opens the page if the offer has been taken.
    fn look(&mut self) {
        if self.offer.is_taken() {
            self.browser.open(self.page.url());
        }
    }
}

/// A sign-in that the person is busy with.
struct Waiting<'w> {
    context: &'w Context,
    client: &'w Client,
    ticket: &'w str,
    verifier: &'w Secret,
    end: Instant,
    offer: Option<Opening>,
}

impl Waiting<'_> {
    /// Asks for the token again and again, until it is there or never will be.
    async fn collect(mut self) -> Result<Obtained> {
        let (mut troubles, mut asks_more) = (0, false);
        loop {
            let started = Instant::now();
            let answer_due = (started + self.context.deadline.allowed()).min(self.end);
            let polled = self.client.poll_login(self.ticket, self.verifier, answer_due);
            let (wanted, trouble) = match beside(&mut self.offer, polled).await? {
                LoginAnswer::Done(obtained) => return Ok(obtained),
                LoginAnswer::Waiting { second_factor } => {
                    if second_factor && !std::mem::replace(&mut asks_more, true) {
                        self.context.output.note("A second factor is asked for: give it in the browser.");
                    }
                    troubles = 0;
                    (None, None)
                }
                LoginAnswer::Trouble { why, wait } => {
                    troubles += 1;
                    if troubles == TROUBLES {
                        let told = format!("the platform gives no answer of use for now, trying on: {why}");
                        self.context.output.warn(&told);
                    }
                    (wait, Some(why))
                }
            };
            let Some(pause) = pause(started, wanted, Instant::now(), self.end) else {
                let error = Error::new(ErrorKind::TimedOut, "the sign-in expired");
                let error = error.cause("nobody approved it within ten minutes");
                return Err(trouble.into_iter().fold(error, Error::cause));
            };
            beside(&mut self.offer, sleep(pause)).await;
        }
    }
}

/// Does `work`, and what was offered meanwhile.
async fn beside<T>(offer: &mut Option<Opening>, work: impl Future<Output = T>) -> T {
    let Some(offer) = offer else { return work.await };
    let mut work = pin!(work);
    loop {
        match timeout(BEAT, work.as_mut()).await {
            Ok(done) => return done,
            Err(_) => offer.look(),
        }
    }
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

    use super::{LIMIT, challenge, new_verifier, pause};
    use crate::secret::Secret;

    #[test]
    fn the_challenge_is_that_of_the_standard() {
        // RFC 7636, appendix B.
        let verifier = Secret::copied("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
        assert_eq!(challenge(&verifier), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
        let (one, other) = (new_verifier(), new_verifier());
        assert!(one.expose().len() == 43 && !one.same_as(&other));
    }

    #[test]
    fn the_platform_is_asked_every_two_seconds_for_ten_minutes_and_left_alone_when_it_wants_that() {
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
