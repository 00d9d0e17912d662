//! A table of figures, for people and for programs.

use serde_json::{Map, Value};
use std::fmt;

/// Rows of figures under named columns. A column's name says its unit.
pub struct FigureTable {
    /// A short name, for programs.
    pub name: &'static str,
    title: String,
    columns: &'static [&'static str],
    rows: Vec<(String, Vec<Option<f64>>)>,
    notes: Vec<String>,
}

impl FigureTable {
    /// An empty one.
    pub fn new(name: &'static str, title: &str, columns: &'static [&'static str]) -> FigureTable {
        FigureTable { name, title: title.into(), columns, rows: Vec::new(), notes: Vec::new() }
    }

    /// Adds a row; `None` stands for "does not apply".
    pub fn add_row(&mut self, name: impl Into<String>, figures: impl IntoIterator<Item = Option<f64>>) {
        self.rows.push((name.into(), figures.into_iter().collect()));
    }

    /// Adds a sentence below.
    pub fn add_note(&mut self, note: impl Into<String>) {
        self.notes.push(note.into());
    }

    /// The same figures: rows by name, in them columns by name.
    pub fn to_json(&self) -> Value {
        let row = |figures: &[Option<f64>]| {
            let pairs = self.columns.iter().zip(figures);
            let known = pairs.filter_map(|(column, figure)| {
                figure.map(|figure| ((*column).to_owned(), json_number(figure)))
            });
            Value::from(known.collect::<Map<_, _>>())
        };
        self.rows.iter().map(|(name, figures)| (name.clone(), row(figures))).collect::<Map<_, _>>().into()
    }
}

/// A whole number where it is one.
fn json_number(figure: f64) -> Value {
    if figure.fract() == 0.0 { Value::from(figure as i64) } else { Value::from((figure * 1e4).round() / 1e4) }
}

impl fmt::Display for FigureTable {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        const WIDTH: usize = 11;
        let longest = self.rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or_default();
        let first = longest.max(self.title.chars().count()) + 2;
        write!(out, "\n{:first$}", self.title)?;
        for column in self.columns {
            write!(out, "{column:>WIDTH$}")?;
        }
        writeln!(out, "\n{}", "─".repeat(first + WIDTH * self.columns.len()))?;
        for (name, figures) in &self.rows {
            write!(out, "{name:first$}")?;
            for figure in figures {
                write!(out, "{:>WIDTH$}", figure.map_or_else(String::new, format_figure))?;
            }
            writeln!(out)?;
        }
        for note in &self.notes {
            writeln!(out, "{note}")?;
        }
        Ok(())
    }
}

/// `1234567` as "1 234 567", `1.2345` as "1.23".
fn format_figure(figure: f64) -> String {
    if figure.fract() != 0.0 && figure < 1000.0 {
        return format!("{figure:.2}");
    }
    let digits = format!("{figure:.0}");
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(' ');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_legible() {
        for (figure, expected) in [(0.0, "0"), (12.0, "12"), (1234.0, "1 234"), (1_234_567.0, "1 234 567")] {
            assert_eq!(format_figure(figure), expected);
        }
        assert_eq!(format_figure(1.2345), "1.23");
        assert_eq!(format_figure(1234.5), "1 234");
    }

    #[test]
    fn programs_get_the_same_figures() {
        let mut table = FigureTable::new("t", "A title", &["raw B", "gzip B"]);
        table.add_row("loader", [Some(10.0), None]);
        table.add_row("all", [Some(10.5), Some(3.0)]);
        let expected =
            serde_json::json!({ "loader": { "raw B": 10 }, "all": { "raw B": 10.5, "gzip B": 3 } });
        assert_eq!(table.to_json(), expected);
        assert!(table.to_string().contains("loader"));
    }
}
