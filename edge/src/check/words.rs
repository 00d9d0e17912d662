//! What the page says, Vietnamese and English: the languages webmasters are answered in.

use super::{Finding, Need};

/// One of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lang {
    /// Vietnamese.
    Vi,
    /// English.
    En,
}

impl Lang {
    /// Vietnamese for those who ask for it, else English.
    pub fn of(wanted: &str) -> Lang {
        if wanted.to_ascii_lowercase().starts_with("vi") { Lang::Vi } else { Lang::En }
    }

    /// As in `lang`.
    pub fn code(self) -> &'static str {
        match self {
            Lang::Vi => "vi",
            Lang::En => "en",
        }
    }

    /// The other one's code, and what it calls itself.
    pub fn other(self) -> (&'static str, &'static str) {
        match self {
            Lang::Vi => ("en", "English"),
            Lang::En => ("vi", "Tiếng Việt"),
        }
    }

    /// The one for this language.
    pub fn pick<'a>(self, vi: &'a str, en: &'a str) -> &'a str {
        match self {
            Lang::Vi => vi,
            Lang::En => en,
        }
    }
}

/// What is wrong and what to do about it, in one sentence.
pub fn sentence(finding: &Finding, lang: Lang) -> String {
    match (finding, lang) {
        (Finding::NoSite(name), Lang::Vi) => {
            format!("Chưa có khung chat nào tên “{name}” ở đây. Hãy xem lại tên trong thẻ, hoặc chạy hoi publish.")
        }
        (Finding::NoSite(name), Lang::En) => {
            format!("No chat called “{name}” was published here. Check the name in the tag, or run hoi publish.")
        }
        (Finding::NoPage, Lang::Vi) => {
            "Địa chỉ trang chưa đúng. Hãy chép nguyên từ thanh địa chỉ, bắt đầu bằng https://.".to_owned()
        }
        (Finding::NoPage, Lang::En) => {
            "That is not the address of a page. Copy it from the address bar, https:// included.".to_owned()
        }
        (Finding::NotListed(origin), Lang::Vi) => format!(
            "Trang này chưa được phép dùng khung chat. Hãy thêm \"{origin}\" vào origins trong site.toml rồi chạy hoi publish."
        ),
        (Finding::NotListed(origin), Lang::En) => format!(
            "This page may not show the chat yet. Add \"{origin}\" to origins in site.toml, then run hoi publish."
        ),
        (Finding::Lacks(Need { directive, source }), Lang::Vi) => {
            format!("Chính sách bảo mật (CSP) của trang đang chặn khung chat. Hãy thêm: {directive} {source}")
        }
        (Finding::Lacks(Need { directive, source }), Lang::En) => {
            format!("The page’s Content-Security-Policy blocks the chat. Add to it: {directive} {source}")
        }
        (Finding::Nonce, Lang::Vi) => {
            "Trang chỉ tin những thẻ có nonce. Hãy ghi nonce của trang vào thẻ: <script nonce=\"…\" async src=…>".to_owned()
        }
        (Finding::Nonce, Lang::En) => {
            "The page trusts scripts by nonce only. Put the page’s nonce on the tag: <script nonce=\"…\" async src=…>".to_owned()
        }
    }
}
