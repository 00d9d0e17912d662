use super::*;
use proptest::prelude::*;

const NOW: u64 = 1_780_000_000_000;
const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";

fn rules() -> Files {
    Files { allow: vec!["pdf".into(), "jpg".into()], max_mb: 1 }
}

#[test]
fn a_kind_is_what_the_bytes_are() {
    let take = |name: &str, bytes: &[u8]| {
        accept_upload(&rules(), Id(1), name, bytes, "", NOW).map(|file| (file.name, file.kind))
    };
    let pdf = |name: &str| Ok((name.to_owned(), "application/pdf".to_owned()));
    assert_eq!(take("giấy khai sinh.pdf", PDF), pdf("giấy khai sinh.pdf"));
    assert_eq!(take("C:\\Users\\a\\../x.html", PDF), pdf("x.pdf"));
    assert_eq!(take("a.pdf", b"<svg xmlns='http://www.w3.org/2000/svg'/>"), Err(Fault::FileKind));
    assert_eq!(take("a.pdf", b"<!DOCTYPE html><script>"), Err(Fault::FileKind));
    assert_eq!(take("a.pdf", PNG), Err(Fault::FileKind), "not among those the site takes");
    assert_eq!(take("a.pdf", b""), Err(Fault::TooLong));
    let large = [PDF, &vec![0; 1024 * 1024]].concat();
    assert_eq!(take("a.pdf", &large), Err(Fault::TooLong));
}

#[test]
fn every_kind_a_site_can_list_is_one_that_can_be_told() {
    for (ending, media) in site::KINDS {
        assert!(infer::is_mime_supported(media), "{ending}: nobody can tell {media}");
    }
}

#[test]
fn room_is_made_of_what_was_never_said() {
    let file = |id, size, at, seq| Stored {
        owner: None,
        by: None,
        id: Id(id),
        name: "a.pdf".into(),
        size,
        kind: "application/pdf".into(),
        sha256: String::new(),
        at,
        url: String::new(),
        seq,
    };
    let half = MAX_FILES_BYTES / 2;
    let kept = [file(1, half, NOW - 2 * UNSAID_MS, None), file(2, half, NOW - 2 * UNSAID_MS, Some(3))];
    assert_eq!(make_room(&kept, half, NOW), Ok(vec![Id(1)]));
    assert_eq!(make_room(&kept, half + 1, NOW), Err(Fault::FilesFull));
    assert_eq!(make_room(&[file(1, half, NOW, None)], half + 1, NOW), Err(Fault::FilesFull));
}

#[test]
fn the_header_carries_every_name() {
    let header = name::content_disposition("giấy \"1\".pdf");
    assert_eq!(header, "attachment; filename=\"gi_y _1_.pdf\"; filename*=UTF-8''gi%E1%BA%A5y%20%221%22.pdf");
}

proptest! {
    #[test]
    fn no_name_leads_anywhere(name in any::<String>()) {
        let safe = safe_name(&name, "pdf");
        prop_assert!(safe.ends_with(".pdf") && safe.len() > 4);
        let bad = ['/', '\\', '\0', '"', '\n', '\r', '\u{202e}'];
        prop_assert!(!safe.contains(bad) && !safe.starts_with('.'));
        prop_assert!(name::content_disposition(&safe).is_ascii());
    }
}
