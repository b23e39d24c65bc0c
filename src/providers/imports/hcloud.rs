//! The configuration of `hcloud`, Hetzner's own tool: `cli.toml` with a token for each context.
//!
//! Where it looks and what counts: `internal/config` of hetznercloud/cli. It does not look at `XDG_CONFIG_HOME`.

use toml_edit::{Document, Item, TableLike};

use super::{
    config::{ADDRESS, ToolConfig, ToolEntry, ToolValue, USED},
    tool::{Address, Gives, Import, Scope, ToolFile, ToolVariable},
};
use crate::secret::Secret;

const TOKEN: &str = "api-token";

pub(in crate::providers) static HCLOUD: Import = Import {
    flag: "from-hcloud",
    value_name: "CONTEXT",
    help: "Take the token that hcloud has for CONTEXT",
    more: "Looks in the file that HCLOUD_CONFIG names, else in ~/.config/hcloud/cli.toml, which is only read. Without \
           CONTEXT there are HCLOUD_TOKEN and the contexts: if there are several, you choose, and without a terminal it \
           is the one that hcloud itself would use (HCLOUD_TOKEN, then HCLOUD_CONTEXT, then active_context). A CONTEXT \
           that is named counts before HCLOUD_TOKEN. A token whose configuration names an endpoint other than \
           Hetzner's is not taken, unless HCLOUD_ENDPOINT names the same.",
    tool: "hcloud",
    itself: "hcloud itself",
    first: "make a context first: hcloud context create NAME",
    entry: "context",
    files: &[ToolFile::Home(".config/hcloud/cli.toml")],
    is_merged: false,
    variables: &[
        ToolVariable {
            name: "HCLOUD_TOKEN",
            about: "with --from-hcloud: a token",
            gives: Gives::Secret(TOKEN),
        },
        ToolVariable {
            name: "HCLOUD_CONTEXT",
            about: "with --from-hcloud: the context to take",
            gives: Gives::Entry,
        },
        ToolVariable {
            name: "HCLOUD_CONFIG",
            about: "with --from-hcloud: the file of hcloud",
            gives: Gives::File,
        },
        ToolVariable {
            name: "HCLOUD_ENDPOINT",
            about: "the address of the API, with /v1",
            gives: Gives::Address,
        },
    ],
    scope: Scope::Apart,
    usual: None,
    folds: false,
    address: Some(Address { own: "https://api.hetzner.cloud/v1", variable: "HCLOUD_ENDPOINT" }),
    doubt: |_| None,
    keychain: None,
    read,
};

fn read(text: &str) -> Result<ToolConfig, String> {
    let file = Document::parse(text).map_err(|error| {
        let before = error.span().and_then(|span| text.get(..span.start));
        let line = before.map(|before| format!(" in line {}", before.matches('\n').count() + 1));
        format!("it is not valid TOML{}", line.unwrap_or_default())
    })?;
    let mut config = ToolConfig::default();
    if let Some(used) = file.get("active_context") {
        config.set(USED, value(used));
    }
    if let Some(address) = file.get("preferences").and_then(address) {
        config.set(ADDRESS, address);
    }
    let wrong = || "its contexts are no list of tables".to_owned();
    let contexts: Vec<&dyn TableLike> = match file.get("contexts") {
        None => Vec::new(),
        Some(Item::ArrayOfTables(tables)) => tables.iter().map(|table| table as &dyn TableLike).collect(),
        Some(item) => {
            let values = item.as_array().ok_or_else(wrong)?.iter();
            let tables = values.map(|one| one.as_inline_table().map(|table| table as &dyn TableLike));
            tables.collect::<Option<_>>().ok_or_else(wrong)?
        }
    };
    for context in contexts {
        let Some(name) = context.get("name").and_then(Item::as_str).filter(|name| !name.is_empty()) else {
            continue;
        };
        let is_there = config.entries.iter().any(|known| known.name == name);
        if is_there {
            // hcloud takes the first.
            config.entry(name).set(TOKEN, Err("stands there twice".to_owned()));
            continue;
        }
        let mut entry = ToolEntry::named(name);
        entry.values.extend(context.get("token").map(|token| (TOKEN, value(token))));
        entry.values.extend(context.get("preferences").and_then(address).map(|address| (ADDRESS, address)));
        config.entries.push(entry);
    }
    Ok(config)
}

fn address(preferences: &Item) -> Option<ToolValue> {
    Some(value(preferences.as_table_like()?.get("endpoint")?))
}

fn value(item: &Item) -> ToolValue {
    item.as_str().map(Secret::copied).ok_or_else(|| "is no text".to_owned())
}

#[cfg(test)]
mod tests {
    use super::{ADDRESS, TOKEN, USED, read};

    /// Every value by its entry and key; `!` and the reason where it cannot be used.
    fn values(text: &str) -> Vec<String> {
        let config = read(text).unwrap();
        let top = config.top.into_iter().map(|(key, value)| (String::new(), key, value));
        let entries = config.entries.into_iter().flat_map(|entry| {
            entry.values.into_iter().map(move |(key, value)| (entry.name.clone(), key, value))
        });
        top.chain(entries)
            .map(|(name, key, value)| match value {
                Ok(text) => format!("{name} {key} {}", text.expose()),
                Err(why) => format!("{name} {key} !{why}"),
            })
            .collect()
    }

    #[test]
    fn contexts_are_read_in_both_forms_of_toml() {
        let found = [format!(" {USED} dev"), format!("dev {TOKEN} a"), format!("prod {TOKEN} b")];
        for text in [
            "active_context = \"dev\"\n[[contexts]]\nname = \"dev\"\ntoken = \"a\"\n[[contexts]]\n  name = 'prod'\n  token = 'b'\n",
            "active_context = \"dev\"\ncontexts = [{name = \"dev\", token = \"a\"}, {name = \"prod\", token = \"b\"}]",
        ] {
            assert_eq!(values(text), found);
        }
        assert_eq!(values(""), [""; 0]);
        assert_eq!(values("contexts = []"), [""; 0]);
        assert_eq!(values("[[contexts]]\ntoken = \"a\""), [""; 0]);
    }

    #[test]
    fn addresses_are_read_of_all_and_of_one() {
        let text = "[preferences]\nendpoint = \"https://a\"\n[[contexts]]\nname = \"x\"\ntoken = \"t\"\n[contexts.preferences]\nendpoint = \"https://b\"\n";
        assert_eq!(
            values(text),
            [format!(" {ADDRESS} https://a"), format!("x {TOKEN} t"), format!("x {ADDRESS} https://b")]
        );
    }

    #[test]
    fn what_cannot_be_used_is_told_by_its_place_and_not_repeated() {
        for (text, why) in [
            ("a = 1\nactive_context = \"HUNTER2", "it is not valid TOML in line 2"),
            ("active_context = \"a\"\nactive_context = \"HUNTER2\"", "it is not valid TOML in line 2"),
            ("contexts = \"HUNTER2\"", "its contexts are no list of tables"),
            ("contexts = [\"HUNTER2\"]", "its contexts are no list of tables"),
        ] {
            assert_eq!(read(text).unwrap_err(), why);
        }
        let twice = "[[contexts]]\nname = \"x\"\ntoken = \"a\"\n[[contexts]]\nname = \"x\"\ntoken = \"b\"\n";
        assert_eq!(values(twice), [format!("x {TOKEN} !stands there twice")]);
        assert_eq!(values("[[contexts]]\nname = \"x\"\ntoken = 7"), [format!("x {TOKEN} !is no text")]);
    }
}
