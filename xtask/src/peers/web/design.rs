//! Design systems of governments, each with its own header, banner, dialog and footer.

use super::{
    fixed_page::{FixedPage, PageState},
    visit::WantedPlace,
};

const OPENED: PageState = PageState { what: "opened", act: "0", place: WantedPlace::Aside };
/// A page that is scrolled shows what only then is fixed.
const SCROLLED: PageState = PageState {
    what: "scrolled",
    act: "scrollTo({ top: 900, behavior: 'instant' })",
    place: WantedPlace::Aside,
};

/// All of them.
pub static SYSTEMS: &[FixedPage] = &[
    FixedPage {
        name: "govuk",
        purpose: "GOV.UK Design System: its template, cookie banner, navigation and footer",
        policy: "default-src 'self'; script-src 'self' 'nonce-lab' EDGE; frame-src EDGE",
        states: &[
            PageState { what: "opened", act: "0", place: WantedPlace::Corner },
            PageState {
                what: "answered banner",
                act: "document.querySelector('.govuk-cookie-banner').hidden = true",
                place: WantedPlace::Corner,
            },
        ],
    },
    FixedPage {
        name: "uswds",
        purpose: "U.S. Web Design System: header, menu, dialog, footer",
        policy: "default-src 'self'; img-src 'self' data:; script-src 'self' EDGE; frame-src EDGE",
        states: &[
            PageState { what: "opened", act: "0", place: WantedPlace::Corner },
            PageState {
                what: "dialog",
                act: "document.querySelector('[data-open-modal]').click()",
                place: WantedPlace::Dialog,
            },
            PageState {
                what: "closed again",
                act: "document.querySelector('.usa-modal [data-close-modal]').click()",
                place: WantedPlace::Corner,
            },
        ],
    },
    FixedPage {
        name: "dsfr",
        purpose: "Système de design de l'État: header, consent banner, dialog, footer",
        policy: "default-src 'self'; img-src 'self' data:; script-src 'self' EDGE; frame-src EDGE",
        states: &[
            OPENED,
            PageState {
                what: "answered banner",
                act: "document.querySelector('.fr-consent-banner').remove()",
                place: WantedPlace::Corner,
            },
            PageState {
                what: "dialog",
                act: "document.querySelector('#open-dialog').click()",
                place: WantedPlace::Dialog,
            },
            PageState {
                what: "closed again",
                act: "document.querySelector('#dialog .fr-btn--close').click()",
                place: WantedPlace::Corner,
            },
        ],
    },
    FixedPage {
        name: "bootstrap-italia",
        purpose: "Bootstrap Italia: header, cookie bar, bottom navigation, dialog, button to the top",
        policy: "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; script-src 'self' EDGE; frame-src EDGE",
        states: &[
            OPENED,
            PageState {
                what: "answered banner",
                act: "document.querySelector('#accept').click()",
                place: WantedPlace::Aside,
            },
            SCROLLED,
            PageState {
                what: "without navigation",
                act: "document.querySelector('#bottom-nav').remove()",
                place: WantedPlace::Aside,
            },
            PageState {
                what: "dialog",
                act: "document.querySelector('#open-dialog').click()",
                place: WantedPlace::Dialog,
            },
            PageState {
                what: "closed again",
                act: "document.querySelector('#dialog [data-bs-dismiss]').click(), scrollTo({ top: 0, behavior: 'instant' })",
                place: WantedPlace::Corner,
            },
        ],
    },
];
