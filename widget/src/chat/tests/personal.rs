//! What is asked before personal data is sent.

use super::*;

const ID: &str = "số căn cước 079203001234";

fn rig(warn: &[Personal], refuse: &[Personal]) -> Rig {
    let mut rig = Rig::online();
    rig.chat.look.care = Care { warn: set(warn), refuse: set(refuse) };
    rig
}

fn set(kinds: &[Personal]) -> Kinds {
    kinds.iter().fold(Kinds::default(), |all, kind| all.union_with(Kinds::only_kind(*kind)))
}

fn answers(rig: &mut Rig, answer: PersonalDataDecision) -> Vec<String> {
    let effects = rig.does(ChatEvent::Lazy(LazyEvent::Answered { answer, id: Id(9), at: NOW }));
    let said = |up: &&Up| if let Up::Say { text, .. } = up { Some(text.clone()) } else { None };
    sent(&effects).iter().filter_map(said).collect()
}

#[test]
fn nothing_is_sent_before_the_visitor_has_decided() {
    for (answer, said, draft) in [
        (PersonalDataDecision::Hide, vec!["số căn cước ••••••••••••"], ""),
        (PersonalDataDecision::Send, vec![ID], ""),
        (PersonalDataDecision::Edit, vec![], ID),
    ] {
        let mut rig = rig(&[Personal::CitizenId], &[]);
        let effects = rig.says(1, ID);
        assert_eq!(sent(&effects), Vec::<&Up>::new());
        assert_eq!(effects.last(), Some(&ChatEffect::FocusChoice));
        assert_eq!(rig.chat.asking.as_ref().unwrap().kinds, Kinds::only_kind(Personal::CitizenId));
        assert_eq!(rig.shown(), Vec::<String>::new());
        assert_eq!(answers(&mut rig, answer), said, "{answer:?}");
        assert_eq!((rig.chat.draft.as_str(), rig.chat.asking.is_none()), (draft, true), "{answer:?}");
        assert_eq!(rig.effects.last(), Some(&ChatEffect::FocusComposer));
        assert!(!rig.effects.iter().any(|effect| matches!(effect, ChatEffect::Announce { .. })));
    }
}

#[test]
fn what_is_refused_goes_only_hidden() {
    let mut rig = rig(&[], &[Personal::CitizenId]);
    rig.says(1, ID);
    assert!(rig.chat.asking.as_ref().unwrap().refused);
    assert_eq!(answers(&mut rig, PersonalDataDecision::Send), Vec::<String>::new());
    assert_eq!(rig.chat.draft, ID);
    rig.says(2, ID);
    assert_eq!(answers(&mut rig, PersonalDataDecision::Hide), ["số căn cước ••••••••••••"]);
}

#[test]
fn what_the_site_allows_is_not_asked_about() {
    let mut rig = rig(&[Personal::Phone], &[]);
    assert_eq!(sent(&rig.says(1, ID)).len(), 1);
    // Buttons say what the site wrote on them.
    let call = Button { label: "Gọi 0912345678".into(), pick: Some("call".into()), href: None };
    assert_eq!(sent(&rig.does(ChatEvent::Pressed { button: call, id: Id(2), at: NOW })).len(), 1);
}

#[test]
fn a_number_in_pieces_is_asked_about_when_it_is_whole() {
    let mut rig = rig(&[Personal::CitizenId], &[]);
    assert_eq!(sent(&rig.says(1, "cccd 0792")).len(), 1);
    assert_eq!(sent(&rig.says(2, "03001234")).len(), 0);
    assert_eq!(answers(&mut rig, PersonalDataDecision::Hide), ["••••••••"]);
}

#[test]
fn typing_on_or_escape_take_the_question_back() {
    let mut rig = rig(&[Personal::CitizenId], &[]);
    rig.says(1, ID);
    rig.types("số căn cước");
    assert_eq!(rig.chat.asking, None);
    rig.says(2, ID);
    rig.does(ChatEvent::Escaped);
    assert_eq!((rig.chat.asking.is_none(), rig.chat.open), (true, true));
    assert_eq!(rig.chat.draft, ID);
}

/// What the page asks for is the visitor's too; what stands in the composer is kept beside it.
#[test]
fn the_pages_own_question_is_asked_about() {
    let mut rig = rig(&[Personal::CitizenId], &[]);
    rig.types("khác");
    rig.does(ChatEvent::FromPage(FromPage::Ask { text: ID.into(), id: Id(1), at: NOW }));
    assert_eq!(answers(&mut rig, PersonalDataDecision::Edit), Vec::<String>::new());
    assert_eq!(rig.chat.draft, format!("{ID}\nkhác"));
}

