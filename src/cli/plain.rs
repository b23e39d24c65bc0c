//! Words of a command line that a message may repeat.

/// Returns the word if it looks like a mistyped option or command, or a name. Anything else may be a secret in
/// the wrong place.
pub(super) fn repeatable(word: &str) -> Option<&str> {
    let bare = word.trim_start_matches('-');
    let plain = bare.len() <= 24 && bare.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
    let short = word.starts_with('-') && bare.len() == 1 && bare.bytes().all(|b| b.is_ascii_alphanumeric());
    (plain || short).then_some(word)
}

#[cfg(test)]
mod tests {
    use super::repeatable;

    #[test]
    fn what_may_be_a_secret_is_not_repeated() {
        for word in ["--tokn", "-x", "-X", "creat", "ssh-kye"] {
            assert_eq!(repeatable(word), Some(word));
        }
        for word in
            ["SECRET", "hunter2", "--S3cret", "abcdefghijklmnopqrstuvwxyzabcdef", "a b", "\u{1b}[2J", "-ab!"]
        {
            assert_eq!(repeatable(word), None, "{word}");
        }
    }
}
