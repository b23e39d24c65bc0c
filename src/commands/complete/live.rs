//! What the platform holds: names, ids and kinds.

use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use crate::{
    cli::{Candidate, GlobalArgs, Next, ProviderName, Values},
    commands::{
        Context, Invocation,
        cache::{self, Cache, Entry, Kind},
        name,
    },
    deadline::Deadline,
    error::Result,
    output::{Options, Output},
    platform::{BaseUrl, CredentialId, Token, routes},
    settings::{self, Environment, Held, Known, Settings, TokenSource},
    terminal::Terminal,
};

/// How long a person waits for an answer, from the program's start on.
const LIMIT: Duration = Duration::from_millis(350);

/// The values that `next` asks for. Everything that can block (a file system, a lock, a network) does
/// so on a thread of its own, which ends with the process.
pub(super) fn values(next: &Next, started: Instant) -> Vec<Candidate> {
    let values = next.values;
    let found = next.global.clone().map(|global| {
        let (tell, told) = mpsc::channel();
        // Where there is no thread to be had, there is no answer either.
        let _ = thread::Builder::new().spawn(move || {
            tell.send(match values {
                Values::Profiles => profiles(&global),
                Values::Organisations => look(&global, Kind::Organisations, started),
                Values::Tokens => look(&global, Kind::Tokens, started),
                _ => look(&global, Kind::Credentials, started),
            })
        });
        told.recv_timeout(LIMIT.saturating_sub(started.elapsed())).ok().flatten().unwrap_or_default()
    });
    let found = found.unwrap_or_default();
    match values {
        Values::Credentials(provider) => credentials(&found, provider),
        Values::Organisations => organisations(found),
        Values::Profiles => named(found.iter(), |one| one.kind.clone()),
        Values::Tokens => named(found.iter(), |one| format!("{} token", one.kind)),
        Values::Providers => providers(&found),
        _ => Vec::new(),
    }
}

/// Each organisation by its name, else by its slug.
fn organisations(mut all: Vec<Entry>) -> Vec<Candidate> {
    for one in all.iter_mut().filter(|one| one.name.is_empty()) {
        one.name.clone_from(&one.kind);
    }
    named(all.iter(), |_| "organisation".to_owned())
}

/// The profiles of the settings file and of the saved tokens, each with its address.
fn profiles(global: &GlobalArgs) -> Option<Vec<Entry>> {
    let all = settings::profiles(global.config.as_deref()).ok()?;
    let address = |known: &Known| known.base_url.as_ref().map(BaseUrl::to_string).unwrap_or_default();
    Some(all.iter().map(|(profile, known)| Entry::new("", profile.name(), &address(known))).collect())
}

/// Reads names from the cache, else from the platform; `None` if neither works without a message.
fn look(global: &GlobalArgs, kind: Kind, started: Instant) -> Option<Vec<Entry>> {
    let mut settings = Settings::resolve(global, &Environment::of_process()).ok()?;
    settings.ensure_profile().ok()?;
    // The line is not finished: an address in it may be anybody's, and a token that is bound to
    // none does not go there before Enter.
    let named_here = global.base_url.is_some() || global.config.is_some() || global.profile.is_some();
    if named_here && settings.token.as_ref().is_some_and(|found| found.source == TokenSource::Environment) {
        return None;
    }
    // Nor is a sandbox made by a Tab.
    let has_sandbox = || settings.paths.sandbox().is_ok_and(|folder| folder.exists());
    let is_there = if settings.sandbox { has_sandbox() } else { settings.token.is_some() };
    if !is_there {
        return None;
    }
    settings.no_input = true;
    let cache = Cache::of(&settings, kind);
    if let Some(held) = cache.as_ref().and_then(|cache| cache.load(cache::AGE)) {
        return Some(held);
    }
    // No Tab runs a command, or has a keychain ask to be unlocked.
    if let Some(found) = &mut settings.token {
        found.held = Held::Here(found.held.at_hand()?);
    }
    let output = Rc::new(Output::new(Options { quiet: true, silent: true, ..Options::default() }));
    let deadline = Deadline::after(LIMIT.saturating_sub(started.elapsed()));
    let (terminal, invocation) = (Terminal::new(true), Invocation::default());
    let mut context = Context { settings, deadline, terminal, output, invocation };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().ok()?;
    let found = runtime.block_on(ask(&mut context, kind)).ok()?;
    if let Some(cache) = cache {
        cache.save(&found);
    }
    Some(found)
}

