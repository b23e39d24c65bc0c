//! Which of a tool's contexts or sections is meant.

use super::found::{Found, NAMED, Origin};
use crate::{
    commands::Context,
    error::{Error, ErrorKind, Result, listed},
    output::named,
    providers::Scope,
};

/// What may be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Candidate {
    /// The context or section; none, where what is in variables stands apart from them.
    pub(super) entry: Option<String>,
    /// Whether variables count before what it has.
    pub(super) by_variables: bool,
}

/// All that may be taken.
pub(super) struct Candidates {
    /// What the tool itself would use comes first.
    pub(super) all: Vec<Candidate>,
    /// Whether the first is what the tool itself would use.
    has_preferred: bool,
}

/// What is meant, or what a person chooses from.
pub(super) enum Choice {
    Made(Candidate),
    Open(Candidates),
}

impl Candidate {
    fn of(entry: &str) -> Self {
        Self { entry: Some(entry.to_owned()), by_variables: false }
    }

    /// What it is called in a sentence.
    pub(super) fn name(&self, found: &Found) -> String {
        match &self.entry {
            _ if self.by_variables => {
                let variables = listed(&found.set_variables(), "and");
                match self.entry.as_deref().and_then(|name| found.entry(name)) {
                    Some(entry) if found.import.scope == Scope::Used => {
                        format!("{variables} with the {} {}", found.import.entry, named(&entry.name))
                    }
                    _ => variables,
                }
            }
            Some(entry) if !entry.is_empty() => format!("the {} {}", found.import.entry, named(entry)),
            _ => found.import.tool.to_owned(),
        }
    }
}

impl Candidates {
    fn of(found: &Found, is_whole: impl Fn() -> bool) -> Self {
        let used = found.used().map(|(name, _)| folded(found, name));
        let has_variables = !found.set_variables().is_empty();
        let usual = found.import.usual;
        let variables = match found.import.scope {
            _ if !has_variables => None,
            Scope::Apart => Some(None),
            Scope::Usual => Some(usual.map(str::to_owned)),
            Scope::Used => {
                Some(used.clone()).filter(|used| used.is_some() || found.names().is_empty() || is_whole())
            }
        };
        let variables = variables.map(|entry| Candidate { entry, by_variables: true });
        let preferred = match &variables {
            Some(one) if found.is_apart() || one.entry == used || used.is_none() => Some(one.clone()),
            _ => used.map(|used| Candidate::of(&used)),
        };
        let mut all: Vec<Candidate> = variables.into_iter().collect();
        all.extend(found.names().into_iter().map(Candidate::of));
        let preferred = preferred.and_then(|one| all.iter().position(|known| *known == one));
        if let Some(at) = preferred {
            all[..=at].rotate_right(1);
        }
        Self { all, has_preferred: preferred.is_some() }
    }

    /// Lets a person choose. The answer is remembered for the line that asks nothing.
    pub(super) fn ask(self, context: &Context, found: &Found) -> Result<Candidate> {
        let import = found.import;
        let label = |(number, one): (usize, &Candidate)| {
            let is_used = number == 0 && self.has_preferred;
            let mark = if is_used { format!(", which {} would use", import.itself) } else { String::new() };
            format!("{}{mark}", one.name(found))
        };
        let labels: Vec<String> = self.all.iter().enumerate().map(label).collect();
        let chosen = context.terminal.choose(&format!("What to take of {}", import.tool), &labels)?;
        let one = self.all[chosen].clone();
        let option = import.option();
        match &one.entry {
            Some(entry) if !one.by_variables && entry.starts_with('-') => {
                context.invocation.asked(&format!("{option}={entry}"), "");
            }
            Some(entry) if !one.by_variables => context.invocation.asked(&option, entry),
            // Without a question the tool's own choice is taken.
            _ if chosen == 0 && self.has_preferred => context.invocation.asked("--no-input", ""),
            _ => {}
        }
        Ok(one)
    }
}

