//! What is particular to the registries that many people use: data.

use super::{preset::is_like, presets};

/// A registry, or all registries of one maker.
#[derive(Debug)]
pub(super) struct KnownHost {
    /// Its hosts; `*` stands for one or more characters without a dot.
    hosts: &'static [&'static str],
    /// The host that answers for it, where that is not the one that people write.
    pub(super) api: Option<&'static str>,
    /// The host that its tokens come from, where that is another one.
    pub(super) realm: Option<&'static str>,
    /// What to do where it refuses the password.
    pub(super) password: &'static str,
    /// What to do where the password is right and the path is refused.
    pub(super) access: &'static str,
    /// What to do where the password is past its end.
    pub(super) expired: &'static str,
    /// What to do where there were too many requests.
    pub(super) rate: Option<&'static str>,
}

const AGAIN: &str = "make a new one at the registry and give that";

static KNOWN: &[KnownHost] = &[
    KnownHost {
        hosts: presets::GHCR.hosts,
        api: None,
        realm: None,
        password: "GitHub takes a classic personal access token with the right read:packages, and the user name of its owner",
        access: "give the token the right read:packages, and authorise it for the organisation where that uses single sign-on",
        expired: "make a new token: GitHub, Settings, Developer settings, Personal access tokens",
        rate: None,
    },
    KnownHost {
        hosts: presets::GAR.hosts,
        api: None,
        realm: None,
        password: "with a service account's JSON key as the password, the user name is _json_key",
        access: "give the service account the role Artifact Registry Reader (roles/artifactregistry.reader) on the repository",
        expired: "an access token lives for an hour: a service account's JSON key does not end",
        rate: None,
    },
    KnownHost {
        hosts: presets::ECR.hosts,
        api: None,
        realm: None,
        password: "the user name is AWS, the password what this prints: aws ecr get-login-password --region REGION, with the region in the host's name",
        access: "the role needs ecr:BatchGetImage and ecr:GetDownloadUrlForLayer, and for this check ecr:ListImages, on the repository",
        expired: "such a password lives for 12 hours: take a new one from aws ecr get-login-password",
        rate: None,
    },
    KnownHost {
        hosts: presets::ACR.hosts,
        api: None,
        realm: None,
        password: "the user name is the service principal's appId or a token's name, the password the one made for it",
        access: "give the service principal the role acrpull, or the token a scope map with content/read and metadata/read",
        expired: "make a new secret: az ad sp credential reset, or az acr token credential generate",
        rate: None,
    },
    KnownHost {
        hosts: presets::DOCKERHUB.hosts,
        api: Some("registry-1.docker.io"),
        realm: Some("auth.docker.io"),
        password: "Docker Hub takes a personal access token in place of the password, and the Docker ID as user name, not the e-mail address",
        access: "give the access token at least the right Read, and its owner access to the repository",
        expired: "make a new token: Docker Hub, Account settings, Personal access tokens",
        rate: Some("Docker Hub counts requests by user and by address: wait, or ask from another network"),
    },
    KnownHost {
        hosts: &["registry.gitlab.com"],
        api: None,
        realm: Some("gitlab.com"),
        password: "GitLab takes a personal, group, project or deploy token with the right read_registry, and its own user name",
        access: "give the token the right read_registry, and at least the role Reporter in the project",
        expired: AGAIN,
        rate: None,
    },
    KnownHost {
        hosts: &["quay.io"],
        api: None,
        realm: None,
        password: "for a robot account the user name is ORGANISATION+ROBOT",
        access: "give the robot account Read on the repository",
        expired: AGAIN,
        rate: None,
    },
    KnownHost {
        hosts: presets::ARTIFACTORY.hosts,
        api: None,
        realm: None,
        password: "Artifactory takes an identity token or an API key in place of the password",
        access: "the path begins with the key of a Docker or OCI repository; its user needs Read there",
        expired: "make a new token in your Artifactory profile",
        rate: None,
    },
    KnownHost {
        hosts: presets::HARBOR.hosts,
        api: None,
        realm: None,
        password: "for a robot account the user name is whole: robot$PROJECT+NAME (single quotes keep the shell from changing it)",
        access: "give the robot account Pull in the project that the path begins with",
        expired: "give the robot account a later end, or make a new one",
        rate: None,
    },
];

/// What holds for every other registry.
static OTHER: KnownHost = KnownHost {
    hosts: &[],
    api: None,
    realm: None,
    password: "check the user name and the password: many registries want an access token in place of the password",
    access: "ask who runs the registry for the right to pull from this path",
    expired: AGAIN,
    rate: None,
};

/// What is known of `host`, which is in lower case.
pub(super) fn known(host: &str) -> &'static KnownHost {
    let is = |known: &&KnownHost| known.hosts.iter().any(|pattern| is_like(host, pattern));
    KNOWN.iter().find(is).unwrap_or(&OTHER)
}

#[cfg(test)]
mod tests {
    use super::{KNOWN, OTHER, known};

    #[test]
    fn a_host_is_known_by_its_whole_name() {
        for (host, hint) in [
            ("ghcr.io", "read:packages"),
            ("europe-west1-docker.pkg.dev", "Artifact Registry Reader"),
            ("eu.gcr.io", "Artifact Registry Reader"),
            ("123456789012.dkr.ecr.eu-central-1.amazonaws.com", "ecr:"),
            ("acme.azurecr.io", "acrpull"),
            ("docker.io", "Docker ID"),
            ("harbor.example.com", "robot$"),
            ("acme.jfrog.io", "Artifactory"),
        ] {
            let known = known(host);
            assert!(format!("{}{}", known.password, known.access).contains(hint), "{host}");
        }
        for other in [
            "ghcr.io.evil.example",
            "evil-ghcr.io",
            "azurecr.io",
            ".azurecr.io",
            "docker.io.example",
            "127.0.0.1",
        ] {
            assert!(std::ptr::eq(known(other).password, OTHER.password), "{other}");
        }
    }

    /// A pattern with `*` may match a host that anyone can register: it must not lead a secret elsewhere.
    #[test]
    fn only_a_host_known_by_name_has_another_host_for_its_tokens() {
        for known in KNOWN.iter().filter(|known| known.realm.is_some() || known.api.is_some()) {
            assert!(known.hosts.iter().all(|host| !host.contains('*')), "{known:?}");
        }
    }
}
