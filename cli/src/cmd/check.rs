//! `hoi check`

use crate::{out::say, sites};
use std::path::PathBuf;

/// Read a site's folder and explain every mistake in it.
///
/// Prints the file, the line, the field and what to do, for all mistakes at once. Warnings don't stop a site from
/// being published; errors do, and give exit code 1.
#[derive(clap::Args)]
pub struct Args {
    /// The folder that holds site.toml.
    #[arg(default_value = ".")]
    site: PathBuf,
    /// Check it as if it were this day, for what will be out of date then: 2027-01-02.
    #[arg(long, value_name = "DAY")]
    on: Option<jiff::civil::Date>,
}

/// What becomes of the brand's colour: every pair can be read (4.5:1), whatever was chosen.
fn colour_summary(site: &site::Site) -> String {
    let brand = site.brand_colour().to_string();
    let accent = site::accent_colours(site.brand_colour());
    let fill = |fill: &str| {
        if fill == brand { "the brand's own".to_owned() } else { format!("{fill} instead of {brand}") }
    };
    format!(
        "colours: header and buttons {}, {} on it; links {}; on dark screens {}, {} on it; links {}.",
        fill(&accent.light),
        accent.on_light,
        accent.text_light,
        fill(&accent.dark),
        accent.on_dark,
        accent.text_dark
    )
}

pub fn run(args: Args) -> anyhow::Result<()> {
    let site = match args.on {
        Some(day) => sites::load_on(&args.site, day)?,
        None => sites::load_or_explain(&args.site)?,
    };
    let phrases: usize = site.intents.iter().flat_map(|intent| intent.phrases.0.values()).map(Vec::len).sum();
    say!(
        "{}: fine. {} intents, {phrases} phrases, {} procedures, in {}.",
        site.settings.site,
        site.intents.len(),
        site.procedures.len(),
        site.settings.languages.join(", "),
    );
    say!("{}", colour_summary(&site));
    Ok(())
}
