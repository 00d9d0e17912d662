//! The worker: the only place that knows the platform. It performs what `hoi_core` decides.
//!
//! Where to start: [`fetch`] below. It has two doors that never use each other: `http` answers requests and keeps
//! nothing, `objects` keep everything. Both ask objects through `rpc`, remember through `cache` and reach the platform
//! through `platform`.

#![cfg(target_arch = "wasm32")]

mod cache;
mod http;
mod objects;
mod platform;
mod rpc;

use hoi_core::http::route::{Route, allowed_methods, parse_route};
use platform::{
    config::{Config, has_studio},
    request_url::{RequestUrl, absolute_url},
    response::fault_response,
};
use wire::Fault;
use worker::{Context, Env, Headers, Request, Response, Result, event};

#[event(start)]
fn start() {
    console_error_panic_hook::set_once();
}

#[event(fetch)]
async fn fetch(request: Request, env: Env, _context: Context) -> Result<Response> {
    let answered = match Config::from_env(&env, &request) {
        Ok(config) => handle_request(request, &env, &config).await,
        Err(error) => Err(error),
    };
    // The one place where an error becomes an answer: details go to the log, a code to the visitor.
    answered.or_else(|error| {
        worker::console_error!("request failed: {error}");
        fault_response(Fault::Internal, 500)
    })
}

async fn handle_request(request: Request, env: &Env, config: &Config) -> Result<Response> {
    let method = request.method().to_string();
    let path = RequestUrl::from_request(&request)?.read_path();
    let wanted = parse_route(&method, &path);
    if let Route::Site(..) = wanted {
        platform::failpoint::panic_if_due(env, "pages");
    }
    match wanted {
        Route::Home => render_home(&request, env, config),
        Route::Health => http::health::handle(env).await,
        Route::Loader => http::assets::serve_loader(&request, env, config, None).await,
        Route::Check => http::check::serve_page(&request, env, config).await,
        Route::Studio => http::studio::handle(&request, env, config, false).await,
        Route::StudioHost => http::studio::handle(&request, env, config, true).await,
        Route::Asset(path) => http::assets::serve_asset(&request, env, config, path).await,
        Route::Site(site, wanted) => http::site::handle(request, env, config, site, wanted).await,
        Route::Admin(site, wanted) => http::admin::handle(request, env, config, site, wanted).await,
        Route::Staff(wanted) => http::staff_admin::handle(request, env, config, wanted).await,
        Route::Desk(wanted) => http::desk::handle(request, env, config, wanted).await,
        Route::WrongMethod => {
            if let Some(chat) = chat_of(&request, &path)? {
                let headers = Headers::new();
                headers.set("location", &absolute_url(&chat, &config.origin)?)?;
                return Ok(Response::empty()?.with_status(303).with_headers(headers));
            }
            let refused = fault_response(Fault::Malformed, 405)?;
            refused.headers().set("allow", &allowed_methods(&path))?;
            Ok(refused)
        }
        Route::Nothing => fault_response(Fault::NoSite, 404),
    }
}

/// Where a browser is sent that asks for a page which only answers what is posted.
fn chat_of(request: &Request, path: &str) -> Result<Option<String>> {
    let header = |name: &str| Ok::<_, worker::Error>(request.headers().get(name)?.unwrap_or_default());
    let asks = request.method() == worker::Method::Get && header("accept")?.contains("text/html");
    let framed = header("sec-fetch-dest")?.contains("frame");
    Ok(asks.then(|| hoi_core::http::navigation::chat_of(path, framed)).flatten())
}

fn render_home(request: &Request, env: &Env, config: &Config) -> Result<Response> {
    let html =
        pages::home::home_page(&http::response::language_tag(request)?, has_studio(env), &config.assets);
    let policy =
        hoi_core::http::headers::document_policy("none", config.host(), config.is_secure(), &[], &[]);
    http::response::html_response(html, &policy, 200)
}
