//! `dist/cloudflare`: what `wrangler deploy` sends.

use super::{files, notice};
use crate::{
    build, edge, paths,
    run::say,
    tools::{npm_bin, npm_version},
};
use anyhow::{Context as _, bail};
use std::{fs, path::Path, process::Command};

/// What Cloudflare takes at most on its free plan, compressed, in bytes.
pub const SCRIPT_LIMIT: usize = 3 * 1024 * 1024;

/// Packs Cloudflare's folder at `to`, and has wrangler go through everything but the sending.
///
/// # Errors
/// The step that failed; what wrangler said has been printed by then.
pub fn pack(to: &Path) -> anyhow::Result<()> {
    say("packing dist/cloudflare");
    build::emptied(to)?;
    files::copy_all(&paths::built().join("worker"), &to.join("worker"))?;
    files::copy_all(&paths::built().join("assets"), &to.join("assets"))?;
    files::copy(&paths::root().join("LICENSE"), &to.join("LICENSE"))?;
    notice::write(&notice::CLOUDFLARE, to)?;
    // A binding is text; the configuration is JSON. So the manifest becomes a JSON string that holds JSON.
    let manifest = serde_json::Value::from(edge::manifest_line()?).to_string();
    let marks = [("@COMPATIBILITY@", edge::COMPATIBILITY), ("@MANIFEST@", &manifest)];
    files::fill("cloudflare/wrangler.jsonc", &to.join("wrangler.jsonc"), &marks)?;
    let wrangler = npm_version("wrangler")?;
    files::fill("cloudflare/README.md", &to.join("README.md"), &[("@WRANGLER@", &wrangler)])?;
    files::checksums(to)?;
    dry_run(to)
}

fn dry_run(folder: &Path) -> anyhow::Result<()> {
    say("wrangler deploy --dry-run");
    let sent = paths::root().join("target/hoi-wrangler");
    build::emptied(&sent)?;
    let mut command = wrangler(folder);
    command.args(["deploy", "--dry-run", "--outdir"]).arg(&sent);
    let result = crate::run::run("wrangler deploy --dry-run", &mut command);
    tidy(folder)?;
    result?;
    let mut compressed = 0;
    for file in ["index.js", "index_bg.wasm"] {
        let packed = folder.join("worker").join(file);
        let bytes = fs::read(&packed).with_context(|| format!("{} can't be read", packed.display()))?;
        compressed += build::gzip(&bytes)?.len();
    }
    let part = compressed as f64 / SCRIPT_LIMIT as f64 * 100.0;
    println!("the script: {} KB compressed, {part:.0} % of Cloudflare's 3 MB", compressed / 1024);
    if compressed > SCRIPT_LIMIT {
        bail!("the edge is too big for Cloudflare's free plan: `cargo xtask bench size` shows where it went");
    }
    Ok(())
}

/// wrangler in `folder`, kept from asking questions and from calling home.
pub fn wrangler(folder: &Path) -> Command {
    let mut command = Command::new(npm_bin("wrangler"));
    command.current_dir(folder).env("CI", "true").env("WRANGLER_SEND_METRICS", "false");
    command.env("WRANGLER_LOG_PATH", paths::root().join("target/hoi-wrangler/logs"));
    command
}

/// Takes out what wrangler leaves beside the configuration.
pub fn tidy(folder: &Path) -> anyhow::Result<()> {
    let left = folder.join(".wrangler");
    if left.exists() {
        fs::remove_dir_all(&left).with_context(|| format!("{} can't be removed", left.display()))?;
    }
    Ok(())
}
