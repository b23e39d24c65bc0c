//! Organisations.

use redb::ReadableTable;
use serde_json::json;

use super::super::{
    answers::{Answer, Fault},
    call::Call,
    caller::membership,
    ids,
    model::{ORGANISATIONS, Organisation, USERS, User},
    records, seed,
};

pub(super) fn organisations(call: &Call<'_>) -> Result<Answer, Fault> {
    let user = &call.member()?.user;
    let mut organisations = Vec::new();
    for (id, role) in &user.memberships {
        let found = records::get(call.tx, ORGANISATIONS, id.as_u128())?;
        let Some(Organisation { name, slug, .. }) = found else { continue };
        organisations.push(json!({
            "organisation_id": id,
            "name": name,
            "slug": slug,
            "user_current": *id == user.current,
            "status": "active",
            "role": role,
        }));
    }
    Answer::json(&organisations)
}

/// `GET /api/v1/org/organisation/{id}`: with who belongs to it, and who was invited.
pub(super) fn organisation(call: &Call<'_>) -> Result<Answer, Fault> {
    let member = call.member()?;
    let (organisation, _) = membership(call.tx, &member.user, call.id("id")?)?;
    let mut users = Vec::new();
    for entry in call.tx.open_table(USERS)?.iter()? {
        let (name, user) = entry?;
        let user: User = serde_json::from_str(user.value())?;
        let of_it = user.memberships.iter().find(|(id, _)| *id == organisation.organisation_id);
        let Some((_, role)) = of_it else { continue };
        users.push(json!({
            "id": user.id,
            "invite_id": null,
            "email": format!("{}@{}", name.value(), seed::EMAIL_HOST),
            "status": "active",
            "role": role,
            "user_current": name.value() == member.token.user,
        }));
    }
    users.extend(organisation.invited.iter().map(|one| {
        json!({
            "id": null,
            "invite_id": one.invite_id,
            "email": one.email,
            "status": "pending",
            "role": one.role,
            "user_current": false,
        })
    }));
    Answer::json(&json!({
        "organisation_id": organisation.organisation_id,
        "name": organisation.name,
        "slug": organisation.slug,
        "users": users,
        "created_at": organisation.created_at,
    }))
}

/// `POST /api/v1/org/organisation/switch`: for the user, so for all of their tokens.
pub(super) fn switch(call: &Call<'_>) -> Result<Answer, Fault> {
    let mut form = call.form()?;
    let id = form.text("organisation_id");
    let id = form.finish(id)?;
    let id = ids::parse_uuid(id.expose(), &["body", "organisation_id"])?;
    let member = call.member()?;
    let (organisation, _) = membership(call.tx, &member.user, id)?;
    let mut user = member.user.clone();
    user.current = id;
    records::put(call.tx, USERS, member.token.user.as_str(), &user)?;
    Answer::json(&json!({ "success": true, "message": format!("Switched to {}", organisation.title()) }))
}
