//! What the platform answers. Every field but the identifying ones is optional, and
//! unknown fields are ignored: secret fields that an answer may carry are therefore
//! never decoded.

use serde::{Deserialize, Deserializer, Serialize, de::IgnoredAny};
use serde_json::Value;
use zeroize::Zeroizing;

use super::credential::Credential;
use crate::{http::quote, instant::write_time};

/// One credential, with what is not secret of its detail.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct CredentialDetail {
    /// What lists show.
    #[serde(flatten)]
    pub credential: Credential,
    /// The user name of a registry credential.
    pub username: Option<String>,
    /// The cloud's project.
    pub project_id: Option<String>,
    /// The public half of an SSH key.
    pub ssh_public_key: Option<String>,
    /// What it is for, in its maker's words.
    pub description: Option<String>,
    /// The account that owns the repositories it opens.
    pub owner: Option<String>,
    /// The repository it opens.
    pub repository: Option<String>,
    /// The installation of the platform's app at the provider: a number in lists, a text here.
    #[serde(default, deserialize_with = "any")]
    pub installation_id: Option<String>,
    /// The clusters that use it; `None` where the platform does not say.
    pub clusters: Option<Vec<Cluster>>,
}

/// A cluster that uses a credential.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct Cluster {
    /// UUID.
    pub id: String,
    pub name: Option<String>,
    pub kind: Option<String>,
    /// RFC 3339.
    #[serde(serialize_with = "write_time")]
    pub created_at: Option<String>,
}

/// A registry credential, as its own routes show it.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct RegistryCredential {
    /// UUID.
    pub id: String,
    /// Unique in its organisation.
    pub name: String,
    /// The user name it signs in with; lists leave it out.
    pub username: Option<String>,
    /// RFC 3339.
    #[serde(serialize_with = "write_time")]
    pub created_at: Option<String>,
    /// RFC 3339.
    #[serde(serialize_with = "write_time")]
    pub updated_at: Option<String>,
}

/// A chart registry that the platform knows, and the credential it uses.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct Registry {
    pub name: String,
    pub url: Option<String>,
    /// The name of the credential it uses, if any.
    pub credential_name: Option<String>,
    /// Whether it is the platform's own, which every organisation sees.
    pub is_global: Option<bool>,
    /// Why its charts could not be read when that was tried last.
    pub last_sync_error: Option<String>,
}

/// An SSH key, as its own route lists it.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct SshKey {
    /// What lists show.
    #[serde(flatten)]
    pub credential: Credential,
    /// The public half, where the platform shows it.
    pub ssh_public_key: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
pub struct RegistryCredentialPage {
    pub(super) credentials: Option<Vec<RegistryCredential>>,
    pub(super) total_count: Option<u64>,
}

#[derive(Debug, Default, Deserialize)]
pub struct RegistryPage {
    pub(super) result: Option<Vec<Registry>>,
    pub(super) pagination: Option<Pagination>,
}

/// Where a page stands among the others.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Pagination {
    pub(super) total_count: Option<u64>,
}

/// What a change is answered with: its outcome, or the thing made.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Outcome {
    pub(super) success: Option<bool>,
    /// That there is one is all that matters.
    pub(super) id: Option<IgnoredAny>,
    /// What the platform says beside it.
    message: Option<Value>,
}

impl Outcome {
    /// Its words, if it has any.
    pub(super) fn message(&self) -> Option<String> {
        Some(quote(self.message.as_ref()?.as_str()?))
    }
}

/// Whether a name is free.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct NameCheck {
    /// It is well formed and free.
    pub valid: bool,
    /// Why not, in the words of the platform.
    #[serde(default, deserialize_with = "quoted")]
    pub message: Option<String>,
}

/// Whether a refusal of a name says that it is taken: the platform has no code for it.
pub(super) fn says_taken(message: &str) -> bool {
    let message = message.to_ascii_lowercase();
    ["already", "taken", "exists", "in use"].iter().any(|word| message.contains(word))
}

