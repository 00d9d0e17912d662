//! Notices, sources.

use super::text::runs;
use crate::view::{
    link::link,
    piece::{Piece, el, text, with_text},
    texts::Texts,
};
use wire::{Link, Run, Word};

/// Something not to be missed.
pub fn notice(words: &[Run], texts: &Texts) -> Piece {
    let mark = with_text("strong", "hoi-notice-mark", texts.word(Word::Important));
    runs(el("p", "hoi-notice").child(mark), words, texts)
}

/// Where the answer comes from.
pub fn source(way: &Link, texts: &Texts) -> Piece {
    let label = text(&[texts.word(Word::Source), ": "].concat());
    el("p", "hoi-source").child(label).child(link(&way.href, "hoi-link", text(&way.label), texts))
}
