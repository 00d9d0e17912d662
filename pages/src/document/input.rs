//! What a message asks for besides words, as a form that works without a script.

use super::chat_page::ChatPage;
use maud::{Markup, html};
use wire::{Block, Body, Input, InputKind, Word, limits::MAX_VALUE_CHARS};

/// The forms for what `body`, the last message, asks for.
pub fn draw_inputs(page: &ChatPage<'_>, body: &Body) -> Markup {
    let asked = body.blocks.iter().filter_map(|block| match block {
        Block::Input(input) => Some(input),
        _ => None,
    });
    html! { @if !page.boot.look.off { @for input in asked { (draw_input_form(page, input)) } } }
}

fn draw_input_form(page: &ChatPage<'_>, input: &Input) -> Markup {
    html! {
        form.hoi-input method="post" action=(page.form_action()) lang=(page.boot.look.lang) {
            (page.hidden_fields())
            input type="hidden" name="name" value=(input.name);
            (draw_input_field(page, input))
            button.hoi-choice type="submit" lang=(page.page_lang()) { (page.widget_word(Word::Send)) }
        }
    }
}

fn draw_input_field(page: &ChatPage<'_>, input: &Input) -> Markup {
    match input.kind {
        InputKind::Date => html! {
            input type="date" name="value" required aria-label=(input.label) min=[&input.min] max=[&input.max];
        },
        InputKind::Choice => html! {
            fieldset.hoi-options {
                legend.hoi-hidden { (input.label) }
                @for choice in &input.options {
                    label { input type="radio" name="value" required value=(choice.key); (choice.label) }
                }
            }
        },
        InputKind::Place => html! {
            label for="hoi-address" lang=(page.page_lang()) { (page.widget_word(Word::OrAddress)) }
            input #hoi-address type="text" name="value" required maxlength=(MAX_VALUE_CHARS)
                autocomplete="street-address";
        },
        InputKind::Unknown => html! {},
    }
}
