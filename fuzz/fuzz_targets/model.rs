//! Any bytes are a model or an error; a model ranks, and is written as it was read. The same for a table of meaning.
#![no_main]

use intent::{Meaning, Model, Scratch};
use libfuzzer_sys::fuzz_target;
use std::sync::Arc;

fuzz_target!(|bytes: &[u8]| {
    let table = Meaning::read(bytes.to_vec()).ok().map(Arc::new);
    let Ok(mut model) = Model::read(bytes) else { return };
    assert_eq!(model.to_bytes(), bytes);
    table.iter().for_each(|table| {
        model.attach(table);
    });
    let ranking = model.rank("làm giấy khai sinh, register a birth", "vi", &mut Scratch::default());
    assert!(ranking.score.is_finite());
    model.explain("khai sinh", "vi", 2);
});
