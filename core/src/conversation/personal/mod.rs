//! Personal data in what a visitor writes, together with what the same visitor wrote before.

#[cfg(test)]
mod tests;

use super::{
    ConversationStore, StoreError, danger,
    message::{message_text, recent_messages},
    message_rate_limit::apply_message_rate_limit,
};
use crate::{
    decide::Published,
    input,
    limits::{message_budget::MessageBudget, sanitize},
};
use i18n::Lang;
use privacy::{EARLIER, Kinds};
use serde::{Deserialize, Serialize};
use wire::{AuthorKind, Button, Care, Given, InputKind, Message, Up};

/// How far back the visitor's last messages are looked for.
const BACK: usize = 12;

/// What becomes of personal data in what is posted without the widget, which would have asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum PersonalDataHandling {
    /// The visitor is asked first.
    Ask,
    /// It is hidden.
    Hide,
    /// It is sent as it is, where the site takes it.
    Send,
}

/// What the visitor is asked about.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PersonalDataWarning {
    /// What the message seems to hold.
    pub kinds: Kinds,
    /// Whether the site doesn't take it at all.
    pub refused: bool,
}

/// Why what was posted without the widget is not taken as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PostRejection {
    /// The visitor is to be asked first.
    Ask(PersonalDataWarning),
    /// Too much was sent; wait so long, in milliseconds.
    TooFast(u64),
}

/// What a visitor's side says that was typed, or what program ever sends it.
pub struct TypedInput<'a> {
    /// The words.
    pub text: &'a str,
    /// The button that is said to be pressed.
    pub pick: Option<&'a str>,
    /// What is said to be given for something that was asked for.
    pub value: Option<&'a Given>,
}

/// What is to be taken of `up`, posted without the widget. What is taken is not counted here: [`super::visitor`] counts it.
/// What is not is: looking at it is the work.
///
/// # Errors
/// What the visitor is to be asked about, or how long to wait.
pub fn check_post(
    store: &mut impl ConversationStore,
    published: &Published,
    up: Up,
    unasked: PersonalDataHandling,
    now: u64,
) -> Result<Result<Up, PostRejection>, StoreError> {
    // Whoever is in danger is asked nothing.
    if danger::is_urgent(published, &up) {
        return Ok(Ok(up));
    }
    let full = || MessageBudget::new_full(&published.site.settings.limits, now);
    let before = store.budget()?.unwrap_or_else(full);
    if matches!(up, Up::Say { .. } | Up::Rate { .. } | Up::Survey { .. })
        && let Err(wait) = apply_message_rate_limit(store, published, now)?
    {
        return Ok(Err(PostRejection::TooFast(wait)));
    }
    let taken = check_up(store, published, up, unasked, now)?.map_err(PostRejection::Ask);
    if taken.is_ok() {
        store.set_budget(before)?;
    }
    Ok(taken)
}

fn check_up(
    store: &impl ConversationStore,
    published: &Published,
    up: Up,
    unasked: PersonalDataHandling,
    now: u64,
) -> Result<Result<Up, PersonalDataWarning>, StoreError> {
    let (id, text, lang, files) = match up {
        Up::Say { id, text, lang, pick: None, value: None, files } => (id, text, lang, files),
        // Nobody needs them in an opinion, so nobody is asked.
        Up::Rate { seq, good, reason, text } => {
            let text = hide_personal_data(store, published, &text, now)?;
            return Ok(Ok(Up::Rate { seq, good, reason, text }));
        }
        Up::Survey { score, text } => {
            let text = hide_personal_data(store, published, &text, now)?;
            return Ok(Ok(Up::Survey { score, text }));
        }
        Up::Say { id, lang, value: Some(value), files, .. } => {
            let text = given_words(store, &lang, &value)?;
            return Ok(Ok(Up::Say { id, text, lang, pick: None, value: Some(value), files }));
        }
        Up::Say { .. }
        | Up::Typing { .. }
        | Up::Read { .. }
        | Up::Hello { .. }
        | Up::Stop { .. }
        | Up::Identify { .. }
        | Up::Context { .. }
        | Up::Unknown => return Ok(Ok(up)),
    };
    let kinds = find_personal_data(store, published, &text, now)?;
    let refused = is_refused(published, kinds);
    let text = match unasked {
        PersonalDataHandling::Hide => hide_personal_data(store, published, &text, now)?,
        PersonalDataHandling::Send if !refused => text,
        PersonalDataHandling::Ask | PersonalDataHandling::Send if kinds != Kinds::default() => {
            return Ok(Err(PersonalDataWarning { kinds, refused }));
        }
        PersonalDataHandling::Ask | PersonalDataHandling::Send => text,
    };
    Ok(Ok(Up::Say { id, text, lang, pick: None, value: None, files }))
}

