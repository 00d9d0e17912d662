//! The shell: the only place that knows the platform. It performs what the rest of the crate decides.
//!
//! Where to start: [`fetch`] below. `site_object` holds what an agency published, `conversation_object` one visitor's
//! conversation, `delivery` carries questions to the agency and `callback` brings its late answers.

#![cfg(target_arch = "wasm32")]

mod cache;
mod http;
mod objects;
mod platform;
mod rpc;

use hoi_core::http::route::{Route, allowed, route};
use http::response::{fault, plain};
use platform::config::Config;
use wire::Fault;
use worker::{Context, Env, Request, Response, Result, event};

#[event(start)]
fn start() {
    console_error_panic_hook::set_once();
}

#[event(fetch)]
async fn fetch(request: Request, env: Env, _context: Context) -> Result<Response> {
    let answered = match Config::read(&env, &request) {
        Ok(config) => answer(request, &env, &config).await,
        Err(error) => Err(error),
    };
    // The one place where an error becomes an answer: details go to the log, a code to the visitor.
    answered.or_else(|error| {
        worker::console_error!("request failed: {error}");
        fault(Fault::Internal, 500)
    })
}

async fn answer(request: Request, env: &Env, config: &Config) -> Result<Response> {
    let method = request.method().to_string();
    let url = request.url()?;
    let wanted = route(&method, url.path());
    if let Route::Site(..) = wanted {
        platform::failpoint::here(env, "pages");
    }
    match wanted {
        Route::Home => home(&request, env, config),
        Route::Health => plain("ok\n", 200),
        Route::Loader => http::assets::loader(&request, env, config, None).await,
        Route::Check => http::check::page(&request, env, config).await,
        Route::Studio => http::studio::answer(&request, env, config, false).await,
        Route::StudioHost => http::studio::answer(&request, env, config, true).await,
        Route::Asset(path) => http::assets::asset(&request, env, config, path).await,
        Route::Site(site, wanted) => http::site::answer(request, env, config, site, wanted).await,
        Route::Admin(site, wanted) => http::admin::answer(request, env, config, site, wanted).await,
        Route::Staff(wanted) => http::staff_admin::answer(request, env, config, wanted).await,
        Route::Desk(wanted) => http::desk::answer(request, env, config, wanted).await,
        Route::WrongMethod => {
            if let Some(chat) = chat_of(&request, url.path())? {
                return Response::redirect_with_status(worker::Url::parse(&config.origin)?.join(&chat)?, 303);
            }
            let refused = fault(Fault::Malformed, 405)?;
            refused.headers().set("allow", &allowed(url.path()))?;
            Ok(refused)
        }
        Route::Nothing => fault(Fault::NoSite, 404),
    }
}

/// Where a browser is sent that asks for a page which only answers what is posted.
fn chat_of(request: &Request, path: &str) -> Result<Option<String>> {
    let header = |name: &str| Ok::<_, worker::Error>(request.headers().get(name)?.unwrap_or_default());
    let asks = request.method() == worker::Method::Get && header("accept")?.contains("text/html");
    let framed = header("sec-fetch-dest")?.contains("frame");
    Ok(asks.then(|| hoi_core::http::navigation::chat_of(path, framed)).flatten())
}

fn home(request: &Request, env: &Env, config: &Config) -> Result<Response> {
    let html = pages::home::home(
        &http::response::wished_language(request)?,
        http::studio::open(env),
        &config.assets,
    );
    let policy =
        hoi_core::http::headers::document_policy("none", config.host(), config.is_secure(), &[], &[]);
    http::response::html_answer(html, &policy, 200)
}
