//! A visitor's hello: whether its ticket opens the conversation, and what is told to whom it opens.

use super::{
    admission, context::ConversationContext, creation::count_unwritten, execute::execute_effects,
    push_delivery, speaker::Nobody,
};
use crate::{
    platform::{config::read_binding, now, now_seconds},
    rpc::conversation::{ConversationKey, VisitorSession, ticket_life},
};
use hoi_core::{
    conversation::{ConversationStore as _, VISITOR_CONNECTION, handle_hello, withdraw_place},
    crypto::ticket::{self, Ticket},
    decide::Published,
    time::Seconds,
};
use std::rc::Rc;
use wire::{Down, Fault, Id};
use worker::Result;

/// A ticket with less than this share of its life left is renewed: one part in two.
const RENEW: u64 = 2;

/// Why a hello is not taken, and how long to wait, in milliseconds, if waiting helps.
pub type HelloRefusal = (Fault, Option<u64>);

/// A visitor's first words.
pub struct Hello {
    /// The protocol it speaks.
    pub v: u32,
    /// What opens the conversation.
    pub ticket: String,
    /// The epoch it knows.
    pub epoch: Option<Id>,
    /// How far it has everything.
    pub after: u64,
}

/// What somebody who says hello is told.
///
/// # Errors
/// [`Fault::Ticket`] for a ticket that doesn't open, [`Fault::Version`] for a widget too old; [`Fault::TooFast`], and how
/// long to wait in milliseconds, for one that has had the same sent again and again.
pub async fn welcome_frames(
    context: &Rc<ConversationContext>,
    published: &Rc<Published>,
    visit: &VisitorSession,
    said: &Hello,
) -> Result<std::result::Result<Vec<Down>, HelloRefusal>> {
    let site = &visit.whose.site;
    let secret = read_binding(&context.env, "HOI_SECRET").unwrap_or_default();
    let seconds = now_seconds();
    let ticket = ticket::verify_ticket(secret.as_bytes(), site, &said.ticket, seconds);
    let ticket = ticket.filter(|ticket| ticket.conversation == visit.whose.conversation);
    let generation = context.generation()?;
    let Some(ticket) = ticket.filter(|ticket| ticket.generation >= generation) else {
        return Ok(Err((Fault::Ticket, None)));
    };
    if said.v > wire::VERSION {
        return Ok(Err((Fault::Version, None)));
    }
    count_unwritten(context, published, visit)?;
    let (epoch, last, begun) =
        context.store.read(|store| Ok((store.epoch()?, store.last_seq()?, store.exists()?)))?;
    let missing = if said.epoch == Some(epoch) { last.saturating_sub(said.after) } else { last } + 1;
    let limits = &published.site.settings.limits;
    let resent = context.rates.borrow_mut().take_resends(VISITOR_CONNECTION, missing, limits, now());
    let resent = resent.and_then(|()| admission::charge_resend(published, visit, missing));
    if let Err(wait) = resent {
        return Ok(Err((Fault::TooFast, Some(wait))));
    }
    let life = ticket_life(published);
    let old = ticket.expires.saturating_sub(seconds) < Seconds(life.0 / RENEW) || begun != ticket.begun;
    let fresh = old.then(|| {
        ticket::sign_ticket(secret.as_bytes(), site, Ticket { expires: seconds + life, begun, ..ticket })
    });
    push_delivery::record_page_open(context);
    withdraw_stale_place(context, published, &visit.whose).await;
    let told = context.store.read(|store| handle_hello(store, published, said.epoch, said.after, fresh))?;
    Ok(Ok(told))
}

/// Takes back what the visitor was told of a person coming, if the agency has closed since.
async fn withdraw_stale_place(
    context: &Rc<ConversationContext>,
    published: &Published,
    whose: &ConversationKey,
) {
    let told = match context.store.transact(|store| withdraw_place(store, published, now())) {
        Ok(effects) => execute_effects(context, whose, effects, &Nobody).await,
        Err(error) => Err(error),
    };
    if let Err(error) = told {
        worker::console_error!("a place in the queue could not be taken back: {error}");
    }
}
