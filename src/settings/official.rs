//! The official CLI's login file, `~/.ankra.yaml`: read, never written.

use std::path::Path;

use serde::Deserialize;
use zeroize::Zeroizing;

use super::file::LIMIT;
use crate::{files, platform::BaseUrl, secret::Secret};

#[derive(Deserialize)]
struct OfficialFile {
    token: Option<Zeroizing<String>>,
    #[serde(rename = "base-url")]
    base_url: Option<String>,
}

/// What this program takes from the file.
pub(super) struct Official {
    /// The only address its token is ever sent to.
    pub(super) base_url: BaseUrl,
    pub(super) token: Option<Secret>,
}

/// Reads the official CLI's address and token, if it has either. A file that cannot be used is ignored, with
/// a warning.
pub(super) fn read(home: &Path, warnings: &mut Vec<String>) -> Option<Official> {
    let path = home.join(".ankra.yaml");
    let mut pass_over = |why: &str| {
        warnings.push(format!("{} is ignored: {why}", path.display()));
        None
    };
    let mut bytes = match files::read(&path, LIMIT) {
        Ok(bytes) => bytes?,
        Err(error) => return pass_over(&error.causes().concat()),
    };
    let text = match files::commented_text(&mut bytes, files::behind_hash) {
        Ok(text) => text,
        Err(error) => return pass_over(&error.causes().concat()),
    };
    let Ok(file) = serde_norway::from_str::<OfficialFile>(text) else {
        return pass_over("it is not the YAML that was expected");
    };
    let token = file.token.filter(|token| !token.is_empty());
    let base_text = file.base_url.filter(|text| !text.is_empty());
    if token.is_none() && base_text.is_none() {
        return None;
    }
    let Ok(base_url) = base_text.as_deref().unwrap_or(BaseUrl::HOSTED).parse() else {
        return pass_over("its base-url cannot be used");
    };
    Some(Official { base_url, token: token.map(|token| Secret::copied(&token)) })
}
