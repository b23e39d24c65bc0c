//! What a new sandbox holds.

use jiff::{SignedDuration, Timestamp};
use redb::WriteTransaction;
use serde_json::json;
use uuid::Uuid;

use super::{
    answers::Fault,
    ids,
    model::{
        CHECK, CLUSTERS, Cluster, Credential, FORMAT, Invitation, META, ORGANISATIONS, Organisation,
        REGISTRIES, Registry, Role, SEALED, TOKENS, Token, USERS, User,
    },
    records::{self, SecretField},
    vault::Vault,
};
use crate::secret::Secret;

/// The name of the ready-made token and user that own everything.
pub(super) const ADMIN: &str = "admin";
/// The name of the ready-made token and user that may only read.
pub(super) const VIEWER: &str = "viewer";

/// Where the addresses of its users are, which reach nobody (RFC 2606).
pub(super) const EMAIL_HOST: &str = "sandbox.example";

/// Public keys for the samples. Their private halves were never kept.
const KEYS: [&str; 2] = [
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIK9GFsmeklfWtVflz+32TQ8shpmbFaZQoFR2R+jqm6pW demo-hetzner-key",
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPFP7l+SwOkJHCuziGq+8aTaRmznG8IR+1/txPathAP+ demo-ovh-key",
];

/// Fills an empty database.
pub(super) fn sow(tx: &WriteTransaction, vault: &Vault) -> Result<(), Fault> {
    let now = ids::now();
    let (sandbox, demo) = (ids::id(now, 0)?, ids::id(now, 1)?);
    let invited = Invitation {
        invite_id: ids::id(now, 0)?,
        email: format!("invited@{EMAIL_HOST}"),
        role: Role::Viewer,
    };
    for (organisation_id, name, invited) in [(sandbox, "sandbox", Vec::new()), (demo, "demo", vec![invited])]
    {
        let organisation = Organisation {
            organisation_id,
            name: Some(name.to_owned()),
            slug: Some(name.to_owned()),
            created_at: Some(now.to_string()),
            invited,
        };
        records::put(tx, ORGANISATIONS, organisation_id.as_u128(), &organisation)?;
    }
    let user = |number, current, memberships| {
        Ok::<_, Fault>(User { id: Some(ids::id(now, number)?), current, memberships })
    };
    let admin = user(0, sandbox, vec![(sandbox, Role::Owner), (demo, Role::Owner)])?;
    let viewer = user(1, demo, vec![(demo, Role::Viewer)])?;
    let mut meta = tx.open_table(META)?;
    meta.insert("format", FORMAT)?;
    meta.insert("check", vault.seal(CHECK.0, CHECK.1)?.as_slice())?;
    for (number, name, user) in [(0, ADMIN, admin), (1, VIEWER, viewer)] {
        records::put(tx, USERS, name, &user)?;
        let (id, _) = token(tx, vault, name, now, number)?;
        meta.insert(name, id.as_bytes().as_slice())?;
    }
    samples(tx, vault, demo, now)
}

/// Makes the ready-made token `name` anew; the one before it stays as it is.
pub(super) fn renew(tx: &WriteTransaction, vault: &Vault, name: &str) -> Result<Secret, Fault> {
    let (id, text) = token(tx, vault, name, ids::now(), 0)?;
    tx.open_table(META)?.insert(name, id.as_bytes().as_slice())?;
    Ok(text)
}

/// Makes a token of the user `name` that never expires and whose text is kept.
fn token(
    tx: &WriteTransaction,
    vault: &Vault,
    name: &str,
    now: Timestamp,
    number: u64,
) -> Result<(Uuid, Secret), Fault> {
    let id = ids::id(now, number)?;
    let text = ids::random_text(&format!("ankra-sandbox-{name}-"))?;
    let token = Token {
        id,
        name: name.to_owned(),
        user: name.to_owned(),
        created_at: now.to_string(),
        ..Token::default()
    };
    records::put(tx, TOKENS, &ids::sha256(text.expose()), &token)?;
    tx.open_table(SEALED)?.insert(id.as_u128(), vault.seal(id, text.expose().as_bytes())?.as_slice())?;
    Ok((id, text))
}

/// Gives an audit something to find: a credential that nobody has cared for.
fn neglect(row: &mut Credential, now: Timestamp) {
    let then = (now - SignedDuration::from_hours(24 * 120)).to_string();
    (row.created_at, row.updated_at, row.available) = (then.clone(), then, false);
    row.health = json!({
        "state": "failing",
        "consecutive_failures": 3,
        "last_error_class": "authentication_failed",
        "next_attempt_at": null,
    });
}

/// The credentials of `demo`, some of them in use.
fn samples(tx: &WriteTransaction, vault: &Vault, organisation: Uuid, now: Timestamp) -> Result<(), Fault> {
    let project = ("project_id", "0123456789abcdef0123456789abcdef");
    let ovh: &[_] = &["application_key", "application_secret", "consumer_key"];
    let credentials: [(_, _, _, &[_]); 6] = [
        ("demo-hetzner", "hetzner", None, &["api_token"]),
        ("demo-ovh", "ovh", Some(project), ovh),
        ("demo-ghcr", "registry", Some(("username", "demo")), &["password"]),
        ("unused-registry", "registry", Some(("username", "nobody")), &["password"]),
        ("demo-hetzner-key", "hetzner_ssh_key", Some(("ssh_public_key", KEYS[0])), &[]),
        ("demo-ovh-key", "ovh_ssh_key", Some(("ssh_public_key", KEYS[1])), &[]),
    ];
    let mut made = Vec::new();
    for (number, (name, provider, extra, keys)) in (0..).zip(credentials) {
        let mut row = Credential::new(ids::id(now, number)?, organisation, name, provider, now);
        if name == "unused-registry" {
            neglect(&mut row, now);
        }
        let extras = extra.into_iter().map(|(key, value)| (key.to_owned(), value.into())).collect();
        let mut secrets: Vec<SecretField> = Vec::new();
        for key in keys {
            secrets.push((key, ids::random_text("")?));
        }
        records::put_credential(tx, vault, &row, &extras, &secrets)?;
        made.push(row.id);
    }
    let cluster = Cluster {
        id: ids::id(now, 0)?,
        name: "demo-cluster".to_owned(),
        kind: "hetzner".to_owned(),
        created_at: now.to_string(),
        credential_id: made[0],
    };
    records::put(tx, CLUSTERS, (organisation.as_u128(), cluster.id.as_u128()), &cluster)?;
    let used = Some("demo-ghcr");
    for (name, url, credential, last_sync_error) in [
        ("demo-charts", "oci://ghcr.io/demo/charts", used, None),
        ("demo-apps", "oci://ghcr.io/demo/apps", used, None),
        (
            "demo-private",
            "oci://registry.example/demo",
            None,
            Some("401 Unauthorized: authentication required"),
        ),
    ] {
        let registry = Registry {
            id: ids::id(now, 0)?,
            name: name.to_owned(),
            url: url.to_owned(),
            credential_name: credential.map(str::to_owned),
            created_at: now.to_string(),
            last_sync_error: last_sync_error.map(str::to_owned),
        };
        records::put(tx, REGISTRIES, (organisation.as_u128(), name), &registry)?;
    }
    Ok(())
}
