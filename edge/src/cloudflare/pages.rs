//! What visitors' browsers ask of a site.

use super::{
    answers::{compressed, fault, html_answer, json, seconds, shared_with, wished_language},
    callback::{self, bounded},
    check,
    config::Config,
    conversation_object::Visit,
    files, forms,
    frame::ticket_life,
    handshake, line, looks, pairing, person_page,
    platform::{now, random_id},
    push, sites,
    sql_log::Whose,
    status, uploads,
};
use crate::{
    conversation::Asked,
    document::{Mode, Page, Problem, document, problem},
    headers, hours, origin,
    pass::{self, Pass},
    route::SiteRoute,
    ticket::{self, Ticket},
    turn::Published,
    words::{Chosen, chosen, words},
};
use std::collections::BTreeMap;
use wire::{Boot, Contact, Fault, Id, Message, Rated, Scheme};
use worker::{Env, Method, Request, RequestInit, Response, Result};

/// Longest request for a session, in bytes: it names a language.
const MAX_SESSION_BYTES: usize = 1024;

/// Answers one request about `site`.
pub async fn answer(
    request: Request,
    env: &Env,
    config: &Config,
    site: &str,
    wanted: SiteRoute,
) -> Result<Response> {
    let Some(published) = sites::published(env, site).await? else {
        return nothing(&request, config, wanted);
    };
    let guest = Guest { env, config, published: &published };
    match wanted {
        SiteRoute::Loader => files::loader(&request, env, config, Some(&published)).await,
        SiteRoute::Check => check::script(&request, env, config, &published).await,
        SiteRoute::Inline => files::inline(&request, env, config, &published).await,
        SiteRoute::Frame => guest.page(&request, Mode::Frame),
        SiteRoute::Page => guest.page(&request, Mode::Page),
        SiteRoute::Say => guest.say(request).await,
        SiteRoute::Elsewhere => pairing::offer(&guest, request).await,
        SiteRoute::Continue => pairing::ask(&guest, &request),
        SiteRoute::Redeem => pairing::redeem(&guest, request).await,
        SiteRoute::Erase => person_page::erase(&guest, request).await,
        SiteRoute::Export => person_page::export(&guest, request).await,
        SiteRoute::Form if request.method() != Method::Post => forms::again(&guest, &request),
        SiteRoute::Form => forms::answer(&guest, request).await,
        SiteRoute::Status => status::status(&guest, &request),
        SiteRoute::LookUp => status::look_up(&guest, request).await,
        SiteRoute::Calendar => status::calendar(&guest, request).await,
        SiteRoute::Session => guest.session(request).await,
        SiteRoute::Look => looks::look(&guest, &request),
        SiteRoute::Standing => looks::standing(&guest, &request),
        SiteRoute::Socket(conversation) => handshake::answer(&guest, request, conversation).await,
        SiteRoute::Line => line::answer(&guest, request).await,
        SiteRoute::Logo => files::logo(&published),
        SiteRoute::Upload => uploads::take(&guest, request).await,
        SiteRoute::File(file) => uploads::give(&guest, request, file).await,
        SiteRoute::Callback => callback::answer(request, env, &published).await,
        SiteRoute::Push => push::told(&guest, &request),
        SiteRoute::PushScript => push::script(&guest, &request).await,
        SiteRoute::TurnPush => push::turn(&guest, request).await,
    }
}

/// There is no such site. People get a page, programs a code.
fn nothing(request: &Request, config: &Config, wanted: SiteRoute) -> Result<Response> {
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
        | SiteRoute::Redeem => sorry(config, Fault::NoSite, &wished_language(request)?, None, 404),
        SiteRoute::Loader
        | SiteRoute::Check
        | SiteRoute::Inline
        | SiteRoute::Session
        | SiteRoute::Look
        | SiteRoute::Standing
        | SiteRoute::Socket(_)
        | SiteRoute::Line
        | SiteRoute::Logo
        | SiteRoute::Upload
        | SiteRoute::File(_)
        | SiteRoute::Callback
        | SiteRoute::Push
        | SiteRoute::PushScript
        | SiteRoute::TurnPush => fault(Fault::NoSite, 404),
    }
}

