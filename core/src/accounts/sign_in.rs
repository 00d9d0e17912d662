//! Signing in, step by step: what is done in a session, and what follows from it. The shell reads the session and its
//! account, counts the try where a step is one, and writes what comes out.

use super::{
    account::{Account, Second},
    oidc::OidcUser,
    recovery,
    session::{Session, SignInStage, sign_in_stage},
    totp,
};
use crate::crypto::encryption::{Lock, NONCE};
use serde::{Deserialize, Serialize};

/// What the edge has for signing in.
#[derive(Clone, Copy)]
pub struct SignInKeys<'a> {
    /// The edge's secret: digests of recovery codes are made with it.
    pub secret: &'a [u8],
    /// What seals the secrets of one-time codes.
    pub lock: &'a Lock,
}

/// What is done in a session.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum SessionStep {
    /// A code was typed, of the app or from the paper.
    Code(String),
    /// An own password was chosen.
    Password {
        /// Hash of the one before.
        seen: String,
        /// Hash of the new one.
        hash: String,
    },
    /// A code was typed of the secret that is being set up.
    Enrol {
        /// The code.
        typed: String,
        /// Digests of new recovery codes.
        recovery: Vec<String>,
    },
    /// New recovery codes, by their digests.
    Recovery(Vec<String>),
}

impl SessionStep {
    /// Whether it is a guess at a one-time code, which is counted before it is looked at.
    pub fn is_guess(&self, stage: SignInStage) -> bool {
        matches!((self, stage), (SessionStep::Code(_), SignInStage::Code))
    }
}

/// What follows from a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StepOutcome {
    /// It holds: a new session takes the place of the old one.
    Accepted(Box<AcceptedStep>),
    /// It was not the right code.
    WrongCode,
    /// What makes the account's codes was sealed with another secret: the account has to be reset.
    SecretChanged,
    /// Nothing of the kind can be done in this session.
    Impossible,
}

/// A step that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AcceptedStep {
    /// The account from now on.
    pub account: Account,
    /// Whether the right code was given, in this session or just now.
    pub coded: bool,
    /// Whether all other sessions of the account end.
    pub ends_others: bool,
}

/// What follows from `step` in `session` of `account`. `nonce` is for what is sealed.
pub fn apply_step(
    session: &Session,
    account: Account,
    step: SessionStep,
    keys: SignInKeys<'_>,
    nonce: [u8; NONCE],
    now: u64,
) -> StepOutcome {
    let coded = session.stage != SignInStage::Code;
    let accepted = |account, coded, ends_others| {
        StepOutcome::Accepted(Box::new(AcceptedStep { account, coded, ends_others }))
    };
    match (step, session.stage) {
        (SessionStep::Code(typed), SignInStage::Code) => match spend_code(account, &typed, keys, now) {
            Ok(account) => accepted(account, true, false),
            Err(outcome) => outcome,
        },
        (SessionStep::Password { seen, hash }, SignInStage::Renew | SignInStage::In)
            if account.password_hash(now) == Some(&seen) =>
        {
            accepted(Account { password: hash, once_until: None, ..account }, coded, true)
        }
        (SessionStep::Enrol { typed, recovery }, SignInStage::Enrol | SignInStage::In)
            if account.second.is_none() =>
        {
            match verify_enrolment(session, &typed, keys.lock, nonce, now) {
                Some(second) => accepted(Account { second: Some(second), recovery, ..account }, coded, false),
                None => StepOutcome::WrongCode,
            }
        }
        (SessionStep::Recovery(recovery), SignInStage::In) if account.second.is_some() => {
            accepted(Account { recovery, ..account }, coded, false)
        }
        (
            SessionStep::Code(_)
            | SessionStep::Password { .. }
            | SessionStep::Enrol { .. }
            | SessionStep::Recovery(_),
            _,
        ) => StepOutcome::Impossible,
    }
}

/// `account` once the code `typed` is used up, if it may be used now; else what follows.
fn spend_code(account: Account, typed: &str, keys: SignInKeys<'_>, now: u64) -> Result<Account, StepOutcome> {
    if let Some(left) = recovery::spend_code(&account.recovery, typed, keys.secret, &account.name) {
        return Ok(Account { recovery: left, ..account });
    }
    let Some(second) = &account.second else { return Err(StepOutcome::WrongCode) };
    let written = keys.lock.open(&totp_seal(&account.name), &second.sealed);
    let secret = written.and_then(|written| totp::decode_secret(&written));
    let secret = secret.ok_or(StepOutcome::SecretChanged)?;
    let last = totp::match_step(&secret, typed, second.last, now).ok_or(StepOutcome::WrongCode)?;
    let second = Some(Second { last, ..second.clone() });
    Ok(Account { second, ..account })
}

/// What makes codes from now on, if `typed` is one of the secret that is being set up.
fn verify_enrolment(
    session: &Session,
    typed: &str,
    lock: &Lock,
    nonce: [u8; NONCE],
    now: u64,
) -> Option<Second> {
    let written = enrolled_secret(session, lock)?;
    let last = totp::match_step(&totp::decode_secret(&written)?, typed, 0, now)?;
    Some(Second { sealed: lock.seal(&totp_seal(&session.account), &written, nonce), last })
}

