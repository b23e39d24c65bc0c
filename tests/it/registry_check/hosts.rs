//! The registries of the presets under their own names, as each of them answers: which word their
//! answers lead to, and who gets to see the password.

use serde_json::{Value, json};

use super::{internet::Internet, told};
use crate::support::{Answer, FaultServer};

fn asks(challenge: &str) -> Answer {
    Answer::json(401, json!({"errors": [{"code": "UNAUTHORIZED", "message": "authentication required"}]}))
        .header("www-authenticate", challenge)
}

fn bearer(realm: &str) -> Answer {
    asks(&format!("Bearer realm=\"{realm}\",service=\"the-service\""))
}

fn error(status: u16, code: &str, message: &str) -> Answer {
    Answer::json(status, json!({"errors": [{"code": code, "message": message}]}))
}

fn ok(body: Value) -> Answer {
    Answer::json(200, body)
}

/// A token that tells nobody whom it is for, as GitHub's and Google's.
fn opaque() -> Answer {
    ok(json!({"token": "djE6b3BhcXVl"}))
}

/// A token for `subject`, as Harbor's and Docker's.
fn for_subject(subject: &str) -> Answer {
    use base64ct::{Base64UrlUnpadded, Encoding};
    let claims = Base64UrlUnpadded::encode_string(json!({"sub": subject}).to_string().as_bytes());
    ok(json!({"token": format!("eyJhbGciOiJSUzI1NiJ9.{claims}.c2ln")}))
}

/// How often the password came.
fn passwords(server: &FaultServer) -> usize {
    let requests = server.requests();
    let brought = requests.iter().filter_map(|request| request.header("authorization"));
    brought.filter(|value| value.starts_with("Basic ")).count()
}

/// One registry on one host, that answers a greeting, for a token and about the path so.
struct Case<'a> {
    url: &'a str,
    host: &'static str,
    greeting: Vec<Answer>,
    token: (&'a str, Vec<Answer>),
    path: (&'a str, Vec<Answer>),
    /// Exit code, result, last step.
    told: (i32, &'a str, &'a str),
    says: &'a [&'a str],
}

impl Case<'_> {
    fn run(self) {
        let internet = Internet::new();
        let server = internet.host(self.host);
        server.on("GET", "/v2/", self.greeting);
        for (path, answers) in [self.token, self.path] {
            if !answers.is_empty() {
                server.on("GET", path, answers);
            }
        }
        let (code, result, step) = self.told;
        let outcome = told(internet.check(self.url), code, result, step);
        for text in self.says {
            assert!(outcome.all().contains(text), "not said: {text}: {outcome}");
        }
        assert_eq!(internet.asked(), [self.host]);
    }
}

#[test]
fn github_tells_a_wrong_password_from_a_package_that_may_not_be_read() {
    let case = |token, path, told, says| Case {
        url: "oci://ghcr.io/octocat/charts",
        host: "ghcr.io",
        greeting: vec![bearer("https://ghcr.io/token")],
        token: ("/token", token),
        path: ("/v2/octocat/charts/tags/list", path),
        told,
        says,
    };
    let denied = || error(403, "DENIED", "denied");
    let tags = || ok(json!({"name": "octocat/charts", "tags": ["1"]}));
    case(vec![denied()], vec![], (6, "wrong_password", "token"), &["answered 403: denied", "read:packages"])
        .run();
    let refused = || error(403, "DENIED", "requested access to the resource is denied");
    let login = || error(401, "UNAUTHORIZED", "authentication required");
    // The path, a login, and a login without a password.
    let says = &["password are right", "read:packages", "oci://HOST/PATH/CHART"];
    case(vec![refused(), opaque(), login()], vec![], (7, "no_access", "token"), says).run();
    // Anybody may read it, and only a login shows that the password is right.
    let token = vec![opaque(), opaque(), opaque(), login()];
    case(token, vec![tags()], (0, "good", "anonymous"), &["a login needs a password"]).run();
    let token = vec![opaque(), opaque(), denied()];
    case(token, vec![tags()], (6, "wrong_password", "login"), &["denied"]).run();
}

