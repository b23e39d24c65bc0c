//! Registry credentials, and the chart registries that use them.

use axum::http::StatusCode;
use redb::ReadableTable;
use serde_json::{Map, Value, json};

use super::super::{
    answers::{Answer, Complaint, Fault},
    body::Form,
    call::Call,
    model::{Credential, REGISTRIES, Registry},
    records::{self, from_json},
};
use crate::secret::Secret;

const PROVIDER: &str = "registry";

/// `POST /api/v1/credentials`: registry credentials only, as yet.
pub(super) fn create_of_any_kind(call: &Call<'_>) -> Result<Answer, Fault> {
    let mut form = call.form()?;
    if let Some(provider) = form.text("provider")
        && provider.expose() != PROVIDER
    {
        form.complain("provider", "Input should be 'registry'", "literal_error");
    }
    create_from(call, form)
}

/// `POST /api/v1/org/helm/credentials`.
pub(super) fn create(call: &Call<'_>) -> Result<Answer, Fault> {
    create_from(call, call.form()?)
}

fn create_from(call: &Call<'_>, mut form: Form) -> Result<Answer, Fault> {
    let (name, username, password) = (form.name(), form.text("username"), form.text("password"));
    let (name, (username, password)) = form.finish(name.zip(username.zip(password)))?;
    call.ensure_free(&name)?;
    check(&username, &password).map_err(|fault| fault.about(&name))?;
    let extras = Map::from_iter([("username".to_owned(), username.expose().into())]);
    call.insert(&name, PROVIDER, &extras, &[("password", password)])?;
    Ok(Answer::success().about(&name))
}

fn check(username: &Secret, password: &Secret) -> Result<(), Fault> {
    let mut errors = Vec::new();
    let username = username.expose();
    if username.trim().is_empty() {
        errors.push(("username", "The user name must not be empty"));
    } else if username.chars().any(char::is_control) {
        errors.push(("username", "The user name must not have control characters"));
    }
    // A password may be a whole key file, so line ends are fine.
    if password.expose().trim().is_empty() {
        errors.push(("password", "The password must not be empty"));
    }
    if errors.is_empty() { Ok(()) } else { Err(Fault::refused(&errors)) }
}

/// `GET /api/v1/org/helm/credentials`.
pub(super) fn list(call: &Call<'_>) -> Result<Answer, Fault> {
    let page = Page::of(call)?;
    let mut credentials = Vec::new();
    let mut count = 0;
    records::for_each(call.tx, call.organisation()?, Some(PROVIDER), |_, row| {
        if page.holds(count) {
            let row: Credential = from_json(row)?;
            credentials.push(json!({ "id": row.id, "name": row.name, "created_at": row.created_at }));
        }
        count += 1;
        Ok(())
    })?;
    Answer::json(&json!({ "credentials": credentials, "total_count": count }))
}

fn row(call: &Call<'_>) -> Result<Credential, Fault> {
    records::row_by_name(call.tx, call.organisation()?, call.param("name"), PROVIDER)?
        .ok_or_else(|| Fault::not_found("Credential"))
}

/// `GET /api/v1/org/helm/credentials/{name}`.
pub(super) fn get(call: &Call<'_>) -> Result<Answer, Fault> {
    let row = row(call)?;
    let extras = records::extras(call.tx, row.id)?;
    let answer = Answer::json(&json!({
        "id": row.id,
        "name": row.name,
        "username": extras.get("username"),
        "provider": row.provider,
        "created_at": row.created_at,
        "updated_at": row.updated_at,
    }))?;
    Ok(answer.about(&row.name))
}

/// `PUT /api/v1/org/helm/credentials/{name}`.
pub(super) fn update(call: &Call<'_>) -> Result<Answer, Fault> {
    let mut row = row(call)?;
    let mut form = call.form()?;
    let (username, password) = (form.text("username"), form.text("password"));
    let (username, password) = form.finish(username.zip(password))?;
    check(&username, &password).map_err(|fault| fault.about(&row.name))?;
    let mut extras = records::extras(call.tx, row.id)?;
    extras.insert("username".to_owned(), Value::from(username.expose()));
    row.updated_at = call.now.to_string();
    records::put_row(call.tx, &row)?;
    records::put_extras(call.tx, row.id, &extras)?;
    records::put_secrets(call.tx, call.vault, row.id, &[("password", password)])?;
    Ok(Answer::success().about(&row.name))
}

/// `DELETE /api/v1/org/helm/credentials/{name}`.
pub(super) fn delete(call: &Call<'_>) -> Result<Answer, Fault> {
    let row = row(call)?;
    records::remove(call.tx, row.organisation_id, row.id, &row.name)?;
    Ok(Answer::raw(StatusCode::OK, json!({ "success": true }).to_string()).about(&row.name))
}

/// `GET /api/v1/org/helm/registries`.
pub(super) fn registries(call: &Call<'_>) -> Result<Answer, Fault> {
    let page = Page::of(call)?;
    let organisation = call.organisation()?.as_u128();
    let table = call.tx.open_table(REGISTRIES)?;
    let mut result = Vec::new();
    let mut count = 0;
    for entry in table.range((organisation, "")..)? {
        let (key, registry) = entry?;
        if key.value().0 != organisation {
            break;
        }
        if page.holds(count) {
            result.push(from_json::<Registry>(registry.value())?);
        }
        count += 1;
    }
    Answer::json(&json!({
        "result": result,
        "pagination": {
            "total_count": count,
            "total_pages": count.div_ceil(page.size),
            "page": page.number,
            "page_size": page.size,
        },
    }))
}

/// Which part of a list is wanted.
struct Page {
    number: u64,
    size: u64,
}

impl Page {
    fn of(call: &Call<'_>) -> Result<Self, Fault> {
        let mut complaints = Vec::new();
        let mut read = |name: &str, default, max| {
            let Some(text) = call.query(name) else { return default };
            let (msg, kind) = match text.parse::<i64>() {
                Err(_) => ("Input should be a valid integer".to_owned(), "int_parsing"),
                Ok(..=0) => ("Input should be greater than or equal to 1".to_owned(), "greater_than_equal"),
                Ok(n) => match u64::try_from(n) {
                    Ok(n) if n <= max => return n,
                    _ => (format!("Input should be less than or equal to {max}"), "less_than_equal"),
                },
            };
            complaints.push(Complaint::new(&["query", name], msg, kind));
            default
        };
        let page = Self { number: read("page", 1, u64::MAX >> 8), size: read("page_size", 25, 100) };
        if complaints.is_empty() { Ok(page) } else { Err(Fault::invalid(&complaints)) }
    }

    /// Whether the item at `index`, counted from 0, is on the page.
    fn holds(&self, index: u64) -> bool {
        index / self.size == self.number - 1
    }
}
