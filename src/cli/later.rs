//! Commands that are built only when a command line leads to them.
//!
//! Most command lines lead to few of them. To build all at once would add 61 % to the instructions of
//! `--version` and 35 % to those of `--help`.

use clap::{
    ArgMatches, Command, FromArgMatches, Subcommand,
    builder::{Resettable, StyledStr},
};

/// The subcommands `T`, built late.
#[derive(Debug)]
pub struct Later<T>(pub T);

impl<T: FromArgMatches> FromArgMatches for Later<T> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        T::from_arg_matches(matches).map(Self)
    }

    fn from_arg_matches_mut(matches: &mut ArgMatches) -> Result<Self, clap::Error> {
        T::from_arg_matches_mut(matches).map(Self)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        self.0.update_from_arg_matches(matches)
    }
}

impl<T: Subcommand> Subcommand for Later<T> {
    fn augment_subcommands(command: Command) -> Command {
        // Described before it was built, it keeps its words.
        command.defer(|command| {
            let words = |text: Option<&StyledStr>| Resettable::from(text.cloned());
            let (about, long) = (words(command.get_about()), words(command.get_long_about()));
            T::augment_subcommands(command).about(about).long_about(long)
        })
    }

    fn augment_subcommands_for_update(command: Command) -> Command {
        Self::augment_subcommands(command)
    }

    fn has_subcommand(name: &str) -> bool {
        T::has_subcommand(name)
    }
}
