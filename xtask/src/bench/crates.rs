//! `cargo xtask bench size --by-crate`: where the widget's bytes come from.

use super::table::FigureTable;
use crate::{paths, run::run_command, tools::npm_bin};
use anyhow::{Context as _, bail};
use std::{collections::BTreeMap, fs, ops::Range, process::Command};
use wasmparser::{KnownCustom, Name, Parser, Payload, TypeRef};

/// Crates below this many bytes are shown as one.
const SMALL: usize = 500;

/// How many functions are named.
const BIGGEST: usize = 25;

/// Bytes of the widget's wasm, before compression: by crate, and the functions with the most.
///
/// # Errors
/// If this checkout has not built the widget, or its names are gone.
pub fn measure_crates() -> anyhow::Result<Vec<FigureTable>> {
    let work = paths::repository_root().join("target/hoi-widget");
    let (built, named) = (work.join("trunk/widget_bg.wasm"), work.join("named.wasm"));
    if !built.is_file() {
        bail!("{} is not there: touch widget/src/main.rs and build again", built.display());
    }
    // The same as what is shipped, but with the functions' names.
    let mut optimise = Command::new(npm_bin("wasm-opt"));
    optimise.args(["-Oz", "--debuginfo"]).arg(&built).arg("-o").arg(&named);
    run_command("wasm-opt", &mut optimise)?;
    let bytes = fs::read(&named).with_context(|| format!("{} can't be read", named.display()))?;
    let parts = parse_parts(&bytes)?;
    Ok(vec![by_crate(&parts), by_function(&parts)])
}

/// What a wasm file is made of.
struct WasmParts {
    /// Bytes of everything that is not code.
    sections: BTreeMap<&'static str, usize>,
    /// Every function's name and bytes.
    functions: Vec<(String, usize)>,
}

fn by_crate(parts: &WasmParts) -> FigureTable {
    let mut crates: BTreeMap<String, usize> = BTreeMap::new();
    for (name, bytes) in &parts.functions {
        *crates.entry(crate_of(name)).or_default() += bytes;
    }
    crates.extend(parts.sections.iter().map(|(name, bytes)| ((*name).to_owned(), *bytes)));
    let mut table = FigureTable::new("crates", "The widget's wasm by crate", &["raw B"]);
    let (mut all, mut rest) = (0, 0);
    for (name, bytes) in biggest_first(crates, |bytes| *bytes) {
        all += bytes;
        if bytes < SMALL {
            rest += bytes;
        } else {
            table.add_row(name, [Some(bytes as f64)]);
        }
    }
    table.add_row("all others", [Some(rest as f64)]);
    table.add_row("all of it", [Some(all as f64)]);
    table.add_note("A generic function counts for the crate that wrote it, whoever uses it; inlined code for the caller.");
    table
}

fn by_function(parts: &WasmParts) -> FigureTable {
    let mut functions: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for (name, bytes) in &parts.functions {
        let (sum, copies) = functions.entry(strip_hash(name)).or_default();
        *sum += bytes;
        *copies += 1;
    }
    let mut table = FigureTable::new("functions", "The biggest, copies together", &["raw B", "copies"]);
    for (name, (bytes, copies)) in biggest_first(functions, |(bytes, _)| *bytes).into_iter().take(BIGGEST) {
        let short: String = name.chars().take(90).collect();
        table.add_row(short, [Some(bytes as f64), Some(copies as f64)]);
    }
    table
}

fn biggest_first<T>(parts: BTreeMap<String, T>, bytes: impl Fn(&T) -> usize) -> Vec<(String, T)> {
    let mut parts: Vec<_> = parts.into_iter().collect();
    parts.sort_by_key(|(_, part)| std::cmp::Reverse(bytes(part)));
    parts
}

