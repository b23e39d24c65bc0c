//! Which credentials a list shows, in which columns and order, in every format.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::support::{Answer, Env, FaultServer, Pty, credential, id, write_private};

/// `days` from now, in RFC 3339; what is before now has a fraction of a second.
fn at(days: i64) -> String {
    let time = Timestamp::now() + SignedDuration::from_hours(24 * days);
    if days < 0 { time.to_string() } else { Timestamp::from_second(time.as_second()).unwrap().to_string() }
}

fn with(number: u8, name: &str, provider: &str, fields: Value) -> Value {
    let mut one = credential(number, name, provider);
    for (key, value) in fields.as_object().unwrap() {
        one[key] = value.clone();
    }
    one
}

/// One of each kind, and what this machine knows of when they expire.
fn several() -> (Env, FaultServer) {
    let failing = json!({"state": "failing", "consecutive_failures": 3, "last_error_class": "auth"});
    let list = [
        with(1, "prod-hetzner", "hetzner", json!({"created_at": at(-200)})),
        with(
            2,
            "prod-registry",
            "registry",
            json!({"created_at": at(-100), "health": failing, "account_login": "bot"}),
        ),
        with(3, "stage-ovh", "ovh", json!({"created_at": at(-50), "available": false})),
        with(4, "stage-github", "github", json!({"created_at": null, "syncing": true, "system": true})),
        with(5, "dev-key", "hetzner_ssh_key", json!({"created_at": at(-1)})),
        json!({"id": id(6), "name": "dev-old-server", "provider": "gitlab", "created_at": at(-10)}),
    ];
    let (env, server) = (Env::new(), FaultServer::start());
    server.on("GET", "/api/v1/org/credentials", [Answer::json(200, list.to_vec())]);
    let second = |days: i64| at(days).parse::<Timestamp>().unwrap().as_second();
    let notes = json!({
        id(1): {"expires": second(5), "updated_at": list[0]["updated_at"]},
        id(2): {"expires": second(-1), "updated_at": list[1]["updated_at"]},
        id(3): {"expires": null, "never": true, "updated_at": list[2]["updated_at"]},
    });
    write_private(&env.home().join(".local/share/ankra/expiries.json"), notes.to_string());
    (env, server)
}

