//! What Chatwoot answers and posts, as far as it is read.

use serde::Deserialize;

/// A contact, as it is made and as events name it.
#[derive(Deserialize)]
pub struct ChatwootContact {
    pub source_id: String,
}

/// What was made, by its number.
#[derive(Deserialize)]
pub struct Numbered {
    pub id: u64,
}

/// A message of a conversation that is listed.
#[derive(Deserialize)]
pub struct ChatwootMessage {
    pub id: u64,
    #[serde(default)]
    pub content: Option<String>,
    /// 0 or `incoming`: by the visitor.
    #[serde(default)]
    pub message_type: serde_json::Value,
}

/// What Chatwoot posts about a message; of everything else only `event` is read.
#[derive(Deserialize)]
pub struct ChatwootEvent {
    #[serde(default)]
    pub event: String,
    #[serde(default)]
    pub id: u64,
    #[serde(default)]
    pub content: Option<String>,
    #[serde(default)]
    pub private: bool,
    #[serde(default)]
    pub message_type: serde_json::Value,
    #[serde(default)]
    pub content_attributes: serde_json::Value,
    /// `text`, or what kind of interactive message it is.
    #[serde(default)]
    pub content_type: Option<String>,
    #[serde(default)]
    pub attachments: Option<Vec<ChatwootAttachment>>,
    #[serde(default)]
    pub sender: Option<Sender>,
    #[serde(default)]
    pub conversation: Option<ChatwootConversation>,
}

/// Who wrote it.
#[derive(Deserialize)]
pub struct Sender {
    #[serde(default)]
    pub name: Option<String>,
    #[serde(default)]
    pub available_name: Option<String>,
    #[serde(default)]
    pub r#type: Option<String>,
}

/// In which conversation.
#[derive(Deserialize)]
pub struct ChatwootConversation {
    #[serde(default)]
    pub contact_inbox: Option<ChatwootContact>,
}

/// What is attached to a message: a file that lies with Chatwoot, or a place, a contact, a link.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct ChatwootAttachment {
    pub file_type: Option<String>,
    pub data_url: Option<String>,
    pub file_size: Option<u64>,
    pub fallback_title: Option<String>,
    pub coordinates_lat: Option<f64>,
    pub coordinates_long: Option<f64>,
}

/// One entry of an interactive message: a choice, an article or a card.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct ChatwootItem {
    pub title: Option<String>,
    pub description: Option<String>,
    pub value: Option<String>,
    pub link: Option<String>,
    pub media_url: Option<String>,
    pub actions: Option<Vec<ChatwootAction>>,
}

/// What can be pressed on a card.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct ChatwootAction {
    pub r#type: Option<String>,
    pub text: Option<String>,
    pub uri: Option<String>,
    pub payload: Option<String>,
}
