//! The environment, read once.

use std::{collections::HashMap, env, ffi::OsString};

use crate::{
    cli::OWN_VARIABLES,
    error::{Error, Result},
    secret::is_variable_name,
};

/// The variables that this program reads.
#[derive(Clone, Debug, Default)]
pub struct Environment(HashMap<&'static str, OsString>);

impl Environment {
    /// Reads the variables of this process.
    pub fn of_process() -> Self {
        Self(OWN_VARIABLES.into_iter().filter_map(|name| Some((name, env::var_os(name)?))).collect())
    }

    /// Returns the names of all variables that a shell can name, and no value.
    pub fn names() -> Vec<String> {
        let names = env::vars_os().filter_map(|(name, _)| name.into_string().ok());
        names.filter(|name| is_variable_name(name)).collect()
    }

    /// Fails if a variable is not UTF-8. Ignoring it could send a token elsewhere than meant.
    ///
    /// # Errors
    /// Usage, naming the variable.
    pub(super) fn ensure_text(&self) -> Result<()> {
        match OWN_VARIABLES
            .into_iter()
            .find(|name| self.0.get(name).is_some_and(|value| value.to_str().is_none()))
        {
            Some(name) => Err(Error::usage(format!("{name} is not valid UTF-8"))),
            None => Ok(()),
        }
    }

    /// Returns a variable; an empty one counts as unset.
    pub fn text(&self, name: &'static str) -> Option<String> {
        self.0.get(name)?.to_str().filter(|text| !text.is_empty()).map(str::to_owned)
    }

    /// Returns whether a switch is on: it is unless empty, `0`, `false`, `no` or `off`.
    pub fn flag(&self, name: &'static str) -> bool {
        self.text(name)
            .is_some_and(|text| !matches!(text.to_ascii_lowercase().as_str(), "0" | "false" | "no" | "off"))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::Environment;

    #[test]
    fn h67_an_empty_variable_is_as_if_unset() {
        let environment = |text: &str| Environment(HashMap::from([("ANKRA_SANDBOX", text.into())]));
        assert_eq!(environment("").text("ANKRA_SANDBOX"), None);
        for off in ["", "0", "false", "No", "OFF"] {
            assert!(!environment(off).flag("ANKRA_SANDBOX"), "{off}");
        }
        for on in ["1", "true", "yes"] {
            assert!(environment(on).flag("ANKRA_SANDBOX"), "{on}");
        }
        assert!(!Environment::default().flag("ANKRA_SANDBOX"));
    }
}
