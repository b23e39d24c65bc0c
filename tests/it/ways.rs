//! One text, in through every way: what the platform is sent, or why it is sent nothing, is the same.
//!
//! The clouds, their secrets and the kinds of registries come from the program, so that a new one is held to
//! this too. A text goes in from a file and by one more way, another for each text and each secret.

mod texts;

use std::fs;

use ankra::testing::{
    providers::{self, ALL},
    secret::Field,
};
use base64ct::{Base64, Encoding};
use serde_json::{Value, json};

use self::texts::{TEXTS, key};
use crate::support::{
    Env, FaultServer, Outcome, Pty, Run, create_line, id, unique, usual_value, write_private,
};

/// A secret that a command line takes.
struct Place {
    line: String,
    field: &'static Field,
    /// A value that is not doubted.
    good: String,
    /// Options that give the other secrets of the line, and their values.
    others: Vec<(String, String)>,
    /// The user name, where it is the password of a registry.
    user: Option<&'static str>,
}

fn clouds() -> impl Iterator<Item = Place> {
    ALL.iter().flat_map(|provider| {
        provider.secrets.iter().map(|field| {
            let switch = field.group.and_then(|group| provider.switch_of(group));
            let switch = switch.map(|switch| format!(" --{} bastion", switch.name)).unwrap_or_default();
            let others =
                provider.secrets.iter().filter(|other| other.name != field.name && other.group.is_none());
            Place {
                line: create_line(provider, "mine") + &switch,
                field,
                good: usual_value(field),
                others: others.map(|other| (format!("--{}-from", other.name), usual_value(other))).collect(),
                user: None,
            }
        })
    })
}

fn registries() -> impl Iterator<Item = Place> {
    providers::registries().map(|(slug, user, [_, field])| {
        let line = format!("credentials registry create --name mine --preset {slug} --username {user}");
        let good = [unique("Pw1-", 24), key("a")].into_iter().find(|good| {
            let run =
                Env::new().line(&format!("{line} --dry-run --password-stdin")).stdin(good.as_str()).run();
            run.code == Some(0)
        });
        Place { line, field, good: good.unwrap(), others: Vec::new(), user: Some(user) }
    })
}

/// A platform that takes everything, and an empty machine.
struct World {
    env: Env,
    server: FaultServer,
}

impl World {
    fn of(place: &Place) -> Self {
        let server = FaultServer::start();
        server.accept_everything(json!({
            "id": id(1), "name": "mine", "provider": "registry", "username": place.user, "valid": true,
            "success": true,
        }));
        Self { env: Env::new(), server }
    }

    fn run(&self, place: &Place, line: &str) -> Run {
        let mut run = self.server.ankra(&self.env, line).arg("-o").arg("json");
        for (number, (flag, value)) in place.others.iter().enumerate() {
            let variable = format!("OTHER_{number}");
            run = run.env(&variable, value).arg(flag).arg(format!("env:{variable}"));
        }
        run.env("XDG_RUNTIME_DIR", self.env.home().join("run"))
    }

    /// A new file with `bytes`, as a source.
    fn file(&self, bytes: impl AsRef<[u8]>) -> String {
        let path = self.env.home().join("source");
        write_private(&path, bytes);
        format!("file:{}", path.display())
    }

    /// What docker's file has as the login at a registry.
    fn docker(&self, file: &Value) {
        write_private(&self.env.home().join(".docker/config.json"), file.to_string());
    }

    /// What `run` made of the secret: the value that was sent, or the reasons; and what was cut from it.
    fn outcome(&self, run: Run, place: &Place) -> Made {
        let before = (self.server.requests().len(), self.server.writes().len());
        let outcome = run.run();
        let notes = outcome.stderr.lines().filter_map(|line| {
            let (_, cut) = line.strip_prefix("Left out of the ")?.split_once(": ")?;
            Some(cut.to_owned())
        });
        let result = if outcome.code == Some(0) {
            let writes = self.server.writes();
            assert_eq!(writes.len(), before.1 + 1, "{outcome}");
            let body = writes[before.1].json();
            let within = place.field.group.map_or(&body, |group| &body[group]);
            Ok(within[place.field.key()].as_str().unwrap().to_owned())
        } else {
            assert_eq!(self.server.writes().len(), before.1, "{outcome}");
            Err(reasons(&outcome))
        };
        Made { result, cut: notes.collect(), shown: outcome.to_string() }
    }
}

