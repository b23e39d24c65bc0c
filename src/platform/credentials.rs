//! Routes for credentials of every kind.

use reqwest::Method;
use serde::de::DeserializeOwned;

use super::{
    client::AuthenticatedClient,
    credential::Credential,
    decode::{self, Malformed, OBJECT_LIMIT},
    failure::{Answer, Fault, is_no_route},
    names::{CredentialId, CredentialName, OrganisationId},
    request::Request,
    types::{CredentialDetail, NameCheck, Outcome},
};
use crate::{error::Result, http::quote};

impl AuthenticatedClient {
    /// Every credential of the organisation, or those of one provider.
    ///
    /// The guide's route is tried first, then the deployed one where the platform lacks it.
    ///
    /// # Errors
    /// As every call: the platform cannot be reached, refuses, or answers nonsense.
    pub async fn credentials(&self, provider: Option<&str>) -> Result<Vec<Credential>> {
        let route = |path| {
            let request = Request::get(path, "list the credentials");
            match provider {
                Some(provider) => request.query("provider", provider),
                None => request,
            }
        };
        let guide = route("api/v1/credentials");
        match self.stream(&guide).await {
            Ok(Ok(list)) => return Ok(list),
            Ok(Err(answer)) if !is_no_route(&answer) => return Err(Self::refusal(&guide, &answer)),
            Ok(Err(_)) | Err(Fault::Malformed(Malformed::NotJson(_))) => {}
            Err(fault) => return Err(self.explain(&guide, &fault)),
        }
        self.list(&route("api/v1/org/credentials")).await
    }

    /// One credential, without its secret fields.
    ///
    /// # Errors
    /// Not found, or as every call.
    pub async fn credential(&self, id: CredentialId) -> Result<CredentialDetail> {
        self.fetch(&Request::get(&format!("api/v1/org/credentials/{id}"), "get the credential"), OBJECT_LIMIT)
            .await
    }

    /// Whether a name is free in the organisation.
    ///
    /// # Errors
    /// As every call.
    pub async fn check_name(&self, name: &CredentialName) -> Result<NameCheck> {
        let request = Request::get("api/v1/org/credentials/validate", format!("check the name {name}"))
            .query("credential_name", name.as_str());
        let mut check: NameCheck = self.fetch(&request, OBJECT_LIMIT).await?;
        check.message = check.message.map(|message| quote(&message));
        Ok(check)
    }

    /// Deletes a credential.
    ///
    /// # Errors
    /// Not found; outcome unknown; or as every call.
    pub async fn delete_credential(&self, request: &Request<'_>) -> Result<()> {
        self.perform(request).await
    }

    /// Decodes a list as it arrives.
    pub(super) async fn list<T: DeserializeOwned>(&self, request: &Request<'_>) -> Result<Vec<T>> {
        match self.stream(request).await {
            Ok(Ok(list)) => Ok(list),
            Ok(Err(answer)) => Err(Self::refusal(request, &answer)),
            Err(fault) => Err(self.explain(request, &fault)),
        }
    }

    /// Reads one object.
    pub(super) async fn fetch<T: DeserializeOwned>(&self, request: &Request<'_>, limit: usize) -> Result<T> {
        let answer = self.exchange(request, limit).await?;
        if !answer.status.is_success() {
            return Err(Self::refusal(request, &answer));
        }
        self.decode(request, &answer)
    }

    pub(super) fn decode<T: DeserializeOwned>(&self, request: &Request<'_>, answer: &Answer) -> Result<T> {
        decode::object(&answer.body).map_err(|malformed| self.explain(request, &Fault::Malformed(malformed)))
    }

    /// Sends a change whose answer says `success`, or is the thing created.
    pub(super) async fn change(&self, request: &Request<'_>) -> Result<()> {
        let answer = self.exchange(request, OBJECT_LIMIT).await?;
        self.confirm(request, &answer)
    }

    /// Sends a change for which the facts promise a 200 and no body. A body that is there has to
    /// be JSON, else the 200 is not the platform's; and one that says no is believed.
    pub(super) async fn perform(&self, request: &Request<'_>) -> Result<()> {
        let answer = self.exchange(request, OBJECT_LIMIT).await?;
        if !answer.status.is_success() {
            return Err(Self::refusal(request, &answer));
        }
        match decode::outcome_if_any(&answer.body) {
            Ok(Some(Outcome { success: Some(false), .. })) => Err(Self::refusal(request, &answer)),
            Ok(_) => Ok(()),
            Err(malformed) => Err(self.explain(request, &Fault::Malformed(malformed))),
        }
    }

    /// A change is done where the answer says so; a 2xx alone is not enough.
    pub(super) fn confirm(&self, request: &Request<'_>, answer: &Answer) -> Result<()> {
        if !answer.status.is_success() {
            return Err(Self::refusal(request, answer));
        }
        let outcome: Outcome = self.decode(request, answer)?;
        match outcome.success {
            Some(true) => Ok(()),
            None if outcome.id.is_some() => Ok(()),
            Some(false) => Err(Self::refusal(request, answer)),
            None => Err(self.explain(
                request,
                &Fault::Malformed(Malformed::Unexpected("it says neither success nor what was made".into())),
            )),
        }
    }
}

/// The request that deletes a credential of any kind.
#[must_use]
pub fn delete_request(
    id: CredentialId,
    organisation: Option<OrganisationId>,
    name: &str,
) -> Request<'static> {
    let request = Request::new(
        Method::DELETE,
        &format!("api/v1/org/credentials/{id}"),
        format!("delete the credential {name}"),
    );
    match organisation {
        Some(organisation) => request.query("organisation_id", organisation.to_string()),
        None => request,
    }
}
