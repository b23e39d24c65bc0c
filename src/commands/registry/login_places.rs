//! Reads the places where other tools keep their logins.

use crate::{
    error::{Error, Result},
    files,
    providers::registry_logins::DockerConfig,
    settings::{LoginPlace, Place},
};

/// The most that a login file may hold.
const LIMIT: usize = 1 << 20;

/// Reads what is at `place`; `None` if there is nothing.
pub(super) fn read(place: &LoginPlace) -> Result<Option<DockerConfig>> {
    let advice = "correct it or move it away, or sign in again";
    let unread = || Error::failure(format!("cannot read {}", place.place));
    match (&place.place, &place.text) {
        (Place::File(path), _) => {
            let bytes = files::read(path, LIMIT).map_err(|error| named(error.hint(advice), place))?;
            let Some(bytes) = bytes.filter(|bytes| !bytes.trim_ascii().is_empty()) else { return Ok(None) };
            let unread = || unread().hint(advice);
            let text = files::text(&bytes).map_err(|why| named(unread().because(why), place))?;
            DockerConfig::parse(text.as_bytes()).map(Some).map_err(|why| named(unread().cause(why), place))
        }
        (Place::Variable(_), Some(text)) => {
            let text = text.expose().trim();
            let is_path = text.starts_with(['/', '~', '.']);
            let hint = if is_path {
                "it holds the text of a login file, not the path of one: name a file with REGISTRY_AUTH_FILE"
            } else {
                "it holds the text of a login file, such as {\"auths\": {...}}: correct it, or unset it"
            };
            DockerConfig::parse(text.as_bytes()).map(Some).map_err(|why| unread().cause(why).hint(hint))
        }
        (Place::Variable(_), None) => Ok(None),
    }
}

/// The same error with the variable that leads to the place, which may be another user's.
fn named(error: Error, place: &LoginPlace) -> Error {
    let Some(variable) = place.named_by else { return error };
    let error = error.cause(format!("{variable} leads there"));
    if variable == "XDG_RUNTIME_DIR" {
        error
            .hint("XDG_RUNTIME_DIR may be that of another user, as after su: unset it, or set it to your own")
    } else {
        error
    }
}

/// What to say of a place where nothing is found because its variable is set wrongly.
pub(super) fn doubt(place: &LoginPlace) -> Option<&'static str> {
    let Place::File(path) = &place.place else { return None };
    let is_file = path.parent().is_some_and(std::path::Path::is_file);
    let names_file = place.named_by == Some("DOCKER_CONFIG") && is_file;
    names_file.then_some("DOCKER_CONFIG names a file: it is to name the folder that config.json is in")
}
