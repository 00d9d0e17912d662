//! The Staff object, one for the whole edge: accounts, who is signed in, who tried how often. It answers the worker only;
//! passwords never come here, only their hashes do.

mod attempts;
mod store;

use crate::{
    objects::staff::{attempts::AttemptCounter, store::Store},
    platform::{
        config::{edge_secret, read_binding},
        now, random_bytes,
    },
    rpc::{
        ObjectCall as _, receive_request,
        staff::{
            AccountRef, AdvanceSession, AttemptCheck, ChangeAccount, CheckAttempt, EndSession, ListAccounts,
            OpenProviderSession, OpenSession, OpenedSession, ReadSession, RemoveSiteRoles, SessionAdvance,
            SessionInfo, SessionStep, StaffObject, StaffRequest,
        },
    },
};
use hoi_core::{
    accounts::{
        Account, AccountSummary, Second, Session, SignInStage, command::apply_command, recovery,
        sign_in_stage, totp, tries,
    },
    crypto::encryption::Lock,
    limits::sanitize::Bucket,
};
use std::{cell::RefCell, panic::AssertUnwindSafe};
use worker::{DurableObject, Env, Request, Response, Result, State, durable_object};

/// Under this name its secrets are sealed. No site has a space in its name.
const SEALED_FOR: &str = "desk staff";

#[durable_object]
pub struct Staff {
    env: Env,
    store: Store,
    all: AssertUnwindSafe<RefCell<Option<Bucket>>>,
}

impl DurableObject for Staff {
    fn new(state: State, env: Env) -> Self {
        Staff { env, store: Store::new(state.storage().sql()), all: AssertUnwindSafe(RefCell::default()) }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        self.store.create_tables()?;
        match receive_request::<StaffObject>(&mut request).await?.request {
            StaffRequest::CheckAttempt(attempt) => CheckAttempt::write_reply(&self.check_attempt(attempt)?),
            StaffRequest::OpenSession(asked) => OpenSession::write_reply(&self.open_session(asked)?),
            StaffRequest::OpenProviderSession(asked) => {
                OpenProviderSession::write_reply(&self.open_by_provider(&asked)?)
            }
            StaffRequest::ReadSession(asked) => ReadSession::write_reply(&self.read_session(&asked)?),
            StaffRequest::AdvanceSession(asked) => AdvanceSession::write_reply(&self.advance_session(asked)?),
            StaffRequest::EndSession(asked) => EndSession::write_reply(&self.end_session(&asked)?),
            StaffRequest::ListAccounts(_) => ListAccounts::write_reply(&self.list_accounts()?),
            StaffRequest::RemoveSiteRoles(RemoveSiteRoles { site }) => {
                RemoveSiteRoles::write_reply(&self.remove_site_roles(&site)?)
            }
            StaffRequest::ChangeAccount(asked) => ChangeAccount::write_reply(&self.change_account(asked)?),
        }
    }
}

impl Staff {
    /// A site is no more: nobody has a role there; the names of those who had one.
    fn remove_site_roles(&self, site: &str) -> Result<Vec<String>> {
        let mut names = Vec::new();
        for mut account in self.store.list_accounts()? {
            if account.roles.remove(site).is_some() {
                self.store.keep_account(&account)?;
                names.push(account.name);
            }
        }
        Ok(names)
    }

    /// Counts a try before it is made.
    fn check_attempt(&self, asked: CheckAttempt) -> Result<AttemptCheck> {
        let account = match &asked.account {
            AccountRef::Name(name) => self.store.find_account(name)?,
            AccountRef::Session(digest) => self.find_session(digest)?.map(|(_, account)| account),
        };
        let counted = match &asked.account {
            _ if !asked.counts => Ok((0, 0)),
            AccountRef::Name(name) => self.attempt_counter().count_password(
                name,
                asked.address.as_deref(),
                asked.device.as_deref(),
            )?,
            // Whoever is signed in guesses his own password, whatever strangers do.
            AccountRef::Session(_) => {
                let name = account.as_ref().map(|account| account.name.as_str()).unwrap_or_default();
                self.attempt_counter().count_own("own", name, tries::AttemptKind::Account)?
            }
        };
        let (delay_ms, n) = match counted {
            Ok(counted) => counted,
            Err(wait) => return Ok(AttemptCheck { wait_ms: Some(wait), ..AttemptCheck::default() }),
        };
        let hash = account.as_ref().and_then(|account| account.password_hash(now())).map(str::to_owned);
        let once = account.as_ref().is_some_and(|account| account.once_until.is_some());
        let sites = account.map(|account| account.roles.into_keys().collect()).unwrap_or_default();
        Ok(AttemptCheck { wait_ms: None, delay_ms, hash, once, n, sites })
    }

