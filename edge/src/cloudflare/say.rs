//! A form posted without the widget: `POST /s/<site>/say`.

use super::{
    answers::{asked_language, html_answer},
    conversation_object::{Posted, Shown, Visit},
    form::{self, Form},
    pages::{Drawn, Guest, later, tell},
    platform::random_id,
    quota, uploads,
};
use crate::{
    conversation::Unasked,
    document::{Mode, Problem, problem},
    headers,
    posted::{Wish, wish},
    quota::What,
    ticket::Ticket,
    words::Chosen,
};
use wire::{Fault, Id, Up};
use worker::{Request, Response, Result};

fn mode(form: &Form) -> Mode {
    if form.field("mode") == "frame" { Mode::Frame } else { Mode::Page }
}

impl Guest<'_> {
    /// Answers one form. The ticket in it says which conversation; a page of another site can't know one.
    pub async fn say(&self, mut request: Request) -> Result<Response> {
        let largest = self.published.site.settings.files.as_ref().map_or(0, site::Files::max_bytes);
        let form = match form::with_file(&mut request, self.config, largest).await? {
            Ok(form) => form,
            Err(answer) if answer.status_code() == 413 && largest > 0 => {
                return self.too_large(&request, largest);
            }
            Err(answer) => return Ok(answer),
        };
        let lang = self.chosen(form.field("lang"));
        let again = |boot, fault| Drawn {
            boot,
            mode: Some(mode(&form)),
            scheme: self.scheme(form.field("scheme")),
            lang_pinned: !form.field("lang_pinned").is_empty(),
            fault: Some(fault),
            draft: form.field("text").to_owned(),
            ..Drawn::default()
        };
        let Some(known) = self.opens(form.field("ticket")) else {
            // An expired page is no reason to lose what was typed: it stands in the form, beside a fresh ticket.
            // Nothing is begun for it yet: that would be a way to fill the disk.
            let boot = self.boot(&lang, random_id()?, 0, Vec::new());
            return self.draw(again(boot, Fault::Ticket), 422);
        };
        let boot = |messages| self.boot(&lang, known.conversation, known.generation, messages);
        let address = quota::address(self.env, self.config, self.published, &request)?;
        if let Some(wait) =
            quota::knock(self.env, self.published, What::Connection, known.begun, address.as_ref()).await?
        {
            return later(self.draw(again(boot(Vec::new()), Fault::TooFast), 429)?, wait);
        }
        self.done(&form, &lang, known, self.visit(known, address)).await
    }

    /// Does what the form wants, and shows the conversation as it is then.
    async fn done(&self, form: &Form, lang: &Chosen, known: Ticket, visit: Visit) -> Result<Response> {
        let (files, refused) = match uploads::posted(self, &visit, form.file.as_ref()).await? {
            Ok(files) => (files, None),
            Err(code) => (Vec::new(), Some(code)),
        };
        // Without its file nothing is said; what was typed stays in the form.
        let (up, judged, ends) =
            if refused.is_some() { (None, None, false) } else { self.wish(form, lang, files)? };
        let whose = visit.whose.clone();
        let posted = Posted { visit, up, unasked: unasked(form.field("personal")) };
        let shown: Shown = tell(self.env, &whose, "posted", &posted).await?.json().await?;
        let fault = refused.or(shown.fault);
        if ends && fault.is_none() {
            return self.ended(form, lang);
        }
        let Shown { messages, waiting, retry_ms, asked, rated, queue, erased, .. } = shown;
        let boot = match fault {
            // What this page's ticket opened is no more: the next one begins anew, or it would never be heard again.
            Some(Fault::Ticket) => self.boot(lang, random_id()?, 0, Vec::new()),
            _ => self.boot(lang, known.conversation, known.generation, messages),
        };
        let drawn = Drawn {
            boot,
            mode: Some(mode(form)),
            scheme: self.scheme(form.field("scheme")),
            lang_pinned: !form.field("lang_pinned").is_empty(),
            waiting,
            queue,
            fault,
            asked,
            draft: fault.map(|_| form.field("text").to_owned()).unwrap_or_default(),
            rated,
            judged,
            ended: false,
            erased,
        };
        let answer = self.draw(drawn, status(fault))?;
        if let Some(wait) = retry_ms { later(answer, wait) } else { Ok(answer) }
    }

    /// What the form means, which answer it judges, and whether it ends the chat.
    fn wish(&self, form: &Form, lang: &Chosen, files: Vec<Id>) -> Result<(Option<Up>, Option<u64>, bool)> {
        let label = |pick: &str| self.label(pick, &lang.site).map(str::to_owned);
        Ok(match wish(&form.fields, random_id()?, &lang.site, files, label) {
            Wish::Look => (None, None, false),
            Wish::Say(up) => (Some(up), None, false),
            // Who has said why is not asked why.
            Wish::Judge(_, up @ Up::Rate { reason: Some(_), .. }) => (Some(up), None, false),
            Wish::Judge(seq, up) => (Some(up), Some(seq), false),
            Wish::End(up) => (up, None, true),
        })
    }

    /// A page for who sent more than is read: what was typed is a step back in the browser.
    pub fn too_large(&self, request: &Request, largest: u64) -> Result<Response> {
        let lang = self.chosen(&asked_language(request)?);
        let html = problem(&Problem {
            fault: Fault::TooLong,
            lang: &lang.words,
            assets: &self.config.assets,
            contact: Some(&self.published.site.contact(&lang.site)),
            largest: Some(largest),
        });
        let (host, secure) = (self.config.host(), self.config.is_secure());
        html_answer(html, &headers::document_policy("none", host, secure, &[], &[]), 413)
    }

    /// The chat has ended: the page forgets it, and begins another one.
    fn ended(&self, form: &Form, lang: &Chosen) -> Result<Response> {
        let drawn = Drawn {
            boot: self.boot(lang, random_id()?, 0, Vec::new()),
            mode: Some(mode(form)),
            scheme: self.scheme(form.field("scheme")),
            lang_pinned: !form.field("lang_pinned").is_empty(),
            ended: true,
            ..Drawn::default()
        };
        self.draw(drawn, 200)
    }

    /// What stands on the button of the intent `pick`.
    fn label<'b>(&'b self, pick: &'b str, lang: &str) -> Option<&'b str> {
        if let Some(label) = pick.strip_prefix(crate::turn::TO_AGENCY) {
            return Some(label);
        }
        if pick == crate::turn::NONE_OF_THESE {
            return Some(crate::phrases::phrase(crate::phrases::Phrase::SomethingElse, lang));
        }
        self.published.site.intent(pick).map(|intent| self.published.site.say(&intent.title, lang))
    }
}

fn unasked(personal: &str) -> Unasked {
    match personal {
        "hide" => Unasked::Hide,
        "as_is" => Unasked::Send,
        _ => Unasked::Ask,
    }
}

fn status(fault: Option<Fault>) -> u16 {
    match fault {
        None => 200,
        Some(Fault::TooFast) => 429,
        Some(_) => 422,
    }
}
