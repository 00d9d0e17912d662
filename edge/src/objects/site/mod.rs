//! The Site object, one a site: the published versions, who may call the agency, what was used today, and the codes
//! that open conversations elsewhere. It answers the worker only; nothing here is public. One more object of the class
//! keeps the names of all sites.

pub mod audit;
pub mod forget;
pub mod guard;
pub mod index;
pub mod pairing;
pub mod registry;
pub mod status;
pub mod usage;

use crate::{
    objects::site::{guard::SiteGuard, pairing::SitePairing, usage::SiteLedger},
    platform::failpoint,
    rpc::{
        ObjectCall as _, receive_request,
        site::{
            AdvanceForgetting, ChangeStatus, CheckConnectionQuota, EnterAgency, FindConversations,
            FinishForgetting, Forgetting, IndexConversation, IssueCode, KeepAuditEnd, LeaveAgency,
            LookUpSite, Publish, ReadAuditEnd, ReadCounts, ReadForgotten, ReadSnapshot, ReadStatus,
            ReadVersions, RecordUsage, RedeemCode, RegisterSite, Rollback, SiteObject, SiteRequest,
            SnapshotReply, VersionRefusal, Versions,
        },
    },
};
use serde::Deserialize;
use worker::{
    DurableObject, Env, Request, Response, Result, SqlStorage, SqlStorageValue, State, durable_object,
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
        let asked = receive_request::<SiteObject>(&mut request).await?.request;
        // What is only looked up or noted stands beside what a visitor waits for.
        let waited = !matches!(
            asked,
            SiteRequest::LookUpSite(_)
                | SiteRequest::RegisterSite(_)
                | SiteRequest::KeepAuditEnd(_)
                | SiteRequest::ReadAuditEnd(_)
        );
        if waited {
            failpoint::panic_if_due(&self.env, "site");
        }
        self.handle_request(asked, request).await
    }
}

#[derive(Deserialize)]
struct Pointer {
    live: u64,
    previous: u64,
}

#[derive(Deserialize)]
struct BundleChunk {
    #[serde(with = "serde_bytes")]
    bytes: Vec<u8>,
}

#[derive(Deserialize)]
struct SiteNumberRow {
    n: u64,
}

impl Site {
    async fn handle_request(&self, asked: SiteRequest, mut request: Request) -> Result<Response> {
        let sql = &self.sql;
        match asked {
            SiteRequest::ReadSnapshot(ReadSnapshot { have }) => self.read_snapshot(have)?.into_response(),
            SiteRequest::ReadVersions(_) => ReadVersions::write_reply(&self.read_versions()?),
            SiteRequest::Publish(_) => Publish::write_reply(&self.publish(&request.bytes().await?)?),
            SiteRequest::Rollback(_) => Rollback::write_reply(&self.roll_back()?),
            SiteRequest::EnterAgency(EnterAgency(call)) => {
                EnterAgency::write_reply(&self.guard.enter_agency(sql, &call)?)
            }
            SiteRequest::LeaveAgency(left) => LeaveAgency::write_reply(&self.guard.leave_agency(sql, &left)?),
            SiteRequest::CheckConnectionQuota(CheckConnectionQuota(request)) => {
                CheckConnectionQuota::write_reply(&self.ledger.check_connection_quota(sql, &request)?)
            }
            SiteRequest::RecordUsage(RecordUsage(report)) => {
                RecordUsage::write_reply(&self.ledger.record_usage(sql, &report)?)
            }
            SiteRequest::ReadCounts(ReadCounts { from }) => {
                ReadCounts::write_reply(&self.ledger.read_counts(sql, from)?)
            }
            SiteRequest::IssueCode(code) => IssueCode::write_reply(&self.pairing.issue_code(sql, &code)?),
            SiteRequest::RedeemCode(code) => RedeemCode::write_reply(&self.pairing.redeem_code(sql, &code)?),
            SiteRequest::ReadStatus(_) => ReadStatus::write_reply(&status::read(sql)?),
            SiteRequest::ChangeStatus(ChangeStatus(order)) => {
                ChangeStatus::write_reply(&status::apply_order(sql, order)?)
            }
            SiteRequest::IndexConversation(IndexConversation(listing)) => {
                index::update_listing(sql, &listing)?;
                IndexConversation::write_reply(&self.pairing.remove_erased(sql, &listing)?)
            }
            SiteRequest::FindConversations(find) => {
                FindConversations::write_reply(&index::find_conversations(sql, &find)?)
            }
            SiteRequest::ReadForgotten(_) => ReadForgotten::write_reply(&forget::read(sql)?.is_some()),
            SiteRequest::AdvanceForgetting(AdvanceForgetting(more)) => {
                AdvanceForgetting::write_reply(&self.advance_forgetting(&more)?)
            }
            SiteRequest::FinishForgetting(FinishForgetting(forgetting)) => {
                FinishForgetting::write_reply(&self.finish_forgetting(&forgetting).await?)
            }
            SiteRequest::KeepAuditEnd(KeepAuditEnd(end)) => {
                KeepAuditEnd::write_reply(&audit::write(sql, &end)?)
            }
            SiteRequest::ReadAuditEnd(_) => ReadAuditEnd::write_reply(&audit::read(sql)?),
            SiteRequest::LookUpSite(LookUpSite { name }) => {
                LookUpSite::write_reply(&registry::look_up(sql, &name)?)
            }
            SiteRequest::RegisterSite(site) => RegisterSite::write_reply(&registry::register(sql, site)?),
        }
    }

