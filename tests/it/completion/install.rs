//! `ankra completion install` and `uninstall`, in homes of their own.

use std::{
    collections::BTreeMap,
    fs,
    os::unix::fs::{PermissionsExt, symlink},
    path::{Path, PathBuf},
};

use super::{BASH, BASH_WITH_PACKAGE, ELVISH, FISH, Kind, ZSH};
use crate::support::{End, Env, Pty, Run, give_away};

/// How a home may be before.
const PROFILES: [Option<&str>; 4] = [None, Some(""), Some("# mine\n"), Some("# mine\nX=1 # no line feed")];

fn profile_name(kind: Kind) -> &'static str {
    match kind.name {
        "bash" => ".bashrc",
        "zsh" => ".zshrc",
        _ => ".config/fish/config.fish",
    }
}

fn script(kind: Kind) -> &'static str {
    match kind.name {
        "bash" => ".local/share/bash-completion/completions/ankra",
        "zsh" => ".local/share/zsh/site-functions/_ankra",
        _ => ".config/fish/completions/ankra.fish",
    }
}

/// Every file and folder below `root`, with its mode and content.
fn tree(root: &Path) -> BTreeMap<PathBuf, (u32, Vec<u8>)> {
    fn walk(folder: &Path, found: &mut BTreeMap<PathBuf, (u32, Vec<u8>)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let metadata = fs::symlink_metadata(&path).unwrap();
            let content = if metadata.is_file() {
                fs::read(&path).unwrap()
            } else if metadata.is_symlink() {
                fs::read_link(&path).unwrap().into_os_string().into_encoded_bytes()
            } else {
                walk(&path, found);
                Vec::new()
            };
            found.insert(path, (metadata.permissions().mode(), content));
        }
    }
    let mut found = BTreeMap::new();
    walk(root, &mut found);
    found
}

fn with_profile(kind: Kind, text: Option<&str>) -> Env {
    let env = Env::new();
    if let Some(text) = text {
        let path = env.home().join(profile_name(kind));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        fs::set_permissions(path, fs::Permissions::from_mode(0o640)).unwrap();
    }
    env
}

fn completion(env: &Env, kind: Kind, what: &str) -> Run {
    env.line(&format!("completion {what} --shell {}", kind.name))
}

/// The person's own shell completes, or does not.
fn assert_completes(env: &Env, kind: Kind, scene: impl Fn(Run) -> Run, does: bool) {
    let mut shell = kind.start_with_profile(env, &scene);
    if does {
        shell.tab_until("ankra --org some credentials reg", "istry");
        shell.clear();
        let (_, shown) = shell.tab_until("ankra completion un", "install");
        assert!(!shown.contains("error"), "{shown}");
    } else {
        let shown = shell.tab("ankra credentials hetzner create --dry-r");
        assert!(!shown.contains("un"), "{kind:?}: {shown}");
    }
}

#[test]
fn what_was_installed_completes_and_goes_without_a_trace() {
    super::in_each(&[BASH, ZSH, FISH], |kind| {
        for text in PROFILES {
            let env = with_profile(kind, text);
            let before = tree(&env.home());
            let first = completion(&env, kind, "install --yes").ok();
            assert_eq!(first.stdout, "", "{first}");
            first.says(&["Installed ", script(kind)]);
            let installed = tree(&env.home());
            assert!(installed[&env.home().join(script(kind))].0 & 0o777 == 0o644, "{first}");
            completion(&env, kind, "install --yes").ok();
            // What is there needs no consent.
            completion(&env, kind, "install").ok();
            assert_eq!(tree(&env.home()), installed, "twice is once");
            let profile = env.home().join(profile_name(kind));
            assert_eq!(installed.get(&profile) == before.get(&profile), kind.name == "fish");
            if text == Some("# mine\n") {
                assert_completes(&env, kind, |run| run, true);
                completion(&env, kind, "uninstall --yes").ok();
                assert_completes(&env, kind, |run| run, false);
                continue;
            }
            completion(&env, kind, "uninstall --yes").ok();
            assert_eq!(tree(&env.home()), before, "{kind:?} {text:?}");
            completion(&env, kind, "uninstall --yes").ok().says(&["No completion is installed"]);
        }
    });
}

#[test]
fn bash_with_its_package_needs_no_line() {
    let kind = BASH_WITH_PACKAGE;
    let text = format!("{}\n", kind.before);
    let env = with_profile(kind, Some(&text));
    let before = tree(&env.home());
    // Nothing to consent to: nobody is asked.
    completion(&env, kind, "install").ok();
    assert_eq!(fs::read_to_string(env.home().join(".bashrc")).unwrap(), text);
    assert_completes(&env, kind, |run| run, true);
    completion(&env, kind, "uninstall").ok();
    let mut after = tree(&env.home());
    after.retain(|path, _| !path.starts_with(env.home().join("bin")));
    assert_eq!(after, before);
}

