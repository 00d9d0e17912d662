//! Pages beside the chat, as answers.

use super::{
    response::{accepted_language, html_response},
    site_context::{SiteContext, with_retry_after},
};
use crate::platform::random_id;
use hoi_core::{http::headers, languages::ChosenLanguages};
use i18n::Lang;
use pages::document::{PageContext, PagePlacement, ProblemPage, problem_page};
use wire::{Fault, Look, Word};
use worker::{Request, Response, Result};

/// A wait up to this is "a moment", in milliseconds; as in the widget.
const MOMENT_MS: u64 = 60_000;

impl SiteContext<'_> {
    /// A page beside the chat. `ticket` opens the conversation it belongs to, if it does; `scheme` names the colours asked for.
    pub fn sheet_response(
        &self,
        lang: &ChosenLanguages,
        (place, scheme): (PagePlacement, &str),
        ticket: Option<&str>,
        status: u16,
        draw: impl FnOnce(&PageContext<'_>) -> String,
    ) -> Result<Response> {
        let look: Look = self.published.site.public_look(&lang.site, self.published.version);
        let nonce = random_id()?.to_string();
        let html = draw(&PageContext {
            look: &look,
            lang: &lang.words,
            assets: &self.config.assets,
            scheme: self.color_scheme(scheme),
            nonce: &nonce,
            place,
            origin: &self.config.origin,
            ticket,
        });
        let (host, secure) = (self.config.host(), self.config.is_secure());
        let origins = &self.published.site.settings.origins;
        let ancestors = if place == PagePlacement::Frame { origins.as_slice() } else { &[] };
        let policy = headers::document_policy(&nonce, host, secure, ancestors, &[]);
        html_response(html, &policy, status)
    }

    /// A page that stands by itself.
    pub fn standalone_page(
        &self,
        lang: &ChosenLanguages,
        draw: impl FnOnce(&PageContext<'_>) -> String,
    ) -> Result<Response> {
        self.sheet_response(lang, (PagePlacement::Page, ""), None, 200, draw)
    }

    /// A page that stands by itself, after something typed there was not taken: it is drawn with the reason, `why`, or with how long to wait.
    pub fn form_error_page(
        &self,
        lang: &ChosenLanguages,
        wait_ms: Option<u64>,
        why: &str,
        draw: impl FnOnce(&PageContext<'_>, &str) -> String,
    ) -> Result<Response> {
        match wait_ms {
            Some(wait) => {
                let soon = if wait > MOMENT_MS { Word::TooMuch } else { Word::TooFast };
                let soon = Lang::for_tag(&lang.words).word(soon);
                with_retry_after(
                    self.sheet_response(lang, (PagePlacement::Page, ""), None, 429, |sheet| {
                        draw(sheet, soon)
                    })?,
                    wait,
                )
            }
            None => self.sheet_response(lang, (PagePlacement::Page, ""), None, 422, |sheet| draw(sheet, why)),
        }
    }

    /// A page for who sent more than is read: what was typed is a step back in the browser.
    pub fn too_large_page(&self, request: &Request, largest: u64) -> Result<Response> {
        let lang = self.choose_language(&accepted_language(request)?);
        let html = problem_page(&ProblemPage {
            fault: Fault::TooLong,
            lang: &lang.words,
            assets: &self.config.assets,
            contact: Some(&self.published.site.contact_card(&lang.site)),
            largest: Some(largest),
        });
        let (host, secure) = (self.config.host(), self.config.is_secure());
        html_response(html, &headers::document_policy("none", host, secure, &[], &[]), 413)
    }

    /// A page that says what is wrong, and when to come again if that makes sense.
    pub fn refusal_page(
        &self,
        fault: Fault,
        wait_ms: Option<u64>,
        lang: &ChosenLanguages,
    ) -> Result<Response> {
        match wait_ms {
            Some(wait) => with_retry_after(self.error_page(fault, lang, 429)?, wait),
            None => self.error_page(fault, lang, 422),
        }
    }
}
