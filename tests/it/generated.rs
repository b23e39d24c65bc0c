//! `completions/` and `man/` are what the command tree generates.
//!
//! `ANKRA_REGENERATE=1 cargo test --test it generated` writes them anew.

use std::{collections::BTreeMap, env, fs, io::Write, path::Path, process::Command as Process};

use clap::Command;
use clap_mangen::{
    Man,
    roff::{Roff, bold, roman},
};

/// The heading of the options of every command, which `ankra.1` alone describes.
const GLOBAL: &str = "Global options";

/// How roff is told of apostrophes.
const PREAMBLE: &str = ".ie \\n(.g .ds Aq \\(aq\n.el .ds Aq '\n";

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
            let output = Process::new(env!("CARGO_BIN_EXE_ankra"))
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
    let mut root = ankra::cli::command();
    root.build();
    let mut files = Files::new();
    walk(&root, &mut files);
    files
}

fn page(name: &str, command: &Command) -> String {
    let is_root = name == "ankra";
    let has_own_options = |command: &Command| command.get_arguments().any(|argument| !argument.is_hide_set());
    let command = command.clone().mut_args(|argument| {
        let is_elsewhere = !is_root && argument.get_help_heading() == Some(GLOBAL);
        // A page is a long help.
        argument.hide_short_help(false).hide(is_elsewhere)
    });
    // No date: a page changes only when the command does.
    let man =
        Man::new(command.clone()).source(concat!("ankra ", env!("CARGO_PKG_VERSION"))).manual("Ankra Manual");
    let mut page = Vec::new();
    // An empty date would otherwise be left out, and the rest taken for it.
    writeln!(page, r#".TH {name} 1 "" "ankra {}" "Ankra Manual""#, env!("CARGO_PKG_VERSION")).unwrap();
    man.render_name_section(&mut page).unwrap();
    man.render_synopsis_section(&mut page).unwrap();
    man.render_description_section(&mut page).unwrap();
    if has_own_options(&command) {
        man.render_options_section(&mut page).unwrap();
    }
    if command.has_subcommands() {
        man.render_subcommands_section(&mut page).unwrap();
    }
    let after = command.get_after_long_help().or(command.get_after_help());
    if let Some(after) = after.map(ToString::to_string) {
        after.split("\n\n").for_each(|section| verbatim(section, &mut page));
    }
    if !is_root {
        let mut roff = Roff::new();
        roff.control("SH", ["SEE ALSO"]);
        roff.text([bold("ankra"), roman("(1) describes the options of every command.")]);
        roff.to_writer(&mut page).unwrap();
    }
    // Each part comes with its own preamble: the page needs one.
    let page = String::from_utf8(page).unwrap();
    format!("{PREAMBLE}{}", page.replace(PREAMBLE, ""))
}

/// A section of the text after a command's help, its lines as they are.
fn verbatim(section: &str, page: &mut Vec<u8>) {
    let (heading, lines) = section.split_once(":\n").expect("a section has a heading");
    let mut roff = Roff::new();
    roff.control("SH", [heading.to_uppercase().as_str()]);
    roff.control("nf", []);
    for line in lines.lines() {
        roff.text([roman(line.strip_prefix("  ").unwrap_or(line))]);
    }
    roff.control("fi", []);
    roff.to_writer(page).unwrap();
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
    let mut root = ankra::cli::command();
    root.build();
    walk(&root);
}
