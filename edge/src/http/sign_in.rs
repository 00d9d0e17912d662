//! `/desk/sign-in`: one step a page, and `/desk/sign-out`. Passwords are checked here, in the worker, not in the one object that all wait for.

use super::{
    account_audit::append_to_audits,
    form_body::FormBody,
    oidc,
    staff_page::{StaffPageContext, read_form, refuse_insecure},
    staff_session::{self, new_token, redirect_to, with_session_cookie},
};
use crate::{
    platform::{config::Config, now, now_seconds, random_bytes, request_url::RequestUrl},
    rpc::{
        ObjectCall as _,
        board::SignedOut,
        staff::{
            AccountRef, AdvanceSession, AttemptCheck, CheckAttempt, EndSession, OpenSession, OpenedSession,
            SessionAdvance, SessionInfo,
        },
    },
};
use hoi_core::{
    accounts::{
        SignInStage, account::typed_name, cookie, device, oidc::SIGNED_OUT_STATE, password, recovery,
        sign_in::SessionStep, sign_in_attempts, totp,
    },
    crypto::code::Code,
};
use pages::staff::{self, Unlike};
use std::{cell::RefCell, time::Duration};
use worker::{Delay, Env, Request, Response, Result};

/// The page of the step that somebody is at.
pub async fn show_step(request: &Request, env: &Env, config: &Config) -> Result<Response> {
    let context = StaffPageContext::from_request(env, config, request, "/desk/sign-in")?;
    if let Some(refused) = refuse_insecure(config, context.words)? {
        return Ok(refused);
    }
    let Some((_, seen)) = staff_session::read_session(env, config, request, false).await? else {
        let query = RequestUrl::from_request(request)?.query_map();
        // Who comes from the provider's own page brings the state that was sent along, and no language.
        let why = query.get("why").or(query.get("state").filter(|state| *state == SIGNED_OUT_STATE));
        let note = match why.map(String::as_str) {
            Some("out") => Some(context.words.is_out),
            Some("provider") => Some(context.words.provider_failed),
            Some("unknown") => Some(context.words.provider_unknown),
            Some(_) | None => None,
        };
        return context.sign_in_page(200, "", None, note);
    };
    match seen.stage {
        SignInStage::In => redirect_to(&context.next),
        SignInStage::Code | SignInStage::Renew | SignInStage::Enrol => {
            step_page(&context, &seen, 200, None, None)
        }
    }
}

/// The page of a step; `wrong` and `unlike` say why what was posted was not taken.
fn step_page(
    context: &StaffPageContext<'_>,
    seen: &SessionInfo,
    status: u16,
    wrong: Option<&str>,
    unlike: Option<Unlike>,
) -> Result<Response> {
    let written = seen.secret.as_deref().unwrap_or_default();
    let link = totp::otpauth_url(written, &seen.account.name, context.config.host());
    context.render_page(status, |sheet| match seen.stage {
        SignInStage::Code => staff::ask_code(sheet, wrong),
        SignInStage::Renew => staff::new_password_page(sheet, &seen.account.name, unlike),
        SignInStage::Enrol | SignInStage::In => {
            staff::totp_enrolment_page(sheet, context.path, written, &link, wrong)
        }
    })
}

/// Takes a step.
pub async fn handle_form(mut request: Request, env: &Env, config: &Config) -> Result<Response> {
    let context = StaffPageContext::from_request(env, config, &request, "/desk/sign-in")?;
    let form = match read_form(&mut request, config, context.words).await? {
        Ok(form) => form,
        Err(answer) => return Ok(answer),
    };
    let context = context.with_form(&form);
    if form.field("do") == "password" {
        let address = staff_session::client_address(env, config, &request)?;
        let cookies = request.headers().get("cookie")?.unwrap_or_default();
        return check_password(&context, &form, address, &cookies).await;
    }
    let Some((digest, seen)) = staff_session::read_session(env, config, &request, false).await? else {
        return context.sign_in_page(422, "", None, Some(context.words.over));
    };
    match (form.field("do"), seen.stage) {
        ("code", SignInStage::Code) => {
            let (token, new) = new_token()?;
            let step = SessionStep::Code(form.field("code").to_owned());
            match (AdvanceSession { digest, new, step }).call(env, &()).await? {
                SessionAdvance::Advanced(stage) => {
                    context.finish_sign_in(stage, &token, &seen.account.name, seen.account.roles.keys()).await
                }
                SessionAdvance::WrongCode => {
                    append_to_audits(env, seen.account.roles.keys(), &seen.account.name, "code_failed", "")
                        .await;
                    step_page(&context, &seen, 422, Some(context.words.code_wrong), None)
                }
                SessionAdvance::Wait(ms) => {
                    step_page(&context, &seen, 429, Some(&context.words.format_wait(ms)), None)
                }
                SessionAdvance::Ended => context.sign_in_page(422, "", None, Some(context.words.over)),
            }
        }
        ("renew", SignInStage::Renew) => {
            match change_password(&context, &form, &digest, &seen, None).await? {
                Ok((stage, token)) => {
                    context.finish_sign_in(stage, &token, &seen.account.name, seen.account.roles.keys()).await
                }
                Err(Some(unlike)) => step_page(&context, &seen, 422, None, Some(unlike)),
                Err(None) => context.sign_in_page(422, "", None, Some(context.words.over)),
            }
        }
        ("enrol", SignInStage::Enrol) => enrol_totp(&context, &form, digest, &seen).await,
        // A page from before: the one that is due now.
        _ => context.redirect_to_step(),
    }
}