    fn open_session(&self, asked: OpenSession) -> Result<Option<OpenedSession>> {
        let Some(account) = self.store.find_account(&asked.name)? else { return Ok(None) };
        // It may have been changed or shut while the password was checked.
        if account.password_hash(now()) != Some(asked.hash.as_str()) {
            return Ok(None);
        }
        self.attempt_counter().take_back(&asked.name, asked.address.as_deref(), asked.device.as_deref())?;
        let (name, sites) = (asked.name, account.roles.keys().cloned().collect());
        let stage = self.begin_session(account, &asked.digest, false)?;
        Ok(Some(OpenedSession { stage, name, sites }))
    }

    /// Signs in who is known to the provider: it has asked for whatever the agency wants asked, so no code is asked here.
    fn open_by_provider(&self, asked: &OpenProviderSession) -> Result<Option<OpenedSession>> {
        let all = self.store.list_accounts()?;
        // Whose it has been stands before whose name it is.
        let pinned = all.iter().find(|account| account.subject.is_some() && account.is_person(&asked.person));
        let found = pinned.or_else(|| all.iter().find(|account| account.is_person(&asked.person)));
        let Some(account) = found.filter(|account| !account.disabled) else { return Ok(None) };
        let subject = Some(asked.person.sub.clone());
        let (name, sites) = (account.name.clone(), account.roles.keys().cloned().collect());
        self.store_session(Account { subject, ..account.clone() }, &asked.digest, SignInStage::In)?;
        Ok(Some(OpenedSession { stage: SignInStage::In, name, sites }))
    }

    /// Begins a session. Only a whole sign-in forgets the tries: else who knows the password could try all codes.
    fn begin_session(&self, account: Account, digest: &str, coded: bool) -> Result<SignInStage> {
        let stage = sign_in_stage(&account, coded, self.is_enforced());
        self.store_session(account, digest, stage)?;
        Ok(stage)
    }

    fn store_session(&self, mut account: Account, digest: &str, stage: SignInStage) -> Result<()> {
        let now = now();
        if stage == SignInStage::In {
            account.signed_in = Some(now);
            self.store.keep_account(&account)?;
            self.attempt_counter().reset(&account.name)?;
        }
        self.store.keep_session(digest, &Session::new(&account.name, stage, now))?;
        self.store.remove_old_sessions(&account.name, now)
    }

    /// A session that holds, and its account.
    fn find_session(&self, digest: &str) -> Result<Option<(Session, Account)>> {
        let Some(session) = self.store.find_session(digest)? else { return Ok(None) };
        let account = self.store.find_account(&session.account)?.filter(|account| !account.disabled);
        match account.filter(|_| !session.is_over(now())) {
            Some(account) => Ok(Some((session, account))),
            None => {
                self.store.end_session(digest)?;
                Ok(None)
            }
        }
    }

    fn read_session(&self, asked: &ReadSession) -> Result<Option<SessionInfo>> {
        let Some((mut session, account)) = self.find_session(&asked.digest)? else { return Ok(None) };
        if asked.acted && session.is_to_be_noted(now()) {
            session.used = now();
            self.store.keep_session(&asked.digest, &session)?;
        }
        let wanted = session.stage == SignInStage::Enrol || (asked.enrol && session.stage == SignInStage::In);
        let secret = if wanted && account.second.is_none() {
            Some(self.enrolment_secret(&asked.digest, session.clone())?)
        } else {
            None
        };
        let recovery = account.recovery.len();
        Ok(Some(SessionInfo { stage: session.stage, account: account.summary(), recovery, secret }))
    }

    /// The secret that is being set up in this session, the same however often the page is loaded.
    fn enrolment_secret(&self, digest: &str, mut session: Session) -> Result<String> {
        let (lock, place) = (self.encryption_lock(), format!("enrol:{}", session.account));
        if let Some(kept) = session.enrol.as_deref().and_then(|sealed| lock.open(&place, sealed)) {
            return Ok(kept);
        }
        let written = totp::encode_secret(&random_bytes::<{ totp::SECRET }>()?);
        session.enrol = Some(lock.seal(&place, &written, random_bytes()?));
        self.store.keep_session(digest, &session)?;
        Ok(written)
    }

