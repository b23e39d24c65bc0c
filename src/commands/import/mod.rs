//! Takes what a provider's own tool keeps on this machine, in place of asking for it. Nothing there is changed, and
//! every value passes the gate that all values pass.

mod choice;
mod found;
mod told;

use self::{
    choice::{Candidate, Choice},
    found::{Found, Origin, Value},
};
use super::{Context, secrets};
use crate::{
    cli::{BundleArgs, ImportArgs},
    error::{Error, Result, listed},
    http::hide,
    providers::{Import, Plain, Provider, ToolValue},
    secret::{Field, Gathered, Passed, SecretSource, Wanted, pass},
};

/// The secrets of a command: from their own sources, from another tool, or open.
pub(super) struct Sought<'a> {
    /// What was found or is asked for, in the order of the fields.
    given: Vec<Gathered<'a>>,
    taking: Option<Taking<'a>>,
}

/// What the other tool has to give.
struct Taking<'a> {
    provider: &'static Provider,
    found: Found,
    choice: Choice,
    /// Whether a person named it.
    is_named: bool,
    wanted: Vec<&'a Field>,
    plain: Vec<&'static Plain>,
    insist: bool,
    dry_run: bool,
}

/// What was taken from a tool, besides secrets.
#[derive(Debug, Default)]
pub(super) struct Taken {
    /// Fields that are not secret, with the texts that their flags would have had.
    plain: Vec<(&'static Plain, String)>,
    /// The cloud's endpoint that it is for, where the tool has a section for each.
    endpoint: Option<String>,
    /// What is amiss with it: that the platform cannot use it.
    doubt: Option<&'static str>,
}

impl Taken {
    /// Adds what was taken to the fields in `plain`, which then are no longer in `lacking`, and warns of what the
    /// platform cannot use. Returns the cloud's endpoint that the secrets are for, where that is known.
    pub(super) fn complete(
        self,
        context: &Context,
        plain: &mut Vec<(&'static Plain, serde_json::Value)>,
        lacking: &mut Vec<&'static Plain>,
    ) -> Option<String> {
        if let Some(doubt) = self.doubt {
            context.output.warn(doubt);
        }
        for (field, text) in self.plain {
            lacking.retain(|other| other.name != field.name);
            plain.push((field, text.into()));
        }
        self.endpoint
    }
}

/// As [`secrets::find`]; what has no source of its own is taken from the tool that `import` names, and so are the
/// fields of `plain`. What the tool does not have is left open.
///
/// # Errors
/// Those of [`secrets::find`]; not found, if the tool has nothing, or not what is named; usage, if several may be
/// meant and nobody can be asked, if what is meant cannot be used or is for another address, or if something is
/// missing then that nobody can be asked for.
pub(super) fn find<'a>(
    context: &Context,
    provider: &'static Provider,
    import: Option<&ImportArgs>,
    (wanted, plain): (&[Wanted<'a>], &[&'static Plain]),
    bundle: &BundleArgs,
    dry_run: bool,
) -> Result<Sought<'a>> {
    let Some(ImportArgs { import, entry }) = import else {
        return Ok(Sought { given: secrets::find(context, wanted, bundle, dry_run)?, taking: None });
    };
    let (own, open): (Vec<Wanted<'a>>, Vec<Wanted<'a>>) =
        wanted.iter().cloned().partition(|one| one.source.is_some());
    let given = secrets::find(context, &own, bundle, dry_run)?;
    if open.is_empty() && plain.is_empty() {
        let option = import.option();
        context.output.note(&format!("Nothing is left for {option} to take: every value has its own flag."));
        return Ok(Sought { given, taking: None });
    }
    if !own.is_empty() {
        let flags: Vec<String> = own.iter().map(|one| one.field.flag()).collect();
        context.output.note(&format!("{} counts before {}.", listed(&flags, "and"), import.option()));
    }
    let wanted: Vec<&Field> = open.iter().map(|one| one.field).collect();
    let mut found = Found::read(import)?;
    let is_whole = |found: &Found| wanted.iter().all(|field| found.variable(field.name).is_some());
    let choice = choice::make(context, &mut found, entry.as_ref().map(|entry| entry.0.as_str()), is_whole)?;
    let taking = Taking {
        provider,
        found,
        choice,
        is_named: entry.is_some(),
        wanted,
        plain: plain.to_vec(),
        insist: bundle.allow_unusual,
        dry_run,
    };
    // What cannot be taken is told before anything is sent.
    if let Choice::Made(one) = &taking.choice {
        taking.try_take(context, one)?;
    }
    Ok(Sought { given, taking: Some(taking) })
}

