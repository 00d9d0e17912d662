//! The pages of a procedure's form: questions, everything to be looked over, the receipt.

use super::{
    block,
    case::{draw_documents_added, draw_receipt, not_asked},
    date,
    direction::text_direction,
    papers,
    sheet::{PageContext, draw_unsent_notice},
};
use hoi_core::application::{
    case::{self, choice_label},
    form::{Answers, FormPage, FormResponse, Wrong, asked_fields, find_page, form_pages},
};
use i18n::{Lang, Msg};
use maud::{Markup, html};
use site::{Field, FieldKind, Form, Site};
use wire::Body;

/// A form on its sheet.
#[derive(Clone, Copy)]
pub struct FormSheet<'a> {
    /// The sheet.
    pub sheet: &'a PageContext<'a>,
    /// The site.
    pub site: &'a Site,
    /// The site's language it is read in.
    pub lang: &'a str,
    /// The form's name: a procedure's, or that of a case which papers are added to.
    pub name: &'a str,
    /// The procedure's title.
    pub title: &'a str,
    /// The questions.
    pub form: &'a Form,
    /// Whether papers are added to a case.
    pub adds: bool,
    /// What opens the case without its conversation, if that is how it was come by.
    pub pass: Option<&'a str>,
    /// Whether every question has a page of its own.
    pub one_each: bool,
    /// What is said to whoever wrote of danger on the page before.
    pub urgent: Option<&'a Body>,
}

