//! Pages beside the chat, as answers.

use super::{
    answers::html_answer,
    pages::{Guest, later},
    platform::random_id,
};
use crate::{
    document::{Place, Sheet},
    headers,
    words::{Chosen, word},
};
use wire::{Fault, Look, Word};
use worker::{Response, Result};

/// A wait up to this is "a moment", in milliseconds; as in the widget.
const MOMENT_MS: u64 = 60_000;

impl Guest<'_> {
    /// A page beside the chat. `ticket` opens the conversation it belongs to, if it does; `scheme` names the colours asked for.
    pub fn sheet(
        &self,
        lang: &Chosen,
        (place, scheme): (Place, &str),
        ticket: Option<&str>,
        status: u16,
        draw: impl FnOnce(&Sheet<'_>) -> String,
    ) -> Result<Response> {
        let look: Look = self.published.site.look(&lang.site, self.published.version);
        let nonce = random_id()?.to_string();
        let html = draw(&Sheet {
            look: &look,
            lang: &lang.words,
            assets: &self.config.assets,
            scheme: self.scheme(scheme),
            nonce: &nonce,
            place,
            origin: &self.config.origin,
            ticket,
        });
        let (host, secure) = (self.config.host(), self.config.is_secure());
        let origins = &self.published.site.settings.origins;
        let ancestors = if place == Place::Frame { origins.as_slice() } else { &[] };
        let policy = headers::document_policy(&nonce, host, secure, ancestors, &[]);
        html_answer(html, &policy, status)
    }

    /// A page that stands by itself.
    pub fn alone(&self, lang: &Chosen, draw: impl FnOnce(&Sheet<'_>) -> String) -> Result<Response> {
        self.sheet(lang, (Place::Page, ""), None, 200, draw)
    }

    /// The same after something typed there was not taken: it is drawn with the reason, `why`, or with how long to wait.
    pub fn again(
        &self,
        lang: &Chosen,
        wait_ms: Option<u64>,
        why: &str,
        draw: impl FnOnce(&Sheet<'_>, &str) -> String,
    ) -> Result<Response> {
        match wait_ms {
            Some(wait) => {
                let soon = if wait > MOMENT_MS { Word::TooMuch } else { Word::TooFast };
                let soon = word(&lang.words, soon);
                later(self.sheet(lang, (Place::Page, ""), None, 429, |sheet| draw(sheet, soon))?, wait)
            }
            None => self.sheet(lang, (Place::Page, ""), None, 422, |sheet| draw(sheet, why)),
        }
    }

    /// A page that says what is wrong, and when to come again if that makes sense.
    pub fn sorry_for(&self, fault: Fault, wait_ms: Option<u64>, lang: &Chosen) -> Result<Response> {
        match wait_ms {
            Some(wait) => later(self.sorry(fault, lang, 429)?, wait),
            None => self.sorry(fault, lang, 422),
        }
    }
}
