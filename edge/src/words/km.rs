//! ភាសាខ្មែរ៖ ពាក្យសាមញ្ញ និងគួរសម។

use super::PageWord;
use wire::Word;

/// The words for `word`.
pub fn word(word: Word) -> &'static str {
    match word {
        Word::Close => "បិទ",
        Word::Open => "បើកការសន្ទនា",
        Word::Conversation => "ខ្លឹមសារសន្ទនា",
        Word::YourQuestion => "សំណួររបស់អ្នក",
        Word::TypeHere => "សរសេរសំណួរ…",
        Word::Send => "ផ្ញើ",
        Word::You => "អ្នក",
        Word::Assistant => "ជំនួយការស្វ័យប្រវត្តិ",
        Word::Agency => "ប្រព័ន្ធរបស់ស្ថាប័ន",
        Word::Staff => "មន្ត្រី",
        Word::Answering => "កំពុងសរសេរចម្លើយ…",
        Word::Stop => "ឈប់ឆ្លើយ",
        Word::CutShort => "ចម្លើយនេះបានឈប់មុនចប់។",
        Word::Waiting => "កំពុងរង់ចាំផ្ញើ",
        Word::NotSent => "មិនបានផ្ញើទេ។",
        Word::TryAgain => "ព្យាយាមម្ដងទៀត",
        Word::Reconnecting => "ដាច់ការតភ្ជាប់ កំពុងភ្ជាប់ឡើងវិញ…",
        Word::BackOnline => "បានភ្ជាប់ឡើងវិញហើយ។",
        Word::TooLong => "លើស {} តួអក្សរ។ សូមសរសេរឱ្យខ្លី រួចផ្ញើម្ដងទៀត។",
        Word::TooFast => "ផ្ញើញឹកពេកបន្តិច។ សូមរង់ចាំមួយភ្លែត។",
        Word::TooMuch => {
            "ឥឡូវនេះ យើងមិនអាចទទួលសារបន្ថែមបានទេ។ អ្វីដែលអ្នកបានសរសេរត្រូវបានរក្សាទុក ហើយនឹងផ្ញើនៅពេលក្រោយ។ បើបន្ទាន់ សូមទូរសព្ទមកយើង។"
        }
        Word::Reload => "ទំព័រនេះហួសសម័យហើយ។ សូមផ្ទុកឡើងវិញ ដើម្បីបន្ត។",
        Word::Broken => "មានបញ្ហានៅខាងយើង។ សូមព្យាយាមម្ដងទៀតក្នុងពេលបន្តិចទៀត។",
        Word::CantShow => "ផ្នែកនេះមិនទាន់អាចបង្ហាញនៅទីនេះបានទេ។",
        Word::Papers => "ឯកសារត្រូវយកមក",
        Word::Steps => "ជំហានត្រូវធ្វើ",
        Word::Fee => "ថ្លៃសេវា",
        Word::Time => "រយៈពេល",
        Word::Place => "ទីកន្លែង",
        Word::Legal => "មូលដ្ឋានច្បាប់",
        Word::Phone => "ទូរសព្ទ",
        Word::Email => "អ៊ីមែល",
        Word::Address => "អាសយដ្ឋាន",
        Word::Hours => "ម៉ោងធ្វើការ",
        Word::ReachUs => "ទាក់ទងយើងផ្ទាល់",
        Word::NewWindow => "(បើកក្នុងផ្ទាំងថ្មី)",
        Word::NewMessages => "សារថ្មី",
        Word::Language => "ភាសា",
        Word::ShowReply => "បង្ហាញចម្លើយ",
        Word::SoftwareNote => "កម្មវិធីកុំព្យូទ័រជាអ្នកឆ្លើយនៅទីនេះ។ បើជារឿងសំខាន់ សូមសួរមន្ត្រី។",
        Word::Says => "{} ឆ្លើយថា៖",
        Word::OpenAsPage => "បើកជាទំព័រដាច់ដោយឡែក",
        Word::CantLoad => "មិនអាចផ្ទុកការសន្ទនានៅទីនេះបានទេ។",
        Word::StartOver => "ចាប់ផ្ដើមឡើងវិញ",
        Word::Choices => "ជម្រើស",
        Word::Loading => "កំពុងផ្ទុក…",
        Word::Expired => "ការសន្ទនាមុនរបស់អ្នកបានផុតកំណត់។ នេះជាការសន្ទនាថ្មី។",
        Word::NoSite => "គ្មានការសន្ទនានៅអាសយដ្ឋាននេះទេ។ សូមពិនិត្យតំណឡើងវិញ។",
        Word::NotHere => "គេហទំព័រនេះមិនទាន់បានអនុញ្ញាតឱ្យបង្ហាញការសន្ទនាទេ។",
        Word::Unread => "សារមិនទាន់អាន {}",
        Word::StartOverNote => "លុបការសន្ទនានេះ ហើយចាប់ផ្ដើមឡើងវិញ?",
        Word::Cancel => "រក្សាទុក",
        Word::Lang => "km",
        Word::Display => "ការបង្ហាញ និងភាសា",
        Word::Larger => "អក្សរធំជាង",
        Word::Smaller => "អក្សរតូចជាង",
        Word::Plain => "ទិដ្ឋភាពងាយប្រើ",
        Word::ReadAloud => "អានឮៗ",
        Word::StopReading => "ឈប់អាន",
        Word::Speak => "និយាយសំណួរ",
        Word::Listening => "កំពុងស្ដាប់ សូមនិយាយ…",
        Word::OtherQuestion => "សួររឿងផ្សេង",
        Word::Earlier => "បង្ហាញសារមុនៗ",
        Word::Source => "ប្រភព",
        Word::Save => "រក្សាទុកការសន្ទនានេះ",
        Word::Important => "សេចក្ដីជូនដំណឹងសំខាន់",
        Word::PersonalFound => "សាររបស់អ្នកហាក់ដូចជាមាន៖ {}។",
        Word::PersonalAsk => "បើមិនចាំបាច់ទេ សូមលាក់វាមុនពេលផ្ញើ។",
        Word::PersonalRefused => "ដើម្បីសុវត្ថិភាពរបស់អ្នក ការជជែកនេះមិនទទួលយកព័ត៌មាននោះទេ។",
        Word::HideAndSend => "លាក់ហើយផ្ញើ",
        Word::SendAsIs => "ផ្ញើដូចដើម",
        Word::Edit => "កែសម្រួល",
        Word::PersonalData => "ទិន្នន័យផ្ទាល់ខ្លួន",
        Word::CitizenId => "លេខអត្តសញ្ញាណពលរដ្ឋ",
        Word::OldId => "លេខអត្តសញ្ញាណប័ណ្ណ",
        Word::Insurance => "លេខធានារ៉ាប់រង",
        Word::TaxCode => "លេខអត្តសញ្ញាណពន្ធ",
        Word::Passport => "លេខលិខិតឆ្លងដែន",
        Word::Plate => "ផ្លាកលេខយានយន្ត",
        Word::PhoneNumber => "លេខទូរសព្ទ",
        Word::EmailAddress => "អាសយដ្ឋានអ៊ីមែល",
        Word::CardNumber => "លេខកាតធនាគារ",
        Word::SwitchedOff => "ការជជែកនេះត្រូវបានផ្អាកជាបណ្ដោះអាសន្ន។ សូមទាក់ទងយើងដោយផ្ទាល់។",
        Word::Elsewhere => "បន្តនៅលើឧបករណ៍ផ្សេង",
    }
}

