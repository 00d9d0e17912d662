//! A conversation is deleted: here, on another device, or by the agency.

use super::*;

#[test]
fn nothing_of_it_stays_on_the_device_and_another_one_begins() {
    let mut rig = Rig::online();
    rig.says(1, "a");
    rig.gets(Down::Ack { id: Id(1), seq: 1, at: NOW });
    rig.gets(Down::Message(message(2, AuthorKind::Assistant, "b")));
    rig.says(2, "not sent yet");
    let effects = rig.gets(Down::Erased);
    for key in [
        StorageKey::Outgoing(Id(2)),
        StorageKey::Conversation,
        StorageKey::Draft,
        StorageKey::Ticks,
        StorageKey::Ratings,
    ] {
        assert!(effects.contains(&ChatEffect::Forget(key)), "{key:?}: {effects:?}");
    }
    assert!(effects.contains(&ChatEffect::Disconnect));
    assert_eq!((rig.shown().len(), rig.chat.notice), (0, Some(ChatNotice::Erased)));
    assert_eq!(spoken(&effects), ["ErasedChat"]);
    assert!(
        effects.iter().any(|effect| matches!(effect, ChatEffect::Fetch { why: FetchReason::Ticket, .. }))
    );

    // The line closes after that; the fresh session may come before or after.
    rig.drops(0);
    let fresh = Boot { conversation: Id(0xd), ticket: "new".into(), ..boot() };
    let effects = rig.does(ChatEvent::Fetched { why: FetchReason::Ticket, boot: Box::new(fresh) });
    assert_eq!(connects(&effects), Some(Id(0xd)), "{effects:?}");
    assert!(stored(&effects).is_empty(), "nothing is kept before the visitor writes: {effects:?}");
    assert_eq!(rig.chat.notice, Some(ChatNotice::Erased), "it is said until the visitor has read it");
    rig.welcome(0);
    rig.says(3, "c");
    assert_eq!((rig.shown(), rig.chat.notice), (vec!["?:c".to_owned()], None));
}

#[test]
fn the_page_that_deletes_is_gone_to_only_while_it_can_be_had() {
    let mut rig = Rig::online();
    rig.does(ChatEvent::LazyLoaded(true));
    let effects = rig.does(ChatEvent::Lazy(LazyEvent::Erases));
    assert!(
        matches!(&effects[..], [ChatEffect::Visit { page: "erase", fields }] if fields.iter().any(|(name, _)| *name == "ticket")),
        "{effects:?}"
    );
    rig.drops(u32::MAX);
    let effects = rig.does(ChatEvent::Lazy(LazyEvent::Erases));
    assert_eq!(spoken(&effects), ["Reconnecting"]);
    assert!(!effects.iter().any(|effect| matches!(effect, ChatEffect::Visit { .. })));
}
