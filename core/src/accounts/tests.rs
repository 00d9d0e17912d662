use super::{command::apply_command, *};
use std::collections::BTreeMap;
use wire::desk::Role;

fn add(name: &str) -> AccountCommand {
    let roles = BTreeMap::from([("ward".to_owned(), Role::Agent)]);
    AccountCommand::Add {
        name: name.into(),
        shown: " Nguyễn Thị Lan ".into(),
        roles,
        password: None,
        oidc: None,
    }
}

fn lan() -> Account {
    apply_command(None, add("lan"), "hash", 1_000).unwrap().account.unwrap()
}

#[test]
fn an_account_is_made_changed_and_removed() {
    let account = lan();
    assert_eq!((account.shown.as_str(), account.role_at("ward")), ("Nguyễn Thị Lan", Some(Role::Agent)));
    assert_eq!(account.role_at("shop"), None);
    let name = || "lan".to_owned();
    let roles = BTreeMap::from([("ward".to_owned(), None), ("shop".to_owned(), Some(Role::Lead))]);
    let changed =
        apply_command(Some(account.clone()), AccountCommand::Role { name: name(), roles }, "", 2).unwrap();
    assert!(!changed.out);
    let changed = changed.account.unwrap();
    assert_eq!((changed.role_at("ward"), changed.role_at("shop")), (None, Some(Role::Lead)));
    let off = apply_command(Some(account.clone()), AccountCommand::Disable { name: name() }, "", 2).unwrap();
    assert!(off.out);
    assert_eq!(off.account.as_ref().unwrap().role_at("ward"), None);
    assert_eq!(off.account.as_ref().unwrap().password_hash(2_000), None);
    let second = Some(Second { sealed: "s".into(), last: 1 });
    let chosen = Account { once_until: None, second, recovery: vec!["d".into()], ..account.clone() };
    let reset = apply_command(Some(chosen), AccountCommand::Reset { name: name() }, "other", 5).unwrap();
    let fresh = reset.account.unwrap();
    assert!(reset.out && fresh.second.is_none() && fresh.recovery.is_empty() && fresh.once_until.is_some());
    assert_eq!(fresh.password, "other");
    assert_eq!(
        apply_command(Some(account), AccountCommand::Remove { name: name() }, "", 5).unwrap().account,
        None
    );
}

#[test]
fn mistakes_of_operators_are_told() {
    for name in ["", "Lan", "lan@x", ".lan", "lân", &"a".repeat(33)] {
        assert!(apply_command(None, add(name), "h", 0).unwrap_err().contains("lower-case"), "{name}");
    }
    assert!(apply_command(Some(lan()), add("lan"), "h", 0).unwrap_err().contains("already"));
    assert!(
        apply_command(None, AccountCommand::Reset { name: "lan".into() }, "h", 0)
            .unwrap_err()
            .contains("no account")
    );
    let roles = BTreeMap::from([("ward".to_owned(), Role::Unknown)]);
    let unknown =
        AccountCommand::Add { name: "lan".into(), shown: "Lan".into(), roles, password: None, oidc: None };
    assert!(apply_command(None, unknown, "h", 0).unwrap_err().contains("role"));
    let nameless = AccountCommand::Add {
        name: "lan".into(),
        shown: " ".into(),
        roles: BTreeMap::new(),
        password: None,
        oidc: None,
    };
    assert!(apply_command(None, nameless, "h", 0).unwrap_err().contains("--shown"));
}

#[test]
fn a_handed_over_password_opens_for_a_week() {
    let account = lan();
    assert_eq!(account.password_hash(1_000), Some("hash"));
    assert_eq!(account.password_hash(1_000 + account::ONCE_MS), None);
    let own = Account { once_until: None, ..account };
    assert_eq!(own.password_hash(u64::MAX), Some("hash"));
}

#[test]
fn one_step_after_the_other() {
    let fresh = lan();
    let second = Some(Second { sealed: "s".into(), last: 1 });
    let own = Account { once_until: None, ..fresh.clone() };
    let whole = Account { second, ..own.clone() };
    for (account, coded, enforced, expected) in [
        (&fresh, false, true, SignInStage::Renew),
        (&fresh, false, false, SignInStage::Renew),
        (&own, false, true, SignInStage::Enrol),
        (&own, false, false, SignInStage::In),
        (&whole, false, true, SignInStage::Code),
        (&whole, false, false, SignInStage::Code),
        (&whole, true, true, SignInStage::In),
    ] {
        assert_eq!(sign_in_stage(account, coded, enforced), expected);
    }
}

#[test]
fn sessions_end_by_themselves() {
    let mut session = Session::new("lan", SignInStage::In, 0);
    assert!(!session.is_over(session::IDLE_MS - 1));
    assert!(session.is_over(session::IDLE_MS), "left alone");
    session.used = session::LIFE_MS - 1;
    assert!(!session.is_over(session::LIFE_MS - 1));
    assert!(session.is_over(session::LIFE_MS), "however busy");
    assert!(Session::new("lan", SignInStage::Code, 0).is_over(session::STEP_MS));
    let token = session::new_token([7; 32]);
    assert_eq!(session::token_digest(&token).map(|digest| digest.len()), Some(64));
    assert_ne!(session::token_digest(&token).as_deref(), Some(token.as_str()));
    for bad in ["", "x", &token[1..], &format!("{token}0")] {
        assert_eq!(session::token_digest(bad), None, "{bad}");
    }
}

#[test]
fn whose_account_it_is_at_the_provider() {
    let person = |sub: &str, name: &str| oidc::OidcUser { sub: sub.into(), names: vec![name.to_owned()] };
    let nobody = lan();
    assert!(!nobody.is_person(&person("42", "lan@ward.example")));
    let order = AccountCommand::Oidc { name: "lan".into(), oidc: Some(" Lan@Ward.example ".into()) };
    let named = apply_command(Some(nobody), order, "", 1).unwrap().account.unwrap();
    assert!(named.is_person(&person("42", "lan@ward.example")));
    assert!(!named.is_person(&person("42", "minh@ward.example")));
    // Once somebody has come, it is theirs: who is given the same address later is somebody else.
    let pinned = Account { subject: Some("42".into()), ..named };
    assert!(pinned.is_person(&person("42", "renamed@ward.example")));
    assert!(!pinned.is_person(&person("43", "lan@ward.example")));
    let again = AccountCommand::Oidc { name: "lan".into(), oidc: Some("lan@ward.example".into()) };
    assert!(
        apply_command(Some(pinned), again, "", 1)
            .unwrap()
            .account
            .unwrap()
            .is_person(&person("43", "lan@ward.example"))
    );
}

#[test]
fn names_as_they_are_typed() {
    assert_eq!(account::typed_name(" Lan.Nguyen "), "lan.nguyen");
    assert!(account::typed_name(&"a".repeat(999)).len() <= account::MAX_NAME + 1);
}
