//! `ankra token`

mod create;
mod words;

use jiff::Timestamp;
use words::{expiry, place, without_credentials};

use super::{Context, context::WIDEST_TITLE, place::Placed, records::TokenView};
use crate::{
    cli::{ShapeOptions, TokenCommand},
    error::{Error, ErrorKind, Result, Run},
    output::{Layout, named, shorten},
    platform::{AuthenticatedClient, Token, TokenId, TokenRef, routes},
    settings::{Profile, TokenSource},
};

pub(super) async fn run(context: &mut Context, command: TokenCommand) -> Result<()> {
    match command {
        TokenCommand::List(shape) => list(context, &shape).await,
        TokenCommand::Create(args) => create::create(context, args).await,
        TokenCommand::Revoke { names, yes } => end(context, Verb::Revoke, &names, yes).await,
        TokenCommand::Delete { names, yes } => end(context, Verb::Delete, &names, yes).await,
    }
}

/// Which logins of this machine use which token, where a sign-in made it.
struct Uses {
    /// The token of this command, where that is known.
    own: Option<TokenId>,
    profiles: Vec<(TokenId, Profile)>,
    /// The profile of this command.
    profile: Profile,
}

impl Uses {
    fn find(context: &Context, client: &AuthenticatedClient) -> Self {
        let settings = &context.settings;
        let is_saved = settings.token.as_ref().is_some_and(|found| found.source == TokenSource::Saved);
        let own = settings.login.as_ref().filter(|_| is_saved).and_then(|login| login.token_id);
        let all = settings.profiles().unwrap_or_default().into_iter();
        let of_here = all.filter(|(_, known)| known.base_url.as_ref() == Some(client.base()));
        let profiles = of_here.filter_map(|(profile, known)| Some((known.about.token_id?, profile)));
        Self { own, profiles: profiles.collect(), profile: settings.profile.clone().unwrap_or_default() }
    }

    fn is_own(&self, token: &Token) -> bool {
        self.own.is_some() && token.id.parse().ok() == self.own
    }

    /// The profiles whose login has this token.
    fn profiles(&self, token: &Token) -> Vec<&Profile> {
        let id = token.id.parse::<TokenId>().ok();
        let has_it = self.profiles.iter().filter(|(used, _)| Some(*used) == id);
        has_it.map(|(_, profile)| profile).collect()
    }

    /// The same, but for that of this command where it is this command's token.
    fn others(&self, token: &Token) -> Vec<&Profile> {
        let is_own = self.is_own(token);
        self.profiles(token).into_iter().filter(|one| !(is_own && **one == self.profile)).collect()
    }

    /// In words: `this login, profile d2`.
    fn words(&self, token: &Token) -> Option<String> {
        let own = self.is_own(token).then(|| "this login".to_owned());
        let others = self.others(token).into_iter().map(|one| format!("profile {one}"));
        let all: Vec<String> = own.into_iter().chain(others).collect();
        (!all.is_empty()).then(|| all.join(", "))
    }

    fn view(&self, token: &Token) -> TokenView {
        let expires_at = expiry(token.expires_at.as_deref());
        let is_expired = || {
            let end = expires_at.as_ref().and_then(|end| end.parse::<Timestamp>().ok());
            end.is_some_and(|end| end <= Timestamp::now())
        };
        let status = match token {
            token if !token.is_active() => "revoked",
            _ if is_expired() => "expired",
            _ => "active",
        };
        TokenView {
            id: token.id.clone(),
            name: token.name.clone(),
            created_at: token.created_at.clone(),
            expires_at,
            last_used_at: token.last_used_at.clone(),
            revoked_at: token.revoked_at.clone().filter(|time| !time.is_empty()),
            status,
            in_use: self.is_own(token),
            used_by: self.profiles(token).into_iter().map(ToString::to_string).collect(),
            used_by_words: self.words(token),
        }
    }
}

