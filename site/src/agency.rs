//! The agency's endpoint: where questions go that no intent answers.

use crate::Text;
use serde::{Deserialize, Serialize};

/// The table `[agency]` of `site.toml`. Fields that came later have defaults, so that older bundles still read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agency {
    /// The protocol it speaks: the name of a connector.
    pub connector: String,
    /// Where.
    pub url: String,
    /// The *name* of the secret; empty if the protocol needs none.
    #[serde(default)]
    pub secret: String,
    /// How long a whole reply may take, in seconds.
    pub timeout_seconds: u32,
    /// How long it may take until a reply begins, in seconds; at most `timeout_seconds`.
    #[serde(default = "Agency::connect_timeout")]
    pub connect_timeout_seconds: u32,
    /// How many questions of this site may be with the agency at once.
    #[serde(default = "Agency::at_once")]
    pub at_once: u32,
    /// For `openai`.
    #[serde(default)]
    pub model: Option<LanguageModel>,
    /// For `chatwoot`.
    #[serde(default)]
    pub inbox: Option<Inbox>,
}

/// What only a language model needs to know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LanguageModel {
    /// The model's name, as its server calls it.
    pub name: String,
    /// What the agency wants to add to its instructions; may be empty.
    #[serde(default)]
    pub instructions: Text,
    /// How much of the conversation it is told, in tokens as `edge` estimates them.
    pub history_tokens: u32,
    /// The longest answer it may give, in tokens as its server counts them.
    pub answer_tokens: u32,
    /// What else is asked of its server: parameters of the request, which go before ours.
    #[serde(default)]
    pub parameters: serde_json::Map<String, serde_json::Value>,
}

/// Where in Chatwoot the questions arrive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inbox {
    /// The identifier of the inbox of type "API", from its settings.
    pub identifier: String,
}

impl Agency {
    /// Seconds until a reply must begin, unless the site says otherwise.
    pub const CONNECT_TIMEOUT: u32 = 10;
    /// Questions at once, unless the site says otherwise.
    pub const AT_ONCE: u32 = 10;

    /// Whether `name` is one of the edge's own bindings, which no site may send anywhere.
    pub fn is_reserved(name: &str) -> bool {
        name.to_ascii_uppercase().starts_with("HOI_")
    }

    fn connect_timeout() -> u32 {
        Agency::CONNECT_TIMEOUT
    }

    fn at_once() -> u32 {
        Agency::AT_ONCE
    }
}
