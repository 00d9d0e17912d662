//! What was typed where a button would have said it: read from the words and from what stands before them.

use super::{ConversationStore, Side, StoreError};
use crate::{
    cues::{self, ButtonChoice, Courtesy},
    decide::Published,
    handoff,
    pick::{NONE_OF_THESE, NOT_URGENT, TO_AGENCY, TO_ASSISTANT, TO_PERSON},
};
use wire::{AuthorKind, Block, Button, Given, Input, InputKind, Message};

/// How far back the last message of another's may stand.
const BACK: u64 = 10;

/// Buttons that mean the same everywhere, and are no choices.
const NO_CHOICES: [&str; 4] = [NONE_OF_THESE, TO_ASSISTANT, TO_PERSON, NOT_URGENT];

/// The `pick` of the button that `text` stands for, if it does. `lang` is the visitor's page's.
pub fn infer_pick(
    store: &impl ConversationStore,
    published: &Published,
    text: &str,
    lang: &str,
) -> Result<Option<String>, StoreError> {
    if handoff::is_waiting(store)? {
        if cues::gives_up(text) {
            return Ok(Some(TO_ASSISTANT.to_owned()));
        }
        // How it stands is said once more.
        if cues::asks_who_is_there(text) {
            return Ok(Some(TO_PERSON.to_owned()));
        }
    }
    let Some(before) = last_of_another(store)? else { return Ok(None) };
    if let Some(chosen) = match_choice(&before, text, lang) {
        return Ok(Some(chosen));
    }
    // A "yes", a number or a "stop" to what the agency has asked is the agency's.
    let is_agencys = before.author.kind == AuthorKind::Agency && published.site.settings.agency.is_some();
    let is_answer =
        is_agencys && cues::says_nothing(text) && cues::read_courtesy(text) != Some(Courtesy::Thanks);
    Ok(is_answer.then(|| TO_AGENCY.to_owned()))
}

/// What `text` gives for the choice that the last message asks for, if it does.
pub fn infer_value(
    store: &impl ConversationStore,
    text: &str,
    lang: &str,
) -> Result<Option<Given>, StoreError> {
    let Some(before) = last_of_another(store)? else { return Ok(None) };
    let is_choice = |block: &&Block| matches!(block, Block::Input(input) if input.kind == InputKind::Choice);
    let Some(Block::Input(Input { name, options, .. })) = before.body.blocks.iter().rfind(is_choice) else {
        return Ok(None);
    };
    let labels: Vec<&str> = options.iter().map(|option| option.label.as_str()).collect();
    let Some(ButtonChoice::Button(at)) = cues::choose_label(&labels, text, lang, false) else {
        return Ok(None);
    };
    Ok(options.get(at).map(|option| Given { name: name.clone(), value: option.key.clone() }))
}

/// The button that sends `pick`, where one of `messages` has it, the newest first.
pub fn find_picked_button<'a>(messages: &'a [Message], pick: &str) -> Option<&'a Button> {
    let buttons = messages.iter().rev().flat_map(|message| &message.body.buttons);
    let mut named = buttons.filter(|button| button.href.is_none());
    let is_picked = |button: &&Button| match &button.pick {
        Some(own) => own == pick,
        None => pick.strip_prefix(TO_AGENCY) == Some(button.label.as_str()),
    };
    named.find(is_picked)
}

