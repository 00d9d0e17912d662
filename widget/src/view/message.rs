//! One message: who said it and when, what, and what is to be said about it.

use super::{
    Row, Ui, block,
    checklist::Ticks,
    feedback,
    icon::icon,
    piece::{Piece, button, el, follow_number, text, with_text},
    texts::Texts,
};
use crate::chat::{DeliveryState, Event, LazyEvent, MessageRow, RowKey, is_lazy_block};
use crate::host::{clock, dispatch, random, root};
use leptos::prelude::*;
use wire::{AuthorKind, Block, State, Word};

/// The message in `row`.
pub fn message(ui: Ui, texts: &Texts, row: &Row) -> Piece {
    let line = row.line.clone();
    let first = line.get_untracked();
    let from = match first.message.author.kind {
        AuthorKind::Visitor => "visitor",
        AuthorKind::Assistant => "assistant",
        AuthorKind::Staff => "staff",
        AuthorKind::Agency | AuthorKind::Unknown => "agency",
    };
    let article = el("article", "").attr("lang", &first.message.lang);
    let (shown, stage) = (article.clone(), line.clone());
    follow_number(
        Box::new(move || (!stage.with(|line| line.delivery.is_sent())).into()),
        Box::new(move |waits| {
            let waits = if waits != 0 { " hoi-pending" } else { "" };
            shown.as_element().set_class_name(&["hoi-message hoi-from-", from, waits].concat());
        }),
    );
    let article = article.child(meta(ui, texts, &first, line.clone())).child(blocks(
        ui,
        el("div", "hoi-bubble").attr("dir", root::direction(&first.message.lang)),
        texts,
        line.clone(),
    ));
    feedback::asked(state(article, texts, line.clone()), ui, texts, line)
}

fn meta(ui: Ui, texts: &Texts, first: &MessageRow, line: ArcRwSignal<MessageRow>) -> Piece {
    let author = &first.message.author;
    let meta = ui.chat.with_untracked(|chat| {
        el("div", "hoi-meta")
            .child(with_text("span", "hoi-author", chat.name(author)))
            .children(chat.kind(author).map(|kind| with_text("span", "hoi-kind", kind)))
    });
    let (time, texts) = (el("time", ""), texts.clone());
    let shown = time.clone();
    follow_number(
        Box::new(move || line.with(|line| line.message.at)),
        Box::new(move |at| {
            let time = shown.as_element();
            let _ = time.set_attribute("datetime", &clock::iso(at));
            time.set_text_content(Some(&clock::short(at, texts.lang())));
        }),
    );
    meta.child(time)
}

/// `bubble` with the blocks: a growing reply redraws only those that changed.
fn blocks(ui: Ui, bubble: Piece, texts: &Texts, line: ArcRwSignal<MessageRow>) -> Piece {
    let (texts, own) = (texts.clone(), line.clone());
    let read = move || {
        let drawn = |block: &&Block| !is_lazy_block(block) || ui.is_lazy_ready();
        line.with(|line| line.message.body.blocks.iter().filter(drawn).cloned().collect())
    };
    bubble.list(read, move |block| {
        let (seq, at) = own.with_untracked(|line| {
            (line.message.seq, line.message.body.blocks.iter().position(|other| other == block))
        });
        block::block(block, &texts, Some(&Ticks { ui, seq, block: at.unwrap_or_default() }))
    })
}

/// What is to be said about it: that it waits, was refused, still grows, or was cut. By number, for following it.
#[derive(Clone, Copy)]
enum About {
    Nothing,
    Waits,
    Refused,
    Grows,
    Cut,
}

fn about(line: &MessageRow) -> About {
    match (&line.delivery, line.message.state) {
        (DeliveryState::Pending, _) => About::Waits,
        (DeliveryState::Failed(..), _) => About::Refused,
        (DeliveryState::Sent, State::Growing) => About::Grows,
        (DeliveryState::Sent, State::Cut) => About::Cut,
        (DeliveryState::Sent, State::Done | State::Unknown) => About::Nothing,
    }
}

/// `article` with it.
fn state(article: Piece, texts: &Texts, line: ArcRwSignal<MessageRow>) -> Piece {
    let texts = texts.clone();
    let own = line.clone();
    let draw = move |_| {
        let (about, key, seq) = own.with_untracked(|line| (about(line), line.key, line.message.seq));
        Some(match about {
            About::Nothing => return None,
            About::Waits => with_text("p", "hoi-state hoi-waits", texts.word(Word::Waiting)),
            About::Cut => {
                let event =
                    move || Event::Lazy(LazyEvent::AskedAgain { seq, id: random::id(), at: clock::now() });
                let again = again(&texts, move || dispatch(event()));
                with_text("p", "hoi-state", texts.word(Word::CutShort)).child(again)
            }
            About::Refused => refused(&texts, key),
            About::Grows => button("hoi-stop", move || dispatch(Event::Stopped { seq }))
                .child(icon("stop"))
                .child(text(texts.word(Word::Stop))),
        })
    };
    article.numbered(Box::new(move || line.with(|line| about(line) as u64)), Box::new(draw))
}

fn refused(texts: &Texts, key: RowKey) -> Piece {
    let retry = move || {
        if let RowKey::Id(id) = key {
            dispatch(Event::Lazy(LazyEvent::Retried { id, fresh: random::id() }));
        }
    };
    with_text("p", "hoi-state hoi-state-bad", texts.word(Word::NotSent)).child(again(texts, retry))
}

fn again(texts: &Texts, press: impl FnMut() + 'static) -> Piece {
    button("hoi-again", press).child(icon("again")).child(text(texts.word(Word::TryAgain)))
}
