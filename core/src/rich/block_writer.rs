//! What the parser of Markdown tells, event by event, made into blocks.

use super::{
    address::link_addresses,
    item_runs::join_blocks,
    line_break::{break_lines, strip_break},
    safe_link,
    source_text::{OPTIONS, ends_in_address, is_in_sum, is_language, link_target, unused_definitions},
};
use crate::limits::sanitize::visible_text;
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};
use std::ops::Range;
use wire::{Block, Run};

/// How deep lists are within lists; what is deeper becomes text. What reads JSON has a limit, and so has a narrow screen.
const MAX_LISTS: usize = 8;
/// How often what stands behind a line that is only `<br>` is looked at again.
const MAX_BREAKS: usize = 4;

/// The cells of a table's row.
type TableRow = Vec<Vec<Run>>;

#[derive(Clone, Copy, PartialEq)]
enum TextKind {
    Text,
    Heading,
}

/// A list being written.
struct OpenList {
    /// Its first number, if it has numbers.
    start: Option<u64>,
    /// The items that are finished.
    items: Vec<Vec<Block>>,
    /// What came before the list in what it stands in.
    before: Vec<Block>,
}

/// A run, and whether it stays as it is: the address of a link that may not be followed leads nowhere.
#[derive(Clone, Default, PartialEq)]
struct PendingRun {
    run: Run,
    literal: bool,
}

#[derive(Default)]
pub struct BlockWriter<'a> {
    source: &'a str,
    /// The blocks of the message, or of the innermost item.
    blocks: Vec<Block>,
    pieces: Vec<PendingRun>,
    style: Run,
    lists: Vec<OpenList>,
    /// For every quote that is open, in how many lists it stands.
    quotes: Vec<usize>,
    /// The table being written: its finished rows, the first one its head, and the cells of the one begun.
    table: Option<(Vec<TableRow>, TableRow)>,
    /// Where the last cell ended.
    cell_end: usize,
    in_code: bool,
    /// What stands on the line that begins code.
    fence: String,
    /// Of all stress that is open, whether its signs were kept.
    literal_stress: Vec<bool>,
    /// HTML that stands by itself.
    html: Option<String>,
    breaks: usize,
    /// The lists around it, where it writes what stands behind a break inside of them.
    outer_lists: usize,
    /// The words of the link being written, and its address if it may not be followed.
    link: Option<(String, String)>,
    /// The address of the picture being described.
    picture: Option<String>,
}

impl<'a> BlockWriter<'a> {
    /// The blocks of `markdown`.
    pub fn write_blocks(markdown: &'a str) -> Vec<Block> {
        let mut writer = BlockWriter { source: markdown, ..BlockWriter::default() };
        writer.write_source(markdown);
        writer.blocks
    }

    fn write_source(&mut self, markdown: &'a str) {
        let parser = Parser::new_ext(markdown, OPTIONS);
        let mut unused = unused_definitions(&parser, markdown).into_iter().peekable();
        for (event, place) in parser.into_offset_iter() {
            let apart = matches!(event, Event::Start(_)) && self.stands_free() && self.pieces.is_empty();
            while let Some(before) = unused.next_if(|unused| apart && unused.start < place.start) {
                self.write_paragraph(markdown.get(before).unwrap_or_default());
            }
            self.handle_event(event, place);
        }
        self.end_block(TextKind::Text);
        unused.for_each(|rest| self.write_paragraph(markdown.get(rest).unwrap_or_default()));
    }