/// What `text` chooses of the buttons of `before`: where it asks which of several things is meant, in any words; else by the
/// whole name of a button.
fn match_choice(before: &Message, text: &str, lang: &str) -> Option<String> {
    let buttons = &before.body.buttons;
    let labels: Vec<&str> = buttons.iter().map(|button| button.label.as_str()).collect();
    let named = cues::find_label(&labels, text).and_then(|at| pick_of(before, buttons.get(at)?));
    if named.is_some() {
        return named;
    }
    let may_be_none = buttons.iter().any(|button| button.pick.as_deref() == Some(NONE_OF_THESE));
    let is_choice = |button: &&Button| !button.pick.as_deref().is_some_and(|pick| NO_CHOICES.contains(&pick));
    let choices: Vec<&Button> = buttons.iter().filter(is_choice).collect();
    let is_agencys =
        |button: &&Button| pick_of(before, button).is_some_and(|pick| pick.starts_with(TO_AGENCY));
    if !may_be_none && !choices.iter().any(is_agencys) {
        return None;
    }
    let labels: Vec<&str> = choices.iter().map(|button| button.label.as_str()).collect();
    match cues::choose_label(&labels, text, lang, may_be_none)? {
        ButtonChoice::Button(at) => pick_of(before, choices.get(at)?),
        ButtonChoice::None => may_be_none.then(|| NONE_OF_THESE.to_owned()),
    }
}

/// What pressing `button` of `message` sends; a link sends nothing. What an agency offers without a name of its own goes back
/// to it.
fn pick_of(message: &Message, button: &Button) -> Option<String> {
    let is_agencys = matches!(message.author.kind, AuthorKind::Agency | AuthorKind::Staff);
    let unnamed = || is_agencys.then(|| format!("{TO_AGENCY}{}", button.label));
    button.href.is_none().then(|| button.pick.clone().or_else(unnamed)).flatten()
}

