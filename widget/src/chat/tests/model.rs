//! The chat against an edge in memory whose line drops, repeats and restarts at random. In the end both must agree.

use super::*;
use client::TimelineEntry as _;
use proptest::prelude::*;
use std::collections::VecDeque;

/// One thing that happens.
#[derive(Debug, Clone, Copy)]
enum Step {
    Say,
    /// The edge receives the next frame.
    Up,
    /// The widget receives the next frame.
    Down,
    /// The same frame arrives twice.
    DownTwice,
    /// A reply begins, grows, ends.
    Begin,
    Grow,
    End,
    Drop,
    Reconnect,
    /// The page is loaded again: memory is gone, storage is not.
    Reload,
    /// The edge lost its memory of the numbers.
    NewEpoch,
}

/// The least an edge can be.
struct Edge {
    epoch: u128,
    log: Vec<Message>,
    up: VecDeque<Up>,
    down: VecDeque<Down>,
    greeted: bool,
}

impl Edge {
    fn takes(&mut self, up: Up) {
        match up {
            Up::Hello { epoch, after, .. } => {
                self.greeted = true;
                let after = if epoch.is_some_and(|epoch| epoch != Id(self.epoch)) { 0 } else { after };
                let last = self.log.len() as u64;
                self.down.push_back(Down::Welcome { epoch: Id(self.epoch), last, ticket: None });
                let missed = self.log.iter().filter(|message| message.seq > after);
                self.down.extend(missed.cloned().map(Down::Message));
            }
            Up::Say { id, text: words, .. } => {
                let known = self.log.iter().find(|message| message.id == Some(id)).map(|message| message.seq);
                let seq = known.unwrap_or_else(|| {
                    let seq = self.log.len() as u64 + 1;
                    self.log.push(Message { id: Some(id), ..message(seq, AuthorKind::Visitor, &words) });
                    seq
                });
                self.down.push_back(Down::Ack { id, seq, at: NOW });
            }
            Up::Rate { .. } | Up::Survey { .. } | Up::Typing { .. } | Up::Read { .. } => {}
            Up::Stop { .. } | Up::Identify { .. } | Up::Context { .. } | Up::Unknown => {}
        }
    }

    fn push(&mut self, frame: Down) {
        if self.greeted {
            self.down.push_back(frame);
        }
    }

    fn changes(&mut self, step: Step) {
        let growing = self.log.iter_mut().find(|message| message.state == State::Growing);
        match (step, growing) {
            (Step::Begin, None) => {
                let message = growing_message(self.log.len() as u64 + 1);
                self.log.push(message.clone());
                self.push(Down::Message(message));
            }
            (Step::Grow, Some(message)) => {
                message.rev += 1;
                let keep = message.body.blocks.len() - 1;
                let blocks = vec![text(&format!("r{}", message.rev)), text("…")];
                message.body.blocks.truncate(keep);
                message.body.blocks.extend(blocks.clone());
                let frame = Down::Grow { seq: message.seq, rev: message.rev, keep, blocks };
                self.push(frame);
            }
            (Step::End, Some(message)) => {
                message.state = State::Done;
                message.rev += 1;
                let message = message.clone();
                self.push(Down::Message(message));
            }
            _ => {}
        }
    }

    fn cut(&mut self) {
        self.up.clear();
        self.down.clear();
        self.greeted = false;
    }
}

fn growing_message(seq: u64) -> Message {
    growing(seq, "…")
}

/// The browser's side: the chat, and what storage holds.
struct Browser {
    chat: Chat,
    saved: Saved,
    said: u128,
}

impl Browser {
    fn does(&mut self, edge: &mut Edge, event: ChatEvent) {
        let effects = update(&mut self.chat, event);
        self.performs(edge, effects);
        self.holds();
    }

    fn performs(&mut self, edge: &mut Edge, effects: Vec<ChatEffect>) {
        for effect in effects {
            match effect {
                ChatEffect::Connect { .. } => {
                    edge.cut();
                    self.does(edge, ChatEvent::Opened);
                }
                ChatEffect::Disconnect => {
                    edge.cut();
                    self.does(edge, ChatEvent::Closed { chance: 0 });
                }
                ChatEffect::Send(up) => edge.up.push_back(up),
                ChatEffect::Store(StorageKey::Conversation, json) | ChatEffect::Claim(json) => {
                    self.saved.kept = wire::json::read_json(&json)
                }
                ChatEffect::Store(StorageKey::Outgoing(id), json) => {
                    self.saved.outgoing.retain(|said| said.id != id);
                    self.saved.outgoing.extend(wire::json::read_json::<OutgoingMessage>(&json));
                }
                ChatEffect::Forget(StorageKey::Outgoing(id)) => {
                    self.saved.outgoing.retain(|said| said.id != id)
                }
                _ => {}
            }
        }
    }

