//! `ovh.conf`, which OVH's own libraries share: a section for each endpoint, in up to three files.
//!
//! Where they look and what counts: `configuration.go` of ovh/go-ovh and `config.py` of ovh/python-ovh, which merge
//! the files key by key. The project is what ovh/ovhcloud-cli adds.

use super::{
    config::{ADDRESS, ToolConfig, USED},
    ini,
    tool::{Address, Gives, Import, Scope, ToolFile, ToolVariable},
};
use crate::secret::Secret;

/// The endpoint that the platform uses.
const EU: &str = "ovh-eu";
const EU_ADDRESS: &str = "https://eu.api.ovh.com/1.0";

/// The keys of a section, and the fields that they are.
const KEYS: [(&str, &str); 3] = [
    ("application_key", "application-key"),
    ("application_secret", "application-secret"),
    ("consumer_key", "consumer-key"),
];

const fn secret(name: &'static str, field: &'static str) -> ToolVariable {
    ToolVariable {
        name,
        about: "with --from-ovh-conf: in place of what the file has",
        gives: Gives::Secret(field),
    }
}

pub(in crate::providers) static OVH_CONF: Import = Import {
    flag: "from-ovh-conf",
    value_name: "ENDPOINT",
    help: "Take the keys that ovh.conf has for ENDPOINT, and the project id",
    more: "Reads /etc/ovh.conf, ~/.ovh.conf and ./ovh.conf, of which the later count before the earlier, key by key. \
           OVH_APPLICATION_KEY, OVH_APPLICATION_SECRET and OVH_CONSUMER_KEY count before the files, unless ENDPOINT is \
           named. Without ENDPOINT it is the one that OVH's own tools would use (OVH_ENDPOINT, then endpoint in \
           [default]); if there are several, you choose. The project id is that of ovhcloud-cli, unless --project-id \
           is given. A secret that has its own flag is taken from there. The platform uses ovh-eu alone.",
    tool: "ovh.conf",
    itself: "OVH's own tools",
    first: "write the keys into ~/.ovh.conf first",
    entry: "endpoint",
    files: &[ToolFile::At("/etc/ovh.conf"), ToolFile::Home(".ovh.conf"), ToolFile::Here("ovh.conf")],
    is_merged: true,
    variables: &[
        secret("OVH_APPLICATION_KEY", KEYS[0].1),
        secret("OVH_APPLICATION_SECRET", KEYS[1].1),
        secret("OVH_CONSUMER_KEY", KEYS[2].1),
        ToolVariable {
            name: "OVH_ENDPOINT",
            about: "the endpoint, or an address of the API",
            gives: Gives::Entry,
        },
    ],
    scope: Scope::Used,
    usual: None,
    folds: false,
    address: Some(Address { own: EU_ADDRESS, variable: "OVH_ENDPOINT" }),
    doubt: |endpoint| {
        let is_eu = endpoint == EU || endpoint.trim_end_matches('/') == EU_ADDRESS;
        (!is_eu).then_some("the platform uses the endpoint ovh-eu alone: keys of another cannot work there")
    },
    keychain: None,
    read,
};

fn read(text: &str) -> Result<ToolConfig, String> {
    let mut config = ToolConfig::default();
    for line in ini::lines(text)? {
        match (line.section, line.key.as_str()) {
            ("default", "endpoint") => config.set(USED, line.value),
            ("ovh-cli", "default_cloud_project") => config.set("project-id", line.value),
            ("default" | "ovh-cli", _) => {}
            ("DEFAULT", key) if KEYS.iter().any(|(known, _)| *known == key) => {
                return Err(
                    "its section [DEFAULT] has keys, which belong to every section for some tools only"
                        .to_owned(),
                );
            }
            (section, "client_id" | "client_secret") => {
                config.entry(section).other =
                    Some("keys of an OAuth2 service account, which Ankra has no field for");
            }
            (section, "access_token") => {
                config.entry(section).other = Some("an access token, which Ankra has no field for");
            }
            (section, key) => {
                if let Some((_, field)) = KEYS.iter().find(|(known, _)| *known == key) {
                    config.entry(section).set(field, line.value);
                }
            }
        }
    }
    // Keys in variables are for the endpoint that is used, which need not have a section.
    let used = config.top.iter().find(|(key, _)| *key == USED).and_then(|(_, used)| used.clone().ok());
    if let Some(used) = used.filter(|used| is_address(used.expose())) {
        config.entry(used.expose());
    }
    for entry in &mut config.entries {
        if is_address(&entry.name) {
            let address = Secret::copied(&entry.name);
            entry.set(ADDRESS, Ok(address));
        }
    }
    Ok(config)
}

/// Whether an endpoint is the address of an API, which go-ovh takes as well as a name.
fn is_address(endpoint: &str) -> bool {
    endpoint.contains("://")
}

#[cfg(test)]
mod tests {
    use super::{ADDRESS, OVH_CONF, USED, read};

    #[test]
    fn sections_are_endpoints() {
        let text = "[default]\nendpoint = ovh-eu\n[ovh-eu]\napplication_key=a\napplication_secret=b\nconsumer_key=c\n[ovh-cli]\ndefault_cloud_project = p\n[https://x/1.0]\napplication_key=d\n[ovh-ca]\nclient_id=e\n";
        let config = read(text).unwrap();
        let top: Vec<_> =
            config.top.iter().map(|(key, value)| (*key, value.as_ref().unwrap().expose())).collect();
        assert_eq!(top, [(USED, "ovh-eu"), ("project-id", "p")]);
        let names: Vec<_> =
            config.entries.iter().map(|entry| (entry.name.as_str(), entry.values.len())).collect();
        assert_eq!(names, [("ovh-eu", 3), ("https://x/1.0", 2), ("ovh-ca", 0)]);
        assert_eq!(config.entries[1].values[1].0, ADDRESS);
        assert!(config.entries[2].other.is_some());
    }

    #[test]
    fn keys_for_every_section_are_refused() {
        assert!(read("[DEFAULT]\nconsumer_key = HUNTER2").is_err_and(|why| !why.contains("HUNTER2")));
    }

    #[test]
    fn other_endpoints_than_that_of_the_platform_are_doubted() {
        for (endpoint, is_doubted) in [
            ("ovh-eu", false),
            ("https://eu.api.ovh.com/1.0/", false),
            ("ovh-ca", true),
            ("https://x/1.0", true),
        ] {
            assert_eq!((OVH_CONF.doubt)(endpoint).is_some(), is_doubted, "{endpoint}");
        }
    }
}
