//! The check of a Proxmox VE token against fakepve, an emulator of Proxmox VE by others, in a process of its own.

use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
};

use serde_json::{Value, json};

use super::{has, names, proxmox::ID, told};
use crate::support::{Authority, Certificate, Ended, Env, Run, python};

const SECRET: &str = "11111111-2222-4333-8444-555566667777";

/// fakepve 0.5.0 and all that it needs.
const PACKAGES: &str = "--no-deps fakepve==0.5.0 aiohttp==3.14.5 aiohappyeyeballs==2.7.1 aiosignal==1.4.0 attrs==26.1.0 \
                        frozenlist==1.8.0 idna==3.20 multidict==7.2.1 propcache==0.5.4 typing_extensions==4.16.0 yarl==1.25.1";

/// Serves until it is ended. `drops`: as if a request had no header to sign in with.
const SERVE: &str = r#"
import asyncio, json, sys
from fakepve import FakePve

async def main():
    given = json.loads(sys.argv[3])
    pve = FakePve(host="127.0.0.1", port=0)
    pve.version = given["version"]
    pve.apitokens[given["id"]] = given["secret"]
    pve.acl = {}
    for path, privileges in given["granted"].items():
        pve.grant(given["id"], path, *privileges)
    if given["drops"]:
        authenticate = pve._authenticate
        bare = lambda request: request.clone(headers={k: v for k, v in request.headers.items() if k != "Authorization"})
        pve._authenticate = lambda request: authenticate(bare(request))
    await pve.start(sys.argv[1], sys.argv[2])
    print(f"https://127.0.0.1:{pve.port}", flush=True)
    await asyncio.Event().wait()

asyncio.run(main())
"#;

struct FakePve {
    _child: Ended,
    env: Env,
    authority: Authority,
    url: String,
}

impl FakePve {
    fn start(version: &str, granted: Value, drops: bool) -> Self {
        let (env, authority) = (Env::new(), Authority::new());
        let certificate = Certificate { host: "127.0.0.1", ..Certificate::default() };
        let (file, key) = authority.issue(&env, &certificate);
        let given =
            json!({"version": version, "id": ID, "secret": SECRET, "granted": granted, "drops": drops});
        let mut command = Command::new(python("fakepve", &[PACKAGES]));
        command.arg("-c").arg(SERVE).arg(file).arg(key).arg(given.to_string());
        let mut child = Ended(command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap());
        let mut url = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut url).unwrap();
        Self { _child: child, env, authority, url: url.trim().to_owned() }
    }

    fn run(&self, id: &str, secret: &str) -> Run {
        let run = self.env.line("credentials proxmox check --token-secret-from stdin --token-id").arg(id);
        let run = run.arg("--api-url").arg(&self.url).stdin(secret);
        run.env("SSL_CERT_FILE", self.authority.file(&self.env))
    }

    fn told(&self, code: i32, result: &str) -> Value {
        told(self.run(ID, SECRET), code, result).1
    }
}

/// Every privilege of Proxmox VE 9 that the platform needs.
fn all() -> Vec<&'static str> {
    "VM.Allocate VM.Audit VM.Backup VM.Clone VM.Config.CDROM VM.Config.CPU VM.Config.Cloudinit VM.Config.Disk \
     VM.Config.HWType VM.Config.Memory VM.Config.Network VM.Config.Options VM.Console VM.GuestAgent.Audit \
     VM.GuestAgent.FileRead VM.GuestAgent.FileSystemMgmt VM.GuestAgent.FileWrite VM.Migrate VM.PowerMgmt VM.Replicate \
     VM.Snapshot VM.Snapshot.Rollback Datastore.Allocate Datastore.AllocateSpace Sys.Audit Sys.Modify SDN.Use"
        .split_whitespace()
        .collect()
}

#[test]
fn a_token_with_all_rights_is_good_and_a_wrong_one_is_refused() {
    let pve = FakePve::start("9.0.10", json!({"/": all()}), false);
    has(&pve.told(0, "good"), &["Proxmox VE 9.0.10 accepts it", "all that the platform needs"]);
    for (id, secret) in [(ID, "00000000-2222-4333-8444-555566667777"), ("ankra@pve!other", SECRET)] {
        let report = told(pve.run(id, secret), 6, "refused").1;
        has(&report, &["authentication failure", "API Tokens > Add"]);
    }
    let outcome = pve.run(ID, SECRET).arg("--tls-insecure").ok();
    outcome.says(&["any certificate of the API is accepted", "--tls-insecure"]);
}

#[test]
fn a_request_without_its_header_is_refused_so_that_good_means_something() {
    let pve = FakePve::start("9.0.10", json!({"/": all()}), true);
    has(&pve.told(6, "refused"), &["invalid PVE ticket"]);
}

#[test]
fn a_token_without_any_rights_is_told_of_privilege_separation() {
    let pve = FakePve::start("9.0.10", json!({}), false);
    let report = pve.told(7, "lacks_rights");
    assert_eq!(names(&report, "missing").len(), all().len());
    has(
        &report,
        &[
            "privilege separation",
            "pveum role add ankra --privs VM.Allocate,VM.Audit,",
            "pveum acl modify / --tokens 'ankra@pve!platform' --roles ankra",
            "pveum acl modify / --users ankra@pve --roles ankra",
            "pveum user token modify ankra@pve platform --privsep 0",
        ],
    );
}

#[test]
fn each_missing_privilege_is_named_and_those_below_are_unknown() {
    let some = |without: &[&str]| -> Vec<&str> {
        all().into_iter().filter(|name| !without.contains(name)).collect()
    };
    let lacking = ["Sys.Modify", "VM.Clone"];
    let pve = FakePve::start("9.0.10", json!({"/": some(&lacking)}), false);
    let report = pve.told(7, "lacks_rights");
    assert_eq!(names(&report, "missing"), ["VM.Clone", "Sys.Modify"]);
    has(&report, &["missing: VM.Clone, Sys.Modify", "--privs VM.Clone,Sys.Modify"]);

    let granted = json!({"/": some(&["VM.Clone", "SDN.Use"]), "/pool/ankra": ["VM.Clone"], "/sdn/zones/ankra": ["SDN.Use"]});
    let report = FakePve::start("9.0.10", granted, false).told(1, "cannot_tell");
    assert_eq!(names(&report, "missing"), [""; 0]);
    has(&report, &["VM.Clone granted at /pool/ankra alone", "SDN.Use granted at /sdn/zones/ankra alone"]);
}

#[test]
fn a_server_is_asked_for_what_its_version_knows() {
    let old: Vec<&str> =
        all().into_iter().filter(|name| !name.contains("GuestAgent") && *name != "VM.Replicate").collect();
    for (version, code, missing) in [("8.4.1", 7, vec!["VM.Monitor"]), ("unknown", 0, vec![])] {
        let pve = FakePve::start(version, json!({"/": old.clone()}), false);
        let report = pve.told(code, if code == 0 { "good" } else { "lacks_rights" });
        assert_eq!(names(&report, "missing"), missing, "{version}");
    }
    let pve = FakePve::start("9.0.10", json!({"/": old}), false);
    let missing = names(&pve.told(7, "lacks_rights"), "missing");
    assert!(missing.iter().all(|name| name.contains("GuestAgent") || name == "VM.Replicate"), "{missing:?}");
    assert_eq!(missing.len(), 5);
}
