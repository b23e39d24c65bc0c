//! Makes text of a foreign source fit to be shown: what could move a cursor, reorder a
//! line or hide in it becomes a visible escape, and a cut is always marked.

use std::borrow::Cow;
use std::fmt::Write as _;

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use crate::http::{Redactor, may_disguise};

/// Stands where text was left out.
const CUT: char = '…';

/// So many blanks in a row are there to push what follows into a line of its own.
const BLANKS: usize = 3;

/// Blanks before a line are an indent, up to so many.
const INDENT: usize = 8;

/// More marks on one letter than any script has draw over the lines above and below.
const MARKS: usize = 8;

/// What every text passes on its way to a reader: no secret of this process is left in it, nothing that acts
/// on a terminal, and no more than was asked for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sieve {
    redactor: Redactor,
    widest: Option<usize>,
}

impl Sieve {
    /// Knows the secrets of this process; `widest`: in columns.
    pub(crate) fn new(widest: Option<usize>) -> Self {
        Self { redactor: Redactor::of_process(), widest }
    }

    /// The same with no text wider than `widest`.
    pub(super) fn at_most(&self, widest: usize) -> Self {
        Self { widest: self.widest.map(|own| own.min(widest)), ..self.clone() }
    }

    /// The same without the secrets, for texts that are measured and not shown.
    pub(super) fn without_secrets(&self) -> Self {
        Self { redactor: Redactor::default(), widest: self.widest }
    }

    /// `text` in one line, fit to be shown.
    pub(crate) fn text<'t>(&self, text: &'t str) -> Cow<'t, str> {
        // What nearly every text is, told in one look.
        if self.widest.is_none()
            && is_plain(text.as_bytes(), |byte| matches!(byte, b' '..=b'~') & !may_disguise(byte))
            && !self.redactor.may_hold_open_run(text.as_bytes())
        {
            return Cow::Borrowed(text);
        }
        match self.redacted(text) {
            Cow::Borrowed(text) => self.fit(text),
            Cow::Owned(text) => Cow::Owned(self.fit(&text).into_owned()),
        }
    }

    /// As [`Self::text`], for a line of words: blanks cannot make it look like two.
    pub(crate) fn line(&self, text: &str) -> String {
        // A secret may have blanks.
        let text = self.redacted(text);
        let indent = text.bytes().take(INDENT).take_while(|byte| *byte == b' ').count();
        let (indent, words) = text.split_at(indent);
        let mut line = indent.to_owned();
        let mut blanks = String::new();
        for c in words.trim_start_matches(' ').chars() {
            if c.is_whitespace() && !is_hazard(c) {
                blanks.push(c);
                continue;
            }
            match blanks.chars().count() {
                BLANKS.. => line.extend([' ', CUT, ' ']),
                _ => line.push_str(&blanks),
            }
            blanks.clear();
            line.push(c);
        }
        if blanks.chars().count() < BLANKS {
            line.push_str(&blanks);
        }
        self.text(&line).into_owned()
    }

    /// `text` without secrets and otherwise as it is, for a notation with escapes of its own.
    pub(super) fn redacted<'t>(&self, text: &'t str) -> Cow<'t, str> {
        self.redactor.apply(text)
    }

    /// Whether a closer look at `text` is due, of which [`may_disguise`] holds of no byte; where it is not, no
    /// secret is in it.
    pub(super) fn may_hold_secret(&self, text: &[u8]) -> bool {
        self.redactor.may_hold_open_run(text)
    }

    fn fit<'t>(&self, text: &'t str) -> Cow<'t, str> {
        match self.widest {
            Some(widest) => shorten(text, widest),
            None => sanitise(text),
        }
    }
}

/// What a sink that knows `secret` makes of `text`: as one line of words, and as a value. For fuzz targets.
pub fn sieved(secret: &str, text: &str) -> [String; 2] {
    let sieve = Sieve { redactor: Redactor::knowing(secret), widest: Some(200) };
    [sieve.line(text), sieve.text(text).into_owned()]
}

