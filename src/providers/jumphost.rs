//! A jump host: a machine through which the platform reaches a cloud that the internet does not.

use super::cloud::{Group, Kind, Plain, possible_if};
use crate::{
    secret::{Field, Form, Shape},
    ssh::private_key_form,
};

static GROUP: Group = Group { name: "jumphost", title: "Jump host" };

/// Turns the others on: without it nothing of a jump host is sent.
pub(super) const HOST: Plain = Plain {
    group: Some(&GROUP),
    label: "jump host",
    value_name: "HOSTNAME",
    kind: Kind::Text(host),
    ..Plain::new("jumphost-host", "Reach the API by SSH through this host")
};

pub(super) const PORT: Plain = Plain {
    group: Some(&GROUP),
    value_name: "PORT",
    kind: Kind::Port,
    default: Some("22"),
    ..Plain::new("jumphost-port", "Use this port of the jump host")
};

pub(super) const USERNAME: Plain = Plain {
    group: Some(&GROUP),
    value_name: "USER",
    kind: Kind::Text(username),
    default: Some("root"),
    ..Plain::new("jumphost-username", "Sign in at the jump host as this user")
};

pub(super) const PRIVATE_KEY: Field = Field {
    group: Some("jumphost"),
    shape: Shape::KeyFile,
    form: private_key_form,
    ..Field::new("jumphost-private-key", "private key of the jump host")
};

fn host(text: &str) -> Form {
    let is_address = text.parse::<std::net::IpAddr>().is_ok();
    let is_name = !text.is_empty()
        && text.len() <= 253
        && !text.starts_with('-')
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b".-_".contains(&b));
    possible_if(
        is_address || is_name,
        "give the host alone, by name or address; port and user have options of their own",
    )
}

fn username(text: &str) -> Form {
    possible_if(
        !text.is_empty() && !text.contains(|c: char| c.is_whitespace() || c.is_control() || c == '@'),
        "give the name of a user on the jump host, without blanks and without its host",
    )
}

#[cfg(test)]
mod tests {
    use super::{Form, host, username};

    #[test]
    fn a_host_is_a_name_or_an_address() {
        for good in ["bastion", "bastion.example.com", "10.0.0.1", "2001:db8::1"] {
            assert_eq!(host(good), Form::Usual, "{good}");
        }
        for bad in ["", "-oProxyCommand=x", "root@bastion", "bastion:22", "https://bastion", "a b", "a\n"] {
            assert!(matches!(host(bad), Form::Impossible(_)), "{bad}");
        }
    }

    #[test]
    fn a_user_is_one_word() {
        assert_eq!(username("root"), Form::Usual);
        for bad in ["", "a b", "root@bastion", "a\n"] {
            assert!(matches!(username(bad), Form::Impossible(_)), "{bad}");
        }
    }
}
