//! What a message holds, block by block, as the visitor sees it. Words become text nodes; links lead where the edge has
//! checked that they may, and are looked at once more here.

use super::{icon::Icon, ui::use_ui};
use crate::{host::upload, words::Words};
use leptos::prelude::*;
use wire::{Block, Body, Card, Contact, File, Id, Link, Procedure, Run};

/// All blocks of `body`. `kept`: whether its files are among those that the desk may fetch; an agency's results are not.
pub fn render_blocks(body: &Body, kept: bool, words: &'static Words) -> Vec<AnyView> {
    body.blocks.iter().map(|each| render_block(each, kept, words)).collect()
}

fn render_block(block: &Block, kept: bool, words: &'static Words) -> AnyView {
    match block {
        Block::Text { runs } => view! { <p class="hoi-text-block">{render_runs(runs, words)}</p> }.into_any(),
        Block::Heading { runs } => view! { <p class="hoi-heading"><strong>{render_runs(runs, words)}</strong></p> }.into_any(),
        Block::List { ordered, start, items, contents } => {
            let item = |(at, item): (usize, &Vec<Run>)| match contents.get(at) {
                Some(inner) if !inner.is_empty() => {
                    inner.iter().map(|each| render_block(each, kept, words)).collect()
                }
                _ => render_runs(item, words),
            };
            render_list(*ordered, *start, items.iter().enumerate().map(item).collect())
        }
        Block::Table { head, rows } => render_table(head, rows, words),
        // Nothing is loaded from elsewhere into the desk.
        Block::Image { alt, .. } => {
            view! { <p class="hoi-text-block">{words.picture.fill(alt)}</p> }.into_any()
        }
        Block::Notice { runs } => {
            view! { <p class="hoi-notice"><strong class="hoi-notice-mark">{words.important}</strong>{render_runs(runs, words)}</p> }.into_any()
        }
        Block::Source(way) => view! { <p class="hoi-source">{words.source}": "{render_link(way, words)}</p> }.into_any(),
        Block::Card(each) => render_card(each, words),
        Block::Procedure(each) => render_procedure(each, words),
        Block::Contact(each) => render_contact(each, words),
        Block::Input(input) => view! { <p class="hoi-text-block">{input.label.clone()}</p> }.into_any(),
        Block::File(each) => render_file(each, kept, words),
        Block::Unknown => view! { <p class="desk-small">{words.cant_show}</p> }.into_any(),
    }
}

fn render_runs(runs: &[Run], words: &'static Words) -> Vec<AnyView> {
    runs.iter().map(|each| render_run(each, words)).collect()
}

fn render_run(run: &Run, words: &'static Words) -> AnyView {
    let text = run.text.clone();
    let mut piece = match (run.strong, run.em, run.code) {
        (_, _, true) => view! { <code>{text}</code> }.into_any(),
        (true, _, _) => view! { <strong>{text}</strong> }.into_any(),
        (_, true, _) => view! { <em>{text}</em> }.into_any(),
        (false, false, false) => text.into_any(),
    };
    if let Some(href) = &run.href {
        piece = external_link(href, piece, words);
    }
    piece
}

/// `inner` as a link to `href`, should that be an address the desk follows; `inner` alone otherwise.
fn external_link(href: &str, inner: AnyView, words: &'static Words) -> AnyView {
    let follows = ["https://", "mailto:", "tel:"].iter().any(|begin| href.starts_with(begin));
    if !follows {
        return inner;
    }
    let href = href.to_owned();
    view! {
        <a class="hoi-link" href=href target="_blank" rel="noopener noreferrer">
            {inner}<span class="hoi-hidden">" ("{words.new_tab}")"</span>
        </a>
    }
    .into_any()
}

fn render_link(way: &Link, words: &'static Words) -> AnyView {
    external_link(&way.href, way.label.clone().into_any(), words)
}

fn render_list(ordered: bool, start: Option<u32>, items: Vec<Vec<AnyView>>) -> AnyView {
    let items = items.into_iter().map(|item| view! { <li>{item}</li> }).collect_view();
    if ordered {
        view! { <ol class="hoi-list" start=start.map(|start| start.to_string())>{items}</ol> }.into_any()
    } else {
        view! { <ul class="hoi-list">{items}</ul> }.into_any()
    }
}