impl NameCheck {
    /// Whether something else has the name.
    pub fn is_taken(&self) -> bool {
        self.message.as_deref().is_some_and(says_taken)
    }
}

fn quoted<'de, D: Deserializer<'de>>(input: D) -> Result<Option<String>, D::Error> {
    Ok(Option::<String>::deserialize(input)?.map(|text| quote(&text)))
}

/// An organisation the token's owner belongs to.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[expect(clippy::struct_field_names, reason = "the names of the wire")]
pub struct Organisation {
    /// UUID.
    pub organisation_id: String,
    pub name: Option<String>,
    /// Its name in URLs.
    pub slug: Option<String>,
    /// The one that requests without a choice go to.
    pub user_current: Option<bool>,
    /// The platform's word for the membership's state.
    pub status: Option<String>,
    /// The owner's role there.
    pub role: Option<String>,
}

impl Organisation {
    /// What a person calls it: its name, else its slug, else its id.
    pub fn title(&self) -> &str {
        let texts = [&self.name, &self.slug].into_iter().flatten();
        texts.map(|text| text.trim()).find(|text| !text.is_empty()).unwrap_or(&self.organisation_id)
    }
}

/// An organisation with its members.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct OrganisationDetail {
    users: Option<Vec<Member>>,
}

#[derive(Clone, Debug, Default, Deserialize)]
struct Member {
    email: Option<String>,
    user_current: Option<bool>,
}

impl OrganisationDetail {
    /// The e-mail address of whoever asks, where the platform tells it.
    pub fn current_user(&self) -> Option<&str> {
        let current = self.users.iter().flatten().find(|user| user.user_current == Some(true))?;
        current.email.as_deref().filter(|email| !email.is_empty())
    }
}

/// An API token of the token's owner; never the token itself.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct Token {
    /// UUID.
    pub id: String,
    /// The name its owner gave it.
    pub name: Option<String>,
    /// RFC 3339; empty: no end.
    #[serde(serialize_with = "write_time")]
    pub expires_at: Option<String>,
    /// RFC 3339.
    #[serde(serialize_with = "write_time")]
    pub created_at: Option<String>,
    /// RFC 3339.
    #[serde(serialize_with = "write_time")]
    pub revoked_at: Option<String>,
    /// RFC 3339.
    #[serde(serialize_with = "write_time")]
    pub last_used_at: Option<String>,
    /// No longer accepted.
    pub revoked: Option<bool>,
}

impl Token {
    /// Whether nobody has revoked it; it may be expired.
    pub fn is_active(&self) -> bool {
        self.revoked != Some(true) && self.revoked_at.as_ref().is_none_or(String::is_empty)
    }
}

/// A token that was made: the only answer with its text, beside that of a sign-in.
#[derive(Deserialize)]
pub struct MadeToken {
    pub id: Option<String>,
    pub token: Option<Zeroizing<String>>,
    pub expires_at: Option<String>,
}

/// Where the browser goes, and the ticket that the token is collected with.
#[derive(Debug, Deserialize)]
pub(super) struct LoginStart {
    /// The page on which the person signs in.
    pub(super) auth_url: String,
    /// Collects the token, together with the verifier; older platforms have none.
    pub(super) ticket: Option<String>,
    /// The host where people prove who they are, if it is not the platform's own.
    pub(super) auth0_domain: Option<String>,
}

/// What collecting the token of a browser sign-in answers.
#[derive(Deserialize)]
pub(super) struct Poll {
    pub(super) token: Option<Zeroizing<String>>,
    #[serde(default, deserialize_with = "any")]
    pub(super) token_id: Option<String>,
    #[serde(default, deserialize_with = "any")]
    pub(super) token_name: Option<String>,
    #[serde(default, deserialize_with = "any")]
    pub(super) expires_at: Option<String>,
    #[serde(default, deserialize_with = "any")]
    pub(super) status: Option<String>,
    #[serde(default, deserialize_with = "any")]
    pub(super) mfa_required: Option<String>,
}

