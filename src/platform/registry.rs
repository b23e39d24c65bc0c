//! Routes for registry credentials and the registries that use them.

use std::collections::HashSet;

use reqwest::Method;
use serde::de::DeserializeOwned;

use super::{
    client::AuthenticatedClient,
    decode::{LIST_ELEMENTS, LIST_LIMIT, Malformed, OBJECT_LIMIT, PAGE_LIMIT, too_many},
    failure::{Fault, is_no_route},
    names::CredentialName,
    request::{Body, Request},
    types::{Registry, RegistryCredential, RegistryCredentialPage, RegistryPage},
};
use crate::{error::Result, http, secret::Secret};

const PAGE_SIZE: usize = 100;
/// More pages than hold the longest list are not asked for.
const PAGES: usize = LIST_ELEMENTS / PAGE_SIZE;

/// The request that stores a registry credential, by the guide's route.
#[must_use]
pub fn create_registry_request<'a>(
    name: &'a CredentialName,
    username: &'a str,
    password: &'a Secret,
) -> Request<'a> {
    let body = Body::new()
        .text("name", name.as_str())
        .text("provider", "registry")
        .text("username", username)
        .secret("password", password);
    Request::new(Method::POST, "api/v1/credentials", format!("create the registry credential {name}"))
        .body(body)
}

/// The request that replaces a registry credential's user name and password.
#[must_use]
pub fn update_registry_request<'a>(
    name: &CredentialName,
    username: &'a str,
    password: &'a Secret,
) -> Request<'a> {
    Request::new(Method::PUT, &path_of(name), format!("update the registry credential {name}"))
        .body(Body::new().text("username", username).secret("password", password))
}

/// The request that deletes a registry credential.
#[must_use]
pub fn delete_registry_request(name: &CredentialName) -> Request<'static> {
    Request::new(Method::DELETE, &path_of(name), format!("delete the registry credential {name}"))
}

fn path_of(name: &CredentialName) -> String {
    format!("api/v1/org/helm/credentials/{name}")
}

impl AuthenticatedClient {
    /// Stores a registry credential: by the guide's route, or the deployed one where the
    /// platform says that it has no such route. After any other answer the secret is not sent again.
    ///
    /// # Errors
    /// Conflict (the name is taken); outcome unknown; or as every call.
    pub async fn create_registry_credential(
        &self,
        name: &CredentialName,
        username: &str,
        password: &Secret,
    ) -> Result<()> {
        let guide = create_registry_request(name, username, password);
        let answer = self.exchange(&guide, OBJECT_LIMIT).await?;
        if !is_no_route(&answer) {
            return self.confirm(&guide, &answer);
        }
        let body =
            Body::new().text("name", name.as_str()).text("username", username).secret("password", password);
        self.change(&guide.at("api/v1/org/helm/credentials").body(body)).await
    }

    /// Every registry credential of the organisation.
    ///
    /// # Errors
    /// As every call.
    pub async fn registry_credentials(&self) -> Result<Vec<RegistryCredential>> {
        let request = Request::get("api/v1/org/helm/credentials", "list the registry credentials");
        let split = |page: RegistryCredentialPage| (page.credentials, page.total_count);
        self.pages(&request, split, |credential: &RegistryCredential| credential.id.clone()).await
    }

    /// One registry credential; never its password.
    ///
    /// # Errors
    /// Not found, or as every call.
    pub async fn registry_credential(&self, name: &CredentialName) -> Result<RegistryCredential> {
        self.fetch(&Request::get(&path_of(name), format!("get the registry credential {name}")), OBJECT_LIMIT)
            .await
    }

    /// Replaces a registry credential's user name and password.
    ///
    /// # Errors
    /// Not found; outcome unknown; or as every call.
    pub async fn update_registry_credential(&self, request: &Request<'_>) -> Result<()> {
        self.perform(request).await
    }

    /// Every registry that the organisation has added, with the credential that each uses.
    ///
    /// # Errors
    /// As every call.
    pub async fn registries(&self) -> Result<Vec<Registry>> {
        let request = Request::get("api/v1/org/helm/registries", "list the registries");
        let split =
            |page: RegistryPage| (page.result, page.pagination.and_then(|pagination| pagination.total_count));
        self.pages(&request, split, |registry: &Registry| registry.name.clone()).await
    }

