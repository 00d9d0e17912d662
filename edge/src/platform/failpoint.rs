//! Breaking on purpose: `HOI_DRILL` names a handler and which of its calls, as `alarm:1`, and that call panics. Bound in
//! tests only, to show that one request's panic is nobody else's: see `tests/all/drills.rs`. What may fail in an orderly way
//! fails as often as the number says: `danger_data:2`, the first two times.

use super::config::read_binding;
use std::{
    cell::{OnceCell, RefCell},
    collections::HashMap,
};
use worker::{Env, Error, Result};

thread_local! {
    /// Read once: nothing is looked up for every frame of every visitor.
    static WANTED: OnceCell<Option<String>> = const { OnceCell::new() };
    static CALLS: RefCell<HashMap<&'static str, u32>> = RefCell::default();
}

/// A call of `handler` begins.
pub fn panic_if_due(env: &Env, handler: &'static str) {
    #[expect(clippy::panic, reason = "that is the drill")]
    if let Some((call, wanted)) = count_call(env, handler)
        && call == wanted
    {
        panic!("drill in {handler}");
    }
}

/// The same for `step`, which may fail.
///
/// # Errors
/// If this call of it is to fail.
pub fn fail_if_due(env: &Env, step: &'static str) -> Result<()> {
    match count_call(env, step) {
        Some((call, wanted)) if call <= wanted => Err(Error::RustError(format!("drill in {step}"))),
        _ => Ok(()),
    }
}

/// Which call of `name` this is, and which one the drill names, if it is about it.
fn count_call(env: &Env, name: &'static str) -> Option<(u32, u32)> {
    let drill = WANTED.with(|wanted| wanted.get_or_init(|| read_binding(env, "HOI_DRILL")).clone())?;
    let wanted = drill.strip_prefix(name)?.strip_prefix(':')?.parse().ok()?;
    let call = CALLS.with_borrow_mut(|calls| {
        let call = calls.entry(name).or_default();
        *call += 1;
        *call
    });
    Some((call, wanted))
}
