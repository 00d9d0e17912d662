//! Українська: прості слова, короткі речення, на «ви».

use super::PageWord;
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
        Word::ReadOn => "Читати далі",
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
        Word::TooMuch => {
            "Зараз ми не можемо прийняти більше повідомлень. Написане збережено й буде надіслано пізніше; якщо це терміново, зателефонуйте нам."
        }
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
        Word::Source => "Джерело",
        Word::Save => "Зберегти цю розмову",
        Word::Important => "Важливе повідомлення",
        Word::PersonalFound => "Схоже, повідомлення містить: {}.",
        Word::PersonalAsk => "Якщо це не потрібно, приховайте перед надсиланням.",
        Word::PersonalRefused => "Заради вашої безпеки цей чат не приймає таких даних.",
        Word::HideAndSend => "Приховати й надіслати",
        Word::SendAsIs => "Надіслати як є",
        Word::Edit => "Виправити",
        Word::PersonalData => "персональні дані",
        Word::CitizenId => "ідентифікаційний номер громадянина",
        Word::OldId => "номер старого посвідчення",
        Word::Insurance => "номер страхування",
        Word::TaxCode => "податковий номер",
        Word::Passport => "номер паспорта",
        Word::Plate => "номерний знак",
        Word::PhoneNumber => "номер телефону",
        Word::EmailAddress => "електронну адресу",
        Word::CardNumber => "номер банківської картки",
        Word::SwitchedOff => "Цей чат тимчасово вимкнено. Зверніться до нас безпосередньо.",
        Word::Elsewhere => "Продовжити на іншому пристрої",
        Word::DoItHere => "Оформити тут",
        Word::AddPapers => "Додати документи",
        Word::Helpful => "Чи допомогла ця відповідь?",
        Word::Yes => "Так",
        Word::No => "Ні",
        Word::WhyNot => "Що не так із відповіддю?",
        Word::IsWrong => "Вона неправильна",
        Word::IsUnclear => "Вона незрозуміла",
        Word::IsIncomplete => "Чогось бракує",
        Word::IsOther => "Інша причина",
        Word::OwnWords => "Своїми словами (необов’язково)",
        Word::Skip => "Пропустити",
        Word::Thanks => "Дякуємо за відгук.",
        Word::EndChat => "Завершити розмову",
        Word::HowWasIt => "Чи задоволені ви цією розмовою?",
        Word::Score1 => "Дуже незадоволений",
        Word::Score2 => "Незадоволений",
        Word::Score3 => "Ні так ні ні",
        Word::Score4 => "Задоволений",
        Word::Score5 => "Дуже задоволений",
        Word::SendAndEnd => "Надіслати й завершити",
        Word::EndOnly => "Завершити без оцінки",
        Word::Ended => "Розмову завершено, її більше немає на цьому пристрої.",
        Word::Locate => "Надіслати моє місце",
        Word::Locating => "Визначаємо ваше місце…",
        Word::NotLocated => "Не вдалося визначити місце. Введіть адресу.",
        Word::OrAddress => "Або введіть адресу",
        Word::MyLocation => "Моє місце: {}",
        Word::Attach => "Додати файл",
        Word::Detach => "Прибрати",
        Word::Uploading => "Завантаження…",
        Word::FileTooLarge => "Файл завеликий. Обмеження — {}.",
        Word::FileKind => "Файли цього типу не приймаємо. Приймаємо: {}.",
        Word::FilesFull => "До цієї розмови більше не можна додати файлів.",
        Word::FileLost => "Не вдалося надіслати файл.",
        Word::Download => "Завантажити",
        Word::File => "Файл",
        Word::Read => "Прочитано",
        Word::AccountNumber => "номер банківського рахунку",
        Word::OneTimeCode => "одноразовий код або пін-код",
        Word::NeverAsked => "Жодна установа не питає такого коду. Хто його просить, найімовірніше шахрай.",
        Word::EraseChat => "Видалити цю розмову",
        Word::ErasedChat => "Попередню розмову видалено. Це нова розмова.",
    }
}

