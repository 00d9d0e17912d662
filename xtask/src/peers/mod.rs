//! `cargo xtask peers`: Hoi with real software of others beside it, as operators have it. Not part of the tests: it
//! installs what it needs, and takes minutes.
//!
//! To add a peer: its packages in `xtask/peers/packages.json`, a [`peer::Peer`] in the file of its group, a line in
//! [`all_peers`].

mod debian;
mod journey;
mod peer;
mod process;
mod proxy;
mod report;
mod snippet;

use crate::{
    build, paths,
    run::print_step,
    tools::{ToolScope, install_missing},
};
use anyhow::{Context as _, bail};
use peer::Peer;
use report::{PeerReport, PeerTrial};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// Try Hoi with real software of others: web servers, proxies, firewalls.
///
/// Installs pinned versions into a folder of their own, starts them on this machine, goes through everything that
/// visitors, staff and operators do, and prints what came of it. Fails if anything did not work.
#[derive(clap::Args)]
pub struct Args {
    /// Which; without a name all of them.
    names: Vec<String>,
    /// Only say which there are.
    #[arg(long)]
    list: bool,
    /// Also write what came of it to this file.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Leave the installed software, its settings and its logs where they are.
    #[arg(long)]
    keep: bool,
    /// Write what came of it into docs/compatibility.md.
    #[arg(long)]
    write_docs: bool,
}

/// All there are, in the order in which they are tried.
fn all_peers() -> Vec<Box<dyn Peer>> {
    proxy::all_proxies().into_iter().map(|proxy| Box::new(proxy) as Box<dyn Peer>).collect()
}

pub fn run(args: &Args) -> anyhow::Result<()> {
    let peers = chosen_peers(&args.names)?;
    if args.list {
        for peer in peers {
            println!("{:<16} {}", peer.name(), peer.purpose_text());
        }
        return Ok(());
    }
    install_missing(ToolScope::Test)?;
    build::build_all()?;
    let root = paths::cache_dir().join("peers");
    let mut reports = Vec::new();
    for peer in &peers {
        print_step(&format!("{}: {}", peer.name(), peer.purpose_text()));
        let report = try_peer(peer.as_ref(), &root).with_context(|| {
            format!("{} could not be tried; its logs are in {}", peer.name(), root.display())
        })?;
        reports.push(report);
    }
    print!("{}", report::render_table(&reports));
    if let Some(path) = &args.json {
        let text = serde_json::to_string_pretty(&report::to_json(&reports))?;
        fs::write(path, text).with_context(|| format!("{} can't be written", path.display()))?;
    }
    if args.write_docs {
        let all = all_peers();
        let order: Vec<&str> = all.iter().map(|peer| peer.name()).collect();
        let document = paths::repository_root().join("docs/compatibility.md");
        let before = fs::read_to_string(&document).unwrap_or_default();
        fs::write(document, report::render_document(&order, &reports, &before)?)?;
    }
    let failed: Vec<&str> =
        reports.iter().filter(|report| report.has_failed()).map(|report| report.peer.as_str()).collect();
    if !failed.is_empty() && !args.keep {
        eprintln!("Run it again with --keep to read their logs.");
    }
    if args.keep {
        eprintln!("Software, settings and logs are in {}", root.display());
    } else {
        fs::remove_dir_all(&root).with_context(|| format!("{} can't be removed", root.display()))?;
    }
    if !failed.is_empty() {
        bail!("not everything worked with {}", failed.join(", "));
    }
    Ok(())
}

fn chosen_peers(names: &[String]) -> anyhow::Result<Vec<Box<dyn Peer>>> {
    let peers = all_peers();
    if let Some(unknown) = names.iter().find(|name| peers.iter().all(|peer| peer.name() != name.as_str())) {
        let known: Vec<&str> = peers.iter().map(|peer| peer.name()).collect();
        bail!("there is no peer {unknown:?}; there are {}", known.join(", "));
    }
    let is_chosen = |peer: &dyn Peer| names.is_empty() || names.iter().any(|name| name == peer.name());
    Ok(peers.into_iter().filter(|peer| is_chosen(peer.as_ref())).collect())
}

fn try_peer(peer: &dyn Peer, root: &Path) -> anyhow::Result<PeerReport> {
    let packages = debian::install_packages(peer.package_group(), &root.join("packages"))?;
    let folder = root.join(peer.name());
    build::empty_folder(&folder)?;
    // One that does not start keeps nobody from trying the others.
    let trials = peer
        .run_trials(&packages, &folder)
        .unwrap_or_else(|error| vec![PeerTrial { what: "starts", outcome: Err(format!("{error:#}")) }]);
    Ok(PeerReport { peer: peer.name().to_owned(), version: packages.version.clone(), trials })
}
