//! What an agency writes: its settings, words, intents and procedures; parsed, checked, explained.
//!
//! # Where to start
//! [`Site`] is the whole of it, typed. [`read`] turns a folder into a [`Site`] or into a [`read::ProblemReport`] that names
//! every mistake with its file, line, field and fix. [`Bundle`] is what is published: a site and its trained model
//! in one block of bytes. [`Site::public_look`] is the half that the page may know.
//!
//! Secrets never appear here, only their names.

pub mod address;
mod agency;
mod bundle;
mod colour;
mod desk;
mod examples;
mod feedback;
mod files;
mod form;
mod hours;
mod identity;
mod input;
mod look;
mod lunar;
mod model;
mod personal;
#[cfg(feature = "read")]
pub mod read;
mod safety;
mod text;

pub use agency::{Agency, Inbox, LanguageModel};
pub use bundle::{Bundle, BundleError, MAX_BUNDLE_BYTES};
pub use colour::{Colour, contrast_ratio};
pub use desk::{DeskConfig, DeskDepartment};
pub use examples::{training_examples, training_options};
pub use feedback::Feedback;
pub use files::{Files, KINDS, PAPERS};
pub use form::{Condition, Field, FieldChoice, FieldKind, Form, Papers, Precision, When};
pub use hours::{Exception, Holiday, Hours, Span};
pub use identity::{Algorithm, Identity};
pub use input::{DateBound, InputOption, IntentInput};
pub use look::{LookSettings, accent_colours};
pub use lunar::{Lunar, lunar_date};
pub use model::{
    AnswerButton, ContactDetails, Intent, Limits, Logo, Phone, ProcedureDefinition, Settings, Site, Start,
    Synonyms,
};
pub use personal::{PersonalData, PersonalDataPolicy};
pub use safety::{Safety, SafetyNumber, SafetyPhrases};
pub use text::{Lang, Lists, Text};
