//! Carries a question to the agency and its reply back, as it grows.
//!
//! The question stands in the outbox until it has its answer. Should the object die on the way, its alarm takes the
//! question up again with the same idempotency key. Should the agency be away, the question is left behind: the
//! visitor is told, and the alarm brings it when the agency is back.

use super::{
    agency_call::{Exchange, ExchangeError, ExchangeOutcome},
    alarm,
    context::ConversationContext,
    documents,
    execute::execute_effects,
    guard,
    speaker::Nobody,
    sql_store::SqlStore,
    usage::record_usage,
};
use crate::{
    cache::{attach_data, sites, usage},
    platform::{config::encryption_lock, failpoint, now, random_number},
    rpc::conversation::ConversationKey,
};
use futures_util::FutureExt as _;
use hoi_core::{
    agency::{
        Attempt, Call, CallAdmission, CallKind, CallOutcome, Failure, NextAction, build_question,
        full_jitter, next_action, next_try,
    },
    application::case::AgencySubmission,
    connector::{Connector, find_connector},
    conversation::{self, ConversationStore as _, Effect, Pending, StoreError},
    decide::Published,
};
use site::Agency;
use std::{panic::AssertUnwindSafe, rc::Rc, time::Duration};
use worker::{Delay, Error, Result};

/// A place at the agency is held this much longer than a call may take, in milliseconds.
const GRACE_MS: u64 = 5_000;
/// Somebody who waits is not told "later" for so short a wait, in milliseconds.
const SHORT_MS: u64 = 2_000;
/// How long somebody waits for a free place, or for the question before, in milliseconds.
const QUEUE_MS: u64 = 10_000;
/// How often to look whether the question before has been delivered, in milliseconds.
const TURN_MS: u64 = 100;

/// Has the question `seq` delivered, whatever becomes of what asks for it.
pub fn start_delivery(context: &Rc<ConversationContext>, whose: &ConversationKey, seq: u64) {
    let (this, whose) = (context.clone(), whose.clone());
    context.state.wait_until(async move { deliver_question(&this, &whose, seq).await });
}

/// Brings every question that is due and not on its way.
pub fn resume_deliveries(context: &Rc<ConversationContext>, whose: &ConversationKey) -> Result<()> {
    let now = now();
    let due = |pending: &Pending| pending.left.is_none_or(|left| left.next <= now);
    let pending = context.store.read(|store| store.pending())?;
    for pending in pending.into_iter().filter(due) {
        start_delivery(context, whose, pending.seq);
    }
    Ok(())
}

/// Delivers the question `seq`; whatever happens, the visitor gets an answer or is told.
async fn deliver_question(context: &Rc<ConversationContext>, whose: &ConversationKey, seq: u64) {
    if !context.in_flight.borrow_mut().insert(seq) {
        return;
    }
    // A panic must not leave the question marked as on its way: nobody would take it up again.
    let delivered = AssertUnwindSafe(run_attempts(context, whose, seq)).catch_unwind().await;
    let delivered = delivered.unwrap_or_else(|_| Err(Error::RustError("it panicked, see above".into())));
    if let Err(error) = delivered {
        worker::console_error!("delivery of message {seq} broke off: {error}");
        if let Err(error) = put_off(context, whose, seq).await {
            worker::console_error!("and it can't be put off: {error}");
        }
    }
    if let Ok(Some(published)) = sites::find_published(&context.env, &whose.site).await {
        record_usage(context, &published, None);
    }
    if let Err(error) = documents::delete_outlived(context) {
        worker::console_error!("papers of a case that is over can't be deleted: {error}");
    }
    context.in_flight.borrow_mut().remove(&seq);
    context.stopped.borrow_mut().remove(&seq);
    context.store.mark_written();
    if let Err(error) = alarm::update_if_written(context).await {
        // The alarm that was set before the delivery still stands.
        worker::console_error!("the alarm could not be set: {error}");
    }
}

/// Whatever is wrong with us is no better the moment after: the question is kept, and tried again later and later.
async fn put_off(context: &Rc<ConversationContext>, whose: &ConversationKey, seq: u64) -> Result<()> {
    let Some(published) = sites::find_published(&context.env, &whose.site).await? else { return Ok(()) };
    let pending = context.store.read(|store| store.pending())?;
    let Some(pending) = pending.into_iter().find(|pending| pending.seq == seq) else { return Ok(()) };
    leave_behind(context, whose, &pending, now(), |store, next| {
        conversation::leave_behind(store, &published, pending.seq, next, now())
    })
    .await
}

/// Keeps a question for later, not before `until`: `keep` does, given when it is looked after next.
async fn leave_behind(
    context: &Rc<ConversationContext>,
    whose: &ConversationKey,
    pending: &Pending,
    until: u64,
    keep: impl FnOnce(&mut SqlStore, u64) -> std::result::Result<Vec<Effect>, StoreError>,
) -> Result<()> {
    let times = pending.left.map_or(0, |left| left.times + 1);
    let next = next_try(times, until, now(), random_number());
    commit(context, whose, |store| keep(store, next)).await
}

