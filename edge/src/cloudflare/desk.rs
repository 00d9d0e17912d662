//! What staff ask for: the desk and its sockets. Whoever is not signed in is told nothing but that.

use super::{
    answers::{self, fault},
    board_socket::BoardVisit,
    config::Config,
    conversation_object::DeskVisit,
    desk_files, oidc, own_account, pages, person_desk, sign_in,
    signed::{self, Signed, signed_in},
    sql_log::Whose,
};
use crate::{
    desk::Who,
    document, headers,
    route::{DeskRoute, SignRoute},
};
use serde::Serialize;
use wire::Fault;
use worker::{Env, Headers, Request, RequestInit, Response, Result, Stub};

/// Answers somebody at the agency's desk.
pub async fn answer(request: Request, env: &Env, config: &Config, wanted: DeskRoute<'_>) -> Result<Response> {
    match wanted {
        DeskRoute::App(site) => app(&request, env, config, site).await,
        DeskRoute::Board(site) => {
            let Some(signed) = comes(&request, env, config, site).await? else {
                return fault(Fault::Ticket, 401);
            };
            let stub = env.durable_object("BOARD")?.get_by_name(site)?;
            let (who, session, sites) = (signed.who(), signed.session, signed.sites);
            let visit = BoardVisit { site: site.to_owned(), who, session, sites };
            connect(&stub, &format!("https://board/{site}/socket"), &visit).await
        }
        DeskRoute::Chat(site, conversation) => {
            let Some(signed) = comes(&request, env, config, site).await? else {
                return fault(Fault::Ticket, 401);
            };
            let whose = Whose { site: site.to_owned(), conversation };
            let stub = pages::conversation(env, &whose)?;
            let visit = DeskVisit { whose, who: signed.who(), session: signed.session };
            connect(&stub, "https://conversation/desk", &visit).await
        }
        DeskRoute::Upload(site, conversation) => {
            let whose = Whose { site: site.to_owned(), conversation };
            desk_files::take(request, env, config, whose).await
        }
        DeskRoute::File(site, conversation, file) => {
            let whose = Whose { site: site.to_owned(), conversation };
            desk_files::give(&request, env, config, whose, file).await
        }
        DeskRoute::Erase(site, conversation) => {
            let whose = Whose { site: site.to_owned(), conversation };
            person_desk::answer(request, env, config, whose, true).await
        }
        DeskRoute::Export(site, conversation) => {
            let whose = Whose { site: site.to_owned(), conversation };
            person_desk::answer(request, env, config, whose, false).await
        }
        DeskRoute::Home => signed::home(env, config, &request).await,
        DeskRoute::Sign(SignRoute::In) => sign_in::show(&request, env, config).await,
        DeskRoute::Sign(SignRoute::Step) => sign_in::take(request, env, config).await,
        DeskRoute::Sign(SignRoute::Out) => sign_in::leave(request, env, config).await,
        DeskRoute::Sign(SignRoute::Provider) => oidc::begin(&request, env, config).await,
        DeskRoute::Sign(SignRoute::Back) => oidc::back(&request, env, config).await,
        DeskRoute::Sign(SignRoute::Account) => own_account::show(&request, env, config).await,
        DeskRoute::Sign(SignRoute::Change) => own_account::take(request, env, config).await,
    }
}

/// The desk of `site`, for whoever may be there; whoever has other sites is sent to the first of them.
async fn app(request: &Request, env: &Env, config: &Config, site: &str) -> Result<Response> {
    if signed_in(env, config, request, site).await?.is_some() {
        let policy = headers::desk_policy(config.host(), config.is_secure());
        return answers::html_answer(document::desk(&config.assets), &policy, 200);
    }
    match signed::whole(env, config, request).await? {
        Some(_) => signed::home(env, config, request).await,
        None => signed::to_sign_in(&format!("/desk/s/{site}")),
    }
}

/// Who comes with a socket, from a page of the edge's own: cookies alone would open it for every page.
async fn comes(request: &Request, env: &Env, config: &Config, site: &str) -> Result<Option<Signed>> {
    let headers = request.headers();
    let own = headers.get("origin")?.is_some_and(|origin| origin == config.origin);
    let upgrade = headers.get("upgrade")?.unwrap_or_default();
    if own && upgrade.eq_ignore_ascii_case("websocket") {
        signed_in(env, config, request, site).await
    } else {
        Ok(None)
    }
}

async fn connect<T: Serialize>(stub: &Stub, url: &str, visit: &T) -> Result<Response> {
    let mut url = worker::Url::parse(url)?;
    url.query_pairs_mut().append_pair("visit", &serde_json::to_string(visit)?);
    let headers = Headers::new();
    headers.set("upgrade", "websocket")?;
    let mut init = RequestInit::new();
    init.with_headers(headers);
    stub.fetch_with_request(Request::new_with_init(url.as_str(), &init)?).await
}

impl Signed {
    /// As whom they act.
    pub fn who(&self) -> Who {
        Who { name: self.name.clone(), shown: self.shown.clone(), role: self.role }
    }
}
