//! What lies around the program: other programs, file names, full and read-only disks.

use std::{fs, os::unix::fs::PermissionsExt, time::Duration};

use rustix::process::geteuid;

use crate::support::{Env, FaultServer, Outcome, figure, need};

/// Programs that leave a mark when they are run.
fn plant(env: &Env, names: &[&str]) {
    for name in names {
        let file = env.work().join(name);
        fs::write(&file, "#!/bin/sh\n: >marker\n").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).unwrap();
    }
}

#[test]
fn h72_nothing_in_the_working_directory_is_run() {
    let env = Env::new();
    let names = [
        "sh",
        "bash",
        "stty",
        "tput",
        "tty",
        "ssh",
        "ssh-keygen",
        "git",
        "pager",
        "less",
        "sudo",
        "docker-credential-x",
    ];
    plant(&env, &names);
    let lines = [
        "--sandbox credentials list",
        "--sandbox credentials hetzner ssh-key create --name my-key --generate",
        "--sandbox credentials hetzner create --name x --api-token-from command:./sh-that-is-not-there",
        "--sandbox status",
        "completion bash",
        "--help",
    ];
    for line in lines {
        env.line(line).env("PATH", ".").run();
        assert!(!env.work().join("marker").exists(), "{line}");
    }
    // What the person names is run, by the system's shell.
    let run = env
        .line("--sandbox credentials hetzner create --name x --api-token-from")
        .arg("command:./sh; echo x");
    run.env("PATH", ".").run();
    assert!(env.work().join("marker").exists(), "the marks work");
}

/// Runs `script` in a mount namespace of its own, where `$A` is the program and `$D` an empty folder.
fn mounted(env: &Env, script: &str) -> Outcome {
    let folder = env.home().join("mounted");
    fs::create_dir_all(&folder).unwrap();
    let mut run = env.program(need("unshare", "util-linux"));
    if !geteuid().is_root() {
        run.command.arg("--map-root-user");
    }
    run.command.args(["--mount", "sh", "-euc", script]);
    run.env("A", crate::support::ankra_path()).env("D", folder).run()
}

#[test]
fn h56_a_full_disk_leaves_the_old_login_and_no_part_of_a_key() {
    let env = Env::new();
    let server = FaultServer::with_organisation();
    let script = format!(
        r#"
        mount -t tmpfs -o size=64k tmpfs "$D"
        export HOME="$D" ANKRA_BASE_URL={}
        echo old-token | "$A" login --with-token --api-token-stdin
        cp "$D/.config/ankra/login.toml" "$D/before"
        head -c 1000000 /dev/zero >"$D/filler" 2>/dev/null || true
        if echo new-token | "$A" login --with-token --api-token-stdin; then echo "false success: login"; fi
        cmp "$D/before" "$D/.config/ankra/login.toml"
        if "$A" credentials ssh-key generate --private-key-file "$D/key"; then echo "false success: key"; fi
        cd "$D"
        ls -A . .config/ankra
        "#,
        server.url()
    );
    let outcome = mounted(&env, &script);
    assert_eq!(outcome.code, Some(0), "{outcome}");
    outcome.says(&["No space left on device"]);
    assert!(!outcome.stdout.contains("false success") && !outcome.stdout.contains("key"), "{outcome}");
    assert!(!outcome.stdout.contains(".tmp"), "{outcome}");
}

#[test]
fn h58_a_read_only_home_is_found_before_anything_is_created() {
    let env = Env::new();
    let server = FaultServer::start();
    let script = format!(
        r#"
        mount -t tmpfs tmpfs "$D"
        mkdir "$D/.ssh"
        mount -o remount,bind,ro "$D"
        export HOME="$D" ANKRA_BASE_URL={} ANKRA_API_TOKEN=token-of-the-test
        if "$A" credentials hetzner ssh-key create --name my-key --generate; then echo "false success"; fi
        "#,
        server.url()
    );
    let outcome = mounted(&env, &script);
    assert_eq!(outcome.code, Some(0), "{outcome}");
    outcome.says(&["Read-only file system"]);
    assert!(!outcome.stdout.contains("false success"), "{outcome}");
    assert!(server.writes().is_empty());
}

#[test]
fn connecting_ends_after_ten_seconds_and_nothing_is_sent() {
    // A listener whose queue is full answers nobody: the kernel drops what comes.
    let listener =
        rustix::net::socket(rustix::net::AddressFamily::INET, rustix::net::SocketType::STREAM, None).unwrap();
    let any = std::net::SocketAddr::from(([127, 0, 0, 1], 0));
    rustix::net::bind(&listener, &any).unwrap();
    rustix::net::listen(&listener, 0).unwrap();
    let address: std::net::SocketAddr = rustix::net::getsockname(&listener).unwrap().try_into().unwrap();
    let _filler = std::net::TcpStream::connect(address).unwrap();
    let env = Env::new();
    let start = std::time::Instant::now();
    let outcome = env
        .line("credentials list -v --timeout 11 --base-url")
        .arg(format!("http://{address}"))
        .env("ANKRA_API_TOKEN", "token-of-the-test")
        .run();
    let took = start.elapsed();
    figure("seconds until connecting is given up", format!("{:.2} (timeout 11)", took.as_secs_f64()));
    // The first try was given up after ten of the eleven seconds: there was time for a second one.
    outcome.says(&["try 2", "no connection to"]);
    assert!(took >= Duration::from_secs(10), "{took:?}: the queue was not full: {outcome}");
    assert_eq!(outcome.code, Some(5), "{outcome}");
}
