//! What the assistant itself says, apart from the site's answers.

/// A sentence of the assistant's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phrase {
    /// Two or three answers fit.
    DidYouMean,
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
        (_, Phrase::Unreachable) => said(&UNREACHABLE, lang),
        (_, Phrase::Declined) => said(&DECLINED, lang),
        (_, Phrase::KeptForTomorrow) => said(&FOR_TOMORROW, lang),
        ("vi", Phrase::DidYouMean) => "Ông bà muốn hỏi việc nào dưới đây?",
        ("vi", Phrase::SomethingElse) => "Việc khác",
        ("vi", Phrase::NoAnswer) => "Tôi chưa có câu trả lời cho việc này.",
        ("fr", Phrase::DidYouMean) => "Votre question porte-t-elle sur l’un de ces sujets ?",
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
        (_, Phrase::SomethingElse) => "Something else",
        (_, Phrase::NoAnswer) => "I have no answer to this.",
    }
}

fn said(table: &[(&str, &'static str)], lang: &str) -> &'static str {
    let find = |lang: &str| table.iter().find(|(own, _)| *own == lang).map(|(_, words)| *words);
    find(lang).or_else(|| find("en")).unwrap_or_default()
}

/// [`Phrase::Unreachable`]: nobody has the question.
const UNREACHABLE: [(&str, &str); 13] = [
    ("vi", "Hiện chưa kết nối được với hệ thống của cơ quan, nên câu hỏi này chưa chuyển đi được."),
    ("en", "The agency’s own system can’t be reached right now, so this question was not passed on."),
    ("fr", "Le système de l’administration ne répond pas pour le moment : cette question n’a pas pu lui être transmise."),
    ("km", "ពេលនេះមិនអាចភ្ជាប់ទៅប្រព័ន្ធរបស់ស្ថាប័នបានទេ ដូច្នេះសំណួរនេះមិនទាន់ត្រូវបានបញ្ជូនទេ។"),
    ("lo", "ຕອນນີ້ຍັງເຊື່ອມຕໍ່ກັບລະບົບຂອງໜ່ວຍງານບໍ່ໄດ້ ຄຳຖາມນີ້ຈຶ່ງຍັງບໍ່ຖືກສົ່ງຕໍ່."),
    ("th", "ขณะนี้ยังติดต่อระบบของหน่วยงานไม่ได้ คำถามนี้จึงยังไม่ถูกส่งต่อ"),
    ("zh", "目前无法连接到该机构的系统，因此这个问题没有转达。"),
    ("ja", "現在、機関のシステムに接続できないため、このご質問は転送されていません。"),
    ("ko", "지금은 기관의 시스템에 연결할 수 없어 이 질문이 전달되지 않았습니다."),
    ("es", "En este momento no se puede contactar con el sistema del organismo, así que esta pregunta no se ha transmitido."),
    ("ar", "يتعذّر حاليًا الوصول إلى نظام الجهة، لذلك لم يُرسَل هذا السؤال إليها."),
    ("uk", "Зараз немає зв’язку із системою установи, тому це запитання не передано."),
    ("ru", "Сейчас нет связи с системой учреждения, поэтому этот вопрос не передан."),
];

/// [`Phrase::Declined`]: there is an agency, and it was asked.
const DECLINED: [(&str, &str); 13] = [
    ("vi", "Tôi đã hỏi hệ thống của cơ quan, nhưng ở đó cũng chưa có câu trả lời."),
    ("en", "I asked the agency’s own system, and it has no answer to this either."),
    ("fr", "J’ai interrogé le système de l’administration, qui n’a pas non plus de réponse."),
    ("km", "ខ្ញុំបានសួរប្រព័ន្ធរបស់ស្ថាប័នហើយ ប៉ុន្តែនៅទីនោះក៏មិនទាន់មានចម្លើយដែរ។"),
    ("lo", "ຂ້ອຍໄດ້ຖາມລະບົບຂອງໜ່ວຍງານແລ້ວ ແຕ່ຢູ່ນັ້ນກໍຍັງບໍ່ມີຄຳຕອບ."),
    ("th", "ได้สอบถามไปยังระบบของหน่วยงานแล้ว แต่ยังไม่มีคำตอบสำหรับเรื่องนี้เช่นกัน"),
    ("zh", "我已询问该机构的系统，那里也没有答案。"),
    ("ja", "機関のシステムにも問い合わせましたが、回答がありませんでした。"),
    ("ko", "기관의 시스템에도 물어보았지만 답변이 없었습니다."),
    ("es", "He consultado el sistema del organismo y tampoco tiene respuesta."),
    ("ar", "سألتُ نظام الجهة، ولا توجد لديه إجابة أيضًا."),
    ("uk", "Систему установи запитано, але й там немає відповіді."),
    ("ru", "Система учреждения запрошена, но и там ответа нет."),
];

/// [`Phrase::KeptForTomorrow`]: the limit is the site’s own.
const FOR_TOMORROW: [(&str, &str); 13] = [
    ("vi", "Hôm nay cơ quan đã nhận đủ số câu hỏi qua khung chat. Câu hỏi của ông bà được giữ lại và sẽ được chuyển vào ngày mai. Câu trả lời sẽ hiện tại đây."),
    ("en", "The agency takes no more questions from this chat today. Your question is kept and will be passed on tomorrow, and the answer will appear here."),
    ("fr", "L’administration ne prend plus de questions de ce chat aujourd’hui. Votre question est conservée et sera transmise demain ; la réponse s’affichera ici."),
    ("km", "ថ្ងៃនេះស្ថាប័នមិនទទួលសំណួរពីការជជែកនេះទៀតទេ។ សំណួររបស់អ្នកត្រូវបានរក្សាទុក ហើយនឹងបញ្ជូននៅថ្ងៃស្អែក។ ចម្លើយនឹងបង្ហាញនៅទីនេះ។"),
    ("lo", "ມື້ນີ້ໜ່ວຍງານບໍ່ຮັບຄຳຖາມຈາກການສົນທະນານີ້ອີກແລ້ວ. ຄຳຖາມຂອງທ່ານຖືກເກັບໄວ້ ແລະຈະສົ່ງຕໍ່ໃນມື້ອື່ນ. ຄຳຕອບຈະປາກົດຢູ່ນີ້."),
    ("th", "วันนี้หน่วยงานไม่รับคำถามจากแชตนี้เพิ่มแล้ว คำถามของคุณถูกเก็บไว้และจะส่งต่อในวันพรุ่งนี้ คำตอบจะแสดงที่นี่"),
    ("zh", "该机构今天不再接收来自此聊天的问题。您的问题已保留，明天将转达，答复会显示在这里。"),
    ("ja", "本日、機関はこのチャットからのご質問をこれ以上受け付けていません。ご質問は保管され、明日転送されます。回答はここに表示されます。"),
    ("ko", "오늘은 기관이 이 채팅의 질문을 더 받지 않습니다. 질문은 보관되며 내일 전달되고, 답변은 여기에 표시됩니다."),
    ("es", "El organismo no admite más preguntas de este chat hoy. Su pregunta queda guardada y se transmitirá mañana; la respuesta aparecerá aquí."),
    ("ar", "لا تستقبل الجهة اليوم مزيدًا من الأسئلة من هذه المحادثة. سؤالك محفوظ وسيُرسَل غدًا، وستظهر الإجابة هنا."),
    ("uk", "Сьогодні установа більше не приймає запитань із цього чату. Ваше запитання збережено, його передадуть завтра, а відповідь з’явиться тут."),
    ("ru", "Сегодня учреждение больше не принимает вопросов из этого чата. Ваш вопрос сохранён и будет передан завтра, ответ появится здесь."),
];
