//! Event streams (the `text/event-stream` of HTML's standard), read as the bytes arrive.

use super::ConnectorError;
use wire::limits::MAX_REPLY_BYTES;

/// Cuts a stream into the `data` of its events. Bytes may be cut anywhere, also inside a character.
#[derive(Default)]
pub struct Events {
    line: Vec<u8>,
    data: String,
    after_cr: bool,
    read: usize,
}

/// Bytes of a whole stream, its framing included: four times what is kept of the text.
const MAX_STREAM_BYTES: usize = 4 * MAX_REPLY_BYTES;

impl Events {
    /// The events that `bytes` complete.
    ///
    /// # Errors
    /// [`ConnectorError::TooLong`] for an endless line or stream, [`ConnectorError::Garbage`] for broken UTF-8.
    pub fn feed(&mut self, bytes: &[u8]) -> Result<Vec<String>, ConnectorError> {
        self.read = self.read.saturating_add(bytes.len());
        if self.read > MAX_STREAM_BYTES {
            return Err(ConnectorError::TooLong);
        }
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
    fn endless_lines_are_refused() {
        let mut events = Events::default();
        let result = (0..1000).try_for_each(|_| events.feed(&[b'x'; 1024]).map(|_| ()));
        assert_eq!(result, Err(ConnectorError::TooLong));
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
