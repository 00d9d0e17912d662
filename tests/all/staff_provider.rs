//! Staff who sign in with the agency's own provider: a provider in another language, and real workerd.

use serde_json::{Value, json};
use tests::{Answered, Browser, Desk, Edge, EdgeOptions, Provider};

/// A browser's cookies on the way to the provider and back, without one.
struct Trip {
    desk: Desk,
    aside: String,
    /// Where the provider sends the browser.
    back: String,
}

impl Trip {
    fn begin(edge: &Edge, next: &str) -> Trip {
        let mut desk = Desk::at(edge);
        let begun = desk.get(&format!("/desk/oidc?lang=en&next={next}"));
        assert_eq!(begun.status, 303, "{begun:?}");
        assert!(begun.location.contains("code_challenge_method=S256"), "{begun:?}");
        assert!(
            begun.set_cookie.contains("SameSite=Lax") && begun.set_cookie.contains("HttpOnly"),
            "{begun:?}"
        );
        let aside = begun.set_cookie.split(';').next().unwrap().to_owned();
        let agent: ureq::Agent =
            ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0).build().into();
        let sent = agent.get(&begun.location).call().unwrap();
        let back =
            sent.headers()["location"].to_str().unwrap().strip_prefix(&edge.origin).unwrap().to_owned();
        Trip { desk, aside, back }
    }

    fn end(mut self) -> (Desk, Answered) {
        self.desk.aside = self.aside;
        let answered = self.desk.get(&self.back);
        (self.desk, answered)
    }
}

/// With the agency's own provider, with keys of both kinds.
#[test]
fn an_agencys_own_provider_signs_in() {
    for algorithm in ["ES256", "RS256"] {
        let provider = Provider::start(algorithm);
        let options = EdgeOptions { issuer: provider.origin.clone(), ..EdgeOptions::default() };
        let edge = Edge::start(&options);
        edge.account("lan", &["ward:agent"]);
        edge.account("minh", &["ward:lead"]);
        let lan = json!({ "sub": "42", "email": "Lan@ward.example", "email_verified": true });
        provider.is(&lan);
        let (_, unknown) = Trip::begin(&edge, "/desk").end();
        assert!(unknown.location.contains("why=unknown"), "no account names her: {unknown:?}");
        assert!(edge.staff(&["oidc", "lan", "lan@ward.example"]).status.success());
        let (mut desk, done) = Trip::begin(&edge, "/desk/account").end();
        assert_eq!((done.status, done.refresh.as_str()), (200, "0;url=/desk/account"), "{done:?}");
        assert!(desk.get("/desk/account?lang=en").html.contains("lan"), "she is in");
        // Whoever is given her address later is somebody else; she stays who she is under another one.
        provider.is(&json!({ "sub": "43", "email": "lan@ward.example" }));
        assert!(Trip::begin(&edge, "/desk").end().1.location.contains("why=unknown"));
        provider.is(&json!({ "sub": "42", "email": "lan.nguyen@ward.example" }));
        assert_eq!(Trip::begin(&edge, "/desk").end().1.status, 200);
        // An address that nobody has seen work names nobody.
        assert!(edge.staff(&["oidc", "minh", "minh@ward.example"]).status.success());
        provider.is(&json!({ "sub": "7", "email": "minh@ward.example", "email_verified": false }));
        assert!(Trip::begin(&edge, "/desk").end().1.location.contains("why=unknown"));
        edge.staff(&["disable", "lan"]);
        provider.is(&lan);
        assert!(Trip::begin(&edge, "/desk").end().1.location.contains("why=unknown"), "disabled");
        edge.staff(&["enable", "lan"]);
        for wrong in ["nonce", "issuer", "audience", "signature"] {
            provider.does(wrong);
            let (mut desk, refused) = Trip::begin(&edge, "/desk").end();
            assert!(refused.location.contains("why=provider"), "{wrong}: {refused:?}");
            assert_eq!(desk.get("/desk/account").status, 303, "{wrong}");
        }
        provider.does("");
        let trip = Trip::begin(&edge, "/desk");
        let replayed = Trip { desk: Desk::at(&edge), aside: trip.aside.clone(), back: trip.back.clone() };
        assert_eq!(trip.end().1.status, 200);
        assert!(replayed.end().1.location.contains("why=provider"), "a code is good once");
        // Somebody else's way back leads nowhere: not without the cookie, not with another one.
        let (mine, other) = (Trip::begin(&edge, "/desk"), Trip::begin(&edge, "/desk"));
        let crossed = Trip { desk: Desk::at(&edge), aside: other.aside, back: mine.back.clone() };
        assert!(crossed.end().1.location.contains("why=provider"));
        let bare = Trip { desk: Desk::at(&edge), aside: "a=b".to_owned(), back: mine.back };
        assert!(bare.end().1.location.contains("why=provider"));
        // The nonces of all these failures stand in the log; tokens and secrets don't.
        let log = edge.log();
        assert!(log.contains("nonce") && !log.contains("eyJ") && !log.contains("client secret"), "{log}");
    }
}

