//! A copy of everything that is kept of one conversation, as JSON. Times are in milliseconds since 1970.
//!
//! The shape is documented for operators in `docs/privacy.md`; fields are added to it, never changed or taken out.

use crate::{
    case::{Case, Filed},
    conversation::{Log, Rating, Survey, devices},
    files::Stored,
    form::Answers,
    identity::Visitor,
    sealed::Lock,
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
    pub answers: Option<Filed>,
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
pub enum Reader {
    /// The visitor.
    Visitor,
    /// The agency, which answers a request for a copy.
    Agency,
}

/// The copy of the conversation in `log`.
pub fn export(
    log: &impl Log,
    (site, name, conversation): (Option<&Site>, &str, Id),
    lock: &Lock,
    reader: Reader,
    now: u64,
) -> Export {
    let cases = super::kept::cases(log);
    let notes = log.records("note:");
    let internal = (reader == Reader::Agency).then(|| Internal {
        notes: notes.iter().filter_map(|json| serde_json::from_str(json).ok()).collect(),
        people: log.record("people").and_then(|json| serde_json::from_str(&json).ok()),
        // Forms' answers are kept under the same beginning, and sealed: those are no JSON.
        drafts: log.records("draft:").iter().filter_map(|json| serde_json::from_str(json).ok()).collect(),
        remembered: log.remembered(),
    });
    Export {
        v: VERSION,
        site: name.to_owned(),
        conversation,
        made_at: now,
        identity: log.owner().map(|owner| owner.visitor),
        context: log.context(),
        messages: log.after(0, usize::MAX),
        on_their_way: log.pending().iter().map(|pending| pending.seq).collect(),
        files: log.files().into_iter().map(entry).collect(),
        ratings: log.ratings(),
        survey: log.survey(),
        forms: forms(log, site, &cases, lock),
        cases: cases.into_iter().map(|case| opened(case, lock)).collect(),
        devices: devices(log)
            .into_iter()
            .map(|device| DeviceEntry { edge: device.edge, told_at: device.told })
            .collect(),
        notes_of_staff: notes.len(),
        internal,
    }
}

fn entry(file: Stored) -> FileEntry {
    let from_staff = file.by.is_some();
    let Stored { id, name, size, kind, sha256, at, seq, owner, .. } = file;
    FileEntry { id, name, size, kind, sha256, at, seq, of: owner, from_staff }
}

fn opened(case: Case, lock: &Lock) -> CaseEntry {
    let text = lock.open(&format!("case:{}", case.number), &case.sealed);
    let answers = text.and_then(|text| serde_json::from_str(&text).ok());
    CaseEntry { case: Case { sealed: String::new(), ..case }, answers }
}

fn forms(log: &impl Log, site: Option<&Site>, cases: &[Case], lock: &Lock) -> Vec<FormEntry> {
    #[derive(Deserialize)]
    struct Draft {
        answers: Answers,
    }
    let procedures = site.into_iter().flat_map(|site| site.procedures.keys().cloned());
    let names = procedures.chain(cases.iter().map(|case| format!("case:{}", case.number)));
    names
        .filter_map(|form| {
            let name = format!("draft:{form}");
            let text = lock.open(&name, &log.record(&name)?)?;
            let Draft { answers } = serde_json::from_str(&text).ok()?;
            Some(FormEntry { form, answers })
        })
        .collect()
}
