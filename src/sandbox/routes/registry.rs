//! Registry credentials, and the chart registries that use them.

use axum::http::StatusCode;
use redb::ReadableTable;
use serde_json::json;

use super::{
    super::{
        answers::{Answer, Fault, complaint},
        call::Call,
        clouds::REGISTRY,
        model::{Credential, REGISTRIES, Registry},
        records,
    },
    cloud::{self, Entered},
};

/// `POST /api/v1/credentials`: registry credentials only, as yet.
pub(super) fn create_of_any_kind(call: &Call<'_>) -> Result<Answer, Fault> {
    let mut form = call.form()?;
    if let Some(provider) = form.text("provider")
        && provider.expose() != REGISTRY.name
    {
        form.complain("provider", "Input should be 'registry'", "literal_error");
    }
    cloud::create_of(&REGISTRY, call, form)
}

pub(super) fn create(call: &Call<'_>) -> Result<Answer, Fault> {
    cloud::create_of(&REGISTRY, call, call.form()?)
}

pub(super) fn list(call: &Call<'_>) -> Result<Answer, Fault> {
    let mut page = Page::of(call)?;
    let mut credentials = Vec::new();
    records::for_each(call.tx, call.organisation()?, Some(REGISTRY.name), |_, row| {
        if page.takes_next() {
            let row: Credential = serde_json::from_str(row)?;
            credentials.push(json!({ "id": row.id, "name": row.name, "created_at": row.created_at }));
        }
        Ok(())
    })?;
    Answer::json(&json!({ "credentials": credentials, "total_count": page.passed }))
}

fn row(call: &Call<'_>) -> Result<Credential, Fault> {
    records::row_by_name(call.tx, call.organisation()?, call.param("name"), REGISTRY.name)?
        .ok_or_else(|| Fault::not_found("Credential"))
}

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

pub(super) fn update(call: &Call<'_>) -> Result<Answer, Fault> {
    let mut row = row(call)?;
    let mut form = call.form()?;
    let entered = Entered::of(&REGISTRY, &mut form);
    form.finish(Some(()))?;
    entered.ensure_good(&row.name)?;
    row.updated_at = call.now.to_string();
    records::put_credential(call.tx, call.vault, &row, &entered.extras, &entered.secrets)?;
    Ok(Answer::success().about(&row.name))
}

pub(super) fn delete(call: &Call<'_>) -> Result<Answer, Fault> {
    let row = row(call)?;
    records::remove(call.tx, row.organisation_id, row.id, &row.name)?;
    Ok(Answer::raw(StatusCode::OK, json!({ "success": true }).to_string()).about(&row.name))
}

pub(super) fn registries(call: &Call<'_>) -> Result<Answer, Fault> {
    let mut page = Page::of(call)?;
    let organisation = call.organisation()?.as_u128();
    let table = call.tx.open_table(REGISTRIES)?;
    let mut result = Vec::new();
    for entry in table.range((organisation, "")..)? {
        let (key, registry) = entry?;
        if key.value().0 != organisation {
            break;
        }
        if page.takes_next() {
            result.push(serde_json::from_str::<Registry>(registry.value())?);
        }
    }
    Answer::json(&json!({
        "result": result,
        "pagination": {
            "total_count": page.passed,
            "total_pages": page.passed.div_ceil(page.size),
            "page": page.number,
            "page_size": page.size,
        },
    }))
}

/// Which part of a list is wanted.
struct Page {
    number: u64,
    size: u64,
    /// How many items of the list have passed.
    passed: u64,
}

impl Page {
    fn of(call: &Call<'_>) -> Result<Self, Fault> {
        let mut complaints = Vec::new();
        let mut read = |name: &str, default, max| {
            let Some(text) = call.query(name) else { return default };
            let (msg, kind) = match text.parse::<i64>() {
                Err(_) => ("Input should be a valid integer".to_owned(), "int_parsing"),
                Ok(..=0) => ("Input should be greater than or equal to 1".to_owned(), "greater_than_equal"),
                Ok(n) if n > max => {
                    (format!("Input should be less than or equal to {max}"), "less_than_equal")
                }
                Ok(n) => return n.cast_unsigned(),
            };
            complaints.push(complaint(&["query", name], &msg, kind));
            default
        };
        let (number, size) = (read("page", 1, i64::MAX >> 8), read("page_size", 25, 100));
        if complaints.is_empty() {
            Ok(Self { number, size, passed: 0 })
        } else {
            Err(Fault::malformed(&complaints))
        }
    }

    /// Whether the next item of the list is on the page.
    fn takes_next(&mut self) -> bool {
        self.passed += 1;
        self.passed.div_ceil(self.size) == self.number
    }
}
