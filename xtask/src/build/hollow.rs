//! Functions that are in the wasm and that nobody calls, made empty so that wasm-opt finds out.
//!
//! Leptos brings `wasm-streams` along for server functions, of which we have none. Nothing makes its streams; but what
//! would run in them stands in tables of function pointers, and no optimiser dares to take anything out of those.

use anyhow::{Context as _, ensure};
use std::{collections::BTreeSet, ops::Range};
use wasmparser::{BinaryReaderError, KnownCustom, Name, Parser, Payload, TypeRef};

/// In the names of the functions that are never called.
const NEVER: &str = "wasm_streams[";

/// `wasm` with an `unreachable` in place of what each of them did.
///
/// # Errors
/// If it can't be read, or has no such function any more: then this file has to go.
pub fn hollow_out(mut wasm: Vec<u8>) -> anyhow::Result<Vec<u8>> {
    let bodies = find_bodies(&wasm)?;
    ensure!(!bodies.is_empty(), "nothing in the wasm is called {NEVER}…: remove xtask/src/build/hollow.rs");
    for body in bodies {
        let body = wasm.get_mut(body).context("a function outside of the file")?;
        // No locals, `unreachable`, as many `nop` as there is room for, `end`.
        body.fill(1);
        if let [locals, first, .., end] = body {
            (*locals, *first, *end) = (0, 0, 0x0b);
        }
    }
    Ok(wasm)
}

/// Where their bodies are.
fn find_bodies(wasm: &[u8]) -> anyhow::Result<Vec<Range<usize>>> {
    let (mut imported, mut bodies, mut never) = (0, Vec::new(), BTreeSet::new());
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    imported += u32::from(matches!(import?.ty, TypeRef::Func(_) | TypeRef::FuncExact(_)));
                }
            }
            Payload::CodeSectionEntry(body) => bodies.push(body.range()),
            Payload::CustomSection(section) => {
                if let KnownCustom::Name(names) = section.as_known() {
                    never.extend(read_named(names)?);
                }
            }
            _ => {}
        }
    }
    let all = (imported..).zip(bodies).filter(|(index, _)| never.contains(index));
    Ok(all.map(|(_, body)| body.start as usize..body.end as usize).filter(|body| body.len() > 3).collect())
}

fn read_named(names: wasmparser::NameSectionReader<'_>) -> Result<Vec<u32>, BinaryReaderError> {
    let mut found = Vec::new();
    for part in names {
        if let Name::Function(map) = part? {
            for naming in map {
                let naming = naming?;
                if naming.name.contains(NEVER) {
                    found.push(naming.index);
                }
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A module with one function, which drops a 7, under this name.
    fn module(name: &str) -> Vec<u8> {
        let mut wasm =
            b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0\x03\x02\x01\0\x0a\x07\x01\x05\0\x41\x07\x1a\x0b".to_vec();
        let length = name.len() as u8;
        wasm.extend([0, 10 + length, 4, b'n', b'a', b'm', b'e', 1, 3 + length, 1, 0, length]);
        wasm.extend(name.bytes());
        wasm
    }

    #[test]
    fn what_is_never_called_is_empty_and_still_valid() {
        let before = module("wasm_streams[0]::pull");
        let after = hollow_out(before.clone()).expect("one is found");
        assert_eq!(
            find_bodies(&after).expect("it can be read"),
            find_bodies(&before).expect("it can be read")
        );
        assert!(after.windows(5).any(|bytes| bytes == b"\0\0\x01\x01\x0b"));
        assert!(hollow_out(module("widget[0]::main")).is_err());
    }
}
