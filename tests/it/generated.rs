//! `completions/` and `man/` are what the command tree generates.
//!
//! `ANKRA_REGENERATE=1 cargo test --test it generated` writes them anew.

use std::{collections::BTreeMap, env, fs, path::Path, process::Command as Process};

use ankra::testing::cli::Guide;
use clap::Command;
use clap_mangen::roff::{Inline, Roff, bold, italic, roman};

/// The heading of the options of every command, which `ankra.1` alone describes.
const GLOBAL: &str = "Global options";

/// The day of the release, not of generation: a page changes only when the command does.
const VERSION_DATE: &str = "2026-11-24";

/// The longest title that has room in 60 columns.
const TITLE: usize = 18;

/// A file's name and what is in it.
type Files = BTreeMap<String, String>;

fn completions() -> Files {
    let shells = [
        ("bash", "ankra.bash"),
        ("elvish", "ankra.elv"),
        ("fish", "ankra.fish"),
        ("powershell", "_ankra.ps1"),
        ("zsh", "_ankra"),
    ];
    shells
        .into_iter()
        .map(|(shell, file)| {
            let output = Process::new(crate::support::ankra_path())
                .args(["completion", shell, "--static"])
                .env_clear()
                .env("HOME", "/nonexistent")
                .output()
                .unwrap();
            assert!(output.status.success(), "{shell}: {}", String::from_utf8_lossy(&output.stderr));
            (file.to_owned(), String::from_utf8(output.stdout).unwrap())
        })
        .collect()
}

/// One page for each command.
fn man() -> Files {
    fn walk(command: &Command, files: &mut Files) {
        let name = command.get_display_name().unwrap_or_else(|| command.get_name());
        files.insert(format!("{name}.1"), page(name, command));
        command.get_subcommands().for_each(|child| walk(child, files));
    }
    let root = ankra::testing::cli::command();
    let mut files = Files::new();
    walk(&root, &mut files);
    files
}

/// One page: the command's own options, its examples, and what [`Guide`] knows of it.
fn page(name: &str, command: &Command) -> String {
    let is_root = name == "ankra";
    let command = command.clone().mut_args(|argument| {
        let is_elsewhere = !is_root && argument.get_help_heading() == Some(GLOBAL);
        // A page is a long help.
        argument.hide_short_help(false).hide_long_help(false).hide(is_elsewhere)
    });
    let mut page = Roff::new();
    let title = name.to_uppercase();
    page.control(
        "TH",
        [
            // Twice on the first line, with the manual's name between: a long one leaves no room.
            if name.len() > TITLE { "ANKRA" } else { &title },
            "1",
            VERSION_DATE,
            concat!("ankra ", env!("CARGO_PKG_VERSION")),
            "Ankra Manual",
        ],
    );
    page.control("SH", ["NAME"]);
    let about = command.get_about().map(ToString::to_string).unwrap_or_default();
    page.text([roman(format!("{name} - {}", lower_first(&about)))]);
    page.control("SH", ["SYNOPSIS"]);
    for (at, line) in synopsis(&command).into_iter().enumerate() {
        if at > 0 {
            page.control("br", []);
        }
        page.text(line);
    }
    page.control("SH", ["DESCRIPTION"]);
    let long = command.get_long_about().map(ToString::to_string).unwrap_or_default();
    let mut paragraphs = long.split("\n\n");
    filled(&format!("{}.", paragraphs.next().unwrap_or_default()), &mut page);
    for paragraph in paragraphs {
        page.control("PP", []);
        filled(paragraph, &mut page);
    }
    commands(&command, name, &mut page);
    options(&command, is_root, &mut page);
    let path = name.strip_prefix("ankra-").unwrap_or_default();
    let after = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    if let Some(examples) = after.split("\n\n").next().and_then(|text| text.strip_prefix("Examples:\n")) {
        page.control("SH", ["EXAMPLES"]);
        verbatim(examples, &mut page);
    }
    if let Some((guide, words)) = guide_of(&command, path) {
        table("ENVIRONMENT", guide.variables(words), &mut page);
        table("FILES", guide.files(words), &mut page);
        table("EXIT STATUS", guide.exits(), &mut page);
    }
    page.control("SH", ["SEE ALSO"]);
    page.text(see_also(&command, name));
    page.to_roff().trim_end().to_owned() + "\n"
}

