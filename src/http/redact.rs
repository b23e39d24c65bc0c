//! Takes secrets out of what is shown.
//!
//! Whoever sends a secret hides it here first, and `output` and `terminal` pass all that they show through
//! a [`Redactor`]: what repeats a secret does not matter, nor in which answer. No copy of a secret is kept,
//! only keyed hashes of its pieces.

use std::{
    borrow::Cow,
    collections::{BTreeSet, HashSet},
    hash::{BuildHasher, RandomState},
    ops::Range,
    sync::{Arc, Mutex, PoisonError},
};

use base64ct::{Base64Unpadded, Base64UrlUnpadded, Encoding};
use url::form_urlencoded;
use zeroize::Zeroizing;

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

/// Finds secrets: whole, cut, in any case, and in the notations of JSON, URLs, HTML, base64 and hex.
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

    fn add(&mut self, secret: &str) {
        if secret.chars().count() >= SHORTEST {
            Arc::make_mut(self.0.get_or_insert_default()).add(secret);
        }
    }

    /// Whether [`Self::apply`] might find something in `text`.
    pub(crate) fn may_hold_run(&self, text: &[u8]) -> bool {
        self.0.as_ref().is_some_and(|needles| needles.may_hold_run(text))
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
        for form in inner.filter(|form| form.len() >= RUN) {
            self.add_form(form.as_bytes());
        }
        let mut forms = notations(secret);
        forms.sort_by(|a, b| a.as_str().cmp(b));
        forms.dedup();
        for form in &forms {
            self.add_form(form.as_bytes());
        }
    }

    fn add_form(&mut self, form: &[u8]) {
        let form = Zeroizing::new(form.to_ascii_lowercase());
        let mut is_word = true;
        for run in form.windows(RUN).filter(|run| is_varied(run)) {
            is_word = false;
            self.pieces.insert(self.hash(Piece::Run, run));
        }
        if is_word {
            self.lengths.insert(form.len());
            self.pieces.insert(self.hash(Piece::Word, &form));
        }
        form.windows(4).for_each(|gram| self.grams.add(gram));
    }

    /// Whether a closer look is due: wherever a run stands, it holds the five bytes at a multiple of eight.
    fn may_hold_run(&self, text: &[u8]) -> bool {
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

    /// Where pieces of secrets stand, from left to right; they may overlap.
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

/// `secret` as it is, and as texts quote it.
fn notations(secret: &str) -> Vec<Zeroizing<String>> {
    let mut notations = vec![filled(secret, secret.chars()), hex(secret)];
    notations.extend(base64(secret, 0));
    if secret.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte)) {
        return notations;
    }
    let form = || form_urlencoded::byte_serialize(secret.as_bytes());
    notations.extend([
        filled(secret, secret.chars().flat_map(in_json)),
        filled(secret, form().flat_map(str::chars)),
        filled(secret, form().map(|part| if part == "+" { "%20" } else { part }).flat_map(str::chars)),
        filled(secret, secret.chars().flat_map(in_html)),
    ]);
    notations
}

/// The characters that come of `text`, in a buffer that never moves and leaves no copy behind.
fn filled(text: &str, chars: impl Iterator<Item = char>) -> Zeroizing<String> {
    let mut filled = Zeroizing::new(String::with_capacity(text.len() * 6));
    filled.extend(chars);
    filled
}

fn in_json(c: char) -> impl Iterator<Item = char> {
    let escape = match c {
        '\n' => Some('n'),
        '\r' => Some('r'),
        '\t' => Some('t'),
        '"' | '\\' => Some(c),
        _ => None,
    };
    escape.map(|_| '\\').into_iter().chain([escape.unwrap_or(c)])
}

fn in_html(c: char) -> impl Iterator<Item = char> {
    let name = match c {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '"' => "&quot;",
        '\'' => "&#39;",
        _ => "",
    };
    name.chars().chain(Some(c).filter(|_| name.is_empty()))
}

fn hex(text: &str) -> Zeroizing<String> {
    let digits = text.bytes().flat_map(|byte| [byte >> 4, byte & 15]);
    filled(text, digits.filter_map(|digit| char::from_digit(digit.into(), 16)))
}

/// What `secret` becomes in base64 of either alphabet, `offset` bytes behind the start of what is encoded,
/// without the characters that depend on what stands around it.
fn base64(secret: &str, offset: usize) -> [Zeroizing<String>; 2] {
    let bytes = Zeroizing::new([&[0; 2][..offset], secret.as_bytes()].concat());
    [Base64Unpadded::encode_string(&bytes), Base64UrlUnpadded::encode_string(&bytes)].map(|text| {
        let text = Zeroizing::new(text);
        let end = if offset == 0 { text.len() } else { bytes.len() * 8 / 6 };
        let inner = text.get((offset * 8).div_ceil(6)..end).unwrap_or_default();
        filled(inner, inner.chars())
    })
}