#[test]
fn a_zsh_that_has_its_own_compinit_completes_too() {
    let env = with_profile(ZSH, Some("autoload -Uz compinit\ncompinit\n"));
    completion(&env, ZSH, "install --yes").ok();
    assert_completes(&env, ZSH, |run| run, true);
}

#[test]
fn the_shells_own_variables_say_where() {
    for (kind, variable, place, profile) in [
        (BASH, "BASH_COMPLETION_USER_DIR", "completions/ankra", None),
        (BASH, "XDG_DATA_HOME", "bash-completion/completions/ankra", None),
        (ZSH, "XDG_DATA_HOME", "zsh/site-functions/_ankra", None),
        (ZSH, "ZDOTDIR", "", Some(".zshrc")),
        (FISH, "XDG_CONFIG_HOME", "fish/completions/ankra.fish", None),
    ] {
        let env = Env::new();
        let there = env.home().join("an other place");
        fs::create_dir(&there).unwrap();
        let scene = |run: Run| run.env(variable, &there);
        scene(completion(&env, kind, "install --yes")).ok();
        assert!(there.join(place).exists() && there.join(profile.unwrap_or("")).exists(), "{variable}");
        assert_completes(&env, kind, scene, true);
        scene(completion(&env, kind, "uninstall --yes")).ok();
        assert!(profile.is_some() || !there.join(place).exists(), "{variable}");
        // One that is no absolute path is as if unset.
        let env = Env::new();
        completion(&env, kind, "install --yes").env(variable, "relative").ok();
        assert!(env.home().join(script(kind)).exists(), "{variable}");
    }
}

#[test]
fn a_profile_is_changed_only_after_the_line_was_shown_and_agreed_to() {
    for kind in [BASH, ZSH] {
        let env = with_profile(kind, Some("# mine\n"));
        let before = tree(&env.home());
        let refused = completion(&env, kind, "install").fails(2);
        refused.says(&[profile_name(kind), "--yes", "nothing was changed"]);
        let line = refused.stderr.lines().filter_map(|line| line.strip_prefix("  cause: ")).nth(1).unwrap();
        assert!(line.contains(".local/share/"), "{refused}");
        assert_eq!(tree(&env.home()), before, "{refused}");

        let mut pty = Pty::sized(completion(&env, kind, "install"), 300, |_| {});
        pty.expect(profile_name(kind)).expect(line).expect("Add it?").send("n\r");
        assert_eq!(pty.end(), End::Code(4));
        assert_eq!(tree(&env.home()), before);

        let mut pty = Pty::sized(completion(&env, kind, "install"), 300, |_| {});
        pty.expect(line).expect("Add it?").send("y\r").expect("Installed");
        pty.ok();
        let profile = fs::read_to_string(env.home().join(profile_name(kind))).unwrap();
        assert_eq!(profile, format!("# mine\n{line}\n"));

        let installed = tree(&env.home());
        completion(&env, kind, "uninstall").fails(2).says(&[line]);
        assert_eq!(tree(&env.home()), installed);
        let mut pty = Pty::sized(completion(&env, kind, "uninstall"), 300, |_| {});
        pty.expect(line).expect("Remove it?").send("y\r").expect("Removed");
        pty.ok();
        assert_eq!(tree(&env.home()), before);
    }
}

#[test]
fn a_file_that_it_did_not_write_is_left_alone() {
    for kind in [BASH, ZSH, FISH] {
        let env = Env::new();
        let path = env.home().join(script(kind));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        for text in ["", "#compdef ankra\n_ankra() { : }\n", "mine\nmine\n# Written by ankra completion\n"] {
            fs::write(&path, text).unwrap();
            let before = tree(&env.home());
            for what in ["install --yes", "uninstall --yes"] {
                completion(&env, kind, what).fails(2).says(&["not written by ankra", "move it away"]);
                assert_eq!(tree(&env.home()), before);
            }
        }
        fs::remove_file(&path).unwrap();
        fs::create_dir(&path).unwrap();
        completion(&env, kind, "install --yes").fails(1);
    }
}

#[test]
fn a_profile_of_another_user_is_left_alone() {
    let env = with_profile(ZSH, Some("# theirs\n"));
    let profile = env.home().join(profile_name(ZSH));
    give_away(&profile);
    let before = tree(&env.home());
    completion(&env, ZSH, "install --yes").fails(1).says(&["belongs to another user"]);
    assert_eq!(tree(&env.home()), before, "the script is taken back");
}

