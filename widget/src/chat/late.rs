//! What comes of something rare. This and all that only it calls is not in the wasm that everybody loads: nothing else
//! may call it before [`super::Rest::Here`].

use super::{About, Chat, Effect, Rare, display, files, given, news, opinion, renew, stall, visit};

/// Takes `rare` in and says what is to be done about it, in order.
#[inline(never)]
pub fn update(chat: &mut Chat, rare: Rare) -> Vec<Effect> {
    match rare {
        Rare::AskedAgain { seq, id, at } => stall::again(chat, seq, id, at),
        Rare::ChoseLanguage(lang) => renew::choose(chat, lang),
        Rare::Begins(procedure) => visit::visit(chat, "form", procedure),
        Rare::Leaves => visit::visit(chat, "elsewhere", String::new()),
        Rare::Erases => visit::erase(chat),
        Rare::Wished(wish) => display::wished(chat, wish),
        Rare::Voices { voices, ears } => {
            chat.display.voices = voices;
            chat.display.ears = ears;
            Vec::new()
        }
        Rare::ReadOut => {
            chat.display.reading = false;
            Vec::new()
        }
        Rare::Heard(text) => display::heard(chat, text),
        Rare::Judged(judge) => opinion::judged(chat, judge),
        Rare::Opined { about, text, at } => opinion::said(chat, about, &text, at),
        Rare::Gave { value, text, id, at } => given::gave(chat, value, text, id, at),
        Rare::Locate(name) => given::locate(chat, name),
        Rare::Located { name, place, id, at } => given::located(chat, name, place, id, at),
        Rare::Picked => vec![Effect::Pick],
        Rare::Chose(files) => files::chosen(chat, files),
        Rare::FileGoes { id, stage, file } => files::goes(chat, id, stage, file),
        Rare::FileDropped(id) => files::dropped(chat, id),
        Rare::FileRetried(id) => files::retried(chat, id),
        Rare::PressedTell => news::pressed(chat),
        Rare::Told(said) => news::told(chat, &said),
    }
}

/// What is to be done after whatever has happened.
#[inline(never)]
pub fn want(chat: &mut Chat) -> Option<Effect> {
    news::want(chat)
}

/// Sends an opinion whose words were searched for personal data: only [`Rare::Opined`] begins such a search.
#[inline(never)]
pub fn opine(chat: &mut Chat, about: About, text: String) -> Vec<Effect> {
    opinion::send(chat, about, text)
}
