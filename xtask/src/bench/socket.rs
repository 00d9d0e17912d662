//! A WebSocket, and a visitor who speaks the protocol through one.

use anyhow::{Context as _, bail, ensure};
use serde_json::{Value, json};
use std::{
    io::ErrorKind,
    net::TcpStream,
    time::{Duration, Instant},
};
use tungstenite::{Error, Message, WebSocket, client::IntoClientRequest as _};

/// How long an answer may take before something is wrong.
const PATIENCE: Duration = Duration::from_secs(30);

/// A WebSocket without TLS.
pub struct BenchSocket(WebSocket<TcpStream>);

impl BenchSocket {
    /// Connects to `path` at `host`, a host with its port; `page` as a browser would say it: the page's origin,
    /// and the sub-protocols it asks for.
    ///
    /// # Errors
    /// If nobody listens there, or the handshake is refused.
    pub fn open(host: &str, path: &str, page: Option<(&str, &str)>) -> anyhow::Result<BenchSocket> {
        BenchSocket::open_from(host, path, page, None)
    }

    /// The same from an internet address, as an operator's proxy would name it.
    ///
    /// # Errors
    /// As [`BenchSocket::open`].
    pub fn open_from(
        host: &str,
        path: &str,
        page: Option<(&str, &str)>,
        address: Option<&str>,
    ) -> anyhow::Result<BenchSocket> {
        let page =
            page.map(|(origin, protocols)| [("origin", origin), ("sec-websocket-protocol", protocols)]);
        let address = address.map(|address| ("x-real-ip", address));
        let headers: Vec<(&'static str, &str)> = page.into_iter().flatten().chain(address).collect();
        BenchSocket::open_with_headers(host, path, &headers)
    }

    /// The same with these headers.
    ///
    /// # Errors
    /// As [`BenchSocket::open`].
    pub fn open_with_headers(
        host: &str,
        path: &str,
        headers: &[(&'static str, &str)],
    ) -> anyhow::Result<BenchSocket> {
        let stream = TcpStream::connect(host).with_context(|| format!("nobody listens at {host}"))?;
        stream.set_nodelay(true)?;
        let mut request = format!("ws://{host}{path}").into_client_request()?;
        for (name, value) in headers {
            request.headers_mut().insert(*name, value.parse()?);
        }
        let (socket, _) = tungstenite::client(request, stream)
            .map_err(|error| anyhow::anyhow!("no socket at {host}{path}: {error}"))?;
        Ok(BenchSocket(socket))
    }

    /// Sends one frame of text.
    ///
    /// # Errors
    /// If the far end is gone.
    pub fn send(&mut self, text: &str) -> anyhow::Result<()> {
        Ok(self.0.send(Message::text(text))?)
    }

    /// The next frame of text; `None` if none comes within `patience`.
    ///
    /// # Errors
    /// If the far end closes.
    pub fn next_within(&mut self, patience: Duration) -> anyhow::Result<Option<String>> {
        let until = Instant::now() + patience;
        loop {
            // Zero would mean: wait for ever.
            let left = until.saturating_duration_since(Instant::now()).max(Duration::from_millis(1));
            self.0.get_ref().set_read_timeout(Some(left))?;
            match self.0.read() {
                Ok(Message::Text(text)) => return Ok(Some(text.as_str().to_owned())),
                Ok(Message::Close(why)) => bail!("the far end closed: {why:?}"),
                Ok(_) => {}
                Err(Error::Io(error))
                    if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) =>
                {
                    return Ok(None);
                }
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// The next frame of text.
    ///
    /// # Errors
    /// If none comes, or the far end closes.
    pub fn next(&mut self) -> anyhow::Result<String> {
        self.next_within(PATIENCE)?.with_context(|| format!("no frame within {} s", PATIENCE.as_secs()))
    }
}

/// How long one message took, from the moment it was sent.
pub struct Took {
    /// Until the edge had written it down.
    pub acknowledged: Duration,
    /// Until the answer was there, whole.
    pub answered: Duration,
}

/// A visitor in a conversation of his own.
pub struct BenchVisitor {
    socket: BenchSocket,
    said: u32,
    line: HandshakeParams,
}

/// What it takes to connect again.
struct HandshakeParams {
    edge: String,
    path: String,
    protocols: String,
    hello: String,
    kept: String,
}

impl HandshakeParams {
    fn open(&self) -> anyhow::Result<BenchSocket> {
        let origin = format!("http://{}", self.edge);
        let mut socket = BenchSocket::open(&self.edge, &self.path, Some((&origin, &self.protocols)))?;
        socket.send(&self.hello)?;
        let welcome = socket.next()?;
        ensure!(welcome.contains("\"t\":\"welcome\""), "the edge did not welcome the visitor: {welcome}");
        Ok(socket)
    }
}

impl BenchVisitor {
    /// Opens the page at `edge`, a host with its port, as a browser would, and connects.
    ///
    /// # Errors
    /// If the edge refuses.
    pub fn open(edge: &str) -> anyhow::Result<BenchVisitor> {
        let boot = fetch_boot(edge)?;
        let field = |name: &str| boot.get(name).and_then(Value::as_str).unwrap_or_default();
        let path = format!("/s/ward/ws/{}", field("conversation"));
        let protocols = format!("hoi1, {}", field("ticket"));
        let hello =
            json!({ "t": "hello", "v": boot.get("v"), "ticket": field("ticket"), "after": 0, "lang": "vi" });
        let kept = json!({ "conversation": field("conversation"), "ticket": field("ticket") }).to_string();
        let line = HandshakeParams { edge: edge.to_owned(), path, protocols, hello: hello.to_string(), kept };
        Ok(BenchVisitor { socket: line.open()?, said: 0, line })
    }

    /// The conversation as the widget keeps it in the browser.
    pub fn stored_conversation(&self) -> &str {
        &self.line.kept
    }

    /// The open socket.
    pub fn socket(&mut self) -> &mut BenchSocket {
        &mut self.socket
    }

    /// Waits until the line breaks, and connects again as the widget does: at once, then after waits drawn between
    /// nothing and half a second, a second, two … (`widget/src/chat/connection.rs`). `seed` draws them.
    ///
    /// # Errors
    /// If the edge is not back after some minutes.
    pub fn reconnect(&mut self, seed: u64) -> anyhow::Result<()> {
        while self.socket.next_within(PATIENCE).is_ok() {}
        let mut chance = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        for tries in 0..30 {
            if let Ok(socket) = self.line.open() {
                self.socket = socket;
                return Ok(());
            }
            chance ^= chance << 13;
            chance ^= chance >> 7;
            chance ^= chance << 17;
            std::thread::sleep(Duration::from_millis(chance % (500u64 << tries.min(6)).min(30_000)));
        }
        bail!("the edge did not come back")
    }

    /// Says `text` and waits for its answer.
    ///
    /// # Errors
    /// If the edge refuses it, or had to forward it: then the agency's time would be measured, not the edge's.
    pub fn send_message(&mut self, text: &str) -> anyhow::Result<Took> {
        self.said += 1;
        let started = Instant::now();
        self.socket.send(&say_frame(self.said, text))?;
        let mut acknowledged = None;
        loop {
            let frame = self.socket.next()?;
            let at = started.elapsed();
            let down: Value = serde_json::from_str(&frame)?;
            match down.get("t").and_then(Value::as_str) {
                Some("ack") => acknowledged = Some(at),
                Some("message") => {
                    let acknowledged = acknowledged.context("answered before it was acknowledged")?;
                    return Ok(Took { acknowledged, answered: at });
                }
                _ => bail!("the edge did not answer {text:?} by itself: {frame}"),
            }
        }
    }
}

/// What the page at `edge` tells the widget: a conversation, its ticket and more.
///
/// # Errors
/// If the edge refuses, or the page carries nothing.
pub fn fetch_boot(edge: &str) -> anyhow::Result<Value> {
    let page =
        ureq::get(format!("http://{edge}/s/ward/frame?lang=vi")).call()?.into_body().read_to_string()?;
    let boot = page.split_once("id=\"hoi-boot\">").and_then(|(_, rest)| rest.split_once("</script>"));
    Ok(serde_json::from_str(boot.context("the document carries no data")?.0)?)
}

/// The frame that says `text`; `number` makes its id.
pub fn say_frame(number: u32, text: &str) -> String {
    json!({ "t": "say", "id": format!("{number:032x}"), "text": text, "lang": "vi" }).to_string()
}
