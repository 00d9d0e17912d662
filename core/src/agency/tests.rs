use super::*;
use crate::{connector::ConnectorError, limits::usage::UsageDay};
use proptest::prelude::*;
use site::address::AddressRefusal;

/// As soon as the gatekeeper lets anybody in.
const LEAVE: NextAction = NextAction::Leave { ms: PROBE_MS };

fn call(key: u32, kind: CallKind) -> Call {
    let day = UsageDay { number: 7, ends: 86_400_000 };
    Call { key: key.to_string(), kind, life_ms: 20_000, at_once: 4, per_day: 1_000, day }
}

#[test]
fn a_day_has_so_many_calls_and_the_next_one_begins_anew() {
    let mut guard = Guard::default();
    let call = |key: u32, number| {
        let day = UsageDay { number, ends: (number - 6) * 86_400_000 };
        Call { per_day: 3, day, ..call(key, CallKind::First) }
    };
    for key in 0..3 {
        assert_eq!(guard.admit_call(&call(key, 7), 1_000), CallAdmission::Go, "{key}");
        guard.finish_call(&key.to_string(), CallOutcome::Good, 1_000);
    }
    assert_eq!(guard.admit_call(&call(3, 7), 2_000), CallAdmission::NotBefore(86_400_000));
    let mut asleep: Guard = serde_json::from_str(&serde_json::to_string(&guard).unwrap()).unwrap();
    assert_eq!(
        asleep.admit_call(&call(3, 7), 3_000),
        CallAdmission::NotBefore(86_400_000),
        "it was written down"
    );
    assert_eq!(asleep.admit_call(&call(3, 8), 86_400_000), CallAdmission::Go);
    assert!(guard.needs_saving(&Guard::default()));
}

#[test]
fn the_breaker_opens_probes_and_closes() {
    let mut guard = Guard::default();
    for key in 0..5 {
        assert_eq!(guard.admit_call(&call(key, CallKind::First), 1_000), CallAdmission::Go, "{key}");
        guard.finish_call(&key.to_string(), CallOutcome::Bad, 1_000);
    }
    assert_eq!(
        guard.admit_call(&call(9, CallKind::First), 1_000),
        CallAdmission::NotBefore(1_000 + PROBE_MS)
    );
    let probe = 1_000 + PROBE_MS;
    assert_eq!(guard.admit_call(&call(9, CallKind::First), probe), CallAdmission::Go, "the probe");
    assert!(
        matches!(guard.admit_call(&call(10, CallKind::First), probe), CallAdmission::NotBefore(_)),
        "one at a time"
    );
    guard.finish_call("9", CallOutcome::Bad, probe + 500);
    assert!(matches!(guard.admit_call(&call(10, CallKind::First), probe + 600), CallAdmission::NotBefore(_)));
    let probe = probe + 500 + PROBE_MS;
    assert_eq!(
        guard.admit_call(&call(10, CallKind::Left), probe),
        CallAdmission::Go,
        "a question left behind may be the probe"
    );
    guard.finish_call("10", CallOutcome::Good, probe + 100);
    for key in 20..24 {
        assert_eq!(
            guard.admit_call(&call(key, CallKind::First), probe + 100),
            CallAdmission::Go,
            "it is back: {key}"
        );
    }
    assert_eq!(
        guard.admit_call(&call(24, CallKind::First), probe + 100),
        CallAdmission::Busy(300),
        "places are bounded"
    );
    let asleep: Guard = serde_json::from_str(&serde_json::to_string(&guard).unwrap()).unwrap();
    assert!(asleep.is_idle());
}

#[test]
fn half_of_the_calls_failing_opens_it_and_old_failures_do_not() {
    let mut guard = Guard::default();
    for key in 0..60 {
        let now = u64::from(key) * 300;
        if guard.admit_call(&call(key, CallKind::First), now) != CallAdmission::Go {
            break;
        }
        guard.finish_call(
            &key.to_string(),
            if key % 2 == 0 { CallOutcome::Bad } else { CallOutcome::Good },
            now,
        );
    }
    assert!(guard.shut_until() > 0, "half of the calls failed, and it is still closed");
    let mut slow = Guard::default();
    for key in 0..50 {
        let now = u64::from(key) * 200_000;
        assert_eq!(slow.admit_call(&call(key, CallKind::First), now), CallAdmission::Go, "{key}");
        slow.finish_call(
            &key.to_string(),
            if key % 3 == 0 { CallOutcome::Bad } else { CallOutcome::Good },
            now,
        );
    }
}

