//! Notices, sources.

use super::text::add_runs;
use crate::view::{
    dom::{ViewNode, el, text, with_text},
    link::render_link,
    texts::UiTexts,
};
use wire::{Link, Run, Word};

/// Something not to be missed.
pub fn render_notice(words: &[Run], texts: &UiTexts) -> ViewNode {
    let mark = with_text("strong", "hoi-notice-mark", texts.word_text(Word::Important));
    add_runs(el("p", "hoi-notice").child(mark), words, texts)
}

/// Where the answer comes from.
pub fn render_source(way: &Link, texts: &UiTexts) -> ViewNode {
    let label = text(&[texts.word_text(Word::Source), ": "].concat());
    el("p", "hoi-source").child(label).child(render_link(&way.href, "hoi-link", text(&way.label), texts))
}
