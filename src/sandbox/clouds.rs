//! The cloud providers and registries, and what each wants to know.

const API_URL: &str = "api_url";

pub(super) struct Provider {
    pub(super) name: &'static str,
    pub(super) fields: &'static [Field],
}

impl Provider {
    /// What its SSH keys are listed as.
    pub(super) fn key_name(&self) -> String {
        format!("{}_ssh_key", self.name)
    }

    /// Whether it is reached over the network of the user: `tls_insecure` and `jumphost` go with it.
    pub(super) fn own_network(&self) -> bool {
        self.fields.iter().any(|field| field.key == API_URL)
    }
}

pub(super) struct Field {
    pub(super) key: &'static str,
    pub(super) secret: bool,
    /// What is wrong with a value, if anything. The words never quote it.
    pub(super) check: fn(&str) -> Option<&'static str>,
}

const fn secret(key: &'static str, check: fn(&str) -> Option<&'static str>) -> Field {
    Field { key, secret: true, check }
}

const fn plain(key: &'static str, check: fn(&str) -> Option<&'static str>) -> Field {
    Field { key, secret: false, check }
}

/// The providers, by the names of their routes.
pub(super) const PROVIDERS: &[Provider] = &[
    Provider { name: "hetzner", fields: &[secret("api_token", hetzner_token)] },
    Provider {
        name: "ovh",
        // The application key is not secret by itself, but nobody needs it back.
        fields: &[
            secret("application_key", word),
            secret("application_secret", word),
            secret("consumer_key", word),
            plain("project_id", letters_and_digits),
        ],
    },
    Provider { name: "digitalocean", fields: &[secret("api_token", word)] },
    Provider { name: "upcloud", fields: &[secret("api_token", word)] },
    Provider {
        name: "proxmox",
        fields: &[plain(API_URL, web_address), plain("token_id", word), secret("token_secret", word)],
    },
    Provider { name: "morpheus", fields: &[plain(API_URL, web_address), secret("access_token", word)] },
];

/// Registries of all kinds.
pub(super) static REGISTRY: Provider =
    Provider { name: "registry", fields: &[plain("username", user_name), secret("password", password)] };

fn user_name(text: &str) -> Option<&'static str> {
    if text.trim().is_empty() {
        Some("The user name must not be empty")
    } else if text.chars().any(char::is_control) {
        Some("The user name must not have control characters")
    } else {
        None
    }
}

/// It may be a whole key file, so line ends are fine.
fn password(text: &str) -> Option<&'static str> {
    text.trim().is_empty().then_some("The password must not be empty")
}

/// 64 letters and digits: Hetzner's own documentation says so.
fn hetzner_token(text: &str) -> Option<&'static str> {
    let good = text.len() == 64 && text.bytes().all(|b| b.is_ascii_alphanumeric());
    (!good).then_some("A Hetzner Cloud API token has 64 letters and digits")
}

/// Lengths of other providers' secrets are not promised: only what cannot be one is refused.
fn word(text: &str) -> Option<&'static str> {
    if text.is_empty() {
        Some("The value must not be empty")
    } else if text.chars().any(|c| c.is_whitespace() || c.is_control()) {
        Some("The value must not have spaces, line ends or control characters")
    } else {
        None
    }
}

fn letters_and_digits(text: &str) -> Option<&'static str> {
    let good = !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric());
    (!good).then_some("A project id has letters and digits only")
}

/// Details show it, so it must not carry a password.
fn web_address(text: &str) -> Option<&'static str> {
    let good = url::Url::parse(text).is_ok_and(|url| {
        matches!(url.scheme(), "http" | "https") && url.username().is_empty() && url.password().is_none()
    });
    (!good).then_some("The value must be an http or https URL without a user name or password")
}
