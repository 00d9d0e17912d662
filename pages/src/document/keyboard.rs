//! How answers are typed.

use site::FieldKind;

/// How a line is typed: its type, the keyboard for it, and what the browser may know already. Not names and birthdays: a
/// form often asks for somebody else's.
pub fn input_attributes(kind: &FieldKind) -> (&'static str, Option<&'static str>, &'static str) {
    match kind {
        FieldKind::Phone => ("tel", None, "tel"),
        FieldKind::Email => ("email", None, "email"),
        FieldKind::Address => ("text", None, "street-address"),
        FieldKind::Decimal { .. } => ("text", Some("decimal"), "off"),
        FieldKind::Number { .. } | FieldKind::NationalId => ("text", Some("numeric"), "off"),
        FieldKind::Text { .. }
        | FieldKind::Long { .. }
        | FieldKind::Date { .. }
        | FieldKind::Passport
        | FieldKind::CitizenOrPassport
        | FieldKind::Choice { .. }
        | FieldKind::YesNo
        | FieldKind::Consent
        | FieldKind::File(_) => ("text", None, "off"),
    }
}