/// Finds what is meant: what is `wanted`, else the only one, else what a person chooses, else what the tool itself
/// would use. `is_whole`: whether variables give everything.
pub(super) fn make(
    context: &Context,
    found: &mut Found,
    wanted: Option<&str>,
    is_whole: impl Fn(&Found) -> bool,
) -> Result<Choice> {
    if let Some(wanted) = wanted {
        return by_name(context, found, &folded(found, wanted)).map(Choice::Made);
    }
    let mut candidates = Candidates::of(found, || is_whole(found));
    if candidates.all.is_empty() {
        found.ask_keychain();
        candidates = Candidates::of(found, || is_whole(found));
    }
    let Some(first) = candidates.all.first().cloned() else { return Err(found.nothing()) };
    let used = found.used();
    if !first.by_variables {
        found.ensure_readable(used.and_then(|(_, origin)| origin))?;
    }
    let is_named = used.is_some_and(|(_, origin)| origin.is_some());
    if found.import.value_name.is_empty()
        || (candidates.all.len() == 1 && (candidates.has_preferred || !is_named))
    {
        return Ok(Choice::Made(first));
    }
    if context.terminal.can_ask() {
        return Ok(Choice::Open(candidates));
    }
    if !candidates.has_preferred {
        return Err(ambiguous(context, found));
    }
    let others = &candidates.all[1..];
    let mut names: Vec<String> = others.iter().take(NAMED).map(|one| one.name(found)).collect();
    if others.len() > NAMED {
        names.push(format!("{} more", others.len() - NAMED));
    }
    context.output.note(&format!(
        "{} would use {}, so that is taken. There {} also {}: name one with {} {}.",
        found.import.itself,
        first.name(found),
        if others.len() == 1 { "is" } else { "are" },
        listed(&names, "and"),
        found.import.option(),
        found.import.value_name
    ));
    Ok(Choice::Made(first))
}

/// The entry as its tool writes its name.
fn folded(found: &Found, name: &str) -> String {
    if found.import.folds { name.to_lowercase() } else { name.to_owned() }
}

fn by_name(context: &Context, found: &Found, wanted: &str) -> Result<Candidate> {
    let import = found.import;
    if found.names().contains(&wanted) {
        return Ok(Candidate::of(wanted));
    }
    if of_variables(found) == Some(wanted) {
        return Ok(Candidate { entry: Some(wanted.to_owned()), by_variables: true });
    }
    found.ensure_readable(None)?;
    let set = found.set_variables();
    if found.names().is_empty() && set.is_empty() {
        return Err(found.nothing());
    }
    // It may be anything, also a token, and is not repeated.
    let entry = import.entry;
    let message = format!("there is no {entry} of the name that {} gives", import.option());
    let error = with_names(context, found, Error::new(ErrorKind::NotFound, message));
    Err(if set.is_empty() {
        error
    } else {
        error.hint(format!("leave out the name to take what {} has", listed(&set, "and")))
    })
}

/// The name by which what is in variables can be taken.
fn of_variables(found: &Found) -> Option<&'static str> {
    found.import.usual.filter(|_| found.import.scope == Scope::Usual && !found.set_variables().is_empty())
}

/// Adds the names that there are to `error`, and the command lines that take them.
fn with_names(context: &Context, found: &Found, error: Error) -> Error {
    let mut names = found.names();
    let error = if names.is_empty() {
        error.cause(format!("there is no {} in {}", found.import.entry, listed(&found.files(), "or")))
    } else {
        error.cause(format!("{} has {}", found.import.tool, found.listed()))
    };
    names.extend(of_variables(found).filter(|name| !names.contains(name)));
    let fit = names.into_iter().filter(|name| !name.is_empty() && !name.starts_with('-')).take(NAMED);
    let option = found.import.option();
    fit.fold(error, |error, name| error.run("run", context.invocation.repeated(&option, name)))
}

/// The error if several may be meant and nobody can be asked which.
fn ambiguous(context: &Context, found: &Found) -> Error {
    let import = found.import;
    let error = Error::usage(format!("missing: the {} of {}", import.value_name, import.option()))
        .cause("there is no terminal to choose on, or questions are switched off");
    let error = match found.used() {
        Some((used, Some(origin))) => {
            let place = found.place(origin);
            let what = if matches!(origin, Origin::Variable(_)) {
                named(used).into_owned()
            } else {
                "one".to_owned()
            };
            error.cause(format!("{place} names {what}, which is not there"))
        }
        _ => error,
    };
    with_names(context, found, error)
}
