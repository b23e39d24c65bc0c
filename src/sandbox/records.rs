//! Reading and writing credentials within a transaction.

use std::borrow::Borrow;

use redb::{Key, ReadableTable, TableDefinition, WriteTransaction};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::{
    answers::Fault,
    model::{CREDENTIALS, Credential, EXTRAS, NAMES, SEALED},
    vault::Vault,
};
use crate::secret::Secret;

/// A secret field of a credential: its key on the wire, and its value.
pub(super) type SecretField = (&'static str, Secret);

pub(super) fn get<'k, K: Key + 'static, T: DeserializeOwned>(
    tx: &WriteTransaction,
    table: TableDefinition<'_, K, &'static str>,
    key: impl Borrow<K::SelfType<'k>>,
) -> Result<Option<T>, Fault> {
    let table = tx.open_table(table)?;
    Ok(table.get(key)?.map(|record| serde_json::from_str(record.value())).transpose()?)
}

pub(super) fn put<'k, K: Key + 'static>(
    tx: &WriteTransaction,
    table: TableDefinition<'_, K, &'static str>,
    key: impl Borrow<K::SelfType<'k>>,
    record: &impl Serialize,
) -> Result<(), Fault> {
    tx.open_table(table)?.insert(key, serde_json::to_string(record)?.as_str())?;
    Ok(())
}

/// The id of the credential of that name, of any kind.
pub(super) fn find(tx: &WriteTransaction, organisation: Uuid, name: &str) -> Result<Option<Uuid>, Fault> {
    let names = tx.open_table(NAMES)?;
    let id = names.get((organisation.as_u128(), name))?;
    Ok(id.map(|id| Uuid::from_u128(id.value())))
}

/// A credential's list entry.
pub(super) fn row<T: DeserializeOwned>(
    tx: &WriteTransaction,
    organisation: Uuid,
    id: Uuid,
) -> Result<Option<T>, Fault> {
    let table = tx.open_table(CREDENTIALS)?;
    let row = table.get((organisation.as_u128(), id.as_u128()))?;
    Ok(row.map(|row| serde_json::from_str(row.value().1)).transpose()?)
}

/// The entry of the credential of that name, if it is of that provider.
pub(super) fn row_by_name(
    tx: &WriteTransaction,
    organisation: Uuid,
    name: &str,
    provider: &str,
) -> Result<Option<Credential>, Fault> {
    let Some(id) = find(tx, organisation, name)? else { return Ok(None) };
    let row: Option<Credential> = row(tx, organisation, id)?;
    Ok(row.filter(|row| row.provider == provider))
}

/// The JSON object of a credential's extras.
pub(super) fn extras(tx: &WriteTransaction, id: Uuid) -> Result<Map<String, Value>, Fault> {
    Ok(get(tx, EXTRAS, id.as_u128())?.unwrap_or_default())
}

/// Calls `each` with the JSON of every credential of the organisation, oldest first.
pub(super) fn for_each(
    tx: &WriteTransaction,
    organisation: Uuid,
    provider: Option<&str>,
    mut each: impl FnMut(Uuid, &str) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let table = tx.open_table(CREDENTIALS)?;
    let organisation = organisation.as_u128();
    for entry in table.range((organisation, u128::MIN)..=(organisation, u128::MAX))? {
        let (key, row) = entry?;
        let (of, json) = row.value();
        if provider.is_none_or(|wanted| wanted == of) {
            each(Uuid::from_u128(key.value().1), json)?;
        }
    }
    Ok(())
}

/// Stores a credential, in the place of what there was with its id; the caller has made sure that its
/// name is free. `extras` is what its detail shows beyond the list entry.
pub(super) fn put_credential(
    tx: &WriteTransaction,
    vault: &Vault,
    row: &Credential,
    extras: &Map<String, Value>,
    secrets: &[SecretField],
) -> Result<(), Fault> {
    let (organisation, id) = (row.organisation_id.as_u128(), row.id.as_u128());
    tx.open_table(NAMES)?.insert((organisation, row.name.as_str()), id)?;
    let json = serde_json::to_string(row)?;
    tx.open_table(CREDENTIALS)?.insert((organisation, id), (row.provider.as_str(), json.as_str()))?;
    if !extras.is_empty() {
        put(tx, EXTRAS, id, extras)?;
    }
    if !secrets.is_empty() {
        tx.open_table(SEALED)?.insert(id, vault.seal(row.id, &joined(secrets))?.as_slice())?;
    }
    Ok(())
}

/// `key NUL length NUL value` each: nothing to escape, so no buffer that grows.
fn joined(secrets: &[SecretField]) -> Zeroizing<Vec<u8>> {
    let size = secrets.iter().map(|(key, value)| key.len() + value.expose().len() + 24).sum();
    let mut plain = Zeroizing::new(Vec::with_capacity(size));
    for (key, value) in secrets {
        let length = value.expose().len().to_string();
        for part in [key, "\0", &length, "\0", value.expose()] {
            plain.extend_from_slice(part.as_bytes());
        }
    }
    plain
}

/// Removes a credential and its secrets. Whatever used it still names it.
pub(super) fn remove(tx: &WriteTransaction, organisation: Uuid, id: Uuid, name: &str) -> Result<(), Fault> {
    tx.open_table(CREDENTIALS)?.remove((organisation.as_u128(), id.as_u128()))?;
    tx.open_table(NAMES)?.remove((organisation.as_u128(), name))?;
    tx.open_table(EXTRAS)?.remove(id.as_u128())?;
    tx.open_table(SEALED)?.remove(id.as_u128())?;
    Ok(())
}
