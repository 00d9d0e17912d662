//! A procedure's form, from its first page to the case's number.

use super::context::Journey;
use crate::bench::socket::say_frame;
use anyhow::{Context as _, bail, ensure};

/// What a citizen answers, by the question's id.
const ANSWERS: &[(&str, &str)] = &[
    ("f.nguoi-khai", "Nguyễn Thị Hoa"),
    ("f.can-cuoc", "079 203 001 234"),
    ("f.dien-thoai", "0912 345 678"),
    ("f.quan-he", "me"),
    ("f.ten-chau", "Trần Minh Khôi"),
    ("f.ngay-sinh.day", "2"),
    ("f.ngay-sinh.month", "11"),
    ("f.ngay-sinh.year", "2026"),
    ("f.gioi-tinh", "nam"),
    ("f.noi-sinh", "Bệnh viện Từ Dũ"),
    ("f.me", "Nguyễn Thị Hoa"),
    ("f.ket-hon", "no"),
    ("f.noi-cu-tru", "12/3 -- Lê Lợi\nkhu phố 3"),
    ("f.ghi-chu", "Chồng tôi là O'Neil; xem https://example.com/?id=1 and 1=1 --"),
    ("f.cam-doan", "yes"),
];

pub fn hand_in_form(journey: &mut Journey<'_>) -> anyhow::Result<String> {
    let mut visitor = crate::bench::socket::BenchVisitor::open(&journey.host)?;
    visitor.socket().send(&say_frame(1, "làm giấy khai sinh cho con"))?;
    let kept: serde_json::Value = serde_json::from_str(visitor.stored_conversation())?;
    let ticket = kept.get("ticket").and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
    while !visitor.socket().next()?.contains("khai-sinh") {}
    let post = |more: &[(&str, &str)]| -> anyhow::Result<String> {
        let mut form =
            vec![("ticket", ticket.as_str()), ("lang", "vi"), ("mode", "page"), ("procedure", "khai-sinh")];
        form.extend(more);
        journey.post_form("/s/ward/form", &form)?.require_status(200)
    };
    let mut html = post(&[("go", "open")])?;
    let mut pages = 0;
    while let Some(page) = hidden_value(&html, "page").filter(|page| !page.is_empty()) {
        pages += 1;
        ensure!(pages < 20, "the form never ends");
        let mut form = vec![("go", "next"), ("page", page)];
        form.extend(ANSWERS);
        html = post(&form).with_context(|| format!("page {page:?}"))?;
    }
    let sent = post(&[("go", "send")])?;
    let Some(number) = sent.split("class=\"hoi-number\"").nth(1) else { bail!("no case's number is shown") };
    let number = number.split_once('>').and_then(|(_, rest)| rest.split('<').next()).unwrap_or_default();
    ensure!(!number.is_empty(), "the case's number is empty");
    Ok(format!("{pages} pages, a case's number is shown"))
}

fn hidden_value<'a>(html: &'a str, name: &str) -> Option<&'a str> {
    html.split(&format!("name=\"{name}\" value=\"")).nth(1)?.split('"').next()
}
