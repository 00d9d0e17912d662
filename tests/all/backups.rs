//! `hoi backup` and `hoi restore` against real workerd: taken while visitors write, to a moment, without what was erased.

use std::{fs, path::Path, process::Output};
use tests::{Edge, EdgeOptions, Visitor, post_form, say, wait_for};
use wire::Down;

fn printed(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Says something that the site answers itself, and waits for the answer.
async fn ask(visitor: &mut Visitor, id: u128) {
    visitor.send(&say(id, "giờ làm việc")).await;
    visitor.answer().await;
}

/// How many messages somebody who comes back is told of; `None`: that it was erased.
async fn told(edge: &Edge, visitor: &Visitor) -> Option<u64> {
    let mut late = Visitor::connect(edge, visitor.boot.clone(), &edge.origin).await.unwrap();
    late.hello(None, 0).await;
    match late.next().await {
        Down::Welcome { last, .. } => Some(last),
        Down::Erased => None,
        other => panic!("{other:?}"),
    }
}

fn back_up(edge: &Edge, to: &Path) -> String {
    let (to, data) = (to.to_str().unwrap(), edge.data());
    // Snapshots are called by their second.
    std::thread::sleep(std::time::Duration::from_millis(1100));
    printed(&edge.hoi(&["backup", "--to", to, "--data", data.to_str().unwrap(), "--keep-days", "30"]))
}

fn restore(edge: &Edge, from: &Path, at: &str) -> String {
    let data = edge.data();
    let arguments =
        ["restore", "--from", from.to_str().unwrap(), "--data", data.to_str().unwrap(), "--at", at];
    printed(&edge.hoi(&arguments))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_running_server_is_backed_up_and_restored_to_a_moment() {
    let mut edge = Edge::start(&EdgeOptions::default());
    let repository = edge.folder.path().join("snapshots");
    let (mut quiet, mut busy) = (Visitor::open(&edge).await, Visitor::open(&edge).await);
    let mut erased = Visitor::open(&edge).await;
    for visitor in [&mut quiet, &mut busy, &mut erased] {
        ask(visitor, 1).await;
    }
    back_up(&edge, &repository);
    let before = jiff::Timestamp::now().to_string();
    ask(&mut busy, 2).await;
    let form = [("ticket", erased.boot.ticket.as_str()), ("lang", "vi"), ("mode", "page"), ("go", "erase")];
    assert!(post_form(&edge, "erase", &form, &[]).1.contains("hoi-erased"));
    back_up(&edge, &repository);
    let listed = printed(&edge.hoi(&["backup", "list", repository.to_str().unwrap()]));
    assert_eq!(listed.lines().count(), 2, "{listed}");
    printed(&edge.hoi(&["backup", "verify", repository.to_str().unwrap()]));

    edge.kill();
    // All is lost but the backups: that somebody had something erased is known from the later one.
    fs::remove_dir_all(edge.data()).unwrap();
    let said = restore(&edge, &repository, &before);
    let list = said.split("erase --again ").nth(1).unwrap_or_else(|| panic!("{said}")).trim().to_owned();
    edge.up();
    let again = printed(&edge.hoi(&["erase", "--again", &list]));
    assert!(again.contains(&erased.boot.conversation.to_string()), "{again}");
    assert_eq!(told(&edge, &erased).await, None);
    assert_eq!(told(&edge, &quiet).await, Some(2));
    assert_eq!(told(&edge, &busy).await, Some(2), "it is as it was then");
    // And it goes on from there.
    let mut back = Visitor::connect(&edge, busy.boot.clone(), &edge.origin).await.unwrap();
    back.hello(None, 0).await;
    ask(&mut back, 3).await;

    edge.kill();
    restore(&edge, &repository, "1s ago");
    edge.up();
    assert_eq!(told(&edge, &busy).await, Some(4), "the newest has all");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_conversation_at_rest_is_shared_with_the_snapshot_before_and_left_alone() {
    let mut edge = Edge::start(&EdgeOptions::default());
    let repository = edge.folder.path().join("snapshots");
    let mut visitor = Visitor::open(&edge).await;
    ask(&mut visitor, 1).await;
    drop(visitor);
    let conversations = edge.data().join("hoi-conversation");
    let names = || -> Vec<String> {
        let entries = fs::read_dir(&conversations).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.filter(|name| !name.starts_with("metadata")).collect()
    };
    wait_for("the conversation to rest", || names().len() == 1);
    std::thread::sleep(std::time::Duration::from_secs(3));
    back_up(&edge, &repository);
    assert_eq!(names().len(), 1, "something was left beside it: {:?}", names());
    let second = back_up(&edge, &repository);
    let numbers: Vec<u32> = second.split(' ').filter_map(|word| word.parse().ok()).collect();
    assert!(matches!(numbers[..], [files, copied, ..] if copied < files), "{second}");
    edge.kill();
}
