//! Frames that are posted, where no socket gets through: `POST /s/<site>/line`, a [`wire::Post`].

use super::{
    alarm,
    answers::{fault, shared_with, slow_down},
    callback::bounded,
    conversation_object::Lined,
    conversing::{Inner, Speaker},
    frame::{Hello, VISITOR, welcome},
    meaning,
    pages::{Guest, tell},
    platform::now,
    quota, sites, streams,
};
use crate::{quota::What, rate_limit::Excess};
use std::{cell::RefCell, rc::Rc};
use wire::{Down, Fault, Post, Up, limits};
use worker::{Headers, Request, Response, Result};

/// Answers one post, in the worker: nothing is made for who has no ticket or comes too often.
pub async fn answer(guest: &Guest<'_>, mut request: Request) -> Result<Response> {
    let Some(from) = guest.allowed(&request)? else { return fault(Fault::Origin, 403) };
    let refused = |code, status| shared_with(fault(code, status)?, &from);
    let accept = request.headers().get("accept")?.unwrap_or_default();
    let stream = accept.contains("text/event-stream");
    let address = quota::address(guest.env, guest.config, guest.published, &request)?;
    let Some(body) = bounded(&mut request, limits::MAX_POST_BYTES).await? else {
        return refused(Fault::TooLong, 413);
    };
    let post = serde_json::from_slice::<Post>(&body).ok().filter(|post| post.up.len() <= limits::MAX_POSTED);
    let Some(Post { ticket, up }) = post else { return refused(Fault::Malformed, 400) };
    let Some(known) = guest.opens(&ticket) else { return refused(Fault::Ticket, 401) };
    let begins = |up: &Up| matches!(up, Up::Hello { epoch: None, .. });
    let what = if stream || up.iter().any(begins) { What::Connection } else { What::Look };
    if let Some(wait) = quota::knock(guest.env, guest.published, what, known.begun, address.as_ref()).await? {
        return shared_with(slow_down(wait)?, &from);
    }
    let visit = guest.visit(known, address);
    let whose = visit.whose.clone();
    let answered = tell(guest.env, &whose, "line", &Lined { visit, up, stream }).await?;
    let headers = Headers::from_iter(answered.headers().entries());
    shared_with(answered.with_headers(headers), &from)
}

/// What the object makes of it.
pub async fn spoken(inner: &Rc<Inner>, lined: Lined) -> Result<Response> {
    let Lined { visit, up, stream } = lined;
    let Some(published) = sites::published(&inner.env, &visit.whose.site).await? else {
        return fault(Fault::NoSite, 404);
    };
    if inner.log.borrow().is_erased() {
        return told(&[serde_json::to_string(&Down::Erased)?]);
    }
    if !inner.is_current(&visit) {
        return fault(Fault::Ticket, 401);
    }
    inner.look_into(&published, &visit);
    let answer = RefCell::new(Vec::new());
    for up in up {
        let excess = inner.rates.borrow_mut().take(VISITOR, 1.0, &published.site.settings.limits, now());
        if let Err(excess) = excess {
            if let Excess::Tell(wait) | Excess::Close(wait) = excess {
                let id = if let Up::Say { id, .. } = up { Some(id) } else { None };
                answer.borrow_mut().push(Down::Fault { id, code: Fault::TooFast, retry_ms: Some(wait) });
            }
            continue;
        }
        if let Up::Hello { v, ticket, epoch, after, .. } = up {
            let told = welcome(inner, &published, &visit, &Hello { v, ticket, epoch, after });
            let told = told.unwrap_or_else(|(code, retry_ms)| vec![Down::Fault { id: None, code, retry_ms }]);
            answer.borrow_mut().extend(told);
            alarm::resume(inner, &visit.whose);
        } else {
            meaning::attach(&inner.env, &published).await;
            Inner::say(inner, &published, &visit, up, &Speaker::Post(&answer)).await?;
        }
    }
    let frames = answer.into_inner();
    let frames: Vec<String> =
        frames.iter().map(serde_json::to_string).collect::<std::result::Result<_, _>>()?;
    if stream {
        return streams::begin(inner, &frames);
    }
    told(&frames)
}

/// These frames, a line each.
fn told(frames: &[String]) -> Result<Response> {
    let headers = Headers::new();
    headers.set("content-type", "application/x-ndjson; charset=utf-8")?;
    headers.set("cache-control", "no-store")?;
    headers.set("x-content-type-options", "nosniff")?;
    Ok(Response::from_bytes(frames.join("\n").into_bytes())?.with_headers(headers))
}
