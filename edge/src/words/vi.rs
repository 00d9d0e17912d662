//! Tiếng Việt: lời lẽ lịch sự, gần gũi, không dùng từ chuyên môn.

use super::PageWord;
use wire::Word;

/// Câu chữ cho `word`.
pub fn word(word: Word) -> &'static str {
    match word {
        Word::Close => "Đóng",
        Word::Open => "Mở khung hỏi đáp",
        Word::Conversation => "Nội dung trao đổi",
        Word::YourQuestion => "Câu hỏi của quý vị",
        Word::TypeHere => "Nhập câu hỏi…",
        Word::Send => "Gửi",
        Word::You => "Quý vị",
        Word::Assistant => "Trợ lý tự động",
        Word::Agency => "Hệ thống của cơ quan",
        Word::Staff => "Nhân viên",
        Word::Answering => "Đang soạn câu trả lời…",
        Word::Stop => "Dừng trả lời",
        Word::CutShort => "Câu trả lời đã dừng giữa chừng.",
        Word::Waiting => "Đang chờ gửi",
        Word::NotSent => "Chưa gửi được.",
        Word::TryAgain => "Gửi lại",
        Word::Reconnecting => "Mất kết nối, đang nối lại…",
        Word::BackOnline => "Đã kết nối lại.",
        Word::TooLong => "Thừa {} ký tự. Xin viết ngắn lại rồi gửi.",
        Word::TooFast => "Tin gửi hơi dồn dập. Xin chờ một chút.",
        Word::TooMuch => {
            "Hiện chúng tôi chưa nhận thêm được tin nhắn. Nội dung bạn viết vẫn được giữ và sẽ gửi sau; nếu gấp, xin vui lòng gọi điện."
        }
        Word::Reload => "Trang này đã cũ. Xin tải lại trang để dùng tiếp.",
        Word::Broken => "Hệ thống đang trục trặc. Xin thử lại sau ít phút.",
        Word::CantShow => "Nội dung này chưa hiển thị được ở đây.",
        Word::Papers => "Giấy tờ cần có",
        Word::Steps => "Các bước thực hiện",
        Word::Fee => "Lệ phí",
        Word::Time => "Thời hạn",
        Word::Place => "Nơi làm thủ tục",
        Word::Legal => "Căn cứ pháp lý",
        Word::Phone => "Điện thoại",
        Word::Email => "Thư điện tử",
        Word::Address => "Địa chỉ",
        Word::Hours => "Giờ làm việc",
        Word::ReachUs => "Liên hệ trực tiếp",
        Word::NewWindow => "(mở cửa sổ mới)",
        Word::NewMessages => "Tin nhắn mới",
        Word::Language => "Ngôn ngữ",
        Word::ShowReply => "Xem câu trả lời",
        Word::SoftwareNote => "Phần mềm trả lời tự động. Việc quan trọng, xin hỏi lại nhân viên.",
        Word::Says => "{} trả lời:",
        Word::OpenAsPage => "Mở thành trang riêng",
        Word::CantLoad => "Chưa tải được khung hỏi đáp ở đây.",
        Word::StartOver => "Bắt đầu lại",
        Word::Choices => "Chọn nhanh",
        Word::Loading => "Đang tải…",
        Word::Expired => "Cuộc trao đổi trước đã hết hạn. Đây là cuộc trao đổi mới.",
        Word::NoSite => "Không tìm thấy trang hỏi đáp này. Xin kiểm tra lại đường dẫn.",
        Word::NotHere => "Trang web này chưa được phép dùng khung hỏi đáp.",
        Word::Unread => "{} tin chưa đọc",
        Word::StartOverNote => "Xóa cuộc trao đổi này và bắt đầu lại?",
        Word::Cancel => "Giữ nguyên",
        Word::Lang => "vi",
        Word::Display => "Hiển thị và ngôn ngữ",
        Word::Larger => "Chữ to hơn",
        Word::Smaller => "Chữ nhỏ hơn",
        Word::Plain => "Chế độ dễ dùng",
        Word::ReadAloud => "Đọc thành tiếng",
        Word::StopReading => "Ngừng đọc",
        Word::Speak => "Nói câu hỏi",
        Word::Listening => "Đang nghe, mời quý vị nói…",
        Word::OtherQuestion => "Hỏi việc khác",
        Word::Earlier => "Xem các câu trước",
        Word::Source => "Nguồn",
        Word::Save => "Lưu cuộc trao đổi",
        Word::Important => "Thông báo quan trọng",
        Word::PersonalFound => "Tin nhắn có vẻ chứa: {}.",
        Word::PersonalAsk => "Nếu không cần thiết, xin ẩn đi trước khi gửi.",
        Word::PersonalRefused => "Để bảo vệ quý vị, khung hỏi đáp này không nhận thông tin đó.",
        Word::HideAndSend => "Ẩn rồi gửi",
        Word::SendAsIs => "Gửi nguyên văn",
        Word::Edit => "Sửa lại",
        Word::PersonalData => "thông tin cá nhân",
        Word::CitizenId => "số căn cước",
        Word::OldId => "số chứng minh nhân dân",
        Word::Insurance => "mã số bảo hiểm",
        Word::TaxCode => "mã số thuế",
        Word::Passport => "số hộ chiếu",
        Word::Plate => "biển số xe",
        Word::PhoneNumber => "số điện thoại",
        Word::EmailAddress => "địa chỉ thư điện tử",
        Word::CardNumber => "số thẻ ngân hàng",
        Word::SwitchedOff => "Khung hỏi đáp đang tạm ngừng. Xin liên hệ trực tiếp.",
        Word::Elsewhere => "Tiếp tục trên thiết bị khác",
    }
}

/// Câu chữ cho `word`.
pub fn page(word: PageWord) -> &'static str {
    match word {
        PageWord::BackToChat => "Quay lại cuộc trao đổi",
        PageWord::ElsewhereHow => "Dùng máy ảnh của thiết bị kia quét hình này, hoặc mở đường dẫn bên dưới.",
        PageWord::ElsewhereType => "Hoặc vào {} rồi nhập mã:",
        PageWord::ElsewhereOnce => {
            "Mã chỉ dùng được một lần, trong 10 phút. Ai có mã sẽ đọc được cuộc trao đổi này, xin đừng gửi cho người khác."
        }
        PageWord::ContinueHere => "Tiếp tục tại đây",
        PageWord::Code => "Mã",
        PageWord::CodeHint => "Mã gồm 10 chữ cái và chữ số, hiện trên thiết bị kia.",
        PageWord::CodeRefused => {
            "Mã này không mở được cuộc trao đổi nào. Mỗi mã chỉ dùng một lần, trong 10 phút. Xin lấy mã mới trên thiết bị kia."
        }
    }
}
