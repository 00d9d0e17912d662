//! `hoi match`

use anyhow::Context as _;
use intent::{Meaning, Model, RankingOutcome, Scratch};
use serde::{Deserialize, Serialize};
use std::{
    fs,
    io::{BufRead as _, BufWriter, Write as _},
    path::{Path, PathBuf},
    time::Instant,
};

/// Rank the intents of each line of standard input.
///
/// Reads {"text","lang"} a line and writes a line each, in order:
/// {"intent","score","top","ranked":[{"intent","p"}],"us"}.
#[derive(clap::Args)]
pub struct Args {
    /// The model's file.
    #[arg(long)]
    model: PathBuf,
}

#[derive(Deserialize)]
struct MatchInput {
    text: String,
    #[serde(default)]
    lang: String,
}

#[derive(Serialize)]
struct Matched<'a> {
    intent: Option<&'a str>,
    score: f32,
    top: &'a str,
    ranked: Vec<RankedIntent<'a>>,
    us: f64,
}

#[derive(Serialize)]
struct RankedIntent<'a> {
    intent: &'a str,
    p: f32,
}

pub fn run(args: Args) -> anyhow::Result<()> {
    let model = read_model(&args.model)?;
    let mut scratch = Scratch::default();
    let mut out = BufWriter::new(std::io::stdout().lock());
    for (number, line) in std::io::stdin().lock().lines().enumerate() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let asked: MatchInput = serde_json::from_str(&line)
            .with_context(|| format!("line {}: write {{\"text\":…,\"lang\":…}}", number + 1))?;
        let started = Instant::now();
        let ranking = model.rank_all(&asked.text, &asked.lang, &mut scratch);
        let us = started.elapsed().as_secs_f64() * 1e6;
        let name = |index: usize| model.intents().get(index).map_or("", String::as_str);
        let top = ranking.ranked.first().map_or("", |first| name(first.intent));
        let matched = Matched {
            intent: (ranking.outcome != RankingOutcome::None).then_some(top),
            score: ranking.score,
            top,
            ranked: ranking
                .ranked
                .iter()
                .map(|one| RankedIntent { intent: name(one.intent), p: one.p })
                .collect(),
            us,
        };
        serde_json::to_writer(&mut out, &matched)?;
        out.write_all(b"\n")?;
    }
    out.flush()?;
    Ok(())
}

/// Reads the model in `path`.
///
/// # Errors
/// If there is none, or it is damaged.
pub fn read_model(path: &Path) -> anyhow::Result<Model> {
    let bytes = fs::read(path).with_context(|| format!("{} can't be read", path.display()))?;
    let model = Model::read(&bytes).with_context(|| path.display().to_string())?;
    Meaning::bundled_table().iter().for_each(|table| {
        model.attach_meaning(table);
    });
    Ok(model)
}
