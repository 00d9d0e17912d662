//! Whether somebody asks after something handed in before: how far it is, whether it came, when it can be fetched.

use super::normalise_text;

/// What such a question comes down to, in each language: a matcher that knows where such matters are looked up knows it by these.
pub const EXAMPLES: &[(&str, &str)] = &[
    ("vi", "hồ sơ của tôi nộp tới đâu rồi"),
    ("en", "what is the status of my application"),
    ("fr", "où en est mon dossier"),
];

/// What is handed in, and what is given for it.
const THINGS: &str = "\
    ho so|hs|giay|giay to|giay hen|don|don tu|to khai|to don|ket qua|bien nhan|bien lai|ma so|\
    ma ho so|ma tra cuu|phieu hen|phieu tiep nhan|so bien nhan|tien do|thu tuc|the can cuoc|\
    can cuoc|so do|so hong|giay phep|ban sao|trich luc|application|applications|file|case|\
    papers|paper|form|forms|certificate|documents|document|request|registration|permit|receipt|\
    submission|dossier|demande|acte|formulaire|papiers|recepisse|paperwork|id card|identity card";

/// What is asked of it.
const STANDS: &str = "\
    toi dau|den dau|den khau|o khau nao|toi khau|buoc nao|sao roi|ra sao|the nao roi|rang roi|\
    xong chua|co chua|co roi chua|duoc chua|duyet chua|giai quyet chua|xu ly chua|ky chua|\
    nhan duoc chua|nhan chua|lay duoc chua|lay chua|chua thay|chua xong|chua nhan|chua tra|\
    chua nghe|roi chua co|tuan chua co|thang chua co|ngay chua co|khong thay tra loi|\
    khong thay ai|chung nao co|chung nao xong|chung nao lay|chung nao nhan|bao gio co|\
    bao gio xong|bao gio lay|bao gio nhan|bao gio duoc|bao gio tra|khi nao co|khi nao xong|\
    khi nao lay|khi nao nhan|khi nao duoc lay|khi nao duoc nhan|khi nao tra|khi nao toi duoc|\
    hom nao co|hom nao lay|ngay nao co|ngay nao lay|may gio lay|tien do|tinh trang|theo doi|\
    tra cuu|tra dum|tra giup|tra cho|xem giup|xem ket qua|check|coi giup|coi dum|xem dum|kiem tra|ngay hen|co tin gi|co gi moi|\
    dau roi|mo roi|status|progress|how far|is ready|ready yet|it ready|ready|done yet|any news|\
    news|update|processed|approved|dealt with|did you get|did you receive|have you got|\
    have you received|you receive|been received|arrived|hear back|heard nothing|heard back|\
    no answer|still nothing|still waiting|taking so long|take so long|what now|what happens now|\
    what happened|pick up|collect|track|tracking|look up|lookup|check on|follow up|lost my|\
    ou en est|ou en sont|suivi|suivre|avez vous recu|est pret|est prete|avancement|\
    des nouvelles|toujours pas|toujours rien|went through|go through|gone through|finished|\
    nobody answered|nobody has answered|no reply|chua ai|dang xu ly|cho xu ly|bao cho|lay duoc";

/// That it was handed in, or is one's own.
const HANDED_IN: &str = "\
    da nop|toi nop|em nop|minh nop|tui nop|chau nop|bac nop|nop hom|nop bua|nop tuan|nop thang|\
    nop hoi|nop roi|nop online|nop tren mang|nop qua mang|da gui|toi gui|em gui|gui hom|gui don|\
    gui ho so|gui roi|bua truoc|hom truoc|thang roi|tuan roi|ngay roi|tuan truoc|thang truoc|\
    hom qua|hom kia|lam hom|lam tuan|lam thang|i applied|i submitted|i filed|i sent|i handed|\
    we applied|we submitted|already applied|applied last|applied on|j ai depose|j ai envoye|\
    j ai fait ma demande|i sent everything|weeks ago|days ago|da nop xong|nop xong";

/// So it stands by itself, whatever is meant.
const ALONE: &str = "\
    co ket qua chua|bao gio co ket qua|khi nao co ket qua|chung nao co ket qua|bao gio co giay|\
    khi nao co giay|chung nao co giay|lay giay duoc chua|lay duoc giay chua|giay xong chua|\
    co giay chua|mat giay hen|mat bien nhan|mat giay bien nhan|quen ma ho so|mat ma ho so|\
    tra cuu ho so|tra cuu tien do|tra cuu ket qua|case number|file number|application number|\
    tracking number|numero de dossier";