#[cfg(test)]
mod tests {
    use super::{REDACTED, Redactor};

    fn redacted(secrets: &[&str], text: &str) -> String {
        let mut redactor = Redactor::default();
        for secret in secrets {
            redactor.add(secret);
        }
        redactor.apply_to_remote(text).into_owned()
    }

    #[test]
    fn h34_a_secret_that_the_server_repeats_is_redacted() {
        let secrets = ["hunter2", "hunter2-and-more", ""];
        let text = "bad hunter2-and-more, hunter2, hunter22";
        assert_eq!(redacted(&secrets, text), "bad <redacted>, <redacted>, hunter22");
        assert_eq!(redacted(&["edac", "hunter2"], "hunter2 is edac"), "<redacted> is <redacted>");
        assert_eq!(redacted(&["red"], "a redis is red"), "a redis is red");
    }

    #[test]
    fn h34_a_secret_in_another_notation_is_redacted() {
        let secret = "p\"a\\s's <&> \u{e9}\n";
        for quoted in [
            "p\\\"a\\\\s's <&> \u{e9}\\n",
            "p%22a%5Cs%27s+%3C%26%3E+%C3%A9%0A",
            "p%22a%5cs%27s%20%3c%26%3e%20%c3%a9%0a",
            "p&quot;a\\s&#39;s &lt;&amp;&gt; \u{e9}\n",
        ] {
            assert_eq!(redacted(&[secret], &format!("({quoted})")), "(<redacted>)");
        }
    }

    #[test]
    fn h123_a_secret_is_found_encoded_and_in_any_case() {
        use base64ct::{Base64, Base64Url, Encoding};

        let secret = "pV7~tok?en>with/marks_";
        for around in ["", "u", "us", "user:"] {
            let whole = format!("{around}{secret}");
            for encoded in
                [Base64::encode_string(whole.as_bytes()), Base64Url::encode_string(whole.as_bytes())]
            {
                let shown = redacted(&[secret], &encoded);
                let left = shown.replace(REDACTED, "");
                // What shares a character with the bytes around stays, and the padding.
                assert!(shown.contains(REDACTED) && left.len() <= around.len() * 2 + 4, "{encoded}: {shown}");
            }
        }
        let hex = super::hex(secret).to_uppercase();
        for text in [secret.to_uppercase(), hex, secret.to_ascii_lowercase()] {
            assert_eq!(redacted(&[secret], &format!("<{text}>")), "<<redacted>>");
        }
    }

    #[test]
    fn h123_twelve_characters_in_common_are_enough_wherever_they_stand() {
        let secret = "Zm9vYmFyLWJhei0xMjM0NTY3ODkw";
        let mut redactor = Redactor::default();
        redactor.add(secret);
        for start in 0..=secret.len() - 12 {
            for before in (0..9).map(|count| "_".repeat(count)) {
                let text = format!("{before}é{}é", &secret[start..start + 12]);
                let shown = format!("{before}é<redacted>é");
                assert_eq!(redactor.apply(&text), shown, "{start}");
                assert_eq!(redactor.apply_to_remote(&text), shown, "{start}");
            }
        }
        assert_eq!(redacted(&[secret], &secret[3..14]), &secret[3..14]);
    }

    #[test]
    fn h123_what_is_common_by_chance_stays() {
        let token = "0000000000000000000000000000000000000000000000000000000000000007";
        let id = "01a20b5f-6e84-7000-ab32-000000000007";
        assert_eq!(redacted(&[token], id), id);
        assert_eq!(redacted(&[token], &format!("no {token}")), "no <redacted>");
        let names = "secret hunter2s, xhunter2 and hunter";
        assert_eq!(redacted(&["hunter2", "a", "cr"], names), names);
    }

    #[test]
    fn h34_a_part_of_a_secret_is_redacted() {
        let secret = "{\n  \"type\": \"key\",\n  \"key\": \"MIIEvQIBADANBgkq+hkiG9w0BAQEFAASC\"\n}";
        assert_eq!(
            redacted(&[secret], "line 3: \\\"MIIEvQIBADANBgkq\\u002bhkiG9w0BAQEFAASC\\\" is not a type"),
            "line 3<redacted>\\u00<redacted> is not a type"
        );
    }

    #[test]
    fn h123_a_short_secret_is_hidden_in_what_a_server_says_alone() {
        let mut redactor = Redactor::default();
        redactor.add("wrong");
        redactor.add("wrong-and-longer");
        assert_eq!(redactor.apply("wrong or wrong-and-longer"), "wrong or <redacted>");
        assert_eq!(redactor.apply_to_remote("wrong or wrong-and-longer"), "<redacted> or <redacted>");
    }
}
