//! What somebody at the desk does in a conversation.

use super::{
    super::{
        Effect, Log,
        hear::{belong, file_blocks, sent, words_of},
        message::{message, visitor},
        reply::say,
    },
    People, draft, with_way_back,
};
use crate::{
    desk::{
        Done, Who,
        phrases::{self, Say},
    },
    gate,
    report::Happened,
    rich,
    staff::account::is_name,
    turn::{self, Published},
};
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
pub fn greet(log: &mut impl Log, who: &Who, now: u64) -> Vec<Effect> {
    let mut people = People::of(log).unwrap_or_default();
    let mut effects = vec![
        Effect::Desk(people.stands(log)),
        Effect::Desk(ChatDown::Notes { notes: notes(log) }),
        Effect::Desk(ChatDown::Drafts { drafts: draft::drafts(log) }),
        Effect::Desk(ChatDown::Read { seq: people.seen }),
    ];
    people.done.push(done(who, "open", now));
    effects.push(people.change(log));
    effects
}

/// Somebody at the desk does something. The same thing said or noted again, with the same id, changes nothing.
pub fn staff(
    log: &mut impl Log,
    published: &Published,
    who: &Who,
    up: ChatUp,
    now: u64,
    scratch: &mut Scratch,
) -> Vec<Effect> {
    let mut act = Act { log, published, who, now };
    let tried = Some(up.tried());
    if !who.role.answers() {
        return vec![Effect::Desk(ChatDown::Refused { why: Refusal::Role, tried })];
    }
    let answered = match up {
        ChatUp::Suggest => Ok(act.suggest(scratch)),
        // The first frame is the shell's.
        ChatUp::Hello { .. } | ChatUp::Unknown => Err(Refusal::Malformed),
        ChatUp::Take => act.take(),
        ChatUp::Say { id, text, files } => act.say(id, &text, &files),
        ChatUp::Note { id, text } => act.note(id, &text),
        ChatUp::Tag { tags } => act.tag(tags),
        ChatUp::Transfer { to } => act.transfer(to),
        ChatUp::HandBack => act.leave(Stage::Back, "hand_back".to_owned(), Say::HandedBack),
        ChatUp::End { reason } => act.end(reason),
        ChatUp::Typing { on } => act.typing(on),
        ChatUp::Read { seq } => Ok(act.read(seq)),
        ChatUp::Approve { draft, text } => act.approve(draft, text.as_deref()),
        ChatUp::Reject { draft } => act.reject(draft),
    };
    answered.unwrap_or_else(|why| vec![Effect::Desk(ChatDown::Refused { why, tried })])
}

pub(super) fn done(who: &Who, act: impl Into<String>, now: u64) -> Done {
    Done { at: now, who: who.name.clone(), act: act.into(), about: String::new() }
}

fn notes(log: &impl Log) -> Vec<Note> {
    let mut notes: Vec<Note> =
        log.records("note:").iter().filter_map(|json| serde_json::from_str(json).ok()).collect();
    notes.sort_by_key(|note| note.at);
    notes
}

type Acted = Result<Vec<Effect>, Refusal>;

/// Somebody acts now.
struct Act<'a, L> {
    log: &'a mut L,
    published: &'a Published,
    who: &'a Who,
    now: u64,
}

