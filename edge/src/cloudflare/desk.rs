//! What staff ask for: the desk and its sockets.

use super::{answers::fault, config::Config, oidc, own_account, sign_in, signed};
use crate::route::{DeskRoute, SignRoute};
use wire::Fault;
use worker::{Env, Request, Response, Result};

/// Answers somebody at the agency's desk.
pub async fn answer(request: Request, env: &Env, config: &Config, wanted: DeskRoute<'_>) -> Result<Response> {
    match wanted {
        DeskRoute::Home => signed::home(env, config, &request).await,
        DeskRoute::Sign(SignRoute::In) => sign_in::show(&request, env, config).await,
        DeskRoute::Sign(SignRoute::Step) => sign_in::take(request, env, config).await,
        DeskRoute::Sign(SignRoute::Out) => sign_in::leave(request, env, config).await,
        DeskRoute::Sign(SignRoute::Provider) => oidc::begin(&request, env, config).await,
        DeskRoute::Sign(SignRoute::Back) => oidc::back(&request, env, config).await,
        DeskRoute::Sign(SignRoute::Account) => own_account::show(&request, env, config).await,
        DeskRoute::Sign(SignRoute::Change) => own_account::take(request, env, config).await,
        DeskRoute::App(_) | DeskRoute::Board(_) | DeskRoute::Chat(..) => fault(Fault::NoSite, 404),
    }
}
