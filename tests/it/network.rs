//! On a network of its own: another machine's address, a hosts file that lies, a name server that is silent.

use std::{
    env, fs,
    io::{Read, Write},
    net::{TcpListener, UdpSocket},
    process::Command,
    time::{Duration, Instant},
};

use rustix::process::geteuid;
use serde_json::json;

use crate::support::{
    Answer, Authority, Certificate, Env, FaultServer, Manner, Proxy, Run, TlsFront, figure, need,
};

/// An address that is not of this machine, as far as the program can know.
const ELSEWHERE: &str = "10.200.0.1";

const PLATFORM: Certificate = Certificate { host: "platform.test", first_year: 2000, last_year: 2099 };

/// Runs the test `name` again where [`ELSEWHERE`] is answered from here, `platform.test` and `localhost` are there by
/// the hosts file, and the name server is there too. Says whether this is that run.
fn is_elsewhere(name: &str) -> bool {
    const MARK: &str = "ANKRA_TEST_ELSEWHERE";
    if env::var_os(MARK).is_some() {
        return true;
    }
    let world = Env::new();
    let (hosts, resolv) = (world.home().join("hosts"), world.home().join("resolv.conf"));
    fs::write(&hosts, format!("{ELSEWHERE} platform.test localhost\n")).unwrap();
    fs::write(&resolv, format!("nameserver {ELSEWHERE}\noptions timeout:30 attempts:5\n")).unwrap();
    let script = "
        ip link set lo up
        ip address add 10.200.0.1/32 dev lo
        mount --bind \"$1\" /etc/hosts
        mount --bind \"$2\" \"$(readlink -f /etc/resolv.conf)\"
        shift 2
        exec \"$@\"";
    need("ip", "iproute2");
    let mut command = Command::new(need("unshare", "util-linux"));
    if !geteuid().is_root() {
        command.arg("--map-root-user");
    }
    command.args(["--net", "--mount", "sh", "-euc", script, "sh"]).arg(hosts).arg(resolv);
    command.arg(env::current_exe().unwrap()).args([name, "--exact", "--nocapture", "--test-threads=1"]);
    let output = command.env(MARK, "1").output().unwrap();
    let shown = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    assert!(
        output.status.success() && shown.contains("1 passed"),
        "this needs a network and mounts of its own (unshare --net --mount): {shown}"
    );
    false
}

fn list(env: &Env, base: &str) -> Run {
    env.line("-v credentials list").env("ANKRA_BASE_URL", base).env("ANKRA_API_TOKEN", "token-of-the-test")
}

#[test]
fn h104_no_request_goes_round_a_proxy_that_was_asked_for() {
    if !is_elsewhere("network::h104_no_request_goes_round_a_proxy_that_was_asked_for") {
        return;
    }
    let (env, server, authority) = (Env::new(), FaultServer::start(), Authority::new());
    server.on_every_request(Answer::json(200, json!([])));
    let front = TlsFront::at(ELSEWHERE, &server, &authority, &PLATFORM);
    let base = format!("https://platform.test:{}", front.address().port());
    let trusted = authority.file(&env);
    let list = || list(&env, &base).env("SSL_CERT_FILE", &trusted);
    for bad in
        [" http://127.0.0.1:1", "ftp://proxy.corp:1", "http://bad host", "://x", "http://u:p[s@127.0.0.1:1"]
    {
        list().env("HTTPS_PROXY", bad).fails(2).says(&["HTTPS_PROXY cannot be used"]);
    }
    list().env("HTTPS_PROXY", "http://127.0.0.1:1").fails(1).says(&["the proxy 127.0.0.1:1 (HTTPS_PROXY)"]);
    assert!(server.requests().is_empty());

    let proxy = Proxy::start(Manner::Tunnels(front.address()));
    for (no_proxy, exempt) in [
        ("platform.test", true),
        ("other.test .test", true),
        ("*", true),
        ("other.test,atform.test", false),
        ("", false),
        (ELSEWHERE, false),
    ] {
        let before = proxy.heads().len();
        let run = list().env("HTTPS_PROXY", format!("http://{}", proxy.place())).env("NO_PROXY", no_proxy);
        let told =
            if exempt { "no proxy is used: NO_PROXY exempts platform.test" } else { "(HTTPS_PROXY) is used" };
        run.ok().says(&[told]);
        assert_eq!(proxy.heads().len() > before, !exempt, "{no_proxy}");
    }
    // What no proxy is used for does not mind a bad variable.
    list().env("HTTPS_PROXY", "ftp://x").env("NO_PROXY", "platform.test").ok();
    list().ok();
}

