//! The widget's wasm. On any other machine there is nothing to start.

fn main() {
    #[cfg(target_arch = "wasm32")]
    widget::start();
}