impl FormSheet<'_> {
    /// The page for `response`; what was `typed` stands where it was wrong. Nothing for what was refused.
    pub fn draw_page(&self, response: &FormResponse, typed: &Answers) -> String {
        let title = self.title;
        match response {
            FormResponse::Ask { page: id, only, wrong, answers } => {
                // Another version of the site may have been published in between, without that question.
                let first = || form_pages(self.form, answers, self.one_each).into_iter().next();
                let page = find_page(self.form, answers, self.one_each, id).or_else(first);
                let page = page.map(|page| page.filter_fields(|field| only.contains(&field.id)));
                page.map_or_else(String::new, |page| self.questions_page(title, &page, wrong, answers, typed))
            }
            FormResponse::Review(answers) => {
                let heading = self.sheet.page_word(Msg::Review);
                self.sheet
                    .draw_page(heading, html! { (self.draw_danger_notice()) (self.review_page(answers)) })
            }
            FormResponse::Sent { case, proof } => {
                let heading = self.sheet.page_word(Msg::ApplicationSent);
                let second = self.form.field_by_id(&self.form.second).map(|field| self.text_of(&field.label));
                self.sheet.draw_page(
                    heading,
                    draw_receipt(self.sheet, case, self.site, second.unwrap_or_default(), proof),
                )
            }
            FormResponse::DocumentsAdded(case) => self.sheet.draw_page(
                self.sheet.page_word(Msg::DocumentsSent),
                draw_documents_added(self.sheet, case, self.site),
            ),
            FormResponse::NotAsked(case) => not_asked(self.sheet, case, self.site, self.pass),
            FormResponse::Deleted => {
                self.sheet.draw_page(self.sheet.page_word(Msg::Deleted), html! { p { (self.draw_title()) } })
            }
            FormResponse::Refused(..) => String::new(),
        }
    }

    fn draw_danger_notice(&self) -> Markup {
        let words = Lang::for_tag(self.sheet.lang).words();
        html! {
            @if let Some(body) = self.urgent {
                div.hoi-urgent role="alert" { (block::draw_blocks_apart(&body.blocks, self.sheet.look, &words)) }
            }
        }
    }

    fn text_of<'t>(&'t self, text: &'t site::Text) -> &'t str {
        self.site.text_in(text, self.lang)
    }

    /// The same among the page's own words: in its language, and read in its own direction.
    fn mark_text(&self, text: &site::Text) -> Markup {
        html! { span lang=(self.lang) dir=(text_direction(self.lang)) { (self.text_of(text)) } }
    }

    /// The procedure's title.
    fn draw_title(&self) -> Markup {
        html! { span lang=(self.lang) dir=(text_direction(self.lang)) { (self.title) } }
    }

    fn questions_page(
        &self,
        title: &str,
        page: &FormPage<'_>,
        wrong: &[(String, Wrong)],
        answers: &Answers,
        typed: &Answers,
    ) -> String {
        let sheet = self.sheet;
        let step = sheet.interface_lang().step_of(page.number, page.of);
        let intro = self.form.intro.as_ref().filter(|_| page.number == 1);
        let content = html! {
            (self.draw_danger_notice())
            p.hoi-hint { (step) }
            @if !wrong.is_empty() { (self.draw_error_summary(wrong)) }
            @if let Some(intro) = intro { p.hoi-intro { (self.mark_text(intro)) } }
            form.hoi-question method="post" action=(self.form_action()) novalidate data-stays=(self.name)
                enctype=[page.has_files().then_some("multipart/form-data")] {
                (self.hidden_fields(page.id()))
                @let only = page.fields.iter().map(|field| field.id.as_str()).collect::<Vec<_>>().join(" ");
                input type="hidden" name="only" value=(only);
                @for field in &page.fields {
                    @let why = wrong.iter().find(|(id, _)| *id == field.id).map(|(_, why)| *why);
                    @let is_typed = why.is_some() && !page.has_files();
                    @let value = if is_typed { typed.get(&field.id) } else { answers.get(&field.id) };
                    (self.draw_question(field, value.map_or("", String::as_str), why))
                }
                (draw_unsent_notice(sheet))
                div.hoi-steps-on {
                    button.hoi-go type="submit" name="go" value="next" { (sheet.page_word(Msg::Next)) }
                    @if page.fields.iter().any(|field| papers::takes_more(field, answers)) {
                        button.hoi-other type="submit" name="go" value="stay" { (sheet.page_word(Msg::AddFile)) }
                    }
                    @if page.number > 1 {
                        button.hoi-other type="submit" name="go" value="back" { (sheet.page_word(Msg::Back)) }
                    }
                }
            }
            (self.draw_delete_button())
        };
        let mark =
            if wrong.is_empty() { String::new() } else { format!("{}: ", sheet.page_word(Msg::ErrorPrefix)) };
        sheet.draw_titled_page(&format!("{mark}{title}"), self.draw_title(), content)
    }

    /// What is wrong, with links to where.
    fn draw_error_summary(&self, wrong: &[(String, Wrong)]) -> Markup {
        html! {
            div.hoi-problems role="alert" tabindex="-1" {
                h2 { (self.sheet.page_word(Msg::ErrorSummary)) }
                ul {
                    @for (id, why) in wrong {
                        li { a href={ "#f-" (id) } {
                            @if let Some(field) = self.form.field_by_id(id) {
                                (self.mark_text(&field.label)) (label_stop(self.text_of(&field.label))) " " (self.error_sentence(field, *why))
                            }
                        } }
                    }
                }
            }
        }
    }

    fn draw_question(&self, field: &Field, value: &str, wrong: Option<Wrong>) -> Markup {
        let id = format!("f-{}", field.id);
        let (hint, enough, fault) = (format!("{id}-hint"), format!("{id}-enough"), format!("{id}-wrong"));
        let part = date::partial_date_hint(field).map(|word| self.sheet.page_word(word));
        let described = [(field.help.is_some(), &hint), (part.is_some(), &enough), (wrong.is_some(), &fault)];
        let described: Vec<&str> =
            described.into_iter().filter_map(|(there, name)| there.then_some(name.as_str())).collect();
        let described = (!described.is_empty()).then(|| described.join(" "));
        let invalid = wrong.map(|_| "true");
        let label = html! {
            (self.mark_text(&field.label))
            @if field.optional { span.hoi-optional { " (" (self.sheet.page_word(Msg::Optional)) ")" } }
        };
        let below = html! {
            @if let Some(help) = &field.help { p.hoi-hint id=(hint) { (self.mark_text(help)) } }
            @if let Some(part) = part { p.hoi-hint id=(enough) { (part) } }
            @if let Some(why) = wrong { p.hoi-wrong id=(fault) { (self.error_sentence(field, why)) } }
        };
        let name = format!("f.{}", field.id);
        let (described, name) = (described.as_deref(), name.as_str());
        let grouped = |content: Markup| {
            html! {
                fieldset.hoi-group aria-describedby=[described] { legend { (label) } (below) (content) }
            }
        };
        let (kind, keyboard, known) = typed_as(&field.kind);
        match &field.kind {
            FieldKind::Date { .. } => grouped(date::date_fields(self.sheet, &id, name, value, invalid)),
            FieldKind::Choice { choices } => grouped(html! {
                @for (at, choice) in choices.iter().enumerate() {
                    (draw_radio(&radio_id(&id, at), name, &choice.value, value, self.mark_text(&choice.label)))
                }
            }),
            FieldKind::YesNo => grouped(html! {
                (draw_radio(&id, name, "yes", value, html! { (self.sheet.page_word(Msg::Yes)) }))
                (draw_radio(&radio_id(&id, 1), name, "no", value, html! { (self.sheet.page_word(Msg::No)) }))
            }),
            FieldKind::Consent => html! {
                div.hoi-group {
                    div.hoi-pick {
                        input type="checkbox" id=(id) name=(name) value="yes" checked[value == "yes"]
                            aria-describedby=[described] aria-invalid=[invalid];
                        label for=(id) { (label) }
                    }
                    (below)
                }
            },
            FieldKind::Long { .. } | FieldKind::Address => html! {
                div.hoi-group {
                    label for=(id) { (label) }
                    (below)
                    textarea.hoi-field id=(id) name=(name) rows="4" autocomplete=(known)
                        aria-describedby=[described] aria-invalid=[invalid] { "\n" (value) }
                }
            },
            FieldKind::File(kinds) => papers::draw_document_field(
                self.sheet,
                field,
                kinds,
                value,
                (label, below),
                (described, invalid),
            ),
            FieldKind::Text { .. }
            | FieldKind::Number { .. }
            | FieldKind::Phone
            | FieldKind::NationalId
            | FieldKind::Passport
            | FieldKind::CitizenOrPassport
            | FieldKind::Email => html! {
                div.hoi-group {
                    label for=(id) { (label) }
                    (below)
                    input.hoi-field id=(id) name=(name) value=(value) type=(kind) inputmode=[keyboard]
                        autocomplete=(known)
                        aria-describedby=[described] aria-invalid=[invalid];
                }
            },
        }
    }

    /// Everything that was answered, each with a way back to it.
    fn review_page(&self, answers: &Answers) -> Markup {
        let sheet = self.sheet;
        let agency = self.site.text_in(&self.site.settings.name, self.lang);
        html! {
            p.hoi-hint { (self.draw_title()) }
            form.hoi-question method="post" action=(self.form_action()) data-stays=(self.name) {
                (self.hidden_fields(""))
                // What Enter presses comes first.
                button.hoi-hidden type="submit" name="go" value="open" tabindex="-1" aria-hidden="true" {}
                dl.hoi-answers {
                    @for field in asked_fields(self.form, answers) {
                        @let answer = answers.get(&field.id).map_or("", String::as_str);
                        div {
                            dt { (self.mark_text(&field.label)) }
                            dd { (self.draw_answer(field, answer)) }
                            dd.hoi-change {
                                button.hoi-link type="submit" name="go" value={ "edit:" (field.id) }
                                    aria-label={ (sheet.page_word(Msg::Change)) ": " (self.text_of(&field.label)) } {
                                    (sheet.page_word(Msg::Change))
                                }
                            }
                        }
                    }
                }
                p.hoi-hint { (sheet.interface_lang().submit_note(agency)) }
                (draw_unsent_notice(sheet))
                @let send = if self.adds { Msg::SendDocuments } else { Msg::SubmitApplication };
                button.hoi-go type="submit" name="go" value="send" { (sheet.page_word(send)) }
            }
            (self.draw_delete_button())
        }
    }

    /// An answer as people read it.
    fn draw_answer(&self, field: &Field, answer: &str) -> Markup {
        let yes = |answer: &str| if answer == "yes" { Msg::Yes } else { Msg::No };
        html! {
            @if answer.is_empty() { span.hoi-hint { (self.sheet.page_word(Msg::NotAnswered)) } }
            @else if let Some(label) = choice_label(self.site, field, answer, self.lang) { span lang=(self.lang) { (label) } }
            @else if matches!(field.kind, FieldKind::YesNo | FieldKind::Consent) { (self.sheet.page_word(yes(answer))) }
            @else if matches!(field.kind, FieldKind::Date { .. }) { (case::format_date(answer, self.sheet.lang)) }
            @else if matches!(field.kind, FieldKind::File(_)) { (papers::draw_document_list(self.sheet, answer)) }
            @else { span.hoi-lines { (answer) } }
        }
    }

    fn draw_delete_button(&self) -> Markup {
        // Papers are taken away one by one.
        if self.adds {
            return html! {};
        }
        html! {
            form.hoi-away method="post" action=(self.form_action()) data-stays=(self.name) {
                (self.hidden_fields(""))
                (draw_unsent_notice(self.sheet))
                p.hoi-hint { (self.sheet.page_word(Msg::DraftKept)) }
                button.hoi-link type="submit" name="go" value="delete" { (self.sheet.page_word(Msg::DeleteForm)) }
            }
        }
    }

    fn form_action(&self) -> String {
        format!("/s/{}/form", self.sheet.look.site)
    }

    fn hidden_fields(&self, page: &str) -> Markup {
        html! {
            @if let Some(pass) = self.pass { input type="hidden" name="pass" value=(pass); }
            @else { input type="hidden" name="ticket" value=(self.sheet.ticket.unwrap_or_default()); }
            input type="hidden" name="lang" value={ (self.sheet.lang) "," (self.lang) };
            input type="hidden" name="mode" value=(self.sheet.place.mode_name());
            input type="hidden" name="scheme" value=(self.sheet.scheme.name());
            input type="hidden" name="procedure" value=(self.name);
            input type="hidden" name="page" value=(page);
            @if self.one_each { input type="hidden" name="view" value="plain"; }
        }
    }

    /// What is wrong, in a sentence.
    fn error_sentence(&self, field: &Field, wrong: Wrong) -> String {
        if let FieldKind::File(kinds) = &field.kind {
            return papers::document_error_sentence(self.sheet, kinds, wrong);
        }
        let lang = self.sheet.interface_lang();
        let message = match wrong {
            Wrong::Short(n) => return lang.text_too_short(n),
            Wrong::Long(n) => return lang.text_too_long(n),
            Wrong::Less(n) => return lang.number_too_small(n),
            Wrong::More(n) => return lang.number_too_large(n),
            Wrong::Missing => Msg::AnswerNeeded,
            Wrong::NoNumber => Msg::InvalidNumber,
            Wrong::NoDate if date::partial_date_hint(field).is_some() => Msg::InvalidPartialDate,
            Wrong::NoDate => Msg::InvalidDate,
            Wrong::Future => Msg::DateInFuture,
            Wrong::Past => Msg::DateInPast,
            Wrong::NoPhone => Msg::InvalidPhone,
            Wrong::NoNationalId => Msg::InvalidNationalId,
            Wrong::NoPassport => Msg::InvalidPassport,
            Wrong::NoCitizenOrPassport => Msg::InvalidCitizenOrPassport,
            Wrong::NoEmail => Msg::InvalidEmail,
            Wrong::NotAgreed => Msg::ConsentNeeded,
            Wrong::Otherwise | Wrong::FileSize | Wrong::FileKind | Wrong::Files(_) | Wrong::NoRoom => {
                Msg::WrongFormat
            }
        };
        lang.text(message).to_owned()
    }
}

