//! The agency's side: every connector end to end, and agencies that behave badly. Real workerd, a stand-in for the
//! agency.

mod away;
mod bad;
pub mod callback;
mod connectors;
mod refused;

use std::time::Duration;
use tests::{Agency, Edge, EdgeOptions, Visitor, eventually};
use wire::{Block, Down, Message, State};

/// Something no intent of the ward covers.
const QUESTION: &str = "con mèo nhà tôi thích nghe nhạc cổ điển";
/// Another one.
const OTHER: &str = "công thức nấu phở bò ngon nhất";

/// An edge whose ward asks `agency`, with short time limits.
fn options(agency: &str) -> EdgeOptions {
    let edits =
        vec![("timeout_seconds = 20".into(), "timeout_seconds = 5\nconnect_timeout_seconds = 3".into())];
    EdgeOptions { agency: agency.into(), edits, ..EdgeOptions::default() }
}

/// The same for another connector, with `more` lines in its table.
fn speaking(agency: &Agency, connector: &str, more: &str) -> EdgeOptions {
    let mut options = options(&agency.url);
    options.edits.push(("connector = \"webhook\"".into(), format!("connector = \"{connector}\"\n{more}")));
    options
}

/// What a message says.
fn words(message: &Message) -> String {
    hoi_core::rich::plain_text(&message.body.blocks)
}

/// Whether it shows how to reach the agency without the chat.
fn has_contact(message: &Message) -> bool {
    message.body.blocks.iter().any(|block| matches!(block, Block::Contact(_)))
}

/// Every frame until `until` says so, which is given too.
async fn frames_until(visitor: &mut Visitor, until: impl Fn(&Down) -> bool) -> Vec<Down> {
    let mut frames = Vec::new();
    loop {
        let frame = visitor.next().await;
        let last = until(&frame);
        frames.push(frame);
        if last {
            return frames;
        }
    }
}

/// The next message that says `part`, however long it takes within the harness' patience.
async fn hears(visitor: &mut Visitor, part: &str) -> Message {
    loop {
        if let Down::Message(message) = visitor.next().await
            && message.state != State::Growing
            && message.id.is_none()
            && words(&message).contains(part)
        {
            return message;
        }
    }
}

/// How often each key was acted upon.
fn acts(agency: &Agency) -> std::collections::BTreeMap<String, u64> {
    let mut acts = std::collections::BTreeMap::new();
    for line in agency.questions() {
        let key = line["id"].as_str().unwrap_or_default().to_owned();
        let times = acts.entry(key).or_insert(0);
        *times = line["acts"].as_u64().unwrap_or(0).max(*times);
    }
    acts
}

/// The whole conversation, as somebody sees it who comes back.
async fn seen_again(edge: &Edge, visitor: &Visitor) -> Vec<Message> {
    let mut again = Visitor::connect(edge, visitor.boot.clone(), &edge.origin).await.unwrap();
    again.hello(None, 0).await;
    let Down::Welcome { last, .. } = again.next().await else { panic!("no welcome") };
    let mut messages = Vec::new();
    while (messages.len() as u64) < last {
        if let Down::Message(message) = again.next().await {
            messages.push(message);
        }
    }
    messages
}
