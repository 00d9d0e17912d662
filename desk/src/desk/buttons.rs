//! What follows from a press.

use super::{
    actions,
    effect::{DeskEffect, Spot},
    event::DeskButton,
    navigation, open,
    screen::Pane,
    state::Desk,
    uploads::can_attach,
};
use wire::desk::BoardUp;

/// A button was pressed.
pub fn handle_button(desk: &mut Desk, button: DeskButton) -> Vec<DeskEffect> {
    match button {
        DeskButton::Open(id) => open::open_conversation(desk, id),
        DeskButton::Back => navigation::go_back(desk),
        DeskButton::About => {
            desk.pane = if desk.pane == Pane::About { Pane::Talk } else { Pane::About };
            Vec::new()
        }
        DeskButton::Page(page) => navigation::show_page(desk, page),
        DeskButton::Take => actions::take_conversation(desk),
        DeskButton::HandBack => actions::hand_back(desk),
        DeskButton::Attach if can_attach(desk) => vec![DeskEffect::ChooseFiles],
        DeskButton::Attach => Vec::new(),
        DeskButton::Ask(dialog) => navigation::open_dialog(desk, dialog),
        DeskButton::Cancel => {
            desk.dialog = None;
            Vec::new()
        }
        DeskButton::Dismiss => {
            desk.notice = None;
            vec![DeskEffect::Focus(Spot::Heading)]
        }
        DeskButton::Presence(presence) => {
            desk.presence = presence;
            vec![DeskEffect::SendBoard(BoardUp::Presence { presence })]
        }
        DeskButton::RequestNotifications => vec![DeskEffect::RequestNotifications],
        DeskButton::Older => {
            let before = desk.acts.as_ref().and_then(|(acts, _)| acts.last()).map_or(0, |act| act.n);
            vec![DeskEffect::SendBoard(BoardUp::Audit { before })]
        }
    }
}
