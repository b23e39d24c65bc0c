//! `ankra credentials hetzner`

use crate::support::{Env, hetzner_token};

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
