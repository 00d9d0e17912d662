//! Three tabs, one object, and everything that can go wrong between them.

use super::{
    client::{Client, Storage, Want},
    object::{Object, Socket},
};
use hoi_core::decide::Published;
use i18n::Lang;
use std::{collections::BTreeMap, rc::Rc, sync::OnceLock};
use widget::chat::{ChatEvent, FromPage, MessageRow, Transport, is_asked};
use wire::{Boot, Button, Id, Up};

/// Milliseconds since 1970.
pub const CLOCK_AT_START: u64 = 1_790_000_000_000;
/// Time passes in such steps at most, in milliseconds.
const MOMENT_MS: u64 = 500;
/// Rounds after which everything must have come to rest.
const ROUNDS: usize = 400;

/// One thing that happens. Numbers that name nothing are nothing.
#[derive(Debug, Clone, Copy)]
pub enum Step {
    /// Somebody asks: something the edge knows, or something `strange` for the agency.
    Say {
        who: usize,
        strange: bool,
    },
    /// The next frame arrives at the object; the same, twice.
    Up(usize),
    UpTwice(usize),
    /// The next frame arrives at the tab; the same, twice; the one after it first.
    Down(usize),
    DownTwice(usize),
    DownSwapped(usize),
    /// The line breaks, and both ends notice.
    Cut(usize),
    /// The line dies, and nobody notices.
    Silence(usize),
    Offline(usize),
    Online(usize),
    /// From now on only this way gets through to the edge.
    Only(usize, Transport),
    Reload(usize),
    /// Storage is emptied and the page loaded again.
    Wipe(usize),
    Close(usize),
    /// A closed tab is opened again, or an open one looked at again.
    Reset(usize),
    AgencyGoesOn(usize),
    AgencyEnds(usize),
    AgencyBreaks(usize),
    AgencyIsAway(usize),
    /// The visitor has read enough of a growing reply.
    Stop(usize),
    /// The visitor says whether the newest answer helped; the same again takes it back.
    Rate {
        who: usize,
        good: bool,
    },
    /// The object's memory goes while nothing is on its way; sockets stay.
    Sleep,
    /// The machine under the object dies.
    Crash,
    Alarm,
    /// The agency says something of its own accord; `again`: the last one once more.
    Callback {
        again: bool,
    },
    Wait(u64),
    ClockJumps(i64),
}

pub struct World {
    pub clients: Vec<Client>,
    pub object: Object,
    /// The one way that gets through, where not all do.
    only: [Option<Transport>; 3],
    ids: u128,
    callbacks: u32,
}

impl World {
    pub fn new() -> World {
        let desk = Storage::default();
        let phone = Storage::default();
        let tab = |name: u128, storage: Storage| {
            let mut loads = 0;
            Client::new(storage, move || {
                loads += 1;
                boot(name * 1000 + loads)
            })
        };
        let clients = vec![tab(1, desk.clone()), tab(2, desk), tab(3, phone)];
        World { clients, object: Object::new(CLOCK_AT_START), only: [None; 3], ids: 0, callbacks: 0 }
    }

