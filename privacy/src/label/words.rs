//! The words themselves, without marks, as folded. A space in one may be any sign between words, or nothing at all.

use LabelMeaning::{Agency, Bank, Is, Link, Maybe, Nobodys, Particle};
use wire::Personal;

/// What a word says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LabelMeaning {
    /// The number is one of these, even if it is misspelt.
    Is(Personal),
    /// The number may be one of these.
    Maybe(Personal),
    /// It is the number of a file, an order, a law.
    Nobodys,
    /// Nothing, but it may stand between a word and its number, also a file's.
    Link,
    /// Nothing, but it may stand between a word and what it names.
    Particle,
    /// An agency, whose landline is nobody's; otherwise as a particle.
    Agency,
    /// A bank's, a network's name that is short or means other things as well: as a particle.
    Bank,
}

/// What each word says. Of words that begin at the same letter the longest counts.
pub const WORDS: &[(LabelMeaning, &str)] = &[
    (
        Is(Personal::CitizenId),
        "cccd|can cuoc|dinh danh|citizen id|citizen card|identity card|identity number|identification number|id card|\
         id number|id no|national id|personal id|carte d'identite|carte nationale d'identite|numero d'identite|\
         piece d'identite|cni",
    ),
    (Maybe(Personal::CitizenId), "giay to tuy than|so giay to"),
    (
        Is(Personal::OldId),
        "cmnd|cmtnd|cmt|chung minh nhan dan|chung minh nhan|chung minh thu|so chung minh|giay chung minh|chung minh cua|chung minh cu|chung minh so|the chung minh|\
         mat chung minh|doi chung minh",
    ),
    (
        Is(Personal::Insurance),
        "so the bao hiem|so the bhyt|so the bao hiem y te|so so bao hiem|bhxh|bhyt|bhtn|bao hiem xa hoi|bao hiem y te|bao hiem that nghiep|so bao hiem|the bao hiem|ma bao hiem|bao hiem xh|bao hiem yt|bh xa hoi|bh y te|\
         social insurance|health insurance|social security|assurance sociale|assurance maladie|securite sociale",
    ),
    (Maybe(Personal::Insurance), "bao hiem|insurance|assurance"),
    (
        Is(Personal::TaxCode),
        "mst|msdn|ma so thue|ma thue|ma so doanh nghiep|tax code|tax id|tax number|tax no|code fiscal|numero fiscal|\
         numero d'identification fiscale",
    ),
    (Is(Personal::Passport), "ho chieu|passport|passeport|so hc|hc so"),
    (
        Is(Personal::Plate),
        "bien so|bien kiem soat|bks|bsx|bien xe|bien do|bien ngoai giao|bien tam|bien tam thoi|plate|plaque|\
         license plate|number plate|immatriculation",
    ),
    (Maybe(Personal::Plate), "xe|o to|oto|xe may|car|voiture|bien"),
    (
        Is(Personal::Phone),
        "sdt|so dt|dtdd|dien thoai|so phone|phone|tel|telephone|mobile|zalo|zalo me|whatsapp|viber|so lien he|so lien lac|\
         so di dong|di dong|so ban|may ban|cell|portable|phone number|so goi|hotline cua toi",
    ),
    (
        Maybe(Personal::Phone),
        "dt|sim|so sim|reach me|reach me at|text me|text me at|goi|call|call me|call me at|fax|nhan tin|lien he|lien lac|lh|alo|contact|so cua toi|so cua em|so cua minh|so toi|so em|appeler|\
         appelez|joindre",
    ),
    (
        Is(Personal::Card),
        "so the atm|so the visa|so the master|so the napas|so the ghi no|the atm|so the ngan hang|the ngan hang|the tin dung|the ghi no|so the tin dung|the visa|the master|\
         the mastercard|the napas|card number|card no|bank card|credit card|debit card|carte bancaire|carte bleue|\
         carte de credit|numero de carte|cvv|cvc",
    ),
    (Maybe(Personal::Card), "so tren the|tren the|so the|so the cua toi|card|carte|visa|mastercard|napas"),
    (
        Is(Personal::BankAccount),
        "bank acc|stk|so tai khoan|so tk|tai khoan ngan hang|tk ngan hang|tk nh|tai khoan so|tk so|account number|account no|acct no|acct|\
         bank account|acc no|iban|numero de compte|compte bancaire|compte numero|rib",
    ),
    (
        Maybe(Personal::BankAccount),
        "mb|tai khoan|tk|chuyen khoan|account|compte|vcb|vietcombank|techcombank|tcb|bidv|agribank|vietinbank|mb bank|acb|\
         sacombank|vpbank|tpbank|vib|shb|hdbank|msb|scb|ocb|eximbank|seabank|lpbank|lienvietpostbank|pvcombank|namabank|\
         abbank|bacabank|kienlongbank|baovietbank|ngan hang",
    ),
    (
        Is(Personal::OneTimeCode),
        "otp|ma otp|smart otp|ma xac thuc|ma xac minh|ma xac nhan|ma bao mat|ma kich hoat|ma dang nhap|ma pin|so pin|pin code|code pin|\
         verification code|security code|confirmation code|one time code|one time password|one time passcode|passcode|\
         authentication code|login code|2fa code|code de verification|code de confirmation|code de securite|\
         code a usage unique|code otp|code d'authentification",
    ),
    (Maybe(Personal::OneTimeCode), "pin|de xac thuc|de xac minh|ma sms"),
    (Is(Personal::Email), "email|e mail|mail|gmail|hop thu|thu dien tu|courriel"),
    (
        Nobodys,
        "ho so|hs|hs so|ma hoc sinh|ma sinh vien|ma hoc vien|ma hs|so hs|bien nhan|bien lai|don hang|ma don|so don|van don|hoa don|giao dich|hop dong|tra cuu|tham chieu|\
         thua dat|thua so|so thua|to ban do|so to|lo dat|nghi dinh|thong tu|quyet dinh|cong van|van ban|giay phep|\
         so seri|seri|serial|order|case|ticket|file|reference|ref|invoice|inv|receipt|tracking|dossier|commande|facture|\
         so hieu|ma san pham|isbn|imei|application|tiep nhan|ma thu tuc|thu tuc|to khai|ma khach hang|ma kh|\
         ma hang|ma vach|ma qr|buu gui|buu pham|ma buu|giay hen|phieu hen|so phieu|phieu thu|so vao so|so phat hanh|\
         cong to|dien ke|danh bo|luat so|nghi quyet|chi thi|to trinh|thong bao so|ke hoach so|toa do|coordinates|\
         ma truong|mssv|sbd|hop dong bao hiem|so bao danh|ma don vi|hotline|tong dai|duong day nong|so may cong to|order no|order number|\
         case number|case no|parcel|colis|suivi|recu|receipt no",
    ),
    (
        Agency,
        "ubnd|uy ban|uy ban nhan dan|uy ban phuong|uy ban xa|so tu phap|so xay dung|so y te|so noi vu|so giao duc|so giao thong|\
         so cong thuong|so tai chinh|cong an phuong|cong an xa|cong an quan|cong an huyen|cong an tinh|cong an thanh pho|\
         cong an tp|trung tam hanh chinh|trung tam hanh chinh cong|trung tam phuc vu hanh chinh cong|bo phan mot cua|mot cua|\
         van phong dang ky dat dai|chi cuc thue|cuc thue|thue co so|toa an|vien kiem sat|buu dien|\
         benh vien|tram y te|co quan|co quan thue|xuat nhap canh|immigration office|police station|city hall|mairie|prefecture",
    ),
    (
        Bank,
        "vneid|google|facebook|ctg|stb|ncb|momo|zalopay|viettel|mobifone|vinaphone|vinfast|bank|chi nhanh|cn",
    ),
    (
        Link,
        "ghtk|ghn|spx|ems|vnpost|shopee|lazada|tiki|so|la|ma|cua|toi|em|minh|no|nr|number|is|my|id|the|nay|numero|est|code",
    ),
    (
        Particle,
        "chau|con|ong|ba|anh|chi|bo|me|vo|chong|nha|tui|cho|hien tai|moi|cu|thi|duoc|gui|ve|den|nhan|qua|tin|ghi|gan chip|cong dan|\
         ca nhan|dan su|cap|in|tren|may|o|a|ah|nhe|nha|nhu|sau|day|dang|dung|nguoi|chu|ho|nguoi than|nguoi nha|gia dinh|bi|va|hoac|cung|\
         nhap|go|danh|dien|khai|viet|doc|nhan duoc|moi nhan|vua|roi|ne|day a|day ne|cu the|chinh|phu|voi|hay|vao|theo|bang|dang nhap|cty|cong ty|nop|ban|mat|loi|sai|dien tu|quoc gia|rieng|thuong truc|\
         for|of|and|are|was|mine|our|his|her|old|new|your|this|at|to|me|on|or|ban|hang|\
         mon|ma|mes|de|le|la|du|des|notre|au|d|n|s|h|ong|bac|chu|di|cau|ban|nguoi ta|ben|duoi|tam|het",
    ),
];
