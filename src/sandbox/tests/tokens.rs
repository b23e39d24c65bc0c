use jiff::SignedDuration;
use redb::ReadableTable;
use serde_json::{Value, json};

use super::{
    super::{ids, model::TOKENS},
    Here, Outcome, Reply, any_file_holds, here, items, reply, text, with,
};

const MINUTE: SignedDuration = SignedDuration::from_mins(1);
const TOKENS_PATH: &str = "/api/v1/org/account/tokens";

#[test]
fn tokens_are_listed_and_revoked() -> Outcome {
    here(async |here| {
        let list = here.admin("GET", "/api/v1/org/account/tokens").await?;
        let list = items(&list.json);
        assert_eq!(list.len(), 1);
        let admin = &list[0];
        assert_eq!((&admin["name"], &admin["revoked"]), (&json!("admin"), &json!(false)));
        assert_eq!((&admin["expires_at"], &admin["scopes"]), (&json!(""), &json!([])));
        assert!(admin["revoked_at"].is_null());
        let again = here.admin("GET", "/api/v1/org/account/tokens").await?.json;
        assert!(text(&again[0]["last_used_at"]).parse::<jiff::Timestamp>().is_ok());

        let revoke = |id: &Value| format!("/api/v1/org/account/tokens/{}/revoke", text(id));
        let denied = json!({ "detail": "permission_denied", "permission": "tokens.revoke" });
        here.viewer("POST", &revoke(&admin["id"])).await?.is(403, &denied);
        let nobody = json!("6f1dbe5c-3f0c-4a5e-9d3f-0a6f5b1c2d3e");
        here.viewer("POST", &revoke(&nobody)).await?.is(403, &denied);
        here.admin("POST", &revoke(&nobody)).await?.is(404, &json!({ "detail": "Token not found" }));
        here.admin("POST", &revoke(&json!("x"))).await?.complains(&[(&["path", "id"], "uuid_parsing")]);

        let own = here.viewer("GET", "/api/v1/org/account/tokens").await?.json;
        assert_eq!(here.viewer("POST", &revoke(&own[0]["id"])).await?.status, 200);
        let revoked = json!({ "detail": "Token has been revoked" });
        here.viewer("GET", "/api/v1/credentials").await?.is(401, &revoked);
        assert_eq!(here.admin("POST", &revoke(&own[0]["id"])).await?.status, 200, "twice is no error");
        let renewed = here.sandbox.tokens().await?;
        assert_ne!(renewed.viewer.expose(), here.tokens.viewer.expose());
        assert_eq!(renewed.admin.expose(), here.tokens.admin.expose());
        assert_eq!(here.sandbox.tokens().await?.viewer.expose(), renewed.viewer.expose());
        let request = here.request("GET", "/api/v1/org/account/tokens")?.bearer_auth(renewed.viewer.expose());
        let own = reply(request).await?.json;
        let revoked: Vec<_> = items(&own).iter().map(|token| &token["revoked"]).collect();
        assert_eq!(revoked, [&json!(true), &json!(false)]);
        here.viewer("GET", "/api/v1/credentials")
            .await?
            .is(401, &json!({ "detail": "Token has been revoked" }));

        here.sandbox.reset().await?;
        let fresh = here.sandbox.tokens().await?;
        assert_ne!(fresh.viewer.expose(), here.tokens.viewer.expose());
        here.admin("GET", "/api/v1/credentials").await?.is(401, &json!({ "detail": "Invalid token" }));
        let request = here.request("GET", "/api/v1/credentials")?.bearer_auth(fresh.viewer.expose());
        assert_eq!(reply(request).await?.status, 200, "the server goes on with the new state");
        Ok(())
    })
}

impl Here {
    /// What the page of a login answers to `code`.
    async fn login_page(&self, code: &str) -> Outcome<Reply> {
        let begin = format!("/api/v1/cli/login/init?code_challenge={}", "c".repeat(43));
        let login = reply(self.request("GET", &begin)?).await?.json;
        let body = format!("state={}&code={code}", text(&login["state"]));
        let request = self.request("POST", "/sandbox/login")?;
        reply(request.header("Content-Type", "application/x-www-form-urlencoded").body(body)).await
    }

    async fn with_token(&self, token: &str, method: &str, path: &str) -> Outcome<Reply> {
        reply(self.request(method, path)?.bearer_auth(token)).await
    }
}

