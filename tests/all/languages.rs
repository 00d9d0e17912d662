//! Every language the widget has words in, in real Chromium: whole, in its own script and direction, and alone.

use i18n::{Lang, plural};
use serde_json::json;
use tests::{Browser, Edge, EdgeOptions};
use wire::{LANGUAGES, Word};

#[tokio::test(flavor = "multi_thread")]
async fn each_is_whole_and_alone_on_the_page() {
    let edge = Edge::start(&EdgeOptions::default());
    let browser = Browser::start(1000, 800).await;
    browser.screen(320, 640, true).await;
    for (code, _) in LANGUAGES {
        let url = format!("{}/s/ward?lang={code}", edge.origin);
        let html = ureq::get(&url).call().unwrap().into_body().read_to_string().unwrap();
        let own = Lang::for_tag(code).words();
        for (other, _) in LANGUAGES.iter().filter(|(other, _)| other != code) {
            let strange = Lang::for_tag(other).words();
            let sentence = strange.word_text(Word::Broken);
            assert!(!html.contains(sentence), "{code}: the page carries words of {other}");
        }
        browser.client.goto(&url).await.unwrap();
        browser.until("the widget", "!document.querySelector('.hoi-later, form.hoi-say')").await;
        let send = json!(own.word_text(Word::Send));
        assert_eq!(
            browser.eval("document.querySelector('.hoi-send').getAttribute('aria-label')").await,
            send
        );
        assert_eq!(browser.eval("document.documentElement.lang").await, json!(code));
        let rtl = *code == "ar";
        assert_eq!(browser.eval("getComputedStyle(document.body).direction === 'rtl'").await, json!(rtl));
        // The site speaks Vietnamese; where the words don't, its texts say so of themselves.
        let name = "document.querySelector('.hoi-name').closest('[lang]').lang";
        assert_eq!(browser.eval(name).await, json!(if *code == "en" { "en" } else { "vi" }));
        let bubble = "getComputedStyle(document.querySelector('.hoi-bubble')).direction";
        assert_eq!(browser.eval(bubble).await, json!("ltr"));
        assert_eq!(
            browser.eval("document.documentElement.scrollWidth <= innerWidth").await,
            json!(true),
            "{code}"
        );
        browser.is_accessible().await;
        browser.picture(&format!("language-{code}")).await;
        for n in (1..130).chain([1000, 1_000_000]) {
            let asked = format!("new Intl.PluralRules('{code}').select({n})");
            assert_eq!(browser.eval(&asked).await, json!(plural::category(code, n)), "{code}: {n}");
        }
        days_are_the_browsers(&browser, Lang::for_tag(code)).await;
    }
}

/// The names of days and months, and the whole date where we write it as CLDR does, are those that the browser gives.
async fn days_are_the_browsers(browser: &Browser, lang: Lang) {
    let code = lang.code();
    if browser.eval(&format!("Intl.DateTimeFormat.supportedLocalesOf('{code}').length")).await == json!(0) {
        return;
    }
    for month in 1..=12 {
        // Seven of these follow each other in the week, and none is the first of a month.
        let date = jiff::civil::date(2026, month, 1 + month);
        let options =
            "{ weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC', numberingSystem: 'latn' }";
        let asked = format!("new Intl.DateTimeFormat('{code}', {options}).format(new Date('{date}'))");
        let theirs = browser.eval(&asked).await;
        let (theirs, own) =
            (theirs.as_str().unwrap().to_lowercase(), lang.long_date(date, false).to_lowercase());
        match lang {
            // Ours is shorter, has a preposition before it or the parts in another order: each part must be there.
            Lang::Vi | Lang::En | Lang::Es | Lang::Lo | Lang::Km => {
                let parts = own.split([' ', ',', '/']).map(|part| part.trim_start_matches("ថ្ងៃ"));
                let parts = parts.map(|part| part.trim_start_matches("ទី").trim_start_matches("ខែ"));
                for part in parts.filter(|part| !matches!(*part, "" | "on" | "el" | "de" | "ທີ")) {
                    assert!(theirs.contains(part), "{code}: {own} has {part}, not so {theirs}");
                }
            }
            _ => assert_eq!(own, theirs, "{code}"),
        }
    }
}

