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
fn office_files_are_known_whoever_wrote_them() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/files");
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap();
        if ending == "md" {
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        assert_eq!(detect_kind(&bytes).map(|kind| kind.ending), Some(ending), "{}", path.display());
        // Half a file is none.
        assert_eq!(detect_kind(&bytes[..bytes.len() / 2]), None, "half of {}", path.display());
        seen += 1;
    }
    assert!(seen >= 6, "{seen} files");
}

#[test]
fn other_archives_and_macros_are_none() {
    let bytes = include_bytes!("../../../tests/fixtures/files/docx-js.docx");
    let renamed = |from: &str, to: &str| {
        assert_eq!(from.len(), to.len());
        let mut changed = bytes.to_vec();
        let (from, to) = (from.as_bytes(), to.as_bytes());
        for at in 0..changed.len() - from.len() {
            if changed[at..].starts_with(from) {
                changed[at..at + to.len()].copy_from_slice(to);
            }
        }
        detect_kind(&changed)
    };
    assert_eq!(renamed("word/document.xml", "some/document.xml"), None);
    assert_eq!(renamed("docProps/core.xml", "w1/vbaProject.bin"), None);
}

#[test]
fn what_stands_before_a_pdf_does_not_matter_unless_it_is_a_page() {
    let kind = |before: &[u8]| detect_kind(&[before, PDF].concat()).map(|kind| kind.ending);
    for before in [&b""[..], b"\r\n", b"\xEF\xBB\xBF", b"\x1b%-12345X@PJL\r\n"] {
        assert_eq!(kind(before), Some("pdf"), "{before:?}");
    }
    assert_eq!(kind(b"<html><script>"), None);
    assert_eq!(kind(&[b' '; 2_000]), None);
}

#[test]
fn sound_without_a_tag_is_sound() {
    // 128 kbit/s at 44.1 kHz, and 48 kbit/s at 24 kHz: frames of 417 and 144 bytes.
    for (head, length) in [([0xFF, 0xFB, 0x90, 0x00], 417), ([0xFF, 0xF3, 0x64, 0xC4], 144)] {
        let mut frame = head.to_vec();
        frame.resize(length, 0);
        let two = frame.repeat(2);
        assert_eq!(detect_kind(&two).map(|kind| kind.ending), Some("mp3"), "{head:?}");
    }
}

proptest! {
    #[test]
    fn no_bytes_stop_it(start in prop::sample::select(vec![&b"PK\x03\x04"[..], b"", b"%PDF-", b"\xFF\xFB"]), rest in prop::collection::vec(any::<u8>(), 0..400)) {
        detect_kind(&[start, &rest, b"PK\x05\x06", &rest].concat());
    }
}

#[test]
fn names_come_back_as_they_were() {
    assert_eq!(safe_name("dấu %22ngoặc%22.pdf", "pdf"), "dấu “ngoặc”.pdf");
    assert_eq!(safe_name("100% xong.pdf", "pdf"), "100% xong.pdf");
    assert_eq!(safe_name("a%0D%0Ab.pdf", "pdf"), "a  b.pdf");
    assert_eq!(safe_name("../../%22.pdf", "pdf"), "“.pdf");
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
