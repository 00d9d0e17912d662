//! `hoi erase`

use super::person::{self, DataSubject};
use crate::{edge::Edge, out::say};
use anyhow::{Context as _, bail};
use hoi_core::erasure::Selector;
use serde::{Deserialize, Serialize};
use std::{fs, path::PathBuf};
use wire::{Id, desk::Act};

/// Erase what is kept of one person: a conversation, all of a visitor’s, or the one an application was handed in in.
///
/// Messages, files, ratings, forms that were begun, staff notes, devices: all of it, at once, with the file it lies in. An
/// application that was handed in can still be looked up as long as before, unless you say --with-cases. What your own
/// system has already got is yours to erase, and backups have their own life (docs/privacy.md). It can't be taken back. Each
/// is an act in the audit trail: the receipt names it.
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    person: DataSubject,
    /// Erase applications that were handed in, too: nobody can look them up any more.
    #[arg(long)]
    with_cases: bool,
    /// Erase again what was erased since a backup: the list that `restore.sh` has written, a site and a conversation a line.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["site", "who"])]
    again: Option<PathBuf>,
    /// The receipts as JSON, one a line.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    edge: Edge,
}

/// What the edge answers.
#[derive(Deserialize)]
struct EraseResponse {
    erased: Vec<ErasureReceipt>,
    more: bool,
}

#[derive(Deserialize, Serialize)]
struct ErasureReceipt {
    conversation: Id,
    found: bool,
    messages: u64,
    files: u64,
    #[serde(default)]
    cases_kept: Vec<String>,
    #[serde(default)]
    cases_erased: u64,
    act: Option<Act>,
}

pub fn run(args: Args) -> anyhow::Result<()> {
    let Args { person, with_cases, again, json, edge } = args;
    if let Some(list) = again {
        let text = fs::read_to_string(&list).with_context(|| format!("{} can't be read", list.display()))?;
        let mut count = 0;
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let (site, id) = line.split_once(' ').with_context(|| format!("{line:?} is no such line"))?;
            let conversation =
                id.trim().parse().ok().with_context(|| format!("{id:?} is no conversation's id"))?;
            let reason = "erased before a backup was restored".to_owned();
            let selector = Selector { conversation: Some(conversation), reason, ..Selector::default() };
            erase_and_print(&edge, site, &selector, json)?;
            count += 1;
        }
        if count == 0 && !json {
            say!("{} names no conversation.", list.display());
        }
        return Ok(());
    }
    let (site, selector) = person.into_selector(with_cases)?;
    person::require_known_site(&edge, &site)?;
    if erase_and_print(&edge, &site, &selector, json)? == 0 {
        bail!("{site}: nothing was there, or its time was over already");
    }
    Ok(())
}

/// Erases and prints the receipts; how many conversations there were.
fn erase_and_print(edge: &Edge, site: &str, selector: &Selector, json: bool) -> anyhow::Result<usize> {
    let mut found = 0;
    let mut selector = selector.clone();
    loop {
        let body = serde_json::to_vec(&selector)?;
        let EraseResponse { erased, more } = edge.post_json(&format!("/admin/sites/{site}/erase"), &body)?;
        found += erased.iter().filter(|receipt| receipt.found).count();
        for receipt in &erased {
            if json {
                say!("{}", serde_json::to_string(receipt)?);
            } else {
                say!("{}", receipt_sentence(site, receipt));
            }
        }
        if !more {
            return Ok(found);
        }
        // What could not be found stays listed; it is not asked for again.
        selector.after = erased.last().map(|receipt| receipt.conversation);
    }
}

fn receipt_sentence(site: &str, receipt: &ErasureReceipt) -> String {
    let ErasureReceipt { conversation, found, messages, files, cases_kept, cases_erased, act } = receipt;
    if !found {
        return format!("{site} {conversation}: nothing is there.");
    }
    let kept = if cases_kept.is_empty() {
        String::new()
    } else {
        format!(" Still to be looked up: {}.", cases_kept.join(", "))
    };
    let gone = match cases_erased {
        0 => "",
        1 => " One application can't be looked up any more.",
        _ => " Its applications can't be looked up any more.",
    };
    let act = act.as_ref().map_or_else(String::new, |act| format!(" Act {}, digest {}.", act.n, act.digest));
    format!("{site} {conversation}: erased, {messages} messages and {files} files.{kept}{gone}{act}")
}
