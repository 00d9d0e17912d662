//! What stays of a conversation that is erased: cases that were handed in, as far as the look-up and the agency need
//! them. Nothing that was said, but for the lines that bring a case to the agency which has not got it yet.

use crate::{
    application::case::{Case, result_owner},
    conversation::{self, ConversationStore, Pending, StoreError},
    files::Stored,
};
use wire::Message;

/// What stays.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RetainedData {
    /// The cases: number, procedure, state, dates, what the agency said of them.
    pub cases: Vec<Case>,
    /// What is still on its way to the agency, of these cases.
    pub pending: Vec<Pending>,
    /// The lines that stand for it: title and number, nothing else.
    pub messages: Vec<Message>,
    /// What is brought with it, sealed: the place of the line, and the bytes as text.
    pub sealed: Vec<(u64, String)>,
    /// Papers that the agency has still to fetch, and results that it has sent. Their bytes are the shell's.
    pub files: Vec<Stored>,
}

impl RetainedData {
    /// What stays of `store`.
    pub fn from_store(store: &impl ConversationStore) -> Result<RetainedData, StoreError> {
        let pending: Vec<Pending> = store.pending()?.into_iter().filter(|each| each.case.is_some()).collect();
        let on_its_way = |number: &str| pending.iter().any(|each| each.case.as_deref() == Some(number));
        let cases: Vec<Case> = conversation::list_cases(store)?
            .into_iter()
            .map(|case| match on_its_way(&case.number) {
                true => case,
                false => Case { sealed: String::new(), ..case },
            })
            .collect();
        let owners: Vec<String> = cases
            .iter()
            .flat_map(|case| [format!("case:{}", case.number), result_owner(&case.number)])
            .collect();
        let belongs = |file: &Stored| file.owner.as_ref().is_some_and(|owner| owners.contains(owner));
        let (mut messages, mut sealed) = (Vec::new(), Vec::new());
        for seq in pending.iter().map(|each| each.seq) {
            messages.extend(store.message(seq)?);
            sealed.extend(conversation::find_sealed(store, seq)?.map(|sealed| (seq, sealed)));
        }
        Ok(RetainedData {
            messages,
            sealed,
            files: store.files()?.into_iter().filter(belongs).collect(),
            cases,
            pending,
        })
    }

    /// Whether there is anything.
    pub fn is_empty(&self) -> bool {
        self.cases.is_empty()
    }

    /// Writes it into `store`, in which nothing else is.
    pub fn restore_into(&self, store: &mut impl ConversationStore) -> Result<(), StoreError> {
        self.messages.iter().try_for_each(|message| store.put_message(message))?;
        self.cases.iter().try_for_each(|case| conversation::put_case(store, case))?;
        self.sealed.iter().try_for_each(|(seq, sealed)| conversation::put_sealed(store, *seq, sealed))?;
        self.pending.iter().try_for_each(|pending| store.put_pending(pending))?;
        self.files.iter().try_for_each(|file| store.put_file(file))
    }
}
