use serde_json::{Value, json};

use super::{HETZNER, Outcome, here, reply, text, with};

#[test]
fn unknown_routes_and_methods() -> Outcome {
    here(async |here| {
        let nothing = json!({ "detail": "Not Found" });
        for path in ["/", "/api", "/api/v1/credentials/aws", "/api/v1/credentials/", "/api/v2/credentials"] {
            here.admin("GET", path).await?.is(404, &nothing);
        }
        let method = json!({ "detail": "Method Not Allowed" });
        here.admin("DELETE", "/api/v1/credentials").await?.is(405, &method);
        here.admin("PATCH", "/api/v1/credentials/hetzner").await?.is(405, &method);
        here.admin("PUT", "/api/v1/org/credentials/validate").await?.is(405, &method);
        Ok(())
    })
}

#[test]
fn a_token_is_needed() -> Outcome {
    here(async |here| {
        let path = "/api/v1/org/credentials";
        let none = json!({ "detail": "Not authenticated" });
        reply(here.request("GET", path)?).await?.is(401, &none);
        reply(here.request("GET", path)?.header("Authorization", "Basic YTpi")).await?.is(401, &none);
        reply(here.request("GET", path)?.header("Authorization", "Bearer ")).await?.is(401, &none);
        let wrong = json!({ "detail": "Invalid token" });
        reply(here.request("GET", path)?.bearer_auth("wrong")).await?.is(401, &wrong);
        let response = here.request("GET", path)?.send().await?;
        assert_eq!(response.headers()["www-authenticate"], "Bearer");
        Ok(())
    })
}

#[test]
fn the_viewer_reads_demo_and_nothing_else() -> Outcome {
    here(async |here| {
        let list = here.viewer("GET", "/api/v1/credentials").await?;
        assert_eq!(list.names().len(), 6);
        let id = text(&list.json[0]["id"]);
        let one = format!("/api/v1/org/credentials/{id}");
        assert_eq!(here.viewer("GET", &one).await?.status, 200);
        let denied = |permission: &str| json!({ "detail": "permission_denied", "permission": permission });
        for (method, path, permission) in [
            ("POST", "/api/v1/credentials", "credentials.create"),
            ("POST", "/api/v1/credentials/hetzner", "credentials.create"),
            ("POST", "/api/v1/credentials/ovh/ssh-key", "credentials.create"),
            ("POST", "/api/v1/org/helm/credentials", "credentials.create"),
            ("PUT", "/api/v1/org/helm/credentials/demo-ghcr", "credentials.update"),
            ("DELETE", "/api/v1/org/helm/credentials/demo-ghcr", "credentials.delete"),
            ("DELETE", one.as_str(), "credentials.delete"),
            ("GET", "/sandbox/audit", "sandbox.audit"),
            ("POST", "/sandbox/fill", "sandbox.create"),
        ] {
            here.viewer(method, path).await?.is(403, &denied(permission));
        }
        assert_eq!(here.viewer("GET", "/api/v1/credentials").await?.json, list.json);
        Ok(())
    })
}

#[test]
fn organisations_are_kept_apart() -> Outcome {
    here(async |here| {
        here.hetzner("mine").await?.is_done();
        let (sandbox, demo) = (here.organisation("sandbox").await?, here.organisation("demo").await?);
        let id = text(&here.admin("GET", "/api/v1/credentials").await?.json[0]["id"]).to_owned();
        let one = format!("/api/v1/org/credentials/{id}");
        for method in ["GET", "DELETE"] {
            here.demo(method, &one).await?.is(404, &json!({ "detail": "Credential not found" }));
            assert_eq!(here.viewer(method, &one).await?.status, if method == "GET" { 404 } else { 403 });
        }
        // The query chooses too, and has to be one's own.
        let elsewhere = format!("{one}?organisation_id={demo}");
        assert_eq!(here.admin("DELETE", &elsewhere).await?.status, 404);
        here.admin("DELETE", &format!("{one}?organisation_id=x"))
            .await?
            .complains(&[(&["query", "organisation_id"], "uuid_parsing")]);

        let asked = |token: &str, organisation: &str| -> Outcome<_> {
            let request = here.request("GET", "/api/v1/credentials")?.bearer_auth(token);
            Ok(reply(request.header("X-Ankra-Organisation-Id", organisation)))
        };
        let viewer = here.tokens.viewer.expose();
        let foreign = json!({ "detail": "You are not a member of this organisation" });
        asked(viewer, &sandbox)?.await?.is(403, &foreign);
        let admin = here.tokens.admin.expose();
        let unknown = json!({ "detail": "Organisation not found" });
        asked(admin, "6f1dbe5c-3f0c-4a5e-9d3f-0a6f5b1c2d3e")?.await?.is(404, &unknown);
        let place: &[&str] = &["header", "X-Ankra-Organisation-Id"];
        asked(admin, "demo")?.await?.complains(&[(place, "uuid_parsing")]);
        assert_eq!(here.admin("GET", &one).await?.status, 200, "still there");
        Ok(())
    })
}

