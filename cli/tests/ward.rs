//! What the ward example tells citizens: the questions that were once answered with a fact of yesterday's law, or by a
//! neighbour of what was asked, and what the answers must and must not say.
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use hoi_core::decide::{self, Published, Turn};
use intent::Scratch;
use site::{ProcedureDefinition, Site};
use std::path::{Path, PathBuf};

/// Questions, the language they are asked in, and the intent that answers or is offered first.
const QUESTIONS: &[(&str, &str, &str)] = &[
    // Since 2026 two citizens hand in no certificate of marital status: the marriage answers, not the certificate.
    ("vi", "đăng ký kết hôn có cần giấy xác nhận độc thân không", "ket-hon"),
    ("vi", "dang ky ket hon co can giay doc than hong", "ket-hon"),
    ("vi", "kết hôn năm nay còn phải xin giấy độc thân hông", "ket-hon"),
    ("vi", "cuoi vo co can xac nhan tinh trang hon nhan ko", "ket-hon"),
    ("vi", "đã ly hôn đăng ký kết hôn lại có cần giấy độc thân", "ket-hon"),
    ("en", "do I need a certificate of marital status to get married", "ket-hon"),
    ("vi", "giấy độc thân để mua nhà", "tinh-trang-hon-nhan"),
    ("vi", "xin giay doc than di nuoc ngoai ket hon", "tinh-trang-hon-nhan"),
    ("vi", "xây nhà 2 tầng ở quê có phải xin phép không", "giay-phep-xay-dung"),
    ("vi", "xay nha 3 tang co can giay phep", "giay-phep-xay-dung"),
    ("vi", "xay nha tren dat o nong thon co can xin phep ko", "giay-phep-xay-dung"),
    ("en", "do I need a permit for a two storey house", "giay-phep-xay-dung"),
    ("vi", "làm khai sinh và căn cước cho bé cùng lúc", "lien-thong-khai-sinh"),
    ("vi", "nhập khẩu cho bé 2 tuổi có cần chủ nhà đồng ý không", "lien-thong-khai-sinh"),
    ("vi", "bố mẹ lên chơi ở lại có phải khai báo không", "luu-tru"),
    ("vi", "luu tru ong ba ngoai bao 1 lan duoc khong", "luu-tru"),
    ("vi", "chị ruột ở lại một tuần có cần khai báo lưu trú", "luu-tru"),
    ("vi", "tro cap nguoi gia bao nhieu 1 thang", "nguoi-cao-tuoi"),
    ("vi", "mai táng phí bao nhiêu tiền", "mai-tang"),
    ("vi", "mất căn cước làm lại mấy ngày bao nhiêu tiền", "can-cuoc-mat"),
    ("vi", "be 1 tuoi lam the can cuoc", "can-cuoc-tre-em"),
    // Not here, there.
    ("vi", "đăng ký xe máy mới", "dang-ky-xe"),
    ("vi", "mất cà vẹt xe", "dang-ky-xe"),
    ("vi", "lý lịch tư pháp", "ly-lich-tu-phap"),
    ("vi", "bằng lái", "bang-lai"),
    ("vi", "bang lai xe may het han", "bang-lai"),
    ("vi", "hộ chiếu", "ho-chieu"),
    ("vi", "mat ho chieu", "ho-chieu"),
    ("vi", "công ty yêu cầu nộp phiếu lý lịch tư pháp số 2 thì sao", "ly-lich-tu-phap"),
    ("en", "my employer wants a criminal record no 2", "ly-lich-tu-phap"),
    // What was abolished leads to who does it now.
    ("vi", "lên công an quận được không", "sap-nhap"),
    ("vi", "ubnd huyen gio o cho nao", "sap-nhap"),
    ("en", "is the district office still open", "sap-nhap"),
    ("vi", "luật hộ tịch mới áp dụng khi nào", "luat-ho-tich-moi"),
    ("vi", "co nen doi luat ho tich moi khong", "luat-ho-tich-moi"),
    ("vi", "vườn nhà chuyển lên thổ cư phải nộp bao nhiêu", "chuyen-muc-dich"),
    ("vi", "75 tuổi khám bệnh có phải trả tiền không", "bhyt"),
    ("vi", "thuong binh huong bao nhieu tien thang", "nguoi-co-cong"),
    ("vi", "tạm trú cần hợp đồng thuê nhà không", "tam-tru"),
    ("vi", "lien thong khai sinh can giay to gi", "lien-thong-khai-sinh"),
    ("vi", "đăng ký khai sinh trực tuyến ở đây được luôn không", "khai-sinh"),
    ("vi", "ly di roi cuoi lai can giay to gi", "ket-hon"),
    ("en", "renew my passport", "ho-chieu"),
    ("vi", "mất điện từ tối qua gọi số nào", "dien-nuoc"),
    ("vi", "cup nuoc", "dien-nuoc"),
    ("en", "power cut in my street", "dien-nuoc"),
    // What was answered by a neighbour, and surely.
    ("vi", "giấy chứng sinh bị sai tên mẹ", "giay-chung-sinh"),
    ("vi", "giay chung sinh sai ngay sinh sua o dau", "giay-chung-sinh"),
    ("vi", "giấy khai sinh bị sai tên mẹ", "cai-chinh-ho-tich"),
    ("vi", "mất giấy chứng sinh làm khai sinh được không", "khai-sinh-qua-han"),
    ("vi", "xin chuyển trường", "chuyen-truong"),
    ("vi", "chuyen truong cho con tu tinh len", "chuyen-truong"),
    ("vi", "tuyển sinh lớp 10 thi mấy môn", "lop-10"),
    ("vi", "đăng ký vào lớp mười", "lop-10"),
    ("vi", "con vào lớp 6 đăng ký sao", "nhap-hoc"),
    ("vi", "phù hiệu xe hợp đồng xin ở đâu", "phu-hieu-xe"),
    ("vi", "phu hieu xe tai", "phu-hieu-xe"),
    // A topic alone is what most people mean by it, not the loss or the end of the thing.
    ("vi", "khai sinh", "khai-sinh"),
    ("vi", "sổ đỏ", "so-do-lan-dau"),
    ("vi", "can cuoc", "can-cuoc-lam-moi"),
    ("vi", "hộ kinh doanh", "ho-kinh-doanh"),
    // What nothing answered.
    ("vi", "lỡ số rồi làm sao", "lo-so"),
    ("vi", "hết giờ rồi mà chưa tới lượt tôi", "lo-so"),
    ("vi", "không có điện thoại thông minh", "khong-dien-thoai"),
    ("vi", "hộ kinh doanh bao nhiêu thì phải đóng thuế", "thue-ho-kinh-doanh"),
    ("vi", "thuế khoán còn không", "thue-ho-kinh-doanh"),
    ("vi", "5 ngày chưa thấy gì", "tra-cuu-ho-so"),
    ("vi", "nop 5 ngay roi chua thay gi", "tra-cuu-ho-so"),
    ("vi", "công an gọi điện bắt cài app", "lua-dao"),
    ("vi", "làm sao biết cuộc gọi lừa đảo", "lua-dao"),
    ("vi", "nộp hồ sơ ở phường khác được không", "nop-noi-khac"),
    ("vi", "24/11 phường có làm việc không", "nghi-le"),
    ("vi", "tet phuong nghi may ngay", "nghi-le"),
    ("vi", "thứ Bảy có làm việc không", "gio-lam-viec"),
    ("vi", "hom nay phuong co lam khong", "gio-lam-viec"),
    ("vi", "làm giấy khai sinh cho con", "khai-sinh"),
    ("vi", "chứng thực bản sao bao nhiêu tiền", "chung-thuc-ban-sao"),
];

