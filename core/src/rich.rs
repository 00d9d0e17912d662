//! Markdown, as agencies write it, to the blocks that the widget draws.
//!
//! The subset: paragraphs, headings, lists, tables, quotes (as notices), pictures, strong, emphasis, code, links.
//! Everything else becomes its words: HTML is shown as it stands, nested lists become one, a picture inside of something
//! else becomes its description. Whether a picture may be loaded is decided where it is drawn ([`wire::Look::allows_picture`]).

use crate::limits::sanitize::clean_text;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use wire::{Block, Run};

/// The blocks of `markdown`.
pub fn parse_markdown(markdown: &str) -> Vec<Block> {
    let clean = clean_text(markdown);
    let mut writer = BlockWriter::default();
    for event in Parser::new_ext(&clean, Options::ENABLE_TABLES) {
        writer.handle_event(event);
    }
    writer.end_block(TextKind::Text);
    writer.out
}

/// The words of `blocks` without any styling, for the agency's history.
pub fn plain_text(blocks: &[Block]) -> String {
    let join = |runs: &[Run]| runs.iter().map(|run| run.text.as_str()).collect::<String>();
    let mut lines = Vec::new();
    for block in blocks {
        match block {
            Block::Text { runs } | Block::Heading { runs } => lines.push(join(runs)),
            Block::List { items, .. } => lines.extend(items.iter().map(|runs| format!("- {}", join(runs)))),
            Block::Table { head, rows } => {
                let row = |cells: &Vec<Vec<Run>>| {
                    cells.iter().map(|cell| join(cell)).collect::<Vec<_>>().join(" | ")
                };
                lines.extend([head].into_iter().chain(rows).map(row));
            }
            Block::Notice { runs } => lines.push(join(runs)),
            Block::Image { alt, .. } => lines.push(alt.clone()),
            Block::Card(card) => lines.push(card.title.clone()),
            Block::Procedure(procedure) => lines.push(procedure.title.clone()),
            Block::Input(input) => lines.push(input.label.clone()),
            Block::File(file) => lines.push(format!("[{}]", file.name)),
            Block::Contact(_) | Block::Source(_) | Block::Unknown => {}
        }
    }
    lines.join("\n")
}

/// Whether a visitor may safely follow `href`.
pub fn safe_link(href: &str) -> bool {
    let known = ["https://", "mailto:", "tel:"].iter().any(|scheme| {
        href.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
            && href.len() > scheme.len()
    });
    known && !href.chars().any(|c| c.is_control() || c.is_whitespace())
}

/// The cells of a table's row.
type TableRow = Vec<Vec<Run>>;

#[derive(Clone, Copy, PartialEq)]
enum TextKind {
    Text,
    Heading,
}

#[derive(Default)]
struct BlockWriter {
    out: Vec<Block>,
    runs: Vec<Run>,
    style: Run,
    /// The list being written, and how deep nested ones have gone.
    list: Option<(bool, Vec<Vec<Run>>)>,
    depth: usize,
    /// Inside a quote.
    quoted: bool,
    /// The table being written: its finished rows, the first one its head, and the cells of the one begun.
    table: Option<(Vec<TableRow>, TableRow)>,
    /// The address of the picture being described.
    picture: Option<String>,
}

