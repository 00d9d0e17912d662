//! The questions of a procedure that is done in the chat.

use crate::{Files, Text};
use serde::{Deserialize, Serialize};

/// What is asked, in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    /// What one should know before beginning.
    #[serde(default)]
    pub intro: Option<Text>,
    /// Within how many working days the agency promises the result; nothing: it promises none.
    #[serde(default)]
    pub days: Option<u32>,
    /// The field whose last characters prove later that a case is one's own: always asked, and needed.
    pub second: String,
    /// The questions. Their ids are unique.
    pub fields: Vec<Field>,
}

/// One question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// Its name towards the agency: lower-case letters, digits and `-`.
    pub id: String,
    /// What kind of answer it takes.
    pub kind: FieldKind,
    /// The question.
    pub label: Text,
    /// How to answer it.
    #[serde(default)]
    pub help: Option<Text>,
    /// Whether it may be left out.
    #[serde(default)]
    pub optional: bool,
    /// When it is asked; nothing: always.
    #[serde(default)]
    pub only_if: Option<Condition>,
    /// A regular expression that the whole answer must match.
    #[serde(default)]
    pub pattern: Option<String>,
}

/// What an answer is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// A line of text, so many characters long.
    Text {
        /// At least.
        min: u32,
        /// At most.
        max: u32,
    },
    /// Several lines, at most so many characters.
    Long {
        /// At most.
        max: u32,
    },
    /// A whole number.
    Number {
        /// At least.
        min: i64,
        /// At most.
        max: i64,
    },
    /// A date.
    Date {
        /// Which ones.
        when: When,
        /// How much of it must be given.
        #[serde(default, skip_serializing_if = "Precision::is_day")]
        precision: Precision,
    },
    /// One of a few.
    Choice {
        /// Which.
        choices: Vec<FieldChoice>,
    },
    /// Yes or no.
    YesNo,
    /// A telephone number.
    Phone,
    /// Vietnam's identity number, twelve digits.
    NationalId,
    /// The number of a passport of any country.
    Passport,
    /// Vietnam's identity number, or that of a passport for who has none.
    CitizenOrPassport,
    /// An e-mail address.
    Email,
    /// Where something is: several lines.
    Address,
    /// A statement that must be agreed to.
    Consent,
    /// Papers: photographs or documents.
    File(Papers),
}

/// Which files a question takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Papers {
    /// Their kinds, and how large each may be.
    pub rules: Files,
    /// How many at most.
    pub most: u32,
    /// Whether a phone opens its camera at once, in place of asking where the file is.
    pub camera: bool,
}

/// Which dates are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum When {
    /// Any.
    #[default]
    Any,
    /// Today and before.
    Past,
    /// Today and after.
    Future,
}

/// How much of a date must be given; more may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// Day, month and year.
    #[default]
    Day,
    /// Month and year.
    Month,
    /// The year: the papers of many old people have no more.
    Year,
}

impl Precision {
    /// Whether the whole date is needed.
    pub fn is_day(&self) -> bool {
        *self == Precision::Day
    }
}

/// Something to choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChoice {
    /// Its name towards the agency.
    pub value: String,
    /// What stands beside it.
    pub label: Text,
}

/// An earlier answer that a question depends on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Condition {
    /// The earlier question.
    pub field: String,
    /// Its answers: a choice's value, `yes` or `no`.
    pub is: Vec<String>,
}

impl Form {
    /// The question called `id`.
    pub fn field_by_id(&self, id: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.id == id)
    }
}

impl FieldKind {
    /// The answers that others may depend on; none where there are too many.
    pub fn possible_answers(&self) -> Vec<&str> {
        match self {
            FieldKind::Choice { choices } => choices.iter().map(|choice| choice.value.as_str()).collect(),
            FieldKind::YesNo => vec!["yes", "no"],
            FieldKind::Text { .. }
            | FieldKind::Long { .. }
            | FieldKind::Number { .. }
            | FieldKind::Date { .. }
            | FieldKind::Phone
            | FieldKind::NationalId
            | FieldKind::Passport
            | FieldKind::CitizenOrPassport
            | FieldKind::Email
            | FieldKind::Address
            | FieldKind::Consent
            | FieldKind::File(_) => Vec::new(),
        }
    }
}
