//! What keys do. Letters only where nothing is typed, and only for who wants them (WCAG 2.2, 2.1.4).

use super::{
    buttons, canned, composer,
    effect::{DeskEffect, Spot},
    event::{DeskButton, Pressed},
    navigation,
    permissions::permissions_in,
    queue::adjacent_row,
    screen::{DeskPage, Dialog},
    state::Desk,
};

/// A key was pressed.
pub fn on_key(desk: &mut Desk, pressed: &Pressed) -> Vec<DeskEffect> {
    match desk.dialog {
        Some(Dialog::Canned) => return handle_search_key(desk, &pressed.key),
        // The dialog is the browser's, and so is its Escape.
        Some(_) => return Vec::new(),
        None => {}
    }
    if pressed.key == "Escape" && desk.page == DeskPage::Chats {
        return navigation::go_back(desk);
    }
    if pressed.typing {
        return Vec::new();
    }
    if let Some(step) = row_step(&pressed.key).filter(|_| pressed.row.is_some()) {
        return adjacent_row(desk, pressed.row, step)
            .map(|id| DeskEffect::Focus(Spot::Row(id)))
            .into_iter()
            .collect();
    }
    if !desk.settings.keys {
        return Vec::new();
    }
    handle_shortcut(desk, pressed)
}

fn row_step(key: &str) -> Option<isize> {
    match key {
        "ArrowDown" => Some(1),
        "ArrowUp" => Some(-1),
        _ => None,
    }
}

/// What a letter does here, if it does anything.
fn handle_shortcut(desk: &mut Desk, pressed: &Pressed) -> Vec<DeskEffect> {
    let may = desk.talk().map(|talk| permissions_in(desk, talk)).unwrap_or_default();
    let chats = desk.page == DeskPage::Chats;
    match pressed.key.as_str() {
        "?" => navigation::open_dialog(desk, Dialog::Help),
        "j" | "k" if chats => {
            let from = pressed.row.or(desk.open);
            let to = adjacent_row(desk, from, if pressed.key == "j" { 1 } else { -1 });
            to.map(|id| DeskEffect::Focus(Spot::Row(id))).into_iter().collect()
        }
        "t" if chats && may.take => buttons::handle_button(desk, DeskButton::Take),
        "r" if chats && may.say => composer::set_internal(desk, false),
        "n" if chats && may.work && desk.open.is_some() => composer::set_internal(desk, true),
        "/" if chats && may.say => navigation::open_dialog(desk, Dialog::Canned),
        "f" if chats => buttons::handle_button(desk, DeskButton::Attach),
        "m" if chats && may.transfer => navigation::open_dialog(desk, Dialog::Transfer),
        "b" if chats && may.hand_back => buttons::handle_button(desk, DeskButton::HandBack),
        "x" if chats && may.end => navigation::open_dialog(desk, Dialog::End),
        "1" => buttons::handle_button(desk, DeskButton::Page(DeskPage::Chats)),
        "2" if desk.may_teach() => buttons::handle_button(desk, DeskButton::Page(DeskPage::Questions)),
        "3" if desk.may_review() => buttons::handle_button(desk, DeskButton::Page(DeskPage::Reports)),
        "4" if desk.may_review() => buttons::handle_button(desk, DeskButton::Page(DeskPage::Audit)),
        _ => Vec::new(),
    }
}

/// A key while answers are searched: arrows pick, Enter takes.
fn handle_search_key(desk: &mut Desk, key: &str) -> Vec<DeskEffect> {
    let canned =
        desk.info.as_ref().map_or(0, |info| canned::search_answers(&info.canned, &desk.search.0).len());
    let last = canned.saturating_sub(1);
    match key {
        "Enter" => canned::pick_answer(desk, desk.search.1),
        _ => {
            if let Some(step) = row_step(key) {
                desk.search.1 = desk.search.1.saturating_add_signed(step).min(last);
            }
            Vec::new()
        }
    }
}