    pub fn take(&mut self, step: Step) {
        match step {
            Step::Say { who, strange } => self.say(who, strange),
            Step::Up(who) => self.up(who, 1),
            Step::UpTwice(who) => self.up(who, 2),
            Step::Down(who) => self.down(who, 1),
            Step::DownTwice(who) => self.down(who, 2),
            Step::DownSwapped(who) => {
                if let Some(socket) = self.socket(who)
                    && self.object.sockets[socket].down.len() > 1
                {
                    self.object.sockets[socket].down.swap(0, 1);
                }
            }
            Step::Cut(who) => self.cut(who),
            Step::Silence(who) => {
                if let Some(socket) = self.socket(who) {
                    self.object.sockets[socket].silent = true;
                }
            }
            Step::Offline(who) => {
                self.clients[who].online = false;
                self.cut(who);
            }
            Step::Online(who) => {
                self.clients[who].online = true;
                self.clients[who].does(ChatEvent::Woke);
            }
            Step::Only(who, way) => {
                self.only[who] = Some(way);
                self.cut(who);
            }
            Step::Reload(who) => {
                self.hang_up(who);
                self.clients[who].open();
            }
            Step::Wipe(who) => self.wipe(who),
            Step::Close(who) => {
                self.hang_up(who);
                self.clients[who].chat = None;
            }
            Step::Reset(who) => match self.clients[who].chat {
                None => self.clients[who].open(),
                Some(_) => self.clients[who].does(ChatEvent::Woke),
            },
            Step::AgencyGoesOn(index) => self.object.goes_on(index),
            Step::AgencyEnds(index) => self.object.ends(index),
            Step::AgencyBreaks(index) => self.object.breaks(index),
            Step::AgencyIsAway(index) => self.object.is_away(index),
            Step::Stop(who) => {
                let last = self.object.store.messages.last().map_or(0, |message| message.seq);
                self.clients[who].does(ChatEvent::Stopped { seq: last });
            }
            Step::Rate { who, good } => self.rate(who, good),
            Step::Sleep => {
                if self.object.tasks.is_empty() {
                    self.object.dies();
                }
            }
            Step::Crash => {
                for socket in self.object.dies() {
                    let who = self.object.sockets[socket].client;
                    self.object.sockets[socket].open = false;
                    if self.clients[who].socket == Some(socket) && !self.object.sockets[socket].silent {
                        self.cut(who);
                    }
                }
            }
            Step::Alarm => self.object.alarm(),
            Step::Callback { again } => {
                self.callbacks += u32::from(!again || self.callbacks == 0);
                self.object.callback(self.callbacks);
            }
            Step::Wait(ms) => self.wait(ms),
            Step::ClockJumps(ms) => self.object.clock = self.object.clock.saturating_add_signed(ms),
        }
        self.serve();
    }

    fn say(&mut self, who: usize, strange: bool) {
        // A phone is brought into a conversation that has begun; alone it would begin another one.
        let apart = who == 2 && self.clients[who].storage.borrow().kept.is_none();
        if self.clients[who].chat.is_none() || apart {
            return;
        }
        self.ids += 1;
        let (id, at) = (Id(self.ids), self.clients[who].clock);
        self.clients[who].said.push(id);
        let event = if strange {
            ChatEvent::FromPage(FromPage::Ask { text: format!("zqx{} wvk", self.ids), id, at })
        } else {
            let button = Button { label: "Giờ làm việc".into(), pick: Some("gio".into()), href: None };
            ChatEvent::Pressed { button, id, at }
        };
        self.clients[who].does(event);
    }

    fn rate(&mut self, who: usize, good: bool) {
        let client = &mut self.clients[who];
        let asked = client.chat.as_ref().and_then(|chat| {
            let asked = |line: &&MessageRow| is_asked(chat, &line.message, &line.delivery);
            chat.timeline.entries.iter().rev().find(asked).map(|line| line.message.seq)
        });
        if let Some(seq) = asked {
            client.does(ChatEvent::Thumbed(seq, good));
        }
    }

    /// A phone that nothing was said on takes part as soon as there is something to take part in.
    fn share(&mut self) {
        let kept = self.clients[0].storage.borrow().kept.clone();
        let phone = &mut self.clients[2];
        if phone.storage.borrow().kept.is_none()
            && kept.is_some()
            && let Some(chat) = &phone.chat
            && chat.timeline.entries.is_empty()
        {
            phone.storage.borrow_mut().kept = kept;
            self.hang_up(2);
            self.clients[2].open();
        }
    }

