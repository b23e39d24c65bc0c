//! A real registry and a real web server, each on a port of its own for as long as it lives.

use std::{
    fs,
    io::Read,
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use super::{PASSWORD, USER};
use crate::support::{Env, PATIENCE, Port, need};

/// A server of another project.
pub struct Server {
    child: Child,
    pub port: Port,
}

impl Server {
    fn start(mut command: Command, port: Port) -> Self {
        let mut child =
            command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let mut stderr = child.stderr.take().unwrap();
        let said = thread::spawn(move || {
            let mut said = String::new();
            let _ = stderr.read_to_string(&mut said);
            said
        });
        let start = Instant::now();
        while TcpStream::connect(port.to_string()).is_err() {
            if child.try_wait().unwrap().is_some() || start.elapsed() > PATIENCE {
                let _ = child.kill();
                panic!("{command:?} does not start: {}", said.join().unwrap());
            }
            thread::sleep(Duration::from_millis(10));
        }
        Self { child, port }
    }

    pub fn oci(&self, path: &str) -> String {
        format!("oci://{}{path}", self.port)
    }

    pub fn http(&self, path: &str) -> String {
        format!("http://{}{path}", self.port)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A file that lets [`USER`] in with [`PASSWORD`]; `hash` is htpasswd's flag for the way it is kept.
pub fn htpasswd(env: &Env, hash: &str) -> PathBuf {
    let file = env.home().join("htpasswd");
    let made = Command::new(need("htpasswd", "apache2-utils"))
        .args(["-c", "-b", hash])
        .arg(&file)
        .args([USER, PASSWORD])
        .stderr(Stdio::null())
        .status()
        .unwrap();
    assert!(made.success());
    file
}

/// docker-registry, with `team/charts` and `open/charts` in it. `auth` and `tls` are lines of its
/// configuration, in YAML's flow form.
pub fn registry(env: &Env, auth: &str, tls: &str) -> Server {
    let store = env.home().join("registry");
    for path in ["team/charts", "open/charts"] {
        let tag =
            store.join("docker/registry/v2/repositories").join(path).join("_manifests/tags/1.0/current");
        fs::create_dir_all(&tag).unwrap();
        fs::write(tag.join("link"), format!("sha256:{}", "0".repeat(64))).unwrap();
    }
    let port = Port::for_a_server();
    let config = env.home().join("registry.yml");
    let text = format!(
        "version: 0.1\nlog: {{level: error}}\nstorage: {{filesystem: {{rootdirectory: {}}}}}\n\
         http: {{addr: '{port}'{tls}}}\n{auth}\n",
        store.display()
    );
    fs::write(&config, text).unwrap();
    let mut command = Command::new(need("docker-registry", "docker-registry"));
    command.arg("serve").arg(config).env_clear();
    Server::start(command, port)
}

/// nginx, which serves `root` and asks for a password below `/private`.
pub fn nginx(env: &Env, root: &Path) -> Server {
    let users = htpasswd(env, "-m");
    let dir = env.home().join("nginx");
    fs::create_dir(&dir).unwrap();
    let port = Port::for_a_server();
    let temporary: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map(|name| format!("{name}_temp_path {}/{name};\n", dir.display()))
        .concat();
    let text = format!(
        "daemon off;\nmaster_process off;\npid {0}/pid;\nerror_log stderr;\nevents {{}}\nhttp {{\n\
         access_log off;\n{temporary}server {{\nlisten {port};\nroot {1};\n\
         location /private {{ auth_basic charts; auth_basic_user_file {2}; }}\n\
         location /forbidden {{ auth_basic charts; auth_basic_user_file {2}; location ~ yaml {{ return 403; }} }}\n\
         location /moved {{ return 302 https://elsewhere.example/charts; }}\n\
         location /renamed {{ return 301 /private/stable/index.yaml; }}\n\
         location /loop {{ return 302 $request_uri; }}\n}}\n}}\n",
        dir.display(),
        root.display(),
        users.display()
    );
    let config = dir.join("nginx.conf");
    fs::write(&config, text).unwrap();
    let mut command = Command::new(need("nginx", "nginx-light"));
    command.arg("-e").arg("stderr").arg("-p").arg(&dir).arg("-c").arg(config).env_clear();
    Server::start(command, port)
}
