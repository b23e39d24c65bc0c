//! Proves the token of a sign-in, and keeps it.

use std::{pin::pin, time::Duration};

use jiff::Timestamp;
use tokio::time::timeout;

use super::browser::unsaved;
use crate::{
    cli::Store,
    commands::{
        Context,
        cache::forget_all,
        context::{WIDEST_TITLE, pick},
        waiting::BEAT,
    },
    error::{Error, ErrorKind, Result, Run},
    keychain,
    output::{named, shorten},
    platform::{AuthenticatedClient, BaseUrl, Obtained, Organisation, TokenId, routes},
    process::Reprieve,
    secret::Secret,
    settings::{About, ChosenBy, Kept, LoginFile, Profile, SavedLogin, SavedOrganisation, TokenSource},
};

/// The longest that a revocation is waited for after a signal that ends the program.
const LAST: Duration = Duration::from_secs(5);

/// Proves a token with one request, then saves it for this platform alone. Where that fails, what was saved
/// before stays, and a token that this sign-in made is revoked.
pub(super) async fn keep(
    context: &Context,
    base: &BaseUrl,
    obtained: &Obtained,
    store: Option<Store>,
) -> Result<()> {
    let mut client = context.client_with(base.clone(), &obtained.token, None)?;
    let id = id_of(obtained);
    // Nobody could use or find a token that was made for a sign-in and not kept.
    let reprieve = id.and_then(|_| Reprieve::start().ok());
    let proven = unless_over(reprieve.as_ref(), prove(context, &mut client, base, obtained)).await;
    let (Some(proven), false) = (proven, reprieve.as_ref().is_some_and(Reprieve::is_over)) else {
        return Err(interrupted(context, &client, id, reprieve).await);
    };
    drop(reprieve);
    let kept = match proven {
        Ok(about) => save(context, base, obtained, &about, store).await,
        Err(error) => Err(error),
    };
    match (kept, id) {
        (Err(error), Some(id)) => Err(undone(context, &client, id, error).await),
        (kept, _) => kept,
    }
}

/// What `work` gives; `None`, once this process is to end.
async fn unless_over<T>(reprieve: Option<&Reprieve>, work: impl Future<Output = T>) -> Option<T> {
    let Some(reprieve) = reprieve else { return Some(work.await) };
    let mut work = pin!(work);
    while !reprieve.is_over() {
        if let Ok(done) = timeout(BEAT, work.as_mut()).await {
            return Some(done);
        }
    }
    None
}

/// Revokes the token of a sign-in that is broken off, if that takes no longer than somebody waits who ended it;
/// then ends as the signal does.
async fn interrupted(
    context: &Context,
    client: &AuthenticatedClient,
    id: Option<TokenId>,
    reprieve: Option<Reprieve>,
) -> Error {
    let error = Error::new(ErrorKind::Declined, "the sign-in was broken off, and nothing was saved");
    if let Some(id) = id {
        context.deadline.restart();
        match timeout(LAST, client.send(&routes::revoke_token(id))).await {
            Ok(Ok(())) => context.output.note("Nothing was saved; the token of this sign-in was revoked."),
            _ => context.output.warn(&format!(
                "nothing was saved, and the token of this sign-in stays valid: revoke it at {}: its id is {id}",
                client.base()
            )),
        }
    }
    drop(reprieve);
    error
}

/// The id of a token that this sign-in made.
fn id_of(obtained: &Obtained) -> Option<TokenId> {
    obtained.id.as_ref()?.parse().ok()
}

/// `error`, after the token that nobody will use was revoked.
async fn undone(context: &Context, client: &AuthenticatedClient, id: TokenId, error: Error) -> Error {
    context.deadline.restart();
    match client.send(&routes::revoke_token(id)).await {
        Ok(()) => error.hint("the token of this sign-in was revoked"),
        Err(why) if is_over(&why) => error,
        Err(why) => error
            .cause(format!("the token of this sign-in could not be revoked: {}", why.in_one_line()))
            .hint(format!("revoke it at {}: its id is {id}", client.base())),
    }
}

/// Whether a failed revocation says that the token is no longer good.
pub(in crate::commands) fn is_over(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::Authentication | ErrorKind::NotFound)
}

