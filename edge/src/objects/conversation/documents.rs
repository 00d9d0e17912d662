//! Files that belong to forms and cases, in the Conversation object.

use super::{
    admission::charge_visitor,
    alarm,
    context::ConversationContext,
    file_store::{delete_files, write_file},
    form_session::FormSession,
    sql_store::SqlStore,
};
use crate::{
    cache::{sites, usage},
    platform::{now, random_id},
    rpc::conversation::{ConversationKey, UploadDocument},
};
use hoi_core::{
    application::{
        case::result_owner,
        document,
        form::{Answers, FormUploadOutcome, add_file, answered_file_ids},
        submission::{files_of_case, unnamed_files},
    },
    connector::Callback,
    conversation::{self, ConversationStore as _},
    files::{detect_kind, safe_name, taken_as},
};
use std::rc::Rc;
use wire::{Fault, Id};
use worker::Result;

/// Takes a file for a question of a form.
pub async fn store_document(
    context: &Rc<ConversationContext>,
    upload: UploadDocument,
    bytes: &[u8],
) -> Result<FormUploadOutcome> {
    let UploadDocument { visit, form, field, file } = upload;
    let site = &visit.whose.site;
    let Some(published) = sites::find_published(&context.env, site).await? else {
        return Ok(FormUploadOutcome::Refused(Fault::NoSite, None));
    };
    let begun = context.store.read(SqlStore::exists)?;
    if let Some(wait) = usage::must_wait(site, visit.address.as_ref(), begun) {
        return Ok(FormUploadOutcome::Refused(Fault::TooFast, Some(wait)));
    }
    let page = match FormSession::open(context, &published, &visit, &form)? {
        Ok(page) => page,
        // What became of the form is said when the page itself comes.
        Err(_) => return Ok(FormUploadOutcome::Kept),
    };
    page.create_conversation()?;
    if let Err(wait) = charge_visitor(context, &published, &visit)? {
        return Ok(FormUploadOutcome::Refused(Fault::TooFast, Some(wait)));
    }
    let Some(field) = page.form.field_by_id(&field) else {
        return Ok(FormUploadOutcome::Refused(Fault::NoSite, None));
    };
    let mut draft = page.read_draft()?;
    let held = document::total_size(&context.store.read(|store| store.files())?);
    let taken = add_file(field, &mut draft.answers, (file.id, &file.name, &file.url), bytes, held);
    let paper = match taken {
        Ok(Some(paper)) => paper,
        Ok(None) => return Ok(FormUploadOutcome::Kept),
        Err(wrong) => return Ok(FormUploadOutcome::Wrong(wrong)),
    };
    write_file(context, site, &document::stored_record(&paper, &page.record_name(), now()), bytes)?;
    page.write_draft(&draft)?;
    alarm::update_if_written(context).await?;
    Ok(FormUploadOutcome::Kept)
}

/// Deletes the files of a form that nothing in `form` and `answers` names any more; all of them, if there are no answers.
pub fn delete_unreferenced(page: &FormSession<'_>, answers: Option<&Answers>) -> Result<()> {
    let named = answers.map(|answers| answered_file_ids(&page.form, answers)).unwrap_or_default();
    let files = page.context.store.read(|store| store.files())?;
    delete_files(page.context, &unnamed_files(&files, &page.record_name(), &named))
}

/// The files of a form that was handed in belong to the case `number` from now on; the others of it are deleted.
pub fn assign_to_case(page: &FormSession<'_>, number: &str, handed: &[Id]) -> Result<()> {
    let (files, owner) = (page.context.store.read(|store| store.files())?, page.record_name());
    let others = unnamed_files(&files, &owner, handed);
    let owned = files_of_case(files, &owner, number, handed);
    page.context.store.transact(|store| owned.iter().try_for_each(|file| store.put_file(file)))?;
    delete_files(page.context, &others)
}

/// Deletes the papers of cases that are over.
pub fn delete_outlived(context: &ConversationContext) -> Result<()> {
    let gone = context.store.read(|store| {
        let cases = conversation::list_cases(store)?;
        Ok(if cases.is_empty() { Vec::new() } else { document::expired_documents(&store.files()?, &cases) })
    })?;
    delete_files(context, &gone)
}

/// Keeps the files that came with a callback, unless it came before or is about nothing that is here.
pub fn store_enclosed(
    context: &ConversationContext,
    whose: &ConversationKey,
    callback: &mut Callback,
) -> Result<()> {
    let enclosed = std::mem::take(&mut callback.enclosed);
    let known = context.store.read(|store| {
        let is_new = store.callback_seq(&callback.id)?.is_none();
        match &callback.case {
            Some(report) => Ok(is_new && conversation::find_case(store, &report.number)?.is_some()),
            None => Ok(is_new),
        }
    })?;
    let owner = result_owner(callback.case.as_ref().map_or("", |report| report.number.as_str()));
    for file in enclosed.into_iter().filter(|_| known) {
        let Some((bytes, kind)) =
            file.decode_bytes().and_then(|bytes| detect_kind(&bytes).map(|kind| (bytes, kind)))
        else {
            continue;
        };
        let id = random_id()?;
        let stored = taken_as(id, safe_name(&file.name, kind.ending), kind, &bytes, &owner, now());
        write_file(context, &whose.site, &stored, &bytes)?;
        callback.reply.files.push(stored.to_file());
    }
    Ok(())
}