impl<'a> Sought<'a> {
    /// Whether a person will be asked for something.
    pub(super) fn is_open(&self) -> bool {
        let taking = self.taking.as_ref().is_some_and(|taking| match &taking.choice {
            Choice::Open(_) => true,
            Choice::Made(one) => taking.wanted.iter().any(|field| taking.value(one, field.name).is_none()),
        });
        taking || self.given.iter().any(Gathered::is_open)
    }

    /// Completes it, with a question where several may be meant; says what was taken, and from where.
    ///
    /// # Errors
    /// As [`find`], and those of the question.
    pub(super) fn finish(self, context: &Context) -> Result<(Vec<Gathered<'a>>, Taken)> {
        let Self { mut given, taking } = self;
        let Some(mut taking) = taking else { return Ok((given, Taken::default())) };
        let one = match std::mem::replace(&mut taking.choice, Choice::Made(Candidate::none())) {
            Choice::Made(one) => one,
            Choice::Open(candidates) => candidates.ask(context, &taking.found)?,
        };
        given.extend(taking.try_take(context, &one)?);
        let order = |one: &Gathered<'_>| {
            taking.provider.secrets.iter().position(|field| field.name == one.field.name)
        };
        given.sort_by_key(order);
        Ok((given, taking.tell(context, &one)?))
    }
}