/// Matters that have a state as well, but are handed in nowhere.
const OTHERS: &str = "\
    ket qua thi|ky thi|thi lop|thi tot nghiep|diem thi|xo so|ve so|bong da|tran dau|xet nghiem|bau cu|trung so|\
    trung thuong|don hang|goi hang|luong|weather|match|exam|order|parcel|repair|visa|commande|colis|meteo";

/// Whether `text` asks after something that was handed in.
pub fn is_case_inquiry(text: &str) -> bool {
    let line = format!(" {} ", normalise_text(text));
    let has = |phrases: &str| phrases.split('|').any(|phrase| line.contains(&format!(" {phrase} ")));
    if has(OTHERS) {
        return false;
    }
    let when = has("khi nao|bao gio|chung nao|luc nao|hom nao|ngay nao|khi mo") && has("nhan|lay|xong|tra");
    has(ALONE)
        || has(THINGS) && when
        || (has(THINGS) || has(HANDED_IN)) && (has(STANDS) || is_asked_back(&line, &has))
}

/// Whether `text` may ask after something handed in: enough where the matcher takes it for that, though it is not sure.
pub fn may_be_case_inquiry(text: &str) -> bool {
    let line = format!(" {} ", normalise_text(text));
    let has = |phrases: &str| phrases.split('|').any(|phrase| line.contains(&format!(" {phrase} ")));
    !has(OTHERS) && (has(THINGS) || has(HANDED_IN) || has(STANDS))
}

/// "Did you get it?", with the verb apart: "phường nhận được đơn của em chưa".
fn is_asked_back(line: &str, has: &impl Fn(&str) -> bool) -> bool {
    let ends = ["chua ", "chua a ", "chua vay ", "chua ha ", "khong ", "khong a "]
        .iter()
        .any(|end| line.ends_with(end));
    ends && has("nhan duoc|da nhan|nhan|lay|duyet|giai quyet|xu ly|xong|co tin|tra loi|gui ve|co van de")
        && (has(HANDED_IN) || has("cua toi|cua em|cua minh|cua tui|cua chau|cua bac|cua con|toi|em"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_asks_after_something_handed_in_is_heard() {
        for text in [
            "giấy tờ của tui chừng nào có",
            "bao giờ có kết quả ạ",
            "khi nào thì tôi được nhận giấy",
            "lay giay duoc chua",
            "đơn xin tạm trú tôi gửi hôm thứ sáu đã xử lý chưa",
            "phường nhận được đơn của em chưa",
            "mô rồi hồ sơ của tui, răng lâu rứa",
            "hồ sơ tui răng rồi",
            "tra cuu tien do",
            "xem kết quả ở đâu",
            "bữa trước làm giấy ở phường giờ lấy được chưa",
            "tôi nộp online không thấy ai trả lời",
            "hôm kia tôi gửi đơn trên mạng, bên mình nhận được không",
            "tôi mất giấy hẹn rồi",
            "co ket qua chua",
            "sổ đỏ nộp 2 tháng rồi chưa có",
            "chừng nào lấy được giấy khai sinh",
            "kiểm tra dùm tui cái hồ sơ",
            "has my birth registration been processed",
            "did you get my form",
            "is my certificate done yet",
            "still waiting for my papers",
            "where's my application, any news",
            "when can I pick up my certificate",
            "have you received my application",
            "où en est ma demande",
            "avez-vous reçu mon dossier",
        ] {
            assert!(is_case_inquiry(text), "{text}: {:?}", normalise_text(text));
        }
        for text in [
            "làm giấy khai sinh cần gì",
            "khi nào phải làm lại giấy khai sinh",
            "giờ làm việc",
            "lệ phí bao nhiêu",
            "mất căn cước làm lại ở đâu",
            "hồ sơ gồm những gì",
            "nộp hồ sơ ở đâu",
            "làm giấy khai sinh mất bao lâu",
            "bao giờ có kết quả thi lớp 10",
            "kết quả xổ số hôm nay",
            "which papers do I need",
            "where do I get the form",
            "what are the fees",
            "do you have the form in English",
            "is the office ready for visitors",
            "where is my order, any news",
            "con mèo nhà tôi thích nghe nhạc cổ điển",
            "tôi muốn nộp đơn ly hôn",
            "hôm qua tôi đi chợ",
            "chồng tôi bỏ đi từ tháng trước",
            "nhận con nuôi có được không",
        ] {
            assert!(!is_case_inquiry(text), "{text}: {:?}", normalise_text(text));
        }
    }
}