/// What must not be answered by any intent.
const NOT_OURS: &[&str] = &[
    "giáo viên dạy thêm có phải xin phép",
    "sổ sức khỏe điện tử",
    "hôm nay trời có mưa không",
    "Làm hộ chiếu cho chó ở đâu?",
    // A name or a number alone once read as an exam ("thi").
    "Nguyễn Thị Lan",
    "Hoàng Thị Thảo Nguyên",
    "1234",
    "tháng 3 năm 1945",
    "hộ tịch",
];

/// What an answer must say and must not, in Vietnamese and English; with its procedure's papers, fee, time and legal basis.
const SAYS: &[(&str, &[&str], &[&str])] = &[
    (
        "ket-hon",
        &[
            "không phải nộp giấy xác nhận tình trạng hôn nhân",
            "1/1/2026",
            "hỏi lại",
            "need not hand in",
            "66.7/2025",
        ],
        &["Giấy xác nhận tình trạng hôn nhân, nếu", "Certificate of marital status, if"],
    ),
    ("tinh-trang-hon-nhan", &["không phải nộp giấy này", "no longer needed"], &["(kết hôn, mua bán nhà"]),
    (
        "giay-phep-xay-dung",
        &[
            "dưới 7 tầng",
            "500 m²",
            "hỏi lại",
            "135/2025",
            "under seven storeys",
            "217/2026",
            "hiệu lực 1/7/2026",
        ],
        &[
            "135/2025/QH15 (từ 1/1/2026)",
            "Xây mới, nâng tầng, đổi kết cấu**: phải có phép",
            "New houses, added floors",
        ],
    ),
    (
        "lien-thong-khai-sinh",
        &["1/9/2026", "thẻ căn cước", "không còn phải xin", "301/2026", "no longer asked for"],
        &["Ý kiến đồng ý của chủ hộ", "Consent of the head"],
    ),
    (
        "luu-tru",
        &["lần nào ông bà cũng báo", "người đến ở tự báo", "23 giờ", "report each stay"],
        &["chỉ cần báo một lần", "once is enough. ", "Báo trực tiếp", "In person"],
    ),
    ("tam-vang", &["Cổng Dịch vụ công hoặc VNeID", "only"], &["Khai trực tiếp", "In person"]),
    (
        "nguoi-cao-tuoi",
        &["540.000 đồng", "335/2026", "hỏi lại", "540,000"],
        &["Mức tiền theo quy định từng thời kỳ"],
    ),
    ("mai-tang", &["335/2026", "đã nộp văn bản đề nghị", "hỏi lại"], &[]),
    ("khuyet-tat", &["540.000 đồng", "335/2026", "hỏi lại"], &[]),
    ("can-cuoc-mat", &["5 ngày", "70.000 đồng", "31/12/2026", "28/2/2027", "58/2026"], &[]),
    ("can-cuoc-doi", &["50.000 đồng", "31/12/2026", "50,000"], &[]),
    ("can-cuoc-tre-em", &["cùng lúc với khai sinh"], &[]),
    ("vneid-muc-2", &["320/2026"], &[]),
    ("thuong-tru", &["Trẻ dưới 6 tuổi", "118/2025", "không bị đòi", "58/2026"], &[]),
    ("tach-ho", &["1/7/2026", "không bị đòi", "hỏi lại", "ask"], &[]),
    // Since July 2026 nobody may ask for no. 2, and for no. 1 only where a law says so.
    (
        "ly-lich-tu-phap",
        &["1/7/2026", "không được đòi phiếu số 2", "chỉ được đòi phiếu số 1", "may not ask for no. 2"],
        &["Công ty chỉ cần", "Employers need"],
    ),
    ("dang-ky-xe", &["Phòng Cảnh sát giao thông", "công an cấp xã", "hỏi lại"], &[]),
    ("to-cao", &["1/7/2026", "hỏi lại", "1 July 2026"], &[]),
    ("tiep-cong-dan", &["trực tuyến", "1 July 2026"], &[]),
    ("chuyen-muc-dich", &["254/2025", "30%", "hỏi lại"], &[]),
    ("bhyt", &["261/2025", "100%", "near-poor"], &[]),
    ("nguoi-co-cong", &["3.012.000", "321/2026", "hỏi lại", "3,012,000"], &[]),
    ("ho-kinh-doanh-tam-ngung", &["23/7/2026", "hỏi lại"], &[]),
    ("ho-kinh-doanh-cham-dut", &["23/7/2026", "hỏi lại"], &[]),
    ("chung-thuc-hop-dong", &["phường, xã khác", "hỏi lại"], &[]),
    ("luat-ho-tich-moi", &["1/3/2027", "đừng đợi", "hỏi lại", "1 March 2027"], &[]),
    ("sap-nhap", &["công an, tư pháp, UBND quận, huyện", "district police"], &[]),
    ("tam-tru", &["không phải chứng minh chỗ ở", "118/2025", "58/2026"], &[]),
    (
        "khai-sinh",
        &[
            "khai trước",
            "18/2026",
            "03/2026",
            "in advance",
            "Trung tâm Phục vụ hành chính công trong thành phố",
        ],
        &[],
    ),
    ("khai-sinh-qua-han", &["hỏi lại"], &["không bị phạt", "there is no fine"]),
    ("ho-kinh-doanh", &["296/2026"], &[]),
    ("thue-ho-kinh-doanh", &["1 tỷ đồng", "141/2026", "hỏi lại", "one billion"], &[]),
    ("so-do-lan-dau", &["226/2025", "49/2026"], &[]),
    ("khieu-nai", &["136/2025", "hỏi lại"], &[]),
    // Numbers are one class to the matcher: where it can't tell one grade from another, neither answer may be wrong.
    (
        "nhap-hoc",
        &["mỗi thành phố", "hỏi lại", "Lớp 10 do Sở Giáo dục và Đào tạo"],
        &["thường nộp **trực tuyến** vào tháng 6"],
    ),
    ("nghi-le", &["24/11", "3/5", "hỏi lại", "24 November"], &[]),
    ("dien-nuoc", &["114", "hóa đơn"], &[]),
    ("lua-dao", &["113", "OTP"], &[]),
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace").join("examples/ward")
}

