//! What the desk decides, without a browser.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod alerts;
mod attaching;
mod composing;
mod keys;
mod lines;
mod listing;
mod person;
mod reports;
mod talking;

use super::*;
use wire::{
    Author, AuthorKind, Block, Body, Down, FileRules, Id, Message, Run, State,
    desk::{BoardDown, Canned, Chat, ChatDown, ChatUp, Department, Me, Presence, Role, SiteInfo, Stage},
};

/// A minute after 2026-01-05 08:00 UTC.
pub const NOW: u64 = 1_767_600_060_000;

pub fn me(role: Role) -> Me {
    Me { name: "lan".into(), shown: "Nguyễn Thị Lan".into(), role, sites: vec!["ward".into()] }
}

fn info() -> SiteInfo {
    let canned = |intent: &str, title: &str, vi: &str| Canned {
        intent: intent.into(),
        title: title.into(),
        text: vec![("vi".into(), vi.into()), ("en".into(), format!("in English: {intent}"))],
    };
    SiteInfo {
        site: "ward".into(),
        name: "UBND phường Bến Xuân".into(),
        languages: vec!["vi".into(), "en".into()],
        departments: vec![Department { id: "ho-tich".into(), name: "Hộ tịch".into() }],
        canned: vec![
            canned("khai-sinh", "Đăng ký khai sinh", "Cần giấy chứng sinh."),
            canned("gio", "Giờ làm việc", "Sáng 7 giờ 30, kể cả khai sinh."),
        ],
        hours: None,
        hours_in: Vec::new(),
        utc_offset_minutes: 420,
        files: Some(FileRules { allow: vec!["pdf".into()], max_bytes: 1_000 }),
    }
}

/// A desk whose board has answered, with these conversations.
pub fn desk(role: Role, chats: Vec<Chat>) -> Desk {
    let saved = InitialState { watched: true, ..InitialState::default() };
    let (mut desk, effects) = start("ward".into(), saved, NOW);
    assert!(effects.contains(&DeskEffect::Connect(ConnectionTarget::Board)));
    update(&mut desk, NOW, DeskEvent::Opened(ConnectionTarget::Board));
    board(&mut desk, BoardDown::Welcome { me: me(role), site: Box::new(info()) });
    board(&mut desk, BoardDown::Chats { chats });
    desk
}

pub fn board(desk: &mut Desk, frame: BoardDown) -> Vec<DeskEffect> {
    update(desk, NOW, DeskEvent::Board(frame))
}

pub fn chat(id: u128, stage: Stage) -> Chat {
    Chat {
        id: Id(id),
        rev: 1,
        stage,
        since: NOW - 60_000,
        last_at: NOW - 30_000,
        awaits: true,
        lang: "vi".into(),
        with: None,
        department: None,
        wanted: None,
        drafts: 0,
        tags: Vec::new(),
        visitor: None,
        danger: None,
    }
}

pub fn with(id: u128, name: &str) -> Chat {
    Chat { with: Some(name.into()), ..chat(id, Stage::With) }
}

pub fn message(seq: u64, kind: AuthorKind, text: &str) -> Message {
    let run = Run { text: text.into(), ..Run::default() };
    Message {
        seq,
        id: None,
        author: Author { kind, name: None },
        at: NOW - 60_000 + seq,
        lang: "vi".into(),
        state: State::Done,
        rev: 0,
        topic: None,
        value: None,
        later: false,
        body: Body { blocks: vec![Block::Text { runs: vec![run] }], buttons: Vec::new() },
    }
}

pub fn stands(stage: Stage, with: Option<&str>) -> ChatDown {
    let with = with.map(|name| (name.to_owned(), format!("{name} shown")));
    ChatDown::Stands { stage, with, department: None, tags: Vec::new(), about: Vec::new() }
}

/// A desk in which conversation 1, mine, is shown and its line works; the visitor has said one thing.
pub fn talking(role: Role) -> Desk {
    let mut desk = desk(role, vec![with(1, "lan")]);
    opened(&mut desk, 1);
    update(&mut desk, NOW, DeskEvent::Chat(Id(1), stands(Stage::With, Some("lan"))));
    desk
}

/// Opens conversation `id`, as far as the first message.
pub fn opened(desk: &mut Desk, id: u128) {
    update(desk, NOW, DeskEvent::Button(DeskButton::Open(Id(id))));
    welcome(desk, id);
    update(desk, NOW, DeskEvent::Message(Id(id), Down::Message(message(1, AuthorKind::Visitor, "Xin chào"))));
}

/// The line to conversation `id` works.
pub fn welcome(desk: &mut Desk, id: u128) -> Vec<DeskEffect> {
    update(desk, NOW, DeskEvent::Opened(ConnectionTarget::Chat(Id(id))));
    update(desk, NOW, DeskEvent::Message(Id(id), Down::Welcome { epoch: Id(9), last: 1, ticket: None }))
}

/// What goes to conversations.
pub fn sent(effects: &[DeskEffect]) -> Vec<ChatUp> {
    let frame = |effect: &DeskEffect| match effect {
        DeskEffect::SendChat(_, up) => Some(up.clone()),
        _ => None,
    };
    effects.iter().filter_map(frame).collect()
}
