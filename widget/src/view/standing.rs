//! What everybody is told, over everything else: it must be seen wherever the list has been scrolled to.

use super::{
    block::{contact::render_contact, more::render_notice},
    dom::{ViewNode, new_element},
    texts::UiTexts,
    ui::Ui,
};
use leptos::prelude::*;
use wire::{Run, Word};

/// The banner, empty on ordinary days.
pub fn render_banner(ui: Ui, texts: &UiTexts) -> ViewNode {
    let texts = texts.clone();
    let banner = new_element("div", "hoi-standing");
    let place = banner.clone();
    banner.reactive_child(
        move || ui.chat.with(|chat| (chat.look.notice.clone(), chat.look.off)),
        move |(own, off)| {
            // What stands below it goes by this: see the style sheet.
            let _ = place.clone().with_attribute("data-off", if *off { "1" } else { "" });
            let said = || Run { text: texts.word_text(Word::SwitchedOff).to_owned(), ..Run::default() };
            let run = own.clone().or_else(|| off.then(said))?;
            let notice = render_notice(&[run], &texts);
            let notice = if own.is_some() { texts.mark_site_lang(notice) } else { notice };
            let reach = off.then(|| render_contact(&texts.look().contact, &texts));
            Some(new_element("div", "").with_child(notice).with_children(reach))
        },
    )
}
