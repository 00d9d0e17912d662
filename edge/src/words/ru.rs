//! Русский: простые слова, короткие предложения, на «вы».

use super::PageWord;
use wire::Word;

/// The words for `word`.
pub fn word(word: Word) -> &'static str {
    match word {
        Word::Close => "Закрыть",
        Word::Open => "Открыть чат",
        Word::Conversation => "Беседа",
        Word::YourQuestion => "Ваш вопрос",
        Word::TypeHere => "Напишите вопрос…",
        Word::Send => "Отправить",
        Word::You => "Вы",
        Word::Assistant => "Автоматический помощник",
        Word::Agency => "Система учреждения",
        Word::Staff => "Сотрудник",
        Word::Answering => "Пишем ответ…",
        Word::Stop => "Остановить ответ",
        Word::CutShort => "Ответ оборвался, не закончившись.",
        Word::Waiting => "Ожидает отправки",
        Word::NotSent => "Не отправлено.",
        Word::ReadOn => "Читать дальше",
        Word::TryAgain => "Повторить",
        Word::Reconnecting => "Связь потеряна, восстанавливаем…",
        Word::BackOnline => "Связь восстановлена.",
        Word::TooLong => {
            "\
             one:Лишний {} символ. Сократите текст и отправьте снова.|\
             few:Лишние {} символа. Сократите текст и отправьте снова.|\
             many:Лишних {} символов. Сократите текст и отправьте снова.|\
             other:Лишних {} символа. Сократите текст и отправьте снова."
        }
        Word::TooFast => "Слишком быстро. Подождите немного.",
        Word::TooMuch => {
            "Сейчас мы не можем принять больше сообщений. Написанное сохранено и будет отправлено позже; если это срочно, позвоните нам."
        }
        Word::Reload => "Эта страница устарела. Обновите её, чтобы продолжить.",
        Word::Broken => "У нас произошёл сбой. Попробуйте ещё раз через несколько минут.",
        Word::CantShow => "Эту часть здесь пока нельзя показать.",
        Word::Papers => "Какие документы нужны",
        Word::Steps => "Что нужно сделать",
        Word::Fee => "Стоимость",
        Word::Time => "Срок",
        Word::Place => "Место",
        Word::Legal => "Правовое основание",
        Word::Phone => "Телефон",
        Word::Email => "Электронная почта",
        Word::Address => "Адрес",
        Word::Hours => "Часы работы",
        Word::ReachUs => "Связаться с нами напрямую",
        Word::NewWindow => "(откроется в новом окне)",
        Word::NewMessages => "Новые сообщения",
        Word::Language => "Язык",
        Word::ShowReply => "Показать ответ",
        Word::SoftwareNote => "Здесь отвечает программа. Важные вопросы уточняйте у сотрудников.",
        Word::Says => "{} отвечает:",
        Word::OpenAsPage => "Открыть отдельной страницей",
        Word::CantLoad => "Не удалось загрузить чат здесь.",
        Word::StartOver => "Начать сначала",
        Word::Choices => "Варианты",
        Word::Loading => "Загрузка…",
        Word::Expired => "Срок прежней беседы истёк. Это новая беседа.",
        Word::NoSite => "По этому адресу чата нет. Проверьте ссылку.",
        Word::NotHere => "Этому сайту не разрешено показывать чат.",
        Word::Unread => {
            "\
             one:{} непрочитанное сообщение|\
             few:{} непрочитанных сообщения|\
             many:{} непрочитанных сообщений|\
             other:{} непрочитанного сообщения"
        }
        Word::StartOverNote => "Удалить эту беседу и начать сначала?",
        Word::Cancel => "Оставить",
        Word::Lang => "ru",
        Word::Display => "Вид и язык",
        Word::Larger => "Текст крупнее",
        Word::Smaller => "Текст мельче",
        Word::Plain => "Простой вид",
        Word::ReadAloud => "Прочитать вслух",
        Word::StopReading => "Остановить чтение",
        Word::Speak => "Задать вопрос голосом",
        Word::Listening => "Слушаем, говорите…",
        Word::OtherQuestion => "Спросить о другом",
        Word::Earlier => "Показать прежние сообщения",
        Word::Source => "Источник",
        Word::Save => "Сохранить эту беседу",
        Word::Important => "Важное сообщение",
        Word::PersonalFound => "Похоже, сообщение содержит: {}.",
        Word::PersonalAsk => "Если это не нужно, скройте перед отправкой.",
        Word::PersonalRefused => "Ради вашей безопасности этот чат не принимает такие данные.",
        Word::HideAndSend => "Скрыть и отправить",
        Word::SendAsIs => "Отправить как есть",
        Word::Edit => "Исправить",
        Word::PersonalData => "персональные данные",
        Word::CitizenId => "идентификационный номер гражданина",
        Word::OldId => "номер старого удостоверения",
        Word::Insurance => "номер страхования",
        Word::TaxCode => "налоговый номер",
        Word::Passport => "номер паспорта",
        Word::Plate => "номерной знак",
        Word::PhoneNumber => "номер телефона",
        Word::EmailAddress => "адрес электронной почты",
        Word::CardNumber => "номер банковской карты",
        Word::SwitchedOff => "Этот чат временно отключён. Свяжитесь с нами напрямую.",
        Word::Elsewhere => "Продолжить на другом устройстве",
        Word::DoItHere => "Оформить здесь",
        Word::AddPapers => "Добавить документы",
        Word::Helpful => "Помог ли вам этот ответ?",
        Word::Yes => "Да",
        Word::No => "Нет",
        Word::WhyNot => "Что не так с ответом?",
        Word::IsWrong => "Он неверный",
        Word::IsUnclear => "Он непонятен",
        Word::IsIncomplete => "Чего-то не хватает",
        Word::IsOther => "Другая причина",
        Word::OwnWords => "Своими словами (необязательно)",
        Word::Skip => "Пропустить",
        Word::Thanks => "Спасибо за отзыв.",
        Word::EndChat => "Завершить разговор",
        Word::HowWasIt => "Вы довольны этим разговором?",
        Word::Score1 => "Очень недоволен",
        Word::Score2 => "Недоволен",
        Word::Score3 => "Ни то ни другое",
        Word::Score4 => "Доволен",
        Word::Score5 => "Очень доволен",
        Word::SendAndEnd => "Отправить и завершить",
        Word::EndOnly => "Завершить без оценки",
        Word::Ended => "Разговор завершён, на этом устройстве его больше нет.",
        Word::Locate => "Отправить моё место",
        Word::Locating => "Определяем ваше место…",
        Word::NotLocated => "Не удалось определить место. Введите адрес.",
        Word::OrAddress => "Или введите адрес",
        Word::MyLocation => "Моё место: {}",
        Word::Attach => "Прикрепить файл",
        Word::Detach => "Убрать",
        Word::Uploading => "Загрузка…",
        Word::FileTooLarge => "Файл слишком большой. Предел — {}.",
        Word::FileKind => "Файлы этого типа не принимаем. Принимаем: {}.",
        Word::FilesFull => "К этому разговору больше нельзя добавить файлы.",
        Word::FileLost => "Не удалось отправить файл.",
        Word::Download => "Скачать",
        Word::File => "Файл",
        Word::Read => "Прочитано",
        Word::AccountNumber => "номер банковского счёта",
        Word::OneTimeCode => "одноразовый код или пин-код",
        Word::NeverAsked => {
            "Ни одно учреждение не спрашивает такой код. Кто его просит, скорее всего мошенник."
        }
        Word::EraseChat => "Удалить эту беседу",
        Word::ErasedChat => "Прежняя беседа удалена. Это новая беседа.",
    }
}

