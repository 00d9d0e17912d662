//! Frames that are posted, where no socket gets through: `POST /s/<site>/line`, a [`wire::Post`].

use super::{
    response::{with_cors, with_own_headers},
    site_context::SiteContext,
};
use crate::{
    platform::{
        body::read_bounded,
        response::{fault_response, slow_down},
    },
    rpc::{ObjectRequest as _, conversation::PostFrames},
};
use hoi_core::limits::usage::ConnectionKind;
use wire::{Fault, Post, Up, limits};
use worker::{Request, Response, Result};

/// Answers one post, in the worker: nothing is made for who has no ticket or comes too often.
pub async fn handle(context: &SiteContext<'_>, mut request: Request) -> Result<Response> {
    let Some(from) = context.allowed_origin(&request)? else { return fault_response(Fault::Origin, 403) };
    let refused = |code, status| with_cors(fault_response(code, status)?, &from);
    let accept = request.headers().get("accept")?.unwrap_or_default();
    let stream = accept.contains("text/event-stream");
    let address = context.client_address(&request)?;
    let Some(body) = read_bounded(&mut request, limits::MAX_POST_BYTES).await? else {
        return refused(Fault::TooLong, 413);
    };
    let post = wire::parse_json::<Post>(&body).ok().filter(|post| post.up.len() <= limits::MAX_POSTED);
    let Some(Post { ticket, up }) = post else { return refused(Fault::Malformed, 400) };
    let Some(known) = context.verify_ticket(&ticket) else { return refused(Fault::Ticket, 401) };
    let begins = |up: &Up| matches!(up, Up::Hello { epoch: None, .. });
    let kind = if stream || up.iter().any(begins) { ConnectionKind::Full } else { ConnectionKind::Poll };
    if let Some(wait) = context.check_connection_quota(kind, known.begun, address.as_ref()).await? {
        return with_cors(slow_down(wait)?, &from);
    }
    let visit = context.visitor_session(known, address);
    let whose = visit.whose.clone();
    let answered = PostFrames { visit, up, stream }.send(context.env, &whose).await?;
    with_cors(with_own_headers(answered), &from)
}
