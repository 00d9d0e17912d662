//! One message: who said it and when, what, and what is to be said about it.

use super::{
    Row, Ui, block,
    icon::icon,
    opinion,
    piece::{Piece, button, el, follow, text, with_text},
    texts::Texts,
    ticks::Ticks,
};
use crate::chat::{Event, Line, LineKey, Rare, Stage, is_rare};
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
    follow(
        move || stage.with(|line| line.stage != Stage::Sent),
        move |waits| {
            let class = ["hoi-message hoi-from-", from, if *waits { " hoi-pending" } else { "" }].concat();
            shown.as_element().set_class_name(&class);
        },
    );
    let article = article.child(meta(ui, texts, &first, line.clone())).child(blocks(
        ui,
        el("div", "hoi-bubble").attr("dir", root::direction(&first.message.lang)),
        texts,
        line.clone(),
    ));
    opinion::asked(state(article, texts, line.clone()), ui, texts, line)
}

fn meta(ui: Ui, texts: &Texts, first: &Line, line: ArcRwSignal<Line>) -> Piece {
    let author = &first.message.author;
    let meta = ui.chat.with_untracked(|chat| {
        el("div", "hoi-meta")
            .child(with_text("span", "hoi-author", chat.name(author)))
            .children(chat.kind(author).map(|kind| with_text("span", "hoi-kind", kind)))
    });
    let (time, texts) = (el("time", ""), texts.clone());
    let shown = time.clone();
    follow(
        move || line.with(|line| line.message.at),
        move |at| {
            let time = shown.as_element();
            let _ = time.set_attribute("datetime", &clock::iso(*at));
            time.set_text_content(Some(&clock::short(*at, texts.lang())));
        },
    );
    meta.child(time)
}

/// `bubble` with the blocks: a growing reply redraws only those that changed.
fn blocks(ui: Ui, bubble: Piece, texts: &Texts, line: ArcRwSignal<Line>) -> Piece {
    let (texts, own) = (texts.clone(), line.clone());
    let read = move || {
        let drawn = |block: &&Block| !is_rare(block) || ui.is_whole();
        line.with(|line| line.message.body.blocks.iter().filter(drawn).cloned().collect())
    };
    bubble.list(read, move |block| {
        let (seq, at) = own.with_untracked(|line| {
            (line.message.seq, line.message.body.blocks.iter().position(|other| other == block))
        });
        block::block(block, &texts, Some(&Ticks { ui, seq, block: at.unwrap_or_default() }))
    })
}

/// What is to be said about it: that it waits, was refused, still grows, or was cut.
#[derive(Clone, Copy, PartialEq)]
enum About {
    Nothing,
    Waits,
    Refused,
    Grows(u64),
    Cut(u64),
}

fn about(line: &Line) -> About {
    match (&line.stage, line.message.state) {
        (Stage::Waiting(_), _) => About::Waits,
        (Stage::Failed(..), _) => About::Refused,
        (Stage::Sent, State::Growing) => About::Grows(line.message.seq),
        (Stage::Sent, State::Cut) => About::Cut(line.message.seq),
        (Stage::Sent, State::Done | State::Unknown) => About::Nothing,
    }
}

/// `article` with it.
fn state(article: Piece, texts: &Texts, line: ArcRwSignal<Line>) -> Piece {
    let texts = texts.clone();
    let key = line.with_untracked(|line| line.key);
    article.live(
        move || line.with(about),
        move |about| match *about {
            About::Nothing => None,
            About::Waits => Some(with_text("p", "hoi-state hoi-waits", texts.word(Word::Waiting))),
            About::Cut(seq) => {
                let event = move || Event::Rare(Rare::AskedAgain { seq, id: random::id(), at: clock::now() });
                let again = again(&texts, move || dispatch(event()));
                Some(with_text("p", "hoi-state", texts.word(Word::CutShort)).child(again))
            }
            About::Refused => Some(refused(&texts, key)),
            About::Grows(seq) => Some(
                button("hoi-stop", move || dispatch(Event::Stopped { seq }))
                    .child(icon("stop"))
                    .child(text(texts.word(Word::Stop))),
            ),
        },
    )
}

fn refused(texts: &Texts, key: LineKey) -> Piece {
    let retry = move || {
        if let LineKey::Said(id) = key {
            dispatch(Event::Retried { id, fresh: random::id() });
        }
    };
    with_text("p", "hoi-state hoi-state-bad", texts.word(Word::NotSent)).child(again(texts, retry))
}

fn again(texts: &Texts, press: impl FnMut() + 'static) -> Piece {
    button("hoi-again", press).child(icon("again")).child(text(texts.word(Word::TryAgain)))
}