async fn run_attempts(context: &Rc<ConversationContext>, whose: &ConversationKey, seq: u64) -> Result<()> {
    failpoint::panic_if_due(&context.env, "delivery");
    let Some(published) = sites::find_published(&context.env, &whose.site).await? else { return Ok(()) };
    let named = published.site.settings.agency.as_ref();
    let found = named.and_then(|agency| Some((agency, find_connector(&agency.connector)?)));
    let Some((agency, connector)) = found else {
        // The site was published anew without an agency, or with one this edge doesn't know.
        return commit(context, whose, |store| conversation::fail_reply(store, &published, seq, now())).await;
    };
    // What told of danger is not told to the agency.
    attach_data(&context.env, &published).await?;
    let delivery = Delivery { context, whose, published: &published, agency, connector, seq };
    delivery.in_turn().await;
    let mut fresh = true;
    while let Some(pending) = delivery.find_pending()? {
        // A reply that had begun when the object died is not begun again: its first half was shown.
        if pending.reply.is_some() {
            return delivery.fail_question().await;
        }
        let kind = match (pending.tries, fresh) {
            (0, _) => CallKind::First,
            // Taken up again by the alarm. That it was sent before is not the agency's fault.
            (_, true) => CallKind::Left,
            (_, false) => CallKind::Again,
        };
        fresh = false;
        if !delivery.wait_for_admission(kind, &pending).await? || !delivery.call_agency(pending).await? {
            break;
        }
    }
    Ok(())
}

struct Delivery<'a> {
    context: &'a Rc<ConversationContext>,
    whose: &'a ConversationKey,
    published: &'a Published,
    agency: &'a Agency,
    connector: &'a dyn Connector,
    seq: u64,
}

