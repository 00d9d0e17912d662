//! Design systems of governments, each with its own header, banner, dialog and footer.

use super::fixed_page::{FixedPage, PageState};

const OPENED: PageState = PageState { what: "opened", act: "0", is_corner_free: false };
/// A page that is scrolled shows what only then is fixed.
const SCROLLED: PageState = PageState { what: "scrolled", act: "scrollTo(0, 900)", is_corner_free: false };

/// All of them.
pub static SYSTEMS: &[FixedPage] = &[
    FixedPage {
        name: "govuk",
        purpose: "GOV.UK Design System: its template, cookie banner, navigation and footer",
        policy: "default-src 'self'; script-src 'self' 'nonce-lab' EDGE; frame-src EDGE",
        states: &[
            PageState { what: "opened", act: "0", is_corner_free: true },
            PageState {
                what: "answered banner",
                act: "document.querySelector('.govuk-cookie-banner').hidden = true",
                is_corner_free: true,
            },
        ],
    },
    FixedPage {
        name: "uswds",
        purpose: "U.S. Web Design System: header, menu, dialog, footer",
        policy: "default-src 'self'; img-src 'self' data:; script-src 'self' EDGE; frame-src EDGE",
        states: &[
            PageState { what: "opened", act: "0", is_corner_free: true },
            PageState {
                what: "dialog",
                act: "document.querySelector('[data-open-modal]').click()",
                is_corner_free: false,
            },
            PageState {
                what: "closed again",
                act: "document.querySelector('.usa-modal [data-close-modal]').click()",
                is_corner_free: true,
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
                is_corner_free: true,
            },
            PageState {
                what: "dialog",
                act: "document.querySelector('#open-dialog').click()",
                is_corner_free: false,
            },
            PageState {
                what: "closed again",
                act: "document.querySelector('#dialog .fr-btn--close').click()",
                is_corner_free: true,
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
                is_corner_free: false,
            },
            SCROLLED,
            PageState {
                what: "without navigation",
                act: "document.querySelector('#bottom-nav').remove()",
                is_corner_free: false,
            },
            PageState {
                what: "dialog",
                act: "document.querySelector('#open-dialog').click()",
                is_corner_free: false,
            },
            PageState {
                what: "closed again",
                act: "document.querySelector('#dialog [data-bs-dismiss]').click(), scrollTo(0, 0)",
                is_corner_free: true,
            },
        ],
    },
];
