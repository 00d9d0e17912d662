//! One person's data, at the desk: `POST /desk/s/<site>/chat/<id>/erase` and `…/export`. For leads, with a reason; each is an
//! act in the trail.

use super::{
    erasure::{data_request, erase_conversation, export_conversation, find_conversations},
    staff_session::find_signed_in,
};
use crate::{
    platform::{
        body::read_bounded,
        config::Config,
        response::{fault_response, json_response},
    },
    rpc::{
        ObjectCall as _,
        conversation::{ConversationKey, ReadVisitorId},
    },
};
use hoi_core::erasure::Selector;
use serde::Deserialize;
use wire::{Fault, Id, desk::Role};
use worker::{Env, Request, Response, Result};

/// Longest order, in bytes.
const MAX_ORDER_BYTES: usize = 4 * 1024;

/// What a lead wants.
#[derive(Debug, Deserialize)]
struct DataOrder {
    /// Why; it stands in the trail.
    reason: String,
    /// Whether all conversations are meant of the visitor whom the host's server has signed here.
    #[serde(default)]
    everything: bool,
    /// Whether cases that were handed in are erased, too.
    #[serde(default)]
    cases: bool,
}

/// Erases, or gives a copy.
pub async fn handle(
    mut request: Request,
    env: &Env,
    config: &Config,
    whose: ConversationKey,
    erases: bool,
) -> Result<Response> {
    let own = request.headers().get("origin")?.is_some_and(|origin| origin == config.origin);
    if !own {
        return fault_response(Fault::Origin, 403);
    }
    let Some(signed) = find_signed_in(env, config, &request, &whose.site).await? else {
        return fault_response(Fault::Ticket, 401);
    };
    if signed.role != Role::Lead {
        return fault_response(Fault::Stranger, 403);
    }
    let Some(body) = read_bounded(&mut request, MAX_ORDER_BYTES).await? else {
        return fault_response(Fault::TooLong, 413);
    };
    let order = wire::parse_json::<DataOrder>(&body).ok().filter(|order| !order.reason.trim().is_empty());
    let Some(DataOrder { reason, everything, cases }) = order else {
        return fault_response(Fault::Malformed, 422);
    };
    let visitor: Option<String> =
        if everything { ReadVisitorId(whose.clone()).call(env, &whose).await? } else { None };
    let selector = Selector { visitor, reason, cases, ..Selector::default() };
    let all: Vec<Id> = match &selector.visitor {
        Some(_) => find_conversations(env, &whose.site, &selector).await?.unwrap_or_default(),
        None => Vec::new(),
    };
    let own = whose.conversation;
    let all: Vec<Id> = [own].into_iter().chain(all.into_iter().filter(|id| *id != own)).collect();
    if erases {
        let mut erased = Vec::new();
        for id in all {
            erased
                .push(erase_conversation(env, data_request(&whose.site, id, &signed.name, &selector)).await?);
        }
        return json_response(&serde_json::json!({ "erased": erased }));
    }
    let mut copies = Vec::new();
    for id in all {
        let copy = export_conversation(env, data_request(&whose.site, id, &signed.name, &selector)).await?;
        copies.extend(copy.map(|(copy, _)| copy));
    }
    json_response(
        &serde_json::json!({ "v": hoi_core::erasure::export::VERSION, "site": whose.site, "conversations": copies }),
    )
}
