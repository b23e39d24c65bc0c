use jiff::SignedDuration;
use redb::ReadableTable;
use serde_json::{Value, json};

use super::{
    super::{
        ids,
        model::{Decided, LOGINS},
        routes::login::issue,
    },
    Here, Outcome, Reply, here, items, reply, text, with, with_second_code,
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
    decide(here, &[("state", state), ("code", code), ("decision", "approve")]).await
}

async fn deny(here: &Here, state: &str, code: &str) -> Outcome<Reply> {
    decide(here, &[("state", state), ("code", code), ("decision", "deny")]).await
}

async fn decide(here: &Here, fields: &[(&str, &str)]) -> Outcome<Reply> {
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
            issue(&opened.vault, CHALLENGE.to_owned(), Some("late".to_owned()), ids::now() - MINUTE)
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

/// The value of the hidden field `name` of a page.
fn hidden<'a>(page: &'a str, name: &str) -> Option<&'a str> {
    page.split_once(&format!("name=\"{name}\" value=\""))?.1.split('"').next()
}

fn title(page: &Reply) -> &str {
    page.text.split_once("<h1>").and_then(|(_, rest)| rest.split('<').next()).unwrap_or_default()
}

#[test]
fn a_login_is_denied_by_whoever_has_the_code_and_stays_so() -> Outcome {
    here(async |here| {
        let login = begin(here).await?.json;
        let (state, ticket) = (text(&login["state"]), &login["ticket"]);
        for code in ["", "0000-0000-0000", here.tokens.viewer.expose()] {
            let refused = deny(here, state, code).await?;
            assert_eq!((refused.status, title(&refused)), (403, "Wrong code"));
            assert_eq!(poll(here, ticket, VERIFIER).await?.json["status"], "awaiting_approval");
        }
        let page = deny(here, state, here.code.expose()).await?;
        assert_eq!((page.status, title(&page)), (200, "Denied"), "{}", page.text);
        let denied = json!({ "detail": "Login was denied" });
        for _ in 0..2 {
            poll(here, ticket, VERIFIER).await?.is(403, &denied);
        }
        // What was decided first counts, and is told without a code.
        for page in [
            approve(here, state, here.code.expose()).await?,
            reply(here.request("GET", &format!("/sandbox/login?state={state}"))?).await?,
        ] {
            assert_eq!((page.status, title(&page)), (200, "Denied"));
        }
        poll(here, ticket, VERIFIER).await?.is(403, &denied);
        // Whoever does not hold the verifier is told nothing of it.
        let refused = json!({ "detail": "Code verifier was refused" });
        poll(here, ticket, CHALLENGE).await?.is(403, &refused);

        let login = begin(here).await?.json;
        let (state, ticket) = (text(&login["state"]), &login["ticket"]);
        assert_eq!(approve(here, state, here.code.expose()).await?.status, 200);
        assert_eq!(title(&deny(here, state, here.code.expose()).await?), "Signed in");
        assert_eq!(poll(here, ticket, VERIFIER).await?.json["status"], "approved");
        assert_eq!(items(&here.admin("GET", "/api/v1/org/account/tokens").await?.json).len(), 2);
        Ok(())
    })
}

#[test]
fn a_second_code_is_asked_for_after_the_first_one() -> Outcome {
    with_second_code(async |here, second| {
        let login = begin(here).await?.json;
        let (state, ticket) = (text(&login["state"]), &login["ticket"]);
        // The second one is not the first one.
        assert_eq!(title(&approve(here, state, second).await?), "Wrong code");
        assert_eq!(poll(here, ticket, VERIFIER).await?.json["mfa_required"], false);
        let page = approve(here, state, here.code.expose()).await?;
        assert_eq!((page.status, title(&page)), (200, "Second code"), "{}", page.text);
        let passed = hidden(&page.text, "passed").ok_or("the page forgets the first code")?;
        let waiting = poll(here, ticket, VERIFIER).await?;
        assert_eq!((waiting.status, &waiting.json["token"]), (200, &json!("")));
        assert_eq!(
            (&waiting.json["mfa_required"], &waiting.json["status"]),
            (&json!(true), &json!("mfa_pending"))
        );

        let send = async |state: &str, passed: &str, code: &str, decision: &str| {
            decide(here, &[("state", state), ("passed", passed), ("code", code), ("decision", decision)])
                .await
        };
        // Neither the first code again, nor the second one alone, nor with what was passed for another login.
        let other = begin(here).await?.json;
        let of_other = approve(here, text(&other["state"]), here.code.expose()).await?;
        let of_other = hidden(&of_other.text, "passed").ok_or("no field")?;
        for (passed, code, status, heading) in [
            (passed, here.code.expose(), 403, "Wrong second code"),
            (passed, "", 403, "Wrong second code"),
            ("", second, 403, "Wrong code"),
            (state, second, 403, "Wrong code"),
            (of_other, second, 403, "Wrong code"),
        ] {
            let page = send(state, passed, code, "approve").await?;
            assert_eq!((page.status, title(&page)), (status, heading), "{}", page.text);
            assert_eq!(poll(here, ticket, VERIFIER).await?.json["status"], "mfa_pending");
        }
        let page = send(state, passed, second, "approve").await?;
        assert_eq!((page.status, title(&page)), (200, "Signed in"), "{}", page.text);
        let done = poll(here, ticket, VERIFIER).await?.json;
        assert_eq!((&done["mfa_required"], &done["status"]), (&json!(false), &json!("approved")));
        assert!(text(&done["token"]).starts_with("ankra-sandbox-login-"));

        // After the first code, denying takes no other.
        let page = send(text(&other["state"]), of_other, "", "deny").await?;
        assert_eq!(title(&page), "Denied");
        poll(here, &other["ticket"], VERIFIER).await?.is(403, &json!({ "detail": "Login was denied" }));

        let third = begin(here).await?.json;
        let state = text(&third["state"]);
        let page = approve(here, state, here.tokens.admin.expose()).await?;
        assert_eq!(title(&page), "Second code", "the token takes the place of the first code alone");
        let passed = hidden(&page.text, "passed").ok_or("no field")?;
        for _ in 0..28 {
            assert_eq!(send(state, passed, "0000-0000-0000", "approve").await?.status, 403);
        }
        assert_eq!(send(state, passed, second, "approve").await?.status, 429);
        Ok(())
    })
}

