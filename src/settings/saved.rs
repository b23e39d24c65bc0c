//! A saved login, as a value.

use toml_edit::{Item, Table, Value};

use super::token::Held;
use crate::{
    keychain::Trouble,
    platform::{BaseUrl, OrganisationId, TokenId},
};

/// A saved login.
#[derive(Debug)]
pub struct SavedLogin {
    /// The only address the token is ever sent to.
    pub base_url: BaseUrl,
    /// The token, or where it is.
    pub held: Held,
    /// What was known of it when it was saved.
    pub about: About,
}

/// What is known of a login besides its token.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// The organisation that its commands act in.
    pub organisation: Option<SavedOrganisation>,
    /// Whether its owner belongs to more than one.
    pub has_several: bool,
    /// The owner's role there.
    pub role: Option<String>,
    /// The owner, by e-mail address.
    pub user: Option<String>,
    /// The token's id, if this program obtained it: it may revoke it.
    pub token_id: Option<TokenId>,
    /// The token's name at the platform.
    pub token_name: Option<String>,
    /// When the token expires, RFC 3339; `None`: not known.
    pub expires_at: Option<String>,
}

/// An organisation as it was when it was chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedOrganisation {
    pub id: OrganisationId,
    /// What a person calls it.
    pub title: String,
}

/// Where a token was kept.
#[derive(Debug)]
pub enum Kept {
    Keychain,
    /// In the file; with the reason, where the keychain was tried first.
    File(Option<Trouble>),
}

/// Writes what is known of a login into its entry.
pub(super) fn write(entry: &mut Table, about: &About) {
    let mut put = |key: &str, given: Option<Value>| {
        if let Some(given) = given {
            entry.insert(key, Item::Value(given));
        }
    };
    let organisation = about.organisation.as_ref();
    put("organisation-id", organisation.map(|one| one.id.to_string().into()));
    put("organisation", organisation.map(|one| one.title.as_str().into()));
    put("several-organisations", about.has_several.then(|| true.into()));
    put("role", about.role.as_deref().map(Into::into));
    put("user", about.user.as_deref().map(Into::into));
    put("token-id", about.token_id.map(|id| id.to_string().into()));
    put("token-name", about.token_name.as_deref().map(Into::into));
    put("expires-at", about.expires_at.as_deref().map(Into::into));
}
