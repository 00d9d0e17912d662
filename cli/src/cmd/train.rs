//! `hoi train`

use crate::examples;
use anyhow::Context as _;
use intent::Options;
use std::{fs, io::IsTerminal as _, path::PathBuf, time::Instant};

/// Train a matcher and write it to a file.
///
/// `hoi publish` does this by itself; here it is for measuring and for looking at.
#[derive(clap::Args)]
pub struct Args {
    /// The folder that holds site.toml.
    site: Option<PathBuf>,
    /// Instead of a site: a file with {"text","intent","lang"} a line; intent "oos" is out of scope.
    #[arg(long)]
    jsonl: Option<PathBuf>,
    /// More lines of the same kind, to choose the thresholds on.
    #[arg(long)]
    dev: Option<PathBuf>,
    /// Where to write the model.
    #[arg(long)]
    out: PathBuf,
    /// Learn without the table of word meaning: the model is then complete in itself, and less sure.
    #[arg(long)]
    without_meaning: bool,
    /// The same seed gives the same model.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

pub fn run(args: Args) -> anyhow::Result<()> {
    let (examples, options) = examples::from_either(args.site.as_deref(), args.jsonl.as_deref())?;
    let dev = args.dev.as_deref().map(examples::from_lines).transpose()?.unwrap_or_default();
    let started = Instant::now();
    let shown = std::io::stderr().is_terminal();
    let meaning = options.meaning.clone().filter(|_| !args.without_meaning);
    let options = Options { seed: args.seed, meaning, ..options };
    let model = intent::train_with(&examples, &dev, &options, &mut |progress| {
        if shown {
            eprint!("\rtraining: {} of {}", progress.done, progress.of);
        }
    })?;
    if shown {
        eprintln!();
    }
    let bytes = model.to_bytes();
    fs::write(&args.out, &bytes).with_context(|| format!("{} can't be written", args.out.display()))?;
    let (n, seconds) = (model.intents().len(), started.elapsed().as_secs_f64());
    eprintln!("{n} intents from {} examples in {seconds:.2} s, {} KB", examples.len(), bytes.len() / 1024);
    Ok(())
}
