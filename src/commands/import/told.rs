//! What is said of what is taken from a tool.

use std::collections::BTreeSet;

use super::{Taken, Taking, choice::Candidate, found::Origin, noun};
use crate::{
    commands::Context,
    error::{Result, listed},
    output::named,
    secret::Field,
};

impl Taking<'_> {
    /// Says what was taken, from where, and what was passed over.
    pub(super) fn tell(&self, context: &Context, one: &Candidate) -> Result<Taken> {
        let mut origins: Vec<(Origin, Vec<String>)> = Vec::new();
        let mut note =
            |origin: Origin, what: String| match origins.iter_mut().find(|(known, _)| *known == origin) {
                Some((_, all)) => all.push(what),
                None => origins.push((origin, vec![what])),
            };
        for field in &self.wanted {
            if let Some((_, origin)) = self.value(one, field.name) {
                note(origin, format!("the {}", noun(field)));
            }
        }
        let mut from: Vec<String> = origins
            .iter()
            .map(|(origin, what)| {
                let whose = match (&one.entry, origin) {
                    (Some(entry), Origin::File(_)) if !entry.is_empty() => {
                        format!(" of the {} {}", self.found.import.entry, named(entry))
                    }
                    _ => String::new(),
                };
                format!("Taken from {}: {}{whose}.", self.found.place(*origin), listed(what, "and"))
            })
            .collect();
        let mut taken = Taken::default();
        for field in &self.plain {
            let Some((passed, origin)) = self.plain_value(field)? else { continue };
            let (described, place) = (field.described(), self.found.place(origin));
            from.push(format!("Taken from {place}: the {}.", described.label));
            taken.plain.push((field, context.told(&described, passed).expose().to_owned()));
            origins.push((origin, Vec::new()));
        }
        from.extend(self.passed_over(one));
        for line in from {
            context.output.note(&line);
        }
        self.found.warnings().iter().for_each(|line| context.output.warn(line));
        let mut told = BTreeSet::new();
        for (origin, _) in &origins {
            if let Origin::File(number) = origin {
                let new: Vec<String> = self.found.exposure(*number);
                new.into_iter()
                    .filter(|line| told.insert(line.clone()))
                    .for_each(|line| context.output.warn(&line));
            }
        }
        taken.doubt = one.entry.as_deref().and_then(self.found.import.doubt);
        taken.endpoint = one.entry.clone().filter(|_| self.found.import.is_endpoint());
        Ok(taken)
    }

    /// What counts in the tool and was not taken.
    pub(super) fn passed_over(&self, one: &Candidate) -> Vec<String> {
        let mut lines = Vec::new();
        let set = self.found.set_variables();
        if one.by_variables {
            let entry = one.entry.as_deref().and_then(|name| self.found.entry(name));
            let mut other = self.wanted.iter().filter(|field| self.found.variable(field.name).is_some());
            let place = other.find_map(|field| Some(entry?.value(field.name)?.1));
            lines.extend(place.map(|place| {
                let verb = if set.len() == 1 { "counts" } else { "count" };
                format!("{} {verb} before what {} has.", listed(&set, "and"), self.found.place(place))
            }));
            return lines;
        }
        let mut names = set;
        if let Some((name, value)) = self.found.naming().filter(|_| self.is_named)
            && one.entry.as_deref() != Some(value)
        {
            // An address is still where the keys are asked about.
            if self.found.import.is_endpoint() && value.contains("://") {
                let taken = one.name(&self.found);
                lines.push(format!("{name} does not say which keys are taken: {taken} was named."));
            } else {
                names.push(name);
            }
        }
        if !names.is_empty() {
            let verb = if names.len() == 1 { "is" } else { "are" };
            let why = if self.is_named { " was named" } else { " is taken" };
            lines.push(format!(
                "{} {verb} passed over: {}{why}.",
                listed(&names, "and"),
                one.name(&self.found)
            ));
        }
        lines
    }

    /// Whose secrets they are, in a sentence.
    pub(super) fn whose(&self, one: &Candidate) -> String {
        let nouns: Vec<String> = self.wanted.iter().map(|field| noun(field)).collect();
        let what = if nouns.len() == 1 { nouns[0].clone() } else { "keys".to_owned() };
        match &one.entry {
            Some(entry) if !entry.is_empty() => {
                format!("the {what} of the {} {}", self.found.import.entry, named(entry))
            }
            _ => format!("the {what} of {}", one.name(&self.found)),
        }
    }

    pub(super) fn what(&self, field: &Field, one: &Candidate, origin: Origin) -> String {
        match (&one.entry, origin) {
            (Some(entry), Origin::File(_)) if !entry.is_empty() => {
                format!("{} of the {} {}", noun(field), self.found.import.entry, named(entry))
            }
            _ => format!("{} in {}", noun(field), self.found.place(origin)),
        }
    }
}
