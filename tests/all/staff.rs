//! Who may sit at the desk: accounts, signing in, sessions, against real workerd and in real Chromium.

use tests::{Browser, Desk, Edge, EdgeOptions, PASSWORD, app_code};

/// An edge on which nobody needs a one-time code.
pub fn plain() -> Edge {
    let edge = Edge::start(&EdgeOptions { codes_off: true, ..EdgeOptions::default() });
    edge.account("lan", &["ward:agent"]);
    edge
}

/// What `hoi` printed.
pub fn said(output: std::process::Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// The one-time password that `hoi` printed.
fn one_time(output: std::process::Output) -> String {
    assert!(output.status.success(), "{output:?}");
    let text = said(output);
    text.lines().find_map(|line| line.strip_prefix("One-time password: ")).expect(&text).to_owned()
}

#[test]
fn the_first_sign_in_goes_step_by_step() {
    let edge = Edge::start(&EdgeOptions::default());
    let password = one_time(edge.staff(&["add", "lan", "--shown", "Nguyễn Thị Lan", "--role", "ward:lead"]));
    let mut desk = Desk::at(&edge);
    let answered = desk.get("/desk/s/ward");
    assert_ne!(answered.status, 200, "{answered:?}");
    // In lower case and without the dash: it is copied from paper.
    let answered = desk.sign_in(" Lan ", &password.to_lowercase().replace('-', " "));
    assert_eq!(answered.status, 303, "{answered:?}");
    let first = desk.token.clone();
    let page = desk.get("/desk/sign-in?lang=en");
    assert!(page.html.contains("Choose your own password"), "{page:?}");
    assert!(
        page.policy.contains("frame-ancestors 'none'") && !page.policy.contains("script-src"),
        "{page:?}"
    );
    assert_eq!(desk.get("/desk/account").status, 303, "half a sign-in opens nothing");
    for (new, again, why) in [
        ("ngắn", "ngắn", "Too short"),
        ("passwordpassword", "passwordpassword", "easy to guess"),
        ("nguyễn thị lan", "nguyễn thị lan", "Your own name"),
        (PASSWORD, "con mèo trèo cây", "not the same"),
    ] {
        let form = [("do", "renew"), ("lang", "en"), ("new", new), ("again", again)];
        let answered = desk.post("/desk/sign-in", &form);
        assert!(answered.status == 422 && answered.html.contains(why), "{why}: {answered:?}");
    }
    let form = [("do", "renew"), ("lang", "en"), ("new", PASSWORD), ("again", PASSWORD)];
    assert_eq!(desk.post("/desk/sign-in", &form).status, 303);
    assert_ne!(desk.token, first, "each step has a token of its own");
    let page = desk.get("/desk/sign-in?lang=en");
    let secret = page.says("hoi-key");
    assert_eq!(desk.get("/desk/sign-in?lang=en").says("hoi-key"), secret, "loaded again it is the same");
    let enrol =
        |code: &str| [("do", "enrol".to_owned()), ("lang", "en".to_owned()), ("code", code.to_owned())];
    let post = |desk: &mut Desk, form: [(&str, String); 3]| {
        let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
        desk.post("/desk/sign-in", &form)
    };
    let wrong = post(&mut desk, enrol("000000"));
    assert!(wrong.status == 422 && wrong.html.contains("clock"), "{wrong:?}");
    let code = app_code(&secret, 0);
    let done = post(&mut desk, enrol(&code));
    assert_eq!(done.status, 200, "{done:?}");
    let list = &done.html[done.html.find("hoi-recovery").expect("recovery codes")..];
    let recovery: Vec<&str> = list.split("<li>").skip(1).map(|item| &item[..11]).collect();
    assert_eq!(recovery.len(), 8, "{recovery:?}");
    assert_eq!(desk.get("/desk").location, "/desk/s/ward");
    // The next time: the password, then a code that was not used yet.
    let mut other = Desk::at(&edge);
    assert_eq!(other.sign_in("lan", &password).status, 422, "the one-time password is used up");
    assert!(other.sign_in("lan", PASSWORD).location.starts_with("/desk/sign-in"));
    assert_eq!(other.get("/desk/account").status, 303, "the password alone opens nothing");
    let coded =
        |code: &str| [("do", "code".to_owned()), ("lang", "en".to_owned()), ("code", code.to_owned())];
    let replayed = post(&mut other, coded(&code));
    assert!(replayed.status == 422 && replayed.html.contains("has been used"), "{replayed:?}");
    let next = post(&mut other, coded(&app_code(&secret, 1)));
    assert_eq!((next.status, next.location.as_str()), (303, "/desk"), "{next:?}");
    assert_eq!(other.get("/desk/account").status, 200);
    // Without the phone: a code from the paper, once.
    for (expected, note) in [(303, "a recovery code"), (422, "used up")] {
        let mut third = Desk::at(&edge);
        third.sign_in("lan", PASSWORD);
        assert_eq!(post(&mut third, coded(&recovery[2].to_lowercase())).status, expected, "{note}");
    }
    assert!(said(edge.staff(&["list"])).contains("ward:lead, authentication codes, last signed in"));
    let log = edge.log();
    for secret in [password.as_str(), PASSWORD, secret.as_str(), &desk.token, recovery[0]] {
        assert!(!log.contains(secret), "the log tells {secret}");
    }
}

#[test]
fn nothing_tells_whether_an_account_exists() {
    let edge = plain();
    let mut desk = Desk::at(&edge);
    let plain = |mut desk: Desk, name: &str| {
        let answered = desk.sign_in(name, "not the password");
        (answered.status, answered.set_cookie, answered.html.replace(&format!("value=\"{name}\""), ""))
    };
    let known = plain(desk.clone(), "lan");
    assert_eq!(known.0, 422);
    for other in ["minh", "không có", "'; DROP TABLE account; --", &"x".repeat(900)] {
        assert_eq!(plain(desk.clone(), other).0, 422, "{other}");
    }
    assert_eq!(known, plain(desk.clone(), "minh"));
    edge.staff(&["disable", "lan"]);
    assert_eq!(desk.sign_in("lan", PASSWORD).status, 422, "a disabled account looks like none");
}

#[test]
fn who_guesses_waits() {
    let edge = plain();
    let guess = |name: &str, address: &str, password: &str| {
        let mut desk = Desk { address: address.to_owned(), ..Desk::at(&edge) };
        desk.sign_in(name, password)
    };
    for (name, address) in [("lan", "198.51.100.1"), ("nobody", "198.51.100.2")] {
        let refused: Vec<u16> = (0..8).map(|_| guess(name, address, "not the password").status).collect();
        assert!(refused[..5].iter().all(|status| *status == 422), "{name}: {refused:?}");
        assert!(refused[5..].contains(&429), "{name}: {refused:?}");
    }
    let waits = guess("lan", "198.51.100.1", PASSWORD);
    if waits.status == 429 {
        assert!(waits.html.contains("Try again in"), "{waits:?}");
    }
    // Nobody shuts an account for its owner: from elsewhere, the right password opens it.
    assert_eq!(guess("lan", "192.0.2.77", PASSWORD).status, 303);
    let mut many = Vec::new();
    for n in 0..30 {
        many.push(guess(&format!("n{n}"), "203.0.113.9", "not the password").status);
    }
    assert!(many[..20].iter().all(|status| *status == 422), "{many:?}");
    assert!(many[20..].contains(&429), "an address has its own count: {many:?}");
    // The operator's new password opens it at once.
    let password = one_time(edge.staff(&["reset", "lan"]));
    assert_eq!(guess("lan", "192.0.2.78", &password).status, 303);
}

#[test]
fn other_pages_can_post_nothing() {
    let edge = plain();
    let mut desk = Desk::signed_in(&edge, "lan");
    for origin in [&[][..], &[("origin", "https://evil.example")], &[("origin", "null")]] {
        for path in ["/desk/sign-in", "/desk/sign-out", "/desk/account"] {
            let form = [("do", "password"), ("name", "lan"), ("password", PASSWORD)];
            let answered = desk.clone().ask(path, Some(&form), origin);
            assert_eq!((answered.status, answered.set_cookie.as_str()), (403, ""), "{path} {origin:?}");
        }
    }
    assert_eq!(desk.get("/desk/account").status, 200, "still signed in");
    let set = Desk::at(&edge).sign_in("lan", PASSWORD).set_cookie;
    assert!(set.contains("; Path=/; HttpOnly; SameSite=Strict"), "{set}");
    // Where it leads is the desk, whatever a link says.
    for (next, expected) in
        [("/desk/account", "/desk/account"), ("//evil.example", "/desk"), ("https://evil.example", "/desk")]
    {
        let form = [("do", "password"), ("name", "lan"), ("password", PASSWORD), ("next", next)];
        assert_eq!(Desk::at(&edge).post("/desk/sign-in", &form).location, expected);
    }
}

#[test]
fn a_session_ends_when_it_should() {
    let edge = plain();
    let mut desk = Desk::signed_in(&edge, "lan");
    let mut other = Desk::signed_in(&edge, "lan");
    let left = desk.token.clone();
    let answered = desk.post("/desk/sign-out", &[("do", "out")]);
    assert!(answered.location.starts_with("/desk/sign-in") && answered.set_cookie.contains("Max-Age=0"));
    desk.token = left;
    assert_eq!(desk.get("/desk/account").status, 303, "the token is worth nothing any more");
    assert_eq!(other.get("/desk/account").status, 200, "others go on");
    let mut third = Desk::signed_in(&edge, "lan");
    other.post("/desk/sign-out", &[("do", "everywhere")]);
    assert_eq!(third.get("/desk/account").status, 303, "everywhere");
    // A new password ends the others and goes on with a new token.
    let (mut here, mut there) = (Desk::signed_in(&edge, "lan"), Desk::signed_in(&edge, "lan"));
    let change = |current: &str| {
        [
            ("do", "change"),
            ("lang", "en"),
            ("current", current),
            ("new", "một mật khẩu khác"),
            ("again", "một mật khẩu khác"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
    };
    let post = |desk: &mut Desk, form: [(String, String); 5]| {
        let form: Vec<(&str, &str)> =
            form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        desk.post("/desk/account", &form)
    };
    let wrong = post(&mut here, change("not the password"));
    assert!(wrong.status == 422 && wrong.html.contains("not your current password"), "{wrong:?}");
    let before = here.token.clone();
    let changed = post(&mut here, change(PASSWORD));
    assert!(changed.status == 200 && changed.html.contains("password is changed"), "{changed:?}");
    assert_ne!(here.token, before);
    assert_eq!(here.get("/desk/account").status, 200);
    assert_eq!(there.get("/desk/account").status, 303);
    // The operator shuts the account: at once, and for good.
    edge.staff(&["disable", "lan"]);
    assert_eq!(here.get("/desk/account").status, 303);
    edge.staff(&["enable", "lan"]);
    assert_eq!(here.get("/desk/account").status, 303, "who was out signs in again");
    for token in ["", "x", &"0".repeat(64), &format!("{}0", here.token)] {
        let mut desk = Desk { token: token.to_owned(), ..here.clone() };
        assert_eq!(desk.get("/desk/account").status, 303, "{token}");
    }
}

#[test]
fn roles_are_a_sites() {
    let edge = plain();
    let mut desk = Desk::signed_in(&edge, "lan");
    assert_eq!(desk.get("/desk").location, "/desk/s/ward");
    assert!(desk.get("/desk/account").html.contains("/desk/s/ward"));
    assert!(edge.staff(&["role", "lan", "ward:none"]).status.success());
    assert_eq!(desk.get("/desk").location, "/desk/account", "no desk is left");
    assert!(desk.get("/desk/account?lang=en").html.contains("no desk yet"));
}

#[test]
fn operators_are_told_what_is_wrong() {
    let edge = plain();
    for (arguments, why) in [
        (&["add", "lan", "--shown", "Lan", "--role", "ward:agent"][..], "already"),
        (&["add", "Lan", "--shown", "Lan", "--role", "ward:agent"], "lower-case"),
        (&["add", "minh", "--shown", "Minh", "--role", "nowhere:agent"], "nothing was published"),
        (&["add", "minh", "--shown", "Minh", "--role", "ward:boss"], "auditor, agent or lead"),
        (&["add", "minh", "--shown", "Minh", "--role", "ward"], "colon"),
        (&["role", "lan", "shop:none"], "has no role"),
        (&["reset", "minh"], "there is no account"),
    ] {
        let output = edge.staff(arguments);
        assert!(!output.status.success(), "{arguments:?}");
        let text = said(output);
        assert!(text.contains(why), "{arguments:?}: {text}");
    }
    let list = said(edge.staff(&["list"]));
    assert!(list.contains("lan (Nguyễn Thị Lan), ward:agent") && !list.contains("argon2"), "{list}");
    assert!(edge.staff(&["remove", "lan"]).status.success());
    assert!(said(edge.staff(&["list"])).contains("no accounts yet"));
    // Without the key there is no such API.
    let answer = ureq::get(format!("{}/admin/staff", edge.origin)).header("authorization", "Bearer x").call();
    assert!(matches!(answer, Err(ureq::Error::StatusCode(404))), "{answer:?}");
}

/// The disk holds no password, no token and no secret of an app.
#[test]
fn the_disk_holds_nothing_that_opens() {
    let edge = plain();
    let mut desk = Desk::signed_in(&edge, "lan");
    let page = desk.post("/desk/account", &[("do", "set-up"), ("lang", "en")]);
    let secret = page.says("hoi-key").replace(' ', "");
    let code = app_code(&secret, 0);
    let done = desk.post("/desk/account", &[("do", "enrol"), ("lang", "en"), ("code", &code)]);
    assert!(done.html.contains("hoi-recovery"), "{done:?}");
    let files = std::fs::read_dir(edge.data().join("hoi-staff")).unwrap();
    let bytes: Vec<u8> = files.flat_map(|file| std::fs::read(file.unwrap().path()).unwrap()).collect();
    let kept = String::from_utf8_lossy(&bytes);
    assert!(kept.contains("$argon2id$v=19$m=19456,t=2,p=1$"), "the account is not there at all");
    for secret in [PASSWORD, secret.as_str(), desk.token.as_str(), "192.0.2.1"] {
        assert!(!kept.contains(secret), "the disk tells {secret}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pages_are_for_everybody() {
    let edge = Edge::start(&EdgeOptions::default());
    let password = one_time(edge.staff(&["add", "lan", "--shown", "Nguyễn Thị Lan", "--role", "ward:agent"]));
    let browser = Browser::start(1000, 900).await;
    browser.client.goto(&format!("{}/desk/sign-in?lang=vi", edge.origin)).await.unwrap();
    let wide = "document.documentElement.scrollWidth > innerWidth";
    let look = async |name: &str| {
        browser.screen(1000, 900, false).await;
        browser.is_accessible().await;
        browser.picture(&format!("staff-{name}")).await;
        browser.screen(320, 640, true).await;
        assert_eq!(browser.eval(wide).await, serde_json::json!(false), "{name} is too wide");
        browser.picture(&format!("staff-{name}-phone")).await;
    };
    look("sign-in").await;
    browser.find("#name").await.send_keys("lan").await.unwrap();
    browser.find("#password").await.send_keys("không phải\u{e007}").await.unwrap();
    browser.find(".hoi-wrong").await;
    assert_eq!(browser.eval("document.activeElement.id").await, serde_json::json!("password"));
    look("wrong").await;
    browser.find("#password").await.send_keys(&format!("{password}\u{e007}")).await.unwrap();
    browser.find("#new").await.send_keys("ngắn").await.unwrap();
    browser.find("#again").await.send_keys("ngắn\u{e007}").await.unwrap();
    browser.find("#new-wrong").await;
    look("renew").await;
    browser.find("#new").await.send_keys(PASSWORD).await.unwrap();
    browser.find("#again").await.send_keys(&format!("{PASSWORD}\u{e007}")).await.unwrap();
    let secret = browser.find(".hoi-key").await.text().await.unwrap();
    look("enrol").await;
    let dark = serde_json::json!({ "features": [{ "name": "prefers-color-scheme", "value": "dark" }] });
    browser.cdp("Emulation.setEmulatedMedia", dark).await;
    look("enrol-dark").await;
    browser.cdp("Emulation.setEmulatedMedia", serde_json::json!({ "features": [] })).await;
    browser.find("#code").await.send_keys(&format!("{}\u{e007}", app_code(&secret, 0))).await.unwrap();
    browser.find(".hoi-recovery").await;
    look("recovery").await;
    browser.client.goto(&format!("{}/desk/account?lang=vi", edge.origin)).await.unwrap();
    browser.find("#current").await;
    look("account").await;
    browser.client.goto(&format!("{}/desk/account?lang=fr", edge.origin)).await.unwrap();
    look("account-fr").await;
    browser.find("form[action='/desk/sign-out'] .hoi-go").await.click().await.unwrap();
    browser.find("#name").await;
    look("signed-out-fr").await;
}
