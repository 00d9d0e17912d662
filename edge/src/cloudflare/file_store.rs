//! Files of visitors', in the Conversation object: kept in pieces in its own SQLite, and gone with it.

use super::{
    alarm,
    answers::{fault, json, slow_down},
    config::lock,
    conversation_object::Visit,
    conversing::Inner,
    platform::{now, random},
    quota, sites,
    uploads::Fetching,
};
use crate::{
    conversation::{Log as _, afford},
    files::{CHUNK_BYTES, Stored, disposition, room, taken},
    quota::Counts,
    sealed::Lock,
    turn::Published,
};
use serde::Deserialize;
use std::rc::Rc;
use wire::{Fault, Id};
use worker::{Error, Headers, Request, Response, Result, SqlStorage, SqlStorageValue};

/// How a fault is answered.
fn refused(code: Fault) -> Result<Response> {
    let status = match code {
        Fault::TooLong => 413,
        Fault::FileKind => 415,
        Fault::FilesFull => 507,
        Fault::Ticket => 401,
        Fault::NoSite => 404,
        _ => 400,
    };
    fault(code, status)
}

/// Takes a file. The same file under the same id again gets the same answer; nothing is kept twice.
pub async fn store(inner: &Rc<Inner>, mut request: Request) -> Result<Response> {
    let url = request.url()?;
    let text = |name: &str| {
        url.query_pairs()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.into_owned())
            .unwrap_or_default()
    };
    let visit: Visit = serde_json::from_str(&text("visit"))?;
    let Ok(id) = text("id").parse::<Id>() else { return refused(Fault::Malformed) };
    let bytes = request.bytes().await?;
    let Some(published) = sites::published(&inner.env, &visit.whose.site).await? else {
        return refused(Fault::NoSite);
    };
    if !inner.is_current(&visit) {
        return refused(Fault::Ticket);
    }
    if let Some(wait) = quota::must_wait(&visit.whose.site, visit.address.as_ref()) {
        return slow_down(wait);
    }
    let Some(rules) = &published.site.settings.files else { return refused(Fault::FileKind) };
    let file = match taken(rules, id, &text("name"), &bytes, &text("url"), now()) {
        Ok(file) => file,
        Err(code) => return refused(code),
    };
    let answer = keep(inner, &published, &visit, file, &bytes)?;
    alarm::set(inner, &visit.whose).await?;
    Ok(answer)
}

fn keep(
    inner: &Rc<Inner>,
    published: &Rc<Published>,
    visit: &Visit,
    file: Stored,
    bytes: &[u8],
) -> Result<Response> {
    let mut log = inner.log.borrow_mut();
    log.found(&visit.whose)?;
    let kept = log.files();
    if let Some(before) = kept.iter().find(|kept| kept.id == file.id) {
        let same = before.sha256 == file.sha256;
        return if same { json(&before.shown()) } else { refused(Fault::IdReused) };
    }
    let gone = match room(&kept, file.size, now()) {
        Ok(gone) => gone,
        Err(code) => return refused(code),
    };
    if let Err(wait) = afford(&mut *log, published, now()) {
        return slow_down(wait);
    }
    let sql = inner.state.storage().sql();
    for id in gone {
        remove(&sql, id)?;
        log.drop_file(id)?;
    }
    drop(log);
    put(inner, &visit.whose.site, &file, bytes)?;
    let used = Counts { conversations: 0, messages: 1 };
    inner.count(published, Some((visit.address.clone(), used)));
    json(&file.shown())
}

/// Keeps `file`; what belongs to a form or a case is sealed.
pub fn put(inner: &Inner, site: &str, file: &Stored, bytes: &[u8]) -> Result<()> {
    let sql = inner.state.storage().sql();
    let lock = file.owner.as_ref().map(|_| lock(&inner.env, site));
    // What is known of it comes last: without that there is no file, however far its pieces got.
    write(&sql, file.id, bytes, lock.as_ref()).inspect_err(|_| drop(remove(&sql, file.id)))?;
    let mut log = inner.log.borrow_mut();
    log.put_file(file);
    log.check()
}

