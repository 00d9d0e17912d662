//! A site, typed. Every field here has been checked by [`crate::read`] or came out of a published bundle.

use crate::{
    Agency, Colour, DeskConfig, Feedback, Files, Form, Hours, Identity, IntentInput, Lang, Lists,
    PersonalData, Safety, Text,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// All that an agency writes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Site {
    /// `site.toml`.
    pub settings: Settings,
    /// `intents/*.toml`, in the order of the files and of the entries in them. The model's intents are these ids.
    pub intents: Vec<Intent>,
    /// `procedures/*.toml`, by file name without its ending.
    #[serde(default)]
    pub procedures: BTreeMap<String, ProcedureDefinition>,
    /// Sentences that none of the intents should answer, to train "none of these".
    #[serde(default)]
    pub out_of_scope: Lists,
}

/// `site.toml`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// In tags and URLs: lower-case letters, digits and `-`.
    pub site: String,
    /// What it speaks; the first one is used when the visitor's own is not among them.
    pub languages: Vec<Lang>,
    /// Exact origins of the pages that may show the chat. Empty: none may.
    pub origins: Vec<String>,
    /// The agency's name.
    pub name: Text,
    /// Who answers.
    pub assistant: Text,
    /// The first words.
    pub greeting: Text,
    /// A sentence about personal data.
    #[serde(default)]
    pub privacy: Option<Text>,
    /// What is done about personal data in what visitors write.
    #[serde(default)]
    pub personal_data: PersonalData,
    /// What visitors are asked about answers and conversations.
    #[serde(default)]
    pub feedback: Feedback,
    /// Which files they may send; absent: none.
    #[serde(default)]
    pub files: Option<Files>,
    /// Something everybody should know now: a storm, a closed office. Absent on ordinary days.
    #[serde(default)]
    pub notice: Option<Text>,
    /// The hosts that pictures in messages may come from.
    #[serde(default)]
    pub pictures: Vec<String>,
    /// The first buttons.
    #[serde(default)]
    pub start: Start,
    /// How it looks.
    pub look: crate::look::LookSettings,
    /// How to reach the agency without the chat.
    pub contact: ContactDetails,
    /// Said when nothing else can answer.
    pub fallback: Text,
    /// Where unanswered questions go.
    #[serde(default)]
    pub agency: Option<Agency>,
    /// People who answer in the chat; absent: none.
    #[serde(default)]
    pub desk: Option<DeskConfig>,
    /// Who may say who a visitor is.
    #[serde(default)]
    pub identity: Option<Identity>,
    /// How much may be used.
    #[serde(default)]
    pub limits: Limits,
    /// How many days a conversation is kept after its last message.
    pub retention_days: u32,
    /// The agency's clock, in minutes east of UTC, for pages drawn without the visitor's own clock.
    #[serde(default)]
    pub utc_offset_minutes: i32,
    /// When it is open.
    #[serde(default)]
    pub hours: Option<Hours>,
    /// What it adds to the safety layer.
    #[serde(default)]
    pub safety: Safety,
    /// Words that mean the same.
    #[serde(default)]
    pub synonyms: Vec<Synonyms>,
}

/// The first buttons.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Start {
    /// Ids of intents, in order.
    pub intents: Vec<String>,
}

/// How to reach the agency without the chat.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ContactDetails {
    /// Telephone numbers.
    #[serde(default)]
    pub phones: Vec<Phone>,
    /// An e-mail address.
    #[serde(default)]
    pub email: Option<String>,
    /// Where the counter is.
    #[serde(default)]
    pub address: Option<Text>,
    /// When it is open, one line an item.
    #[serde(default)]
    pub hours: Lists,
}

/// A telephone number and what it is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phone {
    /// Who answers there.
    pub label: Text,
    /// Digits, spaces, dots, brackets and a leading `+`.
    pub number: String,
}

/// How much one visitor, one internet address and all together may use. Days are days of the agency's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Limits {
    /// Messages of one visitor a minute, with as many at once to begin with.
    pub messages_per_minute: u32,
    /// Messages of one visitor a day.
    pub messages_per_day: u32,
    /// How often one address may connect a minute, with as many at once to begin with.
    pub address_connections_per_minute: u32,
    /// Conversations one address may begin a day.
    pub address_conversations_per_day: u32,
    /// Messages from one address a day: a school or an office may share one.
    pub address_messages_per_day: u32,
    /// Messages of all visitors a day.
    pub site_messages_per_day: u32,
    /// How often the agency may be asked a day, by all visitors together. What is over waits for the next day.
    pub agency_questions_per_day: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            messages_per_minute: 15,
            messages_per_day: 300,
            address_connections_per_minute: 120,
            address_conversations_per_day: 300,
            address_messages_per_day: 3_000,
            site_messages_per_day: 50_000,
            agency_questions_per_day: 10_000,
        }
    }
}

