//! Files that the tools themselves wrote, or that they read as this program does.

use super::{MARK, create, file, platform, secret, sent};
use crate::support::{Env, Pty, Run, need, python};

/// hcloud, which keeps its file at `HCLOUD_CONFIG`: Debian's takes the home directory from passwd, not from HOME.
fn hcloud(env: &Env, args: &[&str]) -> Run {
    let mut run = env.program(need("hcloud", "hcloud-cli"));
    run.command.args(args);
    let config = env.home().join("cli.toml");
    run.env("HCLOUD_CONFIG", config).env("HCLOUD_ENDPOINT", "http://127.0.0.1:9/v1").env("TERM", "xterm")
}

#[test]
fn contexts_that_hcloud_made_are_taken_as_hcloud_takes_them() {
    let env = Env::new();
    let names = ["dev", "my prod"];
    let tokens = [secret(64), secret(64)];
    for (name, token) in names.iter().zip(&tokens) {
        let mut pty = Pty::start(hcloud(&env, &["context", "create", name]));
        pty.expect("Token: ").send(&format!("{token}\r"));
        pty.expect("created and activated");
        pty.ok();
    }
    let take = |flags: &str| {
        let server = platform();
        let run = create(&server, &env, "hetzner", flags).env("HCLOUD_CONFIG", env.home().join("cli.toml"));
        let outcome = run.ok();
        assert!(!outcome.all().contains(MARK), "{outcome}");
        sent(&server)["api_token"].clone()
    };
    for (name, token) in names.iter().zip(&tokens) {
        hcloud(&env, &["context", "use", name]).ok();
        assert_eq!(hcloud(&env, &["context", "active"]).ok().stdout.trim(), *name);
        assert_eq!(take("--from-hcloud"), *token, "{name}");
    }
    assert_eq!(take("--from-hcloud dev"), tokens[0]);
    hcloud(&env, &["context", "delete", "my prod"]).ok();
    assert_eq!(take("--from-hcloud"), tokens[0]);
}

/// What the official Python package takes of the files and variables.
const PRINTED: &str = "
import ovh
client = ovh.Client()
print(client._endpoint, client._application_key, client._application_secret, client._consumer_key)";

#[test]
fn files_are_merged_as_the_official_package_merges_them() {
    let python = python("ovh", &["ovh==1.2.0"]);
    let keys = |length: usize| secret(length);
    let own = [keys(16), keys(32), keys(32)];
    let variable = keys(32);
    for (home, here, variables) in [
        (
            format!(
                "[default]\nendpoint=ovh-eu\n[ovh-eu]\napplication_key={}\napplication_secret : {}\nconsumer_key=x\n",
                own[0], own[1]
            ),
            format!("[ovh-eu]\n; newer\n  consumer_key = {}\n", own[2]),
            &[][..],
        ),
        (
            format!("[default] ; as a rule\nendpoint=ovh-ca\n[ovh-eu]\napplication_key={}\n", own[0]),
            format!(
                "[ovh-eu]\r\napplication_secret={}\r\nconsumer_key={}\r\n[default]\r\nendpoint=ovh-eu\r\n",
                own[1], own[2]
            ),
            &[],
        ),
        (
            format!(
                "[ovh-eu]\napplication_key={}\napplication_secret={}\nconsumer_key={}\n",
                own[0], own[1], own[2]
            ),
            String::new(),
            &[("OVH_ENDPOINT", "ovh-eu"), ("OVH_CONSUMER_KEY", variable.as_str())],
        ),
    ] {
        let env = Env::new();
        file(&env, ".ovh.conf", home);
        crate::support::write_private(&env.work().join("ovh.conf"), here);
        let with = |run: Run| variables.iter().fold(run, |run, (name, value)| run.env(name, value));
        let theirs = with(env.program(&python).arg("-c").arg(PRINTED)).ok().stdout;
        let server = platform();
        with(create(&server, &env, "ovh", "--from-ovh-conf --project-id 0")).ok();
        let body = sent(&server);
        let text = |key: &str| body[key].as_str().unwrap().to_owned();
        let ours = [text("application_key"), text("application_secret"), text("consumer_key")].join(" ");
        assert_eq!(theirs.trim(), format!("https://eu.api.ovh.com/1.0 {ours}"));
        assert!(ours.contains(MARK));
        std::fs::remove_file(env.work().join("ovh.conf")).unwrap();
    }
}
