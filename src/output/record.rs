//! What can be shown, whatever the format.

use std::borrow::Cow;

use serde::Serialize;

/// A column of a table.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// In capitals.
    pub header: &'static str,
    /// Only shown by `wide` (and where one item is shown alone).
    pub wide: bool,
}

impl Column {
    /// In every table.
    pub const fn always(header: &'static str) -> Self {
        Self { header, wide: false }
    }

    /// In wide tables, and where one item is shown alone.
    pub const fn wide(header: &'static str) -> Self {
        Self { header, wide: true }
    }
}

/// One value in a table.
#[derive(Clone, Debug)]
pub enum Cell<'a> {
    /// Text, perhaps of a foreign source: the renderer sanitises it. Empty: as `Missing`.
    Text(Cow<'a, str>),
    /// An RFC 3339 time: relative on a terminal, as it is elsewhere and in wide.
    Time(&'a str),
    /// Nothing known: shown as `-`.
    Missing,
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
}

/// Something that can be shown as a row, an object or a name.
pub trait Record: Serialize {
    /// The columns of its table.
    const COLUMNS: &'static [Column];
    /// What it has in one of [`Self::COLUMNS`].
    fn cell(&self, column: usize) -> Cell<'_>;
    /// What `-o name` prints.
    fn name(&self) -> &str;
}

/// Shows a type as a row: each column beside its cell, and what `-o name` prints.
macro_rules! record {
    ($of:ty, |$one:ident| $name:expr, { $($width:ident $header:literal => $cell:expr,)* }) => {
        impl $crate::output::Record for $of {
            const COLUMNS: &'static [$crate::output::Column] = &[$($crate::output::Column::$width($header)),*];

            fn cell(&self, column: usize) -> $crate::output::Cell<'_> {
                const CELLS: &[fn(&$of) -> $crate::output::Cell<'_>] = &[$(|$one| $cell),*];
                CELLS.get(column).map_or($crate::output::Cell::Missing, |cell| cell(self))
            }

            fn name(&self) -> &str {
                let $one = self;
                $name
            }
        }
    };
}

pub(crate) use record;
