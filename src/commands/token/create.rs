//! `ankra token create`

use std::borrow::Cow;

use jiff::Timestamp;
use serde::Serialize;
use zeroize::Zeroizing;

use super::words::{NEVER, expiry, place, without_credentials};
use crate::{
    cli::{Expiry, TokenCreateArgs},
    commands::{Context, cache::forget_all, context::WIDEST_TITLE, records::MadeTokenView},
    error::{Error, ErrorKind, Result, Run},
    http::hide,
    instant::whole_seconds,
    keychain,
    output::{Format, is_discarded, named, shorten},
    platform::{API_TOKEN, AuthenticatedClient, BaseUrl, TokenId, routes},
    secret::{Secret, pass},
    settings::{About, ChosenBy, Kept, LoginFile, Profile, SavedOrganisation, TokenSource},
};

/// A token that was made, and what is known of it.
struct Made {
    token: Secret,
    id: Option<TokenId>,
    name: String,
    /// A time or [`NEVER`]; `None`: it cannot be told.
    expires_at: Option<String>,
}

/// Makes a token, which is shown once or kept. One that can be neither is revoked again.
pub(super) async fn create(context: &mut Context, args: TokenCreateArgs) -> Result<()> {
    let end = args.expires.map(end).transpose()?.flatten();
    let scopes: Vec<&str> = args.scopes.iter().map(|scope| scope.name()).collect();
    let profile = args.save_as_profile.as_ref().map(|name| name.0.parse::<Profile>()).transpose()?;
    if let Some(profile) = &profile {
        ensure_new(context, profile)?;
    }
    let request = routes::create_token(&args.name, end.as_deref(), &scopes);
    if args.dry_run {
        if context.settings.sandbox {
            // Its address is known once it runs.
            context.client_of_own_organisation().await?;
        }
        return context.preview(&request, None);
    }
    // What cannot be had again is not written to where nobody reads it.
    if profile.is_none() && is_discarded() {
        return Err(Error::usage("the token would be lost: standard output leads nowhere").hint(
            "write it to a file, connect standard output, or keep it with --save-as-profile NEW-NAME",
        ));
    }
    let file = profile.as_ref().map(|one| context.settings.login_file_of(Some(one))).transpose()?;
    if let Some(file) = &file {
        context.ensure_token()?;
        file.ensure_writable(args.store, &context.patience())?;
    }
    let client = match profile {
        Some(_) => context.client().await?,
        None => context.client_of_own_organisation().await?,
    };
    let answer = client.send(&request).await.map_err(without_credentials)?;
    let id = answer.id.as_ref().and_then(|id| id.parse().ok());
    let token = Secret::copied(answer.token.as_ref().map(|token| token.as_str()).unwrap_or_default());
    if !token.expose().is_empty() {
        hide(token.expose());
    }
    if client.carries(&token) {
        // Nothing was made that could be shown, or should be revoked.
        return Err(Error::failure("the platform's answer holds the token in use, not a new one"));
    }
    let expires_at = match (&answer.expires_at, &end) {
        (None, None) => Some(NEVER.to_owned()),
        (text, _) => expiry(text.as_deref()),
    };
    let made = Made { token, id, name: args.name, expires_at };
    let kept = match (&file, &profile) {
        (Some(file), Some(profile)) => keep(context, &client, file, profile, &made, args.store).map(Some),
        _ => deliver(context, client.base(), &made).map(|()| None),
    };
    let view = match kept {
        Ok(view) => view,
        Err(error) => return Err(undone(context, &client, made.id, error).await),
    };
    if end.is_some() && made.expires_at.as_deref().is_none_or(|end| end == NEVER) {
        context.output.warn("the platform does not confirm that it expires");
    }
    // A token that is kept is of use, whoever does not read this.
    view.map_or(Ok(()), |view| context.output.item(&view))
}

