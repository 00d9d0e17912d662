//! A desk's socket to its site's board.

use super::{connections::BoardAttachment, context::BoardContext};
use crate::{
    cache::{meaning, sites},
    objects::confirmed_session::BELIEVED_MS,
    platform::{now, socket::close_flood},
    rpc::{ObjectCall as _, board::BoardSession, site::ReadCounts, staff::current_role},
};
use hoi_core::{
    board::{AuditEvent, describe_decision, find_refusal, frame_cost, group_questions, list_people},
    decide::Published,
    hours,
    limits::frame_rate_limit::Excess,
    rich,
};
use std::rc::Rc;
use wire::{
    desk::{
        BoardDown, BoardUp, Canned, Department, GroupDecision, Me, Presence, Refusal, SIGNED_OUT, SiteInfo,
    },
    limits,
};
use worker::{Error, Result, WebSocket, WebSocketIncomingMessage};

/// A frame came.
pub async fn handle_frame(
    board: &Rc<BoardContext>,
    socket: &WebSocket,
    message: WebSocketIncomingMessage,
) -> Result<()> {
    let Some(mut attachment) = socket.deserialize_attachment::<BoardAttachment>()? else {
        return Err(Error::RustError("a desk without an attachment".into()));
    };
    board.site.replace(attachment.visit.site.clone());
    let Some(published) = sites::find_published(&board.connections.env, &attachment.visit.site).await? else {
        return socket.close(Some(SIGNED_OUT), Some("no such site"));
    };
    let refuse = || send(socket, &refusal_frame(Refusal::Malformed, Vec::new()));
    let take = |cost| {
        let (name, limits) = (&attachment.visit.who.name, &published.site.settings.limits);
        board.rates.borrow_mut().take_frame(name, cost, limits, now())
    };
    let up = match message {
        WebSocketIncomingMessage::String(text) if text.len() <= limits::MAX_UP_BYTES => {
            serde_json::from_str::<BoardUp>(&text).ok()
        }
        WebSocketIncomingMessage::String(_) | WebSocketIncomingMessage::Binary(_) => None,
    };
    match take(up.as_ref().map_or(1.0, frame_cost)) {
        Ok(()) => {}
        Err(Excess::Tell(_)) => return refuse(),
        Err(Excess::Drop) => return Ok(()),
        Err(Excess::Close(_)) => return close_flood(socket),
    }
    let Some(up) = up else { return refuse() };
    let acted = !matches!(up, BoardUp::Hello { .. });
    let visit = &mut attachment.visit;
    if now().saturating_sub(attachment.checked) > BELIEVED_MS {
        let Some(role) = current_role(&board.connections.env, &visit.session, &visit.site, acted).await?
        else {
            return socket.close(Some(SIGNED_OUT), Some("signed out"));
        };
        (visit.who.role, attachment.checked) = (role, now());
        socket.serialize_attachment(&attachment)?;
    }
    if matches!(up, BoardUp::Questions | BoardUp::Decide { .. }) {
        meaning::load_table(&board.connections.env).await;
    }
    BoardConnection { board, socket, attachment }.dispatch_frame(&published, up).await
}

/// Somebody has left.
pub fn handle_close(board: &BoardContext, socket: &WebSocket) -> Result<()> {
    if let Some(attachment) = socket.deserialize_attachment::<BoardAttachment>()? {
        board.site.replace(attachment.visit.site.clone());
        socket.serialize_attachment(BoardAttachment {
            known: false,
            presence: Presence::Away,
            ..attachment
        })?;
    }
    board.broadcast_frame(&people_frame(board)?)?;
    board.update_queue(None)
}

fn people_frame(board: &BoardContext) -> Result<BoardDown> {
    let people = list_people(&board.list_chats()?, board.connections.open_desks());
    Ok(BoardDown::People { people })
}

/// Somebody at a desk.
struct BoardConnection<'a> {
    board: &'a Rc<BoardContext>,
    socket: &'a WebSocket,
    attachment: BoardAttachment,
}

