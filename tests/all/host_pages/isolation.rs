//! Pages that isolate themselves (`Cross-Origin-Embedder-Policy`), for the memory that they share with workers.

use super::Scene;
use serde_json::json;
use tests::Engine;

async fn isolated(engine: Engine) {
    let scene = Scene::start(engine, (1000, 800)).await;
    for embedder in ["require-corp", "credentialless"] {
        let headers =
            [("cross-origin-embedder-policy", embedder), ("cross-origin-opener-policy", "same-origin")];
        for mode in ["frame", "inline"] {
            let tag = format!("<script async src='EDGE/s/ward/hoi.js' data-mode={mode}></script>");
            scene.open("isolated", &headers, &tag).await;
            scene.until_open().await;
            scene.eval("(window.heard = [], Hoi.on('message', ({ author }) => heard.push(author)), Hoi.send('giờ làm việc'), 0)").await;
            scene.until("an answer", "heard.includes('assistant')").await;
            let found = "Hoi.check().then(({ ok, findings }) => [ok, findings.map((each) => each.code)])";
            assert_eq!(scene.eval(found).await, json!([true, []]), "{embedder}, {mode}");
            scene.eval("(Hoi.reset(), 0)").await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn isolated_in_chromium() {
    isolated(Engine::Chromium).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn isolated_in_firefox() {
    isolated(Engine::Firefox).await;
}
