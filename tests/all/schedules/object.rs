//! The Conversation object: the edge's own core over a log that outlives it, and the shell's part in few lines.

use super::world::published;
use hoi_core::{
    agency::build_question,
    connector::{Callback, Reply},
    conversation::{self, Audience, ConversationStore as _, Effect, MemoryStore},
};
use intent::Scratch;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use widget::chat::Transport;
use wire::{Down, Id, Up};

/// A socket, as the runtime keeps it: it outlives the object's sleep, not its crash.
#[derive(Default)]
pub struct Socket {
    pub client: usize,
    /// Towards the object, in the order sent.
    pub up: VecDeque<Up>,
    /// Towards the tab.
    pub down: VecDeque<Down>,
    /// Whether its hello was good.
    pub known: bool,
    /// The object can still write into it.
    pub open: bool,
    /// Nothing gets through, and neither end has noticed.
    pub silent: bool,
    /// How it goes: who posts is told by the answers to that, and who only polls by nothing else.
    pub way: Transport,
}

/// A question being brought to the agency, in the object's memory only.
pub struct Task {
    pub seq: u64,
    /// Whether the agency was called.
    called: bool,
    /// The reply so far.
    text: String,
}

/// The object with its disk.
pub struct Object {
    /// Known once the first tab has connected.
    pub conversation: Option<Id>,
    pub store: MemoryStore,
    pub sockets: Vec<Socket>,
    pub tasks: Vec<Task>,
    pub clock: u64,
    /// Every key the agency has acted on, with the words it was asked and how often it was called.
    pub acted: BTreeMap<String, (String, u32)>,
    scratch: Scratch,
}

impl Object {
    pub fn new(clock: u64) -> Object {
        let store = MemoryStore::new(Id(77));
        Object {
            conversation: None,
            store,
            sockets: Vec::new(),
            tasks: Vec::new(),
            clock,
            acted: BTreeMap::new(),
            scratch: Scratch::default(),
        }
    }

    /// Handles the next frame of a socket.
    pub fn hears(&mut self, socket: usize, up: Up) {
        if let Up::Hello { epoch, after, .. } = up {
            self.sockets[socket].known = true;
            let told = conversation::handle_hello(&self.store, published(), epoch, after, None).unwrap();
            return self.sockets[socket].down.extend(told);
        }
        if !self.sockets[socket].known {
            return;
        }
        let effects =
            conversation::handle_frame(&mut self.store, published(), up, self.clock, &mut self.scratch)
                .unwrap();
        self.perform(effects, Some(socket));
    }

    fn perform(&mut self, effects: Vec<Effect<Down>>, speaker: Option<usize>) {
        for effect in effects {
            match effect {
                Effect::Reply(down) => {
                    if let Some(socket) = speaker {
                        self.sockets[socket].down.push_back(down);
                    }
                }
                // Who posts has no name among those who listen.
                Effect::Broadcast(Audience::Others, down) => {
                    let socket = speaker.filter(|socket| self.sockets[*socket].way == Transport::Socket);
                    self.broadcast(&down, socket);
                }
                Effect::Broadcast(Audience::Everyone, down) => self.broadcast(&down, None),
                Effect::Task(conversation::Task::Deliver(seq)) => self.begin(seq),
                Effect::Task(conversation::Task::StopReply(seq)) => self.stopped(seq),
                // The site of these tests has no people.
                Effect::Broadcast(Audience::Visitor, _)
                | Effect::BroadcastToStaff(_)
                | Effect::Task(conversation::Task::SyncBoard) => {}
            }
        }
    }

    /// Does what was decided where nobody has spoken.
    fn execute(&mut self, effects: Vec<Effect>) {
        self.perform(effects.into_iter().map(Effect::from).collect(), None);
    }

    fn broadcast(&mut self, down: &Down, but: Option<usize>) {
        for (index, socket) in self.sockets.iter_mut().enumerate() {
            if socket.known && socket.open && socket.way != Transport::Poll && Some(index) != but {
                socket.down.push_back(down.clone());
            }
        }
    }

    /// What the shell does with a question: it is on its way once at a time.
    fn begin(&mut self, seq: u64) {
        if self.tasks.iter().any(|task| task.seq == seq) {
            return;
        }
        let Some(pending) = self.store.pending().unwrap().into_iter().find(|pending| pending.seq == seq)
        else {
            return;
        };
        if pending.reply.is_some() {
            let effects = conversation::fail_reply(&mut self.store, published(), seq, self.clock).unwrap();
            return self.execute(effects);
        }
        self.tasks.push(Task { seq, called: false, text: String::new() });
    }