#[test]
fn harbor_s_token_for_a_wrong_password_is_not_taken_for_a_right_one() {
    let case = |token, path, told, says| Case {
        url: "oci://harbor.example.com/team/charts",
        host: "harbor.example.com",
        greeting: vec![bearer("https://harbor.example.com/service/token")],
        token: ("/service/token", token),
        path: ("/v2/team/charts/tags/list", path),
        told,
        says,
    };
    let nobody = || for_subject("");
    let refused =
        || error(401, "UNAUTHORIZED", "unauthorized to access repository: team/charts, action: pull");
    let login = || error(401, "UNAUTHORIZED", "unauthorized: authentication required");
    let token = vec![nobody(), nobody(), login()];
    case(token, vec![refused()], (6, "wrong_password", "login"), &["robot$PROJECT+NAME"]).run();
    let token = vec![for_subject("robot$team+puller")];
    case(token, vec![refused()], (7, "no_access", "path"), &["password are right", "Pull in the project"])
        .run();
}

#[test]
fn azure_s_plain_refusal_is_asked_again_without_the_path() {
    let case = |token, told, says| Case {
        url: "oci://acme.azurecr.io/charts",
        host: "acme.azurecr.io",
        greeting: vec![bearer("https://acme.azurecr.io/oauth2/token")],
        token: ("/oauth2/token", token),
        path: ("/v2/charts/tags/list", vec![]),
        told,
        says,
    };
    let plain =
        || error(401, "UNAUTHORIZED", "authentication required, visit https://aka.ms/acr/authorization");
    case(vec![plain()], (6, "wrong_password", "token"), &["appId", "aka.ms"]).run();
    let token = vec![plain(), ok(json!({"access_token": "eyJh"})), plain()];
    case(token, (7, "no_access", "token"), &["password are right", "acrpull"]).run();
}

#[test]
fn google_s_missing_role_is_told_from_a_wrong_key() {
    let case = |token, told, says| Case {
        url: "oci://europe-west1-docker.pkg.dev/acme/charts",
        host: "europe-west1-docker.pkg.dev",
        greeting: vec![bearer("https://europe-west1-docker.pkg.dev/v2/token")],
        token: ("/v2/token", token),
        path: ("/v2/acme/charts/tags/list", vec![]),
        told,
        says,
    };
    let denied = || {
        let text = "Permission \"artifactregistry.repositories.downloadArtifacts\" denied on resource";
        error(403, "DENIED", text)
    };
    let says = &["password are right", "roles/artifactregistry.reader"];
    case(vec![denied(), opaque(), denied()], (7, "no_access", "token"), says).run();
    case(
        vec![error(401, "UNAUTHORIZED", "authentication failed")],
        (6, "wrong_password", "token"),
        &["_json_key"],
    )
    .run();
}

#[test]
fn amazon_s_answers_to_passwords_lead_to_the_right_words() {
    const HOST: &str = "123456789012.dkr.ecr.us-east-1.amazonaws.com";
    let case = |then: Answer, path, told, says| Case {
        url: "oci://123456789012.dkr.ecr.us-east-1.amazonaws.com/charts",
        host: HOST,
        greeting: vec![asks(&format!("Basic realm=\"https://{HOST}/\",service=\"ecr.amazonaws.com\"")), then],
        token: ("/token", vec![]),
        path: ("/v2/charts/tags/list", path),
        told,
        says,
    };
    let cut = Answer::text(400, "text/plain; charset=utf-8", "");
    case(cut, vec![], (6, "wrong_password", "login"), &["answered 400", "region in the host's name"]).run();
    let text = "Your authorization token has expired. Reauthenticate and try again.";
    case(error(403, "DENIED", text), vec![], (6, "expired", "login"), &["12 hours"]).run();
    let none = error(404, "NAME_UNKNOWN", "The repository with name 'charts' does not exist in the registry");
    case(Answer::json(200, json!({})), vec![none], (0, "good", "path"), &["there is nothing (yet)"]).run();
    let role = error(403, "DENIED", "User is not authorized to perform: ecr:ListImages");
    case(Answer::json(200, json!({})), vec![role], (7, "no_access", "path"), &["ecr:ListImages"]).run();
}

