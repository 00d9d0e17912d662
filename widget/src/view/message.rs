//! One message: who said it and when, what, and what is to be said about it.

use super::{Row, Ui, block, icon::icon, texts::Texts};
use crate::chat::{Event, Line, LineKey, Stage};
use crate::host::{clock, dispatch, random};
use leptos::prelude::*;
use wire::{AuthorKind, State, Word};

/// The message in `row`.
pub fn message(ui: Ui, texts: &Texts, row: Row) -> AnyView {
    let line = row.line;
    let first = line.get_untracked();
    let from = match first.message.author.kind {
        AuthorKind::Visitor => "visitor",
        AuthorKind::Assistant => "assistant",
        AuthorKind::Staff => "staff",
        AuthorKind::Agency | AuthorKind::Unknown => "agency",
    };
    let class = {
        let line = line.clone();
        move || {
            let waits = line.with(|line| line.stage != Stage::Sent);
            format!("hoi-message hoi-from-{from}{}", if waits { " hoi-pending" } else { "" })
        }
    };
    view! {
        <article class=class lang=first.message.lang.clone()>
            {meta(ui, texts, &first, line.clone())}
            <div class="hoi-bubble">{blocks(texts, line.clone())}</div>
            {state(texts, line)}
        </article>
    }
    .into_any()
}

fn meta(ui: Ui, texts: &Texts, first: &Line, line: ArcRwSignal<Line>) -> impl IntoView + use<> {
    let author = &first.message.author;
    let (name, kind) =
        ui.chat.with_untracked(|chat| (chat.name(author).to_owned(), chat.kind(author).map(str::to_owned)));
    let at = Memo::new(move |_| line.with(|line| line.message.at));
    let lang = texts.look().lang.clone();
    view! {
        <div class="hoi-meta">
            <span class="hoi-author">{name}</span>
            {kind.map(|kind| view! { <span class="hoi-kind">{kind}</span> })}
            <time datetime=move || clock::iso(at.get())>{move || clock::short(at.get(), &lang)}</time>
        </div>
    }
}

/// The blocks by their place: a growing reply redraws only those that changed.
fn blocks(texts: &Texts, line: ArcRwSignal<Line>) -> impl IntoView + use<> {
    let texts = texts.clone();
    let count = {
        let line = line.clone();
        move || 0..line.with(|line| line.message.body.blocks.len())
    };
    let draw = move |place: usize| {
        let (texts, line) = (texts.clone(), line.clone());
        let block = Memo::new(move |_| line.with(|line| line.message.body.blocks.get(place).cloned()));
        move || block.with(|block| block.as_ref().map(|block| block::block(block, &texts)))
    };
    view! { <For each=count key=|place| *place children=draw/> }
}

/// What is to be said about it: that it waits, was refused, still grows, or was cut.
#[derive(Clone, Copy, PartialEq)]
enum About {
    Nothing,
    Waits,
    Refused,
    Grows(u64),
    Cut,
}

fn about(line: &Line) -> About {
    match (&line.stage, line.message.state) {
        (Stage::Waiting(_), _) => About::Waits,
        (Stage::Failed(..), _) => About::Refused,
        (Stage::Sent, State::Growing) => About::Grows(line.message.seq),
        (Stage::Sent, State::Cut) => About::Cut,
        (Stage::Sent, State::Done | State::Unknown) => About::Nothing,
    }
}

fn state(texts: &Texts, line: ArcRwSignal<Line>) -> impl IntoView + use<> {
    let texts = texts.clone();
    let key = line.with_untracked(|line| line.key);
    let about = Memo::new(move |_| line.with(about));
    move || match about.get() {
        About::Nothing => ().into_any(),
        About::Waits => view! { <p class="hoi-state hoi-waits">{texts.word(Word::Waiting)}</p> }.into_any(),
        About::Cut => view! { <p class="hoi-state">{texts.word(Word::CutShort)}</p> }.into_any(),
        About::Refused => refused(&texts, key),
        About::Grows(seq) => {
            let stop = move |_| dispatch(Event::Stopped { seq });
            view! { <button class="hoi-stop" type="button" on:click=stop>{icon("stop")} {texts.word(Word::Stop)}</button> }
                .into_any()
        }
    }
}

fn refused(texts: &Texts, key: LineKey) -> AnyView {
    let again = move |_| {
        if let LineKey::Said(id) = key {
            dispatch(Event::Retried { id, fresh: random::id() });
        }
    };
    view! {
        <p class="hoi-state hoi-state-bad">
            {texts.word(Word::NotSent)}
            <button class="hoi-again" type="button" on:click=again>{icon("again")} {texts.word(Word::TryAgain)}</button>
        </p>
    }
    .into_any()
}
