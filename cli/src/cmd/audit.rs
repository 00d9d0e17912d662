//! `hoi audit`

use super::publish::Edge;
use anyhow::bail;
use jiff::Timestamp;
use wire::desk::Act;

/// Show what staff and operators did on a site, newest last, and whether the record is whole.
///
/// Each act holds the digest of the one before it, so that none can be changed or taken out unseen. Keep the last digest
/// somewhere else from time to time: then not even a whole new record can be put in its place.
#[derive(clap::Args)]
pub struct Args {
    /// The site's name, as in its tag.
    site: String,
    /// How many acts.
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    last: u32,
    /// Comma-separated values, with the digests.
    #[arg(long)]
    csv: bool,
    #[command(flatten)]
    edge: Edge,
}

pub fn run(args: Args) -> anyhow::Result<()> {
    let Args { site, last, csv, edge } = args;
    let wanted = usize::try_from(last)?;
    let (mut acts, mut before, mut whole) = (Vec::<Act>::new(), 0, true);
    while acts.len() < wanted {
        let (is_whole, page): (bool, Vec<Act>) =
            edge.get(&format!("/admin/sites/{site}/trail?before={before}"))?;
        whole &= is_whole;
        let Some(oldest) = page.last() else { break };
        before = oldest.n;
        acts.extend(page);
    }
    acts.truncate(wanted);
    acts.reverse();
    if csv {
        crate::say!("number,time,who,act,about,digest");
    }
    for Act { n, at, who, act, about, digest } in &acts {
        let time = Timestamp::from_millisecond(i64::try_from(*at)?)?;
        match csv {
            true => crate::say!("{n},{time},{who},{act},\"{}\",{digest}", about.replace('"', "\"\"")),
            false => crate::say!("{n:>6}  {time:.0}  {who:<16} {act:<18} {about}"),
        }
    }
    if !whole {
        bail!("{site}: the record is NOT whole: an act was changed or taken out");
    }
    if !csv {
        match acts.last() {
            Some(act) => crate::say!("\nThe record is whole. Its last digest: {}", act.digest),
            None => crate::say!("{site}: nothing was done yet."),
        }
    }
    Ok(())
}
