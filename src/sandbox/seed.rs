//! What a new sandbox holds.

use redb::WriteTransaction;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::{
    answers::Fault,
    ids::{self, IdMaker},
    model::{
        AUDIT, CHECK, CLUSTERS, Cluster, Credential, FORMAT, LOGINS, META, ORGANISATIONS, Organisation,
        REGISTRIES, Registry, Role, SEALED, Token, USERS, User,
    },
    records::{self, SecretField},
    vault::Vault,
};
use crate::{
    error::{Error, Result},
    secret::Secret,
};

/// The name of the ready-made token and user that own everything.
pub(super) const ADMIN: &str = "admin";
/// The name of the ready-made token and user that may only read.
pub(super) const VIEWER: &str = "viewer";

/// Public keys for the samples. Their private halves were never kept.
const KEYS: [&str; 2] = [
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIK9GFsmeklfWtVflz+32TQ8shpmbFaZQoFR2R+jqm6pW demo-hetzner-key",
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPFP7l+SwOkJHCuziGq+8aTaRmznG8IR+1/txPathAP+ demo-ovh-key",
];

/// Fills an empty database.
pub(super) fn sow(tx: &WriteTransaction, vault: &Vault) -> Result<()> {
    try_sow(tx, vault).map_err(|fault| {
        Error::failure("the sandbox's state cannot be made").cause(String::from_utf8_lossy(&fault.0.body))
    })
}

fn try_sow(tx: &WriteTransaction, vault: &Vault) -> Result<(), Fault> {
    let now = ids::now();
    let mut ids = IdMaker::new(now);
    let now = now.to_string();
    let (sandbox, demo) = (ids.next()?, ids.next()?);
    {
        let mut meta = tx.open_table(META)?;
        meta.insert("format", FORMAT)?;
        meta.insert("check", vault.seal(CHECK.0, CHECK.1)?.as_slice())?;
        for (organisation_id, name) in [(sandbox, "sandbox"), (demo, "demo")] {
            let organisation = Organisation { organisation_id, name: name.to_owned() };
            records::put(tx, ORGANISATIONS, organisation_id.as_u128(), &organisation)?;
        }
        let admin = User { current: sandbox, memberships: vec![(sandbox, Role::Owner), (demo, Role::Owner)] };
        let viewer = User { current: demo, memberships: vec![(demo, Role::Viewer)] };
        records::put(tx, USERS, ADMIN, &admin)?;
        records::put(tx, USERS, VIEWER, &viewer)?;
    }
    for name in [ADMIN, VIEWER] {
        let id = ids.next()?;
        let text = ids::random_text(&format!("ankra-sandbox-{name}-"))?;
        let token = Token {
            id,
            name: name.to_owned(),
            user: name.to_owned(),
            created_at: now.clone(),
            ..Token::default()
        };
        records::put_token(tx, &token, &text)?;
        tx.open_table(SEALED)?.insert(id.as_u128(), vault.seal(id, text.as_bytes())?.as_slice())?;
        tx.open_table(META)?.insert(name, id.as_bytes().as_slice())?;
    }
    // Tables are made by being opened; a reader would miss them.
    tx.open_table(LOGINS)?;
    tx.open_table(AUDIT)?;
    samples(tx, vault, &mut ids, demo, &now)
}

/// The credentials of `demo`, some of them in use.
fn samples(
    tx: &WriteTransaction,
    vault: &Vault,
    ids: &mut IdMaker,
    organisation: Uuid,
    now: &str,
) -> Result<(), Fault> {
    let secret = || -> Result<Secret> { Ok(Secret::new(ids::random_text("")?.to_string())) };
    let mut made = |name: &str, provider: &str, extra: Option<(&str, &str)>, secrets: &[SecretField]| {
        let id = ids.next()?;
        let extras: Map<String, Value> =
            extra.into_iter().map(|(key, value)| (key.to_owned(), value.into())).collect();
        let row = Credential::new(id, organisation, name, provider, now);
        records::insert(tx, vault, &row, &extras, secrets)?;
        Ok::<_, Fault>(id)
    };
    let hetzner = made("demo-hetzner", "hetzner", None, &[("api_token", secret()?)])?;
    made(
        "demo-ovh",
        "ovh",
        Some(("project_id", "0123456789abcdef0123456789abcdef")),
        &[("application_key", secret()?), ("application_secret", secret()?), ("consumer_key", secret()?)],
    )?;
    made("demo-ghcr", "registry", Some(("username", "demo")), &[("password", secret()?)])?;
    made("unused-registry", "registry", Some(("username", "nobody")), &[("password", secret()?)])?;
    made("demo-hetzner-key", "hetzner_ssh_key", Some(("ssh_public_key", KEYS[0])), &[])?;
    made("demo-ovh-key", "ovh_ssh_key", Some(("ssh_public_key", KEYS[1])), &[])?;

    let cluster = Cluster {
        id: ids.next()?,
        name: "demo-cluster".to_owned(),
        kind: "hetzner".to_owned(),
        created_at: now.to_owned(),
        credential_id: hetzner,
    };
    records::put(tx, CLUSTERS, (organisation.as_u128(), cluster.id.as_u128()), &cluster)?;
    for (name, url) in
        [("demo-charts", "oci://ghcr.io/demo/charts"), ("demo-apps", "oci://ghcr.io/demo/apps")]
    {
        let registry = Registry {
            id: ids.next()?,
            name: name.to_owned(),
            url: url.to_owned(),
            credential_name: Some("demo-ghcr".to_owned()),
            created_at: now.to_owned(),
        };
        records::put(tx, REGISTRIES, (organisation.as_u128(), name), &registry)?;
    }
    Ok(())
}
