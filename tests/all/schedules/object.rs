//! The Conversation object: the edge's own core over a log that outlives it, and the shell's part in few lines.

use super::world::published;
use edge::{
    agency::question,
    connector::{Callback, Reply},
    conversation::{self, Effect, Log as _, Memory},
};
use intent::Scratch;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use widget::chat::Way;
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
    pub way: Way,
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
    pub log: Memory,
    pub sockets: Vec<Socket>,
    pub tasks: Vec<Task>,
    pub clock: u64,
    /// Every key the agency has acted on, with the words it was asked and how often it was called.
    pub acted: BTreeMap<String, (String, u32)>,
    scratch: Scratch,
}

impl Object {
    pub fn new(clock: u64) -> Object {
        let log = Memory::new(Id(77));
        Object {
            conversation: None,
            log,
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
            let effects = conversation::hello(&self.log, published(), epoch, after, None);
            return self.perform(effects, Some(socket));
        }
        if !self.sockets[socket].known {
            return;
        }
        let effects = conversation::hear(&mut self.log, published(), up, self.clock, &mut self.scratch);
        self.perform(effects, Some(socket));
    }

    fn perform(&mut self, effects: Vec<Effect>, speaker: Option<usize>) {
        for effect in effects {
            match effect {
                Effect::Send(down) => {
                    if let Some(socket) = speaker {
                        self.sockets[socket].down.push_back(down);
                    }
                }
                // Who posts has no name among those who listen.
                Effect::Others(down) => {
                    let socket = speaker.filter(|socket| self.sockets[*socket].way == Way::Socket);
                    self.broadcast(&down, socket);
                }
                Effect::All(down) => self.broadcast(&down, None),
                Effect::Forward(seq) => self.begin(seq),
                Effect::Stop(seq) => self.stopped(seq),
                // The site of these tests has no people.
                Effect::Visitors(_) | Effect::Desks(_) | Effect::Desk(_) | Effect::Board => {}
            }
        }
    }

    fn broadcast(&mut self, down: &Down, but: Option<usize>) {
        for (index, socket) in self.sockets.iter_mut().enumerate() {
            if socket.known && socket.open && socket.way != Way::Poll && Some(index) != but {
                socket.down.push_back(down.clone());
            }
        }
    }

    /// What the shell does with a question: it is on its way once at a time.
    fn begin(&mut self, seq: u64) {
        if self.tasks.iter().any(|task| task.seq == seq) {
            return;
        }
        let Some(pending) = self.log.pending().into_iter().find(|pending| pending.seq == seq) else { return };
        if pending.reply.is_some() {
            let effects = conversation::fail(&mut self.log, published(), seq, self.clock);
            return self.perform(effects, None);
        }
        self.tasks.push(Task { seq, called: false, text: String::new() });
    }

    /// The agency is called, or says more.
    pub fn goes_on(&mut self, index: usize) {
        let Some(task) = self.tasks.get(index) else { return };
        let seq = task.seq;
        let Some(pending) = self.log.pending().into_iter().find(|pending| pending.seq == seq) else {
            self.tasks.remove(index);
            return;
        };
        if !task.called {
            let pending = conversation::Pending { tries: pending.tries + 1, ..pending };
            self.log.put_pending(&pending);
            let ask = question(
                &self.log,
                published(),
                self.conversation.unwrap_or(Id(0)),
                &pending,
                self.clock,
                &mut self.scratch,
            );
            let acted = self.acted.entry(ask.key()).or_insert_with(|| (ask.text.clone(), 0));
            assert_eq!(acted.0, ask.text, "one key for two questions");
            acted.1 += 1;
            self.tasks[index].called = true;
            return;
        }
        let task = &mut self.tasks[index];
        task.text.push_str("một đoạn nữa\n\n");
        let text = task.text.clone();
        let effects = conversation::grow(&mut self.log, published(), seq, &text, self.clock);
        self.perform(effects, None);
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
        let effects = conversation::finish(&mut self.log, published(), task.seq, reply, true, self.clock);
        self.perform(effects, None);
    }

    /// The line to the agency broke, after it was called or before.
    pub fn breaks(&mut self, index: usize) {
        if index >= self.tasks.len() {
            return;
        }
        let task = self.tasks.remove(index);
        let effects = conversation::fail(&mut self.log, published(), task.seq, self.clock);
        self.perform(effects, None);
    }

    /// The agency is away: the question is kept for it, unless its reply had begun.
    pub fn is_away(&mut self, index: usize) {
        let Some(task) = self.tasks.get(index) else { return };
        let seq = task.seq;
        let began = self.log.pending().iter().any(|pending| pending.seq == seq && pending.reply.is_some());
        if began {
            return self.breaks(index);
        }
        self.tasks.remove(index);
        let next = self.clock + 60_000;
        let effects = conversation::leave_behind(&mut self.log, published(), seq, next, self.clock);
        self.perform(effects, None);
    }

    fn stopped(&mut self, seq: u64) {
        let Some(index) = self.tasks.iter().position(|task| task.seq == seq) else { return };
        let task = self.tasks.remove(index);
        let effects = if task.text.is_empty() {
            conversation::fail(&mut self.log, published(), seq, self.clock)
        } else {
            let reply = Reply { text: task.text, ..Reply::default() };
            conversation::finish(&mut self.log, published(), seq, reply, false, self.clock)
        };
        self.perform(effects, None);
    }

    /// The alarm goes off: whatever is due and not on its way is taken up. Going off twice does no harm.
    pub fn alarm(&mut self) {
        let clock = self.clock;
        let due = self.log.pending().into_iter().filter(|p| p.left.is_none_or(|left| left.next <= clock));
        for pending in due.collect::<Vec<_>>() {
            self.begin(pending.seq);
        }
    }

    /// A callback of the agency's, about the visitor's newest question.
    pub fn callback(&mut self, id: u32) {
        let last = self.log.last();
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
        };
        let arrived = conversation::arrive(&mut self.log, published(), callback, self.clock);
        self.perform(arrived.map(|arrived| arrived.effects).unwrap_or_default(), None);
    }

    /// Memory is gone; the disk stays. Sockets go with a crash and stay through a sleep.
    pub fn dies(&mut self) -> BTreeSet<usize> {
        self.tasks.clear();
        let cut = self.sockets.iter().enumerate().filter(|(_, socket)| socket.open).map(|(index, _)| index);
        cut.collect()
    }
}
