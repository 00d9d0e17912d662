//! Files of visitors' and of people at the desk, in the Conversation object: kept in pieces in its own SQLite, and gone with it.

use super::{
    admission::charge_visitor, alarm, context::ConversationContext, creation::create_conversation,
    execute::execute_effects, speaker::Nobody, sql_store::SqlStore, usage::record_usage,
};
use crate::{
    cache::{sites, usage},
    platform::{
        config::encryption_lock,
        now, random_bytes,
        response::{fault_response, json_response, slow_down},
    },
    rpc::conversation::{
        ConversationKey, FetchFile, FetchStaffFile, IncomingFile, StaffSession, UploadFile, UploadStaffFile,
    },
};
use hoi_core::{
    conversation::{ConversationStore as _, file_name, may_send, open_file},
    crypto::encryption::Lock,
    files::{CHUNK_BYTES, Stored, accept_upload, content_disposition, make_room},
    limits::usage::UsageCounts,
};
use serde::Deserialize;
use site::Files;
use std::rc::Rc;
use wire::{Fault, Id};
use worker::{Error, Headers, Response, Result, SqlStorage, SqlStorageValue};

/// How a fault is answered.
fn refusal_response(code: Fault) -> Result<Response> {
    let status = match code {
        Fault::TooLong => 413,
        Fault::FileKind => 415,
        Fault::FilesFull => 507,
        Fault::Ticket => 401,
        Fault::NoSite => 404,
        _ => 400,
    };
    fault_response(code, status)
}

fn taken_file(file: &IncomingFile, bytes: &[u8], rules: &Files) -> std::result::Result<Stored, Fault> {
    accept_upload(rules, file.id, &file.name, bytes, &file.url, now())
}

/// Takes a file of the visitor's. The same file under the same id again gets the same answer; nothing is kept twice.
pub async fn store_file(
    context: &Rc<ConversationContext>,
    upload: UploadFile,
    bytes: &[u8],
) -> Result<Response> {
    let UploadFile { visit, file } = upload;
    let Some(published) = sites::find_published(&context.env, &visit.whose.site).await? else {
        return refusal_response(Fault::NoSite);
    };
    if !context.is_current(&visit)? {
        return refusal_response(Fault::Ticket);
    }
    let begun = context.store.read(SqlStore::exists)?;
    if let Some(wait) = usage::must_wait(&visit.whose.site, visit.address.as_ref(), begun) {
        return slow_down(wait);
    }
    let Some(rules) = &published.site.settings.files else { return refusal_response(Fault::FileKind) };
    let file = match taken_file(&file, bytes, rules) {
        Ok(file) => Stored { name: file_name(&published, &file.name, now()), ..file },
        Err(code) => return refusal_response(code),
    };
    create_conversation(context, &published, &visit)?;
    let gone = match check_existing(context, &file)? {
        FileAdmission::Answered(answer) => return Ok(answer),
        FileAdmission::Room(gone) => gone,
    };
    if let Err(wait) = charge_visitor(context, &published, &visit)? {
        return slow_down(wait);
    }
    let used = UsageCounts { conversations: 0, messages: 1 };
    let address = visit.address.clone();
    commit_file(context, &visit.whose, gone, &file, bytes).await?;
    record_usage(context, &published, Some((address, used)));
    json_response(&file.to_file())
}

/// Takes a file of somebody's at the desk who has the conversation, for its visitor.
pub async fn store_for_visitor(
    context: &Rc<ConversationContext>,
    upload: UploadStaffFile,
    bytes: &[u8],
) -> Result<Response> {
    let UploadStaffFile { visit: StaffSession { whose, who, .. }, file } = &upload;
    let Some(published) = sites::find_published(&context.env, &whose.site).await? else {
        return refusal_response(Fault::NoSite);
    };
    if !is_of(context, whose)? {
        return refusal_response(Fault::NoSite);
    }
    if !context.store.read(|store| may_send(store, who))? {
        return fault_response(Fault::Stranger, 403);
    }
    let Some(rules) = &published.site.settings.files else { return refusal_response(Fault::FileKind) };
    let file = match taken_file(file, bytes, rules) {
        Ok(file) => Stored { by: Some(who.name.clone()), ..file },
        Err(code) => return refusal_response(code),
    };
    let gone = match check_existing(context, &file)? {
        FileAdmission::Answered(answer) => return Ok(answer),
        FileAdmission::Room(gone) => gone,
    };
    commit_file(context, whose, gone, &file, bytes).await?;
    json_response(&file.to_file())
}

