//! What each connector implements.

use super::{
    Ask, Callback, CallbackError, ConnectorError, Endpoint, FileRequest, Incoming, Outbound, ReplyPart,
    error::refusal_code,
};

/// One agency's protocol.
pub trait Connector: Sync {
    /// The name used in `site.toml`: lower case, unique, never changed once released.
    fn name(&self) -> &'static str;

    /// The next request for one question. Secrets go into headers and nowhere else.
    ///
    /// Most protocols take one. Where something has to be set up first, the reader of that response gives
    /// [`ReplyPart::Remember`] and [`ReplyPart::Again`], and this is called again with it in [`Ask::remembered`].
    ///
    /// # Errors
    /// [`ConnectorError::Secret`] if the secret can't be used, [`ConnectorError::Settings`] if the site's own are
    /// incomplete.
    fn build_request(&self, ask: &Ask, agency: &Endpoint<'_>) -> Result<Outbound, ConnectorError>;

    /// A reader for the response to [`Connector::build_request`], which begins with `status` and `content_type`.
    ///
    /// # Errors
    /// [`ConnectorError::Status`] or [`ConnectorError::ContentType`] if this is no answer.
    fn response_reader(
        &self,
        ask: &Ask,
        status: u16,
        content_type: &str,
    ) -> Result<Box<dyn ResponseReader>, ConnectorError>;

    /// What follows from a response of no success, whose `body` is given as far as it was read: [`ReplyPart::Again`] where another
    /// request may do better.
    ///
    /// # Errors
    /// [`ConnectorError::Status`] with the short name of the error.
    fn read_refusal(
        &self,
        ask: &Ask,
        agency: &Endpoint<'_>,
        status: u16,
        body: &[u8],
    ) -> Result<Vec<ReplyPart>, ConnectorError> {
        let _unused = (ask, agency);
        Err(ConnectorError::Status { status, code: refusal_code(body) })
    }

    /// Whether asking the same question again is harmless, because the other side can tell, or because asking has no
    /// effects. If not, a question is sent again only when it is sure not to have arrived.
    fn is_repeatable(&self) -> bool;

    /// Whether procedures that were done in the chat can be handed in here.
    fn takes_cases(&self) -> bool {
        false
    }

    /// Whether one conversation's questions must arrive one after the other.
    fn is_in_order(&self) -> bool {
        false
    }

    /// Whether a language model reads what is sent: personal data is then hidden, unless the site says otherwise.
    fn is_language_model(&self) -> bool {
        false
    }

    /// What the agency says of its own accord, later. `Ok(None)` is something genuine that no visitor needs to see.
    ///
    /// # Errors
    /// [`CallbackError::Unsupported`] where the protocol has no such thing; the others if it is not genuine or not readable.
    fn parse_callback(
        &self,
        call: &Incoming<'_>,
        agency: &Endpoint<'_>,
    ) -> Result<Option<Callback>, CallbackError> {
        let _unused = (call, agency);
        Err(CallbackError::Unsupported)
    }

    /// Which file the agency fetches.
    ///
    /// # Errors
    /// As those of [`Connector::parse_callback`].
    fn parse_file_request(
        &self,
        call: &Incoming<'_>,
        agency: &Endpoint<'_>,
    ) -> Result<FileRequest, CallbackError> {
        let _unused = (call, agency);
        Err(CallbackError::Unsupported)
    }
}

/// Reads one response as its bytes arrive, cut anywhere.
pub trait ResponseReader {
    /// Reads more of the body.
    ///
    /// # Errors
    /// [`ConnectorError::Garbage`], [`ConnectorError::Reported`] or [`ConnectorError::TooLong`]; the reader is of no
    /// use after that.
    fn feed(&mut self, bytes: &[u8]) -> Result<Vec<ReplyPart>, ConnectorError>;

    /// The body has ended.
    ///
    /// # Errors
    /// [`ConnectorError::Garbage`] if it ended before anything could be understood.
    fn finish(&mut self) -> Result<Vec<ReplyPart>, ConnectorError>;
}
