//! A network between two sockets of this machine, and the least that a client needs on it.

use std::{
    io::{Read, Write},
    net::{Shutdown, SocketAddr, TcpListener, TcpStream},
    sync::{Arc, mpsc},
    thread,
    time::{Duration, Instant},
};

use rustls::{
    ClientConfig, ClientConnection, RootCertStore, Stream,
    client::Resumption,
    pki_types::{CertificateDer, ServerName},
};

/// How long a byte takes from one end to the other.
const ONE_WAY: Duration = Duration::from_millis(25);

/// A proxy that hands everything on after [`ONE_WAY`].
pub(crate) struct Wire(SocketAddr);

impl Wire {
    /// A wire to `far`.
    pub(crate) fn start(far: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        thread::spawn(move || {
            for near in listener.incoming() {
                let (near, far) = (near.unwrap(), TcpStream::connect(far).unwrap());
                near.set_nodelay(true).unwrap();
                far.set_nodelay(true).unwrap();
                // To connect takes a round trip, before which nothing can be sent.
                let connected = Instant::now() + 2 * ONE_WAY;
                carry(near.try_clone().unwrap(), far.try_clone().unwrap(), connected);
                carry(far, near, connected);
            }
        });
        Self(address)
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.0
    }
}

/// Hands on what comes from `from`, in its order: what is sent before `begins` is as if sent then.
fn carry(mut from: TcpStream, mut to: TcpStream, begins: Instant) {
    let (give, given) = mpsc::channel::<(Instant, Vec<u8>)>();
    thread::spawn(move || {
        for (due, bytes) in given {
            thread::sleep(due.saturating_duration_since(Instant::now()));
            if to.write_all(&bytes).is_err() {
                return;
            }
        }
        let _ = to.shutdown(Shutdown::Write);
    });
    thread::spawn(move || {
        let mut buffer = vec![0; 1 << 16];
        while let Ok(count) = from.read(&mut buffer) {
            let due = Instant::now().max(begins) + ONE_WAY;
            if count == 0 || give.send((due, buffer[..count].to_vec())).is_err() {
                return;
            }
        }
    });
}

/// A client that does what cannot be left out.
pub(crate) struct Least {
    server: SocketAddr,
    config: Arc<ClientConfig>,
}

impl Least {
    /// A client that trusts the certificate `authority` alone.
    pub(crate) fn new(server: SocketAddr, authority: Vec<u8>) -> Self {
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from(authority)).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let builder = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
        let mut config = builder.unwrap().with_root_certificates(roots).with_no_client_auth();
        // A command has no session of a former one.
        config.resumption = Resumption::disabled();
        Self { server, config: Arc::new(config) }
    }

    /// The median of the milliseconds that a connection, TLS and `trips` small answers take.
    pub(crate) fn measure(&self, runs: usize, trips: usize) -> f64 {
        let mut all: Vec<f64> = (0..runs).map(|_| self.once(trips).as_secs_f64() * 1_000.0).collect();
        all.sort_by(f64::total_cmp);
        all[all.len() / 2]
    }

    fn once(&self, trips: usize) -> Duration {
        let start = Instant::now();
        let mut socket = TcpStream::connect(self.server).unwrap();
        socket.set_nodelay(true).unwrap();
        let config = Arc::clone(&self.config);
        let name = ServerName::try_from("localhost").unwrap();
        let mut connection = ClientConnection::new(config, name).unwrap();
        let mut stream = Stream::new(&mut connection, &mut socket);
        for _ in 0..trips {
            let head = "GET /api/v1/org/credentials HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer token\r\n\r\n";
            stream.write_all(head.as_bytes()).unwrap();
            let mut answer = Vec::new();
            let mut buffer = [0; 1 << 14];
            while !is_whole(&answer) {
                let count = stream.read(&mut buffer).unwrap();
                assert!(count > 0, "the answer ends early");
                answer.extend_from_slice(&buffer[..count]);
            }
        }
        start.elapsed()
    }
}

/// Whether the answer is there with as many bytes as it says.
fn is_whole(answer: &[u8]) -> bool {
    let Some(end) = answer.windows(4).position(|four| four == b"\r\n\r\n") else { return false };
    let head = String::from_utf8_lossy(&answer[..end]).to_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length:")).unwrap();
    answer.len() >= end + 4 + length.trim().parse::<usize>().unwrap()
}
