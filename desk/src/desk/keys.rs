//! What keys do. Letters only where nothing is typed, and only for who wants them (WCAG 2.2, 2.1.4).

use super::{Button, Desk, Dialog, Effect, Page, Pressed, Spot, beside, canned, may, open};

/// A key was pressed.
pub fn pressed(desk: &mut Desk, pressed: &Pressed) -> Vec<Effect> {
    match desk.dialog {
        Some(Dialog::Canned) => return search(desk, &pressed.key),
        // The dialog is the browser's, and so is its Escape.
        Some(_) => return Vec::new(),
        None => {}
    }
    if pressed.key == "Escape" && desk.page == Page::Chats {
        return open::back(desk);
    }
    if pressed.typing {
        return Vec::new();
    }
    if let Some(step) = step(&pressed.key).filter(|_| pressed.row.is_some()) {
        return beside(desk, pressed.row, step).map(|id| Effect::Focus(Spot::Row(id))).into_iter().collect();
    }
    if !desk.settings.keys {
        return Vec::new();
    }
    letter(desk, pressed)
}

fn step(key: &str) -> Option<isize> {
    match key {
        "ArrowDown" => Some(1),
        "ArrowUp" => Some(-1),
        _ => None,
    }
}

/// What a letter does here, if it does anything.
fn letter(desk: &mut Desk, pressed: &Pressed) -> Vec<Effect> {
    let may = desk.talk().map(|talk| may(desk, talk)).unwrap_or_default();
    let chats = desk.page == Page::Chats;
    match pressed.key.as_str() {
        "?" => open::ask(desk, Dialog::Help),
        "j" | "k" if chats => {
            let from = pressed.row.or(desk.open);
            let to = beside(desk, from, if pressed.key == "j" { 1 } else { -1 });
            to.map(|id| Effect::Focus(Spot::Row(id))).into_iter().collect()
        }
        "t" if chats && may.take => open::button(desk, Button::Take),
        "r" if chats && may.say => super::composer::internal(desk, false),
        "n" if chats && may.work && desk.open.is_some() => super::composer::internal(desk, true),
        "/" if chats && may.say => open::ask(desk, Dialog::Canned),
        "f" if chats => open::button(desk, Button::Attach),
        "m" if chats && may.transfer => open::ask(desk, Dialog::Transfer),
        "b" if chats && may.hand_back => open::button(desk, Button::HandBack),
        "x" if chats && may.end => open::ask(desk, Dialog::End),
        "1" => open::button(desk, Button::Page(Page::Chats)),
        "2" if desk.may_teach() => open::button(desk, Button::Page(Page::Questions)),
        "3" if desk.may_review() => open::button(desk, Button::Page(Page::Reports)),
        "4" if desk.may_review() => open::button(desk, Button::Page(Page::Audit)),
        _ => Vec::new(),
    }
}

/// A key while answers are searched: arrows pick, Enter takes.
fn search(desk: &mut Desk, key: &str) -> Vec<Effect> {
    let canned = desk.info.as_ref().map_or(0, |info| canned::found(&info.canned, &desk.search.0).len());
    let last = canned.saturating_sub(1);
    match key {
        "Enter" => canned::picked(desk, desk.search.1),
        _ => {
            if let Some(step) = step(key) {
                desk.search.1 = desk.search.1.saturating_add_signed(step).min(last);
            }
            Vec::new()
        }
    }
}
