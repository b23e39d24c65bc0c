//! What a wrong command line is told: what to change, and never a word that may be a secret.

use std::{
    ffi::OsStr,
    process::{Command, Output, Stdio},
};

/// What stands where somebody might type a secret.
const SECRET: &str = "Hunter2-9f8e7d6c5b4a";

fn run<S: AsRef<OsStr>>(args: &[S]) -> Output {
    Command::new(crate::support::ankra_path())
        .args(args)
        .env_clear()
        .env("HOME", "/nonexistent")
        .env("XDG_RUNTIME_DIR", "/nonexistent")
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

/// The usage error of a command line, whole.
fn refusal(line: &str) -> String {
    let output = run(&line.split(' ').collect::<Vec<_>>());
    let error = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{line}: {error}");
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "", "{line}");
    error
}

#[test]
fn a_secret_in_the_wrong_place_is_never_repeated() {
    for line in [
        "SECRET",
        "--api-token SECRET credentials list",
        "--SECRET",
        "credentials SECRET",
        "credentials hetzner SECRET",
        "credentials hetzner create --tokn=SECRET",
        "credentials hetzner create --tokn SECRET --name x",
        "credentials hetzner create --SECRET",
        "credentials hetzner create -xSECRET",
        "credentials hetzner create -x=SECRET",
        "credentials hetzner create --name x SECRET",
        "credentials hetzner create --name x -- SECRET",
        "credentials hetzner create --name x --api-token SECRET",
        "credentials hetzner create --name x --api-token=SECRET",
        "credentials hetzner create --name x --api-token-from SECRET",
        "credentials hetzner create --name x --api-token-from=file=SECRET",
        "credentials hetzner create --name x --api-token-stdin=SECRET",
        "credentials hetzner create --name x --api-token-stdin SECRET",
        "credentials hetzner create --name x --secrets-from SECRET",
        "credentials hetzner create --name x --dry-run=SECRET",
        "credentials ovh create --name x --project-id p --application-key SECRET",
        "credentials ovh create --name x --project-id p --application-secret=SECRET",
        "credentials ovh create --name x --project-id p --consumer-key SECRET",
        "credentials ovh create --name x --project-id !SECRET",
        "credentials registry create --name x --username u -p SECRET",
        "credentials registry create --name x --username u -pSECRET",
        "credentials registry create --name x --username u -p=SECRET",
        "credentials registry create --name x --username u --password=SECRET",
        "credentials registry create --name x --username u --password SECRET",
        "credentials registry create --name x --username u --token SECRET",
        "credentials registry create --name x --username u --passwrd SECRET",
        "credentials registry create --name x --username u --password-stdin=SECRET",
        "credentials registry create --name x --dry-run --from-docker SECRET",
        "credentials registry create --name x --dry-run --from-docker=SECRET",
        "credentials registry create --name x --from-docker ghcr.io SECRET",
        "credentials registry update x --password SECRET",
        "credentials registry update x SECRET",
        "credentials ssh-key create --name x --provider SECRET --generate",
        "credentials ssh-key generate --name x --passphrase=SECRET",
        "credentials ssh-key generate --name x --passphrase SECRET",
        "credentials ssh-key generate --name x --passphrase-from SECRET",
        "credentials list --sort SECRET",
        "credentials list --order=SECRET",
        "credentials list --provider SECRET",
        "credentials list --timeout SECRET",
        "credentials list -o SECRET",
        "credentials list --quiet=SECRET",
        "login SECRET",
        "login --token SECRET",
        "login --with-token SECRET",
        "login --with-token=SECRET",
        "login --with-token --api-token SECRET",
        "logout --token-id SECRET",
        "sandbox serve --listen SECRET",
        "completion SECRET",
    ] {
        for shape in ["", "-o json "] {
            let line = format!("{shape}{line}").replace("SECRET", SECRET);
            let error = refusal(&line);
            assert!(
                !error.is_empty() && !error.contains(SECRET) && !error.contains(&SECRET[1..]),
                "{line}: {error}"
            );
        }
    }
}