#[test]
fn a_token_that_was_made_is_shown_once_and_does_what_its_owner_may() -> Outcome {
    here(async |here| {
        let end = ids::now() + MINUTE;
        let body = json!({ "name": " for CI ", "expires_at": end.to_string(), "scopes": [] });
        let made = here.send("POST", TOKENS_PATH, body).await?;
        assert_eq!((made.status, &made.json["type"]), (201, &json!("api")), "{}", made.text);
        assert_eq!(made.json["expires_at"], end.to_string());
        let token = text(&made.json["token"]);
        assert!(!any_file_holds(&here.folder(), token.as_bytes())?, "its text is kept nowhere");

        let list = here.with_token(token, "GET", TOKENS_PATH).await?;
        assert!(!list.text.contains(token));
        let shown = &list.json[1];
        assert_eq!((&shown["id"], &shown["name"]), (&made.json["id"], &json!("for CI")));
        assert_eq!((&shown["expires_at"], &shown["scopes"]), (&json!(end.to_string()), &json!([])));
        assert_eq!((&shown["revoked"], &shown["last_used_at"]), (&json!(false), &Value::Null));
        let again = here.with_token(token, "GET", TOKENS_PATH).await?.json;
        assert!(text(&again[1]["last_used_at"]).parse::<jiff::Timestamp>().is_ok());

        let endless =
            here.send("POST", TOKENS_PATH, json!({ "name": "endless", "expires_at": null })).await?;
        assert_eq!((endless.status, &endless.json["expires_at"]), (201, &json!("")));
        let body = json!({ "name": "viewer's" });
        let request = here.request("POST", TOKENS_PATH)?.bearer_auth(here.tokens.viewer.expose());
        let made = reply(with(request, &body)).await?;
        let token = text(&made.json["token"]).to_owned();
        assert_eq!(here.with_token(&token, "GET", "/api/v1/credentials").await?.names().len(), 6);
        let denied = json!({ "detail": "permission_denied", "permission": "sandbox.audit" });
        here.with_token(&token, "GET", "/sandbox/audit").await?.is(403, &denied);
        assert_eq!(here.viewer("GET", TOKENS_PATH).await?.names(), ["viewer", "viewer's"], "and no other's");
        Ok(())
    })
}

#[test]
fn a_token_with_scopes_opens_no_route_of_the_platform() -> Outcome {
    here(async |here| {
        let body = json!({ "name": "agent", "scopes": ["mcp:write", "mcp:read", "mcp:read"] });
        let made = here.send("POST", TOKENS_PATH, body).await?.json;
        assert_eq!(made["type"], "mcp");
        assert_eq!(here.admin("GET", TOKENS_PATH).await?.json[1]["scopes"], json!(["mcp:read", "mcp:write"]));
        let revoke = format!("{TOKENS_PATH}/{}/revoke", text(&made["id"]));
        let denied = json!({ "detail": "permission_denied", "permission": "rest.access" });
        for (method, path) in [
            ("GET", "/api/v1/credentials"),
            ("GET", "/api/v1/org/organisation"),
            ("GET", TOKENS_PATH),
            ("POST", TOKENS_PATH),
            ("POST", &revoke),
            ("GET", "/sandbox/audit"),
        ] {
            here.with_token(text(&made["token"]), method, path).await?.is(403, &denied);
        }
        let page = here.login_page(text(&made["token"])).await?;
        assert_eq!(page.status, 403, "nor does it approve a login: {}", page.text);
        // That it is no longer good is told before what it may do.
        assert_eq!(here.admin("POST", &revoke).await?.status, 200);
        let revoked = json!({ "detail": "Token has been revoked" });
        here.with_token(text(&made["token"]), "GET", TOKENS_PATH).await?.is(401, &revoked);
        Ok(())
    })
}

