//! One chat: the widget's core, with a real socket, a real clock and storage in memory.

use crate::schedules::client::{Client, Want};
use futures_util::{FutureExt as _, SinkExt as _, StreamExt as _};
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
    time::{Duration, Instant},
};
use tests::{Edge, Visitor};
use tokio::net::TcpStream;
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Message as Frame, client::IntoClientRequest as _},
};
use widget::chat::ChatEvent;
use wire::{Boot, Id};

/// How often a tab looks at its clock.
const TICK: Duration = Duration::from_millis(15);
/// Longest wait for a socket to open.
const OPEN: Duration = Duration::from_secs(5);

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// A chat and what it was told to do.
pub struct Tab {
    pub client: RefCell<Client>,
    pub boot: Boot,
    origin: String,
    cut: Cell<bool>,
    chance: Cell<u32>,
}

impl Tab {
    /// Opens a tab; it lives as long as the test.
    pub fn open(edge: &Edge, chance: u32) -> Rc<Tab> {
        let boot = Visitor::boot(edge);
        let carried = boot.clone();
        let client = Client::new(Rc::default(), move || carried.clone());
        let tab = Rc::new(Tab {
            client: RefCell::new(client),
            boot,
            origin: edge.origin.clone(),
            cut: Cell::new(false),
            chance: Cell::new(chance),
        });
        tokio::task::spawn_local(live(tab.clone()));
        tab
    }

    /// The visitor says something that must end up in the conversation.
    pub fn says(&self, id: Id, event: impl FnOnce(u64) -> ChatEvent) {
        let mut client = self.client.borrow_mut();
        client.said.push(id);
        let at = client.clock;
        client.does(event(at));
    }

    /// The line breaks.
    pub fn cut(&self) {
        self.cut.set(true);
    }

    /// The page is loaded again.
    pub fn reload(&self) {
        self.cut.set(true);
        self.client.borrow_mut().open();
    }

    fn chance(&self) -> u32 {
        // Knuth's linear congruential generator; good enough to spread the tries.
        self.chance.set(self.chance.get().wrapping_mul(1_664_525).wrapping_add(1_013_904_223));
        self.chance.get()
    }

    fn closed(&self) {
        let chance = self.chance();
        self.client.borrow_mut().does(ChatEvent::Closed { chance });
    }
}

async fn live(tab: Rc<Tab>) {
    let (mut socket, mut looked) = (None::<Socket>, Instant::now());
    loop {
        let passed = looked.elapsed().as_millis() as u64;
        looked += Duration::from_millis(passed);
        tab.client.borrow_mut().wait(passed);
        if tab.cut.take() && socket.take().is_some() {
            tab.closed();
        }
        serve(&tab, &mut socket).await;
        match &mut socket {
            Some(open) => match tokio::time::timeout(TICK, open.next()).await {
                Ok(Some(Ok(Frame::Text(text)))) if text.as_str() == "pong" => {
                    tab.client.borrow_mut().does(ChatEvent::Ponged);
                }
                Ok(Some(Ok(Frame::Text(text)))) => {
                    let frame = serde_json::from_str(&text).expect("a frame of wire's");
                    tab.client.borrow_mut().hears(frame);
                }
                Ok(Some(Ok(Frame::Close(_)) | Err(_)) | None) => {
                    socket = None;
                    tab.closed();
                }
                Ok(Some(Ok(_))) | Err(_) => {}
            },
            None => tokio::time::sleep(TICK).await,
        }
    }
}

/// Does what the chat wants done.
async fn serve(tab: &Tab, socket: &mut Option<Socket>) {
    loop {
        let want = {
            let mut client = tab.client.borrow_mut();
            if client.wants.is_empty() { None } else { Some(client.wants.remove(0)) }
        };
        let sent = match want {
            None => return,
            Some(Want::Connect { way: _, conversation, ticket }) => {
                *socket = connect(tab, conversation, &ticket).await;
                let chance = tab.chance();
                let event = if socket.is_some() { ChatEvent::Opened } else { ChatEvent::Closed { chance } };
                tab.client.borrow_mut().does(event);
                continue;
            }
            Some(Want::Disconnect) => {
                *socket = None;
                tab.closed();
                continue;
            }
            Some(Want::Hear(kept)) => {
                tab.client.borrow_mut().does(ChatEvent::Elsewhere(kept));
                continue;
            }
            // Each tab is a browser of its own here.
            Some(Want::Tell) => continue,
            Some(Want::Ping) => "ping".to_owned(),
            Some(Want::Send(up)) => serde_json::to_string(&up).expect("frames can be written"),
        };
        if let Some(open) = socket {
            // A line that broke is noticed when it is read.
            let _broken = open.send(Frame::text(sent)).now_or_never();
        }
    }
}

async fn connect(tab: &Tab, conversation: Id, ticket: &str) -> Option<Socket> {
    let url = format!("{}/s/ward/ws/{conversation}", tab.origin.replace("http", "ws"));
    let mut request = url.into_client_request().ok()?;
    request.headers_mut().insert("origin", tab.origin.parse().ok()?);
    request.headers_mut().insert("sec-websocket-protocol", tests::protocols(ticket));
    let opened = tokio::time::timeout(OPEN, connect_async(request)).await;
    opened.ok()?.ok().map(|(socket, _)| socket)
}