/// The query is no way to delete in an organisation where one only looks on.
#[test]
fn who_owns_one_organisation_deletes_nothing_where_they_are_a_viewer() -> Outcome {
    here(async |here| {
        let (own, demo) = (here.organisation("sandbox").await?, here.organisation("demo").await?);
        {
            let opened = here.sandbox.open().await?;
            let tx = opened.begin()?;
            let record = json!({ "current": own, "memberships": [[own, "owner"], [demo, "viewer"]] });
            tx.open_table(super::super::model::USERS)?.insert("viewer", record.to_string().as_str())?;
            tx.commit()?;
        }
        let list = here.demo("GET", "/api/v1/credentials").await?;
        let path = format!("/api/v1/org/credentials/{}", text(&list.json[0]["id"]));
        let denied = json!({ "detail": "permission_denied", "permission": "credentials.delete" });
        here.viewer("DELETE", &format!("{path}?organisation_id={demo}")).await?.is(403, &denied);
        assert_eq!(here.demo("GET", "/api/v1/credentials").await?.json, list.json);
        Ok(())
    })
}

#[test]
fn fields_that_are_missing_or_of_the_wrong_type() -> Outcome {
    here(async |here| {
        let hetzner = "/api/v1/credentials/hetzner";
        here.send("POST", hetzner, json!({}))
            .await?
            .complains(&[(&["body", "name"], "missing"), (&["body", "api_token"], "missing")]);
        let odd = here.send("POST", hetzner, json!({ "name": 7, "api_token": [HETZNER] })).await?;
        odd.complains(&[(&["body", "name"], "string_type"), (&["body", "api_token"], "string_type")]);
        for name in ["", "Not Good", "a_b", "1a", "a-", &"a".repeat(64)] {
            let bad = here.send("POST", hetzner, json!({ "name": name, "api_token": HETZNER })).await?;
            bad.complains(&[(&["body", "name"], "value_error")]);
            assert!(!bad.text.contains("CANARY"));
        }
        let path = "/api/v1/credentials/ovh";
        here.send("POST", path, json!({ "name": "a", "application_key": "b" })).await?.complains(&[
            (&["body", "application_secret"], "missing"),
            (&["body", "consumer_key"], "missing"),
            (&["body", "project_id"], "missing"),
        ]);
        let path = "/api/v1/credentials/proxmox";
        let body = json!({
            "name": "a", "api_url": "https://a", "token_id": "b", "token_secret": "c", "tls_insecure": "no",
            "jumphost": { "host": "h", "port": 0, "private_key": "CANARY" },
        });
        here.send("POST", path, body).await?.complains(&[
            (&["body", "tls_insecure"], "bool_type"),
            (&["body", "jumphost", "port"], "value_error"),
            (&["body", "jumphost", "username"], "missing"),
        ]);
        let path = "/api/v1/credentials/ovh/ssh-key";
        here.send("POST", path, json!({ "name": "a" }))
            .await?
            .complains(&[(&["body", "ssh_public_key"], "missing")]);
        let path = "/api/v1/credentials";
        let body = json!({ "name": "a", "provider": "hetzner", "username": "b", "password": "c" });
        here.send("POST", path, body).await?.complains(&[(&["body", "provider"], "literal_error")]);
        let one = here.admin("GET", "/api/v1/org/credentials/..%2F..").await?;
        one.complains(&[(&["path", "id"], "uuid_parsing")]);
        for (query, kind) in [
            ("page=0", "greater_than_equal"),
            ("page=x", "int_parsing"),
            ("page_size=101", "less_than_equal"),
        ] {
            let field = query.split('=').next().unwrap_or_default();
            for list in ["credentials", "registries"] {
                let path = format!("/api/v1/org/helm/{list}?{query}");
                here.admin("GET", &path).await?.complains(&[(&["query", field], kind)]);
            }
        }
        here.admin("GET", "/api/v1/credentials").await?.is(200, &json!([]));
        Ok(())
    })
}

