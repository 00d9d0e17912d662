//! Before the safety layer has its data.

use super::super::*;
use crate::conversation::{
    MemoryStore, handle_frame,
    personal::{PersonalDataHandling, check_post},
    tests_site,
};
use intent::Scratch;
use safety::{Additions, Lexicon, embedded_data};
use wire::{Fault, Id};

const NOW: u64 = 1_780_000_000_000;

#[test]
fn nothing_is_taken_answered_or_acknowledged() {
    let Published { mut site, model, .. } = tests_site();
    site.settings.feedback.survey = true;
    let mut published = Published::new(1, site, model);
    published.safety = Lexicon::without_data(Additions::default()).unwrap();
    let mut log = MemoryStore::new(Id(7));
    let say = |id, text: &str| Up::Say {
        id: Id(id),
        text: text.into(),
        lang: "en".into(),
        pick: None,
        value: None,
        files: vec![],
    };
    let survey = || Up::Survey { score: 1, text: "tôi không muốn sống nữa".into() };
    let rate =
        || Up::Rate { seq: 1, good: Some(false), reason: None, text: "chồng đang đánh tôi".to_owned() };
    for up in [say(1, "em muốn chết"), say(2, "xin chào"), survey(), rate()] {
        // No budget and no question back stands before what may be a cry for help.
        assert!(is_urgent(&published, &up), "{up:?}");
        assert_eq!(
            check_post(&mut log, &published, up.clone(), PersonalDataHandling::Ask, NOW).unwrap(),
            Ok(up.clone())
        );
        let effects = handle_frame(&mut log, &published, up, NOW, &mut Scratch::default()).unwrap();
        let [Effect::Reply(Down::Fault { id: None, code: Fault::Internal, retry_ms: Some(_) })] = effects[..]
        else {
            panic!("{effects:?}")
        };
    }
    assert!(log.messages.is_empty() && log.outbox.is_empty(), "{:?}", log.messages);
    // An agency is told nothing of what may be one.
    let mut full = MemoryStore::new(Id(8));
    let message =
        new_message(&full, crate::conversation::message::visitor_author(), "vi".into(), Body::default(), NOW)
            .unwrap();
    full.put_message(&message).unwrap();
    assert_eq!(without_danger(&full, &published, vec![message]), Ok(Vec::new()));
    published.safety.attach_data(embedded_data()).unwrap();
    let effects =
        handle_frame(&mut log, &published, say(1, "em muốn chết"), NOW, &mut Scratch::default()).unwrap();
    assert!(matches!(&effects[0], Effect::Reply(Down::Ack { id: Id(1), .. })), "{effects:?}");
    assert!(
        effects
            .iter()
            .any(|effect| matches!(effect, Effect::Broadcast(Audience::Everyone, Down::Message(_)))),
        "{effects:?}"
    );
}
