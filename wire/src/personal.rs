//! What kinds of personal data a message may hold, and what a site does about them.

use serde::{Deserialize, Serialize};

/// A kind of personal data that `privacy` can tell by its form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Personal {
    /// Vietnam's identity number of twelve digits (CCCD, căn cước).
    CitizenId,
    /// Vietnam's earlier one of nine (CMND).
    OldId,
    /// A social insurance number, or that of a health insurance card (BHXH, BHYT).
    Insurance,
    /// A Vietnamese tax code (MST).
    TaxCode,
    /// A passport.
    Passport,
    /// A Vietnamese vehicle's plate.
    Plate,
    /// A telephone number.
    Phone,
    /// An e-mail address.
    Email,
    /// A bank card.
    Card,
    /// A kind this reader doesn't know. Never sent.
    #[serde(other, skip_serializing)]
    Unknown,
}

impl Personal {
    /// All that can be found.
    pub const ALL: &[Personal] = &[
        Personal::CitizenId,
        Personal::OldId,
        Personal::Insurance,
        Personal::TaxCode,
        Personal::Passport,
        Personal::Plate,
        Personal::Phone,
        Personal::Email,
        Personal::Card,
    ];
}

/// What is done about personal data in what a visitor writes. A kind in neither list may be sent.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Care {
    /// The visitor is asked first, and may have it hidden.
    pub warn: Vec<Personal>,
    /// It is not taken: hidden or not at all.
    pub refuse: Vec<Personal>,
}
