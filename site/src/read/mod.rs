//! Reads an agency's folder and explains every mistake in it, all at once.
//!
//! [`load_site`] does the reading of files, [`parse_site`] everything else; so a browser or an edge could check a site too.

mod agency;
mod calendar;
mod cross;
mod desk;
mod feedback;
mod fields;
mod folder;
mod form;
mod hours;
mod id;
mod identity;
mod input;
mod intents;
mod limits;
mod look;
mod personal;
mod report;
mod review;
mod safety;
mod settings;
mod texts;

pub use agency::CONNECTORS;
pub use cross::TAKES_CASES;
pub use folder::Folder;
pub use intents::MIN_PHRASES;
pub use report::{Problem, ProblemReport, Severity, Source};
pub use settings::LANGUAGES;

use crate::{Lists, ProcedureDefinition, Site};
use fields::{FileContext, TomlTable};
use folder::read_folder;
use jiff::civil::Date;
use std::{cell::RefCell, io, path::Path};
use toml::de::DeTable;

/// A site that may be published, and what its author should still know.
#[derive(Debug, Clone)]
pub struct Checked {
    /// The site.
    pub site: Site,
    /// Warnings only.
    pub report: ProblemReport,
}

/// Reads and checks the site in `folder`.
///
/// # Errors
/// The outer error if the folder can't be read; the inner one, a [`ProblemReport`], if the site must not be published.
pub fn load_site(folder: &Path) -> io::Result<Result<Checked, ProblemReport>> {
    Ok(parse_site(&read_folder(folder)?))
}

/// Like [`load_site`], with the warnings of the day `today`: what is out of date then, and what soon will be.
///
/// # Errors
/// As [`load_site`].
pub fn load_on(folder: &Path, today: Date) -> io::Result<Result<Checked, ProblemReport>> {
    Ok(parse_on(&read_folder(folder)?, Some(today)))
}

/// Checks the site in `folder`.
///
/// # Errors
/// The [`ProblemReport`] with every mistake, if one of them forbids publishing.
pub fn parse_site(folder: &Folder) -> Result<Checked, ProblemReport> {
    parse_on(folder, None)
}

/// Like [`parse_site`]; on a day `today` it also warns of what is out of date then.
///
/// # Errors
/// As [`parse_site`].
pub fn parse_on(folder: &Folder, today: Option<Date>) -> Result<Checked, ProblemReport> {
    let mut report = ProblemReport::default();
    let problems = RefCell::new(Vec::new());
    let sources: Vec<usize> =
        folder.texts.iter().map(|(path, text)| report.add_source(path, text.clone())).collect();
    let documents: Vec<_> = folder.texts.values().map(|text| DeTable::parse_recoverable(text)).collect();
    let mut reader = SiteReader {
        folder,
        today,
        problems: &problems,
        languages: Vec::new(),
        found: cross::ParsedSite::default(),
    };
    // `site.toml` first: it names the languages that the others are checked against.
    let mut order: Vec<usize> = (0..documents.len()).collect();
    let paths: Vec<&String> = folder.texts.keys().collect();
    order.sort_by_key(|i| paths.get(*i).is_none_or(|path| *path != "site.toml"));
    for index in order {
        let (Some(path), Some((table, errors)), Some(source)) =
            (paths.get(index), documents.get(index), sources.get(index))
        else {
            continue;
        };
        reader.read_file(path, table, errors, *source);
    }
    let found = reader.found;
    let site = found.into_site(&problems);
    report.problems = problems.into_inner();
    report.problems.sort_by_key(|problem| (problem.source, problem.span.start));
    match site {
        Some(site) if !report.has_errors() => Ok(Checked { site, report }),
        _ => {
            no_site_toml(folder, &mut report);
            Err(report)
        }
    }
}

struct SiteReader<'a> {
    folder: &'a Folder,
    today: Option<Date>,
    problems: &'a RefCell<Vec<Problem>>,
    languages: Vec<String>,
    found: cross::ParsedSite,
}

impl SiteReader<'_> {
    fn read_file(
        &mut self,
        path: &str,
        table: &toml::Spanned<DeTable<'_>>,
        errors: &[toml::de::Error],
        source: usize,
    ) {
        let file =
            FileContext { source, languages: &self.languages, today: self.today, problems: self.problems };
        let text = self.folder.texts.get(path).map_or("", String::as_str);
        if let Some(at) = text.find(char::REPLACEMENT_CHARACTER) {
            file.report_problem(
                Severity::Error,
                at..at + char::REPLACEMENT_CHARACTER.len_utf8(),
                "the file",
                "is not UTF-8, from here on at the latest".to_owned(),
                "save it anew as UTF-8: editors have that under \"Save as\" or \"Encoding\"",
            );
            self.found.unread = true;
            return;
        }
        for error in errors {
            let what = error.message().replace('\n', "; ");
            file.report_problem(
                Severity::Error,
                error.span().unwrap_or(0..0),
                "TOML",
                what,
                "mend the line as TOML wants it",
            );
        }
        if !errors.is_empty() {
            self.found.unread = true;
            return;
        }
        if path != "site.toml" && self.languages.is_empty() {
            // Without the site's languages every text in here would be a mistake.
            self.found.unread = true;
            return;
        }
        let fields = |file| TomlTable::new(file, String::new(), table.get_ref(), 0..0);
        if path == "site.toml" {
            let languages = settings::read_languages(&fields(&file));
            let file = FileContext { languages: &languages, ..file };
            self.found.settings =
                Some((settings::read_settings(fields(&file), self.folder, self.today), source));
            self.languages = languages;
        } else if let Some(name) = path.strip_prefix("procedures/") {
            let procedure: ProcedureDefinition = intents::read_procedure(fields(&file));
            let name = name.trim_end_matches(".toml").to_owned();
            self.found.procedures.insert(name, (procedure, source));
        } else {
            let mut out_of_scope: Lists = std::mem::take(&mut self.found.out_of_scope);
            let intents = intents::read_intents_file(fields(&file), &mut out_of_scope);
            self.found.intents.extend(intents.into_iter().map(|intent| (intent, source)));
            self.found.out_of_scope = out_of_scope;
        }
    }
}

fn no_site_toml(folder: &Folder, report: &mut ProblemReport) {
    if folder.texts.contains_key("site.toml") {
        return;
    }
    let source = report.add_source("site.toml", String::new());
    report.problems.push(Problem {
        severity: Severity::Error,
        source,
        span: 0..0,
        field: "site.toml".into(),
        what: "there is no such file in this folder".into(),
        fix: "run `hoi new FOLDER` for a site to start from".into(),
    });
}
