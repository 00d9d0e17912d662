//! What the person at the desk can choose, and the way out.

use super::{
    icon::Icon,
    ui::{DeskUi, desk_memo, press_button, use_ui},
};
use crate::{
    desk::{DeskButton, DeskEvent, DeskSettings, Dialog},
    host::{dispatch, field_value},
    words::{Lang, Words},
};
use leptos::prelude::*;
use wire::Scheme;
use wire::desk::Role;

/// The menu.
#[component]
pub fn SettingsMenu() -> impl IntoView {
    let DeskUi { words, .. } = use_ui();
    let me = desk_memo(|desk| desk.me.clone());
    let who = move || {
        me.get().map(|me| view! {
        <p class="desk-me"><strong>{me.shown}</strong><br/><span class="desk-small">{role_name(me.role, words)}</span></p>
    })
    };
    view! {
        <details class="desk-drop">
            <summary class="desk-tool" id={"desk-menu"}>
                <Icon name="settings"/><span class="desk-label">{words.menu}</span>
            </summary>
            <div class="desk-sheet">
                {who}
                <SiteLinks/>
                <LanguageField/>
                <SchemeSwitch/>
                <SettingSwitch label=words.sound read=|settings| settings.sound write=|settings, on| settings.sound = on/>
                <SettingSwitch label=words.letter_keys read=|settings| settings.keys write=|settings, on| settings.keys = on/>
                <NotificationSetting/>
                <button type="button" class="desk-row-button" on:click=move |_| press_button(DeskButton::Ask(Dialog::Help))>
                    {words.keys}
                </button>
                <a class="desk-row-button" href="/desk/account">{words.account}</a>
                <form method="post" action="/desk/sign-out">
                    <button type="submit" class="desk-row-button">{words.sign_out}</button>
                </form>
            </div>
        </details>
    }
}

fn role_name(role: Role, words: &'static Words) -> &'static str {
    match role {
        Role::Auditor => words.role_auditor,
        Role::Agent => words.role_agent,
        Role::Lead => words.role_lead,
        Role::Unknown => "",
    }
}

/// The other sites of the account.
#[component]
fn SiteLinks() -> impl IntoView {
    let DeskUi { words, .. } = use_ui();
    let sites = desk_memo(|desk| {
        let all = desk.me.iter().flat_map(|me| me.sites.iter());
        all.filter(|site| **site != desk.site).cloned().collect::<Vec<_>>()
    });
    move || {
        let sites = sites.get();
        (!sites.is_empty()).then(|| {
            view! {
                <p class="desk-small">{words.sites}</p>
                <ul class="desk-sites">
                    {sites.into_iter().map(|site| view! {
                        <li><a class="desk-row-button" href=format!("/desk/s/{site}")>{site.clone()}</a></li>
                    }).collect_view()}
                </ul>
            }
        })
    }
}

fn change_settings(change: impl FnOnce(&mut DeskSettings)) {
    let desk = use_ui().desk;
    let mut settings = desk.with_untracked(|desk| desk.settings.clone());
    change(&mut settings);
    dispatch(DeskEvent::Set(settings));
}

#[component]
fn LanguageField() -> impl IntoView {
    let DeskUi { desk, words } = use_ui();
    let now = desk.with_untracked(|desk| desk.settings.lang);
    let owner = Owner::current();
    let chosen = move |event: web_sys::Event| {
        let tag = field_value(&event);
        let lang = Lang::ALL.into_iter().find(|lang| lang.tag() == tag);
        if let (Some(owner), Some(lang)) = (&owner, lang) {
            owner.with(|| change_settings(|settings| settings.lang = lang));
        }
    };
    let options = Lang::ALL.map(|lang| {
        view! {
            <option value=lang.tag() lang=lang.tag() selected=lang == now>{lang.name()}</option>
        }
    });
    view! { <label class="desk-field">{words.language}<select on:change=chosen>{options.into_iter().collect_view()}</select></label> }
}

/// Light, dark, or as the machine is set.
#[component]
fn SchemeSwitch() -> impl IntoView {
    let DeskUi { words, .. } = use_ui();
    let now = desk_memo(|desk| desk.settings.scheme);
    let owner = Owner::current();
    let button = move |scheme: Scheme| {
        let label = match scheme {
            Scheme::Auto => words.scheme_system,
            Scheme::Light => words.scheme_light,
            Scheme::Dark => words.scheme_dark,
        };
        let owner = owner.clone();
        let pressed = move |_| {
            if let Some(owner) = &owner {
                owner.with(|| change_settings(|settings| settings.scheme = scheme));
            }
        };
        view! {
            <button type="button" aria-pressed=move || if now.get() == scheme { "true" } else { "false" } on:click=pressed>{label}</button>
        }
    };
    view! {
        <p class="desk-small" id="desk-scheme">{words.scheme}</p>
        <div class="desk-modes" role="group" aria-labelledby="desk-scheme">{Scheme::ALL.map(button).into_iter().collect_view()}</div>
    }
}

#[component]
fn SettingSwitch(
    label: &'static str,
    read: fn(&DeskSettings) -> bool,
    write: fn(&mut DeskSettings, bool),
) -> impl IntoView {
    let on = desk_memo(move |desk| read(&desk.settings));
    let owner = Owner::current();
    let pressed = move |_| {
        if let Some(owner) = &owner {
            owner.with(|| change_settings(|settings| write(settings, !on.get_untracked())));
        }
    };
    view! {
        <button type="button" class="desk-row-button desk-switch" role="switch"
            aria-checked=move || if on.get() { "true" } else { "false" } on:click=pressed>
            <span>{label}</span><span class={"desk-knob"} aria-hidden="true"></span>
        </button>
    }
}

/// Notifications: asked for by a press, as browsers want it.
#[component]
fn NotificationSetting() -> impl IntoView {
    let DeskUi { words, .. } = use_ui();
    let notifies = desk_memo(|desk| desk.notifies);
    move || {
        match notifies.get() {
        Some(true) => view! { <p class="desk-small">{words.notices_on}</p> }.into_any(),
        Some(false) => view! { <p class="desk-small">{words.notices_off}</p> }.into_any(),
        None => view! {
            <button type="button" class="desk-row-button" on:click=move |_| press_button(DeskButton::RequestNotifications)>{words.notices}</button>
        }
        .into_any(),
    }
    }
}