/// The row of a command whose page's name is `path` with hyphens.
fn guide_of<'c>(command: &'c Command, path: &str) -> Option<(&'static Guide, &'c str)> {
    let words = command.get_bin_name().unwrap_or_default().trim_start_matches("ankra").trim();
    assert_eq!(words.replace(' ', "-"), path);
    Guide::of(words).map(|guide| (guide, words))
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}

/// The usage lines: the words in bold, what a person puts in their place in italics.
fn synopsis(command: &Command) -> Vec<Vec<Inline>> {
    let usage = command.clone().render_usage().to_string();
    let line = |line: &str| {
        let mut parts = Vec::new();
        for word in line.split_whitespace() {
            let is_placeholder = word.starts_with(['<', '[']) || word.contains('<');
            parts.push(if is_placeholder { italic(word) } else { bold(word) });
            parts.push(roman(" "));
        }
        parts.pop();
        parts
    };
    usage.trim_start_matches("Usage:").lines().map(line).collect()
}

fn commands(command: &Command, name: &str, page: &mut Roff) {
    if !command.has_subcommands() {
        return;
    }
    page.control("SH", ["COMMANDS"]);
    for child in command.get_subcommands() {
        page.control("TP", []);
        page.text([bold(format!("{name}-{}", child.get_name())), roman("(1)")]);
        let mut about = child.get_about().map(ToString::to_string).unwrap_or_default();
        let aliases: Vec<&str> = child.get_visible_aliases().collect();
        if !aliases.is_empty() {
            about = format!("{about}. Also: {}", aliases.join(", "));
        }
        filled(&format!("{about}."), page);
    }
}

/// The options under their headings; the arguments first.
fn options(command: &Command, is_root: bool, page: &mut Roff) {
    page.control("SH", ["OPTIONS"]);
    let shown = |argument: &&clap::Arg| !argument.is_hide_set();
    let mut headings: Vec<Option<&str>> = Vec::new();
    for argument in command.get_arguments().filter(shown) {
        if !headings.contains(&argument.get_help_heading()) {
            headings.push(argument.get_help_heading());
        }
    }
    headings.sort_by_key(Option::is_some);
    for heading in headings {
        if let Some(heading) = heading {
            page.control("SS", [heading]);
        }
        let ours = command.get_arguments().filter(shown).filter(|one| one.get_help_heading() == heading);
        let (arguments, options): (Vec<_>, Vec<_>) = ours.partition(|argument| argument.is_positional());
        arguments.into_iter().chain(options).for_each(|argument| option(argument, page));
    }
    if !is_root {
        if command.get_arguments().any(|argument| !argument.is_hide_set()) {
            page.control("PP", []);
        }
        page.text([roman("The options of every command, such as")]);
        page.text([bold("-o"), roman(", "), bold("--org"), roman(" and "), bold("--sandbox"), roman(",")]);
        page.text([roman("are in "), bold("ankra"), roman("(1).")]);
    }
}

fn option(argument: &clap::Arg, page: &mut Roff) {
    page.control("TP", []);
    let mut names = Vec::new();
    if let Some(short) = argument.get_short() {
        names.push(format!("-{short}"));
    }
    if let Some(long) = argument.get_long() {
        names.push(format!("--{long}"));
    }
    names.extend(
        argument.get_visible_aliases().unwrap_or_default().into_iter().map(|alias| format!("--{alias}")),
    );
    let values = argument.get_value_names().unwrap_or_default().join(" ");
    let takes = argument.get_action().takes_values();
    let line = if names.is_empty() {
        let many = argument.get_num_args().is_some_and(|range| range.max_values() > 1)
            || matches!(argument.get_action(), clap::ArgAction::Append);
        vec![italic(format!("{values}{}", if many { "..." } else { "" }))]
    } else if takes && argument.get_num_args().is_some_and(|range| range.min_values() == 0) {
        vec![bold(names.join(", ")), roman(" ["), italic(values), roman("]")]
    } else if takes {
        vec![bold(names.join(", ")), roman(" "), italic(values)]
    } else {
        vec![bold(names.join(", "))]
    };
    page.text(line);
    let help = argument.get_long_help().or(argument.get_help()).map(ToString::to_string).unwrap_or_default();
    let mut paragraphs = help.split("\n\n").map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
    filled(&sentence(&paragraphs.next().unwrap_or_default()), page);
    for paragraph in paragraphs {
        page.control("IP", []);
        filled(&sentence(&paragraph), page);
    }
    let values: Vec<_> =
        argument.get_possible_values().into_iter().filter(|value| !value.is_hide_set()).collect();
    if takes && !values.is_empty() && !argument.is_hide_possible_values_set() {
        page.control("IP", []);
        let told = |value: &clap::builder::PossibleValue| match value.get_help() {
            Some(help) => format!("{} ({help})", value.get_name()),
            None => value.get_name().to_owned(),
        };
        let all: Vec<String> = values.iter().map(told).collect();
        filled(&format!("One of: {}.", all.join(", ")), page);
    }
}