/// A page that says what is wrong, and whom to call.
fn sorry(
    config: &Config,
    fault: Fault,
    lang: &str,
    contact: Option<&Contact>,
    status: u16,
) -> Result<Response> {
    let html = problem(&Problem { fault, lang, assets: &config.assets, contact, largest: None });
    let policy = headers::document_policy("none", config.host(), config.is_secure(), &[], &[]);
    html_answer(html, &policy, status)
}

/// Who asks, and of which site.
pub struct Guest<'a> {
    pub env: &'a Env,
    pub config: &'a Config,
    pub published: &'a Published,
}

impl Guest<'_> {
    /// A fresh document with a conversation that nobody has used yet.
    fn page(&self, request: &Request, mode: Mode) -> Result<Response> {
        let url = request.url()?;
        let query: BTreeMap<_, _> = url.query_pairs().collect();
        let lang = self.asked(request)?;
        let scheme = self.scheme(query.get("scheme").map(AsRef::as_ref).unwrap_or_default());
        let conversation = random_id()?;
        let drawn = Drawn {
            boot: self.boot(&lang, conversation, 0, Vec::new()),
            mode: Some(mode),
            scheme,
            // A frame's address always names one: its loader says whether anybody chose that.
            lang_pinned: query.contains_key(if mode == Mode::Frame { "lang_pinned" } else { "lang" }),
            ..Drawn::default()
        };
        compressed(self.draw(drawn, 200)?, request)
    }

    /// The colours of that name: what the host's page asks for, in an address or a form, or else the site.
    pub fn scheme(&self, named: &str) -> Scheme {
        match named {
            "light" => Scheme::Light,
            "dark" => Scheme::Dark,
            _ => self.published.site.settings.look.scheme,
        }
    }

    /// The document for `drawn`.
    pub fn draw(&self, drawn: Drawn, status: u16) -> Result<Response> {
        let Drawn {
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
        } = drawn;
        let mode = mode.unwrap_or(Mode::Page);
        let Some(boot) = boot else { return super::answers::fault(Fault::Internal, 500) };
        let nonce = random_id()?.to_string();
        let html = document(&Page {
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
            push: mode == Mode::Page && push::is_on(self.env),
            clock: &hours::clock(&self.published.site.settings),
        });
        let ancestors: &[String] = match mode {
            Mode::Frame => &self.published.site.settings.origins,
            Mode::Page => &[],
        };
        let pictures = &self.published.site.settings.pictures;
        let (host, secure) = (self.config.host(), self.config.is_secure());
        let policy = headers::document_policy(&nonce, host, secure, ancestors, pictures);
        html_answer(html, &policy, status)
    }

    /// What a visitor who reads `wanted` is spoken to in.
    pub fn chosen(&self, wanted: &str) -> Chosen {
        chosen(wanted, &self.published.site)
    }

    /// What the visitor's browser asks for: the URL's `lang`, or else its own languages.
    pub fn asked(&self, request: &Request) -> Result<Chosen> {
        let url = request.url()?;
        let named = url.query_pairs().find(|(key, _)| key == "lang").map(|(_, lang)| lang.into_owned());
        let wanted = match named {
            Some(lang) => lang,
            None => request.headers().get("accept-language")?.unwrap_or_default(),
        };
        Ok(self.chosen(&wanted))
    }

    /// A page that says what is wrong, and how the agency can be reached.
    pub fn sorry(&self, fault: Fault, lang: &Chosen, status: u16) -> Result<Response> {
        let contact = self.published.site.contact(&lang.site);
        sorry(self.config, fault, &lang.words, Some(&contact), status)
    }

    /// What the widget begins with: a conversation of `generation`.
    pub fn boot(
        &self,
        lang: &Chosen,
        conversation: Id,
        generation: u32,
        messages: Vec<Message>,
    ) -> Option<Boot> {
        let site = &self.published.site;
        let expires = now() / 1000 + ticket_life(self.published);
        let mut look = site.look(&lang.site, self.published.version);
        sites::standing(&look.site).standing.show(&mut look, self.published, now());
        look.contact.hours.splice(0..0, hours::line(site, &lang.site, now()));
        let begun = !messages.is_empty();
        let ticket = Ticket { conversation, expires, generation, begun };
        Some(Boot {
            v: wire::VERSION,
            look,
            words: words(&lang.words),
            conversation,
            ticket: ticket::seal(self.config.secret.as_bytes(), &site.settings.site, ticket),
            messages,
        })
    }

    /// A fresh conversation for a page that runs the widget itself.
    async fn session(&self, mut request: Request) -> Result<Response> {
        let Some(from) = self.allowed(&request)? else { return fault(Fault::Origin, 403) };
        if request.method() == Method::Options {
            let answer = shared_with(Response::empty()?.with_status(204), &from)?;
            answer.headers().set("access-control-allow-methods", "POST")?;
            answer.headers().set("access-control-allow-headers", "content-type")?;
            return Ok(answer);
        }
        #[derive(serde::Deserialize)]
        struct Wanted {
            lang: String,
        }
        let Some(body) = bounded(&mut request, MAX_SESSION_BYTES).await? else {
            return shared_with(fault(Fault::TooLong, 413)?, &from);
        };
        let Ok(wanted) = serde_json::from_slice::<Wanted>(&body) else {
            return shared_with(fault(Fault::Malformed, 400)?, &from);
        };
        match self.boot(&self.chosen(&wanted.lang), random_id()?, 0, Vec::new()) {
            Some(boot) => shared_with(json(&boot)?, &from),
            None => fault(Fault::Internal, 500),
        }
    }

    /// The page on which cases of the site are looked up.
    pub fn status(&self) -> String {
        format!("{}/s/{}/status", self.config.origin, self.published.site.settings.site)
    }

    /// Somebody with this ticket, from this address.
    pub fn visit(&self, ticket: Ticket, address: Option<String>) -> Visit {
        let site = self.published.site.settings.site.clone();
        let Ticket { conversation, generation, .. } = ticket;
        let status = self.status();
        Visit { whose: Whose { site, conversation }, generation, address, status }
    }

    /// What `ticket` opens now.
    pub fn opens(&self, sealed: &str) -> Option<Ticket> {
        let site = &self.published.site.settings.site;
        ticket::open(self.config.secret.as_bytes(), site, sealed, now() / 1000)
    }

    /// What `pass` opens now.
    pub fn passes(&self, sealed: &str) -> Option<Pass> {
        let site = &self.published.site.settings.site;
        pass::open(self.config.secret.as_bytes(), site, sealed, now() / 1000)
    }

    /// The request's origin, if it may use this site.
    pub fn allowed(&self, request: &Request) -> Result<Option<String>> {
        let from = request.headers().get("origin")?;
        let listed = &self.published.site.settings.origins;
        Ok(from.filter(|from| origin::allowed(Some(from), &self.config.origin, listed)))
    }
}

