//! `hoi explain`

use super::match_::read_model;
use crate::{out::say, sites};
use intent::Scratch;
use std::path::PathBuf;

/// Show how a text is read and what speaks for each intent.
#[derive(clap::Args)]
pub struct Args {
    /// The text.
    text: String,
    /// The model's file; without it, the site in --site is trained.
    #[arg(long)]
    model: Option<PathBuf>,
    /// The folder that holds site.toml.
    #[arg(long, default_value = ".")]
    site: PathBuf,
    /// The visitor's language, which decides about synonyms; none if it is not said.
    #[arg(long, default_value = "")]
    lang: String,
    /// How many words and pieces of words to show for each intent, the strongest first.
    #[arg(long, default_value_t = 20)]
    most: usize,
}

pub fn run(args: Args) -> anyhow::Result<()> {
    let model = match &args.model {
        Some(path) => read_model(path)?,
        None => sites::train_matcher(&sites::load_briefly(&args.site)?)?,
    };
    let ranking = model.rank(&args.text, &args.lang, &mut Scratch::default());
    let explained = model.explain(&args.text, &args.lang, 2);
    say!("read as: {}", explained.words.join(" "));
    say!("{:?}; chance to be in scope {:.2}", ranking.outcome, ranking.score);
    for (intent, score, parts) in &explained.intents {
        say!("\n{} {score:+.3}", model.intents().get(*intent).map_or("", String::as_str));
        for part in parts.iter().take(args.most) {
            let what = if part.what.is_empty() { "(before any word)" } else { &part.what };
            say!("  {:>+7.3}  {what}", part.adds);
        }
    }
    Ok(())
}
