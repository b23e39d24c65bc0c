//! The manual pages: whole, in the usual order, and well formed for both readers of such pages.

use std::{fs, path::PathBuf};

use crate::support::{Env, need};

const SECTIONS: [&str; 10] = [
    "NAME",
    "SYNOPSIS",
    "DESCRIPTION",
    "COMMANDS",
    "OPTIONS",
    "EXAMPLES",
    "ENVIRONMENT",
    "FILES",
    "EXIT STATUS",
    "SEE ALSO",
];

fn pages() -> Vec<PathBuf> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/man");
    let mut pages: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    pages.sort();
    assert!(pages.len() > 30, "{pages:?}");
    pages
}

/// The commands and pages of the tree, with whether they do something themselves.
fn leaves(command: &clap::Command, found: &mut Vec<(String, bool)>) {
    let name = command.get_display_name().unwrap_or_else(|| command.get_name()).to_owned();
    let acts = !command.has_subcommands() || ["ankra", "ankra-completion"].contains(&name.as_str());
    found.push((name, acts));
    command.get_subcommands().for_each(|child| leaves(child, found));
}

#[test]
fn every_page_has_its_sections_in_the_usual_order() {
    let mut commands = Vec::new();
    leaves(&ankra::testing::cli::command(), &mut commands);
    for (name, acts) in commands {
        let path = format!("{}/man/{name}.1", env!("CARGO_MANIFEST_DIR"));
        let page = fs::read_to_string(&path).unwrap();
        let sections: Vec<&str> = page
            .lines()
            .filter_map(|line| line.strip_prefix(".SH "))
            .map(|title| title.trim_matches('"'))
            .collect();
        let order: Vec<usize> = sections
            .iter()
            .map(|title| {
                SECTIONS.iter().position(|known| known == title).unwrap_or_else(|| panic!("{name}: {title}"))
            })
            .collect();
        assert!(order.is_sorted_by(|a, b| a < b), "{name}: {sections:?}");
        for title in ["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "EXAMPLES", "SEE ALSO"] {
            assert!(sections.contains(&title), "{name}: {title}");
        }
        if acts {
            assert!(sections.contains(&"EXIT STATUS"), "{name}: {sections:?}");
        }
    }
}

/// But for the lines of names, which are one line by custom and may be long.
#[test]
fn mandoc_has_nothing_to_say_of_any_page() {
    let env = Env::new();
    let mut run = env.program(need("mandoc", "mandoc")).arg("-Tlint").arg("-Wwarning");
    for page in pages() {
        run = run.arg(page);
    }
    let outcome = run.run();
    assert_eq!((outcome.code, outcome.all().trim()), (Some(0), ""), "{outcome}");
}

#[test]
fn groff_sets_every_page_without_a_warning_and_man_shows_it() {
    let env = Env::new();
    for page in pages() {
        let outcome =
            env.program(need("groff", "groff-base")).arg("-ww").arg("-man").arg("-Tutf8").arg(&page).ok();
        assert_eq!(outcome.stderr, "", "{outcome}");
        assert!(outcome.stdout.lines().count() > 20, "{outcome}");
    }
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/man/ankra-credentials-hetzner-create.1");
    let shown = env
        .program(need("man", "man-db"))
        .arg("-l")
        .arg(page)
        .env("MANPAGER", "cat")
        .env("MANWIDTH", "80")
        .ok()
        .stdout;
    for line in [
        "ankra-credentials-hetzner-create - store a Hetzner API token",
        "ankra credentials hetzner create [OPTIONS] --name <NAME>",
        "       ankra credentials hetzner create --name my-hetzner-token",
    ] {
        assert!(shown.contains(line), "{line}: {shown}");
    }
}

/// The first and the last line have three parts, which do not run into each other.
#[test]
fn every_page_has_room_for_its_title_in_60_columns() {
    let env = Env::new();
    for page in pages() {
        let run = env.program(need("man", "man-db")).arg("-l").arg(&page);
        let shown = run.env("MANPAGER", "cat").env("MANWIDTH", "60").ok().stdout;
        let (first, last) = (shown.lines().next().unwrap(), shown.trim_end().lines().last().unwrap());
        let parts = |line: &str| line.split("  ").filter(|part| !part.trim().is_empty()).count();
        assert_eq!((parts(first), parts(last)), (3, 3), "{first}\n{last}");
        assert_eq!(first.split("(1)").count(), 3, "{first}");
    }
    // Each way to use a command is on a line of its own.
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/man/ankra-completion.1");
    let run = env.program(need("man", "man-db")).arg("-l").arg(page);
    let shown = run.env("MANPAGER", "cat").env("MANWIDTH", "80").ok().stdout;
    let usage =
        "       ankra completion [OPTIONS] <SHELL>\n       ankra completion install|uninstall [OPTIONS]\n";
    assert!(shown.contains(usage), "{shown}");
}

/// What another page is referred to by is there, or is OpenSSH's.
#[test]
fn every_page_that_is_referred_to_exists() {
    let names: Vec<String> =
        pages().iter().map(|page| page.file_stem().unwrap().to_string_lossy().into_owned()).collect();
    for page in pages() {
        let text = fs::read_to_string(&page).unwrap();
        let see = text.split(".SH \"SEE ALSO\"").nth(1).unwrap();
        for part in see
            .split("(1)")
            .filter_map(|part| part.rsplit("\\fB").next())
            .filter(|part| part.contains("\\fR"))
        {
            let name = part.split("\\fR").next().unwrap().replace("\\-", "-");
            assert!(names.contains(&name) || name == "ssh-keygen", "{}: {name}", page.display());
        }
    }
}
