//! What accounts do with themselves stands in the trails of the sites where they work: signing in, trying to, leaving, new
//! passwords and codes.

use super::{board_object::board, platform::now};
use crate::desk::Done;
use worker::Env;

/// Something was done by the account `who`, which has roles at `sites`. What can't be noted is logged: nobody is kept out
/// because a board is away.
pub async fn note(
    env: &Env,
    sites: impl IntoIterator<Item = impl AsRef<str>>,
    who: &str,
    act: &str,
    about: &str,
) {
    for site in sites {
        let (who, act, about) = (who.to_owned(), act.to_owned(), about.to_owned());
        let done = Done { at: now(), who, act, about };
        if let Err(error) = board(env, site.as_ref(), "done", &done).await {
            let site = site.as_ref();
            worker::console_error!("site {site}: {} of {} is not in the trail: {error}", done.act, done.who);
        }
    }
}
