//! `ankra completion install`, `ankra completion uninstall`

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::start_file;
use crate::{
    cli::{MARKER, OwnShell, ShellArgs},
    error::{Error, Result, Run},
    files,
    output::Output,
    settings::ShellPlaces,
    terminal::Terminal,
};

/// The most that a start file or a script may hold, in bytes.
const LIMIT: usize = 4 << 20;

/// How the installed script says how many folders were made for it.
const FOLDERS: &str = "# Folders made for it: ";

/// Where bash-completion itself is, if it is there.
const BASH_COMPLETION: [&str; 4] = [
    "/usr/share/bash-completion/bash_completion",
    "/usr/local/share/bash-completion/bash_completion",
    "/opt/homebrew/share/bash-completion/bash_completion",
    "/etc/bash_completion",
];

/// What an installation consists of.
struct Plan {
    shell: OwnShell,
    script: PathBuf,
    /// The file that the shell reads at its start, and the line that it needs there, if any.
    start_file: PathBuf,
    line: Option<String>,
}

fn plan(args: &ShellArgs) -> Result<Plan> {
    let places = ShellPlaces::of_process()?;
    let own = || OwnShell::ALL.into_iter().find(|shell| places.shell.as_deref() == Some(shell.name()));
    let Some(shell) = args.shell.or_else(own) else {
        let why = match &places.shell {
            Some(name) => format!("SHELL names {name}, for which nothing is installed"),
            None => "SHELL is not set".to_owned(),
        };
        return Err(Error::usage("cannot tell which shell to act for")
            .cause(why)
            .hint("name it with --shell bash, zsh, fish, elvish or powershell"));
    };
    let (script, start_file, line) = match shell {
        OwnShell::Bash => {
            let folder = places.bash.clone().unwrap_or_else(|| places.data.join("bash-completion"));
            let script = folder.join("completions/ankra");
            let start_file = places.home.join(".bashrc");
            let line = format!("source {}", start_file::quoted(&script)?);
            let line = (!has_bash_completion(&start_file)?).then_some(line);
            (script, start_file, line)
        }
        OwnShell::Zsh => {
            let folder = places.data.join("zsh/site-functions");
            // Wherever it stands: before compinit, after it, or without it.
            let line = format!(
                "fpath=({} $fpath); autoload -Uz compinit _ankra; (( $+functions[compdef] )) || compinit -i; compdef _ankra ankra",
                start_file::quoted(&folder)?
            );
            (folder.join("_ankra"), places.zsh.join(".zshrc"), Some(line))
        }
        OwnShell::Fish => {
            let folder = places.config.join("fish");
            (folder.join("completions/ankra.fish"), folder.join("config.fish"), None)
        }
        OwnShell::Elvish => {
            let folder = places.config.join("elvish");
            (folder.join("lib/ankra.elv"), folder.join("rc.elv"), Some("use ankra".to_owned()))
        }
        OwnShell::PowerShell => {
            let folder = places.config.join("powershell");
            let script = folder.join("ankra.ps1");
            let line = format!(". {}", start_file::quoted_for_powershell(&script)?);
            (script, folder.join("profile.ps1"), Some(line))
        }
    };
    Ok(Plan { shell, script, start_file, line })
}

