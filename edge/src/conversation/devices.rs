//! The visitor's devices that are told of news while no page of the visitor's is open: which there are, and when one is due.
//!
//! An open page is told by its line. Whether it is one, nobody can say at once: the line of a phone that was put away stays
//! open for a while, and nobody hears what is said there. So a page that seems open makes news wait until it has shown itself again, or
//! until it should have.

use super::Log;
use crate::push::Outcome;
use wire::{AuthorKind, Message};

/// Most devices of one conversation; another one takes the place of the oldest.
pub const MAX_DEVICES: usize = 3;
/// A device is told again after this long at the soonest, in milliseconds.
const PAUSE_MS: u64 = 60_000;
/// A page that is open has shown itself within this time, in milliseconds: three of the widget's pings.
const SILENCE_MS: u64 = 75_000;
/// How often a push is tried.
const MAX_TRIES: u32 = 6;
/// The wait after the first try that failed, in milliseconds; it doubles with each.
const WAIT_MS: u64 = 30_000;
/// Under which name they are kept.
const RECORD: &str = "devices";

/// A device that wants to be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// Names it here: a keyed digest of its push service's address for it.
    pub name: String,
    /// That address, sealed.
    pub sealed: String,
    /// The edge's origin, as the device reached it.
    pub edge: String,
    /// What it has still to be told.
    pub due: Option<Due>,
    /// When it was last told, in milliseconds since 1970.
    pub told: u64,
}

/// There is news.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// Since when, in milliseconds since 1970.
    pub since: u64,
    /// When the device is to be told, in milliseconds since 1970.
    pub at: u64,
    /// How often that was tried.
    pub tries: u32,
}

impl Device {
    /// A line of text: what is in it has no blanks. JSON would be a twentieth of all that this feature weighs.
    fn line(&self) -> String {
        let Device { name, sealed, edge, told, due } = self;
        let due = due.map(|Due { since, at, tries }| format!(" {since} {at} {tries}")).unwrap_or_default();
        format!("{name} {sealed} {edge} {told}{due}")
    }

    fn read(line: &str) -> Option<Device> {
        let mut parts = line.split(' ');
        let mut text = || parts.next().map(str::to_owned);
        let (name, sealed, edge) = (text()?, text()?, text()?);
        let mut number = || parts.next()?.parse::<u64>().ok();
        let told = number()?;
        let due = number().and_then(|since| Some(Due { since, at: number()?, tries: number()? as u32 }));
        Some(Device { name, sealed, edge, told, due })
    }
}

/// The devices.
pub fn devices(log: &impl Log) -> Vec<Device> {
    log.record(RECORD).unwrap_or_default().lines().filter_map(Device::read).collect()
}

/// When the next of them is due, in milliseconds since 1970.
pub fn next_due(log: &impl Log) -> Option<u64> {
    devices(log).iter().filter_map(|device| device.due).map(|due| due.at).min()
}

fn keep(log: &mut impl Log, devices: &[Device]) {
    let lines: Vec<String> = devices.iter().map(Device::line).collect();
    log.set_record(RECORD, Some(lines.join("\n")).as_deref().filter(|lines| !lines.is_empty()));
}

/// The visitor turns it on for a device, or again.
pub fn add_device(log: &mut impl Log, device: Device) {
    drop_device(log, &device.name);
    let mut all = devices(log);
    all.push(device);
    let over = all.len().saturating_sub(MAX_DEVICES);
    keep(log, all.get(over..).unwrap_or_default());
}

/// The visitor turns it off for the device called `name`, or it is gone.
pub fn drop_device(log: &mut impl Log, name: &str) {
    let mut all = devices(log);
    let before = all.len();
    all.retain(|device| device.name != name);
    if all.len() < before {
        keep(log, &all);
    }
}

/// There are none any more.
pub(super) fn drop_devices(log: &mut impl Log) {
    log.set_record(RECORD, None);
}

/// Whether a visitor who is away wants to hear of `message`. That news will come is none.
pub fn is_news(message: &Message) -> bool {
    message.author.kind != AuthorKind::Visitor && !message.later
}

