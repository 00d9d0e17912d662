//! News for who has gone on to the site's next page.

use super::Scene;
use serde_json::json;
use tests::{Agency, EdgeOptions, Engine, free_port};

const TAG: &str = "<p>Trang</p><script>window.counts = []; addEventListener('hoi:unread', ({ detail }) => counts.push(detail.count))</script>\
                   <script async src='EDGE/s/ward/hoi.js'></script>";
const MARK: &str = "sessionStorage.getItem('hoi:ward:begun')";

async fn news(engine: Engine) {
    let port = free_port();
    let agency = format!("http://127.0.0.1:{port}/");
    let scene = Scene::with(engine, (1000, 800), EdgeOptions { agency, ..EdgeOptions::default() }).await;
    let port = port.to_string();
    let _agency = Agency::start(&[
        "--port",
        &port,
        "--later",
        "12",
        "--edge",
        &scene.edge.origin,
        "--reply",
        "Đã rõ: {text}",
    ]);
    scene.open("first", &[], TAG).await;
    scene.until_open().await;
    assert_eq!(
        scene.eval("sessionStorage.length").await,
        json!(0),
        "something is kept before anything was said"
    );
    scene.eval("(window.heard = [], Hoi.on('message', ({ author }) => heard.push(author)), Hoi.send('con mèo nhà tôi thích nghe nhạc cổ điển'), 0)").await;
    scene.until("that it was forwarded", "heard.includes('assistant')").await;
    assert_eq!(scene.eval(MARK).await, json!("1"));
    scene.eval("(Hoi.close(), 0)").await;
    scene.open("second", &[], TAG).await;
    scene.until("the news on the next page", "counts.at(-1) === 1").await;
    scene.eval("(Hoi.open(), 0)").await;
    scene.until("the news, seen", "counts.at(-1) === 0").await;
    // Nothing is told of a conversation that is over.
    scene.eval("(Hoi.reset(), 0)").await;
    assert_eq!(scene.eval(MARK).await, json!(null));
    scene.open("third", &[], TAG).await;
    scene.until_loaded().await;
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    let asked = format!(
        "performance.getEntriesByType('resource').filter((each) => each.name.startsWith('{}')).length",
        scene.edge.origin
    );
    assert_eq!(scene.eval(&asked).await, json!(1), "the tag alone");
}

#[tokio::test(flavor = "multi_thread")]
async fn news_in_chromium() {
    news(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn news_in_firefox() {
    news(Engine::Firefox).await;
}
