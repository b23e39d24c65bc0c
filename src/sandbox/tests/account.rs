use serde_json::{Value, json};

use super::{Here, Outcome, here, items, reply, text, with};

#[test]
fn organisations_and_the_current_one() -> Outcome {
    here(async |here| {
        let list = here.admin("GET", "/api/v1/org/organisation").await?.json;
        let shown: Vec<_> = items(&list)
            .iter()
            .map(|o| (text(&o["name"]), o["user_current"] == true, text(&o["role"])))
            .collect();
        assert_eq!(shown, [("sandbox", true, "owner"), ("demo", false, "owner")]);
        assert!(items(&list).iter().all(|o| o["status"] == "active" && o["slug"] == o["name"]));
        let viewers = here.viewer("GET", "/api/v1/org/organisation").await?.json;
        assert_eq!(items(&viewers).len(), 1);
        assert_eq!((&viewers[0]["name"], &viewers[0]["role"]), (&json!("demo"), &json!("viewer")));

        let switch = "/api/v1/org/organisation/switch";
        let demo = here.organisation("demo").await?;
        let done = here.send("POST", switch, json!({ "organisation_id": demo })).await?;
        done.is(200, &json!({ "success": true, "message": "Switched to demo" }));
        assert_eq!(here.admin("GET", "/api/v1/credentials").await?.names().len(), 6);
        let list = here.admin("GET", "/api/v1/org/organisation").await?.json;
        assert_eq!((&list[0]["user_current"], &list[1]["user_current"]), (&json!(false), &json!(true)));

        let unknown = json!({ "organisation_id": "6f1dbe5c-3f0c-4a5e-9d3f-0a6f5b1c2d3e" });
        here.send("POST", switch, unknown).await?.is(404, &json!({ "detail": "Organisation not found" }));
        here.send("POST", switch, json!({ "organisation_id": "demo" }))
            .await?
            .complains(&[(&["body", "organisation_id"], "uuid_parsing")]);
        let sandbox = json!({ "organisation_id": here.organisation("sandbox").await? });
        let foreign = with(here.request("POST", switch)?.bearer_auth(here.tokens.viewer.expose()), &sandbox);
        assert_eq!(reply(foreign).await?.status, 403);
        Ok(())
    })
}

#[test]
fn an_organisation_shows_who_belongs_to_it_and_who_was_invited() -> Outcome {
    here(async |here| {
        let show = async |name: &str| -> Outcome<String> {
            Ok(format!("/api/v1/org/organisation/{}", here.organisation(name).await?))
        };
        let (sandbox, demo) = (show("sandbox").await?, show("demo").await?);
        let shown = here.admin("GET", &demo).await?;
        assert_eq!(shown.status, 200, "{}", shown.text);
        let organisation = &shown.json;
        assert!(demo.ends_with(text(&organisation["organisation_id"])));
        assert_eq!((&organisation["name"], &organisation["slug"]), (&json!("demo"), &json!("demo")));
        assert!(text(&organisation["created_at"]).parse::<jiff::Timestamp>().is_ok());
        let users = items(&organisation["users"]);
        let texts: Vec<_> = users
            .iter()
            .map(|one| (text(&one["email"]), text(&one["status"]), text(&one["role"]), &one["user_current"]))
            .collect();
        let (yes, no) = (&json!(true), &json!(false));
        assert_eq!(
            texts,
            [
                ("admin@sandbox.example", "active", "owner", yes),
                ("viewer@sandbox.example", "active", "viewer", no),
                ("invited@sandbox.example", "pending", "viewer", no),
            ]
        );
        let has = |key: &str| users.iter().map(|one| !one[key].is_null()).collect::<Vec<_>>();
        assert_eq!((has("id"), has("invite_id")), (vec![true, true, false], vec![false, false, true]));
        assert_eq!(here.viewer("GET", &demo).await?.json["users"][1]["user_current"], true);
        assert_eq!(items(&here.admin("GET", &sandbox).await?.json["users"]).len(), 1);

        let foreign = json!({ "detail": "You are not a member of this organisation" });
        here.viewer("GET", &sandbox).await?.is(403, &foreign);
        let unknown = "/api/v1/org/organisation/6f1dbe5c-3f0c-4a5e-9d3f-0a6f5b1c2d3e";
        here.admin("GET", unknown).await?.is(404, &json!({ "detail": "Organisation not found" }));
        here.admin("GET", "/api/v1/org/organisation/demo")
            .await?
            .complains(&[(&["path", "id"], "uuid_parsing")]);
        Ok(())
    })
}

