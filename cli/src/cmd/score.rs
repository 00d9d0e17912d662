//! `hoi score`

use super::match_::read_model;
use crate::{
    examples,
    out::say,
    scoring::{ScoreReport, cross_validate, judge_examples},
    sites,
};
use anyhow::bail;
use intent::Options;
use std::{collections::BTreeMap, path::PathBuf};

/// Measure a matcher, and say what to do next.
///
/// A site is measured on its own phrases, each left out of the training once. Or give a model and lines it has not seen.
#[derive(clap::Args)]
pub struct Args {
    /// The folder that holds site.toml.
    site: Option<PathBuf>,
    /// Instead of a site: the model's file.
    #[arg(long, requires = "jsonl", conflicts_with = "site")]
    model: Option<PathBuf>,
    /// A file with {"text","intent","lang"} a line; intent "oos" is out of scope.
    #[arg(long, requires = "model")]
    jsonl: Option<PathBuf>,
    /// As one JSON object, with all lists whole.
    #[arg(long)]
    json: bool,
    /// The same seed gives the same figures.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

pub fn run(args: Args) -> anyhow::Result<()> {
    let mut phrases = BTreeMap::new();
    let judged = match (&args.site, &args.model, &args.jsonl) {
        (Some(folder), _, _) => {
            let site = sites::load_briefly(folder)?;
            let examples = site::training_examples(&site);
            for example in examples.iter().filter(|example| example.weight >= 1.0) {
                example.intent.iter().for_each(|intent| *phrases.entry(intent.clone()).or_default() += 1);
            }
            cross_validate(&examples, &Options { seed: args.seed, ..site::training_options(&site) })?
        }
        (None, Some(model), Some(jsonl)) => {
            judge_examples(&read_model(model)?, &examples::from_lines(jsonl)?)
        }
        (None, _, _) => bail!("name a site's folder, or a model with --model and lines with --jsonl"),
    };
    if judged.is_empty() {
        bail!("there is nothing to measure on");
    }
    let report = ScoreReport::from_judged(&judged, &phrases);
    if args.json {
        say!("{}", serde_json::to_string_pretty(&report)?);
    } else {
        report.print_report();
    }
    Ok(())
}