fn names(env: &Env, server: &FaultServer, options: &str) -> String {
    let outcome = server.ankra(env, &format!("credentials list -o name {options}")).ok();
    outcome.stdout.lines().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_filter_keeps_what_it_says_and_all_of_them_hold_at_once() {
    let (env, server) = several();
    for (options, expected) in [
        ("--name prod-*", "prod-hetzner prod-registry"),
        ("--name '*-ovh' --name ?ev-key", "dev-key stage-ovh"),
        ("--name PROD-*", ""),
        ("--status failing", ""),
        ("--status expired", "prod-registry"),
        ("--status EXPIRED,unavailable", "prod-registry stage-ovh"),
        ("--status syncing --status unknown", "dev-old-server stage-github"),
        ("--status ok", "dev-key prod-hetzner"),
        ("--expires-within 7d", "prod-hetzner prod-registry"),
        ("--expires-within 4d", "prod-registry"),
        ("--expires-within 0s", "prod-registry"),
        ("--older-than 90d", "prod-hetzner prod-registry"),
        ("--older-than 9d", "dev-old-server prod-hetzner prod-registry stage-ovh"),
        ("--older-than 1w --name prod-*", "prod-hetzner prod-registry"),
        ("--older-than 90d --status ok", "prod-hetzner"),
        ("--system", "stage-github"),
        ("--limit 2", "dev-key dev-old-server"),
        ("--limit 1 --order desc --status ok", "prod-hetzner"),
        ("--name nothing-like-it", ""),
    ] {
        let words = options.replace('\'', "");
        assert_eq!(names(&env, &server, &words), expected, "{options}");
        // Every format shows the same ones.
        let json = server.ankra(&env, &format!("credentials list -o json {words}")).ok().json();
        let shown: Vec<&str> =
            json.as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
        assert_eq!(shown.join(" "), expected, "{options}");
        let csv = server.ankra(&env, &format!("credentials list -o csv {words}")).ok().stdout;
        let shown: Vec<&str> = csv.lines().skip(1).map(|line| line.split(',').next().unwrap()).collect();
        assert_eq!(shown.join(" "), expected, "{options}");
    }
}

#[test]
fn what_is_left_out_is_told_and_never_silently_so() {
    let (env, server) = several();
    let stderr = |options: &str| server.ankra(&env, &format!("credentials list {options}")).ok().stderr;
    let told = stderr("--expires-within 7d");
    assert!(told.contains("2 credentials are left out: when they expire is not known."), "{told}");
    let told = stderr("--expires-within 7d --name dev-*");
    assert!(told.contains("1 credential is left out: when it expires is not known."), "{told}");
    let told = stderr("--older-than 1d");
    assert!(told.contains("1 credential is left out: when it was created is not known."), "{told}");
    for format in ["table", "json", "csv"] {
        let told = stderr(&format!("--limit 4 -o {format}"));
        assert!(told.contains("4 of 6 are shown."), "{told}");
        assert!(!stderr(&format!("--limit 6 -o {format}")).contains("are shown"), "nothing is cut");
    }
    let told = stderr("--name nothing -o json");
    assert!(told.contains("None of the 6 credentials") && told.contains("matches."), "{told}");
}

#[test]
fn a_list_is_sorted_by_any_column_with_the_unknown_last_either_way() {
    let (env, server) = several();
    for (column, ascending, last) in [
        ("expires", "prod-registry prod-hetzner dev-key stage-ovh", 2),
        ("expires_at", "prod-registry prod-hetzner dev-key stage-ovh", 2),
        ("status", "prod-registry stage-ovh stage-github dev-old-server dev-key prod-hetzner", 0),
        ("created", "prod-hetzner prod-registry stage-ovh dev-old-server dev-key", 1),
        ("account", "prod-registry", 5),
        ("id", "prod-hetzner prod-registry stage-ovh stage-github dev-key dev-old-server", 0),
    ] {
        let shown = names(&env, &server, &format!("--sort {column}"));
        assert!(shown.starts_with(ascending), "{column}: {shown}");
        let backwards = names(&env, &server, &format!("--sort {column} --order desc"));
        let (forth, back): (Vec<_>, Vec<_>) = (shown.split(' ').collect(), backwards.split(' ').collect());
        let known = forth.len() - last;
        assert_eq!(forth[known..], back[known..], "{column}: what is not known is last, by name");
        assert_eq!(forth.first(), back[..known].last(), "{column}");
    }
    assert_eq!(names(&env, &server, "--sort organisation").split(' ').count(), 6);
}

#[test]
fn chosen_columns_are_shown_in_their_order_in_every_format() {
    let (env, server) = several();
    let show = |options: &str| server.ankra(&env, &format!("credentials list {options}")).ok();
    let table = show("--columns status,NAME --name prod-*").stdout;
    assert_eq!(table, "STATUS   NAME\nok       prod-hetzner\nexpired  prod-registry\n");
    let csv = show("--columns status,name,expires --name stage-* -o csv").stdout;
    assert_eq!(csv, "status,name,expires_at\nsyncing,stage-github,\nunavailable,stage-ovh,never\n");
    let csv = show("--columns name --name stage-* -o csv --no-headers").stdout;
    assert_eq!(csv, "stage-github\nstage-ovh\n");
    let json = show("--columns expires-at,name,system,last_error --name stage-* -o json");
    assert_eq!(
        json.stdout.split_whitespace().collect::<String>(),
        r#"[{"expires_at":null,"name":"stage-github","system":true,"last_error":null},{"expires_at":"never","name":"stage-ovh","system":false,"last_error":null}]"#
    );
    let yaml = show("--columns name,status --name stage-ovh -o yaml").stdout;
    assert_eq!(yaml, "- name: stage-ovh\n  status: unavailable\n");
    let mut pty = Pty::start(server.ankra(&env, "credentials list --columns id,name --name dev-key"));
    let shown = pty.ok();
    assert!(shown.contains("ID") && shown.contains(&id(5)) && !shown.contains("hetzner_ssh_key"), "{shown}");
}

#[test]
fn a_column_that_is_not_there_is_refused_before_anything_is_sent() {
    let (env, server) = (Env::new(), FaultServer::start());
    for line in [
        "credentials list --columns nme",
        "credentials list --columns name,nope --no-headers",
        "credentials list --sort nope -o json",
        "credentials hetzner list --columns username",
        "credentials registry list --sort fingerprint",
        "credentials ssh-key list --columns health",
        "token list --columns nope",
        "org list --columns nope",
        "profile list --columns nope",
        "credentials registry presets --columns nope",
    ] {
        let outcome = server.ankra(&env, line).fails(2);
        outcome.says(&["there is no column ", "the columns are name, "]);
    }
    let outcome = server.ankra(&env, "credentials list --status broken").fails(2);
    outcome.says(&["--status", "ok, failing, unavailable, expired, syncing, unknown"]);
    for line in ["--expires-within 7", "--older-than soon", "--limit 0", "--limit x", "--name ''"] {
        let mut run = server.ankra(&env, "credentials list");
        for word in line.split(' ') {
            run = run.arg(word.trim_matches('\''));
        }
        run.fails(2);
    }
    assert_eq!(server.requests().len(), 0);
}

#[test]
fn every_column_of_every_list_can_be_chosen_and_sorted_by_and_is_in_csv() {
    let (env, server) = (Env::new(), several().1);
    let keys = json!([with(1, "a-key", "hetzner", json!({"ssh_public_key": "ssh-ed25519 AAAA"}))]);
    server.on("GET", "/api/v1/credentials/hetzner/ssh-keys", [Answer::json(200, keys)]);
    server.on(
        "GET",
        "/api/v1/credentials/hetzner",
        [Answer::json(200, [credential(1, "a", "hetzner")].to_vec())],
    );
    let mut counted = BTreeMap::new();
    for list in [
        "credentials list",
        "credentials hetzner list",
        "credentials registry list",
        "credentials hetzner ssh-key list",
    ] {
        let refused = server.ankra(&env, &format!("{list} --columns none-such")).fails(2).stderr;
        let columns = refused.split("the columns are ").nth(1).unwrap().trim().split(", ");
        let columns: Vec<&str> = columns.collect();
        let header = server.ankra(&env, &format!("{list} -o csv")).ok().stdout;
        // All but what uses each, which was not asked.
        assert_eq!(header.lines().next().unwrap().split(',').count(), columns.len() - 1, "{list}: {header}");
        for column in columns.iter().filter(|column| **column != "used_by") {
            let json =
                server.ankra(&env, &format!("{list} -o json --columns {column} --sort {column}")).ok().json();
            let all = json.as_array().unwrap();
            assert!(
                !all.is_empty() && all.iter().all(|one| one.as_object().unwrap().len() == 1),
                "{list} {column}"
            );
        }
        counted.insert(list, columns.len());
    }
    assert!(counted.values().all(|count| *count > 10), "{counted:?}");
}

#[test]
fn times_of_machine_formats_have_whole_seconds() {
    let (env, server) = several();
    for format in ["json", "yaml", "csv", "wide"] {
        let shown = server.ankra(&env, &format!("credentials list -o {format}")).ok().stdout;
        let times: Vec<&str> = shown
            .split(|c: char| !(c.is_ascii_alphanumeric() || "-:.".contains(c)))
            .filter(|word| word.starts_with("20") && word.contains('T'))
            .collect();
        assert!(times.len() > 10 && times.iter().all(|time| time.len() == 20), "{format}: {times:?}");
    }
}

#[test]
fn what_fails_is_seen_in_the_usual_list_and_stands_out_on_a_terminal() {
    let (env, server) = several();
    let mut pty = Pty::start(server.ankra(&env, "credentials list --sort name"));
    let shown = pty.ok();
    for part in [
        "NAME            PROVIDER         STATUS       EXPIRES",
        "\u{1b}[1;31mexpired\u{1b}[0m      expired 1 day ago",
        "\u{1b}[1;31munavailable\u{1b}[0m  never",
        "\u{1b}[33msyncing\u{1b}[0m      unknown",
        "ok           in 5 days",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    let mut pty = Pty::start(server.ankra(&env, "credentials list --color never"));
    assert!(!pty.ok().contains('\u{1b}'));
}

/// A platform with four credentials: one that a cluster uses, one of registries, one that nothing uses, and one of
/// which it cannot tell.
fn in_use() -> (Env, FaultServer) {
    let (env, server) = (Env::new(), FaultServer::start());
    let list = [
        credential(1, "busy", "hetzner"),
        credential(2, "charts", "registry"),
        credential(3, "idle", "ovh"),
        credential(4, "mute", "upcloud"),
    ];
    for (number, one) in (1..).zip(&list) {
        let mut detail = one.clone();
        if number != 4 {
            let clusters =
                if number == 1 { json!([{"id": id(9), "name": "prod"}, {"id": id(8)}]) } else { json!([]) };
            detail["clusters"] = clusters;
        }
        let path = format!("/api/v1/org/credentials/{}", id(number));
        server.answers_if_asked([("GET", path.as_str(), Answer::json(200, detail))]);
    }
    server.on("GET", "/api/v1/org/credentials", [Answer::json(200, list.to_vec())]);
    let registry = |name: &str| json!({"name": name, "url": "oci://ghcr.io/x", "credential_name": "charts"});
    let page = json!({"result": [registry("apps"), registry("infra")], "pagination": {"total_count": 2}});
    server.answers_if_asked([("GET", "/api/v1/org/helm/registries", Answer::json(200, page))]);
    (env, server)
}

#[test]
fn usage_names_what_uses_each_and_cannot_tell_is_never_none() {
    let (env, server) = in_use();
    let outcome = server.ankra(&env, "credentials list --usage --columns name,used-by").ok();
    let third = id(8);
    let rows = format!(
        "NAME    USED BY\nbusy    clusters prod, {third}\ncharts  registries apps, infra\nidle    none\nmute    cannot tell\n"
    );
    assert_eq!(outcome.stdout, rows);
    outcome.says(&["an application, an add-on or a GitOps repository may use a credential too"]);
    let header = server.ankra(&env, "credentials list --usage").ok().stdout;
    assert!(header.starts_with("NAME    PROVIDER  STATUS  USED BY"), "{header}");
    let json = server.ankra(&env, "credentials list --usage -o json").ok().json();
    let used: Vec<&Value> = json.as_array().unwrap().iter().map(|one| &one["used_by"]).collect();
    let expected = [
        json!({"clusters": ["prod", third], "registries": []}),
        json!({"clusters": [], "registries": ["apps", "infra"]}),
        json!({"clusters": [], "registries": []}),
        json!({"clusters": null, "registries": []}),
    ];
    assert_eq!(used, expected.iter().collect::<Vec<_>>());
    let csv = server
        .ankra(&env, "credentials list -o csv --columns name,used_by --name idle --name mute")
        .ok()
        .stdout;
    assert_eq!(csv, "name,used_by\nidle,none\nmute,cannot tell\n");
    // What was not asked about does not read as nothing.
    for format in ["json", "csv", "wide"] {
        let shown = server.ankra(&env, &format!("credentials list -o {format}")).ok().stdout;
        assert!(!shown.to_lowercase().contains("used"), "{format}: {shown}");
    }
}

#[test]
fn unused_leaves_out_what_it_cannot_tell_and_says_so() {
    let (env, server) = in_use();
    let outcome = server.ankra(&env, "credentials list --unused -o name").ok();
    assert_eq!(outcome.stdout, "idle\n");
    outcome.says(&["1 credential is left out: what uses it is not known."]);
    let none = server.ankra(&env, "credentials list --unused --name busy -o json").ok();
    assert_eq!(none.stdout, "[]\n");
}

#[test]
fn only_those_that_are_shown_are_asked_about() {
    for (line, asked) in [
        ("credentials list", 0),
        ("credentials list --limit 2", 0),
        ("credentials list --usage --limit 1", 1),
        ("credentials list --usage --name busy --name idle", 2),
        ("credentials list --columns used_by", 4),
        ("credentials list --unused --limit 1", 4),
        ("credentials list --sort used-by --limit 1", 4),
    ] {
        let (env, server) = in_use();
        server.ankra(&env, line).ok();
        let details =
            server.requests().iter().filter(|one| one.target.starts_with("/api/v1/org/credentials/")).count();
        assert_eq!(details, asked, "{line}");
    }
}

#[test]
fn what_could_not_be_asked_about_usage_is_warned_of_with_the_reason() {
    let denied = || Answer::json(403, json!({"detail": "permission_denied", "permission": "clusters.read"}));
    let one = |number, name, provider| with(number, name, provider, json!({"clusters": []}));
    let all = [one(1, "a", "hetzner"), one(2, "b", "hetzner"), one(3, "c", "registry")];
    let platform = |registries: Answer| {
        let server = FaultServer::start();
        server.on("GET", "/api/v1/org/credentials", [Answer::json(200, all.to_vec())]);
        server.on("GET", "/api/v1/org/helm/registries", [registries]);
        server.on("GET", &format!("/api/v1/org/credentials/{}", id(1)), [Answer::json(200, all[0].clone())]);
        for number in [2, 3] {
            server.on("GET", &format!("/api/v1/org/credentials/{}", id(number)), [denied()]);
        }
        server
    };
    let env = Env::new();
    let both = platform(Answer::json(200, json!({"result": []})));
    let outcome = both.ankra(&env, "credentials list --usage").ok();
    outcome.says(&[
        "warning: what uses 2 credentials is not known",
        "clusters.read",
        "registries were looked at",
    ]);
    let outcome = platform(denied()).ankra(&env, "credentials list --unused").ok();
    outcome.says(&["warning: which registries use a credential is not known"]);
    assert!(!outcome.stderr.contains("registries were looked at"), "{}", outcome.stderr);

    // Nothing of a registry is there: no registry is asked about.
    let server = FaultServer::start();
    server.on("GET", "/api/v1/org/credentials", [Answer::json(200, all[..1].to_vec())]);
    server.on("GET", &format!("/api/v1/org/credentials/{}", id(1)), [Answer::json(200, all[0].clone())]);
    let outcome = server.ankra(&env, "credentials list --usage").ok();
    outcome.says(&["Clusters were looked at; "]);
    assert_eq!(server.requests().len(), 2);
}

#[test]
fn in_a_pipe_usage_says_one_line_at_its_start_and_one_at_its_end() {
    let (env, server) = in_use();
    let outcome = server.ankra(&env, "credentials list --usage").ok();
    let told: Vec<&str> = outcome.stderr.lines().filter(|line| line.contains("4 credentials")).collect();
    assert_eq!(told.len(), 2, "{outcome}");
    assert!(!outcome.stderr.contains(['\r', '\u{1b}']), "{outcome}");
    let quiet = server.ankra(&env, "credentials list --usage --quiet").ok();
    assert_eq!(quiet.stderr, "");
}