/// The words for `word`.
pub fn page(word: PageWord) -> &'static str {
    match word {
        PageWord::BackToChat => "ត្រឡប់ទៅការសន្ទនា",
        PageWord::ElsewhereHow => "សូមប្រើកាមេរ៉ារបស់ឧបករណ៍ផ្សេងស្កេនរូបនេះ ឬបើកតំណខាងក្រោម។",
        PageWord::ElsewhereType => "ឬចូលទៅ {} ហើយវាយលេខកូដ៖",
        PageWord::ElsewhereOnce => {
            "លេខកូដប្រើបានតែម្តង ក្នុងរយៈពេល 10 នាទី។ អ្នកណាមានលេខកូដអាចអានការសន្ទនានេះបាន សូមកុំប្រាប់អ្នកដទៃ។"
        }
        PageWord::ContinueHere => "បន្តនៅទីនេះ",
        PageWord::Code => "លេខកូដ",
        PageWord::CodeHint => "អក្សរ និងលេខ 10 តួ ដែលបង្ហាញនៅលើឧបករណ៍ម្ខាងទៀត។",
        PageWord::CodeRefused => {
            "លេខកូដនេះមិនអាចបើកការសន្ទនាណាមួយបានទេ។ លេខកូដប្រើបានតែម្តង ក្នុងរយៈពេល 10 នាទី។ សូមយកលេខកូដថ្មីនៅលើឧបករណ៍ម្ខាងទៀត។"
        }
    }
}