fn ward() -> Site {
    let checked = site::read::load_site(&folder()).expect("it can be read");
    checked.unwrap_or_else(|report| panic!("{report}")).site
}

/// Everything that an intent says, in both languages, without the marks of Markdown.
fn told(site: &Site, id: &str) -> String {
    let intent =
        site.intents.iter().find(|intent| intent.id == id).unwrap_or_else(|| panic!("no intent {id}"));
    let procedure = intent.procedure.as_ref().and_then(|name| site.procedures.get(name));
    let mut told: Vec<String> = intent.answer.0.values().cloned().collect();
    told.extend(procedure.iter().flat_map(|procedure| card(procedure)));
    told.join("\n").replace("**", "")
}

fn card(procedure: &ProcedureDefinition) -> Vec<String> {
    let texts = [&procedure.fee, &procedure.time, &procedure.place].into_iter();
    let lists =
        [&procedure.papers, &procedure.legal].into_iter().flat_map(|list| list.0.values().flatten().cloned());
    texts.flat_map(|text| text.0.values().cloned()).chain(lists).collect()
}

#[test]
fn questions_reach_their_answers() {
    let site = ward();
    let model = intent::train(&site::training_examples(&site), &site::training_options(&site), &mut |_| {})
        .expect("it can be trained");
    let published = Published::new(0, site, model);
    let mut scratch = Scratch::default();
    let mut wrong = Vec::new();
    for (lang, question, expected) in QUESTIONS {
        let ranking = published.model.rank(question, lang, &mut scratch);
        let first = decide::candidate_intents(&published, &ranking)
            .into_iter()
            .next()
            .map(|(intent, _)| intent.id.clone());
        let turn = decide::decide_turn(&published, lang, question, None, &mut scratch);
        let said = matches!(turn, Turn::Answer(..) | Turn::Ask(_));
        if first.as_deref() != Some(expected) || !said {
            wrong.push(format!(
                "{question:?} should lead to {expected}, leads to {first:?} ({:?})",
                ranking.outcome
            ));
        }
    }
    for question in NOT_OURS {
        let turn = decide::decide_turn(&published, "vi", question, None, &mut scratch);
        if matches!(turn, Turn::Answer(..)) {
            wrong.push(format!("{question:?} is answered"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn answers_say_what_holds_in_november_2026() {
    let site = ward();
    let mut wrong = Vec::new();
    for (id, must, must_not) in SAYS {
        let told = told(&site, id);
        wrong.extend(
            must.iter().filter(|text| !told.contains(**text)).map(|text| format!("{id} lacks {text:?}")),
        );
        wrong.extend(
            must_not.iter().filter(|text| told.contains(**text)).map(|text| format!("{id} says {text:?}")),
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Every procedure of civil status names what amended its law, and the law that comes.
#[test]
fn civil_status_knows_its_law() {
    let site = ward();
    for name in [
        "khai-sinh",
        "khai-tu",
        "ket-hon",
        "ket-hon-nuoc-ngoai",
        "giam-ho",
        "nhan-cha-me-con",
        "trich-luc",
        "cai-chinh-ho-tich",
        "dang-ky-lai-khai-sinh",
        "tinh-trang-hon-nhan",
    ] {
        let legal: Vec<String> = site.procedures[name].legal.0.values().flatten().cloned().collect();
        for text in ["18/2026", "66.7/2025", "120/2025", "03/2026/QH16"] {
            assert!(
                legal.iter().filter(|line| line.contains(text)).count() >= 2,
                "{name} lacks {text} in a language"
            );
        }
    }
}

/// The five working days of 2026 on which the chat once said "open", and the Saturdays worked for two of them.
#[test]
fn the_ward_is_closed_when_nobody_is_there() {
    let settings = ward().settings;
    let open = |time: &str| {
        let time: jiff::Timestamp = time.parse().expect("a time");
        let now = u64::try_from(time.as_millisecond()).expect("after 1970");
        matches!(
            hoi_core::hours::opening_state(&settings, now),
            Some(hoi_core::hours::OpeningState::Open { .. })
        )
    };
    for day in
        ["2026-01-02", "2026-04-27", "2026-08-31", "2026-09-01", "2026-09-02", "2026-11-24", "2026-02-16"]
    {
        assert!(!open(&format!("{day}T09:00:00+07:00")), "{day}");
    }
    for day in
        ["2026-01-10", "2026-08-22", "2025-11-24", "2026-02-13", "2026-02-23", "2026-11-23", "2027-05-04"]
    {
        assert!(open(&format!("{day}T09:00:00+07:00")), "{day}");
    }
    assert!(open("2026-08-22T16:00:00+07:00"), "a Saturday in a Monday's place has an afternoon");
    assert!(!open("2026-08-15T16:00:00+07:00"), "another has none");
    // Days begin by the ward's clock: in Greenwich it is still 23 November.
    assert!(!open("2026-11-23T23:30:00Z") && open("2026-11-25T01:00:00Z") && !open("2026-11-24T01:00:00Z"));
}

/// Receipts promise days by the same calendar.
#[test]
fn working_days_are_the_wards() {
    let settings = ward().settings;
    let due = |time: &str, days: u32| {
        let time: jiff::Timestamp = time.parse().expect("a time");
        let now = u64::try_from(time.as_millisecond()).expect("after 1970");
        hoi_core::hours::working_day(&settings, now, days).expect("there is one").to_string()
    };
    // Friday, 28 August: Saturday is worked, then National Day's days.
    assert_eq!(due("2026-08-28T10:00:00+07:00", 1), "2026-08-29");
    assert_eq!(due("2026-08-28T10:00:00+07:00", 2), "2026-09-03");
    assert_eq!(due("2026-08-21T10:00:00+07:00", 1), "2026-08-22", "the Saturday that is worked");
    assert_eq!(due("2026-04-25T10:00:00+07:00", 1), "2026-04-28", "Hùng Kings' Day is made up on Monday");
    assert_eq!(due("2026-11-23T10:00:00+07:00", 1), "2026-11-25");
    assert_eq!(due("2025-12-31T10:00:00+07:00", 1), "2026-01-03");
    assert_eq!(due("2026-02-14T10:00:00+07:00", 1), "2026-02-21", "Tết");
    assert_eq!(due("2027-02-04T10:00:00+07:00", 1), "2027-02-11", "the next Tết, as far as it is known");
}
