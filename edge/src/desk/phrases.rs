//! What visitors are told about people.

/// A sentence; `{}` stands for a name or a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Say {
    /// A button: bring me to a person.
    ToPerson,
    /// What the visitor waits for, and in which place.
    InQueue,
    /// How long people usually wait, in minutes.
    UsualWait,
    /// The same if it is a minute or less.
    SoonThere,
    /// Nobody is there now, or too many wait.
    LeaveMessage,
    /// Beside the place in the queue: questions are still answered.
    AskMeanwhile,
    /// To a question that only the person waited for can answer.
    ForPerson,
    /// A button: no longer wait, the assistant shall go on alone.
    ToAssistant,
    /// Somebody has come.
    Joined,
    /// The assistant goes on.
    HandedBack,
    /// A person has closed the conversation.
    Closed,
    /// It is sent on, to another person or department.
    SentOn,
    /// A person looks at the answer first.
    Checking,
    /// The same while nobody is there.
    CheckedFirst,
    /// What a person looked at was not good; a person answers.
    AnswersInPerson,
}

/// The sentence in `lang`; English where there is none.
pub fn say(say: Say, lang: &str) -> &'static str {
    let [vi, fr, en] = all(say);
    match lang.split('-').next().unwrap_or(lang) {
        "vi" => vi,
        "fr" => fr,
        _ => en,
    }
}

/// The sentence with `value` in its place.
pub fn with(each: Say, lang: &str, value: &str) -> String {
    say(each, lang).replace("{}", value)
}

fn all(say: Say) -> [&'static str; 3] {
    match say {
        Say::ToPerson => ["Gặp cán bộ", "Parler à un agent", "Talk to a person"],
        Say::InQueue => [
            "Ông bà đang chờ gặp cán bộ, thứ tự: {}.",
            "Vous attendez un agent. Votre place dans la file : {}.",
            "You are waiting for a person. Your place in the queue: {}.",
        ],
        Say::UsualWait => [
            "Thường phải chờ khoảng {} phút.",
            "L’attente est d’habitude d’environ {} minutes.",
            "The wait is usually about {} minutes.",
        ],
        Say::SoonThere => [
            "Thường chỉ chờ khoảng một phút.",
            "L’attente est d’habitude d’une minute environ.",
            "The wait is usually about a minute.",
        ],
        Say::LeaveMessage => [
            "Lúc này chưa có cán bộ nào tiếp được. Ông bà cứ viết lại câu hỏi ở đây; khi có cán bộ, câu trả lời sẽ hiện trong cuộc trao đổi này, ông bà quay lại sau vẫn xem được. Trong lúc đó trợ lý vẫn trả lời ông bà.",
            "Aucun agent n’est disponible en ce moment. Écrivez votre question ici : un agent y répondra dans cette conversation dès qu’il y en aura un, et vous retrouverez sa réponse en revenant. D’ici là, l’assistant continue de vous répondre.",
            "Nobody is free right now. Write your question here: somebody will answer in this conversation when they are there, and you will find the answer when you come back. Until then the assistant goes on answering you.",
        ],
        Say::AskMeanwhile => [
            "Trong lúc chờ, ông bà cứ hỏi tiếp, trợ lý vẫn trả lời.",
            "En attendant, vous pouvez continuer à poser vos questions à l’assistant.",
            "While you wait, you can go on asking the assistant.",
        ],
        Say::ForPerson => [
            "Câu này trợ lý chưa trả lời được. Cán bộ tiếp nhận cuộc trao đổi sẽ đọc được câu hỏi này.",
            "L’assistant n’a pas de réponse à cette question. L’agent qui reprendra la conversation la lira.",
            "The assistant has no answer to this. The person who takes over will read this question.",
        ],
        Say::ToAssistant => [
            "Thôi chờ, hỏi tiếp trợ lý tự động",
            "Ne plus attendre, continuer avec l’assistant",
            "Stop waiting, go on with the assistant",
        ],
        Say::Joined => [
            "{} đã vào trao đổi với ông bà.",
            "{} a rejoint la conversation.",
            "{} has joined the conversation.",
        ],
        Say::HandedBack => [
            "Từ đây trợ lý tự động trả lời tiếp. Khi cần, ông bà có thể gặp lại cán bộ.",
            "L’assistant automatique reprend. Vous pouvez redemander un agent à tout moment.",
            "The automatic assistant goes on from here. You can ask for a person again at any time.",
        ],
        Say::Closed => [
            "Cán bộ đã kết thúc cuộc trao đổi. Ông bà vẫn có thể hỏi tiếp tại đây.",
            "L’agent a clos la conversation. Vous pouvez encore poser vos questions ici.",
            "The conversation was closed by our staff. You can still ask here.",
        ],
        Say::SentOn => [
            "Câu hỏi của ông bà được chuyển đến người phụ trách. Trong lúc chờ, ông bà cứ hỏi tiếp trợ lý.",
            "Votre demande est transmise à la personne compétente. En attendant, l’assistant continue de vous répondre.",
            "Your question is passed on to the person in charge. While you wait, the assistant goes on answering you.",
        ],
        Say::Checking => [
            "Cán bộ đang xem lại câu trả lời. Câu trả lời sẽ hiện tại đây.",
            "Un agent relit la réponse. Elle s’affichera ici.",
            "A person is checking the answer. It will appear here.",
        ],
        Say::CheckedFirst => [
            "Cán bộ sẽ xem lại câu trả lời trước khi gửi. Câu trả lời sẽ hiện tại đây.",
            "Un agent relira la réponse avant qu’elle vous soit envoyée. Elle s’affichera ici.",
            "A person will check the answer before it is sent. It will appear here.",
        ],
        Say::AnswersInPerson => [
            "Cán bộ sẽ trực tiếp trả lời câu hỏi này.",
            "Un agent répondra lui-même à cette question.",
            "A person will answer this question directly.",
        ],
    }
}
