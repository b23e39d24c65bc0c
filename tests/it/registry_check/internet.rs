//! Registries under their own names: a proxy leads each name to a server of the test, which shows a
//! certificate for that name of an authority that the program is told to trust.

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Write, copy},
    net::{Shutdown, TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
};

use super::{PASSWORD, check};
use crate::support::{Authority, Certificate, Env, FaultServer, Run, TlsFront};

type Ports = Arc<Mutex<BTreeMap<String, u16>>>;

pub struct Internet {
    pub env: Env,
    authority: Authority,
    proxy: u16,
    ports: Ports,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Internet {
    pub fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let proxy = listener.local_addr().unwrap().port();
        let (ports, asked) = (Ports::default(), Arc::<Mutex<Vec<String>>>::default());
        let (known, log) = (Arc::clone(&ports), Arc::clone(&asked));
        thread::spawn(move || {
            for socket in listener.incoming() {
                let (known, log) = (Arc::clone(&known), Arc::clone(&log));
                thread::spawn(move || lead(&socket.unwrap(), &known, &log));
            }
        });
        Self { env: Env::new(), authority: Authority::new(), proxy, ports, asked }
    }

    /// The server that answers for `host`.
    pub fn host(&self, host: &'static str) -> FaultServer {
        self.host_at(host, 443)
    }

    /// The same on another port.
    pub fn host_at(&self, host: &'static str, at: u16) -> FaultServer {
        let server = FaultServer::start();
        let certificate = Certificate { host, ..Certificate::default() };
        let front = TlsFront::start(&server, Some(&self.authority), &certificate);
        let port = front.url().rsplit(':').next().unwrap().parse().unwrap();
        self.ports.lock().unwrap().insert(format!("{host}:{at}"), port);
        server
    }

    /// A server that speaks plain http where TLS is due.
    pub fn plain(&self, host: &'static str) -> FaultServer {
        let server = FaultServer::start();
        let port = server.url().rsplit(':').next().unwrap().parse().unwrap();
        self.ports.lock().unwrap().insert(format!("{host}:443"), port);
        server
    }

    pub fn check(&self, url: &str) -> Run {
        self.lead(check(&self.env, url, PASSWORD))
    }

    /// Has `run` see this internet and no other.
    pub fn lead(&self, run: Run) -> Run {
        run.env("HTTPS_PROXY", format!("http://127.0.0.1:{}", self.proxy))
            .env("SSL_CERT_FILE", self.authority.file(&self.env))
    }

    /// The port of the proxy that leads there.
    pub fn port(&self) -> u16 {
        self.proxy
    }

    /// The hosts that anybody connected to, once each.
    pub fn asked(&self) -> Vec<String> {
        let mut asked = self.asked.lock().unwrap().clone();
        asked.sort();
        asked.dedup();
        asked
    }
}

/// Does what `CONNECT HOST:PORT` asks for.
fn lead(near: &TcpStream, ports: &Ports, log: &Mutex<Vec<String>>) {
    let mut lines = BufReader::new(near.try_clone().unwrap()).lines().map_while(Result::ok);
    let first = lines.next().unwrap_or_default();
    let target = first.split(' ').nth(1).unwrap_or_default().to_owned();
    lines.take_while(|line| !line.is_empty()).for_each(drop);
    log.lock().unwrap().push(target.trim_end_matches(":443").to_owned());
    let Some(port) = ports.lock().unwrap().get(&target).copied() else {
        let _ = write!(&mut &*near, "HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n");
        return;
    };
    let far = TcpStream::connect(("127.0.0.1", port)).unwrap();
    let _ = write!(&mut &*near, "HTTP/1.1 200 OK\r\n\r\n");
    thread::scope(|scope| {
        scope.spawn(|| {
            let _ = copy(&mut &*near, &mut &far);
            let _ = far.shutdown(Shutdown::Write);
        });
        let _ = copy(&mut &far, &mut &*near);
        let _ = near.shutdown(Shutdown::Both);
    });
}