impl Delivery<'_> {
    fn find_pending(&self) -> Result<Option<Pending>> {
        let pending = self.context.store.read(|store| store.pending())?;
        Ok(pending.into_iter().find(|pending| pending.seq == self.seq))
    }

    fn key(&self) -> String {
        format!("{}/{}", self.whose.conversation, self.seq)
    }

    /// Waits for the conversation's earlier questions, where the protocol needs that.
    async fn in_turn(&self) {
        let until = now() + QUEUE_MS + u64::from(self.agency.timeout_seconds) * 1000;
        let earlier = || self.context.in_flight.borrow().first().is_some_and(|first| *first < self.seq);
        while self.connector.is_in_order() && earlier() && now() < until {
            Delay::from(Duration::from_millis(TURN_MS)).await;
        }
    }

    /// Waits for the site's gatekeeper; `false` if the question was left behind instead.
    async fn wait_for_admission(&self, kind: CallKind, pending: &Pending) -> Result<bool> {
        let life_ms = u64::from(self.agency.timeout_seconds) * 1000 + GRACE_MS;
        let settings = &self.published.site.settings;
        let mut call = Call {
            key: self.key(),
            kind,
            life_ms,
            at_once: self.agency.at_once,
            per_day: settings.limits.agency_questions_per_day,
            day: usage::current_day(settings),
        };
        let until = now() + QUEUE_MS;
        loop {
            call.day = usage::current_day(settings);
            let wait = match guard::enter_agency(&self.context.env, &self.whose.site, &call).await? {
                CallAdmission::Go => return Ok(true),
                CallAdmission::Busy(ms) if now() < until => ms / 2 + random_number() % ms.max(1),
                CallAdmission::Busy(ms) => {
                    self.leave_behind(pending, now() + ms).await?;
                    return Ok(false);
                }
                CallAdmission::NotBefore(at)
                    if kind != CallKind::Left && at.saturating_sub(now()) <= SHORT_MS =>
                {
                    at.saturating_sub(now())
                }
                // The site's own limit, not the agency's state.
                CallAdmission::NotBefore(at) if at == call.day.ends => {
                    leave_behind(self.context, self.whose, pending, at, |store, next| {
                        conversation::defer_to_next_day(store, self.published, pending.seq, next, now())
                    })
                    .await?;
                    return Ok(false);
                }
                CallAdmission::NotBefore(at) => {
                    self.leave_behind(pending, at).await?;
                    return Ok(false);
                }
            };
            Delay::from(Duration::from_millis(wait.max(TURN_MS))).await;
        }
    }

    /// Calls the agency once; `true` if that came to nothing and should be done again at once.
    async fn call_agency(&self, before: Pending) -> Result<bool> {
        let pending = Pending { tries: before.tries + 1, ..before };
        self.context.store.transact(|store| store.put_pending(&pending))?;
        let conversation = self.whose.conversation;
        let mut ask = self.context.store.read(|store| {
            let scratch = &mut self.context.scratch.borrow_mut();
            build_question(store, self.published, conversation, &pending, now(), scratch)
        })?;
        if let Some(number) = &pending.case {
            ask.submission = self.unseal_case(number, pending.papers)?;
            if ask.submission.is_none() || !self.connector.takes_cases() {
                worker::console_error!("case {number} of site {} can't be handed in", self.whose.site);
                self.fail_question().await?;
                guard::leave_agency(&self.context.env, &self.whose.site, &self.key(), CallOutcome::Neutral)
                    .await;
                return Ok(false);
            }
        }
        let (published, seq) = (self.published, self.seq);
        let show = async |text: &str| {
            commit(self.context, self.whose, |store| {
                conversation::grow_reply(store, published, seq, text, now())
            })
            .await
        };
        let (agency, connector) = (self.agency, self.connector);
        let exchange = Exchange { context: self.context, agency, connector, seq, show: &show };
        let (outcome, again) = match exchange.run(ask).await {
            Ok(ended) => (self.apply_outcome(ended).await?, false),
            Err(ExchangeError::Agency { failure, hold }) => {
                (failure.call_outcome(hold, now()), self.handle_failure(&failure, hold, &pending).await?)
            }
            Err(ExchangeError::Internal(error)) => {
                guard::leave_agency(&self.context.env, &self.whose.site, &self.key(), CallOutcome::Neutral)
                    .await;
                return Err(error);
            }
        };
        guard::leave_agency(&self.context.env, &self.whose.site, &self.key(), outcome).await;
        if again {
            let wait = full_jitter(pending.tries, random_number());
            Delay::from(Duration::from_millis(wait)).await;
        }
        Ok(again)
    }

    /// What is handed in as the case `number`, or added to it. Nothing if the edge has another secret by now.
    fn unseal_case(&self, number: &str, papers: bool) -> Result<Option<AgencySubmission>> {
        let lock = encryption_lock(&self.context.env, &self.whose.site);
        if papers {
            let sealed = self.context.store.read(|store| conversation::find_sealed(store, self.seq))?;
            let text = sealed.and_then(|sealed| lock.open(&format!("added:{number}"), &sealed));
            return Ok(text
                .map(|text| serde_json::from_str(&text))
                .transpose()?
                .map(AgencySubmission::Papers));
        }
        let case = self.context.store.read(|store| conversation::find_case(store, number))?;
        let text = case.and_then(|case| lock.open(&format!("case:{number}"), &case.sealed));
        Ok(text.map(|text| serde_json::from_str(&text)).transpose()?.map(AgencySubmission::Case))
    }

    async fn apply_outcome(&self, ended: ExchangeOutcome) -> Result<CallOutcome> {
        let (published, seq) = (self.published, self.seq);
        let case = self.find_pending()?.is_some_and(|pending| pending.case.is_some());
        let outcome =
            if matches!(ended, ExchangeOutcome::Stopped) { CallOutcome::Neutral } else { CallOutcome::Good };
        commit(self.context, self.whose, |store| match ended {
            ExchangeOutcome::Answered { reply, whole } => {
                conversation::finish_reply(store, published, seq, reply, whole, now())
            }
            ExchangeOutcome::Later => conversation::hand_over(store, published, seq, now()),
            // Nothing said to a case is no refusal of it.
            ExchangeOutcome::Declined | ExchangeOutcome::Stopped if case => {
                conversation::hand_over(store, published, seq, now())
            }
            ExchangeOutcome::Declined => conversation::decline_reply(store, published, seq, now()),
            ExchangeOutcome::Stopped => conversation::stop_reply(store, published, seq, now()),
        })
        .await?;
        Ok(outcome)
    }

    /// What becomes of a question whose call came to nothing; `true`: it is tried again.
    async fn handle_failure(&self, failure: &Failure, hold: Option<u64>, pending: &Pending) -> Result<bool> {
        let (site, tries) = (&self.whose.site, pending.tries);
        worker::console_warn!("site {site}: try {tries} of message {}: {failure}", self.seq);
        let began = self.find_pending()?.is_some_and(|pending| pending.reply.is_some());
        // Once it was left behind nobody waits, and its tries are no reason to hurry or to stop.
        let quick = if pending.left.is_some() { u32::MAX } else { tries };
        let attempt = Attempt {
            number: quick,
            began,
            repeatable: self.connector.is_repeatable(),
            refused_before: pending.refused,
        };
        if failure.refuses_request() {
            self.context.store.transact(|store| conversation::record_refusal(store, self.seq))?;
        }
        match next_action(failure, attempt, hold) {
            NextAction::Again => return Ok(true),
            NextAction::Leave { ms } => self.leave_behind(pending, now() + ms).await?,
            NextAction::End => self.fail_question().await?,
        }
        Ok(false)
    }

    async fn leave_behind(&self, pending: &Pending, until: u64) -> Result<()> {
        leave_behind(self.context, self.whose, pending, until, |store, next| {
            conversation::leave_behind(store, self.published, pending.seq, next, now())
        })
        .await
    }

    async fn fail_question(&self) -> Result<()> {
        commit(self.context, self.whose, |store| {
            conversation::fail_reply(store, self.published, self.seq, now())
        })
        .await
    }
}

/// Lets the core write, and tells everybody connected. Nothing is told that was not written.
async fn commit(
    context: &Rc<ConversationContext>,
    whose: &ConversationKey,
    decide: impl FnOnce(&mut SqlStore) -> std::result::Result<Vec<Effect>, StoreError>,
) -> Result<()> {
    let effects = context.store.transact(decide)?;
    execute_effects(context, whose, effects, &Nobody).await
}
