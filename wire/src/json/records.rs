//! What is read from the fields of an object.

use super::{Fields, Read, Value};
use crate::{
    Accent, Author, Block, Body, Boot, Button, Card, Care, Choice, Contact, Down, File, FileRules, Given, Id,
    Input, Kinds, Link, Look, Message, Procedure, PublicError, Rated, Run, Standing, Words,
};

/// Read from an object's fields.
pub trait Record {
    /// Takes them.
    fn record(fields: &mut Fields) -> Self;
}

impl Record for Down {
    fn record(fields: &mut Fields) -> Down {
        let tag: String = fields.get("t");
        match tag.as_str() {
            "welcome" => Down::Welcome {
                epoch: fields.get("epoch"),
                last: fields.get("last"),
                ticket: fields.get("ticket"),
            },
            "ack" => Down::Ack { id: fields.get("id"), seq: fields.get("seq"), at: fields.get("at") },
            "message" => Down::Message(Message::record(fields)),
            "grow" => Down::Grow {
                seq: fields.get("seq"),
                rev: fields.get("rev"),
                keep: fields.get("keep"),
                blocks: fields.get("blocks"),
            },
            "working" => Down::Working { author: fields.get("author"), text: fields.get("text") },
            "quiet" => Down::Quiet,
            "read" => Down::Read { seq: fields.get("seq") },
            "identified" => Down::Identified { ticket: fields.get("ticket") },
            "rated" => Down::Rated(Rated::record(fields)),
            "survey" => Down::Survey,
            "surveyed" => Down::Surveyed,
            "fault" => Down::Fault {
                id: fields.get("id"),
                code: fields.get("code"),
                retry_ms: fields.get("retry_ms"),
            },
            "erased" => Down::Erased,
            "going" => Down::Going,
            _ => Down::Unknown,
        }
    }
}

impl Record for Block {
    fn record(fields: &mut Fields) -> Block {
        let tag: String = fields.get("t");
        match tag.as_str() {
            "text" => Block::Text { runs: fields.get("runs") },
            "heading" => Block::Heading { runs: fields.get("runs") },
            "list" => Block::List {
                ordered: fields.get("ordered"),
                start: fields.get("start"),
                items: fields.get("items"),
                contents: fields.or_default("contents"),
            },
            "table" => Block::Table { head: fields.get("head"), rows: fields.get("rows") },
            "image" => Block::Image { src: fields.get("src"), alt: fields.get("alt") },
            "notice" => Block::Notice { runs: fields.get("runs") },
            "source" => Block::Source(Link::record(fields)),
            "card" => Block::Card(Card::record(fields)),
            "procedure" => Block::Procedure(Procedure::record(fields)),
            "contact" => Block::Contact(Contact::record(fields)),
            "input" => Block::Input(Input::record(fields)),
            "file" => Block::File(File::record(fields)),
            _ => Block::Unknown,
        }
    }
}

/// Every field of a type with how it is read: `get`, or `or_default` where it may be left out.
macro_rules! records {
    ($($type:ident { $($field:ident $how:ident),+ $(,)? })+) => {
        $(impl Record for $type {
            fn record(fields: &mut Fields) -> $type {
                $type { $($field: fields.$how(stringify!($field)),)+ }
            }
        })+
    };
}

records! {
    Message {
        seq get, id get, author get, at get, lang get, state or_default, rev or_default, topic get, value get,
        later or_default, body get,
    }
    Author { kind get, name get }
    Body { blocks get, buttons or_default }
    Run { text get, strong or_default, em or_default, code or_default, href get }
    Button { label get, pick get, href get }
    Card { title get, runs or_default, link get }
    Link { label get, href get }
    Procedure {
        title get, papers or_default, steps or_default, fee or_default, time or_default, place or_default,
        legal or_default, link get, form or_default,
    }
    Contact { phones or_default, email get, address get, hours or_default }
    Input { name get, label get, kind get, min get, max get, options or_default }
    Choice { key get, label get }
    Given { name get, value get }
    File { id get, name get, size or_default, kind or_default, href get }
    FileRules { allow get, max_bytes get }
    Rated { good or_default, bad or_default }
    Boot { v get, look get, words get, conversation get, ticket get, messages or_default }
    Look {
        site get, version get, lang get, languages get, interface or_default, name get, assistant get,
        launcher_label get, greeting get, start get, contact get, privacy get, care or_default, thumbs or_default,
        survey or_default, files get, notice get, off or_default, pictures or_default, logo get, accent get, scheme or_default, launcher or_default,
        position or_default, credit or_default,
    }
    Standing { notice get, off or_default }
    Care { warn or_default, refuse or_default }
    Accent { light get, on_light get, dark get, on_dark get, text_light get, text_dark get }
}

impl Record for PublicError {
    fn record(fields: &mut Fields) -> PublicError {
        PublicError { error: fields.get("error"), retry_ms: fields.get("retry_ms") }
    }
}

impl Read for Words {
    fn read(value: Value, good: &mut bool) -> Words {
        Words(Vec::read(value, good))
    }
}

impl Read for Kinds {
    fn read(value: Value, good: &mut bool) -> Kinds {
        Kinds(u32::read(value, good))
    }
}

impl Read for Id {
    fn read(value: Value, good: &mut bool) -> Id {
        let id = String::read(value, good).parse();
        *good &= id.is_ok();
        id.unwrap_or(Id(0))
    }
}
