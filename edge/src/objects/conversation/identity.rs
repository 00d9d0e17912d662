//! The host says who a visitor is, and the page what he is about.

use super::{
    admission::charge_visitor, context::ConversationContext, creation::create_conversation, site_index,
    sockets::VisitorAttachment, speaker::Speaker,
};
use crate::{
    platform::{
        config::{read_binding, site_secret},
        now, now_seconds,
    },
    rpc::conversation::{REFUSED, VisitorSession, ticket_life},
};
use hoi_core::{
    conversation::{self, IdentifyOutcome},
    crypto::ticket::{self, Ticket},
    decide::Published,
    identity,
};
use std::{collections::BTreeMap, rc::Rc};
use wire::{Down, Fault};
use worker::Result;

/// A token came. Each costs what a message costs: checking a signature is work.
pub fn identify_visitor(
    context: &Rc<ConversationContext>,
    published: &Rc<Published>,
    visit: &VisitorSession,
    token: &str,
    speaker: &impl Speaker<Down>,
) -> Result<()> {
    let refuse = |code, retry_ms| speaker.reply(Down::Fault { id: None, code, retry_ms });
    let settings = &published.site.settings;
    let Some(by) = &settings.identity else { return refuse(Fault::Identity, None) };
    let known = {
        if let Err(wait) = charge_visitor(context, published, visit)? {
            return refuse(Fault::TooFast, Some(wait));
        }
        create_conversation(context, published, visit)?;
        let secret = site_secret(&context.env, &by.secret);
        match identity::verify_identity_token(token, by, &secret, &settings.site, now_seconds()) {
            Ok(visitor) => {
                Some(context.store.transact(|store| conversation::identify_visitor(store, visitor))?)
            }
            Err(refusal) => {
                // The code says nothing of the visitor, and the visitor is not told it.
                worker::console_warn!("site {}: a visitor's token is refused: {refusal}", settings.site);
                None
            }
        }
    };
    if known.is_some() {
        site_index::update_listing(context, &visit.whose, published)?;
    }
    match known {
        None => refuse(Fault::Identity, None),
        Some(IdentifyOutcome::Stranger) => refuse(Fault::Stranger, None),
        Some(IdentifyOutcome::Before) => speaker.reply(Down::Identified { ticket: None }),
        Some(IdentifyOutcome::From(generation)) => {
            rotate_ticket(context, published, visit, generation, speaker)
        }
    }
}

/// Gives who has spoken a ticket of the new generation; everybody else has to come again with one.
fn rotate_ticket(
    context: &ConversationContext,
    published: &Published,
    visit: &VisitorSession,
    generation: u32,
    speaker: &impl Speaker<Down>,
) -> Result<()> {
    let secret = read_binding(&context.env, "HOI_SECRET").unwrap_or_default();
    let (conversation, expires) = (visit.whose.conversation, now_seconds() + ticket_life(published));
    let ticket = Ticket { conversation, expires, generation, begun: true };
    let ticket = ticket::sign_ticket(secret.as_bytes(), &visit.whose.site, ticket);
    let speaks = speaker.socket();
    for socket in context.state.get_websockets() {
        let Some(attachment) = socket.deserialize_attachment::<VisitorAttachment>()? else { continue };
        if speaks.is_some_and(|speaks| speaks.as_ref() == socket.as_ref()) {
            let visit = VisitorSession { generation, ..attachment.visit };
            socket.serialize_attachment(VisitorAttachment { visit, ..attachment })?;
        } else {
            let _closing = socket.close(Some(REFUSED), Some("ticket"));
        }
    }
    context.streams.close_all();
    speaker.reply(Down::Identified { ticket: Some(ticket) })
}

/// The page says what its visitor is about.
pub fn store_context(
    context: &Rc<ConversationContext>,
    published: &Rc<Published>,
    visit: &VisitorSession,
    values: &BTreeMap<String, String>,
    speaker: &impl Speaker<Down>,
) -> Result<()> {
    let wait = {
        let afforded = charge_visitor(context, published, visit)?;
        if afforded.is_ok() {
            create_conversation(context, published, visit)?;
            context.store.transact(|store| conversation::update_context(store, published, values, now()))?;
        }
        afforded.err()
    };
    match wait {
        Some(wait) => speaker.reply(Down::Fault { id: None, code: Fault::TooFast, retry_ms: Some(wait) }),
        None => Ok(()),
    }
}
