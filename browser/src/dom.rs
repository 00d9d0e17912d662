//! The window and its document.

use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{Document, VisibilityState, Window};

#[wasm_bindgen]
extern "C" {
    // web-sys looks for it in four places, for workers and servers.
    #[wasm_bindgen(thread_local_v2, js_name = window)]
    static WINDOW: Option<Window>;
}

/// The window.
pub fn window() -> Option<Window> {
    WINDOW.with(Clone::clone)
}

/// The document.
pub fn document() -> Option<Document> {
    window()?.document()
}

/// Whether the document can be seen: its tab is in front.
pub fn is_visible() -> bool {
    document().is_some_and(|document| document.visibility_state() == VisibilityState::Visible)
}
