//! What people write, attach and offer in Chatwoot, as the visitor sees it. A message is shown whole or not at all: what is refused here is
//! shown there as failed, and a failed message of which something was seen would mislead its sender.

use super::shape::{ChatwootAction, ChatwootAttachment, ChatwootEvent, ChatwootItem, Sender};
use crate::{
    connector::{CallbackError, Reply},
    limits::sanitize::{clean_label, clean_text},
    pick::TO_AGENCY,
    rich::safe_link,
};
use percent_encoding::percent_decode_str;
use wire::{Author, AuthorKind, Block, Button, File, Run, limits};

/// A map of the whole world that needs no account; a pin stands at the coordinates.
const MAP: &str = "https://www.openstreetmap.org/";

/// What the message of `event` says, and what stands under its words; nothing if it is empty.
pub fn parse_content(event: ChatwootEvent) -> Result<Option<(Reply, Vec<Block>)>, CallbackError> {
    let text = event.content.unwrap_or_default();
    let mut parts = ContentParts::default();
    match event.content_type.as_deref().unwrap_or_default() {
        // What is asked for is typed, as everything is.
        "" | "text" | "input_text" | "input_textarea" | "input_email" => {}
        "input_select" => parts.push_choices(parse_items(&event.content_attributes)?)?,
        "article" => parts.push_articles(parse_items(&event.content_attributes)?)?,
        "cards" => parts.push_cards(parse_items(&event.content_attributes)?)?,
        "input_csat" if text.contains("https://") => {}
        "input_csat" => return Err(CallbackError::NoCounterpart("a survey without an address")),
        "form" => return Err(CallbackError::NoCounterpart("a form")),
        _ => return Err(CallbackError::NoCounterpart("a content_type that is not known here")),
    }
    for attachment in event.attachments.unwrap_or_default() {
        parts.push_attachment(attachment)?;
    }
    let ContentParts { blocks, buttons, files } = parts;
    if text.trim().is_empty() && blocks.is_empty() && buttons.is_empty() && files.is_empty() {
        return Ok(None);
    }
    if buttons.len() > limits::MAX_BUTTONS {
        return Err(CallbackError::NoCounterpart("more buttons than a message can have"));
    }
    if files.len() > limits::MAX_FILES {
        return Err(CallbackError::NoCounterpart("more files than a message can have"));
    }
    let (offered, attached) = (buttons.len(), files.len());
    let reply = Reply::from_untrusted(text, buttons, event.sender.map(parse_author))
        .with_input_and_files(None, files);
    if reply.buttons.len() < offered || reply.files.len() < attached {
        return Err(CallbackError::NoCounterpart("an address that no browser may follow, or no name"));
    }
    Ok(Some((reply, blocks)))
}

/// What goes with the words.
#[derive(Default)]
struct ContentParts {
    blocks: Vec<Block>,
    buttons: Vec<Button>,
    files: Vec<File>,
}

impl ContentParts {
    fn push_choices(&mut self, items: Vec<ChatwootItem>) -> Result<(), CallbackError> {
        items.into_iter().try_for_each(|item| {
            let title = item.title.unwrap_or_default();
            let value = item.value.unwrap_or_else(|| title.clone());
            self.push_postback(&title, &title, value)
        })
    }

    fn push_articles(&mut self, items: Vec<ChatwootItem>) -> Result<(), CallbackError> {
        let mut rows = Vec::new();
        for item in items {
            let title = Run { href: Some(followable(item.link)?), ..run(&item.title.unwrap_or_default()) };
            let about = item.description.filter(|about| !about.trim().is_empty());
            rows.push([title].into_iter().chain(about.map(|about| run(&format!("\n{about}")))).collect());
        }
        self.blocks.push(Block::List { ordered: false, start: None, items: rows, contents: Vec::new() });
        Ok(())
    }

    fn push_cards(&mut self, items: Vec<ChatwootItem>) -> Result<(), CallbackError> {
        for item in items {
            let title = clean_label(&item.title.unwrap_or_default());
            let about = item.description.filter(|about| !about.trim().is_empty());
            let runs = about.iter().map(|about| run(about)).collect();
            self.blocks.push(Block::Card(wire::Card { title: title.clone(), runs, link: None }));
            if let Some(picture) = item.media_url.filter(|url| !url.is_empty()) {
                self.files.push(linked_file(picture, None, 0));
            }
            for action in item.actions.unwrap_or_default() {
                self.push_action(&title, action)?;
            }
        }
        Ok(())
    }