    /// What must hold at every moment.
    fn holds(&self) {
        let ranks: Vec<u64> = self.chat.timeline.entries.iter().map(MessageRow::sort_key).collect();
        assert!(ranks.is_sorted(), "out of order: {ranks:?}");
        let numbered: Vec<u64> = ranks.into_iter().filter(|rank| *rank < u64::MAX).collect();
        assert!(numbered.windows(2).all(|pair| pair[0] < pair[1]), "shown twice: {numbered:?}");
        let mut keys: Vec<String> =
            self.chat.timeline.entries.iter().map(|line| format!("{:?}", line.key)).collect();
        keys.sort();
        keys.dedup();
        assert_eq!(keys.len(), self.chat.timeline.entries.len(), "a key twice");
    }
}

fn settle(browser: &mut Browser, edge: &mut Edge) {
    for _ in 0..1000 {
        if let Some(up) = edge.up.pop_front() {
            edge.takes(up);
        } else if let Some(down) = edge.down.pop_front() {
            browser.does(edge, ChatEvent::Received(down));
        } else {
            return;
        }
    }
    panic!("the two never come to rest");
}

fn play(steps: &[Step]) {
    let mut edge = Edge { epoch: 1, log: vec![], up: VecDeque::new(), down: VecDeque::new(), greeted: false };
    let (chat, _) = start(boot(), Saved::default(), true);
    let mut browser = Browser { chat, saved: Saved::default(), said: 0 };
    for &step in steps {
        match step {
            Step::Say => {
                browser.said += 1;
                let ask = FromPage::Ask { text: format!("q{}", browser.said), id: Id(browser.said), at: NOW };
                browser.does(&mut edge, ChatEvent::FromPage(ask));
            }
            Step::Up => edge.up.pop_front().map_or((), |up| edge.takes(up)),
            Step::Down | Step::DownTwice => {
                if let Some(down) = edge.down.pop_front() {
                    browser.does(&mut edge, ChatEvent::Received(down.clone()));
                    // Only messages may come twice: the edge sends them again after a `Hello`.
                    if matches!((step, &down), (Step::DownTwice, Down::Message(_) | Down::Ack { .. })) {
                        browser.does(&mut edge, ChatEvent::Received(down));
                    }
                }
            }
            Step::Begin | Step::Grow | Step::End => edge.changes(step),
            Step::Drop => {
                edge.cut();
                browser.does(&mut edge, ChatEvent::Closed { chance: 0 });
            }
            Step::Reconnect => browser.does(&mut edge, ChatEvent::Rang(Timer::Reconnect)),
            Step::Reload => {
                edge.cut();
                let (chat, effects) = start(boot(), browser.saved.clone(), true);
                browser.chat = chat;
                browser.performs(&mut edge, effects);
            }
            Step::NewEpoch => {
                edge.epoch += 1;
                edge.cut();
                browser.does(&mut edge, ChatEvent::Closed { chance: 0 });
            }
        }
    }
    edge.changes(Step::End);
    edge.cut();
    browser.does(&mut edge, ChatEvent::Closed { chance: 0 });
    browser.does(&mut edge, ChatEvent::Rang(Timer::Reconnect));
    settle(&mut browser, &mut edge);
    if browser.said > 0 {
        let shown: Vec<&Message> = browser.chat.timeline.entries.iter().map(|line| &line.message).collect();
        let bodies = |messages: &[&Message]| -> Vec<(u64, Body)> {
            messages.iter().map(|message| (message.seq, message.body.clone())).collect()
        };
        assert_eq!(bodies(&shown), bodies(&edge.log.iter().collect::<Vec<_>>()));
        let asked = edge.log.iter().filter(|message| message.id.is_some()).count();
        assert_eq!(asked as u128, browser.said, "said but lost, or said twice");
        assert_eq!(browser.saved.outgoing, [], "acknowledged and still kept");
    }
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => Just(Step::Say),
        6 => Just(Step::Up),
        6 => Just(Step::Down),
        1 => Just(Step::DownTwice),
        2 => Just(Step::Begin),
        4 => Just(Step::Grow),
        1 => Just(Step::End),
        1 => Just(Step::Drop),
        2 => Just(Step::Reconnect),
        1 => Just(Step::Reload),
        1 => Just(Step::NewEpoch),
    ]
}

proptest! {
    #[test]
    fn nothing_is_lost_doubled_or_out_of_order(steps in prop::collection::vec(step(), 0..120)) {
        play(&steps);
    }
}