async fn prove(
    context: &Context,
    client: &mut AuthenticatedClient,
    base: &BaseUrl,
    obtained: &Obtained,
) -> Result<About> {
    let organisations = client.send(&routes::organisations()).await.map_err(|error| {
        if error.kind() == ErrorKind::Authentication && obtained.id.is_none() {
            return Error::new(ErrorKind::Authentication, "the platform does not accept this token")
                .cause("nothing was saved")
                .hint("copy it again, whole, or make a new one: it may be expired or revoked");
        }
        unsaved(error, base)
    })?;
    let former = context.settings.login_file()?.load()?;
    let there = former.as_ref().filter(|former| former.base_url == *base).map(|former| &former.about);
    about(context, client, &organisations, obtained, there).await
}

async fn save(
    context: &Context,
    base: &BaseUrl,
    obtained: &Obtained,
    about: &About,
    store: Option<Store>,
) -> Result<()> {
    let file = context.settings.login_file()?;
    let former = file.load()?;
    if let Some(former) = &former
        && let Some(who) = replaced(former, base, about)
    {
        context.output.warn(&format!("this replaces the login of {who}"));
    }
    // Its token may go with the entry.
    let to_revoke = former.and_then(|former| to_revoke(&file, former, &obtained.token));
    let kept = file.save(base, &obtained.token, about, store, &context.patience()).map_err(|error| {
        // What came of the file is told with the error.
        let why = error.message().to_owned();
        error.with_message(format!("not signed in to {base}")).with_outer_cause(why)
    })?;
    forget_all(&context.settings.paths);
    tell(context, base, about, &file, &kept);
    if let Some((former, token, id)) = to_revoke {
        revoke_former(context, base, &former, token, id).await;
    }
    Ok(())
}

/// What is known of the login: where its commands will act, and who it is. Somebody who signs in again stays in
/// the organisation that was chosen with the `former` login.
async fn about(
    context: &Context,
    client: &mut AuthenticatedClient,
    organisations: &[Organisation],
    obtained: &Obtained,
    former: Option<&About>,
) -> Result<About> {
    let acting = &context.settings.organisation;
    // What a login or the official CLI chose goes with their tokens.
    let wanted = acting
        .wanted
        .as_ref()
        .filter(|_| matches!(acting.by, ChosenBy::Flag | ChosenBy::Environment | ChosenBy::SettingsFile));
    let own = || organisations.iter().find(|org| org.user_current == Some(true)).or(organisations.first());
    let kept = former.filter(|_| wanted.is_none()).and_then(|former| former.organisation.as_ref());
    let kept = kept.map(|kept| kept.id.to_string());
    let kept =
        kept.and_then(|id| organisations.iter().find(|org| org.organisation_id.eq_ignore_ascii_case(&id)));
    let mut chosen = match wanted {
        Some(wanted) => Some(pick(organisations, &wanted.to_string()).map_err(|error| {
            let why = error.message().to_owned();
            error.with_message("not signed in, and nothing was saved").with_outer_cause(why)
        })?),
        None => kept.or_else(own),
    };
    let mut id = chosen.and_then(|org| org.organisation_id.parse().ok());
    let mut user = None;
    if let Some(id) = id {
        client.set_organisation(id);
        // Who it is only helps.
        let detail = client.send_in_passing(&routes::organisation(id)).await.ok();
        user = detail.and_then(|detail| detail.current_user().map(str::to_owned));
    }
    if kept.is_some() && former.is_some_and(|former| differ(former.user.as_ref(), user.as_ref())) {
        chosen = own();
        id = chosen.and_then(|org| org.organisation_id.parse().ok());
    }
    Ok(About {
        organisation: id.zip(chosen).map(|(id, org)| SavedOrganisation { id, title: org.title().to_owned() }),
        has_several: organisations.len() > 1,
        role: chosen.and_then(|org| org.role.clone()),
        user,
        token_id: id_of(obtained),
        token_name: obtained.name.clone(),
        expires_at: obtained.expires_at.clone().filter(|end| end.parse::<Timestamp>().is_ok()),
    })
}

/// Whether both are known, and not the same.
fn differ(one: Option<&String>, other: Option<&String>) -> bool {
    one.zip(other).is_some_and(|(one, other)| one != other)
}

