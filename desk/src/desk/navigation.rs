//! From page to page, back, and into a dialog.

use super::{
    alerts,
    effect::{DeskEffect, Spot},
    report,
    screen::{DeskPage, Dialog, Pane},
    state::Desk,
};
use wire::desk::BoardUp;

/// Back to the list, at the conversation one comes from.
pub fn go_back(desk: &mut Desk) -> Vec<DeskEffect> {
    if desk.pane == Pane::About {
        desk.pane = Pane::Talk;
        return vec![DeskEffect::Focus(Spot::Heading)];
    }
    desk.pane = Pane::List;
    vec![DeskEffect::Focus(desk.open.map_or(Spot::List, Spot::Row))]
}

/// Shows another page.
pub fn show_page(desk: &mut Desk, page: DeskPage) -> Vec<DeskEffect> {
    desk.page = page;
    desk.notice = None;
    if page == DeskPage::Chats {
        desk.pane = Pane::List;
    }
    let mut effects = request_page(desk);
    if page == DeskPage::Chats {
        effects.extend(alerts::send_read_receipt(desk));
    }
    effects.push(DeskEffect::Focus(Spot::Heading));
    effects
}

/// Asks for what the page shows, anew each time it is shown.
pub fn request_page(desk: &mut Desk) -> Vec<DeskEffect> {
    let frame = match desk.page {
        DeskPage::Chats => return Vec::new(),
        DeskPage::Questions => BoardUp::Questions,
        DeskPage::Reports => BoardUp::Report { from: report::first_day(desk) },
        DeskPage::Audit => BoardUp::Audit { before: 0 },
    };
    vec![DeskEffect::SendBoard(frame)]
}

/// Opens a dialog.
pub fn open_dialog(desk: &mut Desk, dialog: Dialog) -> Vec<DeskEffect> {
    desk.dialog = Some(dialog);
    desk.search = (String::new(), 0);
    match dialog {
        Dialog::Canned => vec![DeskEffect::Focus(Spot::Search)],
        Dialog::Erase | Dialog::Copy => vec![DeskEffect::Focus(Spot::Reason)],
        Dialog::Transfer | Dialog::End | Dialog::Help => Vec::new(),
    }
}
