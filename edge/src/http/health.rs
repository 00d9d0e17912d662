//! `/health`: whether the edge can write and read, for whoever watches over it.

use crate::{
    platform::now,
    rpc::{ObjectCall as _, staff::CheckStorage},
};
use hoi_core::http::health::{HealthCheck, repeat_verdict};
use std::cell::Cell;
use worker::{Env, Headers, Response, Result, console_error};

thread_local! {
    static LAST: Cell<Option<HealthCheck>> = const { Cell::new(None) };
}

/// Answers `ok`, or 503 where nothing can be kept. Nobody on the way may keep the answer.
pub async fn handle(env: &Env) -> Result<Response> {
    let is_well = match repeat_verdict(LAST.get(), now()) {
        Some(known) => known,
        None => {
            // Whoever asks while this is under way is told what was known before: strangers write nothing by asking often.
            let before = LAST.get().is_none_or(|last| last.is_well);
            LAST.set(Some(HealthCheck { at: now(), is_well: before }));
            check_storage(env).await
        }
    };
    let headers = Headers::new();
    headers.set("content-type", "text/plain; charset=utf-8")?;
    headers.set("cache-control", "no-store")?;
    let (text, status) = if is_well { ("ok\n", 200) } else { ("not ok\n", 503) };
    Ok(Response::ok(text)?.with_headers(headers).with_status(status))
}

async fn check_storage(env: &Env) -> bool {
    let checked = CheckStorage.call(env, &()).await;
    if let Err(error) = &checked {
        console_error!("health: nothing can be written: {error}");
    }
    LAST.set(Some(HealthCheck { at: now(), is_well: checked.is_ok() }));
    checked.is_ok()
}
