//! The shell: the only place that knows the platform. It performs what the rest of the crate decides.
//!
//! Where to start: [`fetch`] below. `site_object` holds what an agency published, `conversation_object` one visitor's
//! conversation, `delivery` carries questions to the agency and `callback` brings its late answers.

mod admin;
mod admission;
mod alarm;
mod answers;
mod beginning;
mod board_object;
mod board_rows;
mod board_socket;
mod callback;
mod check;
mod config;
mod confirmed;
mod conversation_object;
mod conversing;
mod delivery;
mod desk;
mod desk_files;
mod drill;
mod erasing;
mod exchange;
mod file_store;
mod files;
mod filing;
mod form;
mod forms;
mod frame;
mod guard;
mod handshake;
mod identify;
mod line;
mod listing;
mod looks;
mod meaning;
mod oidc;
mod own_account;
mod pages;
mod pairing;
mod papers;
mod person;
mod person_desk;
mod person_page;
mod platform;
mod push;
mod quota;
mod registry;
mod say;
mod sheets;
mod sign_in;
mod signed;
mod site_forget;
mod site_guard;
mod site_index;
mod site_ledger;
mod site_object;
mod site_pairing;
mod site_standing;
mod site_trail;
mod sites;
mod sql_log;
mod staff_admin;
mod staff_asked;
mod staff_frame;
mod staff_object;
mod staff_store;
mod staff_trail;
mod status;
mod streams;
mod studio;
mod telling;
mod tombstone;
mod uploads;

use crate::route::{Route, allowed, route};
use answers::{fault, plain};
use config::Config;
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
        drill::here(env, "pages");
    }
    match wanted {
        Route::Home => home(&request, env, config),
        Route::Health => plain("ok\n", 200),
        Route::Loader => files::loader(&request, env, config, None).await,
        Route::Check => check::page(&request, env, config).await,
        Route::Studio => studio::answer(&request, env, config, false).await,
        Route::StudioHost => studio::answer(&request, env, config, true).await,
        Route::Asset(path) => files::asset(&request, env, config, path).await,
        Route::Site(site, wanted) => pages::answer(request, env, config, site, wanted).await,
        Route::Admin(site, wanted) => admin::answer(request, env, config, site, wanted).await,
        Route::Staff(wanted) => staff_admin::answer(request, env, config, wanted).await,
        Route::Desk(wanted) => desk::answer(request, env, config, wanted).await,
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
    Ok(asks.then(|| crate::navigation::chat_of(path, framed)).flatten())
}

fn home(request: &Request, env: &Env, config: &Config) -> Result<Response> {
    let html = crate::home::home(&answers::wished_language(request)?, studio::open(env), &config.assets);
    let policy = crate::headers::document_policy("none", config.host(), config.is_secure(), &[], &[]);
    answers::html_answer(html, &policy, 200)
}
