//! Which module of a package uses which.

use super::{
    graph::Graph,
    items::{FileItems, Import},
};
use std::collections::{BTreeMap, BTreeSet};

/// How many re-exports a name is followed through.
const MOST_STEPS: usize = 12;

/// A package's modules, each by its path: one segment a module, none for the root.
pub struct Modules<'a> {
    files: BTreeMap<Vec<String>, &'a FileItems>,
}

/// The path of the module in a file under `src`, `a/b.rs` or `a/b/mod.rs`; a `main.rs` beside a `lib.rs`, and what is in
/// `bin`, are roots of their own.
pub fn module_path(file: &str, has_library: bool) -> Vec<String> {
    let mut path: Vec<String> = file.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
    let is_root =
        path.len() == 1 && path.first().is_some_and(|name| name == "lib" || name == "main" && !has_library);
    if is_root || path.last().is_some_and(|name| name == "mod") {
        path.pop();
    }
    path
}

impl<'a> Modules<'a> {
    /// The modules of one package.
    pub fn new(files: BTreeMap<Vec<String>, &'a FileItems>) -> Modules<'a> {
        Modules { files }
    }

    /// Every module's arrows to those in other files whose definitions it names. What a module only re-exports counts for
    /// those who use it, not for the module.
    pub fn find_arrows(&self) -> Graph {
        let mut graph = Graph::new();
        for (module, items) in &self.files {
            let arrows = graph.entry(name_module(module)).or_default();
            for (inner, scope) in &items.scopes {
                let place = [&module[..], &inner[..]].concat();
                let is_used = |import: &Import| {
                    !import.is_public || scope.paths.iter().any(|path| path.first() == Some(&import.name))
                };
                let imported = scope.imports.iter().filter(|import| is_used(import));
                let imported = imported.filter_map(|import| {
                    let (target, rest) = self.resolve(&place, &import.path, 0)?;
                    // A module's name alone uses nothing of it yet.
                    (!rest.is_empty() || import.name == "*").then_some(target)
                });
                let named = scope.paths.iter().filter(|path| path.len() > 1);
                let named = named.filter_map(|path| {
                    let (target, rest) = self.resolve(&place, path, 0)?;
                    (!rest.is_empty()).then_some(target)
                });
                let targets: BTreeSet<Vec<String>> = imported.chain(named).collect();
                arrows.extend(
                    targets.iter().filter(|target| *target != module).map(|target| name_module(target)),
                );
            }
        }
        graph
    }

    /// The module in whose file a path's definition is, and what of the path is left within; `None` for what is not of this
    /// package.
    fn resolve(&self, place: &[String], path: &[String], steps: usize) -> Option<(Vec<String>, Vec<String>)> {
        let (first, rest) = path.split_first()?;
        let absolute = match first.as_str() {
            "crate" => rest.to_vec(),
            "self" => [place, rest].concat(),
            "super" => {
                let mut place = place;
                let mut rest = path;
                while let Some(("super", after)) =
                    rest.split_first().map(|(name, after)| (name.as_str(), after))
                {
                    place = place.split_last().map_or(&[], |(_, above)| above);
                    rest = after;
                }
                [place, rest].concat()
            }
            _ => {
                let child = [place, std::slice::from_ref(first)].concat();
                if !self.is_module(&child) {
                    let import = self.find_import(place, first).filter(|_| steps < MOST_STEPS)?;
                    let longer = [&import.path[..], rest].concat();
                    // `use name;` of another package binds its own name.
                    return if longer == path { None } else { self.resolve(place, &longer, steps + 1) };
                }
                [&child[..], rest].concat()
            }
        };
        self.follow_reexports(&absolute, steps)
    }

    /// The same of a path from the package's root.
    fn follow_reexports(&self, path: &[String], steps: usize) -> Option<(Vec<String>, Vec<String>)> {
        let length =
            (0..=path.len()).rev().find(|length| self.is_module(path.get(..*length).unwrap_or(path)))?;
        let (module, rest) = path.split_at(length);
        if let Some((name, after)) = rest.split_first()
            && steps < MOST_STEPS
            && !self.defines(module, name)
        {
            if let Some(import) = self.find_import(module, name) {
                let longer = [&import.path[..], after].concat();
                if let Some(found) = self.resolve(module, &longer, steps + 1) {
                    return Some(found);
                }
            }
            for glob in self.imports_of(module).filter(|import| import.name == "*") {
                let longer = [&glob.path[..], rest].concat();
                if let Some((target, left)) = self.resolve(module, &longer, steps + 1)
                    && left.first().is_some_and(|name| self.defines(&target, name))
                {
                    return Some((target, left));
                }
            }
        }
        let file =
            (0..=module.len()).rev().find_map(|length| self.files.get_key_value(module.get(..length)?));
        file.map(|(file, _)| (file.clone(), rest.to_vec()))
    }

    /// The file of a module, and where in it the module is.
    fn locate(&self, module: &[String]) -> Option<(&'a FileItems, Vec<String>)> {
        (0..=module.len()).rev().find_map(|length| {
            let (file, inner) = module.split_at_checked(length)?;
            let items = self.files.get(file)?;
            items.scopes.contains_key(inner).then(|| (*items, inner.to_vec()))
        })
    }

    fn is_module(&self, path: &[String]) -> bool {
        self.locate(path).is_some()
    }

    fn defines(&self, module: &[String], name: &str) -> bool {
        let scope = self.locate(module).and_then(|(items, inner)| items.scopes.get(&inner));
        scope.is_some_and(|scope| scope.names.contains(name))
    }

    fn imports_of(&self, module: &[String]) -> impl Iterator<Item = &'a Import> {
        let scope = self.locate(module).and_then(|(items, inner)| items.scopes.get(&inner));
        scope.into_iter().flat_map(|scope| &scope.imports)
    }

