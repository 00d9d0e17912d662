//! In which language a visitor is answered: the one he writes in.
//!
//! Pages often say the wrong one, or none: WordPress is American until somebody says otherwise.

use super::{ConversationStore, RecordKey, StoreError};
use crate::decide::Published;
use serde::{Deserialize, Serialize};

/// What was last spoken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct LastLanguage {
    /// What the visitor's page was in then.
    page: String,
    /// What he wrote in.
    written: String,
}

/// The site's language for `text`, said on a page in `page`: its own, or where that can't be told what was written in before,
/// as long as the page has not changed its language since, or else the page's.
pub fn resolve_language(
    store: &mut impl ConversationStore,
    published: &Published,
    text: &str,
    page: &str,
) -> Result<String, StoreError> {
    let before: Option<LastLanguage> = store.read_record(&RecordKey::Language)?;
    let same_page = before.as_ref().filter(|spoken| spoken.page == page);
    let written = match (published.detect_language(text, page), same_page) {
        (Some(written), _) => written.to_owned(),
        (None, Some(spoken)) => spoken.written.clone(),
        (None, None) => page.to_owned(),
    };
    let spoken = LastLanguage { page: page.to_owned(), written };
    // Where both have always been the same there is nothing to keep.
    if before.as_ref() != Some(&spoken) && (before.is_some() || spoken.page != spoken.written) {
        store.write_record(&RecordKey::Language, &spoken)?;
    }
    Ok(spoken.written)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversation::{MemoryStore, tests_site};
    use wire::Id;

    #[test]
    fn what_was_written_decides_and_lasts_until_the_page_changes() {
        let mut published = tests_site();
        published.site.settings.languages = vec!["en".into(), "vi".into()];
        let mut store = MemoryStore::new(Id(1));
        for (text, page, expected) in [
            ("ok", "en", "en"),
            ("how do I register a birth", "en", "en"),
            ("làm giấy khai sinh cho con cần gì", "en", "vi"),
            ("ok", "en", "vi"),
            ("0912345678", "en", "vi"),
            ("comment faire ?", "en", "vi"),
            // The visitor has chosen Vietnamese, and then English, by hand.
            ("ok", "vi", "vi"),
            ("ok", "en", "en"),
            ("cho tôi hỏi lệ phí", "en", "vi"),
            ("ok", "en", "vi"),
            ("where is my file", "vi", "en"),
            ("2", "vi", "en"),
            ("2", "en", "en"),
        ] {
            assert_eq!(
                resolve_language(&mut store, &published, text, page).unwrap(),
                expected,
                "{text} on a page in {page}"
            );
        }
    }
}
