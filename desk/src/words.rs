//! What the desk says: the sections `[desk]` of the catalogue, in the languages of the staff.

pub use i18n::{DeskMessages as Words, StaffLang as Lang};
