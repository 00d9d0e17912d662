//! What the page may know of a site.

use crate::{Button, Care, Contact, FileRules, Run};
use serde::{Deserialize, Serialize};

/// The public half of a site's settings, in one language.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Look {
    /// The site's id, as in the tag.
    pub site: String,
    /// Which published version this is of; a change means: fetch again.
    pub version: u64,
    /// The language of every text in here.
    pub lang: String,
    /// The languages the site speaks, its first one first.
    pub languages: Vec<String>,
    /// What the widget's own words may also be in, beside `languages`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub interface: Vec<String>,
    /// The agency's name, in the panel's header.
    pub name: String,
    /// Who answers, for example "Trợ lý phường Bến Xuân".
    pub assistant: String,
    /// What stands on the launcher.
    pub launcher_label: String,
    /// The first words in an empty conversation.
    pub greeting: Vec<Run>,
    /// The first things to press.
    pub start: Vec<Button>,
    /// How to reach the agency otherwise.
    pub contact: Contact,
    /// A sentence about personal data, shown over the composer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub privacy: Option<Run>,
    /// What is done about personal data in what the visitor writes.
    #[serde(default)]
    pub care: Care,
    /// Whether visitors are asked if an answer helped.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub thumbs: bool,
    /// Whether visitors who end the chat are asked how it was.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub survey: bool,
    /// Which files visitors may send; absent: none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub files: Option<FileRules>,
    /// An important notice, shown above everything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<Run>,
    /// Whether the chat is switched off.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub off: bool,
    /// The hosts that pictures in messages may come from. Empty: none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pictures: Vec<String>,
    /// The path of the logo on the edge.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logo: Option<String>,
    /// The brand's colours, corrected for contrast.
    pub accent: Accent,
    /// Light, dark, or as the visitor's system says.
    #[serde(default)]
    pub scheme: Scheme,
    /// How the launcher is drawn.
    #[serde(default)]
    pub launcher: Launcher,
    /// In which corner.
    #[serde(default)]
    pub position: Position,
    /// Whether "Hoi" may be named at the foot of the panel.
    #[serde(default)]
    pub credit: bool,
}

impl Look {
    /// Whether a picture may be loaded from `src`: by `https:`, from exactly one of the listed hosts.
    pub fn allows_picture(&self, src: &str) -> bool {
        let host = src.strip_prefix("https://").and_then(|rest| rest.split(['/', '?', '#']).next());
        host.is_some_and(|host| self.pictures.iter().any(|listed| listed == host))
    }
}

/// Colours as `#rrggbb`. Each pair keeps a contrast of 4.5:1 at least.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accent {
    /// Behind the header and the visitor's bubbles, on light pages.
    pub light: String,
    /// Text on `light`.
    pub on_light: String,
    /// Behind the header and the visitor's bubbles, on dark pages.
    pub dark: String,
    /// Text on `dark`.
    pub on_dark: String,
    /// Links and borders on the light panel's white.
    pub text_light: String,
    /// Links and borders on the dark panel's near-black.
    pub text_dark: String,
}

/// Which colours the panel wears.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scheme {
    /// As the visitor's system says.
    #[default]
    Auto,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Scheme {
    /// All there are.
    pub const ALL: [Scheme; 3] = [Scheme::Auto, Scheme::Light, Scheme::Dark];
}

/// How the launcher is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Launcher {
    /// A round button with an icon.
    #[default]
    Bubble,
    /// A button with an icon and its label.
    Bar,
    /// A label along the edge of the window.
    Tab,
    /// None: the page opens the chat itself.
    None,
}

/// In which lower corner launcher and panel stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Position {
    /// At the end of a line: right, in left-to-right pages.
    #[default]
    End,
    /// At the start of a line.
    Start,
}
