//! Takes secrets out of what is shown.
//!
//! Whoever sends a secret hides it here first, and `output` and `terminal` pass all that they show through
//! a [`Redactor`]: what repeats a secret does not matter, nor in which answer. No copy of a secret is kept,
//! only keyed hashes of its pieces.

mod bare;
mod notations;

use std::{
    borrow::Cow,
    collections::{BTreeSet, HashSet},
    hash::{BuildHasher, RandomState},
    ops::Range,
    sync::{Arc, Mutex, PoisonError},
};

use zeroize::Zeroizing;

pub(crate) use bare::may_disguise;
use bare::{Bare, is_disguised};
use notations::{base64, notations};

/// What is shown in place of a secret.
pub(crate) const REDACTED: &str = "<redacted>";

/// So many bytes in common with a secret are not there by chance.
const RUN: usize = 12;

/// Shorter secrets occur in any text.
const SHORTEST: usize = 4;

/// Runs of fewer different bytes, such as the zeros that pad a number, say nothing.
const VARIED: usize = 4;

/// What this process has hidden so far.
static HIDDEN: Mutex<Redactor> = Mutex::new(Redactor(None));

/// Keeps `secret` out of everything that is shown from now on.
pub(crate) fn hide(secret: &str) {
    HIDDEN.lock().unwrap_or_else(PoisonError::into_inner).add(secret);
}

/// Finds secrets: whole, cut, in any case, in the notations of JSON, URLs, HTML, base64 and hex, and with other
/// characters between theirs.
///
/// Any [`RUN`] bytes of a secret are redacted. A shorter secret is redacted as a whole word, and only in what
/// a server says: a password may be a word of this program's own. One of fewer than [`SHORTEST`] characters
/// is not looked for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Redactor(Option<Arc<Needles>>);

impl Redactor {
    /// Knows the secrets that were hidden up to now.
    pub(crate) fn of_process() -> Self {
        HIDDEN.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Knows `secret` alone.
    pub(crate) fn knowing(secret: &str) -> Self {
        let mut redactor = Self::default();
        redactor.add(secret);
        redactor
    }

    fn add(&mut self, secret: &str) {
        if secret.chars().count() >= SHORTEST {
            Arc::make_mut(self.0.get_or_insert_default()).add(secret);
        }
    }

    /// Whether [`Self::apply`] might find something in `text`, of which [`may_disguise`] holds of no byte.
    pub(crate) fn may_hold_open_run(&self, text: &[u8]) -> bool {
        self.0.as_ref().is_some_and(|needles| needles.may_hold_open_run(text))
    }

    /// `text` with [`REDACTED`] in place of secrets of [`RUN`] bytes and more, and of parts of them.
    pub(crate) fn apply<'t>(&self, text: &'t str) -> Cow<'t, str> {
        match &self.0 {
            Some(needles) if needles.may_hold_run(text.as_bytes()) => needles.cut_out(text, false),
            _ => Cow::Borrowed(text),
        }
    }

    /// As [`Self::apply`], for what a server says: short secrets too.
    pub(super) fn apply_to_remote<'t>(&self, text: &'t str) -> Cow<'t, str> {
        self.0.as_ref().map_or(Cow::Borrowed(text), |needles| needles.cut_out(text, true))
    }
}

/// In what way a piece of a secret counts.
#[derive(Hash)]
enum Piece {
    /// A whole secret, to know it again.
    Secret,
    /// Wherever it stands.
    Run,
    /// Between others than letters and digits.
    Word,
}

#[derive(Clone, Debug, Default)]
struct Needles {
    key: RandomState,
    pieces: HashSet<u64>,
    /// The lengths of words.
    lengths: BTreeSet<usize>,
    grams: Grams,
}

impl Needles {
    fn hash(&self, piece: Piece, bytes: &[u8]) -> u64 {
        self.key.hash_one((piece, bytes))
    }

    fn knows(&self, piece: Piece, bytes: &[u8]) -> bool {
        self.pieces.contains(&self.hash(piece, bytes))
    }

    fn add(&mut self, secret: &str) {
        if !self.pieces.insert(self.hash(Piece::Secret, secret.as_bytes())) {
            return;
        }
        let inner = [1, 2].into_iter().flat_map(|offset| base64(secret, offset));
        let inner = inner.filter(|form| form.len() >= RUN);
        let mut forms: Vec<_> = notations(secret).into_iter().chain(inner).collect();
        forms.sort_by(|a, b| a.as_str().cmp(b));
        forms.dedup();
        for form in &forms {
            self.add_form(form.as_bytes());
            self.add_runs(&Bare::of(form).letters);
        }
    }

    fn add_form(&mut self, form: &[u8]) {
        let form = Zeroizing::new(form.to_ascii_lowercase());
        if self.add_runs(&form) == 0 {
            self.lengths.insert(form.len());
            self.pieces.insert(self.hash(Piece::Word, &form));
        }
        form.windows(4).for_each(|gram| self.grams.add(gram));
    }

