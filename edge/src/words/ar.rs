//! العربية: كلمات سهلة وجمل قصيرة.

use super::PageWord;
use wire::Word;

/// The words for `word`.
pub fn word(word: Word) -> &'static str {
    match word {
        Word::Close => "إغلاق",
        Word::Open => "فتح المحادثة",
        Word::Conversation => "نص المحادثة",
        Word::YourQuestion => "سؤالك",
        Word::TypeHere => "اكتب سؤالك…",
        Word::Send => "إرسال",
        Word::You => "أنت",
        Word::Assistant => "المساعد الآلي",
        Word::Agency => "نظام الجهة",
        Word::Staff => "موظف",
        Word::Answering => "جارٍ كتابة الإجابة…",
        Word::Stop => "إيقاف الإجابة",
        Word::CutShort => "توقفت الإجابة قبل اكتمالها.",
        Word::Waiting => "في انتظار الإرسال",
        Word::NotSent => "لم تُرسَل الرسالة.",
        Word::TryAgain => "إعادة المحاولة",
        Word::Reconnecting => "انقطع الاتصال، جارٍ إعادة الاتصال…",
        Word::BackOnline => "عاد الاتصال.",
        Word::TooLong => {
            "\
             one:حرف واحد زائد. اختصر النص ثم أرسله مرة أخرى.|\
             two:حرفان زائدان. اختصر النص ثم أرسله مرة أخرى.|\
             few:{} أحرف زائدة. اختصر النص ثم أرسله مرة أخرى.|\
             many:{} حرفًا زائدًا. اختصر النص ثم أرسله مرة أخرى.|\
             other:{} حرف زائد. اختصر النص ثم أرسله مرة أخرى."
        }
        Word::TooFast => "الإرسال سريع بعض الشيء. انتظر لحظة من فضلك.",
        Word::TooMuch => {
            "لا يمكننا استقبال مزيد من الرسائل الآن. ما كتبته محفوظ وسيُرسل لاحقًا؛ وإذا كان الأمر عاجلًا فاتصل بنا."
        }
        Word::Reload => "هذه الصفحة قديمة. أعد تحميلها للمتابعة.",
        Word::Broken => "حدث خلل لدينا. حاول مرة أخرى بعد بضع دقائق.",
        Word::CantShow => "لا يمكن عرض هذا الجزء هنا بعد.",
        Word::Papers => "المستندات المطلوبة",
        Word::Steps => "الخطوات",
        Word::Fee => "الرسوم",
        Word::Time => "المدة",
        Word::Place => "المكان",
        Word::Legal => "السند القانوني",
        Word::Phone => "الهاتف",
        Word::Email => "البريد الإلكتروني",
        Word::Address => "العنوان",
        Word::Hours => "ساعات العمل",
        Word::ReachUs => "تواصل معنا مباشرة",
        Word::NewWindow => "(يُفتح في نافذة جديدة)",
        Word::NewMessages => "رسائل جديدة",
        Word::Language => "اللغة",
        Word::ShowReply => "عرض الإجابة",
        Word::SoftwareNote => "يجيبك هنا برنامج آلي. في الأمور المهمة اسأل أحد الموظفين.",
        Word::Says => "إجابة {}:",
        Word::OpenAsPage => "الفتح في صفحة مستقلة",
        Word::CantLoad => "تعذّر تحميل المحادثة هنا.",
        Word::StartOver => "البدء من جديد",
        Word::Choices => "اقتراحات",
        Word::Loading => "جارٍ التحميل…",
        Word::Expired => "انتهت صلاحية محادثتك السابقة. هذه محادثة جديدة.",
        Word::NoSite => "لا توجد محادثة في هذا العنوان. تحقق من الرابط.",
        Word::NotHere => "لا يُسمح لهذا الموقع بعرض المحادثة.",
        Word::Unread => {
            "\
             one:رسالة واحدة غير مقروءة|\
             two:رسالتان غير مقروءتين|\
             few:{} رسائل غير مقروءة|\
             many:{} رسالة غير مقروءة|\
             other:{} رسالة غير مقروءة"
        }
        Word::StartOverNote => "هل تريد مسح هذه المحادثة والبدء من جديد؟",
        Word::Cancel => "الاحتفاظ بها",
        Word::Lang => "ar",
        Word::Display => "العرض واللغة",
        Word::Larger => "تكبير الخط",
        Word::Smaller => "تصغير الخط",
        Word::Plain => "العرض المبسّط",
        Word::ReadAloud => "القراءة بصوت عالٍ",
        Word::StopReading => "إيقاف القراءة",
        Word::Speak => "اسأل بصوتك",
        Word::Listening => "نحن نستمع، تفضل بالكلام…",
        Word::OtherQuestion => "اسأل عن أمر آخر",
        Word::Earlier => "عرض الرسائل السابقة",
        Word::Source => "المصدر",
        Word::Save => "حفظ هذه المحادثة",
        Word::Important => "إشعار مهم",
        Word::PersonalFound => "يبدو أن رسالتك تحتوي على: {}.",
        Word::PersonalAsk => "إن لم يكن ذلك ضروريًا، فالرجاء إخفاؤه قبل الإرسال.",
        Word::PersonalRefused => "حفاظًا على سلامتك، لا تقبل هذه المحادثة تلك المعلومات.",
        Word::HideAndSend => "إخفاء وإرسال",
        Word::SendAsIs => "إرسال كما هي",
        Word::Edit => "تعديل",
        Word::PersonalData => "بيانات شخصية",
        Word::CitizenId => "رقم هوية المواطن",
        Word::OldId => "رقم بطاقة الهوية",
        Word::Insurance => "رقم التأمين",
        Word::TaxCode => "الرقم الضريبي",
        Word::Passport => "رقم جواز السفر",
        Word::Plate => "رقم لوحة مركبة",
        Word::PhoneNumber => "رقم هاتف",
        Word::EmailAddress => "عنوان بريد إلكتروني",
        Word::CardNumber => "رقم بطاقة مصرفية",
        Word::SwitchedOff => "هذه المحادثة متوقفة مؤقتًا. الرجاء التواصل معنا مباشرة.",
        Word::Elsewhere => "المتابعة على جهاز آخر",
        Word::DoItHere => "إنجاز هذه المعاملة هنا",
        Word::Helpful => "هل أفادتك هذه الإجابة؟",
        Word::Yes => "نعم",
        Word::No => "لا",
        Word::WhyNot => "ما المشكلة فيها؟",
        Word::IsWrong => "معلومات خاطئة",
        Word::IsUnclear => "غير واضحة",
        Word::IsIncomplete => "ناقصة",
        Word::IsOther => "سبب آخر",
        Word::OwnWords => "بكلماتك (اختياري)",
        Word::Skip => "تخطٍّ",
        Word::Thanks => "شكرًا على رأيك.",
        Word::EndChat => "إنهاء المحادثة",
        Word::HowWasIt => "ما مدى رضاك عن هذه المحادثة؟",
        Word::Score1 => "غير راضٍ أبدًا",
        Word::Score2 => "غير راضٍ",
        Word::Score3 => "محايد",
        Word::Score4 => "راضٍ",
        Word::Score5 => "راضٍ جدًا",
        Word::SendAndEnd => "إرسال وإنهاء",
        Word::EndOnly => "إنهاء دون تقييم",
        Word::Ended => "انتهت المحادثة ولم تعد على هذا الجهاز.",
        Word::Locate => "إرسال موقعي",
        Word::Locating => "جارٍ تحديد موقعك…",
        Word::NotLocated => "تعذّر تحديد موقعك. اكتب العنوان من فضلك.",
        Word::OrAddress => "أو اكتب عنوانًا",
        Word::MyLocation => "موقعي: {}",
        Word::Attach => "إرفاق ملف",
        Word::Detach => "إزالة",
        Word::Uploading => "جارٍ الرفع…",
        Word::FileTooLarge => "الملف كبير جدًا. الحد الأقصى {}.",
        Word::FileKind => "لا يُقبل هذا النوع من الملفات. المقبول: {}.",
        Word::FilesFull => "لا يمكن إضافة ملفات أخرى إلى هذه المحادثة.",
        Word::FileLost => "تعذّر إرسال الملف.",
        Word::Download => "تنزيل",
        Word::File => "ملف",
        Word::Read => "تمت القراءة",
    }
}

