//! Paragraphs, headings, lists.

use crate::view::{
    link::link,
    piece::{Piece, el, text},
    texts::Texts,
};
use wire::Run;

/// `place` with runs of text in it; a line break in them is drawn by the style sheet.
pub fn runs(place: Piece, runs: &[Run], texts: &Texts) -> Piece {
    place.children(runs.iter().map(|each| run(each, texts)))
}

fn run(run: &Run, texts: &Texts) -> Piece {
    let mut piece = text(&run.text);
    for (is_so, tag) in [(run.code, "code"), (run.em, "em"), (run.strong, "strong")] {
        if is_so {
            piece = el(tag, "").child(piece);
        }
    }
    match &run.href {
        Some(href) => link(href, "hoi-link", piece, texts),
        None => piece,
    }
}

/// A list, one level deep.
pub fn list(ordered: bool, items: &[Vec<Run>], texts: &Texts) -> Piece {
    let items = items.iter().map(|item| runs(el("li", ""), item, texts));
    el(if ordered { "ol" } else { "ul" }, "hoi-list").children(items)
}
