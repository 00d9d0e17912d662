//! What everybody is told at once.

use super::*;
use crate::chat::standing::WATCH_MS;

fn told(notice: Option<&str>, off: bool) -> ChatEvent {
    let notice = notice.map(|text| Run { text: text.into(), ..Run::default() });
    ChatEvent::Standing(Standing { notice, off })
}

fn watches(effects: &[ChatEffect]) -> bool {
    let asked = effects.contains(&ChatEffect::Watch("vi".into()));
    let again = effects.contains(&ChatEffect::After { ms: WATCH_MS, timer: Timer::Watch });
    assert_eq!(asked, again, "{effects:?}");
    asked
}

#[test]
fn an_open_panel_asks_again_and_again() {
    let mut rig = Rig::of(boot(), Saved::default());
    assert!(!watches(&rig.does(ChatEvent::Rang(Timer::Watch))), "nobody looks on");
    assert!(watches(&rig.does(ChatEvent::FromPage(FromPage::Open))));
    assert!(watches(&rig.does(ChatEvent::Rang(Timer::Watch))));
    assert!(watches(&rig.does(ChatEvent::Woke)));
    rig.does(ChatEvent::FromPage(FromPage::Close));
    assert!(!watches(&rig.does(ChatEvent::Rang(Timer::Watch))));
}

#[test]
fn what_changes_is_said_once() {
    let mut rig = Rig::new();
    assert_eq!(spoken(&rig.does(told(None, false))), Vec::<&str>::new());
    assert_eq!(spoken(&rig.does(told(Some("Bão số 5"), false))), ["Important: Bão số 5"]);
    assert_eq!(spoken(&rig.does(told(Some("Bão số 5"), false))), Vec::<&str>::new());
    assert_eq!(spoken(&rig.does(told(None, true))), ["Important: SwitchedOff"]);
    assert_eq!(rig.chat.choices(), &[]);
    assert_eq!(spoken(&rig.does(told(None, false))), Vec::<&str>::new());
    assert_eq!(rig.chat.choices().len(), 2);
}

/// What was written while the chat was off goes out as soon as it is on.
#[test]
fn what_waits_is_sent_when_it_is_on_again() {
    let mut rig = Rig::online();
    rig.says(1, "a");
    rig.gets(Down::Fault { id: Some(Id(1)), code: Fault::TooFast, retry_ms: Some(120_000) });
    rig.does(told(None, true));
    assert_eq!(rig.shown(), ["?:a"]);
    assert_eq!(sent(&rig.does(told(None, false))).len(), 1);
}
