//! Drawings, which say nothing of their own.

use super::piece::{Piece, svg};

/// The drawing called `name`.
pub fn icon(name: &str) -> Piece {
    let drawing =
        svg("svg").attr("class", "hoi-icon").attr("viewBox", "0 0 24 24").attr("aria-hidden", "true");
    drawing.child(svg("path").attr("d", wire::icon(name)))
}