struct Made {
    result: Result<String, String>,
    cut: Vec<String>,
    shown: String,
}

/// Why a text is refused, without where it came from.
fn reasons(outcome: &Outcome) -> String {
    assert_eq!(outcome.code, Some(2), "{outcome}");
    let causes = outcome.json_error()["causes"].clone();
    let causes: Vec<&str> = causes.as_array().unwrap().iter().map(|cause| cause.as_str().unwrap()).collect();
    let joined = causes.join("; ");
    let in_login_file = joined.split_once("config.json, the ").and_then(|(_, rest)| rest.split_once(": "));
    in_login_file.map_or(joined.as_str(), |(_, why)| why).to_owned()
}

/// How a text comes in; `None`: it cannot come so.
type Way = (&'static str, fn(&World, &Place, &str) -> Option<Run>);

fn from(world: &World, place: &Place, source: &str) -> Run {
    world.run(place, &place.line).arg(format!("--{}-from", place.field.name)).arg(source)
}

fn bundled(world: &World, place: &Place, bundle: &str) -> Run {
    world.run(place, &place.line).arg("--secrets-from").arg(world.file(bundle))
}

fn imported(world: &World, place: &Place, file: &Value) -> Run {
    world.docker(file);
    world.run(place, &place.line).arg("--from-docker").arg("registry.example")
}

const BY_FILE: Way = ("file", |world, place, text| Some(from(world, place, &world.file(text))));

const WAYS: [Way; 6] = [
    ("stdin", |world, place, text| Some(from(world, place, "stdin").stdin(text))),
    ("fd", |world, place, text| Some(from(world, place, "fd:0").stdin(text))),
    ("command", |world, place, text| {
        let file = world.file(text);
        Some(from(world, place, &format!("command:cat {}", &file["file:".len()..])))
    }),
    // An empty variable is as one that is not set, and none can hold a NUL.
    ("env", |world, place, text| {
        (!text.is_empty() && !text.contains('\0')).then(|| from(world, place, "env:TEXT").env("TEXT", text))
    }),
    ("JSON", |world, place, text| {
        let key = place.field.name.replace('-', "_");
        Some(bundled(world, place, &json!({ key: text }).to_string()))
    }),
    // No dotenv text holds these beyond doubt.
    ("dotenv", |world, place, text| {
        let key = place.field.name.replace('-', "_").to_uppercase();
        let is_plain = !text.contains(['\'', '\\', '\r']);
        is_plain.then(|| bundled(world, place, &format!("export {key}='{text}' # ours\n")))
    }),
];

const WAYS_OF_REGISTRIES: [Way; 4] = [
    // To docker, NULs around a password are not part of it, and an empty one is none.
    ("docker", |world, place, text| {
        let auth = Base64::encode_string(format!("{}:{text}", place.user?).as_bytes());
        let file = json!({"auths": {"registry.example": {"auth": auth}}});
        (!text.is_empty() && text.trim_matches('\0') == text).then(|| imported(world, place, &file))
    }),
    ("helper", |world, place, text| {
        let answer = json!({"ServerURL": "registry.example", "Username": place.user?, "Secret": text});
        let answer = world.file(answer.to_string());
        let script = format!("#!/bin/sh\ncat {}\n", &answer["file:".len()..]);
        let folder = world.env.home().join("bin");
        let program = folder.join("docker-credential-ways");
        write_private(&program, script);
        fs::set_permissions(&program, std::os::unix::fs::PermissionsExt::from_mode(0o700)).unwrap();
        let path = format!("{}:{}", folder.display(), std::env::var("PATH").unwrap());
        let file = json!({"credHelpers": {"registry.example": "ways"}});
        (!text.is_empty()).then(|| imported(world, place, &file).env("PATH", path))
    }),
    ("update", |world, place, text| {
        let line = place.line.replace("create --name mine", "update mine");
        Some(world.run(place, &line).arg("--password-from").arg(world.file(text)))
    }),
    ("refresh", |world, place, text| {
        let line = place.line.replace("create --name mine", "refresh mine");
        let line = line.split(" --username ").next().unwrap();
        Some(world.run(place, line).arg("--password-from").arg(world.file(text)))
    }),
];

/// Lets texts in by a file and by one of `ways`: each fourth for one place, the others for the next ones.
fn hold(places: impl Iterator<Item = Place>, ways: &[Way]) {
    for (turn, place) in places.enumerate() {
        let world = World::of(&place);
        for (number, (name, text)) in TEXTS.iter().skip(turn % 4).step_by(4).enumerate() {
            let text = text(&place.good);
            let wanted = world.outcome(BY_FILE.1(&world, &place, &text).unwrap(), &place);
            let mut turns = (0..ways.len()).map(|step| &ways[(turn + turn / 4 + number + step) % ways.len()]);
            let found = turns.find_map(|(way, run)| Some((way, run(&world, &place, &text)?)));
            let (way, run) = found.unwrap_or_else(|| panic!("no way for {name}"));
            let made = world.outcome(run, &place);
            // In place of a password that works, one that looks wrong is not even stored with a warning.
            if *way == "refresh" && wanted.result.is_ok() && made.shown.contains("the stored one is kept") {
                continue;
            }
            let what = format!("{name} by {way}\n{}\n{}", wanted.shown, made.shown);
            assert_eq!((made.result, made.cut), (wanted.result, wanted.cut), "{what}");
        }
    }
}

#[test]
fn h89_h90_h91_h94_h97_h98_a_secret_of_a_cloud_is_judged_alike_whatever_way_it_comes() {
    hold(clouds(), &WAYS);
}

#[test]
fn h89_h90_h91_h94_h97_h98_a_password_is_judged_alike_whatever_way_it_comes() {
    hold(registries(), &WAYS);
}

#[test]
fn h89_h90_h91_h94_h97_h98_a_password_is_judged_alike_from_each_tool_and_in_each_command() {
    hold(registries(), &WAYS_OF_REGISTRIES);
}

/// Those of `place` that can be typed: one line, without what the terminal itself takes for something else.
fn typed(place: &Place) -> impl Iterator<Item = (&'static str, String)> {
    let texts = TEXTS.iter().map(|(name, text)| (*name, text(&place.good)));
    texts.filter(|(_, text)| !text.is_empty() && !text.contains(char::is_control))
}

#[test]
fn h89_h90_h91_h98_a_hidden_answer_is_judged_as_a_file_is() {
    for place in clouds().take(1).chain(registries().filter(|place| place.line.contains("generic"))) {
        // Its first letter is a capital at a prompt.
        let question = format!("{}: ", &place.field.label[1..]);
        for (name, text) in typed(&place) {
            let world = World::of(&place);
            let wanted = world.outcome(BY_FILE.1(&world, &place, &text).unwrap(), &place);
            let before = world.server.writes().len();
            let mut pty = Pty::start(world.server.ankra(&world.env, &place.line));
            pty.expect(&question).expect_hidden().send(&format!("{text}\r"));
            match wanted.result {
                Ok(value) => {
                    pty.ok();
                    let body = world.server.writes()[before].json();
                    assert_eq!(body[place.field.key()], value, "{name}: {}", pty.transcript());
                }
                Err(why) => {
                    // Told in lines of the terminal's width, then asked again.
                    for word in why.split(' ') {
                        pty.expect(word);
                    }
                    pty.expect(&question).expect_hidden().send("\u{3}");
                    pty.end();
                    assert_eq!(world.server.writes().len(), before, "{name}: {}", pty.transcript());
                }
            }
        }
    }
}

#[test]
fn h91_an_api_token_is_judged_alike_from_its_variable_and_at_sign_in() {
    let good = unique("token", 40);
    let place = clouds().next().unwrap();
    for (name, text) in TEXTS.iter().map(|(name, text)| (name, text(&good))) {
        let world = World::of(&place);
        // An empty variable is as one that is not set, and none can hold a NUL.
        if text.is_empty() || text.contains('\0') {
            continue;
        }
        let sent = |run: Run| {
            let before = world.server.requests().len();
            let outcome = run.arg("-o").arg("json").env("ANKRA_BASE_URL", world.server.url()).run();
            match world.server.requests().get(before) {
                Some(request) => Ok(request.header("authorization").map(str::to_owned)),
                None => Err(reasons(&outcome)),
            }
        };
        let login = world.env.line("login --with-token --api-token-from").arg(world.file(&text));
        let listed = world.env.line("credentials list").env("ANKRA_API_TOKEN", &text);
        assert_eq!(sent(login), sent(listed), "{name}");
    }
}

#[test]
fn h92_a_comment_in_a_bundle_is_no_part_of_any_secret() {
    for place in clouds().chain(registries()).filter(|place| !place.good.contains('\n')) {
        let world = World::of(&place);
        let key = place.field.name.replace('-', "_").to_uppercase();
        for value in [format!("{} # prod", place.good), format!("\"{}\" # prod", place.good)] {
            let made = world.outcome(bundled(&world, &place, &format!("{key}={value}\r\n")), &place);
            assert_eq!(made.result.as_ref(), Ok(&place.good), "{}", made.shown);
        }
    }
}

#[test]
fn h93_a_bundle_counts_by_each_key_that_the_help_lists_and_is_told_of_by_those_it_has() {
    for place in clouds().chain(registries()) {
        let world = World::of(&place);
        let help = world.env.line(&format!("{} --help", place.line)).ok().stdout;
        for key in place.field.keys() {
            assert!(help.contains(&key), "{key}: {help}");
            let bundle = json!({ key.to_ascii_uppercase(): place.good, "PORT": 1 }).to_string();
            let made = world.outcome(bundled(&world, &place, &bundle), &place);
            assert_eq!(made.result.as_ref(), Ok(&place.good), "{key}: {}", made.shown);
        }
        let own = place.field.name.replace('-', "_").to_uppercase();
        let outcome = bundled(&world, &place, "STRANGE_KEY=x\n").fails(2);
        let message = outcome.json_error()["message"].as_str().unwrap().to_owned();
        assert!(message.ends_with(&format!(" has no {own} (it has STRANGE_KEY)")), "{message}");
    }
}

#[test]
fn h93_a_bundle_may_hold_the_user_name_of_a_registry() {
    for (place, (.., [username, password])) in registries().zip(providers::registries()) {
        let world = World::of(&place);
        let line = place.line.split(" --username ").next().unwrap();
        for key in username.keys() {
            let bundle = json!({ key: place.user, password.keys()[0].clone(): place.good }).to_string();
            world.run(&place, line).arg("--secrets-from").arg("stdin").stdin(bundle).ok();
            let body = world.server.writes().pop().unwrap().json();
            assert_eq!((&body["username"], &body["password"]), (&json!(place.user), &json!(place.good)));
        }
    }
}

#[test]
fn h93_a_refresh_does_not_take_the_password_of_another_user() {
    let place = registries().next().unwrap();
    let world = World::of(&place);
    let run = |user: &str| {
        let bundle = json!({"username": user, "password": format!("ghp_{}", "aB1".repeat(12))}).to_string();
        world.server.ankra(&world.env, "credentials registry refresh mine --secrets-from stdin").stdin(bundle)
    };
    run("somebody-else").fails(2).says(&["the user name of another user", "refresh keeps the user name"]);
    assert!(world.server.writes().is_empty(), "{:?}", world.server.lines());
    run(place.user.unwrap()).ok();
    assert_eq!(world.server.writes().len(), 1);
}

#[test]
fn h95_a_secret_is_read_alike_from_each_stream_however_it_is_encoded() {
    let place = clouds().next().unwrap();
    let world = World::of(&place);
    let wide: Vec<u8> = place.good.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (bytes, wanted) in [
        (place.good.clone().into_bytes(), Ok(place.good.clone())),
        (format!("\u{feff}{}\r\n", place.good).into_bytes(), Ok(place.good.clone())),
        ([b"\xff\xfe", wide.as_slice()].concat(), Err("it is UTF-16 text")),
        (wide, Err("it is UTF-16 text")),
        ([place.good.as_bytes(), b"\xfc"].concat(), Err("line 1 is not UTF-8 text")),
    ] {
        let file = world.file(&bytes);
        for (source, stdin) in [
            (file.clone(), Vec::new()),
            (format!("command:cat {}", &file["file:".len()..]), Vec::new()),
            ("stdin".into(), bytes.clone()),
            ("fd:0".into(), bytes.clone()),
        ] {
            let made = world.outcome(from(&world, &place, &source).stdin(stdin), &place);
            assert_eq!(made.result, wanted.clone().map_err(str::to_owned), "{source}: {}", made.shown);
        }
    }
}
