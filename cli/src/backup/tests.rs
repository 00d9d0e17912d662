//! Backups of real databases, some of them in use.

mod faults;

use super::*;
use jiff::{Timestamp, ToSpan as _};
use rusqlite::Connection;
use std::{
    fs::{self, File, FileTimes},
    os::unix::fs::MetadataExt as _,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};
use tempfile::TempDir;

/// A data folder and a repository.
struct Server(TempDir);

impl Server {
    fn new() -> Self {
        let server = Server(TempDir::new().unwrap());
        fs::create_dir_all(server.data().join("hoi-conversation")).unwrap();
        server
    }

    fn data(&self) -> PathBuf {
        self.0.path().join("data")
    }

    fn repository(&self) -> SnapshotRepository {
        SnapshotRepository::new(self.0.path().join("snapshots"))
    }

    fn conversation(&self, name: &str) -> PathBuf {
        self.data().join(format!("hoi-conversation/{name}.sqlite"))
    }

    fn back_up(&self, now: Timestamp, keep_days: Option<u32>) -> BackupSummary {
        self.try_backup(now, keep_days, false).unwrap()
    }

    fn try_backup(
        &self,
        now: Timestamp,
        keep_days: Option<u32>,
        allow_loss: bool,
    ) -> anyhow::Result<BackupSummary> {
        let options = BackupOptions { data: self.data(), jobs: 3, keep_days, allow_loss };
        create_snapshot(&self.repository(), &options, now)
    }

    fn copy_in(&self, snapshot: Timestamp, name: &str) -> PathBuf {
        self.repository().snapshot_folder(snapshot).join(format!("data/hoi-conversation/{name}.sqlite"))
    }

    fn restore(&self, moment: Timestamp) -> anyhow::Result<restore::RestoreSummary> {
        self.restore_to(self.data(), moment, false)
    }

    fn restore_to(
        &self,
        data: PathBuf,
        moment: Timestamp,
        ignore_damage: bool,
    ) -> anyhow::Result<restore::RestoreSummary> {
        let options = RestoreOptions { data, moment, jobs: 3, ignore_damage };
        restore_snapshot(&self.repository(), &options, moment)
    }
}

/// Says `text` in the database at `path`, as the runtime does; what is returned holds it open.
fn write_message(path: &Path, text: &str) -> Connection {
    let connection = Connection::open(path).unwrap();
    connection
        .execute_batch(
            "PRAGMA journal_mode = WAL; CREATE TABLE IF NOT EXISTS message (seq INTEGER PRIMARY KEY, json TEXT);",
        )
        .unwrap();
    connection.execute("INSERT INTO message (json) VALUES (?)", (text,)).unwrap();
    connection
}

/// Lays a tombstone in place of everything, as after somebody's wish.
fn lay_tombstone(path: &Path) {
    fs::remove_file(path).unwrap();
    let connection = Connection::open(path).unwrap();
    connection
        .execute_batch("PRAGMA journal_mode = WAL; CREATE TABLE tombstone (json TEXT NOT NULL)")
        .unwrap();
    let words = r#"{"epoch":"1","at":2,"erased":{"whose":{"site":"ward","conversation":"0000000000000000000000000000000a"}}}"#;
    connection.execute("INSERT INTO tombstone VALUES (?)", (words,)).unwrap();
}

/// As if nobody had written to it for an hour.
fn let_rest(path: &Path) {
    let hour_ago = SystemTime::now() - Duration::from_secs(3600);
    File::open(path).unwrap().set_times(FileTimes::new().set_modified(hour_ago)).unwrap();
}