/// Whether `session` is to be shown a secret for one-time codes; `asked`: whoever is signed in wants one.
pub fn needs_secret(session: &Session, account: &Account, asked: bool) -> bool {
    let wanted = session.stage == SignInStage::Enrol || (asked && session.stage == SignInStage::In);
    wanted && account.second.is_none()
}

/// The secret that is being set up in `session`, as it is typed: the same however often the page is loaded.
pub fn enrolled_secret(session: &Session, lock: &Lock) -> Option<String> {
    lock.open(&enrolment_seal(&session.account), session.enrol.as_deref()?)
}

/// Has a secret made of `random` set up in `session`; gives it as it is typed.
pub fn begin_enrolment(
    session: &mut Session,
    lock: &Lock,
    random: &[u8; totp::SECRET],
    nonce: [u8; NONCE],
) -> String {
    let written = totp::encode_secret(random);
    session.enrol = Some(lock.seal(&enrolment_seal(&session.account), &written, nonce));
    written
}

fn totp_seal(name: &str) -> String {
    format!("totp:{name}")
}

fn enrolment_seal(name: &str) -> String {
    format!("enrol:{name}")
}

/// A session that begins, and what it changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BegunSession {
    /// The session.
    pub session: Session,
    /// The account, if the sign-in is whole: it is written, and its tries are forgotten. Else who knows the password could try
    /// all codes.
    pub signed_in: Option<Account>,
}

/// A session of `account`, which has given the right password and, if `coded`, the right code too. `enforced`: nobody works
/// here without one-time codes.
pub fn begin_session(account: Account, coded: bool, enforced: bool, now: u64) -> BegunSession {
    let stage = sign_in_stage(&account, coded, enforced);
    let session = Session::new(&account.name, stage, now);
    let signed_in = (stage == SignInStage::In).then_some(Account { signed_in: Some(now), ..account });
    BegunSession { session, signed_in }
}

/// A session of who is known to the provider, if one of `accounts` is theirs: the provider has asked for whatever the agency
/// wants asked, so no code is asked here.
pub fn begin_provider_session(accounts: &[Account], person: &OidcUser, now: u64) -> Option<BegunSession> {
    // Whose it has been stands before whose name it is.
    let pinned = accounts.iter().find(|account| account.subject.is_some() && account.is_person(person));
    let found = pinned.or_else(|| accounts.iter().find(|account| account.is_person(person)));
    let account = found.filter(|account| !account.disabled)?.clone();
    let session = Session { by_provider: true, ..Session::new(&account.name, SignInStage::In, now) };
    let account = Account { subject: Some(person.sub.clone()), signed_in: Some(now), ..account };
    Some(BegunSession { session, signed_in: Some(account) })
}

#[cfg(test)]
mod tests {
    use super::{super::command::apply_command, *};
    use crate::accounts::AccountCommand;

    const NOW: u64 = 1_780_000_000_000;
    const RANDOM: [u8; totp::SECRET] = [7; totp::SECRET];

    fn lock() -> Lock {
        Lock::for_site(b"secret", "desk staff")
    }

    fn lan() -> Account {
        let order = AccountCommand::Add {
            name: "lan".into(),
            shown: "Lan".into(),
            roles: [("ward".to_owned(), wire::desk::Role::Agent)].into(),
            password: None,
            oidc: Some("lan@ward.example".into()),
        };
        let account = apply_command(None, order, "handed over", NOW).unwrap().account.unwrap();
        Account { once_until: None, ..account }
    }

    fn code_at(now: u64) -> String {
        format!("{:06}", totp::code_at_step(&RANDOM, now / 30_000))
    }

    fn apply(session: &Session, account: &Account, step: SessionStep, now: u64) -> StepOutcome {
        let keys = SignInKeys { secret: b"secret", lock: &lock() };
        apply_step(session, account.clone(), step, keys, [1; NONCE], now)
    }

    fn accept(session: &Session, account: &Account, step: SessionStep, now: u64) -> AcceptedStep {
        match apply(session, account, step, now) {
            StepOutcome::Accepted(step) => *step,
            other => panic!("{other:?}"),
        }
    }

    /// With one-time codes.
    fn enrolled() -> Account {
        let mut session = Session::new("lan", SignInStage::Enrol, NOW);
        begin_enrolment(&mut session, &lock(), &RANDOM, [2; NONCE]);
        let code = recovery::codes_from_random(&[3; 7 * recovery::CODES])[0];
        let recovery = vec![recovery::code_digest(code, b"secret", "lan")];
        accept(&session, &lan(), SessionStep::Enrol { typed: code_at(NOW), recovery }, NOW).account
    }

