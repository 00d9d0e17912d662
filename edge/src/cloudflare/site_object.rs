//! The Site object, one a site: the published versions, who may call the agency, what was used today, and the codes
//! that open conversations elsewhere. It answers the worker only; nothing here is public.

use super::site_forget::Forgetting;
use super::{
    drill, registry, site_forget, site_guard::SiteGuard, site_index, site_ledger::SiteLedger,
    site_pairing::SitePairing, site_standing, site_trail,
};
use serde::Deserialize;
use worker::{
    DurableObject, Env, Method, Request, Response, Result, SqlStorage, SqlStorageValue, State, durable_object,
};

/// Rows may hold 2 MB; half of that leaves room.
const CHUNK: usize = 1 << 20;

/// Holds what an agency published: the live version and the one before it.
#[durable_object]
pub struct Site {
    env: Env,
    state: State,
    sql: SqlStorage,
    guard: SiteGuard,
    ledger: SiteLedger,
    pairing: SitePairing,
}

impl DurableObject for Site {
    fn new(state: State, env: Env) -> Self {
        let sql = state.storage().sql();
        Site {
            env,
            state,
            sql,
            guard: SiteGuard::default(),
            ledger: SiteLedger::default(),
            pairing: SitePairing::default(),
        }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let url = request.url()?;
        // What is only looked up or noted stands beside what a visitor waits for.
        if !matches!(url.path(), "/standing-of" | "/register" | "/trail-end") {
            drill::here(&self.env, "site");
        }
        match url.path() {
            "/live" => {
                let have = url.query_pairs().find(|(key, _)| key == "have").and_then(|(_, v)| v.parse().ok());
                self.live(have.unwrap_or(0))
            }
            "/status" => self.status(),
            "/publish" if site_forget::is_under_way(&self.sql)? => Response::error("", 423),
            "/publish" => {
                let bytes = request.bytes().await?;
                self.publish(&bytes)?;
                self.status()
            }
            "/enter" => Response::from_json(&self.guard.enter(&self.sql, &request.json().await?)?),
            "/knock" => Response::from_json(&self.ledger.knock(&self.sql, &request.json().await?)?),
            "/count" => Response::from_json(&self.ledger.count(&self.sql, &request.json().await?)?),
            "/leave" => {
                self.guard.leave(&self.sql, &request.json().await?)?;
                Response::empty()
            }
            "/offer" => {
                self.pairing.offer(&self.sql, &request.json().await?)?;
                Response::empty()
            }
            "/claim" => Response::from_json(&self.pairing.claim(&self.sql, &request.json().await?)?),
            "/report" => Response::from_json(&self.ledger.report(&self.sql, request.json().await?)?),
            "/standing" => Response::from_json(&site_standing::read(&self.sql)?),
            "/order" => Response::from_json(&site_standing::obey(&self.sql, request.json().await?)?),
            "/list" => {
                let listing = request.json().await?;
                site_index::list(&self.sql, &listing)?;
                self.pairing.erased(&self.sql, &listing)?;
                Response::empty()
            }
            "/find" => Response::from_json(&site_index::find(&self.sql, &request.json().await?)?),
            "/is-forgotten" => Response::from_json(&site_forget::read(&self.sql)?.is_some()),
            "/forgetting" => self.forgetting(&request.json().await?),
            "/forgotten" => self.forgotten(&request.json().await?).await,
            "/trail-end" => match request.method() {
                Method::Post => {
                    site_trail::keep(&self.sql, &request.json().await?)?;
                    Response::empty()
                }
                _ => Response::from_json(&site_trail::read(&self.sql)?),
            },
            "/standing-of" => {
                Response::from_json(&registry::look(&self.sql, &request.json::<String>().await?)?)
            }
            "/register" => {
                registry::take(&self.sql, request.json().await?)?;
                Response::empty()
            }
            "/rollback" => {
                let Some(Pointer { live, previous }) = self.pointer()? else {
                    return Response::error("", 404);
                };
                if previous == 0 {
                    return Response::error("", 409);
                }
                self.point(previous, live)?;
                self.status()
            }
            _ => Response::error("", 404),
        }
    }
}

#[derive(Deserialize)]
struct Pointer {
    live: u64,
    previous: u64,
}

#[derive(Deserialize)]
struct Chunk {
    #[serde(with = "serde_bytes")]
    bytes: Vec<u8>,
}

#[derive(Deserialize)]
struct Count {
    n: u64,
}