    /// Reads a list page by page; `split` gives the elements of a page and how many there are in all.
    async fn pages<P: DeserializeOwned, T>(
        &self,
        request: &Request<'static>,
        split: impl Fn(P) -> (Vec<T>, Option<u64>),
        key: impl Fn(&T) -> String,
    ) -> Result<Vec<T>> {
        let mut all = Pages::new(key);
        let mut left = LIST_LIMIT;
        loop {
            let (number, size) = (all.next_page().to_string(), PAGE_SIZE.to_string());
            let request = request.clone().query("page", number).query("page_size", size);
            let answer = self.exchange(&request, PAGE_LIMIT).await?;
            if !answer.status.is_success() {
                return Err(Self::refusal(&request, &answer));
            }
            left = left
                .checked_sub(answer.body.len())
                .ok_or_else(|| self.explain(&request, &Fault::Http(http::Fault::TooLarge(LIST_LIMIT))))?;
            let (page, total) = split(self.decode(&request, &answer)?);
            match all.add(page, total) {
                Ok(true) => return Ok(all.items),
                Ok(false) => {}
                Err(malformed) => return Err(self.explain(&request, &Fault::Malformed(malformed))),
            }
        }
    }
}

/// Gathers pages until there is nothing new.
struct Pages<T, K> {
    items: Vec<T>,
    seen: HashSet<String>,
    key: K,
    count: usize,
}

impl<T, K: Fn(&T) -> String> Pages<T, K> {
    fn new(key: K) -> Self {
        Self { items: Vec::new(), seen: HashSet::new(), key, count: 0 }
    }

    fn next_page(&self) -> usize {
        self.count + 1
    }

    /// Adds a page; true if it was the last. Pages that come again while more are promised, or
    /// that never end, are an error: a list that is short must not look whole.
    fn add(&mut self, page: Vec<T>, total: Option<u64>) -> Result<bool, Malformed> {
        self.count += 1;
        let before = self.items.len();
        let (empty, full) = (page.is_empty(), page.len() >= PAGE_SIZE);
        for item in page {
            if self.seen.insert((self.key)(&item)) {
                self.items.push(item);
            }
        }
        let count = self.items.len();
        let more = total.map_or(full, |total| (count as u64) < total);
        if more && count == before && !empty && total.is_some() {
            return Err(Malformed::Unexpected(format!("the same page again after {count} elements")));
        }
        let done = !more || count == before;
        if count > LIST_ELEMENTS || (!done && self.count >= PAGES) {
            return Err(too_many());
        }
        Ok(done)
    }
}

#[cfg(test)]
mod tests {
    use super::{PAGES, Pages};

    fn pages() -> Pages<u32, impl Fn(&u32) -> String> {
        Pages::new(u32::to_string)
    }

    #[test]
    fn h26_pages_that_come_again_end_the_list_or_are_an_error() {
        let mut counted = pages();
        assert_eq!(counted.add((0..100).collect(), Some(1_000_000)), Ok(false));
        assert_eq!(counted.next_page(), 2);
        assert!(counted.add((0..100).collect(), Some(1_000_000)).is_err(), "more are promised");
        let mut uncounted = pages();
        assert_eq!(uncounted.add((0..100).collect(), None), Ok(false));
        assert_eq!(uncounted.add((0..100).collect(), None), Ok(true), "a platform that knows no pages");
        assert_eq!(uncounted.items.len(), 100);
    }

    #[test]
    fn h26_pages_that_never_end_are_an_error() {
        let mut endless = pages();
        for page in (1..).take(PAGES - 1) {
            assert_eq!(endless.add(vec![page], Some(1_000_000)), Ok(false));
        }
        assert!(endless.add(vec![u32::MAX], Some(1_000_000)).is_err());
    }

    #[test]
    fn pages_end_at_the_total_or_at_a_short_or_empty_page() {
        assert_eq!(pages().add(vec![1, 2], Some(2)), Ok(true));
        assert_eq!(pages().add(vec![1, 2], None), Ok(true));
        assert_eq!(pages().add(vec![], Some(5)), Ok(true), "one was deleted meanwhile");
        assert_eq!(pages().add(vec![1], Some(5)), Ok(false), "pages smaller than asked for go on");
    }
}
