//! The configuration of `doctl`, the tool of `DigitalOcean`: `config.yaml` with the token of the context `default`
//! and those of others.
//!
//! Where it looks and what counts: `commands/doit.go` of digitalocean/doctl. It reads keys in any letter case, and
//! makes the names of contexts lower-case.

use super::{
    config::{ADDRESS, ToolConfig, USED},
    tool::{Address, Gives, Import, Scope, ToolFile, ToolVariable},
};
use crate::secret::yaml_entries;

const TOKEN: &str = "api-token";

/// The context whose token stands apart from the others.
const DEFAULT: &str = "default";

pub(in crate::providers) static DOCTL: Import = Import {
    flag: "from-doctl",
    value_name: "CONTEXT",
    help: "Take the token that doctl has for CONTEXT",
    more: "Looks in the file that DIGITALOCEAN_CONFIG names, else in doctl/config.yaml below XDG_CONFIG_HOME or \
           ~/.config (on macOS ~/Library/Application Support), which is only read. Without CONTEXT there are the \
           contexts and, for the context default, DIGITALOCEAN_ACCESS_TOKEN: if there are several, you choose, and \
           without a terminal it is the one that doctl itself would use (DIGITALOCEAN_CONTEXT, then its key context, \
           then default). A CONTEXT that is named counts before DIGITALOCEAN_ACCESS_TOKEN. Where the configuration \
           names an api-url other than DigitalOcean's, nothing is taken, unless DIGITALOCEAN_API_URL names the same.",
    tool: "doctl",
    itself: "doctl itself",
    first: "sign in first: doctl auth init",
    entry: "context",
    files: &[ToolFile::Settings("doctl/config.yaml")],
    is_merged: false,
    variables: &[
        ToolVariable {
            name: "DIGITALOCEAN_ACCESS_TOKEN",
            about: "with --from-doctl: the token of the context default",
            gives: Gives::Secret(TOKEN),
        },
        ToolVariable {
            name: "DIGITALOCEAN_CONTEXT",
            about: "with --from-doctl: the context to take",
            gives: Gives::Entry,
        },
        ToolVariable {
            name: "DIGITALOCEAN_CONFIG",
            about: "with --from-doctl: the file of doctl",
            gives: Gives::File,
        },
        ToolVariable { name: "DIGITALOCEAN_API_URL", about: "the address of the API", gives: Gives::Address },
    ],
    scope: Scope::Usual,
    usual: Some(DEFAULT),
    folds: true,
    address: Some(Address { own: "https://api.digitalocean.com", variable: "DIGITALOCEAN_API_URL" }),
    doubt: |_| None,
    keychain: None,
    read,
};

fn read(text: &str) -> Result<ToolConfig, String> {
    let mut config = ToolConfig::default();
    for one in yaml_entries(text)? {
        let key = one.key.to_lowercase();
        let value = match one.value {
            Ok(None) => continue,
            Ok(Some(text)) => Ok(text),
            Err(why) => Err(format!("is {why}")),
        };
        match (one.within.map(|within| within.to_lowercase()).as_deref(), key.as_str()) {
            (None, "context") => config.set(USED, value),
            (None, "api-url") => config.set(ADDRESS, value),
            (None, "access-token") => config.entry(DEFAULT).set(TOKEN, value),
            (Some("auth-contexts"), "") => return Err("a context has a name that is no text".to_owned()),
            // doctl itself makes no context of this name, and would not look at one.
            (Some("auth-contexts"), DEFAULT) => {}
            (Some("auth-contexts"), name) => config.entry(name).set(TOKEN, value),
            _ => {}
        }
    }
    Ok(config)
}

#[cfg(test)]
mod tests {
    use super::{ADDRESS, USED, read};

    fn tokens(text: &str) -> Vec<String> {
        let entries = read(text).unwrap().entries;
        let line = |entry: super::super::config::ToolEntry| match &entry.values[0].1 {
            Ok(text) => format!("{} {}", entry.name, text.expose()),
            Err(why) => format!("{} !{why}", entry.name),
        };
        entries.into_iter().map(line).collect()
    }

    #[test]
    fn contexts_have_lower_case_names_and_the_default_one_stands_apart() {
        let text = "access-token: a\napi-url: \"\"\nauth-contexts:\n  Work: b\n  default: x\n  home: 'c'\ncontext: work\noutput: text\ndroplet:\n  list:\n    format: \"\"\n";
        assert_eq!(tokens(text), ["default a", "work b", "home c"]);
        let top = read(text).unwrap().top;
        assert_eq!(top.len(), 1);
        assert_eq!((top[0].0, top[0].1.as_ref().unwrap().expose()), (USED, "work"));
        assert_eq!(tokens("ACCESS-TOKEN: a\nauth-contexts: {}"), ["default a"]);
        assert_eq!(tokens("auth-contexts: {a: x, b: z}"), ["a x", "b z"]);
        assert_eq!(tokens(""), [""; 0]);
        assert_eq!(read("api-url: https://a").unwrap().top[0].0, ADDRESS);
    }

    #[test]
    fn what_stands_twice_or_is_no_text_is_not_taken() {
        assert_eq!(tokens("access-token: a\nAccess-Token: b"), ["default !stands there twice"]);
        assert_eq!(tokens("auth-contexts: {a: x, A: y}"), ["a !stands there twice"]);
        assert_eq!(tokens("auth-contexts: {a: [x]}"), ["a !is no text"]);
        assert_eq!(tokens("access-token: 1e5"), ["default !is no text: put it in quotes"]);
        for text in
            ["HUNTER2", "auth-contexts:\n  <<: {a: HUNTER2}", "a: b: HUNTER2", "auth-contexts: {[a]: b}"]
        {
            assert!(!read(text).unwrap_err().contains("HUNTER2"), "{text}");
        }
    }
}