/// The id of a new organisation.
async fn make(here: &Here, body: Value) -> Outcome<String> {
    let made = here.send("POST", "/sandbox/organisations", body).await?;
    assert_eq!((made.status, &made.json["success"]), (200, &json!(true)), "{}", made.text);
    Ok(text(&made.json["id"]).to_owned())
}

#[test]
fn organisations_may_lack_names_and_share_them() -> Outcome {
    here(async |here| {
        let nameless = make(here, json!({})).await?;
        let twin = make(here, json!({ "name": "demo", "slug": null })).await?;
        let slugged = make(here, json!({ "name": " ", "slug": "only-a-slug" })).await?;
        let list = here.admin("GET", "/api/v1/org/organisation").await?.json;
        let shown: Vec<_> =
            items(&list)[2..].iter().map(|o| (text(&o["organisation_id"]), &o["name"], &o["slug"])).collect();
        let null = &Value::Null;
        assert_eq!(
            shown,
            [
                (nameless.as_str(), null, null),
                (&twin, &json!("demo"), null),
                (&slugged, &json!(" "), &json!("only-a-slug")),
            ]
        );
        assert!(items(&list)[2..].iter().all(|o| o["role"] == "owner" && o["user_current"] == false));
        let switch = "/api/v1/org/organisation/switch";
        for (id, title) in [(&nameless, nameless.as_str()), (&slugged, "only-a-slug")] {
            let done = here.send("POST", switch, json!({ "organisation_id": id })).await?;
            done.is(200, &json!({ "success": true, "message": format!("Switched to {title}") }));
            let current = here.sandbox.tokens().await?.organisation;
            assert_eq!((&current.id, current.name.as_str()), (id, title));
        }
        here.admin("GET", "/api/v1/credentials").await?.is(200, &json!([]));
        let shown = here.admin("GET", &format!("/api/v1/org/organisation/{nameless}")).await?.json;
        assert_eq!((&shown["name"], &shown["slug"], items(&shown["users"]).len()), (null, null, 1));

        let long = json!({ "name": "n".repeat(201), "slug": 7 });
        here.send("POST", "/sandbox/organisations", long)
            .await?
            .complains(&[(&["body", "name"], "string_too_long"), (&["body", "slug"], "string_type")]);
        let denied = json!({ "detail": "permission_denied", "permission": "sandbox.create" });
        here.viewer("POST", "/sandbox/organisations").await?.is(403, &denied);
        Ok(())
    })
}

#[test]
fn a_state_of_before_organisations_had_slugs_is_read() -> Outcome {
    here(async |here| {
        {
            let opened = here.sandbox.open().await?;
            let tx = opened.begin()?;
            {
                let mut table = tx.open_table(super::super::model::ORGANISATIONS)?;
                let id: uuid::Uuid = here.tokens.organisation.id.parse()?;
                let record = json!({ "organisation_id": id, "name": "sandbox" });
                table.insert(id.as_u128(), record.to_string().as_str())?;
                let mut table = tx.open_table(super::super::model::USERS)?;
                let record = json!({ "current": id, "memberships": [[id, "owner"]] });
                table.insert("admin", record.to_string().as_str())?;
            }
            tx.commit()?;
        }
        assert_eq!(here.sandbox.tokens().await?.organisation, here.tokens.organisation);
        let path = format!("/api/v1/org/organisation/{}", here.tokens.organisation.id);
        let shown = here.admin("GET", &path).await?.json;
        assert_eq!((&shown["name"], &shown["slug"]), (&json!("sandbox"), &Value::Null));
        assert_eq!(shown["users"][0]["id"], Value::Null);
        Ok(())
    })
}
