//! Who did what, for leads and auditors.

use super::ui::{DeskUi, desk_memo, press_button, use_ui};
use crate::{
    desk::{DeskButton, act_subject, act_text},
    host::clock,
};
use leptos::prelude::*;
use wire::desk::Act;

/// The page.
#[component]
pub fn AuditPage() -> impl IntoView {
    let DeskUi { words, .. } = use_ui();
    let whole = desk_memo(|desk| desk.acts.as_ref().map(|(_, whole)| *whole));
    let acts = desk_memo(|desk| desk.acts.as_ref().map(|(acts, _)| acts.clone()).unwrap_or_default());
    let end = desk_memo(|desk| desk.acts_end);
    let row = move |act: Act| {
        view! {
            <tr>
                <td>{act.n}</td>
                <td><time datetime=clock::format_iso(act.at)>{clock::format_full(act.at, words.lang.tag())}</time></td>
                <td>{if act.who == "operator" { words.operator.to_owned() } else { act.who }}</td><td>{act_text(&act.act, words)}</td>
                <td class="desk-code">{act_subject(&act.act, &act.about, words)}</td>
            </tr>
        }
    };
    let mark = move || {
        whole.get().map(|whole| match whole {
            true => view! { <p class="desk-good">{words.whole}</p> }.into_any(),
            false => view! { <p class="desk-strip desk-strip-bad">{words.not_whole}</p> }.into_any(),
        })
    };
    let table = move || {
        match (whole.get().is_some(), acts.with(Vec::is_empty)) {
        (false, _) => view! { <p class="desk-empty">{words.loading}</p> }.into_any(),
        (true, true) => view! { <p class="desk-empty">{words.no_acts}</p> }.into_any(),
        (true, false) => view! {
            <div class="hoi-table" tabindex="0" role="group" aria-labelledby="desk-heading">
                <table class="desk-table">
                    <thead><tr>
                        <th scope="col">{words.act_number}</th><th scope="col">{words.act_at}</th><th scope="col">{words.act_who}</th>
                        <th scope="col">{words.act_what}</th><th scope="col">{words.act_about}</th>
                    </tr></thead>
                    <tbody><For each=move || acts.get() key=|act| act.n let(act)>{row(act)}</For></tbody>
                </table>
            </div>
        }
        .into_any(),
    }
    };
    let older = move || {
        (!end.get() && !acts.with(Vec::is_empty)).then(|| view! {
        <button type="button" class="desk-button" on:click=move |_| press_button(DeskButton::Older)>{words.older}</button>
    })
    };
    view! {
        <section class="desk-page" aria-labelledby="desk-heading">
            <h1 id="desk-heading" tabindex="-1">{words.audit}</h1>
            <p class="desk-intro">{words.audit_intro}</p>
            {mark}{table}{older}
        </section>
    }
}
