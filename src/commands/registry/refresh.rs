//! `ankra credentials registry refresh`

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use rand_core::{OsRng, RngCore};

use super::{
    given::{self, Given},
    name,
    update::{preview, replace},
    view::RegistryView,
};
use crate::{
    cli::{CredentialsArgs, RegistryRefreshArgs},
    commands::{Context, ask, expiries, place::Action},
    error::{Error, ErrorKind, Result, Run},
    output::{Record, duration},
    platform::{CredentialRef, REGISTRY, RegistryRef},
    secret::SecretSource,
};

/// The first pause after a failure; each further one is twice as long.
const FIRST_PAUSE: Duration = Duration::from_secs(30);

/// The longest pause after a failure.
const LONGEST_PAUSE: Duration = Duration::from_secs(15 * 60);

/// The longest that a command may take for a new password, where the interval is longer.
const LONGEST_COMMAND: Duration = Duration::from_secs(5 * 60);

/// How often a pause is measured by the machine's own clock.
const BEAT: Duration = Duration::from_secs(30);

/// Replaces the password once, or at intervals.
pub(super) async fn refresh(context: &mut Context, mut args: RegistryRefreshArgs) -> Result<()> {
    if let Some(every) = args.every {
        lasting(args.password.source().or(args.password.bundle()))?;
        args.password.unattended(every.min(LONGEST_COMMAND));
    }
    args.target = ask::registry(context, args.target, false)?;
    given::doubt_target(context, &args.target);
    if args.dry_run {
        let credentials = CredentialsArgs { username: None, password: args.password };
        return preview(context, args.name.as_ref(), credentials, &args.target, true).await;
    }
    context.ensure_token()?;
    let is_chosen = args.name.is_none();
    if is_chosen {
        let client = context.client().await?;
        context.tell_place();
        let (name, _) = name::stored(context, &client, None, "refresh").await?;
        args.name = Some(RegistryRef(CredentialRef::Name(name.to_string())));
    }
    let Some(every) = args.every else {
        let shown = once(context, &args, is_chosen).await?;
        let place = context.place();
        context.output.note(&format!("Refreshed the registry credential {}{place}.", shown.name()));
        expiries::tell(context, REGISTRY, shown.name(), shown.end.time());
        return context.done(Action::Updated, shown);
    };
    repeat(context, &args, every).await
}

/// Fails unless `source` can be read repeatedly without a person.
fn lasting(source: Option<&SecretSource>) -> Result<()> {
    let why = match source {
        Some(source) if source.is_lasting() => return Ok(()),
        Some(source) => format!("--every cannot read a new password from {source} each time"),
        None => "--every needs --password-from".to_owned(),
    };
    Err(Error::usage(why).hint(
        "give a source that has a new password each time, such as --password-from \"command:aws ecr \
         get-login-password --region us-east-1\"",
    ))
}

/// `is_told`: a person has read where it acts.
async fn once(context: &mut Context, args: &RegistryRefreshArgs, is_told: bool) -> Result<RegistryView> {
    let credentials = CredentialsArgs { username: None, password: args.password.clone() };
    let given = Given::read(context, given::preset(&args.target, None, None), credentials, false)?;
    let client = context.client().await?.changing();
    if given.is_open() && !is_told {
        context.tell_place();
    }
    let (name, stored) = name::stored(context, &client, args.name.as_ref(), "refresh").await?;
    if let (Some(given), Some(stored)) = (&given.username, &stored.username)
        && given != stored
    {
        return Err(Error::usage("the bundle has the user name of another user than the credential")
            .cause(format!("refresh keeps the user name, which is {stored}"))
            .run("change both with", Run::new("credentials registry update").arg(name.as_str())));
    }
    let given = given.or_username(stored.username.as_deref()).unattended();
    if given.username.is_none() {
        return Err(Error::failure(format!("the platform does not tell the user name of {name}")).run(
            "give it",
            Run::new("credentials registry update").arg(name.as_str()).arg("--username").arg("USERNAME"),
        ));
    }
    let preset = given::preset(&args.target, None, given.username.as_deref());
    replace(context, &client, stored, &name, &args.target, preset, given).await
}

