//! An OCI registry: does it let these credentials in, and would it let in anybody?
//!
//! Never asked with made-up passwords: an account could be locked for it. Instead the same is
//! asked without any, and a yes counts only where that is refused.

use super::{
    challenge::Challenge,
    probe::{FOLDER, Probe, Progress},
    reply::{Reading, Reply, Trusted},
    report::Verdict,
    token::BearerToken,
    token_service::{Anonymous, PasswordIs, TokenService, anonymous},
};
use crate::http::quote;

/// Checks the credentials. `Ok`: they are good.
pub(super) async fn check(probe: &mut Probe<'_>) -> Progress<()> {
    let reply = probe.contact(&["v2", ""]).await?;
    probe.usable("registry", &reply)?;
    let challenge = match reply.status.as_u16() {
        200 if reply.is_object() => return open(probe).await,
        401 => pick(probe, &reply)?,
        403 => {
            let detail = format!("{}; no password was sent, since it asks for none", reply.answered());
            let hint = "a firewall may refuse this machine: ask who runs the registry";
            return Err(probe.failed("registry", detail, Verdict::CannotTell, [hint]));
        }
        _ => return Err(probe.not_a_registry("registry", &reply)),
    };
    let way = if challenge.scheme == "bearer" { "a token" } else { "a user name and a password" };
    probe.passed("registry", format!("an OCI registry, which asks for {way}"));
    if challenge.scheme == "bearer" {
        return bearer(probe, &challenge, reply.url).await;
    }
    login(probe, &reply.url).await?;
    if probe.url.path().is_empty() { Ok(()) } else { path(probe, true).await }
}

/// Asks for the path with the password, which was accepted before if `signed_in`.
async fn path(probe: &mut Probe<'_>, signed_in: bool) -> Progress<()> {
    let reply = probe.ask("path", &target(probe), Some(probe.basic.clone())).await?;
    match reply.reading() {
        Reading::Refused if reply.is(401) && !signed_in => Err(probe.wrong_password("path", &reply)),
        Reading::Refused => Err(probe.no_access("path", &reply, signed_in)),
        other => read(probe, &reply, &other),
    }
}

/// A registry that lets anybody greet it: only the path can tell.
async fn open(probe: &mut Probe<'_>) -> Progress<()> {
    const PUBLIC: &str = "it asks nobody for a password: none was sent, and none is needed to read here";
    if probe.url.path().is_empty() {
        let hint = "name a path that only its members may read: oci://HOST/PATH";
        return Err(probe.failed("registry", PUBLIC, Verdict::CannotTell, [hint]));
    }
    probe.passed("registry", "an OCI registry, which asks for a password only where it is needed");
    let url = target(probe);
    let reply = probe.ask("path", &url, None).await?;
    match reply.reading() {
        Reading::Refused => {}
        Reading::Yes | Reading::Nothing => {
            let detail = format!("{}: {PUBLIC}", probe.url.path());
            let hint =
                "a public path needs no credentials; to check them, name one that only its members may read";
            return Err(probe.failed("path", detail, Verdict::CannotTell, [hint]));
        }
        other => return read(probe, &reply, &other),
    }
    let challenge = pick(probe, &reply)?;
    if challenge.scheme == "bearer" {
        return bearer(probe, &challenge, url).await;
    }
    path(probe, false).await
}

/// The way in that this program knows, tokens before passwords.
fn pick(probe: &mut Probe<'_>, reply: &Reply) -> Progress<Challenge> {
    let by = |scheme: &str| reply.challenges.iter().find(|challenge| challenge.scheme == scheme);
    if let Some(challenge) =
        by("bearer").filter(|challenge| challenge.param("realm").is_some()).or(by("basic"))
    {
        return Ok(challenge.clone());
    }
    let schemes: Vec<&str> = reply.challenges.iter().map(|one| one.scheme.as_str()).collect();
    let detail = match schemes.as_slice() {
        [] => "it refuses, and does not say how to sign in".to_owned(),
        _ => format!("it asks for another way of signing in: {}", quote(&schemes.join(", "))),
    };
    Err(probe.failed("registry", detail, Verdict::NotARegistry, ["check the registry URL"]))
}

