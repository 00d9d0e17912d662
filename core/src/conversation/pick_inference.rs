//! What was typed where a button would have said it: read from the words and from what stands before them.

use super::{ConversationStore, Side, StoreError};
use crate::{
    cues::{self, ButtonChoice},
    decide::Published,
    handoff,
    pick::{NONE_OF_THESE, TO_AGENCY, TO_ASSISTANT, TO_PERSON},
};
use wire::{AuthorKind, Button, Message};

/// How far back the last message of another's may stand.
const BACK: u64 = 10;

/// The `pick` of the button that `text` stands for, if it does.
pub fn infer_pick(
    store: &impl ConversationStore,
    published: &Published,
    text: &str,
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
    if let Some(chosen) = match_choice(&before, text) {
        return Ok(Some(chosen));
    }
    // A "yes" to what the agency has asked is the agency's.
    let is_agencys = before.author.kind == AuthorKind::Agency && published.site.settings.agency.is_some();
    Ok((is_agencys && cues::is_empty_of_matter(text)).then(|| TO_AGENCY.to_owned()))
}

/// What `text` chooses where `before` has asked which of several things is meant.
fn match_choice(before: &Message, text: &str) -> Option<String> {
    let picks = |button: &Button| button.pick.clone();
    if !before.body.buttons.iter().any(|button| button.pick.as_deref() == Some(NONE_OF_THESE)) {
        return None;
    }
    // Those of ours mean the same everywhere, and are no choices.
    let own = |button: &&Button| {
        button.pick.as_deref().is_some_and(|pick| ![NONE_OF_THESE, TO_ASSISTANT, TO_PERSON].contains(&pick))
    };
    let choices: Vec<&Button> = before.body.buttons.iter().filter(own).collect();
    match cues::choose_button(&choices, text)? {
        ButtonChoice::Button(at) => choices.get(at).and_then(|button| picks(button)),
        ButtonChoice::None => Some(NONE_OF_THESE.to_owned()),
    }
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
        assert_eq!(infer_pick(&store, &published, "1").unwrap(), None, "nothing was asked");
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
            assert_eq!(infer_pick(&store, &published, text).unwrap().as_deref(), expected, "{text}");
        }
        // Buttons that ask nothing back are no list to choose from.
        put(&mut store, assistant_author(&published, "vi"), &[("Lệ phí", "a"), ("Giờ làm việc", "b")]);
        assert_eq!(infer_pick(&store, &published, "1").unwrap(), None);
        assert_eq!(infer_pick(&store, &published, "không cần nữa").unwrap(), None, "nobody is waited for");
        put(&mut store, Author { kind: AuthorKind::Agency, name: None }, &[]);
        let agencys = published.site.settings.agency.is_some().then_some(TO_AGENCY);
        assert_eq!(infer_pick(&store, &published, "vâng").unwrap().as_deref(), agencys);
        assert_eq!(infer_pick(&store, &published, "giờ làm việc").unwrap(), None);
    }

    #[test]
    fn whoever_waits_is_understood() {
        let published = tests_site();
        let mut store = MemoryStore::new(Id(1));
        handoff::request_person(&mut store, None, None, 1).unwrap();
        assert_eq!(infer_pick(&store, &published, "khong can nua").unwrap().as_deref(), Some(TO_ASSISTANT));
        assert_eq!(infer_pick(&store, &published, "có ai không ạ").unwrap().as_deref(), Some(TO_PERSON));
        assert_eq!(infer_pick(&store, &published, "giờ làm việc").unwrap(), None);
    }
}
