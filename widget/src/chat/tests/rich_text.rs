//! What is written in `tests/fixtures/rich-text.json`, as the widget keeps it for the visitor.

use super::*;
use wire::json::{Fields, Record, read_json};

struct Golden {
    name: String,
    blocks: Vec<Block>,
    plain: String,
}

impl Record for Golden {
    fn record(fields: &mut Fields) -> Golden {
        Golden { name: fields.get("name"), blocks: fields.get("blocks"), plain: fields.get("plain") }
    }
}

#[test]
fn the_saved_chat_says_what_was_written() {
    let all: Vec<Golden> = read_json(include_str!("../../../../tests/fixtures/rich-text.json")).unwrap();
    for Golden { name, blocks, plain } in all {
        let mut rig = Rig::online();
        let holds_table = name.contains("table");
        let said =
            Message { body: Body { blocks, buttons: Vec::new() }, ..message(1, AuthorKind::Agency, "") };
        assert!(!holds_table || said.body.blocks.iter().any(is_lazy_block), "{name}: a table comes late");
        rig.gets(Down::Message(said));
        let effects = rig.does(ChatEvent::Lazy(LazyEvent::Wished(DisplayAction::Save)));
        let saved = effects.iter().find_map(|effect| match effect {
            ChatEffect::Save { text, .. } => Some(text),
            _ => None,
        });
        // A notice is marked as one.
        let saved = saved.unwrap().replace("Important: ", "");
        assert!(saved.ends_with(&plain), "{name}: {saved:?} is not {plain:?}");
    }
}
