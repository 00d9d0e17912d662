//! What is to be known of Markdown's source beside what its parser tells.

use super::safe_link;
use pulldown_cmark::{Event, LinkType, Options, Parser, Tag};
use std::{collections::HashSet, ops::Range};

/// What of Markdown beyond its common core is read.
pub const OPTIONS: Options = Options::ENABLE_TABLES;

/// How far back an address may have begun.
const MAX_ADDRESS: usize = 512;

/// Where a link leads, if it may be followed.
pub fn link_target(link_type: LinkType, address: &str) -> Option<String> {
    let address = match link_type {
        LinkType::Email => format!("mailto:{address}"),
        _ if address.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("www.")) => {
            format!("https://{address}")
        }
        _ => address.to_owned(),
    };
    safe_link(&address).then_some(address)
}

/// Where addresses are given names that nothing in the text goes by: the parser takes them out, and they may be all that was said.
pub fn unused_definitions(parser: &Parser<'_>, markdown: &str) -> Vec<Range<usize>> {
    let names = parser.reference_definitions().iter();
    let mut unused: Vec<(String, Range<usize>)> =
        names.map(|(name, definition)| (name.to_lowercase(), definition.span.clone())).collect();
    if unused.is_empty() {
        return Vec::new();
    }
    let used: HashSet<String> = Parser::new_ext(markdown, OPTIONS)
        .filter_map(|event| match event {
            Event::Start(Tag::Link { id, .. } | Tag::Image { id, .. }) => Some(id.to_lowercase()),
            _ => None,
        })
        .collect();
    unused.retain(|(name, _)| !used.contains(name));
    let mut places: Vec<Range<usize>> = unused.into_iter().map(|(_, place)| place).collect();
    places.sort_by_key(|place| place.start);
    places
}

/// Whether `before` ends within the path of an address.
pub fn ends_in_address(before: &str) -> bool {
    let tail = before
        .get(before.floor_char_boundary(before.len().saturating_sub(MAX_ADDRESS))..)
        .unwrap_or_default();
    let word = tail.rsplit(|c: char| c.is_whitespace() || "(<[\"".contains(c)).next().unwrap_or_default();
    let begins = |start: &&str| word.get(..start.len()).is_some_and(|own| own.eq_ignore_ascii_case(start));
    let scheme = ["https://", "http://", "www."].into_iter().find(begins);
    scheme.and_then(|scheme| word.get(scheme.len()..)).is_some_and(|rest| rest.contains(['/', '?', '#']))
}

/// Whether a sign of stress stands between figures, as in `3*4*5`.
pub fn is_in_sum(before: &str, rest: &str) -> bool {
    before.ends_with(|c: char| c.is_ascii_digit())
        && rest.trim_start_matches(['*', '_']).starts_with(|c: char| c.is_ascii_digit())
}

/// Whether what stands on the line that begins code names its language: one word of ASCII, or nothing.
pub fn is_language(fence: &str) -> bool {
    fence.is_ascii() && !fence.contains(' ')
}
