//! Functions that are in the wasm and that nobody calls, made empty so that wasm-opt finds out.
//!
//! Leptos brings `wasm-streams` along for server functions, of which we have none, and with it what runs futures in any
//! browser; the widget runs its own (`widget/src/host/signal_effects.rs`). Nothing makes those streams; but what would run
//! in them stands in tables of function pointers, and no optimiser dares to take anything out of those.

use super::{glue, split::module::Module};
use anyhow::{Context as _, ensure};

/// Of which crate and which module in it nothing is ever called, as names of functions say it.
const NEVER: &[(&str, &str)] = &[("wasm_streams[", "::"), ("js_sys[", "::futures::")];

/// `wasm` with an `unreachable` in place of what each of them did.
///
/// # Errors
/// If it can't be read; if something that stays calls one of them: that would end the widget; if there are none of a kind any
/// more: its line above has to go.
pub fn hollow_out(wasm: &[u8]) -> anyhow::Result<Vec<u8>> {
    let module = Module::read(wasm)?;
    for never in NEVER {
        ensure!(
            module.names.values().any(|name| is_of(name, never)),
            "nothing in the wasm is of {never:?} any more"
        );
    }
    let mut hollow = wasm.to_vec();
    for (index, name) in &module.names {
        if is_never_called(name) {
            let Some(body) = module.function_body(*index).map(|body| body.range()) else { continue };
            let body = hollow.get_mut(body.start as usize..body.end as usize);
            // No locals, `unreachable`, as many `nop` as there is room for, `end`.
            if let Some([locals, first, between @ .., end]) = body {
                between.fill(1);
                (*locals, *first, *end) = (0, 0, 0x0b);
            }
        } else {
            for called in module.called_functions(*index)? {
                let called = module.names.get(&called).context("a function without a name")?;
                ensure!(!is_never_called(called), "{name} calls {called}");
            }
        }
    }
    Ok(hollow)
}

/// The exports for streams are the way in, and go with them.
fn is_never_called(name: &str) -> bool {
    name.contains(glue::UNUSED_EXPORTS.trim_matches('*')) || NEVER.iter().any(|never| is_of(name, never))
}

/// Whether something of this crate and module is in the name of a function: `crate[its number]::module::…`.
fn is_of(name: &str, (krate, module): &(&str, &str)) -> bool {
    let mut after = name.split(krate).skip(1).filter_map(|rest| rest.split_once(']'));
    after.any(|(_, path)| path.starts_with(module))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A module with a table and a function for each name: all drop a 7, but the last one calls the function `called`.
    fn module(names: &[&str], called: u8) -> Vec<u8> {
        let count = names.len() as u8;
        let mut wasm = b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0".to_vec();
        let mut section = |number: u8, content: &[u8]| {
            wasm.extend([number, content.len() as u8]);
            wasm.extend(content);
        };
        section(3, &[&[count][..], &vec![0; names.len()]].concat());
        section(4, b"\x01\x70\0\0");
        let mut bodies = vec![count];
        for _ in 1..count {
            bodies.extend(b"\x05\0\x41\x07\x1a\x0b");
        }
        bodies.extend([4, 0, 0x10, called, 0x0b]);
        section(10, &bodies);
        let mut map = vec![count];
        for (index, name) in (0..).zip(names) {
            map.extend([index, name.len() as u8]);
            map.extend(name.bytes());
        }
        section(0, &[b"\x04name\x01", &[map.len() as u8][..], &map].concat());
        wasm
    }

    const STREAM: &str = "core[1f]::drop::<wasm_streams[2e]::Sink>";
    const FUTURE: &str = "<js_sys[3d]::futures::Queue>::new";

    #[test]
    fn what_is_never_called_is_empty_and_still_valid() {
        let before = module(&[STREAM, "js_sys[3d]::now", FUTURE, "widget[4c]::start"], 1);
        let after = hollow_out(&before).expect("there are some");
        let body = |index| {
            let module = Module::read(&after).expect("it can be read");
            let range = module.function_body(index).expect("it is there").range();
            after[range.start as usize..range.end as usize].to_vec()
        };
        assert_eq!(body(0), b"\0\0\x01\x01\x0b");
        assert_eq!(body(2), body(0));
        assert_eq!(body(1), b"\0\x41\x07\x1a\x0b");
        assert_eq!(body(3), b"\0\x10\x01\x0b");
    }

    #[test]
    fn what_is_called_or_gone_ends_the_build() {
        let error = |wasm: Vec<u8>| hollow_out(&wasm).expect_err("it must not pass").to_string();
        assert_eq!(error(module(&[STREAM, FUTURE, "main"], 1)), format!("main calls {FUTURE}"));
        assert!(error(module(&[FUTURE, "wasm_streams::pull", "main"], 2)).contains("wasm_streams["));
    }
}
