//! The widget's wasm. On any other machine there is nothing to start.
#![cfg_attr(target_arch = "wasm32", no_main)]

/// Lighter than the standard library's by a kilobyte, and quicker.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static MEMORY: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

/// Instead of a `main`: what the standard library does around that, for threads and streams, is nothing to a page.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen(start)]
pub fn start_widget() {
    widget::start();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {}
