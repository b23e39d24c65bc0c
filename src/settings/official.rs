//! The official CLI's login file, `~/.ankra.yaml`: read, never written.

use std::path::Path;

use serde::Deserialize;
use zeroize::Zeroizing;

use super::{SavedLogin, file::LIMIT};
use crate::{platform::BaseUrl, private_file, secret::Secret};

#[derive(Deserialize)]
struct OfficialFile {
    #[serde(default)]
    token: Option<Zeroizing<String>>,
    #[serde(default, rename = "base-url")]
    base_url: Option<String>,
}

/// The official CLI's token and its address. A file that cannot be used is another
/// program's affair: it is warned about and passed over.
pub(super) fn read(home: &Path, warnings: &mut Vec<String>) -> Option<SavedLogin> {
    let path = home.join(".ankra.yaml");
    let mut pass_over = |why: &str| {
        warnings.push(format!("{} is passed over: {why}", path.display()));
        None
    };
    let bytes = match private_file::read(&path, LIMIT) {
        Ok(bytes) => bytes?,
        Err(error) => return pass_over(error.message()),
    };
    let Ok(file) = serde_norway::from_slice::<OfficialFile>(&bytes) else {
        return pass_over("it is not the YAML expected");
    };
    let token = file.token.filter(|token| !token.is_empty())?;
    let Ok(base_url) = file.base_url.as_deref().unwrap_or(BaseUrl::HOSTED).parse() else {
        return pass_over("its base-url cannot be used");
    };
    Some(SavedLogin { base_url, token: Secret::new(token.to_string()) })
}
