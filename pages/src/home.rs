//! `/`: what runs here, for whoever comes by. It names no site: whose chats an edge serves is nobody's business.

use crate::tool;
use hoi_core::http::assets::Assets;
use i18n::{Lang, Msg};
use maud::{Markup, html};

/// The page, in the language of the tag `lang`; with a way to the studio where there is one.
pub fn home_page(lang: &str, studio: bool, assets: &Assets) -> String {
    let lang = Lang::for_tag(lang);
    let title = lang.text(Msg::HomeTitle);
    let content = html! {
        h1 { (title) }
        p.tool-lead { (lang.text(Msg::HomeLead)) }
        dl { (visitors_section(lang)) (webmasters_section(lang, studio)) }
        (tool::language_links(lang, |code| format!("/?lang={code}")))
    };
    tool::tool_page(lang, title, "", assets, &content)
}

fn visitors_section(lang: Lang) -> Markup {
    html! {
        dt { (lang.text(Msg::HomeVisitors)) }
        dd { (lang.text(Msg::HomeVisitorsHow)) }
    }
}

fn webmasters_section(lang: Lang, studio: bool) -> Markup {
    html! {
        dt { (lang.text(Msg::HomeWebmasters)) }
        dd { a href={ "/check?lang=" (lang.code()) } { (lang.text(Msg::CheckTitle)) } }
        @if studio {
            dd { a href={ "/studio?lang=" (lang.code()) } { (lang.text(Msg::HomeStudio)) } }
        }
    }
}