/// Takes `wasm` apart; the names themselves are not counted.
fn parse_parts(wasm: &[u8]) -> anyhow::Result<WasmParts> {
    let mut sections: BTreeMap<&'static str, usize> = BTreeMap::new();
    let (mut imported, mut bodies, mut names) = (0, Vec::new(), BTreeMap::new());
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload?;
        if let Some((id, range)) = payload.as_section()
            && let Some(name) = name_section(id)
        {
            *sections.entry(name).or_default() += range_length(&range);
        }
        match payload {
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    imported += u32::from(matches!(import?.ty, TypeRef::Func(_) | TypeRef::FuncExact(_)));
                }
            }
            Payload::CodeSectionEntry(body) => bodies.push(range_length(&body.range())),
            Payload::CustomSection(section) => {
                if let KnownCustom::Name(section) = section.as_known() {
                    names = read_function_names(section)?;
                }
            }
            _ => {}
        }
    }
    if names.is_empty() {
        bail!("the wasm has no names: something stripped them");
    }
    let named = |(index, bytes)| {
        let name = names.remove(&(index as u32 + imported)).unwrap_or_else(|| "(nameless)".into());
        (name, bytes)
    };
    Ok(WasmParts { sections, functions: bodies.into_iter().enumerate().map(named).collect() })
}

/// What the section `id` is shown as; `None` for code, which is counted function by function, and for names.
fn name_section(id: u8) -> Option<&'static str> {
    match id {
        0 | 10 => None,
        9 => Some("(table of functions)"),
        11 => Some("(constants: text, tables)"),
        _ => Some("(imports, exports, types)"),
    }
}

fn range_length(range: &Range<u64>) -> usize {
    (range.end - range.start) as usize
}

fn read_function_names(section: wasmparser::NameSectionReader<'_>) -> anyhow::Result<BTreeMap<u32, String>> {
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

/// The crate in a function's name, `leptos[93489db7c83fd90d]::mount::…`: the first that is named.
fn crate_of(name: &str) -> String {
    let Some((before, _)) = name.split_once("]::") else { return "(no crate in the name)".to_owned() };
    let name = before.rsplit_once('[').map_or(before, |(name, _)| name);
    name.rsplit(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap_or_default().to_owned()
}

/// A function's name without hashes and without what its generics stand for, so that its copies get one name.
fn strip_hash(name: &str) -> String {
    let mut out = String::new();
    // For every "<" that is open: whether it and what is in it are left out.
    let mut open: Vec<bool> = Vec::new();
    let (mut hash, mut before) = (false, ' ');
    for c in name.chars() {
        let dropped = hash || open.contains(&true);
        // The arrow of a function's type closes nothing.
        let closes = c == '>' && before != '-';
        let generic = before.is_alphanumeric() || matches!(before, '_' | ':' | ']');
        match c {
            '<' => open.push(generic),
            '>' if closes => drop(open.pop()),
            '[' => hash = true,
            ']' => hash = false,
            _ => {}
        }
        if !dropped && !hash && !open.contains(&true) && c != ']' {
            out.push(c);
        }
        before = c;
    }
    out.replace("::::", "::").trim_end_matches(':').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crates_in_names() {
        let cases = [
            ("leptos[93489db7c83fd90d]::mount::mount_to", "leptos"),
            (
                "<widget[feb0ffdcb9925a46]::chat::Chat as core[15266d276e3a2055]::clone::Clone>::clone",
                "widget",
            ),
            (
                "<_ as tachys[daecf6d6220b324c]::view::Render>::build::<(alloc[6ccceecd3902b573]::vec::Vec<u8>,)>",
                "tachys",
            ),
            ("memcpy", "(no crate in the name)"),
        ];
        for (name, expected) in cases {
            assert_eq!(crate_of(name), expected, "{name}");
        }
    }

    #[test]
    fn copies_have_one_name() {
        let cases = [
            ("leptos[9a]::mount::to::<widget[fe]::View<u8>, fn(u8) -> u8>", "leptos::mount::to"),
            (
                "<alloc[6c]::vec::Vec<u8> as core[15]::clone::Clone>::clone",
                "<alloc::vec::Vec as core::clone::Clone>::clone",
            ),
            (
                "<_ as tachys[da]::view::Render>::build::<(u8, u16)>::{closure#0}",
                "<_ as tachys::view::Render>::build::{closure#0}",
            ),
            ("memcpy", "memcpy"),
        ];
        for (name, expected) in cases {
            assert_eq!(strip_hash(name), expected, "{name}");
        }
    }
}
