//! `/check`: a form that works without any script.

use super::{
    Finding, Question,
    words::{Lang, sentence},
};
use crate::{assets::Assets, document::common};
use maud::{DOCTYPE, Markup, html};

/// What the page shows.
#[derive(Debug, Clone, Copy)]
pub struct Form<'a> {
    /// What was asked; an empty site: nothing yet.
    pub question: Question<'a>,
    /// What [`super::verdict`] found.
    pub findings: &'a [Finding],
    /// The edge's own origin.
    pub edge: &'a str,
    /// The webmaster's language.
    pub lang: &'a str,
    /// Where the style sheets lie.
    pub assets: &'a Assets,
}

/// The whole page.
pub fn page(form: &Form<'_>) -> String {
    let lang = Lang::of(form.lang);
    let title = lang.pick("Kiểm tra khung chat trên trang web", "Check the chat on your web site");
    html! {
        (DOCTYPE)
        html.hoi-doc lang=(lang.code()) data-mode="page" data-scheme="auto" {
            head {
                (common(form.assets, title, "auto"))
                @if let Some(css) = form.assets.get("tools.css") { link rel="stylesheet" href=(css.path); }
            }
            body {
                main.tool {
                    h1 { (title) }
                    @if !form.question.site.is_empty() { (answer(form, lang)) }
                    (fields(form, lang))
                    p.tool-note {
                        (lang.pick("Khung chat đã hiện trên trang? Mở bảng điều khiển của trình duyệt và gõ ",
                            "Is the launcher on the page already? Open the browser’s console there and type "))
                        code { "Hoi.check()" } "."
                    }
                    p.tool-note { (other(form, lang)) }
                }
            }
        }
    }
    .into_string()
}

fn answer(form: &Form<'_>, lang: Lang) -> Markup {
    let good = lang.pick("Không thấy gì sai.", "Nothing is wrong.");
    html! {
        div.tool-answer role="status" {
            @if form.findings.is_empty() { p.tool-good { (good) } }
            @else { ol { @for finding in form.findings { li { (sentence(finding, lang)) } } } }
            h2 { (lang.pick("Thẻ để dán vào trang", "The tag to paste")) }
            pre tabindex="0" { code {
                "<script async src=\"" (form.edge) "/s/" (form.question.site) "/hoi.js\"></script>"
            } }
            h2 { (lang.pick("Trang có CSP thì cần thêm", "If the page has a policy, add")) }
            pre tabindex="0" { code { "script-src " (form.edge) "; frame-src " (form.edge) } }
        }
    }
}

fn fields(form: &Form<'_>, lang: Lang) -> Markup {
    let Question { site, page, policy } = form.question;
    html! {
        form.tool-form method="get" action="/check" {
            input type="hidden" name="lang" value=(lang.code());
            label for="site" { (lang.pick("Tên trong thẻ", "The name in the tag")) }
            input #site name="site" value=(site) required autocapitalize="none" autocomplete="off" spellcheck="false";
            label for="page" { (lang.pick("Địa chỉ trang web", "The page’s address")) }
            input #page name="page" type="url" value=(page) placeholder="https://";
            label for="policy" {
                (lang.pick("Content-Security-Policy của trang, nếu có", "The page’s Content-Security-Policy, if it has one"))
            }
            textarea #policy name="policy" rows="4" spellcheck="false" { "\n" (policy) }
            button type="submit" { (lang.pick("Kiểm tra", "Check")) }
        }
    }
}

/// The same page in the other language.
fn other(form: &Form<'_>, lang: Lang) -> Markup {
    let (code, name) = lang.other();
    let site = form.question.site;
    html! { a href={ "/check?lang=" (code) "&site=" (site) } hreflang=(code) lang=(code) { (name) } }
}
