//! `dist/cloudflare`: what `wrangler deploy` sends.

use super::{files, notice};
use crate::{
    build, edge, paths,
    run::print_step,
    tools::{npm_bin, npm_version},
};
use anyhow::{Context as _, bail};
use devkit::workerd::COMPATIBILITY_DATE;
use std::{fs, path::Path, process::Command};

/// What Cloudflare takes at most on its free plan, compressed, in bytes.
pub const SCRIPT_LIMIT: usize = 3 * 1024 * 1024;

/// Packs Cloudflare's folder at `to`, and has wrangler go through everything but the sending.
///
/// # Errors
/// The step that failed; what wrangler said has been printed by then.
pub fn pack_cloudflare(to: &Path) -> anyhow::Result<()> {
    print_step("packing dist/cloudflare");
    build::empty_folder(to)?;
    files::copy_all(&paths::build_dir().join("worker"), &to.join("worker"))?;
    files::copy_all(&paths::build_dir().join("assets"), &to.join("assets"))?;
    files::copy_file(&paths::repository_root().join("LICENSE"), &to.join("LICENSE"))?;
    notice::write_notice(&notice::CLOUDFLARE, to)?;
    // A binding is text; the configuration is JSON. So the manifest becomes a JSON string that holds JSON.
    let manifest = serde_json::Value::from(edge::built_manifest_line()?).to_string();
    let marks = [("@COMPATIBILITY@", COMPATIBILITY_DATE), ("@MANIFEST@", &manifest)];
    files::fill_template("cloudflare/wrangler.jsonc", &to.join("wrangler.jsonc"), &marks)?;
    let wrangler = npm_version("wrangler")?;
    files::fill_template("cloudflare/README.md", &to.join("README.md"), &[("@WRANGLER@", &wrangler)])?;
    files::write_checksums(to)?;
    dry_run(to)
}

fn dry_run(folder: &Path) -> anyhow::Result<()> {
    print_step("wrangler deploy --dry-run");
    let sent = paths::repository_root().join("target/hoi-wrangler");
    build::empty_folder(&sent)?;
    let mut command = wrangler_command(folder);
    command.args(["deploy", "--dry-run", "--outdir"]).arg(&sent);
    let result = crate::run::run_command("wrangler deploy --dry-run", &mut command);
    remove_leftovers(folder)?;
    result?;
    let mut compressed = 0;
    for file in ["index.js", "index_bg.wasm"] {
        let packed = folder.join("worker").join(file);
        let bytes = fs::read(&packed).with_context(|| format!("{} can't be read", packed.display()))?;
        compressed += build::compress_gzip(&bytes)?.len();
    }
    let part = compressed as f64 / SCRIPT_LIMIT as f64 * 100.0;
    println!("the script: {} KB compressed, {part:.0} % of Cloudflare's 3 MB", compressed / 1024);
    if compressed > SCRIPT_LIMIT {
        bail!("the edge is too big for Cloudflare's free plan: `cargo xtask bench size` shows where it went");
    }
    Ok(())
}

/// wrangler in `folder`, kept from asking questions and from calling home.
pub fn wrangler_command(folder: &Path) -> Command {
    let mut command = Command::new(npm_bin("wrangler"));
    command.current_dir(folder).env("CI", "true").env("WRANGLER_SEND_METRICS", "false");
    command.env("WRANGLER_LOG_PATH", paths::repository_root().join("target/hoi-wrangler/logs"));
    command
}

/// Takes out what wrangler leaves beside the configuration.
pub fn remove_leftovers(folder: &Path) -> anyhow::Result<()> {
    let left = folder.join(".wrangler");
    if left.exists() {
        fs::remove_dir_all(&left).with_context(|| format!("{} can't be removed", left.display()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use devkit::workerd::EDGE_OBJECTS;

    #[test]
    fn the_objects_are_those_of_a_server() {
        let text = include_str!("../../dist/cloudflare/wrangler.jsonc");
        for object in EDGE_OBJECTS {
            let line = format!(r#"{{ "name": "{}", "class_name": "{}" }}"#, object.binding, object.class);
            assert!(text.contains(&line), "wrangler.jsonc has no {line}");
        }
        assert_eq!(text.matches("\"class_name\"").count(), EDGE_OBJECTS.len());
    }
}
