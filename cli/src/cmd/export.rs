//! `hoi export`

use super::{
    person::{self, Person},
    publish::Edge,
};
use anyhow::{Context as _, bail};
use serde_json::Value;
use std::{fs, path::PathBuf};

/// Hand out what is kept of one person, as JSON: a conversation, all of a visitor’s, or the one an application was handed in in.
///
/// The shape is in docs/privacy.md. It also holds what only staff see: their notes, tags and answers held back; read it before
/// you give it away. Each is an act in the audit trail.
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    person: Person,
    /// Where to write it; without it, to standard output.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    edge: Edge,
}

pub fn run(args: Args) -> anyhow::Result<()> {
    let Args { person, out, edge } = args;
    let (site, selector) = person.selector(false)?;
    person::known(&edge, &site)?;
    let copy: Value = edge.send(&format!("/admin/sites/{site}/export"), &serde_json::to_vec(&selector)?)?;
    let count = copy.get("conversations").and_then(Value::as_array).map_or(0, Vec::len);
    if count == 0 {
        bail!("{site}: nothing is kept there");
    }
    let text = serde_json::to_string_pretty(&copy)?;
    match out {
        Some(path) => {
            fs::write(&path, text).with_context(|| format!("{} can't be written", path.display()))?;
            crate::say!("{site}: {count} conversations in {}.", path.display());
        }
        None => crate::say!("{text}"),
    }
    if copy.get("more").and_then(Value::as_bool) == Some(true) {
        bail!(
            "{site}: there are more conversations than one copy holds: export the others by --conversation"
        );
    }
    Ok(())
}