    fn find_import(&self, module: &[String], name: &str) -> Option<&'a Import> {
        self.imports_of(module).find(|import| import.name == name)
    }
}

/// A module's path in one word; the root is `crate`.
pub fn name_module(path: &[String]) -> String {
    if path.is_empty() { "crate".to_owned() } else { path.join("::") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arrows(files: &[(&str, &str)]) -> Vec<String> {
        let parsed: Vec<_> = files
            .iter()
            .map(|(file, text)| (module_path(file, true), FileItems::parse(text).unwrap()))
            .collect();
        let modules = Modules::new(parsed.iter().map(|(path, items)| (path.clone(), items)).collect());
        let graph = modules.find_arrows();
        graph.iter().flat_map(|(from, to)| to.iter().map(move |to| format!("{from} > {to}"))).collect()
    }

    #[test]
    fn a_file_is_a_module() {
        assert_eq!(module_path("lib.rs", true), Vec::<String>::new());
        assert_eq!(module_path("main.rs", false), Vec::<String>::new());
        assert_eq!(module_path("main.rs", true), ["main"]);
        assert_eq!(module_path("a/mod.rs", true), ["a"]);
        assert_eq!(module_path("a/b.rs", true), ["a", "b"]);
    }

    #[test]
    fn names_are_followed_to_the_file_that_defines_them() {
        let files = [
            ("lib.rs", "mod a; mod b; pub use a::One;"),
            ("a/mod.rs", "mod inner; pub use inner::{One, Two as Other}; pub fn here() {}"),
            ("a/inner.rs", "pub struct One; pub struct Two; fn f() { super::here() }"),
            ("b.rs", "use crate::{One, a}; fn f(_: One, _: a::Other) { std::mem::drop(1) }"),
        ];
        assert_eq!(arrows(&files), ["a::inner > a", "b > a::inner"]);
    }

    #[test]
    fn macros_globs_and_own_use_of_a_re_export_count() {
        let files = [
            ("lib.rs", "mod a; mod b; pub use b::*; fn f() { println!(\"{}\", a::name()) }"),
            ("a.rs", "pub use crate::b::Two; pub fn name() -> Two { Two }"),
            ("b.rs", "pub struct Two; fn f(_: crate::Two) {}"),
        ];
        assert_eq!(arrows(&files), ["a > b", "crate > a"]);
    }

    #[test]
    fn tests_are_left_out() {
        let files = [
            ("lib.rs", "mod a; mod b;"),
            ("a.rs", "pub fn f() {} #[cfg(test)] mod tests { use crate::b::g; #[test] fn t() { g() } }"),
            ("b.rs", "pub fn g() { crate::a::f() }"),
        ];
        assert_eq!(arrows(&files), ["b > a"]);
    }
}
