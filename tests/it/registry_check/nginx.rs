//! A real nginx that serves classic Helm repositories.

use std::fs;

use super::{
    PASSWORD, check, result,
    servers::{Server, nginx},
    told,
};
use crate::support::Env;

const INDEX: &str = "apiVersion: v1\nentries: {}\ngenerated: \"2026-01-01T00:00:00Z\"\n";

fn repositories(env: &Env) -> Server {
    let root = env.home().join("www");
    // nginx drops its rights where it has them.
    let open = std::os::unix::fs::PermissionsExt::from_mode;
    for (path, text) in [
        ("private/stable", INDEX),
        ("private/page", "<html>sign in</html>"),
        ("open", INDEX),
        ("page", "<html>hello</html>"),
    ] {
        let folder = root.join(path);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("index.yaml"), text).unwrap();
    }
    let huge = root.join("private/huge");
    fs::create_dir_all(&huge).unwrap();
    let file = fs::File::create(huge.join("index.yaml")).unwrap();
    std::io::Write::write_all(&mut &file, INDEX.as_bytes()).unwrap();
    file.set_len(8 << 30).unwrap();
    let top = env.home().parent().unwrap().to_owned();
    for folder in [&top, &env.home(), &root] {
        fs::set_permissions(folder, open(0o755)).unwrap();
    }
    nginx(env, &root)
}

#[test]
fn a_private_repository_tells_the_right_password_from_a_wrong_one() {
    let env = Env::new();
    let server = repositories(&env);
    let outcome = result(&env, &server.http("/private/stable"), 0, "good", "path");
    assert_eq!(outcome.json()["kind"], "helm");
    let run = check(&env, &server.http("/private/stable"), "wrong");
    told(run, 6, "wrong_password", "login").says(&["answered 401"]);
}

#[test]
fn a_public_repository_proves_nothing() {
    let env = Env::new();
    let server = repositories(&env);
    let outcome = result(&env, &server.http("/open"), 1, "cannot_tell", "anonymous");
    outcome.says(&["cannot tell", "anybody gets the index"]);
}

#[test]
fn what_is_no_repository_is_said() {
    let env = Env::new();
    let server = repositories(&env);
    result(&env, &server.http("/private/none"), 3, "not_found", "path").says(&["index.yaml"]);
    result(&env, &server.http("/page"), 1, "not_a_registry", "path")
        .says(&["not the index of a Helm repository"]);
    result(&env, &server.http("/private/page"), 1, "not_a_registry", "path");
    result(&env, &server.http("/forbidden"), 7, "no_access", "login");
    result(&env, &server.http("/moved"), 1, "redirected", "anonymous").says(&["elsewhere.example"]);
    // As an OCI registry it knows no /v2/.
    result(&env, &server.oci("/private"), 1, "not_a_registry", "registry").says(&["begins with https://"]);
}

#[test]
fn h127_a_renamed_repository_is_found_where_the_server_sends_for_it() {
    let env = Env::new();
    let server = repositories(&env);
    result(&env, &server.http("/renamed"), 0, "good", "path");
    told(check(&env, &server.http("/renamed"), "wrong"), 6, "wrong_password", "login");
    result(&env, &server.http("/loop"), 1, "redirected", "anonymous").says(&["after 5 others"]);
}

#[test]
fn a_huge_index_is_known_by_its_beginning() {
    let env = Env::new();
    let server = repositories(&env);
    // 8 GiB: more than may be read, and more than there is time for.
    told(check(&env, &server.http("/private/huge"), PASSWORD), 0, "good", "path");
}
