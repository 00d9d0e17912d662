//! A form posted without the widget: `POST /s/<site>/say`.

use super::{
    form_body::{self, FormBody},
    site_context::{DocumentParams, SiteContext, with_retry_after},
    uploads,
};
use crate::{
    platform::random_id,
    rpc::{
        ObjectCall as _,
        conversation::{ConversationSnapshot, PostMessage, VisitorSession},
    },
};
use hoi_core::{
    conversation::PersonalDataHandling,
    crypto::ticket::Ticket,
    http::form_action::{FormAction, parse_action},
    languages::ChosenLanguages,
    limits::usage::ConnectionKind,
};
use i18n::{Lang, Msg};
use pages::document::Mode;
use wire::{Fault, Id, Up};
use worker::{Request, Response, Result};

fn document_mode(form: &FormBody) -> Mode {
    if form.field("mode") == "frame" { Mode::Frame } else { Mode::Page }
}

impl SiteContext<'_> {
    /// Answers one form. The ticket in it says which conversation; a page of another site can't know one.
    pub async fn handle_form(&self, mut request: Request) -> Result<Response> {
        let largest = self.published.site.settings.files.as_ref().map_or(0, site::Files::max_bytes);
        let form = match form_body::parse_form_with_file(&mut request, self.config, largest).await? {
            Ok(form) => form,
            Err(answer) if answer.status_code() == 413 && largest > 0 => {
                return self.too_large_page(&request, largest);
            }
            Err(answer) => return Ok(answer),
        };
        let lang = self.choose_language(form.field("lang"));
        let again = |boot, fault| DocumentParams {
            boot,
            mode: Some(document_mode(&form)),
            scheme: self.color_scheme(form.field("scheme")),
            lang_pinned: !form.field("lang_pinned").is_empty(),
            fault: Some(fault),
            draft: form.field("text").to_owned(),
            ..DocumentParams::default()
        };
        let Some(known) = self.verify_ticket(form.field("ticket")) else {
            // An expired page is no reason to lose what was typed: it stands in the form, beside a fresh ticket.
            // Nothing is begun for it yet: that would be a way to fill the disk.
            let boot = self.build_boot(&lang, random_id()?, 0, Vec::new());
            return self.render_document(again(boot, Fault::Ticket), 422);
        };
        let boot = |messages| self.build_boot(&lang, known.conversation, known.generation, messages);
        let address = self.client_address(&request)?;
        if let Some(wait) =
            self.check_connection_quota(ConnectionKind::Full, known.begun, address.as_ref()).await?
        {
            return with_retry_after(
                self.render_document(again(boot(Vec::new()), Fault::TooFast), 429)?,
                wait,
            );
        }
        self.post_form(&form, &lang, known, self.visitor_session(known, address)).await
    }

    /// Does what the form wants, and shows the conversation as it is then.
    async fn post_form(
        &self,
        form: &FormBody,
        lang: &ChosenLanguages,
        known: Ticket,
        visit: VisitorSession,
    ) -> Result<Response> {
        let (files, refused) = match uploads::upload_posted(self, &visit, form.file.as_ref()).await? {
            Ok(files) => (files, None),
            Err(code) => (Vec::new(), Some(code)),
        };
        // Without its file nothing is said; what was typed stays in the form.
        let (up, judged, ends) =
            if refused.is_some() { (None, None, false) } else { self.parse_action(form, lang, files)? };
        let whose = visit.whose.clone();
        let unasked = parse_unasked(form.field("personal"));
        let shown = PostMessage { visit, up, unasked }.call(self.env, &whose).await?;
        let fault = refused.or(shown.fault);
        if ends && fault.is_none() {
            return self.ended_page(form, lang);
        }
        let ConversationSnapshot { messages, waiting, retry_ms, asked, rated, queue, erased, .. } = shown;
        let boot = match fault {
            // What this page's ticket opened is no more: the next one begins anew, or it would never be heard again.
            Some(Fault::Ticket) => self.build_boot(lang, random_id()?, 0, Vec::new()),
            _ => self.build_boot(lang, known.conversation, known.generation, messages),
        };
        let params = DocumentParams {
            boot,
            mode: Some(document_mode(form)),
            scheme: self.color_scheme(form.field("scheme")),
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
        let answer = self.render_document(params, fault_status(fault))?;
        if let Some(wait) = retry_ms { with_retry_after(answer, wait) } else { Ok(answer) }
    }

    /// What the form means, which answer it judges, and whether it ends the chat.
    fn parse_action(
        &self,
        form: &FormBody,
        lang: &ChosenLanguages,
        files: Vec<Id>,
    ) -> Result<(Option<Up>, Option<u64>, bool)> {
        let label = |pick: &str| self.button_label(pick, &lang.site).map(str::to_owned);
        Ok(match parse_action(&form.fields, random_id()?, &lang.site, files, label) {
            FormAction::Look => (None, None, false),
            FormAction::Say(up) => (Some(up), None, false),
            // Who has said why is not asked why.
            FormAction::Judge(_, up @ Up::Rate { reason: Some(_), .. }) => (Some(up), None, false),
            FormAction::Judge(seq, up) => (Some(up), Some(seq), false),
            FormAction::End(up) => (up, None, true),
        })
    }

    /// The chat has ended: the page forgets it, and begins another one.
    fn ended_page(&self, form: &FormBody, lang: &ChosenLanguages) -> Result<Response> {
        let params = DocumentParams {
            boot: self.build_boot(lang, random_id()?, 0, Vec::new()),
            mode: Some(document_mode(form)),
            scheme: self.color_scheme(form.field("scheme")),
            lang_pinned: !form.field("lang_pinned").is_empty(),
            ended: true,
            ..DocumentParams::default()
        };
        self.render_document(params, 200)
    }

    /// What stands on the button of the intent `pick`. An agency's button has posted what stands on it; its `pick` is a name.
    fn button_label<'b>(&'b self, pick: &'b str, lang: &str) -> Option<&'b str> {
        if pick == hoi_core::pick::NONE_OF_THESE {
            return Some(Lang::for_tag(lang).text(Msg::SomethingElse));
        }
        self.published.site.intent_by_id(pick).map(|intent| self.published.site.text_in(&intent.title, lang))
    }
}

fn parse_unasked(personal: &str) -> PersonalDataHandling {
    match personal {
        "hide" => PersonalDataHandling::Hide,
        "as_is" => PersonalDataHandling::Send,
        _ => PersonalDataHandling::Ask,
    }
}

fn fault_status(fault: Option<Fault>) -> u16 {
    match fault {
        None => 200,
        Some(Fault::TooFast) => 429,
        Some(_) => 422,
    }
}
