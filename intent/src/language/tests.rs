use super::*;

fn languages(codes: &[&str]) -> Languages {
    let codes: Vec<String> = codes.iter().map(|code| (*code).to_owned()).collect();
    let texts = [
        (
            "vi",
            "giấy khai sinh lệ phí thủ tục hồ sơ giờ làm việc đăng ký tạm trú chứng thực bản sao căn cước đất đai hộ khẩu kết hôn",
        ),
        (
            "en",
            "birth certificate fees procedure application opening hours register residence certified copy identity card land marriage track file status delivery bike repair talk to a person",
        ),
        (
            "fr",
            "acte de naissance frais démarche dossier horaires d’ouverture livraison vélo réparation commande carte cadeau",
        ),
    ];
    Languages::new(&codes, texts)
}

/// Each as (page, text, the language that is told; the page's where nothing is).
fn check(codes: &[&str], cases: &[(&str, &str, Option<&str>)]) {
    let languages = languages(codes);
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|(page, text, expected)| {
            let told = languages.detect_language(text, page).filter(|told| told != page);
            let expected = expected.filter(|expected| expected != page);
            (told != expected).then(|| format!("{text} ({page}): {told:?}, not {expected:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}\n{wrong:#?}", codes.join(", "));
}

#[test]
fn vietnamese_and_english_are_told_apart() {
    let (vi, en) = (Some("vi"), Some("en"));
    check(
        &["vi", "en"],
        &[
            ("en", "lam giay khai sinh cho con can gi", vi),
            ("en", "làm giấy khai sinh cho con cần gì", vi),
            ("en", "giờ làm việc", vi),
            ("en", "gio lam viec", vi),
            ("en", "phường mở cửa mấy giờ", vi),
            ("en", "le phi bao nhieu", vi),
            ("en", "xin chào", vi),
            ("en", "xin chao", vi),
            ("en", "cam on nhieu", vi),
            ("en", "hôm qua tôi nộp hồ sơ, tới đâu rồi", vi),
            ("en", "hom qua toi nop ho so, toi dau roi", vi),
            ("en", "đăng ký tạm trú", vi),
            ("en", "dang ky tam tru", vi),
            ("en", "khai sinh", vi),
            ("en", "giấy", vi),
            ("en", "mất căn cước thì làm sao", vi),
            ("en", "mat cccd lam lai o dau", vi),
            ("en", "con toi bi cho can", vi),
            ("en", "cho e hoi lam ho khau can j a", vi),
            ("en", "toi muon gap can bo", vi),
            ("en", "lamf giaays khai sinh", vi),
            ("en", "PHƯỜNG CÓ LÀM VIỆC THỨ BẢY KHÔNG", vi),
            ("en", "UBND mo cua luc nao", vi),
            ("en", "ok cảm ơn bạn", vi),
            ("en", "đo\u{301} la\u{300} gi\u{300} va\u{323}y", vi),
            ("vi", "how do I register a birth", en),
            ("vi", "opening hours", en),
            ("vi", "birth certificate copy", en),
            ("vi", "what are the fees?", en),
            ("vi", "where is my file", en),
            ("vi", "I lost my identity card", en),
            ("vi", "can I do it online", en),
            ("vi", "where is the Bến Xuân ward office", en),
            ("vi", "how do I register a birth for Nguyễn Văn Đức", en),
            ("vi", "is the office open on Saturday", en),
            ("vi", "talk to a person", en),
            ("vi", "I want to get married to a Vietnamese citizen", en),
            ("vi", "my mother can't walk, can you come", en),
            ("vi", "thank you, and how much is it", en),
            ("vi", "HOW MUCH IS IT", en),
        ],
    );
}

#[test]
fn where_nothing_tells_the_page_does() {
    check(
        &["vi", "en"],
        &[
            ("en", "ok", None),
            ("vi", "ok", None),
            ("en", "thanks", None),
            ("vi", "hello", None),
            ("vi", "ok thanks", None),
            ("vi", "passport", None),
            ("vi", "wifi", None),
            ("vi", "wifi password", None),
            ("vi", "can", None),
            ("en", "2", None),
            ("en", "12/3/2020", None),
            ("en", "0912345678", None),
            ("en", "K7QX3-M9DA0", None),
            ("en", "👍", None),
            ("en", "?", None),
            ("en", "", None),
            ("vi", "CCCD", None),
            ("en", "Nguyen Van Duc", None),
            // Languages the site doesn't speak.
            ("en", "comment déclarer une naissance ?", None),
            ("vi", "comment déclarer une naissance ?", None),
            ("vi", "wie kann ich eine Geburt anmelden", None),
            ("en", "¿cómo puedo registrar un nacimiento?", None),
            ("vi", "come posso registrare una nascita", None),
            ("vi", "jak zarejestrować dziecko", None),
            ("vi", "как получить справку", None),
            ("en", "出生証明書はどこで", None),
        ],
    );
    // One language alone: nothing to tell.
    check(&["vi"], &[("vi", "how do I register a birth", None)]);
}

#[test]
fn french_and_its_neighbours_are_told() {
    let (en, fr) = (Some("en"), Some("fr"));
    check(
        &["en", "fr"],
        &[
            ("en", "oui merci", fr),
            ("en", "quels sont les horaires ?", fr),
            ("en", "horaires d'ouverture", fr),
            ("en", "je voudrais faire reparer mon velo", fr),
            ("en", "où est ma commande ?", fr),
            ("en", "combien coûte la livraison", fr),
            ("en", "carte cadeau", fr),
            ("en", "est-ce que vous livrez à Québec", fr),
            ("fr", "do you repair bikes", en),
            ("fr", "where is my order", en),
            ("fr", "how much is delivery", en),
            ("fr", "can I test ride it", en),
            ("fr", "merci", None),
            ("en", "sí gracias, ¿dónde está?", None),
            ("en", "tôi muốn mua xe", None),
            ("fr", "OK", None),
        ],
    );
    check(
        &["vi", "fr", "en"],
        &[
            ("vi", "je voudrais un acte de naissance", fr),
            ("fr", "cho tôi hỏi giờ làm việc", Some("vi")),
            ("fr", "lệ phí", Some("vi")),
            ("vi", "frais de dossier", fr),
            ("vi", "là gì", Some("vi")),
        ],
    );
}

#[test]
fn scripts_decide_at_once() {
    check(
        &["vi", "zh", "ja", "ko", "th", "lo", "km", "ru", "uk", "ar", "es"],
        &[
            ("vi", "出生证明怎么办", Some("zh")),
            ("ja", "出生届", Some("ja")),
            ("vi", "営業時間は？", Some("ja")),
            ("vi", "영업시간", Some("ko")),
            ("vi", "เปิดกี่โมง", Some("th")),
            ("vi", "ເປີດຈັກໂມງ", Some("lo")),
            ("vi", "ម៉ោងធ្វើការ", Some("km")),
            ("vi", "как получить справку", Some("ru")),
            ("vi", "як отримати довідку", Some("uk")),
            ("ru", "де отримати довідку", Some("uk")),
            ("vi", "привет", Some("ru")),
            ("vi", "ساعات العمل", Some("ar")),
            ("vi", "làm CCCD ở đâu", Some("vi")),
            ("vi", "CCCD 在哪里办", Some("zh")),
            ("vi", "¿dónde puedo hacer el trámite?", Some("es")),
        ],
    );
    check(&["en", "fr"], &[("en", "привет", None), ("fr", "营业时间", None)]);
}

#[test]
fn varieties_stay_the_pages() {
    let codes = ["pt-br".to_owned(), "en-gb".to_owned(), "en-us".to_owned()];
    let languages = Languages::new(&codes, []);
    assert_eq!(languages.detect_language("how do I register a birth", "en-us"), Some("en-us"));
    assert_eq!(languages.detect_language("how do I register a birth", "pt-br"), Some("en-gb"));
    assert_eq!(languages.detect_language("não sei onde fica, obrigado", "en-us"), Some("pt-br"));
}

#[test]
fn what_a_site_expects_to_hear_is_in_its_language() {
    let (vi, en, fr) = (Some("vi"), Some("en"), Some("fr"));
    let codes = ["vi".to_owned(), "en".to_owned()];
    let texts = [
        ("vi", "cảm ơn"),
        ("vi", "sổ đỏ"),
        ("vi", "hộ khẩu"),
        ("vi", "thank you"),
        ("vi", "cccd"),
        ("vi", "lỗi"),
        ("en", "household book (hộ khẩu, sổ hộ khẩu)"),
        ("en", "CCCD"),
        ("en", "marriage"),
        ("en", "divorce"),
        ("en", "so, do I pay"),
    ];
    let languages = Languages::new(&codes, texts);
    for (text, page, expected) in [
        ("cam on", "en", vi),
        ("ok cam on", "en", vi),
        ("so do", "en", vi),
        ("ho khau", "en", vi),
        ("Hộ khẩu?", "en", vi),
        ("marriage", "vi", en),
        ("divorce", "vi", en),
        ("help", "vi", en),
        ("where", "vi", en),
        // Both have it; every language has it; Vietnamese only by a site's list; short; nobody's.
        ("cccd", "en", None),
        ("CCCD", "vi", None),
        ("thanks", "vi", None),
        ("ok", "en", None),
        ("loi", "en", vi),
        ("Linh", "en", None),
    ] {
        let told = languages.detect_language(text, page);
        assert_eq!(told, expected, "{text} on a page in {page}");
    }
    let codes = ["en".to_owned(), "fr".to_owned()];
    let texts = [
        ("en", "delivery"),
        ("en", "how much is delivery"),
        ("fr", "livraison"),
        ("fr", "réparation de vélo"),
    ];
    let languages = Languages::new(&codes, texts);
    for (text, page, expected) in [
        ("merci", "en", fr),
        ("bonjour", "en", fr),
        ("livraison", "en", fr),
        ("reparation", "en", fr),
        ("delivery", "fr", en),
        ("hi", "fr", None),
    ] {
        assert_eq!(languages.detect_language(text, page), expected, "{text} on a page in {page}");
    }
}
