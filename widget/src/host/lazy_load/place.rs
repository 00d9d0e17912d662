//! Where the visitor is, as the browser says when it may. Asked only after a press.

use crate::chat::{ChatEvent, LazyEvent};
use crate::host::{clock, dispatcher::dispatch, root::window};
use browser::random;
use js_sys::{Function, Number, Reflect};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};

/// Digits behind the point: a metre.
const DIGITS: u8 = 5;

/// Whether the browser can be asked.
pub fn is_available() -> bool {
    geolocation().is_some()
}

/// Asks it, for the input called `name`.
#[inline(never)]
pub fn request_location(name: String) {
    let name: Rc<str> = name.into();
    let told = |name: Rc<str>| {
        let told = move |found: JsValue| {
            let place = coordinates(&found);
            dispatch(ChatEvent::Lazy(LazyEvent::Located {
                name: (*name).to_owned(),
                place,
                id: random::random_id(),
                at: clock::now(),
            }));
        };
        Closure::<dyn FnMut(JsValue)>::new(told).into_js_value()
    };
    let asked = geolocation().and_then(|locator| {
        let ask: Function = get(&locator, "getCurrentPosition")?.dyn_into().ok()?;
        ask.call2(&locator, &told(name.clone()), &told(name.clone())).ok()
    });
    if asked.is_none() {
        dispatch(ChatEvent::Lazy(LazyEvent::Located {
            name: (*name).to_owned(),
            place: None,
            id: random::random_id(),
            at: clock::now(),
        }));
    }
}

/// Latitude and longitude of a position; nothing of an error.
fn coordinates(found: &JsValue) -> Option<[String; 2]> {
    let place = get(found, "coords")?;
    let degrees = |name| {
        let number: Number = get(&place, name)?.dyn_into().ok()?;
        number.to_fixed(DIGITS).ok()?.as_string()
    };
    Some([degrees("latitude")?, degrees("longitude")?])
}

fn geolocation() -> Option<JsValue> {
    get(&get(&window()?.into(), "navigator")?, "geolocation")
}

fn get(value: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(value, &name.into()).ok().filter(|value| !value.is_undefined())
}
