//! Shows the steps of a check as they are done.

use std::cell::RefCell;

use super::Context;
use crate::{
    error::{Error, Result},
    output::Record,
    providers::{News, Step, capitalised},
};

/// The lines of a check on standard output: one for each step, then the verdict. Other formats than tables get the
/// whole report at the end.
pub(super) struct Steps<'a> {
    context: &'a Context,
    /// The first line that could not be written.
    failed: RefCell<Option<Error>>,
}

impl<'a> Steps<'a> {
    pub(super) const fn new(context: &'a Context) -> Self {
        Self { context, failed: RefCell::new(None) }
    }

    pub(super) fn tell(&self, news: News<'_>) {
        match news {
            News::Step(step) => self.step(step),
            News::Warning(text) => self.context.output.warn(text),
        }
    }

    fn step(&self, step: &Step) {
        let label = if step.step == "tls" { "TLS".to_owned() } else { capitalised(step.step) };
        let mark = match step.ok {
            Some(true) => "",
            Some(false) => "failed: ",
            None => "cannot tell: ",
        };
        self.line(&label, &format!("{mark}{}", step.detail));
    }

    fn line(&self, label: &str, text: &str) {
        let output = &self.context.output;
        let mut failed = self.failed.borrow_mut();
        if output.options().format.is_table() && failed.is_none() {
            *failed = output.words(&format!("{label:<11}"), text).err();
        }
    }

    /// Ends the lines with what `report` says besides: when it expires, and the `verdict`, which an error says where
    /// it is bad.
    ///
    /// # Errors
    /// Failure, if any of it cannot be written.
    pub(super) fn end(self, report: &impl Record, end: Option<&str>, verdict: Option<String>) -> Result<()> {
        let output = &self.context.output;
        if !output.options().format.is_table() {
            return output.item(report);
        }
        if let Some(end) = end {
            self.line("Expires", end);
        }
        if let Some(error) = self.failed.into_inner() {
            return Err(error);
        }
        verdict.map_or(Ok(()), |verdict| output.words("", &format!("{}.", capitalised(&verdict))))
    }
}