/// Whether `c` may act on a terminal or hide from a reader instead of being seen.
///
/// Controls (C0, DEL, C1), format characters (bidi controls, joiners, tags, soft hyphen),
/// line and paragraph separators, variation selectors, letters that leave a blank, and
/// code points without an agreed look (private use, specials, noncharacters). Ordinary
/// letters of every script, combining marks and emoji stay.
pub(super) const fn is_hazard(c: char) -> bool {
    matches!(c,
        '\0'..='\x1f' | '\x7f'..='\u{9f}'
        // Format characters, in the order of their code points.
        | '\u{ad}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}' | '\u{70f}'
        | '\u{890}'..='\u{891}' | '\u{8e2}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff0}'..='\u{fffb}'
        | '\u{110bd}' | '\u{110cd}' | '\u{13430}'..='\u{1343f}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}'
        // Joiners, fillers and blanks that take no ink.
        | '\u{34f}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{2800}'
        | '\u{3164}' | '\u{ffa0}'
        // Variation selectors, the Mongolian ones too.
        | '\u{180b}'..='\u{180d}' | '\u{180f}' | '\u{fe00}'..='\u{fe0f}'
        // Private use, noncharacters, and all of plane 14 (tags, more selectors).
        | '\u{e000}'..='\u{f8ff}' | '\u{fdd0}'..='\u{fdef}' | '\u{fffe}'..='\u{ffff}'
        | '\u{e0000}'..='\u{10ffff}')
        // The last two code points of planes 1 to 13.
        || (c as u32) & 0xfffe == 0xfffe
}

/// Whether `text` holds nothing that [`sanitise`] would change.
pub(super) fn is_clean(text: &str) -> bool {
    is_plain(text.as_bytes(), |byte| matches!(byte, b' '..=b'~'))
        || !(text.chars().any(is_hazard) || has_pile(text))
}

/// Whether there are too many marks on one letter.
fn has_pile(text: &str) -> bool {
    let mut pile = Pile::default();
    text.chars().any(|c| pile.takes(c).is_none())
}

/// Counts the marks on a letter.
#[derive(Default)]
struct Pile(usize);

impl Pile {
    /// `c`, unless it is one mark too many.
    fn takes(&mut self, c: char) -> Option<char> {
        self.0 = if c.width() == Some(0) { self.0.saturating_add(1) } else { 0 };
        (self.0 <= MARKS).then_some(c)
    }

    /// Whether that was the first of them.
    fn is_cut(&self) -> bool {
        self.0 == MARKS + 1
    }
}

/// Whether all `bytes` are `usual`. It has no early end, so that the compiler looks at many of them at once.
pub(super) fn is_plain(bytes: &[u8], usual: impl Fn(u8) -> bool) -> bool {
    bytes.iter().fold(true, |plain, &byte| plain & usual(byte))
}

/// `text` with everything that could act on a terminal made visible, always in one line.
///
/// Line feed, carriage return and tab become `\n`, `\r` and `\t`; the rest becomes
/// `\u{202e}`, the notation of Rust. Clean text is borrowed and comes back unchanged, so
/// doing it twice changes nothing; backslashes are therefore not doubled, and what is
/// shown cannot be turned back into what was meant. JSON and YAML, which can, do not
/// pass here.
pub fn sanitise(text: &str) -> Cow<'_, str> {
    if is_clean(text) {
        return Cow::Borrowed(text);
    }
    let mut clean = String::with_capacity(text.len() + 16);
    let mut pile = Pile::default();
    for c in text.chars() {
        if let Some(c) = pile.takes(c) {
            push(&mut clean, c);
        } else if pile.is_cut() {
            clean.push(CUT);
        }
    }
    Cow::Owned(clean)
}

