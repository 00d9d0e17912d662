//! Addresses in a text: `https://…`, `www.…`, mail, telephone numbers. `linkify` was looked at: it knows neither telephone
//! numbers nor where a Vietnamese word begins right behind an address, and that would be most of the code beside it.

use super::phone_number::find_phone;
use std::ops::Range;
use wire::Run;

/// An address, and where it stands in the text.
#[derive(Debug, Clone, PartialEq)]
struct Address {
    place: Range<usize>,
    /// Where it leads; nothing where it may not be followed, so that no part of it is taken for another.
    href: Option<String>,
}

/// `runs` with links where addresses stand, but for codes, what is a link already and what is not `allowed`.
pub fn link_addresses(runs: Vec<Run>, allowed: impl Fn(usize) -> bool) -> Vec<Run> {
    // A word in another style may say what a number is, so all are looked at together.
    let whole: String = runs.iter().map(|run| run.text.as_str()).collect();
    let mut out = Vec::with_capacity(runs.len());
    let mut start = 0;
    for (at, run) in runs.into_iter().enumerate() {
        let end = start + run.text.len();
        if run.code || run.href.is_some() || !allowed(at) {
            out.push(run);
        } else {
            split_run(&run, &whole, start..end, &mut out);
        }
        start = end;
    }
    out
}

/// Adds the run that stands at `place` of `whole`, in parts.
fn split_run(run: &Run, whole: &str, place: Range<usize>, out: &mut Vec<Run>) {
    let part = |place: Range<usize>, href| {
        let text = whole.get(place).unwrap_or_default().to_owned();
        (!text.is_empty()).then(|| Run { text, href, ..run.clone() })
    };
    let mut from = place.start;
    for address in find_addresses(whole, place.clone()) {
        out.extend(part(from..address.place.start, None));
        from = address.place.end;
        out.extend(part(address.place, address.href));
    }
    out.extend(part(from..place.end, None));
}

/// Longest address of a page, in bytes: what is beyond is no part of it.
const MAX_URL_BYTES: usize = 2_048;

/// The addresses in the part `place` of `whole` that may be followed, in order.
fn find_addresses(whole: &str, place: Range<usize>) -> Vec<Address> {
    let mut found: Vec<Address> = Vec::new();
    let mut from = place.start;
    let text = whole.get(..place.end).unwrap_or_default();
    for (at, c) in text.get(place.start..).unwrap_or_default().char_indices() {
        let at = place.start + at;
        if at < from {
            continue;
        }
        let address = match c {
            'h' | 'H' | 'w' | 'W' => find_url(text, at),
            '@' => find_mail(text, at, from),
            '0'..='9' | '+' | '(' => {
                find_phone(whole, at, place.end).map(|(place, href)| Address { place, href: Some(href) })
            }
            _ => None,
        };
        if let Some(address) = address {
            from = address.place.end;
            found.push(address);
        }
    }
    found.retain(|address| address.href.is_some());
    found
}

/// The address of a page that begins at `at`.
fn find_url(text: &str, at: usize) -> Option<Address> {
    let rest = text.get(at..)?;
    let begins = |start: &&str| rest.get(..start.len()).is_some_and(|own| own.eq_ignore_ascii_case(start));
    let scheme = ["https://", "http://", "www."].into_iter().find(begins)?;
    let before = text.get(..at)?.chars().next_back();
    let joins = if scheme == "www." { "@.-_/" } else { "@_/" };
    if before.is_some_and(|c| c.is_ascii_alphanumeric() || joins.contains(c)) {
        return None;
    }
    let host_at = if scheme == "www." { at } else { at + scheme.len() };
    let ends = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || "<>\"`\\^{|}".contains(c)
            || !(c.is_ascii() || c.is_alphanumeric())
    };
    let longest = rest.get(..rest.floor_char_boundary(MAX_URL_BYTES.min(rest.len()))).unwrap_or_default();
    let end = at + longest.find(ends).unwrap_or(longest.len());
    let whole_end = end;
    let end = end_before_word(text, host_at, end);
    let end = at + trim_marks(text.get(at..end)?).len();
    let host = text.get(host_at..end.max(host_at))?.split(['/', '?', '#']).next()?;
    if !is_host(host) {
        return Some(Address { place: at..whole_end, href: None });
    }
    let shown = text.get(at..end)?;
    let href = match scheme {
        "https://" => Some(shown.to_owned()),
        "www." => Some(format!("https://{shown}")),
        _ => None,
    };
    Some(Address { place: at..end, href })
}

