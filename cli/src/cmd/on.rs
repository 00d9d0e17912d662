//! `hoi on`

use crate::{edge::Edge, out::say};
use hoi_core::site_status::StatusRequest;

/// Switch a site’s chat on again.
///
/// What visitors have written meanwhile is sent.
#[derive(clap::Args)]
pub struct Args {
    /// The site's name, as in its tag.
    site: String,
    #[command(flatten)]
    edge: Edge,
}

pub fn run(args: Args) -> anyhow::Result<()> {
    args.edge.send_order(&args.site, &StatusRequest::On)?;
    say!("{0}: the chat is on.", args.site);
    Ok(())
}
