//! Any cloud of the program's list, with a server that stands for it.

use ankra::testing::providers::Provider;

use crate::support::{Certificate, Env, FaultServer, Outcome, Run, TlsFront, create_line, usual_value};

/// The variable that names a cloud's address, and what its value ends with; `None`: a flag does.
pub(super) fn variable(provider: &Provider) -> Option<(&'static str, &'static str)> {
    let (name, text) = provider.check.variables.first()?;
    let (_, end) = text.split_once("https://HOST").unwrap();
    Some((name, end.split(',').next().unwrap_or_default()))
}

pub(super) struct Cloud {
    provider: &'static Provider,
    pub(super) env: Env,
    pub(super) server: FaultServer,
    front: TlsFront,
    pub(super) secrets: Vec<String>,
}

impl Cloud {
    pub(super) fn new(provider: &'static Provider) -> Self {
        let (env, server) = (Env::new(), FaultServer::start());
        let front = TlsFront::start(&server, None, &Certificate::default());
        let secrets =
            provider.secrets.iter().filter(|field| field.group.is_none()).map(usual_value).collect();
        Self { provider, env, server, front, secrets }
    }

    pub(super) fn provider(&self) -> &'static Provider {
        self.provider
    }

    /// A check at the server.
    pub(super) fn check(&self) -> Run {
        match variable(self.provider) {
            Some(_) => self.check_at(&self.server.url()),
            None => self.check_at(&self.front.url()).arg("--tls-insecure"),
        }
    }

    /// A check at this address.
    pub(super) fn check_at(&self, address: &str) -> Run {
        let line = self.line("check");
        match variable(self.provider) {
            Some((name, end)) => line.env(name, format!("{address}{end}")),
            None => line.arg("--api-url").arg(address),
        }
    }

    /// Its simplest command line, without an address and with the secrets on standard input.
    pub(super) fn line(&self, command: &str) -> Run {
        let line = create_line(self.provider, "proof").replacen(" create ", &format!(" {command} "), 1);
        let mut words: Vec<&str> = line.split_whitespace().collect();
        let mut cut = |flag: &str| {
            if let Some(at) = words.iter().position(|word| *word == flag) {
                words.drain(at..at + 2);
            }
        };
        cut("--api-url");
        if command == "check" {
            cut("--name");
        }
        let secrets = self.provider.secrets.iter().filter(|field| field.group.is_none());
        let bundle: serde_json::Map<String, serde_json::Value> = secrets
            .zip(&self.secrets)
            .map(|(field, value)| (field.name.into(), value.as_str().into()))
            .collect();
        let bundle = serde_json::Value::from(bundle).to_string();
        self.env.ankra(words).arg("--secrets-from").arg("stdin").stdin(bundle)
    }

    /// Fails if a secret is shown.
    pub(super) fn shows_no_secret(&self, outcome: &Outcome) {
        for secret in &self.secrets {
            assert!(!outcome.all().contains(secret), "{outcome}");
        }
    }
}
