//! One line above the composer: the connection, a fault, a question back; and the way down to what is new.

use super::{Ui, icon::icon, texts::Texts};
use crate::chat::{Event, Notice};
use crate::host::dispatch;
use leptos::prelude::*;
use wire::Word;

/// The bar, while there is something to say.
pub fn bar(ui: Ui, texts: &Texts) -> impl IntoView + use<> {
    let texts = texts.clone();
    let notice = Memo::new(move |_| ui.chat.with(|chat| chat.notice));
    move || {
        notice.get().map(|notice| {
            let class = if notice.bad() { "hoi-bar hoi-bar-bad" } else { "hoi-bar" };
            view! {
                <div class=class>
                    <span class="hoi-bar-text">{texts.word(notice.word())}</span>
                    {ways(notice, &texts)}
                </div>
            }
        })
    }
}

/// What can be done about it.
fn ways(notice: Notice, texts: &Texts) -> AnyView {
    let dismiss = |label: Word| {
        let label = texts.word(label);
        view! { <button class="hoi-again" type="button" on:click=|_| dispatch(Event::Dismissed)>{label}</button> }
    };
    match notice {
        Notice::StartOver => {
            let label = texts.word(Word::StartOver);
            let over = view! {
                <button class="hoi-again" type="button" on:click=|_| dispatch(Event::StartedOver)>{label}</button>
            };
            (over, dismiss(Word::Cancel)).into_any()
        }
        Notice::Expired | Notice::Broken => dismiss(Word::Close).into_any(),
        Notice::Reconnecting | Notice::TooFast | Notice::Reload | Notice::Refused => ().into_any(),
    }
}

/// A button over the composer when something new is below what is seen.
pub fn below(ui: Ui, texts: &Texts) -> impl IntoView + use<> {
    let label = texts.word(Word::NewMessages);
    let below = Memo::new(move |_| ui.chat.with(|chat| chat.below));
    move || {
        below.get().then(|| {
            view! {
                <button class="hoi-new" type="button" on:click=|_| dispatch(Event::ToEnd)>
                    {icon("down")} {label.clone()}
                </button>
            }
        })
    }
}
