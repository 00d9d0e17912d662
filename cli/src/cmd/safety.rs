//! `hoi safety`

use anyhow::Context as _;
use serde::{Deserialize, Serialize};
use std::{
    io::{BufRead as _, BufWriter, Write as _},
    time::Instant,
};

/// Say of each line of standard input whether somebody in it is in danger.
///
/// Reads {"text","lang"} a line and writes a line each, in order: {"kind","us"}. The kind is self_harm, violence, child,
/// fire, medical, drowning, wires, scam or null; `lang` is a hint and may be left out.
#[derive(clap::Args)]
pub struct Args {}

#[derive(Deserialize)]
struct SafetyInput {
    text: String,
    /// Only read so that what is not a text is refused: a danger is found in every language.
    #[serde(default, rename = "lang")]
    _lang: String,
}

#[derive(Serialize)]
struct Answered {
    kind: Option<&'static str>,
    us: f64,
}

pub fn run(_: &Args) -> anyhow::Result<()> {
    // The lexicons are read when first wanted; that is no message's cost.
    safety::load_languages();
    let mut out = BufWriter::new(std::io::stdout().lock());
    for (number, line) in std::io::stdin().lock().lines().enumerate() {
        let line = line.with_context(|| format!("line {}", number + 1))?;
        if line.trim().is_empty() {
            continue;
        }
        let asked: SafetyInput = serde_json::from_str(&line)
            .with_context(|| format!("line {}: write {{\"text\":…,\"lang\":…}}", number + 1))?;
        let started = Instant::now();
        let found = safety::detect(&asked.text);
        let us = started.elapsed().as_secs_f64() * 1e6;
        serde_json::to_writer(&mut out, &Answered { kind: found.map(|danger| danger.kind.name()), us })?;
        out.write_all(b"\n")?;
    }
    out.flush()?;
    Ok(())
}
