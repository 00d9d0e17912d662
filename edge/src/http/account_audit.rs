//! What accounts do with themselves stands in the trails of the sites where they work: signing in, trying to, leaving, new
//! passwords and codes.

use crate::{
    platform::{log::write_event, now},
    rpc::{ObjectCall as _, board::AppendAudit},
};
use hoi_core::{
    board::AuditEvent,
    log::{LogValue, describe_account_act},
};
use worker::Env;

/// Something was done by the account `who`, which has roles at `sites`. What can't be noted is logged: nobody is kept out
/// because a board is away.
pub async fn append_to_audits(
    env: &Env,
    sites: impl IntoIterator<Item = impl AsRef<str>>,
    who: &str,
    act: &str,
    about: &str,
) {
    let (level, event, field) = describe_account_act(act, about);
    write_event(level, event, &[("account", LogValue::Text(who)), field]);
    for site in sites {
        let (at, about) = (now(), about.to_owned());
        let done = AuditEvent { at, who: who.to_owned(), act: act.to_owned(), about };
        if let Err(error) = AppendAudit(done).call(env, site.as_ref()).await {
            let site = site.as_ref();
            crate::platform::log::log_error!("site {site}: {act} of {who} is not in the trail: {error}");
        }
    }
}
