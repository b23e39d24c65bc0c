//! What `SSL_CERT_FILE` and `SSL_CERT_DIR` name: read within bounds, and told of where it cannot be used.

use std::{fs, path::PathBuf, process::Command};

use serde_json::json;

use crate::support::{Answer, Authority, Certificate, Env, FaultServer, Run, TlsFront, need};

/// A platform with an empty list, the authority that it is trusted by, and its file.
struct World {
    env: Env,
    _server: FaultServer,
    front: TlsFront,
    file: PathBuf,
    authority: Authority,
}

impl World {
    fn new() -> Self {
        let (env, server, authority) = (Env::new(), FaultServer::start(), Authority::new());
        server.on_every_request(Answer::json(200, json!([])));
        let front = TlsFront::start(&server, Some(&authority), &Certificate::default());
        let file = authority.file(&env);
        Self { env, _server: server, front, file, authority }
    }

    fn list(&self) -> Run {
        let run = self.env.line("-v credentials list").env("ANKRA_API_TOKEN", "token-of-the-test");
        run.env("ANKRA_BASE_URL", self.front.url())
    }

    fn check(&self) -> Run {
        let run = self.env.line("credentials registry check --username me --password-stdin");
        run.arg("--registry-url")
            .arg(self.front.url().replace("https", "oci"))
            .stdin("a-password-of-the-test")
    }

    fn pem(&self) -> String {
        fs::read_to_string(&self.file).unwrap()
    }

    /// Puts `bytes` into a file whose name a shell would split.
    fn put(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.env.home().join(name);
        fs::write(&path, bytes).unwrap();
        path
    }
}

#[test]
fn h69_h107_authorities_are_trusted_however_their_file_is_written() {
    let world = World::new();
    let pem = world.pem();
    let broken = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    for text in [
        format!("\u{feff}{pem}"),
        pem.replace('\n', "\r\n"),
        format!("the authority of the company\n{pem}the end\n"),
        format!("{broken}{pem}"),
    ] {
        let file = world.put("ca.pem", text);
        world.list().env("SSL_CERT_FILE", &file).ok().says(&["certificates of SSL_CERT_FILE", "ca.pem): 1"]);
    }
    world.list().env("SSL_CERT_FILE", "../home/company-ca.pem").ok();
    let folder = world.env.home().join("certs");
    fs::create_dir(&folder).unwrap();
    fs::create_dir(folder.join("below")).unwrap();
    fs::write(folder.join("notes.txt"), "nothing").unwrap();
    fs::copy(&world.file, folder.join("company.pem")).unwrap();
    std::os::unix::fs::symlink("company.pem", folder.join("0a1b2c3d.0")).unwrap();
    Command::new(need("mkfifo", "coreutils")).arg(folder.join("fifo")).status().unwrap();
    world.list().env("SSL_CERT_DIR", &folder).ok().says(&["certificates of SSL_CERT_DIR: 1"]);
    let two = format!("/nowhere:{}", folder.display());
    world.list().env("SSL_CERT_DIR", two).env("SSL_CERT_FILE", "").ok();
    world.list().env("SSL_CERT_DIR", "/nowhere").env("SSL_CERT_FILE", &world.file).ok();
}