/// Words that mean the same here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Synonyms {
    /// In which language.
    pub lang: Lang,
    /// The first is what the others are read as.
    pub words: Vec<String>,
}

/// Something visitors ask, and its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Intent {
    /// Unique in the site: lower-case letters, digits and `-`.
    pub id: String,
    /// What stands on a button that asks it.
    pub title: Text,
    /// How people type it.
    pub phrases: Lists,
    /// The answer, in Markdown.
    pub answer: Text,
    /// A procedure to show as a card under the answer.
    #[serde(default)]
    pub procedure: Option<String>,
    /// What to press next.
    #[serde(default)]
    pub buttons: Vec<AnswerButton>,
    /// What it asks for besides words.
    #[serde(default)]
    pub input: Option<IntentInput>,
    /// Where the answer comes from: a [`AnswerButton::Link`].
    #[serde(default)]
    pub source: Option<AnswerButton>,
    /// Whether the visitor is then brought to a person.
    #[serde(default)]
    pub person: bool,
    /// Whether a person sees the answer before the visitor does.
    #[serde(default)]
    pub approve: bool,
    /// Which department's people.
    #[serde(default)]
    pub department: Option<String>,
}

/// Something to press under an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum AnswerButton {
    /// Asks another intent of this site.
    Intent(String),
    /// Leads elsewhere.
    Link {
        /// `https:`, `mailto:` or `tel:`.
        link: String,
        /// What stands on it.
        label: Text,
    },
}

/// An administrative procedure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProcedureDefinition {
    /// Its official name.
    pub title: Text,
    /// What to bring.
    #[serde(default)]
    pub papers: Lists,
    /// What to do, in order.
    #[serde(default)]
    pub steps: Lists,
    /// What it costs.
    #[serde(default)]
    pub fee: Text,
    /// How long it takes.
    #[serde(default)]
    pub time: Text,
    /// Where it is done.
    #[serde(default)]
    pub place: Text,
    /// The laws and decrees it rests on.
    #[serde(default)]
    pub legal: Lists,
    /// Where to do it online.
    #[serde(default)]
    pub link: Option<AnswerButton>,
    /// What is asked, where it is done in the chat.
    #[serde(default)]
    pub form: Option<Form>,
}

/// A picture file of the agency's, as published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Logo {
    /// Its content type: `image/svg+xml` or `image/png`.
    pub content_type: String,
    /// Its bytes, at most [`Logo::MAX_BYTES`]; in JSON as base64.
    #[serde(with = "base64_bytes")]
    pub bytes: Vec<u8>,
}

impl Logo {
    /// Largest logo, in bytes.
    pub const MAX_BYTES: usize = 100 * 1024;
}

impl Site {
    /// The language to speak to a visitor who asks for `wanted` (`vi-VN` finds `vi`).
    pub fn match_language(&self, wanted: &str) -> &str {
        let wanted = wanted.to_ascii_lowercase();
        let primary = wanted.split(['-', '_']).next().unwrap_or_default();
        let languages = &self.settings.languages;
        let found =
            languages.iter().find(|l| **l == wanted).or_else(|| languages.iter().find(|l| *l == primary));
        found.or_else(|| languages.first()).map_or("en", String::as_str)
    }

    /// The intent called `id`.
    pub fn intent_by_id(&self, id: &str) -> Option<&Intent> {
        self.intents.iter().find(|intent| intent.id == id)
    }

    /// `text` in `lang`, else in the site's first language.
    pub fn text_in<'a>(&self, text: &'a Text, lang: &str) -> &'a str {
        text.get(lang, &self.settings.languages)
    }

    /// The brand's colour as the agency chose it.
    pub fn brand_colour(&self) -> Colour {
        self.settings.look.brand
    }
}

mod base64_bytes {
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

    pub fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        STANDARD.encode(bytes).serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        STANDARD.decode(String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}
