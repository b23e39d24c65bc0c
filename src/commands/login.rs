//! `ankra login`

use std::io::IsTerminal;

use super::{Context, cache::forget, context::WIDEST_TITLE, secrets};
use crate::{
    cli::LoginArgs,
    error::{Error, ErrorKind, Result, Run},
    output::shorten,
    platform::{API_TOKEN, routes},
    secret::SecretSource,
    settings::{SavedLogin, TokenSource},
};

/// Checks a token with one request, then saves it for this platform alone.
pub(super) async fn login(context: &mut Context, args: LoginArgs) -> Result<()> {
    let base = context.settings.base_url.clone();
    if context.settings.sandbox {
        return Err(Error::usage("the sandbox needs no sign-in")
            .hint("leave out --sandbox to sign in to the platform"));
    }
    let where_from = format!("make an API token at {base} under your account's API tokens");
    if !args.with_token {
        if !context.terminal.can_ask() {
            return Err(Error::usage("login needs --with-token")
                .run(&format!("{where_from}, then run"), Run::new("login").arg("--with-token"))
                .hint("in scripts, set ANKRA_API_TOKEN instead of signing in"));
        }
        // There is no other way to sign in.
        context.invocation.asked("--with-token", "");
        if args.api_token_from.is_none() && !args.api_token_stdin {
            context.output.note(&format!("Where to get it: {where_from}"));
        }
    }
    let file = context.settings.login_file()?;
    let (source, piped) = match args.api_token_from {
        Some(source) => (source, false),
        None if args.api_token_stdin => (SecretSource::Stdin, false),
        None if std::io::stdin().is_terminal() => (SecretSource::Prompt, false),
        None => (SecretSource::Stdin, true),
    };
    let token = secrets::find_one(context, &API_TOKEN, source)
        .and_then(|found| secrets::hidden(context, found, false))
        .map_err(|error| {
            if piped {
                error.hint("pipe the token in, or name its source with --api-token-from SOURCE")
            } else {
                error
            }
        })?;
    let client = context.client_with(base.clone(), &token, None)?;
    let organisations = client.send(&routes::organisations()).await.map_err(|error| {
        if error.kind() == ErrorKind::Authentication {
            return Error::new(ErrorKind::Authentication, "the platform does not accept this token")
                .hint("copy it again, whole, or make a new one: it may be expired or revoked");
        }
        let why = error.message().to_owned();
        error.with_message(format!("not signed in to {base}, and nothing was saved")).with_outer_cause(why)
    })?;
    file.save(&SavedLogin { base_url: base.clone(), token }, &context.patience())?;
    forget(&context.settings.paths);
    let current = organisations.iter().find(|org| org.user_current == Some(true)).or(organisations.first());
    let place = current
        .map(|org| format!(", organisation {}", shorten(org.title(), WIDEST_TITLE)))
        .unwrap_or_default();
    let under =
        context.settings.profile.as_ref().map(|one| format!(", as profile {one}")).unwrap_or_default();
    context.output.note(&format!("Signed in to {base}{place}{under}."));
    if let Some(found) = &context.settings.token
        && found.source == TokenSource::Environment
    {
        context.output.warn("ANKRA_API_TOKEN is set and is used before the saved token");
    }
    Ok(())
}
