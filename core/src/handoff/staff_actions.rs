//! What somebody at the desk does in a conversation.

use super::{approval, people::People, waiting::with_way_back};
use crate::conversation::{
    Audience, ConversationStore, Effect, RecordKey, RecordSpace, StoreError,
    message::{message_text, new_message, say_as_assistant, visitor_author},
    message_files::{attach_files, file_blocks, unsent_files},
};
use crate::{
    accounts::account::is_name,
    board::{AuditEvent, StaffMember},
    decide::{self, Published},
    limits::sanitize,
    metrics::Happened,
    rich,
};
use i18n::{Lang, Msg};
use intent::Scratch;
use wire::{
    Author, AuthorKind, Body, Down, Id, Message,
    desk::{
        ChatDown, ChatUp, EndReason, MAX_NOTE_CHARS, MAX_TAG_CHARS, MAX_TAGS, Note, Refusal, Role, Stage,
        Suggestion, Target,
    },
};

/// Most answers suggested at once.
const SUGGESTIONS: usize = 3;
/// How far back the visitor's last words are looked for.
const BACK: u64 = 100;

/// Somebody at the desk opens the conversation: what it is told after the messages.
pub fn greet_staff(
    store: &mut impl ConversationStore,
    who: &StaffMember,
    now: u64,
) -> Result<Vec<Effect<ChatDown>>, StoreError> {
    let mut people = People::load(store)?.unwrap_or_default();
    let mut effects = vec![
        Effect::Reply(people.desk_status(store)?),
        Effect::Reply(ChatDown::Notes { notes: list_notes(store)? }),
        Effect::Reply(ChatDown::Drafts { drafts: approval::list_drafts(store)? }),
        Effect::Reply(ChatDown::Read { seq: people.seen }),
    ];
    people.done.push(audit_event(who, "open", now));
    effects.push(people.save_change(store)?.into());
    Ok(effects)
}

/// Somebody at the desk does something. The same thing said or noted again, with the same id, changes nothing.
pub fn handle_staff_frame(
    store: &mut impl ConversationStore,
    published: &Published,
    who: &StaffMember,
    up: ChatUp,
    now: u64,
    scratch: &mut Scratch,
) -> Result<Vec<Effect<ChatDown>>, StoreError> {
    let mut act = StaffAction { store, published, who, now };
    let tried = Some(up.attempted_action());
    if !who.role.can_answer() {
        return Ok(vec![Effect::Reply(ChatDown::Refused { why: Refusal::Role, tried })]);
    }
    let acted = match up {
        ChatUp::Suggest => act.suggest(scratch),
        // The first frame is the shell's.
        ChatUp::Hello { .. } | ChatUp::Unknown => Err(Refusal::Malformed.into()),
        ChatUp::Take => act.take_over(),
        ChatUp::Say { id, text, files } => act.send_message(id, &text, &files),
        ChatUp::Note { id, text } => act.add_note(id, &text),
        ChatUp::Tag { tags } => act.set_tags(tags),
        ChatUp::Transfer { to } => act.transfer(to),
        ChatUp::HandBack => act.release_chat(Stage::Back, "hand_back".to_owned(), Msg::HandedBack),
        ChatUp::End { reason } => act.end(reason),
        ChatUp::Typing { on } => act.send_typing(on),
        ChatUp::Read { seq } => act.mark_read(seq),
        ChatUp::Approve { draft, text } => act.approve(draft, text.as_deref()),
        ChatUp::Reject { draft } => act.reject(draft),
    };
    match acted {
        Ok(effects) => Ok(effects),
        Err(NotDone::Refused(why)) => Ok(vec![Effect::Reply(ChatDown::Refused { why, tried })]),
        Err(NotDone::Store(error)) => Err(error),
    }
}

pub(crate) fn audit_event(who: &StaffMember, act: impl Into<String>, now: u64) -> AuditEvent {
    AuditEvent { at: now, who: who.name.clone(), act: act.into(), about: String::new() }
}

fn list_notes(store: &impl ConversationStore) -> Result<Vec<Note>, StoreError> {
    let mut notes: Vec<Note> = store.read_records(RecordSpace::Notes)?;
    notes.sort_by_key(|note| note.at);
    Ok(notes)
}

