//! A desk's socket to its site's board.

use super::{
    board_object::Inner,
    confirmed::{BELIEVED_MS, Expelled, Session},
    frame::close_flood,
    meaning,
    platform::{now, random_id},
    signed::still,
    sites,
};
use crate::{
    desk::{Done, Who, group},
    hours,
    rate_limit::Excess,
    turn::Published,
};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, rc::Rc};
use wire::{
    Id,
    desk::{
        BoardDown, BoardUp, Canned, Choice, Count, Department, Me, Person, Presence, Refusal, Role,
        SIGNED_OUT, SiteInfo, Stage,
    },
    limits,
};
use worker::{Error, Response, Result, State, WebSocket, WebSocketIncomingMessage, WebSocketPair};

/// Most questions decided about at once.
const MAX_DECIDED: usize = 500;
/// What the desk's own words are written in.
const DESK_LANGUAGES: [&str; 3] = ["vi", "en", "fr"];
/// Longest title of an intent that is still to be written, in characters.
const MAX_TITLE_CHARS: usize = 120;

/// What the worker asks a board's socket for.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct BoardVisit {
    /// At which site.
    pub site: String,
    /// Who comes.
    pub who: Who,
    /// The digest of the session, to ask for it again.
    pub session: String,
    /// All sites of the account.
    pub sites: Vec<String>,
}

/// What a socket carries through the object's sleep.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Attachment {
    visit: BoardVisit,
    known: bool,
    presence: Presence,
    checked: u64,
    #[serde(default)]
    line: Option<Id>,
}

impl Session for Attachment {
    fn session(&self) -> &str {
        &self.visit.session
    }

    fn site(&self) -> &str {
        &self.visit.site
    }

    fn line(&self) -> Id {
        self.line.unwrap_or(Id(0))
    }

    fn checked(&self) -> u64 {
        self.checked
    }

    fn confirm(&mut self, role: Role, at: u64) {
        (self.visit.who.role, self.checked) = (role, at);
    }
}

/// Lets a desk in that the worker knows.
pub fn accept(inner: &Inner, visit: BoardVisit) -> Result<Response> {
    let WebSocketPair { client, server } = WebSocketPair::new()?;
    inner.state.accept_web_socket(&server);
    let (presence, line) = (Presence::Away, Some(random_id()?));
    server.serialize_attachment(Attachment { visit, known: false, presence, checked: now(), line })?;
    super::handshake::upgraded(client, "")
}

/// A frame came.
pub async fn heard(inner: &Rc<Inner>, socket: &WebSocket, message: WebSocketIncomingMessage) -> Result<()> {
    let Some(mut attachment) = socket.deserialize_attachment::<Attachment>()? else {
        return Err(Error::RustError("a desk without an attachment".into()));
    };
    inner.site.replace(attachment.visit.site.clone());
    let Some(published) = sites::published(&inner.env, &attachment.visit.site).await? else {
        return socket.close(Some(SIGNED_OUT), Some("no such site"));
    };
    let refuse = || send(socket, &refused(Refusal::Malformed, Vec::new()));
    let take = |cost| {
        let (name, limits) = (&attachment.visit.who.name, &published.site.settings.limits);
        inner.rates.borrow_mut().take(name, cost, limits, now())
    };
    let up = match message {
        WebSocketIncomingMessage::String(text) if text.len() <= limits::MAX_UP_BYTES => {
            serde_json::from_str::<BoardUp>(&text).ok()
        }
        WebSocketIncomingMessage::String(_) | WebSocketIncomingMessage::Binary(_) => None,
    };
    match take(up.as_ref().map_or(1.0, cost)) {
        Ok(()) => {}
        Err(Excess::Tell(_)) => return refuse(),
        Err(Excess::Drop) => return Ok(()),
        Err(Excess::Close(_)) => return close_flood(socket),
    }
    let Some(up) = up else { return refuse() };
    let acted = !matches!(up, BoardUp::Hello { .. });
    let visit = &mut attachment.visit;
    if now().saturating_sub(attachment.checked) > BELIEVED_MS {
        let Some(role) = still(&inner.env, &visit.session, &visit.site, acted).await? else {
            return socket.close(Some(SIGNED_OUT), Some("signed out"));
        };
        (visit.who.role, attachment.checked) = (role, now());
        socket.serialize_attachment(&attachment)?;
    }
    if matches!(up, BoardUp::Questions | BoardUp::Decide { .. }) {
        meaning::table(&inner.env).await;
    }
    Desk { inner, socket, attachment }.hear(&published, up).await
}