/// What is said as a text, a number or a truth value. Anything else is as if it were not said: a token is
/// collected once, and nothing beside it may spoil that.
fn any<'de, D: Deserializer<'de>>(input: D) -> Result<Option<String>, D::Error> {
    Ok(match Value::deserialize(input)? {
        Value::String(text) => Some(text),
        said @ (Value::Number(_) | Value::Bool(_)) => Some(said.to_string()),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{NameCheck, Organisation, OrganisationDetail, Poll, Token, says_taken};

    #[test]
    fn a_name_is_taken_where_the_platform_says_so_in_any_of_its_words() {
        for taken in ["Already there", "the name is TAKEN", "one exists", "it is in use"] {
            assert!(says_taken(taken), "{taken}");
            let check = NameCheck { valid: false, message: Some(taken.into()) };
            assert!(check.is_taken(), "{taken}");
        }
        for other in ["", "too long", "in-use", "use another"] {
            assert!(!says_taken(other), "{other}");
        }
        assert!(!NameCheck::default().is_taken());
    }

    #[test]
    fn an_organisation_is_called_by_the_first_that_is_said_of_it() {
        for (name, slug, title) in [
            (Some(" Acme "), Some("acme-ltd"), "Acme"),
            (Some(" "), Some("acme-ltd"), "acme-ltd"),
            (None, Some("acme-ltd"), "acme-ltd"),
            (None, Some(""), "an-id"),
            (Some(""), None, "an-id"),
        ] {
            let [name, slug] = [name, slug].map(|text| text.map(str::to_owned));
            let one = Organisation { organisation_id: "an-id".into(), name, slug, ..Organisation::default() };
            assert_eq!(one.title(), title);
        }
    }

    #[test]
    fn whoever_asks_is_the_member_that_is_marked() {
        let member =
            |email: Option<&str>, current: Option<bool>| json!({"email": email, "user_current": current});
        for (users, expected) in [
            (
                json!([
                    member(Some("a"), None),
                    member(Some("b"), Some(false)),
                    member(Some("c"), Some(true))
                ]),
                Some("c"),
            ),
            (json!([member(Some("a"), Some(false))]), None),
            (json!([member(Some(""), Some(true))]), None),
            (json!([member(None, Some(true))]), None),
            (json!(null), None),
        ] {
            let detail: OrganisationDetail = serde_json::from_value(json!({"users": users})).unwrap();
            assert_eq!(detail.current_user(), expected, "{users}");
        }
    }

    #[test]
    fn a_token_is_active_until_it_is_revoked_in_either_way() {
        for (revoked, revoked_at, expected) in [
            (None, None, true),
            (Some(false), Some(""), true),
            (Some(true), None, false),
            (Some(true), Some(""), false),
            (None, Some("2026-01-01T00:00:00Z"), false),
            (Some(false), Some("2026-01-01T00:00:00Z"), false),
        ] {
            let token = Token { revoked, revoked_at: revoked_at.map(str::to_owned), ..Token::default() };
            assert_eq!(token.is_active(), expected, "{token:?}");
        }
    }

    #[test]
    fn nothing_beside_a_token_spoils_the_answer_that_holds_it() {
        for (said, expected) in [
            (json!("yes"), Some("yes")),
            (json!(""), Some("")),
            (json!(true), Some("true")),
            (json!(7), Some("7")),
            (json!(null), None),
            (json!(["yes"]), None),
            (json!({"is": "yes"}), None),
        ] {
            let poll: Poll = serde_json::from_value(json!({"token": "t", "mfa_required": said})).unwrap();
            assert_eq!(poll.mfa_required.as_deref(), expected, "{said}");
        }
    }
}
