//! The desk: what the staff's browsers load, and visitors' never.

use super::{
    emptied,
    widget::{MODULE, minified, part},
};
use crate::{machine::WasmCompiler, paths};

/// Its wasm, glue and styles, by name.
///
/// # Errors
/// If a step fails; what the tool says has been printed by then.
pub fn build(compiler: &WasmCompiler) -> anyhow::Result<Vec<(&'static str, Vec<u8>)>> {
    let work = paths::root().join("target/hoi-desk");
    emptied(&work)?;
    let (wasm, script) = part(compiler, &work, "desk", "desk", "")?;
    let css = paths::root().join("desk/desk.css");
    Ok(vec![
        ("desk.wasm", wasm),
        ("desk.js", minified(&work, &script, MODULE)?),
        ("desk.css", minified(&work, &css, &["--bundle", "--target=chrome100,firefox100,safari15"])?),
    ])
}