/// The mail address around the `@` at `at`, behind `from`.
fn find_mail(text: &str, at: usize, from: usize) -> Option<Address> {
    let is_local = |c: char| c.is_ascii_alphanumeric() || "._%+-".contains(c);
    let before = text.get(from..at)?;
    let start = from + before.trim_end_matches(is_local).len();
    let local = text.get(start..at)?;
    let start = at - local.trim_start_matches(|c: char| !c.is_ascii_alphanumeric()).len();
    // Behind another letter it is the end of a word, and behind a slash or colon a part of an address of another kind.
    let apart =
        text.get(..start)?.chars().next_back().is_none_or(|c| !c.is_alphanumeric() && !"/@".contains(c));
    if start == at || !apart || local.ends_with('.') {
        return None;
    }
    let host_at = at + 1;
    let rest = text.get(host_at..)?;
    let is_part = |c: char| c.is_alphanumeric() || "-.".contains(c);
    let end = host_at + rest.find(|c| !is_part(c)).unwrap_or(rest.len());
    let end = end_before_word(text, host_at, end);
    let host = text.get(host_at..end)?.trim_end_matches(['.', '-']);
    let end = host_at + host.len();
    let goes_on = text.get(end..)?.starts_with(['@', '_']);
    if goes_on || !is_host(host) {
        return None;
    }
    Some(Address { place: start..end, href: Some(format!("mailto:{}", text.get(start..end)?)) })
}

/// Whether `host` is a name with a dot in it, with a port perhaps. Names before an `@` hide where an address really leads.
fn is_host(host: &str) -> bool {
    let (name, port) = host.split_once(':').unwrap_or((host, "0"));
    let good = |label: &str| {
        !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-') && !label.starts_with('-')
    };
    let last = name.rsplit('.').next().unwrap_or_default();
    name.contains('.')
        && name.split('.').all(good)
        && last.len() >= 2
        && last.starts_with(|c: char| c.is_ascii_alphabetic())
        && last.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        && !port.is_empty()
        && port.chars().all(|c| c.is_ascii_digit())
}

/// Where the address from `host_at` to `end` really ends: a Vietnamese word right behind it has letters that addresses are
/// seldom written with. A path that joins such words (`/thủ-tục`) is one, and so is a host (`tiếngviệt.vn`).
fn end_before_word(text: &str, host_at: usize, end: usize) -> usize {
    let mut from = host_at;
    let host_end =
        text.get(host_at..end).and_then(|host| host.find(['/', '?', '#'])).map_or(end, |at| host_at + at);
    if text.get(host_at..host_end).is_some_and(|host| is_host(trim_marks(host))) {
        from = host_end;
    }
    while let Some((at, _)) =
        text.get(from..end).and_then(|rest| rest.char_indices().find(|(_, c)| !c.is_ascii()))
    {
        let at = from + at;
        let rest = text.get(at..end).unwrap_or_default();
        let part = rest.split(['/', '?', '&', '=', '#', '.']).next().unwrap_or_default();
        if at < host_end || !part.contains(['-', '_', '%', '+']) {
            return word_start(text, host_at, at);
        }
        from = at + part.len();
    }
    end
}

