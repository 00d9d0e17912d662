//! Event streams (the `text/event-stream` of HTML's standard), read as the bytes arrive.

use super::ConnectorError;
use wire::limits::MAX_REPLY_BYTES;

/// Cuts a stream into the `data` of its events. Bytes may be cut anywhere, also inside a character.
#[derive(Default)]
pub struct Events {
    line: Vec<u8>,
    data: String,
    after_cr: bool,
}

/// Longest line, and longest data of one event, in bytes: what is kept of a text, every letter escaped. A whole stream has no
/// limit but its time: a server may frame every word with hundreds of bytes, and send comments while it thinks.
const MAX_EVENT_BYTES: usize = 8 * MAX_REPLY_BYTES;

impl Events {
    /// The events that `bytes` complete.
    ///
    /// # Errors
    /// [`ConnectorError::TooLong`] for an endless line or event, [`ConnectorError::Garbage`] for broken UTF-8.
    pub fn feed(&mut self, bytes: &[u8]) -> Result<Vec<String>, ConnectorError> {
        let mut out = Vec::new();
        for byte in bytes {
            match byte {
                b'\n' if self.after_cr => self.after_cr = false,
                b'\n' | b'\r' => {
                    self.after_cr = *byte == b'\r';
                    out.extend(self.end_line()?);
                }
                byte => {
                    self.after_cr = false;
                    if self.line.len() >= MAX_EVENT_BYTES {
                        return Err(ConnectorError::TooLong);
                    }
                    self.line.push(*byte);
                }
            }
        }
        Ok(out)
    }

    fn end_line(&mut self) -> Result<Option<String>, ConnectorError> {
        let line = std::mem::take(&mut self.line);
        let line =
            std::str::from_utf8(&line).map_err(|_| ConnectorError::Garbage("the stream is not UTF-8"))?;
        let line = line.trim_start_matches('\u{feff}');
        if line.is_empty() {
            let data = std::mem::take(&mut self.data);
            return Ok((!data.is_empty()).then_some(data));
        }
        if let Some(value) = line.strip_prefix("data:") {
            if !self.data.is_empty() {
                self.data.push('\n');
            }
            self.data.push_str(value.strip_prefix(' ').unwrap_or(value));
            if self.data.len() > MAX_EVENT_BYTES {
                return Err(ConnectorError::TooLong);
            }
        } else if !line.starts_with(':')
            && !["event:", "id:", "retry:"].iter().any(|field| line.starts_with(field))
        {
            return Err(ConnectorError::Garbage("a line of the stream is no field of an event"));
        }
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn endless_lines_and_events_are_refused_and_long_streams_are_not() {
        let refused = |piece: &[u8]| {
            let mut events = Events::default();
            (0..1000).try_for_each(|_| events.feed(piece).map(|_| ()))
        };
        assert_eq!(refused(&[b'x'; 1024]), Err(ConnectorError::TooLong));
        let line = format!("data: {}\n", "x".repeat(1024));
        assert_eq!(refused(line.as_bytes()), Err(ConnectorError::TooLong), "one event");
        assert_eq!(refused(format!("{line}\n").as_bytes()), Ok(()), "many");
        assert_eq!(refused(format!(": {}\n", "x".repeat(1024)).as_bytes()), Ok(()), "comments");
    }

    proptest! {
        #[test]
        fn cuts_make_no_difference(texts in prop::collection::vec("[a-zệđ ]{1,20}", 1..6), cut in 1usize..7, crlf: bool) {
            let end = if crlf { "\r\n" } else { "\n" };
            let stream: String = texts.iter().map(|t| format!(": hi{end}data: {t}{end}{end}")).collect();
            let mut events = Events::default();
            let mut got = Vec::new();
            for piece in stream.as_bytes().chunks(cut) {
                got.extend(events.feed(piece).unwrap());
            }
            prop_assert_eq!(got, texts);
        }
    }
}
