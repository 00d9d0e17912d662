//! Українська: прості слова, короткі речення, на «ви».

use wire::Word;

/// The words for `word`.
pub fn word(word: Word) -> &'static str {
    match word {
        Word::Close => "Закрити",
        Word::Open => "Відкрити чат",
        Word::Conversation => "Розмова",
        Word::YourQuestion => "Ваше запитання",
        Word::TypeHere => "Напишіть запитання…",
        Word::Send => "Надіслати",
        Word::You => "Ви",
        Word::Assistant => "Автоматичний помічник",
        Word::Agency => "Система установи",
        Word::Staff => "Працівник",
        Word::Answering => "Пишемо відповідь…",
        Word::Stop => "Зупинити відповідь",
        Word::CutShort => "Відповідь обірвалася до кінця.",
        Word::Waiting => "Очікує на надсилання",
        Word::NotSent => "Не надіслано.",
        Word::TryAgain => "Спробувати ще раз",
        Word::Reconnecting => "Зв’язок втрачено, відновлюємо…",
        Word::BackOnline => "Зв’язок відновлено.",
        Word::TooLong => {
            "\
             one:Зайвий {} символ. Скоротіть текст і надішліть ще раз.|\
             few:Зайві {} символи. Скоротіть текст і надішліть ще раз.|\
             many:Зайвих {} символів. Скоротіть текст і надішліть ще раз.|\
             other:Зайвих {} символу. Скоротіть текст і надішліть ще раз."
        }
        Word::TooFast => "Трохи зашвидко. Зачекайте хвилинку.",
        Word::Reload => "Ця сторінка застаріла. Оновіть її, щоб продовжити.",
        Word::Broken => "У нас стався збій. Спробуйте ще раз за кілька хвилин.",
        Word::CantShow => "Цю частину тут поки не можна показати.",
        Word::Papers => "Які документи потрібні",
        Word::Steps => "Що робити",
        Word::Fee => "Вартість",
        Word::Time => "Строк",
        Word::Place => "Місце",
        Word::Legal => "Правова підстава",
        Word::Phone => "Телефон",
        Word::Email => "Електронна пошта",
        Word::Address => "Адреса",
        Word::Hours => "Години роботи",
        Word::ReachUs => "Зв’язатися з нами напряму",
        Word::NewWindow => "(відкриється в новому вікні)",
        Word::NewMessages => "Нові повідомлення",
        Word::Language => "Мова",
        Word::ShowReply => "Показати відповідь",
        Word::SoftwareNote => "Тут відповідає програма. Важливі питання уточнюйте в працівників.",
        Word::Says => "{} відповідає:",
        Word::OpenAsPage => "Відкрити окремою сторінкою",
        Word::CantLoad => "Не вдалося завантажити чат тут.",
        Word::StartOver => "Почати спочатку",
        Word::Choices => "Варіанти",
        Word::Loading => "Завантаження…",
        Word::Expired => "Строк попередньої розмови минув. Це нова розмова.",
        Word::NoSite => "За цією адресою чату немає. Перевірте посилання.",
        Word::NotHere => "Цьому вебсайту не дозволено показувати чат.",
        Word::Unread => {
            "\
             one:{} непрочитане повідомлення|\
             few:{} непрочитані повідомлення|\
             many:{} непрочитаних повідомлень|\
             other:{} непрочитаного повідомлення"
        }
        Word::StartOverNote => "Видалити цю розмову й почати спочатку?",
        Word::Cancel => "Залишити",
        Word::Lang => "uk",
        Word::Display => "Вигляд і мова",
        Word::Larger => "Більший текст",
        Word::Smaller => "Менший текст",
        Word::Plain => "Простий вигляд",
        Word::ReadAloud => "Прочитати вголос",
        Word::StopReading => "Зупинити читання",
        Word::Speak => "Запитати голосом",
        Word::Listening => "Слухаємо, говоріть…",
        Word::OtherQuestion => "Запитати про інше",
        Word::Earlier => "Показати попередні повідомлення",
        Word::Helpful => "Ця відповідь допомогла?",
        Word::Yes => "Так",
        Word::No => "Ні",
        Word::ReasonWrong => "Вона неправильна",
        Word::ReasonUnclear => "Її важко зрозуміти",
        Word::ReasonOther => "Це не те, про що я питаю",
        Word::Thanks => "Дякуємо за відгук.",
        Word::Source => "Джерело",
        Word::Save => "Зберегти цю розмову",
        Word::Important => "Важливе повідомлення",
    }
}
