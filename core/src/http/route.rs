//! What a request wants, by its method and path.

use wire::Id;

/// What is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route<'a> {
    /// `/`: what this is.
    Home,
    /// `/health`.
    Health,
    /// `/hoi.js`: the loader without a look.
    Loader,
    /// `/check`: what keeps the chat from a web page.
    Check,
    /// `/studio`: a site in other colours.
    Studio,
    /// `/studio/host`: the page around the chat in it.
    StudioHost,
    /// `/a/<file>`: a static file.
    Asset(&'a str),
    /// `/s/<site>/…`.
    Site(&'a str, SiteRoute),
    /// `/admin/sites/<site>…`.
    Admin(&'a str, AdminRoute),
    /// `/admin/staff`.
    Staff(StaffRoute),
    /// `/desk…`: where staff work.
    Desk(DeskRoute<'a>),
    /// The path exists, the method doesn't.
    WrongMethod,
    /// Nothing here.
    Nothing,
}

/// What is wanted of a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SiteRoute {
    /// The loader with the site's look.
    Loader,
    /// The script of `Hoi.check()`.
    Check,
    /// The script that puts the panel into the page itself.
    Inline,
    /// The frame's document.
    Frame,
    /// The same document as a page of its own.
    Page,
    /// A form posted without the widget.
    Say,
    /// A code that opens the conversation on another device.
    Elsewhere,
    /// The conversation is to be deleted, or what that means is to be said.
    Erase,
    /// A copy of it.
    Export,
    /// A page of a procedure's form.
    Form,
    /// The page that looks a case up.
    Status,
    /// What was typed there.
    LookUp,
    /// An appointment, as calendars read it.
    Calendar,
    /// The page where such a code is typed.
    Continue,
    /// The code that was typed there.
    Redeem,
    /// A fresh conversation with its ticket.
    Session,
    /// The look alone.
    Look,
    /// How it stands: a notice, switched off.
    Standing,
    /// A conversation's socket.
    Socket(Id),
    /// Frames posted, where no socket gets through.
    PostFrames,
    /// The logo.
    Logo,
    /// A file that a visitor sends.
    Upload,
    /// A file that a visitor has sent, wanted again.
    File(Id),
    /// Something the agency says of its own accord.
    Callback,
    /// What a page needs to have its device told of news.
    Push,
    /// The service worker that says so there.
    PushScript,
    /// A device that is to be told, or no more.
    TurnPush,
}

/// What somebody at the agency's desk wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeskRoute<'a> {
    /// The desk itself, at the first site of the account.
    Home,
    /// A site's desk.
    App(&'a str),
    /// A site's board: its socket.
    Board(&'a str),
    /// One of its conversations: the socket.
    Chat(&'a str, Id),
    /// A file for the visitor of a conversation.
    Upload(&'a str, Id),
    /// A file in a conversation.
    File(&'a str, Id, Id),
    /// A conversation is to be erased.
    Erase(&'a str, Id),
    /// A copy of one is wanted.
    Export(&'a str, Id),
    /// To sign in, to sign out, one's own account.
    Sign(SignRoute),
}

/// What somebody wants who signs in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignRoute {
    /// The page of the step that is due.
    In,
    /// What was typed there.
    Step,
    /// To sign in with the agency's own provider.
    Provider,
    /// To come back from there.
    Back,
    /// To sign out.
    Out,
    /// The page of one's own account.
    Account,
    /// What was posted there.
    Change,
}

/// What an operator wants to know of accounts, or to change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StaffRoute {
    /// Which there are.
    List,
    /// An order about one of them.
    Order,
}

/// What an operator wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AdminRoute {
    /// Which version is live.
    Status,
    /// Make a new version live.
    Publish,
    /// Make the version before live again.
    Rollback,
    /// Tell everybody something, switch the chat off or on.
    Standing,
    /// What happened, day by day.
    Report,
    /// The same in all, as Prometheus reads it.
    Metrics,
    /// What the desk has decided about questions that were not answered.
    Learned,
    /// What staff and operators did.
    Trail,
    /// Erase what is kept of a visitor, a case or a conversation.
    Erase,
    /// A copy of that.
    Export,
    /// Delete everything of the site.
    Forget,
}

/// Reads `method` (upper case) and `path` (without its query).
pub fn parse_route<'a>(method: &str, path: &'a str) -> Route<'a> {
    let mut parts = path.strip_prefix('/').unwrap_or(path).split('/');
    let first = parts.next().unwrap_or_default();
    let rest: Vec<&str> = parts.collect();
    match (first, rest.as_slice()) {
        ("", []) => require_get(method, Route::Home),
        ("health", []) => require_get(method, Route::Health),
        ("hoi.js", []) => require_get(method, Route::Loader),
        ("check", []) => require_get(method, Route::Check),
        ("studio", []) => require_get(method, Route::Studio),
        ("studio", ["host"]) => require_get(method, Route::StudioHost),
        ("a", [_]) => require_get(method, Route::Asset(path)),
        ("s", [site, rest @ ..]) if is_site(site) => site_route(method, site, rest),
        ("desk", rest) => desk_route(method, rest),
        ("admin", ["sites", site, rest @ ..]) if is_site(site) => admin_route(method, site, rest),
        ("admin", ["staff"]) if method == "POST" => Route::Staff(StaffRoute::Order),
        ("admin", ["staff"]) => require_get(method, Route::Staff(StaffRoute::List)),
        _ => Route::Nothing,
    }
}

/// The methods that `path` takes, as the header `Allow` lists them.
pub fn allowed_methods(path: &str) -> String {
    let takes = |method: &&str| !matches!(parse_route(method, path), Route::WrongMethod | Route::Nothing);
    ["GET", "HEAD", "POST", "OPTIONS"].into_iter().filter(takes).collect::<Vec<_>>().join(", ")
}

fn require_get<'a>(method: &str, route: Route<'a>) -> Route<'a> {
    if matches!(method, "GET" | "HEAD") { route } else { Route::WrongMethod }
}

fn site_route<'a>(method: &str, site: &'a str, rest: &[&str]) -> Route<'a> {
    let posted = |route| if method == "POST" { Route::Site(site, route) } else { Route::WrongMethod };
    let got = |route| require_get(method, Route::Site(site, route));
    match rest {
        [] | [""] => got(SiteRoute::Page),
        ["hoi.js"] => got(SiteRoute::Loader),
        ["check.js"] => got(SiteRoute::Check),
        ["inline.js"] => got(SiteRoute::Inline),
        ["frame"] => got(SiteRoute::Frame),
        ["look"] => got(SiteRoute::Look),
        ["standing"] => got(SiteRoute::Standing),
        ["logo"] => got(SiteRoute::Logo),
        ["line"] => posted(SiteRoute::PostFrames),
        ["say"] => posted(SiteRoute::Say),
        ["elsewhere"] => posted(SiteRoute::Elsewhere),
        ["erase"] => posted(SiteRoute::Erase),
        ["export"] => posted(SiteRoute::Export),
        ["form"] if method != "POST" => got(SiteRoute::Form),
        ["form"] => posted(SiteRoute::Form),
        ["status"] if method == "POST" => Route::Site(site, SiteRoute::LookUp),
        ["status"] => got(SiteRoute::Status),
        ["calendar"] => posted(SiteRoute::Calendar),
        ["continue"] if method == "POST" => Route::Site(site, SiteRoute::Redeem),
        ["continue"] => got(SiteRoute::Continue),
        ["callback"] => posted(SiteRoute::Callback),
        ["push"] if method == "POST" => Route::Site(site, SiteRoute::TurnPush),
        ["push"] => got(SiteRoute::Push),
        ["push.js"] => got(SiteRoute::PushScript),
        ["file"] if method == "OPTIONS" => Route::Site(site, SiteRoute::Upload),
        ["file"] => posted(SiteRoute::Upload),
        ["file", id] => id.parse().map_or(Route::Nothing, |id| posted(SiteRoute::File(id))),
        ["session"] if method == "OPTIONS" => Route::Site(site, SiteRoute::Session),
        ["session"] => posted(SiteRoute::Session),
        ["ws", id] => id.parse().map_or(Route::Nothing, |id| got(SiteRoute::Socket(id))),
        _ => Route::Nothing,
    }
}

