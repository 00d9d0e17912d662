//! One thing a page, from the name to the recovery codes.

use super::{StaffField, StaffPage};
use crate::document::qr_code;
use hoi_core::{
    accounts::{password::Weak, redirect::quote_path},
    crypto::code::Code,
};
use maud::html;

/// Where the forms go.
const HERE: &str = "/desk/sign-in";

/// What is wrong with a new password and its repetition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unlike {
    /// Not good enough.
    Weak(Weak),
    /// Typed twice, differently.
    NotSame,
    /// The one before it.
    NotNew,
}

/// A page with one sentence.
pub fn notice_page(sheet: &StaffPage<'_>, sentence: &str) -> String {
    sheet.draw_page(sheet.words.sign_in, html! { p { (sentence) } })
}

/// Asks for name and password. `wrong` says why they were not taken, `note` what happened before; with `provider` the agency's own one may be
/// asked instead.
pub fn ask_password(
    sheet: &StaffPage<'_>,
    name: &str,
    wrong: Option<&str>,
    note: Option<&str>,
    provider: bool,
) -> String {
    let words = sheet.words;
    let content = html! {
        @if let Some(note) = note { p.hoi-note role="status" { (note) } }
        @if provider {
            // A link: a form may not lead to another site.
            p { a.hoi-go.hoi-onward href={ "/desk/oidc?lang=" (words.lang.tag()) "&next=" (quote_path(sheet.next)) } { (words.provider) } }
            p.hoi-hint { (words.or) }
        }
        form.hoi-question method="post" action=(HERE) {
            (sheet.hidden_fields("password"))
            (StaffField {
                name: "name", label: words.name, kind: "text", complete: "username", value: name,
                focus: name.is_empty(), ..StaffField::default()
            }.draw_field())
            (StaffField { name: "password", label: words.password, wrong, focus: !name.is_empty(), ..StaffField::default() }.draw_field())
            button.hoi-go type="submit" { (words.sign_in) }
        }
    };
    sheet.draw_page(words.sign_in, content)
}

/// Says where to go on, for browsers that are not led on by the answer's `Refresh`.
pub fn continue_page(sheet: &StaffPage<'_>) -> String {
    let words = sheet.words;
    let content = html! {
        p { a.hoi-go.hoi-onward href=(sheet.next) { (words.to_desk) } }
    };
    sheet.draw_page(words.sign_in, content)
}

/// Says that somebody is signed out here, and leads on to where they sign out at the agency's provider.
pub fn provider_sign_out_page(sheet: &StaffPage<'_>, address: &str) -> String {
    let words = sheet.words;
    let content = html! {
        p { (words.is_out) }
        p { a.hoi-go.hoi-onward href=(address) { (words.go_on) } }
    };
    sheet.draw_page(words.sign_out, content)
}

/// Asks for a one-time code, or a recovery code.
pub fn ask_code(sheet: &StaffPage<'_>, wrong: Option<&str>) -> String {
    let words = sheet.words;
    let field = StaffField {
        name: "code",
        label: words.code_label,
        kind: "text",
        complete: "one-time-code",
        hint: Some(words.code_hint),
        wrong,
        focus: true,
        ..StaffField::default()
    };
    let content = html! {
        form.hoi-question method="post" action=(HERE) {
            (sheet.hidden_fields("code"))
            (field.draw_field())
            button.hoi-go type="submit" { (words.sign_in) }
        }
        (sheet.draw_button_form("/desk/sign-out", "out", "hoi-link", words.start_over))
    };
    sheet.draw_page(words.code, content)
}

/// Asks for an own password. `name` is the account's, for what keeps passwords.
pub fn new_password_page(sheet: &StaffPage<'_>, name: &str, unlike: Option<Unlike>) -> String {
    let words = sheet.words;
    let content = html! {
        p { (words.renew_why) }
        form.hoi-question method="post" action=(HERE) {
            (sheet.hidden_fields("renew"))
            (new_password(sheet, name, unlike, true))
            button.hoi-go type="submit" { (words.go_on) }
        }
    };
    sheet.draw_page(words.renew, content)
}

/// The two fields of a new password.
pub(crate) fn new_password(
    sheet: &StaffPage<'_>,
    name: &str,
    unlike: Option<Unlike>,
    focus: bool,
) -> maud::Markup {
    let words = sheet.words;
    let (first, second) = match unlike {
        None => (None, None),
        Some(Unlike::NotSame) => (None, Some(words.not_same)),
        Some(Unlike::NotNew) => (Some(words.not_new), None),
        Some(Unlike::Weak(Weak::Short)) => (Some(words.weak_short), None),
        Some(Unlike::Weak(Weak::Long)) => (Some(words.weak_long), None),
        Some(Unlike::Weak(Weak::Name)) => (Some(words.weak_name), None),
        Some(Unlike::Weak(Weak::Common)) => (Some(words.weak_common), None),
    };
    let field = StaffField { complete: "new-password", ..StaffField::default() };
    html! {
        // What keeps passwords wants to know whose this one is.
        input type="text" name="username" value=(name) autocomplete="username" readonly hidden;
        (StaffField { name: "new", label: words.new_password, hint: Some(words.new_hint), wrong: first, focus, ..field }.draw_field())
        (StaffField { name: "again", label: words.again, wrong: second, ..field }.draw_field())
    }
}

/// Shows the secret of one-time codes, as a picture of `link` and as it is typed, and asks for a code of it.
pub fn totp_enrolment_page(
    sheet: &StaffPage<'_>,
    action: &str,
    written: &str,
    link: &str,
    wrong: Option<&str>,
) -> String {
    let words = sheet.words;
    let groups = written.as_bytes().chunks(4).map(|four| String::from_utf8_lossy(four));
    let groups = groups.collect::<Vec<_>>().join(" ");
    let field = StaffField {
        name: "code",
        label: words.enrol_label,
        kind: "text",
        complete: "one-time-code",
        wrong,
        ..StaffField::default()
    };
    let content = html! {
        p { (words.enrol_how) }
        @if let Some(picture) = qr_code(link) { (picture) }
        p { (words.enrol_key) }
        p.hoi-key translate="no" { (groups) }
        form.hoi-question method="post" action=(action) {
            (sheet.hidden_fields("enrol"))
            (field.draw_field())
            button.hoi-go type="submit" { (words.go_on) }
        }
    };
    sheet.draw_page(words.enrol, content)
}

/// Shows the recovery codes, this once.
pub fn recovery_codes_page(sheet: &StaffPage<'_>, codes: &[Code]) -> String {
    let words = sheet.words;
    let content = html! {
        p { (words.recovery_how) }
        ol.hoi-recovery translate="no" { @for code in codes { li { (code) } } }
        p { strong { (words.recovery_print) } }
        p { a.hoi-go.hoi-onward href=(sheet.next) { (words.to_desk) } }
    };
    sheet.draw_page(words.recovery, content)
}
