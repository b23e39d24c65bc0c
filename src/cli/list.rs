//! How a list is ordered and shown, whatever it lists.

use clap::{Args, ValueEnum};

#[derive(Clone, Debug, Args)]
pub struct ListOptions {
    /// Sort by name, provider, created or updated
    #[arg(
        long,
        value_enum,
        ignore_case = true,
        default_value_t,
        value_name = "KEY",
        hide_possible_values = true
    )]
    pub sort: SortKey,
    /// Sort in ascending or descending order
    #[arg(
        long,
        value_enum,
        ignore_case = true,
        default_value_t,
        value_name = "asc|desc",
        hide_possible_values = true
    )]
    pub order: Order,
    /// Leave out the header row
    #[arg(long)]
    pub no_headers: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum SortKey {
    /// By name
    #[default]
    Name,
    /// By provider, then name
    Provider,
    /// By the time of creation
    Created,
    /// By the time of the last change
    Updated,
}

/// Which end of a list comes first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Order {
    /// The smallest or oldest first
    #[default]
    Asc,
    /// The largest or newest first
    Desc,
}
