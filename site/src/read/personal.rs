//! Reads `[personal_data]`.

use super::fields::Fields;
use crate::{PersonalData, Policy};
use wire::{Care, Kinds, Personal};

const POLICIES: &[(&str, Option<Policy>)] =
    &[("warn", Some(Policy::Warn)), ("refuse", Some(Policy::Refuse)), ("allow", Some(Policy::Allow))];

pub(super) fn personal_data(fields: &Fields<'_>) -> PersonalData {
    let Some(table) = fields.read_table("personal_data") else { return PersonalData::default() };
    let usual = table.read_choice("default", POLICIES).unwrap_or(Policy::Warn);
    let mut care = Care::default();
    for kind in Personal::ALL {
        match table.read_choice(kind.setting_name(), POLICIES).unwrap_or(usual) {
            Policy::Warn => care.warn = care.warn.union_with(Kinds::only_kind(*kind)),
            Policy::Refuse => care.refuse = care.refuse.union_with(Kinds::only_kind(*kind)),
            Policy::Allow => {}
        }
    }
    let to_language_model = table.read_flag("to_language_model");
    table.report_unknown_keys();
    PersonalData { care, to_language_model }
}
