//! TLS in front of a [`FaultServer`], with certificates of an authority made for the test.

use std::{fs, net::SocketAddr, path::PathBuf, sync::Arc, thread};

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, KeyUsagePurpose,
    date_time_ymd,
};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        RootCertStore, ServerConfig,
        crypto::ring,
        pki_types::{CertificateDer, PrivatePkcs8KeyDer},
        server::WebPkiClientVerifier,
    },
};

use super::{Env, FaultServer, unique};

/// A private authority, as a company has one.
pub struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    pub fn new() -> Self {
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, unique("authority-", 24));
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
        Self(CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap())
    }

    /// The file that `SSL_CERT_FILE` names.
    pub fn file(&self, env: &Env) -> PathBuf {
        let path = env.home().join("company-ca.pem");
        fs::write(&path, self.0.pem()).unwrap();
        path
    }

    /// The files of a server's certificate and its key.
    pub fn issue(&self, env: &Env, certificate: &Certificate) -> (PathBuf, PathBuf) {
        let (key, signed) = certificate.signed(Some(self));
        let (file, key_file) = (env.home().join("server.pem"), env.home().join("server-key.pem"));
        fs::write(&file, signed.pem()).unwrap();
        fs::write(&key_file, key.serialize_pem()).unwrap();
        (file, key_file)
    }

    /// Its own certificate, and its key in PKCS#8 (ECDSA on P-256), both DER.
    pub fn der(&self) -> (Vec<u8>, Vec<u8>) {
        (self.0.der().to_vec(), self.0.key().serialize_der())
    }
}

/// What a server's certificate says.
pub struct Certificate {
    pub host: &'static str,
    pub first_year: i32,
    pub last_year: i32,
}

impl Default for Certificate {
    fn default() -> Self {
        Self { host: "localhost", first_year: 2000, last_year: 2099 }
    }
}

impl Certificate {
    /// With a new key; signed by `authority`, or by itself.
    fn signed(&self, authority: Option<&Authority>) -> (KeyPair, rcgen::Certificate) {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new([self.host.to_owned()]).unwrap();
        params.not_before = date_time_ymd(self.first_year, 1, 1);
        params.not_after = date_time_ymd(self.last_year, 1, 1);
        let signed = match authority {
            Some(authority) => params.signed_by(&key, &authority.0).unwrap(),
            None => params.self_signed(&key).unwrap(),
        };
        (key, signed)
    }
}

/// A TLS server that hands what it decrypts to a [`FaultServer`].
pub struct TlsFront {
    address: SocketAddr,
}

impl TlsFront {
    /// With a certificate of `authority`, or one that is signed by itself.
    pub fn start(behind: &FaultServer, authority: Option<&Authority>, certificate: &Certificate) -> Self {
        Self::before(&behind.url(), authority, certificate)
    }

    /// As [`Self::start`], before whatever serves at the address `url`.
    pub fn before(url: &str, authority: Option<&Authority>, certificate: &Certificate) -> Self {
        let (key, signed) = certificate.signed(authority);
        Self::presenting(url, "127.0.0.1", &[(signed.der().to_vec(), key.serialize_der())], None)
    }

    /// With the first certificate for the first connection, and the second one for all others.
    pub fn replaced(behind: &FaultServer, certificates: [(&Authority, &Certificate); 2]) -> Self {
        let identities = certificates.map(|(authority, certificate)| {
            let (key, signed) = certificate.signed(Some(authority));
            (signed.der().to_vec(), key.serialize_der())
        });
        Self::presenting(&behind.url(), "127.0.0.1", &identities, None)
    }

    /// As [`Self::start`], at another address than loopback.
    pub fn at(address: &str, behind: &FaultServer, authority: &Authority, certificate: &Certificate) -> Self {
        let (key, signed) = certificate.signed(Some(authority));
        Self::presenting(&behind.url(), address, &[(signed.der().to_vec(), key.serialize_der())], None)
    }

    /// With the authority's own certificate in place of a server's.
    pub fn with_authority_s_own(behind: &FaultServer, authority: &Authority) -> Self {
        let (own, key) = authority.der();
        Self::presenting(&behind.url(), "127.0.0.1", &[(own, key)], None)
    }

    /// As [`Self::start`], for clients that have a certificate of `authority`.
    pub fn for_certified(behind: &FaultServer, authority: &Authority) -> Self {
        let (key, signed) = Certificate::default().signed(Some(authority));
        let own = [(signed.der().to_vec(), key.serialize_der())];
        Self::presenting(&behind.url(), "127.0.0.1", &own, Some(authority))
    }

    /// Each connection gets the next of `identities`, a certificate and its key; the last is for all others.
    fn presenting(
        url: &str,
        address: &str,
        identities: &[(Vec<u8>, Vec<u8>)],
        clients: Option<&Authority>,
    ) -> Self {
        let acceptors = identities.iter().map(|(certificate, key)| Self::acceptor(certificate, key, clients));
        let acceptors: Vec<TlsAcceptor> = acceptors.collect();
        let address = format!("{address}:0");
        let target = url.trim_start_matches("http://").to_owned();
        let (tell, told) = std::sync::mpsc::channel();
        thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async move {
                let listener = TcpListener::bind(address).await.unwrap();
                tell.send(listener.local_addr().unwrap()).unwrap();
                for number in 0.. {
                    let (socket, _) = listener.accept().await.unwrap();
                    let acceptor = acceptors[acceptors.len().min(number + 1) - 1].clone();
                    let target = target.clone();
                    tokio::spawn(async move {
                        // A client that does not trust the certificate goes away.
                        if let Ok(mut near) = acceptor.accept(socket).await {
                            let mut far = TcpStream::connect(target).await.unwrap();
                            // What is small is not held back until what went before is acknowledged.
                            near.get_ref().0.set_nodelay(true).unwrap();
                            far.set_nodelay(true).unwrap();
                            let _ = tokio::io::copy_bidirectional(&mut near, &mut far).await;
                        }
                    });
                }
            });
        });
        Self { address: told.recv().unwrap() }
    }

    fn acceptor(certificate: &[u8], key: &[u8], clients: Option<&Authority>) -> TlsAcceptor {
        let builder = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap();
        let builder = match clients {
            None => builder.with_no_client_auth(),
            Some(authority) => {
                let mut roots = RootCertStore::empty();
                roots.add(CertificateDer::from(authority.der().0)).unwrap();
                let provider = Arc::new(ring::default_provider());
                let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider);
                builder.with_client_cert_verifier(verifier.build().unwrap())
            }
        };
        let config = builder
            .with_single_cert(
                vec![CertificateDer::from(certificate.to_vec())],
                PrivatePkcs8KeyDer::from(key.to_vec()).into(),
            )
            .unwrap();
        TlsAcceptor::from(Arc::new(config))
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    pub fn url(&self) -> String {
        format!("https://localhost:{}", self.address.port())
    }
}
