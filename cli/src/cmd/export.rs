//! `hoi export`

use super::person::{self, DataSubject};
use crate::{edge::Edge, out::say};
use anyhow::{Context as _, bail};
use serde_json::Value;
use std::{fs, path::PathBuf};
use wire::Id;

/// Hand out what is kept of one person, as JSON: a conversation, all of a visitor’s, or the one an application was handed in in.
///
/// The shape is in docs/privacy.md. It also holds what only staff see: their notes, tags and answers held back; read it before
/// you give it away. Each is an act in the audit trail.
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    person: DataSubject,
    /// Where to write it; without it, to standard output.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    edge: Edge,
}

pub fn run(args: Args) -> anyhow::Result<()> {
    let Args { person, out, edge } = args;
    let (site, mut selector) = person.into_selector(false)?;
    person::require_known_site(&edge, &site)?;
    let path = format!("/admin/sites/{site}/export");
    let mut copy: Value = edge.post_json(&path, &serde_json::to_vec(&selector)?)?;
    // What is more than one answer holds.
    while let Some(last) = copy.get("last").and_then(Value::as_str).and_then(|id| id.parse::<Id>().ok()) {
        selector.after = Some(last);
        let mut rest: Value = edge.post_json(&path, &serde_json::to_vec(&selector)?)?;
        join_pages(&mut copy, &mut rest);
    }
    let count = conversations_of(&mut copy).map_or(0, |all| all.len());
    if count == 0 {
        bail!("{site}: nothing is kept there");
    }
    let text = serde_json::to_string_pretty(&copy)?;
    match out {
        Some(path) => {
            fs::write(&path, text).with_context(|| format!("{} can't be written", path.display()))?;
            say!("{site}: {count} conversations in {}.", path.display());
        }
        None => say!("{text}"),
    }
    if copy.get("more").and_then(Value::as_bool) == Some(true) {
        bail!(
            "{site}: there are more conversations than one copy holds: export the others by --conversation"
        );
    }
    Ok(())
}

fn conversations_of(copy: &mut Value) -> Option<&mut Vec<Value>> {
    copy.get_mut("conversations").and_then(Value::as_array_mut)
}

/// Puts the conversations of `rest` behind those of `copy`, which then goes on where `rest` does.
fn join_pages(copy: &mut Value, rest: &mut Value) {
    let more = conversations_of(rest).map(std::mem::take).unwrap_or_default();
    if let Some(all) = conversations_of(copy) {
        all.extend(more);
    }
    for name in ["more", "last"] {
        if let (Some(own), Some(its)) = (copy.get_mut(name), rest.get_mut(name)) {
            *own = its.take();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_rest_is_put_behind() {
        let mut copy = json!({ "conversations": [1, 2], "more": true, "last": "2" });
        join_pages(&mut copy, &mut json!({ "conversations": [3], "more": false, "last": null }));
        assert_eq!(copy, json!({ "conversations": [1, 2, 3], "more": false, "last": null }));
    }
}
