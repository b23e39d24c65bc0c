//! What is said of secrets that expire, in lists and notes.

use jiff::Timestamp;

use crate::{
    commands::{Context, name::on_a_line},
    error::Run,
    instant::exact,
    output::{End, ago, in_short, named},
    platform::{CredentialName, REGISTRY},
    providers::Provider,
};

/// A credential whose secret ends.
#[derive(Clone, Copy, Debug)]
pub(in crate::commands) struct Ending<'a> {
    pub(in crate::commands) provider: &'a str,
    pub(in crate::commands) id: &'a str,
    pub(in crate::commands) name: &'a str,
    pub(in crate::commands) end: End,
}

/// What replaces the secret of the credential `name`, and the words before it. `is_alone`: no other has the name.
pub(in crate::commands) fn replacement(
    provider: &str,
    (id, name): (&str, &str),
    is_alone: bool,
) -> (&'static str, Run) {
    let called = on_a_line(id, name, is_alone);
    match Provider::named(provider) {
        // The routes of registries know one by its name, and no other than a valid one.
        _ if provider == REGISTRY && name.parse::<CredentialName>().is_ok() => {
            ("replace its password with", Run::new("credentials registry refresh").named(called))
        }
        _ if provider == REGISTRY => {
            ("store a new one with", Run::new("credentials registry create").arg("--name").arg("NEW-NAME"))
        }
        Some(provider) => ("store a new one with", provider.creation("NEW-NAME")),
        None => ("see what uses it with", Run::new("credentials get").named(called)),
    }
}

/// Says when what was stored expires, if that is known.
pub(in crate::commands) fn tell(context: &Context, provider: &str, name: &str, end: Option<Timestamp>) {
    let Some(end) = end else { return };
    let (words, run) = replacement(provider, (name, name), true);
    let line = context.invocation.line(&run);
    if end <= Timestamp::now() {
        context.output.warn(&format!("its secret expired {} ({}); {words}: {line}", ago(end), exact(end)));
    } else if provider == REGISTRY {
        context.output.note(&format!("It expires {} ({}). To replace it: {line}", ago(end), exact(end)));
    } else {
        context.output.note(&format!(
            "It expires {} ({}). Before that, {words}: {line}",
            ago(end),
            exact(end)
        ));
    }
}

/// Warns of those of `all` whose secrets have expired. Whether another has the name of one `is_alone` tells.
pub(in crate::commands) fn tell_of_ended<'a>(
    context: &Context,
    all: impl IntoIterator<Item = Ending<'a>>,
    is_alone: impl Fn(&str) -> bool,
) {
    let now = Timestamp::now();
    let ended: Vec<Ending<'_>> = all.into_iter().filter(|one| one.end.is_past(now)).collect();
    let Some(Ending { provider, id, name, .. }) = ended.first() else { return };
    let (words, run) = replacement(provider, (id, name), is_alone(name));
    let line = context.invocation.line(&run);
    context.output.warn(&match ended.as_slice() {
        [one] => format!("{} has expired; {words}: {line}", named(one.name)),
        all => {
            let names: Vec<&str> = all.iter().map(|one| one.name).collect();
            let (count, names) = (all.len(), in_short(&names));
            format!("{count} credentials have expired: {names}; replace each, as with: {line}")
        }
    });
}