/// What a visitor says who gives `value`; nothing if nobody asked for it, and then it isn't taken.
fn given_words(store: &impl ConversationStore, lang: &str, value: &Given) -> Result<String, StoreError> {
    let back = recent_messages(store)?;
    let input = input::find_answered_input(&back, value).map(|(_, input)| input);
    Ok(input.map_or_else(String::new, |input| {
        input::value_text(input, &value.value, &Lang::for_tag(lang).words())
    }))
}

/// The kinds in `text` that the site doesn't let pass unasked, refused ones included.
pub fn find_personal_data(
    store: &impl ConversationStore,
    published: &Published,
    text: &str,
    now: u64,
) -> Result<Kinds, StoreError> {
    // Looking at earlier messages costs more than all the rest of an answer.
    if !privacy::may_hold(text) {
        return Ok(Kinds::default());
    }
    let Care { warn, refuse } = published.site.settings.personal_data.care;
    Ok(privacy::find_kinds(text, &earlier_messages(store)?, privacy::year_of_ms(now))
        .intersection_with(warn.union_with(refuse)))
}

/// Whether the site doesn't take what was typed, whatever program sends it. What stands on a button is the site's own, if
/// that button was there.
pub fn is_typed_refused(
    store: &impl ConversationStore,
    published: &Published,
    typed: &TypedInput<'_>,
    now: u64,
) -> Result<bool, StoreError> {
    let refused = |text: &str| {
        find_personal_data(store, published, text, now).map(|kinds| is_refused(published, kinds))
    };
    if !privacy::may_hold(typed.text) && typed.value.is_none_or(|given| !privacy::may_hold(&given.value)) {
        return Ok(false);
    }
    let back = recent_messages(store)?;
    let input =
        typed.value.and_then(|given| input::find_answered_input(&back, given)).map(|(_, input)| input);
    // A date and a choice are what was asked for; a place is typed.
    let place = input.is_some_and(|input| input.kind == InputKind::Place);
    if let Some(given) = typed.value.filter(|_| place)
        && refused(&given.value)?
    {
        return Ok(true);
    }
    Ok(!is_own(published, &back, typed, input) && refused(typed.text)?)
}

/// Whether `typed` says what stands on a button: one under a message, one of the site's, or a choice of what was asked.
fn is_own(
    published: &Published,
    back: &[Message],
    typed: &TypedInput<'_>,
    input: Option<&wire::Input>,
) -> bool {
    let same = |label: &str| sanitize::clean_text(label).trim() == typed.text;
    let button = |button: &Button| button.pick.as_deref() == typed.pick && same(&button.label);
    let shown = || {
        let own = |message: &&Message| message.author.kind != AuthorKind::Visitor;
        back.iter().filter(own).any(|message| message.body.buttons.iter().any(button))
    };
    let title = || {
        let intent = typed.pick.and_then(|pick| published.site.intent_by_id(pick));
        let languages = published.site.settings.languages.iter();
        intent.is_some_and(|intent| {
            languages.into_iter().any(|lang| same(published.site.text_in(&intent.title, lang)))
        })
    };
    let chosen = || {
        let key = typed.value.map(|given| given.value.as_str());
        input.is_some_and(|input| {
            input.options.iter().any(|choice| Some(choice.key.as_str()) == key && same(&choice.label))
        })
    };
    (typed.pick.is_some() && (shown() || title())) || chosen()
}

/// The name `name` of a visitor's file as it is kept: what the site doesn't take is hidden in it.
pub fn file_name(published: &Published, name: &str, now: u64) -> String {
    without_refused(published, name, &[], now)
}

/// `text`, which nobody is asked about, without what the site doesn't take; `before` is what stands before it.
pub(crate) fn without_refused(published: &Published, text: &str, before: &[String], now: u64) -> String {
    let refuse = published.site.settings.personal_data.care.refuse;
    if refuse == Kinds::default() || !privacy::may_hold(text) {
        return text.to_owned();
    }
    privacy::hide_all(text, before, privacy::year_of_ms(now), refuse)
}

/// Whether the site takes one of `kinds` not at all.
pub fn is_refused(published: &Published, kinds: Kinds) -> bool {
    kinds.intersection_with(published.site.settings.personal_data.care.refuse) != Kinds::default()
}

/// `text` without what the site doesn't let pass unasked.
fn hide_personal_data(
    store: &impl ConversationStore,
    published: &Published,
    text: &str,
    now: u64,
) -> Result<String, StoreError> {
    let Care { warn, refuse } = published.site.settings.personal_data.care;
    Ok(privacy::hide_all(text, &earlier_messages(store)?, privacy::year_of_ms(now), warn.union_with(refuse)))
}

/// The visitor's last messages, oldest first.
fn earlier_messages(store: &impl ConversationStore) -> Result<Vec<String>, StoreError> {
    let back = store.messages_after(store.last_seq()?.saturating_sub(BACK as u64), BACK)?;
    let own = back.iter().filter(|message| message.author.kind == AuthorKind::Visitor);
    let mut earlier: Vec<String> = own.rev().take(EARLIER).map(message_text).collect();
    earlier.reverse();
    Ok(earlier)
}