#[test]
fn a_secret_given_by_value_is_told_its_way_in() {
    for (line, typed, flag) in [
        ("credentials hetzner create --name x --api-token SECRET", "--api-token", "--api-token"),
        ("credentials hetzner create --name x --api-token=SECRET", "--api-token", "--api-token"),
        ("credentials hetzner create --name x --api-token", "--api-token", "--api-token"),
        ("credentials hetzner create --token SECRET", "--token", "--api-token"),
        ("credentials ovh create --name x --consumer-key=SECRET", "--consumer-key", "--consumer-key"),
        ("credentials registry create --name x --username u -p SECRET", "-p", "--password"),
        ("credentials registry create --name x --username u -pSECRET", "-p", "--password"),
        ("credentials registry update x --token SECRET", "--token", "--password"),
        ("credentials registry update x --password=SECRET", "--password", "--password"),
        ("login --with-token --token SECRET", "--token", "--api-token"),
    ] {
        assert_eq!(
            refusal(line),
            format!(
                "error: {typed} does not exist: a secret is never taken from the command line\n  \
                 cause: other users of the machine and the shell's history could read it there\n  \
                 hint: name its source: {flag}-from prompt|stdin|file:PATH|env:VAR|command:CMD|fd:N\n"
            ),
            "{line}"
        );
    }
}

/// The first line says what is wrong, the rest what to do.
#[test]
fn a_wrong_command_line_is_told_what_to_change() {
    for (line, told) in [
        (
            "credentials hetzner create",
            "error: missing: --name\n  hint: such as: ankra credentials hetzner create --name my-hetzner-token\n  hint: the secret is asked for on the terminal; without one add --api-token-from SOURCE\n  hint: usage: ankra credentials hetzner create [OPTIONS] --name <NAME>\n",
        ),
        (
            "credentials ovh create",
            "error: missing: --name, --project-id\n  hint: such as: ankra credentials ovh create --name my-ovh-cred --project-id 0123456789abcdef0123456789abcdef\n  hint: the secret is asked for on the terminal; without one add --secrets-from SOURCE\n  hint: usage: ankra credentials ovh create [OPTIONS] --name <NAME>\n",
        ),
        (
            "credentials hetzner ssh-key create --name x",
            "error: missing: --generate or --public-key\n  hint: such as: ankra credentials hetzner ssh-key create --name my-key --generate\n  hint: usage: ankra credentials hetzner ssh-key create [OPTIONS] --name <NAME> <--generate|--public-key <KEY|@FILE|->>\n",
        ),
        (
            "credentials hetzner create --tokn=SECRET --name x",
            "error: unknown option --tokn\n  hint: did you mean --api-token-from?\n  hint: usage: ankra credentials hetzner create [OPTIONS] --name <NAME>\n",
        ),
        (
            "credentials registry create --passwrd SECRET",
            "error: unknown option --passwrd\n  hint: did you mean --password-from?\n  hint: usage: ankra credentials registry create [OPTIONS] --name <NAME>\n",
        ),
        (
            "credentials hetzner create --name x SECRET",
            "error: unexpected argument\n  cause: it is not repeated here: it may be a secret\n  hint: a secret is given by its source: --api-token-from SOURCE\n  hint: usage: ankra credentials hetzner create [OPTIONS] --name <NAME>\n",
        ),
        (
            "credentials hetzner create --name x --api-token-stdin=SECRET",
            "error: --api-token-stdin takes no value\n  cause: it is not repeated here: it may be a secret\n  hint: usage: ankra credentials hetzner create [OPTIONS] --name <NAME>\n",
        ),
        (
            "credentials hetzner create --name x --name y",
            "error: --name is given twice\n  hint: usage: ankra credentials hetzner create [OPTIONS] --name <NAME>\n",
        ),
        (
            "credentials hetzner create --name x --api-token-stdin --api-token-from stdin",
            "error: --api-token-stdin and --api-token-from cannot be used together\n  hint: usage: ankra credentials hetzner create [OPTIONS] --name <NAME>\n",
        ),
        (
            "credentials hetzner create --name Foo",
            "error: --name: \"Foo\" is not a valid credential name\n  cause: a name has at most 63 lower-case letters, digits and hyphens, begins with a letter and does not end with a hyphen (RFC 1035)\n  hint: try foo\n",
        ),
        (
            "credentials registry create --name x --from-docker --password-stdin",
            "error: --from-docker and --password-stdin cannot be used together\n  hint: usage: ankra credentials registry create [OPTIONS] --name <NAME>\n",
        ),
        (
            "credentials registry create --name x --from-docker ghcr.io:x",
            "error: invalid value for --from-docker\n  cause: a registry is named by its host, such as ghcr.io or localhost:5000\n",
        ),
        ("credentials hetzner create --name", "error: --name needs a value\n"),
        ("credentials hetzner create --name=", "error: --name needs a value\n"),
        (
            "credentials list --sort nam",
            "error: there is no column nam here\n  hint: did you mean name?\n  hint: the columns are name, provider, status, expires, used_by, created, id, updated, available, health, last_error, synced, account, system, organisation\n",
        ),
        (
            "credentials list --timeout 0",
            "error: invalid value for --timeout\n  cause: it takes 1 to 3600 whole seconds\n",
        ),
        (
            "credentials list --timeout 1m",
            "error: invalid value for --timeout\n  cause: it takes 1 to 3600 whole seconds\n",
        ),
        (
            "sandbox serve --listen localhost",
            "error: invalid value for --listen\n  cause: it takes an IP address and a port, such as 127.0.0.1:7410\n",
        ),
        (
            "logout --token-id ankra_abc",
            "error: --token-id: this is not the id of a token\n  cause: an id is a UUID\n",
        ),
        (
            "credentials hetzner creat",
            "error: unknown command creat\n  hint: did you mean create?\n  hint: usage: ankra credentials hetzner [OPTIONS] <COMMAND>\n",
        ),
    ] {
        assert_eq!(refusal(line), told, "{line}");
    }
    let formats = ankra::testing::output::Format::NAMED.map(|(name, _)| name).join(", ");
    let clouds: Vec<&str> = ankra::testing::providers::ALL.iter().map(|provider| provider.slug).collect();
    for (line, flag, values) in [
        ("credentials list -o xml", "--output", formats),
        ("credentials ssh-key create --name x --provider aws --generate", "--provider", clouds.join(", ")),
    ] {
        let told = format!("error: invalid value for {flag}\n  hint: it takes one of: {values}\n");
        assert_eq!(refusal(line), told, "{line}");
    }
}