    /// Does what the tabs want done.
    fn serve(&mut self) {
        self.share();
        // What one tab is told may make another one want something.
        while let Some(who) = self.clients.iter().position(|client| !client.wants.is_empty()) {
            while !self.clients[who].wants.is_empty() {
                match self.clients[who].wants.remove(0) {
                    Want::Connect { way, conversation, .. } => self.connect(who, way, conversation),
                    Want::Hear(kept) => self.clients[who].does(ChatEvent::Elsewhere(kept)),
                    Want::Tell => self.tell(who),
                    Want::Disconnect => self.cut(who),
                    Want::Send(up) => {
                        if let Some(socket) = self.clients[who].socket {
                            self.object.sockets[socket].up.push_back(up);
                        }
                    }
                    // The runtime answers pings by itself.
                    Want::Ping => {
                        if self
                            .socket(who)
                            .is_some_and(|s| !self.object.sockets[s].silent && self.object.sockets[s].open)
                        {
                            self.clients[who].does(ChatEvent::Ponged);
                        }
                    }
                }
            }
        }
    }

    fn tell(&mut self, who: usize) {
        let Some(kept) = self.clients[who].storage.borrow().kept.clone() else { return };
        for other in 0..self.clients.len() {
            if other != who && Rc::ptr_eq(&self.clients[other].storage, &self.clients[who].storage) {
                self.clients[other].does(ChatEvent::Elsewhere(kept.clone()));
            }
        }
    }

    fn connect(&mut self, who: usize, way: Transport, conversation: Id) {
        let begun = *self.object.conversation.get_or_insert(conversation);
        assert_eq!(conversation, begun, "tab {who} has gone off into a conversation of its own");
        self.hang_up(who);
        let held_back = self.only[who].is_some_and(|only| only != way);
        if !self.clients[who].online || (held_back && way != Transport::Stream) {
            return self.clients[who].does(ChatEvent::Closed { chance: u32::MAX / 2 });
        }
        self.object.sockets.push(Socket {
            client: who,
            open: true,
            way,
            // What a proxy holds back never comes.
            silent: held_back,
            ..Socket::default()
        });
        self.clients[who].socket = Some(self.object.sockets.len() - 1);
        self.clients[who].does(ChatEvent::Opened);
    }

    fn socket(&self, who: usize) -> Option<usize> {
        self.clients[who].socket
    }

    fn up(&mut self, who: usize, times: usize) {
        let Some(socket) = self.socket(who).filter(|s| !self.object.sockets[*s].silent) else { return };
        if !self.object.sockets[socket].open {
            return self.cut(who);
        }
        let Some(frame) = self.object.sockets[socket].up.pop_front() else { return };
        for _ in 0..if matches!(frame, Up::Say { .. }) { times } else { 1 } {
            self.object.hears(socket, frame.clone());
        }
    }

    fn down(&mut self, who: usize, times: usize) {
        let Some(socket) = self.socket(who).filter(|s| !self.object.sockets[*s].silent) else { return };
        let Some(frame) = self.object.sockets[socket].down.pop_front() else { return };
        for _ in 0..times {
            self.clients[who].hears(frame.clone());
        }
    }

    /// The line breaks; what was in it is gone.
    fn cut(&mut self, who: usize) {
        if self.hang_up(who) || self.clients[who].chat.is_some() {
            self.clients[who].does(ChatEvent::Closed { chance: u32::MAX / 2 });
        }
    }

    /// The tab has no socket any more; gives whether it had one.
    fn hang_up(&mut self, who: usize) -> bool {
        let Some(socket) = self.clients[who].socket.take() else { return false };
        let socket = &mut self.object.sockets[socket];
        socket.open = false;
        socket.up.clear();
        socket.down.clear();
        true
    }

    /// Storage is emptied. Nobody can promise anything for what was never sent.
    fn wipe(&mut self, who: usize) {
        if self.clients[who].chat.is_none() || who != 2 {
            return;
        }
        self.hang_up(who);
        let written = |id: &Id| self.object.store.messages.iter().any(|message| message.id == Some(*id));
        let said: Vec<Id> = self.clients[who].said.iter().copied().filter(written).collect();
        self.clients[who].said = said;
        *self.clients[who].storage.borrow_mut() = Default::default();
        self.clients[who].open();
    }

