use jiff::SignedDuration;
use serde_json::{Value, json};

use super::{
    super::{ids, routes::login::issue},
    Here, Outcome, Reply, here, items, reply, text, with,
};

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

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
