//! `ankra login`

mod browser;
mod keep;

use std::io::IsTerminal;

pub(super) use keep::is_over;
use {browser::unsaved, keep::keep};

use super::{Context, secrets};
use crate::{
    cli::LoginArgs,
    error::{Error, Result, Run},
    platform::{API_TOKEN, BaseUrl, Obtained},
    secret::SecretSource,
};

/// How a token is got.
enum Way {
    /// A person signs in on a page, which is opened at once where that was asked for.
    Browser {
        at_once: bool,
    },
    Given(SecretSource),
    /// On standard input, which was not named as a source.
    Piped,
}

/// Gets a token, proves it with one request, then saves it for this platform alone.
pub(super) async fn login(context: &mut Context, args: LoginArgs) -> Result<()> {
    let base = context.settings.base_url.clone();
    if context.settings.sandbox {
        let error = Error::usage("the sandbox needs no sign-in");
        return Err(if context.invocation.has("--sandbox") {
            error.hint("leave out --sandbox to sign in to the platform")
        } else {
            error.hint("ANKRA_SANDBOX is set: unset it to sign in to the platform")
        });
    }
    // A file that cannot be used is found before anybody does anything in vain.
    let file = context.settings.login_file()?;
    file.load()?;
    let store = args.store;
    let obtained = match way(context, &base, args)? {
        Way::Browser { at_once } => {
            file.ensure_writable(store, &context.patience()).map_err(|error| unsaved(error, &base))?;
            browser::sign_in(context, &base, at_once).await?
        }
        Way::Given(source) => given(context, source)?,
        Way::Piped => given(context, SecretSource::Stdin).map_err(|error| {
            error.hint("pipe the token in, or name its source with --api-token-from SOURCE")
        })?,
    };
    keep(context, &base, &obtained, store).await
}

/// How to sign in. A token that may be there is never passed over for another way.
fn way(context: &Context, base: &BaseUrl, args: LoginArgs) -> Result<Way> {
    let has_terminal = std::io::stdin().is_terminal();
    Ok(match args {
        LoginArgs { api_token_from: Some(source), .. } => Way::Given(source),
        LoginArgs { api_token_stdin: true, .. } => Way::Given(SecretSource::Stdin),
        LoginArgs { with_token: true, .. } if has_terminal => Way::Given(SecretSource::Prompt),
        LoginArgs { with_token: true, .. } => Way::Piped,
        LoginArgs { web: true, .. } => Way::Browser { at_once: true },
        _ if has_terminal && context.terminal.can_ask() => Way::Browser { at_once: false },
        _ => {
            let error = if has_terminal {
                Error::usage("nobody can be asked, and nothing says how to sign in")
            } else {
                Error::usage("standard input is not a terminal, and nothing says how to sign in")
            };
            return Err(error
                .run("to read an API token from standard input", Run::new("login").arg("--with-token"))
                .run("to take it from elsewhere", Run::new("login").arg("--api-token-from").arg("SOURCE"))
                .run("to sign in with a browser, here or on another device", Run::new("login").arg("--web"))
                .hint(format!("API tokens are made at {base} under your account's API tokens"))
                .hint("in scripts, set ANKRA_API_TOKEN instead of signing in"));
        }
    })
}

/// The token that somebody made.
fn given(context: &Context, source: SecretSource) -> Result<Obtained> {
    let found = secrets::find_one(context, &API_TOKEN, source)?;
    let token = secrets::hidden(context, found, false)?;
    Ok(Obtained { token, id: None, name: None, expires_at: None })
}
