//! Frames that are posted, where no socket gets through, in the Conversation object.

use super::{
    alarm,
    context::Inner,
    event_streams,
    execute::ByPost,
    sql_store::SqlStore,
    visitor_socket::{Hello, welcome_frames},
};
use crate::{
    cache::{attach_data, sites},
    platform::{now, response::fault_response},
    rpc::conversation::PostFrames,
};
use hoi_core::{conversation::VISITOR_LINE, limits::rate_limit::Excess};
use std::rc::Rc;
use wire::{Down, Fault, Up};
use worker::{Headers, Response, Result};

/// When trying again makes sense, in milliseconds, where it is on us that a frame was not taken.
const RETRY_MS: u64 = 2_000;

/// Handles one post; the answer holds what is said to it, or goes on as a stream.
pub async fn handle_post(inner: &Rc<Inner>, post: PostFrames) -> Result<Response> {
    let PostFrames { visit, up, stream } = post;
    let Some(published) = sites::find_published(&inner.env, &visit.whose.site).await? else {
        return fault_response(Fault::NoSite, 404);
    };
    if inner.store.read(SqlStore::is_erased)? {
        return frames_response(&[serde_json::to_string(&Down::Erased)?]);
    }
    if !inner.is_current(&visit)? {
        return fault_response(Fault::Ticket, 401);
    }
    inner.look_into(&published, &visit)?;
    let answer = ByPost::default();
    for up in up {
        let excess =
            inner.rates.borrow_mut().take_frame(VISITOR_LINE, 1.0, &published.site.settings.limits, now());
        if let Err(excess) = excess {
            if let Excess::Tell(wait) | Excess::Close(wait) = excess {
                let id = if let Up::Say { id, .. } = up { Some(id) } else { None };
                answer.0.borrow_mut().push(Down::Fault { id, code: Fault::TooFast, retry_ms: Some(wait) });
            }
            continue;
        }
        if let Up::Hello { v, ticket, epoch, after, .. } = up {
            let told = welcome_frames(inner, &published, &visit, &Hello { v, ticket, epoch, after }).await?;
            let told = told.unwrap_or_else(|(code, retry_ms)| vec![Down::Fault { id: None, code, retry_ms }]);
            answer.0.borrow_mut().extend(told);
            alarm::resume_deliveries(inner, &visit.whose)?;
        } else {
            if let Err(error) = attach_data(&inner.env, &published).await {
                // As on a socket: nothing was acknowledged, so the widget will say it again.
                worker::console_error!("a frame could not be handled: {error}");
                answer.0.borrow_mut().push(Down::Fault {
                    id: None,
                    code: Fault::Internal,
                    retry_ms: Some(RETRY_MS),
                });
                break;
            }
            Inner::handle_frame(inner, &published, &visit, up, &answer).await?;
        }
    }
    let frames = answer.0.into_inner();
    let frames: Vec<String> =
        frames.iter().map(serde_json::to_string).collect::<std::result::Result<_, _>>()?;
    if stream {
        return event_streams::stream_response(inner, &frames);
    }
    frames_response(&frames)
}

/// These frames, a line each.
fn frames_response(frames: &[String]) -> Result<Response> {
    let headers = Headers::new();
    headers.set("content-type", "application/x-ndjson; charset=utf-8")?;
    headers.set("cache-control", "no-store")?;
    headers.set("x-content-type-options", "nosniff")?;
    Ok(Response::from_bytes(frames.join("\n").into_bytes())?.with_headers(headers))
}