thread_local! {
    /// When this isolate looks at the next password of a stranger.
    static PACE: RefCell<sign_in_attempts::PasswordPace> = RefCell::default();
}

/// Waits until this isolate looks at the next password of a stranger.
async fn wait_for_pace() {
    let since = now();
    loop {
        let wait = PACE.with_borrow(|pace| pace.remaining_wait(since, now()));
        if wait == 0 {
            return;
        }
        Delay::from(Duration::from_millis(wait)).await;
    }
}

/// Checks name and password.
async fn check_password(
    context: &StaffPageContext<'_>,
    form: &FormBody,
    address: Option<String>,
    cookies: &str,
) -> Result<Response> {
    let (name, typed) = (typed_name(form.field("name")), form.field("password"));
    let device = known_device(context.config, cookies, &name);
    let (account, is_known) = (AccountRef::Name(name.clone()), device.is_some());
    let attempt = CheckAttempt { account, address: address.clone(), device: device.clone(), counts: true };
    let tried = attempt.call(context.env, &()).await?;
    if let Some(ms) = tried.wait_ms {
        return context.sign_in_page(429, &name, Some(&context.words.format_wait(ms)), None);
    }
    if tried.delay_ms > 0 {
        Delay::from(Duration::from_millis(tried.delay_ms)).await;
    }
    // A browser that is known waits for no stranger.
    if !is_known {
        wait_for_pace().await;
    }
    let began = now();
    let right = is_right_password(&tried, typed);
    PACE.with_borrow_mut(|pace| pace.record_check(began, now()));
    if right {
        let ((token, digest), hash) = (new_token()?, tried.hash.unwrap_or_default());
        let open = OpenSession { name: name.clone(), hash, digest, address: address.clone(), device };
        if let Some(OpenedSession { stage, sites, .. }) = open.call(context.env, &()).await? {
            return context.finish_sign_in(stage, &token, &name, &sites).await;
        }
    }
    if tried.sites.is_empty() {
        worker::console_warn!(
            "somebody tried to sign in with a name that no account has, or with one without a site"
        );
    } else if sign_in_attempts::is_noted(tried.n) {
        let about = describe_failure(tried.n, address.as_deref());
        append_to_audits(context.env, &tried.sites, &name, "sign_in_failed", &about).await;
    }
    context.sign_in_page(422, &name, Some(context.words.wrong), None)
}

/// What the trail says of a wrong try: the how many-th it is, and the beginning of today's name of the address, by which
/// those of one address are known.
fn describe_failure(n: u32, address: Option<&str>) -> String {
    let name: String = address.unwrap_or_default().chars().take(8).collect();
    format!("{n} {name}").trim_end().to_owned()
}

/// Under which id the browser with these `cookies` is known as one of the account `name`.
fn known_device(config: &Config, cookies: &str, name: &str) -> Option<String> {
    let sealed = cookie::read_device(cookies, config.is_secure())?;
    device::verify_device(config.secret.as_bytes(), name, sealed, now_seconds()).map(str::to_owned)
}

/// Whether `typed` is the password that was asked for. It takes as long where there is none.
pub fn is_right_password(tried: &AttemptCheck, typed: &str) -> bool {
    // What was handed over on paper is read as people type it.
    let read = Code::parse(typed).filter(|_| tried.once).map(|code| code.to_string());
    password::verify(read.as_deref().unwrap_or(typed), tried.hash.as_deref())
}

