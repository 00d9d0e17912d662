//! What happens, told to the chat, and what it says about it, done.
//!
//! There is one chat a frame, and it lives as long as the frame: so it stands in a thread-local, and whatever hears of
//! something just calls [`dispatch`]. What performs an effect is handed in by [`start`], for all of that may dispatch.

use crate::chat::{Chat, ChatEffect, ChatEvent, update};
use client::EventQueue;
use leptos::prelude::*;
use std::cell::RefCell;

struct Dispatcher {
    chat: &'static ArcRwSignal<Chat>,
    drawn: fn(&Chat),
    perform: fn(ChatEffect),
    events: EventQueue<ChatEvent>,
}

thread_local! {
    static DISPATCHER: RefCell<Option<Dispatcher>> = const { RefCell::new(None) };
}

/// Takes events from here on; performs `effects` first. `drawn` is called after every change that is worth drawing.
pub fn start(
    chat: &'static ArcRwSignal<Chat>,
    drawn: fn(&Chat),
    perform: fn(ChatEffect),
    effects: Vec<ChatEffect>,
) {
    let events = EventQueue::default();
    DISPATCHER.set(Some(Dispatcher { chat, drawn, perform, events }));
    effects.into_iter().for_each(perform);
}

/// Takes none any more.
pub fn stop() {
    DISPATCHER.take();
}

/// Tells the chat what happened and does what it says. What happens while it does so waits its turn.
pub fn dispatch(event: ChatEvent) {
    let handles = DISPATCHER
        .with_borrow_mut(|dispatcher| dispatcher.as_mut().map(|dispatcher| dispatcher.events.push(event)));
    if handles != Some(true) {
        return;
    }
    while let Some(QueuedEvent { event, chat, drawn, perform }) = next_event() {
        let effects = chat.try_maybe_update(|chat| {
            let effects = update(chat, event);
            if !chat.behind {
                drawn(chat);
            }
            (!chat.behind, effects)
        });
        effects.unwrap_or_default().into_iter().for_each(perform);
    }
}

/// What waits, what it is for, and what to do then.
struct QueuedEvent {
    event: ChatEvent,
    chat: &'static ArcRwSignal<Chat>,
    drawn: fn(&Chat),
    perform: fn(ChatEffect),
}

fn next_event() -> Option<QueuedEvent> {
    DISPATCHER.with_borrow_mut(|dispatcher| {
        let Dispatcher { chat, drawn, perform, events } = dispatcher.as_mut()?;
        let event = events.next_event()?;
        Some(QueuedEvent { event, chat, drawn: *drawn, perform: *perform })
    })
}

/// What `read` finds in the chat as it is now.
pub fn chat_now<T>(read: impl FnOnce(&Chat) -> T) -> Option<T> {
    let chat = DISPATCHER.with_borrow(|dispatcher| dispatcher.as_ref().map(|dispatcher| dispatcher.chat))?;
    chat.try_with_untracked(read)
}
