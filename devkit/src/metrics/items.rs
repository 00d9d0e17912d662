//! What one file holds: functions, types, imports, and the paths that its code names.

use proc_macro2::{TokenStream, TokenTree};
use std::collections::{BTreeMap, BTreeSet};
use syn::{
    Attribute, Ident, Item, UseTree, Visibility,
    visit::{self, Visit},
};

/// A function's definition.
pub struct FunctionItem {
    pub name: String,
    pub line: usize,
    /// Whether something outside its module may call it.
    pub is_public: bool,
}

/// A type's or trait's definition.
pub struct TypeItem {
    pub name: String,
    pub line: usize,
}

/// A module written in a file: the file itself, or a module with a body in it.
#[derive(Default)]
pub struct Scope {
    /// The names of what is defined in it.
    pub names: BTreeSet<String>,
    /// What its imports bind: the name in it, the path, whether it is re-exported.
    pub imports: Vec<Import>,
    /// Paths in its code, segment by segment.
    pub paths: BTreeSet<Vec<String>>,
}

/// One name of a `use`.
#[derive(Debug, Clone)]
pub struct Import {
    /// The name it has here; `*` for all.
    pub name: String,
    /// The path as it is written, without a closing `self` or `*`.
    pub path: Vec<String>,
    /// Whether it is re-exported.
    pub is_public: bool,
}

/// What was found in one file; tests are left out.
#[derive(Default)]
pub struct FileItems {
    pub functions: Vec<FunctionItem>,
    pub types: Vec<TypeItem>,
    /// By the path of modules within the file; the file itself has none.
    pub scopes: BTreeMap<Vec<String>, Scope>,
    /// Modules in files of their own that only tests have.
    pub test_modules: Vec<Vec<String>>,
    inline: Vec<String>,
}

impl FileItems {
    /// Reads a file's text.
    ///
    /// # Errors
    /// If it is no Rust.
    pub fn parse(text: &str) -> syn::Result<FileItems> {
        let mut items = FileItems::default();
        items.current_scope();
        items.visit_file(&syn::parse_file(text)?);
        Ok(items)
    }

    fn current_scope(&mut self) -> &mut Scope {
        self.scopes.entry(self.inline.clone()).or_default()
    }

    fn add_function(&mut self, ident: &Ident, is_public: bool) {
        let (name, line) = (plain_name(ident), ident.span().start().line);
        self.current_scope().names.insert(name.clone());
        self.functions.push(FunctionItem { name, line, is_public });
    }

    fn add_type(&mut self, ident: &Ident) {
        let (name, line) = (plain_name(ident), ident.span().start().line);
        self.current_scope().names.insert(name.clone());
        self.types.push(TypeItem { name, line });
    }

    fn add_use(&mut self, tree: &UseTree, before: &[String], is_public: bool) {
        let with = |ident: &Ident| [before, &[plain_name(ident)]].concat();
        let import = match tree {
            UseTree::Path(path) => return self.add_use(&path.tree, &with(&path.ident), is_public),
            UseTree::Group(group) => {
                return group.items.iter().for_each(|item| self.add_use(item, before, is_public));
            }
            UseTree::Glob(_) => Import { name: "*".to_owned(), path: before.to_vec(), is_public },
            UseTree::Name(name) if name.ident == "self" => {
                let own = before.last().cloned().unwrap_or_default();
                Import { name: own, path: before.to_vec(), is_public }
            }
            UseTree::Name(name) => {
                Import { name: plain_name(&name.ident), path: with(&name.ident), is_public }
            }
            UseTree::Rename(rename) => {
                let path = if rename.ident == "self" { before.to_vec() } else { with(&rename.ident) };
                Import { name: plain_name(&rename.rename), path, is_public }
            }
        };
        self.current_scope().imports.push(import);
    }

    /// The paths in a macro's tokens, which nobody has parsed.
    fn add_tokens(&mut self, tokens: TokenStream) {
        let mut path: Vec<String> = Vec::new();
        let mut colons = 0;
        for token in tokens {
            match token {
                TokenTree::Ident(ident) => {
                    if colons != 2 {
                        self.add_path(std::mem::take(&mut path));
                    }
                    path.push(plain_name(&ident));
                    colons = 0;
                }
                TokenTree::Punct(punct) if punct.as_char() == ':' && colons < 2 => colons += 1,
                TokenTree::Group(group) => {
                    self.add_path(std::mem::take(&mut path));
                    self.add_tokens(group.stream());
                    colons = 0;
                }
                TokenTree::Punct(_) | TokenTree::Literal(_) => {
                    self.add_path(std::mem::take(&mut path));
                    colons = 0;
                }
            }
        }
        self.add_path(path);
    }

