//! The visitor's devices that are told of news while no page of the visitor's is open: which there are, and when one is due.
//!
//! An open page is told by its connection. Whether it is one, nobody can say at once: the connection of a phone that was put away stays
//! open for a while, and nobody hears what is said there. So a page that seems open makes news wait until it has shown itself again, or
//! until it should have.

use super::{ConversationStore, RecordKey, StoreError};
use crate::push::PushOutcome;
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
    pub due: Option<DuePush>,
    /// When it was last told, in milliseconds since 1970.
    pub told: u64,
}

/// There is news.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DuePush {
    /// Since when, in milliseconds since 1970.
    pub since: u64,
    /// When the device is to be told, in milliseconds since 1970.
    pub at: u64,
    /// How often that was tried.
    pub tries: u32,
}

impl Device {
    /// A line of text: what is in it has no blanks. JSON would be a twentieth of all that this feature weighs.
    fn to_line(&self) -> String {
        let Device { name, sealed, edge, told, due } = self;
        let due =
            due.map(|DuePush { since, at, tries }| format!(" {since} {at} {tries}")).unwrap_or_default();
        format!("{name} {sealed} {edge} {told}{due}")
    }

    fn parse_line(line: &str) -> Option<Device> {
        let mut parts = line.split(' ');
        let mut text = || parts.next().map(str::to_owned);
        let (name, sealed, edge) = (text()?, text()?, text()?);
        let mut number = || parts.next()?.parse::<u64>().ok();
        let told = number()?;
        let due = number().and_then(|since| Some(DuePush { since, at: number()?, tries: number()? as u32 }));
        Some(Device { name, sealed, edge, told, due })
    }
}

/// The devices.
pub fn list_devices(store: &impl ConversationStore) -> Result<Vec<Device>, StoreError> {
    Ok(store
        .record(&RecordKey::PushDevices)?
        .unwrap_or_default()
        .lines()
        .filter_map(Device::parse_line)
        .collect())
}

/// When the next of them is due, in milliseconds since 1970.
pub fn next_due(store: &impl ConversationStore) -> Result<Option<u64>, StoreError> {
    Ok(list_devices(store)?.iter().filter_map(|device| device.due).map(|due| due.at).min())
}

fn store_devices(store: &mut impl ConversationStore, devices: &[Device]) -> Result<(), StoreError> {
    let lines: Vec<String> = devices.iter().map(Device::to_line).collect();
    store.set_record(
        &RecordKey::PushDevices,
        Some(lines.join("\n")).as_deref().filter(|lines| !lines.is_empty()),
    )?;
    Ok(())
}

/// The visitor turns it on for a device, or again.
pub fn add_device(store: &mut impl ConversationStore, device: Device) -> Result<(), StoreError> {
    drop_device(store, &device.name)?;
    let mut all = list_devices(store)?;
    all.push(device);
    let over = all.len().saturating_sub(MAX_DEVICES);
    store_devices(store, all.get(over..).unwrap_or_default())?;
    Ok(())
}

/// The visitor turns it off for the device called `name`, or it is gone.
pub fn drop_device(store: &mut impl ConversationStore, name: &str) -> Result<(), StoreError> {
    let mut all = list_devices(store)?;
    let before = all.len();
    all.retain(|device| device.name != name);
    if all.len() < before {
        store_devices(store, &all)?;
    }
    Ok(())
}

/// There are none any more.
pub(crate) fn drop_devices(store: &mut impl ConversationStore) -> Result<(), StoreError> {
    store.set_record(&RecordKey::PushDevices, None)?;
    Ok(())
}

/// Whether a visitor who is away wants to hear of `message`. That news will come is none.
pub fn is_news(message: &Message) -> bool {
    message.author.kind != AuthorKind::Visitor && !message.later
}

/// There is news. `seen` is when a page of the visitor's was last known to be open, in milliseconds since 1970. Gives whether a
/// device is now due, at once or later.
pub fn schedule_pushes(store: &mut impl ConversationStore, seen: u64, now: u64) -> Result<bool, StoreError> {
    let open = seen + SILENCE_MS > now;
    let mut all = list_devices(store)?;
    let free = all.iter_mut().filter(|device| device.due.is_none());
    let mut any = false;
    for device in free {
        let soonest = if open { now + SILENCE_MS } else { now };
        let at = soonest.max(device.told + PAUSE_MS);
        (device.due, any) = (Some(DuePush { since: now, at, tries: 0 }), true);
    }
    if any {
        store_devices(store, &all)?;
    }
    Ok(any)
}

