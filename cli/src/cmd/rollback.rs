//! `hoi rollback`

use crate::{edge::Edge, out::say};

/// Make the version before the live one live again.
///
/// Doing it twice brings the newer one back.
#[derive(clap::Args)]
pub struct Args {
    /// The site's name, as in its tag.
    site: String,
    #[command(flatten)]
    edge: Edge,
}

pub fn run(args: Args) -> anyhow::Result<()> {
    let status = args.edge.post_status(&format!("/admin/sites/{}/rollback", args.site), &[])?;
    say!("{}: version {} is live again; {} is kept.", args.site, status.version, status.previous);
    Ok(())
}
