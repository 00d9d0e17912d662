//! Drawings, which say nothing of their own. Their shapes are in `icon.css`.

use super::piece::{Piece, el};

/// The drawing called `name`.
pub fn icon(name: &str) -> Piece {
    el("span", &["hoi-icon hoi-icon-", name].concat()).attr("aria-hidden", "true")
}
