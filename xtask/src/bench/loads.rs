//! What a browser loaded, added up from what it tells.

use super::cdp::CdpEvent;
use flate2::{Compress, Compression, FlushCompress};
use serde_json::Value;
use std::collections::BTreeMap;

/// Everything loaded so far.
#[derive(Default)]
pub struct Loads {
    requests: BTreeMap<String, Load>,
    /// The first words of the first answer that came through a socket.
    answer: Option<String>,
}

#[derive(Default)]
struct Load {
    url: String,
    bytes: usize,
    /// Sockets stay open: nobody waits for their end.
    open: bool,
    socket: bool,
    /// What the other end of a socket packs its frames with, if both have agreed to that.
    packing: Option<Compress>,
}

/// Requests and what they brought.
#[derive(Default, Clone, Copy)]
pub struct Sum {
    /// How many.
    pub requests: usize,
    /// Received, headers included.
    pub bytes: usize,
}

impl Loads {
    /// Takes in what the browser tells. A frame's document is told of twice, under one name.
    pub fn record_event(&mut self, event: &CdpEvent) {
        let text = |at: &str| event.params.pointer(at).and_then(Value::as_str).unwrap_or_default();
        let id = text("/requestId").to_owned();
        match event.method.as_str() {
            "Network.requestWillBeSent" => {
                let load = self.requests.entry(id).or_default();
                load.url = text("/request/url").to_owned();
                load.open = load.bytes == 0;
            }
            "Network.webSocketCreated" => {
                let load = self.requests.entry(id).or_default();
                load.url = text("/url").to_owned();
                load.socket = true;
            }
            "Network.webSocketHandshakeResponseReceived" => {
                let (load, headers) = (self.requests.entry(id).or_default(), text("/response/headersText"));
                load.bytes += headers.len();
                let packs = headers.to_lowercase().contains("permessage-deflate");
                load.packing = packs.then(|| Compress::new(Compression::default(), false));
            }
            "Network.webSocketFrameReceived" => {
                let payload = text("/response/payloadData");
                let load = self.requests.entry(id).or_default();
                load.bytes += frame_bytes(load.packing.as_mut(), payload);
                self.answer = self.answer.take().or_else(|| parse_answer(payload));
            }
            "Network.loadingFinished" => {
                let received = event.params.pointer("/encodedDataLength").and_then(Value::as_f64);
                let load = self.requests.entry(id).or_default();
                load.bytes = load.bytes.max(received.unwrap_or_default() as usize);
                load.open = false;
            }
            "Network.loadingFailed" => self.requests.entry(id).or_default().open = false,
            _ => {}
        }
    }

    /// Whether something is still on its way.
    pub fn are_open(&self) -> bool {
        self.requests.values().any(|load| load.open)
    }

    /// What is still on its way.
    pub fn open_ones(&self) -> String {
        let open = self.requests.values().filter(|load| load.open);
        open.map(|load| load.url.as_str()).collect::<Vec<_>>().join(", ")
    }

    /// What came from `host`, a host with its port.
    pub fn sum_from(&self, host: &str) -> Sum {
        sum_loads(self.requests.values().filter(|load| load.host() == host))
    }

    /// What came over the network from none of `hosts`.
    pub fn sum_from_others(&self, hosts: &[&str]) -> Sum {
        // Not what a page carries in itself: `data:`, `blob:`.
        let over = |load: &&Load| load.url.starts_with("http") || load.url.starts_with("ws");
        let networked = self.requests.values().filter(over);
        sum_loads(networked.filter(|load| !hosts.contains(&load.host())))
    }

    /// Each load from `host` by its path, the biggest first.
    pub fn list_from(&self, host: &str) -> Vec<(String, usize)> {
        let loads = self.requests.values().filter(|load| load.host() == host);
        let mut each: Vec<_> = loads.map(|load| (load.name(), load.bytes)).collect();
        each.sort_by_key(|(_, bytes)| std::cmp::Reverse(*bytes));
        each
    }

    /// The first words of the first answer, once it is here.
    pub fn first_answer(&self) -> Option<String> {
        self.answer.clone()
    }
}

impl Load {
    fn host(&self) -> &str {
        let after = self.url.split_once("://").map_or("", |(_, rest)| rest);
        after.split(['/', '?', '#']).next().unwrap_or_default()
    }

    /// The path, without what differs from run to run.
    fn name(&self) -> String {
        let path = self.url.split_once(self.host()).map_or("", |(_, path)| path);
        let path = path.split('?').next().unwrap_or_default();
        match path.rsplit_once('/') {
            Some((folder, _)) if self.socket => format!("{folder}/… (frames received)"),
            _ => path.to_owned(),
        }
    }
}