/// Repeats the refresh until a failure that will not pass by itself.
async fn repeat(context: &mut Context, args: &RegistryRefreshArgs, every: Duration) -> Result<()> {
    let (mut worked, mut failures) = (false, 0);
    loop {
        context.deadline.restart();
        let pause = match once(context, args, true).await {
            Ok(shown) => {
                (worked, failures) = (true, 0);
                let left = shown.end.time().map(|end| Timestamp::now().duration_until(end));
                let pause = earlier(until_next(every, left));
                let end = shown.end.time().map(|end| format!(" It expires at {end}.")).unwrap_or_default();
                let (name, place, next) = (shown.name(), context.place(), next(Timestamp::now(), pause));
                context
                    .output
                    .note(&format!("Refreshed the registry credential {name}{place}.{end} Next {next}."));
                pause
            }
            Err(error) if is_final(error.kind(), worked) => return Err(error),
            Err(error) => {
                let pause = earlier(after_failure(every, failures));
                failures += 1;
                let next = next(Timestamp::now(), pause);
                context.output.warn(&format!("{}; trying again {next}", error.in_one_line()));
                pause
            }
        };
        wait(pause, BEAT, Timestamp::now).await;
    }
}

/// When a pause that begins `now` is over, in UTC as all times are told: `at 13:23:05Z, in 9 s`; with the date, if that
/// is another.
fn next(now: Timestamp, pause: Duration) -> String {
    let second = |time: Timestamp| Timestamp::from_second(time.as_second()).unwrap_or(time).to_string();
    let due = SignedDuration::try_from(pause).ok().and_then(|pause| now.checked_add(pause).ok());
    let due = due.map(second).unwrap_or_default();
    let clock = match (due.split_once('T'), second(now).split_once('T')) {
        (Some((day, clock)), Some((today, _))) if day == today => clock,
        _ => &due,
    };
    format!("at {clock}, in {}", duration(pause))
}

/// Waits until `pause` is over by either clock. The one that waiting goes by stands still while the
/// machine sleeps; `now`, the machine's own, may be set. It is looked at each `beat`.
async fn wait(pause: Duration, beat: Duration, now: impl Fn() -> Timestamp) {
    let due = SignedDuration::try_from(pause).ok().and_then(|pause| now().checked_add(pause).ok());
    let mut left = pause;
    while !left.is_zero() && due.is_none_or(|due| now() < due) {
        let step = left.min(beat);
        tokio::time::sleep(step).await;
        left -= step;
    }
}

/// Whether a failure stays one however often it is tried. Once a refresh has worked, a source that
/// gives nothing usable is taken for one that is out of order.
const fn is_final(kind: ErrorKind, worked: bool) -> bool {
    match kind {
        ErrorKind::Failure | ErrorKind::TimedOut | ErrorKind::OutcomeUnknown => false,
        ErrorKind::Usage => !worked,
        _ => true,
    }
}

/// `every`, or when two thirds of the password's life are over, if that is sooner; a second at least.
fn until_next(every: Duration, left: Option<SignedDuration>) -> Duration {
    let life = left.and_then(|left| Duration::try_from(left).ok()).map(|left| left / 3 * 2);
    life.map_or(every, |life| life.min(every)).max(Duration::from_secs(1))
}

/// Twice as long after each failure, and never longer than `every`.
fn after_failure(every: Duration, failures: u32) -> Duration {
    let pause = FIRST_PAUSE.saturating_mul(2_u32.saturating_pow(failures));
    pause.min(LONGEST_PAUSE).min(every)
}

/// Shortens a pause by up to a tenth, so that many programs started together do not ask together.
fn earlier(pause: Duration) -> Duration {
    pause.saturating_sub(pause / 10 * (OsRng.next_u32() >> 16) / (1 << 16))
}

#[cfg(test)]
mod tests {
    use std::{
        cell::Cell,
        time::{Duration, Instant},
    };

    use jiff::{SignedDuration, Timestamp};

    use super::{after_failure, earlier, is_final, next, until_next, wait};
    use crate::error::ErrorKind;