    fn add_path(&mut self, path: Vec<String>) {
        if !path.is_empty() {
            self.current_scope().paths.insert(path);
        }
    }
}

impl<'ast> Visit<'ast> for FileItems {
    fn visit_item(&mut self, item: &'ast Item) {
        if is_for_tests(item_attributes(item)) {
            if let Item::Mod(module) = item
                && module.content.is_none()
            {
                self.test_modules.push([&self.inline[..], &[plain_name(&module.ident)]].concat());
            }
            return;
        }
        match item {
            Item::Struct(item) => self.add_type(&item.ident),
            Item::Enum(item) => self.add_type(&item.ident),
            Item::Union(item) => self.add_type(&item.ident),
            Item::Type(item) => self.add_type(&item.ident),
            Item::Trait(item) => self.add_type(&item.ident),
            Item::Fn(item) => self.add_function(&item.sig.ident, is_public(&item.vis)),
            Item::Use(item) => {
                let is_public = is_public(&item.vis);
                // A path that begins with `::` leads out of the package.
                if item.leading_colon.is_none() {
                    self.add_use(&item.tree, &[], is_public);
                }
                return;
            }
            Item::Const(item) => {
                self.current_scope().names.insert(plain_name(&item.ident));
            }
            Item::Static(item) => {
                self.current_scope().names.insert(plain_name(&item.ident));
            }
            Item::Mod(module) if module.content.is_some() => {
                self.inline.push(plain_name(&module.ident));
                self.current_scope();
                visit::visit_item(self, item);
                self.inline.pop();
                return;
            }
            _ => {}
        }
        visit::visit_item(self, item);
    }

    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        for inner in &item.items {
            // What implements a trait is named by the trait.
            if let syn::ImplItem::Fn(function) = inner
                && item.trait_.is_none()
            {
                self.functions.push(FunctionItem {
                    name: plain_name(&function.sig.ident),
                    line: function.sig.ident.span().start().line,
                    is_public: is_public(&function.vis),
                });
            }
        }
        visit::visit_item_impl(self, item);
    }

    fn visit_trait_item_fn(&mut self, item: &'ast syn::TraitItemFn) {
        let (name, line) = (plain_name(&item.sig.ident), item.sig.ident.span().start().line);
        self.functions.push(FunctionItem { name, line, is_public: true });
        visit::visit_trait_item_fn(self, item);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        if path.leading_colon.is_none() {
            self.add_path(path.segments.iter().map(|segment| plain_name(&segment.ident)).collect());
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, item: &'ast syn::Macro) {
        self.add_tokens(item.tokens.clone());
        visit::visit_macro(self, item);
    }
}

/// A name without `r#`.
fn plain_name(ident: &Ident) -> String {
    ident.to_string().trim_start_matches("r#").to_owned()
}

fn is_public(visibility: &Visibility) -> bool {
    !matches!(visibility, Visibility::Inherited)
}

/// Whether `#[test]`, `#[cfg(test)]` or their kind stands above.
fn is_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let path = attribute.path();
        let last = path.segments.last().map(|segment| segment.ident.to_string());
        let condition =
            || attribute.meta.require_list().is_ok_and(|list| requires_tests(list.tokens.clone()));
        last.as_deref() == Some("test") || path.is_ident("cfg") && condition()
    })
}

/// Whether a condition holds in tests only: `test`, `all(test, …)`.
fn requires_tests(condition: TokenStream) -> bool {
    let tokens: Vec<TokenTree> = condition.into_iter().collect();
    match tokens.as_slice() {
        [TokenTree::Ident(only)] => only == "test",
        [TokenTree::Ident(all), TokenTree::Group(group)] if all == "all" => {
            group.stream().into_iter().any(|token| matches!(&token, TokenTree::Ident(each) if each == "test"))
        }
        _ => false,
    }
}

fn item_attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}
