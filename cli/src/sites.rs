//! What several commands do with a site's folder: read it, explain its mistakes, train its matcher.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use anyhow::{Context as _, bail};
use site::{
    Site,
    read::{Problem, ProblemReport, Severity},
};
use std::{io::IsTerminal as _, path::Path};

/// Reads and checks `folder`; prints every mistake to standard error.
///
/// # Errors
/// If the folder can't be read or the site must not be published.
pub fn load_or_explain(folder: &Path) -> anyhow::Result<Site> {
    load_on(folder, jiff::Zoned::now().date())
}

/// Like [`load`], but of warnings only says how many there are: whoever asks a question waits for the answer.
///
/// # Errors
/// As [`load`].
pub fn load_briefly(folder: &Path) -> anyhow::Result<Site> {
    let Ok(Ok(checked)) = site::read::load_on(folder, jiff::Zoned::now().date()) else {
        return load_or_explain(folder);
    };
    match checked.report.problems.len() {
        0 => {}
        1 => eprintln!("1 warning; `hoi check {}` shows it\n", folder.display()),
        n => eprintln!("{n} warnings; `hoi check {}` shows them\n", folder.display()),
    }
    Ok(checked.site)
}

/// Like [`load`], as if it were the day `today`.
///
/// # Errors
/// As [`load`].
pub fn load_on(folder: &Path, today: jiff::civil::Date) -> anyhow::Result<Site> {
    let checked = site::read::load_on(folder, today).with_context(|| {
        format!("{} can't be read; name the folder that holds site.toml", folder.display())
    })?;
    match checked {
        Ok(checked) => {
            print_report(folder, &checked.report);
            Ok(checked.site)
        }
        Err(report) => {
            print_report(folder, &report);
            match report.error_count() {
                1 => bail!("{}: one mistake to mend before this site can be published", folder.display()),
                n => bail!("{}: {n} mistakes to mend before this site can be published", folder.display()),
            }
        }
    }
}

/// Trains the matcher of `site`.
///
/// # Errors
/// If the site has too little to learn from.
pub fn train_matcher(site: &Site) -> anyhow::Result<intent::Model> {
    intent::train(&site::training_examples(site), &site::training_options(site), &mut |_| {})
        .context("the matcher can't be trained on this site")
}

/// Prints every mistake with its place in the file.
fn print_report(folder: &Path, report: &ProblemReport) {
    let styled = std::io::stderr().is_terminal();
    let renderer = if styled { Renderer::styled() } else { Renderer::plain() };
    for problem in &report.problems {
        eprintln!("{}\n", renderer.render(&[annotation_group(folder, report, problem)]));
    }
}

fn annotation_group<'a>(folder: &Path, report: &'a ProblemReport, problem: &'a Problem) -> Group<'a> {
    let level = match problem.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(format!("{} {}", problem.field, problem.what));
    let Some(source) = report.sources.get(problem.source) else { return Group::with_title(title) };
    let path = folder.join(&source.path).display().to_string();
    let snippet = Snippet::source(&source.text)
        .path(path)
        .line_start(1)
        .annotation(AnnotationKind::Primary.span(first_line(&source.text, problem)).label("here"));
    Group::with_title(title).element(snippet).element(Level::HELP.message(&problem.fix))
}

/// The problem's place, cut to its first line: a whole table would bury the message.
fn first_line(text: &str, problem: &Problem) -> std::ops::Range<usize> {
    let start = problem.span.start.min(text.len());
    let place = text.get(start..problem.span.end.min(text.len())).unwrap_or_default();
    let length = place.find('\n').unwrap_or(place.len());
    start..start + length
}
