//! What the page says about its visitor.

use super::*;

fn token(rig: &mut Rig, token: &str) -> Vec<ChatEffect> {
    rig.does(ChatEvent::FromPage(FromPage::Identify(token.into())))
}

#[test]
fn nothing_is_opened_for_it_and_it_comes_before_what_is_said() {
    let mut rig = Rig::new();
    assert_eq!(token(&mut rig, "a.b.c"), []);
    assert_eq!(
        rig.does(ChatEvent::FromPage(FromPage::Context([("page".into(), "/fees".into())].into()))),
        []
    );
    rig.says(1, "a");
    let effects = rig.welcome(0);
    assert!(
        matches!(sent(&effects)[..], [Up::Identify { .. }, Up::Context { .. }, Up::Say { .. }]),
        "{effects:?}"
    );
    rig.gets(Down::Identified { ticket: None });
    rig.drops(0);
    rig.does(ChatEvent::Rang(Timer::Reconnect));
    let effects = rig.welcome(0);
    assert!(matches!(sent(&effects)[..], [Up::Say { .. }]), "it is known: {effects:?}");
    assert!(matches!(sent(&token(&mut rig, "d.e.f"))[..], [Up::Identify { .. }]), "another one");
}

#[test]
fn a_new_ticket_is_kept_for_every_tab() {
    let mut rig = Rig::online();
    rig.says(1, "a");
    token(&mut rig, "a.b.c");
    let effects = rig.gets(Down::Identified { ticket: Some("new".into()) });
    assert_eq!(stored(&effects), [StorageKey::Conversation]);
    rig.drops(0);
    let effects = rig.does(ChatEvent::Rang(Timer::Reconnect));
    let brings =
        |effect: &ChatEffect| matches!(effect, ChatEffect::Connect { ticket, .. } if ticket == "new");
    assert!(effects.iter().any(brings), "{effects:?}");
}

#[test]
fn who_is_not_believed_goes_on_unnamed_and_the_page_is_told() {
    let mut rig = Rig::online();
    token(&mut rig, "a.b.c");
    let effects = rig.gets(Down::Fault { id: None, code: Fault::Identity, retry_ms: None });
    assert_eq!(effects, [ChatEffect::Tell(ToPage::Error(Fault::Identity))]);
    assert_eq!(rig.chat.notice, None);
    rig.drops(0);
    rig.does(ChatEvent::Rang(Timer::Reconnect));
    assert_eq!(sent(&rig.welcome(0)), Vec::<&Up>::new());
}

#[test]
fn another_visitor_at_the_same_browser_begins_a_conversation_of_their_own() {
    let mut rig = Rig::online();
    rig.says(1, "a");
    rig.gets(Down::Ack { id: Id(1), seq: 1, at: NOW });
    token(&mut rig, "a.b.c");
    let effects = rig.gets(Down::Fault { id: None, code: Fault::Stranger, retry_ms: None });
    assert!(matches!(effects[0], ChatEffect::Fetch { why: FetchReason::StartOver, .. }), "{effects:?}");
    let fresh = Boot { conversation: Id(0xd), ..boot() };
    rig.does(ChatEvent::Fetched { why: FetchReason::StartOver, boot: Box::new(fresh) });
    assert_eq!(rig.shown(), Vec::<String>::new());
    rig.says(2, "b");
    let effects = rig.welcome(0);
    assert!(matches!(sent(&effects)[..], [Up::Identify { .. }, Up::Say { .. }]), "{effects:?}");
}
