//! What `/desk/sign-in` and `/desk/account` share: who asks, in which language, and how forms are taken.

use super::{
    account_audit::append_to_audits,
    form_body::{self, FormBody},
    oidc_binding::read_oidc_binding,
    response::html_response,
    staff_session::{redirect_to, with_session_cookie},
};
use crate::platform::{
    config::Config, now_seconds, random_bytes, request_url::RequestUrl, response::fault_response,
};
use hoi_core::accounts::{
    SignInStage, cookie, device,
    redirect::{quote_path, safe_path},
};
use i18n::{SignInMessages, StaffLang};
use pages::staff::{self, StaffPage};
use wire::Fault;
use worker::{Env, Request, Response, Result};

/// Longest form, in bytes.
const MAX_FORM_BYTES: usize = 8 * 1024;

/// Somebody at one of these pages.
pub struct StaffPageContext<'a> {
    pub env: &'a Env,
    pub config: &'a Config,
    pub words: &'static SignInMessages,
    pub next: String,
    /// The page's own path.
    pub path: &'static str,
}

impl<'a> StaffPageContext<'a> {
    /// Who asks for a page; its query says the language and where to go on.
    pub fn from_request(
        env: &'a Env,
        config: &'a Config,
        request: &Request,
        path: &'static str,
    ) -> Result<StaffPageContext<'a>> {
        let query = RequestUrl::from_request(request)?.query_map();
        let accepted = request.headers().get("accept-language")?.unwrap_or_default();
        let words =
            StaffLang::from_accept_language(query.get("lang").map_or(accepted.as_str(), String::as_str))
                .sign_in();
        let next = safe_path(query.get("next").map(String::as_str).unwrap_or_default()).to_owned();
        Ok(StaffPageContext { env, config, words, next, path })
    }

    /// The context of who posts `form`, which says the language and where to go on.
    pub fn with_form(self, form: &FormBody) -> StaffPageContext<'a> {
        let next = safe_path(form.field("next")).to_owned();
        StaffPageContext {
            words: StaffLang::from_accept_language(form.field("lang")).sign_in(),
            next,
            ..self
        }
    }

    /// A staff page, under its policy.
    pub fn render_page(&self, status: u16, draw: impl FnOnce(&StaffPage<'_>) -> String) -> Result<Response> {
        let StaffPageContext { config, words, next, path, .. } = self;
        let html = draw(&StaffPage { assets: &config.assets, words, path, next });
        html_response(html, staff::POLICY, status)
    }

    /// The page for signing in again; `note` says why.
    pub fn sign_in_page(
        &self,
        status: u16,
        name: &str,
        wrong: Option<&str>,
        note: Option<&str>,
    ) -> Result<Response> {
        let provider = read_oidc_binding(self.env).is_some();
        self.render_page(status, |sheet| staff::ask_password(sheet, name, wrong, note, provider))
    }

    /// Leads to the page of the step that is due, in this language.
    pub fn redirect_to_step(&self) -> Result<Response> {
        redirect_to(&format!("/desk/sign-in?lang={}&next={}", self.words.lang.tag(), quote_path(&self.next)))
    }

    /// What follows a step, as [`StaffPageContext::finish_step`]; the trails of the account's sites tell of who is in.
    pub async fn finish_sign_in(
        &self,
        stage: SignInStage,
        token: &str,
        name: &str,
        sites: impl IntoIterator<Item = impl AsRef<str>>,
    ) -> Result<Response> {
        if stage == SignInStage::In {
            append_to_audits(self.env, sites, name, "sign_in", "").await;
        }
        self.finish_step(stage, token, name)
    }

    /// What follows a step of the account `name`: the next one, or the desk, and then its browser is known from now on.
    pub fn finish_step(&self, stage: SignInStage, token: &str, name: &str) -> Result<Response> {
        let answer =
            if stage == SignInStage::In { redirect_to(&self.next)? } else { self.redirect_to_step()? };
        let answer = with_session_cookie(answer, self.config, token)?;
        if stage == SignInStage::In {
            let sealed =
                device::sign_device(self.config.secret.as_bytes(), name, random_bytes()?, now_seconds());
            answer.headers().append("set-cookie", &cookie::set_device(&sealed, self.config.is_secure()))?;
        }
        Ok(answer)
    }
}

/// The form in `request`, which must come from a page of the edge's own and over a line that nobody listens at; else what is answered
/// instead.
pub async fn read_form(
    request: &mut Request,
    config: &Config,
    words: &'static SignInMessages,
) -> Result<std::result::Result<FormBody, Response>> {
    if let Some(refused) = refuse_insecure(config, words)? {
        return Ok(Err(refused));
    }
    if request.headers().get("origin")?.as_deref() != Some(config.origin.as_str()) {
        return Ok(Err(fault_response(Fault::Origin, 403)?));
    }
    form_body::parse_form(request, MAX_FORM_BYTES).await
}

/// What is said where passwords would go over an open network.
pub fn refuse_insecure(config: &Config, words: &'static SignInMessages) -> Result<Option<Response>> {
    if cookie::is_allowed(&config.origin) {
        return Ok(None);
    }
    let sheet = StaffPage { assets: &config.assets, words, path: "/desk/sign-in", next: "/desk" };
    html_response(staff::notice_page(&sheet, words.only_https), staff::POLICY, 403).map(Some)
}
