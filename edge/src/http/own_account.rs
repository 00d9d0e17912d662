//! `/desk/account`: one's own password, one-time codes and sessions.

use super::{
    account_audit::append_to_audits,
    form_body::FormBody,
    sign_in::{change_password, enrol_totp, is_right_password, new_recovery_codes},
    staff_page::{StaffPageContext, read_form},
    staff_session::{self, new_token, redirect_to_sign_in, with_session_cookie},
};
use crate::{
    platform::config::Config,
    rpc::{
        ObjectCall as _,
        staff::{AccountRef, AdvanceSession, CheckAttempt, SessionAdvance, SessionInfo},
    },
};
use hoi_core::accounts::{sign_in::SessionStep, totp};
use pages::staff::{self, AccountSection, Unlike};
use worker::{Env, Request, Response, Result};

const HERE: &str = "/desk/account";

/// The page.
pub async fn show_account(request: &Request, env: &Env, config: &Config) -> Result<Response> {
    let context = StaffPageContext::from_request(env, config, request, HERE)?;
    match staff_session::complete_session(env, config, request).await? {
        Some((_, seen)) => account_page(&context, &seen, 200, None, None),
        None => redirect_to_sign_in(HERE),
    }
}

fn account_page(
    context: &StaffPageContext<'_>,
    seen: &SessionInfo,
    status: u16,
    wrong: Option<AccountSection<'_>>,
    done: Option<&str>,
) -> Result<Response> {
    context.render_page(status, |sheet| staff::account_page(sheet, &seen.account, seen.recovery, wrong, done))
}

/// Does what was posted from it.
pub async fn handle_form(mut request: Request, env: &Env, config: &Config) -> Result<Response> {
    let context = StaffPageContext::from_request(env, config, &request, HERE)?;
    let form = match read_form(&mut request, config, context.words).await? {
        Ok(form) => form,
        Err(answer) => return Ok(answer),
    };
    let context = context.with_form(&form);
    let setting_up = matches!(form.field("do"), "set-up" | "enrol");
    let session = staff_session::read_session(env, config, &request, setting_up).await?;
    let Some((digest, seen)) = session.filter(|(_, seen)| seen.stage == hoi_core::accounts::SignInStage::In)
    else {
        return redirect_to_sign_in(HERE);
    };
    let address = staff_session::client_address(env, config, &request)?;
    match form.field("do") {
        "change" => change_own_password(&context, &form, &digest, &seen, address).await,
        "codes" => renew_recovery_codes(&context, &form, digest, &seen, address).await,
        "set-up" if seen.secret.is_some() => {
            let written = seen.secret.as_deref().unwrap_or_default();
            let link = totp::otpauth_url(written, &seen.account.name, config.host());
            context.render_page(200, |sheet| staff::totp_enrolment_page(sheet, HERE, written, &link, None))
        }
        "enrol" if seen.secret.is_some() => enrol_totp(&context, &form, digest, &seen).await,
        _ => account_page(&context, &seen, 422, None, None),
    }
}

/// The hash of the current password, if it was typed; else the sentence that says why not.
async fn check_current_password(
    context: &StaffPageContext<'_>,
    typed: &str,
    digest: &str,
    address: Option<String>,
) -> Result<std::result::Result<String, (u16, String)>> {
    let account = AccountRef::Session(digest.to_owned());
    let tried = CheckAttempt { account, address, device: None, counts: true }.call(context.env, &()).await?;
    if let Some(ms) = tried.wait_ms {
        return Ok(Err((429, context.words.format_wait(ms))));
    }
    let right = is_right_password(&tried, typed);
    Ok(tried.hash.filter(|_| right).ok_or_else(|| (422, context.words.current_wrong.to_owned())))
}

async fn change_own_password(
    context: &StaffPageContext<'_>,
    form: &FormBody,
    digest: &str,
    seen: &SessionInfo,
    address: Option<String>,
) -> Result<Response> {
    let hash = match check_current_password(context, form.field("current"), digest, address).await? {
        Ok(hash) => hash,
        Err((status, why)) => {
            return account_page(context, seen, status, Some(AccountSection::Current(&why)), None);
        }
    };
    let refused = |unlike: Unlike| account_page(context, seen, 422, Some(AccountSection::New(unlike)), None);
    match change_password(context, form, digest, seen, Some(hash)).await? {
        Ok((_, token)) => with_session_cookie(
            account_page(context, seen, 200, None, Some(context.words.changed))?,
            context.config,
            &token,
        ),
        Err(Some(unlike)) => refused(unlike),
        Err(None) => redirect_to_sign_in(HERE),
    }
}

async fn renew_recovery_codes(
    context: &StaffPageContext<'_>,
    form: &FormBody,
    digest: String,
    seen: &SessionInfo,
    address: Option<String>,
) -> Result<Response> {
    if let Err((status, why)) = check_current_password(context, form.field("known"), &digest, address).await?
    {
        return account_page(context, seen, status, Some(AccountSection::Codes(&why)), None);
    }
    let (codes, recovery) = new_recovery_codes(context.config, &seen.account.name)?;
    let (token, new) = new_token()?;
    let step = SessionStep::Recovery(recovery);
    match (AdvanceSession { digest, new, step }).call(context.env, &()).await? {
        SessionAdvance::Advanced(_) => {
            append_to_audits(context.env, seen.account.roles.keys(), &seen.account.name, "codes", "").await;
            with_session_cookie(
                context.render_page(200, |sheet| staff::recovery_codes_page(sheet, &codes))?,
                context.config,
                &token,
            )
        }
        SessionAdvance::WrongCode | SessionAdvance::Wait(_) | SessionAdvance::Ended => {
            redirect_to_sign_in(HERE)
        }
    }
}
