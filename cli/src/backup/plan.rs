//! What a backup decides, without disk and clock: how a file gets into a snapshot, which snapshot is restored, which ones go.

use jiff::{SignedDuration, Timestamp};

/// A file that was written to more lately than this may be written to again within the same tick of the file system's clock,
/// and nobody could see it. In nanoseconds.
pub const SETTLING_NS: u64 = 2_000_000_000;
/// The copy of a file that was in use bears this time: no source is like it, so that the next backup looks at the file again.
pub const IN_USE_NS: u64 = 0;

/// By so much a run a day may be earlier or later than the one before it.
const RUN_JITTER_HOURS: i64 = 2;

/// What is seen of a database from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DatabaseState {
    /// Bytes of the file itself.
    pub size: u64,
    /// When it was last written to, in nanoseconds since 1970.
    pub modified_ns: u64,
    /// Bytes in the log or journal beside it: what SQLite has still to bring into the file, or to take back.
    pub log_bytes: u64,
}

/// How a file gets into a snapshot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CopyMethod {
    /// The snapshot before has it as it is.
    Link,
    /// It rests: byte by byte. SQLite would leave files of its own beside it.
    Bytes,
    /// It is in use, or was a moment ago: through SQLite, which sees one state of it whoever writes.
    Online,
}

/// Says how a database that looks like `source` at `now_ns` is copied; `copy` is what the snapshot before has of it.
pub fn choose_copy(source: &DatabaseState, copy: Option<&DatabaseState>, now_ns: u64) -> CopyMethod {
    let settled = now_ns.checked_sub(source.modified_ns).is_some_and(|age| age >= SETTLING_NS);
    if source.log_bytes > 0 || !settled {
        CopyMethod::Online
    } else if copy == Some(source) && source.modified_ns != IN_USE_NS {
        CopyMethod::Link
    } else {
        CopyMethod::Bytes
    }
}

/// The snapshot in `snapshots`, oldest first, that shows how it was at `moment`.
pub fn snapshot_at(snapshots: &[Timestamp], moment: Timestamp) -> Option<Timestamp> {
    snapshots.iter().rev().find(|snapshot| **snapshot <= moment).copied()
}

/// Those of `snapshots`, oldest first, that go at `now` when they are kept for `days`. What was deleted from the data is in
/// none that is older: so each goes with the first run in its last day or shortly before, and the newest stays, whatever its age.
pub fn expired_snapshots(snapshots: &[Timestamp], now: Timestamp, days: u32) -> Vec<Timestamp> {
    let longest = SignedDuration::from_hours(24 * i64::from(days.saturating_sub(1)) - RUN_JITTER_HOURS);
    let older = snapshots.split_last().map_or(&[][..], |(_, older)| older);
    older.iter().filter(|moment| now.duration_since(**moment) >= longest).copied().collect()
}

/// Whether so much is gone since the snapshot before, of `before` files all but `left`, that the data itself may be: a disk that is not
/// mounted, another folder. Visitors and their time delete some; hardly nine in ten between two runs.
pub fn is_data_lost(before: usize, left: usize) -> bool {
    before.saturating_sub(left).saturating_mul(10) > before.saturating_mul(9)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW_NS: u64 = 1_800_000_000_000_000_000;

    #[test]
    fn what_changed_is_copied_and_what_did_not_is_linked() {
        let resting = DatabaseState { size: 8192, modified_ns: NOW_NS - 3_600_000_000_000, log_bytes: 0 };
        let in_use = DatabaseState { log_bytes: 4152, ..resting };
        let just_written = DatabaseState { modified_ns: NOW_NS - SETTLING_NS + 1, ..resting };
        let from_the_future = DatabaseState { modified_ns: NOW_NS + 1, ..resting };
        let grown = DatabaseState { size: 12288, ..resting };
        let rewritten = DatabaseState { modified_ns: resting.modified_ns + 1, ..resting };
        let copied_in_use = DatabaseState { modified_ns: IN_USE_NS, ..resting };
        for (source, copy, expected) in [
            (resting, None, CopyMethod::Bytes),
            (resting, Some(resting), CopyMethod::Link),
            (grown, Some(resting), CopyMethod::Bytes),
            (rewritten, Some(resting), CopyMethod::Bytes),
            (resting, Some(copied_in_use), CopyMethod::Bytes),
            (copied_in_use, Some(copied_in_use), CopyMethod::Bytes),
            (in_use, Some(resting), CopyMethod::Online),
            (in_use, Some(in_use), CopyMethod::Online),
            (just_written, Some(just_written), CopyMethod::Online),
            (from_the_future, None, CopyMethod::Online),
        ] {
            assert_eq!(choose_copy(&source, copy.as_ref(), NOW_NS), expected, "{source:?} {copy:?}");
        }
    }

    fn moments(texts: &[&str]) -> Vec<Timestamp> {
        texts.iter().map(|text| text.parse().unwrap()).collect()
    }

    #[test]
    fn a_moment_is_shown_by_the_snapshot_before_it() {
        let snapshots = moments(&["2026-11-01T02:00:00Z", "2026-11-02T02:00:00Z"]);
        for (moment, expected) in [
            ("2026-11-01T01:59:59Z", None),
            ("2026-11-01T02:00:00Z", Some(snapshots[0])),
            ("2026-11-02T01:00:00Z", Some(snapshots[0])),
            ("2026-12-24T00:00:00Z", Some(snapshots[1])),
        ] {
            assert_eq!(snapshot_at(&snapshots, moment.parse().unwrap()), expected, "{moment}");
        }
    }

    #[test]
    fn with_a_run_a_day_nothing_gets_older_than_it_may() {
        let snapshots = moments(&["2026-11-01T02:00:00Z", "2026-11-02T02:00:00Z", "2026-11-04T02:00:00Z"]);
        let now: Timestamp = "2026-11-04T02:00:01Z".parse().unwrap();
        assert_eq!(expired_snapshots(&snapshots, now, 30), []);
        assert_eq!(expired_snapshots(&snapshots, now, 5), []);
        assert_eq!(expired_snapshots(&snapshots, now, 4), snapshots[..1]);
        assert_eq!(expired_snapshots(&snapshots, now, 1), snapshots[..2]);
        assert_eq!(expired_snapshots(&snapshots[..1], now, 1), [], "the only one");
        assert_eq!(expired_snapshots(&[], now, 1), []);
    }

    #[test]
    fn a_run_that_is_early_or_late_lets_none_get_too_old() {
        let snapshots = moments(&["2026-11-01T02:00:00Z", "2026-11-20T02:00:00Z"]);
        for (now, days, count) in [
            // The run of the last day comes early: the next one would find it older than 30 days.
            ("2026-11-30T00:30:00Z", 30, 1),
            ("2026-11-30T00:00:00Z", 30, 1),
            // Whatever is left by this one is not too old at the next, even if that is two hours late.
            ("2026-11-29T23:59:59Z", 30, 0),
            ("2026-12-01T01:59:59Z", 30, 1),
            ("2026-11-20T02:00:01Z", 1, 1),
        ] {
            assert_eq!(
                expired_snapshots(&snapshots, now.parse().unwrap(), days).len(),
                count,
                "{now} {days}"
            );
        }
    }

    #[test]
    fn data_is_lost_when_nearly_all_is_gone() {
        for (before, left, expected) in [
            (0, 0, false),
            (1, 0, true),
            (1, 1, false),
            (10, 1, false),
            (10, 0, true),
            (100_000, 9_999, true),
            (100_000, 10_000, false),
        ] {
            assert_eq!(is_data_lost(before, left), expected, "{before} {left}");
        }
    }
}