impl<L: Log> Act<'_, L> {
    fn people(&self) -> People {
        People::of(self.log).unwrap_or_default()
    }

    /// How it stands, if I have it.
    fn mine(&self) -> Result<People, Refusal> {
        let people = self.people();
        match &people.with {
            Some((name, _)) if *name == self.who.name => Ok(people),
            Some((_, shown)) => Err(Refusal::Taken(shown.clone())),
            None => Err(Refusal::NotYours),
        }
    }

    fn lang(&self) -> String {
        self.log.at(self.log.last()).map(|message| message.lang).unwrap_or_default()
    }

    /// The assistant tells the visitor.
    fn tell(&mut self, words: &str) -> Effect {
        let lang = self.lang();
        let body = Body { blocks: rich::blocks(words), buttons: Vec::new() };
        let body = with_way_back(self.log, body, &lang);
        Effect::All(Down::Message(say(self.log, self.published, lang, body, self.now)))
    }

    /// Keeps `people` with what was done, and tells everybody at the desk.
    fn change(&mut self, mut people: People, act: impl Into<String>) -> [Effect; 2] {
        people.done.push(done(self.who, act, self.now));
        let stands = people.stands(self.log);
        [Effect::Desks(stands), people.change(self.log)]
    }

    /// Keeps `people`, and then tells the visitor: what is said carries the way out of waiting only where that is so.
    fn change_and_tell(&mut self, people: People, act: impl Into<String>, words: &str) -> Vec<Effect> {
        let changed = self.change(people, act);
        let told = [self.tell(words), Effect::Visitors(Down::Quiet)];
        told.into_iter().chain(changed).collect()
    }

    fn take(&mut self) -> Acted {
        let people = self.people();
        match &people.with {
            Some((name, _)) if *name == self.who.name => return Ok(Vec::new()),
            Some((_, shown)) if self.who.role != Role::Lead => return Err(Refusal::Taken(shown.clone())),
            _ => {}
        }
        if people.stage == Stage::Waiting {
            self.log.note(Happened::Taken(self.now.saturating_sub(people.since)));
        }
        let words = phrases::with(Say::Joined, &self.lang(), &self.who.shown);
        let with = Some((self.who.name.clone(), self.who.shown.clone()));
        let people = People { stage: Stage::With, with, wanted: None, placed: None, opening: None, ..people };
        Ok(self.change_and_tell(people, "take", &words))
    }

    fn say(&mut self, id: Id, text: &str, files: &[Id]) -> Acted {
        let clean = if files.is_empty() { gate::said } else { gate::said_with_files };
        let text = clean(text).map_err(|_| Refusal::Length)?;
        if let Some(before) = self.log.by_id(id) {
            let own = before.author == self.author();
            return if own { Ok(vec![ack(id, before.seq)]) } else { Err(Refusal::Malformed) };
        }
        let people = self.mine()?;
        let files = sent(self.log, files, Some(&self.who.name)).ok_or(Refusal::Gone)?;
        let blocks = rich::blocks(&text).into_iter().chain(file_blocks(&files)).collect();
        let body = Body { blocks, buttons: Vec::new() };
        let message =
            Message { id: Some(id), ..message(self.log, self.author(), self.lang(), body, self.now) };
        let seq = message.seq;
        self.log.put(&message);
        let with_files = !files.is_empty();
        belong(self.log, files, seq);
        if people.awaits {
            self.log.note(Happened::PersonReplied(self.now.saturating_sub(people.last_at)));
        }
        let people = People { last_at: self.now, awaits: false, read: seq, ..people };
        let mut effects = vec![ack(id, seq), Effect::All(Down::Message(message))];
        effects.extend(self.change(people, if with_files { "say_file" } else { "say" }));
        Ok(effects)
    }

    fn author(&self) -> Author {
        Author { kind: AuthorKind::Staff, name: Some(self.who.shown.clone()) }
    }

    fn note(&mut self, id: Id, text: &str) -> Acted {
        if text.chars().nth(4 * MAX_NOTE_CHARS).is_some() {
            return Err(Refusal::Length);
        }
        let text = gate::plain(text);
        let text = text.trim();
        if text.is_empty() || text.chars().count() > MAX_NOTE_CHARS {
            return Err(Refusal::Length);
        }
        let name = format!("note:{id}");
        if self.log.record(&name).is_some() {
            return Ok(vec![Effect::Desk(ChatDown::Notes { notes: notes(self.log) })]);
        }
        let note = Note { id, by: self.who.shown.clone(), at: self.now, text: text.to_owned() };
        if let Ok(json) = serde_json::to_string(&note) {
            self.log.set_record(&name, Some(&json));
        }
        let people = self.people();
        let mut effects = vec![Effect::Desks(ChatDown::Notes { notes: notes(self.log) })];
        effects.extend(self.change(people, "note"));
        Ok(effects)
    }

    fn tag(&mut self, tags: Vec<String>) -> Acted {
        let mut tags: Vec<String> = tags.iter().map(|tag| gate::plain(tag).trim().to_owned()).collect();
        tags.sort();
        tags.dedup();
        let fits = |tag: &String| !tag.is_empty() && tag.chars().count() <= MAX_TAG_CHARS;
        if tags.len() > MAX_TAGS || !tags.iter().all(fits) {
            return Err(Refusal::Length);
        }
        let people = People { tags, ..self.people() };
        Ok(self.change(people, "tag").into())
    }

    fn transfer(&mut self, to: Target) -> Acted {
        let people = self.mine()?;
        let (wanted, department) = match to {
            Target::Person(name) if is_name(&name) => (Some(name), people.department.clone()),
            Target::Person(_) => return Err(Refusal::Gone),
            Target::Department(id) => {
                let desk = self.published.site.settings.desk.as_ref();
                let known = desk.is_some_and(|desk| desk.departments.iter().any(|each| each.id == id));
                if !known {
                    return Err(Refusal::Gone);
                }
                (None, Some(id))
            }
        };
        // The visitor has waited once: among those who wait it stands where it stood before.
        let placed = Some(String::new());
        let people =
            People { stage: Stage::Waiting, with: None, wanted, department, awaits: true, placed, ..people };
        let people = People { told_away: false, opening: None, ..people };
        let words = phrases::say(Say::SentOn, &self.lang());
        Ok(self.change_and_tell(people, "transfer", words))
    }

    fn end(&mut self, reason: EndReason) -> Acted {
        let reason = match reason {
            EndReason::Answered => "answered",
            EndReason::Left => "left",
            EndReason::NotOurs => "not_ours",
            EndReason::Abuse => "abuse",
            EndReason::Unknown => return Err(Refusal::Malformed),
        };
        let mut effects = self.leave(Stage::Closed, format!("close {reason}"), Say::Closed)?;
        self.log.note(Happened::Closed(reason));
        People { danger: None, ..self.people() }.keep(self.log);
        // Whoever was thrown out has no mark to give.
        if self.published.site.settings.feedback.survey && reason != "abuse" {
            People { asks: self.log.last(), ..self.people() }.keep(self.log);
            effects.push(Effect::Visitors(Down::Survey));
        }
        Ok(effects)
    }

    /// The assistant may answer again. Whoever is a lead may also end what waits.
    fn leave(&mut self, stage: Stage, act: String, words: Say) -> Acted {
        let people = match self.mine() {
            Ok(people) => people,
            Err(_) if self.who.role == Role::Lead => self.people(),
            Err(refusal) => return Err(refusal),
        };
        let words = phrases::say(words, &self.lang());
        let people = People { stage, with: None, wanted: None, awaits: false, last_at: self.now, ..people };
        Ok(self.change_and_tell(people, act, words))
    }

    fn typing(&mut self, on: bool) -> Acted {
        self.mine()?;
        let down = if on { Down::Working { author: self.author(), text: None } } else { Down::Quiet };
        Ok(vec![Effect::Visitors(down)])
    }

    /// A mark is only made where I am the one who answers.
    fn read(&mut self, seq: u64) -> Vec<Effect> {
        let seq = seq.min(self.log.last());
        match self.mine() {
            Ok(people) if people.read < seq => {
                People { read: seq, ..people }.keep(self.log);
                vec![Effect::Visitors(Down::Read { seq })]
            }
            Ok(_) | Err(_) => Vec::new(),
        }
    }

    fn suggest(&self, scratch: &mut Scratch) -> Vec<Effect> {
        let back = self.log.after(self.log.last().saturating_sub(BACK), BACK as usize);
        let asked = back.iter().rev().find(|message| message.author.kind == visitor().kind);
        let items = asked.map_or_else(Vec::new, |asked| {
            let (site, lang) = (&self.published.site, &asked.lang);
            let ranking = self.published.model.rank(&words_of(asked), lang, scratch);
            let ranked = turn::candidates(self.published, &ranking);
            let suggestion = |(intent, p): &(&site::Intent, f32)| Suggestion {
                intent: intent.id.clone(),
                title: site.say(&intent.title, lang).to_owned(),
                text: site.say(&intent.answer, lang).to_owned(),
                p: *p,
            };
            ranked.iter().take(SUGGESTIONS).map(suggestion).collect()
        });
        vec![Effect::Desk(ChatDown::Suggestions { items })]
    }

    fn approve(&mut self, draft: u64, text: Option<&str>) -> Acted {
        let text = text.map(gate::said).transpose().map_err(|_| Refusal::Length)?;
        let mut effects = Vec::new();
        if !draft::approve(self.log, draft, text.as_deref(), self.now, &mut effects) {
            return Err(Refusal::Gone);
        }
        let people = self.people();
        let awaits = people.awaits && !draft::drafts(self.log).is_empty();
        let people = People { last_at: self.now, awaits, ..people };
        effects.extend(self.change(people, if text.is_some() { "approve changed" } else { "approve" }));
        Ok(effects)
    }

    fn reject(&mut self, draft: u64) -> Acted {
        let people = self.people();
        if let Some((name, shown)) = &people.with
            && *name != self.who.name
        {
            return Err(Refusal::Taken(shown.clone()));
        }
        let mut effects = Vec::new();
        if !draft::reject(self.log, self.published, draft, self.now, &mut effects) {
            return Err(Refusal::Gone);
        }
        let with = Some((self.who.name.clone(), self.who.shown.clone()));
        let people = People { stage: Stage::With, with, wanted: None, placed: None, ..people };
        effects.extend(self.change(people, "reject"));
        Ok(effects)
    }
}

fn ack(id: Id, seq: u64) -> Effect {
    Effect::Desk(ChatDown::Ack { id, seq })
}