/// Signs in where no token is needed. The same address was refused without a password.
async fn login(probe: &mut Probe<'_>, url: &Trusted) -> Progress<()> {
    let reply = probe.ask("login", url, Some(probe.basic.clone())).await?;
    match reply.status.as_u16() {
        200 => {
            let detail = format!("the user name {} and the password are accepted", probe.username);
            probe.passed("login", detail);
            Ok(())
        }
        // Amazon answers 400 to a password of another region, or one that is cut.
        400 | 401 => Err(probe.wrong_password("login", &reply)),
        403 => Err(probe.no_access("login", &reply, false)),
        _ => Err(probe.not_a_registry("login", &reply)),
    }
}

/// Gets a token and asks with it for `greeting`, or for the path where there is one.
async fn bearer(probe: &mut Probe<'_>, challenge: &Challenge, greeting: Trusted) -> Progress<()> {
    let path = probe.url.path();
    let service = TokenService::of(probe, challenge)?;
    let token = service.own_token(probe).await?;
    let url = if path.is_empty() { greeting } else { target(probe) };
    let step = if path.is_empty() { "login" } else { "path" };
    let reply = probe.ask(step, &url, Some(token.header.clone())).await?;
    let found = reply.reading();
    if matches!(found, Reading::Refused) {
        return Err(match service.login(probe, &token).await {
            PasswordIs::Wrong(answer) => probe.wrong_password("login", &answer),
            login => probe.no_access(step, &reply, matches!(login, PasswordIs::Right)),
        });
    }
    if path.is_empty() {
        if !reply.is(200) {
            return Err(probe.not_a_registry(step, &reply));
        }
        probe.passed("login", "the registry accepts the token");
    } else {
        read(probe, &reply, &found)?;
    }
    let what = if path.is_empty() { "get in".to_owned() } else { format!("read {path}") };
    match anonymous(probe, &service.address, Some((&url, &found))).await {
        Anonymous::Refused => {
            probe.passed("anonymous", format!("nobody may {what} without a password"));
            Ok(())
        }
        Anonymous::LetIn => anybody(probe, &service, &token, &what).await,
        Anonymous::Unclear(why) => {
            let detail = format!("whether anybody may {what} is not known: {why}");
            Err(probe.failed("anonymous", detail, Verdict::CannotTell, ["try again later"]))
        }
    }
}

/// Where anybody may do `what`, only the login can tell.
async fn anybody(
    probe: &mut Probe<'_>,
    service: &TokenService,
    token: &BearerToken,
    what: &str,
) -> Progress<()> {
    if token.names_somebody {
        let detail = format!("anybody may {what}; the token names its owner, so the password was accepted");
        probe.passed("anonymous", detail);
        return Ok(());
    }
    match service.bare_login(probe).await {
        PasswordIs::Right => {
            let detail = format!("anybody may {what}; a login needs a password, and this one is accepted");
            probe.passed("anonymous", detail);
            Ok(())
        }
        PasswordIs::Wrong(answer) => Err(probe.wrong_password("login", &answer)),
        PasswordIs::Unclear => {
            let detail = format!("anybody may {what}, so this proves nothing about the password");
            let hint = "name a path that only its members may read";
            Err(probe.failed("anonymous", detail, Verdict::CannotTell, [hint]))
        }
    }
}

/// What only a reader of the path may see.
fn target(probe: &Probe<'_>) -> Trusted {
    let path = probe.url.path().split('/');
    let mut url = probe.own(["v2"].into_iter().chain(path).chain(["tags", "list"]));
    url.0.set_query(Some("n=1"));
    url
}

/// Notes that the path can be read, or ends the check; a refusal has been dealt with before.
fn read(probe: &mut Probe<'_>, reply: &Reply, found: &Reading) -> Progress<()> {
    let path = probe.url.path();
    match found {
        Reading::Yes => probe.passed("path", format!("{path} can be read")),
        Reading::Nothing => {
            probe.passed("path", format!("{path} may be read, but there is nothing (yet); {FOLDER}"));
        }
        Reading::NotFound => {
            return Err(probe.failed(
                "path",
                reply.answered(),
                Verdict::NotFound,
                ["check the path", FOLDER],
            ));
        }
        Reading::Refused | Reading::Other => return Err(probe.not_a_registry("path", reply)),
    }
    Ok(())
}
