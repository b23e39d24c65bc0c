//! Passwords that are past their end.

use serde_json::json;

use super::result;
use crate::support::{Answer, Env, FaultServer};

#[test]
fn a_registry_that_says_expired_is_believed() {
    let env = Env::new();
    let server = FaultServer::start();
    let words = "Your authorization token has expired. Reauthenticate and try again.";
    let basic = Answer::json(401, json!({})).header("www-authenticate", "Basic realm=\"x\",service=\"ecr\"");
    let refused = Answer::json(403, json!({"errors": [{"code": "DENIED", "message": words}]}));
    server.on("GET", "/v2/", [basic, refused]);
    let outcome = result(&env, &server.url().replace("http", "oci"), 6, "expired", "login");
    outcome.says(&["it has expired", words]);
}