/// The words for `word`.
pub fn page(word: PageWord) -> &'static str {
    match word {
        PageWord::BackToChat => "Назад до розмови",
        PageWord::ElsewhereHow => {
            "Наведіть камеру іншого пристрою на це зображення або відкрийте посилання нижче."
        }
        PageWord::ElsewhereType => "Або відкрийте {} і введіть код:",
        PageWord::ElsewhereOnce => {
            "Код діє один раз протягом 10 хвилин. Хто має код, той прочитає цю розмову, тож нікому його не передавайте."
        }
        PageWord::ContinueHere => "Продовжити тут",
        PageWord::Code => "Код",
        PageWord::CodeHint => "10 літер і цифр з екрана іншого пристрою.",
        PageWord::CodeRefused => {
            "Цей код не відкриває жодної розмови. Код діє один раз протягом 10 хвилин. Отримайте новий на іншому пристрої."
        }
        PageWord::Next => "Продовжити",
        PageWord::Before => "Назад",
        PageWord::StepOf => "Крок {} із {}",
        PageWord::LeftFree => "необов’язково",
        PageWord::Day => "День",
        PageWord::Month => "Місяць",
        PageWord::Year => "Рік",
        PageWord::Yes => "Так",
        PageWord::No => "Ні",
        PageWord::Problem => "Потрібні виправлення",
        PageWord::WrongMark => "Помилка",
        PageWord::Missing => "Дайте відповідь на це запитання.",
        PageWord::TooShort => "Символів має бути не менше ніж {}.",
        PageWord::TooLong => "Символів має бути не більше ніж {}.",
        PageWord::NoNumber => "Напишіть ціле число, наприклад 12.",
        PageWord::TooLittle => "Число має бути не менше ніж {}.",
        PageWord::TooMuch => "Число має бути не більше ніж {}.",
        PageWord::NoDate => "Такої дати немає. Вкажіть день, місяць і рік, наприклад 27 3 2024.",
        PageWord::InFuture => "Ця дата ще не настала. Перевірте її.",
        PageWord::InPast => "Ця дата вже минула. Перевірте її.",
        PageWord::NoPhone => "Це не номер телефону. Наприклад: 0912 345 678.",
        PageWord::NoNationalId => {
            "Ідентифікаційний номер має 12 цифр, надрукованих на посвідченні. Перевірте його."
        }
        PageWord::YearAlone => "Якщо день і місяць невідомі, вкажіть лише рік.",
        PageWord::MonthAlone => "Якщо день невідомий, вкажіть місяць і рік.",
        PageWord::NoPartDate => "Такої дати немає. Перевірте її.",
        PageWord::NoPassport => "Номер паспорта має від 6 до 9 літер і цифр, наприклад C1234567.",
        PageWord::NoCitizenOrPassport => {
            "Вкажіть ідентифікаційний номер із 12 цифр або номер паспорта з 6–9 літер і цифр."
        }
        PageWord::NoEmail => "Це не електронна адреса. В адресі є знак @, а після нього крапка.",
        PageWord::NotAgreed => "Поставте тут позначку, щоб продовжити.",
        PageWord::Otherwise => "Напишіть так, як зазначено.",
        PageWord::Review => "Перевірте відповіді",
        PageWord::Change => "Змінити",
        PageWord::LeftOut => "Немає відповіді",
        PageWord::HandIn => "Надіслати заяву",
        PageWord::HandInNote => "Ваші відповіді отримає {}. Вони зберігаються в зашифрованому вигляді.",
        PageWord::KeptHere => "Відповіді зберігаються тут, доки ви їх не надішлете або не видалите.",
        PageWord::DeleteForm => "Видалити цю форму",
        PageWord::Deleted => "Форму видалено",
        PageWord::Sent => "Заяву надіслано",
        PageWord::CaseNumber => "Номер заяви",
        PageWord::Recipient => "Одержувач",
        PageWord::SentAt => "Надіслано",
        PageWord::Promised => "Результат очікується",
        PageWord::ReceiptNote => {
            "Збережіть номер заяви. За ним і останніми 4 цифрами номера, зазначеного нижче, ви завжди зможете перевірити заяву."
        }
        PageWord::Print => "Роздрукувати підтвердження",
        PageWord::LookUp => "Перевірити заяву",
        PageWord::LookUpGo => "Перевірити",
        PageWord::Fact => "Останні 4 цифри зазначеного вами номера телефону або ідентифікаційного номера",
        PageWord::NotFound => "Немає заяви з таким номером і такими 4 цифрами. Перевірте обидва значення.",
        PageWord::CaseState => "Стан",
        PageWord::Sending => "Передається до установи",
        PageWord::Received => "Отримано установою",
        PageWord::NeedsPapers => "Потрібні ще документи",
        PageWord::Done => "Результат готовий",
        PageWord::Declined => "Відмовлено",
        PageWord::ChangedAt => "Оновлено",
        PageWord::AgencyNote => "Повідомлення установи",
        PageWord::WantedPapers => "Документи, які потрібно додати",
        PageWord::WantedUntil => "Додати до",
        PageWord::AddedPapers => "Документи надіслано",
        PageWord::AddedAt => "Документи додано",
        PageWord::SendPapers => "Надіслати документи",
        PageWord::NotAskedFor => "Зараз установа не просить документів до цієї заяви.",
        PageWord::FileHint => "Приймаються файли {}. До {} кожен.",
        PageWord::MostFiles => "Можна надіслати щонайбільше {} файлів.",
        PageWord::NoFile => "Виберіть файл.",
        PageWord::AddFile => "Завантажити й додати ще",
        PageWord::SentFiles => "Файли від установи",
        PageWord::Appointment => "Запис на прийом",
        PageWord::MeetAt => "Місце",
        PageWord::AddToCalendar => "Додати до календаря",
        PageWord::TellHere => "Сповістити на цьому пристрої, коли будуть новини",
        PageWord::WillTell => "Цей пристрій сповістить вас, коли будуть новини.",
        PageWord::Unsent => {
            "Поки що не вдалося надіслати: немає зв’язку або система зайнята. Усе, що ви заповнили, залишилося тут, і сторінка сама надішле це ще раз."
        }
        PageWord::SendNow => "Надіслати зараз",
        PageWord::FilesAgain => "Сторінку було завантажено наново, тому виберіть файли ще раз.",
        PageWord::TellNoMore => "Більше не сповіщати на цьому пристрої",
        PageWord::TellForbidden => {
            "Браузер блокує сповіщення цієї сторінки. Щоб їх отримувати, дозвольте сповіщення для цієї сторінки в налаштуваннях браузера."
        }
        PageWord::News => "У вашій розмові є новини.",
        PageWord::EraseWhat => "Одразу видаляється — на цьому пристрої та на сервері:",
        PageWord::EraseMessages => "Повідомлення обох сторін: {}",
        PageWord::EraseFiles => "Надіслані файли: {}",
        PageWord::EraseRest => "Оцінки, розпочаті форми, нотатки працівників і все, що зберіг цей пристрій",
        PageWord::EraseDevices => "Сповіщення на ваших пристроях",
        PageWord::EraseForever => "Скасувати це не можна.",
        PageWord::EraseCases => "Подані заяви лишаються в установі, і їх можна перевіряти, як раніше:",
        PageWord::EraseAgency => {
            "Те, що вже отримала система установи, зберігає установа. Щоб видалити це там, зверніться до установи."
        }
        PageWord::EraseBackups => {
            "Резервні копії сервера зберігаються ще щонайбільше {} дн., потім зникають."
        }
        PageWord::EraseBackupsSome => {
            "Резервні копії сервера зберігаються ще певний час; строк повідомить установа."
        }
        PageWord::ErasePerson => "Працівник, який вам допомагає, побачить, що розмову видалено.",
        PageWord::EraseGo => "Видалити остаточно",
        PageWord::CopyFirst => "Перед цим можна зберегти копію всього, що тут зберігається.",
        PageWord::CopyRead => "Зберегти копію для читання",
        PageWord::CopyJson => "Зберегти копію для програм (JSON)",
        PageWord::Erased => "Видалено",
        PageWord::ErasedNow => "Розмову видалено з цього пристрою та із сервера.",
        PageWord::ErasedNothing => "Тут більше нічого вашого не зберігається.",
        PageWord::NewChat => "Почати нову розмову",
        PageWord::EraseWaits => {
            "Ще не видалено: немає зв’язку. Спроба повториться; не закривайте цю сторінку."
        }
        PageWord::CopyTitle => "Копія розмови",
        PageWord::CopyRest => "Інші дані, що тут зберігаються",
    }
}
