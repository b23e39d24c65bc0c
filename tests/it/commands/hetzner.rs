//! `ankra credentials hetzner`

use crate::support::{Answer, Env, FaultServer, Platform, hetzner_token};

#[test]
fn a_piped_token_is_stored_and_listed() {
    let env = Env::new();
    let created = env
        .line("--sandbox credentials hetzner create --name my-hetzner-token --api-token-stdin -o json")
        .stdin(hetzner_token() + "\n")
        .ok()
        .json();
    let listed = env.line("--sandbox credentials hetzner list -o json").ok().json();
    assert_eq!(listed[0]["id"], created["id"]);
    assert_eq!(listed[0]["name"], "my-hetzner-token");
}

#[test]
fn trial() {
    let env = Env::new();
    let platform = Platform::start(&env);
    platform.admin(&env, "status").ok();
    let server = FaultServer::start();
    server.on("GET", "/api/v1/credentials", [Answer::json(200, serde_json::json!([]))]);
    server.ankra(&env, "credentials list").ok();
    assert_eq!(server.lines(), ["GET /api/v1/credentials"]);
}
