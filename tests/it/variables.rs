//! A variable that is set and empty is as if unset: all that the program reads, by one rule.

use std::{collections::BTreeSet, fs};

use ankra::testing::{cli, providers::Provider};
use serde_json::json;

use crate::support::{
    Answer, Authority, Certificate, Env, FaultServer, Pty, Run, TlsFront, write_private, write_tool_files,
};

/// What shows whether a variable counts, and the variables that could count there.
struct Case {
    names: &'static [&'static str],
    run: fn(&Env, &World) -> Run,
    /// On a terminal, which is left with the end of input.
    is_asked: bool,
}

/// Servers that the cases share.
struct World {
    platform: FaultServer,
    login: FaultServer,
    tls: TlsFront,
}

const CASES: [Case; 18] = [
    Case {
        names: &[
            "ANKRA_API_TOKEN",
            "ANKRA_BASE_URL",
            "ANKRA_ORG",
            "ANKRA_PROFILE",
            "ANKRA_SANDBOX",
            "ANKRA_NO_INPUT",
            "XDG_CONFIG_HOME",
            "XDG_DATA_HOME",
            "XDG_CACHE_HOME",
        ],
        run: |env, world| {
            env.signed_in(&world.platform.url(), "token-of-the-test");
            env.line("credentials list")
        },
        is_asked: false,
    },
    Case {
        names: &[
            "https_proxy",
            "HTTPS_PROXY",
            "all_proxy",
            "no_proxy",
            "NO_PROXY",
            "HTTP_PROXY",
            "http_proxy",
        ],
        run: |env, _| check(env, "oci://registry.invalid/a").env("ALL_PROXY", "http://127.0.0.1:1"),
        is_asked: false,
    },
    Case { names: &["ALL_PROXY"], run: |env, _| check(env, "oci://registry.invalid/a"), is_asked: false },
    Case {
        names: &["SSL_CERT_FILE", "SSL_CERT_DIR"],
        run: |env, world| check(env, &world.tls.url()),
        is_asked: false,
    },
    Case {
        names: &[
            "REGISTRY_AUTH_FILE",
            "XDG_RUNTIME_DIR",
            "XDG_CONFIG_HOME",
            "DOCKER_CONFIG",
            "DOCKER_AUTH_CONFIG",
            "HELM_REGISTRY_CONFIG",
            "HELM_CONFIG_HOME",
            "PATH",
        ],
        run: |env, world| {
            env.signed_in(&world.platform.url(), "token-of-the-test");
            let auth = json!({"auths": {"ghcr.io": {"auth": "bWU6Z2hwX2FhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFh"}}});
            write_private(&env.home().join(".docker/config.json"), auth.to_string());
            env.line("credentials registry create --name x --from-docker ghcr.io --dry-run")
        },
        is_asked: false,
    },
    Case {
        names: &["HCLOUD_TOKEN", "HCLOUD_CONTEXT", "HCLOUD_CONFIG", "HCLOUD_ENDPOINT"],
        run: |env, world| from_tool(env, world, "hetzner create --from-hcloud"),
        is_asked: false,
    },
    Case {
        names: &["OVH_APPLICATION_KEY", "OVH_APPLICATION_SECRET", "OVH_CONSUMER_KEY", "OVH_ENDPOINT"],
        run: |env, world| from_tool(env, world, "ovh create --from-ovh-conf"),
        is_asked: false,
    },
    Case {
        names: &[
            "DIGITALOCEAN_ACCESS_TOKEN",
            "DIGITALOCEAN_CONTEXT",
            "DIGITALOCEAN_CONFIG",
            "DIGITALOCEAN_API_URL",
            "XDG_CONFIG_HOME",
        ],
        run: |env, world| from_tool(env, world, "digitalocean create --from-doctl"),
        is_asked: false,
    },
    Case {
        names: &["UPCLOUD_TOKEN", "XDG_CONFIG_HOME"],
        run: |env, world| from_tool(env, world, "upcloud create --from-upctl"),
        is_asked: false,
    },
    Case {
        names: &["XDG_CONFIG_HOME", "XDG_DATA_HOME", "BASH_COMPLETION_USER_DIR", "ZDOTDIR"],
        run: |env, _| {
            env.line("completion install --shell bash --yes").ok();
            env.line("completion install --shell zsh --yes")
        },
        is_asked: false,
    },
    Case {
        names: &[
            "BROWSER",
            "DISPLAY",
            "WAYLAND_DISPLAY",
            "SSH_CONNECTION",
            "SSH_TTY",
            "WSL_DISTRO_NAME",
            "USER",
            "LOGNAME",
        ],
        run: |env, world| env.line("login --web --base-url").arg(world.login.url()),
        is_asked: false,
    },
    Case {
        names: &["DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR"],
        run: |env, world| {
            let line = "login --store keychain --api-token-stdin --base-url";
            env.line(line).arg(world.platform.url()).stdin("a-token-of-the-test")
        },
        is_asked: false,
    },
    Case { names: &["HCLOUD_ENDPOINT"], run: |env, _| at_cloud(env, "hetzner"), is_asked: false },
    Case { names: &["OVH_ENDPOINT"], run: |env, _| at_cloud(env, "ovh"), is_asked: false },
    Case { names: &["DIGITALOCEAN_API_URL"], run: |env, _| at_cloud(env, "digitalocean"), is_asked: false },
    Case { names: &["UPCLOUD_DEBUG_API_BASE_URL"], run: |env, _| at_cloud(env, "upcloud"), is_asked: false },
    Case { names: &["SHELL"], run: |env, _| env.line("completion install --yes"), is_asked: false },
    Case {
        names: &[
            "NO_COLOR",
            "TERM",
            "COLUMNS",
            "LINES",
            "CLICOLOR",
            "CLICOLOR_FORCE",
            "ACCESSIBLE",
            "ANKRA_NO_INPUT",
        ],
        run: |env, _| env.line("--sandbox credentials hetzner create --name x"),
        is_asked: true,
    },
];

