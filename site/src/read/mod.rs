//! Reads an agency's folder and explains every mistake in it, all at once.
//!
//! [`load`] does the reading of files, [`parse`] everything else; so a browser or an edge could check a site too.

mod agency;
mod calendar;
mod cross;
mod desk;
mod feedback;
mod fields;
mod form;
mod hours;
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
pub use intents::MIN_PHRASES;
pub use report::{Problem, ProblemReport, Severity, Source};
pub use settings::LANGUAGES;

use crate::{Lists, ProcedureDefinition, Site};
use fields::{FileContext, TomlTable};
use jiff::civil::Date;
use std::{
    cell::RefCell,
    collections::BTreeMap,
    fs,
    io::{self, Read as _},
    path::Path,
};
use toml::de::DeTable;
use unicode_normalization::UnicodeNormalization as _;

/// A folder in memory. Paths use `/` and are relative to it.
#[derive(Debug, Clone, Default)]
pub struct Folder {
    /// `site.toml`, `intents/*.toml`, `procedures/*.toml`.
    pub texts: BTreeMap<String, String>,
    /// Whatever else lies beside `site.toml`, such as the logo.
    pub other: BTreeMap<String, Vec<u8>>,
}

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
/// The outer error if the folder can't be read; the inner one, a [`Report`], if the site must not be published.
pub fn load_site(folder: &Path) -> io::Result<Result<Checked, ProblemReport>> {
    Ok(parse_site(&read_folder(folder)?))
}

/// Like [`load`], with the warnings of the day `today`: what is out of date then, and what soon will be.
///
/// # Errors
/// As [`load`].
pub fn load_on(folder: &Path, today: Date) -> io::Result<Result<Checked, ProblemReport>> {
    Ok(parse_on(&read_folder(folder)?, Some(today)))
}

/// Checks the site in `folder`.
///
/// # Errors
/// The [`Report`] with every mistake, if one of them forbids publishing.
pub fn parse_site(folder: &Folder) -> Result<Checked, ProblemReport> {
    parse_on(folder, None)
}

/// Like [`parse`]; on a day `today` it also warns of what is out of date then.
///
/// # Errors
/// As [`parse`].
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

fn read_folder(folder: &Path) -> io::Result<Folder> {
    let mut out = Folder::default();
    let beside = |entry: &fs::DirEntry| entry.file_name().to_string_lossy().into_owned();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = beside(&entry);
        if name == "site.toml" {
            out.texts.insert(name, read_text(&entry.path())?);
        } else if entry.file_type()?.is_file() {
            // Of a large file, enough to see that it is too large.
            let mut bytes = Vec::new();
            fs::File::open(entry.path())?.take(1 << 20).read_to_end(&mut bytes)?;
            out.other.insert(name, bytes);
        }
    }
    for part in ["intents", "procedures"] {
        let Ok(entries) = fs::read_dir(folder.join(part)) else { continue };
        for entry in entries {
            let entry = entry?;
            let name = beside(&entry);
            if name.ends_with(".toml") && !name.starts_with('.') {
                out.texts.insert(format!("{part}/{name}"), read_text(&entry.path())?);
            }
        }
    }
    Ok(out)
}

/// What is not UTF-8 is replaced here and explained with its place by [`parse`]. What was written with marks apart is composed
/// (Unicode's normalization form C), as everything is that visitors type.
fn read_text(path: &Path) -> io::Result<String> {
    let bytes = fs::read(path)
        .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", path.display())))?;
    Ok(String::from_utf8_lossy(&bytes).nfc().collect())
}
