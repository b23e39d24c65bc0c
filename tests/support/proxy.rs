//! An HTTP proxy that tunnels, and others that do not.

use std::{
    io::{Read, Write},
    net::{Shutdown, SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
};

/// How a proxy answers `CONNECT`.
#[derive(Clone, Copy)]
pub enum Manner {
    /// It connects to this address, whatever it is asked for.
    Tunnels(SocketAddr),
    /// It answers this and ends the connection.
    Answers(&'static str),
    /// It ends the connection at once.
    Closes,
    /// It resets the connection when it is asked.
    Resets,
    /// It says nothing.
    IsSilent,
}

/// A proxy on this machine.
pub struct Proxy {
    address: SocketAddr,
    heads: Arc<Mutex<Vec<String>>>,
}

impl Proxy {
    pub fn start(manner: Manner) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let heads = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&heads);
        thread::spawn(move || {
            for near in listener.incoming() {
                let (near, seen) = (near.unwrap(), Arc::clone(&seen));
                thread::spawn(move || serve(near, manner, &seen));
            }
        });
        Self { address, heads }
    }

    /// `HOST:PORT`
    pub fn place(&self) -> String {
        self.address.to_string()
    }

    /// The heads of all requests.
    pub fn heads(&self) -> Vec<String> {
        self.heads.lock().unwrap().clone()
    }
}

fn serve(mut near: TcpStream, manner: Manner, seen: &Mutex<Vec<String>>) {
    match manner {
        Manner::Closes => return,
        // What has arrived and is not read makes a reset of the end.
        Manner::Resets => {
            let _ = near.peek(&mut [0]);
            return;
        }
        _ => {}
    }
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        match near.read(&mut byte) {
            Ok(1) => head.push(byte[0]),
            _ => return,
        }
    }
    seen.lock().unwrap().push(String::from_utf8_lossy(&head).into_owned());
    match manner {
        Manner::Tunnels(to) => {
            let far = TcpStream::connect(to).unwrap();
            near.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").unwrap();
            let (back, forth) = (far.try_clone().unwrap(), near.try_clone().unwrap());
            let answering = thread::spawn(move || copy(back, forth));
            copy(near, far);
            answering.join().unwrap();
        }
        Manner::Answers(answer) => near.write_all(answer.as_bytes()).unwrap(),
        Manner::IsSilent => {
            let _ = near.read(&mut [0; 64]);
        }
        Manner::Closes | Manner::Resets => {}
    }
}

fn copy(mut from: TcpStream, mut to: TcpStream) {
    let _ = std::io::copy(&mut from, &mut to);
    let _ = to.shutdown(Shutdown::Write);
}
