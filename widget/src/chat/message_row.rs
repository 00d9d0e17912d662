//! One row of the list, as it is drawn.

use client::{DeliveryState, TimelineEntry};
use wire::{
    Author, AuthorKind, Block, Body, Fault, File, Given, Id, Message, Run, State,
    json::{Fields, Record, Writer},
};

/// A message and how far it has come.
#[derive(Debug, Clone, PartialEq)]
pub struct MessageRow {
    /// Names the row for as long as it is shown.
    pub key: RowKey,
    /// What is drawn. `seq` is 0 until the edge has given it one.
    pub message: Message,
    /// How far it has come.
    pub delivery: DeliveryState<Fault>,
    /// What is to be sent, until the edge has it.
    pub outgoing: Option<OutgoingMessage>,
    /// Counts up with every change, so that a view can tell whether to draw again.
    pub version: u32,
    /// Drawn as broken off because nothing came for too long; the edge has yet to say how it ends.
    pub timed_out: bool,
}

/// A row keeps its key when it is acknowledged, so that it isn't drawn anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RowKey {
    /// The visitor's, by the id given here.
    Id(Id),
    /// Anybody else's, by its number.
    Seq(u64),
}

/// Something the visitor said, as it is kept in storage and sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutgoingMessage {
    /// Its name.
    pub id: Id,
    /// The words.
    pub text: String,
    /// Their language.
    pub lang: String,
    /// The intent a button stood for.
    pub pick: Option<String>,
    /// What was given for an input.
    pub value: Option<Given>,
    /// The files that go with it.
    pub files: Vec<File>,
    /// When it was said, in milliseconds since 1970, by the visitor's clock.
    pub at: u64,
}

impl OutgoingMessage {
    /// As it is kept.
    pub fn to_json(&self) -> String {
        let mut out = Writer::default();
        out.write_id("id", Some(self.id));
        out.write_text("text", &self.text);
        out.write_text("lang", &self.lang);
        out.write_optional("pick", self.pick.as_deref());
        out.write_given(self.value.as_ref());
        out.write_files("files", &self.files);
        out.write_number("at", self.at);
        out.finish_object()
    }
}

impl Record for OutgoingMessage {
    fn record(fields: &mut Fields) -> OutgoingMessage {
        OutgoingMessage {
            id: fields.get("id"),
            text: fields.get("text"),
            lang: fields.get("lang"),
            pick: fields.get("pick"),
            value: fields.get("value"),
            files: fields.or_default("files"),
            at: fields.get("at"),
        }
    }
}

impl RowKey {
    /// As a number. What the edge counts begins at the other end than ids that a client counts up itself; those of ours are random.
    pub fn to_u128(self) -> u128 {
        match self {
            RowKey::Id(id) => id.0,
            RowKey::Seq(seq) => !u128::from(seq),
        }
    }
}

impl MessageRow {
    /// The row for something just said.
    pub fn of_outgoing(outgoing: OutgoingMessage) -> MessageRow {
        let run = || Run { text: outgoing.text.clone(), ..Run::default() };
        let mut blocks = Vec::new();
        if !outgoing.text.is_empty() {
            blocks.push(Block::Text { runs: vec![run()] });
        }
        blocks.extend(outgoing.files.iter().cloned().map(Block::File));
        let message = Message {
            seq: 0,
            id: Some(outgoing.id),
            author: Author { kind: AuthorKind::Visitor, name: None },
            at: outgoing.at,
            lang: outgoing.lang.clone(),
            state: State::Done,
            rev: 0,
            topic: None,
            value: outgoing.value.clone(),
            later: false,
            body: Body { blocks, buttons: Vec::new() },
        };
        MessageRow {
            key: RowKey::Id(outgoing.id),
            message,
            delivery: DeliveryState::Pending,
            outgoing: Some(outgoing),
            version: 0,
            timed_out: false,
        }
    }

    /// The row for a message of the edge's.
    pub fn of_message(message: Message) -> MessageRow {
        let key = message.id.map_or(RowKey::Seq(message.seq), RowKey::Id);
        MessageRow {
            key,
            message,
            delivery: DeliveryState::Sent,
            outgoing: None,
            version: 0,
            timed_out: false,
        }
    }

    /// What is to be sent with the next connection.
    pub fn pending(&self) -> Option<&OutgoingMessage> {
        self.outgoing.as_ref().filter(|_| self.delivery.is_pending())
    }
}

impl TimelineEntry for MessageRow {
    fn message(&self) -> &Message {
        &self.message
    }

    fn message_mut(&mut self) -> &mut Message {
        &mut self.message
    }

    fn is_complete(&self) -> bool {
        self.message.state != State::Growing && !self.timed_out
    }
}