    const HOUR: Duration = Duration::from_secs(3_600);

    #[test]
    fn a_password_is_replaced_well_before_it_ends() {
        for (every, left, pause) in [
            (6 * HOUR, None, 6 * HOUR),
            (6 * HOUR, Some(SignedDuration::from_hours(12)), 6 * HOUR),
            (12 * HOUR, Some(SignedDuration::from_hours(12)), 8 * HOUR),
            (6 * HOUR, Some(SignedDuration::from_hours(3)), 2 * HOUR),
            (6 * HOUR, Some(SignedDuration::from_secs(1)), Duration::from_secs(1)),
            (6 * HOUR, Some(SignedDuration::from_secs(-5)), 6 * HOUR),
        ] {
            assert_eq!(until_next(every, left), pause, "{every:?} {left:?}");
        }
    }

    #[test]
    fn the_next_time_is_told_by_the_clock_and_with_another_date() {
        let now = "2026-11-27T23:22:56.789Z".parse().unwrap();
        for (pause, told) in [
            (Duration::from_secs(9), "at 23:23:05Z, in 9 s"),
            (Duration::from_millis(250), "at 23:22:57Z, in 0 s"),
            (6 * HOUR, "at 2026-11-28T05:22:56Z, in 6 h 0 min"),
        ] {
            assert_eq!(next(now, pause), told);
        }
    }

    #[test]
    fn pauses_after_failures_grow_and_stay_bounded() {
        let seconds: Vec<u64> = (0..8).map(|failures| after_failure(HOUR, failures).as_secs()).collect();
        assert_eq!(seconds, [30, 60, 120, 240, 480, 900, 900, 900]);
        assert_eq!(after_failure(Duration::from_secs(5), 3), Duration::from_secs(5));
        assert_eq!(after_failure(6 * HOUR, u32::MAX).as_secs(), 900);
    }

    #[test]
    fn pauses_are_a_tenth_shorter_at_most() {
        for _ in 0..1_000 {
            let pause = earlier(HOUR);
            assert!(pause <= HOUR && pause >= HOUR / 10 * 9, "{pause:?}");
        }
        let some: std::collections::BTreeSet<_> = (0..20).map(|_| earlier(HOUR)).collect();
        assert!(some.len() > 1, "every pause is the same");
    }

    #[tokio::test]
    async fn a_pause_is_over_when_the_machine_has_slept_through_it() {
        let (start, looks) = (Timestamp::now(), Cell::new(0));
        let slept = || {
            looks.set(looks.get() + 1);
            // Three looks, then the lid is opened seven hours later.
            start + SignedDuration::from_hours(if looks.get() > 3 { 7 } else { 0 })
        };
        wait(6 * HOUR, Duration::from_millis(5), slept).await;
        assert_eq!(looks.get(), 4);
    }

    #[tokio::test]
    async fn a_clock_that_is_set_back_or_stands_still_does_not_lengthen_a_pause() {
        for set in [SignedDuration::ZERO, SignedDuration::from_hours(-20)] {
            let (start, looks) = (Timestamp::now(), Cell::new(0));
            let now = || {
                looks.set(looks.get() + 1);
                start + if looks.get() > 1 { set } else { SignedDuration::ZERO }
            };
            let before = Instant::now();
            wait(Duration::from_millis(60), Duration::from_millis(20), now).await;
            assert!(before.elapsed() >= Duration::from_millis(60));
        }
    }

    #[test]
    fn only_what_time_may_mend_is_tried_again() {
        use ErrorKind::{
            Authentication, BrokenPipe, Conflict, Declined, Failure, NotFound, OutcomeUnknown, Permission,
            TimedOut, Usage,
        };
        for kind in [Failure, TimedOut, OutcomeUnknown] {
            assert!(!is_final(kind, false) && !is_final(kind, true), "{kind:?}");
        }
        let others = [Authentication, BrokenPipe, Conflict, Declined, NotFound, Permission, Usage];
        for kind in others {
            assert_eq!((is_final(kind, false), is_final(kind, true)), (true, kind != Usage), "{kind:?}");
        }
    }
}
