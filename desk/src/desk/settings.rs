//! What the person at the desk has chosen for this browser.

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

/// What the browser kept from the last time, and what it says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct InitialState {
    /// What was chosen.
    pub settings: DeskSettings,
    /// Whether somebody looks at this window.
    pub watched: bool,
    /// Whether the browser shows notifications.
    pub notifies: Option<bool>,
}
