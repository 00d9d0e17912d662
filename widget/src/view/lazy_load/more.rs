//! Tables and pictures.

use crate::view::{
    block::text::add_runs,
    dom::{ViewNode, el, with_text},
    texts::UiTexts,
};
use wire::Run;

/// A table. A wide one scrolls by itself, with the keyboard, too.
pub fn render_table(head: &[Vec<Run>], rows: &[Vec<Vec<Run>>], texts: &UiTexts) -> ViewNode {
    let row = |cells: &[Vec<Run>], tag: &str| {
        let cells = cells.iter().map(|cell| {
            let cell = add_runs(el(tag, ""), cell, texts);
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
pub fn render_image(src: &str, alt: &str, texts: &UiTexts) -> ViewNode {
    if !texts.look().allows_picture(src) {
        return with_text("p", "hoi-text-block", alt);
    }
    el("img", "hoi-picture").attr("src", src).attr("alt", alt).attr("loading", "lazy")
}