/// The words for `word`.
pub fn page(word: PageWord) -> &'static str {
    match word {
        PageWord::BackToChat => "العودة إلى المحادثة",
        PageWord::ElsewhereHow => "وجّه كاميرا الجهاز الآخر إلى هذه الصورة، أو افتح الرابط أدناه.",
        PageWord::ElsewhereType => "أو افتح {} واكتب الرمز:",
        PageWord::ElsewhereOnce => {
            "يعمل الرمز مرة واحدة خلال 10 دقائق. من يملك الرمز يمكنه قراءة هذه المحادثة، فلا تعطه لأحد."
        }
        PageWord::ContinueHere => "المتابعة هنا",
        PageWord::Code => "الرمز",
        PageWord::CodeHint => "10 أحرف وأرقام تظهر على الجهاز الآخر.",
        PageWord::CodeRefused => {
            "لا يفتح هذا الرمز أي محادثة. يعمل كل رمز مرة واحدة خلال 10 دقائق. اطلب رمزًا جديدًا على الجهاز الآخر."
        }
        PageWord::Next => "متابعة",
        PageWord::Before => "رجوع",
        PageWord::StepOf => "الخطوة {} من {}",
        PageWord::LeftFree => "اختياري",
        PageWord::Day => "اليوم",
        PageWord::Month => "الشهر",
        PageWord::Year => "السنة",
        PageWord::Yes => "نعم",
        PageWord::No => "لا",
        PageWord::Problem => "هناك ما يحتاج إلى تصحيح",
        PageWord::WrongMark => "خطأ",
        PageWord::Missing => "الرجاء الإجابة عن هذا السؤال.",
        PageWord::TooShort => "يجب ألا يقل عدد الأحرف عن {}.",
        PageWord::TooLong => "يجب ألا يزيد عدد الأحرف على {}.",
        PageWord::NoNumber => "اكتب عددًا صحيحًا، مثل 12.",
        PageWord::TooLittle => "يجب ألا يقل هذا العدد عن {}.",
        PageWord::TooMuch => "يجب ألا يزيد هذا العدد على {}.",
        PageWord::NoDate => "هذا التاريخ غير موجود. اكتب اليوم والشهر والسنة، مثل 27 3 2024.",
        PageWord::InFuture => "هذا التاريخ لم يأتِ بعد. تحقق منه.",
        PageWord::InPast => "هذا التاريخ قد مضى. تحقق منه.",
        PageWord::NoPhone => "هذا ليس رقم هاتف. مثال: 0912345678.",
        PageWord::NoNationalId => "يتكون رقم الهوية من 12 رقمًا مطبوعة على البطاقة. تحقق منه.",
        PageWord::NoEmail => "هذا ليس عنوان بريد إلكتروني. يجب أن تكون في العنوان العلامة @ وبعدها نقطة.",
        PageWord::NotAgreed => "ضع علامة في هذا المربع للمتابعة.",
        PageWord::Otherwise => "اكتبه كما هو موضّح.",
        PageWord::Review => "مراجعة إجاباتك",
        PageWord::Change => "تعديل",
        PageWord::LeftOut => "بلا إجابة",
        PageWord::HandIn => "إرسال الطلب",
        PageWord::HandInNote => "تُرسَل إجاباتك إلى {}. وتُحفَظ مشفّرة.",
        PageWord::KeptHere => "تبقى إجاباتك محفوظة هنا حتى ترسلها أو تحذفها.",
        PageWord::DeleteForm => "حذف هذا النموذج",
        PageWord::Deleted => "حُذف النموذج",
        PageWord::Sent => "أُرسل الطلب",
        PageWord::CaseNumber => "رقم الطلب",
        PageWord::Recipient => "الجهة المستلمة",
        PageWord::SentAt => "وقت الإرسال",
        PageWord::Promised => "الموعد المتوقع للنتيجة",
        PageWord::ReceiptNote => {
            "احتفظ برقم الطلب. باستخدامه مع آخر 4 أرقام من الرقم المذكور أدناه، يمكنك الاستعلام عن الطلب في أي وقت."
        }
        PageWord::Print => "طباعة الإيصال",
        PageWord::LookUp => "الاستعلام عن طلب",
        PageWord::LookUpGo => "استعلام",
        PageWord::Fact => "آخر 4 أرقام من رقم الهاتف أو رقم الهوية الذي قدمته",
        PageWord::NotFound => "لا يوجد طلب يطابق هذا الرقم وهذه الأرقام الأربعة. تحقق من كليهما.",
        PageWord::CaseState => "الحالة",
        PageWord::Sending => "جارٍ الإرسال إلى الجهة",
        PageWord::Received => "استلمته الجهة",
        PageWord::NeedsPapers => "يلزم تقديم مستندات إضافية",
        PageWord::Done => "النتيجة جاهزة",
        PageWord::Declined => "مرفوض",
        PageWord::ChangedAt => "وقت التحديث",
        PageWord::AgencyNote => "رسالة من الجهة",
    }
}
