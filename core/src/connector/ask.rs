//! What a connector is given, and the request it makes of it.

use crate::{application::case::AgencySubmission, files::Stored, identity::Visitor, time::Seconds};
use std::collections::BTreeMap;
use wire::Id;

/// How many earlier messages the agency is told at most. A language model's window may be smaller.
pub(crate) const MAX_HISTORY: u64 = 24;

/// One question for the agency.
#[derive(Debug, Clone, PartialEq)]
pub struct Ask {
    /// Which site.
    pub site: String,
    /// Which conversation.
    pub conversation: Id,
    /// The question's id, as the visitor's side made it.
    pub id: Id,
    /// Its place in the conversation.
    pub seq: u64,
    /// What was asked.
    pub text: String,
    /// The name of the agency's own button that was pressed or chosen in words, if it has one; `text` is what stands on it.
    pub pick: Option<String>,
    /// What was given for an input of the agency's or the site's, checked against it.
    pub value: Option<wire::Given>,
    /// What the button stands for that was pressed, where the agency offered it under other words.
    pub choice: Option<String>,
    /// The files that were sent with it.
    pub files: Vec<Stored>,
    /// In which language.
    pub lang: String,
    /// When, in milliseconds since 1970.
    pub at: u64,
    /// What was said before, oldest first.
    pub history: Vec<HistoryLine>,
    /// What the matcher thought of, best first: intent and probability.
    pub candidates: Vec<(String, f32)>,
    /// The site's own answers that come closest, best first.
    pub known: Vec<KnownAnswer>,
    /// Whose site this is.
    pub about: AgencyInfo,
    /// How often this question was sent before.
    pub tries: u32,
    /// Who asks, where the host's server has said so and was believed.
    pub visitor: Option<Visitor>,
    /// What the page says the visitor is about. Nobody has checked it.
    pub context: BTreeMap<String, String>,
    /// What [`super::ReplyPart::Remember`] kept of this conversation's earlier exchanges.
    pub remembered: BTreeMap<String, String>,
    /// The case that is handed in, or what is added to one, if this is no question.
    pub submission: Option<AgencySubmission>,
    /// Whether the answer may be shown as it grows. Not that of a language model which is not known to speak without thinking
    /// aloud: see [`super::ReplyPart::NoReasoning`].
    pub shows_growth: bool,
    /// The time of this request.
    pub now: Seconds,
}

impl Ask {
    /// The same for every try of the same question, so that the agency acts once.
    pub fn idempotency_key(&self) -> String {
        format!("msg_{}_{}", self.conversation, self.seq)
    }

    /// What was remembered under `name`.
    pub fn remembered_value(&self, name: &str) -> Option<&str> {
        self.remembered.get(name).map(String::as_str)
    }
}

/// Something said earlier.
#[derive(Debug, Clone, PartialEq)]
pub struct HistoryLine {
    /// Who said it.
    pub author: wire::AuthorKind,
    /// Its words.
    pub text: String,
}

/// Something the site knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownAnswer {
    /// What it is about.
    pub title: String,
    /// The answer in Markdown, with its procedure's facts.
    pub text: String,
}

/// Whose site this is, in the language of the question.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AgencyInfo {
    /// The agency's name.
    pub name: String,
    /// How to reach it without the chat, one way a line.
    pub contact: String,
}

/// Where a question goes.
#[derive(Debug, Clone, Copy)]
pub struct Endpoint<'a> {
    /// The site's settings for it.
    pub agency: &'a site::Agency,
    /// The secret's value. It goes into a signature or a header, never into a body, a URL or a log.
    pub secret: &'a str,
}

impl Endpoint<'_> {
    /// The address with `path` behind it. `path` begins with a slash and is escaped where it must be.
    pub fn url_for(&self, path: &str) -> String {
        format!("{}{path}", self.agency.url.trim_end_matches('/'))
    }
}

/// How a request is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    /// Only looks.
    Get,
    /// Brings something.
    Post,
}

/// A request to be sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Outbound {
    /// How.
    pub verb: Verb,
    /// The address.
    pub url: String,
    /// Header names, lower case, and their values.
    pub headers: Vec<(&'static str, String)>,
    /// The body; empty where nothing is brought.
    pub body: String,
}

impl Outbound {
    /// A posted body of JSON.
    pub fn post_json(url: String, body: &impl serde::Serialize) -> Result<Outbound, super::ConnectorError> {
        let body = serde_json::to_string(body)
            .map_err(|_| super::ConnectorError::Settings("the question can't be written"))?;
        let headers = vec![("content-type", "application/json".to_owned())];
        Ok(Outbound { verb: Verb::Post, url, headers, body })
    }

    /// With one more header.
    pub fn with_header(mut self, name: &'static str, value: impl Into<String>) -> Outbound {
        self.headers.push((name, value.into()));
        self
    }
}
