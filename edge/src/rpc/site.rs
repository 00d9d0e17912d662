//! What the Site object is asked, one a site; and one more that keeps the names of all sites.

use super::{
    requests::requests,
    transport::{ObjectClass, ObjectRequest as _},
};
use hoi_core::{
    agency::{self, CallAdmission, CallOutcome},
    board::TrailEnd,
    erasure::Listing,
    limits::usage::{ConnectionRequest, UsageReport, UsageVerdict},
    site_registry::SiteDiscovery,
    site_status::{SiteStatus, StatusRequest},
};
use serde::{Deserialize, Serialize};
use wire::{
    Id,
    desk::{Act, Count},
};
use worker::{Env, Response, Result};

/// A site; its key is the site's name.
pub struct SiteObject;

impl ObjectClass for SiteObject {
    const BINDING: &'static str = "SITE";
    type Key = str;
    type Request = SiteRequest;

    fn object_name(site: &str) -> String {
        site.to_owned()
    }
}

/// The registry of sites: an object of the same class, under a name that no site has, for there is a space in it.
pub struct SiteRegistryObject;

impl ObjectClass for SiteRegistryObject {
    const BINDING: &'static str = SiteObject::BINDING;
    type Key = ();
    type Request = SiteRequest;

    fn object_name((): &()) -> String {
        "all sites".to_owned()
    }
}

requests! {
    /// All that a Site object can be asked.
    SiteRequest:
    SiteObject {
        ReadSnapshot,
        ReadVersions -> Option<Versions>,
        Publish -> std::result::Result<Versions, VersionRefusal>,
        Rollback -> std::result::Result<Versions, VersionRefusal>,
        EnterAgency -> Admission,
        LeaveAgency -> (),
        #[serde(rename = "CheckRateLimit")]
        CheckConnectionQuota -> UsageVerdict,
        RecordUsage -> Vec<UsageVerdict>,
        ReadCounts -> Vec<Count>,
        IssueCode -> (),
        RedeemCode -> RedeemedCode,
        ReadStatus -> VersionedStatus,
        ChangeStatus -> VersionedStatus,
        IndexConversation -> (),
        FindConversations -> Vec<Id>,
        ReadForgotten -> bool,
        AdvanceForgetting -> Option<(Forgetting, u64)>,
        FinishForgetting -> (),
        KeepAuditEnd -> (),
        ReadAuditEnd -> Option<TrailEnd>,
    }
    SiteRegistryObject {
        LookUpSite -> SiteListing,
        RegisterSite -> (),
    }
}

/// Gives the live version, unless it is the one at hand: see [`read_snapshot`].
#[derive(Serialize, Deserialize)]
pub struct ReadSnapshot {
    /// The version at hand; 0: none.
    pub have: u64,
}

/// What a site's object has in reply to [`ReadSnapshot`].
pub enum SnapshotReply {
    /// Nothing is published.
    Missing,
    /// The version at hand is the live one; `stamp` is that of the [`VersionedStatus`].
    Unchanged {
        /// Stamp of the status.
        stamp: u64,
    },
    /// Another version is live.
    Bundle {
        /// Which.
        version: u64,
        /// Stamp of the status.
        stamp: u64,
        /// The bundle, as it was published.
        bytes: Vec<u8>,
    },
}

/// Headers of a snapshot's answer; its body is the bundle.
const VERSION: &str = "x-version";
const STAMP: &str = "x-stamp";

impl SnapshotReply {
    /// The object's answer.
    ///
    /// # Errors
    /// If the platform refuses a header.
    pub fn into_response(self) -> Result<Response> {
        let (response, version, stamp) = match self {
            SnapshotReply::Missing => return Response::error("", 404),
            SnapshotReply::Unchanged { stamp } => (Response::empty()?.with_status(204), None, stamp),
            SnapshotReply::Bundle { version, stamp, bytes } => {
                (Response::from_bytes(bytes)?, Some(version), stamp)
            }
        };
        response.headers().set(STAMP, &stamp.to_string())?;
        if let Some(version) = version {
            response.headers().set(VERSION, &version.to_string())?;
        }
        Ok(response)
    }
}

/// Asks for the live version of `site`, unless it is `have`.
///
/// # Errors
/// If the object can't be asked.
pub async fn read_snapshot(env: &Env, site: &str, have: u64) -> Result<SnapshotReply> {
    let mut answer = ReadSnapshot { have }.send(env, site).await?;
    let number = |name| {
        let value = answer.headers().get(name)?;
        Ok::<_, worker::Error>(value.and_then(|value| value.parse().ok()).unwrap_or(0))
    };
    let (version, stamp) = (number(VERSION)?, number(STAMP)?);
    Ok(match answer.status_code() {
        204 => SnapshotReply::Unchanged { stamp },
        200 => SnapshotReply::Bundle { version, stamp, bytes: answer.bytes().await? },
        _ => SnapshotReply::Missing,
    })
}

/// Gives the versions that there are, if any.
#[derive(Serialize, Deserialize)]
pub struct ReadVersions;

/// The bundle that comes beside it becomes the live version.
#[derive(Serialize, Deserialize)]
pub struct Publish;

/// The version before the live one becomes the live one, and the other way round.
#[derive(Serialize, Deserialize)]
pub struct Rollback;

