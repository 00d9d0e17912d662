//! Breaking on purpose: `HOI_DRILL` names a handler and which of its calls, as `alarm:1`, and that call panics. Bound in
//! tests only, to show that one request's panic is nobody else's: see `tests/all/drills`.

use super::config::text;
use std::{
    cell::{OnceCell, RefCell},
    collections::HashMap,
};
use worker::Env;

thread_local! {
    /// Read once: nothing is looked up for every frame of every visitor.
    static WANTED: OnceCell<Option<String>> = const { OnceCell::new() };
    static CALLS: RefCell<HashMap<&'static str, u32>> = RefCell::default();
}

/// A call of `handler` begins.
pub fn here(env: &Env, handler: &'static str) {
    let Some(wanted) = WANTED.with(|wanted| wanted.get_or_init(|| text(env, "HOI_DRILL")).clone()) else {
        return;
    };
    let call = CALLS.with_borrow_mut(|calls| {
        let call = calls.entry(handler).or_default();
        *call += 1;
        *call
    });
    #[expect(clippy::panic, reason = "that is the drill")]
    if wanted == format!("{handler}:{call}") {
        panic!("drill in {handler}");
    }
}
