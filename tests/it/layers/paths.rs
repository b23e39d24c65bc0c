//! The paths that a source file names, as absolute ones.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};

/// A path that a file names, and the line.
pub(super) type Named = (usize, String);

/// What a file names outside its tests.
#[derive(Default)]
pub(super) struct Paths {
    /// Every path, from the root of this crate or that of another.
    pub(super) named: Vec<Named>,
    /// What a local name stands for: by `use`, or a module of its own.
    pub(super) local: BTreeMap<String, Vec<String>>,
    /// The paths that `pub use` hands on, by their local names.
    pub(super) handed_on: BTreeMap<String, String>,
    /// Names that stand alone.
    pub(super) words: BTreeSet<String>,
}

impl Paths {
    pub(super) fn read(module: &[String], file: &syn::File) -> Self {
        let mut reader = Reader { module: module.to_vec(), paths: Self::default() };
        // The first walk learns what the names stand for: a `use` may follow what needs it.
        reader.visit_file(file);
        reader.paths.named.clear();
        reader.visit_file(file);
        reader.paths.named.sort();
        reader.paths.named.dedup();
        reader.paths
    }
}

/// Whether an item is compiled for tests alone.
fn is_for_tests(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let syn::Meta::List(list) = &attribute.meta else { return false };
        let condition = list.tokens.to_string();
        list.path.is_ident("cfg")
            && (condition == "test"
                || condition.strip_prefix("all").is_some_and(|all| {
                    all.trim_matches([' ', '(', ')']).split(',').any(|term| term.trim() == "test")
                }))
    })
}

struct Reader {
    /// Where we are: the file's module and the inline modules around.
    module: Vec<String>,
    paths: Paths,
}

impl Reader {
    fn here(&self) -> Vec<String> {
        let above = self.module.iter().filter(|part| *part != "lib").cloned();
        std::iter::once("crate".to_owned()).chain(above).collect()
    }

    /// The path from the root of the crate, or from a crate.
    fn absolute(&self, path: &[String]) -> Vec<String> {
        let Some((first, rest)) = path.split_first() else { return Vec::new() };
        let mut whole = match first.as_str() {
            "crate" => vec!["crate".to_owned()],
            "self" => self.here(),
            "super" => {
                let mut base = self.here();
                if base.len() > 1 {
                    base.pop();
                }
                base
            }
            _ => match self.paths.local.get(first) {
                Some(import) => import.clone(),
                None => vec![first.clone()],
            },
        };
        for part in rest {
            match part.as_str() {
                "super" if whole.len() > 1 => {
                    whole.pop();
                }
                "self" => {}
                _ => whole.push(part.clone()),
            }
        }
        whole
    }

    fn name(&mut self, line: usize, path: &[String]) {
        let absolute = self.absolute(path).join("::");
        self.paths.named.push((line, absolute));
    }

    fn import(&mut self, prefix: &[String], tree: &syn::UseTree, handed_on: bool) {
        let mut path = prefix.to_vec();
        match tree {
            syn::UseTree::Path(step) => {
                path.push(step.ident.to_string());
                self.import(&path, &step.tree, handed_on);
            }
            syn::UseTree::Group(group) => {
                group.items.iter().for_each(|tree| self.import(&path, tree, handed_on));
            }
            syn::UseTree::Name(leaf) => {
                path.push(leaf.ident.to_string());
                self.bring_in(&leaf.ident, &path, None, handed_on);
            }
            syn::UseTree::Rename(leaf) => {
                path.push(leaf.ident.to_string());
                self.bring_in(&leaf.ident, &path, Some(leaf.rename.to_string()), handed_on);
            }
            syn::UseTree::Glob(glob) => {
                path.push("*".to_owned());
                self.name(glob.star_token.spans[0].start().line, &path);
            }
        }
    }

    fn bring_in(&mut self, leaf: &syn::Ident, path: &[String], rename: Option<String>, handed_on: bool) {
        let absolute = self.absolute(path);
        self.paths.named.push((leaf.span().start().line, absolute.join("::")));
        if let Some(local) = rename.or_else(|| absolute.last().cloned()) {
            if handed_on {
                self.paths.handed_on.insert(local.clone(), absolute.join("::"));
            }
            // `use super::secret` and the like must not stand for itself.
            if absolute.len() > 1 || absolute.first() != Some(&local) {
                self.paths.local.insert(local, absolute);
            }
        }
    }

    /// The paths in what a macro or an attribute was given, which need not be Rust.
    fn tokens(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let is_colon =
            |at: usize| matches!(tokens.get(at), Some(TokenTree::Punct(punct)) if punct.as_char() == ':');
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            at += 1;
            match token {
                TokenTree::Group(group) => self.tokens(group.stream()),
                TokenTree::Ident(first) => {
                    let mut path = vec![first.to_string()];
                    while is_colon(at) && is_colon(at + 1) {
                        let Some(TokenTree::Ident(next)) = tokens.get(at + 2) else { break };
                        path.push(next.to_string());
                        at += 3;
                    }
                    // A lone word may be anything.
                    if path.len() > 1 {
                        self.name(first.span().start().line, &path);
                    } else {
                        self.paths.words.extend(path);
                    }
                }
                TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
        }
    }
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        let attributes = match item {
            syn::Item::Const(item) => &item.attrs,
            syn::Item::Enum(item) => &item.attrs,
            syn::Item::Fn(item) => &item.attrs,
            syn::Item::Impl(item) => &item.attrs,
            syn::Item::Macro(item) => &item.attrs,
            syn::Item::Mod(item) => &item.attrs,
            syn::Item::Static(item) => &item.attrs,
            syn::Item::Struct(item) => &item.attrs,
            syn::Item::Trait(item) => &item.attrs,
            syn::Item::Type(item) => &item.attrs,
            syn::Item::Use(item) => &item.attrs,
            _ => return visit::visit_item(self, item),
        };
        if !is_for_tests(attributes) {
            visit::visit_item(self, item);
        }
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        if !is_for_tests(&item.attrs) {
            visit::visit_impl_item_fn(self, item);
        }
    }

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        let name = item.ident.to_string();
        let mut module = self.here();
        module.push(name.clone());
        self.paths.local.insert(name.clone(), module);
        self.module.push(name);
        visit::visit_item_mod(self, item);
        self.module.pop();
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.import(&[], &item.tree, !matches!(item.vis, syn::Visibility::Inherited));
    }

    fn visit_item_extern_crate(&mut self, item: &'ast syn::ItemExternCrate) {
        self.paths.named.push((item.ident.span().start().line, item.ident.to_string()));
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let parts: Vec<String> = path.segments.iter().map(|part| part.ident.to_string()).collect();
        match path.segments.first() {
            Some(first) if parts.len() > 1 => self.name(first.ident.span().start().line, &parts),
            // A lone word is a local name: where it is an import, the `use` has been read.
            _ => self.paths.words.extend(parts),
        }
        visit::visit_path(self, path);
    }

    /// `pub(in crate::commands)` needs nothing of that module.
    fn visit_visibility(&mut self, _: &'ast syn::Visibility) {}

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        visit::visit_macro(self, call);
        self.tokens(call.tokens.clone());
    }

    fn visit_attribute(&mut self, attribute: &'ast syn::Attribute) {
        visit::visit_attribute(self, attribute);
        if let syn::Meta::List(list) = &attribute.meta {
            self.tokens(list.tokens.clone());
        }
    }
}