#[test]
fn a_provider_may_change_its_keys_and_be_away() {
    let provider = Provider::start("ES256");
    let options = EdgeOptions { issuer: provider.origin.clone(), ..EdgeOptions::default() };
    let edge = Edge::start(&options);
    edge.account("lan", &["ward:agent"]);
    assert!(edge.staff(&["oidc", "lan", "lan"]).status.success());
    provider.is(&json!({ "sub": "42", "preferred_username": "Lan" }));
    assert_eq!(Trip::begin(&edge, "/desk").end().1.status, 200);
    provider.does("keys");
    assert_eq!(Trip::begin(&edge, "/desk").end().1.status, 200, "new keys are asked for");
    provider.does("keys under one name");
    assert_eq!(Trip::begin(&edge, "/desk").end().1.status, 200, "also where their name is the old one");
    let trip = Trip::begin(&edge, "/desk");
    drop(provider);
    assert!(trip.end().1.location.contains("why=provider"), "it is gone");
    let page = Desk::at(&edge).get("/desk/sign-in?why=provider&lang=en");
    assert!(page.html.contains("did not work") && page.html.contains("/desk/oidc"), "{page:?}");
    // Where none is bound there is none.
    let edge = Edge::start(&EdgeOptions::default());
    assert_eq!(Desk::at(&edge).get("/desk/oidc").status, 404);
    assert!(!Desk::at(&edge).get("/desk/sign-in").html.contains("/desk/oidc"));
}

/// By the standard's default the ID token names nobody: the address is at UserInfo.
#[test]
fn a_provider_may_keep_the_address_at_userinfo() {
    let provider = Provider::start("ES256");
    let options = EdgeOptions { issuer: provider.origin.clone(), ..EdgeOptions::default() };
    let edge = Edge::start(&options);
    for name in ["lan", "minh"] {
        edge.account(name, &["ward:agent"]);
        assert!(edge.staff(&["oidc", name, &format!("{name}@ward.example")]).status.success());
    }
    let come = |sub: &str, userinfo: Value| {
        provider.is(&json!({ "sub": sub }));
        provider.adds(&userinfo);
        Trip::begin(&edge, "/desk").end().1
    };
    let refused = |answered: &Answered, why: &str| assert!(answered.location.contains(why), "{answered:?}");
    refused(&come("7", json!({})), "why=unknown");
    assert!(edge.log().contains("email is missing"), "{}", edge.log());
    refused(&come("7", json!({ "email": "minh@ward.example", "email_verified": false })), "why=unknown");
    refused(&come("7", json!({ "preferred_username": "minh@ward.example" })), "why=unknown");
    refused(&come("7", json!({ "name": "minh@ward.example" })), "why=unknown");
    refused(&come("7", json!({ "sub": "8", "email": "minh@ward.example" })), "why=provider");
    for wrong in ["userinfo", "signed userinfo"] {
        provider.does(wrong);
        refused(&come("7", json!({ "email": "minh@ward.example" })), "why=unknown");
    }
    provider.does("");
    assert_eq!(come("42", json!({ "email": "Lan@ward.example" })).status, 200);
    // Who is known by now needs no address.
    provider.does("userinfo");
    assert_eq!(come("42", json!({})).status, 200);
    let log = edge.log();
    assert!(log.contains("email_verified is not true") && log.contains("application/jwt"), "{log}");
    assert!(!log.contains("minh@ward.example"), "{log}");
}

