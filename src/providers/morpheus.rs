//! HPE Morpheus: an access token of an appliance that is often behind a jump host.

use super::{
    cloud::{Kind, Plain, Provider, TLS_INSECURE, api_url},
    jumphost,
    ssh_keys::SshKeys,
};
use crate::secret::Field;

pub(super) static SPEC: Provider = Provider {
    slug: "morpheus",
    aliases: &[],
    spellings: &["morpheusdata"],
    title: "Morpheus",
    holds: "access tokens",
    needs: "The platform needs the address of the appliance and an access token of a user whose rights are enough \
            to run clusters there.",
    about: "Store a Morpheus access token",
    more: "Asks for the token on the terminal unless a source is given. Make one in Morpheus > User Settings > \
           API Access. Where the platform cannot reach the appliance by itself, name a jump host and the file \
           of its private key.",
    examples: &[
        "ankra credentials morpheus create --name my-morpheus-token \\
      --api-url https://morpheus.example.com",
        "ankra credentials morpheus create --name lab --tls-insecure \\
      --api-url https://10.0.0.6 --jumphost-host bastion.example.com \\
      --jumphost-private-key-from file:jumphost_key",
    ],
    plain: &[
        Plain {
            label: "Morpheus API URL",
            value_name: "URL",
            kind: Kind::Text(api_url),
            ..Plain::new("api-url", "Reach the appliance at this https address")
        },
        TLS_INSECURE,
        jumphost::HOST,
        jumphost::PORT,
        jumphost::USERNAME,
    ],
    secrets: &[
        Field { other_names: &["MORPHEUS_API_TOKEN"], ..Field::new("access-token", "Morpheus access token") },
        jumphost::PRIVATE_KEY,
    ],
    where_from: "Morpheus > your name > User Settings > API Access, as a user with the rights that clusters need",
    // A key pair has a fingerprint (gomorpheus/morpheus-go-sdk, `KeyPair`); its form and the types are not documented.
    ssh_keys: SshKeys::UNKNOWN,
};
