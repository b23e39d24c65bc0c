//! Signing in with a browser: the page's address is shown, and the token is collected while the person is there.

use base64ct::{Base64UrlUnpadded, Encoding};
use rand_core::{OsRng, RngCore};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::Context;
use crate::{
    commands::waiting::{Asked, Waited, Waiting},
    error::{Error, ErrorKind, Result, Run},
    platform::{BaseUrl, BegunLogin, Client, LoginAnswer, Obtained, SignInPage},
    process::Machine,
    secret::Secret,
};

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
    show(context, &page, base, &machine);
    let collected = collect(context, &client, (&page, &ticket), &verifier, at_once);
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

/// Asks for the token again and again, until it is there or never will be.
async fn collect(
    context: &Context,
    client: &Client,
    (page, ticket): (&SignInPage, &str),
    verifier: &Secret,
    at_once: bool,
) -> Result<Obtained> {
    let mut waiting = Waiting::begin(context, (page.url(), "the platform"), at_once, false)?;
    let mut asks_more = false;
    let waited = waiting
        .until(async |answer_due| {
            Ok(match client.poll_login(ticket, verifier, answer_due).await? {
                LoginAnswer::Done(obtained) => Asked::Done(obtained),
                LoginAnswer::Waiting { second_factor } => {
                    if second_factor && !std::mem::replace(&mut asks_more, true) {
                        context.output.note("A second factor is asked for: give it in the browser.");
                    }
                    Asked::Waiting
                }
                LoginAnswer::Trouble { why, wait } => Asked::Trouble { why, wait },
            })
        })
        .await?;
    match waited {
        Waited::Done(obtained) => Ok(obtained),
        Waited::Late(trouble) => {
            let error = Error::new(ErrorKind::TimedOut, "the sign-in expired");
            let error = error.cause("nobody approved it within ten minutes");
            Err(trouble.into_iter().fold(error, Error::cause))
        }
        Waited::Interrupted => {
            drop(waiting);
            Err(Error::new(ErrorKind::Declined, "the sign-in was broken off"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{challenge, new_verifier};
    use crate::secret::Secret;

    #[test]
    fn the_challenge_is_that_of_the_standard() {
        // RFC 7636, appendix B.
        let verifier = Secret::copied("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
        assert_eq!(challenge(&verifier), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
        let (one, other) = (new_verifier(), new_verifier());
        assert!(one.expose().len() == 43 && !one.same_as(&other));
    }
}
