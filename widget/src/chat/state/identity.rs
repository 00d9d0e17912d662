//! What the page around the frame has said about its visitor.

/// What the page has said, and what of it the edge knows.
#[derive(Debug, Clone, Default)]
pub struct PageIdentity {
    /// Who the visitor is, signed by the host's server.
    pub token: Option<String>,
    /// What he is about.
    pub(in crate::chat) context: Option<Vec<(String, String)>>,
    /// The edge knows who it is, in this conversation.
    pub(in crate::chat) known: bool,
    /// The edge was told what it is about, in this conversation.
    pub(in crate::chat) told: bool,
}

impl PageIdentity {
    /// Another conversation, which knows nothing yet.
    pub fn mark_unsent(&mut self) {
        self.known = false;
        self.told = false;
    }
}
