//! The studio: a site's whole chat in a colour that is only tried.

use serde_json::json;
use tests::{Browser, Edge, EdgeOptions};

#[tokio::test(flavor = "multi_thread")]
async fn a_colour_is_tried_on_a_desktop_and_a_phone() {
    let edge = Edge::start(&EdgeOptions { studio: true, ..EdgeOptions::default() });
    let browser = Browser::start(1500, 1200).await;
    // So light that nothing could be read on it as it is.
    browser
        .client
        .goto(&format!("{}/studio?site=ward&brand=%23ffd400&launcher=tab&lang=en", edge.origin))
        .await
        .unwrap();
    let tag = browser.eval("document.querySelector('pre').innerText").await;
    assert!(tag.as_str().unwrap().contains("/s/ward/hoi.js\" data-launcher=\"tab\""), "{tag}");
    let ratios = "[...document.querySelectorAll('.studio-colours tbody tr')].map((row) => parseFloat(row.lastChild.textContent))";
    let ratios = browser.eval(ratios).await;
    assert!(
        ratios.as_array().is_some_and(|all| all.len() == 4 && all.iter().all(|r| r.as_f64() >= Some(4.5))),
        "{ratios}"
    );
    browser.is_accessible().await;
    // The chat in it is the real one.
    let phone = "document.querySelector('.studio-phone').contentWindow";
    browser.until("the launcher", &format!("!!{phone}.Hoi && {phone}.Hoi.version === 1")).await;
    browser.eval(&format!("{phone}.Hoi.send('opening hours')")).await;
    browser.eval("document.querySelector('.studio-desktop').contentWindow.Hoi.open()").await;
    tokio::time::sleep(std::time::Duration::from_millis(1500)).await;
    browser.picture("studio").await;
    let name = "ward--preview-ffd400";
    let html = ureq::get(format!("{}/s/{name}/frame?lang=en", edge.origin)).call().unwrap();
    let html = html.into_body().read_to_string().unwrap();
    assert!(html.contains("#ffd400"), "the colour is not tried");
    assert_eq!(browser.eval("document.querySelectorAll('iframe').length").await, json!(2));
}

#[test]
fn an_edge_in_service_has_none() {
    let edge = Edge::start(&EdgeOptions::default());
    for path in ["/studio", "/studio/host", "/s/ward--preview-ffd400", "/s/ward--preview-ffd400/hoi.js"] {
        let answer = ureq::get(format!("{}{path}", edge.origin)).call();
        assert!(matches!(answer, Err(ureq::Error::StatusCode(404))), "{path}");
    }
}