#[test]
fn a_lost_flight_frees_its_place_and_a_wish_is_obeyed() {
    let mut guard = Guard::default();
    for key in 0..4 {
        assert_eq!(guard.admit_call(&call(key, CallKind::First), 0), CallAdmission::Go);
    }
    assert_eq!(
        guard.admit_call(&call(3, CallKind::First), 10),
        CallAdmission::Go,
        "the same question again has its place"
    );
    assert_eq!(guard.admit_call(&call(4, CallKind::First), 19_000), CallAdmission::Busy(300));
    assert_eq!(guard.admit_call(&call(4, CallKind::First), 20_001), CallAdmission::Go);
    guard.finish_call("4", CallOutcome::Held { until: 90_000 }, 21_000);
    for kind in [CallKind::First, CallKind::Again, CallKind::Left] {
        assert_eq!(guard.admit_call(&call(5, kind), 89_999), CallAdmission::NotBefore(90_000), "{kind:?}");
    }
    assert_eq!(guard.admit_call(&call(5, CallKind::First), 90_000), CallAdmission::Go);
}

#[test]
fn what_follows_from_a_failure() {
    let status = |status| Failure::Connector(ConnectorError::from_status(status));
    let down = || Failure::Unreachable("refused".into());
    // failure, try, some of it was shown, repeatable, hold; expected
    let cases = [
        (down(), 1, false, true, None, NextAction::Again),
        (down(), 2, false, true, None, LEAVE),
        (down(), 1, false, false, None, NextAction::Again),
        (down(), 1, true, true, None, NextAction::End),
        (status(500), 1, false, true, None, NextAction::Again),
        (status(500), 1, false, false, None, NextAction::End),
        (status(503), 1, false, false, None, NextAction::Again),
        (status(503), 1, false, true, Some(5_000), LEAVE),
        (status(429), 2, false, true, None, LEAVE),
        (status(429), 2, false, true, Some(60_000), NextAction::Leave { ms: 60_000 }),
        (status(401), 1, false, true, None, LEAVE),
        (status(422), 1, false, true, None, NextAction::End),
        (status(410), 1, false, true, None, NextAction::End),
        (status(302), 1, false, true, None, LEAVE),
        (Failure::FirstByte(10), 1, false, true, None, LEAVE),
        (Failure::FirstByte(10), 1, false, false, None, NextAction::End),
        (Failure::Stalled(10), 1, true, true, None, NextAction::End),
        (Failure::Total(20), 1, false, true, None, LEAVE),
        (Failure::Address(AddressRefusal::Dot), 1, false, false, None, LEAVE),
        (Failure::Connector(ConnectorError::Secret), 1, false, false, None, LEAVE),
        (Failure::Connector(ConnectorError::TooLong), 1, false, true, None, NextAction::End),
        (Failure::Connector(ConnectorError::Garbage("x")), 1, false, true, None, LEAVE),
        (Failure::Steps, 1, false, true, None, NextAction::End),
    ];
    for (failure, tries, began, repeatable, hold, expected) in cases {
        let attempt = Attempt { number: tries, began, repeatable, refused_before: false };
        assert_eq!(
            next_action(&failure, attempt, hold),
            expected,
            "{failure}, try {tries}, began {began}, repeatable {repeatable}, hold {hold:?}"
        );
    }
    let again = Attempt { number: 2, began: false, repeatable: true, refused_before: true };
    assert_eq!(next_action(&status(403), Attempt { refused_before: false, ..again }, None), LEAVE);
    assert_eq!(
        next_action(&status(403), again, None),
        NextAction::End,
        "the same bytes are not brought a third time"
    );
    assert_eq!(next_action(&status(503), again, None), LEAVE, "that is another reason");
    for refused in [400, 403, 413, 422] {
        assert_eq!(status(refused).call_outcome(None, 1), CallOutcome::Neutral, "{refused}");
    }
    for ill in [401, 404, 408, 429, 500] {
        assert_eq!(status(ill).call_outcome(None, 1), CallOutcome::Bad, "{ill}");
    }
    assert_eq!(status(503).call_outcome(Some(7), 1), CallOutcome::Held { until: 8 });
    assert_eq!(status(503).call_outcome(None, 1), CallOutcome::Bad);
    assert_eq!(Failure::Address(AddressRefusal::Dot).call_outcome(None, 1), CallOutcome::Neutral);
}

