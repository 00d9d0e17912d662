//! What the assistant itself says, apart from the site's answers.

/// A sentence of the assistant's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phrase {
    /// Two or three answers fit.
    DidYouMean,
    /// One answer fits, perhaps.
    DidYouMeanThis,
    /// What was said holds no matter that could be answered.
    SayMore,
    /// A button: none of those.
    SomethingElse,
    /// There is no agency behind the site and no answer either.
    NoAnswer,
    /// The agency can't be reached: the question is kept for it.
    Kept,
    /// The agency was asked as often today as the site allows: the question is kept until tomorrow.
    KeptForTomorrow,
    /// The agency can't be reached, and the question is not kept.
    Unreachable,
    /// The agency was asked and has no answer.
    Declined,
    /// The agency has the question and will answer later.
    PassedOn,
    /// A kept question could not be brought, and is given up.
    GivenUp,
    /// Before a late answer; the question follows.
    About,
    /// A code was used: the conversation is open on one more device.
    Elsewhere,
    /// What the visitor is taken to have said by handing in a form; the procedure follows.
    HandedIn,
    /// What the visitor is taken to have said by adding papers; the case's number and the papers follow.
    PapersAdded,
    /// Papers that were added can't be brought.
    PapersLost,
}

/// The sentence in `lang`; English where there is none.
pub fn phrase(phrase: Phrase, lang: &str) -> &'static str {
    let lang = lang.split('-').next().unwrap_or(lang);
    match (lang, phrase) {
        ("vi", Phrase::DidYouMean) => "Ông bà muốn hỏi việc nào dưới đây?",
        ("vi", Phrase::DidYouMeanThis) => "Có phải ông bà muốn hỏi việc dưới đây không?",
        ("vi", Phrase::SayMore) => "Ông bà cần hỏi việc gì, xin viết thêm vài chữ.",
        ("vi", Phrase::SomethingElse) => "Việc khác",
        ("vi", Phrase::NoAnswer) => "Tôi chưa có câu trả lời cho việc này.",
        ("fr", Phrase::DidYouMean) => "Votre question porte-t-elle sur l’un de ces sujets ?",
        ("fr", Phrase::DidYouMeanThis) => "Votre question porte-t-elle sur ce sujet ?",
        ("fr", Phrase::SayMore) => "Que souhaitez-vous savoir ? Quelques mots de plus m’aideront.",
        ("fr", Phrase::SomethingElse) => "Autre chose",
        ("fr", Phrase::NoAnswer) => "Je n’ai pas de réponse à cette question.",
        ("vi", Phrase::Kept) => {
            "Câu hỏi của ông bà đã được giữ lại và sẽ được chuyển ngay khi hệ thống hoạt động trở lại. Câu trả lời \
             sẽ hiện tại đây."
        }
        ("vi", Phrase::PassedOn) => {
            "Câu hỏi đã được chuyển đến cơ quan. Câu trả lời sẽ hiện tại đây, kể cả khi ông bà quay lại sau."
        }
        ("vi", Phrase::GivenUp) => {
            "Rất tiếc, câu hỏi trước đây của ông bà vẫn chưa chuyển được. Vui lòng liên hệ trực tiếp."
        }
        ("vi", Phrase::About) => "Về câu hỏi của ông bà:",
        ("vi", Phrase::HandedIn) => "Nộp hồ sơ",
        ("fr", Phrase::HandedIn) => "Demande envoyée",
        (_, Phrase::HandedIn) => "Application sent",
        ("vi", Phrase::PapersAdded) => "Bổ sung giấy tờ cho hồ sơ",
        ("fr", Phrase::PapersAdded) => "Pièces ajoutées au dossier",
        (_, Phrase::PapersAdded) => "Papers added to application",
        ("vi", Phrase::PapersLost) => {
            "Giấy tờ vừa bổ sung chưa chuyển được đến cơ quan. Vui lòng gửi lại hoặc liên hệ trực tiếp."
        }
        ("fr", Phrase::PapersLost) => {
            "Les pièces ajoutées n’ont pas pu être transmises. Merci de les renvoyer ou de nous contacter directement."
        }
        (_, Phrase::PapersLost) => {
            "The papers you added could not be passed on. Please send them again or contact us directly."
        }
        ("vi", Phrase::Elsewhere) => "Cuộc trao đổi này vừa được mở trên một thiết bị khác.",
        ("fr", Phrase::Elsewhere) => "Cette conversation vient d’être ouverte sur un autre appareil.",
        (_, Phrase::Elsewhere) => "This conversation was just opened on another device.",
        ("fr", Phrase::Kept) => {
            "Votre question est conservée. Elle sera transmise dès que le système répondra, et la réponse \
             s’affichera ici."
        }
        ("fr", Phrase::PassedOn) => {
            "Votre question a été transmise. La réponse s’affichera ici, même si vous revenez plus tard."
        }
        ("fr", Phrase::GivenUp) => {
            "Désolé, votre question n’a toujours pas pu être transmise. Merci de nous contacter directement."
        }
        ("fr", Phrase::About) => "À propos de votre question :",
        ("vi", Phrase::Unreachable) => {
            "Hiện chưa kết nối được với hệ thống của cơ quan, nên câu hỏi này chưa chuyển đi được."
        }
        ("fr", Phrase::Unreachable) => {
            "Le système de l’administration ne répond pas pour le moment : cette question n’a pas pu lui être transmise."
        }
        (_, Phrase::Unreachable) => {
            "The agency’s own system can’t be reached right now, so this question was not passed on."
        }
        ("vi", Phrase::Declined) => "Tôi đã hỏi hệ thống của cơ quan, nhưng ở đó cũng chưa có câu trả lời.",
        ("fr", Phrase::Declined) => {
            "J’ai interrogé le système de l’administration, qui n’a pas non plus de réponse."
        }
        (_, Phrase::Declined) => "I asked the agency’s own system, and it has no answer to this either.",
        ("vi", Phrase::KeptForTomorrow) => {
            "Hôm nay cơ quan đã nhận đủ số câu hỏi qua khung chat. Câu hỏi của ông bà được giữ lại và sẽ được chuyển vào ngày mai. Câu trả lời sẽ hiện tại đây."
        }
        ("fr", Phrase::KeptForTomorrow) => {
            "L’administration ne prend plus de questions de ce chat aujourd’hui. Votre question est conservée et sera transmise demain ; la réponse s’affichera ici."
        }
        (_, Phrase::KeptForTomorrow) => {
            "The agency takes no more questions from this chat today. Your question is kept and will be passed on tomorrow, and the answer will appear here."
        }
        (_, Phrase::Kept) => {
            "Your question is kept. It will be passed on as soon as the system is back, and the answer will appear \
             here."
        }
        (_, Phrase::PassedOn) => {
            "Your question has been passed on. The answer will appear here, even if you come back later."
        }
        (_, Phrase::GivenUp) => {
            "Sorry, your earlier question could still not be passed on. Please contact us directly."
        }
        (_, Phrase::About) => "About your question:",
        (_, Phrase::DidYouMean) => "Did you mean one of these?",
        (_, Phrase::DidYouMeanThis) => "Did you mean this?",
        (_, Phrase::SayMore) => "What would you like to know? A few more words will help me.",
        (_, Phrase::SomethingElse) => "Something else",
        (_, Phrase::NoAnswer) => "I have no answer to this.",
    }
}
