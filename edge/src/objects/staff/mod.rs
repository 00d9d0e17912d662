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
            AccountRef, AdvanceSession, AttemptCheck, ChangeAccount, CheckAttempt, CheckStorage, EndSession,
            ListAccounts, OpenProviderSession, OpenSession, OpenedSession, ReadSession, RemoveSiteRoles,
            SessionAdvance, SessionInfo, StaffObject, StaffRequest,
        },
    },
};
use hoi_core::{
    accounts::{
        Account, AccountSummary, Session, SignInStage,
        attempt_keys::{CODE, OWN},
        command::apply_command,
        sign_in::{
            AcceptedStep, BegunSession, SignInKeys, StepOutcome, apply_step, begin_enrolment,
            begin_provider_session, begin_session, enrolled_secret, needs_secret,
        },
        sign_in_attempts,
    },
    crypto::encryption::Lock,
    limits::token_bucket::TokenBucket,
};
use std::{cell::RefCell, panic::AssertUnwindSafe};
use worker::{DurableObject, Env, Request, Response, Result, State, durable_object};

/// Under this name its secrets are sealed. No site has a space in its name.
const SEALED_FOR: &str = "desk staff";

#[durable_object]
pub struct Staff {
    env: Env,
    store: Store,
    all: AssertUnwindSafe<RefCell<Option<TokenBucket>>>,
}

impl DurableObject for Staff {
    fn new(state: State, env: Env) -> Self {
        Staff { env, store: Store::new(state.storage().sql()), all: AssertUnwindSafe(RefCell::default()) }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        self.store.create_tables()?;
        match receive_request::<StaffObject>(&mut request).await?.request {
            // What is answered before it is on the disk is held back until it is, and not sent if it can't be.
            StaffRequest::CheckStorage(_) => CheckStorage::write_reply(&self.store.check_storage(now())?),
            StaffRequest::CheckAttempt(attempt) => {
                CheckAttempt::write_reply(&self.count_password_attempt(attempt)?)
            }
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
                self.store.store_account(&account)?;
                names.push(account.name);
            }
        }
        Ok(names)
    }

    /// Counts an attempt before it is made.
    fn count_password_attempt(&self, asked: CheckAttempt) -> Result<AttemptCheck> {
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
                self.attempt_counter().count_own(OWN, name, sign_in_attempts::AttemptKind::Account)?
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
        let sites = account.roles.keys().cloned().collect();
        let stage =
            self.store_session(begin_session(account, false, self.is_enforced(), now()), &asked.digest)?;
        Ok(Some(OpenedSession { stage, name: asked.name, sites }))
    }

    fn open_by_provider(&self, asked: &OpenProviderSession) -> Result<Option<OpenedSession>> {
        let begun = begin_provider_session(&self.store.list_accounts()?, &asked.person, now());
        let Some(begun) = begun else { return Ok(None) };
        let roles = begun.signed_in.iter().flat_map(|account| account.roles.keys());
        let (name, sites) = (begun.session.account.clone(), roles.cloned().collect());
        let stage = self.store_session(begun, &asked.digest)?;
        Ok(Some(OpenedSession { stage, name, sites }))
    }

    fn store_session(&self, begun: BegunSession, digest: &str) -> Result<SignInStage> {
        let BegunSession { session, signed_in } = begun;
        if let Some(account) = signed_in {
            self.store.store_account(&account)?;
            self.attempt_counter().reset(&account.name)?;
        }
        self.store.store_session(digest, &session)?;
        self.store.remove_old_sessions(&session.account, session.made)?;
        Ok(session.stage)
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
            self.store.store_session(&asked.digest, &session)?;
        }
        let secret = if needs_secret(&session, &account, asked.enrol) {
            Some(self.enrolment_secret(&asked.digest, session.clone())?)
        } else {
            None
        };
        let recovery = account.recovery.len();
        let Session { stage, by_provider, .. } = session;
        Ok(Some(SessionInfo { stage, account: account.summary(), recovery, secret, by_provider }))
    }

    /// The secret that is being set up in this session, begun with the first look at it.
    fn enrolment_secret(&self, digest: &str, mut session: Session) -> Result<String> {
        let lock = self.encryption_lock();
        if let Some(kept) = enrolled_secret(&session, &lock) {
            return Ok(kept);
        }
        let written = begin_enrolment(&mut session, &lock, &random_bytes()?, random_bytes()?);
        self.store.store_session(digest, &session)?;
        Ok(written)
    }

    fn advance_session(&self, asked: AdvanceSession) -> Result<SessionAdvance> {
        let Some((session, account)) = self.find_session(&asked.digest)? else {
            return Ok(SessionAdvance::Ended);
        };
        if asked.step.is_guess(session.stage) {
            let counted =
                self.attempt_counter().count_own(CODE, &account.name, sign_in_attempts::AttemptKind::Code)?;
            if let Err(wait) = counted {
                return Ok(SessionAdvance::Wait(wait));
            }
        }
        let (secret, lock) = (self.secret(), self.encryption_lock());
        let keys = SignInKeys { secret: &secret, lock: &lock };
        let accepted = match apply_step(&session, account, asked.step, keys, random_bytes()?, now()) {
            StepOutcome::Accepted(accepted) => accepted,
            StepOutcome::WrongCode => return Ok(SessionAdvance::WrongCode),
            StepOutcome::SecretChanged => {
                let name = &session.account;
                worker::console_error!("the edge's secret has changed: `hoi staff reset {name}` is needed");
                return Ok(SessionAdvance::WrongCode);
            }
            StepOutcome::Impossible => return Ok(SessionAdvance::Ended),
        };
        let AcceptedStep { account, coded, ends_others } = *accepted;
        if ends_others {
            self.store.end_all(&account.name)?;
        }
        self.store.store_account(&account)?;
        self.store.end_session(&asked.digest)?;
        let mut begun = begin_session(account, coded, self.is_enforced(), now());
        begun.session.by_provider = session.by_provider;
        self.store_session(begun, &asked.new).map(SessionAdvance::Advanced)
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
            Some(account) => self.store.store_account(account)?,
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