#[test]
fn h107_a_file_that_cannot_be_used_is_named_with_what_to_do() {
    let world = World::new();
    let (pem, der) = (world.pem(), world.authority.der().0);
    let inner: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    let utf16: Vec<u8> = format!("\u{feff}{pem}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let labelled = |label: &str| pem.replace("CERTIFICATE", label);
    let fifo = world.env.home().join("fifo");
    Command::new(need("mkfifo", "coreutils")).arg(&fifo).status().unwrap();
    let huge = world.env.home().join("huge");
    fs::File::create(&huge).unwrap().set_len(1 << 40).unwrap();
    let looped = world.env.home().join("loop");
    std::os::unix::fs::symlink("loop", &looped).unwrap();
    let within = |name: &str| world.env.home().join(name);
    let table: Vec<(PathBuf, &[&str])> = vec![
        (
            world.put("the ca.der", &der),
            &["DER form", "openssl x509 -inform der -in '", "-out '", "the ca.der.pem'"],
        ),
        (world.put("utf16.pem", utf16), &["UTF-16", "iconv -f UTF-16 -t UTF-8 /", ">/"]),
        (world.put("empty.pem", ""), &["it is empty"]),
        (world.put("blank.pem", "\n \n"), &["it is empty"]),
        (
            world.put("trusted.pem", labelled("TRUSTED CERTIFICATE")),
            &["TRUSTED CERTIFICATE", "openssl x509 -in /"],
        ),
        (world.put("x509.pem", labelled("X509 CERTIFICATE")), &["X509 CERTIFICATE", "openssl x509 -in /"]),
        (world.put("bundle.p7b", labelled("PKCS7")), &["PKCS #7", "openssl pkcs7 -print_certs -in /"]),
        (
            world.put("line.pem", format!("-----BEGIN CERTIFICATE----- {inner} -----END CERTIFICATE-----")),
            &["line ends are lost", "stand alone"],
        ),
        (world.put("page.pem", "<html>sign in</html>"), &["no certificate in PEM form", "BEGIN CERTIFICATE"]),
        (world.put("key.pem", labelled("PRIVATE KEY")), &["no certificate in PEM form"]),
        (fifo, &["not a regular file"]),
        ("/dev/zero".into(), &["device"]),
        (huge, &["larger than 8 MiB"]),
        (world.env.home(), &["it is a directory"]),
        (looped, &["symbolic links"]),
        (within("missing.pem"), &["no such file"]),
    ];
    for (path, says) in table {
        let names = format!("SSL_CERT_FILE names {}", path.display());
        let outcome = world.list().env("SSL_CERT_FILE", &path).fails(1);
        outcome.says(&[&names, "nothing was sent"]).says(says);
        world.check().env("SSL_CERT_FILE", &path).fails(1).says(&[&names]).says(says);
    }
    for folders in ["/nowhere", "/dev/null:/nowhere"] {
        let outcome = world.list().env("SSL_CERT_DIR", folders).fails(1);
        outcome.says(&[&format!("SSL_CERT_DIR names {folders}"), "no certificate"]);
    }
}

#[test]
fn h107_folders_are_read_within_8_mib_in_all() {
    let world = World::new();
    let folder = world.env.home().join("authorities");
    fs::create_dir(&folder).unwrap();
    for n in 0..4 {
        let mut text = fs::read(Authority::new().file(&world.env)).unwrap();
        text.resize(3 << 20, b'\n');
        fs::write(folder.join(n.to_string()), text).unwrap();
    }
    let outcome = world.list().env("SSL_CERT_DIR", &folder).run();
    outcome.says(&["trusted are the certificates of SSL_CERT_DIR: 2\n"]);
}

#[test]
fn h107_a_system_without_certificates_is_told_of_with_what_to_do() {
    let world = World::new();
    let places = ["/etc/ssl/certs", "/etc/ssl/certs/ca-certificates.crt"];
    let hidden = places.iter().flat_map(|place| ["-P", *place]);
    let lacks = ["-f", "-o", "/dev/null", "-e", "inject=openat,statx:error=ENOENT"];
    let options: Vec<&str> = lacks.into_iter().chain(hidden).collect();
    for run in [world.list(), world.list().env("SSL_CERT_FILE", ""), world.list().env("SSL_CERT_DIR", "")] {
        run.traced(&options).fails(1).says(&[
            "no certificates to trust are found on this system",
            "No CA certificates were loaded",
            "ca-certificates",
            "nothing was sent",
        ]);
    }
}

#[test]
fn h106_a_system_with_certificates_in_files_of_their_own_is_trusted_past_an_empty_variable() {
    let world = World::new();
    let bundle = "/etc/ssl/certs/ca-certificates.crt";
    let lacks = ["-f", "-o", "/dev/null", "-e", "inject=openat,statx:error=ENOENT", "-P", bundle];
    let outcome = world.list().env("SSL_CERT_FILE", "").traced(&lacks).fails(1);
    outcome.says(&["the system's certificates are trusted", "signed by nobody who is trusted here"]);
}

#[test]
fn h107_the_conversion_that_is_told_makes_a_file_that_works() {
    let world = World::new();
    let file = world.put("it's der", world.authority.der().0);
    let outcome = world.list().env("SSL_CERT_FILE", &file).fails(1);
    let (_, told) = outcome.stderr.split_once("in SSL_CERT_FILE: ").unwrap();
    need("openssl", "openssl");
    world.env.program("sh").arg("-c").arg(told.lines().next().unwrap()).ok();
    world.list().env("SSL_CERT_FILE", format!("{}.pem", file.display())).ok();
}

#[test]
fn h106_empty_variables_leave_trust_to_the_system() {
    let world = World::new();
    for (file, folders) in [("", ""), ("", "none"), ("none", "")] {
        let mut run = world.list();
        for (name, value) in [("SSL_CERT_FILE", file), ("SSL_CERT_DIR", folders)] {
            if value.is_empty() {
                run = run.env(name, value);
            }
        }
        // Nobody but this test trusts its authority: the system's were read.
        run.fails(1).says(&["signed by nobody who is trusted here", "name its CA file in SSL_CERT_FILE"]);
    }
    assert!(!world.list().fails(1).stderr.contains("certificates are trusted"));
}

#[test]
fn h107_a_disk_that_does_not_answer_is_not_waited_for() {
    let world = World::new();
    let file = world.file.to_str().unwrap();
    let run = world.list().env("SSL_CERT_FILE", file).arg("--timeout").arg("1");
    let slow = ["-f", "-o", "/dev/null", "-P", file, "-e", "inject=openat:delay_enter=4000000"];
    let outcome = run.traced(&slow).fails(5);
    outcome.says(&[&format!("SSL_CERT_FILE names {file}"), "not read in time", "nothing was sent"]);
}
