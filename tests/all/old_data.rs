//! Data that an older version wrote opens in this one: a data folder made by commit dbefd79 (`tests/fixtures/data-dbefd79`),
//! opened by today's worker on the real runtime, and used on as people would.

use super::{
    agency::callback,
    files::{PDF, fetch},
    forms::{ANSWERS, Citizen, cases, number, status, until, value, walk},
    papers::{add, fetched, look_up},
};
use axum::{Router, http::StatusCode, routing::post};
use serde_json::{Value, json};
use std::{
    fs,
    path::Path,
    process::Command,
    sync::{Arc, Mutex},
    time::{Duration, SystemTime, UNIX_EPOCH},
};
use tests::{
    AGENCY_SECRET, Agency, Desk, Edge, EdgeOptions, Heard, PASSWORD, Signer, Visitor, app_code, eventually,
    free_port, post_form, root, say,
};
use tokio::net::{TcpListener, TcpStream};
use wire::{
    AuthorKind, Down, Fault, Id, Message, Rated, State,
    desk::{BoardDown, BoardUp, Chat, ChatDown, ChatUp, Stage},
};

/// Where the device that asked for news is told, and the edge's list of push services then.
const PUSH: &str = "127.0.0.1:28791";
/// Where the edge was then: agencies fetch files from there.
const EDGE: &str = "127.0.0.1:28792";

/// Today's worker on a copy of the old data, and what was noted when it was made.
struct Old {
    edge: Edge,
    facts: Value,
}

fn now_ms() -> u64 {
    u64::try_from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis()).unwrap()
}

/// Starts the worker on the old data. Nothing is published: it has what was published then.
fn old(agency: &str) -> Old {
    let fixture = root().join("tests/fixtures/data-dbefd79");
    let facts: Value = serde_json::from_slice(&fs::read(fixture.join("facts.json")).unwrap()).unwrap();
    let edits = vec![
        ("days = 30".to_owned(), "days = 3650".to_owned()),
        ("[retention]\n".into(), format!("{}\n[retention]\n", Signer::new("HS256").table)),
    ];
    let options = EdgeOptions { agency: agency.into(), push: PUSH.into(), edits, ..EdgeOptions::default() };
    let edge = Edge::start_on(&options, |edge| {
        let data = edge.data();
        let archive = fixture.join("data.tar.gz");
        let status = Command::new("tar").arg("-xzf").arg(archive).arg("-C").arg(&data).status();
        assert!(status.expect("tar is there").success());
        age(&data, now_ms().saturating_sub(facts["made_at"].as_u64().unwrap()));
    });
    Old { edge, facts }
}

/// Moves what ends by itself as far as time has moved since the data was made, so that this test has no last day.
fn age(data: &Path, ms: u64) {
    let (now, days) = (now_ms(), ms / 86_400_000);
    let soon = now + 8_000;
    let outbox = format!("UPDATE outbox SET json = json_set(json, '$.since', {now}, '$.left.next', {soon});");
    let site = format!("UPDATE happened SET day = day + {days}; UPDATE code SET expires = expires + {ms};");
    let staff =
        format!("UPDATE session SET made = {now}, data = json_set(data, '$.made', {now}, '$.used', {now});");
    for (kind, statements) in [("hoi-conversation", outbox), ("hoi-site", site), ("hoi-staff", staff)] {
        run_sql(&data.join(kind), &statements);
    }
}

/// Changes every object's database in `folder`; the runtime's own table of alarms stands beside them.
fn run_sql(folder: &Path, statements: &str) {
    let files =
        walk(folder).into_iter().filter(|file| file.extension().is_some_and(|ending| ending == "sqlite"));
    for file in files.filter(|file| !file.ends_with("metadata.sqlite")) {
        let status = Command::new("sqlite3").arg(&file).arg(statements).status();
        assert!(status.expect("sqlite3 is there (apt install sqlite3)").success(), "{}", file.display());
    }
}

impl Old {
    /// A visitor of then, with the ticket of then, connected anew.
    async fn visitor(&self, name: &str) -> Visitor {
        let (visitor, _) = self.back(name).await;
        visitor
    }