/// Versions of a site.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Versions {
    /// The live one.
    pub version: u64,
    /// The one before; 0: there is none.
    pub previous: u64,
}

/// Why no version becomes live.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub enum VersionRefusal {
    /// Nothing was published yet.
    NotPublished,
    /// There is no version before the live one.
    NoPrevious,
    /// The site is being forgotten.
    BeingForgotten,
}

/// A conversation wants to call the agency.
#[derive(Serialize, Deserialize)]
pub struct EnterAgency(pub agency::Call);

/// Whether a call may be made.
#[derive(Debug, Serialize, Deserialize)]
pub struct Admission {
    /// About the call.
    pub entry: CallAdmission,
    /// About everybody's: nobody needs to ask before, in milliseconds since 1970.
    pub shut_until: u64,
}

/// A call of the agency has ended.
#[derive(Debug, Serialize, Deserialize)]
pub struct LeaveAgency {
    /// The question's idempotency key.
    pub key: String,
    /// How.
    pub outcome: CallOutcome,
}

/// Whether somebody may connect.
#[derive(Serialize, Deserialize)]
pub struct CheckConnectionQuota(pub ConnectionRequest);

/// What was used; the reply says for each address how long it has to wait.
#[derive(Serialize, Deserialize)]
pub struct RecordUsage(pub UsageReport);

/// Gives what happened, counted by days.
#[derive(Serialize, Deserialize)]
pub struct ReadCounts {
    /// The first day, in days since 1970.
    pub from: u64,
}

/// A code was made, or a case filed. An earlier code of the same conversation opens nothing any more.
#[derive(Debug, Serialize, Deserialize)]
pub struct IssueCode {
    /// Keyed digest of the code.
    pub digest: String,
    /// The conversation that it opens.
    pub conversation: Id,
    /// The generation of the ticket that asked for it.
    pub generation: u32,
    /// Until when it does, in milliseconds since 1970.
    pub expires: u64,
    /// Whether it opens only once: a code, not a case.
    pub once: bool,
}

/// A code was typed.
#[derive(Debug, Serialize, Deserialize)]
pub struct RedeemCode {
    /// Its keyed digest. Empty for what can't be a code: that counts as a try like any other.
    pub digest: String,
    /// By whom, under the address's name of today.
    pub address: Option<String>,
    /// Whether it is a code, not a case's number.
    pub once: bool,
    /// Of a case's number, its keyed digest by itself: what is guessed beside it is counted there.
    #[serde(default)]
    pub number: Option<String>,
}

/// What a code opens.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct RedeemedCode {
    /// The conversation, and the generation it was issued for.
    pub opens: Option<(Id, u32)>,
    /// Nothing was looked up: how long to wait, in milliseconds.
    pub wait_ms: Option<u64>,
}

/// Gives the status.
#[derive(Serialize, Deserialize)]
pub struct ReadStatus;

/// The operator changes the status; the reply is the new one.
#[derive(Serialize, Deserialize)]
pub struct ChangeStatus(pub StatusRequest);

/// A site's notice and switch, and how often they were changed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct VersionedStatus {
    /// Counts up with each change; 0: there was none.
    pub stamp: u64,
    /// The status. (The name in storage is older than the type's.)
    pub standing: SiteStatus,
}

/// Lists a conversation in the site's index, or takes it out.
#[derive(Serialize, Deserialize)]
pub struct IndexConversation(pub Listing);

/// Looks conversations up in the index, a page at a time in the order of their ids.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FindConversations {
    /// Those under this hash, after this one.
    Tag(String, Option<Id>),
    /// Any.
    Any,
}

/// Whether the site was there and was forgotten, with everything that was said in it.
#[derive(Serialize, Deserialize)]
pub struct ReadForgotten;

/// A step of forgetting the site, with what was erased since the last one. The reply is how far it is, and how many
/// conversations are still listed; nothing if nothing was ever published.
#[derive(Serialize, Deserialize)]
pub struct AdvanceForgetting(pub Forgetting);

/// The last step of it: nothing stays but that it was so.
#[derive(Serialize, Deserialize)]
pub struct FinishForgetting(pub Forgetting);

/// How far the forgetting of a site is.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Forgetting {
    /// When it began, in milliseconds since 1970.
    pub at: u64,
    /// How many conversations were erased so far.
    pub conversations: u64,
    /// How many messages of theirs.
    pub messages: u64,
    /// How many files of theirs.
    pub files: u64,
    /// The act in the trail, once all is gone.
    #[serde(default)]
    pub act: Option<Act>,
}

/// How far the site's audit trail went, to be kept apart from the trail.
#[derive(Serialize, Deserialize)]
pub struct KeepAuditEnd(pub TrailEnd);

/// Gives how far the trail went, as far as it is kept.
#[derive(Serialize, Deserialize)]
pub struct ReadAuditEnd;

/// Whether a name is that of a site.
#[derive(Serialize, Deserialize)]
pub struct LookUpSite {
    /// The name.
    pub name: String,
}

/// What is known of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SiteListing {
    /// It was published.
    Known,
    /// Its object may be asked, in case it is an old one.
    Ask,
    /// It was not.
    Absent,
}

/// A site has come to be known.
#[derive(Debug, Serialize, Deserialize)]
pub struct RegisterSite {
    /// Its name.
    pub name: String,
    /// By what.
    pub how: SiteDiscovery,
}
