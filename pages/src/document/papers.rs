//! Files as answers: where they are chosen, and how they are shown.

use super::{icon::draw_icon, sheet::PageContext};
use hoi_core::{
    application::{
        document::parse_documents,
        form::{Answers, Wrong},
    },
    files::Paper,
};
use i18n::{Lang, Msg};
use maud::{Markup, html};
use site::{Field, FieldKind, KINDS, Papers};
use wire::{Word, format_size};

/// Where the files for `field` are chosen: what is there already, and a place for more. `label` is the question, `below` what
/// explains it; `described` names the elements that do, `invalid` is set where something is wrong.
pub(crate) fn draw_document_field(
    sheet: &PageContext<'_>,
    field: &Field,
    papers: &Papers,
    answer: &str,
    (label, below): (Markup, Markup),
    (described, invalid): (Option<&str>, Option<&str>),
) -> Markup {
    let id = format!("f-{}", field.id);
    let (kinds, large) = (format!("{id}-kinds"), format!("{id}-large"));
    let there = parse_documents(answer);
    let room = papers.most as usize > there.len();
    let described = [described, Some(&kinds)].into_iter().flatten().collect::<Vec<_>>().join(" ");
    html! {
        div.hoi-group {
            @if room { label for=(id) { (label) } } @else { p.hoi-asked-for #(id) tabindex="-1" { (label) } }
            (below)
            p.hoi-hint #(kinds) {
                (documents_hint(sheet, papers)) @if papers.most > 1 { " " (max_documents_hint(sheet, papers.most)) }
            }
            (draw_kept_documents(sheet, &there))
            @if room {
                input.hoi-upload #(id) name={ "f." (field.id) } type="file" accept=(accept_attribute(papers))
                    multiple[papers.most > 1] capture=[papers.camera.then_some("environment")]
                    aria-describedby=(described) aria-invalid=[invalid]
                    data-most=(papers.rules.max_bytes()) data-large=(large);
                // For whoever has a script, which shows it before anything is sent.
                p.hoi-wrong #(large) role="alert" hidden { (document_error_sentence(sheet, papers, Wrong::FileSize)) }
            }
        }
    }
}

/// What is wrong with a file, in a sentence.
pub(crate) fn document_error_sentence(sheet: &PageContext<'_>, papers: &Papers, wrong: Wrong) -> String {
    let words = Lang::for_tag(sheet.lang).words();
    match wrong {
        Wrong::FileSize => {
            words.text_with(Word::FileTooLarge, &format_size(papers.rules.max_bytes(), sheet.lang))
        }
        Wrong::FileKind => words.text_with(Word::FileKind, &document_kinds(papers)),
        Wrong::NoRoom => words.word_text(Word::FilesFull).to_owned(),
        Wrong::Files(n) => max_documents_hint(sheet, n),
        Wrong::Missing
        | Wrong::Short(_)
        | Wrong::Long(_)
        | Wrong::NoNumber
        | Wrong::Less(_)
        | Wrong::More(_)
        | Wrong::NoDate
        | Wrong::Future
        | Wrong::Past
        | Wrong::NoPhone
        | Wrong::NoNationalId
        | Wrong::NoPassport
        | Wrong::NoCitizenOrPassport
        | Wrong::NoEmail
        | Wrong::NotAgreed
        | Wrong::Otherwise => sheet.page_word(Msg::NoFile).to_owned(),
    }
}

/// The files of an answer, each with what it weighs.
pub(crate) fn draw_document_list(sheet: &PageContext<'_>, answer: &str) -> Markup {
    html! { ul.hoi-kept { @for paper in parse_documents(answer) { li { (draw_document_name(sheet, &paper)) } } } }
}

/// Whether more than one may still be added to `field`: then it can be uploaded without going on.
pub(crate) fn takes_more(field: &Field, answers: &Answers) -> bool {
    let FieldKind::File(papers) = &field.kind else { return false };
    let there = answers.get(&field.id).map_or(0, |answer| parse_documents(answer).len());
    there + 1 < papers.most as usize
}

fn draw_kept_documents(sheet: &PageContext<'_>, there: &[Paper]) -> Markup {
    html! {
        @if !there.is_empty() {
            ul.hoi-kept {
                @for paper in there {
                    li {
                        (draw_document_name(sheet, paper))
                        button.hoi-link type="submit" name="go" value={ "without:" (paper.id) }
                            aria-label={ (Lang::for_tag(sheet.lang).word(Word::Detach)) ": " (paper.name) } {
                            (Lang::for_tag(sheet.lang).word(Word::Detach))
                        }
                    }
                }
            }
        }
    }
}

fn draw_document_name(sheet: &PageContext<'_>, paper: &Paper) -> Markup {
    html! {
        span.hoi-kept-name { (draw_icon("file")) span { (paper.name) } }
        " " span.hoi-hint { (format_size(paper.size, sheet.lang)) }
    }
}

fn documents_hint(sheet: &PageContext<'_>, papers: &Papers) -> String {
    let most = format_size(papers.rules.max_bytes(), sheet.lang);
    sheet.interface_lang().file_hint(document_kinds(papers), most)
}

fn max_documents_hint(sheet: &PageContext<'_>, n: u32) -> String {
    sheet.interface_lang().most_files(n)
}

fn document_kinds(papers: &Papers) -> String {
    papers.rules.allow.iter().map(|ending| ending.to_uppercase()).collect::<Vec<_>>().join(", ")
}

/// What the browser offers to choose from. Endings beside types: not every phone knows every type.
fn accept_attribute(papers: &Papers) -> String {
    let allowed = KINDS.iter().filter(|(ending, _)| papers.rules.allow.iter().any(|own| own == ending));
    let both = allowed.map(|(ending, media)| format!(".{ending},{media}"));
    both.collect::<Vec<_>>().join(",").replace(".jpg,", ".jpg,.jpeg,")
}