    fn advance_session(&self, asked: AdvanceSession) -> Result<SessionAdvance> {
        let Some((session, mut account)) = self.find_session(&asked.digest)? else {
            return Ok(SessionAdvance::Ended);
        };
        let mut coded = session.stage != SignInStage::Code;
        match (asked.step, session.stage) {
            (SessionStep::Code(typed), SignInStage::Code) => {
                // By itself: only who knows the password comes so far.
                let counted =
                    self.attempt_counter().count_own("code", &account.name, tries::AttemptKind::Code)?;
                if let Err(wait) = counted {
                    return Ok(SessionAdvance::Wait(wait));
                }
                if !self.is_right(&mut account, &typed) {
                    return Ok(SessionAdvance::WrongCode);
                }
                coded = true;
            }
            (SessionStep::Password { seen, hash }, SignInStage::Renew | SignInStage::In)
                if account.password_hash(now()) == Some(&seen) =>
            {
                account.password = hash;
                account.once_until = None;
                self.store.end_all(&account.name)?;
            }
            (SessionStep::Enrol { typed, recovery }, SignInStage::Enrol | SignInStage::In)
                if account.second.is_none() =>
            {
                let Some(second) = self.verify_enrolment(&session, &typed) else {
                    return Ok(SessionAdvance::WrongCode);
                };
                account.second = Some(second);
                account.recovery = recovery;
            }
            (SessionStep::Recovery(digests), SignInStage::In) if account.second.is_some() => {
                account.recovery = digests
            }
            (
                SessionStep::Code(_)
                | SessionStep::Password { .. }
                | SessionStep::Enrol { .. }
                | SessionStep::Recovery(_),
                _,
            ) => {
                return Ok(SessionAdvance::Ended);
            }
        }
        self.store.keep_account(&account)?;
        self.store.end_session(&asked.digest)?;
        self.begin_session(account, &asked.new, coded).map(SessionAdvance::Advanced)
    }

    /// Whether `typed` is a code that `account` may use now; it is used up by that.
    fn is_right(&self, account: &mut Account, typed: &str) -> bool {
        if let Some(left) = recovery::spend_code(&account.recovery, typed, &self.secret(), &account.name) {
            account.recovery = left;
            return true;
        }
        let place = format!("totp:{}", account.name);
        let Some(second) = &mut account.second else { return false };
        let Some(secret) = self
            .encryption_lock()
            .open(&place, &second.sealed)
            .and_then(|written| totp::decode_secret(&written))
        else {
            worker::console_error!(
                "the edge's secret has changed: `hoi staff reset {}` is needed",
                account.name
            );
            return false;
        };
        match totp::match_step(&secret, typed, second.last, now()) {
            Some(step) => {
                second.last = step;
                true
            }
            None => false,
        }
    }

    /// What makes codes from now on, if `typed` is one of the secret that is being set up.
    fn verify_enrolment(&self, session: &Session, typed: &str) -> Option<Second> {
        let (lock, name) = (self.encryption_lock(), &session.account);
        let written = lock.open(&format!("enrol:{name}"), session.enrol.as_deref()?)?;
        let last = totp::match_step(&totp::decode_secret(&written)?, typed, 0, now())?;
        let sealed = lock.seal(&format!("totp:{name}"), &written, random_bytes().ok()?);
        Some(Second { sealed, last })
    }

    fn end_session(&self, asked: &EndSession) -> Result<()> {
        match self.find_session(&asked.digest)? {
            Some((session, _)) if asked.everywhere && session.stage == SignInStage::In => {
                self.store.end_all(&session.account)
            }
            Some(_) => self.store.end_session(&asked.digest),
            None => Ok(()),
        }
    }

    fn list_accounts(&self) -> Result<Vec<AccountSummary>> {
        Ok(self.store.list_accounts()?.iter().map(Account::summary).collect())
    }

    fn change_account(
        &self,
        asked: ChangeAccount,
    ) -> Result<std::result::Result<Option<AccountSummary>, String>> {
        let name = asked.order.name().to_owned();
        let change = match apply_command(self.store.find_account(&name)?, asked.order, &asked.hash, now()) {
            Ok(change) => change,
            Err(reason) => return Ok(Err(reason)),
        };
        if change.out {
            self.store.end_all(&name)?;
            self.attempt_counter().reset(&name)?;
        }
        match &change.account {
            Some(account) => self.store.keep_account(account)?,
            None => self.store.remove_account(&name)?,
        }
        Ok(Ok(change.account.as_ref().map(Account::summary)))
    }

    /// Whether nobody works here without one-time codes: so it is unless the operator says otherwise.
    fn is_enforced(&self) -> bool {
        read_binding(&self.env, "HOI_DESK_TOTP").as_deref() != Some("off")
    }

    fn attempt_counter(&self) -> AttemptCounter<'_> {
        AttemptCounter { store: &self.store, secret: self.secret(), all: &self.all }
    }

    fn secret(&self) -> Vec<u8> {
        edge_secret(&self.env)
    }

    fn encryption_lock(&self) -> Lock {
        Lock::for_site(&self.secret(), SEALED_FOR)
    }
}