#[test]
fn a_token_that_nobody_should_make_is_refused() -> Outcome {
    here(async |here| {
        here.send("POST", TOKENS_PATH, json!({})).await?.complains(&[(&["body", "name"], "missing")]);
        let past = (ids::now() - MINUTE).to_string();
        for (body, field, kind) in [
            (json!({ "name": " " }), "name", "value_error"),
            (json!({ "name": "a\u{1b}[2J" }), "name", "value_error"),
            (json!({ "name": "n".repeat(101) }), "name", "string_too_long"),
            (json!({ "name": "a", "expires_at": "" }), "expires_at", "datetime_parsing"),
            (json!({ "name": "a", "expires_at": "tomorrow" }), "expires_at", "datetime_parsing"),
            (json!({ "name": "a", "expires_at": "2999-01-01T00:00:00" }), "expires_at", "datetime_parsing"),
            (json!({ "name": "a", "expires_at": 7 }), "expires_at", "string_type"),
            (json!({ "name": "a", "expires_at": past }), "expires_at", "value_error"),
            (json!({ "name": "a", "scopes": "mcp:read" }), "scopes", "list_type"),
            (json!({ "name": "a", "scopes": [7] }), "scopes", "string_type"),
            (json!({ "name": "a", "scopes": ["mcp:read", "admin"] }), "scopes", "literal_error"),
        ] {
            here.send("POST", TOKENS_PATH, body).await?.complains(&[(&["body", field], kind)]);
        }
        let all = json!({ "name": 7, "expires_at": "x", "scopes": ["y"] });
        here.send("POST", TOKENS_PATH, all).await?.complains(&[
            (&["body", "name"], "string_type"),
            (&["body", "expires_at"], "datetime_parsing"),
            (&["body", "scopes"], "literal_error"),
        ]);
        assert_eq!(here.admin("GET", TOKENS_PATH).await?.names(), ["admin"]);
        Ok(())
    })
}

#[test]
fn a_token_is_deleted_once_it_is_revoked() -> Outcome {
    here(async |here| {
        let made = here.send("POST", TOKENS_PATH, json!({ "name": "old" })).await?.json;
        let path = format!("{TOKENS_PATH}/{}", text(&made["id"]));
        let active = json!({ "detail": "Token is active: revoke it first" });
        here.admin("DELETE", &path).await?.is(409, &active);
        here.viewer("DELETE", &path)
            .await?
            .is(403, &json!({ "detail": "permission_denied", "permission": "tokens.delete" }));
        assert_eq!(here.admin("POST", &format!("{path}/revoke")).await?.status, 200);
        assert_eq!(here.admin("DELETE", &path).await?.status, 200);
        let unknown = json!({ "detail": "Token not found" });
        here.admin("DELETE", &path).await?.is(404, &unknown);
        here.admin("POST", &format!("{path}/revoke")).await?.is(404, &unknown);
        here.admin("DELETE", &format!("{TOKENS_PATH}/x"))
            .await?
            .complains(&[(&["path", "id"], "uuid_parsing")]);
        assert_eq!(here.admin("GET", TOKENS_PATH).await?.names(), ["admin"]);
        let gone = json!({ "detail": "Invalid token" });
        here.with_token(text(&made["token"]), "GET", TOKENS_PATH).await?.is(401, &gone);

        // A ready-made one is made anew.
        let viewers = here.viewer("GET", TOKENS_PATH).await?.json;
        let path = format!("{TOKENS_PATH}/{}", text(&viewers[0]["id"]));
        assert_eq!(here.viewer("POST", &format!("{path}/revoke")).await?.status, 200);
        assert_eq!(here.admin("DELETE", &path).await?.status, 200);
        let renewed = here.sandbox.tokens().await?;
        assert_ne!(renewed.viewer.expose(), here.tokens.viewer.expose());
        let list = here.with_token(renewed.viewer.expose(), "GET", TOKENS_PATH).await?.json;
        assert_eq!(items(&list).len(), 1);
        Ok(())
    })
}

async fn change_all(
    here: &Here,
    table: redb::TableDefinition<'_, &[u8; 32], &str>,
    change: impl Fn(&mut Value),
) -> Outcome {
    let opened = here.sandbox.open().await?;
    let tx = opened.begin()?;
    {
        let mut table = tx.open_table(table)?;
        let mut all = Vec::new();
        for entry in table.iter()? {
            let (hash, record) = entry?;
            all.push((*hash.value(), serde_json::from_str::<Value>(record.value())?));
        }
        for (hash, mut record) in all {
            change(&mut record);
            table.insert(&hash, record.to_string().as_str())?;
        }
    }
    Ok(tx.commit()?)
}

#[test]
fn an_expired_token_is_refused() -> Outcome {
    here(async |here| {
        let now = ids::now();
        for (end, status) in [(now + MINUTE, 200), (now - MINUTE, 401)] {
            change_all(here, TOKENS, |token| token["expires_at"] = json!(end.to_string())).await?;
            assert_eq!(here.admin("GET", "/api/v1/credentials").await?.status, status);
        }
        let expired = json!({ "detail": "Token has expired" });
        here.admin("GET", "/api/v1/credentials").await?.is(401, &expired);
        change_all(here, TOKENS, |token| token["expires_at"] = json!("soon")).await?;
        here.admin("GET", "/api/v1/credentials").await?.is(401, &expired);
        Ok(())
    })
}
