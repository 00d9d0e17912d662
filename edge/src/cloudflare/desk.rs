//! What staff ask for: the desk and its sockets. Whoever is not signed in is told nothing but that.

use super::{
    answers::{self, fault},
    board_socket::BoardVisit,
    config::Config,
    conversation_object::DeskVisit,
    pages,
    signed::{Signed, signed_in},
    sql_log::Whose,
};
use crate::{desk::Who, document, headers, route::DeskRoute};
use serde::Serialize;
use wire::Fault;
use worker::{Env, Headers, Request, RequestInit, Response, Result, Stub};

/// Answers somebody at the agency's desk.
pub async fn answer(request: Request, env: &Env, config: &Config, wanted: DeskRoute<'_>) -> Result<Response> {
    match wanted {
        // Whoever signs in is sent on to a site of theirs.
        DeskRoute::Home => sent_to(config, "/desk/sign-in"),
        DeskRoute::App(site) => match signed_in(env, &request, site).await? {
            Some(_) => {
                let policy = headers::desk_policy(config.host(), config.is_secure());
                answers::html_answer(document::desk(&config.assets), &policy, 200)
            }
            None => sent_to(config, &format!("/desk/sign-in?next=/desk/s/{site}")),
        },
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
    }
}

fn sent_to(config: &Config, path: &str) -> Result<Response> {
    let url = worker::Url::parse(&format!("{}{path}", config.origin))?;
    Response::redirect_with_status(url, 303)
}

/// Who comes with a socket, from a page of the edge's own: cookies alone would open it for every page.
async fn comes(request: &Request, env: &Env, config: &Config, site: &str) -> Result<Option<Signed>> {
    let headers = request.headers();
    let own = headers.get("origin")?.is_some_and(|origin| origin == config.origin);
    let upgrade = headers.get("upgrade")?.unwrap_or_default();
    if own && upgrade.eq_ignore_ascii_case("websocket") {
        signed_in(env, request, site).await
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
    fn who(&self) -> Who {
        Who { name: self.name.clone(), shown: self.shown.clone(), role: self.role }
    }
}
