//! What staff ask for: the desk and its sockets. Whoever is not signed in is told nothing but that.

use super::{
    desk_files, oidc, own_account, response, sign_in, staff_erasure,
    staff_session::{self, SignedInStaff, find_signed_in},
};
use crate::{
    platform::{config::Config, response::fault_response},
    rpc::{
        ObjectRequest as _,
        board::{BoardSession, OpenBoardSocket},
        conversation::{ConversationKey, OpenStaffSocket},
    },
};
use hoi_core::http::{
    headers,
    route::{DeskRoute, SignRoute},
};
use pages::document;
use wire::Fault;
use worker::{Env, Request, Response, Result};

/// Answers somebody at the agency's desk.
pub async fn handle(request: Request, env: &Env, config: &Config, wanted: DeskRoute<'_>) -> Result<Response> {
    match wanted {
        DeskRoute::App(site) => serve_app(&request, env, config, site).await,
        DeskRoute::Board(site) => {
            let Some(signed) = authenticate_socket(&request, env, config, site).await? else {
                return fault_response(Fault::Ticket, 401);
            };
            let (who, session, sites) = (signed.actor(), signed.session, signed.sites);
            let session = BoardSession { site: site.to_owned(), who, session, sites };
            OpenBoardSocket(session).open_socket(env, site).await
        }
        DeskRoute::Chat(site, conversation) => {
            let Some(signed) = authenticate_socket(&request, env, config, site).await? else {
                return fault_response(Fault::Ticket, 401);
            };
            let key = ConversationKey { site: site.to_owned(), conversation };
            OpenStaffSocket(signed.in_conversation(key.clone())).open_socket(env, &key).await
        }
        DeskRoute::Upload(site, conversation) => {
            let key = ConversationKey { site: site.to_owned(), conversation };
            desk_files::handle_upload(request, env, config, key).await
        }
        DeskRoute::File(site, conversation, file) => {
            let key = ConversationKey { site: site.to_owned(), conversation };
            desk_files::handle_download(&request, env, config, key, file).await
        }
        DeskRoute::Erase(site, conversation) => {
            let key = ConversationKey { site: site.to_owned(), conversation };
            staff_erasure::handle(request, env, config, key, true).await
        }
        DeskRoute::Export(site, conversation) => {
            let key = ConversationKey { site: site.to_owned(), conversation };
            staff_erasure::handle(request, env, config, key, false).await
        }
        DeskRoute::Home => staff_session::redirect_home(env, config, &request).await,
        DeskRoute::Sign(SignRoute::In) => sign_in::show_step(&request, env, config).await,
        DeskRoute::Sign(SignRoute::Step) => sign_in::handle_form(request, env, config).await,
        DeskRoute::Sign(SignRoute::Out) => sign_in::sign_out(request, env, config).await,
        DeskRoute::Sign(SignRoute::Provider) => oidc::redirect_to_provider(&request, env, config).await,
        DeskRoute::Sign(SignRoute::Back) => oidc::handle_callback(&request, env, config).await,
        DeskRoute::Sign(SignRoute::Account) => own_account::show_account(&request, env, config).await,
        DeskRoute::Sign(SignRoute::Change) => own_account::handle_form(request, env, config).await,
    }
}

/// The desk of `site`, for whoever may be there; whoever has other sites is sent to the first of them.
async fn serve_app(request: &Request, env: &Env, config: &Config, site: &str) -> Result<Response> {
    if find_signed_in(env, config, request, site).await?.is_some() {
        let policy = headers::desk_policy(config.host(), config.is_secure());
        return response::html_response(document::desk_page(&config.assets), &policy, 200);
    }
    match staff_session::complete_session(env, config, request).await? {
        Some(_) => staff_session::redirect_home(env, config, request).await,
        None => staff_session::redirect_to_sign_in(&format!("/desk/s/{site}")),
    }
}

/// Who comes with a socket, from a page of the edge's own: cookies alone would open it for every page.
async fn authenticate_socket(
    request: &Request,
    env: &Env,
    config: &Config,
    site: &str,
) -> Result<Option<SignedInStaff>> {
    let headers = request.headers();
    let own = headers.get("origin")?.is_some_and(|origin| origin == config.origin);
    let upgrade = headers.get("upgrade")?.unwrap_or_default();
    if own && upgrade.eq_ignore_ascii_case("websocket") {
        find_signed_in(env, config, request, site).await
    } else {
        Ok(None)
    }
}
