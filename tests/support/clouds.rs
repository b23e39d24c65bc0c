//! Secrets as each cloud provider gives them out.

use ankra::testing::{
    providers::{ALL, Provider},
    secret::{Field, Form, Shape},
    ssh::KeyPair,
};

use super::{Certificate, Env, FaultServer, Pty, Run, TlsFront, unique};

/// A value of `field` that is not doubted, different at each call.
pub fn usual_value(field: &Field) -> String {
    if field.shape == Shape::KeyFile {
        return KeyPair::generate("jump").unwrap().to_openssh(None).unwrap().to_string();
    }
    let hex = |length: usize| {
        let digits = unique("", length);
        digits
            .chars()
            .map(|digit| char::from_digit(digit.to_digit(16).unwrap(), 16).unwrap())
            .collect::<String>()
    };
    let uuid = [8, 4, 4, 4, 12].map(hex).join("-");
    let words = [64, 32, 16].map(|length| unique("s", length));
    let prefixed = [format!("dop_v1_{}", hex(64)), format!("ucat_{}", unique("u", 26))];
    let all = prefixed.into_iter().chain([uuid]).chain(words);
    let is_usual = |value: &String| matches!((field.form)(value), Form::Usual | Form::Unknown);
    all.rev().find(is_usual).unwrap_or_else(|| panic!("no usual value for {} is known here", field.name))
}

/// The simplest command line that creates a credential `name` at `provider`: its first example.
pub fn create_line(provider: &Provider, name: &str) -> String {
    let example = provider.examples[0].replace("\\\n", " ");
    let words: Vec<&str> = example.split_whitespace().skip(1).collect();
    let at = words.iter().position(|word| *word == "--name").unwrap();
    let mut words: Vec<&str> = words.into_iter().map(|word| word.trim_matches('\'')).collect();
    words[at + 1] = name;
    words.join(" ")
}

/// The check of a credential of `provider` at a server in place of the cloud, without the sources of its secrets. The
/// front, which some clouds need, is to live as long as the run.
pub fn check_at(env: &Env, provider: &Provider, server: &FaultServer) -> (Run, Option<TlsFront>) {
    let created = create_line(provider, "canary").replace(" create ", " check ");
    let line = created.replace(" --name canary", "");
    if let [(variable, _), ..] = provider.check.variables {
        return (env.line(&line).env(variable, server.url()), None);
    }
    // One of a person's own, whose certificate no authority signed.
    let front = TlsFront::start(server, None, &Certificate::default());
    let words: Vec<&str> = line.split(' ').collect();
    let at = words.iter().position(|word| *word == "--api-url").unwrap() + 1;
    let line = words
        .iter()
        .enumerate()
        .map(|(place, word)| if place == at { front.url() } else { (*word).to_owned() });
    let line: Vec<String> = line.collect();
    (env.line(&format!("{} --tls-insecure", line.join(" "))), Some(front))
}

/// Answers that the secret `field` is there, where a cloud could be asked for it.
pub fn say_that_it_is_there(pty: &mut Pty, field: &str) {
    if let Some(grant) = ALL.iter().filter_map(|provider| provider.grant).find(|grant| grant.field == field) {
        pty.expect(grant.question).expect(grant.offer).expect_hidden().send("j\r");
    }
}