/// How many plain frames one costs: some have the whole trail read, or everything that was not answered.
fn cost(up: &BoardUp) -> f64 {
    match up {
        BoardUp::Audit { .. } | BoardUp::Questions | BoardUp::Report { .. } => 10.0,
        BoardUp::Hello { .. } | BoardUp::Decide { .. } => 4.0,
        BoardUp::Presence { .. } | BoardUp::Unknown => 1.0,
    }
}

/// Sends a frame to every desk that has said hello.
pub fn show(inner: &Inner, frame: &str) {
    for socket in inner.state.get_websockets() {
        let attachment = socket.deserialize_attachment::<Attachment>().ok().flatten();
        let Some(attachment) = attachment.filter(|attachment| attachment.known) else { continue };
        if let Some(asking) = inner.held.send(&inner.env, &socket, &attachment, frame) {
            inner.state.wait_until(asking);
        }
    }
}

/// An account may do other things than before, or nothing any more: its desks close, and come back if they may.
pub fn expel(inner: &Inner, out: &Expelled) -> Result<()> {
    for socket in inner.state.get_websockets() {
        let attachment = socket.deserialize_attachment::<Attachment>().ok().flatten();
        if attachment.is_some_and(|each| out.covers(&each.visit.who.name, &each.visit.session)) {
            socket.close(Some(SIGNED_OUT), Some("signed out"))?;
        }
    }
    Ok(())
}

/// Somebody has left.
pub fn left(inner: &Rc<Inner>, socket: &WebSocket) -> Result<()> {
    if let Some(attachment) = socket.deserialize_attachment::<Attachment>()? {
        inner.site.replace(attachment.visit.site.clone());
        socket.serialize_attachment(Attachment { known: false, presence: Presence::Away, ..attachment })?;
    }
    inner.show(&BoardDown::People { people: people(inner)? })?;
    inner.replace(None)
}

/// How many people take conversations.
pub fn here(inner: &Inner) -> u32 {
    let here = attachments(&inner.state).into_iter().filter(|each| each.presence == Presence::Here);
    let here = here.filter(|each| each.visit.who.role.answers());
    let names: std::collections::BTreeSet<String> = here.map(|each| each.visit.who.name).collect();
    u32::try_from(names.len()).unwrap_or(u32::MAX)
}

fn attachments(state: &State) -> Vec<Attachment> {
    let attachments = state.get_websockets().into_iter();
    let attachments = attachments.filter_map(|socket| socket.deserialize_attachment().ok().flatten());
    attachments.filter(|attachment: &Attachment| attachment.known).collect()
}

/// Who is there, by name: here, if one of their desks is.
fn people(inner: &Inner) -> Result<Vec<Person>> {
    let chats = inner.chats()?;
    let with = |name: &str| {
        chats.iter().filter(|chat| chat.stage == Stage::With && chat.with.as_deref() == Some(name)).count()
    };
    let mut people: BTreeMap<String, Person> = BTreeMap::new();
    for Attachment { visit: BoardVisit { who, .. }, presence, .. } in attachments(&inner.state) {
        let chats = u32::try_from(with(&who.name)).unwrap_or(u32::MAX);
        let person = Person { name: who.name.clone(), shown: who.shown, presence, chats };
        let known = people.entry(who.name).or_insert(person);
        if presence == Presence::Here {
            known.presence = presence;
        }
    }
    Ok(people.into_values().collect())
}

/// Somebody at a desk.
struct Desk<'a> {
    inner: &'a Rc<Inner>,
    socket: &'a WebSocket,
    attachment: Attachment,
}

