//! An administrative procedure: the facts first, then what to bring and what to do.

use crate::chat::{Event, LazyEvent};
use crate::host::dispatch;
use crate::view::{
    checklist::{self, Ticks},
    icon::icon,
    link::button_link,
    piece::{Piece, button, el, text, with_text},
    texts::Texts,
};
use wire::{Procedure, Word};

/// The procedure at a glance. What is empty is not shown.
pub fn procedure(procedure: &Procedure, texts: &Texts, ticks: Option<&Ticks>) -> Piece {
    let facts = [
        (Word::Fee, "fee", &procedure.fee),
        (Word::Time, "time", &procedure.time),
        (Word::Place, "place", &procedure.place),
    ];
    let facts: Vec<Piece> = facts
        .into_iter()
        .filter(|(_, _, words)| !words.is_empty())
        .map(|(word, name, words)| fact(texts.word(word), name, [text(words)]))
        .collect();
    let facts = (!facts.is_empty()).then(|| el("dl", "hoi-facts").children(facts));
    let card = el("section", "hoi-card hoi-procedure")
        .child(with_text("h2", "hoi-card-title", &procedure.title))
        .children(facts);
    let (papers, steps) = (&procedure.papers, &procedure.steps);
    let ticked = |first: usize| move |at: usize, row: &str| checklist::row(ticks, first + at, row);
    let card = rows(card, texts.word(Word::Papers), el("ul", "hoi-papers"), papers, ticked(0));
    let card = rows(card, texts.word(Word::Steps), el("ol", "hoi-steps"), steps, ticked(papers.len()));
    let plain = |_, row: &str| with_text("li", "", row);
    let card = rows(card, texts.word(Word::Legal), el("ul", "hoi-legal"), &procedure.legal, plain);
    let (form, way) = (procedure.form.clone(), procedure.button_word());
    let begin = (!form.is_empty()).then(|| {
        button("hoi-button", move || dispatch(Event::Lazy(LazyEvent::Begins(form.clone()))))
            .child(text(texts.word(way)))
    });
    card.children(begin).children(procedure.link.as_ref().map(|way| button_link(way, texts)))
}

/// A label with its drawing, and what there is to know, one line an item.
pub fn fact(label: &str, name: &str, lines: impl IntoIterator<Item = Piece>) -> Piece {
    el("div", &["hoi-fact hoi-fact-", name].concat())
        .child(el("dt", "").child(icon(name)).child(text(label)))
        .children(lines.into_iter().map(|line| el("dd", "").child(line)))
}

/// `card` with a heading and a list, if there is something to list.
fn rows(
    card: Piece,
    label: &str,
    list: Piece,
    rows: &[String],
    draw: impl Fn(usize, &str) -> Piece,
) -> Piece {
    if rows.is_empty() {
        return card;
    }
    let items = rows.iter().enumerate().map(|(at, row)| draw(at, row));
    card.child(with_text("h3", "hoi-part", label)).child(list.children(items))
}