impl Site {
    /// A step of forgetting everything: how far it is, and how many conversations are still listed.
    fn forgetting(&self, more: &Forgetting) -> Result<Response> {
        let done = site_forget::read(&self.sql)?.filter(|before| before.act.is_some());
        if let Some(done) = done.filter(|_| matches!(self.pointer(), Ok(None))) {
            return Response::from_json(&(done, 0));
        }
        let begun = site_forget::is_under_way(&self.sql)?;
        if !begun && self.pointer()?.is_none() {
            return Response::error("", 404);
        }
        let forgetting = site_forget::step(&self.sql, more)?;
        Response::from_json(&(forgetting, site_index::count(&self.sql)?))
    }

    /// The last step: nothing is left but that it was so.
    async fn forgotten(&self, forgetting: &Forgetting) -> Result<Response> {
        self.state.storage().delete_all().await?;
        site_forget::keep(&self.sql, forgetting)?;
        Response::empty()
    }

    fn live(&self, have: u64) -> Result<Response> {
        let Some(Pointer { live, .. }) = self.pointer()? else { return Response::error("", 404) };
        let stamp = site_standing::read(&self.sql)?.stamp.to_string();
        if live == have {
            let response = Response::empty()?.with_status(204);
            response.headers().set("x-stamp", &stamp)?;
            return Ok(response);
        }
        let rows =
            self.sql.exec("SELECT bytes FROM bundle WHERE version = ? ORDER BY part", vec![number(live)])?;
        let chunks: Vec<Chunk> = rows.to_array()?;
        let bytes = chunks.into_iter().flat_map(|chunk| chunk.bytes).collect();
        let response = Response::from_bytes(bytes)?;
        response.headers().set("x-version", &live.to_string())?;
        response.headers().set("x-stamp", &stamp)?;
        Ok(response)
    }

    fn status(&self) -> Result<Response> {
        match self.pointer()? {
            Some(Pointer { live, previous }) => {
                Response::from_json(&serde_json::json!({ "version": live, "previous": previous }))
            }
            None => Response::error("", 404),
        }
    }

    /// Writes a version and makes it live: nothing here waits, so it is one write or none.
    fn publish(&self, bytes: &[u8]) -> Result<()> {
        self.sql.exec("CREATE TABLE IF NOT EXISTS bundle (version INTEGER, part INTEGER, bytes BLOB, PRIMARY KEY (version, part))", None)?;
        self.sql.exec("CREATE TABLE IF NOT EXISTS pointer (one INTEGER PRIMARY KEY CHECK (one = 1), live INTEGER, previous INTEGER, newest INTEGER)", None)?;
        let live = self.pointer()?.map_or(0, |pointer| pointer.live);
        let newest: Vec<Count> = self.sql.exec("SELECT newest AS n FROM pointer", None)?.to_array()?;
        let version = newest.first().map_or(0, |count| count.n) + 1;
        for (part, chunk) in bytes.chunks(CHUNK).enumerate() {
            let row = vec![number(version), number(part as u64), SqlStorageValue::Blob(chunk.to_vec())];
            self.sql.exec("INSERT OR REPLACE INTO bundle VALUES (?, ?, ?)", row)?;
        }
        let row = vec![number(version), number(live), number(version)];
        self.sql.exec("INSERT OR REPLACE INTO pointer VALUES (1, ?, ?, ?)", row)?;
        self.sql
            .exec("DELETE FROM bundle WHERE version NOT IN (?, ?)", vec![number(version), number(live)])?;
        Ok(())
    }

    fn point(&self, live: u64, previous: u64) -> Result<()> {
        self.sql.exec("UPDATE pointer SET live = ?, previous = ?", vec![number(live), number(previous)])?;
        Ok(())
    }

    /// Which versions there are. Looks before it reads: asking for a site that isn't there must not make one.
    fn pointer(&self) -> Result<Option<Pointer>> {
        if site_forget::is_under_way(&self.sql)? {
            return Ok(None);
        }
        let tables: Vec<Count> = self
            .sql
            .exec("SELECT count(*) AS n FROM sqlite_master WHERE name = 'pointer'", None)?
            .to_array()?;
        if tables.first().is_none_or(|count| count.n == 0) {
            return Ok(None);
        }
        let rows: Vec<Pointer> = self.sql.exec("SELECT live, previous FROM pointer", None)?.to_array()?;
        Ok(rows.into_iter().next())
    }
}

/// Versions and parts stay far below 2^53.
fn number(value: u64) -> SqlStorageValue {
    SqlStorageValue::Integer(value as i64)
}
