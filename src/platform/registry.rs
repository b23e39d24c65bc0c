//! Routes for registry credentials and the registries that use them.

use std::collections::HashSet;

use reqwest::Method;

use super::{
    client::AuthenticatedClient,
    decode::{OBJECT_LIMIT, PAGE_LIMIT},
    failure::is_no_route,
    names::CredentialName,
    request::{Body, Request},
    types::{Registry, RegistryCredential, RegistryCredentialPage, RegistryPage},
};
use crate::{error::Result, secret::Secret};

const PAGE_SIZE: usize = 100;

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
        let mut all = Pages::new(|credential: &RegistryCredential| credential.id.clone());
        loop {
            let request = page(
                Request::get("api/v1/org/helm/credentials", "list the registry credentials"),
                all.next_page(),
            );
            let page: RegistryCredentialPage = self.fetch(&request, PAGE_LIMIT).await?;
            if all.add(page.credentials, page.total_count) {
                return Ok(all.items);
            }
        }
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
        // The facts promise a 200 and no body: what `delete` takes for done is done here too.
        self.delete_credential(request).await
    }

    /// Every registry that the organisation has added, with the credential that each uses.
    ///
    /// # Errors
    /// As every call.
    pub async fn registries(&self) -> Result<Vec<Registry>> {
        let mut all = Pages::new(|registry: &Registry| registry.name.clone());
        loop {
            let request =
                page(Request::get("api/v1/org/helm/registries", "list the registries"), all.next_page());
            let page: RegistryPage = self.fetch(&request, PAGE_LIMIT).await?;
            if all.add(page.result, page.pagination.and_then(|pagination| pagination.total_count)) {
                return Ok(all.items);
            }
        }
    }
}

fn page(request: Request<'static>, number: usize) -> Request<'static> {
    request.query("page", number.to_string()).query("page_size", PAGE_SIZE.to_string())
}

/// Gathers pages until there is nothing new: a platform that repeats a page for ever ends it too.
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

    /// Adds a page; true if it was the last.
    fn add(&mut self, page: Vec<T>, total: Option<u64>) -> bool {
        self.count += 1;
        let before = self.items.len();
        let full = page.len() >= PAGE_SIZE;
        for item in page {
            if self.seen.insert((self.key)(&item)) {
                self.items.push(item);
            }
        }
        let grown = self.items.len() > before;
        !grown
            || match total {
                Some(total) => self.items.len() as u64 >= total,
                None => !full,
            }
    }
}

#[cfg(test)]
mod tests {
    use super::Pages;

    #[test]
    fn h26_pages_end_when_nothing_new_comes() {
        let mut pages = Pages::new(|n: &u32| n.to_string());
        assert!(!pages.add((0..100).collect(), Some(1_000_000)));
        assert_eq!(pages.next_page(), 2);
        assert!(pages.add((0..100).collect(), Some(1_000_000)), "a repeated page ends the list");
        assert_eq!(pages.items.len(), 100);
    }

    #[test]
    fn pages_end_at_the_total_or_at_a_short_page() {
        assert!(Pages::new(|n: &u32| n.to_string()).add(vec![1, 2], Some(2)));
        assert!(Pages::new(|n: &u32| n.to_string()).add(vec![1, 2], None));
        assert!(Pages::new(|n: &u32| n.to_string()).add(vec![], Some(5)));
        assert!(
            !Pages::new(|n: &u32| n.to_string()).add(vec![1], Some(5)),
            "pages smaller than asked for go on"
        );
    }
}