/// How it stands before a file is kept.
enum FileAdmission {
    /// This is the answer already: it is here, or there is no room.
    Answered(Response),
    /// There is room once these are gone.
    Room(Vec<Id>),
}

fn check_existing(context: &ConversationContext, file: &Stored) -> Result<FileAdmission> {
    let kept = context.store.read(|store| store.files())?;
    if let Some(before) = kept.iter().find(|kept| kept.id == file.id) {
        let same = before.sha256 == file.sha256 && before.by == file.by;
        let answer = if same { json_response(&before.to_file()) } else { refusal_response(Fault::IdReused) };
        return answer.map(FileAdmission::Answered);
    }
    match make_room(&kept, file.size, now()) {
        Ok(gone) => Ok(FileAdmission::Room(gone)),
        Err(code) => refusal_response(code).map(FileAdmission::Answered),
    }
}

async fn commit_file(
    context: &Rc<ConversationContext>,
    whose: &ConversationKey,
    gone: Vec<Id>,
    file: &Stored,
    bytes: &[u8],
) -> Result<()> {
    delete_files(context, &gone)?;
    write_file(context, &whose.site, file, bytes)?;
    alarm::update_if_written(context).await
}

fn is_of(context: &ConversationContext, whose: &ConversationKey) -> Result<bool> {
    context.store.read(|store| store.is_of(whose))
}

/// Keeps `file`; what belongs to a form or a case is sealed.
pub fn write_file(context: &ConversationContext, site: &str, file: &Stored, bytes: &[u8]) -> Result<()> {
    let sql = context.state.storage().sql();
    let lock = file.owner.as_ref().map(|_| encryption_lock(&context.env, site));
    // What is known of it comes last: without that there is no file, however far its pieces got.
    write_chunks(&sql, file.id, bytes, lock.as_ref()).inspect_err(|_| drop(delete_chunks(&sql, file.id)))?;
    context.store.transact(|store| store.put_file(file))
}

/// Forgets these files.
pub fn delete_files(context: &ConversationContext, gone: &[Id]) -> Result<()> {
    let sql = context.state.storage().sql();
    for id in gone {
        delete_chunks(&sql, *id)?;
        context.store.transact(|store| store.remove_file(*id))?;
    }
    Ok(())
}

/// Gives a file back, to the visitor or to the agency.
pub fn fetch_file(context: &Rc<ConversationContext>, fetch: &FetchFile) -> Result<Response> {
    if !is_of(context, &fetch.whose)? {
        return refusal_response(Fault::NoSite);
    }
    if let Some(generation) = fetch.generation
        && generation < context.generation()?
    {
        return refusal_response(Fault::Ticket);
    }
    let file = context.store.read(|store| store.files())?.into_iter().find(|file| file.id == fetch.file);
    // Who has shown that a case is his gets what the agency sent with it, and nothing else.
    let opened = |file: &Stored| fetch.result.is_none() || file.owner == fetch.result;
    match file.filter(opened) {
        Some(file) => file_response(context, &fetch.whose.site, &file),
        None => refusal_response(Fault::NoSite),
    }
}

/// Gives a file to somebody at the desk.
pub async fn fetch_for_staff(context: &Rc<ConversationContext>, fetch: &FetchStaffFile) -> Result<Response> {
    let StaffSession { whose, who, .. } = &fetch.visit;
    if !is_of(context, whose)? {
        return refusal_response(Fault::NoSite);
    }
    let opened = context.store.transact(|store| open_file(store, who, fetch.file, now()))?;
    let Some((file, effect)) = opened else { return refusal_response(Fault::NoSite) };
    execute_effects(context, whose, vec![effect], &Nobody).await?;
    file_response(context, &whose.site, &file)
}

