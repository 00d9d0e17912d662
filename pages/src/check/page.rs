//! `/check`: a form that works without any script.

use super::{EmbedQuestion, Finding, Need};
use crate::tool;
use hoi_core::http::assets::Assets;
use i18n::{Lang, Msg};
use maud::{Markup, html};

/// What the page shows.
#[derive(Debug, Clone, Copy)]
pub struct CheckForm<'a> {
    /// What was asked; an empty site: nothing yet.
    pub question: EmbedQuestion<'a>,
    /// What [`super::check_page`] found.
    pub findings: &'a [Finding],
    /// The edge's own origin.
    pub edge: &'a str,
    /// The webmaster's language.
    pub lang: &'a str,
    /// Where the style sheets lie.
    pub assets: &'a Assets,
}

/// The whole page.
pub fn check_form_page(form: &CheckForm<'_>) -> String {
    let lang = Lang::for_tag(form.lang);
    let (title, site) = (lang.text(Msg::CheckTitle), form.question.site);
    let content = html! {
        h1 { (title) }
        @if !site.is_empty() { (findings_section(form, lang)) }
        (form_fields(form, lang))
        p.tool-note { (lang.text(Msg::CheckConsole)) " " code dir="ltr" { "Hoi.check()" } }
        (tool::language_links(lang, |code| format!("/check?lang={code}&site={site}")))
    };
    tool::tool_page(lang, title, "", form.assets, &content)
}

fn findings_section(form: &CheckForm<'_>, lang: Lang) -> Markup {
    html! {
        div.tool-answer role="status" {
            @if form.findings.is_empty() { p.tool-good { (lang.text(Msg::CheckGood)) } }
            @else { ol { @for finding in form.findings { li { (finding_sentence(finding, lang)) } } } }
            h2 { (lang.text(Msg::CheckTag)) }
            pre tabindex="0" dir="ltr" { code {
                "<script async src=\"" (form.edge) "/s/" (form.question.site) "/hoi.js\"></script>"
            } }
            h2 { (lang.text(Msg::CheckPolicyAdd)) }
            pre tabindex="0" dir="ltr" { code { "script-src " (form.edge) "; frame-src " (form.edge) } }
        }
    }
}

/// What is wrong and what to do about it, in one sentence.
fn finding_sentence(finding: &Finding, lang: Lang) -> String {
    match finding {
        Finding::NoSite(name) => lang.check_no_site(name),
        Finding::NoPage => lang.text(Msg::CheckNoPage).to_owned(),
        Finding::NotListed(origin) => lang.check_not_listed(origin),
        Finding::Lacks(Need { directive, source }) => lang.check_policy_lacks(directive, source),
        Finding::Nonce => lang.text(Msg::CheckNonce).to_owned(),
    }
}

fn form_fields(form: &CheckForm<'_>, lang: Lang) -> Markup {
    let EmbedQuestion { site, page, policy } = form.question;
    html! {
        form.tool-form method="get" action="/check" {
            input type="hidden" name="lang" value=(lang.code());
            label for="site" { (lang.text(Msg::CheckSite)) }
            input #site name="site" value=(site) required autocapitalize="none" autocomplete="off" spellcheck="false"
                dir="ltr";
            label for="page" { (lang.text(Msg::CheckPage)) }
            input #page name="page" type="url" value=(page) placeholder="https://" dir="ltr";
            label for="policy" { (lang.text(Msg::CheckPolicy)) }
            textarea #policy name="policy" rows="4" spellcheck="false" dir="ltr" { "\n" (policy) }
            button type="submit" { (lang.text(Msg::CheckGo)) }
        }
    }
}
