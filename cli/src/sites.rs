//! What several commands do with a site's folder: read it, explain its mistakes, train its matcher.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use anyhow::{Context as _, bail};
use hoi_core::identity::check_public_key;
use site::{
    Site,
    read::{Checked, Problem, ProblemReport, Severity},
};
use std::{
    io::{self, IsTerminal as _},
    path::Path,
};

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
    let Ok(Ok(checked)) = read_checked(folder, jiff::Zoned::now().date()) else {
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
    let checked = read_checked(folder, today).with_context(|| {
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

/// What reading a folder finds, and what the edge would find wrong with its key: there nobody but its log is told.
fn read_checked(folder: &Path, today: jiff::civil::Date) -> io::Result<Result<Checked, ProblemReport>> {
    Ok(site::read::load_on(folder, today)?.and_then(refuse_unusable_key))
}

fn refuse_unusable_key(checked: Checked) -> Result<Checked, ProblemReport> {
    let Some(problem) = find_key_problem(&checked.site, &checked.report) else { return Ok(checked) };
    let mut report = checked.report;
    report.problems.push(problem);
    Err(report)
}

fn find_key_problem(site: &Site, report: &ProblemReport) -> Option<Problem> {
    let what = check_public_key(site.settings.identity.as_ref()?).err()?.to_string();
    let source = report.sources.iter().position(|source| source.path == "site.toml")?;
    Some(Problem {
        severity: Severity::Error,
        source,
        span: public_key_span(&report.sources.get(source)?.text).unwrap_or_default(),
        field: "identity.public_key".to_owned(),
        what,
        fix: "make a key pair that fits \"algorithm\": for ES256 openssl genpkey -algorithm EC -pkeyopt \
              ec_paramgen_curve:P-256 -out private.pem, for RS256 openssl genpkey -algorithm RSA -pkeyopt \
              rsa_keygen_bits:2048 -out private.pem; then openssl pkey -in private.pem -pubout -out identity.pem"
            .to_owned(),
    })
}

fn public_key_span(text: &str) -> Option<std::ops::Range<usize>> {
    toml_edit::Document::parse(text).ok()?.get("identity")?.get("public_key")?.span()
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

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use site::{Algorithm, Identity};

    /// The ward, with this key of `tests/fixtures/identity`.
    fn with_key(algorithm: Algorithm, file: &str) -> Result<Checked, ProblemReport> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let mut checked = site::read::load_site(&root.join("examples/ward")).unwrap().unwrap();
        let public_key = std::fs::read_to_string(root.join("tests/fixtures/identity").join(file)).unwrap();
        let public_key = public_key.trim().to_owned();
        checked.site.settings.identity =
            Some(Identity { algorithm, secret: String::new(), public_key, issuer: None });
        refuse_unusable_key(checked)
    }

    #[test]
    fn a_key_that_the_edge_cannot_use_is_a_mistake() {
        for (algorithm, file) in [(Algorithm::Rs256, "rsa.pem"), (Algorithm::Es256, "ec.pem")] {
            assert!(with_key(algorithm, file).is_ok(), "{file}");
        }
        for (algorithm, file) in [
            (Algorithm::Rs256, "rsa-1024.pem"),
            (Algorithm::Rs256, "rsa-pss.pem"),
            (Algorithm::Rs256, "ec.pem"),
            (Algorithm::Es256, "ec-p384.pem"),
            (Algorithm::Es256, "ed25519.pem"),
        ] {
            let report = with_key(algorithm, file).err().unwrap();
            let problem = report.problems.last().unwrap();
            assert_eq!(problem.field, "identity.public_key", "{file}");
            assert!(report.has_errors() && !problem.what.contains("BEGIN"), "{file}");
        }
    }

    #[test]
    fn the_place_of_the_key_is_found() {
        let text = "[identity]\nalgorithm = \"ES256\"\npublic_key = \"identity.pem\"\n";
        let span = public_key_span(text).unwrap();
        assert_eq!(text.get(span), Some("\"identity.pem\""));
        assert_eq!(public_key_span("site = \"ward\""), None);
    }
}
