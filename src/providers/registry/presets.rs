//! The kinds of registries, as their own documentation has them.

use super::{
    forms,
    preset::{Preset, Username},
};
use crate::{
    providers::{SecretSpec, Spec},
    secret::Field,
};

/// Every preset, in the order in which a person reads them.
pub(super) const ALL: [&Preset; 8] = [&GHCR, &GAR, &ECR, &ACR, &DOCKERHUB, &HARBOR, &ARTIFACTORY, &GENERIC];

/// A registry credential's one secret. It may be a whole JSON key file, hence several lines.
const fn secret(label: &'static str) -> SecretSpec {
    SecretSpec {
        field: Field { name: "password", label, env_names: &["REGISTRY_PASSWORD"], multiline: true },
        key: "password",
        doubt: |_| None,
    }
}

/// GitHub: docs.github.com, "Working with the Container registry".
pub(super) static GHCR: Preset = Preset {
    slug: "ghcr",
    title: "GitHub Container Registry",
    hosts: &["ghcr.io"],
    username: Username::Own { label: "GitHub user name", example: "octocat" },
    spec: Spec {
        slug: "registry",
        title: "GitHub Container Registry",
        secrets: &[secret("GitHub personal access token")],
        where_from: "GitHub > Settings > Developer settings > Personal access tokens > Tokens (classic) > Generate new \
         token, with read:packages alone",
    },
    secret: "a classic personal access token: ghp_...",
    right: "read:packages; write:packages to push",
    ends: "as set",
    renew: "make a new token, and store it with registry update",
    url: "oci://ghcr.io/octocat/charts/my-chart",
    source: "env:GHCR_TOKEN",
    judge: forms::ghcr,
};

/// Google: cloud.google.com, "Configure authentication to Artifact Registry for Docker".
pub(super) static GAR: Preset = Preset {
    slug: "gar",
    title: "Google Artifact Registry",
    hosts: &["*-docker.pkg.dev", "gcr.io", "*.gcr.io"],
    username: Username::Fixed { name: "_json_key", others: &["_json_key_base64", "oauth2accesstoken"] },
    spec: Spec {
        slug: "registry",
        title: "Google Artifact Registry",
        secrets: &[secret("JSON key of the service account")],
        where_from: "Google Cloud console > IAM & Admin > Service Accounts > the account > Keys > Add key > JSON; the \
         account needs the role Artifact Registry Reader",
    },
    secret: "the whole JSON key file of a service account (with oauth2accesstoken: an access token)",
    right: "roles/artifactregistry.reader; roles/artifactregistry.writer to push",
    ends: "never (an access token: within an hour)",
    renew: "make a new key with: gcloud iam service-accounts keys create key.json --iam-account ACCOUNT",
    url: "oci://europe-west1-docker.pkg.dev/my-project/charts",
    source: "file:key.json",
    judge: forms::gar,
};

/// Amazon: docs.aws.amazon.com, "Private registry authentication in Amazon ECR".
pub(super) static ECR: Preset = Preset {
    slug: "ecr",
    title: "Amazon Elastic Container Registry",
    hosts: &[
        "*.dkr.ecr.*.amazonaws.com",
        "*.dkr.ecr.*.amazonaws.com.cn",
        "*.dkr.ecr-fips.*.amazonaws.com",
        "*.dkr-ecr.*.on.aws",
        "*.dkr-ecr-fips.*.on.aws",
        "public.ecr.aws",
        "ecr-public.aws.com",
    ],
    username: Username::Fixed { name: "AWS", others: &[] },
    spec: Spec {
        slug: "registry",
        title: "Amazon Elastic Container Registry",
        secrets: &[secret("Amazon ECR password")],
        where_from: "run: aws ecr get-login-password --region REGION, as an IAM role that may pull",
    },
    secret: "what aws ecr get-login-password prints",
    right: "ecr:GetAuthorizationToken, ecr:BatchGetImage and ecr:GetDownloadUrlForLayer",
    ends: "after 12 hours",
    renew: "keep it fresh with registry refresh NAME --every 6h --password-from \"command:aws ecr \
            get-login-password --region REGION\"",
    url: "oci://123456789012.dkr.ecr.us-east-1.amazonaws.com/charts",
    source: "\"command:aws ecr get-login-password --region us-east-1\"",
    judge: forms::ecr,
};

