//! What a message holds, block by block. The same shapes as in `widget/src/view/block`.

use super::{chat_page::ChatPage, file::draw_file, icon::draw_icon, link::draw_link};
use maud::{Markup, html};
use wire::{Block, Card, Contact, Link, Look, Procedure, Run, Word, Words};

/// The blocks of a message, from top to bottom.
pub fn draw_blocks(page: &ChatPage<'_>, blocks: &[Block]) -> Markup {
    html! { @for each in blocks { (draw_block(each, &page.boot.look, page.widget_words(), Some(page))) } }
}

/// The same where no conversation is shown: a visitor's files can't be brought from there.
pub fn draw_blocks_apart(blocks: &[Block], look: &Look, words: &Words) -> Markup {
    html! { @for each in blocks { (draw_block(each, look, words, None)) } }
}

fn draw_block(block: &Block, look: &Look, words: &Words, page: Option<&ChatPage<'_>>) -> Markup {
    match block {
        Block::Text { runs: text } => html! { p.hoi-text-block { (draw_runs(text, words)) } },
        Block::Heading { runs: text } => html! { h2.hoi-heading { (draw_runs(text, words)) } },
        Block::List { ordered, start, items, contents } => {
            let item = |(at, runs): (usize, &Vec<Run>)| match contents.get(at) {
                Some(inner) if !inner.is_empty() => {
                    html! { @for each in inner { (draw_block(each, look, words, page)) } }
                }
                _ => draw_runs(runs, words),
            };
            draw_list(
                *ordered,
                *start,
                html! { @for each in items.iter().enumerate() { li { (item(each)) } } },
            )
        }
        Block::Table { head, rows } => draw_table(head, rows, words),
        Block::Image { src, alt } if look.allows_picture(src) => {
            html! { img.hoi-picture src=(src) alt=(alt) loading="lazy"; }
        }
        Block::Image { alt, .. } => html! { p.hoi-text-block { (alt) } },
        Block::Notice { runs: text } => draw_notice(draw_runs(text, words), words),
        Block::Source(way) => html! {
            p.hoi-source { (words.word_text(Word::Source)) ": " (draw_link(&way.href, "hoi-link", html! { (way.label) }, words)) }
        },
        Block::Card(each) => draw_card(each, words),
        Block::Procedure(each) => draw_procedure(each, look, words),
        Block::Contact(each) => draw_contact(each, words),
        Block::Input(input) => html! { p.hoi-asked { (input.label) } },
        Block::File(each) => draw_file(each, words, page),
        Block::Unknown => html! { p.hoi-state { (words.word_text(Word::CantShow)) } },
    }
}

/// Runs of text; a line break in them is drawn by the style sheet.
pub fn draw_runs(runs: &[Run], words: &Words) -> Markup {
    html! { @for each in runs { (draw_run(each, words)) } }
}

fn draw_run(run: &Run, words: &Words) -> Markup {
    let mut markup = html! { (run.text) };
    if run.code {
        markup = html! { code { (markup) } };
    }
    if run.em {
        markup = html! { em { (markup) } };
    }
    if run.strong {
        markup = html! { strong { (markup) } };
    }
    match &run.href {
        Some(href) => draw_link(href, "hoi-link", markup, words),
        None => markup,
    }
}

fn draw_list(ordered: bool, start: Option<u32>, items: Markup) -> Markup {
    if ordered {
        html! { ol.hoi-list start=[start] { (items) } }
    } else {
        html! { ul.hoi-list { (items) } }
    }
}

/// Something not to be missed.
pub fn draw_notice(inner: Markup, words: &Words) -> Markup {
    html! { p.hoi-notice { strong.hoi-notice-mark { (words.word_text(Word::Important)) } (inner) } }
}

fn draw_table(head: &[Vec<Run>], rows: &[Vec<Vec<Run>>], words: &Words) -> Markup {
    html! {
        div.hoi-table tabindex="0" role="group" {
            table {
                thead { tr { @for cell in head { th scope="col" { (draw_runs(cell, words)) } } } }
                tbody { @for row in rows { tr { @for cell in row { td { (draw_runs(cell, words)) } } } } }
            }
        }
    }
}

fn draw_card(card: &Card, words: &Words) -> Markup {
    html! {
        section.hoi-card {
            h2.hoi-card-title { (card.title) }
            @if !card.runs.is_empty() { p.hoi-text-block { (draw_runs(&card.runs, words)) } }
            @if let Some(way) = &card.link { (button_link(way, words)) }
        }
    }
}

fn button_link(way: &Link, words: &Words) -> Markup {
    draw_link(&way.href, "hoi-button", html! { (way.label) }, words)
}

