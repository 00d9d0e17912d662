//! What a message holds, block by block. The same shapes as in `widget/src/view/block`.

use super::{Page, file::file, header::icon};
use maud::{Markup, html};
use wire::{Block, Card, Contact, Link, Look, Procedure, Run, Word, Words};

/// The blocks of a message, from top to bottom.
pub fn blocks(page: &Page<'_>, blocks: &[Block]) -> Markup {
    html! { @for each in blocks { (block(each, &page.boot.look, page.words(), Some(page))) } }
}

/// The same where no conversation is shown: a visitor's files can't be brought from there.
pub fn apart(blocks: &[Block], look: &Look, words: &Words) -> Markup {
    html! { @for each in blocks { (block(each, look, words, None)) } }
}

fn block(block: &Block, look: &Look, words: &Words, page: Option<&Page<'_>>) -> Markup {
    match block {
        Block::Text { runs: text } => html! { p.hoi-text-block { (runs(text, words)) } },
        Block::Heading { runs: text } => html! { h2.hoi-heading { (runs(text, words)) } },
        Block::List { ordered, items } => list(*ordered, items, words),
        Block::Table { head, rows } => table(head, rows, words),
        Block::Image { src, alt } if look.shows(src) => {
            html! { img.hoi-picture src=(src) alt=(alt) loading="lazy"; }
        }
        Block::Image { alt, .. } => html! { p.hoi-text-block { (alt) } },
        Block::Notice { runs: text } => notice(runs(text, words), words),
        Block::Source(way) => html! {
            p.hoi-source { (words.get(Word::Source)) ": " (link(&way.href, "hoi-link", html! { (way.label) }, words)) }
        },
        Block::Card(each) => card(each, words),
        Block::Procedure(each) => procedure(each, look, words),
        Block::Contact(each) => contact(each, words),
        Block::Input(input) => html! { p.hoi-asked { (input.label) } },
        Block::File(each) => file(each, words, page),
        Block::Unknown => html! { p.hoi-state { (words.get(Word::CantShow)) } },
    }
}

/// Runs of text; a line break in them is drawn by the style sheet.
pub fn runs(runs: &[Run], words: &Words) -> Markup {
    html! { @for each in runs { (run(each, words)) } }
}

fn run(run: &Run, words: &Words) -> Markup {
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
        Some(href) => link(href, "hoi-link", markup, words),
        None => markup,
    }
}

/// A link, if `href` leads where a message may lead; else only its text.
pub fn link(href: &str, class: &str, inner: Markup, words: &Words) -> Markup {
    if !leads_somewhere_safe(href) {
        return inner;
    }
    if !href.starts_with("http") {
        return html! { a class=(class) href=(href) { (inner) } };
    }
    html! {
        a class=(class) href=(href) target="_blank" rel="noopener noreferrer" {
            (inner) span.hoi-hidden { " " (words.get(Word::NewWindow)) }
        }
    }
}

/// The edge has checked links when it read them; what a page of ours shows is checked once more where it is drawn.
fn leads_somewhere_safe(href: &str) -> bool {
    ["https://", "http://localhost", "http://127.0.0.1", "mailto:", "tel:"]
        .iter()
        .any(|start| href.starts_with(start))
}

fn list(ordered: bool, items: &[Vec<Run>], words: &Words) -> Markup {
    let items = html! { @for item in items { li { (runs(item, words)) } } };
    if ordered {
        html! { ol.hoi-list { (items) } }
    } else {
        html! { ul.hoi-list { (items) } }
    }
}

/// Something not to be missed.
pub fn notice(inner: Markup, words: &Words) -> Markup {
    html! { p.hoi-notice { strong.hoi-notice-mark { (words.get(Word::Important)) } (inner) } }
}

fn table(head: &[Vec<Run>], rows: &[Vec<Vec<Run>>], words: &Words) -> Markup {
    html! {
        div.hoi-table tabindex="0" role="group" {
            table {
                thead { tr { @for cell in head { th scope="col" { (runs(cell, words)) } } } }
                tbody { @for row in rows { tr { @for cell in row { td { (runs(cell, words)) } } } } }
            }
        }
    }
}

fn card(card: &Card, words: &Words) -> Markup {
    html! {
        section.hoi-card {
            h2.hoi-card-title { (card.title) }
            @if !card.runs.is_empty() { p.hoi-text-block { (runs(&card.runs, words)) } }
            @if let Some(way) = &card.link { (button_link(way, words)) }
        }
    }
}

fn button_link(way: &Link, words: &Words) -> Markup {
    link(&way.href, "hoi-button", html! { (way.label) }, words)
}

fn procedure(procedure: &Procedure, look: &Look, words: &Words) -> Markup {
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
                    @for (word, icon, text) in facts { (fact(words.get(word), icon, text)) }
                }
            }
            (rows(words.get(Word::Papers), "hoi-papers", &procedure.papers, true))
            (steps(words.get(Word::Steps), &procedure.steps))
            (rows(words.get(Word::Legal), "hoi-legal", &procedure.legal, false))
            // The composer's form has what opens the conversation.
            @if !procedure.form.is_empty() {
                button.hoi-button type="submit" form="hoi-composer" formaction={ "/s/" (look.site) "/form" }
                    formnovalidate formenctype="application/x-www-form-urlencoded" name="procedure" value=(procedure.form) {
                    (words.get(procedure.way()))
                }
            }
            @if let Some(way) = &procedure.link { (button_link(way, words)) }
        }
    }
}

fn fact(label: &str, name: &str, text: &str) -> Markup {
    html! {
        @if !text.is_empty() {
            div class={ "hoi-fact hoi-fact-" (name) } {
                dt { (icon(name)) (label) }
                dd { (text) }
            }
        }
    }
}

/// Something to tick off: for the visitor's own eyes, so it is sent nowhere.
fn ticked(text: &str) -> Markup {
    html! { label.hoi-tick { input type="checkbox"; span { (text) } } }
}

fn rows(label: &str, class: &str, rows: &[String], boxes: bool) -> Markup {
    html! {
        @if !rows.is_empty() {
            h3.hoi-part { (label) }
            ul class=(class) { @for row in rows { li { (if boxes { ticked(row) } else { html! { (row) } }) } } }
        }
    }
}

fn steps(label: &str, steps: &[String]) -> Markup {
    html! {
        @if !steps.is_empty() {
            h3.hoi-part { (label) }
            ol.hoi-steps { @for step in steps { li { (ticked(step)) } } }
        }
    }
}

/// How to reach the agency without the chat.
pub fn contact(contact: &Contact, words: &Words) -> Markup {
    html! {
        section.hoi-card.hoi-contact {
            h2.hoi-card-title { (words.get(Word::ReachUs)) }
            @for phone in &contact.phones {
                (link(&phone.href, "hoi-phone", html! { (icon("phone")) span { (phone.label) } }, words))
            }
            dl.hoi-facts {
                @if let Some(address) = &contact.address { (fact(words.get(Word::Address), "place", address)) }
                @if !contact.hours.is_empty() {
                    div.hoi-fact.hoi-fact-hours {
                        dt { (icon("hours")) (words.get(Word::Hours)) }
                        @for line in &contact.hours { dd { (line) } }
                    }
                }
                @if let Some(email) = &contact.email {
                    div.hoi-fact.hoi-fact-email {
                        dt { (icon("email")) (words.get(Word::Email)) }
                        dd { (link(&format!("mailto:{email}"), "hoi-link", html! { (email) }, words)) }
                    }
                }
            }
        }
    }
}