/// Azure: learn.microsoft.com, "Azure Container Registry authentication with service principals".
pub(super) static ACR: Preset = Preset {
    slug: "acr",
    title: "Azure Container Registry",
    hosts: &["*.azurecr.io", "*.azurecr.us", "*.azurecr.cn"],
    username: Username::Own { label: "AppId or token name", example: "11111111-2222-3333-4444-555555555555" },
    spec: Spec {
        slug: "registry",
        title: "Azure Container Registry",
        secrets: &[secret("Password of the service principal or token")],
        where_from: "run: az ad sp create-for-rbac --name ankra-pull --role acrpull --scopes REGISTRY-ID; it prints appId \
         and password",
    },
    secret: "the password of a service principal or of a token",
    right: "acrpull; acrpush to push",
    ends: "as set, after a year by default",
    renew: "run: az ad sp credential reset --id APP-ID, and store what it prints with registry update",
    url: "oci://myregistry.azurecr.io/charts",
    source: "env:ACR_PASSWORD",
    judge: forms::acr,
};

/// Docker: docs.docker.com, "Personal access tokens" and "Organization access tokens".
pub(super) static DOCKERHUB: Preset = Preset {
    slug: "dockerhub",
    title: "Docker Hub",
    hosts: &["docker.io", "registry-1.docker.io", "index.docker.io"],
    username: Username::Own { label: "Docker ID", example: "octocat" },
    spec: Spec {
        slug: "registry",
        title: "Docker Hub",
        secrets: &[secret("Docker Hub access token")],
        where_from: "Docker Hub > Account settings > Personal access tokens > Generate new token, with Read-only",
    },
    secret: "an access token: dckr_pat_... (of an organisation: dckr_oat_...), not the password",
    right: "Read-only; Read & Write to push",
    ends: "as set",
    renew: "make a new token, and store it with registry update",
    url: "oci://registry-1.docker.io/octocat",
    source: "env:HUB_TOKEN",
    judge: forms::dockerhub,
};

/// Harbor: goharbor.io, "Create Project Robot Accounts".
pub(super) static HARBOR: Preset = Preset {
    slug: "harbor",
    title: "Harbor",
    hosts: &["demo.goharbor.io", "harbor.*.*", "harbor.*.*.*"],
    username: Username::Own { label: "Robot account", example: "'robot$team+puller'" },
    spec: Spec {
        slug: "registry",
        title: "Harbor",
        secrets: &[secret("Secret of the robot account")],
        where_from: "Harbor > Projects > the project > Robot Accounts > New Robot Account, with Pull Repository alone",
    },
    secret: "the secret of a robot account",
    right: "Pull Repository; Push Repository to push",
    ends: "as set, after 30 days by default",
    renew: "Robot Accounts > the account > Action > Refresh Secret, and store it with registry update",
    url: "oci://harbor.example.com/team/charts",
    source: "env:HARBOR_SECRET",
    judge: forms::harbor,
};

/// Artifactory: docs.jfrog.com, "Identity Tokens".
pub(super) static ARTIFACTORY: Preset = Preset {
    slug: "artifactory",
    title: "JFrog Artifactory",
    hosts: &["*.jfrog.io"],
    username: Username::Own { label: "Artifactory user name", example: "octocat" },
    spec: Spec {
        slug: "registry",
        title: "JFrog Artifactory",
        secrets: &[secret("Artifactory identity token")],
        where_from: "Artifactory > your name > Edit Profile > Identity Tokens > Generate an Identity Token",
    },
    secret: "an identity token or an access token",
    right: "Read on the repository; Deploy/Cache to push",
    ends: "as set",
    renew: "make a new token, and store it with registry update",
    url: "https://mycompany.jfrog.io/artifactory/charts",
    source: "env:ARTIFACTORY_TOKEN",
    judge: forms::artifactory,
};

/// Any other registry, or classic Helm repository.
pub(super) static GENERIC: Preset = Preset {
    slug: "generic",
    title: "Any other registry",
    hosts: &[],
    username: Username::Own { label: "Registry user name", example: "octocat" },
    spec: Spec {
        slug: "registry",
        title: "registry",
        secrets: &[secret("Registry password or token")],
        where_from: "your registry's page for access tokens; a token that may only pull is enough",
    },
    secret: "a password or an access token",
    right: "pull, or read",
    ends: "as your registry has it",
    renew: "get a new one, and store it with registry update",
    url: "https://charts.example.com/stable",
    source: "env:CHARTS_PASSWORD",
    judge: forms::generic,
};