    /// The agency is called, or says more.
    pub fn goes_on(&mut self, index: usize) {
        let Some(task) = self.tasks.get(index) else { return };
        let seq = task.seq;
        let Some(pending) = self.store.pending().unwrap().into_iter().find(|pending| pending.seq == seq)
        else {
            self.tasks.remove(index);
            return;
        };
        if !task.called {
            let pending = conversation::Pending { tries: pending.tries + 1, ..pending };
            self.store.put_pending(&pending).unwrap();
            let ask = build_question(
                &self.store,
                published(),
                self.conversation.unwrap_or(Id(0)),
                &pending,
                self.clock,
                &mut self.scratch,
            )
            .unwrap();
            let acted = self.acted.entry(ask.idempotency_key()).or_insert_with(|| (ask.text.clone(), 0));
            assert_eq!(acted.0, ask.text, "one key for two questions");
            acted.1 += 1;
            self.tasks[index].called = true;
            return;
        }
        let task = &mut self.tasks[index];
        task.text.push_str("một đoạn nữa\n\n");
        let text = task.text.clone();
        let effects = conversation::grow_reply(&mut self.store, published(), seq, &text, self.clock).unwrap();
        self.execute(effects);
    }

    /// The agency has said all.
    pub fn ends(&mut self, index: usize) {
        if self.tasks.get(index).is_some_and(|task| !task.called) {
            self.goes_on(index);
        }
        if index >= self.tasks.len() {
            return;
        }
        let task = self.tasks.remove(index);
        let reply = Reply { text: task.text + "xong", ..Reply::default() };
        let effects =
            conversation::finish_reply(&mut self.store, published(), task.seq, reply, true, self.clock)
                .unwrap();
        self.execute(effects);
    }

    /// The line to the agency broke, after it was called or before.
    pub fn breaks(&mut self, index: usize) {
        if index >= self.tasks.len() {
            return;
        }
        let task = self.tasks.remove(index);
        let effects = conversation::fail_reply(&mut self.store, published(), task.seq, self.clock).unwrap();
        self.execute(effects);
    }

    /// The agency is away: the question is kept for it, unless its reply had begun.
    pub fn is_away(&mut self, index: usize) {
        let Some(task) = self.tasks.get(index) else { return };
        let seq = task.seq;
        let began =
            self.store.pending().unwrap().iter().any(|pending| pending.seq == seq && pending.reply.is_some());
        if began {
            return self.breaks(index);
        }
        self.tasks.remove(index);
        let next = self.clock + 60_000;
        let effects =
            conversation::leave_behind(&mut self.store, published(), seq, next, self.clock).unwrap();
        self.execute(effects);
    }

    fn stopped(&mut self, seq: u64) {
        let Some(index) = self.tasks.iter().position(|task| task.seq == seq) else { return };
        let task = self.tasks.remove(index);
        let effects = if task.text.is_empty() {
            conversation::fail_reply(&mut self.store, published(), seq, self.clock).unwrap()
        } else {
            let reply = Reply { text: task.text, ..Reply::default() };
            conversation::finish_reply(&mut self.store, published(), seq, reply, false, self.clock).unwrap()
        };
        self.execute(effects);
    }

    /// The alarm goes off: whatever is due and not on its way is taken up. Going off twice does no harm.
    pub fn alarm(&mut self) {
        let clock = self.clock;
        let due = self
            .store
            .pending()
            .unwrap()
            .into_iter()
            .filter(|p| p.left.is_none_or(|left| left.next <= clock));
        for pending in due.collect::<Vec<_>>() {
            self.begin(pending.seq);
        }
    }

    /// A callback of the agency's, about the visitor's newest question.
    pub fn callback(&mut self, id: u32) {
        let last = self.store.last_seq().unwrap();
        if last == 0 {
            return;
        }
        let reply = Reply { text: format!("trả lời sau {id}"), ..Reply::default() };
        let callback = Callback {
            id: format!("cb_{id}"),
            conversation: self.conversation.unwrap_or(Id(0)),
            about: None,
            case: None,
            enclosed: Vec::new(),
            reply,
            blocks: Vec::new(),
            retracts: false,
        };
        let arrived =
            conversation::handle_callback(&mut self.store, published(), callback, self.clock).unwrap();
        self.execute(arrived.map(|arrived| arrived.effects).unwrap_or_default());
    }

    /// Memory is gone; the disk stays. Sockets go with a crash and stay through a sleep.
    pub fn dies(&mut self) -> BTreeSet<usize> {
        self.tasks.clear();
        let cut = self.sockets.iter().enumerate().filter(|(_, socket)| socket.open).map(|(index, _)| index);
        cut.collect()
    }
}