async fn ask(context: &mut Context, kind: Kind) -> Result<Vec<Entry>> {
    Ok(match kind {
        Kind::Credentials => {
            let all = context.client().await?.send(&routes::credentials(None)).await?;
            all.iter().map(|one| Entry::new(one.id(), one.name(), one.provider())).collect()
        }
        Kind::Organisations => {
            let all = context.client_of_own_organisation().await?.send(&routes::organisations()).await?;
            cache::organisations(&all)
        }
        Kind::Tokens => {
            let all = context.client_of_own_organisation().await?.send(&routes::tokens()).await?;
            let state = |one: &Token| if one.is_active() { "active" } else { "revoked" };
            let entry =
                |one: &Token| Entry::new(&one.id, one.name.as_deref().unwrap_or_default(), state(one));
            all.iter().map(entry).collect()
        }
    })
}

fn credentials(all: &[Entry], provider: Option<&str>) -> Vec<Candidate> {
    let fitting = all.iter().filter(|one| provider.is_none_or(|provider| one.kind == provider));
    named(fitting, |one| name::kind(&one.kind))
}

/// Returns each credential by its name, or by its id if the name is not a plain word or not unique.
fn named<'a>(
    all: impl Iterator<Item = &'a Entry> + Clone,
    about: impl Fn(&Entry) -> String,
) -> Vec<Candidate> {
    let mut count = BTreeMap::<&str, usize>::new();
    for one in all.clone() {
        *count.entry(&one.name).or_default() += 1;
    }
    let is_id = |text: &str| text.parse::<CredentialId>().is_ok();
    let mut found: Vec<Candidate> = all
        .filter_map(|one| {
            if is_plain(&one.name) && !is_id(&one.name) && count[one.name.as_str()] == 1 {
                return Some(Candidate { value: one.name.clone(), about: about(one) });
            }
            let id = Some(&one.id).filter(|id| is_id(id))?;
            Some(Candidate { value: id.clone(), about: format!("{} {:?}", about(one), one.name) })
        })
        .collect();
    found.sort_unstable_by(|a, b| a.value.cmp(&b.value));
    found
}

fn providers(all: &[Entry]) -> Vec<Candidate> {
    let mut words: BTreeSet<String> = ProviderName::known().into_iter().collect();
    words.extend(all.iter().map(|one| one.kind.clone()).filter(|kind| is_plain(kind)));
    words
        .into_iter()
        .map(|word| Candidate { about: format!("{}s", name::kind(&word)), value: word })
        .collect()
}

/// A name that is a word to every shell, and no option.
fn is_plain(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 253
        && !name.starts_with('-')
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::{Entry, ProviderName, credentials, providers};

    const ID: &str = "6f1dbe5c-3f0c-4a5e-9d3f-0a6f5b1c2d3e";

    fn offered(all: &[Entry], provider: Option<&str>) -> Vec<String> {
        credentials(all, provider).into_iter().map(|one| one.value).collect()
    }

    #[test]
    fn a_name_that_is_no_plain_word_is_offered_by_its_id() {
        let hostile = ["$(id)", "a;b", "it's", "a\nb", "-rf", "a b", "", "a/b", "a:b", "é", ID];
        for name in hostile {
            let all = [Entry::new(ID, name, "hetzner")];
            assert_eq!(offered(&all, None), [ID], "{name:?}");
            assert_eq!(offered(&[Entry::new("$(id)", name, "hetzner")], None), [""; 0], "{name:?}");
        }
        assert_eq!(offered(&[Entry::new(ID, "a-B_c.9", "hetzner")], None), ["a-B_c.9"]);
        let about = &credentials(&[Entry::new(ID, "$(id)\n", "ovh")], None)[0].about;
        assert_eq!(about, r#"OVH credential "$(id)\n""#);
    }

    #[test]
    fn a_name_that_several_have_is_offered_by_their_ids() {
        let other = ID.replace('6', "7");
        let all = [
            Entry::new(ID, "twice", "ovh"),
            Entry::new(&other, "twice", "registry"),
            Entry::new("x", "once", "ovh"),
        ];
        assert_eq!(offered(&all, None), [ID, &other, "once"]);
        assert_eq!(offered(&all, Some("registry")), ["twice"]);
    }

    #[test]
    fn providers_are_those_known_and_those_there() {
        let all =
            [Entry::new(ID, "a", "gitea"), Entry::new(ID, "b", "$(id)"), Entry::new(ID, "c", "ovh_ssh_key")];
        let words: Vec<String> = providers(&all).into_iter().map(|one| one.value).collect();
        let mut wanted = [ProviderName::known(), vec!["gitea".to_owned()]].concat();
        wanted.sort_unstable();
        assert_eq!(words, wanted);
    }
}