/// Whose login is replaced, where it is not the same user's in the same role at the same platform.
fn replaced(former: &SavedLogin, base: &BaseUrl, about: &About) -> Option<String> {
    let is_other = former.base_url != *base
        || differ(former.about.user.as_ref(), about.user.as_ref())
        || differ(former.about.role.as_ref(), about.role.as_ref());
    is_other.then(|| {
        let user = former.about.user.as_deref().map_or("another user".into(), named);
        let role = former.about.role.as_deref().map(|role| format!(" ({})", named(role)));
        format!("{user}{} at {}", role.unwrap_or_default(), former.base_url)
    })
}

/// The token of a login that is replaced, if a sign-in made it and nobody else uses it.
fn to_revoke(
    file: &LoginFile,
    former: SavedLogin,
    new: &Secret,
) -> Option<(SavedLogin, Result<Secret>, TokenId)> {
    let id = former.about.token_id?;
    let token = former.held.read(None);
    let is_used = token.as_ref().is_ok_and(|token| {
        token.expose() == new.expose()
            || file.others_with(token, Some(id)).map_or(true, |others| !others.is_empty())
    });
    (!is_used).then_some((former, token, id))
}

async fn revoke_former(
    context: &Context,
    base: &BaseUrl,
    former: &SavedLogin,
    token: Result<Secret>,
    id: TokenId,
) {
    let client = |token| context.client_with(former.base_url.clone(), &token, Some(TokenSource::Saved));
    let revoked = match token.and_then(client) {
        Ok(client) => client.send(&routes::revoke_token(id)).await,
        Err(error) => Err(error),
    };
    match revoked {
        Err(error) if !is_over(&error) => {
            let end = former.about.expires_at.as_ref().map(|end| format!(" until {end}")).unwrap_or_default();
            context.output.warn(&format!("the former token stays valid{end}: {}", error.in_one_line()));
            // The new login may be at another platform.
            if *base == former.base_url {
                let line = context.invocation.line(&Run::new("token revoke").arg(id.to_string()));
                context.output.note(&format!("Revoke it with: {line}"));
            }
        }
        _ => context.output.note("Revoked the token of the former login."),
    }
}

/// Says who is signed in, where, and where the token is kept.
fn tell(context: &Context, base: &BaseUrl, about: &About, file: &LoginFile, kept: &Kept) {
    let place = about.organisation.as_ref().map(|org| shorten(&org.title, WIDEST_TITLE));
    let place = place.map(|title| format!(", organisation {title}")).unwrap_or_default();
    let profile = context.settings.profile.as_ref();
    let under = profile.map(|one| format!(", as profile {one}")).unwrap_or_default();
    context.output.note(&format!("Signed in to {base}{place}{under}."));
    let whose = match (&about.user, &about.role) {
        (Some(user), Some(role)) => format!("The login of {} ({})", named(user), named(role)),
        (Some(user), None) => format!("The login of {}", named(user)),
        _ => "The login".to_owned(),
    };
    let path = file.path().display();
    context.output.note(&match kept {
        Kept::Keychain => format!("{whose} is kept in {}.", keychain::NAME),
        Kept::File(None) => format!("{whose} is kept in {path}, which only you can read."),
        Kept::File(Some(trouble)) => {
            format!("{whose} is kept in {path}, which only you can read: {} {trouble}.", keychain::NAME)
        }
    });
    if let Some(end) = &about.expires_at {
        context.output.note(&format!("It expires at {}.", shorten(end, WIDEST_TITLE)));
    }
    tell_what_wins(context);
    if profile.is_some_and(|profile| file.chosen_profile().as_ref() != Some(profile)) {
        let used = file.chosen_profile().map_or_else(|| Profile::DEFAULT.to_owned(), |one| one.to_string());
        context.output.note(&format!("Commands without --profile go on using the profile {used}."));
        if let Some(profile) = profile {
            let line = context.invocation.line(&Run::new("profile use").arg(profile.name()));
            context.output.note(&format!("Have them use this one with: {line}"));
        }
    }
}

/// Warns where later commands will not use what was saved.
fn tell_what_wins(context: &Context) {
    let beaten_by = match context.settings.token.as_ref().map(|found| found.source) {
        Some(TokenSource::Environment) => "ANKRA_API_TOKEN is set and is used before the saved token",
        Some(TokenSource::Command) => {
            "token-command is in the settings file and is used before the saved token"
        }
        _ => return,
    };
    context.output.warn(beaten_by);
}
