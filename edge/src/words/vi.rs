//! Tiếng Việt: lời lẽ lịch sự, gần gũi, không dùng từ chuyên môn.

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
    }
}
