//! A page beside the chat: a question at a time, a code to scan. It needs no script, and the widget never draws it.

use super::{block, chat_page::Mode, direction::text_direction, head, icon::draw_labelled_icon};
use hoi_core::http::assets::Assets;
use i18n::{Lang, Msg};
use maud::{DOCTYPE, Markup, html};
use wire::{Contact, Look, Scheme, Word};

/// What all such pages share.
#[derive(Debug, Clone, Copy)]
pub struct PageContext<'a> {
    /// Whose chat it stands beside.
    pub look: &'a Look,
    /// The language of the page's own words.
    pub lang: &'a str,
    /// Where the style sheet lies.
    pub assets: &'a Assets,
    /// The colours asked for.
    pub scheme: Scheme,
    /// The policy's nonce for the one `<style>`: at least 128 random bits, new with every response.
    pub nonce: &'a str,
    /// Where it stands.
    pub place: PagePlacement,
    /// The edge's own origin.
    pub origin: &'a str,
    /// What opens the conversation that the page belongs to, if it does: the way back leads there, without a script, too.
    pub ticket: Option<&'a str>,
}

/// Where a page beside the chat stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PagePlacement {
    /// In the loader's frame, in the place of the chat.
    Frame,
    /// In the place of the chat's own page.
    Page,
    /// In a window that a chat inside the agency's page has opened: that chat is still there.
    Window,
}

impl PagePlacement {
    /// What a form's `mode` says.
    pub fn from_mode(mode: &str) -> PagePlacement {
        match mode {
            "frame" => PagePlacement::Frame,
            "window" => PagePlacement::Window,
            _ => PagePlacement::Page,
        }
    }

    /// What `mode` says in the forms of such a page.
    pub fn mode_name(self) -> &'static str {
        match self {
            PagePlacement::Frame => "frame",
            PagePlacement::Page => "page",
            PagePlacement::Window => "window",
        }
    }
}

impl PageContext<'_> {
    /// The language of the page's own words.
    pub fn interface_lang(&self) -> Lang {
        Lang::for_tag(self.lang)
    }

    /// What the page says for `message`.
    pub fn page_word(&self, message: Msg) -> &'static str {
        self.interface_lang().text(message)
    }

    fn draw_back_link(&self) -> Markup {
        let PageContext { look, lang, scheme, place, ticket, .. } = *self;
        let label = self.page_word(Msg::BackToChat);
        match ticket {
            _ if place == PagePlacement::Window => html! {},
            None => html! { a.hoi-back href=(self.chat_address()) { (label) } },
            // Nothing said: the answer is the chat as it stands.
            Some(ticket) => html! {
                form method="post" action={ "/s/" (look.site) "/say" } data-stays="" {
                    input type="hidden" name="ticket" value=(ticket);
                    input type="hidden" name="lang" value={ (lang) "," (look.lang) };
                    input type="hidden" name="mode" value=(place.mode_name());
                    input type="hidden" name="scheme" value=(scheme.name());
                    button.hoi-back.hoi-link type="submit" { (label) }
                    (draw_unsent_notice(self))
                }
            },
        }
    }

    /// The chat's own address.
    pub(crate) fn chat_address(&self) -> String {
        let PageContext { look: Look { site, .. }, lang, scheme, .. } = self;
        match self.place {
            PagePlacement::Frame => format!("/s/{site}/frame?lang={lang}&scheme={}", scheme.name()),
            PagePlacement::Page | PagePlacement::Window => format!("/s/{site}?lang={lang}"),
        }
    }

    /// The whole page.
    pub fn draw_page(&self, title: &str, content: Markup) -> String {
        self.draw_titled_page(title, html! { (title) }, content)
    }

    /// The same with another heading over the page than its title in the browser's bar.
    pub fn draw_titled_page(&self, title: &str, heading: Markup, content: Markup) -> String {
        let PageContext { look, lang, assets, scheme, nonce, place, .. } = *self;
        let own = (look.lang != lang).then_some(look.lang.as_str());
        let scheme = scheme.name();
        let mode = if place == PagePlacement::Frame { Mode::Frame } else { Mode::Page };
        html! {
            (DOCTYPE)
            html.hoi-doc lang=(lang) dir=(text_direction(lang)) data-mode=(mode.mode_name()) data-scheme=(scheme) {
                head {
                    (head::common_head(assets, &format!("{title} – {}", look.name), scheme))
                    @if let Some(css) = assets.get("sheet.css") { link rel="stylesheet" href=(css.path); }
                    (head::colour_styles(&look.accent, nonce))
                    @for script in [assets.get("frame.js"), assets.get("sheet.js")].into_iter().flatten() {
                        script defer src=(script.path) integrity=(script.sri) {}
                    }
                }
                body {
                    header.hoi-header {
                        @if let Some(logo) = &look.logo {
                            img.hoi-logo src=(logo) alt="" width="40" height="40";
                        }
                        p.hoi-who.hoi-name { span lang=[own] dir=[own.map(text_direction)] { (look.name) } }
                        @if mode == Mode::Frame {
                            button.hoi-tool.hoi-close.hoi-later type="button" disabled
                                aria-label=(Lang::for_tag(lang).word(Word::Close)) { (draw_labelled_icon("close", Lang::for_tag(lang).word(Word::Close))) }
                        }
                    }
                    main.hoi-sheet {
                        (self.draw_back_link())
                        h1 { (heading) }
                        (content)
                    }
                }
            }
        }
        .into_string()
    }
}

/// The address of a form, without the form: the script of the page has it come again where this tab has had it before
/// (`widget/sheet.js`). For everybody else the way back to the chat is there, which offers the form.
pub fn form_again(sheet: &PageContext<'_>) -> String {
    let content = html! {
        form.hoi-form-again method="post" action={ "/s/" (sheet.look.site) "/form" } data-stays="" hidden {
            p { (sheet.page_word(Msg::DraftKept)) }
            (draw_unsent_notice(sheet))
            button.hoi-go type="submit" name="go" value="open" { (sheet.page_word(Msg::Next)) }
        }
    };
    sheet.draw_page(sheet.page_word(Msg::Next), content)
}

/// What stands in a form that stays in view until it was sent (`widget/sheet.js`): that it could not be sent yet, and that files
/// must be chosen again. Both are shown by the script alone.
pub(crate) fn draw_unsent_notice(sheet: &PageContext<'_>) -> Markup {
    html! {
        p.hoi-wrong.hoi-files-again role="alert" hidden { (sheet.page_word(Msg::FilesAgain)) }
        div.hoi-unsent role="alert" hidden {
            p.hoi-wrong { (sheet.page_word(Msg::FormUnsent)) }
            button.hoi-other type="button" { (sheet.page_word(Msg::SendNow)) }
        }
    }
}

/// An address that may be broken where its parts begin, and is only then broken inside of one.
pub(crate) fn draw_breakable_address(address: &str) -> Markup {
    html! {
        @for (at, part) in address.split_inclusive(['/', '?', '#']).enumerate() {
            @if at > 2 { wbr; }
            (part)
        }
    }
}

/// Says that the chat is switched off, and how the agency can be reached meanwhile.
pub fn switched_off(sheet: &PageContext<'_>, contact: &Contact) -> String {
    let content = block::draw_contact(contact, &Lang::for_tag(sheet.lang).words());
    sheet.draw_page(Lang::for_tag(sheet.lang).word(Word::SwitchedOff), content)
}