#[test]
fn a_missing_command_is_answered_with_the_help_that_names_them() {
    for (args, command, code) in [
        (&[] as &[&str], "credentials", 0),
        (&["credentials"], "hetzner", 2),
        (&["credentials", "hetzner"], "create", 2),
        (&["sandbox"], "serve", 2),
    ] {
        let output = run(args);
        let help = String::from_utf8(output.stdout).unwrap();
        assert_eq!(output.status.code(), Some(code), "{args:?}");
        assert_eq!(output.stderr, b"", "{args:?}");
        assert!(help.contains("Commands:") && help.contains(&format!("\n  {command} ")), "{help}");
    }
}

#[test]
fn options_alone_are_no_command() {
    let usage = "error: a command is missing\n  hint: usage: ankra [OPTIONS] <COMMAND>\n";
    assert_eq!(refusal("--sandbox"), usage);
}

#[test]
fn help_and_version_are_results() {
    for args in [&["--help"] as &[&str], &["-h"], &["credentials", "list", "--help"], &["login", "-h"]] {
        let output = run(args);
        assert!(output.status.success(), "{args:?}");
        let help = String::from_utf8(output.stdout).unwrap();
        assert!(help.contains("Usage: ankra") && output.stderr.is_empty(), "{help}");
        // Those that are rarely needed, and those of every command, are left to `ankra --help`.
        assert_eq!(help.contains("--timeout"), *args == ["--help"], "{help}");
    }
    let version = run(&["--version"]);
    assert_eq!(
        String::from_utf8(version.stdout).unwrap(),
        concat!("ankra ", env!("CARGO_PKG_VERSION"), "\n")
    );
}

#[cfg(unix)]
#[test]
fn what_is_not_utf_8_is_refused_and_not_repeated() {
    use std::os::unix::ffi::OsStrExt;

    let word = OsStr::from_bytes(b"Hunter2\xff");
    let maybe_secret = "cause: it is not repeated here: it may be a secret";
    for (before, said) in [
        (
            &["credentials"] as &[&str],
            format!("unknown command\n  {maybe_secret}\n  hint: usage: ankra credentials [OPTIONS] <COMMAND>"),
        ),
        (
            &["credentials", "hetzner", "create", "--name"],
            "an argument is not valid UTF-8\n  hint: usage: ankra credentials hetzner create [OPTIONS] --name \
             <NAME>"
                .to_owned(),
        ),
        (
            &["login"],
            format!(
                "unexpected argument\n  {maybe_secret}\n  hint: a secret is given by its source: \
                 --api-token-from SOURCE\n  hint: usage: ankra login [OPTIONS]"
            ),
        ),
    ] {
        let args: Vec<&OsStr> = before.iter().map(OsStr::new).chain([word]).collect();
        let output = run(&args);
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{error}");
        assert_eq!((error, output.stdout), (format!("error: {said}\n"), Vec::new()));
    }
}
