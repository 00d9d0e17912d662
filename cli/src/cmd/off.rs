//! `hoi off`

use crate::{edge::Edge, out::say};
use hoi_core::site_status::StatusRequest;

/// Switch a site’s chat off, at once.
///
/// Open chats and pages show it within seconds, with the ways to reach the agency otherwise. What visitors have written meanwhile
/// waits with them. `hoi notice` says why; `hoi on` switches it on again.
#[derive(clap::Args)]
pub struct Args {
    /// The site's name, as in its tag.
    site: String,
    #[command(flatten)]
    edge: Edge,
}

pub fn run(args: Args) -> anyhow::Result<()> {
    args.edge.send_order(&args.site, &StatusRequest::Off)?;
    say!("{0}: the chat is off. `hoi on {0}` switches it on again.", args.site);
    Ok(())
}
