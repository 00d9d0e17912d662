//! `cargo xtask bench size --by-crate`: where the widget's bytes come from.

use super::table::Table;
use crate::{paths, run::run, tools::npm_bin};
use anyhow::{Context as _, bail};
use std::{collections::BTreeMap, fs, ops::Range, process::Command};
use wasmparser::{KnownCustom, Name, Parser, Payload, TypeRef};

/// Crates below this many bytes are shown as one.
const SMALL: usize = 500;

/// Bytes of the widget's wasm by crate, before compression.
///
/// # Errors
/// If this checkout has not built the widget, or its names are gone.
pub fn table() -> anyhow::Result<Table> {
    let work = paths::root().join("target/hoi-widget");
    let (built, named) = (work.join("trunk/widget_bg.wasm"), work.join("named.wasm"));
    if !built.is_file() {
        bail!("{} is not there: touch widget/src/main.rs and build again", built.display());
    }
    // The same as what is shipped, but with the functions' names.
    let mut optimise = Command::new(npm_bin("wasm-opt"));
    optimise.args(["-Oz", "--all-features", "--debuginfo"]).arg(&built).arg("-o").arg(&named);
    run("wasm-opt", &mut optimise)?;
    let bytes = fs::read(&named).with_context(|| format!("{} can't be read", named.display()))?;
    let parts = by_crate(&bytes)?;
    let mut parts: Vec<(String, usize)> = parts.into_iter().collect();
    parts.sort_by_key(|(_, bytes)| std::cmp::Reverse(*bytes));
    let mut table = Table::new("crates", "The widget's wasm by crate", &["raw B"]);
    let mut rest = 0;
    for (name, bytes) in &parts {
        if *bytes < SMALL {
            rest += bytes;
        } else {
            table.row(name, [Some(*bytes as f64)]);
        }
    }
    table.row("all others", [Some(rest as f64)]);
    table.row("all of it", [Some(parts.iter().map(|(_, bytes)| *bytes).sum::<usize>() as f64)]);
    table.note("A generic function counts for the crate that wrote it, whoever uses it; inlined code for the caller.");
    Ok(table)
}

/// The bytes of `wasm`, without its names, by the crate that wrote them.
fn by_crate(wasm: &[u8]) -> anyhow::Result<BTreeMap<String, usize>> {
    let mut parts: BTreeMap<String, usize> = BTreeMap::new();
    let (mut imported, mut bodies, mut names) = (0, Vec::new(), BTreeMap::new());
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload?;
        if let Some((kind, bytes)) =
            payload.as_section().and_then(|(id, range)| Some((part(id)?, length(&range))))
        {
            *parts.entry(kind.to_owned()).or_default() += bytes;
        }
        match payload {
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    imported += u32::from(matches!(import?.ty, TypeRef::Func(_) | TypeRef::FuncExact(_)));
                }
            }
            Payload::CodeSectionEntry(body) => bodies.push(length(&body.range())),
            Payload::CustomSection(section) => {
                if let KnownCustom::Name(section) = section.as_known() {
                    names = functions(section)?;
                }
            }
            _ => {}
        }
    }
    if names.is_empty() {
        bail!("the wasm has no names: something stripped them");
    }
    for (index, bytes) in bodies.into_iter().enumerate() {
        let name = names.get(&(index as u32 + imported)).map_or("?", String::as_str);
        *parts.entry(crate_of(name)).or_default() += bytes;
    }
    Ok(parts)
}

/// What the section `id` is shown as; `None` for code, which is counted function by function, and for names.
fn part(id: u8) -> Option<&'static str> {
    match id {
        0 | 10 => None,
        9 => Some("(table of functions)"),
        11 => Some("(constants: text, tables)"),
        _ => Some("(imports, exports, types)"),
    }
}

fn length(range: &Range<u64>) -> usize {
    (range.end - range.start) as usize
}

fn functions(section: wasmparser::NameSectionReader<'_>) -> anyhow::Result<BTreeMap<u32, String>> {
    let mut names = BTreeMap::new();
    for part in section {
        if let Name::Function(map) = part? {
            for naming in map {
                let naming = naming?;
                names.insert(naming.index, naming.name.to_owned());
            }
        }
    }
    Ok(names)
}

/// The crate in a function's name: the first path in it that is not the language's own.
fn crate_of(mangled: &str) -> String {
    let name = rustc_demangle::demangle(mangled).to_string();
    let mut paths = name.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'));
    let first = paths.find(|part| part.contains("::") && !part.starts_with("::"));
    match first.and_then(|path| path.split("::").next()) {
        Some(name) if !name.is_empty() => name.to_owned(),
        _ => "(no crate in the name)".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crates_in_names() {
        let cases = [
            ("leptos::mount::mount_to::h0123456789abcdef", "leptos"),
            ("<widget::chat::Chat as core::clone::Clone>::clone", "widget"),
            ("<&mut alloc::vec::Vec<T> as core::iter::Iterator>::next", "alloc"),
            ("_ZN5alloc3vec16Vec$LT$T$C$A$GT$4push17h0123456789abcdefE", "alloc"),
            ("memcpy", "(no crate in the name)"),
        ];
        for (name, expected) in cases {
            assert_eq!(crate_of(name), expected, "{name}");
        }
    }
}
