//! One tab: the widget's chat, with timers, a socket and storage as the browser would give it.

use super::world::CLOCK_AT_START;
use std::{cell::RefCell, collections::BTreeMap, rc::Rc};
use widget::chat::{
    Chat, ChatEffect, ChatEvent, OutgoingMessage, PersonalDataResult, PersonalDataSearch, Saved,
    SavedConversation, StorageKey, Timer, Transport, start, update,
};
use wire::{Boot, Down, Id, Kinds, Up};

/// What a browser keeps for a site; tabs of one browser share it.
pub type Storage = Rc<RefCell<Saved>>;

/// A tab.
pub struct Client {
    /// `None`: the tab is closed.
    pub chat: Option<Chat>,
    pub storage: Storage,
    /// When each timer rings, on the tab's own clock.
    timers: BTreeMap<usize, (u64, Timer)>,
    /// What the browser wants done, for the world to do.
    pub wants: Vec<Want>,
    /// The socket, if the tab believes to have one.
    pub socket: Option<usize>,
    pub online: bool,
    /// What each document carries; an unused conversation of its own, usually.
    boot: Box<dyn FnMut() -> Boot>,
    pub clock: u64,
    /// The ids of everything said here that must end up in the conversation.
    pub said: Vec<Id>,
}

/// What only the world can do for a tab.
pub enum Want {
    Connect {
        way: Transport,
        conversation: Id,
        ticket: String,
    },
    Send(Up),
    Ping,
    /// To be told at once what another tab keeps.
    Hear(SavedConversation),
    Disconnect,
    /// The browser tells the other tabs what was kept.
    Tell,
}

impl Client {
    pub fn new(storage: Storage, boot: impl FnMut() -> Boot + 'static) -> Client {
        let mut client = Client {
            chat: None,
            storage,
            timers: BTreeMap::new(),
            wants: Vec::new(),
            socket: None,
            online: true,
            boot: Box::new(boot),
            clock: CLOCK_AT_START,
            said: Vec::new(),
        };
        client.open();
        client
    }

    /// The page is loaded: memory is new, storage is what it was.
    pub fn open(&mut self) {
        self.timers.clear();
        self.wants.clear();
        let saved = self.storage.borrow().clone();
        let (chat, effects) = start((self.boot)(), saved, false);
        self.chat = Some(chat);
        self.perform(effects);
    }

    pub fn does(&mut self, event: ChatEvent) {
        let Some(chat) = &mut self.chat else { return };
        let effects = update(chat, event);
        self.perform(effects);
    }

    pub fn hears(&mut self, frame: Down) {
        self.does(ChatEvent::Received(frame));
    }

    /// Time passes; timers ring in their order.
    pub fn wait(&mut self, ms: u64) {
        let until = self.clock + ms;
        while let Some((&slot, &(at, timer))) =
            self.timers.iter().filter(|(_, (at, _))| *at <= until).min_by_key(|(_, (at, _))| *at)
        {
            self.timers.remove(&slot);
            self.clock = self.clock.max(at);
            self.does(ChatEvent::Rang(timer));
        }
        self.clock = self.clock.max(until);
    }

    fn perform(&mut self, effects: Vec<ChatEffect>) {
        for effect in effects {
            match effect {
                ChatEffect::Connect { transport, conversation, ticket } => {
                    self.wants.push(Want::Connect { way: transport, conversation, ticket });
                }
                ChatEffect::Disconnect => self.wants.push(Want::Disconnect),
                ChatEffect::Send(up) => self.wants.push(Want::Send(up)),
                ChatEffect::Ping => self.wants.push(Want::Ping),
                ChatEffect::After { ms, timer } => {
                    self.timers.insert(timer as usize, (self.clock + ms, timer));
                }
                ChatEffect::Store(key, text) => self.store(key, &text),
                ChatEffect::Claim(text) => self.claim(&text),
                ChatEffect::Forget(key) => self.forget(key),
                // What is said here is nobody's.
                ChatEffect::Search(PersonalDataSearch { text, .. }) => {
                    let found = PersonalDataResult { kinds: Kinds::default(), hidden: text.clone() };
                    self.does(ChatEvent::Searched { text, found: Some(found) });
                }
                ChatEffect::LoadLazy => self.does(ChatEvent::LazyLoaded(true)),
                ChatEffect::SearchSoon
                | ChatEffect::Pick
                | ChatEffect::Voices
                | ChatEffect::Fetch { .. }
                | ChatEffect::Announce { .. }
                | ChatEffect::AnnounceExcess(_)
                | ChatEffect::Show
                | ChatEffect::Read { .. }
                | ChatEffect::Hush
                | ChatEffect::Hear(_)
                | ChatEffect::Deafen
                | ChatEffect::Save { .. }
                | ChatEffect::Visit { .. }
                | ChatEffect::Tell(_)
                | ChatEffect::Draft(_)
                | ChatEffect::KeepPlace
                | ChatEffect::Reveal
                | ChatEffect::ScrollToEnd
                | ChatEffect::FocusPanel
                | ChatEffect::FocusComposer
                | ChatEffect::FocusLog
                | ChatEffect::FocusChoice
                | ChatEffect::FocusId(_)
                | ChatEffect::Locate(_)
                | ChatEffect::Upload { .. }
                | ChatEffect::Abort(_)
                | ChatEffect::Device { .. }
                | ChatEffect::Watch(_)
                | ChatEffect::Wear(_) => {}
            }
        }
    }

    /// As browsers do it: the check and the write are one.
    fn claim(&mut self, text: &str) {
        let other = self.storage.borrow().kept.clone();
        match other {
            Some(kept) => self.wants.push(Want::Hear(kept)),
            None => self.store(StorageKey::Conversation, text),
        }
    }

    fn store(&mut self, key: StorageKey, text: &str) {
        let mut saved = self.storage.borrow_mut();
        match key {
            StorageKey::Conversation => {
                saved.kept = Some(wire::json::read_json::<SavedConversation>(text).unwrap());
                self.wants.push(Want::Tell);
            }
            StorageKey::Draft => text.clone_into(&mut saved.draft),
            StorageKey::Lang => saved.lang = Some(text.to_owned()),
            StorageKey::Display => text.clone_into(&mut saved.display),
            StorageKey::Ticks => text.clone_into(&mut saved.ticks),
            StorageKey::Ratings => text.clone_into(&mut saved.ratings),
            StorageKey::Transport => saved.transport = Transport::from_name(text),
            StorageKey::Outgoing(id) => {
                saved.outgoing.retain(|said| said.id != id);
                saved.outgoing.push(wire::json::read_json::<OutgoingMessage>(text).unwrap());
            }
        }
    }

    fn forget(&mut self, key: StorageKey) {
        let mut saved = self.storage.borrow_mut();
        match key {
            StorageKey::Conversation => saved.kept = None,
            StorageKey::Draft => saved.draft.clear(),
            StorageKey::Lang => saved.lang = None,
            StorageKey::Display => saved.display.clear(),
            StorageKey::Ticks => saved.ticks.clear(),
            StorageKey::Ratings => saved.ratings.clear(),
            StorageKey::Transport => saved.transport = Transport::default(),
            StorageKey::Outgoing(id) => saved.outgoing.retain(|said| said.id != id),
        }
    }
}
