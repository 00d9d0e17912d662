//! What a form means that was posted without the widget.

use std::collections::BTreeMap;
use wire::{Given, Id, Reason, Up};

/// What a visitor wants who posts a form.
#[derive(Debug, Clone, PartialEq)]
pub enum FormAction {
    /// To see what has come.
    Look,
    /// To say something.
    Say(Up),
    /// To say whether the answer at this place helped.
    Judge(u64, Up),
    /// To end the chat, perhaps with a word about it.
    End(Option<Up>),
}

/// The fields of the composer, the one form that may come in parts, with a file.
pub const COMPOSER: &[&str] =
    &["ticket", "conversation", "lang", "mode", "scheme", "lang_pinned", "text", "personal"];

/// The fields of a form as they were sent, by name.
pub type FormFields = BTreeMap<String, String>;

/// What `form` means. `id` is new, `lang` the visitor's language; `files` came with it and are kept already. `label` is
/// what stands on the button of an intent.
pub fn parse_action(
    form: &FormFields,
    id: Id,
    lang: &str,
    files: Vec<Id>,
    label: impl Fn(&str) -> Option<String>,
) -> FormAction {
    let field = |name: &str| form.get(name).map(String::as_str).filter(|text| !text.is_empty());
    let own = || field("opinion").unwrap_or_default().to_owned();
    if let Some(seq) = field("rate").and_then(|seq| seq.parse().ok()) {
        let good = field("good").map(|good| good == "1");
        return FormAction::Judge(
            seq,
            Up::Rate { seq, good, reason: field("reason").and_then(parse_reason), text: own() },
        );
    }
    if let Some(end) = field("end") {
        let score = field("score").filter(|_| end == "1").and_then(|score| score.parse().ok());
        return FormAction::End(score.map(|score| Up::Survey { score, text: own() }));
    }
    let lang = lang.to_owned();
    if let (Some(name), Some(value)) = (field("name"), field("value")) {
        let value = Some(Given { name: name.to_owned(), value: value.to_owned() });
        // Its words are known where what was asked is known.
        return FormAction::Say(Up::Say { id, text: String::new(), lang, pick: None, value, files });
    }
    let pick = field("pick").map(str::to_owned);
    let typed = field("text").unwrap_or_default();
    let text = pick.as_deref().and_then(label).unwrap_or_else(|| typed.to_owned());
    if text.trim().is_empty() && files.is_empty() {
        return FormAction::Look;
    }
    FormAction::Say(Up::Say { id, text, lang, pick, value: None, files })
}

fn parse_reason(name: &str) -> Option<Reason> {
    let all = [Reason::Wrong, Reason::Unclear, Reason::Missing, Reason::Other];
    all.into_iter().find(|reason| reason.name() == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(fields: &[(&str, &str)]) -> FormAction {
        let form = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        parse_action(&form, Id(1), "vi", Vec::new(), |pick| (pick == "le-phi").then(|| "Lệ phí".to_owned()))
    }

    #[test]
    fn forms_are_understood() {
        let say = |text: &str, pick: Option<&str>| {
            let (text, pick) = (text.to_owned(), pick.map(str::to_owned));
            FormAction::Say(Up::Say {
                id: Id(1),
                text,
                lang: "vi".into(),
                pick,
                value: None,
                files: Vec::new(),
            })
        };
        assert_eq!(read(&[]), FormAction::Look);
        assert_eq!(read(&[("text", " ")]), FormAction::Look);
        assert_eq!(read(&[("text", "chào")]), say("chào", None));
        assert_eq!(read(&[("text", "x"), ("pick", "le-phi")]), say("Lệ phí", Some("le-phi")));
        assert_eq!(read(&[("text", "x"), ("pick", "gone")]), say("x", Some("gone")));
        let rate = |good, reason, text: &str| {
            FormAction::Judge(3, Up::Rate { seq: 3, good, reason, text: text.into() })
        };
        assert_eq!(read(&[("rate", "3"), ("good", "1")]), rate(Some(true), None, ""));
        assert_eq!(read(&[("rate", "3"), ("good", "")]), rate(None, None, ""));
        let why = [("rate", "3"), ("good", "0"), ("reason", "unclear"), ("opinion", "khó")];
        assert_eq!(read(&why), rate(Some(false), Some(Reason::Unclear), "khó"));
        let survey = Up::Survey { score: 4, text: String::new() };
        assert_eq!(read(&[("end", "1"), ("score", "4")]), FormAction::End(Some(survey)));
        assert_eq!(read(&[("end", "0"), ("score", "4")]), FormAction::End(None));
        assert_eq!(read(&[("end", "1")]), FormAction::End(None));
    }
}
