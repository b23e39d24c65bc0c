use jiff::SignedDuration;
use redb::ReadableTable;
use serde_json::{Value, json};

use super::{
    super::{ids, model::TOKENS, routes::login::issue},
    Here, Outcome, Reply, here, items, reply, text, with,
};

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

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
fn tokens_are_listed_and_revoked() -> Outcome {
    here(async |here| {
        let list = here.admin("GET", "/api/v1/org/account/tokens").await?;
        let list = items(&list.json);
        assert_eq!(list.len(), 1);
        let admin = &list[0];
        assert_eq!((&admin["name"], &admin["revoked"]), (&json!("admin"), &json!(false)));
        assert!(admin["expires_at"].is_null() && admin["revoked_at"].is_null());
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

const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
/// The pair of RFC 7636, appendix B.
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

async fn begin(here: &Here) -> Outcome<Reply> {
    let query = format!("code_challenge={CHALLENGE}&machine_id=1&machine_name=my%1bbox&base_url=x");
    reply(here.request("GET", &format!("/api/v1/cli/login/init?{query}"))?).await
}

/// Sends what the page of a login sends.
async fn approve(here: &Here, state: &str, code: &str) -> Outcome<Reply> {
    let fields = [("state", state), ("code", code)];
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let request = here.request("POST", "/sandbox/login")?;
    reply(request.header("Content-Type", "application/x-www-form-urlencoded").body(body)).await
}

async fn poll(here: &Here, ticket: &Value, verifier: &str) -> Outcome<Reply> {
    let body = json!({ "ticket": ticket, "code_verifier": verifier });
    reply(with(here.request("POST", "/api/v1/cli/login/poll")?, &body)).await
}

#[test]
fn a_browser_login_gives_the_token_to_whoever_holds_the_verifier() -> Outcome {
    here(async |here| {
        let init = begin(here).await?;
        assert_eq!(init.status, 200);
        let ticket = &init.json["ticket"];
        let waiting = poll(here, ticket, VERIFIER).await?;
        assert_eq!((waiting.status, &waiting.json["token"]), (200, &json!("")));
        assert_eq!(waiting.json["status"], "awaiting_approval");

        let page = text(&init.json["auth_url"]);
        assert!(page.starts_with(&format!("{}/sandbox/login?state=", here.base)), "{page}");
        let state = text(&init.json["state"]);
        assert!(page.ends_with(state));
        let opened = reply(here.http.get(page)).await?;
        assert!(opened.status == 200 && opened.text.contains("name=\"code\""), "{}", opened.text);
        assert_eq!(reply(here.request("GET", "/sandbox/login?state=x")?).await?.status, 404);
        // To open the page approves nothing, and neither does a wrong code or another's token.
        for code in ["", "0000-0000-0000", here.tokens.viewer.expose(), text(ticket)] {
            let refused = approve(here, state, code).await?;
            assert!(refused.status == 403 && refused.text.contains("name=\"code\""), "{}", refused.text);
            assert_eq!(poll(here, ticket, VERIFIER).await?.json["status"], "awaiting_approval");
        }
        let approved = approve(here, state, here.code.expose()).await?;
        assert!(approved.status == 200 && approved.text.contains("signed in"), "{}", approved.text);

        let refused = json!({ "detail": "Code verifier was refused" });
        poll(here, ticket, CHALLENGE).await?.is(403, &refused);
        let done = poll(here, ticket, VERIFIER).await?;
        assert_eq!((done.status, &done.json["mfa_required"]), (200, &json!(false)));
        assert_eq!(done.json["token_name"], "mybox");
        assert!(text(&done.json["expires_at"]).parse::<jiff::Timestamp>()? > jiff::Timestamp::now());
        let gone = json!({ "detail": "Login has expired or was collected" });
        poll(here, ticket, VERIFIER).await?.is(410, &gone);

        let token = text(&done.json["token"]);
        let request = here.request("GET", "/api/v1/org/account/tokens")?.bearer_auth(token);
        let tokens = reply(request).await?.json;
        assert_eq!(items(&tokens).len(), 2);
        assert_eq!(tokens[1]["id"], done.json["token_id"]);
        assert!(!super::any_file_holds(&here.folder(), token.as_bytes())?);
        Ok(())
    })
}

#[test]
fn logins_that_are_late_or_malformed() -> Outcome {
    here(async |here| {
        let init = "/api/v1/cli/login/init";
        let place: &[&str] = &["query", "code_challenge"];
        reply(here.request("GET", init)?).await?.complains(&[(place, "missing")]);
        let short = format!("{init}?code_challenge=abc");
        reply(here.request("GET", &short)?).await?.complains(&[(place, "value_error")]);
        let missing: &[(&[&str], &str)] =
            &[(&["body", "ticket"], "missing"), (&["body", "code_verifier"], "missing")];
        reply(with(here.request("POST", "/api/v1/cli/login/poll")?, &json!({}))).await?.complains(missing);

        let login = begin(here).await?.json;
        let (ticket, state) = {
            let opened = here.sandbox.open().await?;
            issue(&opened.vault, CHALLENGE.to_owned(), "late".to_owned(), ids::now() - MINUTE)
                .map_err(|_| "no ticket")?
        };
        assert_eq!(poll(here, &json!(ticket.expose()), VERIFIER).await?.status, 410);
        assert_eq!(reply(here.request("GET", &format!("/sandbox/login?state={state}"))?).await?.status, 410);
        assert_eq!(approve(here, &state, here.code.expose()).await?.status, 410);
        // A state is no ticket, and neither is what nobody issued.
        for unknown in [text(&login["state"]), "unknown", ""] {
            assert_eq!(poll(here, &json!(unknown), VERIFIER).await?.status, 410, "{unknown}");
        }
        assert_eq!(approve(here, text(&login["ticket"]), here.code.expose()).await?.status, 404);
        Ok(())
    })
}

#[test]
fn a_login_that_waits_is_pushed_out_by_no_number_of_others() -> Outcome {
    here(async |here| {
        let login = begin(here).await?.json;
        let page = format!("/api/v1/cli/login/init?code_challenge={CHALLENGE}&machine_name=evil");
        for _ in 0..1_100 {
            assert_eq!(reply(here.request("GET", &page)?).await?.status, 200);
        }
        assert_eq!(approve(here, text(&login["state"]), here.code.expose()).await?.status, 200);
        assert_eq!(poll(here, &login["ticket"], VERIFIER).await?.json["status"], "approved");
        Ok(())
    })
}

#[test]
fn guesses_at_the_code_are_bounded_and_the_token_opens_the_page_still() -> Outcome {
    here(async |here| {
        let login = begin(here).await?.json;
        let state = text(&login["state"]);
        for _ in 0..30 {
            assert_eq!(approve(here, state, "0000-0000-0000").await?.status, 403);
        }
        assert_eq!(approve(here, state, here.code.expose()).await?.status, 429);
        assert_eq!(poll(here, &login["ticket"], VERIFIER).await?.json["status"], "awaiting_approval");
        assert_eq!(approve(here, state, here.tokens.admin.expose()).await?.status, 200);
        assert_eq!(poll(here, &login["ticket"], VERIFIER).await?.json["status"], "approved");
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
