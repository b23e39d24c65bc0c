//! `ankra logout`

use super::{Context, cache::forget_all, context::WIDEST_TITLE, login::is_over};
use crate::{
    cli::LogoutArgs,
    error::{Error, ErrorKind, Result, Run},
    output::{named, shorten},
    platform::{AuthenticatedClient, Token, TokenId, routes},
    settings::{LoginFile, SavedLogin, TokenSource, read_official},
};

/// Removes the saved login; a token that a sign-in made, or that is to be, is revoked first.
pub(super) async fn logout(context: &mut Context, args: &LogoutArgs) -> Result<()> {
    if context.settings.sandbox {
        return Err(Error::usage("the sandbox needs no sign-in, hence no sign-out"));
    }
    if !sign_out(context, &context.settings.login_file()?, args).await? {
        let of =
            context.settings.profile.as_ref().map(|one| format!(" for profile {one}")).unwrap_or_default();
        context.output.note(&format!("No login is saved{of} on this machine."));
    }
    tell_other_tokens(context);
    Ok(())
}

/// Removes the login of the entry that `file` means. Returns whether there was one. A token that could not be
/// revoked stays saved.
pub(super) async fn sign_out(context: &Context, file: &LoginFile, args: &LogoutArgs) -> Result<bool> {
    file.sweep();
    let Some(saved) = file.load()? else { return Ok(false) };
    let is_revoked = !args.local && revoke(context, file, &saved, args).await.map_err(still_saved)?;
    file.remove(args.local, &context.patience())?;
    forget_all(&context.settings.paths);
    context.output.note("Removed the login from this machine.");
    if !is_revoked {
        let end = saved.about.expires_at.as_ref().map(|end| format!(" until {}", shorten(end, WIDEST_TITLE)));
        context.output.warn(&format!(
            "the token stays valid{}: revoke it at {} if others may have seen it",
            end.unwrap_or_default(),
            saved.base_url
        ));
    }
    Ok(true)
}

/// Revokes the token if a sign-in made it for this login alone, or `args` want it. Returns whether it is no
/// longer good.
async fn revoke(context: &Context, file: &LoginFile, saved: &SavedLogin, args: &LogoutArgs) -> Result<bool> {
    let is_wanted = args.revoke || args.token_id.is_some();
    if !is_wanted && saved.about.token_id.is_none() {
        return Ok(false);
    }
    let token = saved.held.read(None)?;
    let others = file.others_with(&token, saved.about.token_id)?;
    if !others.is_empty() {
        let (names, verb) = (others.join(", "), if others.len() == 1 { "holds" } else { "hold" });
        let of = if others.len() == 1 { "profile" } else { "profiles" };
        if !is_wanted {
            context.output.note(&format!("The token is not revoked: the {of} {names} {verb} it too."));
            return Ok(false);
        }
        context.output.warn(&format!("the {of} {names} {verb} the same token, and will be signed out too"));
    }
    let client = context.client_with(saved.base_url.clone(), &token, Some(TokenSource::Saved))?;
    let revoked = match args.token_id.or(saved.about.token_id) {
        Some(id) => client.send(&routes::revoke_token(id)).await,
        None => match own_token(context, &client).await {
            Ok(id) => client.send(&routes::revoke_token(id)).await,
            Err(error) => Err(error),
        },
    };
    match revoked {
        Ok(()) => context.output.note(&format!("Revoked the token at {}.", saved.base_url)),
        Err(error) if is_over(&error) && args.token_id.is_none() => {
            context.output.note("The platform no longer accepts the token: there is nothing to revoke.");
        }
        Err(error) => return Err(error),
    }
    Ok(true)
}

/// Builds the error for a token that is, or may be, still valid.
fn still_saved(error: Error) -> Error {
    let error = if error.kind() == ErrorKind::OutcomeUnknown {
        // Its own hint is about credentials. A second try is safe, and tells what became of the first.
        error.with_hints([]).run("to find out, run it again", Run::new("logout"))
    } else {
        error
    };
    error.run(
        "the login is still saved; remove it from this machine alone with",
        Run::new("logout").arg("--local"),
    )
}

fn tell_other_tokens(context: &Context) {
    match context.settings.token.as_ref().map(|found| found.source) {
        Some(TokenSource::Environment) => {
            context.output.note("ANKRA_API_TOKEN is set: commands still use that token. Unset it to stop.");
        }
        Some(TokenSource::Command) => {
            context.output.note("token-command is in the settings file: commands still use its token.");
        }
        _ => {
            let mut warnings = Vec::new();
            let home = context.settings.paths.home().filter(|_| context.settings.profile.is_none());
            let official = home.and_then(|home| read_official(home, &mut warnings));
            if official.is_some_and(|found| found.token.is_some()) {
                context.output.note(
                    "You are still signed in by ~/.ankra.yaml, the official CLI's login: sign out there \
                     with its own logout.",
                );
            }
        }
    }
}

/// Finds the id of the token in use. The platform lists tokens without saying which one asks, so with
/// several of them the person decides.
async fn own_token(context: &Context, client: &AuthenticatedClient) -> Result<TokenId> {
    let active: Vec<Token> =
        client.send(&routes::tokens()).await?.into_iter().filter(Token::is_active).collect();
    match active.as_slice() {
        [one] => one.id.parse(),
        several if !several.is_empty() && context.terminal.can_ask() => {
            let lines: Vec<String> = several.iter().map(describe).collect();
            let index = context.terminal.choose("The token that is saved here, to be revoked", &lines)?;
            context.invocation.asked("--token-id", &several[index].id);
            several[index].id.parse()
        }
        several => {
            let error = Error::usage("cannot tell which of your tokens is saved here");
            let error = several.iter().take(20).fold(error, |error, token| error.cause(describe(token)));
            Err(error.run("name it", Run::new("logout").arg("--token-id").arg("ID")))
        }
    }
}

fn describe(token: &Token) -> String {
    let name = token.name.as_deref().map_or("(no name)".into(), named);
    let created = token.created_at.iter().map(|time| format!(", created {time}"));
    let used = token.last_used_at.iter().map(|time| format!(", last used {time}"));
    [format!("{} {name}", named(&token.id))].into_iter().chain(created).chain(used).collect()
}