#[test]
fn the_page_names_the_machine_and_what_is_wrong() -> Outcome {
    here(async |here| {
        let name = "%3Cb%3E%22B%C3%BCro%22%26%27%E2%80%AE%1b%0a";
        let path = format!("/api/v1/cli/login/init?code_challenge={CHALLENGE}&machine_name={name}");
        let login = reply(here.request("GET", &path)?).await?.json;
        let state = text(&login["state"]);
        let open =
            async |state: &str| reply(here.request("GET", &format!("/sandbox/login?state={state}"))?).await;
        let page = open(state).await?;
        let shown = "<bdi>&lt;b&gt;&quot;Büro&quot;&amp;&#39;</bdi>";
        assert!(page.text.contains(shown) && !page.text.contains("<b>"), "{}", page.text);
        assert!(page.text.contains("only if you started it yourself"));
        // Each field has its label and its help, and Enter signs in.
        let field = page.text.split_once("<input id=\"code\"").and_then(|(_, rest)| rest.split('>').next());
        let field = field.ok_or("no field")?;
        assert!(page.text.contains("<label for=\"code\">Code</label>"), "{}", page.text);
        assert!(field.contains("aria-describedby=\"help\"") && field.contains("autofocus"), "{field}");
        let buttons: Vec<_> = page.text.match_indices("<button").map(|(at, _)| &page.text[at..]).collect();
        assert!(
            buttons.len() == 2 && buttons[0].contains("value=\"approve\">Sign in</button>"),
            "{}",
            page.text
        );
        assert!(!page.text.contains("role=\"alert\""));

        let wrong = approve(here, state, "wrong").await?;
        assert!(
            wrong.text.contains("<p id=\"wrong\" role=\"alert\">This is not the code."),
            "{}",
            wrong.text
        );
        assert!(
            wrong.text.contains("aria-describedby=\"wrong help\" aria-invalid=\"true\""),
            "{}",
            wrong.text
        );
        assert!(wrong.text.contains(shown) && wrong.text.contains("<title>Wrong code"), "{}", wrong.text);
        assert_eq!(hidden(&wrong.text, "state"), Some(state));

        let nameless = format!("/api/v1/cli/login/init?code_challenge={CHALLENGE}&machine_name=%20%1b");
        let login = reply(here.request("GET", &nameless)?).await?.json;
        let page = open(text(&login["state"])).await?;
        assert!(page.text.contains("does not name its machine"), "{}", page.text);
        let response = here.request("GET", &format!("/sandbox/login?state={state}"))?.send().await?;
        let policy = response.headers()["content-security-policy"].to_str()?;
        for words in ["default-src 'none'", "form-action 'self'", "frame-ancestors 'none'"] {
            assert!(policy.contains(words), "{policy}");
        }
        assert_eq!(response.headers()["referrer-policy"], "no-referrer");
        Ok(())
    })
}

#[test]
fn logins_are_forgotten_when_their_time_is_over() -> Outcome {
    here(async |here| {
        let kept = async || -> Outcome<Vec<String>> {
            let opened = here.sandbox.open().await?;
            let tx = opened.begin()?;
            let table = tx.open_table(LOGINS)?;
            let keys = table.iter()?.map(|entry| Ok(entry?.0.value().to_owned()));
            keys.collect()
        };
        for name in ["a", "b"] {
            let login = begin(here).await?.json;
            assert!(kept().await?.is_empty() || name == "b", "one that waits is kept nowhere");
            assert_eq!(approve(here, text(&login["state"]), here.code.expose()).await?.status, 200);
        }
        let old = kept().await?;
        assert_eq!(old.len(), 2);
        {
            let opened = here.sandbox.open().await?;
            let tx = opened.begin()?;
            {
                let mut table = tx.open_table(LOGINS)?;
                for key in &old {
                    let record = table.get(key.as_str())?.ok_or("gone")?.value().to_owned();
                    let mut decided: Decided = serde_json::from_str(&record)?;
                    decided.expires = 0;
                    table.insert(key.as_str(), serde_json::to_string(&decided)?.as_str())?;
                }
            }
            tx.commit()?;
        }
        let login = begin(here).await?.json;
        assert_eq!(deny(here, text(&login["state"]), here.code.expose()).await?.status, 200);
        let now = kept().await?;
        assert!(now.len() == 1 && !old.contains(&now[0]), "{now:?}");
        Ok(())
    })
}
