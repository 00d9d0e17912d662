//! A copy of a conversation for whoever it is of, to read: everything that the copy for software has, in words.

use super::direction::text_direction;
use hoi_core::{
    application::case::{SubmittedField, build_submission, format_day, format_time},
    conversation::{Rating, state_word},
    erasure::export::{CaseEntry, Export, FormEntry},
    hours, rich,
};
use i18n::{Lang, Msg};
use maud::{DOCTYPE, Markup, html};
use site::Site;
use wire::{AuthorKind, Message, Reason, Word, format_size};

const STYLE: &str = "body{font:1rem/1.5 system-ui,sans-serif;max-width:45rem;margin:0 auto;padding:1rem}dt{font-weight:600;\
                     margin-top:1rem}dd{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}";

/// Whose words the copy is in.
struct Copy<'a> {
    site: &'a Site,
    /// The language of our own words, and of the site's.
    lang: (&'a str, &'a str),
}

/// A file that needs nothing else. `lang` is the language of our own words, `own` of the site's.
pub fn copy_to_read(copy: &Export, site: &Site, lang: &str, own: &str) -> String {
    let title =
        format!("{} – {}", Lang::for_tag(lang).text(Msg::CopyTitle), site.text_in(&site.settings.name, own));
    let of = Copy { site, lang: (lang, own) };
    html! {
        (DOCTYPE)
        html lang=(lang) dir=(text_direction(lang)) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width";
                title { (title) }
                style { (STYLE) }
            }
            body {
                h1 { (title) }
                p { (of.format_time(copy.made_at)) }
                dl { @for message in &copy.messages { (of.draw_message(message, &copy.ratings)) } }
                @if let Some(survey) = &copy.survey {
                    h2 { (of.widget_word(Word::HowWasIt)) }
                    p { (of.score_word(survey.score)) }
                    @if !survey.text.is_empty() { p dir="auto" { (survey.text) } }
                }
                @for case in &copy.cases { (of.draw_case(case)) }
                @for form in &copy.forms { (of.draw_form(form)) }
                @if !copy.files.is_empty() {
                    h2 { (of.widget_word(Word::File)) }
                    ul { @for file in &copy.files {
                        li { span translate="no" dir="auto" { (file.name) } ", " (format_size(file.size, of.widget_word(Word::Lang))) ", " (of.format_time(file.at)) }
                    } }
                }
                (of.draw_rest(copy))
            }
        }
    }
    .into_string()
}

