//! Whether the edge still knows who this is: a socket that is refused doesn't say why.

use super::{
    page::{desk_path, window},
    shell::dispatch,
};
use crate::desk::DeskEvent;
use wasm_bindgen::{JsCast, prelude::Closure};
use web_sys::{Request, RequestInit, RequestRedirect, Response, ResponseType};

/// Asks for the desk's own page: who is signed out is sent elsewhere.
pub fn check_session() {
    let init = RequestInit::new();
    init.set_method("HEAD");
    init.set_redirect(RequestRedirect::Manual);
    let Ok(request) = Request::new_with_str_and_init(&desk_path(), &init) else { return };
    let Some(asked) = window().map(|window| window.fetch_with_request(&request)) else { return };
    let answered = Closure::once_into_js(|answer: Response| {
        let away = answer.type_() == ResponseType::Opaqueredirect;
        if away || matches!(answer.status(), 401 | 403) {
            dispatch(DeskEvent::SignedOut);
        }
    });
    // That nothing can be reached is told by the line itself.
    let ignored = Closure::once_into_js(|| ());
    let _ = js_sys::Reflect::get(&asked, &"then".into())
        .and_then(|then| then.unchecked_into::<js_sys::Function>().call2(&asked, &answered, &ignored));
}
