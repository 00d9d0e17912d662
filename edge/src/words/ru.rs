//! Русский: простые слова, короткие предложения, на «вы».

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
        Word::Helpful => "Этот ответ помог?",
        Word::Yes => "Да",
        Word::No => "Нет",
        Word::ReasonWrong => "Он неверный",
        Word::ReasonUnclear => "Его трудно понять",
        Word::ReasonOther => "Я спрашивал не об этом",
        Word::Thanks => "Спасибо за отзыв.",
        Word::Source => "Источник",
        Word::Save => "Сохранить эту беседу",
        Word::Important => "Важное сообщение",
    }
}
