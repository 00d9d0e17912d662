//! A form posted without the widget: `POST /s/<site>/say`.

use super::{
    answers::fault,
    conversation_object::{Posted, Shown},
    pages::{Drawn, Guest, later, tell},
    platform::random_id,
    quota, uploads,
};
use crate::{
    conversation::Unasked,
    document::Mode,
    form::{COMPOSER, Fields, Wish, wish},
    quota::What,
    words::Chosen,
};
use wire::{Fault, Id, Up, limits};
use worker::{FormEntry, Request, Response, Result};

/// What came: the fields, and the file if there is one.
struct Form {
    fields: Fields,
    file: Option<worker::File>,
}

impl Form {
    fn get(&self, name: &str) -> &str {
        self.fields.get(name).map(String::as_str).unwrap_or_default()
    }

    fn mode(&self) -> Mode {
        if self.get("mode") == "frame" { Mode::Frame } else { Mode::Page }
    }
}

impl Guest<'_> {
    /// Answers one form. The ticket in it says which conversation; a page of another site can't know one.
    pub async fn say(&self, mut request: Request) -> Result<Response> {
        let from = request.headers().get("origin")?;
        if from.as_ref().is_some_and(|from| *from != self.config.origin) {
            return fault(Fault::Origin, 403);
        }
        let Some(form) = self.form(&mut request).await? else { return fault(Fault::TooLong, 413) };
        let lang = self.chosen(form.get("lang"));
        let again = |boot, fault| Drawn {
            boot,
            mode: Some(form.mode()),
            scheme: self.published.site.settings.look.scheme,
            fault: Some(fault),
            draft: form.get("text").to_owned(),
            ..Drawn::default()
        };
        let Some(known) = self.opens(form.get("ticket")) else {
            // An expired page is no reason to lose what was typed: it stands in the form, beside a fresh ticket.
            // Nothing is begun for it yet: that would be a way to fill the disk.
            let boot = self.boot(&lang, random_id()?, 0, Vec::new());
            return self.draw(again(boot, Fault::Ticket), 422);
        };
        let boot = |messages| self.boot(&lang, known.conversation, known.generation, messages);
        let address = quota::address(self.env, self.config, self.published, &request)?;
        if let Some(wait) = quota::knock(self.env, self.published, What::Connection, address.as_ref()).await?
        {
            return later(self.draw(again(boot(Vec::new()), Fault::TooFast), 429)?, wait);
        }
        let visit = self.visit(known, address);
        let files = match uploads::posted(self, &visit, form.file.as_ref()).await? {
            Ok(files) => files,
            Err(code) => {
                let posted = Posted { visit: visit.clone(), up: None, unasked: Unasked::Ask };
                let shown: Shown = tell(self.env, &visit.whose, "posted", &posted).await?.json().await?;
                return self.draw(Drawn { rated: shown.rated, ..again(boot(shown.messages), code) }, 422);
            }
        };
        let (up, judged, ends) = self.wish(&form, &lang, files)?;
        let whose = visit.whose.clone();
        let posted = Posted { visit, up, unasked: unasked(form.get("personal")) };
        let shown: Shown = tell(self.env, &whose, "posted", &posted).await?.json().await?;
        if ends && shown.fault.is_none() {
            return self.ended(&form, &lang);
        }
        let Shown { messages, waiting, fault, retry_ms, asked, rated } = shown;
        let draft = if fault.is_some() { form.get("text").to_owned() } else { String::new() };
        let (mode, scheme) = (Some(form.mode()), self.published.site.settings.look.scheme);
        let boot = boot(messages);
        let drawn = Drawn { boot, mode, scheme, waiting, fault, asked, draft, rated, judged, ended: false };
        let answer = self.draw(drawn, status(fault))?;
        if let Some(wait) = retry_ms { later(answer, wait) } else { Ok(answer) }
    }

    /// What the form means, which answer it judges, and whether it ends the chat.
    fn wish(&self, form: &Form, lang: &Chosen, files: Vec<Id>) -> Result<(Option<Up>, Option<u64>, bool)> {
        let label = |pick: &str| self.label(pick, &lang.site).map(str::to_owned);
        Ok(match wish(&form.fields, random_id()?, &lang.site, files, label) {
            Wish::Look => (None, None, false),
            Wish::Say(up) => (Some(up), None, false),
            Wish::Judge(seq, up) => (Some(up), Some(seq), false),
            Wish::End(up) => (up, None, true),
        })
    }

    /// The chat has ended: the page forgets it, and begins another one.
    fn ended(&self, form: &Form, lang: &Chosen) -> Result<Response> {
        let drawn = Drawn {
            boot: self.boot(lang, random_id()?, 0, Vec::new()),
            mode: Some(form.mode()),
            scheme: self.published.site.settings.look.scheme,
            ended: true,
            ..Drawn::default()
        };
        self.draw(drawn, 200)
    }

    /// Reads the form; nothing if it is too long.
    async fn form(&self, request: &mut Request) -> Result<Option<Form>> {
        let kind = request.headers().get("content-type")?.unwrap_or_default();
        let length = request.headers().get("content-length")?.and_then(|n| n.parse::<u64>().ok());
        let largest = self.published.site.settings.files.as_ref().map_or(0, site::Files::max_bytes);
        let multipart = kind.starts_with("multipart/form-data") && largest > 0;
        let most = limits::MAX_UP_BYTES as u64 + if multipart { largest } else { 0 };
        if length.is_none_or(|length| length > most) {
            return Ok(None);
        }
        if !multipart {
            let text = request.text().await?;
            return Ok(Some(Form { fields: fields(&text), file: None }));
        }
        let data = request.form_data().await?;
        let mut form = Form { fields: Fields::new(), file: None };
        for name in COMPOSER {
            if let Some(text) = data.get_field(name) {
                form.fields.insert((*name).to_owned(), text);
            }
        }
        if let Some(FormEntry::File(file)) = data.get("file") {
            form.file = Some(file).filter(|file| file.size() > 0);
        }
        Ok(Some(form))
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

/// The fields of a form in its usual encoding.
pub fn fields(body: &str) -> Fields {
    let url = worker::Url::parse("form:/").map(|mut url| {
        url.set_query(Some(&body.replace('#', "%23")));
        url.query_pairs().into_owned().collect()
    });
    url.unwrap_or_default()
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