/// Forgets these files.
pub fn forget(inner: &Inner, gone: &[Id]) -> Result<()> {
    let sql = inner.state.storage().sql();
    for id in gone {
        remove(&sql, *id)?;
        inner.log.borrow().drop_file(*id)?;
    }
    Ok(())
}

/// Gives a file back, as something to be saved and never to be shown by the browser as a page of ours.
pub fn fetch(inner: &Rc<Inner>, fetching: &Fetching) -> Result<Response> {
    let whole = |whose: &super::sql_log::Whose| *whose == fetching.whose;
    if !inner.log.borrow().whose()?.as_ref().is_some_and(whole) {
        return refused(Fault::NoSite);
    }
    if fetching.generation.is_some_and(|generation| generation < inner.generation()) {
        return refused(Fault::Ticket);
    }
    let file = inner.log.borrow().files().into_iter().find(|file| file.id == fetching.file);
    // Who has shown that a case is his gets what the agency sent with it, and nothing else.
    let opened = |file: &Stored| fetching.result.is_none() || file.owner == fetching.result;
    let Some(file) = file.filter(opened) else { return refused(Fault::NoSite) };
    let lock = file.owner.as_ref().map(|_| lock(&inner.env, &fetching.whose.site));
    let bytes = read(&inner.state.storage().sql(), file.id, lock.as_ref())?;
    let headers = Headers::new();
    for (name, value) in [
        ("content-type", file.kind.as_str()),
        ("content-disposition", &disposition(&file.name)),
        ("content-security-policy", "default-src 'none'; sandbox"),
        ("x-content-type-options", "nosniff"),
        ("cache-control", "no-store"),
    ] {
        headers.set(name, value)?;
    }
    Ok(Response::from_bytes(bytes)?.with_headers(headers))
}

#[derive(Deserialize)]
struct Chunk {
    #[serde(with = "serde_bytes")]
    bytes: Vec<u8>,
}

const TABLE: &str =
    "CREATE TABLE IF NOT EXISTS chunk (file TEXT, part INTEGER, bytes BLOB, PRIMARY KEY (file, part))";

fn write(sql: &SqlStorage, id: Id, bytes: &[u8], lock: Option<&Lock>) -> Result<()> {
    sql.exec(TABLE, None)?;
    for (part, chunk) in bytes.chunks(CHUNK_BYTES).enumerate() {
        let chunk = match lock {
            Some(lock) => lock.seal_bytes(&place(id, part), chunk, random()?),
            None => chunk.to_vec(),
        };
        let part = SqlStorageValue::Integer(part as i64);
        let row = vec![id.to_string().into(), part, SqlStorageValue::Blob(chunk)];
        sql.exec("INSERT OR REPLACE INTO chunk VALUES (?, ?, ?)", row)?;
    }
    Ok(())
}

fn read(sql: &SqlStorage, id: Id, lock: Option<&Lock>) -> Result<Vec<u8>> {
    let query = "SELECT bytes FROM chunk WHERE file = ? ORDER BY part";
    let chunks: Vec<Chunk> = sql.exec(query, vec![id.to_string().into()])?.to_array()?;
    let Some(lock) = lock else { return Ok(chunks.into_iter().flat_map(|chunk| chunk.bytes).collect()) };
    let open = |(part, chunk): (usize, &Chunk)| lock.open_bytes(&place(id, part), &chunk.bytes);
    let opened: Option<Vec<Vec<u8>>> = chunks.iter().enumerate().map(open).collect();
    opened
        .map(|chunks| chunks.concat())
        .ok_or_else(|| Error::RustError(format!("file {id} was sealed by another secret")))
}

/// What a piece is sealed for.
fn place(id: Id, part: usize) -> String {
    format!("paper:{id}:{part}")
}

fn remove(sql: &SqlStorage, id: Id) -> Result<()> {
    sql.exec(TABLE, None)?;
    sql.exec("DELETE FROM chunk WHERE file = ?", vec![id.to_string().into()])?;
    Ok(())
}