async fn list(context: &mut Context, shape: &ShapeOptions) -> Result<()> {
    let layout = shape.layout::<TokenView>()?;
    let client = context.client_of_own_organisation().await?;
    let mut all = client.send(&routes::tokens()).await?;
    all.sort_by(|a, b| (&a.name, &a.created_at, &a.id).cmp(&(&b.name, &b.created_at, &b.id)));
    let uses = Uses::find(context, &client);
    if all.is_empty() {
        context.output.note("No API tokens.");
    }
    context.output.list(&all.iter().map(|one| uses.view(one)).collect::<Vec<_>>(), &layout)
}

/// What is done to tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verb {
    Revoke,
    Delete,
}

impl Verb {
    /// `Revoke`, `revoking` and `Revoked`.
    const fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Revoke => ("Revoke", "revoking", "Revoked"),
            Self::Delete => ("Delete", "deleting", "Deleted"),
        }
    }

    /// Whether it can be done to this one.
    fn fits(self, token: &Token) -> bool {
        (self == Self::Revoke) == token.is_active()
    }
}

/// What a person calls it: its name, else its id.
fn title(token: &Token) -> std::borrow::Cow<'_, str> {
    named(token.name.as_deref().filter(|name| !name.is_empty()).unwrap_or(&token.id))
}

/// The one of `all` that is meant; of several that have the name, the only one to which that can be done.
fn find<'a>(all: &'a [Token], wanted: &TokenRef, verb: Verb) -> Result<&'a Token> {
    let is_wanted = |one: &&Token| match wanted {
        TokenRef::Id(id) => one.id.parse().ok() == Some(*id),
        TokenRef::Name(name) => one.name.as_ref() == Some(name),
    };
    let mut matches: Vec<&Token> = all.iter().filter(is_wanted).collect();
    let fitting: Vec<&Token> = matches.iter().copied().filter(|one| verb.fits(one)).collect();
    if matches.len() > 1 && !fitting.is_empty() {
        matches = fitting;
    }
    let shown = wanted.to_string();
    match matches.as_slice() {
        [one] => Ok(one),
        [] => {
            let error = Error::new(ErrorKind::NotFound, format!("there is no token {}", named(&shown)));
            let names: Vec<_> = all.iter().filter(|one| verb.fits(one)).take(20).map(title).collect();
            let error = if names.is_empty() {
                error
            } else {
                error.hint(format!("those that there are: {}", names.join(", ")))
            };
            Err(error.run("see what there is with", Run::new("token list")))
        }
        several => {
            let ids: Vec<_> = several.iter().take(20).map(|one| named(&one.id)).collect();
            Err(Error::usage(format!("several tokens are named {}", named(&shown)))
                .hint(format!("choose one by its id: {}", ids.join(", ")))
                .run("see which is which with", Run::new("token list")))
        }
    }
}

/// Finds all, asks once for all, then does it to one after the other.
async fn end(context: &mut Context, verb: Verb, names: &[TokenRef], yes: bool) -> Result<()> {
    let client = context.client_of_own_organisation().await?;
    let all = client.send(&routes::tokens()).await?;
    let uses = Uses::find(context, &client);
    let mut found: Vec<(&Token, TokenId)> = Vec::new();
    for wanted in names {
        let one = find(&all, wanted, verb)?;
        if found.iter().any(|(other, _)| other.id == one.id) {
            continue;
        }
        match verb {
            Verb::Revoke if !verb.fits(one) => {
                context.output.note(&format!("The token {} is revoked already.", title(one)));
            }
            Verb::Delete if !verb.fits(one) => {
                return Err(Error::usage(format!("the token {} is not revoked", title(one)))
                    .cause("only a token that was revoked can be deleted")
                    .run("revoke it first with", Run::new("token revoke").arg(&one.id)));
            }
            _ => found.push((one, one.id.parse()?)),
        }
    }
    // Once this command's own is revoked, no other can be.
    found.sort_by_key(|(one, _)| uses.is_own(one));
    if !found.is_empty() {
        let place = place(context, client.base());
        agree(context, verb, &uses, &all, &found, &place, yes)?;
    }
    let mut done = Vec::new();
    let mut outcome = Ok(());
    for (one, id) in found {
        // However many there are, each gets the whole time.
        context.deadline.restart();
        let sent = match verb {
            Verb::Revoke => client.send(&routes::revoke_token(id)).await,
            Verb::Delete => client.send(&routes::delete_token(id)).await,
        };
        match sent {
            Ok(()) => {
                let place = place(context, client.base());
                context.output.note(&format!("{} the token {}{place}.", verb.words().2, title(one)));
                tell_of_logins(context, verb, &uses, one);
                let status = if verb == Verb::Revoke { "revoked" } else { "deleted" };
                let result = TokenView { status, ..uses.view(one) };
                done.push(Placed::new(result, context.place()));
            }
            Err(error) => {
                outcome = Err(without_credentials(error));
                break;
            }
        }
    }
    // What was done is reported even if a later one failed; a person has read it in the notes.
    if !context.output.options().format.is_table() {
        context.output.list(&done, &Layout::default())?;
    }
    outcome
}