/// When it is to expire, as the platform is told; `None`: never.
fn end(expiry: Expiry) -> Result<Option<String>> {
    let now = Timestamp::now();
    let end = match expiry {
        Expiry::Never => return Ok(None),
        Expiry::After(time) => {
            now.checked_add(time).map_err(|_| Error::usage("--expires is too far away"))?
        }
        Expiry::At(time) => time,
    };
    if end <= now {
        return Err(Error::usage("--expires is not in the future").hint("give a time that is still to come"));
    }
    // Whole seconds, for a person to read.
    let end = Timestamp::from_second(end.as_second()).unwrap_or(end);
    Ok(Some(end.to_string()))
}

/// Fails if the profile is there already, in whichever file: its login would go, or not be used.
fn ensure_new(context: &Context, profile: &Profile) -> Result<()> {
    if context.settings.sandbox {
        return Err(Error::usage("the sandbox has no profiles: nobody signs in there")
            .hint("leave out --save-as-profile: the token is shown once"));
    }
    if context.settings.profiles()?.contains_key(profile) {
        return Err(taken(profile));
    }
    Ok(())
}

fn taken(profile: &Profile) -> Error {
    Error::new(ErrorKind::Conflict, format!("the profile {profile} exists already"))
        .run("choose another name; see which there are with", Run::new("profile list"))
}

/// Fails unless it is a token that can be shown and sent as it is.
fn ensure_usable(made: &Made) -> Result<()> {
    let is_usable = pass(made.token.expose(), &API_TOKEN, false)
        .is_ok_and(|passed| !made.token.expose().is_empty() && passed.value.same_as(&made.token));
    if is_usable {
        Ok(())
    } else {
        Err(Error::failure("the platform's answer holds no token that can be used"))
    }
}

#[derive(Serialize)]
struct Shown<'a> {
    token: &'a str,
    id: Option<String>,
    name: &'a str,
    /// RFC 3339, or `never`; `None`: not known.
    expires_at: Option<Cow<'a, str>>,
}

/// Writes the token to standard output, alone.
fn deliver(context: &Context, base: &BaseUrl, made: &Made) -> Result<()> {
    ensure_usable(made)?;
    let shown = Shown {
        token: made.token.expose(),
        id: made.id.map(|id| id.to_string()),
        name: &made.name,
        expires_at: made.expires_at.as_deref().map(|end| whole_seconds(end).unwrap_or(Cow::Borrowed(end))),
    };
    // It never grows, so that no copy stays behind.
    let mut text = Zeroizing::new(Vec::with_capacity(1024 + 6 * (shown.token.len() + shown.name.len())));
    let unwritten = |error: serde_json::Error| Error::failure("the token cannot be shown").cause(error);
    match context.output.options().format {
        Format::Json => serde_json::to_writer_pretty(&mut *text, &shown).map_err(unwritten)?,
        Format::Yaml => {
            // A text of JSON is one of YAML.
            text.extend_from_slice(b"token: ");
            serde_json::to_writer(&mut *text, shown.token).map_err(unwritten)?;
            for (key, value) in [
                ("id", shown.id.as_deref()),
                ("name", Some(shown.name)),
                ("expires_at", shown.expires_at.as_deref()),
            ] {
                text.extend_from_slice(format!("\n{key}: ").as_bytes());
                serde_json::to_writer(&mut *text, &value).map_err(unwritten)?;
            }
        }
        Format::Csv => {
            text.extend_from_slice(b"token,id,name,expires_at\n\"");
            text.extend_from_slice(shown.token.as_bytes());
            // A token has no quotes, and its name is the only other text that may.
            let name = shown.name.replace('"', "\"\"");
            let (id, end) = (shown.id.as_deref().unwrap_or_default(), shown.expires_at.unwrap_or_default());
            text.extend_from_slice(format!("\",\"{id}\",\"{name}\",\"{end}\"").as_bytes());
        }
        Format::Table | Format::Wide | Format::Name => text.extend_from_slice(shown.token.as_bytes()),
    }
    text.push(b'\n');
    context.output.raw(&text).map_err(|error| {
        // Of a reader that went away nothing is said elsewhere; here something was made for it.
        Error::failure(error.message()).with_hints(error.hints().to_vec())
    })?;
    let place = place(context, base);
    context.output.note(&format!("Made the token {}{place}{}.", named(&made.name), ends(made)));
    context.output.note("It is shown this once: keep it where others cannot read it.");
    Ok(())
}