    /// The same, and all that a device is told which has nothing yet.
    async fn back(&self, name: &str) -> (Visitor, Vec<Value>) {
        let mut boot = Visitor::boot(&self.edge);
        let kept = &self.facts["conversations"][name];
        boot.conversation = self.conversation(name);
        boot.ticket = kept["ticket"].as_str().unwrap().to_owned();
        let mut visitor = Visitor::connect(&self.edge, boot, &self.edge.origin).await.expect(name);
        visitor.hello(None, 0).await;
        let Down::Welcome { last, .. } = visitor.next().await else { panic!("{name}: no welcome") };
        let mut messages = Vec::new();
        while (messages.len() as u64) < last {
            if let Down::Message(message) = visitor.next().await {
                messages.push(serde_json::to_value(message).unwrap());
            }
        }
        (visitor, messages)
    }

    fn conversation(&self, name: &str) -> Id {
        self.facts["conversations"][name]["id"].as_str().unwrap().parse().unwrap()
    }

    fn ticket(&self, name: &str) -> &str {
        self.facts["conversations"][name]["ticket"].as_str().unwrap()
    }

    fn case(&self, name: &str) -> &str {
        self.facts["cases"][name].as_str().unwrap()
    }

    /// Signs in with the password and the code that the app of then shows now.
    fn signs_in(&self, name: &str) -> Desk {
        let mut desk = Desk::at(&self.edge);
        let answered = desk.sign_in(name, PASSWORD);
        assert!(answered.location.starts_with("/desk/sign-in"), "{answered:?}");
        let code = app_code(self.facts[name]["key"].as_str().unwrap(), 0);
        let answered = desk.post("/desk/sign-in", &[("do", "code"), ("lang", "en"), ("code", &code)]);
        assert_eq!((answered.status, answered.location.as_str()), (303, "/desk"), "{answered:?}");
        desk
    }

