//! Who did what, for leads and auditors.

use super::{Ui, message::lang_of, press, see, ui};
use crate::{desk::Button, host::clock, words::Words};
use leptos::prelude::*;
use wire::desk::Act;

/// The page.
#[component]
pub fn Audit() -> impl IntoView {
    let Ui { words, .. } = ui();
    let whole = see(|desk| desk.acts.as_ref().map(|(_, whole)| *whole));
    let acts = see(|desk| desk.acts.as_ref().map(|(acts, _)| acts.clone()).unwrap_or_default());
    let end = see(|desk| desk.acts_end);
    let row = move |act: Act| {
        view! {
            <tr>
                <td>{act.n}</td>
                <td><time datetime=clock::iso(act.at)>{clock::full(act.at, lang_of(words))}</time></td>
                <td>{if act.who == "operator" { words.operator.to_owned() } else { act.who }}</td><td>{did(&act.act, words)}</td><td class="desk-code">{act.about}</td>
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
        <button type="button" class="desk-button" on:click=move |_| press(Button::Older)>{words.older}</button>
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

/// What was done, in words; as the edge calls it where there are none.
fn did(act: &str, words: &Words) -> String {
    let said = match act {
        "sit_down" => words.act_sit_down,
        "open" => words.act_open,
        "take" => words.act_take,
        "say" => words.act_say,
        "say_file" => words.act_say_file,
        "open_file" => words.act_open_file,
        "note" => words.act_note,
        "tag" => words.act_tag,
        "transfer" => words.act_transfer,
        "hand_back" => words.act_hand_back,
        "approve" => words.act_approve,
        "approve changed" => words.act_approve_changed,
        "reject" => words.act_reject,
        "teach" => words.act_teach,
        "publish" => words.act_publish,
        "rollback" => words.act_rollback,
        "standing" => words.act_standing,
        closed if closed.starts_with("close ") => return closed_as(closed, words),
        other => {
            let account = other.strip_prefix("staff ").map(|what| format!("{}: {what}", words.act_account));
            return account.unwrap_or_else(|| other.to_owned());
        }
    };
    said.to_owned()
}

fn closed_as(act: &str, words: &Words) -> String {
    let reason = match act.strip_prefix("close ") {
        Some("answered") => words.end_answered,
        Some("left") => words.end_left,
        Some("not_ours") => words.end_not_ours,
        Some("abuse") => words.end_abuse,
        Some(other) => other,
        None => "",
    };
    format!("{}: {reason}", words.end)
}
