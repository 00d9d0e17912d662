//! `cargo xtask dist`: the project as others get it, ready to run.

mod cloudflare;
mod debian;
mod files;
mod image;
mod notice;
mod npm;
mod program;
mod prove;
mod runtime_age;
mod server;
mod service;
mod try_packages;

use crate::{
    build, paths,
    run::print_step,
    tools::{ToolScope, install_missing},
};
use anyhow::Context as _;
use std::{
    fs,
    path::{Path, PathBuf},
};

/// Pack two things that are ready to run: one for a server of one's own, one for Cloudflare; and a package for bundlers.
///
/// `dist/server` holds everything an agency's own server needs: the runtime, the edge, the files browsers load, the
/// command line, a start script that restarts what dies. `dist/cloudflare` is what `wrangler deploy` sends; it is tried
/// with `--dry-run` here. `dist/npm` is for web pages that are built by a bundler. Each has a README of one page and a
/// SHA256SUMS. `--packages` makes a Debian package and an image for containers of `dist/server`. `dist/manifest.json` lists the files that browsers load, with their `integrity` hashes.
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
    /// Also a Debian package and an OCI image of dist/server (needs Debian's dpkg-deb and apt-get).
    #[arg(long, conflicts_with = "cloudflare_only")]
    packages: bool,
    /// Then install the package into a copy of this system, start the image, and ask both for their health (as root; needs
    /// bwrap).
    #[arg(long = "try", requires = "packages")]
    try_packages: bool,
    /// Pack `hoi` as tests build it: much sooner there, larger and slower. For trying the packing itself.
    #[arg(long)]
    debug_hoi: bool,
    /// Pack the runtime even if its version is older than it should be.
    #[arg(long)]
    old_runtime: bool,
}

pub fn run(args: &Args) -> anyhow::Result<()> {
    install_missing(ToolScope::Build)?;
    runtime_age::check_runtime_age(args.old_runtime)?;
    build::build_all()?;
    let out = paths::repository_root().join(&args.out);
    fs::create_dir_all(&out).with_context(|| format!("{} can't be made", out.display()))?;
    files::copy_file(&paths::build_dir().join("assets/manifest.json"), &out.join("manifest.json"))?;
    let (server, cloudflare) = (out.join("server"), out.join("cloudflare"));
    if !args.cloudflare_only {
        let hoi = if args.debug_hoi { build::build_hoi()? } else { build::hoi_release()? };
        server::pack_server(&hoi, &server)?;
    }
    let packed = if args.packages { Some(pack_packages(&server, &out)?) } else { None };
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
    if let Some((package, image)) = packed.as_ref().filter(|_| args.try_packages) {
        try_packages::try_image(image)?;
        try_packages::try_package(package)?;
    }
    print_step("packed");
    for file in packed.iter().flat_map(|(package, image)| [package, image]) {
        println!("{:.1} MB  {}", fs::metadata(file)?.len() as f64 / 1e6, file.display());
    }
    for folder in [&server, &cloudflare, &package].into_iter().filter(|folder| folder.is_dir()) {
        println!("{:>7}  {}", files::folder_size(folder)?, folder.display());
    }
    println!("Read README.md in each: it is one page.");
    Ok(())
}

/// Makes the Debian package and the image of `server`, and gives the paths of both.
fn pack_packages(server: &Path, out: &Path) -> anyhow::Result<(PathBuf, PathBuf)> {
    Ok((debian::pack_debian(server, out)?, image::pack_image(server, out)?))
}
