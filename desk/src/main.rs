//! The desk's wasm. On any other machine there is nothing to start.

/// Lighter than the standard library's, and quicker.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static MEMORY: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

fn main() {
    #[cfg(target_arch = "wasm32")]
    desk::start();
}
