//! One tab: the widget's chat, with timers, a socket and storage as the browser would give it.

use super::world::CLOCK_AT_START;
use std::{cell::RefCell, collections::BTreeMap, rc::Rc};
use widget::chat::{
    Chat, Effect, Event, Found, Kept, Key, OutgoingMessage, Saved, Search, Timer, Transport, start, update,
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
    Hear(Kept),
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

    pub fn does(&mut self, event: Event) {
        let Some(chat) = &mut self.chat else { return };
        let effects = update(chat, event);
        self.perform(effects);
    }

    pub fn hears(&mut self, frame: Down) {
        self.does(Event::Received(frame));
    }

    /// Time passes; timers ring in their order.
    pub fn wait(&mut self, ms: u64) {
        let until = self.clock + ms;
        while let Some((&slot, &(at, timer))) =
            self.timers.iter().filter(|(_, (at, _))| *at <= until).min_by_key(|(_, (at, _))| *at)
        {
            self.timers.remove(&slot);
            self.clock = self.clock.max(at);
            self.does(Event::Rang(timer));
        }
        self.clock = self.clock.max(until);
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Connect { transport, conversation, ticket } => {
                    self.wants.push(Want::Connect { way: transport, conversation, ticket });
                }
                Effect::Disconnect => self.wants.push(Want::Disconnect),
                Effect::Send(up) => self.wants.push(Want::Send(up)),
                Effect::Ping => self.wants.push(Want::Ping),
                Effect::After { ms, timer } => {
                    self.timers.insert(timer as usize, (self.clock + ms, timer));
                }
                Effect::Store(key, text) => self.store(key, &text),
                Effect::Claim(text) => self.claim(&text),
                Effect::Forget(key) => self.forget(key),
                // What is said here is nobody's.
                Effect::Search(Search { text, .. }) => {
                    let found = Found { kinds: Kinds::default(), hidden: text.clone() };
                    self.does(Event::Searched { text, found: Some(found) });
                }
                Effect::LoadLazy => self.does(Event::LazyLoaded(true)),
                Effect::SearchSoon
                | Effect::Pick
                | Effect::Voices
                | Effect::Fetch { .. }
                | Effect::Announce { .. }
                | Effect::AnnounceExcess(_)
                | Effect::Show
                | Effect::Read { .. }
                | Effect::Hush
                | Effect::Hear(_)
                | Effect::Deafen
                | Effect::Save { .. }
                | Effect::Visit { .. }
                | Effect::Tell(_)
                | Effect::Draft(_)
                | Effect::KeepPlace
                | Effect::Reveal
                | Effect::ScrollToEnd
                | Effect::FocusPanel
                | Effect::FocusComposer
                | Effect::FocusLog
                | Effect::FocusChoice
                | Effect::FocusId(_)
                | Effect::Locate(_)
                | Effect::Upload { .. }
                | Effect::Abort(_)
                | Effect::Device { .. }
                | Effect::Watch(_)
                | Effect::Wear(_) => {}
            }
        }
    }

    /// As browsers do it: the check and the write are one.
    fn claim(&mut self, text: &str) {
        let other = self.storage.borrow().kept.clone();
        match other {
            Some(kept) => self.wants.push(Want::Hear(kept)),
            None => self.store(Key::Conversation, text),
        }
    }

    fn store(&mut self, key: Key, text: &str) {
        let mut saved = self.storage.borrow_mut();
        match key {
            Key::Conversation => {
                saved.kept = Some(wire::json::read_json::<Kept>(text).unwrap());
                self.wants.push(Want::Tell);
            }
            Key::Draft => text.clone_into(&mut saved.draft),
            Key::Lang => saved.lang = Some(text.to_owned()),
            Key::Display => text.clone_into(&mut saved.display),
            Key::Ticks => text.clone_into(&mut saved.ticks),
            Key::Ratings => text.clone_into(&mut saved.ratings),
            Key::Transport => saved.transport = Transport::from_name(text),
            Key::Outgoing(id) => {
                saved.outgoing.retain(|said| said.id != id);
                saved.outgoing.push(wire::json::read_json::<OutgoingMessage>(text).unwrap());
            }
        }
    }

    fn forget(&mut self, key: Key) {
        let mut saved = self.storage.borrow_mut();
        match key {
            Key::Conversation => saved.kept = None,
            Key::Draft => saved.draft.clear(),
            Key::Lang => saved.lang = None,
            Key::Display => saved.display.clear(),
            Key::Ticks => saved.ticks.clear(),
            Key::Ratings => saved.ratings.clear(),
            Key::Transport => saved.transport = Transport::default(),
            Key::Outgoing(id) => saved.outgoing.retain(|said| said.id != id),
        }
    }
}