fn draw_procedure(procedure: &Procedure, look: &Look, words: &Words) -> Markup {
    let facts = [
        (Word::Fee, "fee", &procedure.fee),
        (Word::Time, "time", &procedure.time),
        (Word::Place, "place", &procedure.place),
    ];
    html! {
        section.hoi-card.hoi-procedure {
            h2.hoi-card-title { (procedure.title) }
            @if facts.iter().any(|(_, _, text)| !text.is_empty()) {
                dl.hoi-facts {
                    @for (word, icon, text) in facts { (draw_fact(words.word_text(word), icon, text)) }
                }
            }
            (draw_rows(words.word_text(Word::Papers), "hoi-papers", &procedure.papers, true))
            (draw_steps(words.word_text(Word::Steps), &procedure.steps))
            (draw_rows(words.word_text(Word::Legal), "hoi-legal", &procedure.legal, false))
            // The composer's form has what opens the conversation.
            @if !procedure.form.is_empty() {
                button.hoi-button type="submit" form="hoi-composer" formaction={ "/s/" (look.site) "/form" }
                    formnovalidate formenctype="application/x-www-form-urlencoded" name="procedure" value=(procedure.form) {
                    (words.word_text(procedure.button_word()))
                }
            }
            @if let Some(way) = &procedure.link { (button_link(way, words)) }
        }
    }
}

fn draw_fact(label: &str, name: &str, text: &str) -> Markup {
    html! {
        @if !text.is_empty() {
            div class={ "hoi-fact hoi-fact-" (name) } {
                dt { (draw_icon(name)) (label) }
                dd { (text) }
            }
        }
    }
}

/// Something to tick off: for the visitor's own eyes, so it is sent nowhere.
fn draw_checklist_item(text: &str) -> Markup {
    html! { label.hoi-tick { input type="checkbox"; span { (text) } } }
}

fn draw_rows(label: &str, class: &str, rows: &[String], boxes: bool) -> Markup {
    html! {
        @if !rows.is_empty() {
            h3.hoi-part { (label) }
            ul class=(class) { @for row in rows { li { (if boxes { draw_checklist_item(row) } else { html! { (row) } }) } } }
        }
    }
}

fn draw_steps(label: &str, steps: &[String]) -> Markup {
    html! {
        @if !steps.is_empty() {
            h3.hoi-part { (label) }
            ol.hoi-steps { @for step in steps { li { (draw_checklist_item(step)) } } }
        }
    }
}

/// How to reach the agency without the chat.
pub fn draw_contact(contact: &Contact, words: &Words) -> Markup {
    html! {
        section.hoi-card.hoi-contact {
            h2.hoi-card-title { (words.word_text(Word::ReachUs)) }
            @for phone in &contact.phones {
                (draw_link(&phone.href, "hoi-phone", html! { (draw_icon("phone")) span { (phone.label) } }, words))
            }
            dl.hoi-facts {
                @if let Some(address) = &contact.address { (draw_fact(words.word_text(Word::Address), "place", address)) }
                @if !contact.hours.is_empty() {
                    div.hoi-fact.hoi-fact-hours {
                        dt { (draw_icon("hours")) (words.word_text(Word::Hours)) }
                        @for line in &contact.hours { dd { (line) } }
                    }
                }
                @if let Some(email) = &contact.email {
                    div.hoi-fact.hoi-fact-email {
                        dt { (draw_icon("email")) (words.word_text(Word::Email)) }
                        dd { (draw_link(&format!("mailto:{email}"), "hoi-link", html! { (email) }, words)) }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::{Deserialize, Serialize};
    use std::fs;

    const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/fixtures/rich-text.json");

    /// Attributes that say nothing of the structure.
    const LOOKS: [&str; 7] = ["class", "target", "rel", "tabindex", "role", "scope", "loading"];

    #[derive(Serialize, Deserialize)]
    struct Golden {
        name: String,
        by: String,
        input: String,
        blocks: Vec<Block>,
        plain: String,
        html: String,
    }

    /// What is drawn, without what only looks and voices need.
    fn draw(blocks: &[Block]) -> String {
        let words = i18n::Lang::for_tag("vi").words();
        let note = html! { span.hoi-hidden { " " (words.word_text(Word::NewWindow)) } }.into_string();
        let mark = html! { strong.hoi-notice-mark { (words.word_text(Word::Important)) } }.into_string();
        let look = Look { pictures: vec!["a.vn".into()], ..look() };
        let html =
            draw_blocks_apart(blocks, &look, &words).into_string().replace(&note, "").replace(&mark, "");
        let kept = |part: &&str| {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            value == "\"hoi-notice\"" || !LOOKS.contains(&name)
        };
        let mut out = String::new();
        for piece in html.replace("noopener noreferrer", "noopener").split_inclusive('>') {
            let (text, tag) = piece.split_at(piece.rfind('<').unwrap_or(piece.len()));
            let parts: Vec<&str> = tag.trim_end_matches('>').split(' ').filter(kept).collect();
            out.extend([text, &parts.join(" "), if tag.ends_with('>') { ">" } else { "" }]);
        }
        out
    }

    fn look() -> Look {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/ward");
        let site = site::read::load_site(&folder).expect("it can be read").expect("it is right").site;
        site.public_look("vi", 1)
    }

    #[test]
    fn golden_html() {
        let mut all: Vec<Golden> = serde_json::from_str(&fs::read_to_string(GOLDEN).unwrap()).unwrap();
        if std::env::var_os("HOI_BLESS").is_some() {
            all.iter_mut().for_each(|golden| golden.html = draw(&golden.blocks));
            fs::write(GOLDEN, serde_json::to_string_pretty(&all).unwrap() + "\n").unwrap();
        }
        for golden in &all {
            assert_eq!(draw(&golden.blocks), golden.html, "{}", golden.name);
        }
    }
}