    /// What `hoi` prints.
    fn hoi(&self, arguments: &[&str]) -> String {
        let output = self.edge.hoi(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    }
}

/// What comes next that says `part`, grown to its end.
async fn hears(visitor: &mut Visitor, part: &str) -> Message {
    loop {
        if let Down::Message(message) = visitor.next().await
            && message.state != State::Growing
            && message.author.kind != AuthorKind::Visitor
            && format!("{message:?}").contains(part)
        {
            return message;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn conversations_open_and_go_on() {
    let old = old("http://127.0.0.1:9/");
    let mut all = 0;
    for (name, kept) in old.facts["conversations"].as_object().unwrap() {
        let (_, messages) = old.back(name).await;
        // Who waits for a person outside office hours is told so, after what was said then.
        let kept = kept["messages"].as_array().unwrap();
        let since = messages.get(kept.len()..).unwrap_or_default();
        assert_eq!(messages.get(..kept.len()), Some(kept.as_slice()), "{name}");
        let is_hours = |told: &Value| {
            name == "waits" && told.to_string().contains("Lúc này chưa có cán bộ nào tiếp được")
        };
        assert!(since.len() <= 1 && since.iter().all(is_hours), "{name}: {since:?}");
        all += kept.len();
    }
    assert!(all > 40, "there was something to look at: {all}");

    // What is rated stays rated, and the site of then answers.
    let (mut a, messages) = old.back("a").await;
    let by_topic =
        |topic: &str| messages.iter().find(|message| message["topic"] == topic).unwrap()["seq"].as_u64();
    let rated = Rated {
        good: by_topic("khai-sinh").into_iter().collect(),
        bad: by_topic("gio-lam-viec").into_iter().collect(),
    };
    assert_eq!(a.next().await, Down::Rated(rated));
    a.send(&say(100, "giờ làm việc")).await;
    assert_eq!(a.answer().await.topic.as_deref(), Some("gio-lam-viec"));
    // What was said then is still the same saying.
    a.send(&say(1, "giờ làm việc")).await;
    while !matches!(a.next().await, Down::Ack { id: Id(1), seq: 1, .. }) {}
    let file = fetch(&old.edge, old.ticket("a"), Id(90));
    assert_eq!((file.status().as_u16(), file.into_body().read_to_vec().unwrap()), (200, PDF.to_vec()));

    // Who was known is known; a ticket from before that opens nothing.
    let mut boot = Visitor::boot(&old.edge);
    boot.conversation = old.conversation("b");
    boot.ticket = old.facts["b_old_ticket"].as_str().unwrap().to_owned();
    let mut stale = Visitor::connect(&old.edge, boot, &old.edge.origin).await.unwrap();
    stale.hello(None, 0).await;
    assert!(matches!(stale.next().await, Down::Fault { code: Fault::Ticket, .. }));
    let form = [("ticket", old.ticket("b")), ("format", "json")];
    let (code, copy) = post_form(&old.edge, "export", &form, &[]);
    let copy: Value = serde_json::from_str(&copy).unwrap_or_else(|_| panic!("{code} {copy}"));
    assert_eq!(copy["identity"]["id"], "citizen-42", "{copy}");

    // The code that was shown opens the conversation on another device.
    let typed = old.facts["pairing_code"].as_str().unwrap();
    let (code, html) = post_form(&old.edge, "continue", &[("code", typed), ("lang", "vi")], &[]);
    assert!(code == 200 && html.contains("Đây là đơn của tôi"), "{code} {html}");
    hears(&mut a, "trên một thiết bị khác").await;
    let notice = ureq::get(format!("{}/s/ward/standing?lang=vi", old.edge.origin)).call().unwrap();
    assert!(notice.into_body().read_to_string().unwrap().contains("Bão số 5: nghỉ chiều nay"));
    assert!(old.hoi(&["notice", "ward", "--clear"]).contains("no notice"));
    assert!(!old.edge.log().contains("panicked"), "{}", old.edge.log());
}

/// Listens at an address that was written down then; another run of this test may have it for a while.
async fn listens(address: &str) -> TcpListener {
    loop {
        match TcpListener::bind(address).await {
            Ok(listener) => return listener,
            Err(_) => tokio::time::sleep(Duration::from_millis(200)).await,
        }
    }
}

/// Whoever connects there is connected to `to`.
fn forwards(listener: TcpListener, to: String) {
    tokio::spawn(async move {
        while let Ok((mut from, _)) = listener.accept().await {
            let to = to.clone();
            tokio::spawn(async move {
                let mut to = TcpStream::connect(to).await.unwrap();
                let _gone = tokio::io::copy_bidirectional(&mut from, &mut to).await;
            });
        }
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn questions_forms_and_cases_go_on() {
    let listener = listens(PUSH).await;
    let pushes = Arc::new(Mutex::new(0));
    let counted = pushes.clone();
    let told = async move || {
        *counted.lock().unwrap() += 1;
        StatusCode::CREATED
    };
    tokio::spawn(async move { axum::serve(listener, Router::new().route("/phone", post(told))).await });
    let port = free_port();
    let old = old(&format!("http://127.0.0.1:{port}/"));
    forwards(listens(EDGE).await, old.edge.origin.replace("http://localhost", "127.0.0.1"));
    let folder = tempfile::tempdir().unwrap();
    let kept = folder.path().join("cases.json");
    let arguments =
        ["--port", &port.to_string(), "--edge", &old.edge.origin, "--cases", kept.to_str().unwrap()];
    let agency = Agency::start(&arguments);
    old.edge.publish();

    // The question that was kept reaches the agency, the answer the visitor, and the device is told.
    until("the question that was kept", || {
        agency.questions().iter().any(|line| line["question"]["text"].to_string().contains("phở bò"))
    })
    .await;
    eventually("the push", || *pushes.lock().unwrap() > 0).await;
    let (visitor, messages) = old.back("a").await;
    let last = messages.last().unwrap();
    assert_eq!(last["author"]["kind"], "agency", "{last}");

    // The form that was half filled in goes on where it stopped, with the paper that was put to it.
    let citizen = Citizen { edge: &old.edge, visitor };
    let (code, html) = citizen.post(&[("go", "open")]);
    assert_eq!((code, value(&html, "page")), (200, old.facts["draft_next_page"].as_str().unwrap()), "{html}");
    let (_, html) = citizen.post(&[("go", "edit:giay-chung-sinh")]);
    assert!(html.contains("Giấy chứng sinh Khôi.pdf"), "{html}");
    let review = fill(&citizen);
    for shown in ["Nguyễn Thị Hoa", "079203001234", "Giấy chứng sinh Khôi.pdf"] {
        assert!(review.contains(shown), "{shown}: {review}");
    }
    let (code, html) = citizen.post(&[("go", "send")]);
    assert_eq!(code, 200, "{html}");
    let filed = number(&html);
    until("the case", || cases(&agency).iter().any(|line| line["case"]["number"] == filed.as_str())).await;
    until("its paper", || !fetched(&agency).is_empty()).await;
    assert!(fetched(&agency).iter().all(|line| line["whole"] == true), "{:?}", fetched(&agency));

    // The case that was done: its result, by number and second fact.
    let (pass, html) = look_up(&old.edge, old.case("done"));
    for shown in ["Đã có kết quả", "Giấy khai sinh.pdf", "8:30 1/12/2027", "Quầy số 1, tầng 1"]
    {
        assert!(html.contains(shown), "{shown}: {html}");
    }
    let blocks = old.facts["result"]["body"]["blocks"].as_array().unwrap();
    let id = blocks.iter().find_map(|block| block["id"].as_str()).unwrap();
    assert_eq!(post_form(&old.edge, &format!("file/{id}"), &[("pass", &pass)], &[]).0, 200);
    assert_eq!(status(&old.edge, old.case("done"), "0000").0, 422);
    // The one that papers are wanted for: they are brought, and the agency reports on it.
    let wanted = old.case("papers");
    let (pass, html) = look_up(&old.edge, wanted);
    assert!(html.contains("Giấy kết hôn của cha mẹ"), "{html}");
    for page in ["paper-1", "paper-2"] {
        let field = format!("f.{page}");
        let (code, html) = add(&old.edge, &pass, wanted, "next", page, &[(&field, "giay.pdf", PDF)]);
        assert_eq!(code, 200, "{html}");
    }
    let (code, html) = add(&old.edge, &pass, wanted, "send", "", &[]);
    assert!(code == 200 && html.contains("Đã gửi giấy tờ bổ sung"), "{html}");
    let came = || agency.asked().into_iter().find(|line| line["papers"]["number"] == wanted);
    until("the papers", || came().is_some()).await;
    let mut c = old.visitor("papers").await;
    let body = json!({ "type": "case", "conversation": old.conversation("papers"), "number": wanted,
        "state": "done", "text": "Mời đến **quầy số 5**." });
    let answered = callback::post(&old.edge, AGENCY_SECRET, "cb-new", 0, &body.to_string());
    assert_eq!(answered.0, 200, "{answered:?}");
    hears(&mut c, "quầy số 5").await;
    assert!(status(&old.edge, wanted, "5678").1.contains("quầy số 5"));
    // A callback that had come before is not said again.
    let body =
        json!({ "type": "answer", "conversation": old.conversation("a"), "text": "Mời bà ra **quầy 3**." });
    assert_eq!(callback::post(&old.edge, AGENCY_SECRET, "cb-a", 0, &body.to_string()).0, 200);
    let (_, messages) = old.back("a").await;
    assert_eq!(json!(messages).to_string().matches("quầy 3").count(), 1);
    assert!(!old.edge.log().contains("panicked"), "{}", old.edge.log());
}

/// Answers what the form still asks; gives the review.
fn fill(citizen: &Citizen<'_>) -> String {
    let (_, mut html) = citizen.post(&[("go", "open")]);
    for _ in 0..20 {
        let page = value(&html, "page").to_owned();
        if page.is_empty() {
            return html;
        }
        let mut form = vec![("go", "next"), ("page", page.as_str())];
        form.extend(ANSWERS);
        let (status, next) = citizen.post(&form);
        assert_eq!(status, 200, "page {page}: {next}");
        html = next;
    }
    panic!("the form never ends: {html}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_desk_goes_on() {
    let old = old("http://127.0.0.1:9/");
    let trail = old.hoi(&["audit", "ward", "--csv"]);
    let before = old.facts["audit"].as_str().unwrap();
    for act in before.lines().skip(1) {
        let digest = act.rsplit(',').next().unwrap();
        assert!(trail.contains(digest), "{act} is not in the trail: {trail}");
    }
    let counts = old.hoi(&["report", "ward", "--csv"]);
    for count in old.facts["report"].as_str().unwrap().lines().skip(1) {
        let (_, count) = count.split_once(',').unwrap();
        assert!(counts.contains(count), "{count} is not counted: {counts}");
    }

    // A session of then, as long as it lasts; and signing in with the password and codes of then.
    let session = old.facts["lan"]["session"].as_str().unwrap().to_owned();
    let mut here = Desk { token: session, ..Desk::at(&old.edge) };
    assert_eq!(here.get("/desk/account").status, 200);
    let minh = old.signs_in("minh");
    let lan = old.signs_in("lan");
    let mut other = Desk::at(&old.edge);
    other.sign_in("lan", PASSWORD);
    let paper = old.facts["lan"]["recovery"][3].as_str().unwrap();
    let answered = other.post("/desk/sign-in", &[("do", "code"), ("lang", "en"), ("code", paper)]);
    assert_eq!(answered.location, "/desk", "a code from the paper: {answered:?}");

    let mut board = lan.board(&old.edge, "ward").await.unwrap();
    let chats: Vec<Chat> = board
        .board("the list", |down| if let BoardDown::Chats { chats } = down { Some(chats) } else { None })
        .await;
    let of = |name: &str| chats.iter().find(|chat| chat.id == old.conversation(name)).expect(name);
    assert_eq!(of("waits").stage, Stage::Waiting);
    assert_eq!((of("served").stage, of("served").with.as_deref()), (Stage::With, Some("lan")));
    assert_eq!((of("closed").stage, of("held").drafts), (Stage::Closed, 1));
    assert_eq!(of("served").tags, ["gấp"]);
    board.send(&BoardUp::Questions).await;
    let groups = board
        .board(
            "the questions",
            |down| if let BoardDown::Questions { groups } = down { Some(groups) } else { None },
        )
        .await;
    let questions: Vec<Value> = groups
        .iter()
        .flat_map(|group| &group.questions)
        .map(|one| serde_json::to_value(one).unwrap())
        .collect();
    for question in old.facts["questions_left"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|group| group["questions"].as_array().unwrap())
    {
        assert!(questions.contains(question), "{question} is not among {questions:?}");
    }
    let pulled = old.hoi(&["pull", old.edge.site.to_str().unwrap()]);
    assert!(!pulled.contains("nothing new"), "{pulled}");
    assert!(fs::read_to_string(old.edge.site.join("intents/moi.toml")).unwrap().contains("chó cắn thì sao"));

    // The one who is served hears on; the note is there for colleagues.
    let mut line = lan.chat(&old.edge, "ward", old.conversation("served")).await.unwrap();
    let noted = |heard| match heard {
        Heard::Chat(ChatDown::Notes { notes }) if !notes.is_empty() => Some(notes),
        _ => None,
    };
    let notes = line.chat("the note", noted).await;
    assert_eq!((notes[0].text.as_str(), notes[0].by.as_str()), ("khách quen", "Nguyễn Thị Lan"));
    let mut served = old.visitor("served").await;
    line.send(&ChatUp::Say { id: Id(180), text: "Sáng thứ Năm ạ".into(), files: vec![] }).await;
    assert_eq!(hears(&mut served, "Sáng thứ Năm").await.author.kind, AuthorKind::Staff);
    // The one who waits is taken by somebody else.
    let mut waits = old.visitor("waits").await;
    let mut line = minh.chat(&old.edge, "ward", old.conversation("waits")).await.unwrap();
    line.send(&ChatUp::Take).await;
    line.send(&ChatUp::Say { id: Id(181), text: "Tôi nghe đây".into(), files: vec![] }).await;
    hears(&mut waits, "Tôi nghe đây").await;
    // The answer that was held back is let through.
    let mut held = old.visitor("held").await;
    let mut line = minh.chat(&old.edge, "ward", old.conversation("held")).await.unwrap();
    let drafts = line
        .chat("the draft", |heard| match heard {
            Heard::Chat(ChatDown::Drafts { drafts }) if !drafts.is_empty() => Some(drafts),
            _ => None,
        })
        .await;
    line.send(&ChatUp::Approve { draft: drafts[0].draft, text: None }).await;
    let answer = hears(&mut held, "Hội đồng").await;
    assert_eq!((answer.topic.as_deref(), &answer.body), (Some("can-duyet"), &drafts[0].body));

    // The trail goes on from its old end, and is whole.
    eventually("the approval in the trail", || old.hoi(&["audit", "ward"]).contains("approve")).await;
    assert!(old.hoi(&["audit", "ward"]).contains("The record is whole"));
    assert!(!old.edge.log().contains("panicked"), "{}", old.edge.log());
}

/// Where the words stand on the disk.
fn on_disk(old: &Old, words: &str) -> usize {
    let holds = |file: &std::path::PathBuf| {
        fs::read(file).unwrap_or_default().windows(words.len()).any(|part| part == words.as_bytes())
    };
    walk(&old.edge.data()).iter().filter(|file| holds(file)).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_old_can_be_erased() {
    let old = old("http://127.0.0.1:9/");
    // By the visitor: nothing is left of it. Only what was not answered stands in the desk's list, which did not know then whose it is.
    let words = ["đổi giờ rồi", "giấy tờ.pdf\"", "Mời bà ra"];
    let mut a = old.visitor("a").await;
    assert!(words.iter().all(|words| on_disk(&old, words) > 0), "it is there before");
    let form = [("ticket", old.ticket("a")), ("lang", "vi"), ("mode", "page"), ("go", "erase")];
    let (code, html) = post_form(&old.edge, "erase", &form, &[]);
    assert!(code == 200 && html.contains("hoi-erased"), "{html}");
    assert_eq!(a.closing().await, Some(Down::Erased));
    for words in words {
        assert_eq!(on_disk(&old, words), 0, "{words}");
    }
    // By the operator: by its id at once, by its visitor's once it was used again.
    let by_id = ["--site", "ward", "--conversation", &old.conversation("waits").to_string()];
    assert!(old.hoi(&[&["erase"], &by_id[..]].concat()).contains("digest"));
    let mut b = old.visitor("b").await;
    b.send(&say(100, "giờ làm việc")).await;
    b.answer().await;
    let by = ["--site", "ward", "--visitor", "citizen-42"];
    until("the index to have it", || old.edge.hoi(&[&["export"], &by[..]].concat()).status.success()).await;
    assert!(old.hoi(&[&["export"], &by[..]].concat()).contains("lệ phí chứng thực"));
    assert!(old.hoi(&[&["erase"], &by[..]].concat()).contains("digest"));
    assert_eq!(b.closing().await, Some(Down::Erased));
    // A case stays until it is erased, too.
    let form = [("ticket", old.ticket("done")), ("lang", "vi"), ("mode", "page"), ("go", "erase")];
    let (code, html) = post_form(&old.edge, "erase", &form, &[]);
    assert!(code == 200 && html.contains(old.case("done")), "{html}");
    let (code, html) = status(&old.edge, old.case("done"), "5678");
    assert!(code == 200 && html.contains("Đã có kết quả"), "{html}");
    let by = ["--site", "ward", "--conversation", &old.conversation("done").to_string()];
    old.hoi(&[&["erase", "--with-cases"], &by[..]].concat());
    assert_eq!(status(&old.edge, old.case("done"), "5678").0, 422);
    assert!(old.hoi(&["audit", "ward"]).contains("The record is whole"));
    assert!(!old.edge.log().contains("panicked"), "{}", old.edge.log());
}
