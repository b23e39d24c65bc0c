//! Collects the secrets of one command, in one fixed order.

use crate::{
    error::{Error, Result},
    secret::{Secret, SecretSource, bundle, read},
};

/// A secret that a command needs: data of a provider.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The flag without dashes and without `-from` (`api-token`); with `_` its JSON and wire key.
    pub name: &'static str,
    /// What a prompt calls it (`Hetzner API token`).
    pub label: &'static str,
    /// Upper-case names under which dotenv text may hold it, besides its own (`HCLOUD_TOKEN`).
    pub env_names: &'static [&'static str],
    /// Line feeds, carriage returns and tabs are part of its format (a JSON key file).
    pub multiline: bool,
}

impl Field {
    /// The flag that names the field's source.
    fn flag(&self) -> String {
        format!("--{}-from", self.name)
    }

    /// The short form of that flag with `stdin`, for the fields that have one.
    fn stdin_flag(&self) -> Option<String> {
        matches!(self.name, "api-token" | "password").then(|| format!("--{}-stdin", self.name))
    }
}

/// A field and the source that the command line gives for it, if any.
#[derive(Clone, Debug)]
pub struct Wanted<'a> {
    /// What is wanted.
    pub field: &'a Field,
    /// From where; `None`: from the bundle if there is one, else the prompt.
    pub source: Option<SecretSource>,
}

/// The flag that names the bundle.
const BUNDLE_FLAG: &str = "--secrets-from";

/// What could be had without a person, in the order of what was wanted.
#[derive(Debug)]
pub struct Gathered<'a>(Vec<(&'a Field, Option<Secret>)>);

impl Gathered<'_> {
    /// Completes it with `ask`, the hidden prompt, in the order of what was wanted.
    ///
    /// # Errors
    /// What `ask` refuses, and usage for an answer that is no such secret. Neither repeats it.
    pub fn ask(self, mut ask: impl FnMut(&Field) -> Result<Secret>) -> Result<Vec<Secret>> {
        let complete = |(field, found): (&Field, Option<Secret>)| match found {
            Some(secret) => Ok(secret),
            None => answer(field, ask(field)?),
        };
        self.0.into_iter().map(complete).collect()
    }

    /// As it is, with nothing in the place of each secret that a person would be asked for.
    #[must_use]
    pub fn unasked(self) -> Vec<Secret> {
        let blank = || Secret::new(String::new());
        self.0.into_iter().map(|(_, found)| found.unwrap_or_else(blank)).collect()
    }
}

/// Reads every wanted secret that needs no person: its own source first, then `bundle`
/// (`--secrets-from`: one JSON object or dotenv text). The rest is left to [`Gathered::ask`];
/// where nobody `can_ask`, nothing is.
///
/// # Errors
/// Usage errors, before anything is read: two flags that read standard input or the same descriptor;
/// a bundle from the prompt; a secret that would have to be asked for where nobody can be asked (with
/// a bundle, that is known once the bundle is read, before any other source). And whatever
/// [`SecretSource::read`] refuses. No error repeats a secret.
pub fn gather<'a>(
    wanted: &[Wanted<'a>],
    bundle: Option<&SecretSource>,
    can_ask: bool,
) -> Result<Gathered<'a>> {
    refuse_shared_descriptors(wanted, bundle)?;
    if bundle == Some(&SecretSource::Prompt) {
        return Err(Error::usage(format!("{BUNDLE_FLAG} cannot be a prompt"))
            .hint("leave it out to be asked for each secret"));
    }
    if !can_ask {
        let hopeless = |w: &&Wanted<'_>| match &w.source {
            Some(source) => *source == SecretSource::Prompt,
            None => bundle.is_none(),
        };
        refuse_missing(&wanted.iter().filter(hopeless).collect::<Vec<_>>())?;
    }

    let bundled: Vec<&Field> = wanted.iter().filter(|w| w.source.is_none()).map(|w| w.field).collect();
    let mut bundled = match bundle {
        Some(source) if !bundled.is_empty() => bundle::read(source, &bundled)?,
        _ => vec![None; bundled.len()],
    }
    .into_iter();
    let mut found: Vec<Option<Secret>> =
        wanted.iter().map(|w| if w.source.is_none() { bundled.next().flatten() } else { None }).collect();
    if !can_ask {
        let missing = wanted.iter().zip(&found).filter(|(w, found)| w.source.is_none() && found.is_none());
        refuse_missing(&missing.map(|(w, _)| w).collect::<Vec<_>>())?;
    }

    for (w, found) in wanted.iter().zip(&mut found) {
        match &w.source {
            None | Some(SecretSource::Prompt) => {}
            Some(source) => *found = Some(source.read(w.field)?),
        }
    }
    Ok(Gathered(wanted.iter().map(|w| w.field).zip(found).collect()))
}

/// What a person gave, held to the same rules as every source.
fn answer(field: &Field, secret: Secret) -> Result<Secret> {
    match read::check(secret.expose(), field) {
        Ok(()) => Ok(secret),
        Err(refusal) => Err(refusal.about(field.label, &SecretSource::Prompt)),
    }
}

/// A descriptor can be emptied once: refuses two flags that would.
fn refuse_shared_descriptors(wanted: &[Wanted<'_>], bundle: Option<&SecretSource>) -> Result<()> {
    let fields = wanted.iter().filter_map(|w| Some((w.field.flag(), w.source.as_ref()?.descriptor()?)));
    let bundle = bundle.and_then(|source| Some((BUNDLE_FLAG.to_owned(), source.descriptor()?)));
    let readers: Vec<(String, u32)> = fields.chain(bundle).collect();
    for (_, number) in &readers {
        let flags: Vec<String> =
            readers.iter().filter(|(_, n)| n == number).map(|(flag, _)| flag.clone()).collect();
        if flags.len() > 1 {
            let what =
                if *number == 0 { "standard input".into() } else { format!("file descriptor {number}") };
            return Err(Error::usage(format!("{} cannot all read {what}", listed(&flags, "and")))
                .cause("it can be read only once")
                .hint(format!(
                    "give each its own source, or all secrets at once as JSON with {BUNDLE_FLAG} stdin"
                )));
        }
    }
    Ok(())
}

fn refuse_missing(missing: &[&Wanted<'_>]) -> Result<()> {
    if missing.is_empty() { Ok(()) } else { Err(nobody_to_ask(missing)) }
}

fn nobody_to_ask(missing: &[&Wanted<'_>]) -> Error {
    let labels: Vec<String> = missing.iter().map(|w| w.field.label.to_owned()).collect();
    let flags: Vec<String> = missing.iter().map(|w| format!("{} SOURCE", w.field.flag())).collect();
    let error = Error::usage(format!("missing: {}", labels.join(", ")))
        .cause("there is no terminal to ask on, or questions are switched off")
        .hint(format!(
            "give {}, where SOURCE is stdin, file:PATH, env:VAR, command:CMD or fd:N",
            listed(&flags, "and")
        ));
    let short: Vec<String> = missing.iter().filter_map(|w| w.field.stdin_flag()).collect();
    let error = if short.is_empty() {
        error
    } else {
        error.hint(format!("or pipe it in with {}", listed(&short, "or")))
    };
    error.hint(format!("or give {BUNDLE_FLAG} SOURCE: one JSON object or KEY=VALUE lines"))
}

/// `a`, `a and b`, `a, b and c`.
fn listed(words: &[String], last: &str) -> String {
    match words {
        [] => String::new(),
        [word] => word.clone(),
        [first @ .., word] => format!("{} {last} {word}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests;
