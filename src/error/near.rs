//! Which word was meant by one that is nobody's.

/// Tells whether `meant` is likely what `typed` was to be: as a whole, or in one of the parts that hyphens make.
pub(crate) fn is_near(typed: &str, meant: &str) -> bool {
    let typed = typed.trim_matches('-').to_lowercase();
    meant.split('-').chain([meant.trim_matches('-')]).any(|part| {
        let longest = part.chars().count().max(typed.chars().count());
        !part.is_empty() && distance(&typed, part) * 3 <= longest
    })
}

/// Counts the letters that are wrong, missing, too many or in the place of their neighbour.
fn distance(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let mut rows = vec![(0..=other.len()).collect::<Vec<usize>>()];
    for (at, letter) in one.iter().enumerate() {
        let mut row = vec![at + 1];
        for (to, wanted) in other.iter().enumerate() {
            let last = &rows[at];
            let mut fewest =
                (last[to + 1] + 1).min(row[to] + 1).min(last[to] + usize::from(letter != wanted));
            if at > 0 && to > 0 && *letter == other[to - 1] && one[at - 1] == *wanted {
                fewest = fewest.min(rows[at - 1][to - 1] + 1);
            }
            row.push(fewest);
        }
        rows.push(row);
    }
    rows[one.len()][other.len()]
}

#[cfg(test)]
mod tests {
    use super::is_near;

    #[test]
    fn a_slip_is_near_and_another_word_is_not() {
        for (typed, meant) in [
            ("nmae", "name"),
            ("JSN", "json"),
            ("--tokn", "--api-token-from"),
            ("--pasword-from", "--password-from"),
            ("credentails", "credentials"),
            ("hetzne", "hetzner"),
        ] {
            assert!(is_near(typed, meant), "{typed} {meant}");
        }
        for (typed, meant) in [("--reverse", "--verbose"), ("age", "name"), ("", "org"), ("aws", "ovh")] {
            assert!(!is_near(typed, meant), "{typed} {meant}");
        }
    }
}
