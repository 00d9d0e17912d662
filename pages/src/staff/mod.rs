//! The pages for signing in. They need no script, and look like Hoi, not like a site: an account may work for several.

mod account;
mod sign_in;

pub use account::{AccountSection, account_page};
pub use sign_in::{
    Unlike, ask_code, ask_password, continue_page, new_password_page, notice_page, provider_sign_out_page,
    recovery_codes_page, totp_enrolment_page,
};

use crate::document::common_head;
use hoi_core::accounts::redirect::quote_path;
use hoi_core::http::assets::Assets;
use i18n::{SignInMessages, StaffLang};
use maud::{DOCTYPE, Markup, html};

/// What all of them share.
#[derive(Debug, Clone, Copy)]
pub struct StaffPage<'a> {
    /// Where the style sheets lie.
    pub assets: &'a Assets,
    /// What it says.
    pub words: &'static SignInMessages,
    /// Its own path, for the other languages.
    pub path: &'a str,
    /// Where to go on after signing in: one of the desk's own paths.
    pub next: &'a str,
}

/// The policy of these pages: a style sheet and forms of the edge's own, pictures in the page, no script, nobody around it.
pub const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; \
                          frame-ancestors 'none'";

impl StaffPage<'_> {
    /// The whole page.
    fn draw_page(&self, title: &str, content: Markup) -> String {
        let StaffPage { assets, words, path, next } = *self;
        html! {
            (DOCTYPE)
            // As the desk's: it has languages of its own.
            html.hoi-doc lang=(words.lang.tag()) dir="ltr" data-mode="page" data-scheme="auto" translate="no" {
                head {
                    (common_head(assets, &format!("{title} – {}", words.desk), "auto"))
                    @if let Some(css) = assets.get("sheet.css") { link rel="stylesheet" href=(css.path); }
                }
                body {
                    header.hoi-header { p.hoi-who.hoi-name { (words.desk) } }
                    main.hoi-sheet.hoi-staff {
                        h1 { (title) }
                        (content)
                    }
                    nav.hoi-sheet.hoi-tongues {
                        @for other in StaffLang::ALL.into_iter().filter(|other| *other != words.lang) {
                            a href={ (path) "?lang=" (other.tag()) "&next=" (quote_path(next)) } lang=(other.tag())
                                hreflang=(other.tag()) { (other.name()) }
                        }
                    }
                }
            }
        }
        .into_string()
    }

    /// What every form of theirs holds.
    fn hidden_fields(&self, wish: &str) -> Markup {
        html! {
            input type="hidden" name="do" value=(wish);
            input type="hidden" name="lang" value=(self.words.lang.tag());
            input type="hidden" name="next" value=(self.next);
        }
    }

    /// A form with one button that asks nothing.
    fn draw_button_form(&self, action: &str, wish: &str, class: &str, label: &str) -> Markup {
        html! {
            form method="post" action=(action) {
                (self.hidden_fields(wish))
                button class=(class) type="submit" { (label) }
            }
        }
    }
}

/// A field with its label, its hint and what is wrong with what stood in it.
#[derive(Debug, Clone, Copy)]
struct StaffField<'a> {
    name: &'a str,
    label: &'a str,
    kind: &'a str,
    complete: &'a str,
    hint: Option<&'a str>,
    wrong: Option<&'a str>,
    value: &'a str,
    focus: bool,
}

impl Default for StaffField<'_> {
    fn default() -> Self {
        let (kind, complete) = ("password", "current-password");
        StaffField { name: "", label: "", kind, complete, hint: None, wrong: None, value: "", focus: false }
    }
}

impl StaffField<'_> {
    fn draw_field(&self) -> Markup {
        let StaffField { name, label, kind, complete, hint, wrong, value, focus } = *self;
        let described = [hint.map(|_| format!("{name}-hint")), wrong.map(|_| format!("{name}-wrong"))];
        let described = described.into_iter().flatten().collect::<Vec<_>>().join(" ");
        html! {
            label for=(name) { (label) }
            @if let Some(hint) = hint { p.hoi-hint id={ (name) "-hint" } { (hint) } }
            @if let Some(wrong) = wrong { p.hoi-wrong id={ (name) "-wrong" } role="alert" { (wrong) } }
            input.hoi-field id=(name) name=(name) type=(kind) value=[Some(value).filter(|value| !value.is_empty())]
                required autofocus[focus] autocomplete=(complete) autocapitalize="none" autocorrect="off"
                spellcheck="false" maxlength="256" aria-invalid=[wrong.map(|_| "true")]
                aria-describedby=[Some(described).filter(|ids| !ids.is_empty())];
        }
    }
}
