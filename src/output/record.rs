//! What can be shown, whatever the format.

use std::borrow::Cow;

use jiff::Timestamp;
use serde::Serialize;

use super::time::End;
use crate::instant::read;

/// A column of a table.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// In capitals.
    pub header: &'static str,
    /// Its name in JSON, YAML and CSV, where that is not its header in small letters.
    pub key: Option<&'static str>,
    /// In which tables it stands.
    pub shown: Shown,
    /// When it is cut or left out for want of room.
    pub rank: Rank,
}

/// In which tables a column stands, where nobody chose the columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// In every one.
    Always,
    /// Where something is known of at least one row; that it never expires does not count.
    Known,
    /// In a wide one, unless it says the same in every row; and where one item is shown alone.
    Wide,
}

/// Which of the columns lose their place on a narrow terminal: the least first, from the right to the left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// The first to go.
    Minor,
    Usual,
    /// The last to go.
    Vital,
}

impl Column {
    const fn new(header: &'static str, shown: Shown, rank: Rank) -> Self {
        Self { header, key: None, shown, rank }
    }

    /// In every table.
    pub const fn always(header: &'static str) -> Self {
        Self::new(header, Shown::Always, Rank::Usual)
    }

    /// In every table, and the last that a narrow one leaves out.
    pub const fn vital(header: &'static str) -> Self {
        Self::new(header, Shown::Always, Rank::Vital)
    }

    /// In every table, and the first that a narrow one leaves out.
    pub const fn minor(header: &'static str) -> Self {
        Self::new(header, Shown::Always, Rank::Minor)
    }

    /// In tables of which some row has something to say in it.
    pub const fn known(header: &'static str) -> Self {
        Self::new(header, Shown::Known, Rank::Usual)
    }

    /// In wide tables, and where one item is shown alone; the first that a narrow one leaves out.
    pub const fn wide(header: &'static str) -> Self {
        Self::new(header, Shown::Wide, Rank::Minor)
    }

    /// The same, named `key` in JSON, YAML and CSV.
    pub const fn keyed(self, key: &'static str) -> Self {
        Self { key: Some(key), ..self }
    }

    /// Its name in JSON, YAML and CSV.
    pub fn key(&self) -> Cow<'static, str> {
        self.key.map_or_else(|| Cow::Owned(self.word()), Cow::Borrowed)
    }

    /// Its name on the command line.
    pub fn word(&self) -> String {
        self.header.to_ascii_lowercase().replace(' ', "_")
    }

    /// Whether `word` names it: its header or its key, in any letter case, with `-` or `_` for a blank.
    pub fn is_called(&self, word: &str) -> bool {
        let word = word.to_ascii_lowercase().replace(['-', ' '], "_");
        word == self.word() || self.key == Some(&*word)
    }
}

/// One value in a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell<'a> {
    /// Text, perhaps of a foreign source: the renderer sanitises it. Empty: as `Missing`.
    Text(Cow<'a, str>),
    /// An RFC 3339 time: relative on a terminal, as it is elsewhere and in wide.
    Time(&'a str),
    /// When something expires, shown as times are.
    End(End),
    /// How something fares: a word of this program.
    State(&'static str, Tone),
    /// Nothing known: shown as `-`.
    Missing,
}

/// How a state is coloured on a terminal; what needs somebody is less than what does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tone {
    Bad,
    Doubtful,
    Good,
}

impl<'a> Cell<'a> {
    /// A cell of text, borrowed where it can be.
    pub fn text(text: impl Into<Cow<'a, str>>) -> Self {
        Self::Text(text.into())
    }

    /// Text, if there is any.
    pub fn maybe(text: Option<impl Into<Cow<'a, str>>>) -> Self {
        text.map_or(Self::Missing, Self::text)
    }

    /// A time, if there is one.
    pub fn time(time: Option<&'a str>) -> Self {
        time.map_or(Self::Missing, Self::Time)
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) => text.is_empty(),
            Self::Missing | Self::End(End::Unknown) => true,
            Self::Time(_) | Self::End(_) | Self::State(..) => false,
        }
    }

    /// What a list is sorted by; `None`: it says nothing. Times count as instants, whatever their offsets, and states by
    /// how much they need somebody.
    pub fn key(&self) -> Option<Key> {
        match self {
            _ if self.is_empty() => None,
            Self::Text(text) => Some(Key::Text(text.as_ref().into())),
            Self::Time(time) => read(time).map(Key::Time),
            Self::End(end) => Some(Key::End(*end)),
            Self::State(word, tone) => Some(Key::State(*tone, word)),
            Self::Missing => None,
        }
    }
}

/// What a list is sorted by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    Time(Timestamp),
    End(End),
    State(Tone, &'static str),
    Text(Box<str>),
}

/// Something that can be shown as a row, an object or a name.
pub trait Record: Serialize {
    /// The columns of its table.
    const COLUMNS: &'static [Column];
    /// What it has in one of [`Self::COLUMNS`].
    fn cell(&self, column: usize) -> Cell<'_>;
    /// What `-o name` prints.
    fn name(&self) -> &str;
    /// All text of a foreign source that its JSON can hold, where that lies in one piece: looked at in place of the
    /// JSON, which is far longer. Numbers and this program's own words need no look.
    fn foreign(&self) -> Option<&str> {
        None
    }
}

/// Shows a type as a row: each column beside its cell, what `-o name` prints, and behind it, where there is, the
/// [`Record::foreign`] text. A column whose name in JSON is not its header is followed by that:
/// `always "CREATED" as "created_at"`.
macro_rules! record {
    ($of:ty, |$one:ident| $name:expr $(; $foreign:expr)?, { $($width:ident $header:literal $(as $key:literal)? => $cell:expr,)* }) => {
        impl $crate::output::Record for $of {
            const COLUMNS: &'static [$crate::output::Column] =
                &[$($crate::output::Column::$width($header)$(.keyed($key))?),*];

            fn cell(&self, column: usize) -> $crate::output::Cell<'_> {
                const CELLS: &[fn(&$of) -> $crate::output::Cell<'_>] = &[$(|$one| $cell),*];
                CELLS.get(column).map_or($crate::output::Cell::Missing, |cell| cell(self))
            }

            fn name(&self) -> &str {
                let $one = self;
                $name
            }
            $(
                fn foreign(&self) -> Option<&str> {
                    let $one = self;
                    $foreign
                }
            )?
        }
    };
}

pub(crate) use record;
