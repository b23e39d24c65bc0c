//! How credentials are deleted.

use clap::Args;

#[derive(Clone, Copy, Debug, Args)]
pub struct DeleteMode {
    /// Delete without asking
    #[arg(short, long)]
    pub yes: bool,
    /// Succeed where there is nothing to delete
    #[arg(long)]
    pub ignore_not_found: bool,
    /// Show what would go and what uses it, and delete nothing
    #[arg(long)]
    pub dry_run: bool,
}
