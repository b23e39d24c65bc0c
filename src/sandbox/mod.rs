//! An embedded platform for trying and testing without an account.
//!
//! It speaks the platform's HTTP routes on loopback and keeps its state in one folder:
//! `state.redb` (the database), `key` (what the secrets in it are sealed with), `lock`
//! (held for the time of one request, so that any number of processes can share the
//! folder), `queue` (held by the one who is next) and `address` (where `serve` listened last).
//!
//! Two organisations come ready made: `sandbox`, which is empty, and `demo`, which has
//! samples. Two tokens go with them: `admin`, owner of both, and `viewer`, who may only
//! read `demo`. No answer ever holds a stored secret, and every request leaves an entry
//! in an audit log.
//!
//! Beyond the platform's own routes there are a few to set the scene, all under `/sandbox/`:
//!
//! | route | does |
//! |---|---|
//! | `GET /sandbox/audit` | the audit log, newest last (owners only) |
//! | `GET /sandbox/login?state=` | the page a browser login opens, which asks for the code of `serve` or for the token of `admin` |
//! | `POST /sandbox/login` | what that page sends; with the right code it approves the login as `admin`, or denies it |
//! | `POST /sandbox/organisations {"name"?,"slug"?}` | an organisation that the caller owns; its name and slug may be null or those of another |
//! | `POST /sandbox/clusters {"name","kind","credential"}` | a cluster that uses a credential |
//! | `POST /sandbox/registries {"name","url","credential_name"?}` | a chart registry, with or without a credential |
//! | `POST /sandbox/fill {"count"}` | up to 100,000 generated credentials at once |

mod access;
mod answers;
mod app;
mod approval;
mod body;
mod broken;
mod call;
mod caller;
mod clouds;
mod ids;
mod model;
mod page;
mod records;
mod routes;
mod seed;
mod server;
mod store;
mod vault;

#[cfg(test)]
mod tests;

pub use access::Access;
pub use store::Sandbox;

use crate::{error::Result, secret::Secret};

/// The tokens that every sandbox has, and where they act.
#[derive(Debug)]
pub struct Tokens {
    /// Owner of the organisations `sandbox` (its current one) and `demo`.
    pub admin: Secret,
    /// May read the organisation `demo`, and nothing else.
    pub viewer: Secret,
    /// Where requests with `admin` go that choose no organisation: the one it was switched to last.
    pub organisation: CurrentOrganisation,
}

/// An organisation of the sandbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CurrentOrganisation {
    /// UUID.
    pub id: String,
    /// What a person calls it: its name, else its slug, else its id.
    pub name: String,
}

impl Sandbox {
    /// The ready-made tokens; makes the state if there is none. One that was revoked stays so, and another
    /// takes its place.
    pub async fn tokens(&self) -> Result<Tokens> {
        let opened = self.open().await?;
        let (admin, viewer) = (opened.ready_made(seed::ADMIN)?, opened.ready_made(seed::VIEWER)?);
        let current = opened.current_organisation(seed::ADMIN)?;
        let organisation =
            CurrentOrganisation { id: current.organisation_id.to_string(), name: current.title() };
        Ok(Tokens { admin, viewer, organisation })
    }
}