#[test]
fn bodies_that_are_no_json_objects() -> Outcome {
    here(async |here| {
        let send = |body: &str, content_type: &str| -> Outcome<_> {
            let request = here.request("POST", "/api/v1/credentials/hetzner")?;
            let request =
                request.bearer_auth(here.tokens.admin.expose()).header("Content-Type", content_type);
            Ok(reply(request.body(body.to_owned())))
        };
        let json = "application/json";
        let bad = send("{\"name\": \"CANARY", json)?.await?;
        assert_eq!((bad.status, &bad.json["detail"][0]["type"]), (422, &json!("json_invalid")));
        assert!(!bad.text.contains("CANARY"));
        let deep = send(&"[".repeat(1000), json)?.await?;
        assert_eq!((deep.status, &deep.json["detail"][0]["type"]), (422, &json!("json_invalid")));
        send("", json)?.await?.complains(&[(&["body"], "missing")]);
        send("[1, 2]", json)?.await?.complains(&[(&["body"], "model_attributes_type")]);
        send("null", json)?.await?.complains(&[(&["body"], "model_attributes_type")]);
        send("{}", "text/plain")?.await?.complains(&[(&["body"], "model_attributes_type")]);
        let good = json!({ "name": "a", "api_token": HETZNER }).to_string();
        send(&good, "application/json; charset=utf-8")?.await?.is_done();
        let large = send(&" ".repeat((1 << 20) + 1), json)?.await?;
        large.is(413, &json!({ "detail": "Request body is too large" }));
        let padded = format!("{}{}", " ".repeat((1 << 20) - 100), "{}");
        assert_eq!(send(&padded, json)?.await?.status, 422, "the largest that is read");
        Ok(())
    })
}

#[test]
fn secrets_are_checked_and_never_quoted() -> Outcome {
    here(async |here| {
        let long = format!("{}!", &HETZNER[1..]);
        let ovh = |key: &str, value: &str| {
            let mut body = json!({
                "application_key": "a", "application_secret": "b", "consumer_key": "c", "project_id": "d",
            });
            body[key] = json!(value);
            body
        };
        let network = json!({ "api_url": "ftp://CANARY", "token_id": "a", "token_secret": "b" });
        let cases = [
            ("credentials/hetzner", json!({ "api_token": "CANARYshort" }), "api_token"),
            ("credentials/hetzner", json!({ "api_token": long }), "api_token"),
            ("credentials/hetzner", json!({ "api_token": format!("{HETZNER}\n") }), "api_token"),
            ("credentials/upcloud", json!({ "api_token": "" }), "api_token"),
            ("credentials/ovh", ovh("application_key", "CANARY CANARY"), "application_key"),
            ("credentials/ovh", ovh("application_secret", "CANARY\u{1b}"), "application_secret"),
            ("credentials/ovh", ovh("consumer_key", ""), "consumer_key"),
            ("credentials/ovh", ovh("project_id", "CANARY-CANARY"), "project_id"),
            ("credentials/proxmox", network, "api_url"),
            (
                "credentials/morpheus",
                json!({ "api_url": "https://me:CANARY@host", "access_token": "a" }),
                "api_url",
            ),
            ("org/helm/credentials", json!({ "username": " ", "password": "CANARY" }), "username"),
            ("org/helm/credentials", json!({ "username": "a\nb", "password": "CANARY" }), "username"),
            ("org/helm/credentials", json!({ "username": "a", "password": "\n" }), "password"),
            ("credentials/hetzner/ssh-key", json!({ "ssh_public_key": "CANARY" }), "ssh_public_key"),
        ];
        for (path, mut body, key) in cases {
            body["name"] = json!("a");
            let refused = here.send("POST", &format!("/api/v1/{path}"), body).await?;
            assert_eq!((refused.status, &refused.json["success"]), (200, &json!(false)), "{path}");
            let errors = &refused.json["errors"];
            assert_eq!((&errors[0]["key"], &errors[1]), (&json!(key), &Value::Null), "{path}");
            assert!(errors[0]["message"].is_string());
            assert!(!refused.text.contains("CANARY"), "{}", refused.text);
        }
        let old = json!({ "name": "a", "provider": "registry", "username": "", "password": "" });
        let both = here.send("POST", "/api/v1/credentials", old).await?;
        assert_eq!(both.json["errors"][1]["key"], "password");
        here.admin("GET", "/api/v1/credentials").await?.is(200, &json!([]));
        Ok(())
    })
}

#[test]
fn another_sites_host_name_is_refused() -> Outcome {
    here(async |here| {
        for (host, status) in [
            ("evil.example", 400),
            ("127.0.0.1.evil.example", 400),
            ("localhost@evil", 400),
            ("10.0.0.1:80", 400),
            ("localhost", 200),
            ("LOCALHOST:1234", 200),
            ("127.0.0.1", 200),
            ("127.1.2.3:99", 200),
            ("[::1]", 200),
            ("[::1]:80", 200),
        ] {
            let request = here.request("GET", "/api/v1/credentials")?.header("Host", host);
            let answer = reply(request.bearer_auth(here.tokens.admin.expose())).await?;
            assert_eq!(answer.status, status, "{host}");
        }
        // Nor does it matter that it had no body to read.
        let request = here.request("POST", "/api/v1/cli/login/poll")?.header("Host", "evil.example");
        reply(with(request, &json!({}))).await?.is(400, &json!({ "detail": "Invalid host header" }));
        Ok(())
    })
}
