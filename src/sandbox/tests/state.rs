use std::{
    fs,
    os::unix::fs::PermissionsExt,
    time::{Duration, Instant},
};

use redb::ReadableTableMetadata;
use serde_json::json;

use super::{
    super::{Sandbox, app::AUDIT_LIMIT},
    HETZNER, Outcome, any_file_holds, client, here, items, reply, runtime, text, with,
};

#[test]
fn nothing_secret_is_readable_on_disk() -> Outcome {
    here(async |here| {
        here.hetzner("mine").await?.is_done();
        let registry = json!({ "name": "reg", "username": "PLAINuser", "password": "CANARYpassword" });
        here.send("POST", "/api/v1/org/helm/credentials", registry).await?.is_done();
        let folder = here.folder();
        assert!(any_file_holds(&folder, b"PLAINuser")?, "the search works");
        let secrets = [HETZNER, "CANARYpassword", here.tokens.admin.expose(), here.tokens.viewer.expose()];
        for secret in secrets {
            assert!(!any_file_holds(&folder, secret.as_bytes())?);
        }
        assert_eq!(fs::metadata(&folder)?.permissions().mode() & 0o777, 0o700);
        for file in ["state.redb", "key", "lock"] {
            assert_eq!(fs::metadata(folder.join(file))?.permissions().mode() & 0o777, 0o600, "{file}");
        }
        Ok(())
    })
}

#[test]
fn a_deleted_credential_leaves_no_secret_behind() -> Outcome {
    here(async |here| {
        let sealed = async || -> Outcome<u64> {
            let tx = here.sandbox.open().await?.begin()?;
            Ok(tx.open_table(super::super::model::SEALED)?.len()?)
        };
        let before = sealed().await?;
        here.hetzner("mine").await?.is_done();
        let registry = json!({ "name": "reg", "username": "u", "password": "CANARYpassword" });
        here.send("POST", "/api/v1/org/helm/credentials", registry).await?.is_done();
        assert_eq!(sealed().await?, before + 2, "each has one");
        let id = text(&here.admin("GET", "/api/v1/credentials/hetzner").await?.json[0]["id"]).to_owned();
        assert_eq!(here.admin("DELETE", &format!("/api/v1/org/credentials/{id}")).await?.status, 200);
        assert_eq!(here.admin("DELETE", "/api/v1/org/helm/credentials/reg").await?.status, 200);
        assert_eq!(sealed().await?, before);
        Ok(())
    })
}

#[test]
fn a_folder_that_others_can_read_is_closed() -> Outcome {
    let dir = tempfile::tempdir()?;
    let folder = dir.path().join("sandbox");
    fs::create_dir(&folder)?;
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755))?;
    runtime()?.block_on(Sandbox::new(folder.clone()).tokens())?;
    assert_eq!(fs::metadata(&folder)?.permissions().mode() & 0o777, 0o700);
    Ok(())
}

#[test]
fn every_request_is_in_the_audit_log() -> Outcome {
    here(async |here| {
        here.hetzner("mine").await?.is_done();
        here.hetzner("mine").await?;
        here.viewer("DELETE", "/api/v1/org/helm/credentials/demo-ghcr").await?;
        reply(here.request("GET", "/api/v1/credentials?secret=CANARY")?).await?;
        here.admin("GET", "/nowhere").await?;
        here.send("POST", "/api/v1/credentials/hetzner", json!({ "name": "a", "api_token": "CANARY" }))
            .await?;
        let audit = here.admin("GET", "/sandbox/audit").await?;
        assert_eq!(audit.status, 200);
        let shown: Vec<_> = items(&audit.json)
            .iter()
            .map(|a| (a["status"].as_u64(), text(&a["token"]), text(&a["credential"]), a["done"] == true))
            .collect();
        assert_eq!(
            shown,
            [
                (Some(200), "admin", "mine", true),
                (Some(409), "admin", "mine", false),
                (Some(403), "viewer", "", false),
                (Some(401), "", "", false),
                (Some(404), "", "", false),
                (Some(200), "admin", "a", false),
            ]
        );
        let first = &audit.json[0];
        assert_eq!(first["action"], "create hetzner credential");
        assert_eq!((&first["organisation"], &first["role"]), (&json!("sandbox"), &json!("owner")));
        assert!(!audit.text.contains("CANARY"));

        let seen = here.seen.lock().map_err(|_| "poisoned")?;
        assert_eq!(seen.len(), 7, "and everyone of them was told");
        let lines: Vec<String> = seen.iter().map(ToString::to_string).collect();
        assert!(lines[0].ends_with(
            " 200 POST /api/v1/credentials/hetzner sandbox/admin done: create hetzner credential mine"
        ));
        assert!(lines.iter().all(|line| !line.contains("CANARY")));
        Ok(())
    })
}