/// There is news. `seen` is when a page of the visitor's was last known to be open, in milliseconds since 1970. Gives whether a
/// device is now due, at once or later.
pub fn news(log: &mut impl Log, seen: u64, now: u64) -> bool {
    let open = seen + SILENCE_MS > now;
    let mut all = devices(log);
    let free = all.iter_mut().filter(|device| device.due.is_none());
    let mut any = false;
    for device in free {
        let soonest = if open { now + SILENCE_MS } else { now };
        let at = soonest.max(device.told + PAUSE_MS);
        (device.due, any) = (Some(Due { since: now, at, tries: 0 }), true);
    }
    if any {
        keep(log, &all);
    }
    any
}

/// A page of the visitor's was open at `at` (milliseconds since 1970): what was news until then is none any more.
pub fn was_open(log: &mut impl Log, at: u64) {
    let mut all = devices(log);
    let mut any = false;
    for device in all.iter_mut().filter(|device| device.due.is_some_and(|due| due.since <= at)) {
        (device.due, any) = (None, true);
    }
    if any {
        keep(log, &all);
    }
}

/// The devices to be told now. Each is put off at once: should its push never end, it is tried again.
pub fn take_due(log: &mut impl Log, now: u64) -> Vec<Device> {
    let mut all = devices(log);
    let mut taken = Vec::new();
    for device in &mut all {
        if let Some(due) = device.due.filter(|due| due.at <= now) {
            taken.push(device.clone());
            device.due = Some(Due { at: now + wait(due.tries), tries: due.tries + 1, ..due })
                .filter(|due| due.tries <= MAX_TRIES);
        }
    }
    if !taken.is_empty() {
        keep(log, &all);
    }
    taken
}

fn wait(tries: u32) -> u64 {
    WAIT_MS << tries.min(MAX_TRIES)
}

