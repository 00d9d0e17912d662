//! Other settings are wanted: what changes with them at once.

use super::{
    effect::{DeskEffect, DeskStorageKey, Spot},
    settings::DeskSettings,
    state::Desk,
};

/// Other settings are wanted.
pub fn change_settings(desk: &mut Desk, settings: DeskSettings) -> Vec<DeskEffect> {
    let mut effects = vec![DeskEffect::Store(DeskStorageKey::Settings, settings.to_line())];
    if settings.lang != desk.settings.lang {
        // Everything is drawn anew, and with it the menu.
        effects.extend([DeskEffect::SetLanguage(settings.lang), DeskEffect::Focus(Spot::Menu)]);
    }
    if settings.scheme != desk.settings.scheme {
        effects.push(DeskEffect::SetScheme(settings.scheme));
    }
    if settings.sound && !desk.settings.sound {
        // What was just switched on is heard; browsers also want a press before the first sound.
        effects.push(DeskEffect::Beep);
    }
    desk.settings = settings;
    effects
}