/// Says when to come again.
pub fn later(answer: Response, wait_ms: u64) -> Result<Response> {
    answer.headers().set("retry-after", &seconds(wait_ms))?;
    Ok(answer)
}

/// The object of one conversation.
pub fn conversation(env: &Env, whose: &Whose) -> Result<worker::Stub> {
    env.durable_object("CONVERSATION")?.get_by_name(&object_name(whose))
}

/// Its name among them.
pub fn object_name(whose: &Whose) -> String {
    format!("{}/{}", whose.site, whose.conversation)
}

/// Posts `body` to the object of one conversation.
pub async fn tell<T: serde::Serialize>(env: &Env, whose: &Whose, path: &str, body: &T) -> Result<Response> {
    let mut init = RequestInit::new();
    init.with_method(Method::Post).with_body(Some(serde_json::to_string(body)?.into()));
    let request = Request::new_with_init(&format!("https://conversation/{path}"), &init)?;
    conversation(env, whose)?.fetch_with_request(request).await
}

/// What goes into one document.
#[derive(Default)]
pub struct Drawn {
    pub boot: Option<Boot>,
    pub mode: Option<Mode>,
    pub scheme: Scheme,
    pub lang_pinned: bool,
    pub waiting: bool,
    pub queue: Option<String>,
    pub fault: Option<Fault>,
    pub asked: Asked,
    pub draft: String,
    pub rated: Rated,
    pub judged: Option<u64>,
    pub ended: bool,
    pub erased: bool,
}