fn desk_route<'a>(method: &str, rest: &[&'a str]) -> Route<'a> {
    match rest {
        [] | [""] => require_get(method, Route::Desk(DeskRoute::Home)),
        ["sign-in"] if method == "POST" => Route::Desk(DeskRoute::Sign(SignRoute::Step)),
        ["sign-in"] => require_get(method, Route::Desk(DeskRoute::Sign(SignRoute::In))),
        ["oidc"] => require_get(method, Route::Desk(DeskRoute::Sign(SignRoute::Provider))),
        ["oidc", "back"] => require_get(method, Route::Desk(DeskRoute::Sign(SignRoute::Back))),
        ["sign-out"] if method == "POST" => Route::Desk(DeskRoute::Sign(SignRoute::Out)),
        ["sign-out"] => Route::WrongMethod,
        ["account"] if method == "POST" => Route::Desk(DeskRoute::Sign(SignRoute::Change)),
        ["account"] => require_get(method, Route::Desk(DeskRoute::Sign(SignRoute::Account))),
        ["s", site] if is_site(site) => require_get(method, Route::Desk(DeskRoute::App(site))),
        ["s", site, "board"] if is_site(site) => require_get(method, Route::Desk(DeskRoute::Board(site))),
        ["s", site, "chat", id] if is_site(site) => id
            .parse()
            .map_or(Route::Nothing, |id| require_get(method, Route::Desk(DeskRoute::Chat(site, id)))),
        ["s", site, "chat", id, what @ ("erase" | "export")] if is_site(site) => match (id.parse(), method) {
            (Ok(id), "POST") if *what == "erase" => Route::Desk(DeskRoute::Erase(site, id)),
            (Ok(id), "POST") => Route::Desk(DeskRoute::Export(site, id)),
            (Ok(_), _) => Route::WrongMethod,
            (Err(_), _) => Route::Nothing,
        },
        ["s", site, "chat", id, "file"] if is_site(site) => match (id.parse(), method) {
            (Ok(id), "POST") => Route::Desk(DeskRoute::Upload(site, id)),
            (Ok(_), _) => Route::WrongMethod,
            (Err(_), _) => Route::Nothing,
        },
        ["s", site, "chat", id, "file", file] if is_site(site) => match (id.parse(), file.parse()) {
            (Ok(id), Ok(file)) => require_get(method, Route::Desk(DeskRoute::File(site, id, file))),
            _ => Route::Nothing,
        },
        _ => Route::Nothing,
    }
}