    /// A step of forgetting everything: how far it is, and how many conversations are still listed. Nothing if nothing was
    /// ever published.
    fn advance_forgetting(&self, more: &Forgetting) -> Result<Option<(Forgetting, u64)>> {
        let done = forget::read(&self.sql)?.filter(|before| before.act.is_some());
        if let Some(done) = done.filter(|_| matches!(self.read_pointer(), Ok(None))) {
            return Ok(Some((done, 0)));
        }
        let begun = forget::is_under_way(&self.sql)?;
        if !begun && self.read_pointer()?.is_none() {
            return Ok(None);
        }
        let forgetting = forget::record_step(&self.sql, more)?;
        Ok(Some((forgetting, index::count_conversations(&self.sql)?)))
    }

    /// The last step: nothing is left but that it was so.
    async fn finish_forgetting(&self, forgetting: &Forgetting) -> Result<()> {
        self.state.storage().delete_all().await?;
        forget::write(&self.sql, forgetting)
    }

    fn read_snapshot(&self, have: u64) -> Result<SnapshotReply> {
        let Some(Pointer { live, .. }) = self.read_pointer()? else { return Ok(SnapshotReply::Missing) };
        let stamp = status::read(&self.sql)?.stamp;
        if live == have {
            return Ok(SnapshotReply::Unchanged { stamp });
        }
        let rows = self
            .sql
            .exec("SELECT bytes FROM bundle WHERE version = ? ORDER BY part", vec![sql_integer(live)])?;
        let chunks: Vec<BundleChunk> = rows.to_array()?;
        let bytes = chunks.into_iter().flat_map(|chunk| chunk.bytes).collect();
        Ok(SnapshotReply::Bundle { version: live, stamp, bytes })
    }

    fn read_versions(&self) -> Result<Option<Versions>> {
        let versions = |pointer: Pointer| Versions { version: pointer.live, previous: pointer.previous };
        Ok(self.read_pointer()?.map(versions))
    }

    fn roll_back(&self) -> Result<std::result::Result<Versions, VersionRefusal>> {
        let Some(Pointer { live, previous }) = self.read_pointer()? else {
            return Ok(Err(VersionRefusal::NotPublished));
        };
        if previous == 0 {
            return Ok(Err(VersionRefusal::NoPrevious));
        }
        self.set_live(previous, live)?;
        Ok(Ok(Versions { version: previous, previous: live }))
    }

    /// Writes a version and makes it live: nothing here waits, so it is one write or none.
    fn publish(&self, bytes: &[u8]) -> Result<std::result::Result<Versions, VersionRefusal>> {
        if forget::is_under_way(&self.sql)? {
            return Ok(Err(VersionRefusal::BeingForgotten));
        }
        self.sql.exec("CREATE TABLE IF NOT EXISTS bundle (version INTEGER, part INTEGER, bytes BLOB, PRIMARY KEY (version, part))", None)?;
        self.sql.exec("CREATE TABLE IF NOT EXISTS pointer (one INTEGER PRIMARY KEY CHECK (one = 1), live INTEGER, previous INTEGER, newest INTEGER)", None)?;
        let live = self.read_pointer()?.map_or(0, |pointer| pointer.live);
        let newest: Vec<SiteNumberRow> =
            self.sql.exec("SELECT newest AS n FROM pointer", None)?.to_array()?;
        let version = newest.first().map_or(0, |count| count.n) + 1;
        for (part, chunk) in bytes.chunks(CHUNK).enumerate() {
            let row =
                vec![sql_integer(version), sql_integer(part as u64), SqlStorageValue::Blob(chunk.to_vec())];
            self.sql.exec("INSERT OR REPLACE INTO bundle VALUES (?, ?, ?)", row)?;
        }
        let row = vec![sql_integer(version), sql_integer(live), sql_integer(version)];
        self.sql.exec("INSERT OR REPLACE INTO pointer VALUES (1, ?, ?, ?)", row)?;
        self.sql.exec(
            "DELETE FROM bundle WHERE version NOT IN (?, ?)",
            vec![sql_integer(version), sql_integer(live)],
        )?;
        Ok(Ok(Versions { version, previous: live }))
    }

    fn set_live(&self, live: u64, previous: u64) -> Result<()> {
        self.sql.exec(
            "UPDATE pointer SET live = ?, previous = ?",
            vec![sql_integer(live), sql_integer(previous)],
        )?;
        Ok(())
    }

    /// Which versions there are. Looks before it reads: asking for a site that isn't there must not make one.
    fn read_pointer(&self) -> Result<Option<Pointer>> {
        if forget::is_under_way(&self.sql)? {
            return Ok(None);
        }
        let tables: Vec<SiteNumberRow> = self
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
fn sql_integer(value: u64) -> SqlStorageValue {
    SqlStorageValue::Integer(value as i64)
}