    /// Adds the runs of `form`, which is in lower case, and says how many it has.
    fn add_runs(&mut self, form: &[u8]) -> usize {
        let add = |run| self.pieces.insert(self.hash(Piece::Run, run));
        form.windows(RUN).filter(|run| is_varied(run)).map(add).count()
    }

    /// Whether a closer look is due.
    fn may_hold_run(&self, text: &[u8]) -> bool {
        self.may_hold_open_run(text) || (text.len() >= RUN && is_disguised(text))
    }

    /// As [`Self::may_hold_run`], of runs that are not disguised: wherever one stands, it holds the five bytes at
    /// a multiple of eight.
    fn may_hold_open_run(&self, text: &[u8]) -> bool {
        let (blocks, rest) = text.as_chunks::<8>();
        let is_in_run =
            |block: &[u8]| block.len() > 4 && self.grams.has(block) && self.grams.has(&block[1..]);
        text.len() >= RUN && (blocks.iter().any(|block| is_in_run(block)) || is_in_run(rest))
    }

    fn cut_out<'t>(&self, text: &'t str, words: bool) -> Cow<'t, str> {
        let mut whole = String::new();
        let mut done = 0;
        for Range { start, end } in self.found(text, words) {
            // No piece of a secret is shown for the sake of the rest of a character.
            let start = (0..=start).rfind(|&at| text.is_char_boundary(at)).unwrap_or(start);
            let end = (end..=text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(end);
            if start > done || done == 0 {
                whole.push_str(&text[done..start]);
                whole.push_str(REDACTED);
            }
            done = done.max(end);
        }
        if done == 0 {
            return Cow::Borrowed(text);
        }
        whole.push_str(&text[done..]);
        Cow::Owned(whole)
    }

    /// Where pieces of secrets stand, from left to right; they may overlap. Letters that are torn apart by
    /// others are looked for where a server explains itself, or where a text looks like it.
    fn found(&self, text: &str, words: bool) -> Vec<Range<usize>> {
        let lower = Zeroizing::new(text.to_ascii_lowercase());
        let bytes = lower.as_bytes();
        let mut found = Vec::new();
        let candidates = bytes.windows(4).enumerate().filter(|(_, gram)| self.grams.has(gram));
        for (start, _) in candidates {
            let rest = &bytes[start..];
            if rest.len() >= RUN && self.knows(Piece::Run, &rest[..RUN]) {
                found.push(start..start + RUN);
            }
            let mut ends = self.lengths.range(..=rest.len()).map(|length| start + length);
            if words
                && is_boundary(bytes, start)
                && let Some(end) =
                    ends.rfind(|&end| is_boundary(bytes, end) && self.knows(Piece::Word, &bytes[start..end]))
            {
                found.push(start..end);
            }
        }
        if words || is_disguised(bytes) {
            let bare = Bare::of(text);
            let runs = bare.letters.windows(RUN).enumerate().filter(|(_, run)| self.knows(Piece::Run, run));
            found.extend(runs.filter_map(|(start, _)| bare.place(&(start..start + RUN))));
            found.sort_unstable_by_key(|range| range.start);
        }
        found
    }
}

/// Whether `run` has enough different bytes to be known by.
fn is_varied(run: &[u8]) -> bool {
    let first = |&(index, byte): &(usize, &u8)| !run[..index].contains(byte);
    run.iter().enumerate().filter(first).nth(VARIED - 1).is_some()
}

/// Whether a word may begin or end at `at`.
fn is_boundary(bytes: &[u8], at: usize) -> bool {
    let is_letter = u8::is_ascii_alphanumeric;
    !(at > 0 && is_letter(&bytes[at - 1]) && bytes.get(at).is_some_and(is_letter))
}

/// A set of four bytes each, case ignored, that may claim to hold more than it does.
#[derive(Clone, Debug)]
struct Grams(Box<[u64; 1024]>);

impl Default for Grams {
    fn default() -> Self {
        Self(Box::new([0; 1024]))
    }
}

impl Grams {
    /// The word and the bit of `gram`.
    fn place(gram: &[u8]) -> (usize, u64) {
        let gram = gram.first_chunk().map_or(0, |gram| u32::from_le_bytes(*gram));
        let place = (gram | 0x2020_2020).wrapping_mul(0x9e37_79b1) >> 16;
        (place as usize >> 6, 1 << (place & 63))
    }

    fn add(&mut self, gram: &[u8]) {
        let (word, bit) = Self::place(gram);
        self.0[word] |= bit;
    }

    fn has(&self, gram: &[u8]) -> bool {
        let (word, bit) = Self::place(gram);
        self.0[word] & bit != 0
    }
}

#[cfg(test)]
mod tests;
