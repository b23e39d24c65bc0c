//! The certificates that `SSL_CERT_FILE` and `SSL_CERT_DIR` name: read within bounds, and what cannot be used is
//! said with the way to convert it.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use rustls::{
    RootCertStore,
    pki_types::{CertificateDer, pem::PemObject},
};

use super::variable::variable;
use crate::{
    error::{Error, ErrorKind, Result, quoted},
    files,
};

const FILE: &str = "SSL_CERT_FILE";
const FOLDERS: &str = "SSL_CERT_DIR";

/// The most bytes of a file, and of all files of `SSL_CERT_DIR`: the authorities of a system are a quarter of a MiB.
const LIMIT: usize = 8 << 20;

/// The certificates that are trusted in place of the system's own.
#[derive(Debug)]
pub(super) struct Trusted {
    pub(super) certificates: Vec<CertificateDer<'static>>,
    /// For `-v`: where they are from.
    pub(super) told: String,
}

/// The variable that names what is trusted, if one does.
pub(super) fn named_by() -> Option<&'static str> {
    variable(&[FILE, FOLDERS]).map(|(name, _)| name)
}

/// The certificates were not read in time, as from a disk that does not answer.
pub(super) fn too_late() -> Error {
    let late = |what: String| {
        Error::new(ErrorKind::TimedOut, what)
            .cause("it was not read in time")
            .hint("look at the disk that it is on, or allow more time with --timeout SECONDS")
    };
    match variable(&[FILE, FOLDERS]) {
        Some((name, path)) => late(format!("{name} names {}", path.display())),
        None => late("the system's store of certificates".to_owned()),
    }
}

/// The system has no certificates that can be used, as in an image that holds a program alone.
pub(super) fn unfound(why: String) -> Error {
    Error::failure("no certificates to trust are found on this system")
        .cause(why)
        .hint(format!("install them (the package ca-certificates), or name a file that holds some in {FILE}"))
}

/// What the variables name, and `None` where that is left to the system: where both are unset or empty.
///
/// # Errors
/// Failure, naming the variable and the file, if no certificate comes of it.
pub(super) fn named() -> Result<Option<Trusted>> {
    let (file, folders) = (variable(&[FILE]), variable(&[FOLDERS]));
    if file.is_none() && folders.is_none() {
        return Ok(if is_blanked() { of_system() } else { None });
    }
    let mut certificates = Vec::new();
    let mut places = Vec::new();
    if let Some((_, path)) = file {
        let path = PathBuf::from(path);
        certificates.extend(of_file(&path)?);
        places.push(format!("{FILE} ({})", path.display()));
    }
    if let Some((_, list)) = folders {
        let found = of_folders(env::split_paths(&list));
        if found.is_empty() && certificates.is_empty() {
            let list = Path::new(&list).display();
            return Err(Error::failure(format!("{FOLDERS} names {list}"))
                .cause("there is no certificate in PEM form that can be read")
                .hint(format!("name folders with files of certificates in {FOLDERS}, or unset it")));
        }
        certificates.extend(found);
        places.push(FOLDERS.to_owned());
    }
    let told = format!("trusted are the certificates of {}: {}", places.join(" and "), certificates.len());
    Ok(Some(Trusted { certificates, told }))
}

/// Whether one of the variables is set and empty, which reading the system's certificates does not take for unset.
fn is_blanked() -> bool {
    [FILE, FOLDERS].into_iter().any(|name| env::var_os(name).is_some_and(|value| value.is_empty()))
}

/// The system's own certificates where no library reads them past an empty variable, if there are any. Elsewhere none
/// looks at it.
#[cfg(all(unix, not(target_vendor = "apple")))]
fn of_system() -> Option<Trusted> {
    let found = openssl_probe::probe();
    let of_file = found.cert_file.and_then(|path| of_file(&path).ok());
    let certificates = of_file.unwrap_or_else(|| of_folders(found.cert_dir));
    let told = "the system's certificates are trusted".to_owned();
    (!certificates.is_empty()).then_some(Trusted { certificates, told })
}

#[cfg(not(all(unix, not(target_vendor = "apple"))))]
fn of_system() -> Option<Trusted> {
    None
}

