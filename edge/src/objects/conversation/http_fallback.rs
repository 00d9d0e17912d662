//! Frames that are posted, where no socket gets through, in the Conversation object.

use super::{
    context::ConversationContext,
    creation::count_unwritten,
    delivery,
    event_streams::format_event,
    frames::handle_frame,
    speaker::ByPost,
    sql_store::SqlStore,
    welcome::{Hello, welcome_frames},
};
use crate::{
    cache::{attach_data, sites},
    platform::{now, response::fault_response},
    rpc::conversation::PostFrames,
};
use futures_util::StreamExt as _;
use hoi_core::{conversation::VISITOR_CONNECTION, limits::frame_rate_limit::Excess};
use std::{rc::Rc, time::Duration};
use wire::{Down, Fault, Up, limits::STREAM_SILENCE_MS};
use worker::{Delay, Error, Headers, Response, Result};

/// When trying again makes sense, in milliseconds, where it is on us that a frame was not taken.
const RETRY_MS: u64 = 2_000;

/// A stream ends after so many silences; the widget opens the next one and goes on. Whoever is gone without a word
/// doesn't keep the object from sleeping for longer.
const MAX_SILENCES: u32 = 40;
/// Bytes of nothing that come first: some proxies pass an answer on only when they hold that much of it.
const PADDING: usize = 2048;

/// Handles one post; the answer holds what is said to it, or goes on as a stream.
pub async fn handle_post(context: &Rc<ConversationContext>, post: PostFrames) -> Result<Response> {
    let PostFrames { visit, up, stream } = post;
    let Some(published) = sites::find_published(&context.env, &visit.whose.site).await? else {
        return fault_response(Fault::NoSite, 404);
    };
    if context.store.read(SqlStore::is_erased)? {
        return frames_response(&[serde_json::to_string(&Down::Erased)?]);
    }
    if !context.is_current(&visit)? {
        return fault_response(Fault::Ticket, 401);
    }
    count_unwritten(context, &published, &visit)?;
    let answer = ByPost::default();
    for up in up {
        let excess = context.rates.borrow_mut().take_frame(
            VISITOR_CONNECTION,
            1.0,
            &published.site.settings.limits,
            now(),
        );
        if let Err(excess) = excess {
            if let Excess::Tell(wait) | Excess::Close(wait) = excess {
                let id = if let Up::Say { id, .. } = up { Some(id) } else { None };
                answer.0.borrow_mut().push(Down::Fault { id, code: Fault::TooFast, retry_ms: Some(wait) });
            }
            continue;
        }
        if let Up::Hello { v, ticket, epoch, after, .. } = up {
            let told =
                welcome_frames(context, &published, &visit, &Hello { v, ticket, epoch, after }).await?;
            let told = told.unwrap_or_else(|(code, retry_ms)| vec![Down::Fault { id: None, code, retry_ms }]);
            answer.0.borrow_mut().extend(told);
            delivery::resume_deliveries(context, &visit.whose)?;
        } else {
            if let Err(error) = attach_data(&context.env, &published).await {
                // As on a socket: nothing was acknowledged, so the widget will say it again.
                worker::console_error!("a frame could not be handled: {error}");
                answer.0.borrow_mut().push(Down::Fault {
                    id: None,
                    code: Fault::Internal,
                    retry_ms: Some(RETRY_MS),
                });
                break;
            }
            handle_frame(context, &published, &visit, up, &answer).await?;
        }
    }
    let frames = answer.0.into_inner();
    let frames: Vec<String> =
        frames.iter().map(serde_json::to_string).collect::<std::result::Result<_, _>>()?;
    if stream {
        return stream_response(context, &frames);
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

/// An answer that begins with `frames` and goes on with whatever is told to everybody.
fn stream_response(context: &Rc<ConversationContext>, frames: &[String]) -> Result<Response> {
    let (name, receiver) = context.streams.open_stream();
    context.streams.send(name, format!(":{}\n\n", " ".repeat(PADDING)));
    for frame in frames {
        context.streams.send(name, format_event(frame));
    }
    let this = context.clone();
    context.state.wait_until(async move {
        for _ in 0..MAX_SILENCES {
            Delay::from(Duration::from_millis(STREAM_SILENCE_MS)).await;
            if !this.streams.send(name, ":\n\n".to_owned()) {
                break;
            }
        }
        this.streams.close_stream(name);
    });
    let headers = Headers::new();
    headers.set("content-type", "text/event-stream; charset=utf-8")?;
    headers.set("cache-control", "no-store, no-transform")?;
    headers.set("x-content-type-options", "nosniff")?;
    // nginx passes it on as it comes then.
    headers.set("x-accel-buffering", "no")?;
    let body = receiver.map(|text| Ok::<_, Error>(text.into_bytes()));
    Ok(Response::from_stream(body)?.with_headers(headers))
}
