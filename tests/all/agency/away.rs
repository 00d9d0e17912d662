//! The agency is away for a while, or the edge dies on the way: nothing is lost, nothing is done twice.

use super::*;
use tests::say;
use wire::AuthorKind;

#[tokio::test(flavor = "multi_thread")]
async fn a_question_left_behind_is_delivered_once_when_the_agency_is_back() {
    let port = tests::free_port();
    let edge = Edge::start(&options(&format!("http://127.0.0.1:{port}/")));
    let mut visitor = Visitor::open(&edge).await;
    visitor.send(&say(1, QUESTION)).await;
    let told = hears(&mut visitor, "đã được giữ lại").await;
    assert!(has_contact(&told), "a way on without the chat: {told:?}");
    let agency = Agency::start(&["--port", &port.to_string(), "--reply", "Đã nhận: {text}"]);
    // The harness waits 30 s for each frame; the first look after a question comes 10 to 20 s later.
    let answer = hears(&mut visitor, "Đã nhận: con mèo").await;
    assert_eq!((answer.author.kind, answer.state), (AuthorKind::Agency, State::Done));
    tokio::time::sleep(Duration::from_secs(8)).await;
    assert_eq!(acts(&agency).into_values().collect::<Vec<_>>(), [1], "{:?}", agency.asked());
    let seen = seen_again(&edge, &visitor).await;
    assert_eq!(seen.iter().filter(|message| words(message).contains("Đã nhận")).count(), 1, "{seen:?}");
    assert_eq!(seen.len(), 3, "the question, what was told, the answer: {seen:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_power_cut_during_delivery_costs_nothing_and_doubles_nothing() {
    // The agency takes two seconds; the edge dies when the question has just arrived, shortly before the answer, and
    // about when it comes.
    for moment in [0, 1_900, 2_060] {
        cut_after(moment).await;
    }
}

async fn cut_after(moment: u64) {
    let agency = Agency::start(&["--delay-ms", "2000", "--mode", "json", "--reply", "Đã nhận: {text}"]);
    let mut edge = Edge::start(&options(&agency.url));
    let mut visitor = Visitor::open(&edge).await;
    visitor.send(&say(1, QUESTION)).await;
    assert!(matches!(visitor.next().await, Down::Ack { .. }));
    eventually("the question to arrive", || !agency.questions().is_empty()).await;
    tokio::time::sleep(Duration::from_millis(moment)).await;
    edge.kill();
    edge.up();
    let mut again = Visitor::connect(&edge, visitor.boot.clone(), &edge.origin).await.unwrap();
    again.hello(None, 0).await;
    let answer = hears(&mut again, "Đã nhận: con mèo").await;
    assert_eq!(answer.state, State::Done, "cut after {moment} ms");
    tokio::time::sleep(Duration::from_secs(6)).await;
    let asked = agency.questions();
    let keys: std::collections::BTreeSet<_> = asked.iter().map(|line| line["id"].to_string()).collect();
    assert_eq!(keys.len(), 1, "one key for every try: {asked:?}");
    assert_eq!(acts(&agency).into_values().collect::<Vec<_>>(), [1], "acted twice: {asked:?}");
    let seen = seen_again(&edge, &again).await;
    let answers = seen.iter().filter(|message| words(message).contains("Đã nhận")).count();
    assert_eq!(answers, 1, "cut after {moment} ms: {seen:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_has_to_come_back_for_a_question_to_arrive_after_a_power_cut() {
    let port = tests::free_port();
    let mut edge = Edge::start(&options(&format!("http://127.0.0.1:{port}/")));
    let mut visitor = Visitor::open(&edge).await;
    visitor.send(&say(1, QUESTION)).await;
    assert!(matches!(visitor.next().await, Down::Ack { .. }));
    edge.kill();
    drop(visitor);
    edge.up();
    // Durable Objects sleep until their alarm: this is the alarm's work alone.
    let agency = Agency::start(&["--port", &port.to_string()]);
    eventually("the question to arrive", || acts(&agency).len() == 1).await;
    assert_eq!(acts(&agency).into_values().collect::<Vec<_>>(), [1]);
}