/// A page of the visitor's was open at `at` (milliseconds since 1970): what was news until then is none any more.
pub fn was_open(store: &mut impl ConversationStore, at: u64) -> Result<(), StoreError> {
    let mut all = list_devices(store)?;
    let mut any = false;
    for device in all.iter_mut().filter(|device| device.due.is_some_and(|due| due.since <= at)) {
        (device.due, any) = (None, true);
    }
    if any {
        store_devices(store, &all)?;
    }
    Ok(())
}

/// The devices to be told now. Each is put off at once: should its push never end, it is tried again.
pub fn take_due(store: &mut impl ConversationStore, now: u64) -> Result<Vec<Device>, StoreError> {
    let mut all = list_devices(store)?;
    let mut taken = Vec::new();
    for device in &mut all {
        if let Some(due) = device.due.filter(|due| due.at <= now) {
            taken.push(device.clone());
            device.due = Some(DuePush { at: now + retry_wait(due.tries), tries: due.tries + 1, ..due })
                .filter(|due| due.tries <= MAX_TRIES);
        }
    }
    if !taken.is_empty() {
        store_devices(store, &all)?;
    }
    Ok(taken)
}

fn retry_wait(tries: u32) -> u64 {
    WAIT_MS << tries.min(MAX_TRIES)
}

