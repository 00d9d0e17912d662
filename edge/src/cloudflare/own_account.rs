//! `/desk/account`: one's own password, one-time codes and sessions.

use super::{
    config::Config,
    form::Form,
    sign_in::{Guest, chosen, enrol, is_right, posted, recovery_codes},
    signed::{self, ask, fresh, to_sign_in, with_token},
    staff_asked::{Seen, Step, Stepped, Tried, Try, What, Whose},
    staff_trail::note,
};
use crate::staff::{
    page::{self, Section, Unlike},
    totp,
};
use worker::{Env, Request, Response, Result};

const HERE: &str = "/desk/account";

/// The page.
pub async fn show(request: &Request, env: &Env, config: &Config) -> Result<Response> {
    let guest = Guest::of(env, config, request, HERE)?;
    match signed::whole(env, config, request).await? {
        Some((_, seen)) => drawn(&guest, &seen, 200, None, None),
        None => to_sign_in(HERE),
    }
}

fn drawn(
    guest: &Guest<'_>,
    seen: &Seen,
    status: u16,
    wrong: Option<Section<'_>>,
    done: Option<&str>,
) -> Result<Response> {
    guest.draw(status, |sheet| page::account(sheet, &seen.account, seen.recovery, wrong, done))
}

/// Does what was posted from it.
pub async fn take(mut request: Request, env: &Env, config: &Config) -> Result<Response> {
    let guest = Guest::of(env, config, &request, HERE)?;
    let form = match posted(&mut request, config, guest.words).await? {
        Ok(form) => form,
        Err(answer) => return Ok(answer),
    };
    let guest = guest.posting(&form);
    let setting_up = matches!(form.field("do"), "set-up" | "enrol");
    let session = signed::any(env, config, &request, setting_up).await?;
    let Some((digest, seen)) = session.filter(|(_, seen)| seen.stage == crate::staff::Stage::In) else {
        return to_sign_in(HERE);
    };
    let address = signed::address(env, config, &request)?;
    match form.field("do") {
        "change" => change(&guest, &form, &digest, &seen, address).await,
        "codes" => codes(&guest, &form, digest, &seen, address).await,
        "set-up" if seen.secret.is_some() => {
            let written = seen.secret.as_deref().unwrap_or_default();
            let link = totp::link(written, &seen.account.name, config.host());
            guest.draw(200, |sheet| page::enrol(sheet, HERE, written, &link, None))
        }
        "enrol" if seen.secret.is_some() => enrol(&guest, &form, digest, &seen).await,
        _ => drawn(&guest, &seen, 422, None, None),
    }
}

/// The hash of the current password, if it was typed; else the sentence that says why not.
async fn known(
    guest: &Guest<'_>,
    typed: &str,
    digest: &str,
    address: Option<String>,
) -> Result<std::result::Result<String, (u16, String)>> {
    let whose = Whose::Session(digest.to_owned());
    let asked = Try { whose, address, device: None, counts: true };
    let tried: Tried = ask(guest.env, "try", &asked).await?;
    if let Some(ms) = tried.wait_ms {
        return Ok(Err((429, guest.words.wait(ms))));
    }
    let right = is_right(&tried, typed);
    Ok(tried.hash.filter(|_| right).ok_or_else(|| (422, guest.words.current_wrong.to_owned())))
}

async fn change(
    guest: &Guest<'_>,
    form: &Form,
    digest: &str,
    seen: &Seen,
    address: Option<String>,
) -> Result<Response> {
    let hash = match known(guest, form.field("current"), digest, address).await? {
        Ok(hash) => hash,
        Err((status, why)) => return drawn(guest, seen, status, Some(Section::Current(&why)), None),
    };
    let refused = |unlike: Unlike| drawn(guest, seen, 422, Some(Section::New(unlike)), None);
    match chosen(guest, form, digest, seen, Some(hash)).await? {
        Ok((_, token)) => {
            with_token(drawn(guest, seen, 200, None, Some(guest.words.changed))?, guest.config, &token)
        }
        Err(Some(unlike)) => refused(unlike),
        Err(None) => to_sign_in(HERE),
    }
}

async fn codes(
    guest: &Guest<'_>,
    form: &Form,
    digest: String,
    seen: &Seen,
    address: Option<String>,
) -> Result<Response> {
    if let Err((status, why)) = known(guest, form.field("known"), &digest, address).await? {
        return drawn(guest, seen, status, Some(Section::Codes(&why)), None);
    }
    let (codes, recovery) = recovery_codes(guest.config, &seen.account.name)?;
    let (token, new) = fresh()?;
    match ask(guest.env, "step", &Step { digest, new, what: What::Recovery(recovery) }).await? {
        Stepped::On(_) => {
            note(guest.env, seen.account.roles.keys(), &seen.account.name, "codes", "").await;
            with_token(guest.draw(200, |sheet| page::recovery(sheet, &codes))?, guest.config, &token)
        }
        Stepped::Wrong | Stepped::Wait(_) | Stepped::Over => to_sign_in(HERE),
    }
}
