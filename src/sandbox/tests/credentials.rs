use serde_json::json;

use super::{HETZNER, Outcome, here, items, reply, text, with};

const SSH: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIK9GFsmeklfWtVflz+32TQ8shpmbFaZQoFR2R+jqm6pW me@here";

#[test]
fn every_provider_creates_lists_and_deletes() -> Outcome {
    here(async |here| {
        let url = "https://api.example.com";
        let jumphost = json!({ "host": "jump", "port": 22, "username": "me", "private_key": "CANARYjump" });
        let bodies = [
            ("hetzner", json!({ "api_token": HETZNER })),
            (
                "ovh",
                json!({
                    "application_key": "CANARYapplication",
                    "application_secret": "CANARYsecret",
                    "consumer_key": "CANARYconsumer",
                    "project_id": "0123456789abcdef0123456789abcdef",
                }),
            ),
            ("digitalocean", json!({ "api_token": "CANARYdigitalocean" })),
            ("upcloud", json!({ "api_token": "CANARYupcloud" })),
            (
                "proxmox",
                json!({
                    "api_url": url,
                    "token_id": "me@pam!ankra",
                    "token_secret": "CANARYproxmox",
                    "tls_insecure": true,
                    "jumphost": jumphost,
                }),
            ),
            ("morpheus", json!({ "api_url": url, "access_token": "CANARYmorpheus", "tls_insecure": false })),
        ];
        for (provider, mut body) in bodies {
            let name = format!("my-{provider}");
            body["name"] = json!(name);
            let path = format!("/api/v1/credentials/{provider}");
            let untried = "Proxmox accepted; connection test runs during cluster provisioning.";
            let done = json!({ "success": true, "message": untried, "errors": [] });
            let is_behind_a_host = body.get("jumphost").is_some();
            let made = here.send("POST", &path, body).await?;
            if is_behind_a_host {
                made.is(200, &done);
            } else {
                made.is_done();
            }
            let list = here.admin("GET", &path).await?;
            assert_eq!(list.names(), [name.as_str()]);
            assert_eq!(list.json[0]["provider"], provider);
            for same in ["/api/v1/credentials", "/api/v1/org/credentials"] {
                let filtered = here.admin("GET", &format!("{same}?provider={provider}")).await?;
                assert_eq!(filtered.json, list.json);
                let all = here.admin("GET", same).await?;
                assert!(all.names().contains(&name.as_str()));
            }
            let id = text(&list.json[0]["id"]).to_owned();
            let detail = here.admin("GET", &format!("/api/v1/org/credentials/{id}")).await?;
            assert_eq!(detail.status, 200);
            assert_eq!(detail.json["name"], name);
            assert_eq!(detail.json["clusters"], json!([]));
            assert_eq!(detail.json["operations"], json!([]));
            assert!(!detail.text.contains("CANARY"), "{}", detail.text);
        }
        let list = here.admin("GET", "/api/v1/org/credentials").await?;
        assert_eq!(
            list.names(),
            ["my-hetzner", "my-ovh", "my-digitalocean", "my-upcloud", "my-proxmox", "my-morpheus"],
            "oldest first"
        );
        assert!(!list.text.contains("CANARY"));
        for item in items(&list.json) {
            let path = format!("/api/v1/org/credentials/{}", text(&item["id"]));
            let query = format!("?organisation_id={}", text(&item["organisation_id"]));
            here.admin("DELETE", &format!("{path}{query}")).await?.is_done();
            here.admin("DELETE", &path).await?.is(404, &json!({ "detail": "Credential not found" }));
            assert_eq!(here.admin("GET", &path).await?.status, 404);
        }
        here.admin("GET", "/api/v1/credentials").await?.is(200, &json!([]));
        here.hetzner("my-hetzner").await?.is_done();
        Ok(())
    })
}

#[test]
fn a_list_entry_has_every_field_of_the_platform() -> Outcome {
    here(async |here| {
        here.hetzner("one").await?.is_done();
        let list = here.admin("GET", "/api/v1/credentials").await?.json;
        let one = &list[0];
        for (key, of_type) in [
            ("id", one["id"].is_string()),
            ("organisation_id", one["organisation_id"] == here.organisation("sandbox").await?),
            ("system", one["system"] == false),
            ("available", one["available"] == true),
            ("created_at", text(&one["created_at"]).parse::<jiff::Timestamp>().is_ok()),
            ("updated_at", text(&one["updated_at"]).parse::<jiff::Timestamp>().is_ok()),
            ("health", one["health"]["consecutive_failures"] == 0),
        ] {
            assert!(of_type, "{key}: {one}");
        }
        for key in ["state", "account_login", "account_type", "installation_id", "repository_selection"] {
            assert!(one.get(key).is_some_and(serde_json::Value::is_null), "{key}");
        }
        Ok(())
    })
}

