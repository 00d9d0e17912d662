//! Files at the desk, in the worker: `POST /desk/s/<site>/chat/<id>/file` takes one for the visitor, `GET …/file/<file>` gives one back that
//! stands in the conversation. The session says who asks; no visitor's ticket does.

use super::{
    answers::fault,
    config::Config,
    conversation_object::{DeskFetching, DeskVisit},
    form::drain,
    signed::{Signed, signed_in},
    sites,
    sql_log::Whose,
    uploads::{carry, chosen, fetched, form},
};
use wire::{Fault, Id};
use worker::{Env, Request, Response, Result};

/// Takes a file from a page of the edge's own.
pub async fn take(mut request: Request, env: &Env, config: &Config, whose: Whose) -> Result<Response> {
    let own = request.headers().get("origin")?.is_some_and(|origin| origin == config.origin);
    if !own {
        return fault(Fault::Origin, 403);
    }
    let Some(signed) = signed_in(env, config, &request, &whose.site).await? else {
        // Whoever is still sending is to read that the session is over.
        drain(&mut request).await;
        return fault(Fault::Ticket, 401);
    };
    let published = sites::published(env, &whose.site).await?;
    let rules = published.as_ref().and_then(|published| published.site.settings.files.as_ref());
    let Some(rules) = rules else { return fault(Fault::FileKind, 404) };
    let Some(form) = form(&mut request, rules).await? else { return fault(Fault::TooLong, 413) };
    let Some((id, file)) = chosen(&form) else { return fault(Fault::Malformed, 400) };
    let visit = visit(signed, whose);
    carry(env, config, &visit.whose, ("desk/file", &visit), (id, &file)).await
}

/// Gives a file. The cookie goes with no request of another site's, so that nobody else can have one fetched.
pub async fn give(request: &Request, env: &Env, config: &Config, whose: Whose, file: Id) -> Result<Response> {
    let Some(signed) = signed_in(env, config, request, &whose.site).await? else {
        return fault(Fault::Ticket, 401);
    };
    let fetching = DeskFetching { visit: visit(signed, whose), file };
    fetched(env, &fetching.visit.whose, "desk/fetch", &fetching).await
}

fn visit(signed: Signed, whose: Whose) -> DeskVisit {
    DeskVisit { whose, who: signed.who(), session: signed.session }
}
