//! Backups where something is wrong: with the disk, the data, a snapshot.

use super::*;
use std::os::unix::fs::PermissionsExt as _;

#[test]
fn data_that_is_not_mounted_makes_no_snapshot_and_deletes_none() {
    let server = Server::new();
    for index in 0..12 {
        drop(write_message(&server.conversation(&format!("c{index}")), "words"));
    }
    server.back_up(start(), Some(1));
    server.back_up(start() + 1.hour(), None);
    let later = start() + 100.hours();
    for index in 1..12 {
        fs::remove_file(server.conversation(&format!("c{index}"))).unwrap();
    }
    let refusal = server.try_backup(later, Some(1), false).unwrap_err().to_string();
    assert!(refusal.contains("of 12 files") && refusal.contains("only 1"), "{refusal}");
    fs::remove_file(server.conversation("c0")).unwrap();
    for allow_loss in [false, true] {
        let refusal = server.try_backup(later, Some(1), allow_loss).unwrap_err().to_string();
        assert!(refusal.contains("is the disk mounted"), "{refusal}");
    }
    assert_eq!(server.repository().list_snapshots().unwrap(), [start(), start() + 1.hour()]);
    // Other conversations do not make up for those.
    for index in 0..20 {
        drop(write_message(&server.conversation(&format!("other{index}")), "words"));
    }
    assert!(server.try_backup(later, None, false).is_err());
    assert_eq!(server.try_backup(later, Some(1), true).unwrap().files, 20);
    assert_eq!(server.repository().list_snapshots().unwrap(), [later]);
}

#[test]
fn what_is_damaged_is_named_and_the_rest_is_backed_up() {
    let server = Server::new();
    for name in ["whole", "broken", "third"] {
        drop(write_message(&server.conversation(name), "words"));
    }
    server.back_up(start(), Some(1));
    damage_file(&server.conversation("broken"));
    let_rest(&server.conversation("broken"));
    let later = start() + 72.hours();
    let summary = server.back_up(later, Some(1));
    assert_eq!((summary.files, &summary.deletions[..]), (2, &[][..]), "an older one has the last good copy");
    assert!(matches!(&summary.gaps[..], [gap] if gap.contains("broken.sqlite")), "{:?}", summary.gaps);
    assert_eq!(server.repository().list_snapshots().unwrap(), [start(), later]);
    assert!(!server.copy_in(later, "broken").exists());
    let (_, faults) = verify_snapshots(&server.repository(), &[start(), later], 2).unwrap();
    assert_eq!(faults, [""; 0]);
    assert_eq!(server.restore(later).unwrap().gaps, summary.gaps);
    // As it was told to: the copy from before in its place.
    fs::copy(server.copy_in(start(), "broken"), server.conversation("broken")).unwrap();
    let summary = server.back_up(later + 1.hour(), Some(1));
    assert_eq!((summary.files, summary.gaps.len(), summary.deletions.len()), (3, 0, 2));
}

#[test]
fn a_folder_that_is_gone_is_restored_whatever_its_path_ends_with() {
    let server = Server::new();
    for name in ["erased", "other"] {
        drop(write_message(&server.conversation(name), "words"));
    }
    server.back_up(start(), None);
    lay_tombstone(&server.conversation("erased"));
    server.back_up(start() + 1.hour(), None);
    fs::remove_dir_all(server.data()).unwrap();
    let summary = server.restore_to(server.data().join(""), start(), false).unwrap();
    assert_eq!(messages(&server.conversation("other")), ["words"]);
    let list = summary.erasure_list.unwrap();
    assert_eq!(list.parent(), summary.data.parent());
    assert_eq!(fs::metadata(&list).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(fs::read_to_string(&list).unwrap(), "ward 0000000000000000000000000000000a\n");
    assert_eq!(fs::read_dir(server.0.path()).unwrap().count(), 3, "data, snapshots, list");
}

#[test]
fn what_was_restored_is_not_copied_again() {
    let server = Server::new();
    drop(write_message(&server.conversation("a"), "words"));
    let_rest(&server.conversation("a"));
    server.back_up(start(), None);
    fs::remove_dir_all(server.data()).unwrap();
    server.restore(start()).unwrap();
    let summary = server.back_up(start() + 1.hour(), None);
    assert_eq!((summary.files, summary.copies), (1, 0));
}

#[test]
fn damage_in_a_later_snapshot_is_not_taken_for_nothing_erased() {
    let server = Server::new();
    for name in ["erased", "other"] {
        drop(write_message(&server.conversation(name), "words"));
    }
    server.back_up(start(), None);
    lay_tombstone(&server.conversation("erased"));
    let later = start() + 1.hour();
    server.back_up(later, None);
    let (tombstone, sums) =
        (server.copy_in(later, "erased"), server.repository().snapshot_folder(later).join("SHA256SUMS"));
    let (tombstone_bytes, text) = (fs::read(&tombstone).unwrap(), fs::read_to_string(&sums).unwrap());
    let cut: String =
        text.lines().filter(|line| !line.contains("erased")).map(|line| format!("{line}\n")).collect();
    let out = text.replace("data/hoi-conversation/erased", "data/../../../erased");
    for (case, bytes, list, is_known) in [
        ("the file is missing", None, text.as_str(), false),
        ("the file is damaged", Some(&b"SQLite format 3"[..]), &text, false),
        ("the list is empty", Some(&tombstone_bytes[..]), "", true),
        ("the list is cut", Some(&tombstone_bytes), &cut, true),
        ("a name leads out", Some(&tombstone_bytes), &out, true),
    ] {
        fs::remove_dir_all(server.data()).unwrap_or_default();
        fs::remove_file(&tombstone).unwrap_or_default();
        if let Some(bytes) = bytes {
            fs::write(&tombstone, bytes).unwrap();
        }
        fs::write(&sums, list).unwrap();
        let (_, faults) = verify_snapshots(&server.repository(), &[start(), later], 2).unwrap();
        assert_eq!(faults.len(), 1, "{case}: {faults:?}");
        let refusal = format!("{:#}", server.restore(start()).unwrap_err());
        assert!(refusal.contains("--ignore-damage"), "{case}: {refusal}");
        assert!(!server.data().exists(), "{case}");
        let summary = server.restore_to(server.data(), start(), true).unwrap();
        assert_eq!((summary.unreadable.len(), summary.erasures.len()), (1, usize::from(is_known)), "{case}");
        if let Some(list) = summary.erasure_list {
            fs::remove_file(list).unwrap();
        }
        assert!(server.restore_to(server.data(), later, true).is_err(), "{case}: it is damaged itself");
    }
}

#[test]
fn snapshots_in_the_data_and_data_in_the_snapshots_are_refused_before_anything_is_made() {
    let server = Server::new();
    drop(write_message(&server.conversation("a"), "words"));
    for folder in [server.data().join("snapshots/"), server.data(), server.0.path().to_owned()] {
        let options = BackupOptions { data: server.data(), jobs: 1, keep_days: None, allow_loss: false };
        assert!(create_snapshot(&SnapshotRepository::new(folder), &options, start()).is_err());
    }
    assert_eq!(fs::read_dir(server.0.path()).unwrap().count(), 1);
    assert_eq!(fs::read_dir(server.data()).unwrap().count(), 1);
}