impl Desk<'_> {
    async fn hear(self, published: &Published, up: BoardUp) -> Result<()> {
        let role = self.attachment.visit.who.role;
        let of = if let BoardUp::Decide { questions, .. } = &up { questions.clone() } else { Vec::new() };
        let refuse = |why| send(self.socket, &refused(why, of));
        match up {
            BoardUp::Hello { v } if v <= wire::VERSION => self.greet(published),
            _ if !self.attachment.known => refuse(Refusal::Malformed),
            BoardUp::Presence { presence } => self.settle(presence),
            BoardUp::Questions | BoardUp::Decide { .. } if role != Role::Lead => refuse(Refusal::Role),
            BoardUp::Questions => self.questions(),
            BoardUp::Decide { questions, choice } => match allowed(published, &questions, &choice) {
                true => self.decide(&questions, &choice),
                false => refuse(Refusal::Malformed),
            },
            BoardUp::Report { .. } | BoardUp::Audit { .. } if !matches!(role, Role::Lead | Role::Auditor) => {
                refuse(Refusal::Role)
            }
            BoardUp::Report { from } => {
                let body = serde_json::to_vec(&from)?;
                let site = &self.attachment.visit.site;
                let counts: Vec<Count> =
                    sites::ask(&self.inner.env, site, "report", Some(body)).await?.json().await?;
                send(self.socket, &BoardDown::Report { counts })
            }
            BoardUp::Audit { before } => {
                let (whole, acts) = self.inner.trail(before).await?;
                send(self.socket, &BoardDown::Audit { acts, whole })
            }
            BoardUp::Hello { .. } | BoardUp::Unknown => refuse(Refusal::Malformed),
        }
    }

    fn greet(self, published: &Published) -> Result<()> {
        let Desk { inner, socket, attachment } = self;
        let BoardVisit { who, sites, .. } = attachment.visit.clone();
        let (name, shown, role) = (who.name.clone(), who.shown, who.role);
        socket.serialize_attachment(Attachment { known: true, ..attachment })?;
        let site = Box::new(info(published));
        send(socket, &BoardDown::Welcome { me: Me { name, shown, role, sites }, site })?;
        send(socket, &BoardDown::Chats { chats: inner.chats()? })?;
        inner.act([done(&who.name, "sit_down", String::new())])?;
        inner.show(&BoardDown::People { people: people(inner)? })
    }

    fn settle(self, presence: Presence) -> Result<()> {
        if presence == Presence::Unknown {
            return send(self.socket, &refused(Refusal::Malformed, Vec::new()));
        }
        self.socket.serialize_attachment(Attachment { presence, ..self.attachment })?;
        self.inner.show(&BoardDown::People { people: people(self.inner)? })?;
        self.inner.replace(None)
    }

    fn questions(self) -> Result<()> {
        let questions = self.inner.with(|rows| rows.questions(&self.inner.lock()))?;
        let groups = group(questions, meaning::loaded().as_deref());
        send(self.socket, &BoardDown::Questions { groups })
    }

    fn decide(self, questions: &[u64], choice: &Choice) -> Result<()> {
        let about = match choice {
            Choice::Intent(id) => format!("{} to {id}", questions.len()),
            Choice::New(title) => format!("{} to a new intent: {title}", questions.len()),
            Choice::OutOfScope => format!("{} out of scope", questions.len()),
            Choice::Dismiss => format!("{} dismissed", questions.len()),
        };
        let by = &self.attachment.visit.who.name;
        self.inner.with(|rows| rows.decide(questions, choice))?;
        self.inner.act([done(by, "teach", about)])?;
        self.questions()
    }
}

fn refused(why: Refusal, questions: Vec<u64>) -> BoardDown {
    BoardDown::Refused { why, questions }
}

fn done(who: &str, act: &str, about: String) -> Done {
    Done { at: now(), who: who.to_owned(), act: act.to_owned(), about }
}

/// Whether that can become of them.
fn allowed(published: &Published, questions: &[u64], choice: &Choice) -> bool {
    let named = match choice {
        Choice::Intent(id) => published.site.intent(id).is_some(),
        Choice::New(title) => !title.trim().is_empty() && title.chars().count() <= MAX_TITLE_CHARS,
        Choice::OutOfScope | Choice::Dismiss => true,
    };
    named && (1..=MAX_DECIDED).contains(&questions.len())
}

/// What a desk knows of the site.
fn info(published: &Published) -> SiteInfo {
    let (site, settings) = (&published.site, &published.site.settings);
    let lang = settings.languages.first().map_or("en", String::as_str);
    let departments = settings.desk.iter().flat_map(|desk| &desk.departments);
    let department = |each: &site::Department| Department {
        id: each.id.clone(),
        name: site.say(&each.name, lang).to_owned(),
    };
    let canned = |intent: &site::Intent| Canned {
        intent: intent.id.clone(),
        title: site.say(&intent.title, lang).to_owned(),
        text: intent.answer.0.iter().map(|(lang, text)| (lang.clone(), text.clone())).collect(),
    };
    let hours_in = |lang: &&str| Some(((*lang).to_owned(), hours::line(site, lang, now())?));
    SiteInfo {
        site: settings.site.clone(),
        name: site.say(&settings.name, lang).to_owned(),
        languages: settings.languages.clone(),
        departments: departments.map(department).collect(),
        canned: site.intents.iter().map(canned).collect(),
        hours: hours::line(site, lang, now()),
        hours_in: DESK_LANGUAGES.iter().filter_map(hours_in).collect(),
        utc_offset_minutes: hours::offset_minutes(settings, now()),
        files: settings.files.as_ref().map(site::Files::told),
    }
}

fn send(socket: &WebSocket, down: &BoardDown) -> Result<()> {
    socket.send_with_str(serde_json::to_string(down)?)
}
