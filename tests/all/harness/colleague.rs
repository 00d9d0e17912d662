//! Somebody at the desk without a browser: sockets that speak its protocol.

use super::{Desk, Edge};
use futures_util::{SinkExt as _, StreamExt as _};
use serde::{Serialize, de::DeserializeOwned};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Error, Message as Frame, client::IntoClientRequest as _},
};
use wire::{
    Down, Id,
    desk::{BoardDown, BoardUp, ChatDown, ChatUp},
};

/// A socket of a desk's.
pub struct Line {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
}

/// What comes through one to a conversation.
#[derive(Debug, Clone, PartialEq)]
pub enum Heard {
    /// As it comes to the visitor.
    Down(Down),
    /// For staff.
    Chat(ChatDown),
}

impl Desk {
    /// The board of `site`, after its hello; the error is the HTTP status.
    pub async fn board(&self, edge: &Edge, site: &str) -> Result<Line, u16> {
        let mut line = self.line(&format!("/desk/s/{site}/board"), &edge.origin).await?;
        line.send(&BoardUp::Hello { v: wire::VERSION }).await;
        Ok(line)
    }

    /// A conversation of `site`, after its hello.
    pub async fn chat(&self, edge: &Edge, site: &str, id: Id) -> Result<Line, u16> {
        let mut line = self.line(&format!("/desk/s/{site}/chat/{id}"), &edge.origin).await?;
        line.send(&ChatUp::Hello { v: wire::VERSION, epoch: None, after: 0 }).await;
        Ok(line)
    }

    /// A socket from a page of `origin`.
    pub async fn line(&self, path: &str, origin: &str) -> Result<Line, u16> {
        let mut request =
            format!("{}{path}", self.origin.replace("http", "ws")).into_client_request().unwrap();
        request.headers_mut().insert("origin", origin.parse().unwrap());
        request.headers_mut().insert("cookie", format!("hoi-desk={}", self.token).parse().unwrap());
        match connect_async(request).await {
            Ok((socket, _)) => Ok(Line { socket }),
            Err(Error::Http(response)) => Err(response.status().as_u16()),
            Err(error) => panic!("{error}"),
        }
    }
}

impl Line {
    pub async fn send(&mut self, up: &impl Serialize) {
        self.socket.send(Frame::text(serde_json::to_string(up).unwrap())).await.unwrap();
    }

    /// The same through a line that may have closed: whether it has not.
    pub async fn try_send(&mut self, up: &impl Serialize) -> bool {
        self.socket.send(Frame::text(serde_json::to_string(up).unwrap())).await.is_ok()
    }

    /// The next frame as text, or nothing once it has closed.
    async fn text(&mut self) -> Option<String> {
        loop {
            let next = tokio::time::timeout(Duration::from_secs(30), self.socket.next()).await;
            match next.expect("a frame within 30 s")? {
                Ok(Frame::Text(text)) => return Some(text.to_string()),
                Ok(Frame::Close(_)) | Err(_) => return None,
                Ok(_) => {}
            }
        }
    }

    /// Whether it closes, whatever comes before.
    pub async fn closes(&mut self) -> bool {
        self.closes_within(50).await
    }

    /// The same where up to so many frames come before.
    pub async fn closes_within(&mut self, frames: usize) -> bool {
        for _ in 0..frames {
            if self.text().await.is_none() {
                return true;
            }
        }
        false
    }

    /// Whatever comes until it closes.
    pub async fn heard(&mut self) -> Vec<String> {
        let mut heard = Vec::new();
        while let Some(text) = self.text().await {
            heard.push(text);
        }
        heard
    }

    /// The first thing of the board's that `find` takes.
    pub async fn board<T>(&mut self, what: &str, find: impl Fn(BoardDown) -> Option<T>) -> T {
        self.first(what, |text| serde_json::from_str(text).expect("a frame of the board's"), find).await
    }

    /// The first thing of the conversation's that `find` takes.
    pub async fn chat<T>(&mut self, what: &str, find: impl Fn(Heard) -> Option<T>) -> T {
        let read = |text: &str| match text.contains("\"s\":") && !text.contains("\"t\":") {
            true => Heard::Chat(read(text)),
            false => serde_json::from_str(text).map(Heard::Down).unwrap_or_else(|_| Heard::Chat(read(text))),
        };
        self.first(what, read, find).await
    }

    async fn first<F, T>(
        &mut self,
        what: &str,
        read: impl Fn(&str) -> F,
        find: impl Fn(F) -> Option<T>,
    ) -> T {
        let mut seen = Vec::new();
        for _ in 0..50 {
            let Some(text) = self.text().await else { panic!("closed before {what}: {seen:?}") };
            if let Some(found) = find(read(&text)) {
                return found;
            }
            seen.push(text);
        }
        panic!("no {what}: {seen:?}");
    }
}

fn read<T: DeserializeOwned>(text: &str) -> T {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}