fn admin_route<'a>(method: &str, site: &'a str, rest: &[&str]) -> Route<'a> {
    match (method, rest) {
        ("GET", []) => Route::Admin(site, AdminRoute::Status),
        ("POST", []) => Route::Admin(site, AdminRoute::Publish),
        ("POST", ["rollback"]) => Route::Admin(site, AdminRoute::Rollback),
        ("POST", ["standing"]) => Route::Admin(site, AdminRoute::Standing),
        ("GET", ["report"]) => Route::Admin(site, AdminRoute::Report),
        ("GET", ["metrics"]) => Route::Admin(site, AdminRoute::Metrics),
        ("GET", ["learned"]) => Route::Admin(site, AdminRoute::Learned),
        ("GET", ["trail"]) => Route::Admin(site, AdminRoute::Trail),
        ("POST", ["erase"]) => Route::Admin(site, AdminRoute::Erase),
        ("POST", ["export"]) => Route::Admin(site, AdminRoute::Export),
        ("POST", ["forget"]) => Route::Admin(site, AdminRoute::Forget),
        (_, [] | ["rollback" | "standing" | "report" | "metrics" | "learned" | "trail"])
        | (_, ["erase" | "export" | "forget"]) => Route::WrongMethod,
        _ => Route::Nothing,
    }
}

