//! A visitor without a browser: a socket that speaks the protocol.

use super::Edge;
use futures_util::{SinkExt as _, StreamExt as _};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Message as Frame, client::IntoClientRequest as _},
};
use wire::{Boot, Down, Id, Message, State, Up};

/// A visitor with a conversation.
pub struct Visitor {
    pub boot: Boot,
    pub socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
}

impl Visitor {
    /// Opens the page, as a browser would, without connecting yet: gives what the document carries.
    pub fn boot(edge: &Edge) -> Boot {
        let html = ureq::get(format!("{}/s/ward/frame?lang=vi", edge.origin)).call().unwrap();
        let html = html.into_body().read_to_string().unwrap();
        let start =
            html.find("id=\"hoi-boot\">").expect("the document carries its data") + "id=\"hoi-boot\">".len();
        let end = start + html[start..].find("</script>").unwrap();
        serde_json::from_str(&html[start..end]).expect("the data is what wire says")
    }

    /// Connects a fresh conversation and says hello.
    pub async fn open(edge: &Edge) -> Visitor {
        let boot = Visitor::boot(edge);
        let mut visitor =
            Visitor::connect(edge, boot, &edge.origin).await.expect("the edge's own origin is let in");
        visitor.hello(None, 0).await;
        assert!(matches!(visitor.next().await, Down::Welcome { .. }));
        visitor
    }

    /// Connects without saying anything; the error is the HTTP status.
    pub async fn connect(edge: &Edge, boot: Boot, origin: &str) -> Result<Visitor, u16> {
        Visitor::connect_from(edge, boot, origin, None).await
    }

    /// The same from an internet address, as the operator's proxy would name it.
    pub async fn connect_from(
        edge: &Edge,
        boot: Boot,
        origin: &str,
        address: Option<&str>,
    ) -> Result<Visitor, u16> {
        let url = format!("{}/s/ward/ws/{}", edge.origin.replace("http", "ws"), boot.conversation);
        let mut request = url.into_client_request().unwrap();
        if !boot.ticket.is_empty() {
            request.headers_mut().insert("sec-websocket-protocol", protocols(&boot.ticket));
        }
        if let Some(address) = address {
            request.headers_mut().insert("x-real-ip", address.parse().unwrap());
        }
        if !origin.is_empty() {
            request.headers_mut().insert("origin", origin.parse().unwrap());
        }
        match connect_async(request).await {
            Ok((socket, _)) => Ok(Visitor { boot, socket }),
            Err(tokio_tungstenite::tungstenite::Error::Http(response)) => Err(response.status().as_u16()),
            Err(error) => panic!("{error}"),
        }
    }

    pub async fn hello(&mut self, epoch: Option<Id>, after: u64) {
        let ticket = self.boot.ticket.clone();
        self.send(&Up::Hello { v: wire::VERSION, ticket, epoch, after, lang: "vi".into() }).await;
    }

    pub async fn send(&mut self, up: &Up) {
        self.raw(&serde_json::to_string(up).unwrap()).await;
    }

    pub async fn raw(&mut self, text: &str) {
        self.socket.send(Frame::text(text)).await.unwrap();
    }

    /// The next frame of the edge.
    pub async fn next(&mut self) -> Down {
        self.try_next().await.expect("the socket is open")
    }

    /// The next frame, or `None` once the socket has closed.
    pub async fn try_next(&mut self) -> Option<Down> {
        loop {
            let next = tokio::time::timeout(Duration::from_secs(30), self.socket.next()).await;
            match next.expect("a frame within 30 s")? {
                Ok(Frame::Text(text)) => {
                    return Some(serde_json::from_str(&text).expect("a frame of wire's"));
                }
                Ok(Frame::Close(_)) | Err(_) => return None,
                Ok(_) => {}
            }
        }
    }

    /// The last frame before the socket closes; nothing if none came.
    pub async fn closing(&mut self) -> Option<Down> {
        let mut last = None;
        while let Some(frame) = self.try_next().await {
            last = Some(frame);
        }
        last
    }

    /// The next message that is not the visitor's own and not growing any more.
    pub async fn answer(&mut self) -> Message {
        loop {
            if let Down::Message(message) = self.next().await
                && message.state != State::Growing
                && message.id.is_none()
            {
                return message;
            }
        }
    }
}

/// The header that brings a socket's ticket.
pub fn protocols(ticket: &str) -> http::HeaderValue {
    format!("{}, {ticket}", wire::SUBPROTOCOL).parse().expect("a ticket may stand in a header")
}

/// A saying with the id `id`.
pub fn say(id: u128, text: &str) -> Up {
    Up::Say { id: Id(id), text: text.into(), lang: "vi".into(), pick: None, value: None, files: vec![] }
}
