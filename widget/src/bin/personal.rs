//! A part of the widget that comes when it is first wanted: what personal data a text holds. Its wasm stands alone, so
//! that nobody who asks about opening hours loads the rules for identity numbers.

/// The kinds in `text`, as the number behind [`privacy::Kinds`], a line feed, and `text` with those in `hide` hidden.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn search(text: &str, earlier: Vec<String>, year: u32, hide: u32) -> String {
    let kinds = privacy::find_kinds(text, &earlier, year);
    let hidden = privacy::hide_all(text, &earlier, year, privacy::Kinds(hide));
    [&kinds.0.to_string(), "\n", &hidden].concat()
}

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static MEMORY: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

fn main() {}
