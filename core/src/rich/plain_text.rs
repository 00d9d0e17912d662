//! Blocks as text: for the agency's history, for copies, and for people to change.

use wire::{Block, Labels, Run, Word};

/// Where a label would stand there is none: this is handed to software, or read without the page around it.
struct NoLabels;

impl Labels for NoLabels {
    fn label(&self, _: Word) -> &str {
        ""
    }

    fn item_mark(&self) -> &'static str {
        "- "
    }
}

/// The words of `blocks` without any styling.
pub fn plain_text(blocks: &[Block]) -> String {
    let mut text = String::new();
    for block in blocks {
        let row = match block {
            Block::Text { .. }
            | Block::Heading { .. }
            | Block::List { .. }
            | Block::Table { .. }
            | Block::Image { .. }
            | Block::Notice { .. } => {
                block.push_plain_text(&mut text, &NoLabels);
                continue;
            }
            Block::Card(card) => card.title.clone(),
            Block::Procedure(procedure) => procedure.title.clone(),
            Block::Input(input) => input.label.clone(),
            Block::File(file) => format!("[{}]", file.name),
            Block::Contact(_) | Block::Source(_) | Block::Unknown => continue,
        };
        wire::push_row(&mut text, &row);
    }
    text
}

/// The same for a person to change: where a link leads stands behind its words, so that it is not lost with them.
pub fn editable_text(blocks: &[Block]) -> String {
    plain_text(&show_addresses(blocks))
}

fn show_addresses(blocks: &[Block]) -> Vec<Block> {
    let rows = |rows: &[Vec<Run>]| rows.iter().map(|runs| with_addresses(runs)).collect::<Vec<_>>();
    let shown = |block: &Block| match block {
        Block::Text { runs } => Block::Text { runs: with_addresses(runs) },
        Block::Heading { runs } => Block::Heading { runs: with_addresses(runs) },
        Block::Notice { runs } => Block::Notice { runs: with_addresses(runs) },
        Block::List { ordered, start, items, contents } => Block::List {
            ordered: *ordered,
            start: *start,
            items: rows(items),
            contents: contents.iter().map(|inner| show_addresses(inner)).collect(),
        },
        Block::Table { head, rows: all } => {
            Block::Table { head: rows(head), rows: all.iter().map(|row| rows(row)).collect() }
        }
        other => other.clone(),
    };
    blocks.iter().map(shown).collect()
}

/// A link may be of several runs, in different styles: its address comes behind the last.
fn with_addresses(runs: &[Run]) -> Vec<Run> {
    let mut out: Vec<Run> = Vec::new();
    for link in runs.chunk_by(|a, b| a.href.is_some() && a.href == b.href) {
        out.extend_from_slice(link);
        let words: String = link.iter().map(|run| run.text.as_str()).collect();
        if let Some(address) = link.first().and_then(|run| run.href.as_deref())
            && !shows_address(&words, address)
        {
            out.push(Run { text: format!(" ({address})"), ..Run::default() });
        }
    }
    out
}

/// Whether somebody who reads `words` knows the address that they lead to.
fn shows_address(words: &str, address: &str) -> bool {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    match address.split_once(':') {
        Some(("tel", number)) => digits(words).ends_with(digits(number).trim_start_matches("84")),
        Some((_, rest)) => words.contains(rest.trim_start_matches('/')),
        None => words.contains(address),
    }
}
