//! A real docker-registry that trusts the tokens of a service, which signs them for it.

use std::{
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
    time::{SystemTime, UNIX_EPOCH},
};

use ring::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair},
};
use serde_json::json;

use super::{
    PASSWORD, USER, check, result,
    servers::{Server, registry},
    told,
};
use crate::support::{Authority, Env};

/// How the service gives out tokens.
#[derive(Clone, Copy, Default)]
struct Manners {
    /// To those who give no password, for `open/charts`.
    anonymous: bool,
    /// To those who give a wrong password, as if they had given none.
    forgiving: bool,
    /// Without saying to whom.
    nameless: bool,
}

/// A service that knows [`USER`], who may read `team/charts` and `open/charts`.
struct Tokens {
    port: u16,
    authority: Authority,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Tokens {
    fn start(manners: Manners) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let authority = Authority::new();
        let (certificate, key) = authority.der();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&asked);
        thread::spawn(move || {
            for socket in listener.incoming() {
                serve(&mut socket.unwrap(), manners, &certificate, &key, &log);
            }
        });
        Self { port, authority, asked }
    }

    fn registry(&self, env: &Env) -> Server {
        self.registry_that_names(env, "127.0.0.1")
    }

    /// A registry that names the service by `host`.
    fn registry_that_names(&self, env: &Env, host: &str) -> Server {
        let auth = format!(
            "auth: {{token: {{realm: 'http://{host}:{}/token?tenant=1', service: charts, issuer: tests, rootcertbundle: {}}}}}",
            self.port,
            self.authority.file(env).display()
        );
        registry(env, &auth, "")
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

fn serve(socket: &mut TcpStream, manners: Manners, certificate: &[u8], key: &[u8], log: &Mutex<Vec<String>>) {
    let mut lines = BufReader::new(socket.try_clone().unwrap()).lines().map_while(Result::ok);
    let target = lines.next().unwrap_or_default();
    let head: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
    let authorization = head.iter().find_map(|line| line.strip_prefix("authorization: "));
    let expected = format!("Basic {}", base64(format!("{USER}:{PASSWORD}").as_bytes(), true));
    let is_user = authorization == Some(expected.as_str());
    let is_nobody = authorization.is_none() || (manners.forgiving && !is_user);
    log.lock().unwrap().push(format!("{target} {}", authorization.map_or("nobody", |_| "password")));
    let (status, body) = if is_user || (is_nobody && manners.anonymous) {
        let scope =
            target.split(['?', '&', ' ']).find_map(|part| part.strip_prefix("scope=")).unwrap_or_default();
        let readable: &[&str] = if is_user { &["team/charts", "open/charts"] } else { &["open/charts"] };
        let path =
            readable.iter().find(|path| scope == format!("repository%3A{}%3Apull", path.replace('/', "%2F")));
        let access = path.map(|path| json!({"type": "repository", "name": path, "actions": ["pull"]}));
        let subject = if is_user && !manners.nameless { USER } else { "" };
        let token = sign(subject, &json!(access.into_iter().collect::<Vec<_>>()), certificate, key);
        ("200 OK", json!({"token": token, "expires_in": 300}).to_string())
    } else {
        (
            "401 Unauthorized",
            json!({"errors": [{"code": "UNAUTHORIZED", "message": "bad password"}]}).to_string(),
        )
    };
    let length = body.len();
    let _ =
        write!(socket, "HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}");
}

/// A token as the registry wants it: signed with ES256 by the authority itself.
fn sign(subject: &str, access: &serde_json::Value, certificate: &[u8], key: &[u8]) -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let header = json!({"typ": "JWT", "alg": "ES256", "x5c": [base64(certificate, true)]});
    let claims = json!({
        "iss": "tests", "sub": subject, "aud": "charts", "exp": now + 300, "nbf": now - 10, "iat": now,
        "jti": "1", "access": access,
    });
    let url = |bytes: &[u8]| base64(bytes, false).replace('+', "-").replace('/', "_");
    let signed = format!("{}.{}", url(header.to_string().as_bytes()), url(claims.to_string().as_bytes()));
    let random = SystemRandom::new();
    let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, key, &random).unwrap();
    format!("{signed}.{}", url(pair.sign(&random, signed.as_bytes()).unwrap().as_ref()))
}

