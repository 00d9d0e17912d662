//! `hoi audit`

use crate::{edge::Edge, out::say};
use anyhow::bail;
use jiff::Timestamp;
use wire::desk::Act;

/// Show what staff and operators did on a site, newest last, and whether the record is whole.
///
/// Each act holds a tag over itself and the one before it that only the edge can make, and the record's end is kept twice:
/// none can be changed, taken out or taken off the end unseen. Keep the last number and digest somewhere else from time to
/// time, and give them to --after: then not even an older copy of the whole can be put in its place.
#[derive(clap::Args)]
pub struct Args {
    /// The site's name, as in its tag.
    site: String,
    /// How many acts.
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    last: u32,
    /// An act seen earlier, as NUMBER/DIGEST: whether it is still there, and everything since. Shows what came after it.
    #[arg(long, value_name = "NUMBER/DIGEST", value_parser = parse_seen)]
    after: Option<KnownDigest>,
    /// Comma-separated values, with the digests.
    #[arg(long)]
    csv: bool,
    #[command(flatten)]
    edge: Edge,
}

/// An act that somebody has kept the digest of.
#[derive(Debug, Clone)]
struct KnownDigest {
    n: u64,
    digest: String,
}

fn parse_seen(text: &str) -> Result<KnownDigest, String> {
    let parts = text.split_once('/').and_then(|(n, digest)| Some((n.parse().ok()?, digest)));
    let (n, digest) = parts
        .filter(|(_, digest)| is_digest(digest))
        .ok_or_else(|| "give the number and the digest as `hoi audit` printed them: 12/k1.3f…".to_owned())?;
    Ok(KnownDigest { n, digest: digest.to_owned() })
}

/// `k1.3f…`, or hexadecimal digits alone as it was once: a slip of the pen is no sign of a broken record.
fn is_digest(text: &str) -> bool {
    let hash = text.rsplit('.').next().unwrap_or_default();
    hash.len() >= 32 && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
}

pub fn run(args: Args) -> anyhow::Result<()> {
    let Args { site, last, after, csv, edge } = args;
    // Back to the one that was seen, however many have come since.
    let wanted = if after.is_some() { usize::MAX } else { usize::try_from(last)? };
    let (mut acts, mut before, mut whole) = (Vec::<Act>::new(), 0, true);
    while acts.len() < wanted {
        let (is_whole, page): (bool, Vec<Act>) =
            edge.get_json(&format!("/admin/sites/{site}/trail?before={before}"))?;
        whole &= is_whole;
        let Some(oldest) = page.last() else { break };
        before = oldest.n;
        acts.extend(page);
        if after.as_ref().is_some_and(|seen| seen.n >= before) {
            break;
        }
    }
    acts.truncate(wanted);
    acts.reverse();
    if let Some(KnownDigest { n, digest }) = &after {
        let there = acts.iter().position(|act| act.n == *n && act.digest == *digest);
        let Some(there) = there else {
            bail!("{site}: the record is NOT whole: act {n} is not there any more as it was seen");
        };
        acts.drain(..=there);
        whole &= acts.iter().zip(*n + 1..).all(|(act, n)| act.n == n);
    }
    if csv {
        say!("number,time,who,act,about,digest");
    }
    for Act { n, at, who, act, about, digest } in &acts {
        let time = Timestamp::from_millisecond(i64::try_from(*at)?)?;
        match csv {
            true => say!("{n},{time},{who},{act},\"{}\",{digest}", about.replace('"', "\"\"")),
            false => say!("{n:>6}  {time:.0}  {who:<16} {act:<18} {about}"),
        }
    }
    if !whole {
        bail!("{site}: the record is NOT whole: an act was changed or taken out");
    }
    if !csv {
        match acts.last() {
            Some(act) => {
                say!("\nThe record is whole. Its last act, to keep for --after: {}/{}", act.n, act.digest)
            }
            None if after.is_some() => say!("The record is whole. Nothing was done since."),
            None => say!("{site}: nothing was done yet."),
        }
    }
    Ok(())
}