fn render_table(head: &[Vec<Run>], rows: &[Vec<Vec<Run>>], words: &'static Words) -> AnyView {
    let over =
        head.iter().map(|cell| view! { <th scope="col">{render_runs(cell, words)}</th> }).collect_view();
    let cells = |row: &Vec<Vec<Run>>| {
        row.iter().map(|cell| view! { <td>{render_runs(cell, words)}</td> }).collect_view()
    };
    let rows = rows.iter().map(|row| view! { <tr>{cells(row)}</tr> }).collect_view();
    view! { <div class="hoi-table" tabindex="0" role="group"><table><thead><tr>{over}</tr></thead><tbody>{rows}</tbody></table></div> }
        .into_any()
}

fn render_card(card: &Card, words: &'static Words) -> AnyView {
    view! {
        <section class="hoi-card">
            <p class="hoi-card-title">{card.title.clone()}</p>
            {(!card.runs.is_empty()).then(|| view! { <p class="hoi-text-block">{render_runs(&card.runs, words)}</p> })}
            {card.link.as_ref().map(|way| render_link(way, words))}
        </section>
    }
    .into_any()
}

fn render_procedure(each: &Procedure, words: &'static Words) -> AnyView {
    let fact = |label: &'static str, text: &String| {
        let text = text.clone();
        (!text.is_empty()).then(|| view! { <div class="hoi-fact"><dt>{label}</dt><dd>{text}</dd></div> })
    };
    let rows = |label: &'static str, rows: &[String], class: &'static str| {
        let rows = rows.to_vec();
        (!rows.is_empty()).then(|| {
            view! {
                <p class="hoi-part">{label}</p>
                <ul class=class>{rows.into_iter().map(|row| view! { <li>{row}</li> }).collect_view()}</ul>
            }
        })
    };
    view! {
        <section class="hoi-card hoi-procedure">
            <p class="hoi-card-title">{each.title.clone()}</p>
            <dl class="hoi-facts">
                {fact(words.fee, &each.fee)}{fact(words.time, &each.time)}{fact(words.where_done, &each.place)}
            </dl>
            {rows(words.papers, &each.papers, "hoi-papers")}
            {rows(words.steps, &each.steps, "hoi-steps")}
            {rows(words.legal, &each.legal, "hoi-legal")}
            {each.link.as_ref().map(|way| render_link(way, words))}
        </section>
    }
    .into_any()
}

fn render_contact(each: &Contact, words: &'static Words) -> AnyView {
    let lines: Vec<String> = each.address.iter().chain(&each.hours).chain(&each.email).cloned().collect();
    view! {
        <section class="hoi-card hoi-contact">
            <p class="hoi-card-title">{words.contact}</p>
            {each.phones.iter().map(|phone| view! { <p>{render_link(phone, words)}</p> }).collect_view()}
            {lines.into_iter().map(|line| view! { <p>{line}</p> }).collect_view()}
        </section>
    }
    .into_any()
}

/// A file, with a way to it if it is `kept` for the desk, or lies with the agency.
pub fn render_file(file: &File, kept: bool, words: &'static Words) -> AnyView {
    let size = (file.size > 0).then(|| wire::format_size(file.size, words.lang.tag()));
    let way = match (file.id, &file.href) {
        (Some(id), _) => {
            let open = use_ui().desk.with_untracked(|desk| desk.open).filter(|_| kept);
            open.map(|talk| download_link(talk, id, file, words))
        }
        (None, Some(href)) => Some(external_link(href, words.download_file.into_any(), words)),
        (None, None) => None,
    };
    view! {
        <p class="desk-file">
            <Icon name="file"/>
            <span class="desk-file-name">
                <span class="hoi-hidden">{words.file.fill("")}</span>{file.name.clone()}" "
                {size.map(|size| view! { <span class="desk-small">{size}</span> })}
            </span>
            {way}
        </p>
    }
    .into_any()
}

/// A download, so that the browser shows nothing of it and the page is not left.
fn download_link(talk: Id, id: Id, file: &File, words: &'static Words) -> AnyView {
    let (href, name, saved) =
        (format!("{}/{id}", upload::file_url(talk)), file.name.clone(), file.name.clone());
    view! {
        <a class="hoi-link desk-fetch" href=href download=saved>
            {words.download_file}<span class="hoi-hidden">": "{name}</span>
        </a>
    }
    .into_any()
}