fn sum_loads<'a>(loads: impl Iterator<Item = &'a Load>) -> Sum {
    loads.fold(Sum::default(), |sum, load| Sum { requests: sum.requests + 1, bytes: sum.bytes + load.bytes })
}

/// How many bytes a frame with `payload` takes on the wire. A browser tells of it unpacked only; how RFC 7692 packs it is
/// known, but for how hard the other end tries.
fn frame_bytes(packing: Option<&mut Compress>, payload: &str) -> usize {
    let length = packing.map_or(payload.len(), |packing| {
        let mut packed = Vec::with_capacity(payload.len() + 64);
        // The four bytes at the end of each are the same and are not sent.
        match packing.compress_vec(payload.as_bytes(), &mut packed, FlushCompress::Sync) {
            Ok(_) => packed.len().saturating_sub(4),
            Err(_) => payload.len(),
        }
    });
    let header = match length {
        0..126 => 2,
        126..65_536 => 4,
        _ => 10,
    };
    header + length
}

/// The first words of a message that somebody else than the visitor said.
fn parse_answer(frame: &str) -> Option<String> {
    let down: Value = serde_json::from_str(frame).ok()?;
    let kind = down.pointer("/author/kind")?.as_str()?;
    if down.get("t")?.as_str()? != "message" || kind == "visitor" {
        return None;
    }
    find_words(down.pointer("/body/blocks")?).map(str::to_owned)
}

/// The first text somewhere inside `value`.
fn find_words(value: &Value) -> Option<&str> {
    match value {
        Value::Object(fields) => {
            let own = fields.get("text").and_then(Value::as_str).filter(|text| !text.trim().is_empty());
            own.or_else(|| fields.values().find_map(find_words))
        }
        Value::Array(items) => items.iter().find_map(find_words),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn told(method: &str, params: Value) -> CdpEvent {
        CdpEvent { method: format!("Network.{method}"), params }
    }

    #[test]
    fn adds_up_by_host() {
        let mut loads = Loads::default();
        let request = |id: &str, url: &str| json!({ "requestId": id, "request": { "url": url } });
        loads.record_event(&told("requestWillBeSent", request("1", "http://edge:1/a/b.js?x")));
        assert!(loads.are_open());
        loads.record_event(&told("loadingFinished", json!({ "requestId": "1", "encodedDataLength": 70.0 })));
        loads.record_event(&told("requestWillBeSent", request("1", "http://edge:1/a/b.js?x")));
        loads.record_event(&told(
            "webSocketCreated",
            json!({ "requestId": "2", "url": "ws://edge:1/s/ws/0f" }),
        ));
        let frame = json!({ "t": "message", "author": { "kind": "assistant" },
            "body": { "blocks": [{ "t": "text", "runs": [{ "text": "Xin chào" }] }] } });
        let received = json!({ "requestId": "2", "response": { "payloadData": frame.to_string() } });
        loads.record_event(&told("webSocketFrameReceived", received));
        assert!(!loads.are_open());
        assert_eq!(loads.open_ones(), "");
        let sum = loads.sum_from("edge:1");
        assert_eq!((sum.requests, sum.bytes), (2, 70 + 2 + frame.to_string().len()));
        loads.record_event(&told("requestWillBeSent", request("3", "data:image/svg+xml,http://www.w3.org")));
        assert_eq!(loads.sum_from_others(&["edge:1"]).requests, 0);
        assert_eq!(loads.sum_from_others(&[]).requests, 2);
        assert_eq!(loads.first_answer().as_deref(), Some("Xin chào"));
        assert!(loads.list_from("edge:1").iter().any(|(name, _)| name == "/a/b.js"));
    }

    #[test]
    fn counts_frames_as_they_are_sent() {
        let frame = |text: &str| {
            told("webSocketFrameReceived", json!({ "requestId": "2", "response": { "payloadData": text } }))
        };
        let mut loads = Loads::default();
        let agreed =
            "HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n";
        loads.record_event(&told(
            "webSocketCreated",
            json!({ "requestId": "2", "url": "ws://edge:1/s/ws/0f" }),
        ));
        loads.record_event(&told(
            "webSocketHandshakeResponseReceived",
            json!({ "requestId": "2", "response": { "headersText": agreed } }),
        ));
        let words = "giấy chứng sinh của cháu và căn cước của người đi khai";
        let mut before = loads.sum_from("edge:1").bytes;
        assert_eq!(before, agreed.len());
        // The same words again are known by then.
        let [first, second] = [words, words].map(|words| {
            loads.record_event(&frame(words));
            let bytes = loads.sum_from("edge:1").bytes - before;
            before += bytes;
            bytes
        });
        assert!(second * 3 < first, "{first}, then {second}");
    }
}