#[test]
fn h108_what_the_system_says_of_a_connection_is_told() {
    let (env, server) = (Env::new(), FaultServer::start());
    for (error, says) in [
        ("EHOSTUNREACH", "no connection to localhost:PORT: No route to host"),
        ("ENETUNREACH", "no connection to localhost:PORT: Network is unreachable"),
        ("ETIMEDOUT", "no connection to localhost:PORT in time"),
        ("ECONNREFUSED", "connection refused: localhost:PORT"),
    ] {
        let fault = format!("inject=connect:error={error}");
        let options = ["-f", "-qq", "-o", "/dev/null", "-e", &fault];
        let outcome = list(&env, &server.url().replace("127.0.0.1", "localhost")).traced(&options).run();
        outcome.says(&[&says.replace("PORT", server.url().rsplit(':').next().unwrap()), "nothing was sent"]);
    }
}

#[test]
fn h112_localhost_is_this_machine_whatever_the_hosts_file_says() {
    if !is_elsewhere("network::h112_localhost_is_this_machine_whatever_the_hosts_file_says") {
        return;
    }
    let env = Env::new();
    let here = FaultServer::start();
    here.on_every_request(Answer::json(200, json!([])));
    let port = here.url().rsplit(':').next().unwrap().to_owned();
    let thief = TcpListener::bind(format!("{ELSEWHERE}:{port}")).unwrap();
    thief.set_nonblocking(true).unwrap();
    list(&env, &format!("http://localhost:{port}")).ok();
    assert_eq!(here.requests().len(), 1);
    let line = "credentials registry check --username me --password-stdin --registry-url";
    for scheme in ["oci", "https"] {
        let url = format!("{scheme}://localhost:{port}/a");
        env.line(line).arg(url).stdin("a-password-of-the-test").run();
    }
    assert!(here.requests().len() > 1);
    assert!(thief.accept().is_err(), "somebody else was asked");
    // It listens at its address of version 6 alone.
    let six = TcpListener::bind("[::1]:0").unwrap();
    let port = six.local_addr().unwrap().port();
    let asked = std::thread::spawn(move || six.accept().unwrap());
    let run = list(&env, &format!("http://localhost:{port}")).arg("--timeout").arg("5");
    assert_ne!(run.run().code, Some(0));
    asked.join().unwrap();
}

#[test]
fn h116_a_silent_name_server_is_not_waited_for() {
    if !is_elsewhere("network::h116_a_silent_name_server_is_not_waited_for") {
        return;
    }
    let silent = UdpSocket::bind(format!("{ELSEWHERE}:53")).unwrap();
    let env = Env::new();
    let start = Instant::now();
    let run = list(&env, "https://platform.example").arg("--timeout").arg("2");
    let outcome = run.run();
    let took = start.elapsed();
    figure(
        "seconds until a silent name server is given up",
        format!("{:.2} (timeout 2)", took.as_secs_f64()),
    );
    assert_eq!(outcome.code, Some(5), "{outcome}");
    outcome.says(&["no connection to platform.example:443 in time"]);
    // As long as the name server is asked for by itself it takes 150 s.
    assert!(took < Duration::from_secs(100), "{took:?}: {outcome}");
    // The name server is gone: that is not told of the name.
    drop(silent);
    list(&env, "https://platform.example").fails(1).says(&["platform.example:443 (no name server answers)"]);
}

#[test]
fn h108_a_registry_elsewhere_that_speaks_plain_http_is_told_so() {
    if !is_elsewhere("network::h108_a_registry_elsewhere_that_speaks_plain_http_is_told_so") {
        return;
    }
    let listener = TcpListener::bind(format!("{ELSEWHERE}:0")).unwrap();
    let port = listener.local_addr().unwrap().port();
    let seen = std::thread::spawn(move || {
        let mut seen = Vec::new();
        for socket in listener.incoming().take(2) {
            let mut socket = socket.unwrap();
            let mut greeting = [0; 4096];
            let size = socket.read(&mut greeting).unwrap();
            seen.extend_from_slice(&greeting[..size]);
            socket.write_all(b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n").unwrap();
        }
        seen
    });
    let env = Env::new();
    let line = "credentials registry check --username me --password-stdin --registry-url";
    for scheme in ["oci", "https"] {
        let url = format!("{scheme}://platform.test:{port}/a");
        let outcome = env.line(line).arg(url).stdin("a-password-of-the-test").fails(1);
        outcome.says(&["it speaks plain http", "used for this machine alone"]);
    }
    let seen = String::from_utf8_lossy(&seen.join().unwrap()).into_owned();
    assert!(!seen.contains("GET "), "it was spoken to in plain http: {seen}");
}
