//! What is said of secrets that expire, in lists and notes.

use jiff::Timestamp;

use crate::{
    commands::{Context, listing::in_short},
    error::Run,
    instant::exact,
    output::{End, ago, named},
    platform::REGISTRY,
    providers::Provider,
};

/// What replaces the secret of the credential `name`, and the words before it.
pub(in crate::commands) fn replacement(provider: &str, name: &str) -> (&'static str, Run) {
    match Provider::named(provider) {
        _ if provider == REGISTRY => {
            ("replace its password with", Run::new("credentials registry refresh").named(name))
        }
        Some(provider) => ("store a new one with", provider.creation("NEW-NAME")),
        None => ("see what uses it with", Run::new("credentials get").named(name)),
    }
}

/// Says when what was stored expires, if that is known.
pub(in crate::commands) fn tell(context: &Context, provider: &str, name: &str, end: Option<Timestamp>) {
    let Some(end) = end else { return };
    let (words, run) = replacement(provider, name);
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

/// Warns of the credentials whose secrets have expired: of each the provider, the name and the end.
pub(in crate::commands) fn tell_of_ended<'a>(
    context: &Context,
    all: impl IntoIterator<Item = (&'a str, &'a str, End)>,
) {
    let now = Timestamp::now();
    let ended = all.into_iter().filter(|(_, _, end)| end.is_past(now));
    let ended: Vec<(&str, &str)> = ended.map(|(provider, name, _)| (provider, name)).collect();
    let Some((provider, name)) = ended.first() else { return };
    let (words, run) = replacement(provider, name);
    let line = context.invocation.line(&run);
    context.output.warn(&match ended.as_slice() {
        [(_, one)] => format!("{} has expired; {words}: {line}", named(one)),
        all => {
            let names: Vec<&str> = all.iter().map(|(_, name)| *name).collect();
            let (count, names) = (all.len(), in_short(&names));
            format!("{count} credentials have expired: {names}; replace each, as with: {line}")
        }
    });
}