    #[test]
    fn codes_are_set_up_with_the_secret_that_was_shown() {
        let mut session = Session::new("lan", SignInStage::Enrol, NOW);
        assert!(needs_secret(&session, &lan(), false));
        assert_eq!(enrolled_secret(&session, &lock()), None);
        let shown = begin_enrolment(&mut session, &lock(), &RANDOM, [2; NONCE]);
        assert_eq!(enrolled_secret(&session, &lock()), Some(shown), "the same when the page is loaded again");
        let step = |typed: &str| SessionStep::Enrol { typed: typed.into(), recovery: Vec::new() };
        assert_eq!(apply(&session, &lan(), step("000000"), NOW), StepOutcome::WrongCode);
        let account = accept(&session, &lan(), step(&code_at(NOW)), NOW).account;
        assert!(account.second.is_some());
        assert!(!needs_secret(&session, &account, true));
        assert_eq!(apply(&session, &account, step(&code_at(NOW)), NOW), StepOutcome::Impossible, "once");
    }

    #[test]
    fn a_code_is_good_once() {
        let (account, later) = (enrolled(), NOW + 60_000);
        let session = Session::new("lan", SignInStage::Code, later);
        let step = |typed: String| SessionStep::Code(typed);
        assert!(
            step(String::new()).is_guess(session.stage) && !step(String::new()).is_guess(SignInStage::In)
        );
        let used = accept(&session, &account, step(code_at(later)), later);
        assert!(used.coded && !used.ends_others);
        assert_eq!(apply(&session, &used.account, step(code_at(later)), later), StepOutcome::WrongCode);
        let paper = recovery::codes_from_random(&[3; 7 * recovery::CODES])[0].to_string();
        let used = accept(&session, &account, step(paper.clone()), later);
        assert!(used.account.recovery.is_empty());
        assert_eq!(apply(&session, &used.account, step(paper), later), StepOutcome::WrongCode);
        let other = Lock::for_site(b"another", "desk staff");
        let keys = SignInKeys { secret: b"another", lock: &other };
        let outcome = apply_step(&session, account, step(code_at(later)), keys, [1; NONCE], later);
        assert_eq!(outcome, StepOutcome::SecretChanged);
    }

    #[test]
    fn each_step_has_its_stage() {
        let password = |seen: &str| SessionStep::Password { seen: seen.into(), hash: "own".into() };
        let renew = Session::new("lan", SignInStage::Renew, NOW);
        let handed = Account { once_until: Some(NOW + 1), ..lan() };
        let chosen = accept(&renew, &handed, password("handed over"), NOW);
        assert!(chosen.ends_others && chosen.account.once_until.is_none());
        assert_eq!(chosen.account.password, "own");
        assert_eq!(apply(&renew, &handed, password("changed meanwhile"), NOW), StepOutcome::Impossible);
        let code = Session::new("lan", SignInStage::Code, NOW);
        for step in [password("handed over"), SessionStep::Recovery(Vec::new())] {
            assert_eq!(apply(&code, &enrolled(), step, NOW), StepOutcome::Impossible, "the code comes first");
        }
        let whole = Session::new("lan", SignInStage::In, NOW);
        let fresh = accept(&whole, &enrolled(), SessionStep::Recovery(vec!["d".into()]), NOW);
        assert_eq!(fresh.account.recovery, ["d"]);
        assert!(fresh.coded, "who is signed in has given it before");
        assert_eq!(
            apply(&whole, &lan(), SessionStep::Recovery(Vec::new()), NOW),
            StepOutcome::Impossible,
            "without codes there is nothing to replace"
        );
    }

    #[test]
    fn only_a_whole_sign_in_forgets_the_tries() {
        let begun = begin_session(enrolled(), false, true, NOW);
        assert_eq!((begun.session.stage, begun.signed_in), (SignInStage::Code, None));
        let begun = begin_session(enrolled(), true, true, NOW);
        assert_eq!(begun.session.stage, SignInStage::In);
        assert_eq!(begun.signed_in.and_then(|account| account.signed_in), Some(NOW));
        assert_eq!(begin_session(lan(), false, true, NOW).signed_in, None, "codes are to be set up");
    }

    #[test]
    fn the_provider_says_whose_account_it_is() {
        let person = |sub: &str| OidcUser { sub: sub.into(), names: vec!["lan@ward.example".to_owned()] };
        let begun = begin_provider_session(&[enrolled()], &person("42"), NOW).expect("her name");
        assert_eq!(begun.session.stage, SignInStage::In, "no code is asked");
        assert!(begun.session.by_provider && !begin_session(enrolled(), true, true, NOW).session.by_provider);
        let pinned = begun.signed_in.expect("a whole sign-in");
        assert_eq!(pinned.subject.as_deref(), Some("42"));
        assert_eq!(begin_provider_session(std::slice::from_ref(&pinned), &person("43"), NOW), None);
        // Somebody else has the name now; whose account it has been still opens it.
        let named = Account { name: "minh".into(), ..lan() };
        let begun = begin_provider_session(&[named, pinned.clone()], &person("42"), NOW).expect("pinned");
        assert_eq!(begun.session.account, "lan");
        let disabled = Account { disabled: true, ..pinned };
        assert_eq!(begin_provider_session(&[disabled], &person("42"), NOW), None);
    }
}
