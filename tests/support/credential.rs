//! Credentials as a platform's list has them.

use serde_json::{Value, json};

/// The organisation that [`credential`] puts its credentials into.
pub const ORGANISATION: &str = "0f000000-0000-4000-8000-000000000000";

/// The id of the one thing that a test is about, which is that of number 1.
pub const ID: &str = "00000001-0000-4000-8000-000000000000";

/// The id of the credential with this number.
pub fn id(number: u8) -> String {
    format!("{number:08x}-0000-4000-8000-000000000000")
}

/// One entry of a list. The higher the number, the younger it is.
pub fn credential(number: u8, name: &str, provider: &str) -> Value {
    json!({
        "id": id(number),
        "name": name,
        "provider": provider,
        "organisation_id": ORGANISATION,
        "system": false,
        "available": true,
        "created_at": format!("2026-01-02T03:04:{number:02}Z"),
        "updated_at": format!("2026-02-03T04:05:{:02}Z", 59 - number),
        "health": {"state": "healthy", "consecutive_failures": 0},
    })
}