/// The words for `word`.
pub fn page(word: PageWord) -> &'static str {
    match word {
        PageWord::BackToChat => "Назад к разговору",
        PageWord::ElsewhereHow => {
            "Наведите камеру другого устройства на это изображение или откройте ссылку ниже."
        }
        PageWord::ElsewhereType => "Или откройте {} и введите код:",
        PageWord::ElsewhereOnce => {
            "Код действует один раз в течение 10 минут. Кто знает код, тот прочтёт этот разговор, поэтому никому его не сообщайте."
        }
        PageWord::ContinueHere => "Продолжить здесь",
        PageWord::Code => "Код",
        PageWord::CodeHint => "10 букв и цифр с экрана другого устройства.",
        PageWord::CodeRefused => {
            "Этот код не открывает ни одного разговора. Код действует один раз в течение 10 минут. Получите новый на другом устройстве."
        }
        PageWord::Next => "Продолжить",
        PageWord::Before => "Назад",
        PageWord::StepOf => "Шаг {} из {}",
        PageWord::LeftFree => "необязательно",
        PageWord::Day => "День",
        PageWord::Month => "Месяц",
        PageWord::Year => "Год",
        PageWord::Yes => "Да",
        PageWord::No => "Нет",
        PageWord::Problem => "Нужны исправления",
        PageWord::WrongMark => "Ошибка",
        PageWord::Missing => "Ответьте на этот вопрос.",
        PageWord::TooShort => "Символов должно быть не меньше {}.",
        PageWord::TooLong => "Символов должно быть не больше {}.",
        PageWord::NoNumber => "Напишите целое число, например 12.",
        PageWord::TooLittle => "Число должно быть не меньше {}.",
        PageWord::TooMuch => "Число должно быть не больше {}.",
        PageWord::NoDate => "Такой даты нет. Укажите день, месяц и год, например 27 3 2024.",
        PageWord::InFuture => "Эта дата ещё не наступила. Проверьте её.",
        PageWord::InPast => "Эта дата уже прошла. Проверьте её.",
        PageWord::NoPhone => "Это не номер телефона. Например: 0912 345 678.",
        PageWord::NoNationalId => {
            "В идентификационном номере 12 цифр, они напечатаны на удостоверении. Проверьте его."
        }
        PageWord::YearAlone => "Если день и месяц неизвестны, укажите только год.",
        PageWord::MonthAlone => "Если день неизвестен, укажите месяц и год.",
        PageWord::NoPartDate => "Такой даты нет. Проверьте её.",
        PageWord::NoPassport => "В номере паспорта от 6 до 9 букв и цифр, например C1234567.",
        PageWord::NoCitizenOrPassport => {
            "Укажите идентификационный номер из 12 цифр или номер паспорта из 6–9 букв и цифр."
        }
        PageWord::NoEmail => "Это не адрес электронной почты. В адресе есть знак @, а после него точка.",
        PageWord::NotAgreed => "Поставьте здесь отметку, чтобы продолжить.",
        PageWord::Otherwise => "Напишите так, как указано.",
        PageWord::Review => "Проверьте ответы",
        PageWord::Change => "Изменить",
        PageWord::LeftOut => "Нет ответа",
        PageWord::HandIn => "Отправить заявление",
        PageWord::HandInNote => "Ваши ответы получит {}. Они хранятся в зашифрованном виде.",
        PageWord::KeptHere => "Ответы хранятся здесь, пока вы их не отправите или не удалите.",
        PageWord::DeleteForm => "Удалить эту форму",
        PageWord::Deleted => "Форма удалена",
        PageWord::Sent => "Заявление отправлено",
        PageWord::CaseNumber => "Номер заявления",
        PageWord::Recipient => "Получатель",
        PageWord::SentAt => "Отправлено",
        PageWord::Promised => "Результат ожидается",
        PageWord::ReceiptNote => {
            "Сохраните номер заявления. По нему и последним 4 цифрам номера, указанного ниже, вы всегда сможете проверить заявление."
        }
        PageWord::Print => "Распечатать подтверждение",
        PageWord::LookUp => "Проверить заявление",
        PageWord::LookUpGo => "Проверить",
        PageWord::Fact => "Последние 4 цифры указанного вами номера телефона или идентификационного номера",
        PageWord::NotFound => "Нет заявления с таким номером и такими 4 цифрами. Проверьте и то и другое.",
        PageWord::CaseState => "Состояние",
        PageWord::Sending => "Передаётся в учреждение",
        PageWord::Received => "Получено учреждением",
        PageWord::NeedsPapers => "Нужны ещё документы",
        PageWord::Done => "Результат готов",
        PageWord::Declined => "Отказано",
        PageWord::ChangedAt => "Обновлено",
        PageWord::AgencyNote => "Сообщение учреждения",
        PageWord::WantedPapers => "Документы, которые нужно добавить",
        PageWord::WantedUntil => "Добавить до",
        PageWord::AddedPapers => "Документы отправлены",
        PageWord::AddedAt => "Документы добавлены",
        PageWord::SendPapers => "Отправить документы",
        PageWord::NotAskedFor => "Сейчас учреждение не запрашивает документы по этому заявлению.",
        PageWord::FileHint => "Принимаются файлы {}. До {} каждый.",
        PageWord::MostFiles => "Можно отправить не более {} файлов.",
        PageWord::NoFile => "Выберите файл.",
        PageWord::AddFile => "Загрузить и добавить ещё",
        PageWord::SentFiles => "Файлы от учреждения",
        PageWord::Appointment => "Запись на приём",
        PageWord::MeetAt => "Место",
        PageWord::AddToCalendar => "Добавить в календарь",
        PageWord::TellHere => "Сообщить на этом устройстве, когда будут новости",
        PageWord::WillTell => "Это устройство сообщит вам, когда будут новости.",
        PageWord::Unsent => {
            "Пока не удалось отправить: нет связи или система занята. Всё, что вы заполнили, осталось здесь, и страница сама отправит это ещё раз."
        }
        PageWord::SendNow => "Отправить сейчас",
        PageWord::FilesAgain => "Страница была загружена заново, поэтому выберите файлы ещё раз.",
        PageWord::TellNoMore => "Больше не сообщать на этом устройстве",
        PageWord::TellForbidden => {
            "Браузер блокирует уведомления этой страницы. Чтобы получать их, разрешите уведомления для этой страницы в настройках браузера."
        }
        PageWord::News => "В вашем разговоре есть новости.",
        PageWord::EraseWhat => "Сразу удаляются — на этом устройстве и на сервере:",
        PageWord::EraseMessages => "Сообщения обеих сторон: {}",
        PageWord::EraseFiles => "Отправленные файлы: {}",
        PageWord::EraseRest => {
            "Оценки, начатые формы, заметки сотрудников и всё, что сохранило это устройство"
        }
        PageWord::EraseDevices => "Уведомления на ваших устройствах",
        PageWord::EraseForever => "Отменить это нельзя.",
        PageWord::EraseCases => "Поданные заявления остаются в учреждении, и их можно проверять, как прежде:",
        PageWord::EraseAgency => {
            "То, что уже получила система учреждения, хранит учреждение. Чтобы удалить это там, обратитесь в учреждение."
        }
        PageWord::EraseBackups => "Резервные копии сервера хранятся ещё не более {} дн., затем исчезают.",
        PageWord::EraseBackupsSome => {
            "Резервные копии сервера хранятся ещё некоторое время; срок сообщит учреждение."
        }
        PageWord::ErasePerson => "Сотрудник, который вам помогает, увидит, что беседа удалена.",
        PageWord::EraseGo => "Удалить окончательно",
        PageWord::CopyFirst => "До этого можно сохранить копию всего, что здесь хранится.",
        PageWord::CopyRead => "Сохранить копию для чтения",
        PageWord::CopyJson => "Сохранить копию для программ (JSON)",
        PageWord::Erased => "Удалено",
        PageWord::ErasedNow => "Беседа удалена с этого устройства и с сервера.",
        PageWord::ErasedNothing => "Здесь больше ничего вашего не хранится.",
        PageWord::NewChat => "Начать новую беседу",
        PageWord::EraseWaits => "Пока не удалено: нет связи. Попытка повторится; не закрывайте эту страницу.",
        PageWord::CopyTitle => "Копия беседы",
        PageWord::CopyRest => "Другие данные, которые здесь хранятся",
    }
}