/// The newest message that is not the visitor's.
fn last_of_another(store: &impl ConversationStore) -> Result<Option<Message>, StoreError> {
    let last = store.last_seq()?;
    let newest = store.newest_message(Side::Agency, last + 1)?;
    Ok(newest.filter(|message| message.seq + BACK > last))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        conversation::{
            MemoryStore,
            message::{assistant_author, new_message, visitor_author},
            tests_site,
        },
        handoff,
    };
    use wire::{Author, Body, Id};

    fn put(store: &mut MemoryStore, author: Author, buttons: &[(&str, &str)]) {
        let button = |(label, pick): &(&str, &str)| Button {
            label: (*label).into(),
            pick: Some((*pick).into()),
            href: None,
        };
        let body = Body { blocks: Vec::new(), buttons: buttons.iter().map(button).collect() };
        let message = new_message(store, author, "vi".into(), body, 1).unwrap();
        store.put_message(&message).unwrap();
    }

    #[test]
    fn what_is_typed_stands_for_the_button_before_it() {
        let published = tests_site();
        let mut store = MemoryStore::new(Id(1));
        assert_eq!(infer_pick(&store, &published, "1", "vi").unwrap(), None, "nothing was asked");
        let back =
            [("Đăng ký khai sinh", "a"), ("Khai sinh quá hạn", "b"), ("Việc khác", "*"), ("Thôi chờ", "!")];
        put(&mut store, assistant_author(&published, "vi"), &back);
        put(&mut store, visitor_author(), &[]);
        for (text, expected) in [
            ("1", Some("a")),
            ("cái cuối", Some("b")),
            ("3", None),
            ("không phải", Some("*")),
            ("lệ phí bao nhiêu", None),
        ] {
            assert_eq!(infer_pick(&store, &published, text, "vi").unwrap().as_deref(), expected, "{text}");
        }
        // Buttons that ask nothing back are no list to choose from.
        put(&mut store, assistant_author(&published, "vi"), &[("Lệ phí", "a"), ("Giờ làm việc", "b")]);
        assert_eq!(infer_pick(&store, &published, "1", "vi").unwrap(), None);
        assert_eq!(
            infer_pick(&store, &published, "không cần nữa", "vi").unwrap(),
            None,
            "nobody is waited for"
        );
        put(&mut store, Author { kind: AuthorKind::Agency, name: None }, &[]);
        let agencys = published.site.settings.agency.is_some().then_some(TO_AGENCY);
        for text in ["vâng", "0912345678", "stop"] {
            assert_eq!(infer_pick(&store, &published, text, "vi").unwrap().as_deref(), agencys, "{text}");
        }
        assert_eq!(infer_pick(&store, &published, "giờ làm việc", "vi").unwrap(), None);
    }

    #[test]
    fn whoever_waits_is_understood() {
        let published = tests_site();
        let mut store = MemoryStore::new(Id(1));
        handoff::request_person(&mut store, None, None, 1).unwrap();
        assert_eq!(
            infer_pick(&store, &published, "khong can nua", "vi").unwrap().as_deref(),
            Some(TO_ASSISTANT)
        );
        assert_eq!(
            infer_pick(&store, &published, "có ai không ạ", "vi").unwrap().as_deref(),
            Some(TO_PERSON)
        );
        assert_eq!(infer_pick(&store, &published, "giờ làm việc", "vi").unwrap(), None);
    }

    #[test]
    fn what_an_agency_offers_is_chosen_in_words() {
        let published = tests_site();
        let mut store = MemoryStore::new(Id(1));
        let agency = || Author { kind: AuthorKind::Agency, name: None };
        put(&mut store, agency(), &[("Buổi sáng", "@Buổi sáng"), ("Buổi chiều", "@Buổi chiều")]);
        put(&mut store, visitor_author(), &[]);
        for (text, expected) in [
            ("2", Some("@Buổi chiều")),
            ("cái đầu", Some("@Buổi sáng")),
            ("chieu", Some("@Buổi chiều")),
            ("Buổi sáng", Some("@Buổi sáng")),
            ("/restart", None),
            ("lệ phí bao nhiêu", None),
        ] {
            assert_eq!(infer_pick(&store, &published, text, "vi").unwrap().as_deref(), expected, "{text}");
        }
        let newest = store.messages_after(0, 10).unwrap();
        let label = |pick: &str| find_picked_button(&newest, pick).map(|button| button.label.as_str());
        assert_eq!(label("@Buổi chiều"), Some("Buổi chiều"));
        assert_eq!(label("@/restart"), None);
        // Two of one name, each with a name of its own.
        put(&mut store, agency(), &[("Chọn", "@Chọn"), ("Chọn", "@Chọn#2")]);
        assert_eq!(infer_pick(&store, &published, "2", "vi").unwrap().as_deref(), Some("@Chọn#2"));
        // A whole name is a press, wherever it stands; a place is one only in a list to choose from.
        put(&mut store, assistant_author(&published, "vi"), &[("Lệ phí", "a"), ("Gặp cán bộ", "&")]);
        assert_eq!(infer_pick(&store, &published, "gap can bo", "vi").unwrap().as_deref(), Some("&"));
        assert_eq!(infer_pick(&store, &published, "2", "vi").unwrap(), None);
    }

    #[test]
    fn a_choice_that_is_asked_for_is_given_in_words() {
        let published = tests_site();
        let mut store = MemoryStore::new(Id(1));
        assert_eq!(infer_value(&store, "1", "vi").unwrap(), None);
        let options = [("am", "Buổi sáng"), ("pm", "Buổi chiều")];
        let choice =
            |(key, label): (&str, &str)| wire::Choice { key: key.to_owned(), label: label.to_owned() };
        let input = Input {
            name: "half".into(),
            label: "Buổi nào?".into(),
            kind: InputKind::Choice,
            min: None,
            max: None,
            options: options.map(choice).into(),
        };
        let body = Body { blocks: vec![Block::Input(input)], buttons: Vec::new() };
        let asks = new_message(&store, assistant_author(&published, "vi"), "vi".into(), body, 1).unwrap();
        store.put_message(&asks).unwrap();
        for (text, expected) in
            [("2", Some("pm")), ("buổi sáng", Some("am")), ("the last one", Some("pm")), ("lệ phí", None)]
        {
            let given = infer_value(&store, text, "vi").unwrap();
            assert_eq!(given.as_ref().map(|given| given.value.as_str()), expected, "{text}");
        }
    }
}