    fn handle_event(&mut self, event: Event<'a>, place: Range<usize>) {
        match event {
            Event::Start(tag) => self.start_tag(tag, place),
            Event::End(tag) => self.end_tag(tag, place),
            Event::Html(text) | Event::InlineHtml(text) => self.push_html(&text),
            Event::Text(text) if self.in_code => self.push_text(&text, true),
            // What was written as an entity was not cleaned with the rest.
            Event::Text(text) if self.source.get(place).is_some_and(|source| source.starts_with('&')) => {
                self.push_text(&visible_text(&text), false);
            }
            Event::Text(text) => self.push_text(&text, false),
            Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.push_text(&text, true);
            }
            // Behind a `<br>` the line ends once.
            Event::SoftBreak if self.pieces.last().is_some_and(|last| last.run.text.ends_with('\n')) => {}
            Event::SoftBreak | Event::HardBreak => self.push_text("\n", false),
            Event::Rule => self.end_block(TextKind::Text),
            Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn start_tag(&mut self, tag: Tag<'a>, place: Range<usize>) {
        match tag {
            Tag::Strong => self.style.strong |= !self.keep_opening(&place, 2),
            Tag::Emphasis => self.style.em |= !self.keep_opening(&place, 1),
            Tag::Link { link_type, dest_url, .. } => {
                let address = visible_text(&dest_url);
                let href = link_target(link_type, &address);
                let unsafe_address = if href.is_some() { String::new() } else { address };
                self.style.href = href;
                self.link = Some((String::new(), unsafe_address));
            }
            Tag::Image { dest_url, .. }
                if self.stands_free() && dest_url.starts_with("https://") && safe_link(&dest_url) =>
            {
                self.end_block(TextKind::Text);
                self.picture = Some(visible_text(&dest_url));
            }
            Tag::BlockQuote(_) => {
                self.end_block(TextKind::Text);
                self.quotes.push(self.lists.len());
            }
            Tag::Table(_) => {
                self.end_block(TextKind::Text);
                self.table = Some(Default::default());
            }
            Tag::List(start) => {
                self.end_block(TextKind::Text);
                let before = std::mem::take(&mut self.blocks);
                self.lists.push(OpenList { start, items: Vec::new(), before });
            }
            Tag::CodeBlock(kind) => {
                self.end_block(TextKind::Text);
                self.in_code = true;
                if let CodeBlockKind::Fenced(info) = kind {
                    self.fence = visible_text(&info);
                }
                if !is_language(&self.fence) {
                    let words = std::mem::take(&mut self.fence) + "\n";
                    self.push_text(&words, true);
                }
            }
            Tag::HtmlBlock => {
                self.end_block(TextKind::Text);
                self.html = Some(String::new());
            }
            Tag::Paragraph | Tag::Heading { .. } => self.end_block(TextKind::Text),
            _ => {}
        }
    }

    fn end_tag(&mut self, tag: TagEnd, place: Range<usize>) {
        match tag {
            TagEnd::Strong => self.style.strong &= self.keep_closing(&place, 2),
            TagEnd::Emphasis => self.style.em &= self.keep_closing(&place, 1),
            TagEnd::Link => self.end_link(),
            TagEnd::Item => self.end_item(),
            TagEnd::List(_) => self.end_list(),
            TagEnd::BlockQuote(_) => {
                self.end_block(TextKind::Text);
                self.quotes.pop();
            }
            TagEnd::TableCell => {
                let runs = self.take_runs().unwrap_or_default();
                if let Some((_, cells)) = &mut self.table {
                    cells.push(runs);
                }
                self.cell_end = place.end;
            }
            TagEnd::TableHead | TagEnd::TableRow => self.end_row(place),
            TagEnd::Table => {
                if let Some((rows, _)) = self.table.take() {
                    let mut rows = rows.into_iter();
                    let head = rows.next().unwrap_or_default();
                    self.blocks.push(Block::Table { head, rows: rows.collect() });
                }
            }
            TagEnd::Image => {
                if let Some(src) = self.picture.take() {
                    // A link around a picture has no other words.
                    self.link.iter_mut().for_each(|(words, _)| words.clear());
                    let alt = self.take_runs().unwrap_or_default();
                    let alt = alt.iter().map(|run| run.text.as_str()).collect();
                    self.blocks.push(Block::Image { src, alt });
                }
            }
            TagEnd::Heading(_) => self.end_block(TextKind::Heading),
            TagEnd::CodeBlock => {
                // The name of a language is no word of the message, unless it is all of it.
                let fence = std::mem::take(&mut self.fence);
                if self.pieces.is_empty() {
                    self.push_text(&fence, true);
                }
                self.end_block(TextKind::Text);
                self.in_code = false;
            }
            TagEnd::HtmlBlock => self.end_html(),
            TagEnd::Paragraph => self.end_block(TextKind::Text),
            _ => {}
        }
    }

    /// Whether the `marks` signs that begin what looks like stress are part of an address or of a sum: then they stay.
    fn keep_opening(&mut self, place: &Range<usize>, marks: usize) -> bool {
        let (before, rest) = self.source.split_at_checked(place.start).unwrap_or_default();
        let is_literal = ends_in_address(before) || is_in_sum(before, rest);
        if is_literal {
            self.push_text(rest.get(..marks).unwrap_or_default(), false);
        }
        self.literal_stress.push(is_literal);
        is_literal
    }

    /// Whether its signs stay, where it ends.
    fn keep_closing(&mut self, place: &Range<usize>, marks: usize) -> bool {
        let is_literal = self.literal_stress.pop().unwrap_or_default();
        if is_literal {
            let signs = place.end.checked_sub(marks).and_then(|at| self.source.get(at..place.end));
            self.push_text(signs.unwrap_or_default(), false);
        }
        is_literal
    }

    fn push_text(&mut self, text: &str, code: bool) {
        if let Some((words, _)) = &mut self.link {
            words.push_str(text);
        }
        self.push_piece(text, PendingRun { run: Run { code, ..self.style.clone() }, literal: false });
    }

    fn push_piece(&mut self, text: &str, style: PendingRun) {
        match self.pieces.last_mut() {
            Some(last) if last.literal == style.literal && is_same_style(&last.run, &style.run) => {
                last.run.text.push_str(text);
            }
            _ => self.pieces.push(PendingRun { run: Run { text: text.to_owned(), ..style.run }, ..style }),
        }
    }

    fn push_html(&mut self, html: &str) {
        match &mut self.html {
            Some(block) => block.push_str(html),
            None => self.push_text(&break_lines(html), false),
        }
    }

    /// Lines that are only a break say nothing, and must not keep what follows them from being read as Markdown: in its rules
    /// HTML goes on until an empty line.
    fn end_html(&mut self) {
        let Some(html) = self.html.take() else { return };
        let mut rest = html.as_str();
        while let Some(behind) = strip_break(rest.trim_start())
            && (behind.is_empty() || behind.starts_with('\n') || strip_break(behind).is_some())
        {
            rest = behind;
        }
        if rest.len() < html.len() && self.breaks < MAX_BREAKS {
            let mut inner = BlockWriter {
                source: rest,
                breaks: self.breaks + 1,
                outer_lists: self.outer_lists + self.lists.len(),
                ..BlockWriter::default()
            };
            inner.write_source(rest);
            self.blocks.extend(inner.blocks);
            return;
        }
        self.push_text(&break_lines(&html), false);
        self.end_block(TextKind::Text);
    }

    fn end_link(&mut self) {
        let Some((words, unsafe_address)) = self.link.take() else { return };
        let address = match &self.style.href {
            // A link around nothing would be lost.
            Some(href) if words.trim().is_empty() => href.clone(),
            Some(_) => String::new(),
            None if words.trim().is_empty() => unsafe_address,
            None if unsafe_address.is_empty() || words.contains(&unsafe_address) => String::new(),
            None => format!(" ({unsafe_address})"),
        };
        if !address.is_empty() {
            self.push_piece(&address, PendingRun { run: self.style.clone(), literal: true });
        }
        self.style.href = None;
    }

    fn end_item(&mut self) {
        self.end_block(TextKind::Text);
        let item = std::mem::take(&mut self.blocks);
        if let Some(list) = self.lists.last_mut()
            // Without a number it would be a mark beside nothing.
            && (list.start.is_some() || !item.is_empty())
        {
            list.items.push(item);
        }
    }

    fn end_list(&mut self) {
        let Some(OpenList { start, items, before }) = self.lists.pop() else { return };
        self.blocks = before;
        let nested = !self.lists.is_empty();
        let mut list = (Vec::new(), Vec::new());
        for item in items {
            let (runs, content) = match <[Block; 1]>::try_from(item) {
                Ok([Block::Text { runs }]) => (runs, Vec::new()),
                Ok(one) => (join_blocks(&one, nested), one.into()),
                Err(item) => (join_blocks(&item, nested), item),
            };
            list.0.push(runs);
            list.1.push(content);
        }
        let (items, mut contents) = list;
        if contents.iter().all(Vec::is_empty) {
            contents.clear();
        }
        let ordered = start.is_some();
        let start = start.filter(|start| *start != 1).and_then(|start| u32::try_from(start).ok());
        let list = Block::List { ordered, start, items, contents };
        self.blocks.push(match self.outer_lists + self.lists.len() < MAX_LISTS {
            true => list,
            false => Block::Text { runs: join_blocks(&[list], false) },
        });
    }

    /// Cells for which there is no column are words as well.
    fn end_row(&mut self, place: Range<usize>) {
        let rest = self.source.get(self.cell_end..place.end).unwrap_or_default();
        let Some((rows, cells)) = &mut self.table else { return };
        let more = rest.split('|').map(str::trim).filter(|cell| !cell.is_empty());
        cells.extend(
            more.map(|cell| {
                link_addresses(vec![Run { text: break_lines(cell), ..Run::default() }], |_| true)
            }),
        );
        rows.push(std::mem::take(cells));
    }

    fn write_paragraph(&mut self, text: &str) {
        self.push_text(text.trim(), false);
        self.end_block(TextKind::Text);
    }

    /// Whether what comes next stands by itself in the message.
    fn stands_free(&self) -> bool {
        self.lists.is_empty() && self.table.is_none() && self.quotes.is_empty()
    }

    /// The runs written so far, without line breaks at their end; `None` if they say nothing.
    fn take_runs(&mut self) -> Option<Vec<Run>> {
        let mut pieces = std::mem::take(&mut self.pieces);
        while let Some(last) = pieces.last_mut() {
            last.run.text.truncate(last.run.text.trim_end().len());
            if !last.run.text.is_empty() {
                break;
            }
            pieces.pop();
        }
        if pieces.iter().all(|piece| piece.run.text.trim().is_empty()) {
            return None;
        }
        let literal: Vec<bool> = pieces.iter().map(|piece| piece.literal).collect();
        let runs = pieces.into_iter().map(|piece| piece.run).collect();
        Some(link_addresses(runs, |at| literal.get(at) == Some(&false)))
    }

    fn end_block(&mut self, kind: TextKind) {
        let Some(runs) = self.take_runs() else { return };
        self.blocks.push(match kind {
            TextKind::Text if self.quotes.last() == Some(&self.lists.len()) => Block::Notice { runs },
            TextKind::Text => Block::Text { runs },
            TextKind::Heading => Block::Heading { runs },
        });
    }
}

fn is_same_style(one: &Run, other: &Run) -> bool {
    (one.strong, one.em, one.code, &one.href) == (other.strong, other.em, other.code, &other.href)
}
