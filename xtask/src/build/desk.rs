//! The desk: what the staff's browsers load, and visitors' never.

use super::{
    freshness::empty_folder,
    widget::{MODULE, build_part, minify_script},
};
use crate::{machine::WasmCompiler, paths};

/// Its wasm, glue and styles, by name.
///
/// # Errors
/// If a step fails; what the tool says has been printed by then.
pub fn build_desk(compiler: &WasmCompiler) -> anyhow::Result<Vec<(&'static str, Vec<u8>)>> {
    let work = paths::repository_root().join("target/hoi-desk");
    empty_folder(&work)?;
    let (wasm, script) = build_part(compiler, &work, "desk", "desk", "")?;
    let css = paths::repository_root().join("desk/desk.css");
    Ok(vec![
        ("desk.wasm", wasm),
        ("desk.js", minify_script(&work, &script, MODULE)?),
        ("desk.css", minify_script(&work, &css, &["--bundle", "--target=chrome100,firefox100,safari15"])?),
    ])
}