/// One thing that happens to a guard.
#[derive(Debug, Clone)]
enum Act {
    Enter(CallKind),
    Leave(prop::sample::Index, u8),
    Wait(u64),
    Sleep,
}

fn act() -> impl Strategy<Value = Act> {
    let kind = prop::sample::select(vec![CallKind::First, CallKind::First, CallKind::Again, CallKind::Left]);
    prop_oneof![
        5 => kind.prop_map(Act::Enter),
        5 => (any::<prop::sample::Index>(), 0u8..8).prop_map(|(which, how)| Act::Leave(which, how)),
        4 => (0u64..12_000).prop_map(Act::Wait),
        1 => Just(Act::Sleep),
    ]
}

proptest! {
    /// Whatever happens in whatever order: places, probes, wishes and the budget hold.
    #[test]
    fn the_guard_holds(acts in prop::collection::vec(act(), 1..300)) {
        let (mut guard, mut now, mut key) = (Guard::default(), 1_000_000u64, 0u32);
        let (mut flying, mut held): (Vec<(u32, u64)>, u64) = (Vec::new(), 0);
        let (mut firsts, mut retries, mut shut_calls) = (0u32, 0u32, Vec::<u64>::new());
        for act in acts {
            match act {
                Act::Wait(ms) => now += ms,
                // The object sleeps: only what is written down comes back. Calls on their way keep it awake.
                Act::Sleep if flying.is_empty() => {
                    guard = serde_json::from_str(&serde_json::to_string(&guard).unwrap()).unwrap();
                }
                Act::Sleep => {}
                Act::Enter(kind) => {
                    key += 1;
                    let (shut, open) = (guard.shut_until(), guard.is_open());
                    let entry = guard.admit_call(&call(key, kind), now);
                    flying.retain(|(_, until)| *until > now);
                    if entry != CallAdmission::Go {
                        prop_assert_ne!(entry, CallAdmission::NotBefore(now), "told to wait for nothing");
                        continue;
                    }
                    prop_assert!(now >= held, "asked although it was to be left alone");
                    prop_assert!(now >= shut, "asked although shut");
                    flying.push((key, now + 20_000));
                    prop_assert!(flying.len() <= 4, "{} at once", flying.len());
                    if open { shut_calls.push(now); }
                    match kind {
                        CallKind::First => firsts += 1,
                        CallKind::Again => retries += u32::from(!open),
                        CallKind::Left => {}
                    }
                }
                Act::Leave(which, how) if !flying.is_empty() => {
                    let (key, _) = flying.swap_remove(which.index(flying.len()));
                    let outcome = match how {
                        0..=2 => CallOutcome::Bad,
                        3..=5 => CallOutcome::Good,
                        6 => CallOutcome::Neutral,
                        _ => CallOutcome::Held { until: now + 5_000 },
                    };
                    if let CallOutcome::Held { until } = outcome { held = held.max(until); }
                    guard.finish_call(&key.to_string(), outcome, now);
                }
                Act::Leave(..) => {}
            }
        }
        for pair in shut_calls.windows(2) {
            prop_assert!(pair[1] - pair[0] >= PROBE_MS, "two probes within {} ms", pair[1] - pair[0]);
        }
        let most = f64::from(firsts) * SHARE + RESERVE + (now - 1_000_000) as f64 / 600_000.0;
        prop_assert!(f64::from(retries) <= most + 1e-6, "{} retries for {} questions", retries, firsts);
    }

    #[test]
    fn waits_stay_in_their_bounds(tries in 0u32..100, random: u64, now in 0u64..1 << 50, until in 0u64..1 << 50) {
        prop_assert!((50..=4_000).contains(&full_jitter(tries, random)));
        let at = next_try(tries, until, now, random);
        prop_assert!(at > now && at >= until && at <= until.max(now) + 600_000);
    }
}
