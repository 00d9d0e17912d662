//! Reads `[personal_data]`.

use super::fields::Fields;
use crate::{PersonalData, Policy};
use wire::{Care, Kinds, Personal};

const POLICIES: &[(&str, Option<Policy>)] =
    &[("warn", Some(Policy::Warn)), ("refuse", Some(Policy::Refuse)), ("allow", Some(Policy::Allow))];

pub(super) fn personal_data(fields: &Fields<'_>) -> PersonalData {
    let Some(table) = fields.table("personal_data") else { return PersonalData::default() };
    let usual = table.choice("default", POLICIES).unwrap_or(Policy::Warn);
    let mut care = Care::default();
    for kind in Personal::ALL {
        match table.choice(kind.name(), POLICIES).unwrap_or(usual) {
            Policy::Warn => care.warn = care.warn.and(Kinds::of(*kind)),
            Policy::Refuse => care.refuse = care.refuse.and(Kinds::of(*kind)),
            Policy::Allow => {}
        }
    }
    let to_language_model = table.flag("to_language_model");
    table.finish();
    PersonalData { care, to_language_model }
}
