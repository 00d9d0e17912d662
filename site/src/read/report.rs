//! What is wrong with a folder, in its author's words.

use std::ops::Range;

/// A file that was read.
#[derive(Debug, Clone)]
pub struct Source {
    /// Its path, relative to the site's folder.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// How much it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// The site can't be published.
    Error,
    /// It can, but somebody will be the worse for it.
    Warning,
}

/// One mistake.
#[derive(Debug, Clone)]
pub struct Problem {
    /// How much it matters.
    pub severity: Severity,
    /// The file, as an index into [`ProblemReport::sources`].
    pub source: usize,
    /// Where in the file, in bytes.
    pub span: Range<usize>,
    /// The field, as a path: `look.brand`, `intent[3].answer.en`.
    pub field: String,
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub fix: String,
}

/// All mistakes of a folder, in the order of its files.
#[derive(Debug, Clone, Default)]
pub struct ProblemReport {
    /// The files.
    pub sources: Vec<Source>,
    /// The mistakes.
    pub problems: Vec<Problem>,
}

impl ProblemReport {
    /// Whether the site must not be published.
    pub fn has_errors(&self) -> bool {
        self.error_count() > 0
    }

    /// How many mistakes forbid publishing.
    pub fn error_count(&self) -> usize {
        self.problems.iter().filter(|problem| problem.severity == Severity::Error).count()
    }

    /// The line of a problem's start in its file, from 1.
    pub fn line_of(&self, problem: &Problem) -> usize {
        let text = self.sources.get(problem.source).map_or("", |source| &source.text);
        text.get(..problem.span.start).map_or(1, |before| before.matches('\n').count() + 1)
    }

    /// Adds a file and gives its index.
    pub(super) fn add_source(&mut self, path: &str, text: String) -> usize {
        self.sources.push(Source { path: path.to_owned(), text });
        self.sources.len() - 1
    }
}

impl std::fmt::Display for ProblemReport {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for problem in &self.problems {
            let path = self.sources.get(problem.source).map_or("", |source| &source.path);
            let line = self.line_of(problem);
            let Problem { field, what, fix, .. } = problem;
            writeln!(f, "{path}:{line}: {field}: {what}; {fix}")?;
        }
        Ok(())
    }
}