#[test]
fn the_audit_log_is_bounded() -> Outcome {
    here(async |here| {
        {
            let opened = here.sandbox.open().await?;
            let tx = opened.begin()?;
            let mut table = tx.open_table(super::super::model::AUDIT)?;
            for number in 0..AUDIT_LIMIT {
                table.insert(number, "{}")?;
            }
            drop(table);
            tx.commit()?;
        }
        here.hetzner("mine").await?.is_done();
        let audit = here.admin("GET", "/sandbox/audit").await?.json;
        assert_eq!(items(&audit).len() as u64, AUDIT_LIMIT);
        assert_eq!(items(&audit).last().map(|a| &a["credential"]), Some(&json!("mine")));
        Ok(())
    })
}

#[test]
fn only_loopback_is_listened_on() -> Outcome {
    let dir = tempfile::tempdir()?;
    let sandbox = Sandbox::new(dir.path().join("sandbox"));
    runtime()?.block_on(async {
        for address in ["0.0.0.0:0", "[::]:0", "192.168.0.1:80", "8.8.8.8:80"] {
            let refused = sandbox.listen(address.parse()?, None).await.err().ok_or(address)?;
            assert_eq!(refused.kind(), crate::error::ErrorKind::Usage, "{address}");
            assert!(!refused.hints().is_empty());
        }
        assert!(!dir.path().join("sandbox").exists());
        let (server, _) = sandbox.listen("127.0.0.1:0".parse()?, None).await?;
        let taken = sandbox.listen(server.address(), None).await.err().ok_or("not refused")?;
        assert!(!taken.hints().is_empty());
        assert_eq!(sandbox.last_address(), None);
        let address = server.address();
        sandbox.keep_address(address)?;
        assert_eq!(sandbox.last_address(), Some(address));
        // Dropped while it serves, as by an interrupt.
        drop(tokio::time::timeout(Duration::from_millis(50), server.run()).await);
        sandbox.reset().await?;
        assert_eq!(sandbox.last_address(), Some(address), "it may be running still");
        Ok(())
    })
}

#[test]
fn many_processes_at_once_lose_nothing() -> Outcome {
    const WRITERS: usize = 20;
    const EACH: usize = 5;
    let dir = tempfile::tempdir()?;
    let folder = dir.path().join("sandbox");
    // Each thread has a handle of its own, as a process would; the first one makes the state.
    let results: Vec<Result<(), String>> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..WRITERS)
            .map(|writer| {
                let folder = folder.clone();
                scope
                    .spawn(move || write_some(&Sandbox::new(folder), writer, EACH).map_err(|e| e.to_string()))
            })
            .collect();
        threads.into_iter().map(|t| t.join().unwrap_or_else(|_| Err("panicked".into()))).collect()
    });
    assert!(results.iter().all(Result::is_ok), "{results:?}");
    let sandbox = Sandbox::new(folder);
    runtime()?.block_on(async {
        let (server, tokens) = sandbox.listen("127.0.0.1:0".parse()?, None).await?;
        let list = format!("http://{}/api/v1/credentials", server.address());
        server.start();
        let list = reply(client()?.get(list).bearer_auth(tokens.admin.expose())).await?;
        assert_eq!(items(&list.json).len(), WRITERS * EACH);
        Ok(())
    })
}

fn write_some(sandbox: &Sandbox, writer: usize, count: usize) -> Outcome {
    runtime()?.block_on(async {
        let (server, tokens) = sandbox.listen("127.0.0.1:0".parse()?, None).await?;
        let url = format!("http://{}/api/v1/credentials/hetzner", server.address());
        server.start();
        let token = tokens.admin;
        let http = client()?;
        for number in 0..count {
            let body = json!({ "name": format!("w{writer}-{number}"), "api_token": HETZNER });
            let made = reply(with(http.post(&url).bearer_auth(token.expose()), &body)).await?;
            assert_eq!(made.json["success"], true, "{}", made.text);
        }
        Ok(())
    })
}

#[test]
fn one_name_is_given_once_however_many_ask() -> Outcome {
    let dir = tempfile::tempdir()?;
    let folder = dir.path().join("sandbox");
    let made = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8)
            .map(|_| {
                let sandbox = Sandbox::new(folder.clone());
                scope.spawn(move || write_some(&sandbox, 0, 1).is_ok())
            })
            .collect();
        threads.into_iter().map(|t| t.join().unwrap_or(false)).filter(|made| *made).count()
    });
    assert_eq!(made, 1);
    Ok(())
}

#[test]
fn a_state_that_cannot_be_read_says_how_to_begin_afresh() -> Outcome {
    runtime()?.block_on(damage_and_mend())
}

