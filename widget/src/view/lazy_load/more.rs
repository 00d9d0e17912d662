//! Tables and pictures.

use crate::view::{
    block::text::add_runs,
    dom::{ViewNode, element_with_text, new_element},
    texts::UiTexts,
};
use wire::Run;

/// A table. A wide one scrolls by itself, with the keyboard, too.
pub fn render_table(head: &[Vec<Run>], rows: &[Vec<Vec<Run>>], texts: &UiTexts) -> ViewNode {
    let row = |cells: &[Vec<Run>], tag: &str| {
        let cells = cells.iter().map(|cell| {
            let cell = add_runs(new_element(tag, ""), cell, texts);
            if tag == "th" { cell.with_attribute("scope", "col") } else { cell }
        });
        new_element("tr", "").with_children(cells)
    };
    let table = new_element("table", "")
        .with_child(new_element("thead", "").with_child(row(head, "th")))
        .with_child(new_element("tbody", "").with_children(rows.iter().map(|cells| row(cells, "td"))));
    new_element("div", "hoi-table")
        .with_attribute("tabindex", "0")
        .with_attribute("role", "group")
        .with_child(table)
}

/// A picture from one of the site's own hosts; of any other, only what it shows.
pub fn render_image(src: &str, alt: &str, texts: &UiTexts) -> ViewNode {
    if !texts.look().allows_picture(src) {
        return element_with_text("p", "hoi-text-block", alt);
    }
    new_element("img", "hoi-picture")
        .with_attribute("src", src)
        .with_attribute("alt", alt)
        .with_attribute("loading", "lazy")
}
