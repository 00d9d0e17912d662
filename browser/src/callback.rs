//! Functions of ours that the browser calls.

use wasm_bindgen::{JsValue, closure::Closure};

/// `call` as a function of JavaScript's, for as long as that holds it. One kind for all: each would be code of its own.
pub fn js_callback(call: Box<dyn FnMut(JsValue)>) -> JsValue {
    Closure::wrap(call).into_js_value()
}

/// The same, for one call.
pub fn js_callback_once(call: Box<dyn FnOnce(JsValue)>) -> JsValue {
    let mut call = Some(call);
    js_callback(Box::new(move |value| {
        if let Some(call) = call.take() {
            call(value);
        }
    }))
}
