//! One message: who said it and when, what, and what is to be said about it.

use super::{
    block,
    checklist::Ticks,
    dom::{ViewNode, element_with_text, new_button, new_element, new_text, watch_number},
    feedback,
    icon::icon,
    texts::UiTexts,
    ui::{RowSignal, Ui},
};
use crate::chat::{ChatEvent, DeliveryState, LazyEvent, MessageRow, RowKey, is_lazy_block};
use crate::host::{clock, dispatch, random, root};
use leptos::prelude::*;
use wire::{AuthorKind, Block, State, Word};

/// The message in `row`.
pub fn render_message(ui: Ui, texts: &UiTexts, row: &RowSignal) -> ViewNode {
    let line = row.line.clone();
    let first = line.get_untracked();
    let from = match first.message.author.kind {
        AuthorKind::Visitor => "visitor",
        AuthorKind::Assistant => "assistant",
        AuthorKind::Staff => "staff",
        AuthorKind::Agency | AuthorKind::Unknown => "agency",
    };
    let article = new_element("article", "").with_attribute("lang", &first.message.lang);
    let (shown, stage) = (article.clone(), line.clone());
    watch_number(
        Box::new(move || (!stage.with(|line| line.delivery.is_sent())).into()),
        Box::new(move |waits| {
            let waits = if waits != 0 { " hoi-pending" } else { "" };
            shown.as_element().set_class_name(&["hoi-message hoi-from-", from, waits].concat());
        }),
    );
    let article = article.with_child(render_meta(ui, texts, &first, line.clone())).with_child(add_blocks(
        ui,
        new_element("div", "hoi-bubble").with_attribute("dir", root::text_direction(&first.message.lang)),
        texts,
        line.clone(),
    ));
    feedback::add_feedback(add_status(article, texts, line.clone()), ui, texts, line)
}

fn render_meta(ui: Ui, texts: &UiTexts, first: &MessageRow, line: ArcRwSignal<MessageRow>) -> ViewNode {
    let author = &first.message.author;
    let meta = ui.chat.with_untracked(|chat| {
        new_element("div", "hoi-meta")
            .with_child(element_with_text("span", "hoi-author", chat.author_name(author)))
            .with_children(chat.author_kind(author).map(|kind| element_with_text("span", "hoi-kind", kind)))
    });
    let (time, texts) = (new_element("time", ""), texts.clone());
    let shown = time.clone();
    watch_number(
        Box::new(move || line.with(|line| line.message.at)),
        Box::new(move |at| {
            let time = shown.as_element();
            let _ = time.set_attribute("datetime", &clock::format_iso(at));
            time.set_text_content(Some(&clock::format_time(at, texts.lang())));
        }),
    );
    meta.with_child(time)
}

/// `bubble` with the blocks: a growing reply redraws only those that changed.
fn add_blocks(ui: Ui, bubble: ViewNode, texts: &UiTexts, line: ArcRwSignal<MessageRow>) -> ViewNode {
    let (texts, own) = (texts.clone(), line.clone());
    let read = move || {
        let drawn = |block: &&Block| !is_lazy_block(block) || ui.is_lazy_ready();
        line.with(|line| line.message.body.blocks.iter().filter(drawn).cloned().collect())
    };
    bubble.reactive_list(read, move |block| {
        let (seq, at) = own.with_untracked(|line| {
            (line.message.seq, line.message.body.blocks.iter().position(|other| other == block))
        });
        block::render_block(block, &texts, Some(&Ticks { ui, seq, block: at.unwrap_or_default() }))
    })
}

/// What is to be said about it: that it waits, was refused, still grows, or was cut. By number, for following it.
#[derive(Clone, Copy)]
enum MessageStatus {
    Nothing,
    Waits,
    Refused,
    Grows,
    Cut,
}

fn message_status(line: &MessageRow) -> MessageStatus {
    match (&line.delivery, line.message.state) {
        (DeliveryState::Pending, _) => MessageStatus::Waits,
        (DeliveryState::Failed(..), _) => MessageStatus::Refused,
        (DeliveryState::Sent, State::Growing) => MessageStatus::Grows,
        (DeliveryState::Sent, State::Cut) => MessageStatus::Cut,
        (DeliveryState::Sent, State::Done | State::Unknown) => MessageStatus::Nothing,
    }
}

/// `article` with it.
fn add_status(article: ViewNode, texts: &UiTexts, line: ArcRwSignal<MessageRow>) -> ViewNode {
    let texts = texts.clone();
    let own = line.clone();
    let draw = move |_| {
        let (about, key, seq) = own.with_untracked(|line| (message_status(line), line.key, line.message.seq));
        Some(match about {
            MessageStatus::Nothing => return None,
            MessageStatus::Waits => {
                element_with_text("p", "hoi-state hoi-waits", texts.word_text(Word::Waiting))
            }
            MessageStatus::Cut => {
                let event = move || {
                    ChatEvent::Lazy(LazyEvent::AskedAgain { seq, id: random::random_id(), at: clock::now() })
                };
                let again = retry_button(&texts, move || dispatch(event()));
                element_with_text("p", "hoi-state", texts.word_text(Word::CutShort)).with_child(again)
            }
            MessageStatus::Refused => render_refused(&texts, key),
            MessageStatus::Grows => new_button("hoi-stop", move || dispatch(ChatEvent::Stopped { seq }))
                .with_child(icon("stop"))
                .with_child(new_text(texts.word_text(Word::Stop))),
        })
    };
    article
        .reactive_by_number(Box::new(move || line.with(|line| message_status(line) as u64)), Box::new(draw))
}

fn render_refused(texts: &UiTexts, key: RowKey) -> ViewNode {
    let retry = move || {
        if let RowKey::Id(id) = key {
            dispatch(ChatEvent::Lazy(LazyEvent::Retried { id, fresh: random::random_id() }));
        }
    };
    element_with_text("p", "hoi-state hoi-state-bad", texts.word_text(Word::NotSent))
        .with_child(retry_button(texts, retry))
}

fn retry_button(texts: &UiTexts, press: impl FnMut() + 'static) -> ViewNode {
    new_button("hoi-again", press)
        .with_child(icon("again"))
        .with_child(new_text(texts.word_text(Word::TryAgain)))
}
