//! The Staff object, one for the whole edge: accounts, who is signed in, who tried how often. It answers the worker only;
//! passwords never come here, only their hashes do.

use super::{
    config::text,
    platform::{now, random},
    staff_asked::{Known, Look, Open, Opened, Ordered, Out, Seen, Step, Stepped, Tried, Try, What, Whose},
    staff_store::Store,
};
use crate::{
    gate::Bucket,
    sealed::Lock,
    staff::{
        Account, Listed, Second, Session, Stage,
        order::obey,
        recovery, stage, totp,
        tries::{self, Go, Stranger},
    },
};
use serde::de::DeserializeOwned;
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
        self.store.exists()?;
        match request.path().as_str() {
            "/try" => Response::from_json(&self.try_it(read(&mut request).await?)?),
            "/open" => Response::from_json(&self.open(read(&mut request).await?)?),
            "/known" => Response::from_json(&self.known(&read(&mut request).await?)?),
            "/look" => Response::from_json(&self.look(&read(&mut request).await?)?),
            "/step" => Response::from_json(&self.step(read(&mut request).await?)?),
            "/out" => Response::from_json(&self.out(&read(&mut request).await?)?),
            "/list" => Response::from_json(&self.list()?),
            "/forget-site" => Response::from_json(&self.forget_site(&read::<String>(&mut request).await?)?),
            "/order" => Response::from_json(&self.order(read(&mut request).await?)?),
            _ => Response::error("", 404),
        }
    }
}

/// By the same reader as everything else: a second one for the same shapes would weigh as much again.
async fn read<T: DeserializeOwned>(request: &mut Request) -> Result<T> {
    Ok(serde_json::from_str(&request.text().await?)?)
}

/// A try was counted: how long it is held, in milliseconds, and the how many-th it is. Or it was not: how long to wait.
type Counted = std::result::Result<(u64, u32), u64>;

/// Under what a stranger's tries are kept.
struct StrangerKeys {
    account: String,
    address: Option<String>,
    everywhere: String,
}

impl StrangerKeys {
    fn of(staff: &Staff, name: &str, address: Option<&str>) -> StrangerKeys {
        let account = match address {
            Some(address) => staff.key("name at", &format!("{address} {name}")),
            None => staff.key("name", name),
        };
        let address = address.map(|address| staff.key("address", address));
        StrangerKeys { account, address, everywhere: staff.key("everywhere", name) }
    }
}

impl Staff {
    /// A site is no more: nobody has a role there; the names of those who had one.
    fn forget_site(&self, site: &str) -> Result<Vec<String>> {
        let mut names = Vec::new();
        for mut account in self.store.accounts()? {
            if account.roles.remove(site).is_some() {
                self.store.keep_account(&account)?;
                names.push(account.name);
            }
        }
        Ok(names)
    }

    /// Counts a try before it is made.
    fn try_it(&self, asked: Try) -> Result<Tried> {
        let account = match &asked.whose {
            Whose::Name(name) => self.store.account(name)?,
            Whose::Session(digest) => self.session(digest)?.map(|(_, account)| account),
        };
        let counted = match &asked.whose {
            _ if !asked.counts => Ok((0, 0)),
            Whose::Name(name) => self.count(name, asked.address.as_deref(), asked.device.as_deref())?,
            // Whoever is signed in guesses his own password, whatever strangers do.
            Whose::Session(_) => {
                let name = account.as_ref().map(|account| account.name.as_str()).unwrap_or_default();
                self.count_one(&self.key("own", name), tries::Who::Account)?
            }
        };
        let (delay_ms, n) = match counted {
            Ok(counted) => counted,
            Err(wait) => return Ok(Tried { wait_ms: Some(wait), ..Tried::default() }),
        };
        let hash = account.as_ref().and_then(|account| account.lock(now())).map(str::to_owned);
        let once = account.as_ref().is_some_and(|account| account.once_until.is_some());
        let sites = account.map(|account| account.roles.into_keys().collect()).unwrap_or_default();
        Ok(Tried { wait_ms: None, delay_ms, hash, once, n, sites })
    }

    /// Counts a try at a password: how long it is held, in milliseconds, and the how many-th it is; or how long to wait
    /// before it.
    fn count(&self, name: &str, address: Option<&str>, device: Option<&str>) -> Result<Counted> {
        if let Some(device) = device {
            return self.count_one(&self.device_key(name, device), tries::Who::Device);
        }
        let now = now();
        let keys = StrangerKeys::of(self, name, address);
        let stranger = Stranger {
            account: self.store.tries(&keys.account)?,
            address: keys.address.as_ref().map(|key| self.store.tries(key)).transpose()?,
            everywhere: self.store.tries(&keys.everywhere)?,
        };
        let mut all = self.all.borrow_mut();
        let all = all.get_or_insert_with(|| Bucket::full(tries::ALL, now));
        let Go { stranger, delay_ms } = match stranger.take(all, now) {
            Ok(go) => go,
            Err(wait) => return Ok(Err(wait)),
        };
        self.store.keep_tries(&keys.account, stranger.account, now)?;
        self.store.keep_tries(&keys.everywhere, stranger.everywhere, now)?;
        if let (Some(key), Some(tries)) = (keys.address, stranger.address) {
            self.store.keep_tries(&key, tries, now)?;
        }
        Ok(Ok((delay_ms, stranger.everywhere.n)))
    }

