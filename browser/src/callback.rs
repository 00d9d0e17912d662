//! Functions of ours that the browser calls.

use wasm_bindgen::{JsValue, closure::Closure};

/// `call` as a function of JavaScript's, for as long as that holds it. One kind for all: each would be code of its own.
pub fn always(call: Box<dyn FnMut(JsValue)>) -> JsValue {
    Closure::wrap(call).into_js_value()
}

/// The same, for one call.
pub fn once(call: Box<dyn FnOnce(JsValue)>) -> JsValue {
    let mut call = Some(call);
    always(Box::new(move |value| {
        if let Some(call) = call.take() {
            call(value);
        }
    }))
}