fn ends(made: &Made) -> String {
    match made.expires_at.as_deref() {
        Some(NEVER) => ", which never expires".to_owned(),
        Some(end) => format!(", which expires at {}", shorten(end, WIDEST_TITLE)),
        None => String::new(),
    }
}

/// Keeps the token as the login of a profile.
fn keep(
    context: &Context,
    client: &AuthenticatedClient,
    file: &LoginFile,
    profile: &Profile,
    made: &Made,
    store: Option<crate::cli::Store>,
) -> Result<MadeTokenView> {
    ensure_usable(made)?;
    // Another command may have made it meanwhile.
    if context.settings.login_file_of(Some(profile))?.load()?.is_some() {
        return Err(taken(profile));
    }
    let base: BaseUrl = client.base().clone();
    let about = about(context, client, made);
    let kept = file.save(&base, &made.token, &about, store, &context.patience())?;
    forget_all(&context.settings.paths);
    let place = place(context, &base);
    context.output.note(&format!("Made the token {}{place}{}.", named(&made.name), ends(made)));
    let (place, kept_in) = match &kept {
        Kept::Keychain => (keychain::NAME.to_owned(), "keychain"),
        Kept::File(_) => (format!("{}, which only you can read", file.path().display()), "file"),
    };
    context.output.note(&format!("It is kept as the login of profile {profile}, in {place}."));
    if let Kept::File(Some(trouble)) = &kept {
        context.output.note(&format!("It is not in {}: {trouble}.", keychain::NAME));
    }
    Ok(MadeTokenView {
        name: made.name.clone(),
        id: made.id.map(|id| id.to_string()),
        expires_at: made.expires_at.clone(),
        profile: profile.to_string(),
        kept_in,
        organisation: about.organisation.map(|chosen| chosen.title),
        platform: base.to_string(),
    })
}

/// What is known of a login with the new token: it is of the same person, and acts in the same place.
fn about(context: &Context, client: &AuthenticatedClient, made: &Made) -> About {
    let settings = &context.settings;
    let acting = &settings.organisation;
    let own = settings.token.as_ref().is_some_and(|found| found.source == TokenSource::Saved);
    let login = settings.login.clone().filter(|_| own).unwrap_or_default();
    let is_of_login = matches!(acting.by, ChosenBy::Login | ChosenBy::Nobody);
    let title = |id: &dyn ToString| acting.title.clone().unwrap_or_else(|| id.to_string());
    About {
        organisation: client.organisation().map(|id| SavedOrganisation { title: title(&id), id }),
        has_several: login.has_several || !is_of_login,
        role: login.role.filter(|_| is_of_login),
        user: login.user,
        token_id: made.id,
        token_name: Some(made.name.clone()),
        expires_at: made.expires_at.clone().filter(|end| end != NEVER),
    }
}

/// `error`, after the token that nobody has was revoked.
async fn undone(context: &Context, client: &AuthenticatedClient, id: Option<TokenId>, error: Error) -> Error {
    let Some(id) = id else {
        return error
            .cause("the new token could not be revoked: the platform did not say its id")
            .run("find it in the list and revoke it", Run::new("token list"));
    };
    context.deadline.restart();
    match client.send(&routes::revoke_token(id)).await {
        Ok(()) => error.cause("the new token was revoked again"),
        Err(why) if why.kind() == ErrorKind::NotFound => error.cause("the new token is there no more"),
        Err(why) => error
            .cause(format!("the new token could not be revoked: {}", why.in_one_line()))
            .run("revoke it with", Run::new("token revoke").arg(id.to_string())),
    }
}