/// `text` as [`sanitise`] gives it, at most `max` columns wide on a terminal.
///
/// What does not fit is left out at the end and `…` stands for it; an escape is never cut
/// in half, and a pile of marks ends it. Costs no more than `max` asks for, however long `text` is. With `max` 0
/// nothing is left.
pub fn shorten(text: &str, max: usize) -> Cow<'_, str> {
    // Beyond this a text fits only by piling up marks that take no column.
    let bytes = max.saturating_mul(16).saturating_add(64);
    if text.len() <= bytes {
        let clean = sanitise(text);
        if width(&clean) <= max {
            return clean;
        }
    }
    if max == 0 {
        return Cow::Borrowed("");
    }
    let mut kept = String::new();
    let mut room = max - 1;
    let mut pile = Pile::default();
    for c in text.chars().map_while(|c| pile.takes(c)) {
        let start = kept.len();
        push(&mut kept, c);
        let added = kept.get(start..).map_or(0, wide_as_can_be);
        if added > room || kept.len() > bytes {
            kept.truncate(start);
            break;
        }
        room -= added;
    }
    kept.push(CUT);
    Cow::Owned(kept)
}

/// The widest that a name is in a sentence.
const WIDEST_NAME: usize = 64;

/// A name of a foreign source, as it stands in a sentence: in quotes, unless it is of letters, digits and what
/// joins them, and shortened. What it says cannot be taken for words of this program.
pub fn named(name: &str) -> Cow<'_, str> {
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || b"-_.@".contains(&b);
    if !name.is_empty() && name.len() < WIDEST_NAME && name.bytes().all(is_plain) {
        return Cow::Borrowed(name);
    }
    Cow::Owned(format!("\"{}\"", shorten(name, WIDEST_NAME).replace('"', "'")))
}

/// The names of `all` in a sentence: the first few, and how many more.
pub fn in_short(all: &[&str]) -> String {
    const NAMED: usize = 20;
    let names: Vec<_> = all.iter().take(NAMED).map(|name| named(name)).collect();
    match all.len().saturating_sub(NAMED) {
        0 => names.join(", "),
        more => format!("{} and {more} more", names.join(", ")),
    }
}

/// How many columns of a terminal clean `text` takes.
pub(super) fn width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.width() }
}

/// The sum over the characters: never less than [`width`], which knows ligatures.
fn wide_as_can_be(text: &str) -> usize {
    text.chars().map(|c| c.width().unwrap_or(0)).sum()
}

