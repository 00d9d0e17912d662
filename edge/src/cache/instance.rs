//! What this instance of the worker measures in its memory, and tells the log of it.

use crate::platform::{log::write_event, now};
use hoi_core::{
    log::{LogLevel, LogValue},
    metrics::instance::{InstanceMeasures, SocketCounts},
};
use std::cell::{Cell, RefCell};

thread_local! {
    static MEASURES: RefCell<InstanceMeasures> = RefCell::default();
    /// When the first request came, in milliseconds since 1970; before it the platform has no clock.
    static STARTED: Cell<u64> = const { Cell::new(0) };
}

/// The edge's version.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// A request has come: the log hears of the first.
pub fn note_request() {
    if STARTED.get() == 0 {
        STARTED.set(now());
        write_event(LogLevel::Info, "worker.start", &[("version", LogValue::Text(VERSION))]);
    }
}

/// When the first request came, in milliseconds since 1970.
pub fn started_at() -> u64 {
    STARTED.get()
}

/// An object of `site` has so many sockets.
pub fn set_sockets(site: &str, object: &str, counts: SocketCounts) {
    MEASURES.with_borrow_mut(|measures| measures.set_sockets(site, object, counts));
}

/// All sockets at `site`.
pub fn count_sockets(site: &str) -> SocketCounts {
    MEASURES.with_borrow(|measures| measures.count_sockets(site))
}

/// Something was refused at `site` because of `limit`.
pub fn count_refusal(site: &str, limit: &'static str) {
    let told = MEASURES.with_borrow_mut(|measures| measures.count_refusal(site, limit, now()));
    if let Some(n) = told {
        let fields =
            [("site", LogValue::Text(site)), ("limit", LogValue::Text(limit)), ("n", LogValue::Number(n))];
        write_event(LogLevel::Warn, "limit.refused", &fields);
    }
}

/// What was refused at `site`, by limit.
pub fn list_refusals(site: &str) -> Vec<(&'static str, u64)> {
    MEASURES.with_borrow(|measures| measures.list_refusals(site))
}