/// Whether an interactive bash reads bash-completion, which reads our script when it is needed.
fn has_bash_completion(start_file: &Path) -> Result<bool> {
    if !BASH_COMPLETION.iter().any(|path| Path::new(path).is_file()) {
        return Ok(false);
    }
    for file in [start_file, Path::new("/etc/bash.bashrc"), Path::new("/etc/bashrc")] {
        if files::read(file, LIMIT)?.is_some_and(|text| start_file::reads_bash_completion(&text)) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Writes the script, and the line that finds it if there has to be one.
pub(super) fn install(output: &Output, terminal: &Terminal, args: &ShellArgs) -> Result<()> {
    let plan = plan(args)?;
    let present = own_script(&plan.script)?;
    // The code, and the whole line as it will stand there.
    let added = match &plan.line {
        Some(code) => start_file::with_line(read(&plan.start_file)?.as_deref(), code)
            .and_then(|text| Some((code.as_str(), start_file::shown(&text)?))),
        None => None,
    };
    if let Some((_, line)) = &added {
        let what = format!("{} finds the completion by this line, the last of", plan.shell.name());
        agree(terminal, args.yes, &what, &plan.start_file, line, "Add it?")?;
    }
    let made = match &present {
        Some(text) => folders_made(text),
        None => missing_folders(&plan.script),
    };
    let text = script(plan.shell, made);
    files::create_parents(&plan.script)?;
    files::rewrite(&plan.script, LIMIT, |now| {
        ensure_own(&plan.script, now)?;
        Ok((now != Some(text.as_bytes())).then(|| text.clone().into_bytes()))
    })?;
    if let Some((code, _)) = &added {
        let written = files::create_parents(&plan.start_file).and_then(|()| {
            files::rewrite(&plan.start_file, LIMIT, |now| Ok(start_file::with_line(now, code)))
        });
        if let Err(error) = written {
            let left = present.is_none() && remove_script(&plan.script, made).is_err();
            return Err(if left { error.hint(format!("remove {}", plan.script.display())) } else { error });
        }
    }
    output.note(&format!("Installed {}.", plan.script.display()));
    if let Some((_, line)) = added {
        output.note(&format!("Added to {}: {line}", plan.start_file.display()));
    }
    output.note(&format!("A new {} completes ankra.", plan.shell.name()));
    Ok(())
}

/// Takes away the script, its folders and the line, and nothing else.
pub(super) fn uninstall(output: &Output, terminal: &Terminal, args: &ShellArgs) -> Result<()> {
    let plan = plan(args)?;
    let present = own_script(&plan.script)?;
    let line = read(&plan.start_file)?.as_deref().and_then(start_file::shown);
    if let Some(line) = &line {
        let what = format!("{} finds the completion by this line of", plan.shell.name());
        agree(terminal, args.yes, &what, &plan.start_file, line, "Remove it?")?;
        remove_line(&plan.start_file)?;
        output.note(&format!("Removed from {}: {line}", plan.start_file.display()));
    }
    if let Some(text) = &present {
        remove_script(&plan.script, folders_made(text))?;
        output.note(&format!("Removed {}.", plan.script.display()));
    }
    if line.is_none() && present.is_none() {
        output.note(&format!("No completion is installed for {}.", plan.shell.name()));
    }
    Ok(())
}

/// Shows the line and asks. Where nobody can be asked, it is shown all the same and nothing changes.
fn agree(terminal: &Terminal, yes: bool, what: &str, file: &Path, line: &str, question: &str) -> Result<()> {
    if yes {
        return Ok(());
    }
    let what = format!("{what} {}:", file.display());
    if !terminal.can_ask() {
        return Err(Error::usage("nobody can be asked whether to change the start file of the shell")
            .cause(what)
            .cause(line)
            .hint("to agree, add --yes; nothing was changed"));
    }
    terminal.say(&what)?;
    terminal.say(&format!("  {line}"))?;
    terminal.agree("changing it", question, "nothing was changed")
}

fn read(path: &Path) -> Result<Option<Vec<u8>>> {
    let Some(bytes) = files::read(path, LIMIT)? else { return Ok(None) };
    // A line of ours would be no text there.
    files::unmarked(&bytes).map_err(|why| why.with_message(format!("{} cannot be used", path.display())))?;
    Ok(Some(bytes.to_vec()))
}

/// What is at the script's place, if anything is.
fn own_script(path: &Path) -> Result<Option<Vec<u8>>> {
    let text = read(path)?;
    ensure_own(path, text.as_deref())?;
    Ok(text)
}

fn ensure_own(path: &Path, text: Option<&[u8]>) -> Result<()> {
    let is_marked = |text: &[u8]| {
        text.split(|byte| *byte == b'\n').take(2).any(|line| line.starts_with(MARKER.as_bytes()))
    };
    if text.is_none_or(is_marked) {
        return Ok(());
    }
    Err(Error::usage(format!("{} is not changed", path.display()))
        .cause(format!("it was not written by {}", Run::new("completion")))
        .hint("move it away, then run this again"))
}

/// The script as it is installed: it says, behind the marker, how many folders go with it.
fn script(shell: OwnShell, made: usize) -> String {
    let text = shell.script();
    if made == 0 {
        return text;
    }
    let marked = text.find(MARKER).unwrap_or_default();
    let end = text[marked..].find('\n').map_or(text.len(), |at| marked + at + 1);
    format!("{}{FOLDERS}{made}\n{}", &text[..end], &text[end..])
}

fn folders_made(text: &[u8]) -> usize {
    let text = String::from_utf8_lossy(text);
    text.lines().take(3).find_map(|line| line.strip_prefix(FOLDERS)?.parse().ok()).unwrap_or_default()
}

fn missing_folders(path: &Path) -> usize {
    path.ancestors().skip(1).take_while(|folder| !folder.exists()).count()
}

/// Removes the script and the `made` folders above it that are empty.
fn remove_script(path: &Path, made: usize) -> Result<()> {
    fs::remove_file(path).map_err(|error| not_removed(path, &error))?;
    for folder in path.ancestors().skip(1).take(made) {
        // Nor is a folder removed above one that stays.
        let _ = fs::remove_dir(folder);
    }
    Ok(())
}

fn remove_line(path: &Path) -> Result<()> {
    let mut goes = false;
    files::rewrite(path, LIMIT, |now| {
        let rest = start_file::without_line(now);
        goes = now.is_some() && rest.is_none();
        Ok(rest.filter(|rest| now != Some(rest)))
    })?;
    if goes {
        // Where a symlink led, a file was made: that one goes.
        fs::canonicalize(path).and_then(fs::remove_file).map_err(|error| not_removed(path, &error))?;
    }
    Ok(())
}

fn not_removed(path: &Path, error: &std::io::Error) -> Error {
    Error::failure(format!("cannot remove {}", path.display())).cause(error)
}