/// Takes what a provider's own tool has.
fn from_tool(env: &Env, world: &World, line: &str) -> Run {
    env.signed_in(&world.platform.url(), "token-of-the-test");
    write_tool_files(env);
    env.line(&format!("credentials {line} --name x --dry-run"))
}

fn check(env: &Env, url: &str) -> Run {
    env.line("credentials registry check --username me --password-stdin --registry-url")
        .arg(url)
        .stdin("a-password-of-the-test")
}

/// A check at a cloud that is out of reach.
fn at_cloud(env: &Env, slug: &str) -> Run {
    let provider = Provider::named(slug).unwrap();
    let secrets = provider.secrets.iter().map(|field| format!("--{}-from=env:SECRET", field.name));
    let run = env.line(&format!("credentials {slug} check")).env("HTTPS_PROXY", "http://127.0.0.1:1");
    secrets.fold(run, Run::arg).env("SECRET", "a-secret-of-the-test")
}

/// All that is seen of a case, with `name` set to `value` or not at all.
fn seen(case: &Case, world: &World, name: &str, value: Option<&str>) -> String {
    let env = Env::new();
    let mut run = (case.run)(&env, world);
    match value {
        Some(value) => run = run.env(name, value),
        None => drop(run.command.env_remove(name)),
    }
    let shown = if case.is_asked {
        let mut pty = Pty::start(run);
        pty.expect("Hetzner API token:").send("\x04");
        format!("{:?}{}", pty.end(), pty.transcript())
    } else {
        let outcome = run.run();
        format!("{:?}{}", outcome.code, outcome.all())
    };
    shown.replace(&*env.home().to_string_lossy(), "~")
}

#[test]
fn h106_a_variable_that_is_set_and_empty_is_as_if_unset() {
    let (platform, authority) = (FaultServer::start(), Authority::new());
    platform.on_every_request(Answer::json(200, json!([])));
    let tls = TlsFront::start(&platform, Some(&authority), &Certificate::default());
    let login = FaultServer::start();
    login.signs_in([Answer::json(410, json!({"detail": "gone"}))]);
    let world = World { platform, login, tls };
    for case in &CASES {
        for name in case.names {
            let (unset, empty) = (seen(case, &world, name, None), seen(case, &world, name, Some("")));
            assert_eq!(unset, empty, "{name}");
        }
    }
}

/// The names in capitals, or with `_proxy`, between quotes.
fn names_in(text: &str) -> impl Iterator<Item = &str> {
    let is_name = |word: &&str| {
        let is_loud = word.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
        word.len() > 3 && (is_loud || word.ends_with("_proxy"))
    };
    text.split('"').skip(1).step_by(2).filter(is_name)
}

#[test]
fn h106_every_variable_that_is_read_is_held_to_this_rule() {
    let held: BTreeSet<&str> = CASES.iter().flat_map(|case| case.names).copied().collect();
    let documented: Vec<String> = cli::variables().collect();
    let mut missing: BTreeSet<&str> =
        documented.iter().map(String::as_str).filter(|name| !held.contains(name)).collect();
    let mut files = Vec::new();
    crate::catalogue::sources(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    files.retain(|file| !file.to_string_lossy().contains("tests"));
    let texts: Vec<String> = files.iter().map(|file| fs::read_to_string(file).unwrap()).collect();
    for text in texts.iter().filter(|text| ["env::var", "variable("].iter().any(|call| text.contains(call))) {
        let code = text.split("#[cfg(test)]").next().unwrap();
        missing.extend(names_in(code).filter(|name| !held.contains(name)));
    }
    // What is no variable that a person sets: a beginning of names, and the mark of what this program started.
    assert_eq!(missing, BTreeSet::from(["ANKRA_", "ANKRA_STARTED", "TOKEN"]));
}
