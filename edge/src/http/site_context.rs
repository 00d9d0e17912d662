//! One request about a site: who asks, what opens a conversation for him, and the pages he gets.

use super::response::html_response;
use crate::{
    cache::sites,
    platform::{
        config::{Config, has_push_key},
        now, now_seconds, random_id,
        request_url::RequestUrl,
        response::{fault_response, retry_after_seconds},
    },
    rpc::conversation::{ConversationKey, VisitorSession, ticket_life},
};
use hoi_core::{
    application::case_pass::{self, CasePass},
    conversation::PersonalDataWarning,
    crypto::ticket::{self, Ticket},
    decide::Published,
    hours,
    http::{headers, origin},
    languages::{ChosenLanguages, choose_languages},
};
use pages::document::{ChatPage, Mode, ProblemPage, chat_page, problem_page};
use wire::{Boot, Contact, Fault, Id, Message, Rated, Scheme};
use worker::{Env, Request, Response, Result};

/// A page that says what is wrong, and whom to call.
pub fn error_page(
    config: &Config,
    fault: Fault,
    lang: &str,
    contact: Option<&Contact>,
    status: u16,
) -> Result<Response> {
    let html = problem_page(&ProblemPage { fault, lang, assets: &config.assets, contact, largest: None });
    let policy = headers::document_policy("none", config.host(), config.is_secure(), &[], &[]);
    html_response(html, &policy, status)
}

/// Who asks, and of which site.
pub struct SiteContext<'a> {
    pub env: &'a Env,
    pub config: &'a Config,
    pub published: &'a Published,
}

impl SiteContext<'_> {
    /// The colours of that name: what the host's page asks for, in an address or a form, or else the site.
    pub fn color_scheme(&self, named: &str) -> Scheme {
        match named {
            "light" => Scheme::Light,
            "dark" => Scheme::Dark,
            _ => self.published.site.settings.look.scheme,
        }
    }

    /// The chat's document for `params`.
    pub fn render_document(&self, params: DocumentParams, status: u16) -> Result<Response> {
        let DocumentParams {
            boot,
            mode,
            scheme,
            lang_pinned,
            waiting,
            queue,
            fault,
            asked,
            draft,
            rated,
            judged,
            ended,
            erased,
        } = params;
        let mode = mode.unwrap_or(Mode::Page);
        let Some(boot) = boot else { return fault_response(Fault::Internal, 500) };
        let nonce = random_id()?.to_string();
        let html = chat_page(&ChatPage {
            boot: &boot,
            assets: &self.config.assets,
            mode,
            scheme,
            lang_pinned,
            nonce: &nonce,
            waiting,
            queue: queue.as_deref(),
            fault,
            asked: &asked,
            rated: &rated,
            judged,
            ended,
            erased,
            draft: &draft,
            push: mode == Mode::Page && has_push_key(self.env),
            clock: &hours::time_zone(&self.published.site.settings),
        });
        let ancestors: &[String] = match mode {
            Mode::Frame => &self.published.site.settings.origins,
            Mode::Page => &[],
        };
        let pictures = &self.published.site.settings.pictures;
        let (host, secure) = (self.config.host(), self.config.is_secure());
        let policy = headers::document_policy(&nonce, host, secure, ancestors, pictures);
        html_response(html, &policy, status)
    }

    /// The languages in which a visitor who reads `wanted` is spoken to.
    pub fn choose_language(&self, wanted: &str) -> ChosenLanguages {
        choose_languages(wanted, &self.published.site)
    }

    /// The language that the visitor's browser asks for: the URL's `lang`, or else its own languages.
    pub fn requested_language(&self, request: &Request) -> Result<ChosenLanguages> {
        let wanted = match RequestUrl::from_request(request)?.query_value("lang") {
            Some(lang) => lang,
            None => request.headers().get("accept-language")?.unwrap_or_default(),
        };
        Ok(self.choose_language(&wanted))
    }

    /// A page that says what is wrong, and how the agency can be reached.
    pub fn error_page(&self, fault: Fault, lang: &ChosenLanguages, status: u16) -> Result<Response> {
        let contact = self.published.site.contact_card(&lang.site);
        error_page(self.config, fault, &lang.words, Some(&contact), status)
    }

    /// All that the widget begins with, for a conversation of `generation`.
    pub fn build_boot(
        &self,
        lang: &ChosenLanguages,
        conversation: Id,
        generation: u32,
        messages: Vec<Message>,
    ) -> Option<Boot> {
        let site = &self.published.site;
        let expires = now_seconds() + ticket_life(self.published);
        let mut look = site.public_look(&lang.site, self.published.version);
        sites::cached_status(&look.site).standing.apply_to_look(&mut look, self.published, now());
        look.contact.hours.splice(0..0, hours::status_line(site, &lang.site, now()));
        let begun = !messages.is_empty();
        let ticket = Ticket { conversation, expires, generation, begun };
        Some(Boot {
            v: wire::VERSION,
            look,
            words: i18n::Lang::for_tag(&lang.words).words(),
            conversation,
            ticket: ticket::sign_ticket(self.config.secret.as_bytes(), &site.settings.site, ticket),
            messages,
        })
    }

    /// The page on which cases of the site are looked up.
    pub fn status_url(&self) -> String {
        format!("{}/s/{}/status", self.config.origin, self.published.site.settings.site)
    }

    /// The session of somebody with this ticket, from this address.
    pub fn visitor_session(&self, ticket: Ticket, address: Option<String>) -> VisitorSession {
        let site = self.published.site.settings.site.clone();
        let Ticket { conversation, generation, .. } = ticket;
        let status = self.status_url();
        VisitorSession { whose: ConversationKey { site, conversation }, generation, address, status }
    }

    /// What the sealed ticket opens now; nothing if it is forged or past its time.
    pub fn verify_ticket(&self, sealed: &str) -> Option<Ticket> {
        let site = &self.published.site.settings.site;
        ticket::verify_ticket(self.config.secret.as_bytes(), site, sealed, now_seconds())
    }

    /// The case that a sealed pass opens now; nothing if it is forged or past its time.
    pub fn verify_case_pass(&self, sealed: &str) -> Option<CasePass> {
        let site = &self.published.site.settings.site;
        case_pass::verify_pass(self.config.secret.as_bytes(), site, sealed, now_seconds())
    }

    /// The request's origin, if it may use this site.
    pub fn allowed_origin(&self, request: &Request) -> Result<Option<String>> {
        let from = request.headers().get("origin")?;
        let listed = &self.published.site.settings.origins;
        Ok(from.filter(|from| origin::is_allowed(Some(from), &self.config.origin, listed)))
    }
}

/// `answer`, which says when to come again.
pub fn with_retry_after(answer: Response, wait_ms: u64) -> Result<Response> {
    answer.headers().set("retry-after", &retry_after_seconds(wait_ms))?;
    Ok(answer)
}

/// What goes into one document.
#[derive(Default)]
pub struct DocumentParams {
    pub boot: Option<Boot>,
    pub mode: Option<Mode>,
    pub scheme: Scheme,
    pub lang_pinned: bool,
    pub waiting: bool,
    pub queue: Option<String>,
    pub fault: Option<Fault>,
    pub asked: PersonalDataWarning,
    pub draft: String,
    pub rated: Rated,
    pub judged: Option<u64>,
    pub ended: bool,
    pub erased: bool,
}
