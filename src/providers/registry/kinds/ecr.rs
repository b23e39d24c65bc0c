//! Amazon: docs.aws.amazon.com, "Private registry authentication in Amazon ECR".

use crate::providers::registry::{
    expiry::{base64_bytes, ecr_expiration},
    forms::Judging,
    preset::{ANY, ANY_HOST, KnownHost, Preset, Username, password},
};

pub(super) static PRESET: Preset = Preset {
    slug: "ecr",
    title: "Amazon Elastic Container Registry",
    host: KnownHost {
        patterns: &[
            "*.dkr.ecr.*.amazonaws.com",
            "*.dkr.ecr.*.amazonaws.com.cn",
            "*.dkr.ecr-fips.*.amazonaws.com",
            "*.dkr-ecr.*.on.aws",
            "*.dkr-ecr-fips.*.on.aws",
            "public.ecr.aws",
            "ecr-public.aws.com",
        ],
        password: "the user name is AWS, the password what this prints: aws ecr get-login-password --region REGION, with the region in the host's name",
        access: "the role needs ecr:BatchGetImage and ecr:GetDownloadUrlForLayer, and for this check ecr:ListImages, on the repository",
        expired: "such a password lives for 12 hours: take a new one from aws ecr get-login-password",
        ..ANY_HOST
    },
    username: Username::Fixed { name: "AWS", others: &[] },
    password: password("Amazon ECR password"),
    where_from: "run: aws ecr get-login-password --region REGION, as an IAM role that may pull",
    form: "what aws ecr get-login-password prints",
    right: "ecr:GetAuthorizationToken, ecr:BatchGetImage and ecr:GetDownloadUrlForLayer",
    expires: "after 12 hours",
    renew: "keep it fresh with registry refresh NAME --every 6h --password-from \"command:aws ecr \
            get-login-password --region REGION\"",
    url: "oci://123456789012.dkr.ecr.us-east-1.amazonaws.com/charts",
    source: "command:aws ecr get-login-password --region us-east-1",
    judge,
    owns: |secret| is_access_key_id(secret) || is_whole_token(secret) || ecr_expiration(secret).is_some(),
    elsewhere: "this looks like a secret of Amazon's, which works at Amazon's registries alone",
    ..ANY
};

fn is_access_key_id(secret: &str) -> bool {
    secret.len() == 20 && (secret.starts_with("AKIA") || secret.starts_with("ASIA"))
}

/// What the API gives: `AWS:` and the password, in base64.
fn is_whole_token(secret: &str) -> bool {
    base64_bytes(secret).is_some_and(|text| text.starts_with(b"AWS:"))
}

fn judge(case: &mut Judging<'_>) {
    const LOGIN: &str =
        "give what it prints: --password-from \"command:aws ecr get-login-password --region REGION\"";
    case.doubt_unless(case.username == "AWS", "Amazon's registries take the user name AWS only");
    if is_access_key_id(case.secret) {
        case.refuse("it is the ID of an access key, which no registry takes", LOGIN);
    } else if is_whole_token(case.secret) {
        case.refuse(
            "it is the whole authorization token, with the user name in it, and not the password alone",
            LOGIN,
        );
    } else if ecr_expiration(case.secret).is_none() {
        case.doubt_stranger(Some("this is not what aws ecr get-login-password prints, and may not work"));
    }
}
