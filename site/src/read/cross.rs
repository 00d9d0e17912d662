//! What can only be checked once every file was read: names that must exist, phrases that must not stand twice.

use super::{
    intents::{self, EntryKind},
    report::{Problem, Severity},
    settings,
};
use crate::{DeskConfig, Lists, ProcedureDefinition, Site};
use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
};

/// The connectors that cases can be handed in through. A test of the edge's holds the two together.
pub const TAKES_CASES: &[&str] = &["webhook"];

/// Everything that was read.
#[derive(Default)]
pub(super) struct ParsedSite {
    pub settings: Option<(settings::ParsedSettings, usize)>,
    pub intents: Vec<(intents::ParsedIntent, usize)>,
    pub procedures: BTreeMap<String, (ProcedureDefinition, usize)>,
    pub out_of_scope: Lists,
    /// Whether a file could not be read as TOML: whatever it names is then unknown, and no mistake elsewhere.
    pub unread: bool,
}

impl ParsedSite {
    /// The site, if there is a `site.toml` at all; what is wrong with it goes into `problems`.
    pub fn into_site(self, problems: &RefCell<Vec<Problem>>) -> Option<Site> {
        let mut problems = problems.borrow_mut();
        self.check_ids(&mut problems);
        if !self.unread {
            self.check_references(&mut problems);
            self.check_forms(&mut problems);
            self.check_desk(&mut problems);
        }
        self.check_phrases(&mut problems);
        let (settings, source) = self.settings?;
        if self.intents.is_empty() && !self.unread {
            let fix = "add intents/….toml with at least one [[intent]]";
            problems.push(problem_error(source, 0..0, "intents", "the site has no intent".into(), fix));
        }
        Some(Site {
            settings: settings.settings,
            intents: self.intents.into_iter().map(|(found, _)| found.intent).collect(),
            procedures: self.procedures.into_iter().map(|(name, (procedure, _))| (name, procedure)).collect(),
            out_of_scope: self.out_of_scope,
        })
    }

    fn check_ids(&self, problems: &mut Vec<Problem>) {
        let mut seen = BTreeSet::new();
        for (found, source) in &self.intents {
            if !seen.insert(&found.intent.id) {
                let what = format!("\"{}\" is the id of another intent too", found.intent.id);
                problems.push(problem_error(
                    *source,
                    found.id.clone(),
                    &format!("{}.id", found.path),
                    what,
                    "choose another",
                ));
            }
        }
    }

    fn check_references(&self, problems: &mut Vec<Problem>) {
        let intents: BTreeSet<&str> =
            self.intents.iter().map(|(found, _)| found.intent.id.as_str()).collect();
        let start = self.settings.iter().flat_map(|(found, source)| {
            found
                .start
                .iter()
                .map(move |(name, span)| (EntryKind::Intent, name, "start.intents", span, *source))
        });
        let named = self.intents.iter().flat_map(|(found, source)| {
            found.references.iter().map(|r| (r.kind, &r.name, r.field.as_str(), &r.span, *source))
        });
        for (kind, name, field, span, source) in start.chain(named) {
            let (there, what, fix) = match kind {
                EntryKind::Intent => (intents.contains(name.as_str()), "intent", "write an id from intents/"),
                EntryKind::Procedure => (
                    self.procedures.contains_key(name),
                    "procedure",
                    "write the name of a file in procedures/",
                ),
            };
            if !there {
                problems.push(problem_error(
                    source,
                    span.clone(),
                    field,
                    format!("there is no {what} \"{name}\""),
                    fix,
                ));
            }
        }
    }

    /// A form is handed in to somebody, or else not offered.
    fn check_forms(&self, problems: &mut Vec<Problem>) {
        let agency = self.settings.iter().find_map(|(found, _)| found.settings.agency.as_ref());
        if agency.is_some_and(|agency| TAKES_CASES.contains(&agency.connector.as_str())) {
            return;
        }
        for (procedure, source) in self.procedures.values().filter(|(procedure, _)| procedure.form.is_some())
        {
            let title = procedure.title.0.values().next().map_or("", String::as_str);
            let what = format!("is not offered: nobody would receive what is handed in for \"{title}\"");
            let fix = format!(
                "set [agency] connector = {:?} in site.toml, or take [form] out",
                TAKES_CASES.join("\" or \"")
            );
            let warning =
                Problem { severity: Severity::Warning, ..problem_error(*source, 0..0, "form", what, &fix) };
            problems.push(warning);
        }
    }

    /// People can only be asked for where there are some.
    fn check_desk(&self, problems: &mut Vec<Problem>) {
        let Some((settings, _)) = &self.settings else { return };
        let desk = settings.settings.desk.as_ref();
        let asks = self.intents.iter().flat_map(|(found, source)| {
            found.asks.iter().map(move |(key, name, span)| (found, *source, *key, name, span))
        });
        for (found, source, key, name, span) in asks {
            let known = |desk: &DeskConfig| desk.departments.iter().any(|department| department.id == *name);
            let (what, fix) = match desk {
                None => ("needs people at a desk".to_owned(), "add [desk] to site.toml, or take it out"),
                Some(desk) if !name.is_empty() && !known(desk) => (
                    format!("there is no department \"{name}\""),
                    "write the id of one of [[desk.departments]]",
                ),
                Some(_) => continue,
            };
            problems.push(problem_error(source, span.clone(), &format!("{}.{key}", found.path), what, fix));
        }
    }

    fn check_phrases(&self, problems: &mut Vec<Problem>) {
        let mut seen: BTreeMap<(&str, String), &str> = BTreeMap::new();
        for (found, source) in &self.intents {
            for (lang, phrase, span) in &found.phrases {
                let id = found.intent.id.as_str();
                let before = *seen.entry((lang, phrase.to_lowercase())).or_insert(id);
                if before != id {
                    let what = format!("\"{phrase}\" stands in \"{before}\" too");
                    let field = format!("{}.phrases.{lang}", found.path);
                    problems.push(problem_error(
                        *source,
                        span.clone(),
                        &field,
                        what,
                        "keep it where its answer is",
                    ));
                }
            }
        }
    }
}

fn problem_error(
    source: usize,
    span: std::ops::Range<usize>,
    field: &str,
    what: String,
    fix: &str,
) -> Problem {
    Problem { severity: Severity::Error, source, span, field: field.to_owned(), what, fix: fix.to_owned() }
}