/// Days are told with the day first, or with the month in letters, whatever dates a browser knows of a language.
#[tokio::test(flavor = "multi_thread")]
async fn days_are_told_in_every_language() {
    let edge = Edge::start(&EdgeOptions::default());
    let browser = Browser::start(600, 800).await;
    browser.client.goto(&format!("{}/s/ward?lang=vi", edge.origin)).await.unwrap();
    browser.widget().await;
    browser.find("textarea").await.send_keys("giờ làm việc\u{e007}").await.unwrap();
    browser.until("an answer", "document.querySelectorAll('.hoi-from-assistant').length >= 2").await;
    // Some days later, shortly after midnight: "24:05" is no time of day.
    let later = "(() => { const at = new Date(); at.setHours(0, 5); return Date.now() - at.getTime(); })()";
    let since = browser.eval(later).await;
    // There are zones from GMT-14 to GMT+12: whoever is more than twelve hours behind is ahead.
    let hours = since.as_f64().unwrap() as i64 / 3_600_000;
    let zone = format!("Etc/GMT{:+}", if hours > 12 { hours - 24 } else { hours });
    browser.cdp("Emulation.setTimezoneOverride", json!({ "timezoneId": zone })).await;
    let clock = "(() => { const Real = Date; const days = 3 * 864e5; \
        window.Date = class extends Real { constructor(...all) { all.length ? super(...all) : super(Real.now() + days); } \
        static now() { return Real.now() + days; } }; })()";
    browser.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": clock })).await;
    for (code, _) in LANGUAGES {
        browser.client.goto(&format!("{}/s/ward?lang={code}", edge.origin)).await.unwrap();
        browser.until("what was said", "!!document.querySelector('.hoi-from-visitor time')").await;
        let time = "document.querySelector('.hoi-from-visitor time')";
        let own = format!(
            "(({{ day, month }}) => [`${{day}}/${{month}}, `, `${{month}}月${{day}}日 `, `${{month}}월${{day}}일 `])\
            (((at) => ({{ day: at.getDate(), month: at.getMonth() + 1 }}))(new Date({time}.dateTime)))"
        );
        let own = browser.eval(&own).await;
        let said = browser.eval(&format!("{time}.textContent")).await;
        let said = said.as_str().unwrap();
        let begins = own[match *code {
            "zh" | "ja" => 1,
            "ko" => 2,
            _ => 0,
        }]
        .as_str()
        .unwrap();
        let rest = said.strip_prefix(begins).unwrap_or_else(|| panic!("{code}: {said}, not {begins}"));
        assert!(rest.len() == 5 && rest.starts_with("0"), "{code}: {said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visitor_chooses_one_and_finds_it_again() {
    let edge = Edge::start(&EdgeOptions::default());
    let browser = Browser::start(600, 800).await;
    browser.client.goto(&format!("{}/s/ward?lang=vi", edge.origin)).await.unwrap();
    browser.find("textarea").await.send_keys("giờ làm việc").await.unwrap();
    browser.until("the widget", "!document.querySelector('form.hoi-say')").await;
    browser.menu().await;
    let names = browser.eval("[...document.querySelectorAll('.hoi-langs a')].map((a) => a.lang)").await;
    let others: Vec<&str> = LANGUAGES.iter().map(|(code, _)| *code).filter(|code| *code != "vi").collect();
    assert_eq!(names, json!(others), "the site's own come first");
    browser.picture("language-menu").await;
    browser.find(".hoi-langs a[lang=ar]").await.click().await.unwrap();
    browser.until("Arabic", "document.documentElement.lang === 'ar'").await;
    assert_eq!(browser.eval("document.querySelector('textarea').value").await, json!("giờ làm việc"));
    browser.find("textarea").await.send_keys("\u{e007}").await.unwrap();
    browser.until("an answer", "document.querySelectorAll('.hoi-from-assistant').length >= 2").await;
    browser.is_accessible().await;
    browser.picture("language-ar-answer").await;
    browser.client.refresh().await.unwrap();
    browser.until("Arabic again", "document.documentElement.lang === 'ar'").await;
    browser.until("what was said", "document.body.innerText.includes('giờ làm việc')").await;
    // A sentence with a number in it, by Arabic's own plural.
    let long = "ă".repeat(wire::limits::MAX_SAY_CHARS + 2);
    browser.find("textarea").await.click().await.unwrap();
    browser.cdp("Input.insertText", json!({ "text": long })).await;
    browser.find("textarea").await.send_keys("\u{e007}").await.unwrap();
    let two = Lang::for_tag("ar").words().counted_form(Word::TooLong, "two", 2);
    browser.until("two too many", &format!("document.body.innerText.includes({})", json!(two))).await;
}
