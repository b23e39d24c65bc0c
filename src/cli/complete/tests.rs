//! What is offered where, as far as the command tree knows.

use std::ffi::OsString;

use super::{Next, Shell, Unfinished, Values, unfinished};

/// What may come after `line`, whose last word is unfinished.
fn next(line: &str) -> Next {
    let words = line.split(' ').map(str::to_owned).collect();
    Unfinished { shell: Shell::Fish, words }.next()
}

/// The words that begin as the unfinished one does.
fn offered(line: &str) -> Vec<String> {
    let next = next(line);
    let fitting = next.fixed.into_iter().map(|one| one.value).filter(|word| word.starts_with(&next.word));
    fitting.collect()
}

#[test]
fn commands_are_offered_by_name_and_found_by_alias() {
    assert_eq!(offered("ankra cr"), ["credentials"]);
    assert_eq!(offered("ankra creds re"), ["registry"]);
    assert_eq!(offered("ankra --sandbox cred hz ssh "), ["create", "list"]);
    assert_eq!(offered("ankra credentials get x re"), Vec::<String>::new());
    assert!(offered("ankra ").contains(&"status".to_owned()));
}

#[test]
fn options_are_offered_once_and_without_what_they_exclude() {
    assert_eq!(offered("ankra credentials hetzner create --api"), ["--api-token-from", "--api-token-stdin"]);
    assert_eq!(offered("ankra credentials hetzner create --api-token-stdin --api"), Vec::<String>::new());
    assert_eq!(offered("ankra credentials list --no-headers --no-"), ["--no-input"]);
    assert_eq!(offered("ankra -v --verb"), ["--verbose"]);
    assert_eq!(offered("ankra credentials delete -- --y"), Vec::<String>::new());
    let bare = offered("ankra credentials hetzner create ");
    assert!(bare.contains(&"--name".to_owned()) && !bare.contains(&"--org".to_owned()), "{bare:?}");
    assert!(offered("ankra credentials hetzner create --").contains(&"--org".to_owned()));
}

#[test]
fn values_that_the_tree_knows_are_offered_after_their_option() {
    let columns = |line: &str| {
        let next = next(line);
        (next.values, next.prefix, next.command)
    };
    let of = |prefix: &str, command: &str| (Values::Columns, prefix.to_owned(), command.to_owned());
    assert_eq!(columns("ankra credentials list --sort "), of("", "credentials list"));
    assert_eq!(columns("ankra creds ls --columns na"), of("", "credentials list"));
    assert_eq!(
        columns("ankra creds hz ssh ls --columns=name,st"),
        of("--columns=name,", "credentials hetzner ssh-key list")
    );
    assert_eq!(offered("ankra credentials list --status fail"), ["failing"]);
    assert_eq!(offered("ankra credentials list --status ok,unk"), ["ok,unknown"]);
    for (word, whole) in [
        ("-o j", "json"),
        ("--order=d", "--order=desc"),
        ("-oj", "-ojson"),
        ("-o=j", "-o=json"),
        ("-qvoj", "-qvojson"),
    ] {
        assert_eq!(offered(&format!("ankra credentials list {word}")), [whole], "{word}");
    }
    assert_eq!(
        offered("ankra credentials ssh-key create --provider "),
        crate::providers::ALL.iter().map(|one| one.slug).collect::<Vec<_>>()
    );
}

#[test]
fn sources_are_offered_by_form_then_by_file_or_variable() {
    let line = "ankra credentials hetzner create --api-token-from ";
    assert_eq!(offered(line), ["prompt", "stdin", "file:", "env:", "command:", "fd:"]);
    let next = next(&format!("{line}file:a"));
    assert_eq!((next.values, next.prefix.as_str()), (Values::Files, "file:"));
    let next = super::tests::next("ankra login --api-token-from=env:A");
    assert_eq!((next.values, next.prefix.as_str()), (Values::Variables, "--api-token-from=env:"));
    for form in ["command:l", "fd:", "nonsense:"] {
        let next = super::tests::next(&format!("{line}{form}"));
        assert_eq!((next.values, next.fixed), (Values::Nothing, vec![]), "{form}");
    }
}

