//! Secrets that the cloud itself gives, while a person agrees on its page; and fields whose values it knows.

use std::time::Duration;

use jiff::Timestamp;
use tokio::time::timeout;

use super::{talk::Talk, values::Plains};
use crate::{
    commands::{
        Context, ask, name, secrets,
        waiting::{Asked, Waited, Waiting},
    },
    error::{Error, ErrorKind, Result},
    http::place,
    providers::{Grant, Granted, Granter, Granting, Looked, News, Plain, Provider, Requested, capitalised},
    secret::{Field, Gathered, Secret, Wanted, pass},
};

/// The longest that the cloud is waited for to forget a secret.
const LAST: Duration = Duration::from_secs(5);

/// The secrets of a credential, and the one among them that the cloud gave, if any.
pub(super) type Complete = (Vec<(&'static Field, Secret)>, Option<Obtained>);

/// A secret that was agreed to, and that nobody else has.
pub(super) struct Obtained {
    grant: &'static Grant,
    requested: Requested,
    granted: Granted,
}

/// How the secret of a grant is to be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// From its source, or from a person who has it.
    Given,
    /// The person is asked whether they have it.
    Open,
    /// From the cloud.
    Requested,
}

impl Way {
    pub(super) fn of(
        context: &Context,
        provider: &Provider,
        wanted: &[Wanted<'_>],
        is_requested: bool,
    ) -> Self {
        let is_open =
            |grant: &Grant| wanted.iter().any(|one| one.field.name == grant.field && one.source.is_none());
        match provider.grant {
            Some(_) if is_requested => Self::Requested,
            Some(grant) if is_open(grant) && context.terminal.can_ask() => Self::Open,
            _ => Self::Given,
        }
    }

    /// What to do where nobody can be asked for the secret, and it has no source.
    pub(super) fn instead(self, provider: &Provider, wanted: &[Wanted<'_>]) -> Option<String> {
        let grant = provider.grant.filter(|_| self == Self::Given)?;
        let own = wanted.iter().find(|one| one.field.name == grant.field && one.source.is_none())?;
        Some(format!("or have the {} asked for with --{}", own.field.label, grant.flag))
    }

    /// The secret that the cloud would be asked for, in a dry run: empty.
    pub(super) fn unasked(self, provider: &'static Provider) -> Option<(&'static Field, Secret)> {
        let grant = provider.grant.filter(|_| self == Self::Requested)?;
        let field = provider.secrets.iter().find(|field| field.name == grant.field)?;
        Some((field, Secret::new(String::new())))
    }
}

/// Completes what was found by asking. The secret of a grant comes last: the cloud is asked for it with the others.
pub(super) async fn complete(
    talk: &Talk<'_>,
    plain: &Plains,
    (found, insist): (Vec<Gathered<'static>>, bool),
    way: Way,
) -> Result<Complete> {
    let (context, provider) = (talk.context, talk.provider);
    let is_granted = |one: &Gathered<'_>| provider.grant.is_some_and(|grant| grant.field == one.field.name);
    let (own, others): (Vec<_>, Vec<_>) = found.into_iter().partition(is_granted);
    let asks_for_others = others.iter().any(Gathered::is_open);
    if let Some(grant) = provider.grant.filter(|_| asks_for_others && way != Way::Given) {
        context.output.note(grant.before);
    }
    let mut all = secrets::ask(context, provider.where_from, others, insist)?;
    let is_open = own.iter().any(Gathered::is_open);
    if let Some(grant) = provider.grant
        && (way == Way::Requested || way == Way::Open && is_open && wants_grant(context, grant)?)
    {
        // Nothing is made at the cloud for a name that is taken.
        name::settled(context).await?;
        let obtained = obtain(talk, grant, (plain, &all)).await?;
        let field = provider.secrets.iter().find(|field| field.name == grant.field);
        all.extend(field.map(|field| (field, obtained.requested.secret.clone())));
        return Ok((all, Some(obtained)));
    }
    for one in own {
        let field = one.field;
        let secret = if asks_for_others {
            secrets::hidden(context, one, insist)?
        } else {
            secrets::ask_one(context, provider.where_from, one, insist)?
        };
        all.push((field, secret));
    }
    Ok((all, None))
}

fn wants_grant(context: &Context, grant: &Grant) -> Result<bool> {
    let choices = [grant.offer.to_owned(), "I have one".to_owned()];
    let is_wanted = context.terminal.choose(grant.question, &choices)? == 0;
    if is_wanted {
        context.invocation.asked(&format!("--{}", grant.flag), "");
    }
    Ok(is_wanted)
}

/// Has the cloud give the secret of `grant`.
///
/// # Errors
/// As of a check; declined or timed out, where nobody agrees. The cloud has been told then that the secret is not
/// wanted.
async fn obtain(
    talk: &Talk<'_>,
    grant: &'static Grant,
    (plain, secrets): (&Plains, &[(&Field, Secret)]),
) -> Result<Obtained> {
    let (context, provider) = (talk.context, talk.provider);
    let (title, trace, told) = (provider.title, context.trace(), |news: News<'_>| talk.tell(news));
    let given = talk.given(plain, secrets);
    let mut granting = Granting::new(of(provider, grant), given, (&context.deadline, &trace), &told)?;
    let mut requested = granting.request().await?;
    let page = requested.page.clone();
    context.output.note(&format!(
        "At {}, within ten minutes, here or on another device, agree to {}:",
        place(&page),
        grant.what
    ));
    context.output.address(&page);
    context.output.note(&format!("{} Agree only if you started this.", grant.advice));
    context.output.note(&format!("Waiting for that: {title} is asked every two seconds. ^C ends it."));
    let mut waiting = Waiting::begin(context, (&page, title), false, true)?;
    let waited = waiting
        .until(async |answer_due| {
            Ok(match granting.look(&mut requested, answer_due).await? {
                Looked::Granted(granted) => Asked::Done(granted),
                Looked::Waiting => Asked::Waiting,
                Looked::Trouble { why, wait } => Asked::Trouble { why, wait },
            })
        })
        .await;
    // The person's time is not the cloud's.
    context.deadline.restart();
    let error = match waited {
        Ok(Waited::Done(granted)) => {
            drop(waiting);
            context.output.note(&format!("{title} accepts the key: {}.", granted.told));
            granted.doubts.iter().for_each(|doubt| context.output.warn(doubt));
            return Ok(Obtained { grant, requested, granted });
        }
        Ok(Waited::Late(trouble)) => {
            let error = Error::new(ErrorKind::TimedOut, "nobody agreed within ten minutes");
            trouble.into_iter().fold(error, Error::cause)
        }
        Ok(Waited::Interrupted) => Error::new(ErrorKind::Declined, "the request was broken off"),
        Err(error) => error,
    };
    let is_gone = timeout(LAST, granting.give_up(&requested)).await.unwrap_or(false);
    let gone = if is_gone {
        format!("{title} has forgotten the key")
    } else {
        "a key that nobody agrees to is of no use to anybody".to_owned()
    };
    if waiting.is_over() {
        context.output.note(&format!("Nothing was stored; {gone}."));
    }
    // Ends this process, if a signal is to.
    drop(waiting);
    let why = error.message().to_owned();
    Err(error.with_message("there is no key, and nothing was stored").with_outer_cause(why).cause(gone))
}

/// Who is asked, and for what.
fn of(provider: &'static Provider, grant: &'static Grant) -> Granter {
    let label = provider.secrets.iter().find(|field| field.name == grant.field).map(|field| field.label);
    Granter { check: &provider.check, names: provider.names(), grant, label: label.unwrap_or(grant.field) }
}

impl Obtained {
    /// When it expires, where the cloud says so.
    pub(super) fn end(&self) -> Option<Timestamp> {
        self.granted.end
    }

    /// `error`, which ended the work with the secret before it was stored: the cloud forgets it then. Where it may
    /// have been stored, it stays.
    pub(super) async fn undone(&self, talk: &Talk<'_>, secrets: &[(&Field, Secret)], error: Error) -> Error {
        let title = talk.provider.title;
        if error.kind() == ErrorKind::OutcomeUnknown {
            return error
                .hint(format!("if it was not stored, {}: nobody has it any more", self.granted.undo));
        }
        if self.forget(talk, secrets).await {
            return error.hint(format!("{title} has forgotten the key, since it was not stored"));
        }
        error
            .cause(format!("{title} did not forget the key, which was not stored"))
            .hint(self.granted.undo.clone())
    }

    /// Has the cloud forget the secret where another run has stored one in the meantime.
    pub(super) async fn forget_as_needless(&self, talk: &Talk<'_>, secrets: &[(&Field, Secret)]) {
        let (context, title) = (talk.context, talk.provider.title);
        if !self.forget(talk, secrets).await {
            let undo = &self.granted.undo;
            context.output.warn(&format!("the new key was not stored, and {title} accepts it: {undo}"));
        }
    }

    /// Has the cloud forget the secret; whether it has.
    async fn forget(&self, talk: &Talk<'_>, secrets: &[(&Field, Secret)]) -> bool {
        let (context, provider) = (talk.context, talk.provider);
        context.deadline.restart();
        let trace = context.trace();
        let given = talk.given(&[], secrets);
        let granting = Granting::new(of(provider, self.grant), given, (&context.deadline, &trace), &|_| {});
        let Ok(mut granting) = granting else { return false };
        timeout(LAST, granting.give_up(&self.requested)).await.unwrap_or(false)
    }
}

/// A field whose values the cloud knows: the person chooses one, or gives it where it does not say.
pub(super) async fn choose(
    talk: &Talk<'_>,
    field: &'static Plain,
    secrets: &[(&Field, Secret)],
) -> Result<String> {
    let (context, provider) = (talk.context, talk.provider);
    let Some(choices) = field.choices else { return ask::plain(context, field) };
    let (described, trace) = (field.described(), context.trace());
    let ways = (&context.deadline, &trace);
    let of = (&provider.check, provider.names());
    let known = choices.ask(of, talk.given(&[], secrets), ways, &|news| talk.tell(news)).await;
    let fit = |value: &str| pass(value, &described, false).is_ok();
    let why = match known {
        Ok(mut known) => {
            known.retain(|choice| fit(&choice.value));
            let labels: Vec<String> = known.iter().map(|choice| choice.label.clone()).collect();
            if !labels.is_empty() {
                let chosen = context.terminal.choose(&capitalised(field.label), &labels)?;
                let value = known.swap_remove(chosen).value;
                context.invocation.asked(&format!("--{}", field.name), &value);
                return Ok(value);
            }
            format!("{} shows none to these keys", provider.title)
        }
        Err(error) => error.in_one_line(),
    };
    context.output.note(&format!("There is no {} to choose from: {}.", field.label, why));
    ask::plain(context, field)
}