    fn push_action(&mut self, card: &str, action: ChatwootAction) -> Result<(), CallbackError> {
        let label = action.text.unwrap_or_default();
        if action.r#type.as_deref() != Some("link") {
            let value = action.payload.unwrap_or_else(|| label.clone());
            return self.push_postback(card, &label, value);
        }
        let href = Some(followable(action.uri)?);
        let label = self.unused_label(card, &label);
        self.buttons.push(Button { label, pick: None, href });
        Ok(())
    }

    /// A button whose press sends `value`.
    fn push_postback(&mut self, card: &str, label: &str, value: String) -> Result<(), CallbackError> {
        if value.chars().nth(limits::MAX_VALUE_CHARS).is_some() {
            return Err(CallbackError::NoCounterpart("a choice whose value is too long"));
        }
        let label = self.unused_label(card, label);
        self.buttons.push(Button { label, pick: Some(format!("{TO_AGENCY}{value}")), href: None });
        Ok(())
    }

    /// `label`, with its card's title where another button has the same: they stand together, apart from their cards.
    fn unused_label(&self, card: &str, label: &str) -> String {
        let label = clean_label(label);
        let is_used = self.buttons.iter().any(|button| button.label == label);
        if is_used { clean_label(&format!("{label}: {card}")) } else { label }
    }

    fn push_attachment(&mut self, attachment: ChatwootAttachment) -> Result<(), CallbackError> {
        let ChatwootAttachment { data_url, fallback_title, .. } = attachment;
        let title = fallback_title.filter(|title| !title.trim().is_empty());
        let address = data_url.filter(|url| !url.is_empty());
        let words = match (attachment.file_type.as_deref().unwrap_or_default(), title, address) {
            ("location", title, address) => {
                let at = attachment.coordinates_lat.zip(attachment.coordinates_long);
                linked_place(title, at, address)?
            }
            ("contact", Some(title), _) => run(&title),
            ("fallback", Some(title), None) => run(&title),
            ("fallback", title, Some(address)) => {
                let text = title.unwrap_or_else(|| address.clone());
                Run { href: Some(followable(Some(address))?), ..run(&text) }
            }
            (_, title, Some(address)) => {
                self.files.push(linked_file(address, title, attachment.file_size.unwrap_or_default()));
                return Ok(());
            }
            (_, _, None) => return Err(CallbackError::NoCounterpart("an attachment without an address")),
        };
        self.blocks.push(Block::Text { runs: vec![words] });
        Ok(())
    }
}

/// A file that lies with Chatwoot, named by the last part of its address. Whether the address will do is seen with the whole reply.
fn linked_file(address: String, title: Option<String>, size: u64) -> File {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let last = path.splitn(4, '/').nth(3).and_then(|path| path.rsplit('/').next()).unwrap_or_default();
    let last = percent_decode_str(last).decode_utf8_lossy().into_owned();
    let name = Some(last).filter(|name| !name.trim().is_empty()).or(title);
    let name = name.unwrap_or_else(|| address.clone());
    File { id: None, name, size, kind: String::new(), href: Some(address) }
}

/// A place by its title, or else its coordinates; with a link where one leads there.
fn linked_place(
    title: Option<String>,
    at: Option<(f64, f64)>,
    address: Option<String>,
) -> Result<Run, CallbackError> {
    // Chatwoot gives 0, 0 for a place of which it knows no coordinates.
    let at = at.filter(|(lat, long)| (*lat, *long) != (0.0, 0.0) && lat.abs() <= 90.0 && long.abs() <= 180.0);
    let pin = at.map(|(lat, long)| format!("{MAP}?mlat={lat}&mlon={long}#map=17/{lat}/{long}"));
    let text = title.or_else(|| at.map(|(lat, long)| format!("{lat}, {long}")));
    let text = text.ok_or(CallbackError::NoCounterpart("a place without coordinates and title"))?;
    let href = address.and_then(|address| followable(Some(address)).ok()).or(pin);
    Ok(Run { href, ..run(&text) })
}

/// An address that a visitor's browser may follow.
fn followable(address: Option<String>) -> Result<String, CallbackError> {
    address
        .filter(|address| safe_link(address))
        .ok_or(CallbackError::NoCounterpart("an address that no browser may follow"))
}

fn parse_items(attributes: &serde_json::Value) -> Result<Vec<ChatwootItem>, CallbackError> {
    let items = attributes.get("items").cloned().unwrap_or_default();
    let items: Vec<ChatwootItem> =
        serde_json::from_value(items).map_err(|_| CallbackError::NoCounterpart("its items can't be read"))?;
    if items.is_empty()
        || items.iter().any(|item| item.title.as_deref().unwrap_or_default().trim().is_empty())
    {
        return Err(CallbackError::NoCounterpart("it has no items, or one without a title"));
    }
    Ok(items)
}

/// A person, unless Chatwoot says it is a robot.
fn parse_author(sender: Sender) -> Author {
    let robot = sender.r#type.as_deref().is_some_and(|kind| kind != "user");
    let kind = if robot { AuthorKind::Agency } else { AuthorKind::Staff };
    let name = sender.available_name.or(sender.name).filter(|name| !name.trim().is_empty());
    Author { kind, name }
}

fn run(text: &str) -> Run {
    Run { text: clean_text(text), ..Run::default() }
}