#[test]
fn a_public_key_is_text_a_file_or_standard_input() {
    let line = "ankra credentials ovh ssh-key create --public-key ";
    assert_eq!(offered(line), ["@", "-"]);
    let next = next(&format!("{line}@~/.ssh/i"));
    assert_eq!((next.values, next.prefix.as_str()), (Values::Files, "@"));
    assert_eq!(super::tests::next(&format!("{line}ssh-ed")).values, Values::Nothing);
}

#[test]
fn credentials_are_offered_by_command_and_never_twice() {
    let all = Values::Credentials(None);
    let registry = Values::Credentials(Some("registry"));
    assert_eq!(next("ankra credentials get ").values, all);
    assert_eq!(next("ankra creds rm -y a b ").values, all);
    assert_eq!(next("ankra creds rm -y a b ").given, ["a", "b"]);
    assert_eq!(next("ankra credentials get a ").values, all);
    assert_eq!(next("ankra credentials get a ").given, ["a"]);
    assert_eq!(next("ankra cred reg get ").values, registry);
    assert_eq!(next("ankra cred reg rm a ").values, registry);
    assert_eq!(next("ankra credentials validate ").values, Values::Nothing);
    assert_eq!(next("ankra credentials hetzner create --name ").values, Values::Nothing);
    // An option whose value may be left out: a registry, or the next option.
    let line = "ankra credentials registry create --from-docker";
    for line in [format!("{line} "), format!("{line} gh"), format!("{line}=gh")] {
        assert_eq!(next(&line).values, Values::Logins, "{line}");
    }
    let options = |line: &str| next(line).fixed.into_iter().map(|one| one.value).collect::<Vec<_>>();
    for line in [format!("{line} --"), format!("{line} ghcr.io --")] {
        let options = options(&line);
        let has = |option: &str| options.iter().any(|one| one == option);
        assert!(has("--name") && !has("--from-docker") && !has("--password-stdin"), "{line}: {options:?}");
    }
    assert_eq!(next("ankra credentials delete -- -").values, all);
}

#[test]
fn the_options_of_every_command_are_read_wherever_they_stand() {
    let global =
        next("ankra --org acme credentials -vq get --base-url=http://127.0.0.1:1 x --sandbox ").global;
    let global = global.expect("they can be read");
    assert_eq!(global.org, Some("acme".parse().unwrap()));
    assert_eq!(global.base_url.as_deref(), Some("http://127.0.0.1:1"));
    assert!(global.sandbox && global.quiet && global.verbose == 1);
    assert!(next("ankra --timeout never credentials get ").global.is_none());
    assert!(next("ankra --help credentials get ").global.is_some());
    assert_eq!(next("ankra --org ").values, Values::Organisations);
    assert_eq!(next("ankra --org=a").prefix, "--org=");
}

#[test]
fn a_description_has_no_marks_of_a_document() {
    for line in ["--color ", "-", "credentials list --sort ", "credentials registry create --"] {
        for one in next(&format!("ankra {line}")).fixed {
            assert!(!one.about.contains(['`', '*']), "{line}: {}", one.about);
        }
    }
}

#[test]
fn only_a_question_of_a_script_is_one() {
    let args = |line: &str| line.split(' ').map(OsString::from).collect::<Vec<_>>();
    assert!(unfinished(&args("ankra")).is_none());
    assert!(unfinished(&args("ankra credentials")).is_none());
    for nonsense in ["ankra __complete", "ankra __complete tcsh ankra x", "ankra __complete bash ankra"] {
        assert!(unfinished(&args(nonsense)).is_some_and(|asked| asked.is_none()), "{nonsense}");
    }
    let asked = unfinished(&args("ankra __complete bash ankra credentials 'ge")).flatten();
    assert_eq!(asked.expect("it is one").next().word, "ge");
}