/// `file`, as something to be saved and never to be shown by the browser as a page of ours.
fn file_response(context: &ConversationContext, site: &str, file: &Stored) -> Result<Response> {
    let lock = file.owner.as_ref().map(|_| encryption_lock(&context.env, site));
    let bytes = read_chunks(&context.state.storage().sql(), file.id, lock.as_ref())?;
    let headers = Headers::new();
    for (name, value) in [
        ("content-type", file.kind.as_str()),
        ("content-disposition", &content_disposition(&file.name)),
        ("content-security-policy", "default-src 'none'; sandbox"),
        ("x-content-type-options", "nosniff"),
        ("cache-control", "no-store"),
    ] {
        headers.set(name, value)?;
    }
    Ok(Response::from_bytes(bytes)?.with_headers(headers))
}

#[derive(Deserialize)]
struct ChunkBytes {
    #[serde(with = "serde_bytes")]
    bytes: Vec<u8>,
}

/// A piece of a file as it lies here: of which file, its place, and its bytes, sealed where they are.
#[derive(Deserialize)]
pub struct FileChunk {
    file: String,
    part: u64,
    #[serde(with = "serde_bytes")]
    bytes: Vec<u8>,
}

/// The pieces of these files.
pub fn raw_chunks(context: &ConversationContext, ids: &[Id]) -> Result<Vec<FileChunk>> {
    let sql = context.state.storage().sql();
    let mut pieces = Vec::new();
    for id in ids {
        let query = "SELECT file, part, bytes FROM chunk WHERE file = ? ORDER BY part";
        pieces.extend(sql.exec(query, vec![id.to_string().into()])?.to_array::<FileChunk>()?);
    }
    Ok(pieces)
}

/// Puts them back where nothing is any more.
pub fn put_pieces(context: &ConversationContext, pieces: Vec<FileChunk>) -> Result<()> {
    let sql = context.state.storage().sql();
    if !pieces.is_empty() {
        sql.exec(TABLE, None)?;
    }
    for FileChunk { file, part, bytes } in pieces {
        let row = vec![file.into(), SqlStorageValue::Integer(part as i64), SqlStorageValue::Blob(bytes)];
        sql.exec("INSERT OR REPLACE INTO chunk VALUES (?, ?, ?)", row)?;
    }
    Ok(())
}

const TABLE: &str =
    "CREATE TABLE IF NOT EXISTS chunk (file TEXT, part INTEGER, bytes BLOB, PRIMARY KEY (file, part))";

fn write_chunks(sql: &SqlStorage, id: Id, bytes: &[u8], lock: Option<&Lock>) -> Result<()> {
    sql.exec(TABLE, None)?;
    for (part, chunk) in bytes.chunks(CHUNK_BYTES).enumerate() {
        let chunk = match lock {
            Some(lock) => lock.seal_bytes(&sealing_context(id, part), chunk, random_bytes()?),
            None => chunk.to_vec(),
        };
        let part = SqlStorageValue::Integer(part as i64);
        let row = vec![id.to_string().into(), part, SqlStorageValue::Blob(chunk)];
        sql.exec("INSERT OR REPLACE INTO chunk VALUES (?, ?, ?)", row)?;
    }
    Ok(())
}

fn read_chunks(sql: &SqlStorage, id: Id, lock: Option<&Lock>) -> Result<Vec<u8>> {
    let query = "SELECT bytes FROM chunk WHERE file = ? ORDER BY part";
    let chunks: Vec<ChunkBytes> = sql.exec(query, vec![id.to_string().into()])?.to_array()?;
    let Some(lock) = lock else { return Ok(chunks.into_iter().flat_map(|chunk| chunk.bytes).collect()) };
    let open =
        |(part, chunk): (usize, &ChunkBytes)| lock.open_bytes(&sealing_context(id, part), &chunk.bytes);
    let opened: Option<Vec<Vec<u8>>> = chunks.iter().enumerate().map(open).collect();
    opened
        .map(|chunks| chunks.concat())
        .ok_or_else(|| Error::RustError(format!("file {id} was sealed by another secret")))
}

/// What a piece is sealed for.
fn sealing_context(id: Id, part: usize) -> String {
    format!("paper:{id}:{part}")
}

fn delete_chunks(sql: &SqlStorage, id: Id) -> Result<()> {
    sql.exec(TABLE, None)?;
    sql.exec("DELETE FROM chunk WHERE file = ?", vec![id.to_string().into()])?;
    Ok(())
}
