//! Tables and pictures.

use crate::view::{
    block::text::runs,
    piece::{Piece, el, with_text},
    texts::Texts,
};
use wire::Run;

/// A table. A wide one scrolls by itself, with the keyboard, too.
pub fn table(head: &[Vec<Run>], rows: &[Vec<Vec<Run>>], texts: &Texts) -> Piece {
    let row = |cells: &[Vec<Run>], tag: &str| {
        let cells = cells.iter().map(|cell| {
            let cell = runs(el(tag, ""), cell, texts);
            if tag == "th" { cell.attr("scope", "col") } else { cell }
        });
        el("tr", "").children(cells)
    };
    let table = el("table", "")
        .child(el("thead", "").child(row(head, "th")))
        .child(el("tbody", "").children(rows.iter().map(|cells| row(cells, "td"))));
    el("div", "hoi-table").attr("tabindex", "0").attr("role", "group").child(table)
}

/// A picture from one of the site's own hosts; of any other, only what it shows.
pub fn image(src: &str, alt: &str, texts: &Texts) -> Piece {
    if !texts.look().allows_picture(src) {
        return with_text("p", "hoi-text-block", alt);
    }
    el("img", "hoi-picture").attr("src", src).attr("alt", alt).attr("loading", "lazy")
}
