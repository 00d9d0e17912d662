//! What visitors' browsers ask of a site.

use super::{
    appearance, application_form, assets, callback, case_status, check, device_handoff, handshake,
    post_frames, push_subscription,
    response::{compress_response, language_tag, with_cors},
    site_context::{DocumentParams, SiteContext, error_page},
    uploads, visitor_erasure,
};
use crate::{
    cache::sites,
    platform::{
        body::read_bounded,
        config::Config,
        random_id,
        request_url::RequestUrl,
        response::{fault_response, json_response},
    },
};
use hoi_core::http::route::SiteRoute;
use pages::document::Mode;
use wire::Fault;
use worker::{Env, Method, Request, Response, Result};

/// Longest request for a session, in bytes: it names a language.
const MAX_SESSION_BYTES: usize = 1024;

/// Answers one request about `site`.
pub async fn handle(
    request: Request,
    env: &Env,
    config: &Config,
    site: &str,
    wanted: SiteRoute,
) -> Result<Response> {
    let Some(published) = sites::find_published(env, site).await? else {
        return not_found(&request, config, wanted);
    };
    let context = SiteContext { env, config, published: &published };
    match wanted {
        SiteRoute::Loader => assets::serve_loader(&request, env, config, Some(&published)).await,
        SiteRoute::Check => check::serve_script(&request, env, config, &published).await,
        SiteRoute::Inline => assets::serve_inline_script(&request, env, config, &published).await,
        SiteRoute::Frame => context.render_new_page(&request, Mode::Frame),
        SiteRoute::Page => context.render_new_page(&request, Mode::Page),
        SiteRoute::Say => context.handle_form(request).await,
        SiteRoute::Elsewhere => device_handoff::issue_code(&context, request).await,
        SiteRoute::Continue => device_handoff::code_page(&context, &request),
        SiteRoute::Redeem => device_handoff::join_conversation(&context, request).await,
        SiteRoute::Erase => visitor_erasure::handle_erase(&context, request).await,
        SiteRoute::Export => visitor_erasure::handle_export(&context, request).await,
        SiteRoute::Form if request.method() != Method::Post => {
            application_form::reopened_page(&context, &request)
        }
        SiteRoute::Form => application_form::handle(&context, request).await,
        SiteRoute::Status => case_status::status_page(&context, &request),
        SiteRoute::LookUp => case_status::look_up(&context, request).await,
        SiteRoute::Calendar => case_status::calendar_file(&context, request).await,
        SiteRoute::Session => context.create_session(request).await,
        SiteRoute::Look => appearance::look_response(&context, &request),
        SiteRoute::Standing => appearance::status_response(&context, &request),
        SiteRoute::Socket(conversation) => handshake::handle(&context, request, conversation).await,
        SiteRoute::PostFrames => post_frames::handle(&context, request).await,
        SiteRoute::Logo => assets::serve_logo(&published),
        SiteRoute::Upload => uploads::handle_upload(&context, request).await,
        SiteRoute::File(file) => uploads::handle_download(&context, request, file).await,
        SiteRoute::Callback => callback::handle(request, env, &published).await,
        SiteRoute::Push => push_subscription::handle_settings(&context, &request),
        SiteRoute::PushScript => push_subscription::service_worker(&context, &request).await,
        SiteRoute::TurnPush => push_subscription::set_subscription(&context, request).await,
    }
}

/// There is no such site. People get a page, programs a code.
fn not_found(request: &Request, config: &Config, wanted: SiteRoute) -> Result<Response> {
    match wanted {
        SiteRoute::Frame
        | SiteRoute::Page
        | SiteRoute::Say
        | SiteRoute::Elsewhere
        | SiteRoute::Continue
        | SiteRoute::Erase
        | SiteRoute::Export
        | SiteRoute::Form
        | SiteRoute::Status
        | SiteRoute::LookUp
        | SiteRoute::Calendar
        | SiteRoute::Redeem => error_page(config, Fault::NoSite, &language_tag(request)?, None, 404),
        SiteRoute::Loader
        | SiteRoute::Check
        | SiteRoute::Inline
        | SiteRoute::Session
        | SiteRoute::Look
        | SiteRoute::Standing
        | SiteRoute::Socket(_)
        | SiteRoute::PostFrames
        | SiteRoute::Logo
        | SiteRoute::Upload
        | SiteRoute::File(_)
        | SiteRoute::Callback
        | SiteRoute::Push
        | SiteRoute::PushScript
        | SiteRoute::TurnPush => fault_response(Fault::NoSite, 404),
    }
}

impl SiteContext<'_> {
    /// A fresh document with a conversation that nobody has used yet.
    fn render_new_page(&self, request: &Request, mode: Mode) -> Result<Response> {
        let query = RequestUrl::from_request(request)?.query_map();
        let lang = self.requested_language(request)?;
        let scheme = self.color_scheme(query.get("scheme").map(String::as_str).unwrap_or_default());
        let conversation = random_id()?;
        let params = DocumentParams {
            boot: self.build_boot(&lang, conversation, 0, Vec::new()),
            mode: Some(mode),
            scheme,
            // A frame's address always names one: its loader says whether anybody chose that.
            lang_pinned: query.contains_key(if mode == Mode::Frame { "lang_pinned" } else { "lang" }),
            ..DocumentParams::default()
        };
        compress_response(self.render_document(params, 200)?, request)
    }

    /// A fresh conversation for a page that runs the widget itself.
    async fn create_session(&self, mut request: Request) -> Result<Response> {
        let Some(from) = self.allowed_origin(&request)? else { return fault_response(Fault::Origin, 403) };
        if request.method() == Method::Options {
            let answer = with_cors(Response::empty()?.with_status(204), &from)?;
            answer.headers().set("access-control-allow-methods", "POST")?;
            answer.headers().set("access-control-allow-headers", "content-type")?;
            return Ok(answer);
        }
        #[derive(serde::Deserialize)]
        struct SessionRequest {
            lang: String,
        }
        let Some(body) = read_bounded(&mut request, MAX_SESSION_BYTES).await? else {
            return with_cors(fault_response(Fault::TooLong, 413)?, &from);
        };
        let Ok(wanted) = wire::parse_json::<SessionRequest>(&body) else {
            return with_cors(fault_response(Fault::Malformed, 400)?, &from);
        };
        match self.build_boot(&self.choose_language(&wanted.lang), random_id()?, 0, Vec::new()) {
            Some(boot) => with_cors(json_response(&boot)?, &from),
            None => fault_response(Fault::Internal, 500),
        }
    }
}