fn messages(path: &Path) -> Vec<String> {
    let connection = files::open_resting(path).unwrap();
    let mut rows = connection.prepare("SELECT json FROM message ORDER BY seq").unwrap();
    rows.query_map((), |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

fn start() -> Timestamp {
    "2026-11-01T02:00:00Z".parse().unwrap()
}

/// Overwrites the second half of the file at `path`.
fn damage_file(path: &Path) {
    let mut bytes = fs::read(path).unwrap();
    let half = bytes.len() / 2;
    bytes[half..].fill(0x5a);
    fs::write(path, bytes).unwrap();
}

#[test]
fn only_what_changed_is_copied_and_each_moment_is_there() {
    let server = Server::new();
    for name in ["quiet", "busy", "awake"] {
        drop(write_message(&server.conversation(name), "first"));
        let_rest(&server.conversation(name));
    }
    // Beside files that rest nothing is left behind.
    let first = server.back_up(start(), None);
    assert_eq!((first.files, first.copies), (3, 3));
    assert_eq!(fs::read_dir(server.data().join("hoi-conversation")).unwrap().count(), 3);
    // One is written to and rests again, one is in use: what was said is in the log beside it.
    drop(write_message(&server.conversation("busy"), "second"));
    let _open = write_message(&server.conversation("awake"), "second");
    let_rest(&server.conversation("awake"));
    assert!(fs::metadata(files::file_beside(&server.conversation("awake"), "-wal")).unwrap().len() > 0);
    let later = start() + 1.hour();
    assert_eq!(server.back_up(later, None).copies, 2);
    let inode = |snapshot, name| fs::metadata(server.copy_in(snapshot, name)).unwrap().ino();
    assert_eq!(inode(start(), "quiet"), inode(later, "quiet"));
    for (snapshot, name, expected) in [
        (start(), "busy", &["first"][..]),
        (later, "busy", &["first", "second"]),
        (start(), "awake", &["first"]),
        (later, "awake", &["first", "second"]),
    ] {
        assert_eq!(messages(&server.copy_in(snapshot, name)), expected, "{snapshot} {name}");
    }
    assert_eq!(server.restore(start() + 30.minutes()).unwrap().snapshot, start());
    assert_eq!(messages(&server.conversation("busy")), ["first"]);
    // Who goes on writes into the data, not into the backup.
    drop(write_message(&server.conversation("busy"), "another"));
    assert_eq!(messages(&server.copy_in(start(), "busy")), ["first"]);
    assert!(server.restore(start() - 1.second()).unwrap_err().to_string().contains("the oldest snapshot"));
}

#[test]
fn what_was_erased_stays_erased_even_if_the_data_is_lost() {
    let server = Server::new();
    for name in ["erased", "kept"] {
        drop(write_message(&server.conversation(name), "words"));
    }
    server.back_up(start(), None);
    lay_tombstone(&server.conversation("erased"));
    // Where the data is at hand, no later snapshot is needed.
    let summary = server.restore(start() + 1.second()).unwrap();
    assert_eq!(summary.erasures.len(), 1);
    assert_eq!(messages(&server.conversation("kept")), ["words"]);
    server.back_up(start() + 1.hour(), None);
    fs::remove_dir_all(server.data()).unwrap();
    let summary = server.restore(start() + 2.seconds()).unwrap();
    assert_eq!((summary.snapshot, summary.old_data), (start(), None));
    let erased = summary.erasures.first().unwrap();
    assert_eq!((erased.site.as_str(), erased.conversation), ("ward", wire::Id(10)));
    let restored = fs::read(server.conversation("erased")).unwrap();
    assert!(!restored.windows(5).any(|part| part == b"words"), "it is back");
    assert_eq!(fs::read_dir(server.data().join("hoi-conversation")).unwrap().count(), 2);
}

#[test]
fn old_snapshots_go_and_share_nothing_they_could_take_along() {
    let server = Server::new();
    drop(write_message(&server.conversation("a"), "words"));
    let_rest(&server.conversation("a"));
    server.back_up(start(), Some(3));
    assert!(server.back_up(start() + 24.hours(), Some(3)).deletions.is_empty());
    assert_eq!(server.back_up(start() + 48.hours(), Some(3)).deletions, [start()]);
    let left = server.repository().list_snapshots().unwrap();
    assert_eq!(left, [start() + 24.hours(), start() + 48.hours()]);
    assert_eq!(messages(&server.copy_in(start() + 48.hours(), "a")), ["words"]);
    let (files, wrong) = verify_snapshots(&server.repository(), &left, 2).unwrap();
    assert_eq!((files, wrong), (1, vec![]));
}

#[test]
fn damage_is_found_not_restored_and_mended_by_the_next_backup() {
    let server = Server::new();
    drop(write_message(&server.conversation("a"), "words"));
    let_rest(&server.conversation("a"));
    server.back_up(start(), None);
    let copy = server.copy_in(start(), "a");
    let (metadata, mut bytes) = (fs::metadata(&copy).unwrap(), fs::read(&copy).unwrap());
    let place = bytes.windows(5).position(|part| part == b"words").unwrap();
    bytes[place] = b'W';
    fs::remove_file(&copy).unwrap();
    fs::write(&copy, bytes).unwrap();
    File::open(&copy)
        .unwrap()
        .set_times(FileTimes::new().set_modified(metadata.modified().unwrap()))
        .unwrap();
    let refused = format!("{:#}", server.restore(start()).unwrap_err());
    assert!(refused.contains("another sum"), "{refused}");
    assert_eq!(messages(&server.conversation("a")), ["words"], "the data is as it was");
    assert_eq!(fs::read_dir(server.0.path()).unwrap().count(), 2, "and nothing lies beside it");
    let (_, wrong) = verify_snapshots(&server.repository(), &[start()], 2).unwrap();
    assert!(matches!(&wrong[..], [sentence] if sentence.contains("another sum")), "{wrong:?}");
    let later = start() + 1.hour();
    assert_eq!(server.back_up(later, None).copies, 1);
    assert_eq!(messages(&server.copy_in(later, "a")), ["words"]);
}

#[test]
fn a_database_that_is_damaged_ends_the_backup_and_deletes_nothing() {
    let server = Server::new();
    drop(write_message(&server.conversation("a"), "words"));
    server.back_up(start(), Some(1));
    let path = server.conversation("a");
    damage_file(&path);
    let_rest(&path);
    let options = BackupOptions { data: server.data(), jobs: 1, keep_days: Some(1), allow_loss: false };
    let failed = create_snapshot(&server.repository(), &options, start() + 72.hours());
    assert!(format!("{:#}", failed.unwrap_err()).contains("a.sqlite"));
    assert_eq!(server.repository().list_snapshots().unwrap(), [start()]);
    assert_eq!(
        fs::read_dir(server.0.path().join("snapshots")).unwrap().count(),
        2,
        "a snapshot and the lock"
    );
}

#[test]
fn a_running_edge_is_not_restored_over() {
    let server = Server::new();
    drop(write_message(&server.conversation("a"), "words"));
    server.back_up(start(), None);
    let lock = File::create(server.data().join("lock")).unwrap();
    lock.lock().unwrap();
    assert!(server.restore(start()).unwrap_err().to_string().contains("end it first"));
}
