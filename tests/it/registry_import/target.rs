//! Which registry a login is for, where `--registry-url` names one.

use base64ct::{Base64, Encoding};
use serde_json::json;

use super::{at_home, auth, create, docker_file, pair, platform, refused, sent};
use crate::support::{Answer, Env, FaultServer};

const SECRET: &str = "ghp_0123456789abcdefghijklmnopqrstuvwxyz";

/// A registry that asks for a password and takes any.
fn registry() -> (FaultServer, String) {
    let server = FaultServer::start();
    let asks = Answer::json(401, json!({})).header("www-authenticate", "Basic realm=\"charts\"");
    server.on("GET", "/v2/", [asks, Answer::json(200, json!({}))]);
    let host = server.url().trim_start_matches("http://").to_owned();
    (server, host)
}

#[test]
fn a_check_takes_the_login_that_other_tools_have_for_the_registry() {
    let env = Env::new();
    let (server, host) = registry();
    docker_file(
        &env,
        &json!({"auths": {"ghcr.io": auth("octocat", "other"), &host: auth("reader", SECRET)}}),
    );
    let run =
        env.line(&format!("credentials registry check --registry-url oci://{host} --from-docker -o json"));
    let outcome = at_home(run, &env).ok();
    assert_eq!(outcome.json()["result"], "good");
    outcome.says(&["config.json: the login of reader at 127.0.0.1:"]);
    assert!(!outcome.all().contains(SECRET), "{outcome}");
    let basic = format!("Basic {}", Base64::encode_string(format!("reader:{SECRET}").as_bytes()));
    assert_eq!(server.requests()[1].header("authorization"), Some(basic.as_str()));
    // Where there is none, the files that were looked at are named.
    let run = env.line("credentials registry check --registry-url oci://quay.io/a --from-docker");
    at_home(run, &env).fails(3).says(&["no login at quay.io/a was found", ".docker/config.json"]);
    let run =
        env.line("credentials registry check --registry-url oci://quay.io --from-docker --password-stdin");
    at_home(run, &env).stdin(SECRET).fails(2);
}

#[test]
fn the_login_of_one_registry_is_not_sent_to_another() {
    let (env, platform) = (Env::new(), platform());
    let server = FaultServer::start();
    let url = server.url().replace("http", "oci");
    docker_file(&env, &json!({"auths": {"ghcr.io": auth("octocat", SECRET)}}));
    let says = &["is not sent to another", "--from-docker names ghcr.io", "leave out HOST"];
    let flags = format!("--from-docker ghcr.io --check --registry-url {url}/a");
    refused(&create(&platform, &env, &flags).run(), &platform, 2, SECRET, says);
    let line = format!("credentials registry check --from-docker ghcr.io --registry-url {url}/a");
    refused(&at_home(env.line(&line), &env).run(), &platform, 2, SECRET, says);
    assert!(server.requests().is_empty());
    // Docker Hub has several names.
    docker_file(&env, &json!({"auths": {"https://index.docker.io/v1/": auth("octocat", SECRET)}}));
    let line =
        "credentials registry check --from-docker docker.io --registry-url oci://registry-1.docker.io/a";
    let run = at_home(env.line(line), &env).env("HTTPS_PROXY", "http://127.0.0.1:1");
    let outcome = run.fails(1);
    outcome.says(&["the login of octocat at docker.io", "registry-1.docker.io"]);
}

#[test]
fn the_host_of_the_registry_url_chooses_among_several_logins() {
    let (env, server) = (Env::new(), platform());
    docker_file(
        &env,
        &json!({"auths": {"quay.io": auth("other", "other"), "ghcr.io": auth("octocat", SECRET)}}),
    );
    create(&server, &env, "--from-docker --registry-url oci://ghcr.io/octocat/charts").ok();
    assert_eq!(sent(&server), pair("octocat", SECRET));
}