/// What became of the push to the device called `name`, of the news since `since`.
pub fn pushed(log: &mut impl Log, name: &str, since: u64, outcome: Outcome, now: u64) {
    let mut all = devices(log);
    let Some(device) = all.iter_mut().find(|device| device.name == name) else { return };
    match outcome {
        Outcome::Gone => return drop_device(log, name),
        Outcome::Taken => device.told = now,
        Outcome::Refused => {}
        Outcome::Later(hold) => {
            let due = device.due.filter(|due| due.tries < MAX_TRIES);
            device.due = due.map(|due| Due { at: due.at.max(now + hold.unwrap_or(0)), ..due });
            return keep(log, &all);
        }
    }
    // What has come since is told in its turn.
    let later = device.due.filter(|due| due.since > since);
    device.due = later.map(|due| Due { at: due.at.max(device.told + PAUSE_MS), ..due });
    keep(log, &all);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversation::Memory;
    use wire::Id;

    /// A moment long after the beginning of time, in milliseconds.
    const T: u64 = 1_000_000;

    fn log(names: &[&str]) -> Memory {
        let mut log = Memory::new(Id(1));
        for name in names {
            add_device(&mut log, device(name));
        }
        log
    }

    fn device(name: &str) -> Device {
        Device {
            name: name.into(),
            sealed: name.into(),
            edge: "https://hoi.example".into(),
            due: None,
            told: 0,
        }
    }

    fn names(devices: &[Device]) -> Vec<&str> {
        devices.iter().map(|device| device.name.as_str()).collect()
    }

    #[test]
    fn a_few_devices_each_once() {
        let mut log = log(&["a", "b", "c", "a", "d"]);
        assert_eq!(names(&devices(&log)), ["c", "a", "d"], "the oldest has gone");
        drop_device(&mut log, "x");
        for name in ["a", "c", "d"] {
            drop_device(&mut log, name);
        }
        assert_eq!(log.record(RECORD), None, "nothing is kept of nobody");
    }

    #[test]
    fn who_is_away_is_told_at_once_and_once() {
        let mut log = log(&["a", "b"]);
        assert!(news(&mut log, 0, 100_000));
        assert!(!news(&mut log, 0, 100_001), "it is due already");
        let taken = take_due(&mut log, 100_001);
        assert_eq!(names(&taken), ["a", "b"]);
        assert!(take_due(&mut log, 100_001).is_empty(), "it is on its way");
        for name in ["a", "b"] {
            pushed(&mut log, name, 100_000, Outcome::Taken, 100_500);
        }
        assert_eq!(next_due(&log), None);
        assert!(news(&mut log, 0, 101_000));
        assert_eq!(next_due(&log), Some(160_500), "not again within a minute");
    }

    #[test]
    fn nobody_is_told_who_looks() {
        let mut log = log(&["a"]);
        news(&mut log, 90_000, 100_000);
        assert_eq!(next_due(&log), Some(175_000));
        was_open(&mut log, 99_999);
        assert_eq!(next_due(&log), Some(175_000), "it was open before, which says nothing");
        was_open(&mut log, 100_000);
        assert_eq!(next_due(&log), None);
        // A page that was put away without a word does not show itself again.
        news(&mut log, 125_001, 200_000);
        assert!(take_due(&mut log, 274_999).is_empty());
        assert_eq!(names(&take_due(&mut log, 275_000)), ["a"]);
    }

    #[test]
    fn a_service_that_is_away_is_tried_a_limited_number_of_times() {
        let mut log = log(&["a"]);
        news(&mut log, 0, T);
        let mut now = T;
        let mut tries = 0;
        while let Some(at) = next_due(&log) {
            now = now.max(at);
            assert_eq!(take_due(&mut log, now).len(), 1);
            tries += 1;
            pushed(&mut log, "a", T, Outcome::Later((tries == 1).then_some(600_000)), now);
            if tries == 1 {
                assert_eq!(next_due(&log), Some(T + 600_000), "as long as the service asks");
            }
        }
        assert_eq!(tries, MAX_TRIES as usize);
        assert_eq!(devices(&log).len(), 1, "the next news is tried again");
        assert!(news(&mut log, 0, now));
    }

    #[test]
    fn a_push_that_never_ended_is_tried_again() {
        let mut log = log(&["a"]);
        news(&mut log, 0, T);
        take_due(&mut log, T);
        assert_eq!(next_due(&log), Some(T + WAIT_MS));
    }

    #[test]
    fn what_is_gone_is_dropped_and_what_is_refused_is_not_tried_again() {
        let mut log = log(&["a", "b"]);
        news(&mut log, 0, T);
        take_due(&mut log, T);
        pushed(&mut log, "a", T, Outcome::Gone, T);
        pushed(&mut log, "b", T, Outcome::Refused, T);
        pushed(&mut log, "x", T, Outcome::Taken, T);
        assert_eq!((names(&devices(&log)), next_due(&log)), (vec!["b"], None));
    }

    #[test]
    fn news_while_a_push_is_on_its_way() {
        let mut log = log(&["a"]);
        news(&mut log, 0, T);
        take_due(&mut log, T);
        // The visitor looks, and goes; then there is more.
        was_open(&mut log, T + 1);
        news(&mut log, 0, T + 2);
        pushed(&mut log, "a", T, Outcome::Taken, T + 3);
        assert_eq!(next_due(&log), Some(T + 3 + PAUSE_MS), "it is told in its turn");
    }

    #[test]
    fn what_is_kept_is_what_was_written() {
        let mut log = log(&["a", "b"]);
        news(&mut log, 0, T);
        take_due(&mut log, T);
        pushed(&mut log, "a", T, Outcome::Taken, T + 7);
        let due = Due { since: T, at: T + WAIT_MS, tries: 1 };
        let expected = [Device { told: T + 7, ..device("a") }, Device { due: Some(due), ..device("b") }];
        assert_eq!(devices(&log), expected);
        log.set_record(RECORD, Some("a\nb c\n\na b c d\nc c c 1 2"));
        assert_eq!(
            devices(&log),
            [Device { edge: "c".into(), told: 1, ..device("c") }],
            "what can't be read is left out"
        );
    }

    #[test]
    fn what_is_news() {
        let published = crate::conversation::tests_site();
        let log = log(&[]);
        let body = || wire::Body { blocks: Vec::new(), buttons: Vec::new() };
        let of = |author| super::super::message::message(&log, author, "vi".into(), body(), T);
        let agency = of(super::super::message::agency(&published, "vi"));
        assert!(is_news(&agency));
        assert!(!is_news(&Message { later: true, ..agency }), "that there will be some");
        assert!(!is_news(&of(super::super::message::visitor())));
    }
}
