//! The frame's document: what a visitor sees and uses before the widget's code has come, and where it never comes.
//!
//! # Where to start
//! [`chat_page`] draws a whole page from a [`ChatPage`]. Its elements carry the same classes, in the same order, as the
//! widget's own views (`widget/src/view`, one file a component there as here), so nothing moves when the widget takes
//! over. [`problem`] is the page for everything that can't be shown, [`guest`] the loader with a site's look in it.

mod block;
mod boot;
mod case;
mod chat_page;
mod composer;
mod copy;
mod date;
mod desk;
mod direction;
mod elsewhere;
mod file;
mod form;
mod guest;
mod head;
mod header;
mod icon;
mod input;
mod link;
mod message;
mod opinion;
mod papers;
mod person;
mod problem;
mod sheet;

pub(crate) use boot::escape_for_script;
pub use boot::json_for_script;
pub use case::{case_page as show_case, lookup_page as ask_case};
pub use chat_page::{ChatPage, Mode};
pub use copy::copy_to_read;
pub use desk::desk_page;
pub(crate) use direction::text_direction;
pub(crate) use elsewhere::qr_code;
pub use elsewhere::{code_form_page as ask_code, code_page as show_code};
pub use form::FormSheet;
pub use guest::{inline_script, site_loader};
pub(crate) use head::common_head;
pub use person::{ErasureSummary, ask_erase, show_erased, show_nothing};
pub use problem::{ProblemPage, problem_page};
pub use sheet::{PageContext, PagePlacement, form_again, switched_off};

use maud::{DOCTYPE, html};

/// The whole document, complete without any script.
pub fn chat_page(page: &ChatPage<'_>) -> String {
    html! {
        (DOCTYPE)
        html.hoi-doc lang=(page.page_lang()) dir=(text_direction(page.page_lang())) data-mode=(page.mode.mode_name())
            data-scheme=(page.scheme.name()) data-push[page.push] data-lang-pinned[page.lang_pinned] {
            (head::draw_head(page))
            body {
                main #hoi.hoi {
                    (header::draw_header(page))
                    (message::draw_site_notice(page))
                    (message::draw_log(page))
                    (composer::draw_composer(page))
                }
                // Apart from the log and there from the start: a region that appears with its words is not read out.
                div #hoi-polite.hoi-hidden aria-live="polite" {}
                div #hoi-urgent.hoi-hidden aria-live="assertive" {}
                script type="application/json" id="hoi-boot" { (json_for_script(page.boot)) }
            }
        }
    }
    .into_string()
}