    fn wait(&mut self, ms: u64) {
        self.object.clock += ms;
        let mut left = ms;
        // What a timer wants is done before the next one rings, as in a browser.
        while left > 0 {
            let some = left.min(MOMENT_MS);
            left -= some;
            for who in 0..self.clients.len() {
                self.clients[who].wait(some);
                self.serve();
            }
        }
    }

    /// Which way the tab's line goes.
    pub fn way(&self, who: usize) -> Option<Transport> {
        self.clients[who].socket.map(|socket| self.object.sockets[socket].way)
    }

    /// Everything works again, for long enough.
    pub fn settle(&mut self) {
        for who in 0..self.clients.len() {
            if self.clients[who].chat.is_none() {
                self.clients[who].open();
            }
            self.take(Step::Cut(who));
            self.take(Step::Online(who));
        }
        for _ in 0..ROUNDS {
            for who in 0..self.clients.len() {
                for _ in 0..40 {
                    self.take(Step::Up(who));
                    self.take(Step::Down(who));
                }
            }
            // The machine's clock is set right, however far it had jumped back.
            let due = self.object.store.outbox.iter().filter_map(|pending| Some(pending.left?.next)).max();
            self.object.clock = self.object.clock.max(due.unwrap_or(0));
            self.object.alarm();
            while !self.object.tasks.is_empty() {
                self.object.ends(0);
            }
            self.wait(5_000);
            if self.is_quiet() {
                return;
            }
        }
        panic!("it never comes to rest");
    }

    fn is_quiet(&self) -> bool {
        // Who polls always asks.
        let asks = |up: &Up| matches!(up, Up::Hello { .. });
        let lines = |socket: &Socket| {
            let spoken = socket.way == Transport::Poll && socket.up.iter().all(asks) || socket.up.is_empty();
            !socket.open || (spoken && socket.down.is_empty())
        };
        let waits = |client: &Client| !client.storage.borrow().outgoing.is_empty();
        let last = self.object.store.messages.len() as u64;
        let behind = |client: &Client| {
            let shown =
                client.chat.iter().flat_map(|chat| &chat.timeline.entries).map(|line| line.message.seq).max();
            client.storage.borrow().kept.is_some() && shown.unwrap_or(0) < last
        };
        !self.clients.iter().any(behind)
            && self.object.sockets.iter().all(lines)
            && self.object.store.outbox.is_empty()
            && !self.clients.iter().any(waits)
    }
}

/// A site with an agency and one thing it knows.
pub fn published() -> &'static Published {
    static PUBLISHED: OnceLock<Published> = OnceLock::new();
    PUBLISHED.get_or_init(|| {
        let text = |name: &str, text: &str| (name.to_owned(), text.to_owned());
        let texts = BTreeMap::from([
            text("site.toml", include_str!("site.toml")),
            text("intents/a.toml", include_str!("intents.toml")),
        ]);
        let folder = site::read::Folder { texts, ..Default::default() };
        let site = site::read::parse_site(&folder).unwrap_or_else(|report| panic!("{report}")).site;
        let model =
            intent::train(&site::training_examples(&site), &intent::Options::default(), &mut |_| {}).unwrap();
        Published::new(1, site, model)
    })
}

/// What the document number `n` carries: a conversation that nobody has used yet.
pub fn boot(n: u128) -> Boot {
    static BOOT: OnceLock<Boot> = OnceLock::new();
    let boot = BOOT.get_or_init(|| Boot {
        v: wire::VERSION,
        look: published().site.public_look("vi", 1),
        words: Lang::for_tag("vi").words(),
        conversation: Id(0),
        ticket: "t1".into(),
        messages: Vec::new(),
    });
    Boot { conversation: Id(n), ..boot.clone() }
}
