//! What somebody may do in the conversation that is shown. The edge decides the same by itself; here it is only about what
//! is offered.

use super::{state::Desk, talk::Talk};
use wire::desk::{Role, Stage};

/// What may be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Permissions {
    /// Take it.
    pub take: bool,
    /// Answer the visitor.
    pub say: bool,
    /// Write notes, change tags, let drafts through.
    pub work: bool,
    /// Give it to somebody else.
    pub transfer: bool,
    /// Give it back to the assistant.
    pub hand_back: bool,
    /// Close it.
    pub end: bool,
}

/// What may be done in `talk`.
pub fn permissions_in(desk: &Desk, talk: &Talk) -> Permissions {
    let role = desk.me.as_ref().map_or(Role::Unknown, |me| me.role);
    let (work, lead) = (role.can_answer(), role == Role::Lead);
    let Some(stands) = talk.stands.as_ref().filter(|_| work) else {
        return Permissions { work, ..Permissions::default() };
    };
    let mine = stands.with.as_ref().is_some_and(|(name, _)| desk.is_me(name));
    let with = stands.stage == Stage::With;
    let waits = stands.stage == Stage::Waiting;
    Permissions {
        take: match stands.stage {
            Stage::Waiting | Stage::Back => true,
            Stage::With => !mine && lead,
            Stage::Closed | Stage::Unknown => false,
        },
        say: with && mine,
        work,
        transfer: with && mine,
        hand_back: (with && (mine || lead)) || (waits && lead),
        end: (with && (mine || lead)) || (waits && lead),
    }
}

impl Desk {
    /// Whether what was not answered may be seen and decided.
    pub fn may_teach(&self) -> bool {
        self.me.as_ref().is_some_and(|me| me.role == Role::Lead)
    }

    /// Whether reports and the audit trail may be seen.
    pub fn may_review(&self) -> bool {
        self.me.as_ref().is_some_and(|me| matches!(me.role, Role::Lead | Role::Auditor))
    }

    /// Whether conversations may be taken at all.
    pub fn may_work(&self) -> bool {
        self.me.as_ref().is_some_and(|me| matches!(me.role, Role::Lead | Role::Agent))
    }
}