impl<'a> Taking<'a> {
    /// What `one` has for the key.
    fn value(&self, one: &Candidate, key: &str) -> Option<Value<'_>> {
        let by_variable = Some(()).filter(|()| one.by_variables).and_then(|()| self.found.variable(key));
        let entry = one.entry.as_deref().and_then(|name| self.found.entry(name));
        let found = by_variable.or_else(|| entry?.value(key));
        // What is empty is not there.
        found.filter(|(value, _)| !is_empty(value))
    }

    /// The secrets of `one` that pass the gate; what it lacks is open.
    fn try_take(&self, context: &Context, one: &Candidate) -> Result<Vec<Gathered<'a>>> {
        let import = self.found.import;
        self.ensure_address(one)?;
        let entry = one.entry.as_deref().and_then(|name| self.found.entry(name));
        let (mut taken, mut missing) = (Vec::new(), Vec::new());
        for field in &self.wanted {
            let Some((value, origin)) = self.value(one, field.name) else {
                missing.push(*field);
                taken.push(Gathered::of(field, None));
                continue;
            };
            self.found.ensure_readable(Some(origin))?;
            let what = self.what(field, one, origin);
            let place = self.found.place(origin);
            let unusable = || Error::usage(format!("the {what} cannot be used"));
            let text = value.as_ref().map_err(|why| {
                let noun = noun(field);
                unusable().cause(format!("{place}: its {noun} {why}")).hint("correct it there")
            })?;
            let passed = pass(text.expose(), field, self.insist).map_err(|refusal| {
                let why = refusal.causes().join(": ");
                unusable().with_hints(refusal.hints().to_vec()).cause(format!("{place}: {why}"))
            })?;
            hide(passed.value.expose());
            taken.push(Gathered::of(field, Some(passed)));
        }
        let mut lacking: Vec<&Plain> = Vec::new();
        for field in &self.plain {
            if self.plain_value(field)?.is_none() {
                lacking.push(field);
            }
        }
        if missing.is_empty() && lacking.is_empty() {
            return Ok(taken);
        }
        self.found.ensure_readable(None)?;
        if let Some((what, number)) = entry.and_then(|entry| entry.other).filter(|_| !one.by_variables) {
            let place = self.found.place(Origin::File(number));
            return Err(Error::usage(format!("{} cannot be taken", self.whose(one)))
                .cause(format!("{place} has {what}"))
                .hint(format!("Where to get it: {}", self.provider.where_from)));
        }
        if missing.len() == self.wanted.len() && !missing.is_empty() {
            return Err(self.found.nothing());
        }
        if context.terminal.can_ask() || (self.dry_run && lacking.is_empty()) {
            return Ok(taken);
        }
        let labels: Vec<&str> =
            missing.iter().map(|field| field.label).chain(lacking.iter().map(|one| one.label)).collect();
        let mut flags: Vec<String> = missing.iter().map(|field| format!("{} SOURCE", field.flag())).collect();
        let sources = listed(&SecretSource::FORMS[1..], "or");
        let sources = if flags.is_empty() { String::new() } else { format!(", where SOURCE is {sources}") };
        flags.extend(lacking.iter().map(|field| format!("--{} {}", field.name, field.value_name)));
        let why = match one.entry {
            None => format!("nothing was found besides {}", one.name(&self.found)),
            Some(_) => format!("{} has none for {}", import.tool, self.whose(one)),
        };
        let error = Error::usage(format!("missing: {}", labels.join(", "))).cause(why);
        let error = self
            .passed_over(one)
            .into_iter()
            .fold(error, |error, line| error.cause(line.trim_end_matches('.')));
        Err(error
            .cause("there is no terminal to ask on, or questions are switched off")
            .hint(format!("give {}{sources}", listed(&flags, "and"))))
    }

    /// What the tool has for `field`, as the gate lets it pass.
    fn plain_value(&self, field: &Plain) -> Result<Option<(Passed, Origin)>> {
        let top = self.found.top(field.name).filter(|(value, _)| !is_empty(value));
        let Some((value, origin)) = top else { return Ok(None) };
        self.found.ensure_readable(Some(origin))?;
        let (described, place) = (field.described(), self.found.place(origin));
        let unusable = |why: String| {
            Error::usage(format!("the {} cannot be used", described.label))
                .cause(format!("{place}: {why}"))
                .hint(format!("correct it there, or give --{}", field.name))
        };
        let text = value.as_ref().map_err(|why| unusable(format!("it {why}")))?;
        let passed = pass(text.expose(), &described, false);
        let passed = passed.map_err(|refusal| unusable(refusal.causes().join(": ")))?;
        Ok(Some((passed, origin)))
    }

    /// Fails if the configuration says that the secrets of `one` are for another address than the provider's.
    fn ensure_address(&self, one: &Candidate) -> Result<()> {
        let Some(address) = self.found.import.address else { return Ok(()) };
        let Some((value, origin)) = self.found.address(one.entry.as_deref()) else { return Ok(()) };
        let place = self.found.place(origin);
        let title = self.provider.title;
        let (are, they) = if self.wanted.len() == 1 { ("is", "it is") } else { ("are", "they are") };
        let refused = |whose: String| {
            let mine = self.whose(one);
            Error::usage(format!("{mine} {are} for {whose}, not for {title}: {they} not sent there"))
                .cause(format!("{place} names that address"))
                .hint(format!("if it is meant, set {} to the same address", address.variable))
        };
        let Ok(text) = value else { return Err(refused("an address that is no text".to_owned())) };
        let text = text.expose().trim();
        let is = |other: &str| text.trim_end_matches('/').eq_ignore_ascii_case(other.trim_end_matches('/'));
        if text.is_empty() || is(address.own) || self.found.text_of(address.variable).is_some_and(is) {
            return Ok(());
        }
        // An address may have a password in it.
        let shown = url::Url::parse(text).ok().map(|url| url.origin()).filter(url::Origin::is_tuple);
        Err(refused(
            shown.map_or_else(|| "another address".to_owned(), |origin| origin.ascii_serialization()),
        ))
    }
}

impl Candidate {
    const fn none() -> Self {
        Self { entry: None, by_variables: false }
    }
}

fn is_empty(value: &ToolValue) -> bool {
    value.as_ref().is_ok_and(|text| text.expose().trim().is_empty())
}

/// What a secret is called beside the name of its tool.
fn noun(field: &Field) -> String {
    field.stdin_flag.map_or_else(|| field.name.replace('-', " "), str::to_owned)
}

/// The contexts or sections that the files name. Nothing is said of files that cannot be used.
pub(super) fn known(import: &'static Import) -> Vec<String> {
    let found = Found::read(import);
    found.map_or_else(|_| Vec::new(), |found| found.names().into_iter().map(str::to_owned).collect())
}
