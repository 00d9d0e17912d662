//! Reads `[personal_data]`.

use super::fields::TomlTable;
use crate::{PersonalData, PersonalDataPolicy};
use wire::{Care, Kinds, Personal};

const POLICIES: &[(&str, Option<PersonalDataPolicy>)] = &[
    ("warn", Some(PersonalDataPolicy::Warn)),
    ("refuse", Some(PersonalDataPolicy::Refuse)),
    ("allow", Some(PersonalDataPolicy::Allow)),
];

pub(super) fn personal_data(fields: &TomlTable<'_>) -> PersonalData {
    let Some(table) = fields.read_table("personal_data") else { return PersonalData::default() };
    let usual = table.read_choice("default", POLICIES).unwrap_or(PersonalDataPolicy::Warn);
    let mut care = Care::default();
    for kind in Personal::ALL {
        match table.read_choice(kind.setting_name(), POLICIES).unwrap_or(usual) {
            PersonalDataPolicy::Warn => care.warn = care.warn.union_with(Kinds::only_kind(*kind)),
            PersonalDataPolicy::Refuse => care.refuse = care.refuse.union_with(Kinds::only_kind(*kind)),
            PersonalDataPolicy::Allow => {}
        }
    }
    let to_language_model = table.read_flag("to_language_model");
    table.report_unknown_keys();
    PersonalData { care, to_language_model }
}