/// An address that UserInfo must not be asked at is not asked, and nobody is believed for it.
#[test]
fn userinfo_is_asked_at_public_addresses_only() {
    let provider = Provider::start("ES256");
    provider.does("userinfo address");
    let options = EdgeOptions { issuer: provider.origin.clone(), ..EdgeOptions::default() };
    let edge = Edge::start(&options);
    provider.is(&json!({ "sub": "42" }));
    assert!(Trip::begin(&edge, "/desk").end().1.location.contains("why=unknown"));
    assert!(edge.log().contains("the provider's address"), "{}", edge.log());
}

/// Who came by the provider is led to sign out there too; who typed a password is not.
#[test]
fn who_came_by_the_provider_signs_out_there_too() {
    let provider = Provider::start("ES256");
    let options = EdgeOptions { issuer: provider.origin.clone(), ..EdgeOptions::default() };
    let edge = Edge::start(&options);
    edge.account("lan", &["ward:agent"]);
    assert!(edge.staff(&["oidc", "lan", "lan@ward.example"]).status.success());
    provider.is(&json!({ "sub": "42", "email": "lan@ward.example" }));
    let (mut desk, done) = Trip::begin(&edge, "/desk").end();
    assert_eq!(done.status, 200, "{done:?}");
    let out = desk.post("/desk/sign-out", &[("lang", "en")]);
    let expected = format!("0;url={}/out?client_id=hoi%20desk&post_logout_redirect_uri=", provider.origin);
    assert_eq!(out.status, 200, "{out:?}");
    assert!(out.refresh.starts_with(&expected) && out.set_cookie.contains("Max-Age=0"), "{out:?}");
    assert!(desk.get("/desk/sign-in?state=out&lang=en").html.contains("You are signed out."));
    assert_eq!(desk.get("/desk/account").status, 303);
    // The session that is over is not asked twice, and a provider that is away keeps nobody.
    let (mut desk, _) = Trip::begin(&edge, "/desk").end();
    assert_eq!(desk.get("/desk/account").status, 200);
    drop(provider);
    let out = desk.post("/desk/sign-out", &[("do", "everywhere"), ("lang", "en")]);
    assert!(matches!(out.status, 200 | 303) && out.set_cookie.contains("Max-Age=0"), "{out:?}");
}

/// The same in a browser, which comes back from another site: what it carries then is not what it carries at home.
#[tokio::test(flavor = "multi_thread")]
async fn a_browser_goes_to_the_provider_and_comes_back() {
    let provider = Provider::start("RS256");
    let options = EdgeOptions { issuer: provider.origin.clone(), ..EdgeOptions::default() };
    let edge = Edge::start(&options);
    edge.account("lan", &["ward:agent"]);
    assert!(edge.staff(&["oidc", "lan", "lan@ward.example"]).status.success());
    provider.is(&json!({ "sub": "42", "email": "lan@ward.example" }));
    let browser = Browser::start(1000, 900).await;
    browser.client.goto(&format!("{}/desk/sign-in?lang=vi&next=/desk/account", edge.origin)).await.unwrap();
    browser.is_accessible().await;
    browser.picture("staff-provider").await;
    browser.find("a[href^='/desk/oidc']").await.click().await.unwrap();
    browser.find("#current").await;
    assert!(browser.text().await.contains("Nguyễn Thị Lan"));
}