    /// Counts a try under one key: nothing to wait for, or how long to wait before it, in milliseconds.
    fn count_one(&self, key: &str, who: tries::Who) -> Result<Counted> {
        match self.store.tries(key)?.take(who.policy(), now()) {
            Ok(more) => self.store.keep_tries(key, more, now()).map(|()| Ok((0, more.n))),
            Err(wait) => Ok(Err(wait)),
        }
    }

    /// A password was right: that was no guess.
    fn take_back(&self, name: &str, address: Option<&str>, device: Option<&str>) -> Result<()> {
        if let Some(device) = device {
            return self.store.forget_tries(&self.device_key(name, device));
        }
        let keys = StrangerKeys::of(self, name, address);
        self.store.forget_tries(&keys.account)?;
        for key in keys.address.iter().chain([&keys.everywhere]) {
            self.store.keep_tries(key, self.store.tries(key)?.take_back(), now())?;
        }
        Ok(())
    }

    fn device_key(&self, name: &str, device: &str) -> String {
        self.key("device", &format!("{device} {name}"))
    }

    /// Under what tries are kept: whatever strangers type for a name is not written down.
    fn key(&self, kind: &str, text: &str) -> String {
        crate::keyed::tag(&self.secret(), &[format!("hoi tries 1\n{kind}\n{text}").as_bytes()], 16)
    }

    /// What was tried at this account from nowhere in particular. What was tried from an address stays with that.
    fn forget_tries(&self, name: &str) -> Result<()> {
        ["name", "code", "own", "everywhere"]
            .iter()
            .try_for_each(|kind| self.store.forget_tries(&self.key(kind, name)))
    }

    fn open(&self, asked: Open) -> Result<Option<Opened>> {
        let Some(account) = self.store.account(&asked.name)? else { return Ok(None) };
        // It may have been changed or shut while the password was checked.
        if account.lock(now()) != Some(asked.hash.as_str()) {
            return Ok(None);
        }
        self.take_back(&asked.name, asked.address.as_deref(), asked.device.as_deref())?;
        let (name, sites) = (asked.name, account.roles.keys().cloned().collect());
        let stage = self.begin(account, &asked.digest, false)?;
        Ok(Some(Opened { stage, name, sites }))
    }

    /// Signs in who is known to the provider: it has asked for whatever the agency wants asked, so no code is asked here.
    fn known(&self, asked: &Known) -> Result<Option<Opened>> {
        let all = self.store.accounts()?;
        // Whose it has been stands before whose name it is.
        let pinned = all.iter().find(|account| account.subject.is_some() && account.is(&asked.person));
        let found = pinned.or_else(|| all.iter().find(|account| account.is(&asked.person)));
        let Some(account) = found.filter(|account| !account.disabled) else { return Ok(None) };
        let subject = Some(asked.person.sub.clone());
        let (name, sites) = (account.name.clone(), account.roles.keys().cloned().collect());
        self.enter(Account { subject, ..account.clone() }, &asked.digest, Stage::In)?;
        Ok(Some(Opened { stage: Stage::In, name, sites }))
    }

    /// Begins a session. Only a whole sign-in forgets the tries: else who knows the password could try all codes.
    fn begin(&self, account: Account, digest: &str, coded: bool) -> Result<Stage> {
        let stage = stage(&account, coded, self.is_enforced());
        self.enter(account, digest, stage)?;
        Ok(stage)
    }

    fn enter(&self, mut account: Account, digest: &str, stage: Stage) -> Result<()> {
        let now = now();
        if stage == Stage::In {
            account.signed_in = Some(now);
            self.store.keep_account(&account)?;
            self.forget_tries(&account.name)?;
        }
        self.store.keep_session(digest, &Session::new(&account.name, stage, now))?;
        self.store.tidy(&account.name, now)
    }

    /// A session that holds, and its account.
    fn session(&self, digest: &str) -> Result<Option<(Session, Account)>> {
        let Some(session) = self.store.session(digest)? else { return Ok(None) };
        let account = self.store.account(&session.account)?.filter(|account| !account.disabled);
        match account.filter(|_| !session.is_over(now())) {
            Some(account) => Ok(Some((session, account))),
            None => {
                self.store.end_session(digest)?;
                Ok(None)
            }
        }
    }

    fn look(&self, asked: &Look) -> Result<Option<Seen>> {
        let Some((mut session, account)) = self.session(&asked.digest)? else { return Ok(None) };
        if asked.acted && session.is_to_be_noted(now()) {
            session.used = now();
            self.store.keep_session(&asked.digest, &session)?;
        }
        let wanted = session.stage == Stage::Enrol || (asked.enrol && session.stage == Stage::In);
        let secret = if wanted && account.second.is_none() {
            Some(self.enrolling(&asked.digest, session.clone())?)
        } else {
            None
        };
        let recovery = account.recovery.len();
        Ok(Some(Seen { stage: session.stage, account: account.listed(), recovery, secret }))
    }