impl BlockWriter {
    fn handle_event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start_tag(tag),
            Event::End(tag) => self.end_tag(tag),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.push_text(&text, false),
            Event::Code(text) => self.push_text(&text, true),
            Event::SoftBreak | Event::HardBreak => self.push_text("\n", false),
            Event::Rule => self.end_block(TextKind::Text),
            Event::InlineMath(text) | Event::DisplayMath(text) => self.push_text(&text, true),
            Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn start_tag(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Strong => self.style.strong = true,
            Tag::Emphasis => self.style.em = true,
            Tag::Link { dest_url, .. } if safe_link(&dest_url) => {
                self.style.href = Some(dest_url.into_string())
            }
            Tag::BlockQuote(_) => {
                self.end_block(TextKind::Text);
                self.quoted = true;
            }
            Tag::Table(_) => {
                self.end_block(TextKind::Text);
                self.table = Some(Default::default());
            }
            Tag::Image { dest_url, .. }
                if self.stands_free() && dest_url.starts_with("https://") && safe_link(&dest_url) =>
            {
                self.end_block(TextKind::Text);
                self.picture = Some(dest_url.into_string());
            }
            Tag::List(first) => {
                if self.depth > 0 {
                    self.end_item();
                } else {
                    self.end_block(TextKind::Text);
                    self.list = Some((first.is_some(), Vec::new()));
                }
                self.depth += 1;
            }
            _ => {}
        }
    }

    fn end_tag(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Strong => self.style.strong = false,
            TagEnd::Emphasis => self.style.em = false,
            TagEnd::Link => self.style.href = None,
            TagEnd::Item => self.end_item(),
            TagEnd::List(_) => {
                self.depth = self.depth.saturating_sub(1);
                if self.depth == 0
                    && let Some((ordered, items)) = self.list.take()
                {
                    self.out.push(Block::List { ordered, items });
                }
            }
            TagEnd::BlockQuote(_) => {
                self.end_block(TextKind::Text);
                self.quoted = false;
            }
            TagEnd::TableCell => {
                let runs = self.take_runs().unwrap_or_default();
                if let Some((_, cells)) = &mut self.table {
                    cells.push(runs);
                }
            }
            TagEnd::TableHead | TagEnd::TableRow => {
                if let Some((rows, cells)) = &mut self.table {
                    rows.push(std::mem::take(cells));
                }
            }
            TagEnd::Table => self.end_table(),
            TagEnd::Image => {
                if let Some(src) = self.picture.take() {
                    let alt = self.take_runs().unwrap_or_default();
                    let alt = alt.iter().map(|run| run.text.as_str()).collect();
                    self.out.push(Block::Image { src, alt });
                }
            }
            TagEnd::Heading(_) => self.end_block(TextKind::Heading),
            TagEnd::Paragraph if self.depth > 0 => self.push_text("\n", false),
            TagEnd::Paragraph | TagEnd::CodeBlock | TagEnd::HtmlBlock => self.end_block(TextKind::Text),
            _ => {}
        }
    }

    fn push_text(&mut self, text: &str, code: bool) {
        let style = Run { code, ..self.style.clone() };
        match self.runs.last_mut() {
            Some(last) if Run { text: String::new(), ..last.clone() } == style => last.text.push_str(text),
            _ => self.runs.push(Run { text: text.to_owned(), ..style }),
        }
    }

    /// The runs written so far, without line breaks at their end; `None` if they say nothing.
    fn take_runs(&mut self) -> Option<Vec<Run>> {
        let mut runs = std::mem::take(&mut self.runs);
        while let Some(last) = runs.last_mut() {
            last.text.truncate(last.text.trim_end().len());
            if !last.text.is_empty() {
                break;
            }
            runs.pop();
        }
        runs.iter().any(|run| !run.text.trim().is_empty()).then_some(runs)
    }

    /// Whether what comes next stands by itself in the message.
    fn stands_free(&self) -> bool {
        self.depth == 0 && self.table.is_none() && !self.quoted
    }

    fn end_table(&mut self) {
        if let Some((rows, _)) = self.table.take() {
            let mut rows = rows.into_iter();
            let head = rows.next().unwrap_or_default();
            self.out.push(Block::Table { head, rows: rows.collect() });
        }
    }

    fn end_item(&mut self) {
        let runs = self.take_runs();
        if let Some((_, items)) = &mut self.list {
            items.extend(runs);
        }
    }

    fn end_block(&mut self, kind: TextKind) {
        if self.depth > 0 {
            return;
        }
        let Some(runs) = self.take_runs() else { return };
        self.out.push(match kind {
            TextKind::Text if self.quoted => Block::Notice { runs },
            TextKind::Text => Block::Text { runs },
            TextKind::Heading => Block::Heading { runs },
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(text: &str) -> Vec<Run> {
        vec![Run { text: text.to_owned(), ..Run::default() }]
    }

    #[test]
    fn tables_pictures_and_notices() {
        let text = "| Việc | Lệ phí |\n|---|---|\n| Khai sinh | 0 đ |\n\n> Nghỉ lễ\n\n![Sơ đồ](https://www.a.vn/b.png) đường đi";
        let expected = [
            Block::Table {
                head: vec![run("Việc"), run("Lệ phí")],
                rows: vec![vec![run("Khai sinh"), run("0 đ")]],
            },
            Block::Notice { runs: run("Nghỉ lễ") },
            Block::Image { src: "https://www.a.vn/b.png".to_owned(), alt: "Sơ đồ".to_owned() },
            Block::Text { runs: run(" đường đi") },
        ];
        assert_eq!(parse_markdown(text), expected);
    }

    #[test]
    fn pictures_that_are_none() {
        for text in [
            "![a](http://a.vn/b.png)",
            "![a](data:image/png;base64,AA)",
            "![a](javascript:x)",
            "- ![a](https://a.vn/b)",
        ] {
            assert!(!parse_markdown(text).iter().any(|block| matches!(block, Block::Image { .. })), "{text}");
            assert!(plain_text(&parse_markdown(text)).ends_with('a'), "{text}: its description is gone");
        }
    }
}
