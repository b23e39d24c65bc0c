//! `ankra logout`

use super::{Context, cache::forget};
use crate::{
    cli::LogoutArgs,
    error::{Error, ErrorKind, Result, Run},
    output::named,
    platform::{AuthenticatedClient, Token, TokenId, routes},
    settings::TokenSource,
};

/// Revokes the saved token, then removes it. A token that could not be revoked stays saved.
pub(super) async fn logout(context: &mut Context, args: &LogoutArgs) -> Result<()> {
    if context.settings.sandbox {
        return Err(Error::usage("the sandbox needs no sign-in, hence no sign-out"));
    }
    let file = context.settings.login_file()?;
    file.sweep();
    let Some(saved) = file.load()? else {
        let of =
            context.settings.profile.as_ref().map(|one| format!(" for profile {one}")).unwrap_or_default();
        context.output.note(&format!("No token is saved{of} on this machine."));
        tell_other_tokens(context);
        return Ok(());
    };
    if !args.local {
        let client = context.client_with(saved.base_url.clone(), &saved.token, Some(TokenSource::Saved))?;
        match revoke(context, &client, args.token_id).await {
            Ok(()) => context.output.note(&format!("Revoked the token at {}.", saved.base_url)),
            Err(error) if error.kind() == ErrorKind::Authentication => {
                context.output.note("The platform no longer accepts the token: there is nothing to revoke.");
            }
            Err(error) => return Err(still_saved(error)),
        }
    }
    file.remove(&context.patience())?;
    forget(&context.settings.paths);
    context.output.note("Removed the token from this machine.");
    if args.local {
        context.output.warn("the token stays valid: revoke it on the platform if others may have seen it");
    }
    tell_other_tokens(context);
    Ok(())
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
        "the token is still saved; remove it from this machine alone with",
        Run::new("logout").arg("--local"),
    )
}

fn tell_other_tokens(context: &Context) {
    match context.settings.token.as_ref().map(|found| found.source) {
        Some(TokenSource::Environment) => {
            context.output.note("ANKRA_API_TOKEN is set: commands still use that token. Unset it to stop.");
        }
        Some(TokenSource::OfficialCli) => {
            context
                .output
                .note("~/.ankra.yaml holds a token of the official CLI: sign out there with its own logout.");
        }
        _ => {}
    }
}

async fn revoke(context: &Context, client: &AuthenticatedClient, chosen: Option<TokenId>) -> Result<()> {
    let id = match chosen {
        Some(id) => id,
        None => own_token(context, client).await?,
    };
    client.send(&routes::revoke_token(id)).await
}

/// Finds the id of the token in use. The platform lists tokens without saying which one asks, so with
/// several of them the person decides.
async fn own_token(context: &Context, client: &AuthenticatedClient) -> Result<TokenId> {
    let active: Vec<Token> = client
        .send(&routes::tokens())
        .await?
        .into_iter()
        .filter(|token| token.revoked != Some(true) && token.revoked_at.is_none())
        .collect();
    match active.as_slice() {
        [one] => one.id.parse(),
        several if !several.is_empty() && context.terminal.can_ask() => {
            let lines: Vec<String> = several.iter().map(describe).collect();
            let index = context.terminal.choose("The token that is saved here, to be revoked", &lines)?;
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