    /// The secret that is being set up in this session, the same however often the page is loaded.
    fn enrolling(&self, digest: &str, mut session: Session) -> Result<String> {
        let (lock, place) = (self.lock(), format!("enrol:{}", session.account));
        if let Some(kept) = session.enrol.as_deref().and_then(|sealed| lock.open(&place, sealed)) {
            return Ok(kept);
        }
        let written = totp::written(&random::<{ totp::SECRET }>()?);
        session.enrol = Some(lock.seal(&place, &written, random()?));
        self.store.keep_session(digest, &session)?;
        Ok(written)
    }

    fn step(&self, asked: Step) -> Result<Stepped> {
        let Some((session, mut account)) = self.session(&asked.digest)? else { return Ok(Stepped::Over) };
        let mut coded = session.stage != Stage::Code;
        match (asked.what, session.stage) {
            (What::Code(typed), Stage::Code) => {
                // By itself: only who knows the password comes so far.
                let counted = self.count_one(&self.key("code", &account.name), tries::Who::Code)?;
                if let Err(wait) = counted {
                    return Ok(Stepped::Wait(wait));
                }
                if !self.is_right(&mut account, &typed) {
                    return Ok(Stepped::Wrong);
                }
                coded = true;
            }
            (What::Password { seen, hash }, Stage::Renew | Stage::In)
                if account.lock(now()) == Some(&seen) =>
            {
                account.password = hash;
                account.once_until = None;
                self.store.end_all(&account.name)?;
            }
            (What::Enrol { typed, recovery }, Stage::Enrol | Stage::In) if account.second.is_none() => {
                let Some(second) = self.enrolled(&session, &typed) else { return Ok(Stepped::Wrong) };
                account.second = Some(second);
                account.recovery = recovery;
            }
            (What::Recovery(digests), Stage::In) if account.second.is_some() => account.recovery = digests,
            (What::Code(_) | What::Password { .. } | What::Enrol { .. } | What::Recovery(_), _) => {
                return Ok(Stepped::Over);
            }
        }
        self.store.keep_account(&account)?;
        self.store.end_session(&asked.digest)?;
        self.begin(account, &asked.new, coded).map(Stepped::On)
    }

    /// Whether `typed` is a code that `account` may use now; it is used up by that.
    fn is_right(&self, account: &mut Account, typed: &str) -> bool {
        if let Some(left) = recovery::without(&account.recovery, typed, &self.secret(), &account.name) {
            account.recovery = left;
            return true;
        }
        let place = format!("totp:{}", account.name);
        let Some(second) = &mut account.second else { return false };
        let Some(secret) = self.lock().open(&place, &second.sealed).and_then(|written| totp::read(&written))
        else {
            worker::console_error!(
                "the edge's secret has changed: `hoi staff reset {}` is needed",
                account.name
            );
            return false;
        };
        match totp::step(&secret, typed, second.last, now()) {
            Some(step) => {
                second.last = step;
                true
            }
            None => false,
        }
    }

    /// What makes codes from now on, if `typed` is one of the secret that is being set up.
    fn enrolled(&self, session: &Session, typed: &str) -> Option<Second> {
        let (lock, name) = (self.lock(), &session.account);
        let written = lock.open(&format!("enrol:{name}"), session.enrol.as_deref()?)?;
        let last = totp::step(&totp::read(&written)?, typed, 0, now())?;
        let sealed = lock.seal(&format!("totp:{name}"), &written, random().ok()?);
        Some(Second { sealed, last })
    }

    fn out(&self, asked: &Out) -> Result<()> {
        match self.session(&asked.digest)? {
            Some((session, _)) if asked.everywhere && session.stage == Stage::In => {
                self.store.end_all(&session.account)
            }
            Some(_) => self.store.end_session(&asked.digest),
            None => Ok(()),
        }
    }

    fn list(&self) -> Result<Vec<Listed>> {
        Ok(self.store.accounts()?.iter().map(Account::listed).collect())
    }

    fn order(&self, asked: Ordered) -> Result<std::result::Result<Option<Listed>, String>> {
        let name = asked.order.name().to_owned();
        let change = match obey(self.store.account(&name)?, asked.order, &asked.hash, now()) {
            Ok(change) => change,
            Err(reason) => return Ok(Err(reason)),
        };
        if change.out {
            self.store.end_all(&name)?;
            self.forget_tries(&name)?;
        }
        match &change.account {
            Some(account) => self.store.keep_account(account)?,
            None => self.store.remove_account(&name)?,
        }
        Ok(Ok(change.account.as_ref().map(Account::listed)))
    }

    /// Whether nobody works here without one-time codes: so it is unless the operator says otherwise.
    fn is_enforced(&self) -> bool {
        text(&self.env, "HOI_DESK_TOTP").as_deref() != Some("off")
    }

    fn secret(&self) -> Vec<u8> {
        text(&self.env, "HOI_SECRET").unwrap_or_default().into_bytes()
    }

    fn lock(&self) -> Lock {
        Lock::of(&self.secret(), SEALED_FOR)
    }
}