#[test]
fn registry_credentials_have_two_generations_of_routes() -> Outcome {
    here(async |here| {
        let body = json!({ "name": "old", "provider": "registry", "username": "me", "password": "CANARY1" });
        here.send("POST", "/api/v1/credentials", body).await?.is_done();
        let helm = "/api/v1/org/helm/credentials";
        let key_file = "{\n  \"type\": \"service_account\"\n}\n";
        let body = json!({ "name": "new", "username": "_json_key", "password": key_file });
        here.send("POST", helm, body).await?.is_done();

        let list = here.admin("GET", helm).await?;
        assert_eq!(list.json["total_count"], 2);
        assert_eq!(items(&list.json["credentials"]).len(), 2);
        assert_eq!(list.json["credentials"][0]["name"], "old");
        assert!(list.json["credentials"][0]["created_at"].is_string());
        let second = here.admin("GET", &format!("{helm}?page=2&page_size=1")).await?;
        assert_eq!(second.json["credentials"][0]["name"], "new");
        assert_eq!(second.json["total_count"], 2);

        let old = here.admin("GET", &format!("{helm}/old")).await?;
        assert_eq!((old.status, text(&old.json["username"])), (200, "me"));
        assert_eq!(old.json["provider"], "registry");
        let body = json!({ "username": "you", "password": "CANARY2" });
        here.send("PUT", &format!("{helm}/old"), body.clone()).await?.is_done();
        let updated = here.admin("GET", &format!("{helm}/old")).await?;
        assert_eq!(updated.json["username"], "you");
        assert_eq!(updated.json["id"], old.json["id"]);
        assert_eq!(updated.json["created_at"], old.json["created_at"]);
        assert_ne!(updated.json["updated_at"], old.json["updated_at"]);
        assert!(!updated.text.contains("CANARY"));

        here.admin("DELETE", &format!("{helm}/old")).await?.is(200, &json!({ "success": true }));
        let gone = json!({ "detail": "Credential not found" });
        here.admin("DELETE", &format!("{helm}/old")).await?.is(404, &gone);
        here.admin("GET", &format!("{helm}/old")).await?.is(404, &gone);
        here.send("PUT", &format!("{helm}/old"), body).await?.is(404, &gone);
        // Of another kind: not one of these.
        here.hetzner("cloud").await?.is_done();
        here.admin("DELETE", &format!("{helm}/cloud")).await?.is(404, &gone);
        Ok(())
    })
}

#[test]
fn ssh_keys_are_kept_apart_from_credentials() -> Outcome {
    here(async |here| {
        for provider in ["hetzner", "ovh", "upcloud"] {
            let base = format!("/api/v1/credentials/{provider}");
            let name = format!("{provider}-key");
            let body = json!({ "name": name, "ssh_public_key": SSH, "generate": false });
            here.send("POST", &format!("{base}/ssh-key"), body).await?.is_done();
            here.admin("GET", &base).await?.is(200, &json!([]));
            let keys = here.admin("GET", &format!("{base}/ssh-keys")).await?;
            assert_eq!(keys.names(), [name.as_str()]);
            assert_eq!(keys.json[0]["ssh_public_key"], SSH);
            assert_eq!(keys.json[0]["provider"], format!("{provider}_ssh_key"));
            let id = text(&keys.json[0]["id"]);
            let detail = here.admin("GET", &format!("/api/v1/org/credentials/{id}")).await?;
            assert_eq!(detail.json["ssh_public_key"], SSH);
        }
        assert_eq!(here.admin("GET", "/api/v1/credentials").await?.names().len(), 3);
        Ok(())
    })
}

#[test]
fn a_generated_key_is_answered_once_and_kept_nowhere() -> Outcome {
    here(async |here| {
        let path = "/api/v1/credentials/hetzner/ssh-key";
        let made = here.send("POST", path, json!({ "name": "made", "generate": true })).await?;
        assert_eq!((made.status, &made.json["success"]), (200, &json!(true)));
        let private = text(&made.json["private_key"]);
        let private = ssh_key::PrivateKey::from_openssh(private)?;
        let keys = here.admin("GET", "/api/v1/credentials/hetzner/ssh-keys").await?;
        let public: ssh_key::PublicKey = text(&keys.json[0]["ssh_public_key"]).parse()?;
        assert_eq!(public.key_data(), private.public_key().key_data());
        assert!(!keys.text.contains("PRIVATE"));
        assert!(!super::any_file_holds(&here.folder(), b"PRIVATE KEY")?);
        Ok(())
    })
}

