//! Asks the site's gatekeeper before a call, and tells it how the call ended.

use crate::{
    platform::now,
    rpc::{
        ObjectCall as _,
        site::{EnterAgency, LeaveAgency},
    },
};
use hoi_core::agency::{Call, CallAdmission, CallOutcome};
use std::{cell::RefCell, collections::HashMap};
use worker::{Env, Result};

/// Most sites whose closed doors are kept in one isolate's memory.
const MAX_KEPT: usize = 256;

thread_local! {
    /// Sites whose agency nobody may ask, until when: an agency that is down costs a question no second trip.
    static SHUT: RefCell<HashMap<String, u64>> = RefCell::default();
}

/// Whether `call` may be made now.
pub async fn enter_agency(env: &Env, site: &str, call: &Call) -> Result<CallAdmission> {
    let shut = SHUT.with_borrow(|shut| shut.get(site).copied()).filter(|until| *until > now());
    if let Some(until) = shut {
        return Ok(CallAdmission::NotBefore(until));
    }
    let admission = EnterAgency(call.clone()).call(env, site).await?;
    if admission.shut_until > now() && admission.entry != CallAdmission::Go {
        SHUT.with_borrow_mut(|shut| {
            if shut.len() >= MAX_KEPT {
                shut.retain(|_, until| *until > now());
            }
            shut.insert(site.to_owned(), admission.shut_until);
        });
    }
    Ok(admission.entry)
}

/// The call `key` has ended. That the gatekeeper can't be told is no reason to fail: it forgets calls by itself.
pub async fn leave_agency(env: &Env, site: &str, key: &str, outcome: CallOutcome) {
    if let Err(error) = (LeaveAgency { key: key.to_owned(), outcome }).call(env, site).await {
        worker::console_warn!("site {site}: the end of a call could not be noted: {error}");
    }
    if outcome == CallOutcome::Good {
        SHUT.with_borrow_mut(|shut| shut.remove(site));
    }
}
