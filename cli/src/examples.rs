//! Examples from a file of lines, or from a site's folder.

use crate::sites;
use anyhow::{Context as _, bail};
use intent::{Example, Meaning, Options};
use serde::Deserialize;
use std::{
    fs::File,
    io::{BufRead as _, BufReader},
    path::Path,
};

/// How a line says "none of the intents".
pub const OUT_OF_SCOPE: &str = "oos";

/// One line of a file.
#[derive(Deserialize)]
struct ExampleLine {
    text: String,
    intent: String,
    #[serde(default)]
    lang: String,
}

/// The examples in `path`, one JSON object `{"text","intent","lang"}` a line.
///
/// # Errors
/// The file and line that can't be read.
pub fn from_lines(path: &Path) -> anyhow::Result<Vec<Example>> {
    let file = File::open(path).with_context(|| format!("{} can't be opened", path.display()))?;
    let mut out = Vec::new();
    for (number, line) in BufReader::new(file).lines().enumerate() {
        let line = line.with_context(|| format!("{} can't be read", path.display()))?;
        if line.trim().is_empty() {
            continue;
        }
        let place =
            || format!("{}:{}: write {{\"text\":…,\"intent\":…,\"lang\":…}}", path.display(), number + 1);
        let ExampleLine { text, intent, lang } = serde_json::from_str(&line).with_context(place)?;
        let intent = (intent != OUT_OF_SCOPE).then_some(intent);
        out.push(Example { text, intent, lang, weight: 1.0 });
    }
    Ok(out)
}

/// The examples of a site's folder or of a file of lines, whichever is given, and how to learn from them.
///
/// # Errors
/// If neither or both are given, or what is given can't be read.
pub fn from_either(site: Option<&Path>, lines: Option<&Path>) -> anyhow::Result<(Vec<Example>, Options)> {
    match (site, lines) {
        (Some(site), None) => {
            let site = sites::load_or_explain(site)?;
            Ok((site::training_examples(&site), site::training_options(&site)))
        }
        (None, Some(lines)) => {
            Ok((from_lines(lines)?, Options { meaning: Meaning::bundled_table(), ..Options::default() }))
        }
        (None, None) => bail!("name a site's folder, or a file with --jsonl"),
        (Some(_), Some(_)) => bail!("name a site's folder or a file with --jsonl, not both"),
    }
}
