//! The cloud providers and registries, and what each wants to know.

const API_URL: &str = "api_url";

pub(super) struct Provider {
    pub(super) name: &'static str,
    /// Its name in sentences.
    title: &'static str,
    pub(super) fields: &'static [Field],
}

impl Provider {
    /// What its SSH keys are listed as.
    pub(super) fn key_name(&self) -> String {
        format!("{}_ssh_key", self.name)
    }

    /// What the platform says of `secret` after it tried it at the provider; `None`: it is good. No provider is
    /// asked here: a secret that begins with one of these words is to show what is said.
    pub(super) fn tried(&self, secret: &str) -> Option<String> {
        let title = self.title;
        let has_keys = self.name == "ovh";
        let begins =
            |word: &str| secret.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
        Some(match () {
            () if begins("rejected") && has_keys => format!("{title} rejected the supplied keys."),
            () if begins("rejected") => format!("{title} rejected the API token."),
            () if begins("denied") && has_keys => {
                format!("{title} accepted the keys but the consumer key lacks the required permissions.")
            }
            () if begins("denied") => format!("{title} accepted the token but denied the request."),
            () if begins("unreachable") => format!("Could not reach the {title} API."),
            () if begins("http503") => format!("{title} returned HTTP 503."),
            () => return None,
        })
    }

    /// What the platform says where it did not try a secret.
    pub(super) fn untried(&self) -> String {
        format!("{} accepted; connection test runs during cluster provisioning.", self.title)
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
    Provider { name: "hetzner", title: "Hetzner", fields: &[secret("api_token", hetzner_token)] },
    Provider {
        name: "ovh",
        title: "OVH",
        // The application key is not secret by itself, but nobody needs it back.
        fields: &[
            secret("application_key", word),
            secret("application_secret", word),
            secret("consumer_key", word),
            plain("project_id", letters_and_digits),
        ],
    },
    Provider { name: "digitalocean", title: "DigitalOcean", fields: &[secret("api_token", word)] },
    Provider { name: "upcloud", title: "UpCloud", fields: &[secret("api_token", word)] },
    Provider {
        name: "proxmox",
        title: "Proxmox",
        fields: &[plain(API_URL, web_address), plain("token_id", word), secret("token_secret", word)],
    },
    Provider {
        name: "morpheus",
        title: "Morpheus",
        fields: &[plain(API_URL, web_address), secret("access_token", word)],
    },
];

/// Registries of all kinds.
pub(super) static REGISTRY: Provider = Provider {
    name: "registry",
    title: "The registry",
    fields: &[plain("username", user_name), secret("password", password)],
};

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