#[test]
fn a_profile_keeps_its_mode_and_its_place_behind_a_symlink() {
    let env = with_profile(ZSH, None);
    let real = env.home().join("dotfiles");
    fs::create_dir(&real).unwrap();
    fs::write(real.join("zshrc"), "# mine").unwrap();
    fs::set_permissions(real.join("zshrc"), fs::Permissions::from_mode(0o600)).unwrap();
    symlink("dotfiles/zshrc", env.home().join(".zshrc")).unwrap();
    let before = tree(&env.home());
    completion(&env, ZSH, "install --yes").ok();
    let installed = tree(&env.home());
    assert_eq!(installed[&env.home().join(".zshrc")], before[&env.home().join(".zshrc")]);
    assert_eq!(installed[&real.join("zshrc")].0, before[&real.join("zshrc")].0);
    completion(&env, ZSH, "uninstall --yes").ok();
    assert_eq!(tree(&env.home()), before);
    // One that leads nowhere yet.
    fs::remove_file(real.join("zshrc")).unwrap();
    let before = tree(&env.home());
    completion(&env, ZSH, "install --yes").ok();
    assert!(real.join("zshrc").is_file());
    completion(&env, ZSH, "uninstall --yes").ok();
    assert_eq!(tree(&env.home()), before);
}

#[test]
fn the_shell_is_found_or_asked_for() {
    let env = Env::new();
    env.line("completion install").env("SHELL", "/usr/bin/fish").ok().says(&["fish/completions/ankra.fish"]);
    env.line("completion uninstall").env("SHELL", "/usr/bin/fish").ok();
    for shell in ["/bin/sh", "", "/opt/tcsh"] {
        env.line("completion install").env("SHELL", shell).fails(2).says(&["--shell bash"]);
    }
    env.line("completion install --shell tcsh").fails(2).says(&["bash, zsh, fish"]);
    env.line("completion bash install").fails(2).says(&["ankra completion install --shell bash"]);
    env.line("completion").fails(2);
    assert_eq!(tree(&env.home()).keys().filter(|path| path.is_file()).count(), 0);
}

#[test]
fn a_path_that_could_end_its_quotes_is_not_put_into_a_profile() {
    let env = Env::new();
    for place in ["it's", "a\nb"] {
        let there = env.home().join(place);
        for kind in [BASH, ZSH] {
            completion(&env, kind, "install --yes").env("XDG_DATA_HOME", &there).fails(2);
        }
        assert!(!there.exists());
    }
    // One that only looks dangerous is a path.
    let there = env.home().join("$(touch marker)`touch marker`;touch marker");
    for kind in [BASH, ZSH] {
        let scene = |run: Run| run.env("XDG_DATA_HOME", &there);
        scene(completion(&env, kind, "install --yes")).ok();
        assert_completes(&env, kind, scene, true);
        assert!(!env.work().join("marker").exists(), "{kind:?}");
    }
}

#[test]
fn elvish_completes_after_an_installation_and_no_more_after_its_end() {
    for text in [None, Some("# mine\n")] {
        let env = Env::new();
        let profile = env.home().join(".config/elvish/rc.elv");
        if let Some(text) = text {
            fs::create_dir_all(profile.parent().unwrap()).unwrap();
            fs::write(&profile, text).unwrap();
        }
        let before = tree(&env.home());
        completion(&env, ELVISH, "install").fails(2).says(&["use ankra", "elvish/rc.elv"]);
        completion(&env, ELVISH, "install --yes").ok().says(&["elvish/lib/ankra.elv"]);
        let installed = tree(&env.home());
        completion(&env, ELVISH, "install").ok();
        assert_eq!(tree(&env.home()), installed, "twice is once");
        let tab = || {
            let mut run = ELVISH.program(&env);
            run.command.env("XDG_STATE_HOME", env.work());
            let mut shell = super::Shell::start(run, "nop");
            shell.tab("ankra completion ")
        };
        if text.is_some() {
            assert!(tab().contains("uninstall"));
        }
        completion(&env, ELVISH, "uninstall --yes").ok();
        let mut after = tree(&env.home());
        after.retain(|path, _| !path.starts_with(env.home().join("bin")));
        assert_eq!(after, before);
        if text.is_some() {
            assert!(!tab().contains("uninstall"));
        }
    }
}

/// PowerShell is not at hand: what is written is looked at.
#[test]
fn powershell_is_told_of_its_script_by_one_line_and_forgets_it() {
    let env = Env::new();
    let run = |what: &str| env.line(&format!("completion {what} --yes")).env("SHELL", "/usr/bin/pwsh");
    run("install").ok().says(&["powershell/ankra.ps1", "powershell/profile.ps1"]);
    let installed = tree(&env.home());
    run("install").ok();
    assert_eq!(tree(&env.home()), installed, "twice is once");
    let folder = env.home().join(".config/powershell");
    let script = fs::read_to_string(folder.join("ankra.ps1")).unwrap();
    let fixed = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/completions/_ankra.ps1")).unwrap();
    assert!(script.starts_with("# Written by ankra completion\n") && script.ends_with(&fixed));
    let profile = fs::read_to_string(folder.join("profile.ps1")).unwrap();
    assert!(profile.starts_with(&format!(". '{}' # ankra", folder.join("ankra.ps1").display())), "{profile}");
    run("uninstall").ok();
    assert_eq!(tree(&env.home()), BTreeMap::new());
}