/// Asks, after showing each with what uses it; with `--yes` it is told.
fn agree(
    context: &Context,
    verb: Verb,
    uses: &Uses,
    all: &[Token],
    found: &[(&Token, TokenId)],
    place: &str,
    yes: bool,
) -> Result<()> {
    let (imperative, doing, done) = verb.words();
    let users_of = |one: &Token| uses.words(one).filter(|_| verb == Verb::Revoke);
    // The token of this command may be one of them, where no sign-in here made it.
    let is_unknown = verb == Verb::Revoke && uses.own.is_none() && !context.settings.sandbox;
    let is_certain = all.iter().filter(|one| one.is_active()).count() == 1;
    if yes {
        for (one, _) in found {
            if let Some(users) = users_of(one) {
                context.output.warn(&format!("the token {} is in use here: by {users}", title(one)));
            }
        }
        return Ok(());
    }
    context.terminal.ensure_agreement(doing)?;
    for (one, _) in found {
        let time = |what: &str, time: &Option<String>| {
            time.as_ref()
                .filter(|time| !time.is_empty())
                .map(|time| format!(", {what} {}", shorten(time, WIDEST_TITLE)))
        };
        let created = time("created", &one.created_at).unwrap_or_default();
        let last = time("last used", &one.last_used_at).unwrap_or_default();
        context.terminal.say(&format!("{} (id {}){created}{last}", title(one), named(&one.id)))?;
        if let Some(users) = users_of(one) {
            context.terminal.say(&format!("  in use here: by {users}"))?;
        } else if is_unknown && is_certain {
            context.terminal.say("  the only token that is accepted: this command uses it")?;
        }
    }
    if is_unknown && !is_certain {
        context.terminal.say("Whether the token of this command is among them cannot be told.")?;
    }
    let question = match found {
        [(one, _)] if users_of(one).is_some() => {
            format!("{imperative} the token {}{place}, which is in use here?", title(one))
        }
        [(one, _)] => format!("{imperative} the token {}{place}?", title(one)),
        several => format!("{imperative} these {} tokens{place}?", several.len()),
    };
    context.terminal.agree(doing, &question, &format!("nothing was {}", done.to_lowercase()))
}

/// Says which logins of this machine are worth nothing any more, and what helps.
fn tell_of_logins(context: &Context, verb: Verb, uses: &Uses, token: &Token) {
    if verb == Verb::Delete {
        return;
    }
    let of_profile = |profile: &Profile| Run::new("login").arg("--profile").arg(profile.name());
    if uses.is_own(token) {
        let line = context.invocation.line(&Run::new("login"));
        context.output.warn(&format!("commands of this login fail until you sign in again: {line}"));
    }
    for profile in uses.others(token) {
        let line = context.invocation.line(&of_profile(profile));
        context.output.warn(&format!("commands of profile {profile} fail until you sign in again: {line}"));
    }
}
