//! What to run or change next, as data: a hint names commands of this program by path and arguments.

use std::{borrow::Cow, fmt};

/// What to run or change next: words, and command lines of this program among them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint(Vec<Part>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Words(String),
    Run(Run),
}

impl Hint {
    /// `words: ankra PATH ARGS`, the form of most hints.
    pub fn run(words: &str, run: Run) -> Self {
        Self::from(format!("{words}: ")).then(run)
    }

    /// Adds a command line.
    pub fn then(mut self, run: Run) -> Self {
        self.0.push(Part::Run(run));
        self
    }

    /// Adds words; they bring their own blanks.
    pub fn words(mut self, words: impl Into<String>) -> Self {
        self.0.push(Part::Words(words.into()));
        self
    }

    /// The same hint with every command line put into words by `line`.
    pub fn spelled(&self, line: impl Fn(&Run) -> String) -> Self {
        let spelled = self.0.iter().map(|part| match part {
            Part::Words(words) => words.clone(),
            Part::Run(run) => line(run),
        });
        Self::from(spelled.collect::<String>())
    }
}

impl From<String> for Hint {
    fn from(words: String) -> Self {
        Self(vec![Part::Words(words)])
    }
}

impl From<&str> for Hint {
    fn from(words: &str) -> Self {
        Self::from(words.to_owned())
    }
}

impl fmt::Display for Hint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|part| match part {
            Part::Words(words) => f.write_str(words),
            Part::Run(run) => write!(f, "{run}"),
        })
    }
}

/// A command of this program. It is printed through `commands::Invocation`, which adds the global
/// flags that were given; `Display` is the bare line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    path: Cow<'static, str>,
    args: Vec<String>,
}

impl Run {
    /// The command at `path`, as typed: `credentials list`. Tests hold that there is one.
    pub fn new(path: impl Into<Cow<'static, str>>) -> Self {
        Self { path: path.into(), args: Vec::new() }
    }

    /// The command line that was typed, without the program's name. It has its global options already.
    pub fn typed(words: Vec<String>) -> Self {
        Self { path: "".into(), args: words }
    }

    /// Reads a command line without the program's name: `credentials get NAME`. Its path ends before the
    /// first option or placeholder; quotes and `\` at the end of a line are a shell's.
    pub(crate) fn read(line: &str) -> Self {
        let (mut words, mut word, mut quote) = (Vec::new(), String::new(), None);
        for c in line.replace("\\\n", " ").chars().chain([' ']) {
            match (c, quote) {
                ('"' | '\'', None) => quote = Some(c),
                (c, Some(open)) if c == open => quote = None,
                (c, None) if c.is_whitespace() => words.extend(Some(std::mem::take(&mut word))),
                (c, _) => word.push(c),
            }
        }
        words.retain(|word| !word.is_empty());
        let is_name = |word: &String| word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
        let path = words.iter().take_while(|word| is_name(word) && !word.starts_with('-')).count();
        let args = words.split_off(path);
        Self { path: words.join(" ").into(), args }
    }

    /// Adds one argument: a flag, a value, or a placeholder in capitals.
    pub fn arg(mut self, arg: impl Into<String>) -> Self {
        self.args.push(arg.into());
        self
    }

    /// Adds what somebody else may have named, as the last argument: it cannot be taken for a flag.
    pub fn named(self, name: impl Into<String>) -> Self {
        let name = name.into();
        let run = if name.starts_with('-') { self.arg("--") } else { self };
        run.arg(name)
    }

    /// Has it act in `organisation`, whatever was chosen for this command.
    pub fn within(mut self, organisation: &str) -> Self {
        self.args.splice(0..0, ["--org", organisation].map(str::to_owned));
        self
    }

    /// Whether the flag (`--profile`) is among the arguments.
    pub fn has(&self, flag: &str) -> bool {
        self.args.iter().any(|arg| arg == flag)
    }

    /// Whether it is the command at `path`.
    pub fn is_of(&self, path: &str) -> bool {
        self.path == path
    }

    /// Returns the value of the flag, if it has one.
    pub(crate) fn value(&self, flag: &str) -> Option<&str> {
        let at = self.args.iter().position(|arg| arg == flag)?;
        self.args.get(at + 1).map(String::as_str)
    }

    /// Returns the same command with `value` as that of the flag, where the flag is given.
    pub(crate) fn with(mut self, flag: &str, value: &str) -> Self {
        if let Some(at) = self.args.iter().position(|arg| arg == flag)
            && let Some(given) = self.args.get_mut(at + 1)
        {
            value.clone_into(given);
        }
        self
    }

    /// The whole line, quoted for a shell, with `globals` between the path and the arguments.
    pub fn line<'a>(&'a self, globals: impl IntoIterator<Item = &'a str>) -> String {
        let is_typed = self.path.is_empty();
        let globals = globals.into_iter().filter(|_| !is_typed);
        let words = globals.chain(self.args.iter().map(String::as_str));
        let mut line = "ankra".to_owned();
        if !is_typed {
            line.push(' ');
            line.push_str(&self.path);
        }
        for word in words {
            line.push(' ');
            line.push_str(&quoted(word));
        }
        line
    }
}

impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.line([]))
    }
}

/// `a`, `a and b`, `a, b and c`.
pub(crate) fn listed(words: &[impl AsRef<str>], last: &str) -> String {
    let words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
    match words.as_slice() {
        [] => String::new(),
        [word] => (*word).to_owned(),
        [first @ .., word] => format!("{} {last} {word}", first.join(", ")),
    }
}

/// `word` as a POSIX shell reads it back: as it is if every character is plain, else in single quotes.
pub fn quoted(word: &str) -> Cow<'_, str> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./:=@%+,".contains(&byte);
    if !word.is_empty() && word.bytes().all(is_plain) {
        Cow::Borrowed(word)
    } else {
        Cow::Owned(format!("'{}'", word.replace('\'', r"'\''")))
    }
}

#[cfg(test)]
mod tests {
    use super::{Hint, Run, quoted};

    #[test]
    fn words_that_a_shell_would_act_on_are_quoted() {
        for plain in ["a", "--name", "file:/tmp/x", "a=b", "x@y", "50%"] {
            assert_eq!(quoted(plain), plain);
        }
        for (word, line) in [("", "''"), ("~", "'~'"), ("; touch x", "'; touch x'"), ("it's", r"'it'\''s'")] {
            assert_eq!(quoted(word), line);
        }
    }

    #[test]
    fn a_line_is_read_as_a_path_and_arguments() {
        let run = Run::read("credentials get NAME --password-from \"command:a b\"");
        let line = run.line(["--org", "x"]);
        assert_eq!(line, "ankra credentials get --org x NAME --password-from 'command:a b'");
    }

    #[test]
    fn a_hint_spells_its_commands_with_the_global_flags() {
        let hint = Hint::run("look with", Run::new("credentials get").arg("a b")).words(", then think");
        assert_eq!(hint.to_string(), "look with: ankra credentials get 'a b', then think");
        let spelled = hint.spelled(|run| run.line(["--org", "demo"]));
        assert_eq!(spelled.to_string(), "look with: ankra credentials get --org demo 'a b', then think");
    }
}