#[test]
fn names_are_unique_across_kinds_and_told_beforehand() -> Outcome {
    here(async |here| {
        let validate = "/api/v1/org/credentials/validate";
        let free = json!({ "valid": true, "message": null });
        here.admin("GET", &format!("{validate}?credential_name=mine")).await?.is(200, &free);
        here.hetzner("mine").await?.is_done();
        let taken = "A credential named 'mine' already exists in this organisation";
        let told = json!({ "valid": false, "message": taken });
        here.admin("GET", &format!("{validate}?credential_name=mine")).await?.is(200, &told);
        let bad = here.admin("GET", &format!("{validate}?credential_name=Not%20Good")).await?;
        assert_eq!((bad.status, &bad.json["valid"]), (200, &json!(false)));
        here.admin("GET", validate).await?.complains(&[(&["query", "credential_name"], "missing")]);

        let conflict = json!({ "detail": taken });
        here.hetzner("mine").await?.is(409, &conflict);
        let registry = json!({ "name": "mine", "username": "a", "password": "b" });
        here.send("POST", "/api/v1/org/helm/credentials", registry).await?.is(409, &conflict);
        let key = json!({ "name": "mine", "generate": true });
        here.send("POST", "/api/v1/credentials/ovh/ssh-key", key).await?.is(409, &conflict);
        // Another organisation has names of its own.
        let demo = here.organisation("demo").await?;
        let body = json!({ "name": "mine", "api_token": HETZNER });
        let request = here.request("POST", "/api/v1/credentials/hetzner")?;
        let request = request.bearer_auth(here.tokens.admin.expose()).header("X-Ankra-Organisation-Id", demo);
        reply(with(request, &body)).await?.is_done();
        Ok(())
    })
}

#[test]
fn the_demo_organisation_shows_what_is_in_use() -> Outcome {
    here(async |here| {
        let list = here.demo("GET", "/api/v1/org/credentials").await?;
        let names = list.names();
        assert_eq!(
            names,
            ["demo-hetzner", "demo-ovh", "demo-ghcr", "unused-registry", "demo-hetzner-key", "demo-ovh-key"]
        );
        let id = text(&list.json[0]["id"]).to_owned();
        let detail = here.demo("GET", &format!("/api/v1/org/credentials/{id}")).await?;
        assert_eq!(detail.json["clusters"][0]["name"], "demo-cluster");
        assert_eq!(detail.json["clusters"][0]["kind"], "hetzner");
        for key in items(&here.demo("GET", "/api/v1/credentials/ovh/ssh-keys").await?.json) {
            assert!(text(&key["ssh_public_key"]).parse::<ssh_key::PublicKey>().is_ok());
        }

        let registries = here.demo("GET", "/api/v1/org/helm/registries?page=1&page_size=100").await?;
        let used = items(&registries.json["result"]).iter().filter(|r| r["credential_name"] == "demo-ghcr");
        assert_eq!(used.count(), 2);
        let pagination = json!({ "total_count": 3, "total_pages": 1, "page": 1, "page_size": 100 });
        assert_eq!(registries.json["pagination"], pagination);
        let second = here.demo("GET", "/api/v1/org/helm/registries?page=2&page_size=1").await?;
        assert_eq!(second.json["result"][0]["name"], "demo-charts");
        assert_eq!(second.json["pagination"]["total_pages"], 3);

        // In use or not: it can be deleted, and what used it goes on naming it.
        here.demo("DELETE", "/api/v1/org/helm/credentials/demo-ghcr")
            .await?
            .is(200, &json!({ "success": true }));
        let after = here.demo("GET", "/api/v1/org/helm/registries").await?;
        assert_eq!(after.json["result"], registries.json["result"]);
        here.demo("DELETE", &format!("/api/v1/org/credentials/{id}")).await?.is_done();
        Ok(())
    })
}

#[test]
fn a_scene_can_be_set() -> Outcome {
    here(async |here| {
        here.hetzner("mine").await?.is_done();
        let cluster = json!({ "name": "c1", "kind": "hetzner", "credential": "mine" });
        assert_eq!(here.send("POST", "/sandbox/clusters", cluster).await?.status, 200);
        let stray = json!({ "name": "c1", "kind": "hetzner", "credential": "none" });
        assert_eq!(here.send("POST", "/sandbox/clusters", stray).await?.status, 404);
        let id = here.admin("GET", "/api/v1/credentials").await?.json[0]["id"].clone();
        let detail = here.admin("GET", &format!("/api/v1/org/credentials/{}", text(&id))).await?;
        assert_eq!(detail.json["clusters"][0]["name"], "c1");

        let registry = json!({ "name": "r1", "url": "https://charts.example.com" });
        assert_eq!(here.send("POST", "/sandbox/registries", registry.clone()).await?.status, 200);
        assert_eq!(here.send("POST", "/sandbox/registries", registry).await?.status, 409);
        let stray = json!({ "name": "r2", "url": "https://charts.example.com", "credential_name": "mine" });
        assert_eq!(here.send("POST", "/sandbox/registries", stray).await?.status, 404);
        let list = here.admin("GET", "/api/v1/org/helm/registries").await?;
        assert_eq!(list.json["result"][0]["credential_name"], json!(null));
        Ok(())
    })
}
