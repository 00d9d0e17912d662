//! The end of the widget.

use super::{connection, dispatcher, inline, lazy_load};

/// The loader takes the panel out of the page: nothing happens any more, and nothing is listened to.
pub fn shut_down() {
    if dispatcher::chat_now(|chat| chat.display.reading) == Some(true) {
        lazy_load::voice::stop_reading();
    }
    dispatcher::stop();
    connection::drop_socket();
    inline::detach_page();
}
