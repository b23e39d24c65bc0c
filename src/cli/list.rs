//! What a list of credentials shows, in which order, and how.

use std::{str::FromStr, time::Duration};

use clap::{Args, ValueEnum, builder::NonEmptyStringValueParser};
use jiff::SpanRelativeTo;

use super::{brought::column, global::named, plain::repeatable};
use crate::{
    error::{Error, Result, is_near},
    output::{Column, Layout, Record},
    platform::Status,
};

/// The heading of the options that choose what is listed.
const FILTERS: &str = "Filters";

/// The options of every list of credentials.
#[derive(Clone, Debug, Args)]
pub struct ListOptions {
    #[command(flatten)]
    pub filters: Filters,
    /// Show what uses each: clusters and registries
    ///
    /// The platform is asked about each credential, several at once.
    #[arg(long)]
    pub usage: bool,
    /// Sort by this column: name, provider, status, expires, created, updated or any other
    #[arg(long, default_value = "name", value_name = "COLUMN", hide_default_value = true)]
    pub sort: ColumnName,
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
    #[command(flatten)]
    pub shape: ShapeOptions,
    /// Show at most this many
    #[arg(long, value_name = "COUNT", value_parser = count)]
    pub limit: Option<usize>,
}

/// Which credentials a list shows: those of which all of it holds.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = FILTERS)]
pub struct Filters {
    /// Show those whose names match, such as 'prod-*'; can be repeated
    #[arg(long = "name", value_name = "GLOB", value_parser = NonEmptyStringValueParser::new())]
    pub names: Vec<String>,
    /// Show those in this state: ok, failing, unavailable, expired, syncing or unknown; can be repeated
    #[arg(
        long = "status",
        value_name = "STATUS",
        value_parser = named(Status::NAMED),
        ignore_case = true,
        value_delimiter = ',',
        hide_possible_values = true
    )]
    pub statuses: Vec<Status>,
    /// Show what has expired, or is known to expire within this time, such as 7d or 12h
    #[arg(long, value_name = "TIME")]
    pub expires_within: Option<Span>,
    /// Show what was created longer ago than this, such as 90d
    #[arg(long, value_name = "TIME")]
    pub older_than: Option<Span>,
    /// Show what no cluster and no registry uses
    ///
    /// Applications, add-ons and GitOps repositories may use a credential too: the platform does not tell.
    #[arg(long)]
    pub unused: bool,
    /// Show what the platform made for itself
    #[arg(long, hide_short_help = true)]
    pub system: bool,
}

impl Filters {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        let Self { names, statuses, expires_within, older_than, unused, system } = self;
        let is_bare = names.is_empty() && statuses.is_empty() && !unused && !system;
        is_bare && expires_within.is_none() && older_than.is_none()
    }
}

/// How a list of anything is laid out.
#[derive(Clone, Debug, Args)]
pub struct ShapeOptions {
    /// Show these columns alone, separated by commas; -o json and yaml show just these keys
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',')]
    pub columns: Vec<ColumnName>,
    /// Leave out the header row
    #[arg(long, hide_short_help = true)]
    pub no_headers: bool,
}

impl ShapeOptions {
    /// The layout of a list of `T`.
    ///
    /// # Errors
    /// Usage, if there is no such column; it names those there are.
    pub fn layout<T: Record>(&self) -> Result<Layout> {
        let mut chosen = Vec::new();
        for word in &self.columns {
            let column = word.find(T::COLUMNS)?;
            if !chosen.contains(&column) {
                chosen.push(column);
            }
        }
        Ok(Layout { columns: Some(chosen).filter(|chosen| !chosen.is_empty()), no_headers: self.no_headers })
    }
}

/// A column as it was typed: each kind of list knows its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnName(String);

impl FromStr for ColumnName {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let name = text.trim();
        if name.is_empty() { Err("a column has a name") } else { Ok(Self(name.to_owned())) }
    }
}

impl ColumnName {
    /// Its place among `columns`.
    ///
    /// # Errors
    /// Usage, if there is none of that name.
    pub fn find(&self, columns: &[Column]) -> Result<usize> {
        columns.iter().position(|column| column.is_called(&self.0)).ok_or_else(|| {
            let words: Vec<String> = columns.iter().map(Column::word).collect();
            // Anything but a plain word may be a secret in the wrong place.
            let error = Error::usage(match repeatable(&self.0) {
                Some(word) => format!("there is no column {word} here"),
                None => "there is no such column here".to_owned(),
            });
            let typed = self.0.to_ascii_lowercase();
            let known = |word: &&str| words.iter().any(|own| own == word);
            let near = column(&typed).filter(known);
            let near = near.or_else(|| words.iter().map(String::as_str).find(|word| is_near(&typed, word)));
            let error =
                near.into_iter().fold(error, |error, near| error.hint(format!("did you mean {near}?")));
            error.hint(format!("the columns are {}", words.join(", ")))
        })
    }
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

/// A time between two moments, as people write it: `90s`, `12h`, `1h30m`, `7d`, `2w`. A day has 24 hours, and what has no
/// fixed length, a month, is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span(pub Duration);

/// More than anything here lasts: a hundred years.
const LONGEST: Duration = Duration::from_secs(100 * 366 * 24 * 3_600);

impl FromStr for Span {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const WRONG: &str = "it takes numbers and units, such as 90s, 30m, 12h, 1h30m, 7d or 2w";
        // One word, without a sign.
        if !text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Err(WRONG);
        }
        let span: jiff::Span = text.to_ascii_lowercase().parse().map_err(|_| WRONG)?;
        let length = span.to_duration(SpanRelativeTo::days_are_24_hours()).map_err(|_| WRONG)?;
        let length = Duration::try_from(length).map_err(|_| WRONG)?;
        if length > LONGEST { Err("it is longer than a hundred years") } else { Ok(Self(length)) }
    }
}

fn count(text: &str) -> Result<usize, &'static str> {
    text.parse().ok().filter(|count| *count > 0).ok_or("it takes a number from 1 on")
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{ColumnName, Span};
    use crate::output::Column;

    #[test]
    fn a_column_is_found_by_its_header_or_its_key_in_any_spelling() {
        let columns =
            [Column::always("NAME"), Column::wide("USED BY"), Column::minor("CREATED").keyed("created_at")];
        for (word, place) in [("name", 0), ("Used-By", 1), ("used_by", 1), ("CREATED", 2), ("created_at", 2)]
        {
            assert_eq!(word.parse::<ColumnName>().unwrap().find(&columns).unwrap(), place, "{word}");
        }
        let error = "creatd".parse::<ColumnName>().unwrap().find(&columns).unwrap_err();
        let hints: Vec<String> = error.hints().iter().map(ToString::to_string).collect();
        assert_eq!(hints, ["did you mean created?", "the columns are name, used_by, created"]);
        assert!(" ".parse::<ColumnName>().is_err());
    }

    #[test]
    fn a_span_is_of_units_that_have_a_length() {
        for (text, seconds) in [
            ("90s", 90),
            ("2m", 120),
            ("12H", 43_200),
            ("1h30m", 5_400),
            ("7d", 604_800),
            ("2w", 1_209_600),
            ("0d", 0),
        ] {
            assert_eq!(text.parse(), Ok(Span(Duration::from_secs(seconds))), "{text}");
        }
        for text in [
            "",
            "d",
            "7",
            "-7d",
            "7d ago",
            "+7d",
            "7 d",
            "7.5d",
            "7é",
            "7y",
            "1mo",
            "99999999999w",
            "36601d",
            "１d",
            "soon",
        ] {
            assert!(text.parse::<Span>().is_err(), "{text}");
        }
    }
}