/// Whether this can be a site's id. The same rule as for the id in `site.toml`.
pub fn is_site(text: &str) -> bool {
    let plain = text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    plain && (1..=64).contains(&text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths() {
        let id = "000000000000000000000000000000ff";
        let socket = format!("/s/ward/ws/{id}");
        let upload = format!("/desk/s/ward/chat/{id}/file");
        let erase = format!("/desk/s/ward/chat/{id}/erase");
        let desk_file = format!("{upload}/{id}");
        let cases: &[(&str, &str, Route<'_>)] = &[
            ("GET", "/", Route::Home),
            ("HEAD", "/hoi.js", Route::Loader),
            ("POST", "/hoi.js", Route::WrongMethod),
            ("GET", "/s/ward", Route::Site("ward", SiteRoute::Page)),
            ("GET", "/s/ward/", Route::Site("ward", SiteRoute::Page)),
            ("GET", "/check", Route::Check),
            ("GET", "/s/ward/check.js", Route::Site("ward", SiteRoute::Check)),
            ("GET", "/s/ward/hoi.js", Route::Site("ward", SiteRoute::Loader)),
            ("GET", &socket, Route::Site("ward", SiteRoute::Socket(Id(255)))),
            ("GET", "/s/ward/ws/../../admin", Route::Nothing),
            ("GET", "/s/Ward", Route::Nothing),
            ("GET", "/s/..%2f", Route::Nothing),
            ("GET", "/s/ward/say", Route::WrongMethod),
            ("POST", "/s/ward/say", Route::Site("ward", SiteRoute::Say)),
            ("GET", "/s/ward/elsewhere", Route::WrongMethod),
            ("GET", "/s/ward/form", Route::Site("ward", SiteRoute::Form)),
            ("POST", "/s/ward/form", Route::Site("ward", SiteRoute::Form)),
            ("GET", "/s/ward/status", Route::Site("ward", SiteRoute::Status)),
            ("POST", "/s/ward/status", Route::Site("ward", SiteRoute::LookUp)),
            ("POST", "/s/ward/calendar", Route::Site("ward", SiteRoute::Calendar)),
            ("GET", "/s/ward/continue", Route::Site("ward", SiteRoute::Continue)),
            ("POST", "/s/ward/continue", Route::Site("ward", SiteRoute::Redeem)),
            ("POST", "/s/ward/line", Route::Site("ward", SiteRoute::PostFrames)),
            ("GET", "/s/ward/line", Route::WrongMethod),
            ("POST", "/s/ward/file", Route::Site("ward", SiteRoute::Upload)),
            ("GET", "/s/ward/file", Route::WrongMethod),
            ("POST", "/s/ward/file/x", Route::Nothing),
            ("POST", "/s/ward/callback", Route::Site("ward", SiteRoute::Callback)),
            ("GET", "/s/ward/callback", Route::WrongMethod),
            ("GET", "/s/ward/push", Route::Site("ward", SiteRoute::Push)),
            ("POST", "/s/ward/push", Route::Site("ward", SiteRoute::TurnPush)),
            ("GET", "/s/ward/push.js", Route::Site("ward", SiteRoute::PushScript)),
            ("POST", "/s/ward/push.js", Route::WrongMethod),
            ("POST", "/admin/sites/ward", Route::Admin("ward", AdminRoute::Publish)),
            ("GET", "/admin/sites/ward/report", Route::Admin("ward", AdminRoute::Report)),
            ("POST", "/admin/sites/ward/metrics", Route::WrongMethod),
            ("POST", "/admin/sites/ward/standing", Route::Admin("ward", AdminRoute::Standing)),
            ("GET", "/s/ward/standing", Route::Site("ward", SiteRoute::Standing)),
            ("DELETE", "/admin/sites/ward", Route::WrongMethod),
            ("POST", "/s/ward/erase", Route::Site("ward", SiteRoute::Erase)),
            ("GET", "/s/ward/erase", Route::WrongMethod),
            ("POST", "/s/ward/export", Route::Site("ward", SiteRoute::Export)),
            ("POST", "/admin/sites/ward/erase", Route::Admin("ward", AdminRoute::Erase)),
            ("POST", "/admin/sites/ward/forget", Route::Admin("ward", AdminRoute::Forget)),
            ("POST", &erase, Route::Desk(DeskRoute::Erase("ward", Id(255)))),
            ("GET", &erase, Route::WrongMethod),
            ("GET", "/desk", Route::Desk(DeskRoute::Home)),
            ("POST", "/desk", Route::WrongMethod),
            ("GET", "/desk/s/ward", Route::Desk(DeskRoute::App("ward"))),
            ("GET", "/desk/s/ward/board", Route::Desk(DeskRoute::Board("ward"))),
            ("GET", "/desk/s/ward/chat/x", Route::Nothing),
            ("GET", &desk_file, Route::Desk(DeskRoute::File("ward", Id(255), Id(255)))),
            ("POST", &desk_file, Route::WrongMethod),
            ("POST", &upload, Route::Desk(DeskRoute::Upload("ward", Id(255)))),
            ("GET", &upload, Route::WrongMethod),
            ("POST", "/desk/s/ward/chat/x/file", Route::Nothing),
            ("GET", "/desk/sign-in", Route::Desk(DeskRoute::Sign(SignRoute::In))),
            ("POST", "/desk/sign-in", Route::Desk(DeskRoute::Sign(SignRoute::Step))),
            ("GET", "/desk/oidc/back", Route::Desk(DeskRoute::Sign(SignRoute::Back))),
            ("POST", "/desk/oidc", Route::WrongMethod),
            ("GET", "/desk/sign-out", Route::WrongMethod),
            ("POST", "/desk/account", Route::Desk(DeskRoute::Sign(SignRoute::Change))),
            ("GET", "/admin/staff", Route::Staff(StaffRoute::List)),
            ("POST", "/admin/staff", Route::Staff(StaffRoute::Order)),
            ("DELETE", "/admin/staff", Route::WrongMethod),
            ("GET", "/a/widget.0123456789.js", Route::Asset("/a/widget.0123456789.js")),
            ("GET", "/a/../x", Route::Nothing),
            ("GET", "", Route::Home),
        ];
        for (method, path, expected) in cases {
            assert_eq!(parse_route(method, path), *expected, "{method} {path}");
        }
    }

    #[test]
    fn a_refused_method_is_told_the_others() {
        for (path, methods) in [
            ("/hoi.js", "GET, HEAD"),
            ("/s/ward/say", "POST"),
            ("/s/ward/file", "POST, OPTIONS"),
            ("/nowhere", ""),
        ] {
            assert_eq!(allowed_methods(path), methods, "{path}");
        }
    }
}
