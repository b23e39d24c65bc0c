//! `ankra completion`

use crate::support::{Env, need};

#[test]
fn every_shell_gets_its_static_script() {
    let env = Env::new();
    for (shell, part) in [
        ("bash", "complete -F _ankra"),
        ("zsh", "#compdef ankra"),
        ("fish", "complete -c ankra"),
        ("powershell", "Register-ArgumentCompleter"),
        ("elvish", "edit:completion:arg-completer[ankra]"),
    ] {
        let outcome = env.line(&format!("completion {shell} --static")).ok();
        assert!(outcome.stdout.contains(part), "{outcome}");
        assert!(
            outcome.stdout.contains("hetzner") && outcome.stdout.contains("api-token-stdin"),
            "{outcome}"
        );
        assert_eq!(outcome.stderr, "");
    }
    assert_eq!(env.files(), Vec::<std::path::PathBuf>::new());
}

#[test]
fn every_shell_but_powershell_gets_a_short_script_that_asks() {
    let env = Env::new();
    for shell in ["bash", "zsh", "fish"] {
        let script = env.line(&format!("completion {shell}")).ok().stdout;
        assert!(script.contains(&format!("command ankra __complete {shell}")), "{script}");
        assert!(script.len() < 4000 && script.contains("# Written by ankra completion"), "{script}");
        let check = env.program(need(shell, shell)).arg("-n").arg("/dev/stdin").stdin(script);
        assert_eq!(check.ok().stderr, "");
    }
    // elvish checks nothing of the editor's outside of it: tab.rs runs this one.
    let script = env.line("completion elvish").ok().stdout;
    assert!(script.contains("e:ankra __complete elvish") && script.len() < 4000, "{script}");
    let both = ["", " --static"].map(|flag| env.line(&format!("completion powershell{flag}")).ok().stdout);
    assert_eq!(both[0], both[1]);
}

#[test]
fn bash_reads_its_static_script_and_completes_with_it() {
    let env = Env::new();
    let script = env.line("completion bash --static").ok().stdout;
    need("bash", "bash");
    env.program("bash").arg("-n").arg("/dev/stdin").stdin(script.clone()).ok();
    let asked = format!(
        "{script}\nCOMP_WORDS=(ankra credentials hetzner cr) COMP_CWORD=3\n_ankra ankra cr hetzner\necho \"${{COMPREPLY[@]}}\"\n"
    );
    let outcome = env.program("bash").arg("--norc").arg("/dev/stdin").stdin(asked).ok();
    assert_eq!(outcome.stdout, "create\n", "{outcome}");
}

#[test]
fn an_unknown_shell_is_a_usage_error() {
    let outcome = Env::new().line("completion tcsh").fails(2);
    outcome.says(&["bash", "zsh", "fish", "powershell", "elvish"]);
}

#[test]
fn files_that_cannot_be_used_do_not_matter() {
    // A shell's startup file may run this: it depends on nothing.
    let env = Env::new();
    let config = env.home().join(".config/ankra");
    std::fs::create_dir_all(&config).unwrap();
    for name in ["config.toml", "login.toml"] {
        std::fs::write(config.join(name), "[[[").unwrap();
    }
    let outcome = env.line("completion bash").env("ANKRA_BASE_URL", "nonsense").ok();
    assert_eq!(outcome.stderr, "", "{outcome}");
}
