//! Papers that the agency asks for while it looks at a case.

use crate::limits::sanitize::clean_text;
use i18n::{Lang, Msg};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Most papers that are asked for at once.
const MAX_PAPERS: usize = 10;
/// Longest name of one, and longest sentence about it, in characters.
const MAX_CHARS: usize = 300;
/// The name of what was not named.
pub(super) const ANY: &str = "papers";

/// What the agency wants to have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wants {
    /// Which papers, at least one.
    pub papers: Vec<RequestedDocument>,
    /// The last day for it, `year-month-day`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
}

/// One paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Wanted"))]
pub struct RequestedDocument {
    /// The agency's own name for it, to know it again: lower-case letters, digits and `-`.
    #[serde(default)]
    pub id: String,
    /// What it is called, as the visitor reads it.
    pub label: String,
    /// What to look out for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// Whether it may be left out.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub optional: bool,
}

impl Wants {
    /// What an agency says that it wants, made safe to show. Names that can't stand in a form are replaced.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn from_agency(papers: Vec<RequestedDocument>, until: Option<String>) -> Result<Wants, &'static str> {
        if until.as_ref().is_some_and(|day| day.parse::<Date>().is_err()) {
            return Err("\"until\" is no date; write 2026-12-01");
        }
        let short =
            |text: &str| clean_text(text).chars().take(MAX_CHARS).collect::<String>().trim().to_owned();
        let mut safe: Vec<RequestedDocument> = Vec::new();
        for (at, paper) in papers.into_iter().take(MAX_PAPERS).enumerate() {
            let label = short(&paper.label);
            if label.is_empty() {
                return Err("a paper has no \"label\"");
            }
            let named =
                crate::http::route::is_site(&paper.id) && safe.iter().all(|other| other.id != paper.id);
            let id = if named { paper.id } else { format!("paper-{}", at + 1) };
            let help = paper.help.map(|help| short(&help)).filter(|help| !help.is_empty());
            safe.push(RequestedDocument { id, label, help, optional: paper.optional });
        }
        Ok(Wants { papers: safe, until })
    }

    /// The same; where no paper is named, any may be sent.
    pub fn or_any(mut self, lang: &str) -> Wants {
        if self.papers.is_empty() {
            let label = Lang::for_tag(lang).text(Msg::RequestedDocuments).to_owned();
            self.papers.push(RequestedDocument { id: ANY.to_owned(), label, help: None, optional: false });
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_agency_asks_for_is_made_safe() {
        let wanted = |id: &str, label: &str| RequestedDocument {
            id: id.into(),
            label: label.into(),
            help: None,
            optional: false,
        };
        let papers = vec![
            wanted("chung-sinh", " Giấy\u{202e} chứng sinh "),
            wanted("chung-sinh", "Cùng tên"),
            wanted("../x", &"d".repeat(999)),
        ];
        let wants = Wants::from_agency(papers, Some("2026-12-31".into())).expect("it can be read");
        let ids: Vec<&str> = wants.papers.iter().map(|paper| paper.id.as_str()).collect();
        assert_eq!(ids, ["chung-sinh", "paper-2", "paper-3"], "each can stand in a form, and once");
        assert_eq!(wants.papers.first().map(|paper| paper.label.as_str()), Some("Giấy chứng sinh"));
        assert!(wants.papers.iter().all(|paper| paper.label.chars().count() <= MAX_CHARS));
        let many = (0..99).map(|n| wanted(&n.to_string(), "x")).collect();
        assert_eq!(Wants::from_agency(many, None).map(|wants| wants.papers.len()), Ok(MAX_PAPERS));
        assert!(Wants::from_agency(vec![wanted("a", " ")], None).is_err());
        assert!(Wants::from_agency(Vec::new(), Some("31/12/2026".into())).is_err());
        let any = Wants::from_agency(Vec::new(), None).map(|wants| wants.or_any("vi"));
        assert_eq!(any.map(|wants| wants.papers.len()), Ok(1));
    }
}
