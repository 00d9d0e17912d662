//! Runs of text.

use crate::view::{
    dom::{ViewNode, new_element, new_text},
    link::render_link,
    texts::UiTexts,
};
use wire::Run;

/// `place` with runs of text in it; a line break in them is drawn by the style sheet.
pub fn add_runs(place: ViewNode, runs: &[Run], texts: &UiTexts) -> ViewNode {
    place.with_children(runs.iter().map(|each| render_run(each, texts)))
}

fn render_run(run: &Run, texts: &UiTexts) -> ViewNode {
    let mut node = new_text(&run.text);
    for (is_so, tag) in [(run.code, "code"), (run.em, "em"), (run.strong, "strong")] {
        if is_so {
            node = new_element(tag, "").with_child(node);
        }
    }
    match &run.href {
        Some(href) => render_link(href, "hoi-link", node, texts),
        None => node,
    }
}
