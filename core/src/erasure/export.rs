//! A copy of everything that is kept of one conversation, as JSON. Times are in milliseconds since 1970.
//!
//! The shape is documented for operators in `docs/privacy.md`; fields are added to it, never changed or taken out.

use crate::{
    application::{
        case::{Case, SubmittedCase},
        form::Answers,
    },
    conversation::{
        self, ConversationStore, PAPERS_FORM, Rating, RecordKey, RecordSpace, StoreError, Survey,
        list_devices,
    },
    crypto::encryption::Lock,
    files::Stored,
    handoff,
    identity::Visitor,
};
use serde::{Deserialize, Serialize};
use site::Site;
use std::collections::BTreeMap;
use wire::{Id, Message};

/// The number of the shape.
pub const VERSION: u32 = 1;

/// The copy.
#[derive(Debug, Serialize, Deserialize)]
pub struct Export {
    /// [`VERSION`].
    pub v: u32,
    /// The site.
    pub site: String,
    /// The conversation.
    pub conversation: Id,
    /// When the copy was made.
    pub made_at: u64,
    /// Who the host's server says the visitor is, if it does.
    pub identity: Option<Visitor>,
    /// What the page said the visitor is about.
    pub context: BTreeMap<String, String>,
    /// All that was said, by both sides, with what was given for a date, a choice or a place.
    pub messages: Vec<Message>,
    /// What is still on its way to the agency: the places of the messages.
    pub on_their_way: Vec<u64>,
    /// What is known of each file. The visitor fetches the bytes in the chat, the agency from its address.
    pub files: Vec<FileEntry>,
    /// What was said about answers.
    pub ratings: Vec<Rating>,
    /// What was said about the conversation.
    pub survey: Option<Survey>,
    /// Cases that were handed in here.
    pub cases: Vec<CaseEntry>,
    /// Forms that were begun and not handed in.
    pub forms: Vec<FormEntry>,
    /// Devices that are told of news: since when each was last told. Where their push services take pushes stays sealed.
    pub devices: Vec<DeviceEntry>,
    /// How many notes staff have made for each other.
    pub notes_of_staff: usize,
    /// What only staff see: their notes, tags, answers held back, what the agency's system had kept with the
    /// conversation. The visitor's own copy does not hold it; the agency hands it out when asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub internal: Option<Internal>,
}

/// A file.
#[derive(Debug, Serialize, Deserialize)]
pub struct FileEntry {
    /// Names it.
    pub id: Id,
    /// What it is called; papers of a form have a name of ours.
    pub name: String,
    /// In bytes.
    pub size: u64,
    /// Its media type.
    #[serde(rename = "type")]
    pub kind: String,
    /// Of its bytes.
    pub sha256: String,
    /// When it came.
    pub at: u64,
    /// The message it is part of.
    pub seq: Option<u64>,
    /// The form or case it belongs to.
    pub of: Option<String>,
    /// Whether it was sent from the desk.
    pub from_staff: bool,
}

/// A case.
#[derive(Debug, Serialize, Deserialize)]
pub struct CaseEntry {
    /// As the edge keeps it, without what was answered.
    #[serde(flatten)]
    pub case: Case,
    /// What was answered, as long as it is still here: until the agency has it.
    pub answers: Option<SubmittedCase>,
}

/// A form.
#[derive(Debug, Serialize, Deserialize)]
pub struct FormEntry {
    /// The procedure's name in the site, or `case:` and the number of the case that papers are added to.
    pub form: String,
    /// What was answered so far, by the question's id.
    pub answers: Answers,
}

/// A device.
#[derive(Debug, Serialize, Deserialize)]
pub struct DeviceEntry {
    /// The edge, as the device reached it.
    pub edge: String,
    /// When it was last told; 0: never.
    pub told_at: u64,
}

/// What only staff see.
#[derive(Debug, Serialize, Deserialize)]
pub struct Internal {
    /// Notes.
    pub notes: Vec<serde_json::Value>,
    /// Who has it, tags, times.
    pub people: Option<serde_json::Value>,
    /// Answers that a person was to look at.
    pub drafts: Vec<serde_json::Value>,
    /// What the connector keeps.
    pub remembered: BTreeMap<String, String>,
}

/// For whom the copy is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportRecipient {
    /// The visitor.
    Visitor,
    /// The agency, which answers a request for a copy.
    Agency,
}

/// The copy of the conversation in `store`.
pub fn export_conversation(
    store: &impl ConversationStore,
    (site, name, id): (Option<&Site>, &str, Id),
    lock: &Lock,
    reader: ExportRecipient,
    now: u64,
) -> Result<Export, StoreError> {
    let cases = conversation::list_cases(store)?;
    let notes: Vec<serde_json::Value> = store.read_records(RecordSpace::Notes)?;
    let notes_of_staff = notes.len();
    let internal = match reader {
        ExportRecipient::Visitor => None,
        ExportRecipient::Agency => Some(Internal {
            notes,
            people: store.read_record(&RecordKey::Handoff)?,
            drafts: handoff::held_answers(store)?,
            remembered: store.connector_state()?,
        }),
    };
    Ok(Export {
        v: VERSION,
        site: name.to_owned(),
        conversation: id,
        made_at: now,
        identity: store.owner()?.map(|owner| owner.visitor),
        context: store.context()?,
        messages: store.messages_after(0, usize::MAX)?,
        on_their_way: store.pending()?.iter().map(|pending| pending.seq).collect(),
        files: store.files()?.into_iter().map(file_entry).collect(),
        ratings: store.ratings()?,
        survey: store.survey()?,
        forms: form_entries(store, site, &cases, lock)?,
        cases: cases.into_iter().map(|case| case_entry(case, lock)).collect::<Result<_, _>>()?,
        devices: list_devices(store)?
            .into_iter()
            .map(|device| DeviceEntry { edge: device.edge, told_at: device.told })
            .collect(),
        notes_of_staff,
        internal,
    })
}

fn file_entry(file: Stored) -> FileEntry {
    let from_staff = file.by.is_some();
    let Stored { id, name, size, kind, sha256, at, seq, owner, .. } = file;
    FileEntry { id, name, size, kind, sha256, at, seq, of: owner, from_staff }
}

fn case_entry(case: Case, lock: &Lock) -> Result<CaseEntry, StoreError> {
    let key = RecordKey::Case(&case.number).to_string();
    let text = lock.open(&key, &case.sealed);
    let answers = text.map(|text| StoreError::parse_record(&key, &text)).transpose()?;
    Ok(CaseEntry { case: Case { sealed: String::new(), ..case }, answers })
}

fn form_entries(
    store: &impl ConversationStore,
    site: Option<&Site>,
    cases: &[Case],
    lock: &Lock,
) -> Result<Vec<FormEntry>, StoreError> {
    #[derive(Deserialize)]
    struct SavedAnswers {
        answers: Answers,
    }
    let procedures = site.into_iter().flat_map(|site| site.procedures.keys().cloned());
    let names = procedures.chain(cases.iter().map(|case| format!("{PAPERS_FORM}{}", case.number)));
    let mut forms = Vec::new();
    for form in names {
        let key = RecordKey::FormDraft(&form).to_string();
        let sealed = conversation::form_draft(store, &form)?;
        // What another secret has sealed nobody can read any more.
        let Some(text) = sealed.and_then(|sealed| lock.open(&key, &sealed)) else { continue };
        let SavedAnswers { answers } = StoreError::parse_record(&key, &text)?;
        forms.push(FormEntry { form, answers });
    }
    Ok(forms)
}