/// Why something was not done.
enum NotDone {
    /// Whoever acts may not, or it makes no sense: told at once.
    Refused(Refusal),
    /// The store failed: whoever acts tries again.
    Store(StoreError),
}

impl From<Refusal> for NotDone {
    fn from(why: Refusal) -> NotDone {
        NotDone::Refused(why)
    }
}

impl From<StoreError> for NotDone {
    fn from(error: StoreError) -> NotDone {
        NotDone::Store(error)
    }
}

type Acted = Result<Vec<Effect<ChatDown>>, NotDone>;

/// Somebody acts now.
struct StaffAction<'a, S> {
    store: &'a mut S,
    published: &'a Published,
    who: &'a StaffMember,
    now: u64,
}

impl<S: ConversationStore> StaffAction<'_, S> {
    fn people(&self) -> Result<People, StoreError> {
        Ok(People::load(self.store)?.unwrap_or_default())
    }

    /// How it stands, if I have it.
    fn require_own(&self) -> Result<People, NotDone> {
        let people = self.people()?;
        match &people.with {
            Some((name, _)) if *name == self.who.name => Ok(people),
            Some((_, shown)) => Err(Refusal::Taken(shown.clone()).into()),
            None => Err(Refusal::NotYours.into()),
        }
    }

    fn lang(&self) -> Result<String, StoreError> {
        let last = self.store.message(self.store.last_seq()?)?;
        Ok(last.map(|message| message.lang).unwrap_or_default())
    }

    /// The assistant tells the visitor.
    fn tell_visitor(&mut self, words: &str) -> Result<Effect<ChatDown>, StoreError> {
        let lang = self.lang()?;
        // A name is among the words, and is no Markdown.
        let body = Body { blocks: rich::parse_typed(words), buttons: Vec::new() };
        let body = with_way_back(self.store, body, &lang)?;
        Ok(Effect::Broadcast(
            Audience::Everyone,
            Down::Message(say_as_assistant(self.store, self.published, lang, body, self.now)?),
        ))
    }

    /// Keeps `people` with what was done, and tells everybody at the desk.
    fn save_change(
        &mut self,
        mut people: People,
        act: impl Into<String>,
    ) -> Result<[Effect<ChatDown>; 2], StoreError> {
        people.done.push(audit_event(self.who, act, self.now));
        let stands = people.desk_status(self.store)?;
        Ok([Effect::BroadcastToStaff(stands), people.save_change(self.store)?.into()])
    }

    /// Keeps `people`, and then tells the visitor: what is said carries the way out of waiting only where that is so.
    fn change_and_tell(&mut self, people: People, act: impl Into<String>, words: &str) -> Acted {
        let changed = self.save_change(people, act)?;
        let told = [self.tell_visitor(words)?, Effect::Broadcast(Audience::Visitor, Down::Quiet)];
        Ok(told.into_iter().chain(changed).collect())
    }

    fn take_over(&mut self) -> Acted {
        let people = self.people()?;
        match &people.with {
            Some((name, _)) if *name == self.who.name => return Ok(Vec::new()),
            Some((_, shown)) if self.who.role != Role::Lead => {
                return Err(Refusal::Taken(shown.clone()).into());
            }
            _ => {}
        }
        if people.stage == Stage::Waiting {
            self.store.count_event(Happened::Taken(self.now.saturating_sub(people.since)));
        }
        let words = Lang::for_tag(&self.lang()?).person_joined(&self.who.shown);
        let with = Some((self.who.name.clone(), self.who.shown.clone()));
        let people = People { stage: Stage::With, with, wanted: None, placed: None, opening: None, ..people };
        self.change_and_tell(people, "take", &words)
    }

    fn send_message(&mut self, id: Id, text: &str, files: &[Id]) -> Acted {
        let clean =
            if files.is_empty() { sanitize::clean_message } else { sanitize::clean_message_with_files };
        let text = clean(text).map_err(|_| Refusal::Length)?;
        if let Some(before) = self.store.message_by_id(id)? {
            let own = before.author == self.author();
            return if own { Ok(vec![ack_message(id, before.seq)]) } else { Err(Refusal::Malformed.into()) };
        }
        let people = self.require_own()?;
        let files = unsent_files(self.store, files, Some(&self.who.name))?.ok_or(Refusal::Gone)?;
        let blocks = rich::parse_typed(&text).into_iter().chain(file_blocks(&files)).collect();
        let body = Body { blocks, buttons: Vec::new() };
        let message =
            Message { id: Some(id), ..new_message(self.store, self.author(), self.lang()?, body, self.now)? };
        let seq = message.seq;
        self.store.put_message(&message)?;
        let with_files = !files.is_empty();
        attach_files(self.store, files, seq)?;
        if people.awaits {
            self.store.count_event(Happened::PersonReplied(self.now.saturating_sub(people.last_at)));
        }
        let people = People { last_at: self.now, awaits: false, read: seq, ..people };
        let mut effects =
            vec![ack_message(id, seq), Effect::Broadcast(Audience::Everyone, Down::Message(message))];
        effects.extend(self.save_change(people, if with_files { "say_file" } else { "say" })?);
        Ok(effects)
    }

    fn author(&self) -> Author {
        Author { kind: AuthorKind::Staff, name: Some(self.who.shown.clone()) }
    }

    fn add_note(&mut self, id: Id, text: &str) -> Acted {
        if text.chars().nth(4 * MAX_NOTE_CHARS).is_some() {
            return Err(Refusal::Length.into());
        }
        let text = sanitize::clean_text(text);
        let text = text.trim();
        if text.is_empty() || text.chars().count() > MAX_NOTE_CHARS {
            return Err(Refusal::Length.into());
        }
        let key = RecordKey::Note(id);
        if self.store.record(&key)?.is_some() {
            return Ok(vec![Effect::Reply(ChatDown::Notes { notes: list_notes(self.store)? })]);
        }
        let note = Note { id, by: self.who.shown.clone(), at: self.now, text: text.to_owned() };
        self.store.write_record(&key, &note)?;
        let people = self.people()?;
        let mut effects = vec![Effect::BroadcastToStaff(ChatDown::Notes { notes: list_notes(self.store)? })];
        effects.extend(self.save_change(people, "note")?);
        Ok(effects)
    }

    fn set_tags(&mut self, tags: Vec<String>) -> Acted {
        let mut tags: Vec<String> =
            tags.iter().map(|tag| sanitize::clean_text(tag).trim().to_owned()).collect();
        tags.sort();
        tags.dedup();
        let fits = |tag: &String| !tag.is_empty() && tag.chars().count() <= MAX_TAG_CHARS;
        if tags.len() > MAX_TAGS || !tags.iter().all(fits) {
            return Err(Refusal::Length.into());
        }
        let people = People { tags, ..self.people()? };
        Ok(self.save_change(people, "tag")?.into())
    }

    fn transfer(&mut self, to: Target) -> Acted {
        let people = self.require_own()?;
        let (wanted, department) = match to {
            Target::Person(name) if is_name(&name) => (Some(name), people.department.clone()),
            Target::Person(_) => return Err(Refusal::Gone.into()),
            Target::Department(id) => {
                let desk = self.published.site.settings.desk.as_ref();
                let known = desk.is_some_and(|desk| desk.departments.iter().any(|each| each.id == id));
                if !known {
                    return Err(Refusal::Gone.into());
                }
                (None, Some(id))
            }
        };
        // The visitor has waited once: among those who wait it stands where it stood before.
        let placed = Some(String::new());
        let people =
            People { stage: Stage::Waiting, with: None, wanted, department, awaits: true, placed, ..people };
        let people = People { told_away: false, opening: None, ..people };
        let words = Lang::for_tag(&self.lang()?).text(Msg::Transferred);
        self.change_and_tell(people, "transfer", words)
    }

    fn end(&mut self, reason: EndReason) -> Acted {
        let reason = match reason {
            EndReason::Answered => "answered",
            EndReason::Left => "left",
            EndReason::NotOurs => "not_ours",
            EndReason::Abuse => "abuse",
            EndReason::Unknown => return Err(Refusal::Malformed.into()),
        };
        let mut effects = self.release_chat(Stage::Closed, format!("close {reason}"), Msg::ClosedByStaff)?;
        self.store.count_event(Happened::Closed(reason));
        People { danger: None, ..self.people()? }.save(self.store)?;
        // Whoever was thrown out has no mark to give.
        if self.published.site.settings.feedback.survey && reason != "abuse" {
            People { asks: self.store.last_seq()?, ..self.people()? }.save(self.store)?;
            effects.push(Effect::Broadcast(Audience::Visitor, Down::Survey));
        }
        Ok(effects)
    }

    /// The assistant may answer again. Whoever is a lead may also end what waits.
    fn release_chat(&mut self, stage: Stage, act: String, words: Msg) -> Acted {
        let people = match self.require_own() {
            Ok(people) => people,
            Err(NotDone::Refused(_)) if self.who.role == Role::Lead => self.people()?,
            Err(error) => return Err(error),
        };
        let words = Lang::for_tag(&self.lang()?).text(words);
        let people = People { stage, with: None, wanted: None, awaits: false, last_at: self.now, ..people };
        self.change_and_tell(people, act, words)
    }

    fn send_typing(&mut self, on: bool) -> Acted {
        self.require_own()?;
        let down = if on { Down::Working { author: self.author(), text: None } } else { Down::Quiet };
        Ok(vec![Effect::Broadcast(Audience::Visitor, down)])
    }

    /// A mark is only made where I am the one who answers.
    fn mark_read(&mut self, seq: u64) -> Acted {
        let seq = seq.min(self.store.last_seq()?);
        match self.require_own() {
            Ok(people) if people.read < seq => {
                People { read: seq, ..people }.save(self.store)?;
                Ok(vec![Effect::Broadcast(Audience::Visitor, Down::Read { seq })])
            }
            Ok(_) | Err(NotDone::Refused(_)) => Ok(Vec::new()),
            Err(error) => Err(error),
        }
    }

    fn suggest(&self, scratch: &mut Scratch) -> Acted {
        let back = self.store.messages_after(self.store.last_seq()?.saturating_sub(BACK), BACK as usize)?;
        let asked = back.iter().rev().find(|message| message.author.kind == visitor_author().kind);
        let items = asked.map_or_else(Vec::new, |asked| {
            let (site, lang) = (&self.published.site, &asked.lang);
            let ranking = self.published.model.rank(&message_text(asked), lang, scratch);
            let ranked = decide::candidate_intents(self.published, &ranking);
            let suggestion = |(intent, p): &(&site::Intent, f32)| Suggestion {
                intent: intent.id.clone(),
                title: site.text_in(&intent.title, lang).to_owned(),
                text: rich::editable_text(&rich::parse_markdown(site.text_in(&intent.answer, lang))),
                p: *p,
            };
            ranked.iter().take(SUGGESTIONS).map(suggestion).collect()
        });
        Ok(vec![Effect::Reply(ChatDown::Suggestions { items })])
    }

    fn approve(&mut self, draft: u64, text: Option<&str>) -> Acted {
        let text = text.map(sanitize::clean_message).transpose().map_err(|_| Refusal::Length)?;
        let mut effects = Vec::new();
        if !approval::approve_draft(self.store, draft, text.as_deref(), self.now, &mut effects)? {
            return Err(Refusal::Gone.into());
        }
        let people = self.people()?;
        let awaits = people.awaits && !approval::list_drafts(self.store)?.is_empty();
        let people = People { last_at: self.now, awaits, ..people };
        effects.extend(self.save_change(people, if text.is_some() { "approve changed" } else { "approve" })?);
        Ok(effects)
    }

    fn reject(&mut self, draft: u64) -> Acted {
        let people = self.people()?;
        if let Some((name, shown)) = &people.with
            && *name != self.who.name
        {
            return Err(Refusal::Taken(shown.clone()).into());
        }
        let mut effects = Vec::new();
        if !approval::reject_draft(self.store, self.published, draft, self.now, &mut effects)? {
            return Err(Refusal::Gone.into());
        }
        let with = Some((self.who.name.clone(), self.who.shown.clone()));
        let people = People { stage: Stage::With, with, wanted: None, placed: None, ..people };
        effects.extend(self.save_change(people, "reject")?);
        Ok(effects)
    }
}

fn ack_message(id: Id, seq: u64) -> Effect<ChatDown> {
    Effect::Reply(ChatDown::Ack { id, seq })
}
