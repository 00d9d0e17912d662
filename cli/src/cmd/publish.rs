//! `hoi publish`

use crate::{edge::Edge, out::say, sites};
use site::Bundle;
use std::path::PathBuf;

/// Check a site, train its matcher, and make it live on an edge.
///
/// The switch happens at once for settings, words and matcher; conversations that are going on use the new version
/// from their next message. The version before stays at hand: see `hoi rollback`.
#[derive(clap::Args)]
pub struct Args {
    /// The folder that holds site.toml.
    #[arg(default_value = ".")]
    site: PathBuf,
    #[command(flatten)]
    edge: Edge,
}

pub fn run(args: Args) -> anyhow::Result<()> {
    let site = sites::load_or_explain(&args.site)?;
    let name = site.settings.site.clone();
    let intents = site.intents.len();
    let model = sites::train_matcher(&site)?.to_bytes();
    let bytes = Bundle { site, model }.to_bytes()?;
    let status = args.edge.post_status(&format!("/admin/sites/{name}"), &bytes)?;
    say!("{name}: version {} is live ({intents} intents, {} KB).", status.version, bytes.len() / 1024);
    Ok(())
}
