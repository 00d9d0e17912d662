//! One line of the list, as it is drawn.

use wire::{
    Author, AuthorKind, Block, Body, Fault, File, Given, Id, Message, Run, State,
    json::{Fields, Record, Writer},
};

/// A message and how far it has come.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Names the line for as long as it is shown.
    pub key: LineKey,
    /// What is drawn. `seq` is 0 until the edge has given it one.
    pub message: Message,
    /// How far it has come.
    pub stage: Stage,
    /// Counts up with every change, so that a view can tell whether to draw again.
    pub version: u32,
    /// Drawn as broken off because nothing came for too long; the edge has yet to say how it ends.
    pub given_up: bool,
}

/// A line keeps its key when it is acknowledged, so that it isn't drawn anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LineKey {
    /// The visitor's, by the id given here.
    Said(Id),
    /// Anybody else's, by its number.
    Seq(u64),
}

/// How far a line has come.
#[derive(Debug, Clone, PartialEq)]
pub enum Stage {
    /// The edge has it.
    Sent,
    /// To be sent until it is acknowledged.
    Waiting(Said),
    /// The edge refused it.
    Failed(Said, Fault),
}

/// Something the visitor said, as it is kept in storage and sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
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

impl Said {
    /// As it is kept.
    pub fn json(&self) -> String {
        let mut out = Writer::default();
        out.id("id", Some(self.id));
        out.text("text", &self.text);
        out.text("lang", &self.lang);
        out.optional("pick", self.pick.as_deref());
        out.given(self.value.as_ref());
        out.files("files", &self.files);
        out.number("at", self.at);
        out.done()
    }
}

impl Record for Said {
    fn record(fields: &mut Fields) -> Said {
        Said {
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

impl Line {
    /// The line for something just said.
    pub fn said(said: Said) -> Line {
        let run = || Run { text: said.text.clone(), ..Run::default() };
        let words = (!said.text.is_empty()).then(|| Block::Text { runs: vec![run()] });
        let blocks = words.into_iter().chain(said.files.iter().cloned().map(Block::File)).collect();
        let message = Message {
            seq: 0,
            id: Some(said.id),
            author: Author { kind: AuthorKind::Visitor, name: None },
            at: said.at,
            lang: said.lang.clone(),
            state: State::Done,
            rev: 0,
            topic: None,
            value: said.value.clone(),
            later: false,
            body: Body { blocks, buttons: Vec::new() },
        };
        Line {
            key: LineKey::Said(said.id),
            message,
            stage: Stage::Waiting(said),
            version: 0,
            given_up: false,
        }
    }

    /// The line for a message of the edge's.
    pub fn sent(message: Message) -> Line {
        let key = message.id.map_or(LineKey::Seq(message.seq), LineKey::Said);
        Line { key, message, stage: Stage::Sent, version: 0, given_up: false }
    }

    /// Where it belongs: numbered lines by number, unnumbered ones after them.
    pub fn rank(&self) -> u64 {
        if self.message.seq == 0 { u64::MAX } else { self.message.seq }
    }
}
