//! Boxes to tick off, beside what to bring and what to do.

use super::{
    dom::{ViewNode, element_with_text, new_element},
    ui::Ui,
};
use crate::chat::{ChatEvent, LazyEvent, Tick};
use crate::host::{dispatch, form};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// Where the boxes of one block belong.
#[derive(Clone, Copy)]
pub struct Ticks {
    /// What is ticked off already.
    pub ui: Ui,
    /// The message's number.
    pub seq: u64,
    /// The block's place in it.
    pub block: usize,
}

/// The item `at`, with its box; without one where nothing can be kept.
pub fn render_item(ticks: Option<&Ticks>, at: usize, words: &str) -> ViewNode {
    let Some(Ticks { ui, seq, block }) = ticks.copied() else { return element_with_text("li", "", words) };
    let tick: Tick = [seq as u32, block as u32, at as u32];
    let ticked = ui.chat.with_untracked(|chat| chat.ticks.contains(&tick));
    let field = new_element("input", "").with_attribute("type", "checkbox").with_listener(
        "change",
        move |event: web_sys::Event| {
            let field = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            let on = field.is_some_and(|field| form::is_ticked(&field));
            dispatch(ChatEvent::Lazy(LazyEvent::Ticked(tick, on)));
        },
    );
    let field = if ticked { field.with_attribute("checked", "") } else { field };
    new_element("li", "").with_child(
        new_element("label", "hoi-tick").with_child(field).with_child(element_with_text("span", "", words)),
    )
}
