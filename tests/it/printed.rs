//! Command lines that the program prints are data: a path and arguments, which exist.

use std::{fs, path::Path};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// The tokens of each file of `src`, without attributes, comments and tests.
fn sources() -> Vec<(String, Vec<TokenTree>)> {
    fn walk(folder: &Path, found: &mut Vec<(String, Vec<TokenTree>)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_stem().unwrap().to_str().unwrap();
            if name == "tests" {
                continue;
            }
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let tokens: TokenStream = fs::read_to_string(&path).unwrap().parse().unwrap();
                found.push((path.display().to_string(), without_attributes(tokens)));
            }
        }
    }
    let mut found = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    found
}

/// What an attribute says goes; so does what is there for tests alone.
fn without_attributes(tokens: TokenStream) -> Vec<TokenTree> {
    let (mut kept, mut tokens) = (Vec::new(), tokens.into_iter().peekable());
    while let Some(token) = tokens.next() {
        let is_mark = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '#');
        if is_mark {
            tokens.next_if(|next| matches!(next, TokenTree::Punct(punct) if punct.as_char() == '!'));
        }
        match tokens.peek() {
            Some(TokenTree::Group(group)) if is_mark && group.delimiter() == Delimiter::Bracket => {
                let is_for_tests = group.stream().to_string().replace(' ', "") == "cfg(test)";
                tokens.next();
                if is_for_tests {
                    let _ = tokens.by_ref().find(|token| match token {
                        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
                        TokenTree::Punct(punct) => punct.as_char() == ';',
                        _ => false,
                    });
                }
            }
            _ => kept.push(token),
        }
    }
    kept
}

/// The text of a literal, if it is one of text.
fn text(token: &TokenTree) -> Option<String> {
    let TokenTree::Literal(literal) = token else { return None };
    syn::parse_str::<syn::LitStr>(&literal.to_string()).ok().map(|text| text.value())
}

/// Calls `each` with every run of tokens, those within brackets too.
fn within(tokens: &[TokenTree], each: &mut impl FnMut(&[TokenTree])) {
    each(tokens);
    for token in tokens {
        if let TokenTree::Group(group) = token {
            within(&without_attributes(group.stream()), each);
        }
    }
}

/// The arguments between brackets: the text of each that is one literal.
fn arguments(token: Option<&TokenTree>) -> Vec<Option<String>> {
    let Some(TokenTree::Group(group)) = token else { return Vec::new() };
    let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
    let is_comma = |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',');
    tokens
        .split(is_comma)
        .filter(|argument| !argument.is_empty())
        .map(|argument| if let [one] = argument { text(one) } else { None })
        .collect()
}

/// Every `Run::new(PATH)`, for each path that may stand there, with the arguments that follow it.
fn runs(tokens: &[TokenTree]) -> Vec<(Vec<String>, Vec<String>)> {
    let word = |at: usize| tokens.get(at).map(ToString::to_string).unwrap_or_default();
    let mut found = Vec::new();
    for at in 0..tokens.len() {
        if [word(at), word(at + 1), word(at + 2), word(at + 3)] != ["Run", ":", ":", "new"] {
            continue;
        }
        let mut paths = Vec::new();
        within(&tokens[at + 4..=at + 4], &mut |tokens| paths.extend(tokens.iter().filter_map(text)));
        let (mut next, mut args) = (at + 5, Vec::new());
        while word(next) == "." && word(next + 1) == "arg" {
            args.extend(arguments(tokens.get(next + 2)).into_iter().flatten());
            next += 3;
        }
        found.push((paths, args));
    }
    found
}

#[test]
fn every_command_that_is_named_as_data_exists_with_its_flags() {
    let mut root = ankra::testing::cli::command();
    root.build();
    let mut count = 0;
    for (file, tokens) in sources() {
        within(&tokens, &mut |tokens| {
            for (paths, args) in runs(tokens) {
                assert!(!paths.is_empty(), "{file}: a path that is not written there");
                for path in paths {
                    let mut command = &root;
                    for name in path.split(' ') {
                        let child = command.get_subcommands().find(|child| {
                            // What stands for the name of a cloud has commands below it, as every cloud.
                            child.get_name() == name || (name == "{}" && child.has_subcommands())
                        });
                        command = child.unwrap_or_else(|| panic!("{file}: there is no command {path}"));
                    }
                    for flag in args.iter().filter(|arg| arg.starts_with("--")) {
                        let name = flag.trim_start_matches("--").split('=').next().unwrap();
                        let exists = command.get_arguments().any(|one| one.get_long() == Some(name));
                        assert!(exists, "{file}: {path} has no {flag}");
                    }
                }
                count += 1;
            }
        });
    }
    assert!(count > 10, "{count}");
}

#[test]
fn no_text_holds_a_command_line() {
    fn helps(command: &clap::Command, found: &mut String) {
        found.extend(command.get_after_help().map(ToString::to_string));
        command.get_subcommands().for_each(|child| helps(child, found));
    }
    let (root, mut examples) = (ankra::testing::cli::command(), String::new());
    helps(&root, &mut examples);
    let starts: Vec<String> =
        root.get_subcommands().map(|command| format!("ankra {}", command.get_name())).collect();
    let mut bad = Vec::new();
    for (file, tokens) in sources().into_iter().filter(|(file, _)| !file.contains("/src/cli/")) {
        within(&tokens, &mut |tokens| {
            let texts = tokens.iter().filter_map(text).filter(|text| !examples.contains(text.as_str()));
            let holds = |text: &String| starts.iter().any(|start| text.contains(start.as_str()));
            bad.extend(texts.filter(holds).map(|text| format!("{file}: {text:?}")));
        });
    }
    assert!(bad.is_empty(), "name it by a `Run`, and print it through the `Invocation`:\n{}", bad.join("\n"));
}