/// The certificates of every file in `folders`; what is none is passed over, as by other programs.
fn of_folders(folders: impl IntoIterator<Item = PathBuf>) -> Vec<CertificateDer<'static>> {
    let mut certificates = Vec::new();
    let mut left = LIMIT;
    for entry in folders.into_iter().filter_map(|folder| fs::read_dir(folder).ok()).flatten().flatten() {
        let Ok(Some(bytes)) = files::read(&entry.path(), left) else { continue };
        left -= bytes.len();
        certificates.extend(usable(&bytes));
    }
    // A folder names most certificates twice, once by their hash.
    certificates.sort_unstable_by(|one, other| one.as_ref().cmp(other.as_ref()));
    certificates.dedup();
    certificates
}

fn of_file(path: &Path) -> Result<Vec<CertificateDer<'static>>> {
    let names = || Error::failure(format!("{FILE} names {}", path.display()));
    let bytes = match files::read(path, LIMIT) {
        Ok(Some(bytes)) => bytes,
        Ok(None) => return Err(names().cause("there is no such file")),
        Err(error) => return Err(names().because(error)),
    };
    let certificates = usable(&bytes);
    if certificates.is_empty() { Err(explained(names(), path, &bytes)) } else { Ok(certificates) }
}

/// The certificates in PEM form, behind a byte-order mark too; broken ones are passed over.
fn usable(bytes: &[u8]) -> Vec<CertificateDer<'static>> {
    let bytes = files::unmarked(bytes).unwrap_or_default();
    CertificateDer::pem_slice_iter(bytes).flatten().filter(is_usable).collect()
}

fn is_usable(certificate: &CertificateDer<'static>) -> bool {
    RootCertStore::empty().add(certificate.clone()).is_ok()
}

/// Adds why `bytes`, which the file at `path` holds, are no certificate, and what makes one of them.
fn explained(error: Error, path: &Path, bytes: &[u8]) -> Error {
    let from = path.display().to_string();
    let (from, to) = (quoted(&from), format!("{from}.pem"));
    let convert = |program: &str, arrow: [&str; 2]| {
        let [from_flag, to_flag] = arrow;
        let line = format!("{program} {from_flag}{from} {to_flag}{}", quoted(&to));
        format!("convert it, and name the new file in {FILE}: {line}")
    };
    let openssl = |program: &str| convert(program, ["-in ", "-out "]);
    if bytes.trim_ascii().is_empty() {
        return error.cause("it is empty");
    }
    let Ok(text) = files::unmarked(bytes) else {
        return error.cause("it is UTF-16 text").hint(convert("iconv -f UTF-16 -t UTF-8", ["", ">"]));
    };
    let has = |words: &str| text.windows(words.len()).any(|window| window == words.as_bytes());
    let (cause, hint) = if is_usable(&CertificateDer::from(bytes.to_vec())) {
        ("it holds a certificate in DER form, not in PEM form", openssl("openssl x509 -inform der"))
    } else if has("-----BEGIN TRUSTED CERTIFICATE-----") {
        ("it holds OpenSSL's own form of certificate (TRUSTED CERTIFICATE)", openssl("openssl x509"))
    } else if has("-----BEGIN X509 CERTIFICATE-----") {
        ("it holds an old form of certificate (X509 CERTIFICATE)", openssl("openssl x509"))
    } else if has("-----BEGIN PKCS7-----") {
        ("it holds a PKCS #7 bundle", openssl("openssl pkcs7 -print_certs"))
    } else if has("-----BEGIN CERTIFICATE-----") {
        let hint = "the lines -----BEGIN CERTIFICATE----- and -----END CERTIFICATE----- stand alone, and base64 \
                    is between them: copy the file again, as it is";
        (
            "none of its certificates can be read: they are broken, or their line ends are lost",
            hint.to_owned(),
        )
    } else {
        let hint = "it takes text with -----BEGIN CERTIFICATE-----, as a company's administrators give it";
        ("it holds no certificate in PEM form", hint.to_owned())
    };
    error.cause(cause).hint(hint)
}