#[test]
fn a_path_that_is_hidden_from_others_is_proof() {
    let tags = || ok(json!({"tags": ["1"]}));
    let hidden = || error(404, "NAME_UNKNOWN", "repository name not known to registry");
    for (path, told, says) in [
        (vec![tags(), hidden()], (0, "good", "anonymous"), "nobody may read team/charts without a password"),
        (vec![tags(), error(404, "NOT_FOUND", "no")], (0, "good", "anonymous"), "nobody may read"),
        // What is not there for anybody proves nothing.
        (vec![hidden()], (1, "cannot_tell", "anonymous"), "proves nothing"),
        (vec![tags()], (1, "cannot_tell", "anonymous"), "proves nothing"),
    ] {
        let case = Case {
            url: "oci://registry.example.com/team/charts",
            host: "registry.example.com",
            greeting: vec![bearer("https://registry.example.com/token")],
            token: ("/token", vec![opaque()]),
            path: ("/v2/team/charts/tags/list", path),
            told,
            says: &[says],
        };
        case.run();
    }
}

#[test]
fn artifactory_s_words_are_heard() {
    let case = |token, told, says| Case {
        url: "oci://acme.jfrog.io/charts-local/app",
        host: "acme.jfrog.io",
        greeting: vec![asks("Basic realm=\"Artifactory Realm\"").header(
            "www-authenticate",
            "Bearer realm=\"https://acme.jfrog.io/v2/token\",service=\"acme.jfrog.io\"",
        )],
        token: ("/v2/token", token),
        path: ("/v2/charts-local/app/tags/list", vec![]),
        told,
        says,
    };
    let words = |text: &str| Answer::json(401, json!({"errors": [{"status": 401, "message": text}]}));
    case(
        vec![words("Bad credentials")],
        (6, "wrong_password", "token"),
        &["Bad credentials", "identity token"],
    )
    .run();
    case(vec![words("Token failed verification: expired")], (6, "expired", "token"), &["new token"]).run();
}

#[test]
fn docker_hub_s_tokens_come_from_its_own_host_and_no_other_gets_the_password() {
    let internet = Internet::new();
    let (registry, tokens) = (internet.host("registry-1.docker.io"), internet.host("auth.docker.io"));
    let thief = internet.host("auth.docker.io.evil.example");
    registry.on("GET", "/v2/", [bearer("https://auth.docker.io/token")]).on(
        "GET",
        "/v2/acme/charts/tags/list",
        [ok(json!({"tags": ["1"]})), error(401, "UNAUTHORIZED", "authentication required")],
    );
    tokens.on("GET", "/token", [for_subject("4f0c"), for_subject("")]);
    told(internet.check("oci://docker.io/acme/charts"), 0, "good", "anonymous");
    assert_eq!(internet.asked(), ["auth.docker.io", "registry-1.docker.io"]);
    assert_eq!((passwords(&registry), passwords(&tokens)), (0, 1));
    // Another registry may not send it there, nor Docker Hub elsewhere.
    for (host, realm) in [
        ("ghcr.io", "https://auth.docker.io/token"),
        ("ghcr.io", "https://evil-ghcr.io/token"),
        ("ghcr.io", "https://ghcr.io.evil.example/token"),
        ("registry-1.docker.io", "https://auth.docker.io.evil.example/token"),
        ("registry-1.docker.io", "https://evil-auth.docker.io/token"),
        ("registry-1.docker.io", "http://auth.docker.io/token"),
        ("registry-1.docker.io", "https://auth.docker.io@auth.docker.io.evil.example/token"),
    ] {
        let registry = internet.host(host);
        registry.on("GET", "/v2/", [bearer(realm)]);
        let outcome = told(internet.check(&format!("oci://{host}/acme/charts")), 1, "foreign_realm", "token");
        outcome.says(&["nothing was sent"]);
        assert_eq!((passwords(&registry), passwords(&tokens)), (0, 1), "{realm}");
    }
    assert!(thief.requests().is_empty());
}

#[test]
fn a_host_of_tokens_that_does_not_answer_is_named_in_place_of_the_registry() {
    let internet = Internet::new();
    let registry = internet.host("registry-1.docker.io");
    registry.on("GET", "/v2/", [bearer("https://auth.docker.io/token")]);
    let outcome = told(internet.check("oci://docker.io/acme/charts"), 1, "unreachable", "token");
    outcome.says(&["no connection to auth.docker.io"]);
    assert!(!outcome.stderr.contains("no connection to registry-1"), "{outcome}");
    let tokens = internet.host("auth.docker.io");
    tokens.on("GET", "/token", [error(503, "UNAVAILABLE", "closed")]);
    let outcome = told(internet.check("oci://docker.io/acme/charts"), 1, "registry_error", "token");
    outcome.says(&["auth.docker.io has a problem"]);
    assert_eq!(outcome.json()["host"], "registry-1.docker.io");
}
