//! The configuration of `upctl`, `UpCloud`'s own tool: `upctl.yaml` with a token, or the system's keychain.
//!
//! Where it looks and what counts: `internal/config` of UpCloudLtd/upcloud-cli. Its keychain is that of the library
//! go-keyring.

use super::{
    config::ToolConfig,
    tool::{Gives, Import, KeychainItem, Scope, ToolFile, ToolVariable},
};
use crate::secret::yaml_entries;

const TOKEN: &str = "api-token";

pub(in crate::providers) static UPCTL: Import = Import {
    flag: "from-upctl",
    value_name: "",
    help: "Take the token that upctl has",
    more: "It is UPCLOUD_TOKEN, else what upctl.yaml has below XDG_CONFIG_HOME (on macOS ~/Library/Application Support, \
           if that is not set), else below ~/.config, which is only read, else what upctl account login --with-token has put into the system's \
           keychain. A user name and a password are not taken: Ankra needs a token.",
    tool: "upctl",
    itself: "upctl itself",
    first: "sign in first: upctl account login --with-token",
    entry: "",
    files: &[ToolFile::Xdg("upctl.yaml"), ToolFile::Home(".config/upctl.yaml")],
    is_merged: false,
    variables: &[ToolVariable {
        name: "UPCLOUD_TOKEN",
        about: "with --from-upctl: the token",
        gives: Gives::Secret(TOKEN),
    }],
    scope: Scope::Usual,
    usual: Some(""),
    folds: false,
    address: None,
    doubt: |_| None,
    keychain: Some(KeychainItem { service: "UpCloud", account: "", field: TOKEN }),
    read,
};

fn read(text: &str) -> Result<ToolConfig, String> {
    let mut config = ToolConfig::default();
    for one in yaml_entries(text)?.into_iter().filter(|one| one.within.is_none()) {
        let value = match one.value {
            Ok(None) => continue,
            Ok(Some(text)) => Ok(text),
            Err(why) => Err(format!("is {why}")),
        };
        match one.key.to_lowercase().as_str() {
            "token" => config.entry("").set(TOKEN, value),
            "username" | "password" => {
                config.entry("").other =
                    Some("a user name and a password, and Ankra takes an API token alone");
            }
            _ => {}
        }
    }
    Ok(config)
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn a_token_is_taken_and_a_password_is_told_of() {
        let entry = |text: &str| read(text).unwrap().entries.pop();
        let token = entry("username: a\npassword: b\ntoken: ucat_X\n").unwrap();
        assert_eq!(token.values[0].1.as_ref().unwrap().expose(), "ucat_X");
        let none = entry("username: a\npassword: HUNTER2\n").unwrap();
        assert!(none.values.is_empty() && none.other.is_some_and(|other| !other.contains("HUNTER2")));
        assert!(entry("").is_none() && entry("zone: fi-hel1\ntoken: ''").is_none());
        assert!(read("- HUNTER2").is_err_and(|why| !why.contains("HUNTER2")));
    }
}