impl BoardConnection<'_> {
    async fn dispatch_frame(self, published: &Published, up: BoardUp) -> Result<()> {
        let (role, known) = (self.attachment.visit.who.role, self.attachment.known);
        if let Some(why) = find_refusal(&published.site, role, known, &up) {
            let questions = if let BoardUp::Decide { questions, .. } = up { questions } else { Vec::new() };
            return send(self.socket, &refusal_frame(why, questions));
        }
        match up {
            BoardUp::Hello { .. } => self.send_welcome(published),
            BoardUp::Presence { presence } => self.set_presence(presence),
            BoardUp::Questions => self.send_questions(),
            BoardUp::Decide { questions, choice } => self.decide_questions(&questions, &choice),
            BoardUp::Report { from } => {
                let (env, site) = (&self.board.connections.env, &self.attachment.visit.site);
                let counts = ReadCounts { from }.call(env, site).await?;
                send(self.socket, &BoardDown::Report { counts })
            }
            BoardUp::Audit { before } => {
                let (whole, acts) = self.board.read_audit(before).await?;
                send(self.socket, &BoardDown::Audit { acts, whole })
            }
            // Refused above.
            BoardUp::Unknown => Ok(()),
        }
    }

    fn send_welcome(self, published: &Published) -> Result<()> {
        let BoardConnection { board, socket, attachment } = self;
        let BoardSession { who, sites, .. } = attachment.visit.clone();
        let (name, shown, role) = (who.name.clone(), who.shown, who.role);
        socket.serialize_attachment(BoardAttachment { known: true, ..attachment })?;
        let site = Box::new(site_info(published));
        send(socket, &BoardDown::Welcome { me: Me { name, shown, role, sites }, site })?;
        send(socket, &BoardDown::Chats { chats: board.list_chats()? })?;
        board.append_audit([audit_entry(&who.name, "sit_down", String::new())])?;
        board.broadcast_frame(&people_frame(board)?)
    }

    fn set_presence(self, presence: Presence) -> Result<()> {
        self.socket.serialize_attachment(BoardAttachment { presence, ..self.attachment })?;
        self.board.broadcast_frame(&people_frame(self.board)?)?;
        self.board.update_queue(None)
    }

    fn send_questions(self) -> Result<()> {
        let questions = self.board.with_store(|store| store.open_questions(&self.board.encryption_lock()))?;
        let groups = group_questions(questions, meaning::loaded_table().as_deref());
        send(self.socket, &BoardDown::Questions { groups })
    }

    fn decide_questions(self, questions: &[u64], choice: &GroupDecision) -> Result<()> {
        let about = describe_decision(questions.len(), choice);
        let by = &self.attachment.visit.who.name;
        self.board.with_store(|store| store.decide_questions(questions, choice))?;
        self.board.append_audit([audit_entry(by, "teach", about)])?;
        self.send_questions()
    }
}

fn refusal_frame(why: Refusal, questions: Vec<u64>) -> BoardDown {
    BoardDown::Refused { why, questions }
}

fn audit_entry(who: &str, act: &str, about: String) -> AuditEvent {
    AuditEvent { at: now(), who: who.to_owned(), act: act.to_owned(), about }
}

/// What a desk knows of the site.
fn site_info(published: &Published) -> SiteInfo {
    let (site, settings) = (&published.site, &published.site.settings);
    let lang = settings.languages.first().map_or("en", String::as_str);
    let departments = settings.desk.iter().flat_map(|desk| &desk.departments);
    let department = |each: &site::DeskDepartment| Department {
        id: each.id.clone(),
        name: site.text_in(&each.name, lang).to_owned(),
    };
    // What a person sends is shown as typed: it must not hold Markdown from the start.
    let as_typed = |markdown: &str| rich::editable_text(&rich::parse_markdown(markdown));
    let canned = |intent: &site::Intent| Canned {
        intent: intent.id.clone(),
        title: site.text_in(&intent.title, lang).to_owned(),
        text: intent.answer.0.iter().map(|(lang, text)| (lang.clone(), as_typed(text))).collect(),
    };
    let hours_in =
        |lang: i18n::StaffLang| Some((lang.tag().to_owned(), hours::status_line(site, lang.tag(), now())?));
    SiteInfo {
        site: settings.site.clone(),
        name: site.text_in(&settings.name, lang).to_owned(),
        languages: settings.languages.clone(),
        departments: departments.map(department).collect(),
        canned: site.intents.iter().map(canned).collect(),
        hours: hours::status_line(site, lang, now()),
        hours_in: i18n::StaffLang::ALL.into_iter().filter_map(hours_in).collect(),
        utc_offset_minutes: hours::offset_minutes(settings, now()),
        files: settings.files.as_ref().map(site::Files::file_rules),
    }
}

fn send(socket: &WebSocket, down: &BoardDown) -> Result<()> {
    socket.send_with_str(serde_json::to_string(down)?)
}
