//! `cargo xtask dist`: the project as others get it, ready to run.

mod cloudflare;
mod files;
mod notice;
mod npm;
mod prove;
mod server;

use crate::{
    build, paths,
    run::print_step,
    tools::{ToolScope, install_missing},
};
use anyhow::Context as _;
use std::{fs, path::PathBuf};

/// Pack two things that are ready to run: one for a server of one's own, one for Cloudflare; and a package for bundlers.
///
/// `dist/server` holds everything an agency's own server needs: the runtime, the edge, the files browsers load, the
/// command line, a start script that restarts what dies. `dist/cloudflare` is what `wrangler deploy` sends; it is tried
/// with `--dry-run` here. `dist/npm` is for web pages that are built by a bundler. Each has a README of one page and a
/// SHA256SUMS; `dist/manifest.json` lists the files that browsers load, with their `integrity` hashes.
#[derive(clap::Args)]
pub struct Args {
    /// Only dist/server.
    #[arg(long, conflicts_with = "cloudflare_only")]
    server_only: bool,
    /// Only dist/cloudflare.
    #[arg(long)]
    cloudflare_only: bool,
    /// Where to put both. What lies there under the same names is replaced, `data` and `hoi.env` with it.
    #[arg(long, default_value = "dist", value_name = "FOLDER")]
    out: PathBuf,
    /// Then run copies of both on this machine (Linux): publish examples/ward, load it, ask, kill the runtime, see it
    /// come back.
    #[arg(long)]
    prove: bool,
}

pub fn run(args: &Args) -> anyhow::Result<()> {
    install_missing(ToolScope::Build)?;
    build::build_all()?;
    let out = paths::repository_root().join(&args.out);
    fs::create_dir_all(&out).with_context(|| format!("{} can't be made", out.display()))?;
    files::copy_file(&paths::build_dir().join("assets/manifest.json"), &out.join("manifest.json"))?;
    let (server, cloudflare) = (out.join("server"), out.join("cloudflare"));
    if !args.cloudflare_only {
        server::pack_server(&server)?;
    }
    if !args.server_only {
        cloudflare::pack_cloudflare(&cloudflare)?;
    }
    let package = out.join("npm");
    npm::pack_npm(&package)?;
    if args.prove && !args.cloudflare_only {
        prove::prove_server(&server)?;
    }
    if args.prove && !args.server_only {
        prove::prove_cloudflare(&cloudflare)?;
    }
    print_step("packed");
    for folder in [&server, &cloudflare, &package].into_iter().filter(|folder| folder.is_dir()) {
        println!("{:>7}  {}", files::folder_size(folder)?, folder.display());
    }
    println!("Read README.md in each: it is one page.");
    Ok(())
}