fn base64(bytes: &[u8], padded: bool) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for group in bytes.chunks(3) {
        let byte = |index: usize| usize::from(*group.get(index).unwrap_or(&0));
        let word = byte(0) << 16 | byte(1) << 8 | byte(2);
        (0..=group.len()).for_each(|place| text.push(char::from(LETTERS[word >> (18 - 6 * place) & 63])));
        if padded {
            (group.len()..3).for_each(|_| text.push('='));
        }
    }
    text
}

#[test]
fn a_token_for_the_path_is_access_and_one_without_it_is_not() {
    let env = Env::new();
    let tokens = Tokens::start(Manners::default());
    let server = tokens.registry(&env);
    let outcome = result(&env, &server.oci("/team/charts"), 0, "good", "anonymous");
    assert!(outcome.stdout.contains("team/charts can be read"), "{outcome}");
    assert_eq!(
        tokens.asked(),
        [
            "GET /token?tenant=1&service=charts&scope=repository%3Ateam%2Fcharts%3Apull HTTP/1.1 password",
            "GET /token?tenant=1&service=charts&scope=repository%3Ateam%2Fcharts%3Apull HTTP/1.1 nobody",
        ]
    );
    let outcome = result(&env, &server.oci("/other/charts"), 7, "no_access", "path");
    outcome.says(&["the user name and the password are right", "the right to pull"]);
    told(check(&env, &server.oci("/team/charts"), "wrong"), 6, "wrong_password", "token")
        .says(&["bad password"]);
    // Without a path, the sign-in alone.
    result(&env, &server.oci(""), 0, "good", "anonymous");
    told(check(&env, &server.oci(""), "wrong"), 6, "wrong_password", "token");
}

#[test]
fn h128_a_token_service_under_another_name_is_asked_where_it_is_named() {
    let env = Env::new();
    let tokens = Tokens::start(Manners::default());
    let server = tokens.registry_that_names(&env, "localhost");
    let (url, place) = (server.oci("/team/charts"), format!("localhost:{}", tokens.port));
    result(&env, &url, 1, "foreign_realm", "token");
    assert_eq!(tokens.asked(), Vec::<String>::new());
    let run = |password| check(&env, &url, password).arg("--token-host").arg(&place);
    told(run(PASSWORD), 0, "good", "anonymous");
    told(run("wrong"), 6, "wrong_password", "token").says(&["bad password"]);
}

#[test]
fn a_token_that_anybody_gets_is_no_proof() {
    let env = Env::new();
    let manners = Manners { anonymous: true, forgiving: true, nameless: true };
    let tokens = Tokens::start(manners);
    let server = tokens.registry(&env);
    for password in [PASSWORD, "wrong"] {
        let run = check(&env, &server.oci("/open/charts"), password);
        told(run, 1, "cannot_tell", "anonymous").says(&["cannot tell", "proves nothing about the password"]);
        let run = check(&env, &server.oci(""), password);
        told(run, 1, "cannot_tell", "anonymous");
    }
    // Where nobody else is let in, being let in is proof.
    result(&env, &server.oci("/team/charts"), 0, "good", "anonymous");
    let outcome = told(check(&env, &server.oci("/team/charts"), "wrong"), 7, "no_access", "path");
    outcome.says(&["it does not tell whether the password is wrong"]);
}

#[test]
fn a_token_that_names_its_owner_is_proof_even_where_anybody_may_read() {
    let env = Env::new();
    let tokens = Tokens::start(Manners { anonymous: true, forgiving: true, nameless: false });
    let server = tokens.registry(&env);
    let outcome = result(&env, &server.oci("/open/charts"), 0, "good", "anonymous");
    assert!(outcome.stdout.contains("the token names its owner"), "{outcome}");
    told(check(&env, &server.oci("/open/charts"), "wrong"), 1, "cannot_tell", "anonymous");
    let outcome = result(&env, &server.oci("/other/charts"), 7, "no_access", "path");
    outcome.says(&["the user name and the password are right"]);
}
