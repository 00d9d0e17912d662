//! The host says who a visitor is, and the page what he is about.

use super::{context::Inner, execute::Speaker, site_index, visitor_socket::VisitorAttachment};
use crate::{
    platform::{
        config::{read_binding, site_secret},
        now, now_seconds,
    },
    rpc::conversation::{REFUSED, VisitorSession as Visit, ticket_life},
};
use hoi_core::{
    conversation::{self, IdentifyOutcome},
    crypto::conversation_token::{self, Ticket},
    decide::Published,
    identity,
};
use std::{collections::BTreeMap, rc::Rc};
use wire::{Down, Fault};
use worker::Result;

/// A token came. Each costs what a message costs: checking a signature is work.
pub fn identify_visitor(
    inner: &Rc<Inner>,
    published: &Rc<Published>,
    visit: &Visit,
    token: &str,
    speaker: &impl Speaker<Down>,
) -> Result<()> {
    let refuse = |code, retry_ms| speaker.reply(Down::Fault { id: None, code, retry_ms });
    let settings = &published.site.settings;
    let Some(by) = &settings.identity else { return refuse(Fault::Identity, None) };
    let known = {
        if let Err(wait) = inner.spend_token(published, visit)? {
            return refuse(Fault::TooFast, Some(wait));
        }
        inner.create_conversation(published, visit)?;
        let secret = site_secret(&inner.env, &by.secret);
        match identity::verify_token(token, by, &secret, &settings.site, now_seconds()) {
            Some(visitor) => {
                Some(inner.store.transact(|store| conversation::identify_visitor(store, visitor))?)
            }
            None => None,
        }
    };
    if known.is_some() {
        site_index::update_listing(inner, &visit.whose, published)?;
    }
    match known {
        None => {
            worker::console_warn!("site {}: a visitor's token is refused", settings.site);
            refuse(Fault::Identity, None)
        }
        Some(IdentifyOutcome::Stranger) => refuse(Fault::Stranger, None),
        Some(IdentifyOutcome::Before) => speaker.reply(Down::Identified { ticket: None }),
        Some(IdentifyOutcome::From(generation)) => {
            rotate_ticket(inner, published, visit, generation, speaker)
        }
    }
}

/// Gives who has spoken a ticket of the new generation; everybody else has to come again with one.
fn rotate_ticket(
    inner: &Inner,
    published: &Published,
    visit: &Visit,
    generation: u32,
    speaker: &impl Speaker<Down>,
) -> Result<()> {
    let secret = read_binding(&inner.env, "HOI_SECRET").unwrap_or_default();
    let (conversation, expires) = (visit.whose.conversation, now_seconds() + ticket_life(published));
    let ticket = Ticket { conversation, expires, generation, begun: true };
    let ticket = conversation_token::sign_token(secret.as_bytes(), &visit.whose.site, ticket);
    let speaks = speaker.socket();
    for socket in inner.state.get_websockets() {
        let Some(attachment) = socket.deserialize_attachment::<VisitorAttachment>()? else { continue };
        if speaks.is_some_and(|speaks| speaks.as_ref() == socket.as_ref()) {
            let visit = Visit { generation, ..attachment.visit };
            socket.serialize_attachment(VisitorAttachment { visit, ..attachment })?;
        } else {
            let _closing = socket.close(Some(REFUSED), Some("ticket"));
        }
    }
    inner.streams.close_all();
    speaker.reply(Down::Identified { ticket: Some(ticket) })
}

/// The page says what its visitor is about.
pub fn store_context(
    inner: &Rc<Inner>,
    published: &Rc<Published>,
    visit: &Visit,
    values: &BTreeMap<String, String>,
    speaker: &impl Speaker<Down>,
) -> Result<()> {
    let wait = {
        let afforded = inner.spend_token(published, visit)?;
        if afforded.is_ok() {
            inner.create_conversation(published, visit)?;
            inner.store.transact(|store| conversation::update_context(store, published, values, now()))?;
        }
        afforded.err()
    };
    match wait {
        Some(wait) => speaker.reply(Down::Fault { id: None, code: Fault::TooFast, retry_ms: Some(wait) }),
        None => Ok(()),
    }
}