async fn damage_and_mend() -> Outcome {
    let dir = tempfile::tempdir()?;
    let folder = dir.path().join("sandbox");
    let sandbox = Sandbox::new(folder.clone());
    let (state, key) = (folder.join("state.redb"), folder.join("key"));
    sandbox.tokens().await?;
    let (good_state, good_key) = (fs::read(&state)?, fs::read(&key)?);
    let half = good_state[..good_state.len() / 2].to_vec();
    let mut flipped = good_state.clone();
    flipped[0] ^= 0xff;
    let mut inner = good_state.clone();
    inner[4096..].fill(0);
    let cases = [
        ("inner pages", inner, good_key.clone()),
        ("garbage", b"not a database".repeat(1000), good_key.clone()),
        ("empty", Vec::new(), good_key.clone()),
        ("half", half, good_key.clone()),
        ("flipped", flipped, good_key.clone()),
        ("zeroed", vec![0; good_state.len()], good_key.clone()),
        ("short key", good_state.clone(), vec![1; 5]),
        ("other key", good_state.clone(), vec![1; 32]),
    ];
    for (case, broken_state, broken_key) in cases {
        fs::write(&state, broken_state)?;
        fs::write(&key, broken_key)?;
        // One that has not looked yet, as another process would be.
        let error = Sandbox::new(folder.clone()).tokens().await.err().ok_or(case)?;
        assert!(
            error.hints().iter().any(|h| h.to_string().contains("ankra sandbox reset")),
            "{case}: {error:?}"
        );
        sandbox.reset().await?;
        sandbox.tokens().await?;
    }
    fs::remove_file(&key)?;
    let error = sandbox.tokens().await.err().ok_or("no key")?;
    assert!(error.hints().iter().any(|h| h.to_string().contains("ankra sandbox reset")));
    sandbox.reset().await?;
    assert!(!state.exists() && !key.exists());
    sandbox.reset().await?;
    Ok(())
}

#[test]
fn a_state_of_another_version_is_refused() -> Outcome {
    here(async |here| {
        {
            let opened = here.sandbox.open().await?;
            let tx = opened.begin()?;
            tx.open_table(super::super::model::META)?.insert("format", b"999".as_slice())?;
            tx.commit()?;
        }
        let error = here.sandbox.tokens().await.err().ok_or("not refused")?;
        assert!(error.causes()[0].contains("another version"), "{error:?}");
        let answer = here.admin("GET", "/api/v1/credentials").await?;
        assert_eq!(answer.status, 500);
        assert!(text(&answer.json["detail"]).contains("ankra sandbox reset"));
        Ok(())
    })
}

#[test]
fn what_a_crash_left_behind_does_no_harm() -> Outcome {
    let dir = tempfile::tempdir()?;
    let folder = dir.path().join("sandbox");
    fs::create_dir(&folder)?;
    fs::write(folder.join("key"), "half a ke")?;
    fs::write(folder.join("state.redb.new"), "half a database")?;
    runtime()?.block_on(Sandbox::new(folder.clone()).tokens())?;
    assert!(!folder.join("state.redb.new").exists());
    Ok(())
}

#[test]
fn a_hundred_thousand_credentials_are_listed() -> Outcome {
    /// What this process has used of processors, where the system tells, so that others do not count;
    /// else the time that has passed.
    fn spent(since: Instant) -> f64 {
        let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
        let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
        let ticks =
            fields.get(11..13).map(|both| both.iter().filter_map(|one| one.parse::<f64>().ok()).sum());
        ticks.unwrap_or(since.elapsed().as_secs_f64())
    }
    /// The time that it takes to fill a sandbox up to `count`, and to list it.
    fn work(count: usize) -> Outcome<(f64, f64)> {
        let (since, mut work) = (Instant::now(), (0.0, 0.0));
        here(async |here| {
            here.hetzner("load-3").await?.is_done();
            let start = spent(since);
            let filled = here.send("POST", "/sandbox/fill", json!({ "count": count - 1 })).await?;
            filled.is(200, &json!({ "success": true, "count": count - 1 }));
            let full = spent(since);
            let list = here.admin("GET", "/api/v1/credentials").await?;
            work = (full - start, spent(since) - full);
            assert_eq!(items(&list.json).len(), count);
            assert_eq!(list.json[count - 1]["name"], format!("load-{count}"));
            Ok(())
        })?;
        Ok(work)
    }
    let (few, many) = (work(10_000)?, work(100_000)?);
    // Ten times as many take ten times as long; in quadratic time it would be a hundred times.
    let ratios = (many.0 / few.0, many.1 / few.1);
    assert!(ratios.0 < 30.0 && ratios.1 < 30.0, "{ratios:?}: {few:?} {many:?}");
    here(async |here| {
        let path = "/sandbox/fill";
        for count in [json!(0), json!(100_001), json!("1"), json!(-1)] {
            assert_eq!(here.send("POST", path, json!({ "count": count })).await?.status, 422);
        }
        Ok(())
    })
}
