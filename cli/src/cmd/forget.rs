//! `hoi forget`

use crate::{edge::Edge, out::say};
use anyhow::bail;
use serde::Deserialize;
use std::io::{BufRead as _, IsTerminal as _, Write as _};
use wire::desk::Act;

/// Delete everything of a site: versions, conversations, files, applications, the board, staff’s roles there.
///
/// The chat is gone at once; deleting goes on until all is done, and can be taken up again where it broke off. The audit trail is
/// deleted, too: a new one begins with the act that says what was deleted and how the old one ended. Keep what this prints.
/// Conversations older than the index go when their time is over, or with the first thing that happens in them.
#[derive(clap::Args)]
pub struct Args {
    /// The site's name, as in its tag.
    site: String,
    /// Don't ask.
    #[arg(long)]
    yes: bool,
    #[command(flatten)]
    edge: Edge,
}

#[derive(Deserialize)]
struct ForgetResponse {
    done: bool,
    erased: ErasedCounts,
    left: u64,
    act: Option<Act>,
}

#[derive(Deserialize, PartialEq, Eq, Clone, Copy)]
struct ErasedCounts {
    conversations: u64,
    messages: u64,
    files: u64,
}

pub fn run(args: Args) -> anyhow::Result<()> {
    let Args { site, yes, edge } = args;
    if !yes && !confirm_site_name(&site)? {
        bail!("nothing was deleted");
    }
    let body = serde_json::to_vec(&serde_json::json!({ "confirm": site }))?;
    loop {
        let ForgetResponse { done, erased, left, act } =
            edge.post_json(&format!("/admin/sites/{site}/forget"), &body)?;
        let ErasedCounts { conversations, messages, files } = erased;
        if !done {
            eprintln!("{site}: {conversations} conversations erased, {left} left");
            continue;
        }
        say!("{site}: forgotten. {conversations} conversations, {messages} messages, {files} files.");
        if let Some(act) = act {
            say!("Act {}, digest {}: {}", act.n, act.digest, act.about);
        }
        return Ok(());
    }
}

/// Whether whoever sits there has typed the site's name.
fn confirm_site_name(site: &str) -> anyhow::Result<bool> {
    let input = std::io::stdin();
    if !input.is_terminal() {
        bail!("everything of {site} would be deleted: say --yes");
    }
    eprint!("Everything of {site} will be deleted, for good. Type its name to go on: ");
    std::io::stderr().flush()?;
    let mut typed = String::new();
    input.lock().read_line(&mut typed)?;
    Ok(typed.trim() == site)
}
