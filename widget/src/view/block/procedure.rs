//! An administrative procedure: the facts first, then what to bring and what to do.

use crate::chat::{ChatEvent, LazyEvent};
use crate::host::dispatch;
use crate::view::{
    checklist::{self, Ticks},
    dom::{ViewNode, element_with_text, new_button, new_element, new_text},
    icon::icon,
    link::button_link,
    texts::UiTexts,
};
use wire::{Procedure, Word};

/// The procedure at a glance. What is empty is not shown.
pub fn render_procedure(procedure: &Procedure, texts: &UiTexts, ticks: Option<&Ticks>) -> ViewNode {
    let facts = [
        (Word::Fee, "fee", &procedure.fee),
        (Word::Time, "time", &procedure.time),
        (Word::Place, "place", &procedure.place),
    ];
    let facts: Vec<ViewNode> = facts
        .into_iter()
        .filter(|(_, _, words)| !words.is_empty())
        .map(|(word, name, words)| render_fact(texts.word_text(word), name, [new_text(words)]))
        .collect();
    let facts = (!facts.is_empty()).then(|| new_element("dl", "hoi-facts").with_children(facts));
    let card = new_element("section", "hoi-card hoi-procedure")
        .with_child(element_with_text("h2", "hoi-card-title", &procedure.title))
        .with_children(facts);
    let (papers, steps) = (&procedure.papers, &procedure.steps);
    let ticked = |first: usize| move |at: usize, row: &str| checklist::render_item(ticks, first + at, row);
    let card =
        add_list(card, texts.word_text(Word::Papers), new_element("ul", "hoi-papers"), papers, ticked(0));
    let card = add_list(
        card,
        texts.word_text(Word::Steps),
        new_element("ol", "hoi-steps"),
        steps,
        ticked(papers.len()),
    );
    let plain = |_, row: &str| element_with_text("li", "", row);
    let card =
        add_list(card, texts.word_text(Word::Legal), new_element("ul", "hoi-legal"), &procedure.legal, plain);
    let (form, way) = (procedure.form.clone(), procedure.button_word());
    let begin = (!form.is_empty()).then(|| {
        new_button("hoi-button", move || dispatch(ChatEvent::Lazy(LazyEvent::Begins(form.clone()))))
            .with_child(new_text(texts.word_text(way)))
    });
    card.with_children(begin).with_children(procedure.link.as_ref().map(|way| button_link(way, texts)))
}

/// A label with its drawing, and what there is to know, one line an item.
pub fn render_fact(label: &str, name: &str, lines: impl IntoIterator<Item = ViewNode>) -> ViewNode {
    new_element("div", &["hoi-fact hoi-fact-", name].concat())
        .with_child(new_element("dt", "").with_child(icon(name)).with_child(new_text(label)))
        .with_children(lines.into_iter().map(|line| new_element("dd", "").with_child(line)))
}

/// `card` with a heading and a list, if there is something to list.
fn add_list(
    card: ViewNode,
    label: &str,
    list: ViewNode,
    rows: &[String],
    draw: impl Fn(usize, &str) -> ViewNode,
) -> ViewNode {
    if rows.is_empty() {
        return card;
    }
    let items = rows.iter().enumerate().map(|(at, row)| draw(at, row));
    card.with_child(element_with_text("h3", "hoi-part", label)).with_child(list.with_children(items))
}