/// A paragraph in lines of a usual length, which the reader's program fills anew.
fn filled(text: &str, page: &mut Roff) {
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() && line.len() + word.len() > 64 {
            page.text([roman(std::mem::take(&mut line))]);
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    page.text([roman(line)]);
}

fn sentence(text: &str) -> String {
    if text.ends_with(['.', ']', ':']) { text.to_owned() } else { format!("{text}.") }
}

fn table(title: &str, rows: impl Iterator<Item = (String, String)>, page: &mut Roff) {
    let mut rows = rows.peekable();
    if rows.peek().is_none() {
        return;
    }
    page.control("SH", [title]);
    for (name, text) in rows {
        page.control("TP", []);
        page.text([bold(name)]);
        page.text([roman(sentence(&upper_first(&text)))]);
    }
}

/// A sentence begins with a capital, unless its first word is a value.
fn upper_first(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) if !text.starts_with("dumb:") => first.to_uppercase().chain(chars).collect(),
        _ => text.to_owned(),
    }
}

/// The page above, those below and those beside.
fn see_also(command: &Command, name: &str) -> Vec<Inline> {
    let mut pages: Vec<String> = Vec::new();
    let mut above = name;
    // `ssh-key` is one word of a command, and a page's name joins words with hyphens.
    while let Some((rest, last)) = above.rsplit_once('-') {
        above = if last == "key" { rest.trim_end_matches("-ssh") } else { rest };
        pages.insert(0, above.to_owned());
    }
    pages.extend(command.get_subcommands().map(|child| format!("{name}-{}", child.get_name())));
    if pages.is_empty() {
        pages.push("ssh-keygen".to_owned());
    }
    let mut parts = Vec::new();
    for page in pages {
        parts.extend([bold(page), roman("(1)"), roman(", ")]);
    }
    parts.pop();
    parts
}

/// Lines as they are.
fn verbatim(text: &str, page: &mut Roff) {
    page.control("nf", []);
    for line in text.lines() {
        page.text([roman(line.strip_prefix("  ").unwrap_or(line))]);
    }
    page.control("fi", []);
}

/// Compares a directory with what belongs there, or makes it so.
fn check(directory: &str, wanted: &Files) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(directory);
    let present = || -> Files {
        let Ok(entries) = fs::read_dir(&root) else { return Files::new() };
        entries
            .map(|entry| {
                let entry = entry.unwrap();
                (entry.file_name().into_string().unwrap(), fs::read_to_string(entry.path()).unwrap())
            })
            .collect()
    };
    if env::var_os("ANKRA_REGENERATE").is_some() {
        fs::create_dir_all(&root).unwrap();
        for stale in present().keys().filter(|name| !wanted.contains_key(*name)) {
            fs::remove_file(root.join(stale)).unwrap();
        }
        for (name, text) in wanted {
            fs::write(root.join(name), text).unwrap();
        }
    }
    let present = present();
    let differing: Vec<&String> =
        wanted.keys().chain(present.keys()).filter(|name| wanted.get(*name) != present.get(*name)).collect();
    assert!(
        differing.is_empty(),
        "in {directory}/ these are not what the command tree generates: {differing:?}\n\
         run: ANKRA_REGENERATE=1 cargo test --test it generated"
    );
}

#[test]
fn completions_are_generated() {
    check("completions", &completions());
}

#[test]
fn man_pages_are_generated() {
    check("man", &man());
}

/// A flag that takes a secret's value does not exist, so nothing offers it.
#[test]
fn no_flag_takes_a_secret() {
    fn walk(command: &Command) {
        for option in command.get_opts() {
            let name = option.get_long().unwrap_or_default();
            let takes_value = option.get_action().takes_values();
            let is_secret =
                ["token", "key", "secret", "password", "passphrase"].iter().any(|end| name.ends_with(end));
            assert!(!takes_value || !is_secret || name == "public-key", "{}: --{name}", command.get_name());
            assert!(!option.is_hide_set(), "{}: --{name} is hidden, but completed", command.get_name());
        }
        command.get_subcommands().for_each(walk);
    }
    let mut root = ankra::testing::cli::command();
    root.build();
    walk(&root);
}