/// What stands between a question's label and a sentence about it: one mark at its end is enough.
fn label_stop(label: &str) -> &'static str {
    if label.ends_with(['?', '？', '؟', ':', '.']) { "" } else { ":" }
}

/// The id of the radio button number `at`; the first has the question's own.
fn radio_id(id: &str, at: usize) -> String {
    if at == 0 { id.to_owned() } else { format!("{id}-{at}") }
}

fn draw_radio(id: &str, name: &str, own: &str, value: &str, label: Markup) -> Markup {
    html! {
        div.hoi-pick {
            input type="radio" id=(id) name=(name) value=(own) checked[own == value];
            label for=(id) { (label) }
        }
    }
}

/// How a line is typed: its type, the keyboard for it, and what the browser may know already. Not names and birthdays: a
/// form often asks for somebody else's.
fn typed_as(kind: &FieldKind) -> (&'static str, Option<&'static str>, &'static str) {
    match kind {
        FieldKind::Phone => ("tel", None, "tel"),
        FieldKind::Email => ("email", None, "email"),
        FieldKind::Address => ("text", None, "street-address"),
        FieldKind::Number { .. } | FieldKind::NationalId => ("text", Some("numeric"), "off"),
        FieldKind::Text { .. }
        | FieldKind::Long { .. }
        | FieldKind::Date { .. }
        | FieldKind::Passport
        | FieldKind::CitizenOrPassport
        | FieldKind::Choice { .. }
        | FieldKind::YesNo
        | FieldKind::Consent
        | FieldKind::File(_) => ("text", None, "off"),
    }
}