impl Copy<'_> {
    fn widget_word(&self, which: Word) -> &'static str {
        Lang::for_tag(self.lang.0).word(which)
    }

    fn page_word(&self, which: Msg) -> &'static str {
        Lang::for_tag(self.lang.0).text(which)
    }

    fn format_time(&self, ms: u64) -> String {
        format_time(ms, &hours::time_zone(&self.site.settings))
    }

    fn draw_message(&self, message: &Message, ratings: &[Rating]) -> Markup {
        let author = match (message.author.kind, &message.author.name) {
            (AuthorKind::Visitor, _) => self.widget_word(Word::You),
            (_, Some(name)) => name,
            (AuthorKind::Staff, None) => self.widget_word(Word::Staff),
            (_, None) => self.widget_word(Word::Assistant),
        };
        let rating = ratings.iter().find(|rating| rating.seq == message.seq);
        html! {
            dt { (author) ", " (self.format_time(message.at)) }
            dd lang=(message.lang) dir="auto" { (rich::plain_text(&message.body.blocks)) }
            @if let Some(rating) = rating { (self.draw_rating(rating)) }
        }
    }

    fn draw_rating(&self, rating: &Rating) -> Markup {
        let answer = rating.good.map(|good| self.widget_word(if good { Word::Yes } else { Word::No }));
        let reason = rating.reason.and_then(|reason| match reason {
            Reason::Wrong => Some(Word::IsWrong),
            Reason::Unclear => Some(Word::IsUnclear),
            Reason::Missing => Some(Word::IsIncomplete),
            Reason::Other => Some(Word::IsOther),
            Reason::Unknown => None,
        });
        html! { @if let Some(answer) = answer {
            dd { "– " (self.widget_word(Word::Helpful)) " " (answer)
                @if let Some(reason) = reason { ": " (self.widget_word(reason)) }
                @if !rating.text.is_empty() { " – " bdi { (rating.text) } } }
        } }
    }

    fn score_word(&self, score: u8) -> &'static str {
        self.widget_word(match score {
            0 | 1 => Word::Score1,
            2 => Word::Score2,
            3 => Word::Score3,
            4 => Word::Score4,
            _ => Word::Score5,
        })
    }

    fn draw_case(&self, CaseEntry { case, answers }: &CaseEntry) -> Markup {
        let row = |word, text: &str| html! { dt { (self.page_word(word)) } dd dir="auto" { (text) } };
        html! {
            h2 lang=(case.lang) dir="auto" { (case.title) }
            dl {
                dt { (self.page_word(Msg::CaseNumber)) }
                dd dir="ltr" translate="no" { (case.number) }
                (row(Msg::CaseState, state_word(case.state, self.lang.0)))
                (row(Msg::SentAt, &self.format_time(case.filed_at)))
                @if let Some(promised) = &case.promised { (row(Msg::ExpectedOn, &format_day(promised))) }
                (row(Msg::ChangedAt, &self.format_time(case.changed_at)))
                @if !case.note.is_empty() { (row(Msg::AgencyNote, &rich::plain_text(&rich::parse_markdown(&case.note)))) }
                @if let Some(answers) = answers { (draw_fields(&answers.fields)) }
            }
        }
    }

    /// A form that was begun, with its questions as they are asked today.
    fn draw_form(&self, FormEntry { form, answers }: &FormEntry) -> Markup {
        let procedure = self.site.procedures.get(form);
        let asked =
            procedure.and_then(|procedure| Some((form.as_str(), procedure, procedure.form.as_ref()?)));
        html! {
            @match asked {
                Some(asked) => {
                    @let filed = build_submission(self.site, asked, answers, "", None, self.lang.1);
                    h2 lang=(self.lang.1) { (filed.title) }
                    dl lang=(self.lang.1) { (draw_fields(&filed.fields)) }
                }
                None => {
                    h2 translate="no" { (form) }
                    dl { @for (id, answer) in answers { dt translate="no" { (id) } dd dir="auto" { (answer) } } }
                }
            }
        }
    }

    /// What has no words of its own: who somebody is to the host, what the page said, how much is kept of other things.
    fn draw_rest(&self, copy: &Export) -> Markup {
        let mut rows: Vec<(&str, String)> = Vec::new();
        if let Some(identity) = &copy.identity {
            rows.push(("id", identity.id.clone()));
            rows.extend(identity.name.clone().map(|name| ("name", name)));
        }
        rows.extend(copy.context.iter().map(|(name, value)| (name.as_str(), value.clone())));
        rows.extend(copy.devices.iter().map(|device| ("device", device.edge.clone())));
        if copy.notes_of_staff > 0 {
            rows.push(("notes_of_staff", copy.notes_of_staff.to_string()));
        }
        html! { @if !rows.is_empty() {
            h2 { (self.page_word(Msg::CopyRest)) }
            dl { @for (name, value) in rows { dt translate="no" { (name) } dd dir="auto" { (value) } } }
        } }
    }
}

fn draw_fields(fields: &[SubmittedField]) -> Markup {
    html! { @for field in fields {
        dt dir="auto" { (field.label) }
        dd dir="auto" { (field.shown.as_ref().unwrap_or(&field.value)) }
    } }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hoi_core::{
        conversation::Survey,
        erasure::export::{FileEntry, VERSION},
        identity::Visitor,
    };
    use wire::Id;

    #[test]
    fn everything_is_in_words() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/ward");
        let ward = site::read::load_site(std::path::Path::new(folder))
            .expect("it can be read")
            .expect("it is right")
            .site;
        let form =
            ward.procedures.get("khai-sinh").and_then(|procedure| procedure.form.as_ref()).expect("a form");
        let asked = form.fields.iter().find(|field| matches!(field.kind, site::FieldKind::Text { .. }));
        let asked = asked.expect("a question");
        let copy = Export {
            v: VERSION,
            site: "ward".into(),
            conversation: Id(1),
            made_at: 1_795_996_269_891,
            identity: Some(Visitor { id: "u-1".into(), name: Some("Nguyễn Thị Hoa".into()) }),
            context: [("service".into(), "nhà ở".into())].into(),
            messages: Vec::new(),
            on_their_way: Vec::new(),
            files: vec![FileEntry {
                id: Id(2),
                name: "giấy.pdf".into(),
                size: 2048,
                kind: "application/pdf".into(),
                sha256: "00".into(),
                at: 5,
                seq: None,
                of: None,
                from_staff: false,
            }],
            ratings: Vec::new(),
            survey: Some(Survey { score: 5, text: "nhanh".into(), lang: "vi".into(), at: 5 }),
            cases: Vec::new(),
            forms: vec![FormEntry {
                form: "khai-sinh".into(),
                answers: [(asked.id.clone(), "Sen".into())].into(),
            }],
            devices: Vec::new(),
            notes_of_staff: 1,
            internal: None,
        };
        let html = copy_to_read(&copy, &ward, "vi", "vi");
        let label = ward.text_in(&asked.label, "vi");
        for part in ["Nguyễn Thị Hoa", "u-1", "nhà ở", "giấy.pdf", "Rất hài lòng", "nhanh", label, "Sen"]
        {
            assert!(html.contains(part), "{part}: {html}");
        }
        assert!(!html.contains("&quot;") && !html.contains("made_at"), "no JSON: {html}");
    }
}
