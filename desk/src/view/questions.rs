//! What was not answered, for leads.

use super::ui::{DeskUi, desk_memo, use_ui};
use crate::{
    desk::{Desk, DeskEvent},
    host::{clock, dispatch, field_value},
    words::Words,
};
use leptos::prelude::*;
use wire::desk::{Group, GroupDecision, Why, Wondered};

/// The page.
#[component]
pub fn QuestionsPage() -> impl IntoView {
    let DeskUi { words, .. } = use_ui();
    let groups = desk_memo(|desk| desk.questions.clone());
    let body = move || {
        match groups.with(Option::is_none) {
        true => view! { <p class="desk-empty">{words.loading}</p> }.into_any(),
        false if groups.with(|all| all.as_ref().is_some_and(Vec::is_empty)) => {
            view! { <p class="desk-empty">{words.no_questions}</p> }.into_any()
        }
        false => view! {
            <For each=move || groups.get().unwrap_or_default() key=question_numbers let(group)><QuestionGroup group/></For>
        }
        .into_any(),
    }
    };
    view! {
        <section class="desk-page" aria-labelledby="desk-heading">
            <h1 id="desk-heading" tabindex="-1">{words.questions}</h1>
            <p class="desk-intro">{words.questions_intro}</p>
            {body}
        </section>
    }
}

fn question_numbers(group: &Group) -> Vec<u64> {
    group.questions.iter().map(|each| each.n).collect()
}

fn reason_text(why: Why, words: &Words) -> &'static str {
    match why {
        Why::Unanswered | Why::Unknown => words.why_unanswered,
        Why::AskedBack => words.why_asked_back,
        Why::Unhelpful => words.why_unhelpful,
    }
}

fn render_question(each: &Wondered, words: &'static Words) -> impl IntoView + use<> {
    let lang = words.lang.tag();
    view! {
        <li><span lang=each.lang.clone() dir="auto" translate="yes">{each.text.clone()}</span>" "
            <span class="desk-small">{reason_text(each.why, words)}", "{clock::format_short(each.at, lang)}</span></li>
    }
}

#[component]
fn QuestionGroup(group: Group) -> impl IntoView {
    let DeskUi { desk, words } = use_ui();
    let numbers = question_numbers(&group);
    let title =
        group.questions.first().map(|first| (first.lang.clone(), first.text.clone())).unwrap_or_default();
    let count = words.format_count(words.alike, group.questions.len());
    let near = group
        .nearest
        .as_deref()
        .map(|id| desk.with_untracked(|desk: &Desk| desk.intent_title(id).to_owned()));
    let near = near.map(|title| view! { <span class="desk-small">" · "{words.nearest.fill(title)}</span> });
    let all = group.questions.iter().map(|each| render_question(each, words)).collect_view();
    let own = numbers.clone();
    let trouble = desk_memo(move |desk| {
        let (questions, text) = desk.undecided.as_ref()?;
        questions.iter().any(|n| own.contains(n)).then(|| text.clone())
    });
    let decide = {
        let numbers = numbers.clone();
        move |choice: GroupDecision| dispatch(DeskEvent::Decided { questions: numbers.clone(), choice })
    };
    let (out, drop_it) = (decide.clone(), decide.clone());
    view! {
        <article class="desk-group">
            <h2 lang=title.0 dir="auto">{title.1}</h2>
            <p><span class="desk-tag">{count}</span>{near}</p>
            <details><summary>{words.show_all}</summary><ul class="desk-wondered">{all}</ul></details>
            <TeachForms numbers nearest=group.nearest.unwrap_or_default()/>
            <div class="desk-draft-buttons">
                <button type="button" class="desk-button" on:click=move |_| out(GroupDecision::OutOfScope)>{words.out_of_scope}</button>
                <button type="button" class="desk-button" on:click=move |_| drop_it(GroupDecision::Dismiss)>{words.not_worth}</button>
            </div>
            {move || trouble.get().map(|text| view! { <p class="desk-small desk-bad">{text}</p> })}
        </article>
    }
}

/// To which answer they belong: one there is, or one that is still to be written.
#[component]
fn TeachForms(numbers: Vec<u64>, nearest: String) -> impl IntoView {
    let DeskUi { desk, words } = use_ui();
    let answers =
        desk.with_untracked(|desk| desk.info.as_ref().map(|info| info.canned.clone()).unwrap_or_default());
    let (chosen, title) = (RwSignal::new(nearest.clone()), RwSignal::new(String::new()));
    let options = answers.into_iter().map(|each| {
        let selected = each.intent == nearest;
        view! { <option value=each.intent selected=selected>{each.title}</option> }
    });
    let given = numbers.clone();
    let teach = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        dispatch(DeskEvent::Decided {
            questions: given.clone(),
            choice: GroupDecision::Intent(chosen.get_untracked()),
        });
    };
    let create = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        dispatch(DeskEvent::Decided {
            questions: numbers.clone(),
            choice: GroupDecision::New(title.get_untracked()),
        });
    };
    view! {
        <form class="desk-inline" on:submit=teach>
            <label class="desk-field">{words.belongs_to}
                <select on:change=move |event| chosen.set(field_value(&event))>
                    <option value="">{words.choose_answer}</option>{options.collect_view()}
                </select>
            </label>
            <button type="submit" class="desk-button">{words.teach}</button>
        </form>
        <form class="desk-inline" on:submit=create>
            <label class="desk-field">{words.new_answer}
                <input type="text" prop:value=title on:input=move |event| title.set(field_value(&event))/>
            </label>
            <button type="submit" class="desk-button">{words.create}</button>
        </form>
    }
}