/// The edge knows better, because the site was published anew: what was said can be changed, and is not lost.
#[test]
fn the_edge_refuses() {
    let mut rig = rig(&[], &[]);
    rig.says(1, ID);
    let effects = rig.gets(Down::Fault { id: Some(Id(1)), code: Fault::Personal, retry_ms: None });
    assert_eq!(rig.shown(), Vec::<String>::new());
    assert_eq!(spoken(&effects), ["PersonalFound CitizenId PersonalRefused"]);
    assert!(effects.contains(&ChatEffect::Forget(StorageKey::Outgoing(Id(1)))));
    // The focus stays where the visitor has it.
    assert!(!effects.contains(&ChatEffect::FocusChoice));
    assert_eq!(answers(&mut rig, PersonalDataDecision::Edit), Vec::<String>::new());
    assert_eq!(rig.chat.draft, ID);
}

/// The part that searches is on its way from the first digit on, once; what was to be sent waits for it.
#[test]
fn nothing_is_sent_before_it_was_searched() {
    let mut rig = rig(&[Personal::CitizenId], &[]);
    rig.searches = false;
    let soon =
        |effects: &[ChatEffect]| effects.iter().filter(|effect| **effect == ChatEffect::SearchSoon).count();
    assert_eq!(soon(&rig.types("số")), 0);
    assert_eq!(soon(&rig.types("số 0")), 1);
    assert_eq!(soon(&rig.types("số 07")), 0);
    let effects = rig.says(1, "số 07");
    assert_eq!((sent(&effects).len(), rig.chat.draft.as_str()), (0, "số 07"));
    let found = Some(PersonalDataResult { kinds: Kinds::default(), hidden: "số 07".into() });
    let effects = rig.does(ChatEvent::Searched { text: "số 07".into(), found: found.clone() });
    assert_eq!((sent(&effects).len(), rig.chat.draft.as_str()), (1, ""));
    // Not a second time, and not what was changed meanwhile.
    assert_eq!(rig.does(ChatEvent::Searched { text: "số 07".into(), found: found.clone() }), []);
    rig.says(2, "số 08");
    rig.types("số 089");
    assert_eq!(rig.does(ChatEvent::Searched { text: "số 08".into(), found }), []);
    assert_eq!(rig.chat.draft, "số 089");
}

/// The part does not come, or not in time: the visitor is asked all the same, and nothing is pretended to be hidden.
#[test]
fn without_the_part_the_visitor_decides() {
    let late = |rig: &mut Rig| rig.does(ChatEvent::Rang(Timer::Search));
    let gone = |rig: &mut Rig| rig.does(ChatEvent::Searched { text: ID.into(), found: None });
    for happens in [late as fn(&mut Rig) -> Vec<ChatEffect>, gone] {
        for (answer, said, draft) in [
            (PersonalDataDecision::Send, vec![ID], ""),
            (PersonalDataDecision::Edit, vec![], ID),
            (PersonalDataDecision::Hide, vec![], ID),
        ] {
            let mut rig = rig(&[Personal::CitizenId], &[]);
            rig.searches = false;
            assert_eq!(sent(&rig.says(1, ID)).len(), 0);
            assert_eq!(happens(&mut rig), [ChatEffect::FocusChoice]);
            let asking = rig.chat.asking.as_ref().unwrap();
            assert_eq!((asking.kinds, asking.refused, &asking.hidden), (Kinds::default(), false, &None));
            assert_eq!(answers(&mut rig, answer), said, "{answer:?}");
            assert_eq!(rig.chat.draft, draft, "{answer:?}");
        }
    }
}

#[test]
fn the_question_waits_for_what_draws_it() {
    let mut first = rig(&[Personal::CitizenId], &[]);
    first.chat.lazy = LazyState::NotLoaded;
    let effects = first.says(1, ID);
    assert!(
        effects.contains(&ChatEffect::LoadLazy) && !effects.contains(&ChatEffect::FocusChoice),
        "{effects:?}"
    );
    assert_eq!(first.does(ChatEvent::LazyLoaded(true)), [ChatEffect::FocusChoice]);
    assert_eq!(answers(&mut first, PersonalDataDecision::Send), [ID]);

    // Where it can't be had, that is said; nothing is lost, and the next try asks again.
    let mut never = rig(&[Personal::CitizenId], &[]);
    never.chat.lazy = LazyState::NotLoaded;
    never.says(1, ID);
    never.does(ChatEvent::LazyLoaded(false));
    assert!(never.does(ChatEvent::Rang(Timer::RetryLazy)).contains(&ChatEffect::LoadLazy));
    never.does(ChatEvent::LazyLoaded(false));
    assert_eq!((never.chat.asking.is_none(), never.chat.draft.as_str()), (true, ID));
    assert_eq!(never.chat.notice, Some(ChatNotice::Reload));
    assert_eq!(never.shown(), Vec::<String>::new());
}