fn push(clean: &mut String, c: char) {
    match c {
        '\n' => clean.push_str("\\n"),
        '\r' => clean.push_str("\\r"),
        '\t' => clean.push_str("\\t"),
        c if is_hazard(c) => {
            // Writing to a String cannot fail.
            let _ = write!(clean, "\\u{{{:x}}}", u32::from(c));
        }
        c => clean.push(c),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn clean_text_is_borrowed() {
        for text in ["", "my-key", "naïve café", "日本語", "e\u{301}", "👍", "\\n"] {
            assert!(matches!(sanitise(text), Cow::Borrowed(same) if same == text), "{text}");
        }
    }

    #[test]
    fn what_acts_on_a_terminal_becomes_visible() {
        for (text, shown) in [
            ("a\nb", "a\\nb"),
            ("a\r\tb", "a\\r\\tb"),
            ("\x1b[2J", "\\u{1b}[2J"),
            ("\x1b]8;;http://x\x07", "\\u{1b}]8;;http://x\\u{7}"),
            ("pass\x08\x08", "pass\\u{8}\\u{8}"),
            ("\x7f\0", "\\u{7f}\\u{0}"),
            ("\u{9b}31m\u{85}", "\\u{9b}31m\\u{85}"),
            ("\u{202e}cod\u{2069}", "\\u{202e}cod\\u{2069}"),
            ("\u{61c}\u{200e}\u{200f}", "\\u{61c}\\u{200e}\\u{200f}"),
            ("a\u{200b}\u{200d}\u{2060}\u{feff}\u{ad}b", "a\\u{200b}\\u{200d}\\u{2060}\\u{feff}\\u{ad}b"),
            ("\u{2028}\u{2029}", "\\u{2028}\\u{2029}"),
            ("\u{e0041}\u{e0100}\u{fe0f}", "\\u{e0041}\\u{e0100}\\u{fe0f}"),
            ("\u{fffe}\u{1ffff}\u{fff9}", "\\u{fffe}\\u{1ffff}\\u{fff9}"),
            ("\u{3164}\u{2800}\u{e000}", "\\u{3164}\\u{2800}\\u{e000}"),
        ] {
            assert_eq!(sanitise(text), shown);
        }
    }

    #[test]
    fn h121_marks_do_not_pile_up_and_blanks_do_not_make_lines() {
        let marks = |count| format!("e{}x", "\u{301}".repeat(count));
        assert_eq!(sanitise(&marks(8)), marks(8));
        assert_eq!(sanitise(&marks(3_000)), format!("e{}\u{2026}x", "\u{301}".repeat(8)));
        let line = |text: &str| Sieve::default().line(text);
        for blank in [" ", "\u{a0}", "\u{3000}", "\u{2003}", " \u{a0}", "\u{202f} "] {
            assert_eq!(line(&format!("  a{}b{}", blank.repeat(59), blank.repeat(9))), "  a \u{2026} b");
        }
        assert_eq!(line("      a b  c"), "      a b  c");
        assert_eq!(line(&format!("{}a", " ".repeat(100))), format!("{}a", " ".repeat(8)));
    }

    #[test]
    fn a_cut_is_marked_and_keeps_escapes_whole() {
        for (text, max, shown) in [
            ("abcdef", 6, "abcdef"),
            ("abcdef", 5, "abcd…"),
            ("abcdef", 1, "…"),
            ("abcdef", 0, ""),
            ("", 0, ""),
            ("日本語", 6, "日本語"),
            ("日本語", 5, "日本…"),
            ("日本語", 4, "日…"),
            ("ab\x1bcd", 7, "ab…"),
            ("ab\x1bcd", 9, "ab\\u{1b}…"),
            ("👍🏽", 2, "👍🏽"),
        ] {
            assert_eq!(shorten(text, max), shown, "{text} in {max}");
        }
    }

    #[test]
    fn h43_a_name_of_a_megabyte_is_shortened_and_marked() {
        for unit in ["x", "\x1b", "日", "\u{301}"] {
            let name = unit.repeat(1 << 20);
            let shown = shorten(&name, 40);
            assert!(width(&shown) <= 40, "{}", width(&shown));
            assert!(shown.len() < 1_000, "{}", shown.len());
            assert!(shown.ends_with(CUT));
        }
    }

    /// Text in which hazards are as frequent as letters.
    pub(in crate::output) fn hostile() -> impl Strategy<Value = String> {
        let c = prop_oneof![
            any::<char>(),
            prop::char::range('\0', '\u{ff}'),
            prop::char::range('\u{2000}', '\u{206f}'),
            prop::char::range('\u{e0000}', '\u{e01ff}'),
            prop::sample::select(vec!['\n', ' ', '"', '\\', ':', '#', '-', '\u{85}', '\u{301}', '日']),
        ];
        prop::collection::vec(c, 0..40).prop_map(String::from_iter)
    }

    proptest! {
        #[test]
        fn nothing_hazardous_is_left(text in hostile()) {
            let clean = sanitise(&text);
            prop_assert!(!clean.chars().any(|c| c.is_control() || is_hazard(c)));
            prop_assert_eq!(sanitise(&clean), clean.as_ref());
            prop_assert_eq!(is_clean(&text), clean.as_ref() == text.as_str());
        }

        #[test]
        fn never_wider_than_asked(text in hostile(), max in 0_usize..30) {
            let short = shorten(&text, max);
            prop_assert!(width(&short) <= max);
            prop_assert!(!short.chars().any(is_hazard));
            prop_assert!(short == sanitise(&text) || max == 0 || short.ends_with(CUT));
        }
    }
}
