//! Doors for fuzz targets and benchmarks to parsers that nothing else outside this room may call.

use std::time::Duration;

use reqwest::{StatusCode, header::HeaderValue};

use super::{
    base_url::BaseUrl,
    credential::Credential,
    decode::{self, ListDecoder},
    failure::{About, Fault, Reply},
    login::SignInPage,
    types::{
        CredentialDetail, NameCheck, Organisation, Outcome, RegistryCredentialPage, RegistryPage, Token,
    },
};
use crate::{error::Hint, http::parse_retry_after};

/// Decodes `body` as each answer that the platform gives.
pub fn decode_answer(body: &[u8]) {
    let _ = decode::object::<CredentialDetail>(body);
    let _ = decode::object::<NameCheck>(body);
    let _ = decode::object::<Outcome>(body);
    let _ = decode::object::<RegistryCredentialPage>(body);
    let _ = decode::object::<RegistryPage>(body);
    let _ = decode::object::<super::types::LoginStart>(body);
    let fault =
        Fault::Refused(Reply { status: StatusCode::NOT_FOUND, body: body.to_vec(), retry_after: None });
    let _ = fault.is_no_route();
    if let Ok(base) = BaseUrl::hosted() {
        let about = About {
            naming: None,
            action: "try",
            is_read: true,
            base: &base,
            timeout: Duration::ZERO,
            on_refusal: &Hint::from(""),
            names_organisation: true,
        };
        let _ = about.explain(&fault);
    }
}

/// How many elements `chunks` have as a list of each kind, if they are one.
pub fn decode_list(chunks: &[&[u8]]) -> [Option<usize>; 3] {
    [count::<Credential>(chunks), count::<Organisation>(chunks), count::<Token>(chunks)]
}

/// How many credentials `chunks` have, if they are a list of them. Measured by `tests/bench`.
pub fn decode_credentials(chunks: &[&[u8]]) -> Option<usize> {
    count::<Credential>(chunks)
}

fn count<T: serde::de::DeserializeOwned>(chunks: &[&[u8]]) -> Option<usize> {
    let mut decoder = ListDecoder::<T>::default();
    chunks.iter().try_for_each(|chunk| decoder.push(chunk)).ok()?;
    decoder.finish().ok().map(|list| list.len())
}

/// The address that a person is sent to who signs in at `base`, where `text` and `identity` name one to go to.
pub fn read_sign_in_page(text: &str, identity: &str, base: &BaseUrl) -> Option<String> {
    SignInPage::read(text, Some(identity), base).ok().map(|page| page.url().to_string())
}

/// Reads `bytes` as a `Retry-After` header.
pub fn read_retry_after(bytes: &[u8]) {
    if let Ok(value) = HeaderValue::from_bytes(bytes) {
        let _ = parse_retry_after(&value);
    }
}
