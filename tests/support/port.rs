//! Ports of this machine that are nobody else's for as long as they are held: a port that was free a moment ago may be
//! another test's by now.

use std::{fmt, net::SocketAddr};

use tokio::net::TcpSocket;

/// A port of 127.0.0.1 that is bound and at which nothing listens.
pub struct Port {
    address: SocketAddr,
    _held: TcpSocket,
}

impl Port {
    /// One that refuses every connection.
    pub fn closed() -> Self {
        Self::held(false)
    }

    /// One for a server that is started with its number. It can listen there if it sets `SO_REUSEADDR`, as servers do.
    pub fn for_a_server() -> Self {
        Self::held(true)
    }

    fn held(is_for_a_server: bool) -> Self {
        let held = TcpSocket::new_v4().unwrap();
        held.set_reuseaddr(is_for_a_server).unwrap();
        held.bind(SocketAddr::from(([127, 0, 0, 1], 0))).unwrap();
        Self { address: held.local_addr().unwrap(), _held: held }
    }

    pub fn number(&self) -> u16 {
        self.address.port()
    }
}

/// Address and port.
impl fmt::Display for Port {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.address.fmt(f)
    }
}
