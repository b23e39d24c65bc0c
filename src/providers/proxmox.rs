//! Proxmox VE: an API token of a cluster that is often behind a jump host.

mod check;
mod rights;

use super::{
    check::{Check, at_own_address},
    cloud::{Kind, Plain, Provider, TLS_INSECURE, api_url, possible_if, usual_if},
    jumphost,
    registry::is_uuid,
    ssh_keys::SshKeys,
};
use crate::secret::{Field, Form};

pub(super) static SPEC: Provider = Provider {
    slug: "proxmox",
    aliases: &["pve"],
    spellings: &["proxmox-ve", "proxmoxve"],
    title: "Proxmox",
    holds: "API tokens",
    needs: "The platform needs the address of the API and a token with rights of its own to run clusters in \
            Proxmox VE.",
    about: "Store a Proxmox VE API token",
    more: "Asks for the token's secret on the terminal unless a source is given. Make one under Datacenter > \
           Permissions > API Tokens; a new one has no rights until you give it some. Where the platform cannot \
           reach the API by itself, name a jump host and the file of its private key.",
    examples: &[
        "ankra credentials proxmox create --name my-proxmox-token \\
      --api-url https://pve.example.com:8006 --token-id 'ankra@pve!platform'",
        "ankra credentials proxmox create --name lab --tls-insecure \\
      --api-url https://10.0.0.5:8006 --token-id 'ankra@pve!platform' \\
      --jumphost-host bastion.example.com \\
      --jumphost-private-key-from file:jumphost_key",
    ],
    plain: &[
        Plain {
            label: "Proxmox API URL",
            value_name: "URL",
            kind: Kind::Text(url),
            ..Plain::new("api-url", "Reach the API at this https address, with its port")
        },
        Plain {
            label: "Proxmox token id",
            value_name: "ID",
            kind: Kind::Text(token_id),
            ..Plain::new("token-id", "Use the token of this id: USER@REALM!NAME")
        },
        TLS_INSECURE,
        jumphost::HOST,
        jumphost::PORT,
        jumphost::USERNAME,
    ],
    secrets: &[
        Field {
            other_names: &["PM_API_TOKEN_SECRET", "value"],
            form: token_secret,
            ..Field::new("token-secret", "Proxmox token secret")
        },
        jumphost::PRIVATE_KEY,
    ],
    where_from: rights::WHERE_FROM,
    // Keys are text for cloud-init (`sshkeys`): no types are named and no fingerprint is shown.
    ssh_keys: SshKeys::UNKNOWN,
    grant: None,
    check: Check {
        target: at_own_address,
        variables: &[],
        correlation: "",
        steps: check::steps,
        about: "Asks the Proxmox VE API whether it accepts the token, and which privileges the token has at which paths. \
                It asks from this machine, never through a jump host.",
    },
    import: None,
};

fn url(text: &str) -> Form {
    let has_port = || url::Url::parse(text).is_ok_and(|url| url.port().is_some());
    match api_url(text) {
        Form::Usual if !has_port() => Form::Unusual(
            "the API of Proxmox VE has port 8006 unless a proxy stands before it; this address has no port",
        ),
        form => form,
    }
}

/// `user@realm!name`; a user's name may hold an `@` of its own.
fn token_id(text: &str) -> Form {
    if text.contains('=') {
        return Form::Impossible("give the id alone: what stands behind the equals sign is the secret");
    }
    let is_name = |text: &str| {
        text.starts_with(|c: char| c.is_ascii_alphabetic())
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || b".-_".contains(&b))
    };
    let is_user = |text: &str| !text.is_empty() && !text.contains([' ', '\t', ':', '/', '\n', '\r']);
    let good = text.rsplit_once('!').is_some_and(|(user, name)| {
        is_name(name) && user.rsplit_once('@').is_some_and(|(user, realm)| is_user(user) && is_name(realm))
    });
    possible_if(good, "a token id is USER@REALM!NAME, such as ankra@pve!platform")
}

fn token_secret(value: &str) -> Form {
    if value.contains(['!', '=']) {
        return Form::Impossible("it is a whole token: give the part behind the equals sign alone");
    }
    usual_if(is_uuid(value), "a Proxmox token secret is a UUID of 36 characters; this one is not")
}

#[cfg(test)]
mod tests {
    use super::{Form, token_id, token_secret, url};

    #[test]
    fn a_token_id_names_user_realm_and_token() {
        for good in ["root@pam!ankra", "ankra@pve!platform-1", "me@example.com@ldap!t_0"] {
            assert_eq!(token_id(good), Form::Usual, "{good}");
        }
        for bad in
            ["", "root@pam", "root!ankra", "@pam!a", "a b@pam!a", "root@pam!", "root@pam!1", "root@pam!a=b"]
        {
            assert!(matches!(token_id(bad), Form::Impossible(_)), "{bad}");
        }
    }

    #[test]
    fn a_secret_is_the_last_part_of_a_token() {
        let secret = "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9";
        assert_eq!(token_secret(secret), Form::Usual);
        assert!(matches!(token_secret(&secret.replace('-', "")), Form::Unusual(_)));
        assert!(matches!(token_secret(&format!("root@pam!a={secret}")), Form::Impossible(_)));
    }

    #[test]
    fn an_address_without_a_port_is_doubted() {
        assert_eq!(url("https://pve.example.com:8006/"), Form::Usual);
        assert!(matches!(url("https://pve.example.com"), Form::Unusual(_)));
        assert!(matches!(url("http://pve.example.com:8006"), Form::Impossible(_)));
    }
}
