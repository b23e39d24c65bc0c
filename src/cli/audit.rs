//! `ankra credentials audit`

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::Span;

#[derive(Debug, Args)]
pub struct AuditArgs {
    /// Audit every organisation that you belong to
    #[arg(long)]
    pub all_orgs: bool,
    /// Exit with 1 if there are findings as bad as this: warning or error
    #[arg(long, value_enum, ignore_case = true, value_name = "SEVERITY", hide_possible_values = true)]
    pub fail_on: Option<FailOn>,
    /// Find secrets that were written longer ago than this
    #[arg(long, value_name = "TIME", default_value = "90d")]
    pub max_age: Span,
    /// Find secrets that expire within this time
    #[arg(long, value_name = "TIME", default_value = "14d")]
    pub expires_within: Span,
    /// Find credentials that nothing uses once they are as old as this
    #[arg(long, value_name = "TIME", default_value = "7d")]
    pub unused_after: Span,
    /// Leave out the findings that this file accepts, each with a reason
    ///
    /// A TOML file of tables [[ignore]], each with check, name and reason, and if you like with org and until,
    /// the last day on which it counts. Entries that match nothing or have ended are findings themselves.
    #[arg(long, value_name = "PATH")]
    pub ignore_file: Option<PathBuf>,
}

/// From which severity on findings are a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// Warnings and errors
    Warning,
    /// Errors alone
    Error,
}
