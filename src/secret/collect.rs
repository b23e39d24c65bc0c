//! Collects the secrets of one command, in one fixed order.

use std::time::Duration;

use crate::{
    error::{Error, Result, listed},
    secret::{Field, Passed, Secret, SecretSource, bundle},
};

/// A field and the source that the command line gives for it, if any.
#[derive(Clone, Debug)]
pub struct Wanted<'a> {
    /// What is wanted.
    pub field: &'a Field,
    /// From where; `None`: from the bundle if there is one, else the prompt.
    pub source: Option<SecretSource>,
    /// Whether it may be missing.
    pub is_optional: bool,
}

impl<'a> Wanted<'a> {
    /// One that a command cannot do without.
    pub const fn new(field: &'a Field, source: Option<SecretSource>) -> Self {
        Self { field, source, is_optional: false }
    }
}

const BUNDLE_FLAG: &str = "--secrets-from";

/// A field, and its secret if it could be had without a person.
#[derive(Debug)]
pub struct Gathered<'a> {
    /// What was wanted.
    pub field: &'a Field,
    found: Option<Passed>,
}

impl<'a> Gathered<'a> {
    /// A field, and what was found for it in another way than from a source.
    pub const fn of(field: &'a Field, found: Option<Passed>) -> Self {
        Self { field, found }
    }

    /// Whether a person has to be asked for it.
    pub const fn is_open(&self) -> bool {
        self.found.is_none()
    }

    /// The value, if it could be had without a person and may not be shown.
    pub fn secret(&self) -> Option<&Secret> {
        self.found.as_ref().filter(|_| !self.field.is_public).map(|passed| &passed.value)
    }

    /// The value, completed with `ask`, the prompt.
    ///
    /// # Errors
    /// Those of `ask`.
    pub fn ask(self, ask: impl FnOnce(&Field) -> Result<Passed>) -> Result<Passed> {
        self.found.map_or_else(|| ask(self.field), Ok)
    }

    /// The value, if it could be had without a person.
    pub fn unasked(self) -> Option<Passed> {
        self.found
    }
}

/// Reads every wanted secret that needs no person: its own source first, then `bundle`
/// (`--secrets-from`: one JSON object or dotenv text). The rest is left to [`Gathered::ask`];
/// where nobody `can_ask`, nothing is. The answer has the order of `wanted`.
///
/// # Errors
/// Usage errors, before anything is read: two flags that read standard input or the same descriptor;
/// a bundle from the prompt or without any of them; a secret that would have to be asked for where nobody
/// can be asked (with a bundle, that is known once it is read, before any other source). And whatever
/// [`SecretSource::read`] refuses. No error repeats a secret.
pub fn gather<'a>(
    wanted: &[Wanted<'a>],
    bundle: Option<&SecretSource>,
    can_ask: bool,
    insist: bool,
    wait: Duration,
) -> Result<Vec<Gathered<'a>>> {
    refuse_shared_descriptors(wanted, bundle)?;
    if bundle == Some(&SecretSource::Prompt) {
        return Err(Error::usage(format!("{BUNDLE_FLAG} cannot be a prompt"))
            .hint("leave it out to be asked for each secret"));
    }
    let is_missing = |w: &&Wanted<'_>| {
        let is_prompt = |source: &SecretSource| *source == SecretSource::Prompt;
        !can_ask && !w.is_optional && w.source.as_ref().map_or(bundle.is_none(), is_prompt)
    };
    refuse_missing(wanted.iter().filter(is_missing).map(|w| w.field))?;

    let bundled: Vec<&Field> = wanted.iter().filter(|w| w.source.is_none()).map(|w| w.field).collect();
    let read = |source| bundle::read(source, &bundled, insist, wait);
    let read = bundle.filter(|_| !bundled.is_empty()).map(read).transpose()?;
    if let Some(read) = &read {
        let from_it = wanted.iter().filter(|w| w.source.is_none()).zip(&read.values);
        let lacking = from_it.filter(|(w, value)| value.is_none() && !w.is_optional);
        let lacking: Vec<&Field> = lacking.map(|(w, _)| w.field).collect();
        // Where it has some, a person is asked for the rest.
        let can_be_asked = can_ask && read.values.iter().any(Option::is_some);
        if !lacking.is_empty() && !can_be_asked {
            let flags: Vec<String> = lacking.iter().map(|field| format!("{} SOURCE", field.flag())).collect();
            return Err(read.lacks(&lacking).hint(format!("or give {}", listed(&flags, "and"))));
        }
    }
    let mut bundled = read.into_iter().flat_map(|read| read.values);
    let from_bundle = |w: &Wanted<'_>| if w.source.is_none() { bundled.next().flatten() } else { None };
    let found: Vec<Option<Passed>> = wanted.iter().map(from_bundle).collect();

    let complete = |(w, found): (&Wanted<'a>, Option<Passed>)| {
        let found = match &w.source {
            None | Some(SecretSource::Prompt) => found,
            Some(source) => Some(source.read(w.field, insist, wait)?),
        };
        Ok(Gathered { field: w.field, found })
    };
    wanted.iter().zip(found).map(complete).collect()
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

fn refuse_missing<'a>(missing: impl Iterator<Item = &'a Field>) -> Result<()> {
    let missing: Vec<&Field> = missing.collect();
    if missing.is_empty() {
        return Ok(());
    }
    let labels: Vec<&str> = missing.iter().map(|field| field.label).collect();
    let flags: Vec<String> = missing.iter().map(|field| format!("{} SOURCE", field.flag())).collect();
    let error = Error::usage(format!("missing: {}", labels.join(", ")))
        .cause("there is no terminal to ask on, or questions are switched off")
        .hint(format!(
            "give {}, where SOURCE is {}",
            listed(&flags, "and"),
            listed(&SecretSource::FORMS[1..], "or")
        ));
    let short = missing.iter().filter(|field| field.stdin_flag.is_some());
    let short: Vec<String> = short.map(|field| format!("--{}-stdin", field.name)).collect();
    let error = if short.is_empty() {
        error
    } else {
        error.hint(format!("or pipe it in with {}", listed(&short, "or")))
    };
    Err(error.hint(format!("or give {BUNDLE_FLAG} SOURCE: one JSON object or KEY=VALUE lines")))
}

#[cfg(test)]
mod tests;
