//! What accounts do with themselves stands in the trails of the sites where they work: signing in, trying to, leaving, new
//! passwords and codes.

use crate::{
    platform::now,
    rpc::{ObjectCall as _, board::AppendAudit},
};
use hoi_core::board::AuditEvent;
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
    for site in sites {
        let (at, about) = (now(), about.to_owned());
        let done = AuditEvent { at, who: who.to_owned(), act: act.to_owned(), about };
        if let Err(error) = AppendAudit(done).call(env, site.as_ref()).await {
            let site = site.as_ref();
            worker::console_error!("site {site}: {act} of {who} is not in the trail: {error}");
        }
    }
}
