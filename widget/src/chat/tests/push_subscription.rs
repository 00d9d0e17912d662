//! Telling this device of news.

use super::*;

const WORDS: &str = "off\noffer\nis on\nturn off\nforbidden";

/// The chat as a page of its own.
fn page() -> Rig {
    let mut rig = Rig::online();
    rig.chat.framed = false;
    rig.says(1, "Tôi muốn gặp cán bộ");
    rig.gets(Down::Ack { id: Id(1), seq: 1, at: NOW });
    rig
}

/// There may be news of the message `seq` some day.
fn promise(seq: u64) -> ChatEvent {
    let message = Message { later: true, ..message(seq, AuthorKind::Assistant, "Xin chờ") };
    ChatEvent::Received(Down::Message(message))
}

/// What the shell is to do, in order.
fn devices(effects: &[ChatEffect]) -> Vec<String> {
    effects
        .iter()
        .filter_map(|effect| match effect {
            ChatEffect::Device { verb, values } => {
                let values =
                    values.iter().map(|(name, value)| format!(" {name}={}", value.trim_start_matches('0')));
                Some(format!("{verb}{}", values.collect::<String>()))
            }
            _ => None,
        })
        .collect()
}

fn told(words: &str) -> ChatEvent {
    ChatEvent::Lazy(LazyEvent::Told(words.into()))
}

/// It is offered.
fn offered() -> Rig {
    let mut rig = page();
    rig.does(promise(2));
    rig.does(told(WORDS));
    rig
}

/// It is on.
fn on() -> Rig {
    let mut rig = offered();
    rig.does(ChatEvent::Lazy(LazyEvent::PressedTell));
    rig.does(told("on"));
    rig
}

fn press() -> ChatEvent {
    ChatEvent::Lazy(LazyEvent::PressedTell)
}

#[test]
fn it_is_looked_at_once_and_only_where_there_may_be_news() {
    let mut rig = page();
    rig.gets(Down::Message(message(2, AuthorKind::Assistant, "At eight")));
    assert!(devices(&rig.effects).is_empty());
    let effects = rig.does(promise(3));
    assert_eq!(devices(&effects), ["look lang=vi conversation=c"]);
    assert!(!rig.chat.tells_at(3), "nobody knows yet whether it can be had");
    assert!(devices(&rig.does(promise(4))).is_empty());
    rig.does(told(WORDS));
    assert!(!rig.chat.tells_at(3) && rig.chat.tells_at(4), "under the last of them");
    assert_eq!(rig.chat.push_texts(), ["", "offer"]);
}

#[test]
fn in_a_frame_on_somebodys_page_there_is_no_word_of_it() {
    let mut rig = Rig::online();
    rig.chat.lazy = LazyState::NotLoaded;
    let effects = rig.does(promise(1));
    assert!(devices(&effects).is_empty() && !effects.contains(&ChatEffect::LoadLazy));
}

#[test]
fn what_comes_late_is_wanted_for_it() {
    let mut rig = page();
    rig.chat.lazy = LazyState::NotLoaded;
    assert!(rig.does(promise(2)).contains(&ChatEffect::LoadLazy));
    assert_eq!(devices(&rig.does(ChatEvent::LazyLoaded(true))).len(), 1);
}

#[test]
fn where_it_can_not_be_had_nothing_is_shown() {
    let mut rig = page();
    rig.does(promise(2));
    rig.does(told(""));
    assert!(!rig.chat.tells_at(2));
    assert!(rig.does(press()).is_empty());
}

#[test]
fn only_a_press_asks() {
    let mut rig = offered();
    let effects = rig.does(press());
    assert_eq!(devices(&effects), ["on lang=vi conversation=c ticket=ticket"]);
    assert!(rig.does(press()).is_empty(), "the browser asks already");
    assert_eq!(spoken(&rig.does(told("on"))), ["is on"]);
    assert_eq!(rig.chat.push_texts(), ["is on", "turn off"]);
    assert_eq!(devices(&rig.does(press())), ["off ticket=ticket"]);
    assert_eq!(rig.chat.push_texts(), ["", "offer"]);
    assert!(spoken(&rig.does(told("off"))).is_empty());
}

#[test]
fn who_says_no_is_told_how_to_say_yes() {
    for (answer, sentence) in [("denied", "forbidden"), ("", "Broken")] {
        let mut rig = offered();
        rig.does(press());
        assert_eq!(spoken(&rig.does(told(answer))), [sentence]);
        assert_eq!(rig.chat.push_texts(), [sentence, "offer"]);
        assert_eq!(devices(&rig.does(press())).len(), 1, "and may press again");
    }
    // Who closes the browser's question has said nothing.
    let mut rig = offered();
    rig.does(press());
    assert!(spoken(&rig.does(told("off"))).is_empty());
    assert_eq!(rig.chat.push_texts(), ["", "offer"]);
}

#[test]
fn who_starts_over_is_told_no_more() {
    let mut rig = on();
    let fresh = Boot { conversation: Id(0xd), ticket: "fresh".into(), ..boot() };
    let effects = rig.does(ChatEvent::Fetched { why: FetchReason::StartOver, boot: Box::new(fresh) });
    assert_eq!(devices(&effects), ["off ticket=ticket"]);
    assert!(devices(&rig.does(told("off"))).is_empty(), "once");
    // In the new conversation it is another question.
    let effects = rig.does(promise(1));
    assert_eq!(devices(&effects), ["look lang=vi conversation=d"]);
    assert!(!rig.chat.tells_at(1), "not with the words of the one before");
}

#[test]
fn a_renewed_ticket_is_the_one_that_turns_it_off() {
    let mut rig = on();
    rig.gets(Down::Welcome { epoch: EPOCH, last: 2, ticket: Some("renewed".into()) });
    let fresh = Boot { conversation: Id(0xd), ticket: "fresh".into(), ..boot() };
    let effects = rig.does(ChatEvent::Fetched { why: FetchReason::StartOver, boot: Box::new(fresh) });
    assert_eq!(devices(&effects), ["off ticket=renewed"]);
}

#[test]
fn another_language_has_other_words() {
    let mut rig = on();
    let mut english = boot();
    let lang = Word::ALL.iter().position(|word| *word == Word::Lang).expect("a word");
    english.words.0[lang] = "en".into();
    let effects = rig.does(ChatEvent::Fetched { why: FetchReason::Language, boot: Box::new(english) });
    assert_eq!(devices(&effects), ["look lang=en conversation=c"]);
    assert!(rig.chat.tells_at(2), "what stands there stays meanwhile");
}
