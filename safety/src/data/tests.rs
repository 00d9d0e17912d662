use super::*;

fn altered(at: usize, to: impl Fn(u8) -> u8) -> Vec<u8> {
    let mut file = EMBEDDED_FILE.to_vec();
    file[at] = to(file[at]);
    file
}

/// With the fingerprint of what it holds.
fn sealed(mut file: Vec<u8>) -> Vec<u8> {
    let (_, content) = pack::read_fingerprints(&file).unwrap();
    file[8..16].copy_from_slice(&content.to_le_bytes());
    file
}

#[test]
fn every_language_and_every_model_of_the_file_can_be_read() {
    let data = embedded_data();
    for (at, lang) in LANGUAGES.into_iter().enumerate() {
        assert_ne!(data.read_language(at), Language::default(), "{lang}");
        assert_eq!(data.model(at).is_some(), !data.model_file(at).is_empty(), "{lang}");
    }
    assert!(data.model(0).is_some(), "Vietnamese has a model");
}

#[test]
fn whatever_is_not_the_file_of_this_build_is_refused_and_named() {
    let refused = |file: Vec<u8>| DetectionData::read(file).map(|_| ()).unwrap_err();
    assert_eq!(refused(Vec::new()), DetectionDataError::NotOurs);
    assert_eq!(refused(b"<!doctype html><title>404</title>".to_vec()), DetectionDataError::NotOurs);
    assert_eq!(refused(altered(7, |_| b'0')), DetectionDataError::Format('0'));
    assert_eq!(refused(EMBEDDED_FILE[..12].to_vec()), DetectionDataError::Damaged);
    for at in [8, 16, 20, 120, 1_000, EMBEDDED_FILE.len() - 1] {
        assert_eq!(refused(altered(at, |byte| byte ^ 1)), DetectionDataError::Damaged, "{at}");
    }
    for size in (16..EMBEDDED_FILE.len()).step_by(9_973) {
        assert_eq!(refused(EMBEDDED_FILE[..size].to_vec()), DetectionDataError::Damaged, "{size}");
    }
    let old = refused(sealed(altered(1_000, |byte| byte ^ 1)));
    assert!(matches!(old, DetectionDataError::OtherBuild(..)), "{old}");
    assert!(old.to_string().starts_with("it is of another build: "), "{old}");
}