/// Where the word begins of which the first letter with a mark stands at `at`: behind the consonants and vowels with which
/// a Vietnamese syllable may begin.
fn word_start(text: &str, from: usize, at: usize) -> usize {
    const ENDINGS: [&str; 8] = ["vn", "com", "net", "org", "edu", "gov", "info", "html"];
    const ONSETS: [&str; 27] = [
        "ngh", "ng", "nh", "ch", "gh", "gi", "kh", "ph", "q", "th", "tr", "b", "c", "d", "g", "h", "k", "l",
        "m", "n", "p", "r", "s", "t", "v", "x", "",
    ];
    let before = text.get(from..at).unwrap_or_default();
    let ending =
        before.rsplit(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default().to_ascii_lowercase();
    let is_begun = text.get(at..).is_some_and(|word| word.starts_with(['đ', 'Đ']));
    if is_begun || ENDINGS.contains(&ending.as_str()) {
        return at;
    }
    let glide = |c: char| "iuoyIUOY".contains(c);
    let before_vowels = before.trim_end_matches(glide);
    let vowels = before.len() - before_vowels.len();
    let before = if vowels > 2 { before } else { before_vowels };
    let ends = |onset: &&str| {
        before
            .len()
            .checked_sub(onset.len())
            .and_then(|at| before.get(at..))
            .is_some_and(|end| end.eq_ignore_ascii_case(onset))
    };
    from + before.len() - ONSETS.iter().find(|onset| ends(onset)).map_or(0, |onset| onset.len())
}

/// `address` without the marks of the sentence around it; a bracket stays that was opened inside.
fn trim_marks(address: &str) -> &str {
    let count = |sign: char| address.matches(sign).count();
    // How many brackets of each kind were closed that nothing had opened.
    let mut round = count(')').saturating_sub(count('('));
    let mut square = count(']').saturating_sub(count('['));
    address.trim_end_matches(|c: char| match c {
        ')' => take_one(&mut round),
        ']' => take_one(&mut square),
        _ => ".,;:!?'*_~([".contains(c),
    })
}

fn take_one(left: &mut usize) -> bool {
    let any = *left > 0;
    *left = left.saturating_sub(1);
    any
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is linked in `text`, and where to.
    fn links(text: &str) -> Vec<(String, String)> {
        let runs = link_addresses(vec![Run { text: text.to_owned(), ..Run::default() }], |_| true);
        assert_eq!(runs.iter().map(|run| run.text.as_str()).collect::<String>(), text, "something is lost");
        runs.into_iter().filter_map(|run| Some((run.text, run.href?))).collect()
    }

    fn shown(text: &str) -> Vec<String> {
        links(text).into_iter().map(|(shown, _)| shown).collect()
    }

    #[test]
    fn an_address_ends_where_the_sentence_goes_on() {
        for (text, address) in [
            ("Xem tại https://dichvucong.example.vn/a?id=1 nhé.", "https://dichvucong.example.vn/a?id=1"),
            ("(https://a.vn/x)", "https://a.vn/x"),
            ("(xem https://a.vn/x).", "https://a.vn/x"),
            ("https://vi.example.org/wiki/A_(b)", "https://vi.example.org/wiki/A_(b)"),
            ("“https://a.vn/x”", "https://a.vn/x"),
            ("'https://a.vn/x'", "https://a.vn/x"),
            ("https://a.vn/x, rồi", "https://a.vn/x"),
            ("https://a.vn/x…", "https://a.vn/x"),
            ("https://a.vn/x。", "https://a.vn/x"),
            ("https://a.vn?!", "https://a.vn"),
            ("HTTPS://A.VN/X", "HTTPS://A.VN/X"),
            ("https://a.vn:8443/x", "https://a.vn:8443/x"),
            ("https://a.vn/x?a=1&b=c%20d#e", "https://a.vn/x?a=1&b=c%20d#e"),
            ("<https://a.vn/x>", "https://a.vn/x"),
        ] {
            assert_eq!(links(text), [(address.to_owned(), address.to_owned())], "{text}");
        }
    }

    #[test]
    fn a_vietnamese_word_right_behind_is_none_of_it() {
        for (text, address) in [
            ("https://a.vn/x?id=1để", "https://a.vn/x?id=1"),
            ("https://a.vn/x?id=1nhé", "https://a.vn/x?id=1"),
            ("https://a.vn/nhé", "https://a.vn/"),
            ("https://a.vnđể nộp", "https://a.vn"),
            ("https://a.vnở đây", "https://a.vn"),
            ("https://a.gov.vn.Cảm ơn", "https://a.gov.vn"),
            ("www.a.gov.vnnhé", "www.a.gov.vn"),
            ("https://a.vn/x,nhé", "https://a.vn/x"),
            ("https://a.vn/1quý vị", "https://a.vn/1"),
            ("https://a.vn/thủ-tục/khai-sinh", "https://a.vn/thủ-tục/khai-sinh"),
            ("https://a.org/wiki/Hà_Nội.", "https://a.org/wiki/Hà_Nội"),
            ("https://tiếngviệt.vn/a", "https://tiếngviệt.vn/a"),
        ] {
            assert_eq!(shown(text), [address], "{text}");
        }
    }

    #[test]
    fn mail_and_www_lead_somewhere() {
        let link = |text: &str, href: &str| vec![(text.to_owned(), href.to_owned())];
        assert_eq!(links("www.a.gov.vn."), link("www.a.gov.vn", "https://www.a.gov.vn"));
        assert_eq!(links("mail: ubnd.p1@a.gov.vn, ạ"), link("ubnd.p1@a.gov.vn", "mailto:ubnd.p1@a.gov.vn"));
        assert_eq!(links("a@b.vnđể"), link("a@b.vn", "mailto:a@b.vn"));
        assert_eq!(links("(a-b@c-d.vn)"), link("a-b@c-d.vn", "mailto:a-b@c-d.vn"));
        assert_eq!(links("mailto:a@b.vn"), link("a@b.vn", "mailto:a@b.vn"));
        assert_eq!(shown("a@b.vn;c@d.vn"), ["a@b.vn", "c@d.vn"]);
    }

    #[test]
    fn what_is_no_address() {
        for text in [
            "http://a.vn/x",
            "http://www.a.vn",
            "https://",
            "https://a",
            "https://a.",
            "www.",
            "www.a",
            "awww.a.vn",
            "https://a.vn@evil.example/x",
            "ftp://www.a.vn",
            "javascript:x",
            "a@b",
            "@a.vn",
            "a@",
            "a@.vn",
            "a@b..vn",
            "gửia@b.vn",
            "a@1.2.3.4",
            "https:// a.vn",
            "h",
            "w",
            "tờ.khai",
            "dichvucong.gov.vn",
            "https://1.2.3.4",
        ] {
            assert!(links(text).is_empty(), "{text}: {:?}", links(text));
        }
    }

    #[test]
    fn codes_and_links_stay_as_they_are() {
        let run = |text: &str| Run { text: text.to_owned(), ..Run::default() };
        let code = Run { code: true, ..run("https://a.vn") };
        let link = Run { href: Some("https://b.vn".into()), ..run("www.a.vn") };
        assert_eq!(link_addresses(vec![code.clone(), link.clone()], |_| true), [code, link]);
        assert_eq!(link_addresses(vec![run("www.a.vn")], |_| false), [run("www.a.vn")]);
    }
}
