//! Pages of the edge's beside the chat.

use crate::host::{connection, inline::current_inline, root, shell};
use wire::json::Writer;

/// Goes to a page of the edge's, which takes this document's place. In the agency's own page it gets a window: there
/// is no document of ours whose place it could take.
#[inline(never)]
pub fn open_page(page: &str, fields: &[(&str, String)]) {
    let Some(root) = root::root_element() else { return };
    let mode = match current_inline() {
        Some(_) => "window",
        None if root::is_framed() => "frame",
        None => "page",
    };
    let mut form = Writer::default();
    fields.iter().for_each(|(name, value)| form.write_text(name, value));
    form.write_text("mode", mode);
    form.write_text("scheme", &root.get_attribute("data-scheme").unwrap_or_default());
    let url = [&connection::base_url(), "/", page].concat();
    shell::visit(&root, &url, &form.finish_object(), mode == "window");
}
