//! What the person at the desk has chosen, and what is shown.

use super::{Desk, DeskEffect, DeskStorageKey, Spot};
use crate::words::Lang;
use wire::Scheme;

/// What is kept for this browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeskSettings {
    /// The language of the desk's own words.
    pub lang: Lang,
    /// Whether it makes a sound when somebody waits.
    pub sound: bool,
    /// Whether single letters do something.
    pub keys: bool,
    /// Light or dark.
    pub scheme: Scheme,
}

impl Default for DeskSettings {
    fn default() -> DeskSettings {
        DeskSettings { lang: Lang::Vi, sound: false, keys: true, scheme: Scheme::Auto }
    }
}

impl DeskSettings {
    /// In a line, to be kept.
    pub fn to_line(&self) -> String {
        let flag = |on: bool, name: &str| if on { name.to_owned() } else { format!("no-{name}") };
        let (sound, keys) = (flag(self.sound, "sound"), flag(self.keys, "keys"));
        [self.lang.tag(), &sound, &keys, self.scheme.name()].join(" ")
    }

    /// What `line` says; the rest as it is here.
    pub fn apply_line(mut self, line: &str) -> DeskSettings {
        for word in line.split(' ') {
            match word {
                "sound" => self.sound = true,
                "no-sound" => self.sound = false,
                "keys" => self.keys = true,
                "no-keys" => self.keys = false,
                other => {
                    let scheme = Scheme::ALL.into_iter().find(|scheme| scheme.name() == other);
                    self.scheme = scheme.unwrap_or(self.scheme);
                    self.lang = Lang::ALL.into_iter().find(|lang| lang.tag() == other).unwrap_or(self.lang);
                }
            }
        }
        self
    }
}

/// Other settings are wanted.
pub fn change_settings(desk: &mut Desk, settings: DeskSettings) -> Vec<DeskEffect> {
    let mut effects = vec![DeskEffect::Store(DeskStorageKey::Settings, settings.to_line())];
    if settings.lang != desk.settings.lang {
        // Everything is drawn anew, and with it the menu.
        effects.extend([DeskEffect::Speak(settings.lang), DeskEffect::Focus(Spot::Menu)]);
    }
    if settings.scheme != desk.settings.scheme {
        effects.push(DeskEffect::Colour(settings.scheme));
    }
    if settings.sound && !desk.settings.sound {
        // What was just switched on is heard; browsers also want a press before the first sound.
        effects.push(DeskEffect::Beep);
    }
    desk.settings = settings;
    effects
}

/// Which conversations are listed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// Only those of this department.
    pub department: Option<String>,
    /// Only mine, and those that wait.
    pub mine: bool,
}

/// What is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DeskPage {
    /// Conversations.
    #[default]
    Chats,
    /// What was not answered.
    Questions,
    /// What happened.
    Reports,
    /// Who did what.
    Audit,
}

/// Which part of the conversations' page is seen where there is room for one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Pane {
    /// The list.
    #[default]
    List,
    /// The conversation.
    Talk,
    /// What is known of the visitor.
    About,
}

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialog {
    /// Who is to take it.
    Transfer,
    /// How it went.
    End,
    /// Why the visitor's data is erased.
    Erase,
    /// Why a copy of it is saved.
    Copy,
    /// Which answer.
    Canned,
    /// Nothing: it says which keys do what.
    Help,
}
