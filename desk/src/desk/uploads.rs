//! Files for the visitor: sent as soon as they are chosen, said with the next answer.

use super::{
    effect::{DeskEffect, Spot},
    permissions::permissions_in,
    state::Desk,
};
use client::UploadState;
use wire::{Fault, File, Id, format_size};

/// Whether a file can be sent in the conversation that is shown.
pub fn can_attach(desk: &Desk) -> bool {
    let takes = desk.info.as_ref().is_some_and(|info| info.files.is_some());
    takes && desk.talk().is_some_and(|talk| !talk.internal && permissions_in(desk, talk).say)
}

/// Files were chosen. Those that can't be taken are not sent.
pub fn add_files(desk: &mut Desk, files: Vec<File>) -> Vec<DeskEffect> {
    let rules = desk.info.as_ref().and_then(|info| info.files.clone()).filter(|_| can_attach(desk));
    let (Some(rules), Some(talk)) = (rules, desk.talk_mut()) else { return Vec::new() };
    let (id, chosen) = (talk.id, talk.uploads.add_files(files, &rules));
    let effect = |(file, fault): (Id, Option<Fault>)| match fault {
        Some(_) => announce_error(desk, id, file, fault),
        None => DeskEffect::Upload { talk: id, file },
    };
    chosen.into_iter().map(effect).chain([DeskEffect::Focus(Spot::Composer)]).collect()
}

/// A file for the conversation `talk` is there, or why it is not.
pub fn finish_upload(
    desk: &mut Desk,
    talk: Id,
    id: Id,
    result: Result<File, Option<Fault>>,
) -> Vec<DeskEffect> {
    let Some(found) = desk.talks.get_mut(&talk) else { return Vec::new() };
    match result {
        Ok(file) => {
            found.uploads.set_state(id, UploadState::Done, Some(file));
            Vec::new()
        }
        Err(fault) => {
            let known = found.uploads.set_state(id, UploadState::Failed(fault), None);
            known.then(|| announce_error(desk, talk, id, fault)).into_iter().collect()
        }
    }
}

fn announce_error(desk: &Desk, talk: Id, id: Id, fault: Option<Fault>) -> DeskEffect {
    let files = desk.talks.get(&talk).map(|talk| &talk.uploads.files);
    let size =
        files.and_then(|files| files.iter().find(|each| each.id == id)).map_or(0, |each| each.file.size);
    DeskEffect::Announce { text: upload_error(desk, size, fault), urgent: true }
}

/// What is said about a file of `size` bytes that is not taken.
pub fn upload_error(desk: &Desk, size: u64, fault: Option<Fault>) -> String {
    let words = desk.words();
    let rules = desk.info.as_ref().and_then(|info| info.files.as_ref());
    match fault {
        Some(Fault::TooLong) if size == 0 => words.file_empty.to_owned(),
        Some(Fault::TooLong) => {
            let most = rules.map_or(0, |rules| rules.max_bytes);
            // The site would take it; somebody before the edge does not.
            if size <= most {
                return words.file_too_large_on_way.to_owned();
            }
            words.file_too_large.fill(format_size(most, desk.settings.lang.tag()))
        }
        Some(Fault::FileKind) => {
            let kinds = rules.map(|rules| rules.allow.join(", ")).unwrap_or_default();
            words.file_kind.fill(kinds)
        }
        Some(Fault::FilesFull) => words.files_full.to_owned(),
        Some(Fault::Stranger) => words.not_yours.to_owned(),
        _ => words.file_lost.to_owned(),
    }
}

/// One is taken out.
pub fn remove_file(desk: &mut Desk, id: Id) -> Vec<DeskEffect> {
    let Some(talk) = desk.talk_mut() else { return Vec::new() };
    talk.uploads.remove(id);
    vec![DeskEffect::AbortUpload(id), DeskEffect::Focus(Spot::Composer)]
}

/// One is to be sent again.
pub fn retry_upload(desk: &mut Desk, id: Id) -> Vec<DeskEffect> {
    let Some(talk) = desk.talk_mut() else { return Vec::new() };
    if !talk.uploads.set_state(id, UploadState::Sending(0), None) {
        return Vec::new();
    }
    vec![DeskEffect::Upload { talk: talk.id, file: id }, DeskEffect::Focus(Spot::Composer)]
}
