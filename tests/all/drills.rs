//! What happens to a server: it is backed up while it runs, its disk fills up, a conversation's time is over, some code
//! of ours breaks.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};
use tests::{Agency, Edge, EdgeOptions, Visitor, copy, root, say, wait_for};
use wire::{Boot, Down, Id};

/// Limits that a test does not reach.
fn generous() -> Vec<(String, String)> {
    let lines = ["messages_per_minute = 15", "messages_per_day = 300", "site_messages_per_day = 50000"];
    let raised = |line: &str| format!("\n{} = 1000000\n", line.split(' ').next().unwrap());
    lines
        .map(|line| (format!("\n{line}\n"), raised(line).replace("minute = 1000000", "minute = 240")))
        .to_vec()
}

fn generous_edge() -> Edge {
    Edge::start(&EdgeOptions { edits: generous(), ..EdgeOptions::default() })
}

/// Says `text` and waits for the acknowledgement: the place it got, or `None` if the edge did not take it.
async fn acknowledged(visitor: &mut Visitor, id: u128, text: &str) -> Option<u64> {
    visitor.send(&say(id, text)).await;
    loop {
        match visitor.try_next().await? {
            Down::Ack { id: own, seq, .. } if own == Id(id) => return Some(seq),
            Down::Fault { .. } => return None,
            _ => {}
        }
    }
}

/// The ids in the conversation, in order, for somebody who comes anew.
async fn told(edge: &Edge, boot: &Boot) -> Vec<(u64, Option<Id>)> {
    let mut visitor = Visitor::connect(edge, boot.clone(), &edge.origin).await.unwrap();
    visitor.hello(None, 0).await;
    let Down::Welcome { last, .. } = visitor.next().await else { panic!("a welcome comes first") };
    let mut told = Vec::new();
    while told.last().is_none_or(|(seq, _)| *seq < last) && last > 0 {
        if let Down::Message(message) = visitor.next().await {
            told.push((message.seq, message.id));
        }
    }
    told
}

fn script(name: &str) -> PathBuf {
    root().join("xtask/dist/server").join(name)
}

fn sqlite(file: &Path, statement: &str) {
    let status = Command::new("sqlite3").arg(file).arg(statement).status();
    assert!(status.expect("sqlite3 is there (apt install sqlite3)").success(), "{statement}");
}

