//! Notices, sources.

use super::text::add_runs;
use crate::view::{
    dom::{ViewNode, element_with_text, new_element, new_text},
    link::render_link,
    texts::UiTexts,
};
use wire::{Link, Run, Word};

/// Something not to be missed.
pub fn render_notice(words: &[Run], texts: &UiTexts) -> ViewNode {
    let mark = element_with_text("strong", "hoi-notice-mark", texts.word_text(Word::Important));
    add_runs(new_element("p", "hoi-notice").with_child(mark), words, texts)
}

/// Where the answer comes from.
pub fn render_source(way: &Link, texts: &UiTexts) -> ViewNode {
    let label = new_text(&[texts.word_text(Word::Source), ": "].concat());
    new_element("p", "hoi-source").with_child(label).with_child(render_link(
        &way.href,
        "hoi-link",
        new_text(&way.label),
        texts,
    ))
}
