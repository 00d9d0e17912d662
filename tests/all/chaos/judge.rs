//! What is true in the end: of every screen, of the edge's log, of what the agency was asked.

use super::{REST_SECONDS, tab::Tab};
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    rc::Rc,
    time::{Duration, Instant},
};
use tests::{Edge, Visitor};
use wire::{AuthorKind, Body, Down, Id, Message, State, limits};

/// What went wrong, by kind; every entry is one message, told in words.
#[derive(Debug, Default)]
pub struct Verdict {
    lost: Vec<String>,
    doubled: Vec<String>,
    disordered: Vec<String>,
    leaked: Vec<String>,
    /// Shown otherwise than it stands in the log.
    differing: Vec<String>,
    /// Questions the agency never got, or got under two keys.
    misdelivered: Vec<String>,
    written: usize,
    asked: usize,
}

impl Verdict {
    pub fn is_clean(&self) -> bool {
        self.rows().iter().all(|(_, faults)| faults.is_empty())
    }

    fn rows(&self) -> [(&'static str, &Vec<String>); 6] {
        [
            ("lost", &self.lost),
            ("doubled", &self.doubled),
            ("disordered", &self.disordered),
            ("leaked", &self.leaked),
            ("shown otherwise", &self.differing),
            ("misdelivered", &self.misdelivered),
        ]
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} messages written, {} questions at the agency", self.written, self.asked)?;
        for (name, faults) in self.rows() {
            writeln!(f, "{name:<16} {}", faults.len())?;
            faults.iter().take(5).try_for_each(|fault| writeln!(f, "    {fault}"))?;
        }
        Ok(())
    }
}

/// A question that no intent covers, and that tells whose it is. Never two words of five letters and digits: a case's number
/// is written so, and leads to the look-up instead.
pub fn tagged(chat: usize, number: usize) -> String {
    format!("zqx{number} wvkwvk{chat}k")
}

/// Waits until nothing moves any more, then judges.
pub async fn when_quiet(
    edge: &Edge,
    tabs: &[Rc<Tab>],
    asked: &dyn Fn() -> Vec<Value>,
    strange: usize,
) -> Verdict {
    let until = Instant::now() + Duration::from_secs(REST_SECONDS);
    while Instant::now() < until {
        let sent = tabs.iter().all(|tab| tab.client.borrow().storage.borrow().outgoing.is_empty());
        if sent && questions(&asked()).len() >= strange && tabs.iter().all(|tab| !is_growing(tab)) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    // What the agency has said last is on its way to the screens.
    tokio::time::sleep(Duration::from_secs(3)).await;
    let mut verdict = Verdict::default();
    for (number, tab) in tabs.iter().enumerate() {
        let log = log(edge, tab).await;
        verdict.chat(number, tab, &log);
    }
    verdict.agency(&questions(&asked()), strange);
    verdict
}

fn is_growing(tab: &Tab) -> bool {
    let client = tab.client.borrow();
    let growing = |chat: &widget::chat::Chat| {
        chat.timeline.entries.iter().any(|line| line.message.state == State::Growing)
    };
    client.chat.as_ref().is_some_and(growing)
}

/// By the words of a question, the keys it came under.
fn questions(lines: &[Value]) -> BTreeMap<String, BTreeSet<String>> {
    let mut out = BTreeMap::<String, BTreeSet<String>>::new();
    for line in lines {
        let words = line["question"]["text"].as_str().unwrap_or_default().to_owned();
        out.entry(words).or_default().insert(line["id"].to_string());
    }
    out
}

/// Everything the edge has of a conversation, as a new device would get it.
async fn log(edge: &Edge, tab: &Tab) -> Vec<Message> {
    let mut visitor = Visitor::connect(edge, tab.boot.clone(), &edge.origin).await.expect("it is let in");
    visitor.hello(None, 0).await;
    let Down::Welcome { last, .. } = visitor.next().await else { panic!("no welcome") };
    let mut log = Vec::new();
    while log.len() < last as usize {
        if let Down::Message(message) = visitor.next().await {
            log.push(message);
        }
    }
    log
}

impl Verdict {
    fn chat(&mut self, number: usize, tab: &Tab, log: &[Message]) {
        self.written += log.len();
        let numbers: Vec<u64> = log.iter().map(|message| message.seq).collect();
        if numbers != (1..=log.len() as u64).collect::<Vec<_>>() {
            self.disordered.push(format!("chat {number}: the log goes {numbers:?}"));
        }
        let client = tab.client.borrow();
        let written: Vec<Id> = log.iter().filter_map(|message| message.id).collect();
        let mut before = 0;
        for id in &client.said {
            let places: Vec<usize> = (0..written.len()).filter(|at| written.get(*at) == Some(id)).collect();
            match places.as_slice() {
                [] => self.lost.push(format!("chat {number}: {id}")),
                [place] if *place < before => self.disordered.push(format!("chat {number}: {id}")),
                [place] => before = *place,
                _ => self.doubled.push(format!("chat {number}: {id}")),
            }
        }
        let own = format!("wvkwvk{number}k");
        let foreign = log.iter().map(|message| hoi_core::rich::plain_text(&message.body.blocks));
        let foreign = foreign.filter(|words| words.contains("wvk") && !words.contains(&own));
        self.leaked.extend(foreign.map(|words| format!("chat {number}: {words}")));
        let Some(chat) = &client.chat else { return };
        let shown: Vec<(u64, &Body)> =
            chat.timeline.entries.iter().map(|line| (line.message.seq, &line.message.body)).collect();
        let stands: Vec<(u64, &Body)> = log.iter().map(|message| (message.seq, &message.body)).collect();
        // A screen that was away for very long shows the newest part only.
        let part = shown.len() < stands.len().min(limits::MAX_RESUME);
        if !client.said.is_empty() && (part || !stands.ends_with(&shown)) {
            self.differing.push(format!("chat {number}: {} shown, {} written", shown.len(), stands.len()));
        }
        let waits = log.iter().filter(|m| m.state == State::Growing && m.author.kind != AuthorKind::Visitor);
        self.differing.extend(waits.map(|message| format!("chat {number}: {} grows for ever", message.seq)));
    }

    fn agency(&mut self, asked: &BTreeMap<String, BTreeSet<String>>, strange: usize) {
        self.asked = asked.len();
        for (words, keys) in asked.iter().filter(|(_, keys)| keys.len() != 1) {
            self.misdelivered.push(format!("{words}: {keys:?}"));
        }
        if asked.len() < strange {
            self.misdelivered.push(format!("{} of {strange} questions never came", strange - asked.len()));
        }
    }
}
