//! A real docker-registry that keeps passwords itself, plain on this machine and behind TLS.

use super::{
    PASSWORD, USER, check, result,
    servers::{Server, htpasswd, registry},
    told,
};
use crate::support::{Authority, Certificate, Env, FaultServer, Pty};

fn with_passwords(env: &Env, tls: &str) -> Server {
    let file = htpasswd(env, "-B");
    registry(env, &format!("auth: {{htpasswd: {{realm: charts, path: {}}}}}", file.display()), tls)
}

#[test]
fn the_right_password_is_told_from_a_wrong_one() {
    let env = Env::new();
    let server = with_passwords(&env, "");
    let outcome = result(&env, &server.oci("/team/charts"), 0, "good", "path");
    let report = outcome.json();
    assert_eq!(report["registry_url"], server.oci("/team/charts"));
    assert_eq!((&report["kind"], &report["host"]), (&"oci".into(), &server.port.to_string().into()));
    let steps: Vec<&str> =
        report["steps"].as_array().unwrap().iter().map(|step| step["step"].as_str().unwrap()).collect();
    assert_eq!(steps, ["host", "tls", "registry", "login", "path"]);
    // Without a path, the sign-in alone.
    result(&env, &server.oci(""), 0, "good", "login");
    let outcome = told(check(&env, &server.oci("/team/charts"), "wrong"), 6, "wrong_password", "login");
    outcome.says(&["does not accept this user name and password", "access token"]);
    assert!(!outcome.all().contains("\"wrong\""), "{outcome}");
}

#[test]
fn a_path_without_anything_is_told_from_one_with_something() {
    let env = Env::new();
    let server = with_passwords(&env, "");
    let path = |url: &str| {
        let report = result(&env, url, 0, "good", "path").json();
        report["steps"].as_array().unwrap().last().unwrap()["detail"].as_str().unwrap().to_owned()
    };
    assert_eq!(path(&server.oci("/team/charts")), "team/charts can be read");
    assert!(path(&server.oci("/team/none")).contains("there is nothing (yet)"));
}

#[test]
fn a_person_reads_a_line_for_each_step_and_the_verdict() {
    let env = Env::new();
    let server = with_passwords(&env, "");
    let url = server.oci("/team/charts");
    let outcome = check(&env, &url, PASSWORD).ok();
    let host = server.port.to_string();
    assert_eq!(
        outcome.stdout,
        format!(
            "Host       {host} answers\n\
             TLS        none: plain http, on this machine alone\n\
             Registry   an OCI registry, which asks for a user name and a password\n\
             Login      the user name reader and the password are accepted\n\
             Path       team/charts can be read\n\
             These credentials work at {url}.\n"
        )
    );
    assert_eq!(outcome.stderr, "");
    let outcome = check(&env, &url, "wrong").fails(6);
    assert!(
        outcome
            .stdout
            .ends_with(&format!("Login      failed: {host} answered 401: authentication required\n"))
    );
    assert!(outcome.stderr.starts_with(&format!("error: {host} does not accept")), "{outcome}");
    assert_eq!(check(&env, &url, PASSWORD).arg("-o").arg("name").ok().stdout, format!("{url}\n"));
    let yaml = check(&env, &url, PASSWORD).arg("-o").arg("yaml").ok().stdout;
    assert!(yaml.contains("result: good\n"), "{yaml}");
}

#[test]
fn a_company_s_authority_is_trusted_by_its_file_and_no_other_is() {
    let env = Env::new();
    let authority = Authority::new();
    let (certificate, key) = authority.issue(&env, &Certificate::default());
    let tls = format!(", tls: {{certificate: {}, key: {}}}", certificate.display(), key.display());
    let server = with_passwords(&env, &tls);
    let url = format!("oci://localhost:{}/team/charts", server.port.number());
    let trusted = |url: &str| check(&env, url, PASSWORD).env("SSL_CERT_FILE", authority.file(&env));
    let outcome = told(trusted(&url), 0, "good", "path");
    assert_eq!(outcome.json()["steps"][1]["detail"], "the certificate is trusted");
    // On this machine too: what speaks TLS is not spoken to without.
    let outcome = told(check(&env, &url, PASSWORD), 1, "bad_certificate", "tls");
    outcome.says(&["no secure connection", "SSL_CERT_FILE"]);
    let other = format!("oci://127.0.0.1:{}/team/charts", server.port.number());
    told(trusted(&other), 1, "bad_certificate", "tls");
    let missing = check(&env, &url, PASSWORD).env("SSL_CERT_FILE", "/nowhere/ca.pem");
    told(missing, 1, "bad_certificate", "tls").says(&["/nowhere/ca.pem"]);
}

#[test]
fn neither_a_sign_in_nor_the_platform_is_needed() {
    let env = Env::new();
    let server = with_passwords(&env, "");
    let platform = FaultServer::start();
    let run = check(&env, &server.oci("/team/charts"), PASSWORD).env("ANKRA_BASE_URL", platform.url());
    run.ok();
    assert!(platform.requests().is_empty());
    let own: Vec<_> =
        env.files().into_iter().filter(|file| file.to_string_lossy().contains("ankra")).collect();
    assert!(own.is_empty(), "{own:?}");
}

#[test]
fn what_is_missing_is_asked_for() {
    let env = Env::new();
    let server = with_passwords(&env, "");
    let run = env.line("credentials registry check --registry-url").arg(server.oci("/team/charts"));
    let mut pty = Pty::start(run);
    pty.expect("Registry user name: ").send(&format!("{USER}\r"));
    pty.expect("Registry password or token: ").expect_hidden().send(&format!("{PASSWORD}\r"));
    let shown = pty.ok();
    assert!(shown.contains("These credentials work") && !shown.contains(PASSWORD), "{shown}");
    let run = env.line("credentials registry check --registry-url").arg(server.oci(""));
    run.fails(2).says(&["missing: --username"]);
    let run = env.line("credentials registry check --username reader --registry-url").arg(server.oci(""));
    run.fails(2).says(&["missing: registry password or token", "--password-stdin"]);
}

#[test]
fn the_password_comes_from_every_source() {
    let env = Env::new();
    let server = with_passwords(&env, "");
    let file = env.home().join("source.json");
    std::fs::write(&file, format!("{{\"password\": {PASSWORD:?}}}")).unwrap();
    let run = || {
        let run = env.line("credentials registry check --username reader --registry-url");
        run.arg(server.oci("/team/charts")).env("SECRET", PASSWORD)
    };
    run().arg("--password-from").arg("env:SECRET").ok();
    run().arg("--token-from").arg("env:SECRET").ok();
    run().arg("--secrets-from").arg(format!("file:{}", file.display())).ok();
    run().arg("--password-from").arg("command:printenv SECRET").ok();
}