/// Keeps a new password, if it is good enough: how far the sign-in is then, and the new token. `hash` is that of the one before it, where that
/// was typed and checked just now. `Err(None)`: the session has ended.
pub async fn change_password(
    context: &StaffPageContext<'_>,
    form: &FormBody,
    digest: &str,
    seen: &SessionInfo,
    hash: Option<String>,
) -> Result<std::result::Result<(SignInStage, String), Option<Unlike>>> {
    let typed = form.field("new");
    if let Err(weak) = password::check_strength(typed, &seen.account.name, &seen.account.shown) {
        return Ok(Err(Some(Unlike::Weak(weak))));
    }
    if typed != form.field("again") {
        return Ok(Err(Some(Unlike::NotSame)));
    }
    let hash = match hash {
        Some(hash) => hash,
        None => {
            let account = AccountRef::Session(digest.to_owned());
            let attempt = CheckAttempt { account, address: None, device: None, counts: false };
            let Some(hash) = attempt.call(context.env, &()).await?.hash else { return Ok(Err(None)) };
            hash
        }
    };
    if password::verify(typed, Some(&hash)) {
        return Ok(Err(Some(Unlike::NotNew)));
    }
    let (token, new) = new_token()?;
    let step = SessionStep::Password { seen: hash, hash: password::hash(typed, random_bytes()?) };
    match (AdvanceSession { digest: digest.to_owned(), new, step }).call(context.env, &()).await? {
        SessionAdvance::Advanced(stage) => {
            // Every session of before has ended with the password.
            let out = SignedOut { name: seen.account.name.clone(), session: None };
            out.tell_boards(context.env, seen.account.roles.keys()).await;
            append_to_audits(context.env, seen.account.roles.keys(), &seen.account.name, "password", "")
                .await;
            Ok(Ok((stage, token)))
        }
        SessionAdvance::WrongCode | SessionAdvance::Wait(_) | SessionAdvance::Ended => Ok(Err(None)),
    }
}

/// Sets one-time codes up, and shows the recovery codes.
pub async fn enrol_totp(
    context: &StaffPageContext<'_>,
    form: &FormBody,
    digest: String,
    seen: &SessionInfo,
) -> Result<Response> {
    let (codes, recovery) = new_recovery_codes(context.config, &seen.account.name)?;
    let (token, new) = new_token()?;
    let step = SessionStep::Enrol { typed: form.field("code").to_owned(), recovery };
    match (AdvanceSession { digest, new, step }).call(context.env, &()).await? {
        SessionAdvance::Advanced(stage) => {
            append_to_audits(context.env, seen.account.roles.keys(), &seen.account.name, "codes", "").await;
            if stage == SignInStage::In && seen.stage != SignInStage::In {
                append_to_audits(context.env, seen.account.roles.keys(), &seen.account.name, "sign_in", "")
                    .await;
            }
            with_session_cookie(
                context.render_page(200, |sheet| staff::recovery_codes_page(sheet, &codes))?,
                context.config,
                &token,
            )
        }
        SessionAdvance::WrongCode => step_page(context, seen, 422, Some(context.words.enrol_wrong), None),
        SessionAdvance::Wait(_) | SessionAdvance::Ended => {
            context.sign_in_page(422, "", None, Some(context.words.over))
        }
    }
}

/// New recovery codes, and what is kept of them.
pub fn new_recovery_codes(config: &Config, name: &str) -> Result<(Vec<Code>, Vec<String>)> {
    let codes = recovery::codes_from_random(&random_bytes()?);
    let digests =
        codes.iter().map(|code| recovery::code_digest(*code, config.secret.as_bytes(), name)).collect();
    Ok((codes, digests))
}

/// Ends the session, or all of its account's.
pub async fn sign_out(mut request: Request, env: &Env, config: &Config) -> Result<Response> {
    let context = StaffPageContext::from_request(env, config, &request, "/desk/sign-in")?;
    let form = match read_form(&mut request, config, context.words).await? {
        Ok(form) => form,
        Err(answer) => return Ok(answer),
    };
    let mut by_provider = false;
    if let Some((digest, seen)) = staff_session::read_session(env, config, &request, false).await? {
        by_provider = seen.by_provider;
        let everywhere = form.field("do") == "everywhere";
        EndSession { digest: digest.clone(), everywhere }.call(env, &()).await?;
        if seen.stage == SignInStage::In {
            let (session, about) = if everywhere { (None, "everywhere") } else { (Some(digest), "") };
            append_to_audits(env, seen.account.roles.keys(), &seen.account.name, "sign_out", about).await;
            let out = SignedOut { name: seen.account.name, session };
            out.tell_boards(env, seen.account.roles.keys()).await;
        }
    }
    let provider = if by_provider { oidc::find_sign_out_url(env, config).await } else { None };
    let context = context.with_form(&form);
    let answer = match provider {
        // Led on by the page: the policy lets no form end at another site, and a redirect after one is part of it.
        Some(url) => {
            let answer = context.render_page(200, |sheet| staff::provider_sign_out_page(sheet, &url))?;
            // An address that no header can carry is still a link on the page.
            let _set = answer.headers().set("refresh", &format!("0;url={url}"));
            answer
        }
        None => redirect_to(&format!("/desk/sign-in?why=out&lang={}", context.words.lang.tag()))?,
    };
    answer.headers().set("set-cookie", &cookie::clear_session(config.is_secure()))?;
    Ok(answer)
}