/// What became of the push to the device called `name`, of the news since `since`.
pub fn record_push(
    store: &mut impl ConversationStore,
    name: &str,
    since: u64,
    outcome: PushOutcome,
    now: u64,
) -> Result<(), StoreError> {
    let mut all = list_devices(store)?;
    let Some(device) = all.iter_mut().find(|device| device.name == name) else { return Ok(()) };
    match outcome {
        PushOutcome::Gone => return drop_device(store, name),
        PushOutcome::Taken => device.told = now,
        PushOutcome::Refused => {}
        PushOutcome::Later(hold) => {
            let due = device.due.filter(|due| due.tries < MAX_TRIES);
            device.due = due.map(|due| DuePush { at: due.at.max(now + hold.unwrap_or(0)), ..due });
            return store_devices(store, &all);
        }
    }
    // What has come since is told in its turn.
    let later = device.due.filter(|due| due.since > since);
    device.due = later.map(|due| DuePush { at: due.at.max(device.told + PAUSE_MS), ..due });
    store_devices(store, &all)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversation::MemoryStore;
    use wire::Id;

    /// A moment long after the beginning of time, in milliseconds.
    const T: u64 = 1_000_000;

    fn store(names: &[&str]) -> MemoryStore {
        let mut store = MemoryStore::new(Id(1));
        for name in names {
            add_device(&mut store, device(name)).unwrap();
        }
        store
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
        let mut store = store(&["a", "b", "c", "a", "d"]);
        assert_eq!(names(&list_devices(&store).unwrap()), ["c", "a", "d"], "the oldest has gone");
        drop_device(&mut store, "x").unwrap();
        for name in ["a", "c", "d"] {
            drop_device(&mut store, name).unwrap();
        }
        assert_eq!(store.record(&RecordKey::PushDevices).unwrap(), None, "nothing is kept of nobody");
    }

    #[test]
    fn who_is_away_is_told_at_once_and_once() {
        let mut store = store(&["a", "b"]);
        assert!(schedule_pushes(&mut store, 0, 100_000).unwrap());
        assert!(!schedule_pushes(&mut store, 0, 100_001).unwrap(), "it is due already");
        let taken = take_due(&mut store, 100_001).unwrap();
        assert_eq!(names(&taken), ["a", "b"]);
        assert!(take_due(&mut store, 100_001).unwrap().is_empty(), "it is on its way");
        for name in ["a", "b"] {
            record_push(&mut store, name, 100_000, PushOutcome::Taken, 100_500).unwrap();
        }
        assert_eq!(next_due(&store).unwrap(), None);
        assert!(schedule_pushes(&mut store, 0, 101_000).unwrap());
        assert_eq!(next_due(&store).unwrap(), Some(160_500), "not again within a minute");
    }

    #[test]
    fn nobody_is_told_who_looks() {
        let mut store = store(&["a"]);
        schedule_pushes(&mut store, 90_000, 100_000).unwrap();
        assert_eq!(next_due(&store).unwrap(), Some(175_000));
        was_open(&mut store, 99_999).unwrap();
        assert_eq!(next_due(&store).unwrap(), Some(175_000), "it was open before, which says nothing");
        was_open(&mut store, 100_000).unwrap();
        assert_eq!(next_due(&store).unwrap(), None);
        // A page that was put away without a word does not show itself again.
        schedule_pushes(&mut store, 125_001, 200_000).unwrap();
        assert!(take_due(&mut store, 274_999).unwrap().is_empty());
        assert_eq!(names(&take_due(&mut store, 275_000).unwrap()), ["a"]);
    }

    #[test]
    fn a_service_that_is_away_is_tried_a_limited_number_of_times() {
        let mut store = store(&["a"]);
        schedule_pushes(&mut store, 0, T).unwrap();
        let mut now = T;
        let mut tries = 0;
        while let Some(at) = next_due(&store).unwrap() {
            now = now.max(at);
            assert_eq!(take_due(&mut store, now).unwrap().len(), 1);
            tries += 1;
            record_push(&mut store, "a", T, PushOutcome::Later((tries == 1).then_some(600_000)), now)
                .unwrap();
            if tries == 1 {
                assert_eq!(next_due(&store).unwrap(), Some(T + 600_000), "as long as the service asks");
            }
        }
        assert_eq!(tries, MAX_TRIES as usize);
        assert_eq!(list_devices(&store).unwrap().len(), 1, "the next news is tried again");
        assert!(schedule_pushes(&mut store, 0, now).unwrap());
    }

    #[test]
    fn a_push_that_never_ended_is_tried_again() {
        let mut store = store(&["a"]);
        schedule_pushes(&mut store, 0, T).unwrap();
        take_due(&mut store, T).unwrap();
        assert_eq!(next_due(&store).unwrap(), Some(T + WAIT_MS));
    }

    #[test]
    fn what_is_gone_is_dropped_and_what_is_refused_is_not_tried_again() {
        let mut store = store(&["a", "b"]);
        schedule_pushes(&mut store, 0, T).unwrap();
        take_due(&mut store, T).unwrap();
        record_push(&mut store, "a", T, PushOutcome::Gone, T).unwrap();
        record_push(&mut store, "b", T, PushOutcome::Refused, T).unwrap();
        record_push(&mut store, "x", T, PushOutcome::Taken, T).unwrap();
        assert_eq!((names(&list_devices(&store).unwrap()), next_due(&store).unwrap()), (vec!["b"], None));
    }

    #[test]
    fn news_while_a_push_is_on_its_way() {
        let mut store = store(&["a"]);
        schedule_pushes(&mut store, 0, T).unwrap();
        take_due(&mut store, T).unwrap();
        // The visitor looks, and goes; then there is more.
        was_open(&mut store, T + 1).unwrap();
        schedule_pushes(&mut store, 0, T + 2).unwrap();
        record_push(&mut store, "a", T, PushOutcome::Taken, T + 3).unwrap();
        assert_eq!(next_due(&store).unwrap(), Some(T + 3 + PAUSE_MS), "it is told in its turn");
    }

    #[test]
    fn what_is_kept_is_what_was_written() {
        let mut store = store(&["a", "b"]);
        schedule_pushes(&mut store, 0, T).unwrap();
        take_due(&mut store, T).unwrap();
        record_push(&mut store, "a", T, PushOutcome::Taken, T + 7).unwrap();
        let due = DuePush { since: T, at: T + WAIT_MS, tries: 1 };
        let expected = [Device { told: T + 7, ..device("a") }, Device { due: Some(due), ..device("b") }];
        assert_eq!(list_devices(&store).unwrap(), expected);
        store.set_record(&RecordKey::PushDevices, Some("a\nb c\n\na b c d\nc c c 1 2")).unwrap();
        assert_eq!(
            list_devices(&store).unwrap(),
            [Device { edge: "c".into(), told: 1, ..device("c") }],
            "what can't be read is left out"
        );
    }

    #[test]
    fn what_is_news() {
        let published = crate::conversation::tests_site();
        let store = store(&[]);
        let body = || wire::Body { blocks: Vec::new(), buttons: Vec::new() };
        let of = |author| {
            crate::conversation::message::new_message(&store, author, "vi".into(), body(), T).unwrap()
        };
        let agency = of(crate::conversation::message::agency_author(&published, "vi"));
        assert!(is_news(&agency));
        assert!(!is_news(&Message { later: true, ..agency }), "that there will be some");
        assert!(!is_news(&of(crate::conversation::message::visitor_author())));
    }
}