/// How many rows `table` has.
fn count(file: &Path, table: &str) -> usize {
    let output = Command::new("sqlite3").arg(file).arg(format!("SELECT count(*) FROM {table}")).output();
    // Nothing is said of a table that isn't there yet.
    String::from_utf8(output.unwrap().stdout).unwrap().trim().parse().unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_taken_while_visitors_write_restores() {
    let mut edge = generous_edge();
    let (mut quiet, mut busy) = (Visitor::open(&edge).await, Visitor::open(&edge).await);
    for id in 1..=5 {
        assert!(acknowledged(&mut quiet, id, "giờ làm việc").await.is_some());
    }
    let to = edge.folder.path().join("backup");
    let (data, target) = (edge.data(), to.clone());
    let backup = tokio::task::spawn_blocking(move || {
        Command::new(script("backup.sh")).arg(target).env("HOI_DATA", data).output().unwrap()
    });
    let mut written = 0;
    while !backup.is_finished() {
        written += 1;
        assert!(acknowledged(&mut busy, 1000 + written, "giờ làm việc").await.is_some());
    }
    let output = backup.await.unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(written > 0, "nobody wrote meanwhile");
    edge.kill();
    fs::remove_dir_all(edge.data()).unwrap();
    copy(&to, &edge.data());
    edge.up();
    let said: Vec<Id> = told(&edge, &quiet.boot).await.into_iter().filter_map(|(_, id)| id).collect();
    assert_eq!(said, (1..=5).map(Id).collect::<Vec<_>>());
    // What was written during the backup is there up to some moment, without a hole, and goes on from there.
    let seqs: Vec<u64> = told(&edge, &busy.boot).await.into_iter().map(|(seq, _)| seq).collect();
    assert_eq!(seqs, (1..=seqs.len() as u64).collect::<Vec<_>>());
    let mut again = Visitor::connect(&edge, busy.boot.clone(), &edge.origin).await.unwrap();
    again.hello(None, 0).await;
    assert_eq!(acknowledged(&mut again, 5000, "giờ làm việc").await, Some(seqs.len() as u64 + 1));
}

/// Status of `/health`, and who may keep it.
fn health(edge: &Edge) -> (u16, String) {
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let answer = agent.get(format!("{}/health", edge.origin)).call().unwrap();
    (answer.status().as_u16(), answer.headers()["cache-control"].to_str().unwrap().to_owned())
}

#[test]
fn an_edge_that_can_write_nothing_does_not_say_that_it_is_well() {
    let mut edge = generous_edge();
    edge.kill();
    edge.up_within(1 << 40);
    assert_eq!(health(&edge), (200, "no-store".to_owned()));
    edge.fill_disk();
    wait_for("health to be bad", || health(&edge) == (503, "no-store".to_owned()));
    edge.make_room();
    wait_for("health to be good again", || health(&edge).0 == 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_acknowledges_nothing_and_recovers() {
    let mut edge = generous_edge();
    edge.kill();
    edge.up_within(1_000_000);
    let mut visitor = Visitor::open(&edge).await;
    let boot = visitor.boot.clone();
    let long = "giờ làm việc ".repeat(150);
    let (mut taken, mut refused) = (Vec::new(), 0);
    // Long enough after the first refusal to see that none is acknowledged while there is no room.
    for id in 1..=400 {
        match acknowledged(&mut visitor, id, &long).await {
            Some(_) => taken.push(Id(id)),
            None => {
                refused += 1;
                if refused == 5 {
                    break;
                }
                // The socket may be closed, or the object started over.
                if let Ok(again) = Visitor::connect(&edge, boot.clone(), &edge.origin).await {
                    visitor = again;
                    visitor.hello(None, 0).await;
                }
            }
        }
    }
    assert!(!taken.is_empty() && refused == 5, "the disk never filled up: {} were taken", taken.len());
    edge.make_room();
    let mut visitor = Visitor::connect(&edge, boot.clone(), &edge.origin).await.unwrap();
    visitor.hello(None, 0).await;
    assert!(acknowledged(&mut visitor, 9000, "giờ làm việc").await.is_some(), "{}", edge.log());
    taken.push(Id(9000));
    edge.kill();
    edge.up();
    let there: Vec<Id> = told(&edge, &boot).await.into_iter().filter_map(|(_, id)| id).collect();
    for id in &taken {
        assert_eq!(there.iter().filter(|other| *other == id).count(), 1, "{id} was acknowledged");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_past_its_time_is_gone_from_the_disk() {
    const SECRET: &str = "mật khẩu của tôi là hoa sen tháng bảy";
    let mut edge = generous_edge();
    let mut visitor = Visitor::open(&edge).await;
    assert!(acknowledged(&mut visitor, 1, SECRET).await.is_some());
    visitor.answer().await;
    let epoch = {
        let mut again = Visitor::connect(&edge, visitor.boot.clone(), &edge.origin).await.unwrap();
        again.hello(None, 0).await;
        let Down::Welcome { epoch, .. } = again.next().await else { panic!("a welcome comes first") };
        epoch
    };
    let boards = edge.data().join("hoi-board");
    wait_for("the board to list what was not answered", || {
        let listed = |file: &PathBuf| count(file, "question") == 1;
        boards.exists() && databases(&boards).first().is_some_and(listed)
    });
    edge.kill();
    assert!(holds(&edge.data(), SECRET), "the test looks for something that is there");
    // A month passes: the message is older, and the alarm that stands there is due.
    let objects = edge.data().join("hoi-conversation");
    let file = databases(&objects).into_iter().next().unwrap();
    let month = 31u64 * 86_400_000;
    let older = "json = json_set(json, '$.at', json_extract(json, '$.at') - ";
    sqlite(&file, &format!("UPDATE message SET {older}{month})"));
    sqlite(&objects.join("metadata.sqlite"), "UPDATE _cf_ALARM SET scheduled_time = 1");
    let board = databases(&boards).into_iter().next().unwrap();
    sqlite(&board, "UPDATE question SET until = 1");
    edge.up();
    wait_for("the conversation to be erased", || !holds(&objects, SECRET));
    // The site's board lists what was not answered, and forgets it, too.
    let mut other = Visitor::open(&edge).await;
    assert!(acknowledged(&mut other, 2, "chuyện khác hẳn").await.is_some());
    wait_for("the board to forget", || count(&board, "question WHERE until = 1") == 0);
    let mut late = Visitor::connect(&edge, visitor.boot.clone(), &edge.origin).await.unwrap();
    late.hello(Some(epoch), 2).await;
    let Down::Welcome { epoch: new, last, .. } = late.next().await else { panic!("a welcome comes first") };
    assert!(new != epoch && last == 0, "an open page is told to start over");
    // What stays is a stone that says so: after another restart nobody is told to start over again.
    edge.kill();
    edge.up();
    let mut later = Visitor::connect(&edge, visitor.boot.clone(), &edge.origin).await.unwrap();
    later.hello(Some(new), 0).await;
    let Down::Welcome { epoch: same, .. } = later.next().await else { panic!("a welcome comes first") };
    assert_eq!(same, new);
}

#[tokio::test(flavor = "multi_thread")]
async fn files_in_which_nothing_was_written_are_swept() {
    let mut edge = generous_edge();
    let mut visitor = Visitor::open(&edge).await;
    assert!(acknowledged(&mut visitor, 1, "giờ làm việc").await.is_some());
    let mut looked = Vec::new();
    for _ in 0..5 {
        looked.push(Visitor::open(&edge).await);
    }
    assert_eq!(edge.files(), 6);
    let sites = edge.objects("hoi-site");
    edge.kill();
    let data = edge.data();
    let sweep = || {
        let output = Command::new(script("sweep.sh")).env("HOI_DATA", &data).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    sweep();
    // A power cut leaves what was written beside the file: then it is swept the next time.
    edge.up();
    let again = told(&edge, &visitor.boot).await;
    assert_eq!(again.first(), Some(&(1, Some(Id(1)))), "what was said was swept");
    edge.kill();
    sweep();
    assert_eq!((edge.files(), edge.objects("hoi-site")), (1, sites));
    edge.up();
    // Who has looked goes on as if nothing had been.
    let mut late = Visitor::connect(&edge, looked[0].boot.clone(), &edge.origin).await.unwrap();
    late.hello(None, 0).await;
    assert!(acknowledged(&mut late, 2, "giờ làm việc").await.is_some());
}

/// Makes the alarms of the objects in `folder` due, while the edge is down.
fn ring(folder: &Path) {
    sqlite(&folder.join("metadata.sqlite"), "UPDATE _cf_ALARM SET scheduled_time = 1");
    // The object's own file says it, too, and is believed.
    for file in databases(folder).iter().filter(|file| count(file, "_cf_METADATA") > 0) {
        sqlite(file, "UPDATE _cf_METADATA SET value = 1 WHERE key = 1");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn after_erasure_nobodys_name_is_left_at_the_board() {
    let signer = tests::Signer::new("HS256");
    let edits = vec![("[retention]\n".to_owned(), format!("{}\n[retention]\n", signer.table))];
    let mut edge = Edge::start(&EdgeOptions { edits, codes_off: true, ..EdgeOptions::default() });
    const NAME: &str = "Hoàng Thị Thảo Nguyên";
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    let claims = serde_json::json!({ "sub": "1", "name": NAME, "aud": "ward", "iat": now, "exp": now + 600 });
    let mut visitor = Visitor::open(&edge).await;
    visitor.send(&wire::Up::Identify { token: signer.signs(&claims) }).await;
    assert!(matches!(visitor.next().await, Down::Identified { ticket: Some(_) }));
    assert!(acknowledged(&mut visitor, 1, "cho tôi gặp cán bộ").await.is_some());
    // Another one waits, too, and stays.
    let mut other = Visitor::open(&edge).await;
    assert!(acknowledged(&mut other, 1, "cho tôi gặp cán bộ").await.is_some());
    let boards = edge.data().join("hoi-board");
    let listed = |n: usize| {
        let boards = boards.clone();
        move || boards.exists() && databases(&boards).first().is_some_and(|file| count(file, "chat") == n)
    };
    wait_for("the board to list both", listed(2));
    edge.kill();
    assert!(holds(&boards, NAME), "the test looks for something that is there");
    let objects = edge.data().join("hoi-conversation");
    let named = databases(&objects).into_iter().find(|file| {
        let bytes = fs::read(file).unwrap();
        let wal = fs::read(file.with_extension("sqlite-wal")).unwrap_or_default();
        [bytes, wal].iter().any(|bytes| bytes.windows(NAME.len()).any(|window| window == NAME.as_bytes()))
    });
    let month = 31u64 * 86_400_000;
    let older = "json = json_set(json, '$.at', json_extract(json, '$.at') - ";
    sqlite(&named.expect("the conversation knows the name"), &format!("UPDATE message SET {older}{month})"));
    ring(&objects);
    edge.up();
    wait_for("the board to forget one", listed(1));
    wait_for("the name to be gone from the board's file", || {
        // What was written lately stands in the log beside it until the object rests.
        let files = databases(&boards);
        files.iter().all(|file| !file.with_extension("sqlite-wal").exists()) && !holds(&boards, NAME)
    });
    edge.kill();
    assert!(!holds(&edge.data(), NAME), "it is somewhere else");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_begun_without_a_message_ends_in_time() {
    let mut edge = generous_edge();
    let boot = Visitor::boot(&edge);
    let mut form = vec![
        ("ticket", boot.ticket.as_str()),
        ("lang", "vi"),
        ("mode", "page"),
        ("procedure", "khai-sinh"),
        ("go", "next"),
        ("page", "nguoi-khai"),
    ];
    form.extend(super::forms::ANSWERS);
    assert_eq!(tests::post_form(&edge, "form", &form, &[]).0, 200);
    let mut talker = Visitor::open(&edge).await;
    talker
        .send(&wire::Up::Context {
            values: vec![("page".to_owned(), "lệ phí".to_owned())].into_iter().collect(),
        })
        .await;
    let objects = edge.data().join("hoi-conversation");
    let metadata = objects.join("metadata.sqlite");
    // An alarm reaches the disk before what was written with it.
    wait_for("both to have their end set", || {
        let files = databases(&objects);
        files.len() == 2
            && count(&metadata, "_cf_ALARM") == 2
            && files.iter().all(|file| count(file, "meta") > 1)
    });
    edge.kill();
    let files = databases(&objects);
    assert!(files.iter().all(|file| count(file, "message") == 0));
    // Before its time nothing is erased, whatever rings.
    ring(&objects);
    edge.up();
    wait_for("the alarms to be set anew", || {
        let output =
            Command::new("sqlite3").arg(&metadata).arg("SELECT min(scheduled_time) FROM _cf_ALARM").output();
        String::from_utf8_lossy(&output.unwrap().stdout).trim().parse::<u64>().is_ok_and(|at| at > 1)
    });
    edge.kill();
    for file in &files {
        assert!(count(file, "meta") > 1, "it was erased too early");
        sqlite(file, "UPDATE meta SET json = json - 31 * 86400000 WHERE key = 'founded'");
    }
    ring(&objects);
    edge.up();
    wait_for("both to be erased", || {
        files.iter().all(|file| count(file, "meta") == 0 && count(file, "tombstone") == 1)
    });
}

fn databases(folder: &Path) -> Vec<PathBuf> {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let is_object = |path: &PathBuf| {
        path.extension().is_some_and(|ending| ending == "sqlite") && !path.ends_with("metadata.sqlite")
    };
    files.filter(is_object).collect()
}

/// Whether any file under `folder` has these words in it.
fn holds(folder: &Path, words: &str) -> bool {
    fs::read_dir(folder).unwrap().any(|entry| {
        let path = entry.unwrap().path();
        if path.is_dir() {
            return holds(&path, words);
        }
        // A file may go between looking and reading.
        let bytes = fs::read(&path).unwrap_or_default();
        bytes.windows(words.len()).any(|window| window == words.as_bytes())
    })
}

/// Says `text` until it is acknowledged, over as many sockets as it takes, as the widget would.
async fn stubborn(edge: &Edge, boot: &Boot, id: u128, text: &str) -> u64 {
    for _ in 0..10 {
        if let Ok(mut visitor) = Visitor::connect(edge, boot.clone(), &edge.origin).await {
            visitor.hello(None, 0).await;
            if let Some(seq) = acknowledged(&mut visitor, id, text).await {
                return seq;
            }
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("{text:?} was not taken in ten tries:\n{}", edge.log());
}

/// Each handler, and which of its calls breaks: one that serves the second visitor, where that can be counted.
const HANDLERS: &[&str] =
    &["pages:3", "conversation:2", "message:3", "message:4", "close:1", "site:6", "alarm:1", "delivery:1"];

#[tokio::test(flavor = "multi_thread")]
async fn a_panic_in_any_handler_harms_nobody_else() {
    for handler in HANDLERS {
        // Only a question that had to be left behind needs the alarm.
        let faulty = if handler.starts_with("alarm") { "2" } else { "0" };
        let agency =
            Agency::start(&["--fault", "error", "--faulty-calls", faulty, "--reply", "Đã nhận: {text}"]);
        let options = EdgeOptions {
            agency: agency.url.clone(),
            drill: (*handler).to_owned(),
            ..EdgeOptions::default()
        };
        let edge = Edge::start(&options);
        let mut first = Visitor::open(&edge).await;
        assert!(acknowledged(&mut first, 1, "giờ làm việc").await.is_some(), "{handler}");
        first.answer().await;
        let boot = loop {
            // The page itself may be what breaks: then it is loaded again.
            let page = ureq::get(format!("{}/s/ward/frame?lang=vi", edge.origin)).call();
            if page.is_ok() {
                break Visitor::boot(&edge);
            }
        };
        stubborn(&edge, &boot, 2, "con mèo nhà tôi thích nghe nhạc cổ điển").await;
        // The question reaches the agency all the same, once.
        let name = handler.split(':').next().unwrap();
        wait_for(&format!("{handler} to break, and the agency to act"), || {
            let acted = agency.asked().iter().any(|asked| asked["acts"] == 1);
            acted && edge.log().contains(&format!("drill in {name}"))
        });
        // The first visitor's socket is still the same, and so is the conversation.
        assert!(
            acknowledged(&mut first, 3, "lệ phí chứng thực").await.is_some(),
            "{handler}: {}",
            edge.log()
        );
        first.answer().await;
        let there = told(&edge, &boot).await;
        assert_eq!(there.iter().filter(|(_, id)| *id == Some(Id(2))).count(), 1, "{handler}");
        let mut others: Vec<u64> = told(&edge, &first.boot).await.into_iter().map(|(seq, _)| seq).collect();
        others.dedup();
        assert_eq!(others, [1, 2, 3, 4], "{handler}");
    }
}
